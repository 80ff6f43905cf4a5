"""
Versions and objects made by hand. Rows of COMMITS: why, the bytes of a commit, in which {tree},
{parents} and {time} are filled in. ROOTS: why, entries of the root, their fates. BROKEN: why, what
is done to the hub, the statuses with which a join may end.
"""

import os

from hostile_names import ANY, CARRIED, ON_DISK
from hostile_world import FOLDER, LINK, Id, bomb, file, folder, link

HONEST = b"author Mallory <m@example.org> {time} +0000\ncommitter Mallory <m@example.org> {time} +0000\n"


def commit(author=b"Mallory <m@example.org> {time} +0000", committer=None, message=b"A change\n", more=b""):
    return (b"tree {tree}\n{parents}author " + author + b"\ncommitter " + (committer or author) + b"\n" +
            more + b"\n" + message)


COMMITS = [
    ("a date before all dates", commit(b"M <m@x> 0 +0000")),
    ("a date after all dates", commit(b"M <m@x> 99999999999 +0000")),
    ("a date below zero", commit(b"M <m@x> -5 +0000")),
    ("a zone that is none", commit(b"M <m@x> {time} +9999")),
    ("a zone of letters", commit(b"M <m@x> {time} abc")),
    ("no zone", commit(b"M <m@x> {time}")),
    ("no name", commit(b"<m@x> {time} +0000")),
    ("no address", commit(b"M <> {time} +0000")),
    ("neither name nor address", commit(b" <> {time} +0000")),
    ("a name of blanks", commit(b"   < > {time} +0000")),
    ("angles in a name", commit(b"M <<<>> m@x> {time} +0000")),
    ("escapes in a name", commit(b"\x1b[31mM\x1b]0;x\x07 <\x1b[2J@x> {time} +0000")),
    ("a name turned around", commit("\u202eyrollaM\u2066 <\u202em@x> {time} +0000".encode())),
    ("a name that is no UTF-8", commit(b"M\xff\xfe <\xc0@x> {time} +0000")),
    ("a name of 60 KB", commit(b"M" * 60000 + b" <m@x> {time} +0000")),
    ("a name that is markup", commit(b"&lt;<script>alert(1)</script> <m@x> {time} +0000")),
    ("a name that is a formula", commit(b"=cmd|'/C calc'!A0 <@SUM(1)> {time} +0000")),
    ("a carriage return in a name", commit(b"M\rN <m\r@x> {time} +0000")),
    ("no message", commit(message=b"")),
    ("escapes in a message", commit(message=b"\x1b[2J\x1b]0;x\x07\x9b31m \x00 after\n")),
    ("a message turned around", commit(message="\u202eegassem\u2028next\n".encode())),
    ("a message without a line end", commit(message=b"A change")),
    ("a message of 500 KB on one line", commit(message=b"m" * 500000)),
    ("another encoding", commit(more=b"encoding ISO-8859-1\n", message=b"caf\xe9\n")),
    ("an encoding that is none", commit(more=b"encoding \x1b[31m\n", message=b"caf\xe9\n")),
    ("headers that nobody knows", commit(more=b"x-evil yes\n folded\n\x1b x\n")),
    ("a signature that is none", commit(more=b"gpgsig -----BEGIN SSH SIGNATURE-----\n \x1b[31m\n -----END\n")),
    ("a tag within", commit(more=b"mergetag object 0\n type commit\n")),
    ("a merge that says it is ours", commit(message=b"Merge\n\nAtelier-Merge: 1\n")),
    ("a merge of version zero", commit(message=b"Merge\n\nAtelier-Merge: 0\n")),
    ("a merge of a version below zero", commit(message=b"Merge\n\nAtelier-Merge: -99\n")),
    ("a merge of a version of words", commit(message=b"Merge\n\nAtelier-Merge: \x1b[31mmany\n")),
    ("no author", b"tree {tree}\n{parents}committer M <m@x> {time} +0000\n\nA change\n"),
    ("no committer", b"tree {tree}\n{parents}author M <m@x> {time} +0000\n\nA change\n"),
    ("neither author nor committer", b"tree {tree}\n{parents}\nA change\n"),
    ("no angles around an address", commit(b"M m@x {time} +0000")),
    ("angles the wrong way round", commit(b"M >m@x< {time} +0000")),
    ("no address and no time", commit(b"M")),
    ("a date that no number holds", commit(b"M <m@x> " + b"9" * 30 + b" +0000")),
    ("a date of letters", commit(b"M <m@x> tomorrow +0000")),
    ("a date that nobody will see", commit(b"M <m@x> 9223372036854775807 +0000")),
    ("two authors", commit(b"M <m@x> {time} +0000\nauthor N <n@x> 5 +0000")),
    ("an author after the committer", b"tree {tree}\n{parents}committer M <m@x> {time} +0000\n"
     b"author M <m@x> {time} +0000\n\nA change\n"),
    ("a header of 1 MB", commit(more=b"x-large " + b"x" * 1000000 + b"\n")),
    ("20,000 headers", commit(more=b"x-many 1\n" * 20000)),
    ("a message of 3 MB", commit(message=b"m" * 3000000)),
    ("a signature without an end", commit(more=b"gpgsig -----BEGIN PGP SIGNATURE-----\n")),
    ("a signature of nothing", commit(more=b"gpgsig \n")),
    ("a signature of 500 KB", commit(more=b"gpgsig -----BEGIN SSH SIGNATURE-----\n" + b" AAAA\n" * 80000 +
                                     b" -----END SSH SIGNATURE-----\n")),
    ("two signatures", commit(more=b"gpgsig a\ngpgsig b\ngpgsig-sha256 c\n")),
    ("a NUL in a name", commit(b"M\0N <m\0@x> {time} +0000")),
    ("our own name", commit(b"atelier <atelier@invalid> {time} +0000", message=b"Merge\n\nAtelier-Merge: 1\n")),
]

