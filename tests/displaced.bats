#!/usr/bin/env bats
# What is written to a file after it was replaced is no lost save: the next run takes it in.
# File systems that can do less, no exchange of files, no leases, lose none either.

bats_require_minimum_version 1.5.0

load support_copies.bash

setup() {
  anne_shares w/01.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n"
  "$atelier" join shared.git bruno >/dev/null
  aside=$BATS_TEST_TMPDIR/bruno/.git/atelier/aside
}

# anne_says LINE: in her copy, and shared
anne_says() {
  echo "- $1" >>anne/w/01.md
  as anne sync >/dev/null
}

# times N WORDS: so many lines of Bruno's note hold them
times() {
  [ "$(grep -c "$2" bruno/w/01.md)" -eq "$1" ] || { cat bruno/w/01.md && false; }
}

# in_both: what both have is the same and recorded, and nothing waits any more
in_both() {
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  [ -z "$(git -C bruno status --porcelain)" ]
  [ -z "$(ls "$aside")" ]
}

@test "a program that had found the note before a sync, and opens it after, is heard" {
  # A descriptor that can only read holds up nobody; through it the old file is opened again.
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  echo '- written late' >>/proc/self/fd/8
  times 0 'written late'
  times 1 'from anne'
  as bruno sync >/dev/null
  times 1 'written late'
  times 1 'from anne'
  # Once more: it is made on what is now recorded.
  echo '- written later still' >>/proc/self/fd/8
  exec 8<&-
  as bruno sync >/dev/null
  times 1 'written late$'
  times 1 'written later still'
  in_both
  times 1 'written late$'
  times 1 'written later still'
  [ "$(git -C bruno log --format=%an -S 'written late' -- w/01.md | sort -u)" = bruno ]
}

@test "one that rewrites the old file in place is heard in its place" {
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  sed 's/one thing/one important thing/' <&8 >text
  cat text >/proc/self/fd/8
  exec 8<&-
  as bruno sync >/dev/null
  [ "$(sed -n 3,5p bruno/w/01.md)" = "- one important thing that was said
- another thing that was said
- from anne" ]
  in_both
}

@test "one that writes an older text still is heard, and takes nothing back" {
  cp bruno/w/01.md old
  anne_says 'from anne'
  as bruno sync >/dev/null
  exec 8<bruno/w/01.md
  anne_says 'and more from anne'
  as bruno sync >/dev/null
  { cat old && echo '- by bruno'; } >text
  cat text >/proc/self/fd/8
  exec 8<&-
  as bruno sync >/dev/null
  times 1 '^- from anne'
  times 1 'and more from anne'
  times 1 'by bruno'
  in_both
}

@test "who has the old file open for writing is waited for, by every run" {
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  exec 9>>/proc/self/fd/8
  as bruno sync >/dev/null
  as bruno add 'something else' -w w >/dev/null
  printf -- '- written ' >&9
  as bruno sync >/dev/null
  times 0 'written'
  echo late >&9
  exec 8<&- 9>&-
  as bruno add 'and another thing' -w w >/dev/null
  as bruno sync >/dev/null
  times 1 'written late'
  times 1 'something else'
  in_both
}

@test "a note that was removed is there again with what was written to it" {
  exec 8<bruno/w/01.md
  printf '# Questions\n\n- why\n' >anne/w/02.md
  rm anne/w/01.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ ! -e bruno/w/01.md ]
  echo '- written late' >>/proc/self/fd/8
  exec 8<&-
  as bruno sync >/dev/null
  times 1 'written late'
  in_both
}

@test "what add, undo and choose replace is looked at by the next run as well" {
  exec 8<bruno/w/01.md
  as bruno add 'by a command' -w w >/dev/null
  echo '- written late' >>/proc/self/fd/8
  as bruno undo >/dev/null
  exec 8<&-
  as bruno sync >/dev/null
  times 1 'written late'
  times 0 'by a command'
  in_both
}

