"""
Records what a command writes (strace), lets the power fail at any moment of it, with what
was not fsynced missing or in another order (power.py tells in which ways), and wants the
next sync to go on from there without help: what had been reported as done is there, no
word that was on the disk before is lost, plain git is content.

The shared folder and the stick are those of another machine: their disks do not fail, and
the locks that a git has left there are old by the time that somebody comes back. Where the
shared folder is on the same disk, all is repaired without help on a disk with one journal;
the git that receives there syncs no folders.

A run that was killed and one that goes on from there are one recording: what the first
left to the system alone must be on the disk before the second builds on it. So are a save of
a person's, whose program makes nothing last, and the sync that records it: from then on.

STATES=n: so many of each, where there are so many; SOAK=1: some 10,000 in all;
ONLY="sync harsh" takes some, ONLY=here the shared folder on the same disk; SEED=n others; KEEP=1 keeps the first state that fails.
"""

import hashlib
import os
import random
import re
import shutil
import tempfile

from power import MODELS, Crash, Recording
from proof import (ATELIER, SEED, SOAK, Failed, Proofs, check_same, check_sound, locks_of, person,
                   read, run, sync_all, why_no_trace, work_in_memory)
from two_clones import PREPARE, SAVES, command_for, notes_of, tell, template

BRANCH = "refs/heads/main"
SAMPLE = ("sync", "add")
# A sync is killed before each of so many calls that it makes, one after the other.
KILLED = [(call, number + 1) for call, most in (("rename", 9), ("renameat2", 3), ("link", 10),
                                                ("unlink", 22), ("fsync", 41))
          for number in range(most)]
KILLED_SAMPLE = [("fsync", 18), ("fsync", 38)]  # by which what came, and was placed, lasts
MOST_ALIKE = 200  # states in a row that were seen before: there are few others


def record(folder, what, elsewhere, killed=None):
    """A run of the command, whole, or one that is killed and run again. out: what was written"""
    anne, bruno = template(folder)
    PREPARE[what](anne, bruno)
    recording = Recording(folder, elsewhere, folder + ".log")
    if killed:
        status, output = recording.run(command_for(what, anne), anne, person("anne"), killed)
        if status == 0:
            raise Failed("was not killed: %s" % output)
    status, output = recording.run(command_for(what, anne), anne, person("anne"))
    if status != 0:
        raise Failed("status %d: %s" % (status, output))
    if recording.differs():
        raise Failed("not all was followed: %s" % recording.differs())
    return recording


def record_saves(folder):
    """A sync of what was saved just before. out: what was written by both"""
    anne, _ = template(folder)
    recording = Recording(folder, ["shared.git", "stick"], folder + ".log")
    for command in SAVES, command_for("sync", anne):
        status, output = recording.run(command, anne, person("anne"))
        if status != 0:
            raise Failed("status %d: %s" % (status, output))
    if recording.differs():
        raise Failed("not all was followed: %s" % recording.differs())
    return recording


def lay_out(files, folder, was):
    """Puts a state on the disk; addresses in it follow."""
    for path, data in files.items():
        full = os.path.join(folder, path)
        if path.endswith("/"):
            os.makedirs(full, exist_ok=True)
            continue
        if path.endswith(".git/config"):
            data = data.replace(was.encode(), folder.encode())
        if path.endswith(".git/atelier/journal"):  # the machine has started again
            data = re.sub(rb"(?m)^boot [^\0\n]*", b"boot another", data)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(data)


def make_old(locks):
    for lock in locks:
        if os.path.exists(lock):
            os.utime(lock, (1, 1))


