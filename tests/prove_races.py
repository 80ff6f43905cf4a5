"""
Saves that race with syncs: two people save and sync at once, in all styles of
editors, each text from the one on disk; no save may be lost. A sync stops before
it changes a file, somebody saves, or begins to, and it goes on: so no clock says
when, and a seed repeats it.

And one save before each call of a sync that changes a file, on file systems that cannot
exchange two files, or tell who has one open, too.

SAVES=n: that many instead of a sample; WITHOUT="exchange" (or "lease", "link", or several) races on
a file system that lacks them.
"""

import os
import random

from proof import (ATELIER, SEED, SOAK, Failed, Proofs, check_same, check_sound, person, read,
                   save_over, start, sync_all)
from traced import ENDED, Traced, may_trace

MOST_SAVES = 200  # of one note
MOST_CHANGES = 30  # of files, between two steps of an editor
NOTE = "w/01-discussion.md"
FOUND = "found"  # and held up, as no program is for as long as a whole run


def save_in_place(path, text):
    """As an editor that keeps the file: cut it, then write it in two goes."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text[:len(text) // 2])
        file.flush()
        yield
        file.write(text[len(text) // 2:])


def save_over_it(path, text):
    """As an editor that writes another file and renames it."""
    save_over(path, text)
    yield


def append_in_place(path, text):
    """As a shell that adds a line; it holds what it had open, whatever name that has now."""
    with open(path, "a", encoding="utf-8", newline="") as file:
        yield
        file.write(text)


def append_to_found(path, text):
    """As one that has found the note, and is held up before it has opened it."""
    found = os.open(path, os.O_PATH)
    yield FOUND
    with open("/proc/self/fd/%d" % found, "a", encoding="utf-8", newline="") as file:
        file.write(text)
    os.close(found)


def save_at_once(save, path, text):
    for _ in save(path, text):
        pass


def write_points(clone, saves, save, chance):
    """One person's editor, in steps: reads the note, adds a point, saves."""
    path = os.path.join(clone, NOTE)
    for number in range(saves):
        line = "- %s saves point %d in this round of notes.\n" % (os.path.basename(clone), number)
        while not os.path.exists(path):  # nothing stands there for a moment without exchange
            yield
        if save in (append_in_place, append_to_found):
            yield from save(path, line)
        else:
            lines = read(path).splitlines(keepends=True)
            lines.insert(min(len(lines), 2 + chance.randrange(8)), line)
            yield from save(path, "".join(lines))
        yield


def lacking(powers=os.environ.get("WITHOUT", "")):
    return {"ATELIER_WITHOUT": powers} if powers else {}


class Writers:
    """Those who have something to write still."""

    def __init__(self, writers, chance):
        self.chance = chance
        self.at = {writer: None for writer in writers}

    def go_on(self, writer):
        try:
            self.at[writer] = next(writer)
        except StopIteration:
            del self.at[writer]

    def step(self):
        """Somebody goes on, if anybody is left."""
        if self.at:
            self.go_on(self.chance.choice(list(self.at)))

    def open_found(self):
        for writer in [writer for writer, at in self.at.items() if at == FOUND]:
            self.go_on(writer)


def sync(clone, writers):
    writers.open_found()
    traced = Traced([ATELIER, "-C", clone, "sync"], person(os.path.basename(clone), **lacking()))
    while writers.at and traced.go(
            traced.changes + writers.chance.randint(1, MOST_CHANGES)) != ENDED:
        writers.step()
    said = traced.finish()
    if traced.status not in (0, 75):
        raise Failed("%s: status %d: %s" % (clone, traced.status, said))


