"""
What a run writes, recorded in order (strace), and what a disk may hold of it when the
power fails: the file system as a model, in memory.

A change of names (create, rename, link, unlink, mkdir, rmdir) is whole or not there; data
that was not fsynced may be there, missing, cut short, zeroes, or there in parts. Which changes
of names may be missing is what the models differ in, from the mildest to the harshest:

ordered  one journal for all, as ext4 and xfs have: names changed before one that is on the
         disk are there as well, and any fsync writes the journal out;
folders  only changes within one folder keep their order; an fsync makes the names in that
         folder last, that of a file its own name and those of the folders it is in (btrfs);
harsh    what POSIX promises: each change of names may be missing by itself until the folder
         that it was made in is fsynced; fsync of a file keeps its bytes, not its name;
least    of the same, each that may be missing is.
"""

import os
import re
import subprocess

MODELS = ("ordered", "folders", "harsh", "least")
TRACED = ("open,openat,creat,read,write,pwrite64,writev,ftruncate,truncate,lseek,rename,renameat,"
          "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fsync,"
          "fdatasync,syncfs,chdir,fchdir,dup,dup2,dup3,clone,clone3,fork,vfork,close,copy_file_range,"
          "sendfile,fallocate,mmap")
LINE = re.compile(r"(\d+) +(?:<\.\.\. \w+ resumed>(.*)|(\w+)\((.*))$")
RESULT = re.compile(r"\) += (-?\d+)(?:<([^>]*)>)?")
PIECE = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|(AT_FDCWD|-?\d+)<([^>]*)>|([^,\s]+)')


class Unknown(Exception):
    """A call that the model does not follow."""


def unhex(text):
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)


class Node:
    """A file or a folder, whatever its names are."""

    def __init__(self, is_folder, elsewhere, data=b""):
        self.is_folder = is_folder
        self.elsewhere = elsewhere  # on the disk of another machine
        self.first_names, self.names = {}, {}
        self.first_data, self.data = data, bytearray(data)


