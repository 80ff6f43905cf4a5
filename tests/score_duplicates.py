#!/usr/bin/env python3
"""Scores `atelier similarity` on labelled pairs (columns as in the header rows).
usage: score_duplicates.py [PROGRAM [FOLDER]]; says so where the data is absent."""
import collections
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "build/atelier"
FOLDER = sys.argv[2] if len(sys.argv) > 2 else "../shared/corpus/duplicates"
SAME = {"same-words", "identical"}
NEAR = SAME | {"near"}
PART = NEAR | {"part-of", "contradicts"}


def rows_of(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return rows[1:]


def similarity(path):
    out = subprocess.run([PROGRAM, "similarity", path], check=True, capture_output=True, text=True)
    return [(float(score), level) for score, level in (line.split("\t") for line in out.stdout.splitlines())]


def area(scored):
    """Area under the ROC curve of (score, is positive), ties counted half."""
    ranked, ranks, at = sorted(scored), 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(positive for _, positive in ranked[at:end])
        at = end
    positives = sum(positive for _, positive in ranked)
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(ranked) - positives))


def benchmark(language):
    name = f"stsb-{language}-dev.tsv"
    found = zip(similarity(os.path.join(FOLDER, name)), rows_of(name))
    scored = [(got[0], float(row[4]) >= 4) for got, row in found if not 3 <= float(row[4]) < 4]
    goal = {"fr": ".95", "en": ".955"}[language]
    plain = [(trigram_similarity(row[2], row[3]), float(row[4]) >= 4)
             for row in rows_of(name) if not 3 <= float(row[4]) < 4]
    print(f"STS-B {language} dev AUC\t{area(scored):.4f} (>= {goal}; trigram similarity {area(plain):.4f})")


def collection():
    points = [row for row in rows_of("rua-points.tsv") if row[2] != "?"]
    pairs = [(a, b) for i, b in enumerate(points) for a in points[:i]]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as table:
        table.write("lang\ttext_a\ttext_b\n")
        table.writelines(f"fr\t{a[3]}\t{b[3]}\n" for a, b in pairs)
        table.flush()
        got = similarity(table.name)
    same = [a[2] == b[2] != "-" for a, b in pairs]
    ranked = sorted(zip((score for score, _ in got), same), key=lambda pair: -pair[0])
    hits, precisions, at_recall = 0, 0.0, None
    for rank, (_, positive) in enumerate(ranked, 1):
        hits += positive
        precisions += positive * hits / rank
        if at_recall is None and hits >= 0.39 * sum(same):
            at_recall = hits / rank
    decidim = [trigram_similarity(a[3], b[3]) >= 0.25 for a, b in pairs]
    hits = sum(one and two for one, two in zip(decidim, same))
    print(f"RUA average precision\t{precisions / sum(same):.3f} (>= .30)")
    print(f"RUA precision at recall .39\t{at_recall:.3f} (>= twice that of the next line)")
    print(f"RUA trigram similarity 0.25\tprecision {hits / sum(decidim):.3f} recall {hits / sum(same):.3f}")


def trigrams(text):
    """As PostgreSQL's pg_trgm takes them, which Decidim asks for 0.25."""
    grams = set()
    for word in re.findall(r"\w+", text.lower()):
        padded = f"  {word} "
        grams.update(padded[at:at + 3] for at in range(len(padded) - 2))
    return grams


def trigram_similarity(a, b):
    one, other = trigrams(a), trigrams(b)
    return len(one & other) / len(one | other) if one | other else 0.0


GOALS = {  # kind of change: (levels that count as found, per cent wanted at least)
    "dress": (SAME, 100), "accents": (SAME, 100), "reorder": (SAME, 100),
    "typo": (NEAR, 98), "prefix": (NEAR, 98), "mixed": (NEAR, 98),
    "extend": (PART, 98), "drop": (PART, 98),
}
NEVER = {"other": 0.1, "number": 0, "negation": 0}  # per cent at near or above, at most


def changes(name):
    levels = collections.defaultdict(collections.Counter)
    for got, row in zip(similarity(os.path.join(FOLDER, name)), rows_of(name)):
        levels[row[5].removeprefix("perturb:")][got[1]] += 1
    for kind, counts in sorted(levels.items()):
        whole = sum(counts.values())
        wanted, least = GOALS.get(kind, (NEAR, 0))
        found = 100 * sum(counts[level] for level in wanted) / whole
        goal = f"<= {NEVER[kind]} %" if kind in NEVER else f">= {least} %"
        print(f"{name} {kind}\t{found:.2f} % ({goal})\t{dict(counts)}")


if not os.path.isdir(FOLDER):
    sys.exit("skipped: no labelled pairs in " + FOLDER)
for each in ("fr", "en"):
    benchmark(each)
collection()
for each in ("perturb-fr.tsv", "perturb-en.tsv"):
    changes(each)
