"""
What the people of the model do to a text, and what is known of every point:
each point and each rewording carries a token of its own.
"""

import re

from proof import Failed

WORDS = """compost water bread garden school library repair market tool winter summer river
street window paper harvest kitchen music story teacher neighbour bicycle shelter meeting budget
council mayor letter evening morning apple onion barrel roof solar cable engine carpet ladder
hammer needle cotton leather forest meadow village harbour bridge tunnel station ticket platform
signal mirror candle basket bottle pepper sugar butter cheese honey garlic spoon kettle oven
towel blanket pillow drawer shelf corner ceiling gravel cement plaster copper silver bronze""".split()
FILES = ["w/01-questions.md", "w/02-synthesis.md", "w/03-discussion.md"]
LABEL = re.compile(r" ⟨version (\d+)⟩$")
TOKEN = re.compile(r"\b[te](?:[bdfglmnprs][aiou]){4}x\b")
MARKER = re.compile(r"(<<<<<<<|=======|>>>>>>>)")


def point_of(tokens):
    return next(token for token in tokens if token[0] == "t")


def places_of(texts):
    """Where each token stands (path and line) in texts by path; a set of wordings is one place."""
    places = {}
    for path, text in texts.items():
        group = 0
        for number, line in enumerate(text.splitlines()):
            label = LABEL.search(line)
            if not label or label[1] == "1":
                group = number
            if MARKER.match(line):
                raise Failed("%s:%d: a marker" % (path, number + 1))
            tokens = TOKEN.findall(line)
            if len(tokens) != len(set(tokens)):
                raise Failed("%s:%d: a token twice: %s" % (path, number + 1, line))
            for token in tokens:
                places.setdefault(token, set()).add((path, group))
    return places


class Ledger:
    """What was done to each point, whoever did it and whatever came of it."""

    def __init__(self, random):
        self.random = random
        self.count = 0
        self.edits = {}        # point: tokens of its rewordings
        self.deletions = {}    # point: list of the rewordings each deletion had seen
        self.dropped = set()   # rewordings that somebody chose against
        self.moved = set()     # points that somebody put in another file

    def token(self, letter):
        self.count += 1
        number, letters = self.count, []
        for _ in range(4):
            number, syllable = divmod(number * 7 + len(letters), 36)
            letters.append("bdfglmnpr"[syllable // 4] + "aiou"[syllable % 4])
        return letter + "".join(letters) + "x"

    def new_line(self):
        token = self.token("t")
        self.edits[token] = set()
        self.deletions[token] = []
        words = self.random.sample(WORDS, self.random.randint(5, 9))
        words.insert(self.random.randint(1, len(words) - 1), token)
        return "- " + " ".join(words) + ".\n"

    def points(self, lines):
        """Places of the points that are no wording of a set."""
        return [place for place, line in enumerate(lines)
                if line.startswith("- ") and not LABEL.search(line.rstrip("\n"))]

    def gap(self, lines):
        """A place for a point: nobody writes between two wordings of one set."""
        labels = [LABEL.search(line.rstrip("\n")) for line in lines] + [None]
        return self.random.choice([place for place in range(2, len(lines) + 1)
                                   if not labels[place] or labels[place][1] == "1"])

    def add(self, lines):
        lines.insert(self.gap(lines), self.new_line())

    def reword(self, lines):
        places = self.points(lines)
        if not places:
            return self.add(lines)
        place = self.random.choice(places)
        words = lines[place].rstrip("\n.")[2:].split(" ")
        points = [word for word in words if word[0] == "t" and TOKEN.fullmatch(word)]
        if len(points) != 1:
            raise Failed("a point with tokens of %d: %r" % (len(points), lines[place]))
        edit = self.token("e")
        self.edits[points[0]].add(edit)
        target = self.random.randint(0, len(words) - 1)
        if self.random.random() < .4 and not TOKEN.fullmatch(words[target]):
            words[target] = edit
        else:
            words.insert(target, edit)
        lines[place] = "- " + " ".join(words) + ".\n"

    def delete(self, lines):
        places = self.points(lines)
        if len(places) < 4:
            return self.add(lines)
        tokens = TOKEN.findall(lines.pop(self.random.choice(places)))
        self.deletions[point_of(tokens)].append({token for token in tokens if token[0] == "e"})

    def move(self, lines):
        places = self.points(lines)
        if len(places) < 4:
            return self.add(lines)
        line = lines.pop(self.random.choice(places))
        lines.insert(self.gap(lines), line)

    def choose(self, lines):
        """Keeps the first wording of a set, as an editor does: the other lines go."""
        first = next((place for place, line in enumerate(lines)
                      if line.rstrip("\n").endswith("⟨version 1⟩")), None)
        if first is None:
            return self.reword(lines)
        last = first + 1
        while last < len(lines) and (label := LABEL.search(lines[last].rstrip("\n"))) \
                and label[1] != "1":
            last += 1
        kept = set(TOKEN.findall(lines[first]))
        for line in lines[first + 1:last]:
            self.dropped |= {token for token in TOKEN.findall(line) if token[0] == "e"} - kept
        lines[first:last] = [LABEL.sub("", lines[first].rstrip("\n")) + "\n"]

    def change(self, text, without):
        """One change of a text. out: the text; the line that was deleted, else ""."""
        before = text.splitlines(keepends=True)
        lines = list(before)
        what = self.random.choices(
            [self.add, self.reword, self.delete, self.move, self.choose], [5, 4, 2, 2, 1])[0]
        if what.__name__ in without:
            what = self.reword
        what(lines)
        deleted = ""
        if what == self.delete and len(lines) < len(before):
            deleted = next(line for line in before if line not in lines)
        return "".join(lines), deleted

    def wrong_with(self, texts, doubled, kept, thrown):
        """
        What does not hold of the texts of one clone. `doubled`: points that may stand
        more than once; `kept`: those that may stand though they were deleted; `thrown`:
        tokens that may be lost. A point that one deleted and another put in another
        file at the same time may stay: the merge takes nothing away that somebody has
        just handled. One that somebody deleted while two others reworded it may come back
        in both wordings: where the deletion has met each of them alone first, nothing
        tells that two edits that beat it were of one point.
        """
        places = places_of(texts)
        wrong = []
        for point, edits in self.edits.items():
            count = len(places.get(point, ()))
            deletions = self.deletions[point]
            excused = set().union(self.dropped, thrown, *deletions)
            revived = any(len(edits - seen) > 1 for seen in deletions)
            if count > 1 and point not in doubled and not revived:
                wrong.append("%s stands %d times: %s" % (point, count, sorted(places[point])))
            if not deletions and count == 0 and point not in thrown:
                wrong.append("%s is lost" % point)
            if deletions and count == 0 and point not in thrown and edits - excused:
                wrong.append("%s is lost: nobody who deleted it had seen %s" % (
                    point, edits - excused))
            if count and point not in kept | self.moved and any(
                    seen >= edits for seen in deletions):
                wrong.append("%s is back" % point)
            for edit in edits - excused:
                if count and edit not in places:
                    wrong.append("%s, a rewording of %s, is lost" % (edit, point))
        return wrong
