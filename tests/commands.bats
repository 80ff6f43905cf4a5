#!/usr/bin/env bats
# Each command as a person or a program meets it: output, status, both languages, JSON.

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language en >/dev/null
}

# as_anne COMMAND…: in the folder of workshops
as_anne() {
  "$atelier" -C notes --as "Anne <anne@example.org>" "$@"
}

# workshop: one with a discussion of three points
workshop() {
  as_anne new "Compost on the corner" --date 2026-05-31 --place "Room 3" --people "Anne, Bruno" >/dev/null
  printf 'Who turns the heap?\n\nWorms come by themselves\n\nL’été, on arrose\n' | as_anne add - >/dev/null
}

# with_variants: the same, and a point with two wordings
with_variants() {
  workshop
  printf -- '- A lid keeps the rain out ⟨version 1⟩\n- A roof keeps the rain out ⟨version 2⟩\n' >>notes/2026-05-31-compost-on-the-corner/03-discussion.md
}

# json_lines [PYTHON]: every line of $output is an object that begins with v; `rows` are all of them
json_lines() {
  printf '%s\n' "$output" | python3 -c "
import json, sys
rows = [json.loads(line) for line in sys.stdin if line.strip()]
assert all(list(row)[0] == 'v' and row['v'] == 1 for row in rows), rows
${1:-assert rows}
"
}

@test "init: a new folder, one that is there already, both languages" {
  run "$atelier" init fresh
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "fresh: ready for workshops." ]
  [ -s fresh/atelier.yml ]
  run "$atelier" --lang fr init fresh
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == "fresh"*": prêt. Les notes"* ]]
  run "$atelier" init deep/below/here --json
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["folder"] == "deep/below/here" and not rows[0]["adopted"]'
}

@test "init: adopts a folder of notes without touching them" {
  mkdir mine
  printf -- '- a note\n' >mine/note.md
  run "$atelier" init mine --json
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["adopted"]'
  [ "$(ls mine)" = note.md ]
  [ "$(cat mine/note.md)" = "- a note" ]
}

@test "init: in a workshop's folder it is about all the notes; another address is told" {
  workshop
  for address in one.git two.git two.git; do
    (cd notes/*/ && "$atelier" --lang en init --remote "$PWD/../../$address" >"$BATS_TEST_TMPDIR/said" 2>&1)
    grep -qx "$PWD/notes: ready. The notes in it stay as they are." said
    git -C notes config remote.origin.url | grep -q "/$address$"
    git -C notes config remote.origin.fetch '+refs/heads/main:refs/remotes/origin/main'
  done
  ! grep -q 'Until now' said || false
  (cd notes/*/ && "$atelier" --lang en init --remote "$PWD/../../one.git" 2>&1 | grep -q 'Until now it was shared at .*two.git')
  [ "$(git -C notes config --get-all remote.origin.fetch)" = '+refs/heads/main:refs/remotes/origin/main' ]
  ! ls -d notes/*/.git || false
  # An empty folder inside it, and one that the repository around has nothing of, are others.
  "$atelier" init notes/inside >/dev/null
  [ -d notes/inside/.git ]
  git init -q around
  mkdir around/mine
  echo '- a note' >around/mine/note.md
  "$atelier" init around/mine >/dev/null
  [ -d around/mine/.git ]
}

@test "show and history: of two workshops named, none is dropped in silence" {
  workshop
  for command in show history; do
    run as_anne "$command" compost -w compost
    [ "$status" -eq 2 ]
    [[ "$output" == *'name it once'* && "$output" != *quotes* ]]
    run as_anne "$command" -w compost
    [ "$status" -eq 0 ]
  done
}

@test "init: what cannot be is refused and leaves nothing behind" {
  run "$atelier" init fresh --branch 'b..d'
  [ "$status" -eq 2 ]
  [ ! -e fresh/.git ]
  run "$atelier" init fresh --remote 'ext::sh -c x'
  [ "$status" -eq 65 ]
  [ ! -e fresh/.git ]
  run "$atelier" init fresh --language de
  [ "$status" -eq 2 ]
  : >file
  run "$atelier" --lang fr init file
  [ "$status" -eq 65 ]
  [[ "$output" == "Rien n’est perdu."* ]]
}

@test "join: a copy, of an empty folder too, and as JSON" {
  workshop
  run "$atelier" join notes copy
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "copy: your copy is ready." ]
  [[ "${lines[1]}" == "Next: “cd copy”, "* ]]
  diff -r -x .git notes copy
  git init -q --bare -b main empty.git
  run "$atelier" --json clone empty.git
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["folder"] == "empty" and rows[0]["empty"]'
}

@test "join: nothing there, a folder that is taken, no address" {
  run "$atelier" --lang fr rejoindre ./nowhere.git copy
  [ "$status" -eq 69 ]
  [[ "$output" == "Rien n’est perdu."* ]]
  [ ! -e copy ]
  mkdir above
  for folder in new/copy above/new/copy "$PWD/new/new/copy" ./new/copy; do
    run "$atelier" join ./nowhere.git "$folder"
    [ "$status" -eq 69 ]
  done
  [ ! -e new ]
  [ -d above ]
  [ ! -e above/new ]
  mkdir taken
  echo mine >taken/file
  run "$atelier" join notes taken
  [ "$status" -eq 73 ]
  [ "$(cat taken/file)" = mine ]
  run "$atelier" join -- -u copy
  [ "$status" -eq 65 ]
  run "$atelier" join
  [ "$status" -eq 2 ]
  [[ "$output" == "Usage: atelier join "* ]]
}

@test "new: a recorded workshop, its French twin, once only" {
  run as_anne --json new "Compost on the corner" --date 2026-05-31 --people "Anne, Bruno"
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["workshop"] == "2026-05-31-compost-on-the-corner"
assert rows[0]["files"][0].endswith("/workshop.yml"), rows'
  [ -z "$(git -C notes status --porcelain)" ]
  run as_anne --lang fr nouveau "Compost on the corner" --date 2026-05-31
  [ "$status" -eq 65 ]
  [[ "$output" == *"existe déjà"* ]]
  run as_anne new "…"
  [ "$status" -eq 65 ]
}

@test "add: twenty at once in one copy, each of them recorded" {
  workshop
  for n in {1..20}; do
    as_anne add "said at once by number $n" >"told.$n" 2>&1 3>&- &
  done
  for job in $(jobs -p); do
    wait "$job"
  done
  for n in {1..20}; do
    [ "$(git -C notes log --format=%s | grep -cx "Add: said at once by number $n")" = 1 ]
    [ "$(cat notes/*/03-discussion.md | grep -cx -- "- said at once by number $n")" = 1 ]
  done
  [ -z "$(git -C notes status --porcelain)" ]
}

