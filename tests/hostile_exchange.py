"""
Mallory puts something into the shared repository while the victim writes; everybody goes on.
What must hold then: nothing outside is touched, no honest word is lost, all end with the same.
"""

import os

from hostile_names import ANY, CARRIED, LEFT_OUT, ON_DISK
from hostile_world import FOLDER, Id, World, as_bytes, file, folder
from proof import SOAK, Failed

SETTINGS = [file(".gitattributes", "*.md -text merge=atelier\n*.yml -text merge=atelier\n"),
            file("atelier.yml", "format: 1\nlanguage: en\n")]

PIPE, TERMINAL, BYTES = "pipe", "terminal", "bytes of a file"

# Whatever these are asked, they end well; 1: there is something to look at.
READERS = [
    (("status",), (0, 1), PIPE), (("status", "--json"), (0, 1), PIPE), (("variants",), (0,), PIPE),
    (("variants", "--json"), (0,), TERMINAL), (("history",), (0,), TERMINAL),
    (("history", "--json"), (0,), PIPE), (("audit",), (0,), PIPE),
    (("audit", "--by", "speaker"), (0,), TERMINAL), (("audit", "--json"), (0,), PIPE),
    (("audit", "--csv"), (0,), TERMINAL), (("audit", "--html"), (0,), TERMINAL),
    (("audit", "--verify"), (0, 1), PIPE), (("find", "honest"), (0,), PIPE),
    (("find", "words", "--json"), (0,), PIPE), (("duplicates",), (0,), PIPE),
    (("duplicates", "--json"), (0,), PIPE), (("synthesis",), (0,), TERMINAL),
    (("synthesis", "--plain"), (0,), TERMINAL), (("synthesis", "--format", "html"), (0,), BYTES),
    (("synthesis", "--format", "json"), (0,), PIPE), (("people",), (0,), TERMINAL),
    (("doctor",), (0, 1), TERMINAL), (("doctor", "--json"), (0, 1), PIPE),
]
OF_ONE = [
    (("show", "{place}"), (0,), PIPE), (("show", "{place}", "--authors"), (0,), TERMINAL),
    (("show", "{place}", "--since", "1 day"), (0,), PIPE),
    (("export", "{place}"), (0,), TERMINAL), (("export", "{place}", "--format", "csv"), (0,), TERMINAL),
    (("export", "{place}", "--format", "html"), (0,), BYTES),
    (("export", "{place}", "--format", "json"), (0,), PIPE),
]


class Case:
    """
    What one row puts into a folder of its own ("": the root): `before` is there for all, then
    `hostile` comes from Mallory while the victim adds a line to each of `edited`.
    """

    def __init__(self, why, hostile, fates=ANY, before=(), edited=(), root=False, mebibytes=64):
        self.why, self.hostile, self.fates = why, hostile, fates
        self.before, self.edited, self.root = list(before), edited, root
        self.mebibytes = mebibytes


def filled(world, entries):
    """Addresses outside are those of this world."""
    if isinstance(entries, str) and not isinstance(entries, Id):
        return (entries.replace("{outside}", world.outside).replace("{program}", world.payload())
                .replace("{payload}", world.outside + "/payload"))
    if isinstance(entries, list):
        return [(mode, name, filled(world, content)) for mode, name, content in entries]
    return entries() if callable(entries) else entries


