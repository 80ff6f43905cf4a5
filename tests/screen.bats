#!/usr/bin/env bats
# What is shown on a terminal: looks, broken lines and the pager; and what is not, elsewhere.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  unset NO_COLOR PAGER LESS COLORTERM
  export TERM=xterm-256color
  git init -q -b main notes
  cd notes
  mkdir talk
  printf 'title: Talk\n' >talk/workshop.yml
  printf '# Discussion\n\n- A lid keeps the rain out, and the heap warm, and the neighbours calm, as everybody knows who has tried to do without\n- Worms come by themselves\n' >talk/01.md
  git add -A
  git -c user.name=Anne -c user.email=anne@example.org commit -q -m notes
}

# terminal COLUMNS ROWS COMMAND: what a terminal of that size gets, escapes and all
terminal() {
  script -qec "stty cols $1 rows $2; $3" /dev/null </dev/null | tr -d '\r'
}

# widest: the widest line of standard input, looks aside
widest() {
  sed 's/\x1b\[[0-9;]*m//g' | python3 -c 'import sys; print(max(len(l.rstrip("\n")) for l in sys.stdin))'
}

setup_file() {
  command -v script >/dev/null || skip "no script program to make a terminal"
}

@test "a terminal gets looks and lines that are no wider than it is" {
  export PAGER=cat # a real one would wait for somebody
  for command in show "show --authors" "find lid" "who talk/01.md:3" "history" status duplicates help "help sync"; do
    run terminal 50 299 "'$atelier' $command"
    [ "$status" -eq 0 ]
    [ "$(printf '%s\n' "$output" | widest)" -le 50 ] || { echo "$command: $output"; false; }
  done
  run terminal 50 99 "'$atelier' show"
  [[ $output == *$'\033[1m'* ]]
  [[ $output == *$'\n  '* ]]
}

@test "tabs: no line is wider for them, and what they indent stays indented" {
  words=$(printf 'word\tand %.0s' $(seq 12))
  printf -- '- first %s\n\t- second %s\n\n%s\n' "$words" "$words" "$words" >>talk/01.md
  export PAGER=cat NO_COLOR=1
  for command in show "show --authors" "find word" "who talk/01.md:5"; do
    run terminal 50 299 "'$atelier' $command"
    [ "$status" -eq 0 ]
    [[ "$output" != *$'\t'* ]]
    [ "$(printf '%s\n' "$output" | widest)" -le 50 ] || { echo "$command: $output"; false; }
  done
  run terminal 50 299 "'$atelier' show"
  [[ "$output" == *$'\n- first word and word'*$'\n  '*$'\n    - second word and'*$'\n      '* ]]
  run "$atelier" show
  [[ "$output" == *$'\n\t- second word\tand'* ]]
}

@test "a broken point goes on below its text, behind the gutter too" {
  run terminal 50 99 "'$atelier' --plain show; '$atelier' show"
  [[ $output == *$'calm, as everybody knows who has tried to do without\n'* ]]
  [[ $output == *$'\n- A lid keeps the rain out, and the heap warm, and\n  the neighbours calm, as everybody knows'* ]]
  NO_COLOR=1 run terminal 50 99 "'$atelier' show --authors"
  [[ $output == *$'\nA | - A lid keeps the rain out, and the heap warm,\n  |   and the neighbours calm'* ]]
}

@test "--plain, --json, NO_COLOR, a dumb terminal and a pipe get no escape" {
  for command in "--plain show" "--json show" "show | cat"; do
    run terminal 50 99 "'$atelier' $command"
    [[ $output != *$'\033'* ]]
  done
  NO_COLOR=1 run terminal 50 99 "'$atelier' show"
  [[ $output != *$'\033'* ]]
  TERM=dumb run terminal 50 99 "'$atelier' show --authors"
  [[ $output != *$'\033'* ]]
}

