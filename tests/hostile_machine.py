"""
What is hostile about a copy's surroundings. ADDRESSES: why, an address that is shared with.
SAYINGS: why, what the other machine says while it refuses. DOCUMENTS: why, a file's name, its
bytes, to be imported. BUNDLES: why, the bytes of what is carried
(and how that ends, where it names nothing that could be taken in). STATES: why, a file of ours
below .git/atelier, the bytes in its place. OWN: why, lines of git's configuration in the copy.
INSTEAD: why, what makes something else stand at a path.
"""

import json
import os
import socket
import stat

ADDRESSES = [
    ("a program", "ext::sh -c 'touch {outside}/PWNED'"),
    ("a program behind git's own word", "git::ext::sh -c 'touch {outside}/PWNED'"),
    ("a descriptor", "fd::0"),
    ("a helper of any name", "evil::{outside}"),
    ("an option", "-u{program}"),
    ("an option that names a program", "--upload-pack={program}"),
    ("an option for ssh", "-oProxyCommand={program}"),
    ("an option for ssh as a host", "ssh://-oProxyCommand={program}/x"),
    ("an option for ssh as a user", "-oProxyCommand={program}@host:x"),
    ("an option for ssh as a folder", "ssh://127.0.0.1:1/-oProxyCommand={program}"),
    ("a file's address that goes up", "file://{outside}/../outside/folder"),
    ("a file's address with a host", "file://host.invalid{outside}"),
    ("a device", "/dev/zero"),
    ("a folder that is no repository", "{outside}/folder"),
    ("a line end within", "{outside}\n[core]\n\tfsmonitor={program}"),
    ("quotes and brackets", '"]\n[core "x'),
    ("escapes", "\x1b]0;x\x07\u202ehttps://x\u009b31m"),
    ("a name and password", "https://user:secret@127.0.0.1:1/x"),
    ("nothing", ""),
    ("only blanks", "   "),
    ("100 KB", "x" * 100000),
    ("shell's words", "$(touch {outside}/PWNED);`touch {outside}/PWNED`|x"),
    ("a scheme that nobody knows", "javascript://127.0.0.1:1/x"),
]

SAYINGS = [
    ("colours and a title", "\x1b[31mno\x1b]0;owned\x07 \x9b2J"),
    ("text turned around", "\u202eon \u2066no\u2069\u2028no"),
    ("bytes that are no UTF-8", "\udcff\udcfe no"),
    ("a line of 1 MB", "no " * 350000),
    ("100,000 lines", "no\n" * 100000),
    ("what git itself says", "! [rejected] main -> main (fetch first)\nfatal: Authentication failed\x1b[2J"),
    ("NUL and backspaces", "\x01\x08\x08\x08ok \x7f\x05"),
]


def pad(**more):
    whole = {"atext": {"text": "Pad\n\n- words\n", "attribs": "|3+d"}, "head": 0,
             "pool": {"numToAttrib": {}, "nextNum": 0}}
    whole.update(more)
    return json.dumps({"pad:p": whole}).encode()


DOCUMENTS = [
    ("escapes in a title", "x.txt", "\x1b[31mTitle\x07\u202e\n\nDiscussion\n- words\n".encode()),
    ("a title of 60 KB", "x.txt", b"T" * 60000 + b"\n\nDiscussion\n- words\n"),
    ("a title that leads out", "x.txt", b"../../../etc/passwd\n\nDiscussion\n- words\n"),
    ("a title that is a device", "x.txt", b"CON\n\nDiscussion\n- words\n"),
    ("a title that is git's", "x.txt", b".git\n\nDiscussion\n- words\n"),
    ("nothing but line ends", "x.txt", b"\n" * 100000),
    ("15,000 points", "x.txt", b"Title\n\nDiscussion\n" + b"- words\n" * 15000),
    ("lists 5,000 deep", "x.md", b"# T\n\n" + b"- " * 5000 + b"words\n"),
    ("names without end", "x.txt", b"Title\n\nParticipants\n" + b"Anne Bo, " * 20000 + b"\n\nDiscussion\n- words\n"),
    ("a date that is none", "x.txt", b"Workshop 99/99/9999 31 February 99999999999\n\n- words\n"),
    ("a pad that is no JSON", "x.etherpad", b'{"pad:p": {"atext": '),
    ("a pad of brackets 100,000 deep", "x.etherpad", b"[" * 100000),
    ("a pad of objects 50,000 deep", "x.etherpad", b'{"pad:p":' * 50000),
    ("a pad whose lengths lie", "x.etherpad", pad(atext={"text": "ab", "attribs": "|zzzz+zzzzzz*1*2*3+5"})),
    ("a pad whose people are missing", "x.etherpad", pad(atext={"text": "Pad\n\n- words\n", "attribs": "*zz|3+d"})),
    ("a pad of the wrong kinds", "x.etherpad", pad(atext=[1], head="x", pool=7)),
    ("a pad of escapes", "x.etherpad", pad(atext={"text": "\x1b[31mPad\u202e\n\n- words\n", "attribs": "|3+j"})),
    ("a pad of two pads", "x.etherpad", b'{"pad:p": {}, "pad:q": {}, "pad:p": {}}'),
    ("a page of scripts", "x.html", b"<script>alert(1)</script><h1>T</h1><ul>" + b"<li>x" * 500),
    ("a file that is no word document", "x.docx", b"PK\x03\x04" + bytes(2000)),
]

