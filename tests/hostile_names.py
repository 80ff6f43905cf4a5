"""
Names, kinds and shapes of what a tree holds. A row: why, entries of a folder, what becomes of
them: a fate for all that is below, or {path: fate}.
"""

from hostile_world import (FILE, FOLDER, LINK, MODULE, NO_ID, PROGRAM, Id, deep, file, folder, link)

ON_DISK = "on disk"
CARRIED = "carried"  # stays in git, never comes to disk, told by doctor
LEFT_OUT = "left out"  # in no tree that we make, told by doctor
ANY = "any"  # only what holds for everything

SOME_ID = Id("1234567890" * 4)

LINKS = [
    ("a link to the root folder", [link("02-x.md", "/")], CARRIED),
    ("a link to the folder above", [link("02-x.md", "..")], CARRIED),
    ("a link far up", [link("02-x.md", "../" * 40 + "etc/passwd")], CARRIED),
    ("a link to git's folder", [link("02-x.md", "../.git")], CARRIED),
    ("a link to git's configuration", [link("02-x.md", "../.git/config")], CARRIED),
    ("a link to git's hooks, as a folder", [link("hooks", "../.git/hooks")], CARRIED),
    ("a link to a file outside", [link("02-x.md", "{outside}/secret.md")], CARRIED),
    ("a link to a folder outside, as a workshop", [link("sub", "{outside}/folder")], CARRIED),
    ("a link to nothing", [link("02-x.md", "nowhere")], CARRIED),
    ("a link to itself", [link("02-x.md", "02-x.md")], CARRIED),
    ("a link to a device without end", [link("02-x.md", "/dev/zero")], CARRIED),
    ("a link to what the process holds", [link("02-x.md", "/proc/self/environ")], CARRIED),
    ("a link to nowhere: no target", [link("02-x.md", "")], CARRIED),
    ("a link with a target of 5,000 bytes", [link("02-x.md", "x/" * 2500)], CARRIED),
    ("a link with escapes in its target", [link("02-x.md", "\x1b[2J\n\u202e")], CARRIED),
    ("a link with NUL in its target", [link("02-x.md", "a\0b")], CARRIED),
    ("a link as workshop.yml", [link("workshop.yml", "{outside}/secret.md")], CARRIED),
    ("a link as .gitattributes", [link(".gitattributes", "{outside}/secret.md")], CARRIED),
    ("a link as .gitignore", [link(".gitignore", "/dev/zero")], CARRIED),
    ("a link and a folder of one name", [link("x", "{outside}/folder"),
                                         folder("x", file("secret.md"))], ANY),
    ("a link and a folder of one name in other case",
     [folder("X", file("secret.md")), link("x", "{outside}/folder")],
     {"X/secret.md": ON_DISK, "x": CARRIED}),
    ("a link in capitals, and a folder behind it",
     [link("X", "{outside}/folder"), folder("x", file("secret.md"))],
     {"X": CARRIED, "x/secret.md": ON_DISK}),
]

MODULES = [
    ("a repository in the tree", [(MODULE, "module", SOME_ID)], CARRIED),
    ("a repository as a section", [(MODULE, "02-x.md", SOME_ID)], CARRIED),
    ("a repository as a workshop's description", [(MODULE, "workshop.yml", SOME_ID)], CARRIED),
    ("a repository in folders", [folder("a", (MODULE, "b", SOME_ID))], CARRIED),
    ("a repository named .git", [(MODULE, ".git", SOME_ID)], LEFT_OUT),
    (".gitmodules that runs a program",
     [file(".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c {payload}\n'
                          "\tupdate = !{payload}\n"), (MODULE, "x", SOME_ID)],
     {".gitmodules": ON_DISK, "x": CARRIED}),
    (".gitmodules that leads out",
     [file(".gitmodules", '[submodule "../../hooks"]\n\tpath = ../../x\n\turl = -u./payload\n')],
     ON_DISK),
    (".gitmodules as a link", [link(".gitmodules", "{outside}/secret.md")], CARRIED),
]

GIT_FOLDER = [file("config", '[core]\n\tfsmonitor = "{payload}"\n\tpager = "{payload}"\n'),
              file("HEAD", "ref: refs/heads/main\n"),
              folder("hooks", file("post-checkout", "{program}", PROGRAM)),
              folder("objects", file("x")), folder("refs", file("x"))]

