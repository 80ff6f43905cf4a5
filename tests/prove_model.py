"""
Several people write, delete, move and reword points for a while, some with
plain git, offline at times, with clocks that jump, editors that write an old
buffer back or save while a sync runs, and runs that are killed at any moment.
Every point and every rewording carries a token of its own; in the end each
must be where the rules of the merge say, exactly once, in every clone.

SEED=n repeats the run that failed; PEOPLE and EDITS (of each) make it larger;
WITHOUT="plain kills" leaves out some of what happens.
"""

import os
import random
import re
import signal
import subprocess
import time

from proof import (ATELIER, SEED, SOAK, Failed, Proofs, check_same, check_sound, git, locks_of,
                   person, read, run, save_over, start, write)

WORDS = """compost water bread garden school library repair market tool winter summer river
street window paper harvest kitchen music story teacher neighbour bicycle shelter meeting budget
council mayor letter evening morning apple onion barrel roof solar cable engine carpet ladder
hammer needle cotton leather forest meadow village harbour bridge tunnel station ticket platform
signal mirror candle basket bottle pepper sugar butter cheese honey garlic spoon kettle oven
towel blanket pillow drawer shelf corner ceiling gravel cement plaster copper silver bronze""".split()
FILES = ["w/01-questions.md", "w/02-synthesis.md", "w/03-discussion.md"]
WITHOUT = os.environ.get("WITHOUT", "plain stale races").split()
LABEL = re.compile(r" ⟨version (\d+)⟩$")
TOKEN = re.compile(r"\b[te](?:[bdfglmnprs][aiou]){4}x\b")


class Person:
    def __init__(self, clone, kind):
        self.clone = clone
        self.name = os.path.basename(clone)
        self.kind = kind       # atelier, git, mixed
        self.buffers = {}      # what an editor has shown since some time ago, by path
        self.offline = 0       # rounds without network
        self.clock = 0         # seconds that the clock is wrong
        self.deleted = {}      # points that were deleted here, and the rewordings seen in them
        self.cut = {}          # points that were put in another file here, and where they stood
        self.doubted = False   # a sync asked whether that was meant, or was killed before it could


