"""
Stops a command at each of its writing system calls, by SIGKILL or by an error of
the disk (strace), lets plain git record in between, and wants the next run to
repair everything: no word lost, none twice, no lock left, plain git content.
The calls of each git that the command starts are taken, too, one git at a time.

Sampled in `make test`; SOAK=1 takes every call. ONLY="sync kill" takes some,
CASE="sync kill atelier 0 rename 3" one.
"""

import atexit
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile

from proof import (SOAK, Failed, Proofs, check_same, check_sound, git, person, read, run, save_over,
                   sync_all, why_no_trace, work_in_memory, write)
from two_clones import NOTE, PREPARE, command_for, copied, notes_of, stick_of, tell, template

ON_DISK = tempfile.gettempdir()
CALLS = ("openat,creat,write,pwrite64,writev,rename,renameat,renameat2,link,linkat,unlink,unlinkat,"
         "mkdir,mkdirat,rmdir,fsync,fdatasync,ftruncate,fchmod,chmod,symlink")
FAULTS = {"kill": "signal=SIGKILL", "full": "error=ENOSPC", "broken": "error=EIO",
          "read-only": "error=EROFS"}
# Left out of the sample.
SELDOM = {"sync": (), "restore": ("full", "broken", "read-only"),
          "carry": ("full", "broken", "read-only")}
OTHERWISE_SELDOM = ("broken", "read-only")


# strace counts each call by its name, in each process: a call is a name and a number.
CALL = re.compile(r"(\d+) +(\w+)\((.*)")
WRAPPER = """#!/bin/sh
number=$(cat "$GIT_NUMBER")
echo $((number + 1)) >"$GIT_NUMBER"
case $GIT_STOPPED in
all | $number) PATH=$GIT_PATH exec strace -f -qq -y -s 0 -o "$GIT_LOG.$number" $GIT_TRACE git "$@" ;;
*) PATH=$GIT_PATH exec git "$@" ;;
esac
"""


@functools.cache
def wrapper_folder():
    """Where the wrapper is: files in memory may not be allowed to be run."""
    folder = tempfile.mkdtemp(prefix="atelier-", dir=ON_DISK)
    atexit.register(shutil.rmtree, folder)
    write(os.path.join(folder, "git"), WRAPPER)
    os.chmod(os.path.join(folder, "git"), 0o755)
    return folder


def traced(log, command, folder, name, who="all", inject=None):
    """
    Runs a command under strace, and each git that it starts under one of its own.
    `who`: "atelier", or the number of the one git in which `inject` goes wrong.
    out: status, output
    """
    trace = ["-e", "trace=" + CALLS, "-e", "signal=none"]
    trace += ["-e", "inject=" + inject] if inject else []
    write(log + ".number", "0\n")
    path = os.environ["PATH"]
    environment = person(name, PATH=wrapper_folder() + ":" + path, GIT_PATH=path, GIT_LOG=log,
                         GIT_NUMBER=log + ".number", GIT_STOPPED=who, GIT_TRACE=" ".join(trace))
    command = list(command)
    if who in ("all", "atelier"):
        command = ["strace", "-qq", "-y", "-s", "0", "-o", log] + trace + command
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          start_new_session=True) as process:
        output = process.communicate()[0]
    return process.returncode, output.decode(errors="replace")


def writes(call, arguments):
    """Does the call change anything on the disk?"""
    if call == "openat":
        return "O_CREAT" in arguments or "O_TRUNC" in arguments
    if call in ("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate"):
        at = re.match(r"\d+<(/[^>]*)>", arguments)
        return at is not None and at[1] != os.devnull
    return True