@test "a note with a second name goes on being heard through it until the next run" {
  ln bruno/w/01.md second
  anne_says 'from anne'
  as bruno sync >/dev/null
  echo '- through the second name' >>second
  as bruno sync >/dev/null
  as bruno sync >/dev/null
  times 1 'through the second name'
  times 1 'from anne'
  echo '- a file of its own now' >>second
  in_both
  times 0 'a file of its own now'
}

@test "a copy of a clone with all that waits in it: both take it in, it is there once" {
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  echo '- written late' >>/proc/self/fd/8
  exec 8<&-
  cp -a bruno copied
  for who in bruno copied bruno; do as $who sync >/dev/null; done
  diff -r -x .git bruno copied
  times 1 'written late'
}

@test "1,000 notes in one sync: all are kept, each save is heard, the next run drops them" {
  for i in $(seq 1000); do printf '# Note %d\n\n- one\n' "$i" >"anne/w/$i.md"; done
  as anne sync >/dev/null
  as bruno sync >/dev/null
  exec 7<bruno/w/7.md 8<bruno/w/888.md
  for i in $(seq 1000); do echo '- two' >>"anne/w/$i.md"; done
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ "$(ls "$aside" | wc -l)" -eq 1000 ]
  echo '- written late' | tee -a /proc/self/fd/7 >>/proc/self/fd/8
  exec 7<&- 8<&-
  as bruno sync >/dev/null
  # The two that were written to, and what their saves replaced.
  [ "$(ls "$aside" | wc -l)" -eq 4 ]
  [ "$(cat bruno/w/7.md)" = "$(printf '# Note 7\n\n- one\n- two\n- written late')" ]
  grep -q 'written late' bruno/w/888.md
  in_both
}

@test "what could not be written whole is not left beside" {
  head -c 50000 /dev/zero | tr '\0' x | fold -w 50 >>anne/w/01.md
  anne_says 'from anne'
  run bash -c "trap '' XFSZ; ulimit -f 16; exec '$atelier' -C bruno --as 'bruno <b@example.org>' sync"
  echo "$output"
  [ "$status" -eq 74 ]
  [ -z "$(ls -A "$aside")" ]
  times 0 'from anne'
  as bruno sync >/dev/null
  times 1 'from anne'
}

@test "rubbish beside what is kept is left alone" {
  anne_says 'from anne'
  as bruno sync >/dev/null
  echo rubbish >"$aside/displaced-0-0"
  echo more >"$aside/displaced-1-$(printf '%040d-%040d-%032d-0' 1 1 1)"
  mkdir "$aside/displaced-1-$(printf '%040d-%040d-%032d-0' 2 2 2)"
  as bruno sync >/dev/null
  [ "$(ls "$aside" | wc -l)" -eq 3 ]
  times 1 'from anne'
}

@test "doctor tells what waits; --fix records what was written" {
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  run as bruno --lang en doctor
  [ "$status" -eq 0 ]
  [[ $output == *"1 replaced note waits until the next sync"* ]]
  exec 9>>/proc/self/fd/8
  run as bruno --lang en doctor
  [ "$status" -eq 0 ]
  [[ $output == *"1 replaced note is still open in a program"* ]]
  echo '- written late' >&9
  exec 8<&- 9>&-
  run as bruno --lang en doctor
  [ "$status" -eq 1 ]
  [[ $output == *"! w/01.md: something was written to it after it was replaced"*"→"* ]]
  [ "$(ls "$aside" | wc -l)" -eq 1 ]
  run as bruno --lang en doctor --fix
  [ "$status" -eq 0 ]
  [[ $output == *"+ w/01.md: what was written to it after it was replaced was recorded"* ]]
  times 0 'written late'
  as bruno sync >/dev/null
  times 1 'written late'
  in_both
}

@test "what cannot be taken in stays, and doctor tells where" {
  exec 8<bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  head -c 5000000 /dev/zero | tr '\0' x >>/proc/self/fd/8
  exec 8<&-
  as bruno sync >/dev/null
  as bruno sync >/dev/null
  times 1 'from anne'
  run as bruno --lang en doctor --fix
  [ "$status" -eq 1 ]
  [[ $output == *"cannot be taken in"*".git/atelier/aside/$(ls "$aside")"* ]]
}

