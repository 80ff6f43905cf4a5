#!/usr/bin/env python3
"""Every figure that a machine can measure, with its peers in the same run, as one table.

usage: bench_report.py BUILD [SHARED]
BUILD: the folder of the programs; SHARED: a folder of data beside the project,
of which what is absent is left out, and said. Prints Markdown.
"""
import datetime, glob, os, platform, re, subprocess, sys, tempfile

BUILD = os.path.abspath(sys.argv[1])
SHARED = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else "../shared"
HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(os.path.dirname(os.path.abspath(BUILD + "/x")), "release", "tests")
rows, absent = [], []


def run(*argv, **more):
    return subprocess.run(argv, capture_output=True, text=True, **more).stdout


def row(what, here, elsewhere, wanted):
    rows.append((what, here, elsewhere, wanted))


def found(pattern, text, default="not measured"):
    match = re.search(pattern, text)
    return " ".join(match.group(1).split()) if match else default


def restless(corpus, *command):
    """Of the merges, those that change when the result is merged again with one of its sides."""
    count = 0
    for folder in glob.glob(f"{corpus}/*/"):
        path = {os.path.basename(name).split(".")[0]: name for name in glob.glob(folder + "*.*")}

        def merge(**sides):
            argv = [word.format(**{**path, **sides}) for word in command]
            return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout

        with tempfile.NamedTemporaryFile(suffix=os.path.splitext(path["base"])[1]) as again:
            result = merge()
            again.write(result)
            again.flush()
            count += merge(ours=again.name) != result or merge(theirs=again.name) != result
    return count


def merges():
    tool, corpus = f"{SHARED}/tools/score_merges.py", f"{SHARED}/corpus/merges"
    if not os.path.exists(tool):
        absent.append("real merges")
        return
    commands = ((f"{BUILD}/atelier-merge", "merge-file", "-p", "{base}", "{ours}", "{theirs}"),
                ("git", "merge-file", "-p", "{ours}", "{base}", "{theirs}"),
                ("git", "merge-file", "--union", "-p", "{ours}", "{base}", "{theirs}"))
    ours, git, union = (run("python3", tool, corpus, "--", *command) for command in commands)
    count = found(r"scenarios\s+(\d+)", ours)
    for what, key, wanted in (("files left with a marker", "markers", "0"), ("the people's own bytes", "exact", "≥ 247"),
                              ("the people's own lines", "same_lines", "≥ 291"), ("words lost", "words lost", "≤ 3"),
                              ("words invented", "words invented", "0"), ("words beyond both sides", "words extra", "≤ 1,427, then 1,200"),
                              ("sides swapped give other bytes", "asymmetric", "0")):
        figure = lambda text: found(rf"(?m)^{key}\s+(\d+)", text)
        row(f"{count} real merges: {what}", figure(ours), f"git {figure(git)}, union {figure(union)}", wanted)
    again = [restless(corpus, *command) for command in commands]
    row(f"{count} real merges: merged again, they change", str(again[0]), f"git {again[1]}, union {again[2]}", "0")
    row("wordings left to choose", found(r"variant sets\s+(\d+)", ours), "–", "≤ 48")


def speed():
    text = run("python3", f"{HERE}/bench.py", f"{BUILD}/atelier-merge", (glob.glob(f"{SHARED}/corpus/merges") + [f"{HERE}/../fixtures/merge"])[0])
    row("one merge, whole process, median of pairs", found(r"pairs\s+([\d.]+)", text), "git merge-file 1.0", "≤ 1.0")
    text = run(f"{TESTS}/bench_merge")
    for what, pattern, wanted in (("60 KB note", r"60 KB note.*?([\d.]+ ms)", "≤ 0.5 ms"), ("1 MB, 20,000 points", r"20,000 points, 1 in.*?([\d.]+ ms)", "< 60 ms"),
                                  ("1 MB of equal lines", r"equal lines.*?([\d.]+ ms)", "< 250 ms"), ("20,000 points shuffled by both", r"shuffled.*?([\d.]+ ms)", "< 250 ms")):
        row(f"merge in process, {what}", found(pattern, text), "–", wanted)
    rows = [(float(ms), float(times)) for ms, times in re.findall(r"([\d.]+) ms +([\d.]+) x", text)]
    row(f"merge in process, slowest of {len(rows)} inputs", f"{max(ms for ms, _ in rows)} ms", "–", "< 250 ms")
    row(f"merge in process, most memory of {len(rows)} inputs", f"{max(times for _, times in rows)} × the texts", "–", "< 12 ×")
    text = run(f"{TESTS}/test_moves", env={**os.environ, "CASES": "2000"}) + subprocess.run([f"{TESTS}/test_moves"], capture_output=True, text=True, env={**os.environ, "CASES": "2000"}).stderr
    for where in ("within a file", "across files"):
        row(f"moved by one, edited by another, {where}", found(rf"{where}: (\d+ of \d+)", text), "git: conflict or doubled", "≥ 99 %")