@test "what is longer than the screen goes through the pager, what fits does not" {
  export PAGER="sed 's/^/paged: /'"
  run terminal 60 6 "'$atelier' show"
  [[ $output == *"paged: "*"Worms"* ]]
  run terminal 60 40 "'$atelier' show"
  [[ $output != *"paged: "* ]]
  run terminal 60 6 "'$atelier' --plain show"
  [[ $output != *"paged: "* ]]
  run terminal 60 6 "'$atelier' show | cat"
  [[ $output != *"paged: "* ]]
}

@test "a pager that is not there takes no word away" {
  PAGER=/nonexistent/pager run terminal 60 6 "'$atelier' show"
  [[ $output == *"Worms come by themselves"* ]]
  PAGER= run terminal 60 6 "'$atelier' show"
  [[ $output == *"Worms come by themselves"* ]]
  PAGER=true run terminal 60 6 "'$atelier' show; echo after \$?"
  [[ $output == *"after 0"* ]]
}

@test "a person has one colour in every command" {
  export COLORTERM=truecolor
  colour_of() { grep -o $'\033\[38;5;[0-9]*m'"$1" | head -n 1 | tr -d "$1"; }
  first=$(terminal 80 99 "'$atelier' history" | grep -o $'\033\[38;5;[0-9]*mAnne')
  second=$(terminal 80 99 "'$atelier' who talk/01.md:3" | grep -o $'\033\[38;5;[0-9]*mAnne' | head -n 1)
  [ -n "$first" ]
  [ "$first" = "$second" ]
}

@test "a long word is broken, wide characters count double" {
  { printf '# Discussion\n\n- '; printf 'x%.0s' $(seq 200); printf '\n- 東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京東京\n'; } >talk/01.md
  run terminal 40 99 "'$atelier' show"
  [ "$status" -eq 0 ]
  [ "$(printf '%s\n' "$output" | sed 's/\x1b\[[0-9;]*m//g' | python3 -c '
import sys, unicodedata
print(max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in l.rstrip("\n")) for l in sys.stdin))')" -le 40 ]
  [ "$(printf '%s' "$output" | tr -cd x | wc -c)" -eq 200 ]
}

@test "the day of a workshop is told in the language, on a terminal" {
  printf 'title: Talk\ndate: 2026-05-01\n' >talk/workshop.yml
  run terminal 80 99 "'$atelier' --lang fr show"
  [[ $output == *"1er mai 2026"* ]]
  run "$atelier" --lang fr show
  [[ $output == *$'\n2026-05-01\n'* ]]
  printf 'title: Talk\ndate: 2026-13-01\n' >talk/workshop.yml
  run terminal 80 99 "'$atelier' show"
  [[ $output == *2026-13-01* ]]
}

@test "status sums up what is new, what is only here and what waits" {
  git -c user.name=Anne -c user.email=anne@example.org init -q --bare -b main ../hub.git
  git remote add origin ../hub.git
  git push -q origin main
  echo '- More' >>talk/01.md
  git -c user.name=Anne -c user.email=anne@example.org commit -qam more
  echo '- Again' >>talk/01.md
  run "$atelier" status
  [ "${lines[0]}" = "1 file only here · 2 files to send" ]
  run "$atelier" --lang fr status
  [ "${lines[0]}" = "1 fichier seulement ici · 2 fichiers à envoyer" ]
}

@test "what goes wrong is told in lines that are no wider than the terminal, too" {
  run terminal 40 99 "'$atelier' -C / status; '$atelier' find a b; '$atelier' who 'nobody said anything of this kind'"
  [ "$(printf '%s\n' "$output" | widest)" -le 40 ] || { echo "$output"; false; }
  [[ $output == *$'→ Go to one, or make one with “atelier\n  init”, or get a copy with “atelier\n  join”.'* ]]
  [[ $output == *'Put words that belong together in'* ]]
  run terminal 40 99 "'$atelier' --plain -C / status"
  [[ $output == *'make one with “atelier init”, or get a copy with “atelier join”.'* ]]
}
