#!/usr/bin/env bats
# What plain git records after a run was killed, once its lock is taken away by hand: git's list of the
# files is the old one, and nothing that others wrote is taken back by it.

bats_require_minimum_version 1.5.0

load support_copies.bash

setup() {
  anne_shares w/01.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n"
  printf '# Two\n\n- second note\n' >anne/w/02.md
  printf '# Three\n\n- third note\n' >anne/w/03.md
  as anne sync >/dev/null
  "$atelier" join shared.git bruno >/dev/null
  export GIT_AUTHOR_NAME=bruno GIT_AUTHOR_EMAIL=bruno@example.org GIT_COMMITTER_NAME=bruno GIT_COMMITTER_EMAIL=bruno@example.org
  # As old as git's list of it, a note is read afresh, and who has it open is waited for.
  touch -d yesterday bruno/w/*.md
  git -C bruno update-index -q --refresh
}

# killed_after: what Anne said has come to his first note, and the lock is taken away
killed_after() {
  exec 9>>bruno/w/01.md
  "$atelier" -C bruno --as "bruno <bruno@example.org>" sync >/dev/null 9>&- &
  until grep -q 'from anne' bruno/w/01.md; do kill -0 $! || return 1; done
  kill -9 $!
  wait $! || true
  exec 9>&-
  rm bruno/.git/index.lock
}

# killed_between: what Anne says and takes away has come to Bruno's branch and to his first note
killed_between() {
  for note in 01 02; do echo '- from anne' >>anne/w/$note.md; done
  printf '# New\n\n- a new note\n' >anne/w/04.md
  rm anne/w/03.md
  as anne sync >/dev/null
  killed_after
  grep -q 'w/02.md$' bruno/.git/atelier/journal
}

# all_is_there: with both, what Anne and Bruno wrote, once, and nothing that she had deleted
all_is_there() {
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ "$(grep -c 'from anne' anne/w/01.md)" = 1 ]
  [ "$(grep -c 'from anne' anne/w/02.md)" = 1 ]
  [ "$(cat anne/w/*.md | grep -c 'second note')" = 1 ]
  grep -q 'a new note' anne/w/04.md
  [ ! -e anne/w/03.md ]
}

@test "plain git records one note, and with it that nothing has come in" {
  killed_between
  printf '# Mine\n\n- from bruno\n' >bruno/w/05.md
  git -C bruno add w/05.md
  git -C bruno commit -qm 'by plain git'
  [[ $(git -C bruno show HEAD:w/02.md) != *anne* ]]
  all_is_there
  grep -q 'from bruno' anne/w/05.md
  [ "$(git -C anne log --format=%an -S 'from anne' -- w/02.md | sort -u)" = "$(printf 'anne\nbruno')" ]
  as anne who 'a new note' | grep -q anne
}

@test "plain git records all that is on disk, twice" {
  killed_between
  git -C bruno commit -qam 'by plain git'
  printf '# Mine\n\n- from bruno\n' >bruno/w/05.md
  git -C bruno add w/05.md
  git -C bruno commit -qm 'again'
  all_is_there
  grep -q 'from bruno' anne/w/05.md
}

@test "plain git records what was written into an older text" {
  killed_between
  sed -i '3s/^/- from bruno\n/' bruno/w/02.md
  git -C bruno commit -qam 'by plain git'
  all_is_there
  grep -q 'from bruno' anne/w/02.md
}

@test "plain git has sent it already" {
  killed_between
  git -C bruno commit -qam 'by plain git'
  git -C bruno push -q origin main
  as anne sync >/dev/null
  all_is_there
}

@test "what plain git takes back on purpose, with its list as it should be, stays away" {
  killed_between
  git -C bruno reset -q --hard
  git -C bruno rm -q w/04.md
  git -C bruno commit -qm 'by plain git'
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ ! -e anne/w/04.md ]
  grep -q 'from anne' anne/w/02.md
}

@test "plain git records what was written into an older text that was about to be replaced" {
  killed_between
  aside=$(echo bruno/.git/atelier/aside/.atelier-*)
  mv bruno/w/01.md new
  mv "$aside" bruno/w/01.md
  mv new "$aside"
  sed -i '3s/^/- from bruno\n/' bruno/w/01.md
  git -C bruno commit -qam 'by plain git'
  all_is_there
  grep -q 'from bruno' anne/w/01.md
}

@test "plain git records, and takes in what came since" {
  killed_between
  git -C bruno commit -qam 'by plain git'
  echo '- later' >>anne/w/01.md
  as anne sync >/dev/null
  git -C bruno pull -q --no-rebase --no-edit
  all_is_there
  grep -q later anne/w/01.md
}

@test "plain git amends what the run had recorded" {
  printf '# Mine\n\n- from bruno\n' >bruno/w/05.md
  killed_between
  git -C bruno commit -qa --amend --no-edit
  all_is_there
  grep -q 'from bruno' anne/w/05.md
}

@test "what another took away since, and plain git took in, stays away" {
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  killed_after
  aside=$(echo bruno/.git/atelier/aside/.atelier-*)
  mv "$aside" bruno/w/01.md
  sed -i '/from anne/d' anne/w/01.md
  as anne sync >/dev/null
  git -C bruno pull -q --ff-only
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ "$(grep -c 'from anne' anne/w/01.md)" = 0 ]
}
