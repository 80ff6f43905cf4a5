#!/usr/bin/env python3
"""Runs the tours of a README and compares what the commands print with what stands there.

usage: tour.py ATELIER README [--write]
A tour is the run of ```console blocks after <!-- tour LANGUAGE -->, up to <!-- end of tour -->.
It begins in a folder of its own with the samples of fixtures/import; `$` opens a command.
Days, times and ids are the run's own: they are compared by shape. --write puts in what was printed.
"""
import difflib, os, re, shutil, subprocess, sys, tempfile

PROGRAM, README = os.path.abspath(sys.argv[1]), sys.argv[2]
SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "import")
TOUR = re.compile(r"(<!-- tour (\w\w) -->\n)(.*?)(<!-- end of tour -->)", re.S)
BLOCK = re.compile(r"(```console\n)(.*?)(```\n)", re.S)
END = "--end of a command--"


def commands(block):
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def environment(language, home):
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS")}
    with open(os.path.join(home, ".gitconfig"), "w") as config:
        config.write("[user]\n\tname = Anne\n\temail = anne@example.org\n[safe]\n\tdirectory = *\n")
    return {**kept, "PATH": os.path.dirname(PROGRAM) + os.pathsep + kept["PATH"], "HOME": home, "TZ": "UTC",
            "LANG": {"fr": "fr_FR.UTF-8"}.get(language, "en_GB.UTF-8"), "GIT_CONFIG_NOSYSTEM": "1"}


def outputs(language, lines):
    """What each command prints, all typed into one shell."""
    with tempfile.TemporaryDirectory() as top:
        home, folder = os.path.join(top, "home"), os.path.join(top, "tour")
        os.mkdir(home)
        os.mkdir(folder)
        for sample in ("atelier-compost.txt", "compost-workshop.txt"):
            shutil.copy(os.path.join(SAMPLES, sample), folder)
        script = "".join(f"{line}\nprintf '%s\\n' '{END}'\n" for line in lines)
        ran = subprocess.run(["bash", "-c", script], cwd=folder, env=environment(language, home),
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return [text.lstrip("\n") for text in ran.stdout.replace(top, "").split(END)][:-1]


def filled(tour):
    blocks = BLOCK.findall(tour.group(3))
    printed = iter(outputs(tour.group(2), [line for block in blocks for line in commands(block[1])]))
    fill = lambda block: block.group(1) + "".join(f"$ {line}\n{next(printed)}" for line in commands(block.group(2))) + block.group(3)
    return tour.group(1) + BLOCK.sub(fill, tour.group(3)) + tour.group(4)


def shape(text):
    text = re.sub(r"\b\d{1,2}(er)? [a-zéû]+ \d{4}, \d\d:\d\d", "DAY, TIME", text, flags=re.I)
    return re.sub(r"\b\d{4}-\d\d-\d\d( \d\d:\d\d)?", "DAY", text)


def main():
    text = open(README, encoding="utf-8").read()
    new = TOUR.sub(filled, text)
    tours = TOUR.findall(text)
    assert tours, "no tour"
    if "--write" in sys.argv:
        open(README, "w", encoding="utf-8").write(new)
    elif shape(text) != shape(new):
        sys.stdout.writelines(difflib.unified_diff(shape(text).splitlines(True), shape(new).splitlines(True), README, "printed", n=1))
        sys.exit(1)
    print(f"{len(tours)} tours, {sum(len(commands(block[1])) for tour in tours for block in BLOCK.findall(tour[2]))} commands print what stands there")


main()
