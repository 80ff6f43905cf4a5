#!/usr/bin/env python3
"""Copies that watch: how long a save takes into the others' files, and that none is lost.

usage: watch.py ATELIER COPIES SAVES
Each copy runs `watch` beside the same shared folder on this machine; one after
the other, points are saved in turn. Every watch tells by a line when something
came in, so nothing here waits by the clock. Prints the median, the 95th
percentile and the slowest time, in seconds.
"""
import json, os, select, signal, subprocess, sys, tempfile, time

LONGEST = 60


def main():
    program, copies, saves = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "hub.git"], check=True)
        names = [f"p{i}" for i in range(copies)]
        note = "w/01.md"
        first = [program, "-C", names[0], "--as", "p0 <p0@example.org>"]
        subprocess.run([program, "-q", "init", names[0], "--remote", f"{folder}/hub.git"], check=True, stdout=subprocess.DEVNULL)
        os.mkdir(f"{names[0]}/w")
        with open(f"{names[0]}/{note}", "w") as file:
            file.write("# Discussion\n\n" + "".join(f"- started by {name}\n" for name in names))
        subprocess.run(first + ["sync"], check=True, stdout=subprocess.DEVNULL)
        for name in names[1:]:
            subprocess.run([program, "-q", "join", "hub.git", name], check=True, stdout=subprocess.DEVNULL)
        watches = {}
        try:
            for name in names:
                watches[name] = subprocess.Popen([program, "-C", name, "--json", "--as", f"{name} <{name}@example.org>", "watch"], stdout=subprocess.PIPE)
                watches[name].stdout.readline()  # it has looked once: from here on it watches
            times = measure(names, watches, note, saves)
        finally:
            for watch in watches.values():
                watch.send_signal(signal.SIGTERM)
            codes = [watch.wait() for watch in watches.values()]
        assert codes == [0] * copies, codes
        times.sort()
        print(f"watch: {copies} copies, {saves} saves: median {times[len(times) // 2]:.2f} s, "
              f"p95 {times[int(len(times) * 0.95)]:.2f} s, slowest {times[-1]:.2f} s, none lost")


def measure(names, watches, note, saves):
    times = []
    for i in range(saves):
        writer, token = names[i % len(names)], f"token {i}x"
        with open(f"{writer}/{note}", "a") as file:
            file.write(f"- {token}\n")
        start, waiting = time.monotonic(), set(names) - {writer}
        while waiting:
            for name in sorted(waiting):
                if token in open(f"{name}/{note}").read():
                    times.append(time.monotonic() - start)
                    waiting.discard(name)
            if not waiting:
                break
            pipes = [watch.stdout for watch in watches.values()]
            ready = select.select(pipes, [], [], LONGEST)[0]
            assert ready, f"{token} did not reach {sorted(waiting)} in {LONGEST} s"
            for pipe in ready:
                assert json.loads(pipe.readline())["v"] == 1
    for name in names:
        text = open(f"{name}/{note}").read()
        for i in range(saves):
            assert text.count(f"token {i}x") == 1, (name, i)
    return times


main()
