#!/usr/bin/env bats
# A copy that syncs by itself.

bats_require_minimum_version 1.5.0

load support_copies.bash

setup() {
  anne_shares w/01.md "# Discussion\n\n- one thing that was said\n"
  "$atelier" join shared.git bruno >/dev/null
}

teardown() {
  [ -z "$watch" ] || kill "$watch" 2>/dev/null || true
}

# begin WHO: a watch whose lines come by descriptor 9
begin() {
  mkfifo states
  "$atelier" -C "$1" --json --as "$1 <$1@example.org>" watch >states &
  watch=$!
  exec 9<states
}

# until STATE: reads lines until one tells the state
until_state() {
  while read -r -t 30 -u 9 line; do
    [[ $line != *"\"state\":\"$1\""* ]] || return 0
  done
  return 1
}

@test "watch: what is saved reaches the others' files by itself" {
  command -v python3 >/dev/null || skip "no python3"
  run env PROGRAMS="$PROGRAMS" python3 "$BATS_TEST_DIRNAME/watch.py" 2 6
  echo "$output"
  [ "$status" -eq 0 ]
  p95=$(printf '%s\n' "$output" | sed 's/.*p95 \([0-9]*\)\..*/\1/')
  [ "$p95" -lt 30 ]
}

@test "watch: ends when asked, with 0, in the middle of nothing" {
  begin anne
  until_state shared
  kill -TERM "$watch"
  wait "$watch"
  watch=
  run as anne sync
  [ "$status" -eq 0 ]
  [ -z "$(git -C anne status --porcelain)" ]
}

@test "watch: others' words wait for a note that vim or emacs has open" {
  begin bruno
  until_state shared
  : >bruno/w/.01.md.swp
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  until_state deferred
  ! grep -q 'from anne' bruno/w/01.md || false
  # What is saved here is recorded all the same.
  echo '- from bruno' >>bruno/w/01.md
  rm bruno/w/.01.md.swp
  echo '- more from anne' >anne/w/02.md
  as anne sync >/dev/null
  until_state received
  grep -q 'from anne' bruno/w/01.md
  grep -q 'from bruno' bruno/w/01.md
}

@test "watch: what cannot be sent is recorded and sent later" {
  begin anne
  until_state shared
  mv shared.git away.git
  echo '- offline' >>anne/w/01.md
  until_state offline
  [[ $line == *'"reason":"not reached"'* ]]
  git -C anne show HEAD:w/01.md | grep -q offline
  mv away.git shared.git
  echo '- online' >>anne/w/01.md
  until_state sent
  git -C shared.git show main:w/01.md | grep -q offline
}

@test "watch: not everybody has the same where one of two addresses is not reached" {
  git -C anne remote add usb "$PWD/usb.git"
  git -C anne config atelier.remotes 'usb origin'
  begin anne
  until_state offline
  git init -q --bare -b main usb.git
  echo '- to both' >>anne/w/01.md
  until_state shared
  git -C usb.git show main:w/01.md | grep -q 'to both'
}

@test "watch: nor where others use a newer program, as nothing is exchanged" {
  git clone -q shared.git newer
  git -C newer config user.name n
  git -C newer config user.email n@example.org
  git -C newer switch -qc side
  git -C newer commit -q --allow-empty -m x
  git -C newer switch -q main
  git -C newer merge -q --no-ff side -m 'Merge

Atelier-Merge: 1000'
  git -C newer push -q
  begin anne
  until_state failed
  [[ $line == *'"reason":"newer"'* ]]
}

@test "watch: what is saved while plain git is at work is kept aside" {
  git -C anne config user.name anne
  git -C anne config user.email anne@example.org
  git -C anne switch -qc other
  echo '- of the other' >>anne/w/01.md
  git -C anne commit -qam other
  git -C anne switch -q -
  git -C anne merge -q --no-ff --no-commit other
  echo '- saved in the middle' >>anne/w/01.md
  begin anne
  until_state failed
  git -C anne show "$(git -C anne for-each-ref --format='%(objectname)' refs/atelier/saved):w/01.md" |
    grep -q 'saved in the middle'
  git -C anne reset -q --hard
  until_state shared
  as anne restore 'saved in the middle' >/dev/null
}

@test "watch: a new workshop, and a folder in it, are seen" {
  begin anne
  until_state shared
  mkdir -p anne/v
  printf '# Questions\n\n- new here\n' >anne/v/01.md
  until_state sent
  git -C shared.git show main:v/01.md | grep -q 'new here'
}

@test "watch: an interval that is none, and no name" {
  run as anne watch --interval soon
  [ "$status" -eq 2 ]
  run as anne watch --interval 0
  [ "$status" -eq 2 ]
}

@test "watch: a line a change where there is no terminal" {
  mkfifo states
  "$atelier" -C anne --lang fr --as 'anne <a@b.c>' veiller >states &
  watch=$!
  exec 9<states
  read -r -t 30 -u 9 line
  [[ $line =~ ^[0-9][0-9]:[0-9][0-9]\ \ tout\ le\ monde ]]
}

@test "watch: what looks like a slip is told, and waits for a person" {
  for i in 2 3 4 5 6 7; do echo "# part $i" >"anne/w/0$i.md"; done
  as anne sync >/dev/null
  begin anne
  until_state shared
  : >anne/w/01.md
  rm anne/w/0[2-7].md
  until_state asking
  [[ $line == *'"held":["w/01.md: emptied","w/02.md: gone, with most of its workshop",'* ]]
  # Rounds that find the same again do not take it for an answer.
  for n in 1 2; do
    printf 'said %s\n' "$n" >"bruno/w/bruno-$n.md"
    as bruno sync >/dev/null
    until_state received
  done
  [ "$(git -C shared.git show main:w/01.md | wc -l)" = 3 ]
  [ "$(git -C shared.git ls-tree --name-only main w/ | wc -l)" = 9 ]
  kill "$watch"
  wait "$watch"
  watch=
  # Nor was the person who comes now asked already.
  [[ "$(as anne sync)" == *'w/01.md: empty now; if you mean it, sync again'* ]]
  as anne sync >/dev/null
  [ "$(git -C shared.git ls-tree --name-only main w/ | wc -l)" = 3 ]
}

@test "watch: lines that an old text did not take away are told" {
  begin anne
  until_state shared
  cp anne/w/01.md buffer
  echo '- from bruno' >>bruno/w/01.md
  as bruno sync >/dev/null
  until_state received
  echo '- from anne' >>buffer
  cp buffer anne/w/01.md
  until_state asking
  [[ $line == *'"stale":[{"file":"w/01.md","stayed":["- from bruno"],"gone":[]}]'* ]]
  grep -q 'from bruno' anne/w/01.md
}
