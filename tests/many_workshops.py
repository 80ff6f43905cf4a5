#!/usr/bin/env python3
"""Makes a repository of many workshops by several people, always the same one.

usage: many_workshops.py FOLDER WORKSHOPS POINTS
Some points are said again in another workshop, some discussion points nearly
repeat a synthesis, some were reworded by a second person.
"""
import random
import subprocess
import sys

SYLLABLES = """ba be bi bo bou cha che chi cou da de di dou fa fe fi fou ga go ja jo la le li lou ma me mi mou na ne ni
nou pa pe pi pou ra re ri rou sa se si sou ta te ti tou va ve vi voi za""".split()
LITTLE = "le la un de pour avec sans sur et où chaque par dans entre".split()
PEOPLE = ["Anne Roux", "Bruno Le Gall", "Claire Dubois", "Driss Amrani", "Élise Martin", "Fatou Ndiaye",
          "Gaël Morvan", "Hélène Petit", "Inès Garcia", "Jo Tanguy", "Karim Haddad", "Lou Bernard"]
SECTIONS = [("01-questions.md", "Questions", 0.1), ("02-synthese.md", "Synthèse", 0.3),
            ("03-discussion.md", "Discussion", 0.45), ("04-idees.md", "Idées à creuser", 0.15)]


def word(rng):
    """One of some eight thousand, few of them often, as in any language."""
    rank = int(8000 ** rng.random())
    letters = random.Random(rank)
    return "".join(letters.choice(SYLLABLES) for _ in range(letters.choice([2, 2, 3, 3, 4])))


def sentence(rng):
    words = []
    for _ in range(rng.randint(5, 14)):
        words += [rng.choice(LITTLE)] * (rng.random() < 0.5) + [word(rng)]
        words += [str(rng.randrange(900))] * (rng.random() < 0.03)
    if rng.random() < 0.04:
        words[0] = "**" + words[0] + "**"
    if rng.random() < 0.03:
        words.append("[voir](https://example.org/%d)" % rng.randrange(9999))
    return " ".join(words)


def points_of(rng, count, title, said):
    for _ in range(count):
        draw, text = rng.random(), sentence(rng)
        if said and draw < 0.05:
            text = rng.choice(said)
        elif said and draw < 0.12 and title == "Discussion":
            text = rng.choice(said).replace(" et ", " ainsi que ", 1)
        elif draw < 0.2 and title == "Discussion":
            text = rng.choice(PEOPLE) + " : " + text
        said.append(text)
        yield "- " + text


def reworded(rng, lines):
    """What a second person makes of the notes."""
    for line in lines:
        words = line.split()
        if rng.random() < 0.1 and len(words) > 5:
            words[rng.randrange(3, len(words))] = word(rng)
        yield " ".join(words)


def main(folder, workshops, points):
    rng = random.Random(8)
    said, first, second = [], [], []
    for number in range(workshops):
        name = "atelier-%03d" % number
        about = "title: Atelier %d\npeople:\n  - {heading: Participants, role: participant, names: [%s]}\n" % (
            number + 1, ", ".join(rng.sample(PEOPLE, 4)))
        first.append((name + "/workshop.yml", about, number))
        for file, title, share in SECTIONS:
            lines = list(points_of(rng, round(points * share), title, said))
            first.append((name + "/" + file, "# %s\n\n%s\n" % (title, "\n".join(lines)), number))
            second.append((name + "/" + file, "# %s\n\n%s\n" % (title, "\n".join(reworded(rng, lines))), number))
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE) as git:
        time = 1700000000
        for files, shift in ((first, 0), (second, 5)):
            for writer in range(len(PEOPLE)):
                mine = [f for f in files if (f[2] + shift) % len(PEOPLE) == writer]
                time += 60
                who = "%s <%s@example.org> %d +0000" % (PEOPLE[writer], PEOPLE[writer].split()[0].lower().replace("é", "e"), time)
                git.stdin.write(("commit refs/heads/main\nauthor %s\ncommitter %s\ndata 4\nnote\n" % (who, who)).encode())
                for path, text, _ in mine:
                    data = text.encode()
                    git.stdin.write(("M 100644 inline %s\ndata %d\n" % (path, len(data))).encode() + data + b"\n")
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