class Recording:
    """
    The changes of one run, in order; each a tuple that opens with what it is:
    ("names", [(folder, name, node or None), ...]), ("data", node, offset, bytes),
    ("cut", node, length), ("sync", node), ("told", bytes).
    """

    def __init__(self, world, elsewhere, log):
        self.world = world
        self.changes = []
        self.root = self.read(world, {os.path.join(world, path) for path in elsewhere}, False)
        self.log = log
        self.parents, self.folders, self.open_files = {}, {}, {}

    def read(self, path, elsewhere, is_elsewhere):
        is_elsewhere = is_elsewhere or path in elsewhere
        if not os.path.isdir(path):
            with open(path, "rb") as file:
                return Node(False, is_elsewhere, file.read())
        node = Node(True, is_elsewhere)
        for name in os.listdir(path):
            node.names[name] = self.read(os.path.join(path, name), elsewhere, is_elsewhere)
        node.first_names = dict(node.names)
        return node

    # --- the run --------------------------------------------------------------------

    def run(self, command, folder, environment, killed=None):
        """`killed`: ("rename", 3): before its third such call. out: status, output"""
        kill = ["-e", "inject=%s:signal=SIGKILL:when=%d" % killed] if killed else []
        result = subprocess.run(
            ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", self.log, "-e",
             "trace=" + TRACED, "-e", "signal=none"] + kill + command, cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.follow(folder)
        return result.returncode, result.stdout.decode(errors="replace")

    def follow(self, folder):
        with open(self.log, encoding="ascii") as file:
            lines = [match.groups() for match in map(LINE.match, file) if match]
        begun = {}
        for process, resumed, call, rest in lines:
            if resumed is None and rest.endswith("<unfinished ...>"):
                begun[process] = (call, rest[:-len("<unfinished ...>")])
            if resumed is not None:
                call, rest = begun.pop(process)
                rest += resumed
            result = RESULT.search(rest)
            if result and call in ("clone", "clone3", "fork", "vfork"):
                self.parents[result[1]] = process
        main = lines[0][0]
        self.folders[main] = folder
        begun = {}
        for process, resumed, call, rest in lines:
            if resumed is None and rest.endswith("<unfinished ...>"):
                begun[process] = (call, rest[:-len("<unfinished ...>")])
                continue
            if resumed is not None:
                call, rest = begun.pop(process)
                rest += resumed
            result = RESULT.search(rest)
            if result and int(result[1]) >= 0:
                self.call(main, process, call, rest[:result.start()], result)

    def folder_of(self, process):
        while process not in self.folders:
            process = self.parents[process]
        return self.folders[process]

    def open_file(self, process, number):
        """[node, offset, at the end?] of a descriptor, None: none of this world."""
        while (process, number) not in self.open_files:
            if process not in self.parents:
                return None
            process = self.parents[process]
        return self.open_files[process, number]

    def find(self, path):
        """out: the folder it is in, its name there, what has this name; None: not in this world"""
        path = os.path.normpath(path)
        if path != self.world and not path.startswith(self.world + "/"):
            return None
        node, folder, name = self.root, None, None
        for name in path[len(self.world) + 1:].split("/") if path != self.world else []:
            if node is None:
                return None
            folder, node = node, node.names.get(name)
        return folder, name, node

    def call(self, main, process, call, text, result):
        pieces = [(unhex(string).encode("latin-1").decode("utf-8", "surrogateescape")
                   if string is not None and call not in ("write", "pwrite64", "writev")
                   else unhex(string or ""), number, unhex(path or ""), word)
                  for string, number, path, word in (match.groups()
                                                     for match in PIECE.finditer(text))]
        handler = getattr(self, "call_" + {"openat": "open", "creat": "open", "renameat": "rename",
                                           "renameat2": "rename", "linkat": "link",
                                           "unlinkat": "unlink", "rmdir": "unlink",
                                           "mkdirat": "mkdir", "fdatasync": "fsync"}.get(call, call),
                          None)
        if handler:
            handler(process, pieces, int(result[1]), main)
        elif call in ("pwrite64", "truncate", "symlink", "symlinkat", "copy_file_range",
                      "sendfile", "fallocate", "fchdir", "dup3"):
            if any(self.find(os.path.join(self.folder_of(process), piece[2] or piece[0] or "-"))
                   for piece in pieces if piece[2] or piece[0]):
                raise Unknown("%s(%s)" % (call, unhex(text)))
        elif call == "mmap" and "PROT_WRITE" in text and "MAP_SHARED" in text:
            if any(piece[2] and self.find(piece[2]) for piece in pieces):
                raise Unknown("mmap(%s)" % unhex(text))

    def paths(self, process, pieces):
        """The paths of a call, each against its folder."""
        at, found = self.folder_of(process), []
        for string, number, path, word in pieces:
            if number is not None:
                at = path
            elif word is None:
                found.append(os.path.join(at, string))
        return found

    def names(self, *assignments):
        for folder, name, node in assignments:
            if node is None:
                folder.names.pop(name, None)
            else:
                folder.names[name] = node
        self.changes.append(("names", list(assignments)))

    def call_open(self, process, pieces, result, main):
        flags = "".join(word for _, _, _, word in pieces if word)
        place = self.find(self.paths(process, pieces)[0])
        if not place:
            self.open_files[process, result] = None
            return
        folder, name, node = place
        if node is None:
            if "O_CREAT" not in flags:
                raise Unknown("opened what is not there: %s" % name)
            node = Node(False, folder.elsewhere)
            self.names((folder, name, node))
        elif "O_TRUNC" in flags and node.data:
            self.changes.append(("cut", node, 0))
            del node.data[:]
        self.open_files[process, result] = [node, 0, "O_APPEND" in flags]

    def call_close(self, process, pieces, result, main):
        self.open_files[process, int(pieces[0][1] or pieces[0][3])] = None

    def call_dup2(self, process, pieces, result, main):
        self.open_files[process, result] = self.open_file(process, int(pieces[0][1]))

    def call_dup(self, process, pieces, result, main):
        self.open_files[process, result] = self.open_file(process, int(pieces[0][1] or pieces[0][3]))

    def call_lseek(self, process, pieces, result, main):
        file = self.open_file(process, int(pieces[0][1]))
        if file:
            file[1] = result

    def call_read(self, process, pieces, result, main):
        file = self.open_file(process, int(pieces[0][1] or pieces[0][3]))
        if file:
            file[1] += result

    def call_write(self, process, pieces, result, main):
        file = self.open_file(process, int(pieces[0][1] or pieces[0][3]))
        data = "".join(string for string, number, _, word in pieces[1:]
                       if number is None and word is None).encode("latin-1")[:result]
        if not file:
            if process == main and pieces[0][1] == "1":
                self.changes.append(("told", data))
            return
        node, offset, at_end = file
        offset = len(node.data) if at_end else offset
        self.changes.append(("data", node, offset, data))
        put(node.data, offset, data)
        file[1] = offset + len(data)

    call_writev = call_write

    def call_ftruncate(self, process, pieces, result, main):
        file = self.open_file(process, int(pieces[0][1]))
        if file:
            length = int(pieces[1][3])
            self.changes.append(("cut", file[0], length))
            cut(file[0].data, length)

    def call_fsync(self, process, pieces, result, main):
        file = self.open_file(process, int(pieces[0][1]))
        if file:
            self.changes.append(("sync", file[0]))

    def call_syncfs(self, process, pieces, result, main):
        nodes = [self.root]
        while nodes:
            node = nodes.pop()
            self.changes.append(("sync", node))
            nodes += node.names.values()

    def call_chdir(self, process, pieces, result, main):
        self.folders[process] = os.path.join(self.folder_of(process), pieces[0][0])

    def call_mkdir(self, process, pieces, result, main):
        place = self.find(self.paths(process, pieces)[0])
        if place:
            self.names((place[0], place[1], Node(True, place[0].elsewhere)))

    def call_unlink(self, process, pieces, result, main):
        place = self.find(self.paths(process, pieces)[0])
        if place:
            self.names((place[0], place[1], None))

    def call_link(self, process, pieces, result, main):
        old, new = map(self.find, self.paths(process, pieces))
        if old and new:
            self.names((new[0], new[1], old[2]))

    def call_rename(self, process, pieces, result, main):
        old, new = map(self.find, self.paths(process, pieces))
        if not old and not new:
            return
        if any("RENAME_EXCHANGE" in (piece[3] or "") for piece in pieces):
            self.names((old[0], old[1], new[2]), (new[0], new[1], old[2]))
        elif old[2] is not new[2]:
            self.names((old[0], old[1], None), (new[0], new[1], old[2]))

    def folder_syncs(self):
        """The number behind each fsync of a folder."""
        return [number + 1 for number, change in enumerate(self.changes)
                if change[0] == "sync" and change[1].is_folder and not change[1].elsewhere]

    def moved(self, reference):
        """The number behind the change that first moved a reference of anne's."""
        folder, name, _ = self.find(os.path.join(self.world, "anne", ".git", reference))
        return next(number + 1 for number, change in enumerate(self.changes)
                    if change[0] == "names" and (folder, name) in [place[:2] for place in change[1]])

    def differs(self):
        """The first path where the model and the disk are not the same, None: all is followed."""
        def look(node, path):
            if not node.is_folder:
                with open(path, "rb") as file:
                    return None if file.read() == node.data else path
            if sorted(node.names) != sorted(os.listdir(path)):
                return path
            return next(filter(None, (look(below, os.path.join(path, name))
                                      for name, below in node.names.items())), None)
        return look(self.root, self.world)


