"""
Hostile repositories: whatever Mallory puts into what is shared, nothing outside of a copy is
touched, nothing acts on the terminal, nothing crashes, takes long or much memory, and honest
words beside it arrive.

`make test` puts many rows into one repository and takes a part of those that need one alone (SEED=n:
another part); SOAK=1 takes all, each alone. ONLY=WORDS takes the rows whose `why` has them. UNDER="valgrind …" runs the program so.
"""

import json
import os
import shutil
import sys
import tempfile

import hostile_history
import hostile_machine
import hostile_names
import hostile_texts
from hostile_exchange import Case, Exchange
from hostile_world import file, folder
from proof import SEED, SOAK, Failed

ONLY = os.environ.get("ONLY", "")
JOBS = int(os.environ.get("JOBS", "2"))
HONEST = "# Other note\n\n- what stood here before.\n"


def exchange(make):
    """The runner of rows that put something into a folder or the root."""
    return lambda path, rows: Exchange(path, [make(row) for row in rows]).run()


def of_name(row):
    return Case(row[0], row[1], row[2])


def of_text(row):
    return Case(row[0], [file("02-other.md", row[1])], before=[file("02-other.md", HONEST)],
                edited=["02-other.md"], mebibytes=row[2] if len(row) > 2 else 64)


def of_about(row):
    return Case(row[0], [file("workshop.yml", row[1])],
                before=[file("workshop.yml", "title: Honest\npeople:\n  - {heading: Hosts, names: [Anne]}\n")],
                edited=["workshop.yml"])


def of_root(row):
    return Case(row[0], row[1], row[2], before=[file("people.yml", "- {name: Anne, emails: [a@example.org]}\n")]
                if any(entry[1] == "people.yml" for entry in row[1]) else [], root=True)


def of_all_settings(row):
    """The same words in each of the files at the root; the victim adds to one of them."""
    names = ("people.yml", "ideas.yml", "atelier.yml")
    return Case(row[0], [file(name, row[1]) for name in names],
                before=[file("people.yml", "- {name: Anne, emails: [a@example.org]}\n"),
                        file("ideas.yml", "- {verdict: same, a: x y z, b: z y x, by: Anne}\n")], root=True)


def commits(path, rows):
    """Each row is one version in a row of versions."""
    Exchange(path, [Case("versions", [])], [row[1] for row in rows]).run()


def broken(path, rows):
    """The hub is broken while the victim writes: that stays here, whatever becomes of the sync."""
    for why, damage, status in rows:
        both = Exchange(path, [Case(why, [])])
        world = both.world
        both.write()
        before = world.head("victim")
        damage(world.hub)
        seconds = 5 if "400 MB" in why else 1
        world.atelier("newcomer", "join", world.hub.path, world.copy("newcomer"), status=status, seconds=seconds)
        for arguments in (("sync",), ("sync",), ("sync", "--require-remote")):
            world.atelier("victim", *arguments, status=(0, 65, 69, 74, 77, 78), seconds=seconds)
        if world.head("victim") == before:
            raise Failed("what the victim wrote is not recorded")
        both.check_written()
        both.read("victim", seconds=seconds)
        both.check_outside()


def in_copy(act):
    """The runner of rows that concern one copy: `act` has the exchange, the copy written to, and a row."""
    def run(path, rows):
        for number, row in enumerate(rows):
            both = Exchange(os.path.join(path, str(number)), [Case(row[0], [])])
            both.write()
            act(both, *row[1:])
            both.check_written()
            both.check_outside()
    return run


ANY_END = (0, 1, 2, 65, 69, 73, 74, 75, 77, 78)


def program(world):
    """Something that could be run, and would leave a trace."""
    path = os.path.join(world.path, "made-program")
    with open(path, "w", encoding="ascii") as text:
        text.write(world.payload())
    os.chmod(path, 0o755)
    return path


def filled_in(world, text):
    return text.replace("{outside}", world.outside).replace("{program}", program(world))


