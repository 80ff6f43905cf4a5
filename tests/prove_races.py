"""
Saves that race with syncs: two people save and sync at once, in all styles of
editors, each text from the one on disk; no save may be lost. A sync stops before
it changes a file, somebody saves, or begins to, and it goes on: so no clock says
when, and a seed repeats it.

SAVES=n: that many instead of a sample; ATELIER_WITHOUT="exchange" tries the way of
file systems that cannot exchange two files.
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


def write_points(clone, saves, save, chance):
    """One person's editor, in steps: reads the note, adds a point, saves."""
    path = os.path.join(clone, NOTE)
    for number in range(saves):
        line = "- %s saves point %d in this round of notes.\n" % (os.path.basename(clone), number)
        if save in (append_in_place, append_to_found):
            yield from save(path, line)
        else:
            lines = read(path).splitlines(keepends=True)
            lines.insert(min(len(lines), 2 + chance.randrange(8)), line)
            yield from save(path, "".join(lines))
        yield


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
    traced = Traced([ATELIER, "-C", clone, "sync"], person(os.path.basename(clone)))
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
    sync_all(clones, 3)
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


def main():
    proofs = Proofs()
    saves = int(os.environ.get("SAVES", "10000" if SOAK else "120"))
    why = may_trace()
    for save in (save_in_place, save_over_it, append_in_place, append_to_found):
        name = "saves racing with sync, editor %s" % save.__name__
        if why:
            proofs.skip(name, why)
        else:
            proofs.check(name, races, save, SEED or 1, saves)
    proofs.end()


main()
