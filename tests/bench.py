#!/usr/bin/env python3
"""Times whole processes in pairs, ours and git's on the same files, and prints the median.

usage: bench.py ATELIER-MERGE SCENARIOS [COUNT]
SCENARIOS: a folder of folders that hold base.EXT, ours.EXT and theirs.EXT each.
"""
import os, statistics, subprocess, sys, time


def pick(folder, stem):
    return next((os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.split(".")[0] == stem), None)


def run(argv):
    begin = time.perf_counter()
    subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main():
    program, scenarios = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 150
    folders = sorted(os.path.join(scenarios, d) for d in os.listdir(scenarios) if os.path.isdir(os.path.join(scenarios, d)))
    triples = [t for t in ([pick(f, s) for s in ("base", "ours", "theirs")] for f in folders) if all(t)]
    step = max(1, len(triples) // count)
    ours, git, ratios = [], [], []
    for number, (base, left, right) in enumerate(triples[::step]):
        # Who goes first alternates, so that warm caches favour nobody.
        commands = [[program, "merge-file", "-p", base, left, right], ["git", "merge-file", "-p", left, base, right]]
        times = [0.0, 0.0]
        for which in (0, 1) if number % 2 else (1, 0):
            times[which] = min(run(commands[which]) for _ in range(3))
        ours.append(times[0])
        git.append(times[1])
        ratios.append(times[0] / times[1])
    print(f"{'merge-file, whole process, ' + str(len(ours)) + ' notes, median':<58} {1e3 * statistics.median(ours):9.2f} ms")
    print(f"{'git merge-file on the same notes, median':<58} {1e3 * statistics.median(git):9.2f} ms")
    print(f"{'ours / git, median of the pairs':<58} {statistics.median(ratios):9.2f}")


main()
