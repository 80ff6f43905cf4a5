#!/usr/bin/env bats
# Help, manual and completions say the same: all are made from the one table.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
}

# names: every command and every option, as help --json tells them
names() {
  "$atelier" help --json | python3 -c "
import json, sys
rows = [json.loads(line) for line in sys.stdin]
$1"
}

@test "the manual holds every command, option, summary and example, in both languages" {
  for lang in en fr; do
    "$atelier" --lang $lang help --manual >page
    python3 - page <<PYTHON
import re, subprocess, sys
page = open(sys.argv[1]).read()
plain = re.sub(r"\\\\f[BIR]", "", page).replace("\\\\-", "-").replace("\\\\&", "").replace("\\\\e", "\\\\")
import json
rows = [json.loads(l) for l in subprocess.run(["$atelier", "help", "--json"], capture_output=True, text=True).stdout.splitlines()]
assert len(rows) > 25
for row in rows:
    if row.get("hidden"):
        continue
    if row["command"]:
        section = re.search(r"^\.SS .*\b" + re.escape(row["command"]) + r"\b", plain, re.M)
        assert section or "$lang" == "fr" and any(n in plain for n in row["french"]), row["command"]
        if "$lang" == "en":
            assert row["summary"] in plain, row["command"]
            for line in (row["examples"] or "").splitlines():
                assert line in plain, line
    for option in row["options"]:
        assert "--" + option["name"] in plain, option
PYTHON
  done
}

@test "the manual is sound roff" {
  command -v mandoc >/dev/null || command -v groff >/dev/null || skip "neither mandoc nor groff"
  for lang in en fr; do
    "$atelier" --lang $lang help --manual >atelier.1
    if command -v mandoc >/dev/null; then
      run mandoc -T lint -W warning atelier.1
    else
      run --separate-stderr groff -man -Kutf8 -Tutf8 -ww -z atelier.1
      output=$stderr
    fi
    [ -z "$(printf '%s\n' "$output" | grep -v 'missing date\|cannot parse date\|STYLE' || true)" ]
  done
}

@test "every command has an example, and each example is one that parses" {
  names '
for row in rows:
    assert not row["command"] or row["hidden"] or row["examples"] or row["command"] in ("version",), row["command"]
    for line in (row.get("examples") or "").splitlines():
        print(line)
' >examples
  known=" $(names 'print(*[n for r in rows if r["command"] for n in [r["command"], *r["french"], *r["aliases"]]])') "
  while read -r line; do
    word=$(printf '%s\n' "$line" | grep -o 'atelier [a-z-]*' | head -n 1)
    [[ $known == *" ${word#atelier } "* ]] || { echo "$line"; false; }
  done <examples
}

# complete WORDS…: what bash offers for the last word
complete() {
  "$atelier" help --completions bash >completion
  ATELIER_LANG=${lang-} bash -c '
source ./completion
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_atelier
printf "%s\n" "${COMPREPLY[@]}"' - "$@"
}

@test "bash completes commands in the language, options, values and files" {
  run complete atelier sy
  [[ $'\n'$output$'\n' == *$'\nsync\n'* ]]
  lang=fr run complete atelier synch
  [ "$output" = synchroniser ]
  run complete atelier sync --dry
  [ "$output" = --dry-run ]
  run complete atelier synchroniser --dry
  [ "$output" = --dry-run ]
  run complete atelier export --format c
  [ "$output" = csv ]
  touch session.txt
  run complete atelier import sess
  [ "$output" = session.txt ]
  touch "séance du soir.txt"
  run complete atelier importer séa
  [ "$output" = "séance du soir.txt" ]
  run complete atelier --lang f
  [ "$output" = fr ]
  lang=fr run complete atelier aide dou
  [ "$output" = doublons ]
  run complete atelier etat --ch
  [ "$output" = --check ]
}

@test "zsh completes commands in the language, and options" {
  command -v zsh >/dev/null || skip "no zsh"
  mkdir site-functions
  "$atelier" help --completions zsh >site-functions/_atelier
  cat >types.zsh <<'ZSH'
# types.zsh BEGUN WANTED: a shell in which BEGUN and the tab key give WANTED
zmodload zsh/zpty
zpty shell zsh -f
zpty -w shell "PS1= fpath=($PWD/site-functions \$fpath); autoload -U compinit; compinit -u -D; print rea''dy"
zpty -r shell seen '*ready*'
zpty -w -n shell "$1"$'\t'
zpty -r shell seen "*$2*"
ZSH
  while IFS='|' read -r language begun wanted; do
    run env ATELIER_LANG="$language" TERM=dumb timeout 20 zsh -f types.zsh "$begun" "$wanted"
    [ "$status" -eq 0 ] || { echo "$language: $begun"; false; }
  done <<'TABLE'
en|atelier hist|history
fr|atelier synch|synchroniser
fr|atelier aide doub|doublons
en|atelier status --ch|--check
TABLE
}

@test "the README names every command, in both languages, and every option" {
  names '
readme = open("'"$BATS_TEST_DIRNAME"'/../README.md").read()
for row in rows:
    if row["command"] and not row["hidden"]:
        assert "`atelier " + row["command"] in readme, row["command"]
        for name in row["french"][:1]:
            assert "`" + name + "`" in readme, name
    for option in row["options"]:
        shown = ["--" + option["name"]] + ([" `-" + option["letter"]] if option["letter"] else [])
        assert option["name"] in ("help", "version") or any(s in readme for s in shown), (row["command"], option)
'
}

@test "bash and zsh know every command and option" {
  "$atelier" help --completions bash >bash
  "$atelier" help --completions zsh >zsh
  bash -n bash
  if command -v zsh >/dev/null; then zsh -n zsh; fi
  names '
for row in rows:
    for name in [row["command"]] if row["command"] else []:
        print(name)
    for option in row["options"]:
        print("--" + option["name"])
' | sort -u >all
  [ "$(wc -l <all)" -gt 40 ]
  while read -r name; do
    grep -q -e "$name" bash && grep -q -e "$name" zsh || { echo "$name"; false; }
  done <all
}

@test "what is built beside the programs is what they print" {
  [ -d "$PROGRAMS/manual" ] || skip "not built by make"
  "$atelier" --lang en help --manual | cmp - "$PROGRAMS/manual/atelier.1"
  "$atelier" --lang fr help --manual | cmp - "$PROGRAMS/manual/fr/atelier.1"
  "$atelier" --lang en help --completions bash | cmp - "$PROGRAMS/manual/atelier.bash"
}

@test "habits from elsewhere lead to the command that does it, in both languages" {
  for habit in log:history blame:who diff:status grep:find search:find revert:undo fetch:sync; do
    run "$atelier" --lang en "${habit%:*}"
    [ "$status" -eq 2 ]
    [[ $output == *"“${habit#*:}”"* ]] || { echo "$output"; false; }
  done
  run "$atelier" --lang fr log
  [[ $output == *"historique"* ]]
  # The name that the language gives, where a slip is as near to the other one.
  run "$atelier" --lang fr variante
  [[ $output == *variantes* ]]
  for habit in partager:synchroniser départager:choisir supprimer:modifier réparer:secours; do
    run "$atelier" --lang fr "${habit%:*}"
    [[ $output == *"${habit#*:}"* ]] || { echo "$output"; false; }
  done
  run "$atelier" help nope --json
  [ "$status" -eq 2 ]
  run "$atelier" help --completions fish
  [ "$status" -eq 2 ]
}