ROOTS = [
    ("workshops as a link", [link("x", "{outside}/folder")], CARRIED),
    ("settings as a link", [link("atelier.yml", "{outside}/secret.md"), link("people.yml", "/dev/zero"),
                            link("ideas.yml", "/proc/self/environ")], CARRIED),
    ("attributes as a link", [link(".gitattributes", "{outside}/secret.md")], CARRIED),
    ("names of people as a link", [link(".mailmap", "/dev/zero")], CARRIED),
    ("what is ignored as a link", [link(".gitignore", "/dev/zero")], CARRIED),
    ("attributes as a folder", [folder(".gitattributes", file("x"))], ON_DISK),
    ("filters that nobody set up", [file(".gitattributes",
                                         "* filter=evil diff=evil merge=evil\n*.md working-tree-encoding=UTF-16 ident\n")], ON_DISK),
    ("line ends by attributes", [file(".gitattributes", "* text eol=crlf\n*.md text=auto eol=crlf\n")], ON_DISK),
    ("macros of attributes", [file(".gitattributes", "[attr]a b\n[attr]b a\n* a\n" * 50)], ON_DISK),
    ("attributes hard to match", [file(".gitattributes", "*a" * 40 + "b text\n"), file("a" * 100 + ".txt")],
     {".gitattributes": CARRIED}),
    ("ignored names hard to match", [file(".gitignore", "*a" * 40 + "b\n"), file("a" * 100 + ".txt")],
     {".gitignore": CARRIED}),
    ("ignored names that nobody can match", [file(".gitignore", "**/" * 60 + "x\n" + "**a" * 60 + "x\n")], CARRIED),
    ("attributes that nobody can match", [file(".gitattributes", "**/" * 60 + "x text\n" + "**a" * 60 + "x eol=crlf\n")],
     CARRIED),
    ("50,000 ignored names", [file(".gitignore", "".join("x%d/**/y*z\n" % i for i in range(8000)))], ON_DISK),
    ("git's configuration in the tree", [file(".gitconfig", '[core]\n\tfsmonitor = "{payload}"\n\thooksPath = .\n'
                                              '\tsshCommand = "{payload}"\n'), file("config", "[core]\n\tbare = true\n")], ON_DISK),
    ("hooks in the tree", [folder("hooks", file("post-merge", "{program}", 0o100755), file("pre-push", "{program}", 0o100755)),
                           file("post-checkout", "{program}", 0o100755)], ON_DISK),
    ("a lazy template", [folder("templates", file("x.txt", "\x1b[31m\n"), link("y.txt", "{outside}/secret.md"))], ANY),
    ("names of people that lie", [file(".mailmap", "Anne <m@example.org>\n<victim@example.org> <m@example.org>\n"
                                       "\x1b[31m <x@y> \u202e <victim@example.org>\n" + "<<<>>>\n" * 500)], ON_DISK),
    ("people without end", [file("people.yml", "".join("- {name: P%d, emails: [p%d@x], aliases: [a, b]}\n" % (i, i)
                                                        for i in range(3000)))], ON_DISK),
    ("shallow, by a file of that name", [file("shallow", "0" * 40 + "\n"), folder("refs", file("x")),
                                         folder("objects", file("x")), file("HEAD", "ref: refs/heads/main\n")], ON_DISK),
    ("a pointer to a large file and its filter",
     [file(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"),
      file("x.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 1\n"),
      file(".lfsconfig", "[lfs]\n\turl = http://127.0.0.1:1/\n")], ON_DISK),
    ("3,000 folders of one name in other cases",
     [folder("".join(c.upper() if i >> n & 1 else c for n, c in enumerate("abcdefghijkl")), file("x.txt", "one"))
      for i in range(3000)], ANY),
]


def bare_reference(hub):
    hub.put("refs/heads/main", b"0123456789" * 4 + b"\n")


def cut_object(hub):
    path = "objects/%s/%s" % (hub.tip()[:2], hub.tip()[2:])
    with open(os.path.join(hub.path, path), "r+b") as data:
        data.truncate(20)


def zero_object(hub):
    path = "objects/%s/%s" % (hub.tip()[:2], hub.tip()[2:])
    hub.put(path, bytes(100))


def of_tree(entries):
    return lambda hub: hub.point(hub.commit(hub.tree(entries), hub.tip()))


def of_bytes(data):
    return lambda hub: hub.point(hub.commit(hub.tree([file("x")]), template=data))


def many_parents(hub):
    tree = hub.tree([file("x.md", "- x\n")])
    parents = [hub.commit(tree, hub.tip(), time=1700000000 + i) for i in range(50)]
    hub.point(hub.commit(tree, *parents))


def criss_cross(hub):
    tree, a, b = hub.tree([file("x.md", "- x\n")]), hub.tip(), hub.tip()
    for i in range(60):
        a, b = (hub.commit(tree, a, b, time=1700000000 + 2 * i),
                hub.commit(tree, b, a, time=1700000001 + 2 * i))
    hub.point(a)


def long_history(hub):
    tip = hub.tip()
    for i in range(1500):
        tip = hub.commit(hub.tree([file("x.md", "- x %d\n" % i)]), tip, time=1700000000 + i)
    hub.point(tip)


def odd_references(hub):
    for name in ("\u202ex", "a'b;touch${IFS}PWNED", "$(touch${IFS}PWNED)", "x" * 200, "a/b/c/d/e/f"):
        hub.point(hub.tip(), name)


def newer_program(hub):
    hub.point(hub.commit(hub.tree([file("x")]), hub.tip(), template=commit(message=b"Merge\n\nAtelier-Merge: 999999999\n")))


GONE = Id("00000000000000000000000000000000deadbeef")

BROKEN = [
    ("a branch that leads to nothing", bare_reference, (0, 65, 69, 74)),
    ("a version cut short", cut_object, (65, 69, 74)),
    ("a version that is no object", zero_object, (65, 69, 74)),
    ("a file that is missing", of_tree([file("x.md", GONE)]), (65, 69, 74)),
    ("a folder that is missing", of_tree([(FOLDER, "x", GONE)]), (65, 69, 74)),
    ("a file that is a folder", of_tree([file("x.md", [file("y")])]), (0, 65, 69, 74)),
    ("a folder that is a file", of_tree([(FOLDER, "x", b"no folder")]), (65, 69, 74)),
    ("a link that is a folder", of_tree([(LINK, "x", [file("y")])]), (0, 65, 69, 74)),
    ("a name that is empty", of_tree([file("", "x")]), (0, 65, 69, 74)),
    ("a mode of letters", of_tree([(b"1006zz", "x", b"y")]), (0, 65, 69, 74)),
    ("a mode too large", of_tree([(b"7777777777777", "x", b"y")]), (0, 65, 69, 74)),
    ("a version without a folder", of_bytes(HONEST + b"\nx\n"), (65, 69, 74)),
    ("a version of 17 MB", lambda hub: of_bytes(b"tree {tree}\n" + HONEST + b"\n" + bytes(17 << 20))(hub), (65, 69, 74)),
    ("a branch that leads to a folder", lambda hub: hub.point(hub.tree([file("x.md")])), (65, 69, 74)),
    ("a branch that leads to a file", lambda hub: hub.point(hub.write(b"blob", b"x")), (65, 69, 74)),
    ("a branch that leads to a tag", lambda hub: hub.point(hub.write(
        b"tag", b"object %s\ntype commit\ntag x\ntagger M <m@x> 1 +0000\n\nx\n" % hub.tip().encode())), (0, 65, 69, 74)),
    ("a parent that is missing", lambda hub: hub.point(hub.commit(hub.tree([file("x.md")]), GONE)), (65, 69, 74)),
    ("a parent that is a folder", lambda hub: hub.point(hub.commit(hub.tree([file("x.md")]), hub.tree([file("y")]))),
     (65, 69, 74)),
    ("a version that is only words", of_bytes(b"words\n"), (65, 69, 74)),
    ("a version of itself as a folder", lambda hub: hub.point(hub.commit(hub.tip())), (65, 69, 74)),
    ("empty folders in folders, ten by ten by ten", of_tree(bomb(10, 10)), (65,)),
    ("folders in folders with a file in each", of_tree(bomb(10, 10, file("x"))), (65,)),
    ("folders of refused names without end", of_tree(bomb(10, 10, file(".git"))), (65,)),
    ("20,001 files", of_tree([file("%05d" % i, "x") for i in range(20001)]), (65,)),
    ("names of 60 KB by the hundred", of_tree([file("%03d" % i + "n" * 60000, "x") for i in range(100)]), (65,)),
    ("fifty parents", many_parents, (0,)),
    ("versions that cross sixty times", criss_cross, (0,)),
    ("1,500 versions", long_history, (0,)),
    ("branches of odd names", odd_references, (0,)),
    ("a merge of a program to come", newer_program, (0,)),
    ("a file of 400 MB in a few hundred KB", lambda hub: hub.point(
        hub.commit(hub.tree([file("x.md", 400)]), hub.tip())), (0,)),
]
