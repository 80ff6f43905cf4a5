"""
What the hostile proof is made of: git's objects written by hand, a repository among things that
nobody may touch, and commands that are measured and whose output is read with suspicion.
"""

import fcntl
import hashlib
import json
import os
import re
import resource
import select
import shlex
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import zlib

from proof import ATELIER, PROGRAMS, Failed, person

# A tool that runs the program, as `valgrind -q --error-exitcode=99`; its cost is not the program's.
UNDER = shlex.split(os.environ.get("UNDER", ""))
MEASURED = not UNDER and "sanitize" not in PROGRAMS

# Tells what is near a limit, or over it, instead of failing.
FIGURES = bool(os.environ.get("FIGURES"))

CPU_SECONDS = 1.0
MEMORY_KIB = 64 * 1024
STUCK_SECONDS = 60 if MEASURED else 600
DOCUMENTED = (0, 1, 2, 65, 69, 73, 74, 75, 77, 78)

# What acts on a terminal, or on the order in which a line is read.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
                    "\ufff9-\ufffb\U000e0000-\U000e007f]")

FILE, PROGRAM, LINK, FOLDER, MODULE = 0o100644, 0o100755, 0o120000, 0o040000, 0o160000
NO_ID = "0" * 40


class Id(str):
    """Names an object by its id, whether or not there is one."""


def file(name, content=b"hostile\n", mode=FILE):
    return (mode, name, content)


def link(name, target):
    return (LINK, name, target)


def folder(name, *entries, mode=FOLDER):
    return (mode, name, list(entries))


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")


def deep(depth, *entries):
    """Folders `f` one in another, with `entries` in the last."""
    made = list(entries)
    for _ in range(depth):
        made = [folder("f", *made)]
    return made[0]


def bomb(depth, width, *leaves):
    """Each folder holds the one below it `width` times."""
    below = list(leaves)
    for _ in range(depth):
        below = [(FOLDER, "f%02d" % i, below) for i in range(width)]
    return below


class Hub:
    """A bare repository that is written without git, which would refuse much of what is put there."""

    def __init__(self, path):
        self.path = path
        self.made = {}
        for name in ("objects/pack", "refs/heads", "hooks"):
            os.makedirs(os.path.join(path, name))
        self.put("HEAD", b"ref: refs/heads/main\n")
        self.put("config", b"[core]\n\trepositoryformatversion = 0\n\tbare = true\n")

    def put(self, name, data):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(data)

    def write(self, kind, data):
        whole = b"%s %d\0" % (kind, len(data)) + data
        name = hashlib.sha1(whole).hexdigest()
        path = "objects/%s/%s" % (name[:2], name[2:])
        if not os.path.exists(os.path.join(self.path, path)):
            self.put(path, zlib.compress(whole, 1))
        return name

    def zeros(self, megabytes):
        """A blob of nothing but zeros, made a megabyte at a time, in a pack of its own."""
        part, size = bytes(1 << 20), megabytes << 20
        name, packed = hashlib.sha1(b"blob %d\0" % size), zlib.compressobj(1)
        first, rest = 0x30 | (size & 15), size >> 4
        head = bytearray()
        while rest:
            head.append(first | 0x80)
            first, rest = rest & 127, rest >> 7
        head.append(first)
        body = [b"PACK" + struct.pack(">II", 2, 1) + bytes(head)]
        for _ in range(megabytes):
            name.update(part)
            body.append(packed.compress(part))
        body.append(packed.flush())
        whole = b"".join(body)
        subprocess.run(["git", "index-pack", "--stdin"], cwd=self.path, env=person("hub"),
                       input=whole + hashlib.sha1(whole).digest(), check=True, capture_output=True)
        return Id(name.hexdigest())

    def tree(self, entries):
        """Entries stand in the order that is given, however wrong."""
        known = self.made.get(id(entries))
        if known:
            return known[0]
        data = b"".join(
            (mode if isinstance(mode, bytes) else b"%o" % mode) + b" " + as_bytes(name) + b"\0" +
            bytes.fromhex(self.object(content)) for mode, name, content in entries)
        # The list is kept, so that its address stays its own.
        self.made[id(entries)] = (self.write(b"tree", data), entries)
        return self.made[id(entries)][0]

    def object(self, content):
        if isinstance(content, Id):
            return content
        if isinstance(content, list):
            return self.tree(content)
        if isinstance(content, int):
            return self.zeros(content)
        return self.write(b"blob", as_bytes(content))

    def commit(self, tree, *parents, template=None, time=1700000000):
        """`template`: the commit's bytes, in which {tree} and {parents} are filled in."""
        template = template or (b"tree {tree}\n{parents}author Mallory <m@example.org> {time} +0000\n"
                                b"committer Mallory <m@example.org> {time} +0000\n\nA change\n")
        lines = b"".join(b"parent %s\n" % parent.encode() for parent in parents)
        for name, value in ((b"{tree}", tree.encode()), (b"{parents}", lines),
                            (b"{time}", b"%d" % time)):
            template = template.replace(name, value)
        return self.write(b"commit", template)

    def point(self, commit, branch="main"):
        self.put("refs/heads/" + branch, commit.encode() + b"\n")

    def tip(self, branch="main"):
        with open(os.path.join(self.path, "refs/heads", branch), encoding="ascii") as text:
            return text.read().strip()


