#!/usr/bin/env bats
# A run that was killed while it put notes in their place: the next one goes on from there, for
# whatever branch and whatever reason, and nothing of it is taken for what a person saved.

bats_require_minimum_version 1.5.0

load support_copies.bash

setup() {
  anne_shares w/01.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n"
  "$atelier" join shared.git bruno >/dev/null
  # As old as git's list of it, a note is read afresh, and who has it open is waited for.
  touch -d yesterday bruno/w/01.md
  git -C bruno update-index -q --refresh
}

# anne_says LINE: in her copy, and shared
anne_says() {
  echo "- $1" >>anne/w/01.md
  as anne sync >/dev/null
}

# killed_sync WORDS [NOTE]: a sync of Bruno's, killed once his note holds the words; it waits for
# who has the old file open for writing as descriptor 9
killed_sync() {
  "$atelier" -C bruno --as "bruno <bruno@example.org>" sync >/dev/null 9>&- &
  until grep -q "$1" "bruno/${2:-w/01.md}"; do kill -0 $! || return 1; done
  kill -9 $!
  wait $! || true
}

# killed_with_two: the same, with two notes of Anne’s on their way
killed_with_two() {
  printf '# Two\n\n- second note\n' >anne/w/02.md
  anne_says 'said first'
  as bruno sync >/dev/null
  echo '- from anne, too' >>anne/w/02.md
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
}

# times N WORDS: so many lines of Bruno's note hold them
times() {
  [ "$(grep -c "$2" bruno/w/01.md)" -eq "$1" ] || { cat bruno/w/01.md && false; }
}

@test "killed while it showed what the branch had left behind" {
  git -C bruno config receive.denyCurrentBranch ignore
  anne_says 'from anne'
  git -C anne push -q ../bruno main
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  echo '- written late' >&9
  exec 9>&-
  as bruno sync >/dev/null
  times 1 'from anne'
  times 1 'written late'
  for who in anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ "$(git -C bruno log --format=%an -S 'written late' -- w/01.md | sort -u)" = bruno ]
  [ "$(git -C bruno log --format=%an -S 'from anne' -- w/01.md | sort -u)" = anne ]
}

@test "killed, and another branch checked out since: what was on the way stays on its branch" {
  git -C bruno branch draft
  git -C bruno push -q origin draft
  killed_with_two
  echo '- written late' >&9
  exec 9>&-
  rm bruno/.git/index.lock
  git -C bruno checkout -qf draft
  as bruno sync >/dev/null
  as bruno sync | grep -q 'while plain git showed “main” waits for it: “git switch main”'
  as bruno status | grep -q 'To look at: What was saved here while plain git showed “main”'
  times 0 'said first'
  times 0 'from anne'
  [ ! -e bruno/w/02.md ]
  [ -z "$(git -C bruno status --porcelain)" ]
  times 0 'written late'
  [ "$(git -C bruno log --format=%s main..draft)" = '' ]
  git -C bruno checkout -q main
  as bruno sync >/dev/null
  [[ $(as bruno status) != *waits* ]]
  times 1 'from anne'
  times 1 'written late'
  grep -q 'from anne, too' bruno/w/02.md
  [ "$(git -C bruno log --format=%an -S 'written late' -- w/01.md | sort -u)" = bruno ]
}

@test "doctor puts nothing in the place of an older state that plain git shows" {
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  rm bruno/.git/index.lock
  git -C bruno checkout -qf main~1
  run as bruno doctor --fix
  [ "$status" = 1 ]
  [[ $output == *'plain git shows an older state'* ]]
  times 0 'from anne'
  [ -e bruno/.git/atelier/journal ]
  git -C bruno checkout -q main
  as bruno doctor --fix || true
  [ ! -e bruno/.git/atelier/journal ]
  times 1 'from anne'
}

