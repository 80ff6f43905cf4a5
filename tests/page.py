#!/usr/bin/env python3
"""Opens the pages that atelier writes in a real Chromium and checks what people meet:
without scripts, with them, on a phone and on a wall, in light and in the dark, on paper.

usage: page.py ATELIER FOLDER
Pages and pictures are left in FOLDER. The last line counts: N passed, N failed, N skipped.
"""
import base64
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
PHONE, WALL = (390, 844), (1920, 1080)
BIG_SECONDS = 3
LEAST_CONTRAST = 4.5


class Browser:
    """Chromium, spoken to over two pipes. source: chromedevtools.github.io/devtools-protocol"""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        to_browser, self.to = os.pipe()
        self.answers, from_browser = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&%d 4>&%d 2>/dev/null' % (to_browser, from_browser), "sh",
             shutil.which("chromium") or "chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
             "--hide-scrollbars", "--disable-background-networking", "--disable-dev-shm-usage",
             "--no-first-run", "--user-data-dir=" + self.folder, "--remote-debugging-pipe", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.number, self.unread, self.events, self.session = 0, b"", [], None
        target = next(t for t in self.wait_for_targets() if t["type"] == "page")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        for domain in "Page", "Runtime", "Log", "Network", "DOM":
            self.call(domain + ".enable")

    def wait_for_targets(self):
        while True:
            targets = self.call("Target.getTargets")["targetInfos"]
            if any(t["type"] == "page" for t in targets):
                return targets
            time.sleep(0.05)

    def close(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def read(self):
        while b"\0" not in self.unread:
            more = os.read(self.answers, 1 << 20)
            if not more:
                raise EOFError("Chromium has gone")
            self.unread += more
        message, self.unread = self.unread.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.to, json.dumps(request).encode() + b"\0")
        while True:
            message = self.read()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(method + ": " + message["error"]["message"])
                return message["result"]
            self.events.append(message)

    def open(self, path, scripts=True):
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.go("about:blank")
        self.events.clear()
        self.go("file://" + os.path.abspath(path))

    def go(self, url):
        before = len(self.events)
        self.call("Page.navigate", url=url)
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events[before:]):
            self.events.append(self.read())

    def ask(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:600])
        return answer["result"].get("value")

    def dom(self):
        root = self.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        return self.call("DOM.getOuterHTML", nodeId=root)["outerHTML"]

    def look(self, size, dark=False, media=""):
        self.call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                  mobile=size == PHONE)
        self.call("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))


# --- what is read out of a page ------------------------------------------------------------

def plain(markup):
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def letters(text):
    """Letters and figures alone: neither Markdown's marks nor blanks count."""
    text = re.sub(r"\]\((https?|mailto):[^)]*\)", "]", text)
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


def fold(text):
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")


class Ideas:
    """The ideas of a page: who, where, and their own text, details of theirs aside."""

    def __init__(self, page):
        self.all = []
        for part in page.split('<li class="idea" ')[1:]:
            by, within = re.match(r'data-by="([^"]*)" data-in="([^"]*)"', part).groups()
            said = re.split(r'<ul class="ideas">|</section>', part)[0]
            texts = re.findall(r'<div class="text">(.*?)</div>', said, re.S)
            self.all.append((by.split(), within.split(), fold(plain("\n".join(texts)))))

    def by(self, person):
        return sum(person in each[0] for each in self.all)

    def within(self, workshop):
        return sum(workshop in each[1] for each in self.all)

    def saying(self, word):
        return sum(fold(word) in each[2] for each in self.all)


CONTRAST = """(() => {
  const parse = c => (c.match(/[\\d.]+/g) || [0, 0, 0]).map(Number);
  const channel = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
  const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
  const behind = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const seen = new Map();
  document.querySelectorAll('.story').forEach(e => e.style.display = 'block');
  document.querySelectorAll('details').forEach(e => e.open = true);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.nodeValue.trim() || e.closest('script,style,[hidden]')) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), name = e.tagName + '.' + e.className;
    if (!seen.has(name) || seen.get(name) > ratio) seen.set(name, ratio);
  }
  return [...seen].sort((x, y) => x[1] - y[1]).slice(0, 3);
})()"""

WIDE = """(() => { const w = document.documentElement.clientWidth; return [document.documentElement.scrollWidth - w,
  [...document.querySelectorAll('body *')].filter(e => !e.closest('.tables,table,pre,.skip') && getComputedStyle(e).display !== 'none'
    && e.getBoundingClientRect().right > w + 1).slice(0, 3).map(e => e.tagName + '.' + e.className)]; })()"""


# --- the checks -----------------------------------------------------------------------------

class Checks:
    def __init__(self, browser, folder):
        self.browser, self.folder, self.passed, self.failed = browser, folder, 0, 0

    def that(self, why, holds, told=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print("not ok - %s: %s" % (why, str(told)[:600]))

    def quiet(self, name):
        """Nothing was asked of any other place, nothing complained, nothing ran that is not ours."""
        events = self.browser.events
        asked = {e["params"]["request"]["url"][:200] for e in events if e.get("method") == "Network.requestWillBeSent"}
        foreign = [u for u in asked if not u.startswith(("file://", "data:,", "about:blank")) or "\n" in u]
        told = [e for e in events if e.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled",
                                                         "Runtime.exceptionThrown", "Page.javascriptDialogOpening")]
        self.that(name + ": asks nothing of any other place", not foreign and len(asked) <= 2, asked)
        self.that(name + ": the console stays empty", not told, json.dumps(told)[:600])

    def without_scripts(self, name, path, points):
        self.browser.look(WALL)
        self.browser.open(path, scripts=False)
        page = self.browser.dom()
        texts = {letters(plain(t)) for t in re.findall(r'<div class="text">(.*?)</div>', page, re.S)}
        whole = "\n".join(texts)
        lost = [t for t in points if letters(t) not in texts and letters(t) not in whole]
        self.that("%s: all %d points stand there without scripts" % (name, len(points)), not lost, lost[:3])
        self.that(name + ": filters are hidden without scripts", re.search(r'<form id="filter"[^>]* hidden', page))
        sources = re.findall(r'<(?:script|link|img|iframe|object|embed|video|audio|source|form|base|meta http-equiv="refresh")\b[^>]*>', page)
        active = [t for t in sources if "src=" in t or "action=" in t or t.startswith(("<img", "<iframe", "<object", "<embed", "<base"))]
        self.that(name + ": nothing in it loads", not active, active)
        links = re.findall(r'<a\b[^>]*href="([^"]*)"', page)
        wrong = [u for u in links if not u.startswith(("http://", "https://", "mailto:", "#"))]
        self.that(name + ": links lead to http, https, mailto or the page itself", not wrong, wrong)
        handlers = re.findall(r"<[a-z][^<>\"']*(?:\"[^\"]*\"[^<>\"']*)*\son[a-z]+\s*=", page)
        self.that(name + ": no attribute acts", not handlers, handlers[:3])
        self.quiet(name)
        return page

    def told(self, change):
        """The numbers that the page tells after a change of the filters, and what is shown."""
        return self.browser.ask("""(async () => { const f = document.getElementById('filter'); f.reset();
          %s; f.dispatchEvent(new Event('input', {bubbles: true})); await new Promise(r => setTimeout(r, 250));
          const seen = [...document.querySelectorAll('.idea')].filter(e => !e.closest('[hidden]'));
          return [document.getElementById('told').textContent.match(/\\d+/g).map(Number), seen.length]; })()""" % change)

    def filters(self, name, page):
        ideas, total = Ideas(page), len(Ideas(page).all)
        word = max(re.findall(r"\w{6,}", ideas.all[total // 2][2]) or ["a"], key=len)
        accented = word.upper().replace("E", "É", 1)
        for change, want in (("1", total), ("f.elements.person.value = '0'", ideas.by("0")),
                             ("f.elements.person.value = '1'", ideas.by("1")),
                             ("f.elements.search.value = %s" % json.dumps(word), ideas.saying(word)),
                             ("f.elements.search.value = %s" % json.dumps(accented), ideas.saying(word)),
                             ("f.elements.search.value = 'xyzzy plugh'", 0),
                             ("if (f.elements.workshop) f.elements.workshop.value = '1'",
                              ideas.within("1") if 'name="workshop"' in page else total)):
            (count, of), shown = self.told(change)
            self.that("%s: %s shows %d" % (name, change, want), (count, of) == (want, total) and shown >= count,
                      (count, of, shown))
        count, of = self.told("f.elements.section.value = 's0'")[0]
        self.that(name + ": the first section alone", 0 < count <= of, (count, of))

    def with_scripts(self, name, path, page):
        self.browser.open(path)
        self.that(name + ": filters show with scripts", self.browser.ask("!document.getElementById('filter').hidden"))
        self.filters(name, page)
        self.quiet(name + ", with scripts")

    def looks(self, name, path):
        for size, width in ((PHONE, "phone"), (WALL, "wall")):
            for dark in False, True:
                self.browser.look(size, dark)
                self.browser.open(path)
                tone = "%s, %s, %s" % (name, width, "dark" if dark else "light")
                self.browser.picture(os.path.join(self.folder, re.sub(r"\W+", "-", tone) + ".png"))
                over, which = self.browser.ask(WIDE)
                self.that(tone + ": nothing is wider than the screen", over <= 0 and not which, (over, which))
                worst = self.browser.ask(CONTRAST)
                self.that("%s: contrast at least %s" % (tone, LEAST_CONTRAST), worst and worst[0][1] >= LEAST_CONTRAST, worst)

    def story(self, name, path):
        self.browser.look(WALL)
        self.browser.open(path)
        shown = "getComputedStyle(document.querySelector('.story')).display"
        self.that(name + ": a story is folded away", self.browser.ask(shown) == "none")
        self.browser.ask("document.querySelector('.who').focus()")
        self.that(name + ": the keyboard brings it", self.browser.ask(shown) == "block")
        self.browser.picture(os.path.join(self.folder, name + "-story.png"))
        reached = self.browser.ask("""[...document.querySelectorAll('a,button,input,select,summary')]
          .filter(e => e.tabIndex < 0 && !e.closest('[hidden]')).length""")
        self.that(name + ": the keyboard reaches everything", reached == 0, reached)
        self.browser.look(WALL, media="print")
        self.that(name + ": paper has neither filters nor stories", self.browser.ask(
            "getComputedStyle(document.getElementById('filter')).display") == "none" and self.browser.ask(shown) == "none")


# --- the notes ------------------------------------------------------------------------------

def run(atelier, *arguments, within="."):
    done = subprocess.run([atelier, *arguments], cwd=within, capture_output=True)
    if done.returncode:
        raise RuntimeError("%s: %s" % (arguments, done.stderr.decode()))
    return done.stdout.decode()


def synthesis(atelier, notes, page, *arguments):
    """Writes the page; gives the texts of all points, and what it took of the processors and the clock."""
    start, before = time.monotonic(), os.times()
    run(atelier, *arguments, "synthesis", "-o", page, within=notes)
    seconds, after = time.monotonic() - start, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    whole = json.loads(run(atelier, "synthesis", "--format", "json", within=notes))
    points = [p["text"] for s in whole["sections"] for i in s["ideas"] for p in i["points"] + i["carried_by"]]
    return [p for p in points if p.strip()], worked, seconds


HOSTILE = r"""# Questions <script>window.hacked = 1</script>

- <script>window.hacked = 2</script>
- <img src=x onerror="window.hacked = 3"> and text behind it
- [click me](javascript:window.hacked=4) and [me](JaVaScRiPt&colon;alert(1)) and <javascript:alert(2)>
- ![picture](https://example.org/x.png "t\" onerror=\"window.hacked=5") [![in](https://example.org/a.png)](https://example.org)
- [ref][1] and [data](data:text/html;base64,PHNjcmlwdD4x) and [vb](vbscript:x) and [file](file:///etc/passwd)
- "quotes" 'apostrophes' & ampersands &lt;b&gt; &amp;lt; </li></ul></section></main><h1>out</h1>
- </script><script>window.hacked = 6</script> </style><style>*{display:none}</style> <!-- a comment -->
- right-to-left: ‮gnp.txt⁦ isolates ⁩ marks ‏‎ and zero​width
- `code <b> & "` and **bold** and ~~gone~~ and https://example.org/a?b=<c>&d and mail@example.org
- WORD
- <svg onload="window.hacked=7"><a xlink:href="javascript:1">x</a></svg>
- <a href="https://example.org" onclick="window.hacked=8" style="position:fixed;inset:0">over all</a>

[1]: javascript:window.hacked=9

<iframe src="https://example.org/"></iframe>
<meta http-equiv="refresh" content="0;url=https://example.org/">

| a | b |
|---|---|
| <script>window.hacked = 10</script> | LONGCELL |

```html
<script>window.hacked = 11</script>
```

> quoted <b onmouseover="window.hacked=12">b</b>
"""


def make_hostile(folder):
    notes = os.path.join(folder, "hostile")
    os.makedirs(notes + "/bad")
    text = HOSTILE.replace("WORD", "w" * 6000).replace("LONGCELL", "| ".join("c%d" % i for i in range(9)) + "c" * 300)
    nested = "# Discussion\n\n" + "".join("  " * i + "- depth %d <b>b</b>\n" % i for i in range(40))
    files = {"bad/01.md": text, "bad/02.md": nested,
             "bad/workshop.yml": "title: '</title><script>window.hacked = 13</script> \"x'\npeople:\n"
                                 "  - {heading: Hosts, role: host, names: ['Eve \"><script>window.hacked = 14</script>']}\n"}
    for path, content in files.items():
        with open(os.path.join(notes, path), "w") as file:
            file.write(content)
    run("git", "init", "-q", "-b", "main", within=notes)
    run("git", "add", "-A", within=notes)
    run("git", "-c", 'user.name=Mallory" onmouseover="window.hacked=15', "-c", "user.email=m@example.org", "commit", "-qm", "x",
        within=notes)
    return notes


def check_demo(checks, atelier, folder):
    for language in "fr", "en":
        page = os.path.join(folder, "demo-%s.html" % language)
        made = subprocess.run(["sh", os.path.join(HERE, "demo.sh"), atelier], capture_output=True,
                              env=dict(os.environ, ATELIER_LANG=language, DEMO_PAGE=page))
        checks.that("demo, %s: makes a page" % language, made.returncode == 0 and os.path.exists(page), made.stderr)
        with open(page[:-5] + ".json") as file:
            whole = json.load(file)
        points = [p["text"] for s in whole["sections"] for i in s["ideas"] for p in i["points"] + i["carried_by"]]
        name = "demo-" + language
        checks.with_scripts(name, page, checks.without_scripts(name, page, points))
        checks.looks(name, page)
        checks.story(name, page)


def check_hostile(checks, atelier, folder, work):
    notes, page = make_hostile(work), os.path.join(folder, "hostile.html")
    points, _, _ = synthesis(atelier, notes, page)
    shown = [re.sub("[‪-‮⁦-⁩‎‏]", "", p) for p in points if "‮" not in p and "](" not in p and "][" not in p and "&" not in p]
    dom = checks.without_scripts("hostile", page, shown)
    checks.that("hostile: acting characters are named", "U+202E" in dom and "‮" not in dom)
    checks.that("hostile: bad links show where they would lead", "javascript:window.hacked=4" in plain(dom))
    checks.browser.open(page)
    checks.that("hostile: nothing has run", checks.browser.ask("window.hacked === undefined"))
    checks.that("hostile: one script, ours", checks.browser.ask("document.scripts.length") == 1)
    checks.that("hostile: the page is whole", checks.browser.ask(
        "document.querySelectorAll('main, h1, title').length") == 3)
    checks.quiet("hostile, with scripts")
    checks.looks("hostile", page)
    audit = os.path.join(folder, "audit.html")
    with open(audit, "w") as file:
        file.write(run(atelier, "audit", "--html", within=notes))
    checks.browser.open(audit)
    checks.that("audit: nothing has run", checks.browser.ask("window.hacked === undefined && document.scripts.length === 0"))
    checks.quiet("audit")
    checks.looks("audit", audit)


def check_big(checks, atelier, folder, work):
    notes, page = os.path.join(work, "big"), os.path.join(folder, "big.html")
    subprocess.run([sys.executable, os.path.join(HERE, "many_workshops.py"), notes, "200", "200"], check=True)
    points, worked, seconds = synthesis(atelier, notes, page)
    print("a synthesis of 200 workshops of 200 points, the first time: %.2f s, of which %.2f s of work; %.1f MB"
          % (seconds, worked, os.path.getsize(page) / 1e6))
    # What others do on the machine must not fail it: one processor alone would take so long.
    checks.that("big: made in under %d s" % BIG_SECONDS, worked < BIG_SECONDS, worked)
    dom = checks.without_scripts("big", page, points)
    start = time.monotonic()
    checks.with_scripts("big", page, dom)
    print("its filters, eight times: %.1f s" % (time.monotonic() - start))
    for size, width in ((PHONE, "phone"), (WALL, "wall")):
        checks.browser.look(size)
        checks.browser.picture(os.path.join(folder, "big-%s.png" % width))


def main(atelier, folder):
    atelier, folder = os.path.abspath(atelier), os.path.abspath(folder)
    os.makedirs(folder, exist_ok=True)
    work = tempfile.mkdtemp()
    for name in "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "ATELIER_LANG":
        os.environ.pop(name, None)
    os.environ.update(HOME=work, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null", LANG="C.UTF-8", TZ="UTC0")
    browser = Browser()
    checks = Checks(browser, folder)
    try:
        check_demo(checks, atelier, folder)
        check_hostile(checks, atelier, folder, work)
        check_big(checks, atelier, folder, work)
    finally:
        browser.close()
        shutil.rmtree(work, ignore_errors=True)
    print("%d passed, %d failed, 0 skipped" % (checks.passed, checks.failed))
    return checks.failed > 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
