#!/usr/bin/env python3
"""Times merges of the same files by us and by others, and prints the medians.

usage: bench.py ATELIER-MERGE SCENARIOS [COUNT]
SCENARIOS: a folder of folders that hold base.EXT, ours.EXT and theirs.EXT each.
Whole processes: ours, git merge-file, diff3. node-diff3 is timed inside its
process, which takes longer to start than any merge; it is read from NODE_MODULES.
"""
import os, shutil, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))


def pick(folder, stem):
    return next((os.path.join(folder, n) for n in sorted(os.listdir(folder)) if n.split(".")[0] == stem), None)


def run(argv):
    begin = time.perf_counter()
    subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def show(what, seconds):
    print(f"{what:<58} {1e3 * seconds:9.2f} ms")


def node_times(modules, triples):
    script = os.path.join(HERE, "bench_node_diff3.cjs")
    times = []
    for base, left, right in triples:
        told = subprocess.run(["node", script, modules, base, left, right], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True).stdout
        if told.strip():
            times.append(float(told) / 1e3)
    return times


def main():
    program, scenarios = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 150
    folders = sorted(os.path.join(scenarios, d) for d in os.listdir(scenarios) if os.path.isdir(os.path.join(scenarios, d)))
    triples = [t for t in ([pick(f, s) for s in ("base", "ours", "theirs")] for f in folders) if all(t)]
    triples = triples[:: max(1, len(triples) // count)]
    others = ["git merge-file"] + ["diff3"] * bool(shutil.which("diff3"))
    times = {name: [] for name in ["ours"] + others}
    for number, (base, left, right) in enumerate(triples):
        commands = {
            "ours": [program, "merge-file", "-p", base, left, right],
            "git merge-file": ["git", "merge-file", "-p", left, base, right],
            "diff3": ["diff3", "-m", left, base, right],
        }
        # Who goes first alternates, so that warm caches favour nobody.
        for name in list(times)[:: 1 if number % 2 else -1]:
            times[name].append(min(run(commands[name]) for _ in range(3)))
    show(f"merge-file, whole process, {len(triples)} notes, median", statistics.median(times["ours"]))
    for name in others:
        show(f"{name} on the same notes, median", statistics.median(times[name]))
    ratio = statistics.median(a / b for a, b in zip(times["ours"], times["git merge-file"]))
    print(f"{'ours / git, median of the pairs':<58} {ratio:9.2f}")
    modules = os.environ.get("NODE_MODULES", "")
    inside = node_times(os.path.abspath(modules), triples[::10]) if modules and shutil.which("node") else []
    if inside:
        show(f"node-diff3 in its process, {len(inside)} notes, median", statistics.median(inside))
    else:
        print("node-diff3 is left out: npm or node is not there")


main()