@test "without exchange and leases, and where files have one name only: a sync is a sync" {
  for ATELIER_WITHOUT in exchange,lease exchange,lease,link; do
    export ATELIER_WITHOUT
    printf '# Discussion\n\n- one thing that was said\n' >anne/w/01.md
    for who in anne bruno; do as $who sync >/dev/null; done
    sed -i 's/one thing/one important thing/' anne/w/01.md
    echo '- from bruno' >>bruno/w/01.md
    for who in anne bruno anne; do as $who sync >/dev/null; done
    diff -r -x .git anne bruno
    grep -q 'one important thing' bruno/w/01.md
    [ -z "$(git -C bruno status --porcelain)" ]
    [ -z "$(find bruno/.git -name '*.lock')" ]
    rm anne/w/01.md
    printf '# Discussion\n\n- new, %s\n' "$ATELIER_WITHOUT" >anne/w/02.md
    as anne sync --all >/dev/null
    as bruno sync >/dev/null
    [ ! -e bruno/w/01.md ]
    [ -e bruno/w/02.md ]
  done
}

@test "where no name is safe what is saved is recorded and sent; what others wrote waits" {
  export ATELIER_WITHOUT=exchange,link,noreplace
  anne_says 'from anne'
  echo '- from bruno' >>bruno/w/01.md
  run as bruno sync
  [ "$status" -ne 0 ]
  [ "$(tail -n 1 bruno/w/01.md)" = '- from bruno' ]
  run as bruno --lang en doctor
  [ "$status" -eq 1 ]
  [[ $output == *'lets no file take a name safely'*'on another disk'* ]]
  export ATELIER_WITHOUT=link,noreplace
  in_both
  times 1 'from anne'
  times 1 'from bruno'
}

@test "without leases: what is written to a file after it was replaced is taken in" {
  export ATELIER_WITHOUT=exchange,lease
  exec 8>>bruno/w/01.md
  anne_says 'from anne'
  as bruno sync >/dev/null
  times 1 'from anne'
  # An editor that writes in place, and had the old file open all the while.
  echo '- written late' >&8
  times 0 'written late'
  as bruno sync >/dev/null
  times 1 'written late'
  times 1 'from anne'
  echo '- written later still' >&8
  exec 8>&-
  as bruno sync >/dev/null
  as bruno sync >/dev/null
  times 1 'written late$'
  times 1 'written later still'
  as anne sync >/dev/null
  diff -r -x .git anne bruno
}

@test "without leases: what was replaced is kept for a day" {
  export ATELIER_WITHOUT=exchange,lease
  anne_says 'from anne'
  as bruno sync >/dev/null
  as bruno sync >/dev/null
  [ "$(ls "$aside" | wc -l)" -eq 1 ]
  kept=$(ls "$aside")
  since=$(cut -d- -f2 <<<"$kept")
  mv "$aside/$kept" "$aside/${kept/$since/$((since - 2 * 24 * 3600))}"
  as bruno sync >/dev/null
  [ -z "$(ls "$aside")" ]
}

@test "a note that is being saved while a sync moves twice is no save of what came last" {
  printf '# Two\n\n- second note\n' >anne/w/02.md
  for who in anne bruno; do as $who sync >/dev/null; done
  exec 8<bruno/w/02.md
  echo '- anne, on two' >>anne/w/02.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  anne_says 'from anne'
  git clone -q shared.git rewritten
  git -C rewritten checkout -q --orphan anew
  git -C rewritten -c user.name=Anne -c user.email=anne@example.org commit -qm anew
  git -C rewritten push -qf origin anew:main
  # One move to the history that was rewritten, one for the late save.
  echo '- written late' >>/proc/self/fd/8
  exec 8<&- 9>>bruno/w/01.md
  as bruno sync --accept-rewrite >/dev/null 9>&-
  echo '- by bruno' >&9
  exec 9>&-
  for who in bruno anne; do as $who sync >/dev/null; done
  for words in 'from anne' 'by bruno' 'anne, on two' 'written late'; do
    [ "$(cat anne/w/*.md | grep -c "$words")" = 1 ]
  done
  diff -r -x .git anne bruno
}
