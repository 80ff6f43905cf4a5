"""
Two people who share notes, and for each command that records what one of them
has prepared for it: what prove_kills.py and prove_power.py interrupt.
"""

import os
import shutil

from proof import ATELIER, read, run, start, write

NOTE = "w/01-discussion.md"
OTHER = "w/02-synthesis.md"
COMPOST = "anne adds a point about compost."
BY_HAND = "a point by hand."
IN_A_NEW_NOTE = "anne begins a workshop."
IMPORTED = "the imported point"
FOUR = "point four of"
REWORDED = "two-reworded"
OTHERWISE = "two-otherwise"


def template(folder):
    """Two clones; each has something to say to the other, anne an old save, too."""
    clones = start(folder, ["anne", "bruno"], {
        NOTE: "# Discussion\n\n" + "".join("- point %s of the first day.\n" % word
                                           for word in "one two three four".split()),
        OTHER: "# Synthesis\n\n- what was said so far.\n"})
    anne, bruno = clones
    write(os.path.join(bruno, NOTE), read(os.path.join(bruno, NOTE)).replace(
        "point two of", "point %s of" % REWORDED) + "- bruno adds a point about water.\n"
        "- bruno asks about mice.\n")
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


def prepare_sync(anne, bruno=None):
    write(os.path.join(anne, NOTE), read(os.path.join(anne, NOTE)) +
          "- %s\n" % COMPOST)


def prepare_undo(anne, bruno=None):
    prepare_sync(anne)
    run(ATELIER, "-C", anne, "sync", name="anne")


def prepare_choose(anne, bruno):
    write(os.path.join(anne, NOTE), read(os.path.join(anne, NOTE)).replace(
        "point two of", "point %s of" % OTHERWISE))
    prepare_undo(anne)


def prepare_import(anne, bruno):
    write(anne + "-pad.txt", "Meeting of the garden\n\nDiscussion\n- %s\n" % IMPORTED)


def prepare_restore(anne, bruno):
    path = os.path.join(anne, NOTE)
    write(path, "".join(line for line in read(path).splitlines(keepends=True)
                        if FOUR not in line))
    run(ATELIER, "-C", anne, "sync", name="anne")


def prepare_carry(anne, bruno):
    """The stick holds what bruno has, the shared folder does not know of it yet."""
    os.makedirs(stick_of(anne))
    write(os.path.join(bruno, NOTE), read(os.path.join(bruno, NOTE)).replace(
        "point one of", "point one of (bruno by hand)"))
    run(ATELIER, "-C", bruno, "carry", stick_of(anne), name="bruno")
    prepare_sync(anne)


def stick_of(clone):
    return os.path.join(os.path.dirname(clone), "stick")


PREPARE = {"sync": prepare_sync, "add": lambda anne, bruno: None, "undo": prepare_undo,
           "choose": prepare_choose, "import": prepare_import, "restore": prepare_restore,
           "carry": prepare_carry}


# What anne saves: to a note, in a new one, one less; no editor is so careless with all three.
SAVES = ["sh", "-c", "sed -i '$a- %s' %s && mkdir v && echo '- %s' >v/01-new.md && rm %s" % (
    COMPOST, NOTE, IN_A_NEW_NOTE, OTHER)]


def command_for(what, anne):
    return {
        "add": [ATELIER, "add", BY_HAND, "-w", "w", "-s", "discussion"],
        "sync": [ATELIER, "sync"],
        "undo": [ATELIER, "undo"],
        "choose": [ATELIER, "choose", OTHERWISE, "1"],
        "import": [ATELIER, "import", anne + "-pad.txt"],
        "restore": [ATELIER, "restore", FOUR],
        "carry": [ATELIER, "carry", stick_of(anne)],
    }[what]


# How often these may stand in the notes: before the command has said that it is done, and after.
EXPECTED = {
    "sync": ({COMPOST: {1}}, {COMPOST: {1}}),
    "saves": ({COMPOST: {1}, IN_A_NEW_NOTE: {1}}, {COMPOST: {1}, IN_A_NEW_NOTE: {1}}),
    "add": ({BY_HAND: {0, 1}}, {BY_HAND: {1}}),
    "undo": ({COMPOST: {0, 1}}, {COMPOST: {0}}),
    "choose": ({COMPOST: {1}, REWORDED: {0, 1}, OTHERWISE: {1}},
               {COMPOST: {1}, REWORDED: {0}, OTHERWISE: {1}}),
    "import": ({IMPORTED: {0, 1}}, {IMPORTED: {1}}),
    "restore": ({FOUR: {0, 1}}, {FOUR: {1}}),
    "carry": ({COMPOST: {1}}, {COMPOST: {1}}),
}


def notes_of(clone):
    """All that stands in the notes of a clone."""
    text = ""
    for at, folders, names in os.walk(clone):
        if ".git" in folders:
            folders.remove(".git")
        text += "".join(read(os.path.join(at, name)) for name in sorted(names)
                        if name.endswith(".md"))
    return text


def tell(what, text, done):
    """
    What is wrong with all that stands in the notes at the end.
    `done`: the command had said that it was done; else it may have been, or not.
    """
    wanted = dict.fromkeys(["bruno adds a point about water.", "bruno asks about mice.",
                            "bruno has an idea.",
                            "point one of", "point three of", FOUR, REWORDED], {1})
    wanted.update(dict.fromkeys(["what was said so far.", "<<<<<<<", ">>>>>>>"], {0}))
    wanted.update(EXPECTED[what][1 if done else 0])
    return ["%r stands %d times" % (words, text.count(words))
            for words, times in wanted.items() if text.count(words) not in times]
