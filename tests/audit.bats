#!/usr/bin/env bats
# Who wrote, changed and said what: audit, who, people, whoami, show --authors and --since.

bats_require_minimum_version 1.5.0
load support_history

setup() {
  new_notes
}

@test "audit --json: every key, in order, and who wrote which word" {
  history
  run "$atelier" audit --json
  [ "$status" -eq 0 ]
  json_lines '
first = rows[0]
assert list(first)[:13] == ["v", "workshop", "file", "line", "section", "text", "id", "written_by", "also_by", "edited_by", "words", "speaker", "trust"], list(first)
assert first["workshop"] == "talk" and first["file"] == "talk/01.md" and first["line"] == 3
assert first["section"] == "Discussion" and first["text"] == "A heavy lid keeps the rain out"
assert first["written_by"]["name"] == "Anne" and first["written_by"]["email"] == "anne@example.org"
assert len(first["written_by"]["commit"]) == 40 and first["written_by"]["at"] == 1700000060
assert [e["name"] for e in first["edited_by"]] == ["Bruno"] and first["also_by"] == []
assert first["words"] == [{"email": "anne@example.org", "count": 6}, {"email": "bruno@example.org", "count": 1}]
assert first["speaker"] is None and first["trust"] == "declared"
assert "tokens" not in first and len(rows) == 6
'
}

@test "audit --json --tokens: the words in order" {
  history
  run "$atelier" audit --json --tokens
  json_lines '
tokens = rows[0]["tokens"]
assert [t[0] for t in tokens] == rows[0]["text"].split()
assert [t[1][0] for t in tokens] == list("abaaaaa") and len(tokens[0][2]) == 40
'
}

@test "audit --json --deleted: what is gone, from where, by whom" {
  history
  run "$atelier" audit --json --deleted
  json_lines '
gone = [r for r in rows if "deleted_by" in r]
assert len(gone) == 1 and gone[0]["text"] == "Nobody needs this line"
assert gone[0]["deleted_by"]["name"] == "Bruno" and gone[0]["written_by"]["name"] == "Anne"
assert gone[0]["file"] == "talk/01.md" and gone[0]["line"] == 5 and gone[0]["section"] == "Discussion"
'
}

@test "audit --deleted: what came back in other words, by whom it was deleted" {
  printf '# Discussion\n\n- A lid keeps the rain out of heaps\n- Worms come\n' >talk/01.md
  save Anne
  sed -i '/lid/d' talk/01.md
  save Bruno
  echo '- A lid keeps the wind out of heaps' >>talk/01.md
  save Zoé
  run "$atelier" audit --json --deleted --events
  json_lines '
now, gone = rows[1:]
assert now["written_by"]["name"] == gone["written_by"]["name"] == "Anne" and "again" not in now
assert gone["text"] == "A lid keeps the rain out of heaps" and gone["deleted_by"]["name"] == "Bruno"
assert gone["again"] == now["id"] != gone["id"]
assert [[e["event"] for e in r["events"]] for r in (now, gone)] == [["add", "delete", "restore"], ["add", "delete"]]
'
  run "$atelier" --lang en audit --deleted
  [[ "$output" == *"deleted by Bruno; stands again in other words: talk/01.md:4"* ]]
  run "$atelier" --lang en who "keeps the rain"
  [[ "$output" == *"deleted; it stood in talk/01.md"*"brought it back"* ]]
  sed -i 's/wind/rain/' talk/01.md
  save Zoé
  run "$atelier" audit --json --deleted
  json_lines 'assert len(rows) == 2'
}

@test "who: a deleted point by all its words, though it and another had them among more" {
  printf '# Discussion\n\n- A lid keeps the rain out of heaps today\n- Worms come\n\n%s\n' \
    'Anne said that a lid keeps the rain out of heaps, and sun as well' >talk/01.md
  save Anne
  sed -i '/lid/d' talk/01.md
  save Bruno
  echo '- A lid keeps the rain out of heaps' >>talk/01.md
  save Zoé
  sed -i '/lid/d' talk/01.md
  save Bruno
  run "$atelier" --lang en who 'a lid keeps the rain out of heaps'
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'A lid keeps the rain out of heaps' ]
}