def put(data, offset, more):
    if len(data) < offset:
        data.extend(bytes(offset - len(data)))
    data[offset:offset + len(more)] = more


def cut(data, length):
    del data[length:]
    data.extend(bytes(length - len(data)))


class Crash:
    """What the disks hold when the power fails before change number `at`."""

    def __init__(self, recording, at, model, random):
        self.root = recording.root
        self.random = random
        changes = recording.changes[:at]
        self.told = b"".join(change[1] for change in changes if change[0] == "told")
        self.names = {}
        kept = {"ordered": self.ordered, "folders": self.folders, "harsh": self.harsh,
                "least": self.least}[model](changes)
        for number, change in enumerate(changes):
            if change[0] == "names" and (number in kept or change[1][0][0].elsewhere):
                for folder, name, node in change[1]:
                    self.names.setdefault(folder, dict(folder.first_names))[name] = node
        self.pending = self.pending_data(changes)

    def ordered(self, changes):
        last = max((number for number, change in enumerate(changes)
                    if change[0] == "sync" and not change[1].elsewhere), default=0)
        return range(self.random.randint(last, len(changes)))

    def folders(self, changes):
        """Each folder has a number: changes before it are on the disk, for certain, or now."""
        certain, place = {}, {}
        for number, change in enumerate(changes):
            if change[0] == "names":
                for folder, name, node in change[1]:
                    if node:
                        place[node] = folder
            if change[0] == "sync":
                node = change[1]
                if node.is_folder:
                    certain[node] = number
                while node in place:
                    node = place[node]
                    certain[node] = number
        now = {}
        for number, change in enumerate(changes):
            for folder, _, _ in change[1] if change[0] == "names" else []:
                if folder not in now:
                    now[folder] = self.random.randint(certain.get(folder, 0), len(changes))
        settled = False
        while not settled:  # a rename between two folders is in both or in none
            settled = True
            for number, change in enumerate(changes):
                if change[0] != "names":
                    continue
                touched = {folder for folder, _, _ in change[1]}
                if any(certain.get(folder, 0) > number for folder in touched):
                    for folder in touched:
                        if now[folder] <= number:
                            now[folder] = certain[folder] = number + 1
                            settled = False
                elif any(now[folder] <= number for folder in touched):
                    for folder in touched:
                        if now[folder] > number:
                            now[folder] = number
                            settled = False
        return {number for number, change in enumerate(changes) if change[0] == "names"
                and all(now[folder] > number for folder, _, _ in change[1])}

    def least(self, changes):
        synced = {change[1]: number for number, change in enumerate(changes)
                  if change[0] == "sync" and change[1].is_folder}
        return {number for number, change in enumerate(changes) if change[0] == "names"
                and any(synced.get(folder, 0) > number for folder, _, _ in change[1])}

    def harsh(self, changes):
        kept = self.least(changes)
        chance = self.random.choice([0, .1, .5, .9, 1])
        odd = self.random.randrange(max(1, len(changes)))
        return kept | {number for number, change in enumerate(changes) if change[0] == "names"
                       and (self.random.random() < chance) != (number == odd)}

    def pending_data(self, changes):
        """Of each file that was written: what is on the disk, and what may be."""
        synced, files = {}, {}
        for number, change in enumerate(changes):
            if change[0] == "sync":
                synced[change[1]] = number
        for number, change in enumerate(changes):
            if change[0] in ("data", "cut"):
                node = change[1]
                certain, maybe = files.setdefault(node, ([], []))
                (certain if node.elsewhere or synced.get(node, -1) > number else maybe).append(
                    change)
        mood = self.random.choice(["all", "none", None, None])
        return {node: self.data_of(node, certain, maybe, mood)
                for node, (certain, maybe) in files.items()}

    def data_of(self, node, certain, maybe, mood):
        data = bytearray(node.first_data)
        apply(data, certain)
        how = mood or self.random.choice(["all", "none", "short", "zeroes", "some"])
        if not maybe or how == "none":
            return bytes(data)
        if how == "some":
            maybe = [change for change in maybe if self.random.random() < .5]
        apply(data, maybe)
        if how in ("short", "zeroes") and data:
            length = self.random.randrange(len(data))
            data[length:] = bytes(len(data) - length) if how == "zeroes" else b""
        return bytes(data)

    def files(self):
        """Path and bytes of all that is there; folders end with a slash."""
        found = {}

        def look(folder, path, seen):
            for name, node in self.names.get(folder, folder.first_names).items():
                if node is None or node in seen:
                    continue
                if node.is_folder:
                    found[path + name + "/"] = b""
                    look(node, path + name + "/", seen | {node})
                else:
                    found[path + name] = self.pending.get(node, node.first_data)
        look(self.root, "", {self.root})
        return found


def apply(data, changes):
    for change in changes:
        if change[0] == "data":
            put(data, change[2], change[3])
        else:
            cut(data, change[2])
