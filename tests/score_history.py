#!/usr/bin/env python3
"""Scores `atelier audit` on simulated histories whose truth is known: words, points,
events and who deleted, over seeds, presets and kinds of text; the least and the middle.

usage: score_history.py [PROGRAM [SHARED [SEEDS [EDITS]]]]
SHARED: the folder of data beside the project, of which what is absent is said.
SEEDS: how many, or from-to; each takes the next kind of text. WORST=1 prints the
words that were credited to somebody else, HISTORIES=dir keeps the histories there."""
import collections
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/atelier")
SHARED = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "../shared")
SEEDS = sys.argv[3] if len(sys.argv) > 3 else "8"
EDITS = sys.argv[4] if len(sys.argv) > 4 else "400"
GOALS = {  # per cent, at least
    "calm": {"words author": 99, "words commit": 98.5},
    "clean": {"words author": 98, "words commit": 97, "points author": 98, "points commit": 96},
    "hard": {"words author": 95, "words commit": 92, "points author": 95},
}
EVERY = {"independent": 92, "copied": 92, "deleter": 98, "moved": 90, "split": 90, "joined": 90,
         "restored": 90, "deleted": 90, "copied events": 90, "reworded": 90, "all events": 90}


# --- texts ---------------------------------------------------------------------

def merges(*repositories):
    """Lines of real notes, by the repositories that they come from."""
    lines = []
    with open(f"{SHARED}/corpus/merges/index.tsv", encoding="utf-8") as index:
        for row in index:
            cells = row.split("\t")
            if cells[1] in repositories:
                for path in glob.glob(f"{SHARED}/corpus/merges/{cells[0]}/base.*"):
                    with open(path, encoding="utf-8", errors="replace") as file:
                        lines += file.read().splitlines()
    return lines