@test "audit: a point of several wordings is one point" {
  printf '# Discussion\n\n- The budget is of 12 000 euros\n' >talk/01.md
  save Anne
  git checkout -q -b side
  sed -i 's/12/14/' talk/01.md
  save Bruno
  git checkout -q main
  sed -i 's/12/13/' talk/01.md
  save Anne
  git -c user.name=Anne -c user.email=anne@example.org merge -q --no-commit side || true
  printf '# Discussion\n\n- The budget is of %s 000 euros ⟨version %s⟩\n' 13 1 | tee talk/01.md
  printf -- '- The budget is of %s 000 euros ⟨version %s⟩\n' 14 2 >>talk/01.md
  save Anne
  run "$atelier" audit --csv
  [[ "$output" == *'Anne,anne@example.org,1,13,1,0,0,0'*'Bruno,bruno@example.org,0,1,1,0,0,0'* ]]
  run "$atelier" people --json
  json_lines 'assert [r["points"] for r in rows] == [1, 0], rows'
  run "$atelier" audit --json
  json_lines 'assert len(rows) == 2, rows'
}

@test "audit --deleted: rows and quotes, but no header, rule, code or html" {
  cat >talk/01.md <<'END'
# Discussion

- A lid keeps the rain out

| Who | What |
|-----|------|
| Anne | lid |
| Bruno | worms |
| --- | --- |

```
turn the heap
```

> Heaps want air

<div>
air
</div>

[heap]: http://heap.example

- > As Zoé said
- ```
  in an item
  ```

Worms come by themselves
END
  save Anne
  printf '# Discussion\n\n- A lid keeps the rain out\n' >talk/01.md
  save Bruno
  run "$atelier" audit --json --deleted
  json_lines '
gone = [r["text"] for r in rows if "deleted_by" in r]
assert gone == ["| Anne | lid |", "| Bruno | worms |", "> Heaps want air",
                "> As Zoé said", "``` in an item ```", "Worms come by themselves"], gone
'
  run "$atelier" audit --csv
  [[ "$output" == *"Bruno,bruno@example.org,0,0,0,0,6,0"* ]]
}

@test "audit: what is saved and not recorded is the note-taker's, without commit and time" {
  history
  echo '- Just typed' >>talk/01.md
  run "$atelier" --as "Zoé <zoe@example.org>" audit --json
  json_lines '
last = rows[-1]
assert last["text"] == "Just typed" and last["written_by"]["email"] == "zoe@example.org"
assert last["written_by"]["commit"] is None and last["written_by"]["at"] is None
'
}

@test "audit: speakers are resolved, never guessed" {
  history
  run "$atelier" audit --json
  json_lines '
said = {r["speaker"]["as"]: r["speaker"] for r in rows if r["speaker"]}
assert set(said) == {"Omar", "zoé", "Omara"}, said
assert said["Omar"]["name"] == "Omar Benali" and said["Omar"]["how"] == "first-name"
assert said["zoé"]["how"] == "guest"
assert said["Omara"]["name"] == "Omar Benali" and said["Omara"]["how"] == "spelling"
'
  run "$atelier" audit --by speaker
  [ "$status" -eq 0 ]
  [[ "$output" == *"Omar Benali"* ]]
  [[ "$output" != *"example of"* ]]
}

@test "audit: the seed's speakers" {
  seed="$BATS_TEST_DIRNAME/../../shared/seed/emergence-session-2.txt"
  [ -e "$seed" ] || skip "no seed"
  cd ..
  "$atelier" init seed --language fr >/dev/null
  "$atelier" -C seed --as "Anne <anne@example.org>" import "$seed" >/dev/null
  run "$atelier" -C seed audit --json
  json_lines '
said = {r["speaker"]["as"]: r["speaker"] for r in rows if r["speaker"]}
assert set(said) == {"Aymeric", "MB", "cécile", "Aminata"}, said
assert said["Aymeric"]["name"] == "Aymeric SAUVAGE" and said["MB"]["name"] == "Michel Briand"
assert said["cécile"]["how"] == "guest"
assert said["Aminata"]["name"] is None and said["Aminata"]["near"] == ["Amina Rouillé d\u0027Orfeuill"]
'
}

@test "audit: a table, in both languages, by person and by section" {
  history
  run "$atelier" audit
  [ "$status" -eq 0 ]
  [[ "${lines[1]}" == *"first wrote"*"words now"*"reworded"*"moved"*"deleted"*"said"* ]]
  [[ "$output" == *"Anne (AN"* || "$output" == *"Anne (A)"* ]]
  [[ "$output" == *"counts, not merit"* ]]
  run "$atelier" --lang fr audit --by section
  [ "$status" -eq 0 ]
  [[ "$output" == *"mots présents"* ]]
  [[ "$output" == *"pas des mérites"* ]]
  [ "$("$atelier" audit --by Intervenant)" = "$("$atelier" audit --by speaker)" ]
  run "$atelier" audit --by nothing
  [ "$status" -eq 2 ]
  for forms in "--csv --html" "--json --csv" "--tokens --html"; do
    run "$atelier" audit $forms
    [ "$status" -eq 2 ]
    [[ "$output" == *"one form"* ]]
  done
}