DISGUISES = [(why, [folder(name, *GIT_FOLDER)], LEFT_OUT) for why, name in (
    (".git itself", ".git"),
    (".git in capitals", ".GIT"),
    (".git in mixed case", ".gIt"),
    (".git with a dot behind", ".git."),
    (".git with many dots and blanks behind", ".git . . ..."),
    (".git with a blank behind", ".git "),
    (".git as short names have it", "git~1"),
    (".git as short names have it, in capitals", "GIT~1"),
    (".git as the second short name", "GiT~2"),
    (".git with a joiner that is ignored", ".g\u200cit"),
    (".git with a mark that is ignored", ".gi\u200ft"),
    (".git with an embedding that is ignored", "\u202a.git"),
    (".git with a shaping mark that is ignored", ".git\u206f"),
    (".git with a byte order mark", "\ufeff.git"),
    (".git with many that are ignored", "\u200c\u200d.\u200eg\u202eI\u206at\ufeff"),
    (".git as a stream", ".git::$INDEX_ALLOCATION"),
    (".git as a named stream", ".GIT:x"),
    (".git, ignored marks, and a stream", ".gi\u200ct.:$DATA"),
    (".git before a backslash", ".git\\hooks"),
    (".git behind a backslash", "x\\.git"),
    (".git behind backslashes, with a blank", "x\\y\\.GIT \\config"),
    ("the folder above behind a backslash", "x\\..\\..\\.git"),
)] + [
    ("a file named .git", [file(".git", "gitdir: {outside}/folder\n")], LEFT_OUT),
    ("a link named .git", [link(".git", "{outside}/folder")], LEFT_OUT),
    ("a link named .Git\u200c", [link(".Git\u200c", "{outside}/folder")], LEFT_OUT),
    (".git below two folders", [folder("a", folder("b", folder(".git", *GIT_FOLDER)))], LEFT_OUT),
    ("a file named git~1", [file("git~1", "x")], LEFT_OUT),
    (".github is no disguise", [folder(".github", file("x.md", "x\n"))], ON_DISK),
    ("a repository without its .git", [folder("bare", *GIT_FOLDER)], ON_DISK),
]

PLACES = [(why, [file(name)], LEFT_OUT) for why, name in (
    ("one name with a slash", "a/b.md"),
    ("one name that goes up", "../01-x.md"),
    ("one name that leads to git's hooks", ".git/hooks/post-checkout"),
    ("one name that begins at the root", "/tmp/x.md"),
    ("one name with two slashes", "a//b"),
    ("one name that ends with a slash", "a/"),
    ("a name with a backslash that goes up", "..\\x.md"),
    ("the folder above as a file", ".."),
    ("the folder itself as a file", "."),
)] + [
    ("the folder above as a folder", [folder("..", file("x.md"))], LEFT_OUT),
    ("the folder itself as a folder", [folder(".", file("x.md"))], LEFT_OUT),
    ("the folder above as a link", [link("..", "{outside}")], LEFT_OUT),
    ("the folder above within a folder", [folder("a", folder("..", file("x.md")))], LEFT_OUT),
]

NAMES = [(why, [file(name)], fate) for why, name, fate in (
    ("a name with a line end", "02-a\nb.md", CARRIED),
    ("a name with a carriage return", "02-a\rb.md", CARRIED),
    ("a name with a tab", "02-a\tb.md", CARRIED),
    ("a name that colours the terminal", "02-\x1b[31mred.md", CARRIED),
    ("a name that sets the window's title", "02-\x1b]0;owned\x07.md", CARRIED),
    ("a name that rings and deletes", "02-\x07\x08\x7f.md", CARRIED),
    ("a name with an eight-bit escape", "02-\u009b31m.md", ANY),
    ("a name that turns the line around", "02-\u202edm.exe.md", ANY),
    ("a name with isolates", "02-\u2066x\u2069.md", ANY),
    ("a name with tags that nobody sees", "02-\U000e0041.md", ANY),
    ("a name that is no UTF-8", "02-\udcff\udcfe.md", ANY),
    ("a name cut within a letter", "02-\udce2\udc82", ANY),
    ("a name with a backslash", "a\\b.md", CARRIED),
    ("a name with a drive", "C:02.md", ANY),
    ("a name with a stream", "02.md:stream", ANY),
    ("a device", "CON", CARRIED),
    ("a device with an ending", "aux.md", CARRIED),
    ("a device in mixed case with two endings", "NuL.txt.md", CARRIED),
    ("a port", "COM1.md", CARRIED),
    ("a printer", "lpt9", CARRIED),
    ("a console", "CONIN$", CARRIED),
    ("a port with a raised figure", "com\u00b9.md", CARRIED),
    ("a device with a blank before its ending", "con .md", CARRIED),
    ("a dot at the end", "02-x.", CARRIED),
    ("a blank at the end", "02-x.md ", CARRIED),
    ("only a blank", " ", CARRIED),
    ("a blank in front", " 02-x.md", ON_DISK),
    ("three dots", "...", CARRIED),
    ("only an ending", ".md", ON_DISK),
    ("an option", "-rf.md", ON_DISK),
    ("an option that names a program", "--upload-pack=touch PWNED;.md", ON_DISK),
    ("a shell's words", "$(touch PWNED)`touch PWNED`;&|.md", ON_DISK),
    ("a format", "%s%n%1000000d.md", ON_DISK),
    ("a pattern", "*?[a-z].md", ANY),
    ("a home folder", "~root", ON_DISK),
    ("markup", "<script>alert(1)</script>.md", LEFT_OUT),
    ("markup without a slash", "<img src=x onerror=alert(1)>.md", ON_DISK),
    ("quotes", "\"'><b>.md", ON_DISK),
    ("a version label", "02-x \u27e8version 1\u27e9.md", ON_DISK),
    ("an editor's own file", "02-x.md~", ON_DISK),
    ("what we name our own files", ".atelier-AAAAAA", ON_DISK),
    ("a name of 180 bytes", "n" * 177 + ".md", ON_DISK),
    ("a name of 255 bytes", "n" * 252 + ".md", CARRIED),
    ("a name of 256 bytes", "n" * 253 + ".md", CARRIED),
    ("a name of 70,000 bytes", "n" * 70000, CARRIED),
)] + [
    ("seven folders deep", [deep(6, file("x.md"))], ON_DISK),
    ("nine folders deep", [deep(8, file("x.md"))], CARRIED),
    ("forty folders deep", [deep(40, file("x.md"))], ANY),
    ("a path of 210 bytes", [folder("p" * 90, folder("q" * 90, file("0123456789abcdefgh.md")))],
     CARRIED),
]

