#!/usr/bin/env python3
"""
Copies that watch: how long a save takes into the others' files, and that none is lost.

usage: watch.py COPIES SAVES
Each copy runs `watch` beside the same shared folder on this machine; one after
the other, points are saved in turn. Prints the median, the 95th percentile and the
slowest time, in seconds.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time

from proof import ATELIER, Failed, check_same, check_sound, person, read, start, sync_all

NOTE = "w/01-discussion.md"
LONGEST = 60  # seconds without a word from any of the watches


class Watched:
    """
    Copies, each with a watch of its own, until the block ends. Every watch tells by a
    line when something came in, so nothing here waits by the clock.
    """

    def __init__(self, folder, copies):
        names = ["p%d" % number for number in range(copies)]
        text = "# Discussion\n\n" + "".join("- started by %s\n" % name for name in names)
        self.clones = start(folder, names, {NOTE: text})
        self.watches = {}
        self.tokens = []
        self.times = []

    def __enter__(self):
        for clone in self.clones:
            self.watches[clone] = subprocess.Popen(
                [ATELIER, "-C", clone, "--json", "watch"], stdout=subprocess.PIPE,
                env=person(os.path.basename(clone)))
            self.watches[clone].stdout.readline()  # it has looked once: from here on it watches
        return self

    def __exit__(self, *failure):
        for watch in self.watches.values():
            watch.send_signal(signal.SIGTERM)
        statuses = [watch.wait() for watch in self.watches.values()]
        for watch in self.watches.values():
            watch.stdout.close()
        if not failure[0] and any(statuses):
            raise Failed("watches ended with %s" % statuses)

    def save(self, writers):
        """These people save a point each at once, and everybody waits for all of them."""
        waiting = set()
        for writer in writers:
            token = "token %d of %s" % (len(self.tokens), os.path.basename(writer))
            with open(os.path.join(writer, NOTE), "a", encoding="utf-8") as file:
                file.write("- %s\n" % token)
            self.tokens.append(token)
            waiting |= {(clone, token) for clone in self.clones if clone != writer}
        saved = time.monotonic()
        while True:
            texts = {clone: read(os.path.join(clone, NOTE)) for clone, _ in waiting}
            come = {(clone, token) for clone, token in waiting if token in texts[clone]}
            self.times += [time.monotonic() - saved] * len(come)
            waiting -= come
            if not waiting:
                return
            self.listen(waiting)

    def listen(self, waiting):
        pipes = [watch.stdout for watch in self.watches.values()]
        ready = select.select(pipes, [], [], LONGEST)[0]
        if not ready:
            raise Failed("did not come within %d s: %s" % (LONGEST, sorted(waiting)))
        for pipe in ready:
            line = pipe.readline()
            if not line:
                raise Failed("a watch has ended")
            json.loads(line)

    def figures(self):
        """The 95th percentile, and a line that tells all."""
        times = sorted(self.times)
        late = times[int(len(times) * 0.95)]
        return late, "%d copies, %d saves: median %.2f s, p95 %.2f s, slowest %.2f s, none lost" % (
            len(self.clones), len(self.tokens), times[len(times) // 2], late, times[-1])


def check_all_there(watched):
    """Once the watches have ended: each token once in each copy, and all of them the same."""
    sync_all(watched.clones)
    check_same(watched.clones)
    check_sound(watched.clones[0])
    text = read(os.path.join(watched.clones[0], NOTE))
    for token in watched.tokens:
        if text.count("- %s\n" % token) != 1:
            raise Failed("%s stands %d times" % (token, text.count("- %s\n" % token)))


def main():
    copies, saves = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        watched = Watched(folder, copies)
        with watched:
            for turn in range(saves):
                watched.save([watched.clones[turn % copies]])
        check_all_there(watched)
        print("watch: %s" % watched.figures()[1])


if __name__ == "__main__":
    main()