@test "a journal with a spoiled line is no journal: what others wrote is not taken back" {
  killed_with_two
  echo '- written late' >&9
  exec 9>&-
  [ "$(grep -c '^file ' bruno/.git/atelier/journal)" = 2 ]
  sed -i '0,/^file /s//fule /' bruno/.git/atelier/journal
  run as bruno sync
  [ "$status" = 74 ]
  as bruno doctor --fix >/dev/null || true
  # Whose text they were added to is not known any more: the person is told where they are.
  run as bruno --lang en doctor
  [ "$status" = 1 ]
  told=$(grep -o 'Take what is yours out of [^ ]*' <<<"$output")
  grep -q 'written late' "bruno/${told##* }"
  for who in bruno anne; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  times 1 'from anne'
  grep -q 'from anne, too' bruno/w/02.md
}

@test "killed before a file got the right to run that others gave it" {
  echo 'echo said' >anne/w/02.sh
  anne_says 'said first'
  as bruno sync >/dev/null
  chmod +x anne/w/02.sh
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  [ ! -x bruno/w/02.sh ]
  as bruno sync >/dev/null
  [ -x bruno/w/02.sh ]
  [ -z "$(git -C bruno status --porcelain)" ]
  git -C shared.git ls-tree main w/02.sh | grep -q ^100755
}

@test "killed, and a note that was on the way may not be read since: the others go on" {
  killed_with_two
  exec 9>&-
  chmod 000 bruno/w/02.md
  echo '- from bruno' >>bruno/w/01.md
  without_rights "$atelier" -C bruno --as 'bruno <bruno@example.org>' sync >/dev/null
  git -C shared.git show main:w/01.md | grep -q 'from bruno'
  chmod 644 bruno/w/02.md
  for who in bruno anne; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  grep -q 'from anne, too' bruno/w/02.md
}

@test "killed, and notes that had come to their place are gone since: so they stay" {
  anne_says 'from anne'
  printf '# Mine\n\n- a note of Bruno’s\n' >bruno/w/02.md
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  mv bruno/w/01.md bruno/w/one.md
  rm bruno/w/02.md
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  [ "$(ls bruno/w)" = one.md ]
  grep -q 'from anne' bruno/w/one.md
  diff -r -x .git anne bruno
}

# killed_after_new: with a note of Anne’s that is new and has come to its place, and one that has not
killed_after_new() {
  printf '# New\n\n- a new note\n' >anne/w/00.md
  printf '# Two\n\n- second note\n' >anne/w/02.md
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  grep -q 'a new note' bruno/w/00.md
  [ ! -e bruno/w/02.md ]
}

@test "killed, and a new note that had come to its place is gone since: so it stays" {
  killed_after_new
  rm bruno/w/00.md
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  [ ! -e bruno/w/00.md ]
  grep -q 'second note' bruno/w/02.md
  diff -r -x .git anne bruno
}

@test "killed once a new note had come to the place that something else had had, and gone since" {
  mkfifo bruno/w/00.md
  printf '# New\n\n- a new note\n' >anne/w/00.md
  for who in anne bruno; do as $who sync >/dev/null; done
  rm bruno/w/00.md
  killed_after_new
  rm bruno/w/00.md
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  [ ! -e bruno/w/00.md ]
  diff -r -x .git anne bruno
}

@test "killed, a new note is gone since, and the next run ends before it knows: so it stays" {
  for n in {10..29}; do echo "- new note $n" >"anne/w/$n.md"; done
  killed_after_new
  rm bruno/w/00.md
  # There is no room for what is still to be done.
  ! (ulimit -f 1 && as bruno sync >/dev/null 2>&1) || false
  [ "$(wc -c <bruno/.git/atelier/journal)" -gt 1024 ]
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  [ ! -e bruno/w/00.md ]
  grep -q 'new note 29' bruno/w/29.md
  diff -r -x .git anne bruno
}

@test "killed, a point that had come is reworded, and the next run ends before it knows: it stands once" {
  for n in {10..29}; do echo "- new note $n" >"anne/w/$n.md"; done
  echo '- we meet on the first floor of the town hall' >>anne/w/01.md
  killed_after_new
  sed -i 's/we meet/we all meet/' bruno/w/01.md
  ! (ulimit -f 1 && as bruno sync >/dev/null 2>&1) || false
  [ "$(wc -c <bruno/.git/atelier/journal)" -gt 1024 ]
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  times 1 'meet on the first floor'
  times 1 'we all meet'
  diff -r -x .git anne bruno
}

