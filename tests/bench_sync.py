#!/usr/bin/env python3
"""Times a sync with nothing to do beside `git fetch`, and `add` beside a durable commit.

usage: bench_sync.py ATELIER
Both of a pair run in turn, on the same copy of 20 workshops; medians of ROUNDS.
"""
import os, statistics, subprocess, sys, tempfile, time

ROUNDS = 25
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
PERSON = ["-c", "user.name=Anne", "-c", "user.email=anne@example.org"]


def seconds(argv):
    begin = time.perf_counter()
    subprocess.run(argv, check=True, **QUIET)
    return time.perf_counter() - begin


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "hub.git"], check=True)
        ours = [program, "-C", "copy", "--as", "Anne <anne@example.org>"]
        subprocess.run([program, "init", "copy", "--remote", f"{folder}/hub.git"], check=True, **QUIET)
        for n in range(20):
            os.mkdir(f"copy/w{n}")
            for section in range(4):
                with open(f"copy/w{n}/{section:02}.md", "w") as note:
                    note.write(f"# Section {section}\n\n" + "".join(f"- point {n} {section} {i} that somebody made\n" for i in range(40)))
        subprocess.run(ours + ["sync"], check=True, **QUIET)
        fetch = ["git", "-C", "copy", "fetch", "--quiet", "origin"]
        pairs = [(seconds(ours + ["sync"]), seconds(fetch)) for _ in range(ROUNDS)]
        tell("sync with nothing to do", "git fetch", pairs)
        pairs = []
        for n in range(ROUNDS):
            add = seconds(ours + ["add", f"one more point {n}", "-w", "w0", "-s", "1"])
            with open("copy/w1/00.md", "a") as note:
                note.write(f"- committed {n}\n")
            commit = seconds(["git", "-C", "copy", "-c", "core.fsync=all", *PERSON, "commit", "-qam", "x"])
            pairs.append((add, commit))
        tell("add, durable", "git commit, fsynced", pairs)


def tell(what, peer, pairs):
    ours, theirs = (statistics.median(side) for side in zip(*pairs))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{what}: {1e3 * ours:.1f} ms; {peer} {1e3 * theirs:.1f} ms; ours / git {ratio:.2f}")


main()