@test "audit --csv: RFC 4180, and nothing that a spreadsheet would run" {
  printf '# a "b", c\n\n- one point\n' >talk/01.md
  save '=cmd'
  run bash -c '"$0" audit --csv | tee out.csv | head -1' "$atelier"
  [ "$output" = $'workshop,section,contributor,email,first_wrote,words_now,reworded,moved,deleted,said\r' ]
  python3 - <<'PYTHON'
import csv
rows = list(csv.DictReader(open("out.csv", newline="", encoding="utf-8")))
assert rows[0]["section"] == 'a "b", c' and rows[0]["contributor"] == "'=cmd", rows
assert rows[0]["first_wrote"] == "1" and rows[0]["words_now"] == "2"
assert open("out.csv", "rb").read().endswith(b"\r\n")
PYTHON
}

@test "audit --html: one page, nothing of the notes is markup" {
  printf '# <script>alert(1)</script>\n\n- one\n' >talk/01.md
  save Anne
  run "$atelier" audit --html
  [ "$status" -eq 0 ]
  [[ "$output" == "<!DOCTYPE html>"* ]]
  [[ "$output" != *"<script"* ]]
  [[ "$output" != *"http:"* ]]
  [[ "$output" != *"https:"* ]]
}

@test "audit --pseudonyms: no name, no address, no way back" {
  history
  for format in --json --csv --html --plain; do
    run --separate-stderr "$atelier" audit --pseudonyms --deleted $format
    [ "$status" -eq 0 ]
    [[ "$output" != *Anne* && "$output" != *bruno* && "$output" != *Omar* ]]
    [[ "$output" == *"Person 1"* ]]
  done
  run --separate-stderr "$atelier" audit --pseudonyms --json
  json_lines 'assert all(r["written_by"]["commit"] is None for r in rows)'
}

@test "audit --pseudonyms: no id tells whose name a guess would have to be" {
  printf '# D\n\n- Omar : one two\n- Omar Benali : one two\n- three\n- Omar : four\n' >talk/01.md
  save Anne
  sed -i '$d' talk/01.md
  save Anne
  run "$atelier" audit --json --deleted
  named=$output
  run --separate-stderr "$atelier" audit --json --deleted --pseudonyms
  output="$named
$output" json_lines '
named, hidden = rows[:4], rows[4:]
assert [a["id"] == b["id"] for a, b in zip(named, hidden)] == [False, False, True, False]
assert len({r["id"] for r in hidden}) == 4, "still one point each"
'
}

@test "audit --pseudonyms --tokens: hidden names move no word to somebody else" {
  printf '# D\n\n- Omar : one two\n- Omar Benali : one two\n- Jean Paul Sar Le Roux : one two\n' >talk/01.md
  save Anne
  sed -i 's/one two/one new two/' talk/01.md
  save Bruno
  run --separate-stderr "$atelier" audit --json --tokens
  named=$output
  run --separate-stderr "$atelier" audit --json --tokens --pseudonyms
  output="$named
$output" json_lines '
named, hidden = rows[:3], rows[3:]
people = {"anne": "person-1", "bruno": "person-2"}
for a, b in zip(named, hidden):
    said = [[t[0], people[t[1].split("@")[0]]] for t in a["tokens"][-4:]]
    assert said == [[t[0], t[1].split("@")[0]] for t in b["tokens"][-4:]], (said, b["tokens"])
    assert all(t[1] == "person-1@invalid" for t in b["tokens"][:-4]), b["tokens"]
'
}

@test "audit: what says nothing to the answer is told, and no name is shown that is to be hidden" {
  history
  for options in "--since hier" "--by section" --deleted --tokens --csv talk "-w talk"; do
    run --separate-stderr "$atelier" --lang en audit --verify $options
    [ "$status" -le 1 ]
    [[ "$stderr" == *"--verify checks everything"* ]]
  done
  run --separate-stderr "$atelier" --lang en audit --csv --deleted
  [ "$status" -eq 0 ]
  [ "$stderr" = "The table counts deleted points; --json has their texts." ]
  for language in en fr; do
    run "$atelier" --lang $language audit --verify --pseudonyms
    [ "$status" -eq 2 ]
    [[ "$output" != *example.org* ]]
  done
  [[ "$output" == *"ne vont pas ensemble"* ]]
}