def address(both, url):
    world, url = both.world, filled_in(both.world, url)
    world.atelier("made", "join", "--", url, world.copy("made-join"), status=ANY_END)
    world.atelier("made", "init", world.copy("made-init"), "--remote=" + url, status=ANY_END)
    world.git("victim", "config", "remote.origin.url", url)
    for arguments in (("sync",), ("status",), ("doctor",)):
        world.atelier("victim", *arguments, status=ANY_END)


def saying(both, text):
    world = both.world
    world.hub.put("hooks/said", text.encode("utf-8", "surrogateescape"))
    world.hub.put("hooks/pre-receive", b"#!/bin/sh\ncat hooks/said >&2\nexit 1\n")
    os.chmod(world.hub.path + "/hooks/pre-receive", 0o755)
    for arguments in (("sync",), ("sync", "--require-remote"), ("status",), ("status", "--json")):
        world.atelier("victim", *arguments, status=ANY_END, on_terminal=arguments[0] == "status")


def document(both, name, data):
    world = both.world
    with open(os.path.join(world.path, "made-" + name), "wb") as text:
        text.write(data)
    for _ in range(2):
        world.atelier("victim", "import", os.path.join(world.path, "made-" + name), status=ANY_END, seconds=2)
    world.atelier("victim", "sync")
    both.read("victim")


def bundle(both, data, status=(65, 69, 74, 78)):
    world = both.world
    os.makedirs(world.copy("made-stick"))
    with open(world.copy("made-stick/atelier.bundle"), "wb") as carried:
        carried.write(data)
    for _ in range(2):
        world.atelier("victim", "carry", world.copy("made-stick"), status=status)
    with open(world.copy("made-stick/atelier.bundle"), "rb") as carried:
        if 0 not in status and carried.read() != data:
            raise Failed("what could not be read was written over")
    world.atelier("made", "join", world.copy("made-stick/atelier.bundle"), world.copy("made-join"), status=ANY_END)


def state(both, name, data):
    world = both.world
    world.atelier("victim", "sync")
    world.atelier("victim", "audit")
    path = os.path.join(world.copy("victim"), ".git/atelier", name)
    with open(path, "wb") as damaged:
        damaged.write(data)
    for arguments in (("sync",), ("audit",), ("add", "one more point", "-w", "row-000", "-s", "1"), ("undo",),
                      ("doctor",), ("doctor", "--fix"), ("sync",)):
        world.atelier("victim", *arguments, status=ANY_END)
    world.atelier("victim", "sync")


def own(both, settings, attributes):
    world = both.world
    with open(world.copy("victim/.git/config"), "a", encoding="utf-8") as config:
        config.write(filled_in(world, settings))
    world.hub.point(world.hub.commit(world.hub.tree(
        [file(".gitattributes", attributes), folder("row-000", file("01-note.md", "# Note\n\n- from afar.\n"))]),
        world.hub.tip()))
    for arguments in (("sync",), ("status",), ("sync",), ("audit",), ("doctor",)):
        world.atelier("victim", *arguments, status=ANY_END)


def instead(both, make):
    """Something else in place of a note that is recorded, then of its workshop."""
    world = both.world
    for name in ("row-000/01-note.md", "row-000"):
        path = os.path.join(world.copy("victim"), name)
        world.atelier("victim", "sync")
        kept = os.path.join(world.path, "made-kept")
        os.rename(path, kept)
        make(path, world.outside)
        world.hub.point(world.hub.commit(world.hub.tree(
            [folder("row-000", file("01-note.md", "# Note\n\n- the victim adds 0.\n- %s.\n" % name))]), world.hub.tip()))
        for arguments in (("sync",), ("sync",), ("status",), ("doctor",), ("audit",), ("show",), ("find", "victim"),
                          ("add", "one more point"), ("sync",)):
            world.atelier("victim", *arguments, status=ANY_END)
        if "the victim adds" not in world.git("victim", "show", "HEAD:row-000/01-note.md").decode():
            raise Failed("what is recorded of the note is gone")
        shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
        os.rename(kept, path)
        world.atelier("victim", "sync")