@test "add: what no patience helps against is said at once" {
  workshop
  git -C notes switch -q --detach
  run timeout 4 "$atelier" -C notes --as "Anne <anne@example.org>" add "said to nobody"
  [ "$status" -eq 75 ]
  [[ "$output" == *"older state"* ]]
  git -C notes switch -q -
  touch notes/.git/refs/heads/main.lock
  run timeout 4 "$atelier" -C notes --as "Anne <anne@example.org>" add "said to nobody"
  [ "$status" -eq 75 ]
}

@test "add: an argument, standard input, a section by number, JSON" {
  workshop
  run as_anne add "A fourth thing"
  [ "$status" -eq 0 ]
  [ "$output" = "Added: 2026-05-31-compost-on-the-corner/03-discussion.md:6" ]
  run as_anne --json add -s 1 "Why this corner?"
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["text"] == "Why this corner?" and rows[0]["file"].endswith("/01-questions.md")'
  grep -qx -- '- Why this corner?' notes/*/01-questions.md
  [ -z "$(git -C notes status --porcelain)" ]
  run as_anne --lang fr ajouter "   "
  [ "$status" -eq 65 ]
  [[ "$output" == *"pas de texte à ajouter"* ]]
  run as_anne add "•"
  [ "$status" -eq 65 ]
}

@test "add: a mark alone between two points makes no heading" {
  "$atelier" init --language en notes
  mkdir notes/w
  printf '# Note\n' >notes/w/01-note.md
  printf -- '- one\n-\n- two\n*\n' | "$atelier" -C notes --as 'Anne <a@example.org>' add -
  [ "$(tail -2 notes/w/01-note.md)" = "$(printf -- '- one\n- two')" ]
}

@test "show: the whole, one section, JSON" {
  workshop
  run as_anne show
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Compost on the corner" ]
  [ "${lines[1]}" = "2026-05-31, Room 3" ]
  [ "${lines[2]}" = "Participants: Anne, Bruno" ]
  run as_anne --lang fr voir -s discussion
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = "- Who turns the heap?" ]
  run as_anne show --json
  json_lines 'assert [row["text"] for row in rows] == ["Who turns the heap?", "Worms come by themselves", "L’été, on arrose"]
assert rows[0]["section"] == "Discussion", rows'
}

@test "a note that is too large is said, wherever it is left out" {
  workshop
  head -c 5000000 /dev/zero | tr '\0' x >notes/2026-05-31-compost-on-the-corner/09-large.md
  run as_anne show
  [[ "$output" == *"09-large.md cannot be read as text."* ]]
  run as_anne find lid
  [[ "$output" == *"09-large.md cannot be read as text."* ]]
  run as_anne add -s 09-large hello
  [ "$status" -eq 65 ]
}

@test "an error names the folder, also the one that one is in" {
  mkdir elsewhere
  run "$atelier" --lang en -C elsewhere show
  [ "$status" -eq 65 ]
  [[ "$output" == *"/elsewhere is not in a folder of workshops"* ]]
}

@test "dates are told in the language" {
  git init -q -b main dated
  printf '# A\n\n- x\n' >dated/a.md
  git -C dated add -A
  GIT_AUTHOR_DATE='2026-05-01T09:05:00+0200' git -C dated -c user.name=A -c user.email=a@b.c commit -qm x
  run "$atelier" --lang en -C dated history
  [[ "$output" == *"1 May 2026, 09:05  A"* ]]
  run "$atelier" --lang fr -C dated qui a.md:3
  [[ "$output" == *"1er mai 2026, 09:05"* ]]
}

@test "find: case and accents aside, and nothing found" {
  workshop
  run as_anne find "l'ete" --json
  [ "$status" -eq 0 ]
  [ -z "$output" ] || json_lines
  run as_anne --json chercher "ETE, ON"
  json_lines 'assert len(rows) == 1 and rows[0]["line"] == 5, rows'
  run as_anne --lang fr chercher nothing-like-it
  [ "$status" -eq 0 ]
  [[ "$output" == *"point"* ]]
}

@test "variants and choose: listed, refused, settled" {
  with_variants
  run as_anne variants
  [ "$status" -eq 0 ]
  [[ "$output" == *"A roof keeps the rain out"* ]]
  run as_anne variants --json
  json_lines 'assert len(rows) == 1 and len(rows[0]["wordings"]) == 2, rows'
  run as_anne status --json
  json_lines 'assert rows[0]["variants"] == 1'
  run as_anne --lang fr choisir "roof keeps" 3
  [ "$status" -eq 2 ]
  [[ "$output" == "Rien n’est perdu."* ]]
  run as_anne choose "nobody said this" 1
  [ "$status" -eq 65 ]
  run as_anne choose "Worms come" 1
  [ "$status" -eq 65 ]
  run as_anne choose
  [ "$status" -eq 2 ]
  run as_anne --json choose "roof keeps" 2
  [ "$status" -eq 0 ]
  json_lines 'assert rows[0]["text"] == "A roof keeps the rain out"'
  [ "$(tail -n 1 notes/*/03-discussion.md)" = "- A roof keeps the rain out" ]
  run as_anne --lang fr variantes
  [ "$output" = "Il ne reste aucune formulation à choisir." ]
}