def sync():
    text = run("python3", f"{HERE}/bench_sync.py", f"{BUILD}/atelier")
    row("sync with nothing to do", found(r"(?s)nothing.*?git ([\d.]+)", text), "git fetch 1.0", "≤ 1.5")
    row("add, durable", found(r"(?s)add.*?ours / git ([\d.]+)", text), "git commit, fsynced 1.0", "≤ 3")
    for copies, saves, wanted in (("2", "20", "≤ 3 s"), ("30", "20", "≤ 10 s")):
        text = run("python3", f"{HERE}/watch.py", copies, saves, env={**os.environ, "PROGRAMS": BUILD})
        row(f"{copies} copies that watch: saved here, in the others' file, p95", found(r"p95 ([\d.]+ s)", text), "–", wanted)


def audit():
    text = run("python3", f"{HERE}/bench_audit.py", f"{BUILD}/atelier")
    for line in text.splitlines():
        size = found(r"audit, (.*?):", line)
        part = found(r"1/(\d+)", line)
        row(f"audit of {size}, cold", f"1/{part}", "git blame -w -M -C 1.0", "≤ 1/10")
        row(f"audit of {size}, again", found(r"([\d.]+ ms) again", line), "–", "≤ 50 ms")
    simulate, score = f"{SHARED}/tools/sim_history.py", f"{SHARED}/tools/score_audit.py"
    texts = glob.glob(f"{SHARED}/seed/*.txt")
    if not os.path.exists(simulate) or not texts:
        absent.append("simulated histories")
        return
    for preset, wanted in (("calm", "≥ 99 %"), ("clean", "≥ 98 %"), ("hard", "≥ 95 %")):
        with tempfile.TemporaryDirectory() as folder:
            run("python3", simulate, "make", f"{folder}/h", "--seed", "4242", "--text", texts[0], "--preset", preset)
            text = run("python3", score, f"{folder}/h", "--", f"{BUILD}/atelier", "audit", "--json", "--tokens")
            flags = "-w -M -C -C"
            blame = run("python3", simulate, "blame", f"{folder}/h", f"--flags={flags}")
        ours, theirs = (found(r"tokens \d+: author ([\d.]+%)", out) for out in (text, blame))
        row(f"who wrote each word, {preset} history", ours, f"git blame {flags} {theirs}", wanted)
    text = run("python3", f"{HERE}/score_history.py", f"{BUILD}/atelier", SHARED, "10", "300")
    for preset in ("calm", "clean", "hard"):
        for what, wanted in (("words author", "≥ 99, 98, 95 %"), ("all events", "≥ 90 %"), ("deleter", "≥ 98 %")):
            least, middle = found(rf"{preset}: {what}\tleast ([\d.]+)", text), found(rf"{preset}: {what}\tleast .*middle ([\d.]+)", text)
            row(f"ten kinds of text, {preset}: {what}", f"least {least}, middle {middle}", "–", wanted)


def duplicates():
    text = run(f"{TESTS}/bench_ideas")
    row("duplicates planted in 1,000,000 points: precision, recall", found(r"(precision [\d.]+\s+recall [\d.]+)", text), "trigrams: " + found(r"(?s)trigram.*?(precision [\d.]+\s+recall [\d.]+)", text), "≥ .99, ≥ .97")
    row("… time, memory", found(r"1000000 points: ([\d.]+ s, \d+ MB)", text), "trigrams " + found(r"about (\d+ s) for a million", text), "≤ 10 s, ≤ 600 MB")
    row("… one new point against them", found(r"against them: ([\d.]+ ms)", text), "–", "≤ 5 ms")
    if not os.path.isdir(f"{SHARED}/corpus/duplicates"):
        absent.append("labelled duplicates")
        return
    text = run("python3", f"{HERE}/score_duplicates.py", f"{BUILD}/atelier", f"{SHARED}/corpus/duplicates")
    for lang, wanted in (("fr", "≥ .95"), ("en", "≥ .955")):
        row(f"sentence pairs {lang}, area under the curve", found(rf"STS-B {lang}.*?\t([\d.]+)", text), "trigrams " + found(rf"STS-B {lang}.*similarity ([\d.]+)", text), wanted)
    row("points of other workshops, average precision", found(r"average precision\t([\d.]+)", text), "–", "≥ .30")


def synthesis():
    text = run("python3", f"{HERE}/bench_synthesis.py", f"{BUILD}/atelier")
    row("page of 200 workshops × 200 points, first time", found(r"page of \d+ MB ([\d.]+ s)", text), "–", "< 3 s")


def main():
    for part in (merges, speed, sync, audit, duplicates, synthesis):
        part()
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    print(f"Measured on {datetime.date.today()}: {cpu}, {os.cpu_count()} processors, {run('git', 'version').strip()}.\n")
    print("| | here | elsewhere, same run | goal |\n|---|---|---|---|")
    for cells in rows:
        print("| " + " | ".join(cells) + " |")
    if absent:
        print(f"\nNot measured, the data is not beside the project: {', '.join(absent)}.")


main()