def go_on(folder, what, told, with_bruno):
    """The power is back."""
    anne, shared = os.path.join(folder, "anne"), os.path.join(folder, "shared.git")
    make_old(os.path.join(shared, name) for name in ("HEAD.lock", "refs/heads/main.lock"))
    run(ATELIER, "-C", anne, "sync", name="anne")
    if read(os.path.join(anne, ".git", BRANCH)) != read(os.path.join(shared, BRANCH)):
        raise Failed("what is here was not sent")
    if locks_of(anne):
        # Those of a git may be another's; in a while nobody can be behind them.
        make_old(locks_of(anne))
        run(ATELIER, "-C", anne, "sync", name="anne")
    check_sound(anne)
    wrong = tell(what, notes_of(anne), told)
    if wrong:
        raise Failed("\n".join(wrong) + "\n" + notes_of(anne))
    if with_bruno:
        clones = [anne, os.path.join(folder, "bruno")]
        sync_all(clones)
        check_same(clones)
        run("git", "fsck", "--strict", "--no-dangling", folder=shared)


def moments(recording, model, chance, first):
    """When the power fails: at any moment; what is there at least changes with each fsync."""
    if model == "least":
        yield from (at for at in recording.folder_syncs() if at >= first)
        return
    while True:
        yield chance.randint(first, len(recording.changes))


def power(folder, what, model, recording, seed, wanted, first=1):
    """Goes on from up to `wanted` states, all different, of the power failing from `first` on."""
    chance = random.Random("%d %s %s" % (seed, what, model))
    seen, alike, failures = set(), 0, []
    for at in moments(recording, model, chance, first):
        if alike == MOST_ALIKE or (len(seen) == wanted and model != "least"):
            break
        crash = Crash(recording, at, model, chance)
        files, told = crash.files(), bool(crash.told)
        key = hashlib.sha256(repr((told, sorted(files.items()))).encode()).digest()
        if key in seen:
            alike += 1
            continue
        alike = 0
        seen.add(key)
        case = os.path.join(folder, "case%d" % len(seen))
        lay_out(files, case, recording.world)
        try:
            go_on(case, what, told, len(seen) % 10 == 0)
        except Failed as failure:
            failures.append("state %d, power failed before change %d of %d%s: %s" % (
                len(seen), at, len(recording.changes), ", after it was told" if told else "",
                failure))
            if os.environ.get("KEEP"):
                lay_out(files, os.path.join(folder, "failed%d" % len(seen)), recording.world)
                break
        shutil.rmtree(case)
    if failures:
        raise Failed("%d of %d states, seed %d:\n%s" % (len(failures), len(seen), seed,
                                                        "\n".join(failures[:5])))
    return "%d states, all different" % len(seen)


def killed_then_power(folder, killed, seed, wanted):
    recording = record(os.path.join(folder, "run"), "sync", ["shared.git", "stick"], killed)
    return power(folder, "sync", "least", recording, seed, wanted)


def main():
    proofs = Proofs()
    work_in_memory()  # what is on the disk is decided here
    folder = tempfile.mkdtemp(prefix="atelier-")
    seed = SEED or 1
    wanted = int(os.environ.get("STATES", "800" if SOAK else "2"))
    only = os.environ.get("ONLY", "").split()
    try:
        why = why_no_trace()
        if why:
            proofs.skip("power that fails", why)
            proofs.end()
        for what in PREPARE:
            if what not in (only or (PREPARE if SOAK else SAMPLE)):
                continue
            recording = record(os.path.join(folder, what), what, ["shared.git", "stick"])
            for model in MODELS:
                if not only or model in only:
                    proofs.check("%s: the power fails at any moment (%s)" % (what, model), power,
                                 what, model, recording, seed, wanted)
        if not only or "saves" in only:
            recording = record_saves(os.path.join(folder, "saves"))
            for model in MODELS:
                proofs.check("saves that a sync has recorded: the power fails (%s)" % model, power,
                             "saves", model, recording, seed, wanted, recording.moved(BRANCH))
        for killed in KILLED if SOAK else KILLED_SAMPLE:
            if only and "killed" not in only:
                break
            proofs.check("sync, killed before %s %d and run again: the power fails (least)" % killed,
                         killed_then_power, killed, seed, wanted)
        if not only or "here" in only:
            recording = record(os.path.join(folder, "here"), "sync", [])
            proofs.check("sync: the power fails at any moment, the shared folder's, too (ordered)",
                         power, "sync", "ordered", recording, seed, wanted)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    proofs.end()


if __name__ == "__main__":
    main()