@test "audit --since: a date, a word, and what is none" {
  history
  run "$atelier" audit --json --since 2023-11-15
  json_lines 'assert rows == []'
  run "$atelier" audit --json --since "2023-11-14 22:15"
  json_lines 'assert len(rows) == 5, [r["text"] for r in rows]'
  run "$atelier" audit --json --since hier
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  for none in someday 2026-02-31 31/04/2026 "2026-01-31 24:00" "2026-01-31 14:" "2026-01-31T14:30:" \
    "2026-01-31T14:30:61" "3 angles" "3" 2026-01-31T14:30+ 2026-01-31T14:30+02:61 2026-01-31T14:30:00X \
    2026-01-31T14:30:00.Z 2026-01-31T14:30ZZ 2026-01-31T14:30+2 2026-01-31T14:30+020 2026-01-31T14:30+02:5; do
    run "$atelier" audit --since "$none"
    [ "$status" -eq 2 ] || { echo "$none"; false; }
  done
  for time in 2020-02-29 "14/11/2023 22h" 2023-11-14T22:14:30 "14/11/2023 22:14:30" "900 ans" "900 years" "il y a 900 années"; do
    run "$atelier" audit --json --since "$time"
    json_lines 'assert len(rows) >= 5, rows'
  done
  run "$atelier" audit --json --since 2023-11-14T22:14:21
  json_lines 'assert len(rows) == 5, [r["text"] for r in rows]'
  export TZ=CET-1
  for time in 2023-11-14T22:15:00Z 2023-11-14T23:15+01:00 2023-11-15T00:15:00+0200 "2023-11-14 17:15:00 -0500" \
    2023-11-14T22:14:59.123456789Z 2023-11-14T23:15; do
    run "$atelier" audit --json --since "$time"
    json_lines 'assert len(rows) == 5, [r["text"] for r in rows]' || { echo "$time"; false; }
  done
  run "$atelier" audit --json --since 2023-11-14T22:15+02:00
  json_lines 'assert len(rows) > 5, rows'
}

@test "audit and duplicates --since last: since all that is asked about was looked at" {
  history
  mkdir other
  printf -- '- Elsewhere\n' >other/01.md
  save Anne
  "$atelier" show talk >/dev/null
  run "$atelier" audit talk --since last --json
  [ -z "$output" ]
  run "$atelier" duplicates talk --since last
  [ "$output" = "No idea is said twice." ]
  run "$atelier" audit --since last --json
  json_lines 'assert len(rows) == 7, [r["text"] for r in rows]'
  printf -- '- Worms come by themselves\n' >>talk/01.md
  save Bruno
  "$atelier" show other >/dev/null
  run "$atelier" audit --since last --json
  json_lines 'assert [r["text"] for r in rows] == ["Worms come by themselves"], rows'
  run "$atelier" duplicates --since last --json
  json_lines 'assert len(rows) == 1, rows'
  "$atelier" show talk >/dev/null
  run "$atelier" --lang fr audit --since dernière --json
  [ -z "$output" ]
}

@test "audit: in a folder below, one workshop, none of that name" {
  history
  mkdir other
  printf -- '- Elsewhere\n' >other/01.md
  save Anne
  run "$atelier" -C talk audit --json
  json_lines 'assert len(rows) == 7 and rows[0]["file"] == "other/01.md"'
  run "$atelier" audit talk --json
  json_lines 'assert len(rows) == 6'
  run "$atelier" audit nowhere
  [ "$status" -eq 65 ]
}

@test "audit: a reflow, a rename and an own merge credit nobody" {
  printf '# T\n\n- one two three four five six seven\n- eight nine ten eleven twelve\n' >talk/01.md
  save Anne
  printf '# T\n\n* one two three\n  four five six seven\n* eight nine ten eleven twelve\n' >talk/02.md
  git rm -q --cached talk/01.md && rm talk/01.md
  save Bruno
  run "$atelier" audit --json
  json_lines '
assert all(r["written_by"]["name"] == "Anne" and not r["edited_by"] for r in rows), rows
assert all(len(r["words"]) == 1 for r in rows) and rows[0]["file"] == "talk/02.md"
'
}