def standing(root):
    """All that stands below a folder, so that two moments can be compared."""
    found = {}
    for above, folders, names in os.walk(root):
        for name in folders + names:
            path = os.path.join(above, name)
            about = os.lstat(path)
            content = None
            if stat.S_ISLNK(about.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(about.st_mode):
                with open(path, "rb") as bytes_of:
                    content = bytes_of.read()
            found[os.path.relpath(path, root)] = (about.st_mode, about.st_uid, content)
    return found


class Said:
    """How a command ended, what it took, and what it wrote."""

    def __init__(self, status, seconds, memory, output, errors):
        self.status, self.seconds, self.memory = status, seconds, memory
        self.output, self.errors = output, errors


def terminal():
    """The two ends of a terminal of 24 lines, which adds nothing of its own."""
    ours, theirs = os.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return ours, theirs


def copy_terminal(ours, theirs, process, output):
    """All that a terminal was sent by a process, which a mark behind it tells: it comes with delay."""
    mark, ended, last = b"\0the end\0", os.pidfd_open(process.pid), b""
    marked = False
    while not last.endswith(mark):
        ready = select.select([ours] + ([] if marked else [ended]), [], [])[0]
        if ours in ready:
            part = os.read(ours, 1 << 16)
            last = (last + part)[-len(mark):]
            output.write(part)
        elif not marked:
            marked = os.write(theirs, mark) > 0
    os.close(ended)
    output.truncate(output.tell() - len(mark))


def measure(argv, cwd, environment, on_terminal, output, errors):
    """Runs to the end. Everything that descends from the process counts as its own."""
    ours, theirs = terminal() if on_terminal else (None, output)
    process = subprocess.Popen(argv, cwd=cwd, env=environment, stdin=subprocess.DEVNULL,
                               stdout=theirs, stderr=errors, start_new_session=True)
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (STUCK_SECONDS, STUCK_SECONDS))
    stuck = threading.Timer(STUCK_SECONDS, process.kill)
    stuck.start()
    if on_terminal:
        copy_terminal(ours, theirs, process, output)
        os.close(theirs)
        os.close(ours)
    _, status, usage = os.wait4(process.pid, 0)
    stuck.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


class Starter:
    """
    A process that starts all others. What a program is said to have held at most counts that of
    who started it: so this one stays small.
    """

    def __init__(self):
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            ours.close()
            self.serve(theirs.makefile("rw", encoding="utf-8"))
            os._exit(0)
        theirs.close()
        self.socket = ours
        self.wire = ours.makefile("rw", encoding="utf-8")

    def close(self):
        self.wire.close()
        self.socket.close()
        os.waitpid(self.pid, 0)

    @staticmethod
    def serve(wire):
        for line in wire:
            argv, cwd, environment, on_terminal, paths = json.loads(line)
            with open(paths[0], "wb") as output, open(paths[1], "wb") as errors:
                print(json.dumps(measure(argv, cwd, environment, on_terminal, output, errors)),
                      file=wire, flush=True)

    def run(self, argv, cwd, environment, on_terminal):
        with tempfile.TemporaryDirectory() as folder_of:
            paths = [os.path.join(folder_of, name) for name in ("output", "errors")]
            print(json.dumps([argv, cwd, environment, on_terminal, paths]), file=self.wire, flush=True)
            status, seconds, memory = json.loads(self.wire.readline())
            found = []
            for path in paths:
                with open(path, "rb") as text:
                    found.append(text.read())
        return Said(status, seconds, memory, *found)


