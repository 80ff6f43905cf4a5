#!/usr/bin/env bats
# A workshop in other formats.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  git init -q -b main notes
  cd notes
  mkdir talk walk
  printf 'title: "Talk, the first"\ndate: 2026-05-31\npeople:\n  - {heading: Hosts, role: facilitator, names: [Omar Benali]}\n' >talk/workshop.yml
  printf '# Discussion\n\n- Omar : a lid, "heavy"\n  and wrapped\n- =1+1\n\nDetails\n-------\n\n| a | b |\n|---|---|\n| 1 | 2 |\n' >talk/01.md
  printf '# Questions\n\n- who?\n' >walk/01.md
  git add -A
  git -c user.name=Anne -c user.email=anne@example.org commit -q -m notes --date=@1700000000
}

@test "export: one document, its headings below the title, never taken for notes" {
  run "$atelier" export talk
  [ "$status" -eq 0 ]
  cat >want <<'MD'
---
generated: atelier
---

# Talk, the first

2026-05-31

- Hosts: Omar Benali

## Discussion

- Omar : a lid, "heavy"
  and wrapped
- =1+1

### Details

| a | b |
|---|---|
| 1 | 2 |
MD
  [ "$output" = "$(cat want)" ]
  rm want
  "$atelier" --lang fr exporter talk -o talk/all.md
  run "$atelier" show talk --json
  [ "${#lines[@]}" -eq 2 ]
  run "$atelier" export talk walk
  [[ $output == *"# Talk, the first"*"# walk"*"- who?"* ]]
}

@test "export and synthesis: what a file ends with tells its format, and what none knows is refused" {
  "$atelier" -q export talk -o ../points.csv
  [[ $(head -n 1 ../points.csv) == workshop,file,* ]]
  "$atelier" -q synthesis -w talk -o ../said.json
  [[ $(cat ../said.json) == '{"v":1,"workshops":[{"workshop":"talk"'* ]]
  for command in "export talk" "synthesis talk"; do
    run "$atelier" $command -o ../all.pdf
    [ "$status" -eq 65 ]
    [[ $output == *"no format for this ending"*"The formats are md, html"*"json; --format says which."* ]]
    [ ! -e ../all.pdf ]
    "$atelier" -q $command -o ../all.txt
    [ "$(head -n 2 ../all.txt | tail -n 1)" = "generated: atelier" ]
  done
}

@test "a workshop may be named with -w wherever one may be named" {
  for command in "audit --json" "duplicates --json" history "export --format json" "synthesis --format json"; do
    [ "$("$atelier" $command -w talk)" = "$("$atelier" $command talk)" ]
    run "$atelier" $command -w nowhere
    [ "$status" -eq 65 ]
  done
  run "$atelier" history talk -w walk
  [ "$status" -eq 2 ]
}

