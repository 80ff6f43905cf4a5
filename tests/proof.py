"""What the proofs share: programs, a quiet environment, clones, and results in TAP."""

import os
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = os.path.abspath(os.environ.get("PROGRAMS", "build"))
ATELIER = os.path.join(PROGRAMS, "atelier")
SOAK = bool(os.environ.get("SOAK"))
SEED = int(os.environ.get("SEED", "0"))

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items()
       if not name.startswith(("GIT_", "LC_", "ATELIER_", "XDG_"))},
    "LANG": "C.UTF-8",
    "TZ": "UTC0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "HOME": os.devnull,
}


class Failed(Exception):
    """A promise that did not hold; the text tells which."""


def person(name, **more):
    """The environment of one person, as plain git and atelier read it."""
    mail = name + "@example.org"
    return {**ENVIRONMENT, "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail,
            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, **more}


def run(*command, folder=None, name="somebody", status=0, environment=None, **more):
    """Runs to the end; a status that was not expected is a failure. None: any status."""
    result = subprocess.run(command, cwd=folder, env=environment or person(name, **more),
                            stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if status is not None and result.returncode != status:
        raise Failed("%s in %s: status %d\n%s" % (
            " ".join(command), folder, result.returncode,
            (result.stdout + result.stderr).decode(errors="replace")))
    return result


def git(folder, *arguments, **more):
    """What plain git prints."""
    return run("git", *arguments, folder=folder, **more).stdout.decode(errors="surrogateescape")


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def save_over(path, text):
    """Saves as most editors do: a file beside, then renamed over the old one."""
    beside = os.path.join(os.path.dirname(path), ".%s.swp" % os.path.basename(path))
    write(beside, text)
    os.replace(beside, path)


def files_of(clone):
    """Path and bytes of all that is on disk, git's folder aside."""
    found = {}
    for folder, folders, names in os.walk(clone):
        if ".git" in folders:
            folders.remove(".git")
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, clone)] = file.read()
    return found


def locks_of(clone):
    """Locks and journals that a finished run must not leave."""
    found = []
    for folder, _, names in os.walk(os.path.join(clone, ".git")):
        for name in names:
            if name.endswith(".lock") or (name == "journal" and folder.endswith("atelier")):
                found.append(os.path.join(folder, name))
    return found


def check_sound(clone):
    """Plain git finds nothing wrong, nothing unrecorded, and no lock."""
    told = run("git", "fsck", "--strict", "--no-dangling", folder=clone)
    if told.stdout + told.stderr.replace(b"Checking object directories", b""):
        said = (told.stdout + told.stderr).decode(errors="replace")
        if "error" in said or "missing" in said or "warning" in said:
            raise Failed("%s: git fsck: %s" % (clone, said))
    status = git(clone, "status", "--porcelain")
    if status:
        raise Failed("%s: git status: %s" % (clone, status))
    if locks_of(clone):
        raise Failed("%s: left over: %s" % (clone, locks_of(clone)))


def check_same(clones):
    """Every clone holds the same bytes and stands at the same commit."""
    heads = {git(clone, "rev-parse", "HEAD").strip() for clone in clones}
    if len(heads) != 1:
        raise Failed("commits differ: %s" % sorted(heads))
    first = files_of(clones[0])
    for clone in clones[1:]:
        other = files_of(clone)
        if other != first:
            raise Failed("%s: bytes differ: %s" % (clone, sorted(
                path for path in first.keys() | other.keys()
                if first.get(path) != other.get(path))))


def sync_all(clones, rounds=2, **more):
    """Everybody syncs in turn until all have everything."""
    for _ in range(rounds):
        for clone in clones:
            run(ATELIER, "-C", clone, "sync", name=os.path.basename(clone), **more)


def start(folder, names, notes, **more):
    """
    A shared folder, one person who shares `notes` (path: text), and others who join.
    `more`: variables of their environment.
    """
    shared = os.path.join(folder, "shared.git")
    clones = [os.path.join(folder, name) for name in names]
    os.makedirs(folder, exist_ok=True)
    run("git", "init", "-q", "--bare", "-b", "main", shared)
    run(ATELIER, "init", clones[0], "--remote", shared, "--language", "en", name=names[0],
        **more)
    for path, text in notes.items():
        write(os.path.join(clones[0], path), text)
    sync_all(clones[:1], 1, **more)
    for name, clone in zip(names[1:], clones[1:]):
        run(ATELIER, "join", shared, clone, name=name, **more)
    return clones


def why_no_trace():
    """Why programs cannot be traced here; None: they can."""
    if not shutil.which("strace"):
        return "no strace here"
    result = run("strace", "-f", "-o", os.devnull, "true", status=None)
    return "strace is not permitted here" if result.returncode else None


def work_in_memory():
    """For proofs to which it is the same whether a disk is behind the files: it takes a third."""
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"


class Proofs:
    """Runs named checks, each in a folder of its own, and prints TAP."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, name, function, *arguments):
        self.number += 1
        folder = tempfile.mkdtemp(prefix="atelier-")
        try:
            figures = function(folder, *arguments)
            print("ok %d - %s%s" % (self.number, name, " (%s)" % figures if figures else ""))
        except Failed as failure:
            self.failed += 1
            print("not ok %d - %s" % (self.number, name))
            for line in str(failure).splitlines():
                print("# " + line)
            if os.environ.get("KEEP"):
                print("# kept: " + folder)
        finally:
            sys.stdout.flush()
            if not os.environ.get("KEEP"):
                shutil.rmtree(folder, ignore_errors=True)

    def skip(self, name, why):
        self.number += 1
        print("ok %d - %s # skip %s" % (self.number, name, why))

    def end(self):
        print("1..%d" % self.number)
        sys.exit(1 if self.failed else 0)