def race(folder, save, seed, saves):
    """Two people save while both sync; then all points must be in both clones, once."""
    clones = start(folder, ["anne", "bruno"], {NOTE: "# Discussion\n\n- first point here.\n"
                                               "- last point of the day.\n"})
    chance = random.Random(seed)
    writers = Writers([write_points(clone, saves // 2, save, chance) for clone in clones], chance)
    syncs = 0
    while writers.at:
        for clone in clones:
            writers.step()
            sync(clone, writers)
            syncs += 1
    sync_all(clones, 3, **lacking())
    check_same(clones)
    for clone in clones:
        check_sound(clone)
    text = read(os.path.join(clones[0], NOTE))
    for name in map(os.path.basename, clones):
        for number in range(saves // 2):
            count = text.count("- %s saves point %d in this" % (name, number))
            if count != 1:
                raise Failed("seed %d: point %d of %s stands %d times" % (
                    seed, number, name, count))
    return syncs


def races(folder, save, seed, saves):
    syncs = 0
    for done in range(0, saves, MOST_SAVES):
        syncs += race(os.path.join(folder, str(done)), save, seed + done,
                      min(MOST_SAVES, saves - done))
    return "%d saves, %d syncs meanwhile, 0 lost" % (saves, syncs)


def save_before(folder, save, powers, change):
    """Bruno saves just before a sync changes a file for the n-th time. out: did it come so far?"""
    first, mine = "- first point here.\n", "- bruno saves this.\n"
    anne, bruno = start(folder, ["anne", "bruno"], {NOTE: "# Discussion\n\n" + first})
    save_over(os.path.join(anne, NOTE), read(os.path.join(anne, NOTE)) + "- anne saves this.\n")
    sync_all([anne], 1)
    path = os.path.join(bruno, NOTE)
    shown = read(path)
    traced = Traced([ATELIER, "-C", bruno, "sync"], person("bruno", **lacking(powers)))
    there = traced.go(change) != ENDED
    if there:
        shown = read(path) if os.path.exists(path) else shown
        save_at_once(save, path, mine if save is append_in_place else
                     shown.replace(first, first + mine))
    traced.finish()
    sync_all([bruno, anne], 3, **lacking(powers))
    text = read(path)
    for line in [first, "- anne saves this.\n"] + ([mine] if there else []):
        if text.count(line) != 1:
            raise Failed("before change %d (call %d): %r stands %d times" % (
                change, traced.info.number, line, text.count(line)))
    return there


def sweep(folder, save, powers):
    """A save before each change, or, in a sample, before some in the middle, where files move."""
    changes = range(1, 1000) if SOAK else range(28, 46, 6)
    done = 0
    for change in changes:
        if not save_before(os.path.join(folder, str(change)), save, powers, change):
            break
        done += 1
    return "before %d changes, 0 lost" % done


def save_while_made(folder):
    """Somebody saves a note while what is made of the others is on its way to that file."""
    clone, = start(folder, ["anne"], {NOTE: "# Discussion\n\n- first point here.\n"})
    path, mine = os.path.join(clone, "w/made.md"), "# Mine\n\n- anne saves this.\n"
    traced = Traced([ATELIER, "-C", clone, "export", "-w", "w", "-o", "w/made.md"], person("anne"))
    if traced.go(1) == ENDED:
        raise Failed("nothing was made: %s" % traced.said())
    save_over(path, mine)
    said = traced.finish()
    if traced.status != 65 or read(path) != mine:
        raise Failed("status %d: %s: %r" % (traced.status, said, read(path)))
    return "is kept"


def main():
    proofs = Proofs()
    saves = int(os.environ.get("SAVES", "10000" if SOAK else "40"))
    why = may_trace()
    for save in (save_in_place, save_over_it, append_in_place, append_to_found):
        name = "saves racing with sync, editor %s" % save.__name__
        if why:
            proofs.skip(name, why)
        else:
            proofs.check(name, races, save, SEED or 1, saves)
    name = "a save in the file of -o"
    if why:
        proofs.skip(name, why)
    else:
        proofs.check(name, save_while_made)
    for powers in ("", "exchange", "exchange,lease", "exchange,link") if SOAK else ("exchange",):
        for save in (save_in_place, save_over_it, append_in_place):
            name = "a save before a change, editor %s%s" % (
                save.__name__, ", without " + powers if powers else "")
            if why:
                proofs.skip(name, why)
            else:
                proofs.check(name, sweep, save, powers)
    proofs.end()


main()
