"""
Stops a command at each of its writing system calls, by SIGKILL or by an error of
the disk (strace), lets plain git record in between, and wants the next run to
repair everything: no word lost, none twice, no lock left, plain git content.

Sampled in `make test`; SOAK=1 takes every call. ONLY="sync kill" takes some.
"""

import os
import shutil
import signal
import subprocess

from proof import (ATELIER, SOAK, Failed, Proofs, check_same, check_sound, person, read, run,
                   save_over, start, sync_all, write)

CALLS = ("openat,creat,write,pwrite64,writev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
         "mkdir,mkdirat,rmdir,fsync,fdatasync,ftruncate,fchmod,chmod,symlink")
NOTE = "w/01-discussion.md"
OTHER = "w/02-synthesis.md"


def strace(log, inject, command, folder, name, group=False):
    """Runs a command under strace. `inject`: what goes wrong; None: only counts."""
    arguments = ["strace", "-f", "-qq", "-o", log, "-e", "trace=" + CALLS, "-e", "signal=none"]
    if inject:
        arguments += ["-e", "inject=%s:%s" % (CALLS, inject)]
    with subprocess.Popen(arguments + list(command), cwd=folder, env=person(name),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, start_new_session=True) as process:
        output = process.communicate()[0]
    return process.returncode, output.decode(errors="replace")


def may_trace(folder):
    if not shutil.which("strace"):
        return "no strace here"
    status, _ = strace(os.path.join(folder, "log"), None, ["true"], folder, "nobody")
    return None if status == 0 else "strace is not permitted here"


def template(folder):
    """Two clones; each has something to say to the other, anne an old save, too."""
    clones = start(folder, ["anne", "bruno"], {
        NOTE: "# Discussion\n\n" + "".join("- point %s of the first day.\n" % word
                                           for word in "one two three four".split()),
        OTHER: "# Synthesis\n\n- what was said so far.\n"})
    anne, bruno = clones
    write(os.path.join(bruno, NOTE), read(os.path.join(bruno, NOTE)).replace(
        "point two of", "point two-reworded of") + "- bruno adds a point about water.\n")
    os.remove(os.path.join(bruno, OTHER))
    write(os.path.join(bruno, "w/03-ideas.md"), "# Ideas\n\n- bruno has an idea.\n")
    run(ATELIER, "-C", bruno, "sync", name="bruno")
    return anne, bruno


def copied(source, folder):
    """A world of its own for each case; addresses follow."""
    shutil.copytree(source, folder, symlinks=True)
    for name in ("anne", "bruno"):
        run("git", "remote", "set-url", "origin", os.path.join(folder, "shared.git"),
            folder=os.path.join(folder, name))
    return [os.path.join(folder, name) for name in ("anne", "bruno")]


def prepare_sync(anne):
    write(os.path.join(anne, NOTE), read(os.path.join(anne, NOTE)) +
          "- anne adds a point about compost.\n")


def prepare_undo(anne):
    prepare_sync(anne)
    run(ATELIER, "-C", anne, "sync", name="anne")


def prepare_choose(anne):
    write(os.path.join(anne, NOTE), read(os.path.join(anne, NOTE)).replace(
        "point two of", "point two-otherwise of"))
    prepare_undo(anne)


def prepare_import(anne):
    write(anne + "-pad.txt", "Meeting of the garden\n\nDiscussion\n- the imported point\n")


PREPARE = {"add": lambda anne: None, "sync": prepare_sync, "undo": prepare_undo,
           "choose": prepare_choose, "import": prepare_import}


def command_for(what, anne):
    return {
        "add": [ATELIER, "add", "a point by hand.", "-w", "w", "-s", "discussion"],
        "sync": [ATELIER, "sync"],
        "undo": [ATELIER, "undo"],
        "choose": [ATELIER, "choose", "two-otherwise", "1"],
        "import": [ATELIER, "import", anne + "-pad.txt"],
    }[what]


def tell(what, text, status, output):
    """What must hold of all that stands in the notes at the end."""
    wrong = []
    words = {"bruno adds a point about water.": 1, "bruno has an idea.": 1,
             "point one of": 1, "point three of": 1, "point four of": 1,
             "plain git saved this.": 1}
    if what in ("sync", "choose"):
        words["anne adds a point about compost."] = 1
    if what == "add" and status == 0:
        words["a point by hand."] = 1
    if what == "import" and status == 0:
        words["the imported point"] = 1
    for word, times in words.items():
        if text.count(word) != times:
            wrong.append("%r stands %d times" % (word, text.count(word)))
    for word in ("a point by hand.", "the imported point", "anne adds a point about compost."):
        if text.count(word) > 1:
            wrong.append("%r stands %d times" % (word, text.count(word)))
    if what != "choose" and text.count("two-reworded") != 1:
        wrong.append("the rewording stands %d times" % text.count("two-reworded"))
    if what == "choose" and "two-reworded" not in text and "two-otherwise" not in text:
        wrong.append("both wordings are lost")
    if "what was said so far." in text:
        wrong.append("what was deleted is back")
    for mark in ("<<<<<<<", ">>>>>>>"):
        if mark in text:
            wrong.append("a marker")
    return wrong