class Exchange:
    """One repository with all that its cases put into it."""

    def __init__(self, path, cases, versions=()):
        """`versions`: the bytes of commits that lead to what is hostile, one after the other."""
        self.cases, self.versions = cases, versions
        before, after = [], []
        for number, case in enumerate(cases):
            self.add(before, number, case, case.before, "")
        self.world = World(path, self.sorted(SETTINGS + before))
        self.world.memory = max(case.mebibytes for case in cases) * 1024
        for number, case in enumerate(cases):
            self.add(after, number, case, filled(self.world, list(case.hostile)),
                     "- mallory adds %d.\n" % number)
        replaced = {name for _, name, _ in after}
        self.hostile = [entry for entry in SETTINGS if entry[1] not in replaced] + after

    @staticmethod
    def sorted(entries):
        return sorted(entries, key=lambda entry: as_bytes(entry[1]) + (b"/" if entry[0] == FOLDER else b""))

    @staticmethod
    def place(number):
        return "row-%03d" % number

    def add(self, entries, number, case, own, line):
        note = file("01-note.md", "# Note\n\n- an honest point %d.\n%s" % (number, line))
        replaced = {entry[1] for entry in own} | {"01-note.md"}
        kept = [entry for entry in case.before if entry[1] not in replaced]
        entries.append(folder(self.place(number), note, *([] if case.root else kept + own)))
        if case.root:
            entries += kept + own

    def write(self):
        """The victim writes in each note, on a disk that Mallory has not reached yet."""
        world = self.world
        world.atelier("victim", "join", world.hub.path, world.copy("victim"))
        for number, case in enumerate(self.cases):
            for name in ("01-note.md",) + tuple(case.edited):
                above = "" if case.root and name != "01-note.md" else self.place(number)
                with open(os.path.join(world.copy("victim"), above, name), "ab") as note:
                    note.write(b"- the victim adds %d.\n" % number if name.endswith(".md")
                               else b"victim: adds %d.\n" % number)

    def attack(self):
        world = self.world
        tree = world.hub.tree(self.sorted_but_hostile())
        world.hub.point(world.hub.commit(tree, world.hub.tip()))
        for number, template in enumerate(self.versions):
            world.hub.point(world.hub.commit(tree, world.hub.tip(), template=template,
                                             time=1650000000 + number))

    def sorted_but_hostile(self):
        """Rows stand in order; what is hostile within them stays as it was given."""
        if any(case.root for case in self.cases):
            return self.hostile
        return self.sorted(self.hostile)

    def private(self, name):
        """What a version that comes in may not change: git's settings, hooks, lists of files."""
        found = {}
        for path in ("config", "info/exclude", "info/attributes", "description"):
            try:
                with open(os.path.join(self.world.copy(name), ".git", path), "rb") as text:
                    found[path] = text.read()
            except OSError:
                found[path] = None
        hooks = os.path.join(self.world.copy(name), ".git/hooks")
        found["hooks"] = os.listdir(hooks) if os.path.isdir(hooks) else []
        return found

    def run(self):
        world = self.world
        self.write()
        private = self.private("victim")
        self.attack()
        world.atelier("newcomer", "join", world.hub.path, world.copy("newcomer"))
        self.check_fates("newcomer", joined=True)
        world.atelier("victim", "sync", "--all")
        self.check_fates("victim")
        self.check_words()
        with open(os.path.join(world.copy("newcomer"), "said-last.txt"), "w", encoding="ascii") as last:
            last.write("The newcomer has the last word.\n")
        world.atelier("newcomer", "sync")
        world.atelier("victim", "sync")
        heads = {world.head("victim"), world.head("newcomer"), world.hub.tip()}
        if len(heads) != 1:
            raise Failed("versions differ: %s" % heads)
        self.check_fates("newcomer")
        self.read("victim")
        if world.head("victim") not in heads:
            raise Failed("looking has changed something")
        if self.private("victim") != private:
            raise Failed("git's own files changed: %s" % self.private("victim"))
        self.check_outside()

    def check_outside(self):
        self.world.starter.close()
        self.world.check_outside()
        if os.path.exists(os.path.join(self.world.copy("victim"), "PWNED")):
            raise Failed("a program of Mallory's has run")

    def read(self, name, **more):
        shown = range(len(self.cases)) if SOAK or len(self.cases) < 5 else range(1)
        for arguments, status, where in READERS + [
                (tuple(word.replace("{place}", self.place(number)) for word in arguments), status, where)
                for number in shown for arguments, status, where in OF_ONE]:
            if more and arguments[0] == "status":
                status = (0, 1, 65, 74)  # looks at what the others have, too
            self.world.atelier(name, *arguments, status=status, on_terminal=where == TERMINAL,
                               plain=where != BYTES, **more)
        # Somebody may say it twice, or have nothing of it on disk.
        self.world.atelier(name, "who", "the victim adds 0.", status=(0, 65))

    def check_words(self):
        """Every honest word is in what is shared now: what the victim added to each file, too."""
        said = self.world.git("victim", "grep", "-a", "-F", "-h", "-e", "adds", "HEAD", "--")
        for number, case in enumerate(self.cases):
            notes = [name for name in case.edited if name.endswith(".md")]
            for line, times in ((b"- mallory adds %d." % number, 1),
                                (b"- the victim adds %d." % number, 1 + len(notes)),
                                (b"victim: adds %d." % number, len(case.edited) - len(notes))):
                if said.count(line) < times:
                    raise Failed("%s: of %d times “%s” only %d are left" % (
                        case.why, times, line.decode(), said.count(line)))

    def check_written(self):
        said = self.world.git("victim", "grep", "-a", "-F", "-h", "-e", "the victim adds", "HEAD", "--")
        if said.count(b"the victim adds 0.") < 1:
            raise Failed("what the victim wrote is lost")

    def check_fates(self, name, joined=False):
        recorded, told = self.world.recorded(name) if not joined else None, None
        told = self.world.atelier(name, "doctor", "--json", status=(0, 1)).output
        for number, case in enumerate(self.cases):
            for path, mode, content, fate in self.leaves(number, case):
                self.check_fate(name, case, path, mode, content, fate, recorded, told)

    def leaves(self, number, case):
        above = b"" if case.root else as_bytes(self.place(number)) + b"/"

        def below(entries, path, fate):
            for mode, name, content in entries:
                own = path + as_bytes(name)
                found = fate
                if isinstance(case.fates, dict):
                    found = case.fates.get(own[len(above):].decode(errors="surrogateescape"), fate)
                if isinstance(content, list):
                    yield from below(content, own + b"/", found)
                else:
                    yield own, mode, content, found
        yield from below(filled(self.world, list(case.hostile)), above,
                         ANY if isinstance(case.fates, dict) else case.fates)

    def check_fate(self, name, case, path, mode, content, fate, recorded, told):
        on_disk = os.path.lexists(os.path.join(os.fsencode(self.world.copy(name)), path)) \
            if len(path) < 4000 and b"\0" not in path and all(len(part) < 256 for part in path.split(b"/")) \
            else False
        shown = path[-80:].decode(errors="backslashreplace")
        if fate == ON_DISK and not on_disk:
            raise Failed("%s: %s is not on %s's disk" % (case.why, shown, name))
        if fate == CARRIED and on_disk:
            raise Failed("%s: %s is on %s's disk" % (case.why, shown, name))
        if fate == LEFT_OUT and on_disk and b"/../" not in path and b"/./" not in path \
                and not path.endswith((b"/..", b"/.", b"/")):
            raise Failed("%s: %s is on %s's disk" % (case.why, shown, name))
        if recorded is not None and fate in (ON_DISK, CARRIED):
            number = int(mode, 8) if isinstance(mode, bytes) else mode
            wanted = (number, self.world.hub.object(content))
            if recorded.get(path) != wanted:
                raise Failed("%s: %s is recorded as %s, not %s" % (case.why, shown, recorded.get(path), wanted))
        if recorded is not None and fate == LEFT_OUT and path in recorded:
            raise Failed("%s: %s is in a version that we made" % (case.why, shown))
        if recorded is None and fate in (CARRIED, LEFT_OUT) and b'"check":"files","state":"look"' not in told:
            raise Failed("%s: doctor says nothing of %s" % (case.why, shown))
