#!/usr/bin/env bats
# What is wrong, what to do, and what --fix mends without losing a word.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  git init -q --bare -b main hub.git
  "$atelier" init notes --remote "$PWD/hub.git" --language en >/dev/null
  mkdir notes/w
  printf '# Discussion\n\n- one thing that was said\n' >notes/w/01.md
  as sync >/dev/null
}

as() { "$atelier" -C notes --lang "${lang:-en}" --as "Anne <anne@example.org>" "$@"; }

# state CHECK: the states that doctor tells of one check
state() {
  as --json doctor | python3 -c "
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert all(list(row) == ['v', 'check', 'state', 'file'] for row in rows)
print(*sorted({row['state'] for row in rows if row['check'] == '$1'}))"
}

@test "doctor: all is well, in both languages" {
  run as doctor
  [ "$status" -eq 0 ] || { echo "$output"; false; }
  [[ $output == *"All is well."* ]]
  lang=fr run as secours
  [ "$status" -eq 0 ]
  [[ $output == *"Tout va bien."* ]]
}

@test "doctor: a name that is not known" {
  printf '[user]\n\tuseConfigOnly = true\n' >nobody
  GIT_CONFIG_GLOBAL=$PWD/nobody run "$atelier" -C notes --lang en doctor </dev/null
  [ "$status" -eq 1 ]
  [[ $output == *"! your name is not known yet"*"→"* ]]
}

@test "doctor: git does not call the merge any more; --fix tells it" {
  git -C notes config --unset merge.atelier.driver
  [ "$(state driver)" = look ]
  run as doctor
  [ "$status" -eq 1 ]
  run as doctor --fix
  [ "$status" -eq 0 ]
  [ "$(state driver)" = fine ]
  rm notes/.gitattributes
  as sync --all >/dev/null
  [ "$(state driver)" = look ]
  as doctor --fix >/dev/null
  [ "$(state driver)" = fine ]
}