@test "killed while it recorded, a point is reworded since, and the next run is killed too: it stands once" {
  echo '- we meet on the first floor of the town hall' >>bruno/w/01.md
  as bruno sync >/dev/null
  sed 's/^file [0-9a-f]* \([0-9a-f]*\)/file \1 \1/' bruno/.git/atelier/shown >journal
  grep -q '^file .* w/01.md$' journal
  git -C bruno reset -q HEAD~1 w/01.md
  sed -i 's/we meet/we all meet/' bruno/w/01.md
  cp journal bruno/.git/atelier/journal
  as bruno doctor --fix >/dev/null || true
  cp journal bruno/.git/atelier/journal
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  times 1 'meet on the first floor'
  times 1 'we all meet'
  diff -r -x .git anne bruno
}

@test "killed before a new note got its place, which is marked from another time: it comes" {
  echo w/02.md >bruno/.git/atelier/placed
  killed_after_new
  for who in bruno anne; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
}

@test "killed, and a new note that had come to its place is renamed since: it stands once" {
  killed_after_new
  mv bruno/w/00.md bruno/w/zero.md
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  [ "$(echo $(ls bruno/w))" = '01.md 02.md zero.md' ]
  diff -r -x .git anne bruno
}

@test "killed, and gone since the machine has started again: the disk may have lost them" {
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  sed -i 's/^boot .*/boot another/' bruno/.git/atelier/journal
  rm bruno/w/01.md
  as bruno sync >/dev/null
  times 1 'from anne'
}

# no_place_for_two: a note of Anne’s that finds something else in its place at Bruno’s
no_place_for_two() {
  ln -s nowhere bruno/w/02.md
  printf '# Two\n\n- second note\n' >anne/w/02.md
  anne_says 'said first'
  as bruno sync >/dev/null
}

# killed_before_two COMMAND…: what Anne says then is on its way, and the command run since
killed_before_two() {
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  grep -q 'w/02.md$' bruno/.git/atelier/journal
  "$@"
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  grep -q 'second note' bruno/w/02.md
  diff -r -x .git anne bruno
}

# taken_away FIRST WORDS COMMAND…: killed before any note got its place, FIRST as the first of
# them, and the command run since
taken_away() {
  local first=$1 words=$2 note
  shift 2
  for note in anne/?/*.md; do echo "- $words" >>"$note"; done
  as anne sync >/dev/null
  exec 9>>"bruno/$first"
  killed_sync "$words" "$first"
  exec 9>&-
  mv bruno/.git/atelier/aside/.atelier-* "bruno/$first"
  "$@"
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ "$(cat bruno/?/*.md | grep -c "$words")" = 2 ]
  [ "$(cat bruno/?/*.md | grep -c 'one thing')" = 1 ]
  [ "$(cat bruno/?/*.md | grep -c 'second note')" = 1 ]
}

@test "killed before any note got its place, and one is renamed or deleted since" {
  printf '# Two\n\n- second note\n' >anne/w/02.md
  for who in anne bruno; do as $who sync >/dev/null; done
  taken_away w/01.md 'from anne' mv bruno/w/01.md bruno/w/one.md
  taken_away w/02.md 'more from anne' mv bruno/w bruno/v
  # What others have edited stays.
  taken_away v/02.md 'again from anne' rm bruno/v/02.md
  [ "$(echo $(ls anne/v))" = '02.md one.md' ]
}

@test "killed before a note got its place that it did not have: nobody has deleted it" {
  no_place_for_two
  rm bruno/w/02.md
  killed_before_two true
}

@test "killed, and what had a note’s place is gone since: nobody has deleted it" {
  no_place_for_two
  chmod +x anne/w/02.md
  killed_before_two rm bruno/w/02.md
}

@test "killed while what stood there was put back: nobody has deleted it" {
  anne_says 'from anne'
  exec 9>>bruno/w/01.md
  killed_sync 'from anne'
  exec 9>&-
  # Where the file system cannot exchange two, both are aside for a moment.
  old=$(echo bruno/.git/atelier/aside/.atelier-*)
  mv bruno/w/01.md "$old.old"
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  times 1 'from anne'
  diff -r -x .git anne bruno
}