TABLES = [
    # rows, how they are run; in `make test`: how many share a repository, and every how manieth is taken
    ("names", hostile_names.TOGETHER, exchange(of_name), 90, 1),
    ("texts", hostile_texts.TEXTS, exchange(of_text), 15, 1),
    ("settings", hostile_texts.SETTINGS, exchange(of_about), 25, 1),
    ("versions", hostile_history.COMMITS, commits, 50, 1),
    ("roots", hostile_history.ROOTS, exchange(of_root), 1, 17),
    ("large texts", hostile_texts.LARGE_TEXTS, exchange(of_text), 1, 13),
    ("settings at the root", hostile_texts.SETTINGS, exchange(of_all_settings), 1, 19),
    ("broken", hostile_history.BROKEN, broken, 1, 13),
    ("addresses", hostile_machine.ADDRESSES, in_copy(address), 1, 13),
    ("sayings", hostile_machine.SAYINGS, in_copy(saying), 1, 4),
    ("documents", hostile_machine.DOCUMENTS, in_copy(document), 1, 17),
    ("bundles", hostile_machine.BUNDLES, in_copy(bundle), 1, 7),
    ("states", hostile_machine.STATES, in_copy(state), 1, 17),
    ("in its place", hostile_machine.INSTEAD, in_copy(instead), 1, 11),
    ("own settings", hostile_machine.OWN, in_copy(own), 1, 13),
]


def attempt(rows, runner):
    """What went wrong; None: nothing."""
    path = tempfile.mkdtemp(prefix="atelier-")
    try:
        runner(path, rows)
        return None
    except Failed as failure:
        return str(failure)
    finally:
        if os.environ.get("KEEP"):
            print("# kept: " + path)
        else:
            shutil.rmtree(path, ignore_errors=True)


def attempt_all(rows, runner):
    """Rows in one repository; where that fails, each alone tells which it was."""
    failure = attempt(rows, runner)
    if failure is None or len(rows) == 1:
        return [failure] * len(rows)
    alone = [attempt([row], runner) for row in rows]
    return alone if any(alone) else [failure] * len(rows)


def in_child(job, result):
    """In a process of its own: what a large row takes is not measured with the next one's programs."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            with open(result, "w", encoding="utf-8") as file_of:
                json.dump(attempt_all(*job), file_of)
            status = 0
        finally:
            os._exit(status)
    return pid


def run_all(jobs, results):
    """Some at a time. Each leaves what went wrong in a file of its number."""
    running = {}
    for number, job in enumerate(jobs):
        if len(running) == JOBS:
            running.pop(os.wait()[0])
        running[in_child(job, os.path.join(results, str(number)))] = number
    while running:
        running.pop(os.wait()[0])


def read_result(path, count):
    try:
        with open(path, encoding="utf-8") as text:
            return json.load(text)
    except (OSError, ValueError):
        return ["the proof itself failed"] * count


def main():
    jobs, names = [], []
    for name, rows, runner, together, sampled in TABLES:
        rows = [row for row in rows if ONLY in row[0]]
        if not SOAK and not ONLY:
            rows = rows[SEED % sampled::sampled]
        step = 1 if SOAK else together
        for at in range(0, len(rows), step):
            jobs.append((rows[at:at + step], runner))
            names.append(name)
    results = tempfile.mkdtemp(prefix="atelier-")
    run_all(jobs, results)
    number = failed = 0
    for index, (rows, _) in enumerate(jobs):
        for row, failure in zip(rows, read_result(os.path.join(results, str(index)), len(rows))):
            number += 1
            failed += failure is not None
            print("%sok %d - %s: %s" % ("not " if failure else "", number, names[index], row[0]))
            for line in (failure or "").splitlines():
                print("# " + line)
    shutil.rmtree(results)
    print("1..%d" % number)
    print("# seed %d" % SEED)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