class World:
    """outside/: what nobody may touch, the home folder among it; hub.git; people's copies."""

    def __init__(self, path, entries):
        self.path = path
        self.starter = Starter()
        self.memory = MEMORY_KIB
        self.outside = os.path.join(path, "outside")
        for name in ("home", "tmp", "folder"):
            os.makedirs(os.path.join(self.outside, name))
        for name in ("secret.md", "folder/secret.md", "home/.secret"):
            with open(os.path.join(self.outside, name), "w", encoding="utf-8") as secret:
                secret.write("# Secret\n\n- SECRET of the machine\n")
        self.hub = Hub(os.path.join(path, "hub.git"))
        self.hub.point(self.hub.commit(self.hub.tree(entries), time=1600000000))
        self.untouched = standing(self.outside)
        self.slowest = self.largest = (0, "")

    def copy(self, name):
        return os.path.join(self.path, name)

    def payload(self):
        """A program that would leave a trace."""
        return "#!/bin/sh\ntouch '%s/PWNED'\n" % self.outside

    def atelier(self, name, *arguments, status=(0,), seconds=CPU_SECONDS, on_terminal=False,
                plain=True):
        """
        Runs a command in somebody's copy and checks what holds for every one of them. `plain`:
        False where the output is a file's bytes, for another program.
        """
        inside = [] if arguments[0] in ("join", "init") else ["-C", self.copy(name)]
        argv = [ATELIER] + inside + list(arguments)
        environment = person(name, HOME=self.outside + "/home", TMPDIR=self.outside + "/tmp",
                             TERM="xterm", PAGER="cat", NO_COLOR="1")
        said = self.starter.run(UNDER + argv, self.path, environment, on_terminal)
        used, memory = said.seconds, said.memory
        shown = " ".join(arguments)[:120] + (" on a terminal" if on_terminal else "")
        wrong = []
        if said.status not in DOCUMENTED or (status and said.status not in status):
            wrong.append("status %d" % said.status)
        if FIGURES and (used > 0.5 or memory > 48 * 1024):
            print("# %.2f s, %d KiB: %s" % (used, memory, shown), file=sys.stderr)
        elif MEASURED and used > seconds:
            wrong.append("%.2f s" % used)
        if MEASURED and not FIGURES and memory > self.memory:
            wrong.append("%d KiB" % memory)
        for stream in ([said.output] if plain else []) + [said.errors]:
            wrong += self.acting(stream)
        if wrong:
            raise Failed("%s: %s: %s\n%s" % (name, shown, ", ".join(wrong), (
                said.output[:1500] + said.errors[-3000:]).decode(errors="backslashreplace")))
        self.slowest = max(self.slowest, (used, shown))
        self.largest = max(self.largest, (memory, shown))
        return said

    @staticmethod
    def acting(stream):
        try:
            found = ACTING.search(stream.decode("utf-8"))
        except UnicodeDecodeError as error:
            return ["no UTF-8: %s" % error]
        return ["U+%04X in the output" % ord(found.group())] if found else []

    def check_outside(self):
        now = standing(self.outside)
        # Where programs keep what they may forget; git and we leave nothing in it.
        if now != self.untouched:
            changed = [path for path in now.keys() | self.untouched.keys()
                       if now.get(path) != self.untouched.get(path)]
            raise Failed("touched outside of the copy: %s" % sorted(changed))
        others = set(os.listdir(self.path)) - {"outside", "hub.git"}
        strange = [name for name in others if not os.path.isdir(self.copy(name) + "/.git")
                   and not name.startswith("made")]
        if strange:
            raise Failed("made beside the copy: %s" % strange)

    def git(self, name, *arguments):
        safe = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
        done = subprocess.run(safe + arguments, cwd=self.copy(name), env=person(name),
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode:
            raise Failed("git %s: %s" % (" ".join(arguments), done.stderr.decode(errors="replace")))
        return done.stdout

    def recorded(self, name):
        """Path, mode and id of all that a version holds, as it is written there."""
        found = {}
        with subprocess.Popen(["git", "cat-file", "--batch"], cwd=self.copy(name), env=person(name),
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as objects:
            def tree_of(object_id):
                objects.stdin.write(object_id.encode() + b"\n")
                objects.stdin.flush()
                size = int(objects.stdout.readline().split()[2])
                return objects.stdout.read(size + 1)[:-1]

            def below(object_id, above):
                data = tree_of(object_id)
                while data:
                    about, data = data.split(b"\0", 1)
                    mode, name = about.split(b" ", 1)
                    mode, entry, data = int(mode, 8), data[:20].hex(), data[20:]
                    if stat.S_IFMT(mode) == FOLDER:
                        below(entry, above + name + b"/")
                    else:
                        found[above + name] = (mode, entry)
            below("HEAD^{tree}", b"")
            objects.stdin.close()
        return found

    def head(self, name):
        return self.git(name, "rev-parse", "HEAD").decode().strip()