COLLISIONS = [
    ("two names, one in capitals", [file("02-X.md", "one\n"), file("02-x.md", "two\n")],
     {"02-X.md": ON_DISK, "02-x.md": CARRIED}),
    ("composed and decomposed accents", [file("02-e\u0301.md", "one\n"), file("02-\u00e9.md", "two\n")],
     {"02-e\u0301.md": ON_DISK, "02-\u00e9.md": CARRIED}),
    ("four of one name", [file("02-AB.md"), file("02-Ab.md"), file("02-aB.md"), file("02-ab.md")],
     {"02-AB.md": ON_DISK, "02-Ab.md": CARRIED, "02-aB.md": CARRIED, "02-ab.md": CARRIED}),
    ("two folders of one name", [folder("SUB", file("a.md")), folder("sub", file("b.md"))],
     {"SUB/a.md": ON_DISK, "sub/b.md": CARRIED}),
    ("a file and a folder of one name in other case",
     [file("SUB"), folder("sub", file("b.md"))], ANY),
    ("the note itself in capitals", [file("01-NOTE.md", "- other\n")], ANY),
    ("what a file system ignores in names", [file("02-x.md", "one\n"), file("02-x\u200c.md", "two\n")],
     ANY),
]

SHAPES = [
    ("a mode that lets everybody write", [file("x.md", mode=0o100666)], ON_DISK),
    ("a mode that runs as its owner", [file("x.md", mode=0o107777)], ON_DISK),
    ("a mode of no kind", [file("x.md", mode=0o644)], CARRIED),
    ("a mode of zero", [file("x.md", mode=0)], CARRIED),
    ("a mode with zeros in front", [(b"000100644", "x.md", b"x")], ON_DISK),
    ("a pipe", [file("x.md", mode=0o010644)], CARRIED),
    ("a device file", [file("x.md", mode=0o020666)], CARRIED),
    ("a socket", [file("x.md", mode=0o140755)], CARRIED),
    ("a folder that may not be entered", [folder("d", file("x.md"), mode=0o040000)], ON_DISK),
    ("a folder with a file's rights", [folder("d", file("x.md"), mode=0o040755)], ON_DISK),
    ("entries in reverse", [file("z.md"), file("y.md"), file("b.md")], ON_DISK),
    ("one name twice", [file("x.md", "one\n"), file("x.md", "two\n")], ANY),
    ("one name as a file and as a folder", [file("x", "one\n"), folder("x", file("y.md"))], ANY),
    ("one name as a folder and as a repository",
     [folder("x", file("y.md")), (MODULE, "x", SOME_ID)], ANY),
    ("one name a thousand times", [file("x.md", "%d\n" % i) for i in range(1000)], ANY),
    ("an empty folder", [folder("x")], ANY),
    ("an empty folder as a section", [folder("02-x.md")], ANY),
    ("a folder as workshop.yml", [folder("workshop.yml", file("x.md"))], ON_DISK),
    ("300 files", [file("%04d.txt" % i, "one\n") for i in range(300)], ON_DISK),
]

TOGETHER = LINKS + MODULES + DISGUISES + PLACES + NAMES + COLLISIONS + SHAPES