class World:
    """What was done, as the oracle knows it."""

    def __init__(self, folder, seed, people):
        self.random = random.Random(seed)
        self.count = 0
        self.place = {}        # point: where it was written first
        self.edits = {}        # point: tokens of its rewordings
        self.deletions = {}    # point: list of the rewordings each deletion had seen
        self.dropped = set()   # rewordings that somebody chose against
        self.moved = set()     # points that somebody put in another file
        self.rewritten = False # plain git has rewritten what was shared
        self.log = []
        kinds = ["atelier"] if "plain" in WITHOUT else ["atelier", "atelier", "mixed", "git", "atelier", "atelier", "git", "mixed"]
        notes = {path: "# %s\n\n%s" % (path[5:-3].title(), "".join(
            self.new_line(path) for _ in range(8))) for path in FILES}
        names = ["p%d" % number for number in range(people)]
        self.people = [Person(clone, kinds[number % len(kinds)])
                       for number, clone in enumerate(start(folder, names, notes))]
        self.clones = [person.clone for person in self.people]
        self.shared = os.path.join(folder, "shared.git")

    def token(self, letter):
        self.count += 1
        number, letters = self.count, []
        for _ in range(4):
            number, syllable = divmod(number * 7 + len(letters), 36)
            letters.append("bdfglmnpr"[syllable // 4] + "aiou"[syllable % 4])
        return letter + "".join(letters) + "x"

    def new_line(self, path):
        token = self.token("t")
        self.place[token] = path
        self.edits[token] = set()
        self.deletions[token] = []
        words = self.random.sample(WORDS, self.random.randint(5, 9))
        words.insert(self.random.randint(1, len(words) - 1), token)
        return "- " + " ".join(words) + ".\n"

    # --- what one person does to a text ------------------------------------------

    def points(self, lines):
        """Places of the points that are no wording of a set."""
        return [place for place, line in enumerate(lines)
                if line.startswith("- ") and not LABEL.search(line.rstrip("\n"))]

    def gap(self, lines):
        """A place for a point: nobody writes between two wordings of one set."""
        labels = [LABEL.search(line.rstrip("\n")) for line in lines] + [None]
        return self.random.choice([place for place in range(2, len(lines) + 1)
                                   if not labels[place] or labels[place][1] == "1"])

    def add(self, lines, path):
        lines.insert(self.gap(lines), self.new_line(path))

    def reword(self, lines, path):
        places = self.points(lines)
        if not places:
            return self.add(lines, path)
        place = self.random.choice(places)
        words = lines[place].rstrip("\n.")[2:].split(" ")
        point = next((word for word in words if word.startswith("t")
                      and TOKEN.fullmatch(word)), None)
        if not point:
            raise Failed("a point without its token: %r" % lines[place])
        edit = self.token("e")
        self.edits[point].add(edit)
        target = self.random.randint(0, len(words) - 1)
        if self.random.random() < .4 and not TOKEN.fullmatch(words[target]):
            words[target] = edit
        else:
            words.insert(target, edit)
        lines[place] = "- " + " ".join(words) + ".\n"

    def delete(self, lines, path):
        places = self.points(lines)
        if len(places) < 4:
            return self.add(lines, path)
        tokens = TOKEN.findall(lines.pop(self.random.choice(places)))
        point = next(token for token in tokens if token[0] == "t")
        seen = {token for token in tokens if token[0] == "e"}
        self.deletions[point].append(seen)
        self.writer.deleted[point] = seen

    def move(self, lines, path):
        places = self.points(lines)
        if len(places) < 4:
            return self.add(lines, path)
        line = lines.pop(self.random.choice(places))
        lines.insert(self.gap(lines), line)

    def choose(self, lines, path):
        """Keeps the first wording of a set, as an editor does: the other lines go."""
        first = next((place for place, line in enumerate(lines)
                      if line.rstrip("\n").endswith("⟨version 1⟩")), None)
        if first is None:
            return self.reword(lines, path)
        last = first + 1
        while last < len(lines) and (label := LABEL.search(lines[last].rstrip("\n"))) \
                and label[1] != "1":
            last += 1
        kept = set(TOKEN.findall(lines[first]))
        for line in lines[first + 1:last]:
            self.dropped |= {token for token in TOKEN.findall(line) if token[0] == "e"} - kept
        lines[first:last] = [LABEL.sub("", lines[first].rstrip("\n")) + "\n"]

    def change(self, text, path):
        """One change of a text, and what the oracle must know of it."""
        lines = text.splitlines(keepends=True)
        what = self.random.choices(
            [self.add, self.reword, self.delete, self.move, self.choose], [5, 4, 2, 2, 1])[0]
        if what.__name__ in WITHOUT:
            what = self.reword
        what(lines, path)
        return "".join(lines)

    def move_across(self, who):
        """A point cut from one file and pasted into another."""
        one, other = self.random.sample(FILES, 2)
        if one in who.buffers or other in who.buffers:
            return
        paths = [os.path.join(who.clone, path) for path in (one, other)]
        lines, others = [read(path).splitlines(keepends=True) for path in paths]
        places = self.points(lines)
        if len(places) < 4:
            return
        line = lines.pop(self.random.choice(places))
        tokens = TOKEN.findall(line)
        self.moved |= set(tokens)
        who.cut[next(token for token in tokens if token[0] == "t")] = one
        others.insert(self.gap(others), line)
        write(paths[0], "".join(lines))
        write(paths[1], "".join(others))

    def save(self, who, path, text):
        full = os.path.join(who.clone, path)
        if self.random.random() < .5:
            save_over(full, text)
        else:
            write(full, text)

    def edit(self, who):
        """One save: of a text read now, or of a buffer that was opened some time ago."""
        self.writer = who
        path = self.random.choice(FILES)
        if self.random.random() < .08 and "across" not in WITHOUT:
            return self.move_across(who)
        text = who.buffers.pop(path, None)
        if text is None:
            text = read(os.path.join(who.clone, path))
        self.save(who, path, self.change(text, path))

    def delete_again(self, who):
        """A deletion that a sync could take for an old text saved over new lines is meant;
        so is a point cut here and pasted there."""
        texts = {path: read(os.path.join(who.clone, path)) for path in FILES}
        for path in FILES:
            lines = texts[path].splitlines(keepends=True)
            kept = [line for line in lines if not self.is_deleted(who, line)
                    and not self.is_left(who, path, line, texts)]
            if path not in who.buffers and kept != lines:
                write(os.path.join(who.clone, path), "".join(kept))
        who.doubted = False

    @staticmethod
    def is_deleted(who, line):
        tokens = set(TOKEN.findall(line))
        return any(point in tokens and tokens - {point} <= seen
                   for point, seen in who.deleted.items())

    @staticmethod
    def is_left(who, path, line, texts):
        """Is it a point that was cut here, stayed, and stands where it was pasted too?"""
        return any(who.cut.get(token) == path and any(
            token in text for other, text in texts.items() if other != path)
            for token in TOKEN.findall(line))

    def open_buffer(self, who):
        """An editor opens a file and shows this text from now on."""
        path = self.random.choice(FILES)
        if who.kind == "atelier" and path not in who.buffers and "stale" not in WITHOUT:
            who.buffers[path] = read(os.path.join(who.clone, path))

    # --- giving and taking -----------------------------------------------------------

    def environment(self, who):
        if self.random.random() < .1:
            who.clock = self.random.choice([0, -86400 * 400, 86400 * 30, -3600, 7200])
        date = "%d +0000" % (int(time.time()) + who.clock)
        return person(who.name, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date)

    def begin_sync(self, who):
        arguments = [ATELIER, "-C", who.clone, "sync"]
        environment = self.environment(who)
        if who.offline:
            environment["GIT_ALLOW_PROTOCOL"] = "none"
        return subprocess.Popen(arguments, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                start_new_session=True)

    def plain(self, who, *arguments, may_fail=False):
        result = run("git", *arguments, folder=who.clone, status=None,
                     environment=self.environment(who))
        if result.returncode and not may_fail:
            raise Failed("%s: git %s: %s" % (who.name, " ".join(arguments),
                                             (result.stdout + result.stderr).decode()))
        return result.returncode == 0

    def plain_exchange(self, who):
        """Commits all, takes by merging or rebasing, sends; at times rewrites what was sent."""
        self.plain(who, "add", "-A")
        self.plain(who, "commit", "-q", "-m", "plain work", may_fail=True)
        if who.offline:
            return
        how = ["--rebase"] if self.random.random() < .4 else ["--no-rebase", "--no-edit"]
        if not self.plain(who, "pull", "-q", *how, may_fail=True):
            raise Failed("%s: git pull %s did not end well" % (who.name, how[0]))
        if self.random.random() < .1 and "force" not in WITHOUT:
            # Its own last commit gets another message and the shared history another end.
            self.rewritten = True
            self.plain(who, "commit", "-q", "--amend", "--allow-empty", "-m", "better said")
            self.plain(who, "push", "-q", "--force", may_fail=True)
        else:
            self.plain(who, "push", "-q", may_fail=True)

    def race(self, who):
        """Saves while a sync of the same clone runs, from a text read before."""
        path = self.random.choice(FILES)
        if path in who.buffers or "races" in WITHOUT:
            return
        self.writer = who
        text = self.change(read(os.path.join(who.clone, path)), path)
        time.sleep(self.random.random() * .15)
        self.save(who, path, text)

    def finish(self, who, process, may_be_killed):
        """Waits for a sync, or kills it, alone or with all that it has started."""
        if may_be_killed and self.random.random() < .35 and "kills" not in WITHOUT:
            time.sleep(self.random.random() ** 2 * .3)
            try:
                if self.random.random() < .5:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            except ProcessLookupError:
                pass
        output = process.communicate()[0]
        who.doubted |= process.returncode != 0 or b"delete them again if you mean it" in output
        if process.returncode not in (0, -signal.SIGKILL):
            raise Failed("%s: sync: status %d: %s" % (
                who.name, process.returncode, output.decode(errors="replace")))

    def round(self, most_edits):
        """Some people write, then all of them give and take at the same time."""
        active = self.random.sample(self.people, self.random.randint(2, len(self.people)))
        running = []
        done = 0
        for who in active:
            if who.doubted:
                self.delete_again(who)
            for _ in range(self.random.randint(1, most_edits)):
                self.edit(who)
                done += 1
            if self.random.random() < .3:
                self.open_buffer(who)
            who.offline = max(0, who.offline - 1)
            if self.random.random() < .05:
                who.offline = self.random.randint(1, 4)
            if who.kind == "git" or (who.kind == "mixed" and self.random.random() < .4):
                self.plain_exchange(who)
                continue
            running.append((who, self.begin_sync(who)))
            if self.random.random() < .1:
                running.append((who, self.begin_sync(who)))
        for who, process in running:
            if who.kind == "atelier" and self.random.random() < .2:
                self.race(who)
                done += 1
            self.finish(who, process, True)
        for who, _ in running:
            if locks_of(who.clone) and self.random.random() < .5:
                self.finish(who, self.begin_sync(who), False)
        return done

    def settle(self):
        """Everybody is back and syncs until all is quiet."""
        heads = None
        for who in self.people:
            who.offline = 0
        for _ in range(8):
            for who in self.people:
                self.finish(who, self.begin_sync(who), False)
                while who.doubted:
                    self.delete_again(who)
                    self.finish(who, self.begin_sync(who), False)
            now = [git(clone, "rev-parse", "HEAD") for clone in self.clones]
            if now == heads and len(set(now)) == 1:
                return
            heads = now
        raise Failed("no rest after eight rounds of syncs: %s" % heads)

    # --- the oracle ------------------------------------------------------------------------

    def found(self):
        """Where each token stands in the first clone; a set of wordings is one place."""
        places = {}
        for path in FILES:
            group = 0
            for number, line in enumerate(read(os.path.join(self.clones[0], path)).splitlines()):
                label = LABEL.search(line)
                if not label or label[1] == "1":
                    group = number
                if re.match(r"(<<<<<<<|=======|>>>>>>>)", line):
                    raise Failed("%s:%d: a marker" % (path, number + 1))
                for token in set(TOKEN.findall(line)):
                    places.setdefault(token, set()).add((path, group))
                if len(TOKEN.findall(line)) != len(set(TOKEN.findall(line))):
                    raise Failed("%s:%d: a token twice: %s" % (path, number + 1, line))
        return places

    def check(self):
        check_same(self.clones)
        for clone in self.clones:
            check_sound(clone)
        places = self.found()
        wrong = []
        for point, edits in self.edits.items():
            count = len(places.get(point, ()))
            deletions = self.deletions[point]
            if count > 1:
                wrong.append("%s stands %d times: %s" % (point, count, sorted(places[point])))
            if not deletions and count == 0:
                wrong.append("%s is lost" % point)
            unseen = edits.difference(self.dropped, *deletions)
            if deletions and count == 0 and unseen:
                wrong.append("%s is lost: nobody who deleted it had seen %s" % (point, unseen))
            if any(seen >= edits for seen in deletions) and count and not (
                    self.rewritten or point in self.moved):
                wrong.append("%s is back" % point)
            for edit in edits:
                if count and edit not in places and edit not in self.dropped and not any(
                        edit in seen for seen in deletions):
                    wrong.append("%s, a rewording of %s, is lost" % (edit, point))
        if wrong:
            raise Failed("\n".join(wrong))


def model(folder, seed, people, edits):
    world = World(folder, seed, people)
    done = 0
    try:
        while done < people * edits:
            done += world.round(4)
        world.settle()
        # What an editor still shows is saved at last, with a word more.
        for who in world.people:
            world.writer = who
            for path, text in list(who.buffers.items()):
                world.save(who, path, world.change(text, path))
        world.settle()
        world.check()
    except Failed as failure:
        raise Failed("SEED=%d PEOPLE=%d EDITS=%d\n%s" % (seed, people, edits, failure)) from None
    return "%d saves, %d points, %d rewordings, %d deletions" % (
        done, len(world.place), sum(map(len, world.edits.values())),
        sum(map(len, world.deletions.values())))


def main():
    proofs = Proofs()
    people = int(os.environ.get("PEOPLE", "8" if SOAK else "5"))
    edits = int(os.environ.get("EDITS", "1000" if SOAK else "12"))
    seed = SEED or 1
    proofs.check("%d people end with the same, every token once (seed %d)" % (people, seed),
                 model, seed, people, edits)
    proofs.end()


main()