def plain_git(anne, how):
    """Somebody goes on with plain git at once; where git finds a lock of ours it refuses."""
    path = os.path.join(anne, NOTE)
    save_over(path, read(path) + "- plain git saved this.\n")
    if how == "all":
        run("git", "commit", "-q", "-a", "-m", "plain", folder=anne, name="anne", status=None)
    elif how == "one":
        write(os.path.join(anne, "w/04-plain.md"), "# Plain\n")
        run("git", "add", "w/04-plain.md", folder=anne, name="anne", status=None)
        run("git", "commit", "-q", "-m", "plain", folder=anne, name="anne", status=None)


def stop_once(source, folder, what, inject, how):
    """One case. out: whether the command was still stopped."""
    anne, bruno = copied(source, folder)
    status, output = strace(folder + ".log", inject, command_for(what, anne), anne, "anne")
    with open(folder + ".log", encoding="utf-8", errors="replace") as file:
        stopped = "INJECTED" in (log := file.read()) or "killed by SIGKILL" in log
    try:
        if status not in (0, -signal.SIGKILL, 128 + signal.SIGKILL, 65, 69, 73, 74, 75, 77, 78):
            raise Failed("status %d: %s" % (status, output))
        if "signal" not in inject and status != 0 and "othing is lost" not in output:
            raise Failed("does not say that nothing is lost: %s" % output)
        plain_git(anne, how)
        for lock in [os.path.join(at, name) for at, _, names in os.walk(anne + "/.git")
                     for name in names if name.endswith(".lock")]:
            os.utime(lock, (1, 1))  # a plain git that was killed long ago
        sync_all([anne, bruno], 3)
        check_same([anne, bruno])
        for clone in (anne, bruno):
            check_sound(clone)
        text = ""
        for at, folders, names in os.walk(anne):
            if ".git" in folders:
                folders.remove(".git")
            text += "".join(read(os.path.join(at, name)) for name in names
                            if name.endswith(".md"))
        wrong = tell(what, text, status, output)
        if wrong:
            raise Failed("\n".join(wrong) + "\n" + text)
    except Failed as failure:
        raise Failed("%s, %s, then plain git %s: %s" % (what, inject, how, failure)) from None
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(folder)
    return stopped


def sweep(folder, source, what, fault):
    """All calls, or some spread over the run, with both ways of plain git in turn."""
    anne, _ = copied(source, os.path.join(folder, "count"))
    log = os.path.join(folder, "count.log")
    strace(log, None, command_for(what, anne), anne, "anne")
    by_process = {}
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            process = line.split(" ", 1)[0]
            by_process[process] = by_process.get(process, 0) + 1
    most = max(by_process.values())
    points = range(1, most + 1) if SOAK else spread(most, int(os.environ.get("POINTS", "1")))
    failures = []
    for number in points:
        try:
            stop_once(source, os.path.join(folder, "case%d" % number), what,
                      "%s:when=%d" % (fault, number), ["all", "one"][number % 2])
        except Failed as failure:
            failures.append(str(failure))
    if failures:
        raise Failed("%d of %d: \n%s" % (len(failures), len(points), "\n".join(failures[:5])))
    return "%d of %d calls" % (len(points), most)


def spread(most, count):
    """Places all over a run, the later part more closely: there things move."""
    return sorted({max(1, round(most * (1 - (1 - (place + .5) / count) ** 2)))
                   for place in range(count)})


def main():
    proofs = Proofs()
    import tempfile
    folder = tempfile.mkdtemp(prefix="atelier-")
    try:
        why = may_trace(folder)
        if why:
            proofs.skip("commands stopped at any call", why)
            proofs.end()
        only = os.environ.get("ONLY", "").split()
        for what in ("add", "sync", "undo", "choose", "import"):
            anne, _ = template(os.path.join(folder, what))
            PREPARE[what](anne)
            for name, fault in (("kill", "signal=SIGKILL"), ("full", "error=ENOSPC"),
                                ("broken", "error=EIO"), ("read-only", "error=EROFS")):
                if only and (what not in only or name not in only):
                    continue
                if not SOAK and not only and name in ("broken", "read-only") and what != "sync":
                    continue
                proofs.check("%s: %s at any call, the next run repairs" % (what, name), sweep,
                             os.path.join(folder, what), what, fault)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    proofs.end()


main()
