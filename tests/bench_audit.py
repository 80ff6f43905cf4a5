#!/usr/bin/env python3
"""Who wrote what in two whole repositories: first time, again, after one more
commit, next to `git blame -w -M -C` of the same files.

usage: bench_audit.py PROGRAM [ARGUMENT…]
The program is run in a work tree, as `atelier audit`. Nothing is fetched.
"""
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

WORDS = """le la les un des atelier groupe commun partage outil idée question temps lieu
personne projet note point liste lien budget ville école accès libre données carte
réseau besoin exemple suite retour essai règle charte accord vote avis place rôle""".split()


def sentence(rng):
    return " ".join(rng.choice(WORDS) + str(rng.randrange(300)) * (rng.random() < 0.4)
                    for _ in range(rng.randint(5, 16)))


def edit(rng, lines):
    """One person's change of a note: a point added, reworded, moved or deleted."""
    at = rng.randrange(2, len(lines))
    kind = rng.random()
    if kind < 0.5 or len(lines) < 10:
        lines.insert(at, "- " + sentence(rng))
    elif kind < 0.8:
        words = lines[at].split()
        words[rng.randrange(1, len(words))] = rng.choice(WORDS)
        lines[at] = " ".join(words)
    elif kind < 0.9:
        lines.insert(rng.randrange(2, len(lines)), lines.pop(at))
    else:
        del lines[at]


def build(folder, commits, files, lines, seed):
    """A repository of `files` notes that begin with `lines` lines each."""
    rng = random.Random(seed)
    paths = ["ateliers/%03d.md" % i for i in range(files)]
    changes = [paths] + [sorted(rng.sample(paths, min(files, rng.choice([1, 1, 1, 2])))) for _ in range(1, commits)]
    marks = {}
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE) as git:
        # All versions of one note in a row: git then packs them as small differences.
        for path in paths:
            note = ["# " + path, ""] + ["- " + sentence(rng) for _ in range(lines)]
            for number, changed in enumerate(changes):
                if path not in changed:
                    continue
                if number:
                    edit(rng, note)
                marks[number, path] = len(marks) + 1
                text = ("\n".join(note) + "\n").encode()
                git.stdin.write(b"blob\nmark :%d\ndata %d\n%s\n" % (len(marks), len(text), text))
        for number, changed in enumerate(changes):
            who = "p%d <p%d@example.org> %d +0000" % (number % 8, number % 8, 1700000000 + 60 * number)
            record = "commit refs/heads/main\nauthor %s\ncommitter %s\ndata 4\nnote\n" % (who, who)
            record += "".join("M 100644 :%d %s\n" % (marks[number, path], path) for path in changed)
            git.stdin.write(record.encode())
        git.stdin.close()
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)
    return paths


def timed(command, folder):
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def bench(program, name, commits, files, lines):
    with tempfile.TemporaryDirectory() as folder:
        paths = build(folder, commits, files, lines, 1)
        cold = timed(program, folder)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        again = min(timed(program, folder) for _ in range(5))
        with open(os.path.join(folder, paths[0]), "a", encoding="utf-8") as note:
            note.write("- one more point that somebody adds\n")
        subprocess.run(["git", "-c", "user.name=p1", "-c", "user.email=p1@example.org",
                        "commit", "-qam", "note"], cwd=folder, check=True)
        more = timed(program, folder)
        # Every tenth file stands for ten: blame takes as long for each.
        some = paths[::10] if files > 20 else paths
        blame = sum(timed(["git", "blame", "-w", "-M", "-C", "HEAD", "--", path], folder) for path in some)
        blame *= len(paths) / len(some)
        print("audit, %s: %.2f s first (git blame %.1f s, 1/%.0f), %.0f ms again, "
              "%.0f ms after one more commit; at most %d MB"
              % (name, cold, blame, blame / cold, 1000 * again, 1000 * more, peak), flush=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = [os.path.abspath(sys.argv[1])] + (sys.argv[2:] or ["audit"])
    bench(program, "700 commits, 400 files", 700, 400, 60)
    bench(program, "7000 commits, 3 long lists", 7000, 3, 1000)


if __name__ == "__main__":
    main()