BUNDLES = [
    ("nothing", b""),
    ("words", b"no bundle\n"),
    ("only a head, which git takes for an empty one", b"# v2 git bundle\n", (0,)),
    ("a head and garbage", b"# v2 git bundle\n" + b"1" * 40 + b" refs/heads/main\n\nPACK\0\0\0\2\xff\xff\xff\xff" + bytes(100)),
    ("a version to come", b"# v9 git bundle\n@evil=\x1b[31m\n\n"),
    ("escapes where names are", b"# v2 git bundle\n" + b"2" * 40 + b" refs/heads/\x1b[2J\x07\n\nPACK", (0,)),
    ("what it needs is missing", b"# v2 git bundle\n-" + b"3" * 40 + b" x\n" + b"4" * 40 + b" refs/heads/main\n\nPACK"),
    ("1 MB of NUL", bytes(1000000)),
    ("a reference that leads out", b"# v2 git bundle\n" + b"5" * 40 + b" refs/../../config\n\nPACK", (0,)),
]

STATES = [("%s: %s" % (name, why), name, data) for name in (
    "journal", "versions", "held", "taken-in", "trace", "alike", "lock", "index", "index.mark", "first-run", "shown", "unplaced")
    for why, data in (("garbage", bytes(range(256)) * 40), ("nothing", b""), ("lies", b"w/../../x\0" + b"9" * 3000 + b"\n"))]

OWN = [
    ("a filter that runs a program", "[filter \"evil\"]\n\tclean = {program}\n\tsmudge = {program}\n\trequired = true\n",
     "* filter=evil\n"),
    ("a filter as a process", "[filter \"evil\"]\n\tprocess = {program}\n\trequired = true\n", "*.md filter=evil\n"),
    ("a driver for merges", "[merge \"evil\"]\n\tdriver = {program} %A\n", "*.md merge=evil\n"),
    ("a driver for differences", "[diff \"evil\"]\n\tcommand = {program}\n\ttextconv = {program}\n", "*.md diff=evil\n"),
    ("line ends of another system", "[core]\n\tautocrlf = true\n\teol = crlf\n", "* text=auto\n"),
    ("line ends as they come", "[core]\n\tautocrlf = input\n\tsafecrlf = true\n", "*.md text\n"),
    ("another encoding", "[core]\n\tquotePath = false\n", "*.md working-tree-encoding=UTF-16\n"),
    ("a program that watches", "[core]\n\tfsmonitor = {program}\n\thooksPath = {outside}\n\tuntrackedCache = true\n", ""),
]


def linked(target):
    return lambda path, outside: os.symlink(target.replace("{outside}", outside), path)


def listening(path, _):
    # A longer path than a socket's name may be.
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    made = socket.socket(socket.AF_UNIX)
    made.bind("/proc/self/fd/%d/%s" % (folder, os.path.basename(path)))
    made.close()
    os.close(folder)


def device(number):
    def make(path, _):
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, number)
        except PermissionError:
            os.mkfifo(path)
    return make


def folders(path, _):
    os.makedirs(path + "/x" * 40)


def repository(path, outside):
    os.makedirs(path + "/.git/objects")
    os.makedirs(path + "/.git/refs")
    with open(path + "/.git/HEAD", "w", encoding="ascii") as head:
        head.write("ref: refs/heads/main\n")
    with open(path + "/.git/config", "w", encoding="ascii") as config:
        config.write("[core]\n\tfsmonitor = %s/payload\n\thooksPath = %s\n" % (outside, outside))


INSTEAD = [
    ("a link to a file outside", linked("{outside}/secret.md")),
    ("a link to a folder outside", linked("{outside}/folder")),
    ("a link to nothing", linked("nowhere")),
    ("a link to itself", linked("01-note.md")),
    ("a link to a device without end", linked("/dev/zero")),
    ("a link to what the process holds", linked("/proc/self/environ")),
    ("a link to git's configuration", linked("../.git/config")),
    ("a pipe", lambda path, _: os.mkfifo(path)),
    ("a socket", listening),
    ("a device without end", device(os.makedev(1, 5))),
    ("a device that is empty", device(os.makedev(1, 3))),
    ("an empty folder", lambda path, _: os.mkdir(path)),
    ("folders in folders", folders),
    ("a repository", repository),
]
