#!/usr/bin/env python3
"""The synthesis of many workshops: the first time, and again.

usage: bench_synthesis.py PROGRAM [WORKSHOPS POINTS]
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def timed(program, folder, *arguments):
    start = time.monotonic()
    output = subprocess.run([program, "-C", folder, "synthesis", *arguments], check=True, capture_output=True).stdout
    return time.monotonic() - start, len(output)


def main(program, workshops="200", points="200"):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, os.path.join(HERE, "many_workshops.py"), folder, workshops, points], check=True)
        first, size = timed(program, folder, "--format", "html")
        again = {name: timed(program, folder, "--format", name)[0] for name in ("html", "md", "json")}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print("synthesis of %s workshops of %s points: page of %.0f MB %.2f s the first time, again %.2f s, md %.2f s, json %.2f s; %.0f MB"
          % (workshops, points, size / 1e6, first, again["html"], again["md"], again["json"], peak))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
