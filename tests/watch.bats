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
  run python3 "$BATS_TEST_DIRNAME/watch.py" "$atelier" 2 6
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
  ! grep -q 'from anne' bruno/w/01.md
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
  git -C anne show HEAD:w/01.md | grep -q offline
  mv away.git shared.git
  echo '- online' >>anne/w/01.md
  until_state sent
  git -C shared.git show main:w/01.md | grep -q offline
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