@test "status: what is saved, --check, and JSON that no language changes" {
  workshop
  run as_anne status
  [ "$status" -eq 0 ]
  [ "$output" = "To look at: no address to share with is known" ]
  echo '- unrecorded' >>notes/2026-05-31-compost-on-the-corner/03-discussion.md
  run as_anne status --check
  [ "$status" -eq 1 ]
  [ "${lines[0]}" = "1 file only here · 1 thing to look at" ]
  [ "${lines[1]}" = "Saved here, not recorded yet:" ]
  run as_anne --lang en status --json
  json_lines 'assert rows[0]["here"][0]["change"] == "changed" and rows[0]["problems"]'
  english=$output
  run as_anne --lang fr status --json
  [ "$output" = "$english" ]
  head -c 5000000 /dev/zero | tr '\0' x >notes/large.md
  run as_anne --lang fr --json status
  json_lines 'assert "large.md: too large" in rows[0]["problems"], rows'
  run as_anne --lang fr état
  [[ "$output" == *"large.md n’est pas enregistré"*":"* ]]
}

@test "history: the latest first, one workshop, JSON" {
  workshop
  as_anne new "Another one" >/dev/null
  run as_anne history --json
  [ "$status" -eq 0 ]
  json_lines 'assert len(rows) == 3 and rows[0]["name"] == "Anne", rows
assert rows[0]["files"][0].startswith("another-one/")'
  run as_anne history another-one --json
  json_lines 'assert len(rows) == 1 and rows[0]["title"] == "New workshop: Another one", rows'
  # What a save is called tells no more than its files do; anything else is told.
  echo "- more" >>notes/another-one/03-discussion.md
  "$atelier" -C notes init --remote "$PWD/nowhere.git" >/dev/null 2>&1
  as_anne sync >/dev/null
  run as_anne history another-one
  [[ "${lines[1]}" == "    another-one/"* && "${lines[3]}" == "    New workshop: Another one" ]]
  "$atelier" init nothing-yet >/dev/null
  run "$atelier" --lang en -C nothing-yet history
  [ "$output" = "Nobody has recorded anything yet." ]
  [ -z "$("$atelier" -C nothing-yet history --json)" ]
  mkdir notes/not-yet
  echo 'title: Not yet' >notes/not-yet/workshop.yml
  run as_anne --lang en history not-yet
  [ "$output" = "Nobody has recorded anything in not-yet yet." ]
  run as_anne --lang fr historique nowhere
  [ "$status" -eq 65 ]
  [[ "$output" == "Rien n’est perdu."* ]]
}