@test "doctor: locks of a git that was ended are put aside, others are left" {
  for lock in index.lock HEAD.lock packed-refs.lock config.lock refs/heads/main.lock; do
    : >notes/.git/$lock
    [ "$(state locks)" = look ]
    as doctor --fix >/dev/null || true
    [ -e notes/.git/$lock ]
    touch -d '1 hour ago' notes/.git/$lock
    run as doctor --fix
    [ "$status" -eq 0 ] || { echo "$lock $output"; false; }
    [ ! -e notes/.git/$lock ]
    [ -n "$(ls notes/.git/atelier/aside | grep "${lock##*/}")" ]
  done
  [ "$(state locks)" = fine ]
}

@test "doctor: half-written files of git's" {
  mkdir -p notes/.git/objects/ab
  for name in ab/tmp_obj_x1 pack/tmp_pack_y2 tmp_object_git2_z3; do
    : >notes/.git/objects/$name
    touch -d '3 days ago' notes/.git/objects/$name
  done
  : >notes/.git/objects/ab/tmp_obj_young
  [ "$(state leftovers)" = look ]
  run as doctor --fix
  [ "$status" -eq 0 ]
  [ "$(find notes/.git/objects -name 'tmp_*')" = notes/.git/objects/ab/tmp_obj_young ]
}

@test "doctor: a journal that is damaged is put aside, what was saved stays" {
  echo rubbish >notes/.git/atelier/journal
  echo '- saved' >>notes/w/01.md
  run as sync
  [ "$status" -eq 74 ]
  [[ $output == *"doctor"* ]]
  [ "$(state unfinished)" = look ]
  run as doctor --fix
  [ "$status" -eq 0 ]
  run as sync
  [ "$status" -eq 0 ]
  grep -q saved notes/w/01.md
  git -C hub.git show main:w/01.md | grep -q saved
}

@test "doctor: an address that does not answer, and none" {
  mv hub.git away.git
  run as doctor
  [ "$status" -eq 1 ]
  [[ $output == *"! nothing shared was found"* ]]
  git -C notes remote remove origin
  [ "$(state others)" = look ]
}

@test "doctor: a lock is told with its age, and who may hold it" {
  mkdir -p notes/.git/refs/heads/a
  touch -d '2020-02-03 04:05' notes/.git/refs/heads/a/b.lock
  run as doctor
  [[ "$output" == *'! refs/heads/a/b.lock: an ended git has left this lock; it is from 3 February 2020, 04:05'* ]]
  # One that waits for its input is at work, however old the lock is.
  mkfifo input
  git -C notes hash-object --stdin <input >/dev/null &
  exec 5>input
  run as doctor --fix
  exec 5>&-
  echo "$output"
  [ "$status" -eq 1 ]
  [[ "$output" == *"git is at work here (process $!) and may hold this lock, which is from 3 February 2020, 04:05"* ]]
  wait
  run as doctor --fix
  [ ! -e notes/.git/refs/heads/a/b.lock ]
}

@test "doctor: the locks of another work tree are found where they are" {
  as sync >/dev/null
  git -C notes worktree add -q -b second ../second
  touch -d '1 hour ago' notes/.git/worktrees/second/index.lock notes/.git/packed-refs.lock
  run "$atelier" -C second --lang en doctor --fix
  echo "$output"
  [[ "$output" == *'+ index.lock: '* ]]
  [[ "$output" == *'+ packed-refs.lock: '* ]]
  [ ! -e notes/.git/worktrees/second/index.lock ]
}

@test "a sync that meets a lock says what to do, and keeps what was saved" {
  as sync >/dev/null
  for lock in index.lock refs/heads/main.lock; do
    echo "- beside $lock" >>notes/w/01.md
    : >notes/.git/$lock
    run as sync
    echo "$output"
    [ "$status" -eq 75 ]
    [ "${lines[0]}" = 'Nothing is lost.' ]
    [[ "$output" == *'“atelier doctor” tells whether it runs, and with --fix takes'* ]]
    git -C notes for-each-ref --format='%(objectname)' refs/atelier/saved |
      while read -r saved; do git -C notes cat-file blob "$saved:w/01.md"; done | grep -qxF -e "- beside $lock"
    touch -d '1 hour ago' notes/.git/$lock
    as doctor --fix >/dev/null || true
    as sync >/dev/null
    [ "$(git -C notes cat-file blob HEAD:w/01.md | grep -cxF -e "- beside $lock")" -eq 1 ]
  done
}

@test "doctor: a clock that is wrong" {
  GIT_COMMITTER_DATE='2090-01-01T00:00:00Z' git -C notes -c user.name=A -c user.email=a@b.c \
    commit -q --allow-empty -m later
  [ "$(state clock)" = look ]
}

@test "doctor: yml that cannot be read, a name that is carried, a link" {
  printf 'title: [\n' >notes/w/workshop.yml
  [ "$(state settings)" = look ]
  rm notes/w/workshop.yml
  blob=$(echo x | git -C notes hash-object -w --stdin)
  git -C notes update-index --add --cacheinfo 120000,"$blob",w/link.md
  git -C notes -c user.name=A -c user.email=a@b.c commit -q -m link
  [ "$(state files)" = look ]
  run as doctor
  [[ $output == *"w/link.md"* ]]
}

@test "doctor: an object that is missing or damaged" {
  object=$(git -C notes rev-parse HEAD:w/01.md)
  file=notes/.git/objects/${object:0:2}/${object:2}
  [ -e "$file" ] || skip "packed"
  mv "$file" kept
  [ "$(state history)" = look ]
  run as doctor
  [ "$status" -eq 1 ]
  [[ $output == *"atelier join"* ]]
}

@test "doctor: which promise holds where the file system can do less" {
  ATELIER_WITHOUT=exchange,lease run as doctor
  [ "$status" -eq 0 ]
  [[ $output == *"cannot exchange"*"does not tell who is writing"* ]]
  [ -z "$(ls notes/.git/atelier/aside)" ]
}

@test "doctor: hostile names and sayings show no escape" {
  git -C notes remote set-url origin "$PWD/no"$'\033[31m'"where.git"
  run as doctor
  [ "$status" -eq 1 ]
  [[ $output != *$'\033'* ]]
}