@test "people who are listed plainly are shown, exported and gathered" {
  printf 'title: Walk\npeople:\n  - Anne Petit\n  - {heading: "Excusés :", names: Omar}\n' >walk/workshop.yml
  run "$atelier" show walk
  [[ "$output" == "Walk
Anne Petit
Excusés: Omar

"* ]]
  run "$atelier" --lang fr export walk
  [[ "$output" == *"- Anne Petit
- Excusés"?*": Omar"* && "$output" != *": :"* ]]
  run "$atelier" synthesis walk --json
  [[ "$output" == *'"name":"Anne Petit"'*'"name":"Omar"'* ]]
  grep -qF 'heading: "Excusés :"' walk/workshop.yml
}

@test "export: a table that a spreadsheet reads and does not run" {
  run "$atelier" export talk --format csv
  [ "$status" -eq 0 ]
  printf '%s\n' "$output" | python3 -c '
import csv, sys
rows = list(csv.DictReader(sys.stdin))
assert [r["line"] for r in rows] == ["3", "5"], rows
assert rows[0]["text"] == "Omar : a lid, \"heavy\" and wrapped" and rows[0]["written_by"] == "Anne"
assert rows[0]["at"] == "2023-11-14T22:13:20Z" and rows[0]["said_by"] == "Omar Benali"
assert rows[1]["text"] == "\x27=1+1", rows[1]'
}

@test "what cannot be read as text is said by every export, and shown with the authors" {
  { head -c 300000 /dev/zero | tr '\0' a; echo; } >walk/02.md
  printf '# Quoted\n\n> nothing but a quote\n' >walk/03.md
  git add -A
  git -c user.name=Anne -c user.email=anne@example.org commit -q -m more --date=@1700000001
  for format in md html csv json; do
    "$atelier" --lang en export walk --format "$format" >/dev/null 2>told
    [ "$(cat told)" = "walk/02.md cannot be read as text." ]
  done
  "$atelier" --lang en show walk --authors >shown 2>told
  grep -q '> nothing but a quote' shown
  grep -q aaaa shown
  grep -q "walk/02.md cannot be read as text." told
}

@test "export: a page has links whose target stands elsewhere, and nothing else of them" {
  printf '# Links\n\n- [the site][S] and [more]\n\n[s]: https://example.org/site\n[more]: https://example.org/more\n\n```\nleft open\n' >walk/04.md
  git add -A
  git -c user.name=Anne -c user.email=anne@example.org commit -q -m more --date=@1700000001
  for command in export synthesis; do
    "$atelier" $command walk --format html >page
    grep -q '<a href="https://example.org/site">the site</a>' page
    grep -q '<a href="https://example.org/more">more</a>' page
    ! grep -q '\[s\]:' page || false
  done
}

@test "export: JSON has the keys of audit" {
  run "$atelier" export talk --format json
  [ "$output" = "$("$atelier" audit talk --json)" ]
  [ "$output" = "$("$atelier" --json export talk)" ]
}

@test "export: into a file, at once, and never over a note" {
  run "$atelier" export talk -o ../out.md
  [ "$status" -eq 0 ]
  [ -s ../out.md ]
  before=$(cat talk/01.md)
  for note in talk/01.md talk/workshop.yml ./talk/../talk/01.md; do
    run "$atelier" export talk -o "$note"
    [ "$status" -eq 65 ]
    [[ $output == "Nothing is lost"* ]]
  done
  [ "$(cat talk/01.md)" = "$before" ]
  mkdir templates
  for kept in agenda.md people.yml .gitattributes templates/default.txt; do
    echo 'words of somebody' >"$kept"
    run "$atelier" export talk --format md -o "$kept"
    [ "$status" -eq 65 ]
    [ "$(cat "$kept")" = 'words of somebody' ]
  done
  for made in again.md again.txt again.html; do
    "$atelier" -q export talk -o "$made"
    "$atelier" -q export talk -o "$made"
  done
  run "$atelier" export talk -o /nonexistent/out.md
  [ "$status" -ne 0 ]
}

@test "export: what was made is known by what it says, whatever its name" {
  for format in md csv html json; do
    for file in out.$format talk/list.txt page.HTM data.jsonl; do
      rm -f "$file"
      for time in first second; do
        "$atelier" -q export talk --format $format -o "$file"
        [ -s "$file" ]
      done
    done
  done
  for format in md html json; do
    for time in first second; do "$atelier" -q synthesis --format $format -o said.txt; done
  done
}

@test "export: what people wrote and nobody recorded is not replaced, whatever its name" {
  own() {
    printf 'name,phone\nAnne,12\n' >talk/phones.csv
    echo '<!DOCTYPE html><title>mine</title><meta name="generator" content="atelier">' >page.html
    echo '{"mine": 1}' >data.json
  }
  own
  for file in talk/phones.csv page.html data.json; do
    before=$(cat "$file")
    run "$atelier" --lang en export talk -o "$file"
    echo "$file: $output"
    [ "$status" -eq 65 ]
    [[ $output == *"$file: this was not made with -o."* ]]
    [ "$(cat "$file")" = "$before" ]
  done
  git add -A
  git -c user.name=Anne -c user.email=anne@example.org commit -q -m more --date=@1700000001
  echo 'Bruno,13' >>talk/phones.csv
  run "$atelier" export talk -o talk/phones.csv
  [ "$status" -eq 65 ]
  own
  for file in talk/phones.csv page.html data.json; do
    "$atelier" -q export talk -o "$file"
    "$atelier" -q export talk -o "$file"
    git show "HEAD:$file" | grep -q -e Anne -e mine
  done
  run "$atelier" export talk --format md -o talk/workshop.yml
  [ "$status" -eq 65 ]
}

@test "export: nothing is put into the folder of git, not through a link either" {
  ln -s .git/hooks/post-commit hook.md
  ln -s hook.md to-hook.md
  ln -s "$PWD/.git/hooks" hooks
  git worktree add -q -b beside ../beside
  : >.git/empty.md
  find .git | sort >before
  for file in .git/hooks/pre-commit .git/HEAD .git/empty.md .git/x.json hook.md to-hook.md \
    hooks/pre-push ../notes/.git/x.md talk/../.git/x.md; do
    for where in . ../beside; do
      run "$atelier" --lang en -C "$where" export talk --format md -o "$PWD/$file"
      echo "$file: $output"
      [ "$status" -eq 65 ]
      [[ $output == *"git’s own folder"* ]]
    done
  done
  run "$atelier" --lang fr export talk -o hook.md
  [[ $output == *"le dossier de git"* ]]
  find .git | sort | diff before -
}

@test "export: into what a link leads to, there or not" {
  ln -s target.md ../link.md
  ln -s link.md ../to-link.md
  for time in first second; do
    "$atelier" -q export talk -o ../to-link.md
    [ -L ../to-link.md ]
    [ -L ../link.md ]
    [ -s ../target.md ]
  done
  ln -s nonexistent/target.md ../lost.md
  run "$atelier" export talk -o ../lost.md
  [ "$status" -ne 0 ]
  [ -L ../lost.md ]
}

@test "export: what cannot be is said, in both languages" {
  run "$atelier" export talk --format pdf
  [ "$status" -eq 2 ]
  run "$atelier" --lang fr export nulle-part
  [ "$status" -eq 65 ]
  run "$atelier" export
  [ "$status" -eq 65 ]
  [[ $output == *talk*walk* ]]
}

@test "export: a page that loads nothing and runs nothing" {
  printf '# Ideas\n\n- **bold** <script>alert(1)</script> [x](javascript:alert(2)) [y](https://example.org)\n' >talk/02.md
  run "$atelier" export talk walk --format html -o ../page.html
  [ "$status" -eq 0 ]
  python3 - <<'PYTHON'
import html.parser
page = open("../page.html", encoding="utf-8").read()
class Reader(html.parser.HTMLParser):
    words, tags = "", []
    def handle_data(self, data): self.words += data
    def handle_starttag(self, tag, attributes): self.tags.append((tag, dict(attributes)))
reader = Reader()
reader.feed(page)
for word in ("Talk, the first", "2026-05-31", "Omar Benali", "Details", "who?", "<script>alert(1)</script>", "javascript:alert(2)"):
    assert word in reader.words, word
assert not any(tag in ("script", "img", "iframe") for tag, _ in reader.tags)
links = [a["href"] for tag, a in reader.tags if tag == "a" and "href" in a]
assert links == ["https://example.org"], links
assert "<title>Talk, the first, walk</title>" in page
assert any(tag == "table" for tag, _ in reader.tags) and any(tag == "strong" for tag, _ in reader.tags)
PYTHON
}
