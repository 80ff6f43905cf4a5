"""
Copies that watch, some of whose people save at once, again and again: every point
comes into everybody's file once, and all end with the same.

SOAK=1 goes on for some minutes with thirty copies, and wants 95 of 100 points in the
others' files within 3 s of two copies, and within 10 s of thirty.
"""

import random

from proof import SEED, SOAK, Failed, Proofs
from watch import Watched, check_all_there

MOST_AT_ONCE = 3


def together(folder, copies, rounds, longest, seed):
    chance = random.Random(seed)
    watched = Watched(folder, copies)
    with watched:
        for _ in range(rounds):
            most = min(MOST_AT_ONCE, copies)
            watched.save(chance.sample(watched.clones, chance.randint(1, most)))
    check_all_there(watched)
    late, told = watched.figures()
    if longest and late > longest:
        raise Failed("later than %d s: %s" % (longest, told))
    return told if longest else "seed %d, %d saves, none lost" % (seed, len(watched.tokens))


def main():
    proofs = Proofs()
    crowds = ((2, 60, 3), (30, 150, 10)) if SOAK else ((3, 2, None),)
    for copies, rounds, longest in crowds:
        proofs.check("%d copies that watch" % copies, together, copies, rounds, longest, SEED or 1)
    proofs.end()


main()