def column(name, *cells):
    with open(f"{SHARED}/corpus/duplicates/{name}", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [row[cell] for row in rows[1:] for cell in cells]


def seed_note():
    path = glob.glob(f"{SHARED}/seed/*.txt")[0]
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def repeating():
    """A list that says the same of many things."""
    whom = "l'école,la mairie,le centre social,le jardin,la bibliothèque,le fablab,le marché,la gare".split(",")
    what = "voir avec,demander à,relancer,inviter,remercier,prévenir,écrire à,rappeler".split(",")
    why = "pour la salle,pour le budget,pour les clés,avant lundi,avant la fête,pour le repas,pour le prêt".split(",")
    return [f"{a} {b} {c}" for a in what for b in whom for c in why]


def short():
    """Points of four to six words."""
    rng = random.Random(5)
    lines = [line.split() for line in column("rua-points.tsv", 3) + column("stsb-fr-dev.tsv", 2)]
    return sorted({" ".join(words[:rng.randint(4, 6)]) for words in lines if len(words) >= 4})


TEXTS = {
    "the seed note": seed_note,
    "minutes": lambda: merges("w3ctag/meetings", "nodejs/community-committee", "rust-lang/lang-team"),
    "proposals": lambda: column("rua-points.tsv", 3) + column("perturb-fr.tsv", 2),
    "links": lambda: merges("datasciencemasters/go", "AcademySoftwareFoundation/tac"),
    "sentences": lambda: column("stsb-fr-dev.tsv", 2, 3),
    "a handbook": lambda: merges("18F/handbook")[:4000],
    "short points": short,
    "a list that repeats": repeating,
    "tables": lambda: [line for line in merges("open-telemetry/community", "opencontainers/tob",
                                               "rust-lang/rust-project-goals") if line.lstrip().startswith("|")],
    "goals": lambda: merges("rust-lang/rust-project-goals", "jupyter/governance", "carpentries/handbook"),
}


# --- one history ---------------------------------------------------------------

def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def make(folder, seed, preset, text):
    if os.path.isdir(folder):
        return
    path = folder + ".txt"
    with open(path, "w", encoding="utf-8") as file:
        # A heading in a list is no point.
        lines = (line for line in dict.fromkeys(text) if not line.lstrip("-*+ \t").startswith("#"))
        file.write("\n".join(lines) + "\n")
    subprocess.run([sys.executable, f"{SHARED}/tools/sim_history.py", "make", folder, "--seed", str(seed), "--edits", EDITS,
                    "--text", path, "--preset", preset], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["git", "clone", "-q", f"{folder}/repo", f"{folder}/tree"], check=True)


def audit(folder):
    if os.path.exists(f"{folder}/tree/.git/atelier/trace"):
        os.unlink(f"{folder}/tree/.git/atelier/trace")
    out = subprocess.run([PROGRAM, "-C", f"{folder}/tree", "audit", "--json", "--tokens", "--deleted", "--events"],
                         check=True, capture_output=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


MARK = re.compile(r"[-*+]|\d+[.)]|\[[ xX]?\]?|\]|#+")  # before a point's own words


def per_cent(good, whole):
    return 100 * good / whole if whole else None


def score_words(folder, points, people, found):
    """Words in the order of each point, as the truth has them line by line."""
    truth = collections.defaultdict(list)
    starts = {(path, int(line)): pid for pid, path, line, *_ in rows_of(f"{folder}/truth/points.tsv")}
    at = None
    for path, line, _, word, author, commit, _, pid, flags in rows_of(f"{folder}/truth/tokens.tsv"):
        at = (path, int(line)) if starts.get((path, int(line))) == pid else at
        truth[at].append((word, int(author), commit, flags))
    said = {(p["file"], p["line"]): p["tokens"] for p in points if "deleted_by" not in p}
    count = collections.Counter()
    for place, words in truth.items():
        told, at = said.get(place, []), 0
        for word, author, commit, flags in words:
            # What begins a point as "1." or "[x]" does is a mark, and no word.
            mine = told[at] if at < len(told) and told[at][0] == word else ["", "", ""]
            if at == 0 and not mine[0] and MARK.fullmatch(word):
                continue
            at += mine[0] == word
            author_right = people.get((mine[1] or "").lower()) == author
            kinds = ["words"] + [k for k in ("copy", "independent") if k in flags.split(",")]
            for kind in kinds:
                count[kind, "all"] += 1
                count[kind, "author"] += author_right
                count[kind, "commit"] += mine[2] == commit
            if not author_right and os.environ.get("WORST"):
                print(f"  {folder} {place[0]}:{place[1]} {word!r} is {author} {commit[:9]}, not {mine[1]} "
                      f"{(mine[2] or '')[:9]} [{flags}]")
    found["words author"] = per_cent(count["words", "author"], count["words", "all"])
    found["words commit"] = per_cent(count["words", "commit"], count["words", "all"])
    for kind, name in (("copy", "copied"), ("independent", "independent")):
        found[name] = per_cent(count[kind, "author"], count[kind, "all"])


def without_marks(text):
    words = text.split()
    while words and MARK.fullmatch(words[0]):
        words.pop(0)
    return " ".join(words)


def score_points(folder, points, people, found):
    said = {(p["file"], p["line"]): p["written_by"] or {} for p in points if "deleted_by" not in p}
    rows = rows_of(f"{folder}/truth/points.tsv")
    author = commit = 0
    for _, path, line, who, origin, joined, *_ in rows:
        told = said.get((path, int(line)), {})
        right = {int(who)} | ({int(x) for x in joined.split(",")} if joined != "-" else set())
        author += people.get((told.get("email") or "").lower()) in right
        commit += told.get("commit") == origin
    found["points author"], found["points commit"] = per_cent(author, len(rows)), per_cent(commit, len(rows))


def score_deleters(folder, points, people, totals, found):
    """Whoever deleted each point that is gone: by its last text."""
    told = collections.defaultdict(list)
    for point in points:
        if "deleted_by" in point:
            told[without_marks(point["text"])].append(people.get((point["deleted_by"] or {}).get("email", "").lower()))
    # A point that two deleted, neither knowing of the other, has two; one that others went
    # on with, and that became part of another, has none.
    last = {pid: row[3] for row in rows_of(f"{folder}/truth/events.tsv") for pid in row[4].split(",")}
    dead = collections.defaultdict(set)
    for pid, _, deleter, _, text in rows_of(f"{folder}/truth/dead.tsv"):
        if last[pid] == "delete":
            dead[pid, without_marks(text)].add(int(deleter))
    right = 0
    for (pid, text), deleters in dead.items():
        right += bool(deleters & set(told[text]))
        if not deleters & set(told[text]) and os.environ.get("WORST"):
            print(f"  {folder} {pid} deleted by {deleters}, not {told[text]}: {text}")
    found["deleter"] = per_cent(right, len(dead))
    totals["deleter"][0] += 2 * right
    totals["deleter"][1] += 2 * len(dead)


EVENTS = {"move": "moved", "movesec": "moved", "movefile": "moved", "movesec+reword": "moved", "movefile+reword": "moved",
          "split": "split", "join": "joined", "readd": "restored", "delete": "deleted", "copy": "copied events",
          "reword": "reworded", "reword-in-merge": "reworded", "typo": "reworded", "rewrite": "reworded"}
TOLD = {"move": "moved", "split": "split", "take-in": "joined", "restore": "restored", "delete": "deleted",
        "copy": "copied events", "reword": "reworded"}


def score_events(folder, points, found):
    """What happened to the points that stand or were deleted: of which kind, when, to which."""
    place = {row[0]: (row[1], int(row[2])) for row in rows_of(f"{folder}/truth/points.tsv")}
    place.update({row[0]: without_marks(row[4]) for row in rows_of(f"{folder}/truth/dead.tsv")})
    truth, told, rows = set(), set(), rows_of(f"{folder}/truth/events.tsv")
    # What somebody did to a point in the very save that brought it in or took it away, nobody can see.
    new = {(row[1], row[4].split(",")[-1]) for row in rows if row[3] in ("add", "copy", "independent", "split", "readd")}
    gone = {(row[1], row[4]) for row in rows if row[3] == "delete"}
    for _, commit, _, event, pids, *_ in rows:
        subject = pids.split(",")[-1 if event in ("split", "copy") else 0]
        if event not in ("split", "copy", "readd") and (commit, subject) in new:
            continue
        if event != "delete" and (commit, subject) in gone:
            continue
        if subject in place and event in EVENTS:
            truth.add((EVENTS[event], commit, place[subject]))
            if event.endswith("+reword"):
                truth.add(("reworded", commit, place[subject]))
    for point in points:
        at = without_marks(point["text"]) if "deleted_by" in point else (point["file"], point["line"])
        for event in point["events"]:
            if event["event"] in TOLD:
                told.add((TOLD[event["event"]], event["commit"], at))
    known = set(place.values())
    told = {event for event in told if event[2] in known}
    return truth, told


def f1(truth, told):
    return per_cent(2 * len(truth & told), len(truth) + len(told))


def measure(folder, totals):
    people = {}
    for number, *names in rows_of(f"{folder}/truth/people.tsv"):
        people.update({name.split("<")[1].rstrip(">").lower(): int(number) for name in names[1:]})
    points, found = audit(folder), {}
    score_words(folder, points, people, found)
    score_points(folder, points, people, found)
    score_deleters(folder, points, people, totals, found)
    truth, told = score_events(folder, points, found)
    for kind in sorted(set(TOLD.values())):
        ours = [{e for e in events if e[0] == kind} for events in (truth, told)]
        totals[kind][0] += 2 * len(ours[0] & ours[1])
        totals[kind][1] += len(ours[0]) + len(ours[1])
    found["all events"] = f1(truth, told)
    return found


def main():
    if not os.path.exists(f"{SHARED}/tools/sim_history.py"):
        sys.exit(f"skipped: no simulator in {SHARED}/tools")
    first, last = map(int, SEEDS.split("-")) if "-" in SEEDS else (1, int(SEEDS))
    texts = {}
    for name, lines in TEXTS.items():
        try:
            texts[name] = lines()
        except (OSError, IndexError):
            print(f"skipped: {name}, the data is not in {SHARED}")
    keep = os.environ.get("HISTORIES")
    with tempfile.TemporaryDirectory() as temporary:
        for preset in GOALS:
            all_found, totals = collections.defaultdict(list), collections.defaultdict(lambda: [0, 0])
            for seed in range(first, last + 1):
                name = list(texts)[seed % len(texts)]
                folder = os.path.join(keep or temporary, f"{preset}-{seed}-{EDITS}")
                make(folder, seed, preset, texts[name])
                found = measure(folder, totals)
                print(f"{preset} {seed} {name}\t" + "  ".join(f"{k} {v:.1f}" for k, v in found.items() if v is not None), flush=True)
                for what, value in found.items():
                    if value is not None:
                        all_found[what].append((value, f"{seed} {name}"))
            for what, values in all_found.items():
                goal = {**EVERY, **GOALS[preset]}.get(what)
                middle = sorted(values)[len(values) // 2][0]
                print(f"{preset}: {what}\tleast {min(values)[0]:.2f} ({min(values)[1]}), middle {middle:.2f}"
                      + (f" (>= {goal})" if goal else ""))
            for kind, (both, whole) in sorted(totals.items()):
                goal = EVERY.get(kind, 90)
                print(f"{preset}: {kind}\tof all together {per_cent(both, whole) if whole else 100:.1f} (>= {goal})")


if __name__ == "__main__":
    main()
