"""
Several people write, delete, move and reword points for a while, some with
plain git, offline at times, with clocks that jump, editors that write an old
buffer back or save while a sync runs, and runs that are killed at any moment.
Every point and every rewording carries a token of its own; in the end each
must be where the rules of the merge say, exactly once, in every clone.

What runs at the same time goes on in turns, from one change of a file to the
next, so that SEED=n repeats a run, though not always in every step: a fault may
want several tries. SEEDS=n takes that many seeds,
PEOPLE and EDITS (of each) make a run larger; WITHOUT="plain kills" leaves out some
of what happens.
"""

import os
import random

from model_people import Person, dates
from model_texts import FILES, Ledger
from proof import ATELIER, SEED, SOAK, Failed, Proofs, check_same, check_sound, git, locks_of, start
from traced import ENDED, THERE, Traced, may_trace

WITHOUT = os.environ.get("WITHOUT", "").split()
KINDS = ["atelier", "atelier", "mixed", "git", "atelier", "atelier", "git", "mixed"]
DOUBT = b"delete them again if you mean it"


class World:
    def __init__(self, folder, seed, people):
        self.random = random.Random(seed)
        self.ledger = Ledger(self.random)
        self.turn = 0
        kinds = ["atelier"] if "plain" in WITHOUT else KINDS
        notes = {path: "# %s\n\n%s" % (path[5:-3].title(), "".join(
            self.ledger.new_line() for _ in range(8))) for path in FILES}
        names = ["p%d" % number for number in range(people)]
        self.people = [Person(clone, kinds[number % len(kinds)], self)
                       for number, clone in enumerate(start(folder, names, notes, **dates(0)))]
        self.clones = [person.clone for person in self.people]
        for clone in self.clones:
            # A path that plain git writes into its merges, and that is the same every time.
            git(clone, "remote", "set-url", "origin", "../shared.git")
            # What plain git tidies up at times ends before anything else begins.
            git(clone, "config", "gc.autoDetach", "false")

    # --- one sync, in steps ----------------------------------------------------------

    def chance(self, probability, name=""):
        return self.random.random() < probability and name not in WITHOUT

    def begin_sync(self, who):
        environment = who.environment()
        if who.offline:
            environment["GIT_ALLOW_PROTOCOL"] = "none"
        return Traced([ATELIER, "-C", who.clone, "sync"], environment)

    def end_sync(self, who, status, said, fine=(0,)):
        who.doubted |= status != 0 or DOUBT in said
        if DOUBT in said:
            # Told to load the files again; lines that an old text lacks twice are meant to go.
            who.buffers.clear()
        if status not in fine:
            raise Failed("%s: sync: status %d: %s" % (who.name, status,
                                                      said.decode(errors="replace")))

    def sync(self, who):
        traced = self.begin_sync(who)
        said = traced.finish()
        self.end_sync(who, traced.status, said)

    def sync_in_turns(self, who):
        """One sync, a step at a time; others do something, or the same person, in between."""
        traced = self.begin_sync(who)
        who.running += 1
        end = self.random.randint(1, 170), None
        kill = self.chance(.35, "kills")
        if kill and self.chance(.3):
            end = None, self.random.randint(1, 7)
        turns = self.random.randint(0, 4)
        records = who.records
        state = None
        while state != ENDED and (turns > 0 or kill or who.running > 1):
            stop = traced.changes + self.random.randint(1, 80)
            if kill:
                state = traced.go(min(stop, end[0] or stop), end[1])
            else:
                state = traced.go(stop)
            if state == THERE and kill and end in ((traced.changes, None), (None, traced.starts)):
                traced.kill(self.chance(.5))
                break
            turns -= 1
            if state != ENDED:
                who.interrupts()
                yield
        said = traced.finish()
        who.running -= 1
        # Plain git may record in the middle of it; then it is done the next time.
        self.end_sync(who, traced.status, said,
                      (0,) + (-9,) * kill + (75,) * (who.records > records))

    # --- all of them -------------------------------------------------------------------

    def session(self, who):
        if who.kind == "git" or (who.kind == "mixed" and self.chance(.4)):
            yield from who.plain_exchange()
        else:
            yield from self.sync_in_turns(who)

    def round(self, most_edits):
        """Some people write, then all of them give and take at the same time."""
        active = self.random.sample(self.people, self.random.randint(2, len(self.people)))
        tasks = []
        done = 0
        self.turn += 1
        for who in active:
            done += who.writes(self.random.randint(1, most_edits))
            tasks.append(self.session(who))
            if who.kind != "git" and self.chance(.1):
                tasks.append(self.sync_in_turns(who))
        while tasks:
            task = self.random.choice(tasks)
            if next(task, task) is task:
                tasks.remove(task)
        for who in active:
            if who.kind != "git" and locks_of(who.clone) and self.chance(.5):
                self.sync(who)
        return done

    def settle(self):
        """Everybody is back and syncs until all is quiet."""
        heads = None
        for who in self.people:
            who.offline = 0
        for _ in range(8):
            for who in self.people:
                self.sync(who)
                while who.doubted:
                    who.delete_again()
                    self.sync(who)
            now = [git(clone, "rev-parse", "HEAD") for clone in self.clones]
            if now == heads and len(set(now)) == 1:
                return
            heads = now
        raise Failed("no rest after eight rounds of syncs: %s" % heads)

    def check(self):
        check_same(self.clones)
        for clone in self.clones:
            check_sound(clone)
        doubled, kept, thrown = [set().union(*(getattr(who, name) for who in self.people))
                                 for name in ("doubled", "kept", "thrown")]
        # Of a point that stands twice a deletion takes one.
        wrong = self.ledger.wrong_with(self.people[0].texts(), doubled, kept | doubled, thrown)
        if wrong:
            raise Failed("\n".join(wrong))


def model(folder, seed, people, edits):
    done = 0
    try:
        world = World(folder, seed, people)
        while done < people * edits:
            done += world.round(4)
        world.settle()
        # What an editor still shows is saved at last, with a word more.
        for who in world.people:
            who.saves_all()
        world.settle()
        world.check()
    except Failed as failure:
        raise Failed("SEED=%d PEOPLE=%d EDITS=%d\n%s" % (seed, people, edits, failure)) from None
    return done, world


def models(folder, seed, seeds, people, edits):
    saves = points = rewordings = deletions = 0
    for number in range(seed, seed + seeds):
        done, world = model(os.path.join(folder, str(number)), number, people, edits)
        saves += done
        points += len(world.ledger.edits)
        rewordings += sum(map(len, world.ledger.edits.values()))
        deletions += sum(map(len, world.ledger.deletions.values()))
    return "%d saves, %d points, %d rewordings, %d deletions" % (
        saves, points, rewordings, deletions)


def main():
    proofs = Proofs()
    people = int(os.environ.get("PEOPLE", "8" if SOAK else "5"))
    edits = int(os.environ.get("EDITS", "1000" if SOAK else "12"))
    seeds = int(os.environ.get("SEEDS", "1" if SOAK else "2"))
    why = may_trace()
    if why:
        proofs.skip("several people end with the same", why)
    else:
        proofs.check("%d people, %d edits each, seeds %d to %d: the same, every token once" % (
            people, edits, SEED or 1, (SEED or 1) + seeds - 1), models, SEED or 1, seeds, people,
                     edits)
    proofs.end()


main()