@test "audit: a point that was carried over has one writer" {
  printf '# T\n\n- begin\n' >talk/01.md
  save Anne
  git checkout -q -b side
  printf -- '- a thought about compost\n' >>talk/01.md
  save Bruno
  git checkout -q main
  echo '# Other' >talk/02.md
  save Anne
  git -c user.name=M -c user.email=m@example.org cherry-pick side >/dev/null
  git -c user.name=M -c user.email=m@example.org merge -q -m m side
  run "$atelier" audit --json
  json_lines 'assert rows[1]["written_by"]["name"] == "Bruno" and rows[1]["also_by"] == [], rows'
  run "$atelier" who compost
  [[ "$output" != *"the same"* ]]
  run "$atelier" audit
  [[ "$output" =~ "Bruno (B)"\ +1\ +4\  ]]
}

@test "who: what the program made one point is told of who wrote it" {
  printf '# T\n\n- begin\n' >talk/01.md
  save Anne
  git checkout -q -b side
  printf -- '- the same thought about compost\n' >>talk/01.md
  save Bruno
  git checkout -q main
  printf -- '- the same thought about compost\n' >>talk/01.md
  save Clara
  GIT_AUTHOR_DATE="$at +0000" GIT_COMMITTER_DATE="$at +0000" git -c user.name=atelier \
    -c user.email=atelier@invalid merge -q -m 'Merge

Atelier-Merge: 1' side
  run "$atelier" who "same thought"
  [[ "$output" == *"wrote it"*"wrote the same, neither knowing of the other"* ]]
  [[ "$output" != *nobody* && "$output" != *joined* ]]
}

@test "audit: two who write the same at once are both credited" {
  printf '# T\n\n- begin\n' >talk/01.md
  save Anne
  git checkout -q -b side
  printf -- '- the same thought about compost\n' >>talk/01.md
  save Bruno
  git checkout -q main
  printf -- '- the same thought about compost\n' >>talk/01.md
  save Clara
  GIT_AUTHOR_DATE="$at +0000" GIT_COMMITTER_DATE="$at +0000" \
    git -c user.name=M -c user.email=m@example.org merge -q -m m side
  run "$atelier" audit --json
  json_lines '
both = rows[1]
assert {both["written_by"]["name"]} | {a["name"] for a in both["also_by"]} == {"Bruno", "Clara"}, both
'
}

@test "who: a point's story, deleted ones too, and as JSON" {
  history
  run "$atelier" who "heavy lid"
  [ "$status" -eq 0 ]
  [[ "$output" == *"Anne"*"wrote it"*"Bruno"*"reworded it"* ]]
  run "$atelier" --lang fr qui talk/01.md:3 --explain
  [ "$status" -eq 0 ]
  [[ "$output" == *"Mot par mot"*"heavy"*"Formulations précédentes"* ]]
  run "$atelier" who "needs this"
  [ "$status" -eq 0 ]
  [[ "$output" == *"deleted it"* ]]
  run "$atelier" who "heavy lid" --json --explain
  json_lines '
assert [e["event"] for e in rows[0]["events"]][-1] == "reword" and rows[0]["tokens"]
assert rows[0]["written_by"]["name"] == "Anne"
'
  run "$atelier" who "no such words"
  [ "$status" -eq 65 ]
  run "$atelier" who
  [ "$status" -eq 2 ]
}