def calls_of(log):
    """Each call of one program and those that it starts, once: (name, number), as they came."""
    counted, found = {}, []
    with open(log, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = CALL.match(line) or CALL.match("0 " + line)
            if not match:
                continue
            process, call, arguments = match.groups()
            number = counted[process, call] = counted.get((process, call), 0) + 1
            if writes(call, arguments) and (call, number) not in found:
                found.append((call, number))
    return found


def check_bundle(what, anne, status):
    """The file on the stick is the old one or the new one, whole; the new one once it is said."""
    if what != "carry":
        return
    bundle = os.path.join(stick_of(anne), "atelier.bundle")
    run("git", "bundle", "verify", "-q", bundle, folder=anne)
    head = git(anne, "rev-parse", "HEAD")
    if status == 0 and head.strip() not in git(anne, "bundle", "list-heads", bundle):
        raise Failed("the stick does not hold what was said to be carried")


def plain_git(anne, how):
    """Somebody goes on with plain git at once; where git finds a lock of ours it refuses."""
    path = os.path.join(anne, NOTE)
    # A point of the other, where it has come, is reworded: it may then stand twice.
    save_over(path, read(path).replace("- bruno adds", "- today bruno adds") +
              "- plain git saved this.\n")
    if how == "all":
        run("git", "commit", "-q", "-a", "-m", "plain", folder=anne, name="anne", status=None)
    elif how == "one":
        write(os.path.join(anne, "w/04-plain.md"), "# Plain\n")
        run("git", "add", "w/04-plain.md", folder=anne, name="anne", status=None)
        run("git", "commit", "-q", "-m", "plain", folder=anne, name="anne", status=None)


def stop_once(source, folder, what, fault, case, how):
    """One case: (which program, name of the call, its number). out: did it come so far?"""
    anne, bruno = copied(source, folder)
    who, call, number = case
    inject = "%s:%s:when=%d" % (call, FAULTS[fault], number)
    log = folder + ".log"
    status, output = traced(log, command_for(what, anne), anne, "anne", who, inject)
    with open(log if who == "atelier" else log + "." + who, encoding="utf-8",
              errors="replace") as file:
        struck = "INJECTED" in (traces := file.read()) or "= ?\n" in traces
    try:
        if status not in (0, -signal.SIGKILL, 128 + signal.SIGKILL, 65, 69, 73, 74, 75, 77, 78):
            raise Failed("status %d: %s" % (status, output))
        if fault != "kill" and status != 0 and "othing is lost" not in output:
            raise Failed("does not say that nothing is lost: %s" % output)
        check_bundle(what, anne, status)
        plain_git(anne, how)
        for lock in [os.path.join(at, name) for place in ("anne/.git", "shared.git")
                     for at, _, names in os.walk(os.path.join(folder, place))
                     for name in names if name.endswith(".lock")]:
            os.utime(lock, (1, 1))  # a git that was killed long ago
        sync_all([anne, bruno], 2)
        check_same([anne, bruno])
        for clone in (anne, bruno):
            check_sound(clone)
        text = notes_of(anne)
        wrong = tell(what, text, done=status == 0)
        if text.count("plain git saved this.") != 1:
            wrong.append("what plain git saved is not there once")
        if wrong:
            raise Failed("\n".join(wrong) + "\n" + text)
    except Failed as failure:
        raise Failed('CASE="%s %s %s %s %d", then plain git %s: %s' % (
            what, fault, who, call, number, how, failure)) from None
    finally:
        if not os.environ.get("KEEP"):
            shutil.rmtree(folder)
    return struck


def cases_of(source, what):
    """Every writing call of a whole run, in atelier and in each git that it starts."""
    anne, _ = copied(source, os.path.join(source, "count"))
    log = os.path.join(source, "count.log")
    status, output = traced(log, command_for(what, anne), anne, "anne")
    if status != 0:
        raise Failed("status %d: %s" % (status, output))
    cases = [("atelier",) + call for call in calls_of(log)]
    number = 0
    while os.path.exists("%s.%d" % (log, number)):
        cases += [(str(number),) + call for call in calls_of("%s.%d" % (log, number))]
        number += 1
    shutil.rmtree(os.path.join(source, "count"))
    return cases


def sweep(folder, source, what, fault, cases):
    """All calls, or some spread over the run, with both ways of plain git in turn."""
    chosen = range(len(cases))
    if os.environ.get("CASE"):
        who, call, number = os.environ["CASE"].split()[2:]
        chosen = [cases.index((who, call, int(number)))]
    elif not SOAK:
        chosen = spread(len(cases), int(os.environ.get("POINTS", "1")))
    failures, struck = [], 0
    for number in chosen:
        try:
            struck += stop_once(source, os.path.join(folder, "case%d" % number), what, fault,
                                cases[number], ["all", "one"][number % 2])
        except Failed as failure:
            failures.append(str(failure))
    if failures:
        raise Failed("%d of %d: \n%s" % (len(failures), len(chosen), "\n".join(failures[:20])))
    return "%d of %d calls, %d struck" % (len(chosen), len(cases), struck)


def spread(most, count):
    """Places all over a run, the later part more closely: there things move."""
    return sorted({min(most - 1, round(most * (1 - (1 - (place + .5) / count) ** 2)))
                   for place in range(count)})


def main():
    proofs = Proofs()
    work_in_memory()
    folder = tempfile.mkdtemp(prefix="atelier-")
    try:
        why = why_no_trace()
        if why:
            proofs.skip("commands stopped at any call", why)
            proofs.end()
        only = (os.environ.get("CASE") or os.environ.get("ONLY", "")).split()[:2]
        for what, prepare in PREPARE.items():
            if only and what not in only:
                continue
            anne, bruno = template(os.path.join(folder, what))
            prepare(anne, bruno)
            cases = cases_of(os.path.join(folder, what), what)
            for fault in FAULTS:
                if only and fault not in only:
                    continue
                if not SOAK and not only and fault in SELDOM.get(what, OTHERWISE_SELDOM):
                    continue
                proofs.check("%s: %s at any call, the next run repairs" % (what, fault), sweep,
                             os.path.join(folder, what), what, fault, cases)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    proofs.end()


if __name__ == "__main__":
    main()
