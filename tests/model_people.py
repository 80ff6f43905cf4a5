"""
The people of the model: what they save, how they share it, and what plain git does
to their points when they use that.
"""

import os

from model_texts import FILES, TOKEN, places_of, point_of
from proof import Failed, git, person, read, run, save_over, write

FIRST_DAY = 1767225600  # no clock: every round is ten minutes later
ROUND_SECONDS = 600
OLDEST_BUFFER = 8       # rounds; the texts of sixteen syncs are remembered
WITHOUT = os.environ.get("WITHOUT", "").split()


def dates(seconds):
    date = "%d +0000" % (FIRST_DAY + seconds)
    return {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}


class Person:
    def __init__(self, clone, kind, world):
        self.clone = clone
        self.name = os.path.basename(clone)
        self.kind = kind       # atelier, git, mixed
        self.world = world
        self.ledger = world.ledger
        self.random = world.random
        self.buffers = {}      # path: what an editor shows, and since which round
        self.offline = 0       # rounds without network
        self.clock = 0         # seconds that the clock is wrong
        self.running = 0       # syncs of this clone at this moment
        self.records = 0       # times that plain git was at work here
        self.deleted = {}      # points that were deleted here, and the rewordings seen in them
        self.cut = {}          # points that were put in another file here, and where they stood
        self.doubted = False   # a sync asked whether that was meant, or was killed before it could
        self.doubled = set()   # points that plain git put in two places
        self.kept = set()      # points that plain git kept though they were deleted
        self.thrown = set()    # tokens that plain git threw away, and nobody else had

    # --- saving ------------------------------------------------------------------------

    def texts(self):
        return {path: read(os.path.join(self.clone, path)) for path in FILES}

    def save(self, path, text):
        full = os.path.join(self.clone, path)
        if self.random.random() < .5:
            save_over(full, text)
        else:
            write(full, text)

    def change(self, path, text):
        """Saves a text with one change."""
        text, deleted = self.ledger.change(text, WITHOUT)
        if deleted:
            tokens = TOKEN.findall(deleted)
            self.deleted[point_of(tokens)] = set(tokens) - {point_of(tokens)}
        self.save(path, text)

    def move_across(self):
        """A point cut from one file and pasted into another."""
        one, other = self.random.sample(FILES, 2)
        if one in self.buffers or other in self.buffers:
            return
        texts = self.texts()
        lines, others = [texts[path].splitlines(keepends=True) for path in (one, other)]
        places = self.ledger.points(lines)
        # Where one of two texts is an old one, as after a killed sync, the two halves of a
        # move are saves of two versions, and each is right for its own.
        if len(places) < 4 or texts != self.recorded("HEAD"):
            return
        line = lines.pop(self.random.choice(places))
        self.cut[point_of(TOKEN.findall(line))] = one
        self.ledger.moved.add(point_of(TOKEN.findall(line)))
        others.insert(self.ledger.gap(others), line)
        self.save(one, "".join(lines))
        self.save(other, "".join(others))

    def edit(self, across=True):
        """One save: of a text read now, or of a buffer that was opened some time ago."""
        path = self.random.choice(FILES)
        if across and self.random.random() < .08 and "across" not in WITHOUT:
            return self.move_across()
        text, opened = self.buffers.pop(path, (None, 0))
        if text is None or self.world.turn - opened > OLDEST_BUFFER:
            text = read(os.path.join(self.clone, path))
        self.change(path, text)

    def saves_all(self):
        for path, (text, _) in list(self.buffers.items()):
            self.change(path, text)
        self.buffers.clear()

    def open_buffer(self):
        """An editor opens a file and shows this text from now on."""
        path = self.random.choice(FILES)
        # Plain git takes an old text as it is: nobody could tell that it was not meant.
        if self.kind == "atelier" and path not in self.buffers and "stale" not in WITHOUT:
            self.buffers[path] = read(os.path.join(self.clone, path)), self.world.turn

    def writes(self, count):
        """All that one person does to the notes before they are shared. out: how many saves."""
        if self.doubted:
            self.delete_again()
        for _ in range(count):
            self.edit()
        if self.random.random() < .3:
            self.open_buffer()
        self.offline = max(0, self.offline - 1)
        if self.random.random() < .05 and "offline" not in WITHOUT:
            self.offline = self.random.randint(1, 4)
        return count

    def interrupts(self):
        """Does something while a sync of the same clone runs."""
        if self.kind == "atelier" and self.random.random() < .3 and "races" not in WITHOUT:
            if self.random.random() < .5:
                self.open_buffer()
            else:
                # What a sync finds pasted and not yet cut, or the other way round, is two changes.
                self.edit(across=False)
        if self.kind == "mixed" and self.random.random() < .1 and "plain" not in WITHOUT:
            self.plain("commit", "-q", "-a", "-m", "meanwhile", may_fail=True)

    # --- what is asked, and answered by doing it again ----------------------------------

    def delete_again(self):
        """A deletion that a sync could take for an old text saved over new lines is meant;
        so is a point cut here and pasted there."""
        texts = self.texts()
        for path in FILES:
            lines = texts[path].splitlines(keepends=True)
            kept = [line for line in lines if not self.is_deleted(line)
                    and not self.is_left(path, line, texts)]
            if path not in self.buffers and kept != lines:
                write(os.path.join(self.clone, path), "".join(kept))
        self.doubted = False

    def is_deleted(self, line):
        tokens = set(TOKEN.findall(line))
        return any(point in tokens and tokens - {point} <= seen
                   for point, seen in self.deleted.items())

    def is_left(self, path, line, texts):
        """Is it a point that was cut here, stayed, and stands with all its words where it was
        pasted too?"""
        tokens = TOKEN.findall(line)
        return any(self.cut.get(token) == path for token in tokens) and any(
            all(token in text for token in tokens)
            for other, text in texts.items() if other != path)

    # --- plain git -----------------------------------------------------------------------

    def environment(self):
        if self.random.random() < .1:
            self.clock = self.random.choice([0, -86400 * 400, 86400 * 30, -3600, 7200])
        return person(self.name, **dates(self.world.turn * ROUND_SECONDS + self.clock))

    def plain(self, *arguments, may_fail=False):
        self.records += 1
        result = run("git", *arguments, folder=self.clone, status=None,
                     environment=self.environment())
        if result.returncode and not may_fail:
            raise Failed("%s: git %s: %s" % (self.name, " ".join(arguments),
                                             (result.stdout + result.stderr).decode()))
        return result.returncode == 0

    def is_held(self):
        """Git refuses while a sync is at work here, or was killed since."""
        return self.running > 0 or os.path.exists(os.path.join(self.clone, ".git/index.lock"))

    def plain_exchange(self):
        """Commits all, takes by merging or rebasing, sends; at times rewrites what was sent."""
        while not self.plain("add", "-A", may_fail=True):
            # Git refuses while a sync is at work here, or was killed, until the next has ended.
            if not self.running:
                self.world.sync(self)
            yield
        self.plain("commit", "-q", "-m", "plain work", may_fail=True)
        if self.offline:
            return
        yield
        how = ["--rebase"] if self.random.random() < .4 else ["--no-rebase", "--no-edit"]
        before = git(self.clone, "rev-parse", "HEAD", "@{upstream}").split()
        if not self.plain("pull", "-q", *how, may_fail=self.is_held()):
            # Begun and not done: committed now, it would be a merge without what they wrote.
            self.plain("merge", "--quit", may_fail=True)
            return
        self.judge_plain(*before)
        yield
        if self.random.random() < .1 and "force" not in WITHOUT:
            # Its own last commit gets another message and the shared history another end.
            self.plain("commit", "-q", "--amend", "--allow-empty", "-m", "better said",
                       may_fail=self.is_held())
            self.plain("push", "-q", "--force", may_fail=True)
        else:
            self.plain("push", "-q", may_fail=True)

    def recorded(self, commit):
        return {path: git(self.clone, "show", "%s:%s" % (commit, path)) for path in FILES}

    def counts_at(self, commit):
        """How often each token stands in a commit."""
        return {token: len(where) for token, where in places_of(self.recorded(commit)).items()}

    def judge_plain(self, before, upstream):
        """
        Plain git merges one file at a time and knows no other base than its own, so a
        point that one cut here and pasted there while the other reworded, deleted or
        moved it may end in both places, or stay. No word is lost by that; which
        points it happened to is seen in what went in and what came out.

        After a forced push, its rebase drops what had been sent before: such words
        are demanded of the others as long as anybody has them.
        """
        after, theirs = git(self.clone, "rev-parse", "HEAD", "@{upstream}").split()
        if after == before:
            return
        mine, others, result = [self.counts_at(commit) for commit in (before, theirs, after)]
        for token, count in result.items():
            if count > max(mine.get(token, 0), others.get(token, 0)):
                self.doubled.add(token)
            if self.ledger.deletions.get(token) and not (token in mine and token in others):
                self.kept.add(token)
        gone = mine.keys() - result.keys()
        if gone and git(self.clone, "merge-base", upstream, theirs).strip() != upstream:
            elsewhere = set().union(*(who.counts_at("HEAD") for who in self.world.people))
            self.thrown |= gone - elsewhere