@test "who: three deleted points with one text are not told as one" {
  for file in 01 02 03; do
    printf '# T%s\n\n- Rain helps the heap\n- Point of file %s\n' $file $file >talk/$file.md
  done
  save Anne
  sed -i '/Rain helps/d' talk/*.md
  save Bruno
  run "$atelier" who "Rain helps the heap"
  [ "$status" -eq 65 ]
  [[ "$output" == *"several deleted points say this"* ]]
}

@test "people: united as claimed, suggested where alike" {
  history
  printf -- '- more\n' >>talk/01.md
  git add -A
  git -c user.name=ANNE -c user.email=anne@home.example commit -q -m save
  printf 'Bruno Martin <bruno@example.org>\n' >.mailmap
  run "$atelier" people
  [ "$status" -eq 0 ]
  [[ "$output" == *"Bruno Martin"* ]]
  [[ "$output" == *"ANNE <anne@home.example> Anne <anne@example.org>"* ]]
  printf -- '- {name: Anne Berlemont, emails: [anne@example.org, anne@home.example], initials: AB}\n' >people.yml
  run "$atelier" personnes --json
  json_lines '
anne = [r for r in rows if r["name"] == "Anne Berlemont"][0]
assert anne["initials"] == "AB" and anne["emails"] == ["anne@example.org", "anne@home.example"]
assert anne["points"] == 3 and anne["maybe_also"] == []
'
  run "$atelier" audit --json
  json_lines 'assert rows[0]["written_by"]["name"] == "Anne Berlemont" and rows[0]["written_by"]["raw_name"] == "Anne"'
}

@test "people: no line is suggested that joins no address" {
  history
  printf -- '- Anne\n- Bruno Martin\n' >people.yml
  git -c user.name='Bruno Martin' -c user.email= commit -q --allow-empty -m save
  run "$atelier" people
  [ "$status" -eq 0 ]
  [[ "$output" == *"add the line to people.yml"*"- {name: Anne, emails: [anne@example.org]}"* ]]
  [[ "$output" != *"<>"* && "$output" != *'""'* && "$output" != *mailmap* ]]
  printf -- '- {name: Anne, emails: [anne@example.org]}\n' >>people.yml
  run "$atelier" people
  [[ "$output" != *"add the line"* ]]
}

@test "people: the name that is written as a name goes first" {
  printf '# T\n\n- one two three\n- four five six\n' >talk/01.md
  git add -A
  git -c user.name='anne berlemont' -c user.email=ab@home.example commit -q -m save
  printf -- '- seven eight\n' >>talk/01.md
  git -c user.name='Anne Berlemont' -c user.email=anne@example.org commit -q -a -m save
  run "$atelier" --lang fr personnes
  [[ "$output" == *"  Anne Berlemont <anne@example.org> anne berlemont <ab@home.example>"* ]]
  [[ "$output" == *"  - {name: Anne Berlemont, emails: [anne@example.org, ab@home.example]}"* ]]
}

@test "whoami: as git says, and as the notes know one" {
  printf -- '- {name: Anne Berlemont, emails: [ab@example.org, anne@example.org]}\n' >people.yml
  run "$atelier" --as "Anne <anne@example.org>" whoami
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Anne <anne@example.org>" ]
  [[ "${lines[1]}" == *"Anne Berlemont <ab@example.org>"* ]]
  run "$atelier" --as "Anne <anne@example.org>" qui-suis-je --json
  json_lines 'assert rows[0]["name"] == "Anne Berlemont" and rows[0]["raw_name"] == "Anne"'
}

@test "show --authors: signs beside the points, and who they are" {
  history
  run "$atelier" show --authors
  [ "$status" -eq 0 ]
  [[ "$output" == *"A+B | - A heavy lid keeps the rain out"* ]]
  [[ "$output" == *"Bruno"* ]]
  run "$atelier" show --authors --json
  json_lines 'assert rows[0]["written_by"]["name"] == "Anne" and rows[0]["words"]'
}

@test "show --since: what is new since a day, and since one last looked" {
  history
  run "$atelier" show --since "2023-11-14 22:15"
  [ "$status" -eq 0 ]
  [[ "$output" == *"who turns the heap"* && "$output" != *"Worms"* ]]
  [[ "$output" == *"Deleted since:"*"Nobody needs this line"* ]]
  run "$atelier" show --since "2023-11-14 22:15" --json
  json_lines '
assert "Nobody needs this line" == rows[-1]["text"] and rows[-1]["deleted_by"]["name"] == "Bruno"
assert not any("deleted_by" in r for r in rows[:-1]) and len(rows) > 1
'
  run "$atelier" show --since "2023-11-14 22:17" --json
  [ -z "$output" ]
  run "$atelier" show --authors --json
  json_lines 'assert not any("deleted_by" in r for r in rows)'
  run "$atelier" show --since last
  [ "$output" = "Nothing is new." ]
  printf -- '- News of today\n' >>talk/01.md
  save Clara
  run "$atelier" --lang fr voir --since dernière
  [[ "$output" == *"News of today"* && "$output" != *"Worms"* ]]
  "$atelier" show >/dev/null
  run "$atelier" --lang fr voir --since dernière
  [ "$output" = "Rien de nouveau." ]
}

@test "show: what comes in while it is being read was not looked at" {
  python3 -c 'print("# D\n"); [print("- point number", i, "of so many that no pipe holds them") for i in range(2000)]' >talk/01.md
  save Anne
  "$atelier" show talk | {
    read -r _
    echo '- Meanwhile' >>talk/01.md
    save Bruno
    cat >/dev/null
  }
  run "$atelier" show --since last
  [[ "$output" == *"- Meanwhile"* ]]
}

@test "audit: trust, by signatures that this machine can check" {
  command -v ssh-keygen >/dev/null || skip "no ssh-keygen"
  history
  ssh-keygen -q -t ed25519 -N '' -f ../key
  echo "anne@example.org $(cat ../key.pub)" >../allowed
  git config gpg.ssh.allowedSignersFile "$PWD/../allowed"
  git config gpg.format ssh
  git config user.signingKey "$PWD/../key.pub"
  git config commit.gpgSign true
  echo '- Signed as myself' >>talk/01.md
  save Anne
  echo '- Signed as another' >>talk/01.md
  save Bruno
  run "$atelier" audit --json
  json_lines '
trust = {r["text"]: r["trust"] for r in rows}
assert trust["Signed as myself"] == "verified" and trust["Signed as another"] == "disputed"
assert trust["Worms come by themselves"] == "declared"
'
  trusts() { "$atelier" audit --json "$@" 2>/dev/null | grep -o '"trust":"[a-z]*"'; }
  [ "$(trusts --pseudonyms)" = "$(trusts)" ]
  run "$atelier" audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"Bruno"*"signed by somebody else: anne@example.org"* ]]
}

@test "audit: a shortened history credits nobody with what it cannot know" {
  history
  git clone -q --depth 1 "file://$PWD" ../short
  run --separate-stderr "$atelier" -C ../short audit --json
  [ "$status" -eq 0 ]
  [[ "$stderr" == *"Older versions are not here"* ]]
  json_lines 'assert all(r["written_by"] is None for r in rows), rows[0]'
  for ask in history status "undo --dry-run" "restore needs"; do
    # shellcheck disable=SC2086 # several words
    run "$atelier" -C ../short --as "Bruno <bruno@example.org>" --lang en $ask
    [ "$status" -ne 74 ]
    [[ "$output" != *"git fsck"* ]]
    [[ "$output" == *"Older versions are not here"* || "$ask" == status ]]
  done
}

@test "audit: the Finger Lakes toy history, word by word after every version" {
  data="$BATS_TEST_DIRNAME/../../shared/corpus/attribution"
  [ -d "$data" ] || skip "no attribution data"
  python3 - "$data" "$atelier" <<'PYTHON'
import json, os, re, subprocess, sys
data, atelier = sys.argv[1:]
answers, cells = {}, {}
for line in open(data + "/finger_lakes3_explained.tsv", encoding="utf-8"):
    for cell in line.rstrip("\n").split("\t"):
        found = re.match(r"([A-Z]+)(\d+)=(.*)", cell)
        if found:
            cells[found[1], int(found[2])] = found[3]
dump = open(data + "/finger_lakes3_dummy.xml", encoding="utf-8").read()
wrong, words, ids = [], 0, {}
letters = [chr(65 + i) for i in range(3, 26)] + ["A" + chr(65 + i) for i in range(5)]
row = {int(v): r for (c, r), v in cells.items() if c == "A" and v.isdigit()}
for number, found in enumerate(re.findall(r"<revision>(.*?)</revision>", dump, re.S)):
    who = re.search(r"<username>(.*?)<", found)[1]
    text = re.search(r"<text[^>]*>(.*?)</text>", found, re.S)[1]
    open("talk/01.md", "w").write("- " + text + "\n")
    when = f"{1700000000 + 60 * number} +0000"
    env = dict(os.environ, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    subprocess.run(["git", "add", "-A"], check=True)
    mail = who.split()[1] + "@x"
    subprocess.run(["git", "-c", "user.name=" + who, "-c", "user.email=" + mail, "commit", "-qm", str(number)], check=True, env=env)
    ids[subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()] = number
    out = subprocess.run([atelier, "audit", "--json", "--tokens"], capture_output=True, text=True, check=True).stdout
    tokens = [t for line in out.splitlines() for t in json.loads(line)["tokens"]]
    at = row[number] + (cells.get(("D", row[number]), "#") == "#")
    sheet = [tuple(cells.get((c, at + k)) for k in (0, 1, 2)) for c in (letters[:14] if number < 7 else letters)]  # a legend stands beside
    want = [s for s in sheet if s[0] and s[2] is not None and s[2].isdigit()]
    have = [(t[0], t[1][:-2], str(ids[t[2]])) for t in tokens]
    words += len(have)
    if [(w, o) for w, _, o in want] != [(w, o) for w, _, o in have]:
        wrong.append((number, want, have))
print(words, "words,", len(wrong), "versions differ")
for number, want, have in wrong[:3]:
    print(number, [(w, h) for w, h in zip(want, have) if w[0] != h[0] or w[2] != h[2]][:6], len(want), len(have))
sys.exit(len(wrong) > 0)
PYTHON
}

@test "audit: an item that is a heading or a quote says what stands on its line" {
  printf -- '- ## What we want\n- > said before\n- plain\n' >talk/01.md
  save Anne
  run "$atelier" audit --json --tokens
  json_lines '
assert [r["text"] for r in rows] == ["## What we want", "> said before", "plain"], rows
assert all(r["written_by"]["name"] == "Anne" for r in rows)
assert [t[0] for t in rows[0]["tokens"]] == ["##", "What", "we", "want"]
assert all(t[1] == "anne@example.org" for t in rows[0]["tokens"])
'
  run "$atelier" show --authors
  [ "${lines[0]}" = "A | - ## What we want" ]
  run "$atelier" find before
  [ "$output" = "talk/01.md:2  > said before" ]
  run "$atelier" who "what we"
  [ "${lines[0]}" = "## What we want" ]
  run "$atelier" show --json
  shown=$output
  sed -i 1i- talk/01.md
  run "$atelier" show --json
  output="$shown
$output" json_lines '
assert [r["text"] for r in rows[:2]] == ["## What we want", "> said before"], rows
assert [r["id"] for r in rows[:3]] == [r["id"] for r in rows[4:]], "named by what they say, not by their place"
'
}

@test "audit: where nothing was written, or nothing recorded" {
  run --separate-stderr "$atelier" audit
  [ "$status" -eq 0 ]
  [ "$output" = "There is nothing to tell." ]
  for options in --json "--json --deleted --tokens" "--csv" "--verify --json"; do
    # shellcheck disable=SC2086 # several options
    run --separate-stderr "$atelier" audit $options
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
  done
  printf '# Talk\n\n- Not recorded\n' >talk/01.md
  run --separate-stderr "$atelier" --as "Zoé <zoe@example.org>" audit --json --tokens
  [ "$status" -eq 0 ]
  json_lines '
writer = {k: rows[0]["written_by"][k] for k in ("name", "email", "commit", "at")}
assert writer == {"name": "Zoé", "email": "zoe@example.org", "commit": None, "at": None}, writer
assert rows[0]["tokens"] == [["Not", "zoe@example.org", None], ["recorded", "zoe@example.org", None]]
'
}

@test "audit: from a folder below, with -C, on a version of its own, beside other files" {
  history
  mkdir -p docs/deep
  printf '# Elsewhere\n\n- Deep down\n' >docs/deep/notes.md
  printf 'no note\n' >docs/deep/notes.txt
  printf '\0\1' >docs/picture.png
  save Clara
  whole=$("$atelier" audit --json --tokens --deleted)
  [ "$(cd docs/deep && "$atelier" audit --json --tokens --deleted)" = "$whole" ]
  [ "$("$atelier" -C "$PWD/docs" audit --json --tokens --deleted)" = "$whole" ]
  git checkout -q --detach
  [ "$("$atelier" audit --json --tokens --deleted)" = "$whole" ]
  git worktree add -q ../beside
  [ "$("$atelier" -C ../beside audit --json --tokens --deleted)" = "$whole" ]
  git checkout -q HEAD^
  run "$atelier" audit --json
  json_lines 'assert len(rows) == 6, len(rows)'
  git clone -q --bare . ../bare.git
  run "$atelier" -C ../bare.git audit
  [ "$status" -eq 65 ]
}

@test "audit: what is a point, and what is none" {
  printf -- '---\ntitle: x\nitems:\n- yaml\n---\n\n# Heading\n\nA paragraph\nof two lines.\n\n1. one\n2. [x] two\n   - below two\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted\n\n```\n- code\n```\n\n- sum 1 ⟨version 1⟩\n- sum 2 ⟨version 2⟩\n' >talk/01.md
  save Anne
  run "$atelier" audit --json --tokens
  json_lines '
assert [(r["line"], r["text"]) for r in rows] == [(9, "A paragraph of two lines."), (12, "one"), (13, "two"),
  (14, "below two"), (26, "sum 1"), (27, "sum 2")], [(r["line"], r["text"]) for r in rows]
keys = ["v", "workshop", "file", "line", "section", "text", "id", "written_by", "also_by", "edited_by", "words", "speaker", "trust", "tokens"]
assert all(list(r) == keys for r in rows)
assert all([t[0] for t in r["tokens"]] == r["text"].split() for r in rows)
assert all(r["words"] == [{"email": "anne@example.org", "count": len(r["tokens"])}] for r in rows), rows
'
}
