#!/usr/bin/env bats
# Documents of other programs: pads with their writers, and what pandoc reads.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language en >/dev/null
  export GIT_AUTHOR_NAME=Importer GIT_AUTHOR_EMAIL=importer@example.org
}

import() { run "$atelier" --lang "${lang:-en}" -C notes import "$PWD/$1"; }

# pad FILE PYTHON: writes the export of a pad; PYTHON puts stretches into `pieces`:
# (writer or None, text, other attributes…), and may change `chat` and `revisions`
pad() {
  python3 - "$1" "$2" <<'PYTHON'
import json, sys
pieces, chat, revisions, more = [], [], [], {}
exec(sys.argv[2])
digits = "0123456789abcdefghijklmnopqrstuvwxyz"
def base36(n):
    return digits[n] if n < 36 else base36(n // 36) + digits[n % 36]
pool, text, ops = [], "", ""
def number(pair):
    if pair not in pool:
        pool.append(pair)
    return base36(pool.index(pair))
for writer, part, *others in pieces:
    pairs = ([("author", writer)] if writer else []) + list(others)
    units = len(part.encode("utf-16-le")) // 2
    lines = part.count("\n")
    ops += "".join("*" + number(p) for p in pairs) + (f"|{base36(lines)}" if lines else "") + "+" + base36(units)
    text += part
export = {"pad:compost": {"atext": {"text": text, "attribs": ops}, "head": len(revisions) - 1,
          "pool": {"numToAttrib": {str(i): list(p) for i, p in enumerate(pool)}, "nextNum": len(pool)}}}
for name in ("anne", "bruno", "chloé"):
    export[f"globalAuthor:a.{name}"] = {"name": name.capitalize(), "colorId": 3}
for i, (writer, time) in enumerate(revisions):
    export[f"pad:compost:revs:{i}"] = {"changeset": "Z:1>0$", "meta": {"author": writer, "timestamp": time}}
for i, (writer, said) in enumerate(chat):
    export[f"pad:compost:chat:{i}"] = {"text": said, "userId": writer, "time": 1700000000000}
export.update(more)
json.dump(export, open(sys.argv[1], "w"), ensure_ascii=False)
PYTHON
}

example='
A, B, C = "a.anne", "a.bruno", "a.chloé"
revisions += [("", 1699999000000), (A, 1700000000000), (B, 1700000060000), (C, 1700000120000), (A, 1700000180000)]
bullet = ("list", "bullet1")
pieces += [(None, "Compost on the corner\n\n"), (A, "Discussion\n\n")]
pieces += [(A, "*", bullet, ("lmkr", "1")), (A, "A lid keeps the rain "), (B, "and the snow "), (A, "out of the heap\n")]
pieces += [(B, "*", bullet, ("lmkr", "1")), (B, "Worms 🪱 come by themselves\n")]
pieces += [(B, "*", ("list", "bullet2"), ("lmkr", "1")), (C, "not in winter\n")]
pieces += [(C, "A last word of mine\n")]
'

# rows PYTHON: what audit tells, as `rows`
rows() {
  "$atelier" -C notes audit --json --tokens | python3 -c "
import json, sys
rows = {row['text']: row for row in map(json.loads, sys.stdin)}
$1"
}

@test "import: a pad keeps its writers, point by point and word by word" {
  pad compost.etherpad "$example"
  import compost.etherpad
  [ "$status" -eq 0 ]
  grep -qx -- '- A lid keeps the rain and the snow out of the heap' notes/*/01-discussion.md
  grep -qx -- '- Worms 🪱 come by themselves' notes/*/01-discussion.md
  grep -qx -- '  - not in winter' notes/*/01-discussion.md
  rows '
lid = rows["A lid keeps the rain and the snow out of the heap"]
assert lid["written_by"]["name"] == "Anne", lid
assert [e["name"] for e in lid["edited_by"]] == ["Bruno"], lid
assert {w["email"]: w["count"] for w in lid["words"]} == {"a.anne@etherpad.invalid": 9, "a.bruno@etherpad.invalid": 3}, lid
assert rows["Worms 🪱 come by themselves"]["written_by"]["name"] == "Bruno"
assert rows["not in winter"]["written_by"]["name"] == "Chloé"
assert lid["written_by"]["at"] == 1700000180, lid
'
  [ -z "$(git -C notes status --porcelain)" ]
  [ -z "$(git -C notes log --merges --format=%h)" ]
  git -C notes fsck --strict --no-progress
  [ "$(git -C notes log -1 --format=%cn)" = Importer ]
}

@test "import: a pad again, grown, joins what people made of it, in its writers' names" {
  pad compost.etherpad "$example"
  import compost.etherpad
  import compost.etherpad
  [[ $output == *"nothing is new"* ]]
  sed -i 's/not in winter/not in a hard winter/' notes/*/01-discussion.md
  "$atelier" -C notes --as "Dora <dora@example.org>" sync >/dev/null
  pad compost.etherpad "$example"'
pieces += [(B, "*", bullet, ("lmkr", "1")), (B, "Bruno adds a point much later\n")]
pieces[-3:-2] = [(C, "A last word of mine "), (A, "and of Anne"), (C, "\n")]
'
  lang=fr import compost.etherpad
  [ "$status" -eq 0 ]
  [[ $output == *"vos propres changements restent"* ]]
  grep -q 'not in a hard winter' notes/*/01-discussion.md
  rows '
assert rows["Bruno adds a point much later"]["written_by"]["name"] == "Bruno", rows
assert rows["not in a hard winter"]["written_by"]["name"] == "Chloé"
assert rows["A lid keeps the rain and the snow out of the heap"]["written_by"]["name"] == "Anne"
'
  [ -z "$(git -C notes status --porcelain)" ]
}

@test "undo: all that a pad brought, the first time and grown" {
  pad compost.etherpad "$example"
  "$atelier" -C notes new Other >/dev/null
  ls notes >before
  import compost.etherpad
  cp -r notes first
  "$atelier" -C notes undo | grep -q '^Taken back: Import of compost.etherpad'
  ls notes | diff before -
  "$atelier" -C notes undo >/dev/null
  diff -r -x .git first notes
  pad compost.etherpad "$example"'
pieces += [(B, "*", bullet, ("lmkr", "1")), (B, "Bruno adds a point much later\n")]
pieces[-3:-2] = [(C, "A last word of mine "), (A, "and of Anne"), (C, "\n")]
'
  "$atelier" -C notes add -w other "words of the importer" >/dev/null
  import compost.etherpad
  grep -q 'much later' notes/compost*/01-discussion.md
  "$atelier" -C notes undo | grep -q '^Taken back: Import of compost.etherpad'
  diff -r -x .git -x other first notes
  grep -rq 'words of the importer' notes/other
}

@test "import: a pad, into a folder of pictures, and once more after it was deleted" {
  pad compost.etherpad "$example"
  mkdir notes/compost-on-the-corner
  printf 'picture\0' >notes/compost-on-the-corner/photo.png
  "$atelier" -C notes sync >/dev/null
  import compost.etherpad
  cp -r notes/compost-on-the-corner imported
  [ "$(tr -d '\0' <imported/photo.png)" = picture ]
  rm -r notes/compost-on-the-corner/*.md notes/compost-on-the-corner/workshop.yml
  "$atelier" -C notes sync --all >/dev/null
  import compost.etherpad
  [ "${lines[0]}" = "New workshop: compost-on-the-corner" ]
  diff -r imported notes/compost-on-the-corner
  [ -z "$(git -C notes status --porcelain)" ]
}

@test "import: what was said in a pad's chat is a section, with its speakers" {
  pad compost.etherpad "$example"'
chat += [("a.bruno", "who brings the fork?"), ("a.chloé", "me,\nand a bucket")]
'
  import compost.etherpad
  [ "$status" -eq 0 ]
  grep -qx -- '- Bruno via the chat: who brings the fork?' notes/*/*chat.md
  rows '
fork = rows["Bruno via the chat: who brings the fork?"]
assert fork["written_by"]["name"] == "Bruno" and fork["speaker"]["as"] == "Bruno", fork
'
}

@test "import: a pad without names, revisions or attributes loses no word" {
  python3 -c '
import json
json.dump({"pad:p": {"atext": {"text": "Title\n\nSome words here\n", "attribs": "+3"}, "pool": {}}}, open("p.etherpad", "w"))'
  import p.etherpad
  [ "$status" -eq 0 ]
  grep -rq 'Some words here' notes/title
  pad named.etherpad 'pieces += [("a.anne<x>\n", "Other title\n\n"), ("a.anne<x>\n", "one two three\n")]'
  import named.etherpad
  [ "$status" -eq 0 ]
  grep -rq 'one two three' notes/other-title
  git -C notes fsck --strict --no-progress
}

@test "import: exports that are none are refused with a sentence, and nothing is written" {
  head=$(git -C notes rev-parse HEAD)
  i=0
  while IFS= read -r bad; do
    i=$((i + 1))
    printf "$bad" >bad$i.etherpad
    import bad$i.etherpad
    [ "$status" -eq 65 ] || { echo "$bad: $status $output"; false; }
    [[ $output == *"Nothing is lost"* ]]
  done <<'CASES'
no json
{}
[1,2]
{"pad:p": 3}
{"pad:p": {"atext": {"text": "x"}}}
{"pad:p": {"atext": {"text": 5, "attribs": "+1"}}}
{"pad:p": {"atext": {"text": "x", "attribs": "*0"}}}
{"pad:p": {"atext": {"text": "x", "attribs": "*z|"}}}
{"pad:p": {"atext": {"text": "x", "attribs": "+zzzzzzzzzzzzzzzzzzz"}}}
{"pad:p": {"atext": {"text": "x", "attribs": "+5"}}}
{"pad:p": {"atext": {"text": "", "attribs": ""}}}
{"pad:p": {"atext": {"text": "a\\u0000b", "attribs": "+3"}}}
{"pad:p": {"atext": {"text": "\xff\xfe", "attribs": "+3"}}}
CASES
  [ "$i" -eq 13 ]
  [ "$(git -C notes rev-parse HEAD)" = "$head" ]
  [ -z "$(git -C notes status --porcelain)" ]
}

# pandoc that cannot, or may not, be found: only what the program itself needs
@test "import: without pandoc it is said what to do" {
  printf 'x' >note.docx
  mkdir programs
  for program in git sh; do ln -s "$(command -v $program)" programs/; done
  PATH=$PWD/programs import note.docx
  [ "$status" -ne 0 ]
  [[ $output == *"pandoc"*"install it"* ]]
}

@test "import: what pandoc says is read, and what it refuses is told" {
  mkdir programs
  printf '#!/bin/sh\nprintf "# From afar\\n\\n- one point\\n- ![](media/a.png)\\n"\n' >programs/pandoc
  chmod +x programs/pandoc
  printf 'x' >note.docx
  PATH=$PWD/programs:$PATH import note.docx
  [ "$status" -eq 0 ]
  [[ $output == *"pictures"* ]]
  grep -rq 'one point' notes/from-afar
  printf '#!/bin/sh\necho "no such luck" >&2\nexit 3\n' >programs/pandoc
  PATH=$PWD/programs:$PATH import note.docx
  [ "$status" -eq 65 ]
  [[ $output == *"no such luck"* ]]
}

@test "import: what pandoc marks goes, what stands in code stays, and what it left out is told" {
  command -v unzip >/dev/null || skip "unzip is not installed"
  mkdir programs
  cat >programs/pandoc <<'END'
#!/bin/sh
cat <<'TEXT'
# Code

The <span class="underline">bin</span>: `<span class="x">` and ``a`<span>b</span>`` and \<span>.

- one `tick and <span>no code</span>

```html
<span id="hello">kept</span>
```
TEXT
END
  chmod +x programs/pandoc
  python3 -c 'import zipfile; zipfile.ZipFile("note.docx", "w").writestr("word/document.xml", "<w:p>Code: the bin vanished</w:p>")'
  PATH=$PWD/programs:$PATH run --separate-stderr "$atelier" -C notes --lang en import -q --json ../note.docx
  [ "$status" -eq 0 ]
  [[ $output == *'"missing":["vanished"]'* ]]
  [[ $stderr == *"left out these words"*"vanished"* ]]
  [ "$(cat notes/code/*.md | grep -c 'The bin: `<span class="x">` and ``a`<span>b</span>`` and \\<span>\.')" -eq 1 ]
  [ "$(cat notes/code/*.md | grep -c 'one `tick and no code$')" -eq 1 ]
  [ "$(cat notes/code/*.md | grep -c '^<span id="hello">kept</span>')" -eq 1 ]
}

@test "import: .docx, .odt and .html through pandoc, each word there" {
  command -v pandoc >/dev/null && command -v unzip >/dev/null || skip "pandoc or unzip is not installed"
  printf '# The bin\n\n## Discussion\n\n- a lid « keeps » rain & snow out\n- worms *come*\n\n| who | what |\n|---|---|\n| Anne | fork |\n' >source.md
  for ending in docx odt html; do
    sed "s/The bin/The $ending bin/" source.md | pandoc -f gfm -o note.$ending
    import note.$ending
    [ "$status" -eq 0 ]
    grep -rq 'a lid « keeps » rain & snow out' notes/the-$ending-bin
    grep -rq 'Anne.*fork' notes/the-$ending-bin
    # What pandoc drops (the head of a table in .odt) is told.
    grep -rq 'who.*what' notes/the-$ending-bin || [[ $output == *"left out these words"*"who what"* ]]
    ! grep -rq '<span' notes/the-$ending-bin || false
  done
}
