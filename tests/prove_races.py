"""
Saves that race with syncs: two people save and sync at once, in both styles of
editors, each text from the one on disk; no save may be lost.

SAVES=n: that many instead of a sample; ATELIER_WITHOUT="exchange" tries the way of
file systems that cannot exchange two files.
"""

import os
import random
import threading
import time

from proof import (ATELIER, SEED, SOAK, Failed, Proofs, check_same, check_sound, read, run,
                   save_over, start, sync_all)

MOST_SAVES = 200  # of one note
NOTE = "w/01-discussion.md"


def save_in_place(path, text):
    """As an editor that keeps the file: cut it, then write it in two goes."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text[:len(text) // 2])
        file.flush()
        file.write(text[len(text) // 2:])


def append_in_place(path, text):
    """As a shell that adds a line; it holds what it had open, whatever name that has now."""
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(text)


class Writer(threading.Thread):
    """One person's editor: reads the note, adds a point, saves."""

    def __init__(self, clone, saves, save, seed):
        super().__init__()
        self.clone = clone
        self.saves = saves
        self.save = save
        self.random = random.Random(seed)

    def run(self):
        path = os.path.join(self.clone, NOTE)
        name = os.path.basename(self.clone)
        for number in range(self.saves):
            line = "- %s saves point %d in this round of notes.\n" % (name, number)
            if self.save is append_in_place:
                append_in_place(path, line)
            else:
                lines = read(path).splitlines(keepends=True)
                lines.insert(min(len(lines), 2 + self.random.randrange(8)), line)
                self.save(path, "".join(lines))
            time.sleep(self.random.random() * .03)


def sync(clone):
    result = run(ATELIER, "-C", clone, "sync", name=os.path.basename(clone), status=None)
    if result.returncode not in (0, 75):
        raise Failed("%s: status %d: %s" % (clone, result.returncode, result.stdout + result.stderr))


def race(folder, save, seed, saves):
    """Two people save while both sync; then all points must be in both clones, once."""
    clones = start(folder, ["anne", "bruno"], {NOTE: "# Discussion\n\n- first point here.\n"
                                               "- last point of the day.\n"})
    writers = [Writer(clone, saves // 2, save, seed + number)
               for number, clone in enumerate(clones)]
    syncs = 0
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        for clone in clones:
            sync(clone)
            syncs += 1
    sync_all(clones, 3)
    check_same(clones)
    for clone in clones:
        check_sound(clone)
    text = read(os.path.join(clones[0], NOTE))
    for writer in writers:
        name = os.path.basename(writer.clone)
        for number in range(writer.saves):
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
    for save in (save_in_place, save_over, append_in_place):
        proofs.check("saves racing with sync, editor %s" % save.__name__, races, save, SEED or 1,
                     saves)
    proofs.end()


main()