@test "help: all, one, by French name, JSON that no language changes" {
  run "$atelier"
  [ "$status" -eq 0 ]
  for command in init join new import add sync status show find variants choose help; do
    [[ "$output" == *$'\n'"  $command "* ]]
  done
  run "$atelier" --lang fr aide chercher
  [ "$status" -eq 0 ]
  [[ "${lines[0]}" == "Utilisation"*": atelier chercher TEXTE" ]]
  run "$atelier" show --help
  [ "${lines[0]}" = "Usage: atelier show [WORKSHOP]" ]
  run "$atelier" --lang en help --json
  json_lines 'assert {"init", "sync", "similarity"} <= {row["command"] for row in rows[1:]}'
  english=$output
  run "$atelier" --lang fr help --json
  [ "$output" = "$english" ]
  run "$atelier" help shwo
  [ "$status" -eq 2 ]
}

@test "version: as a command, as an option, as JSON" {
  run "$atelier" version
  [ "$status" -eq 0 ]
  [[ "$output" =~ ^atelier\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
  [ "$("$atelier" --version)" = "$output" ]
  run "$atelier" version --json
  json_lines 'assert rows[0]["version"]'
  run "$atelier" version extra
  [ "$status" -eq 2 ]
}

@test "similarity: scores and levels, from a file or not, as JSON" {
  printf 'text_a\ttext_b\nThe heap is warm\tThe heap is warm\nWorms\tA roof\n' >table.tsv
  run "$atelier" similarity table.tsv
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  [ "${lines[0]}" = "$(printf '1.000000\tidentical')" ]
  run "$atelier" similarité --json <table.tsv
  json_lines 'assert rows[0]["score"] == 1 and rows[1]["level"] == "unrelated", rows'
  run "$atelier" similarity absent.tsv
  [ "$status" -eq 65 ]
  run "$atelier" --lang fr similarity <<<"one column"
  [ "$status" -eq 65 ]
  [[ "$output" == *"text_a"* ]]
}

@test "language: chosen by the text of the settings, the nearest one first" {
  never() { if "$@"; then return 1; fi; }
  french() { [[ "$("$@" 2>&1)" == "Rien n’est perdu."* ]]; }
  for setting in ATELIER_LANG=fr LC_ALL=fr_FR.UTF-8 LC_MESSAGES=fr_CA.UTF-8 LANG=fr LANG=fr_BE@euro; do
    french env -u LC_ALL -u LANG "$setting" "$atelier" nope
  done
  french env LC_ALL= LANG=fr_FR.UTF-8 "$atelier" nope
  french env LC_ALL=C LANGUAGE=en ATELIER_LANG=fr "$atelier" nope
  french env LC_ALL=en_GB.UTF-8 "$atelier" nope --lang=fr
  never french env LC_ALL=C LANG=fr_FR.UTF-8 "$atelier" nope
  never french env LC_ALL=fr_FR.UTF-8 ATELIER_LANG=en "$atelier" nope
  never french env LC_ALL=fr_FR.UTF-8 "$atelier" --lang en nope
  never french env LANG=de_DE.UTF-8 "$atelier" nope
  run "$atelier" --lang de status
  [ "$status" -eq 2 ]
}

@test "names: French ones with accents, without, composed or not" {
  for name in etat état État ETAT $'e\xcc\x81tat'; do
    run as_anne "$name" --json
    [ "$status" -eq 0 ]
    json_lines
  done
  while read -r french english; do
    run "$atelier" help "$french"
    [ "$status" -eq 0 ]
    [[ "${lines[0]}" == "Usage: atelier $english"* ]]
  done <<'NAMES'
initialiser init
rejoindre join
nouveau new
importer import
ajouter add
synchroniser sync
historique history
voir show
chercher find
variantes variants
choisir choose
similarite similarity
aide help
pull sync
NAMES
}

@test "names: the nearest one is offered, in the person's language" {
  run "$atelier" shwo
  [ "$status" -eq 2 ]
  [[ "$output" == *"Did you mean “show”?"* ]]
  run "$atelier" --lang fr etta
  [ "$status" -eq 2 ]
  [[ "$output" == *"Vouliez-vous dire «"*"état"*"?"* ]]
  run "$atelier" show --sectoin 1
  [ "$status" -eq 2 ]
  [[ "$output" == *"Did you mean --section?"* ]]
  run "$atelier" --lang fr xyzzyxyzzy
  [ "$status" -eq 2 ]
  [[ "$output" != *"Vouliez-vous"* ]]
  run "$atelier" show -s
  [ "$status" -eq 2 ]
}
