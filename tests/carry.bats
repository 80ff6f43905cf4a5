#!/usr/bin/env bats
# One file on a stick, both ways, with the same merge as sync.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  mkdir stick
  "$atelier" init anne --language en >/dev/null
  mkdir anne/w
  printf '# Discussion\n\n- one thing that was said\n- another thing that was said\n' >anne/w/01.md
  as anne carry stick >/dev/null
  "$atelier" join stick/atelier.bundle bruno >/dev/null
}

as() {
  local who=$1
  shift
  "$atelier" -C "$who" --lang "${lang:-en}" --as "$who <$who@example.org>" "$1" ${2:+"$PWD/$2"}
}

same() {
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  diff -r -x .git anne bruno
  for who in anne bruno; do
    [ -z "$(git -C $who status --porcelain)" ]
    git -C $who fsck --strict --no-dangling --no-progress
  done
}

@test "carry: two who write at once end with the same, by the stick alone" {
  sed -i 's/one thing/one important thing/' anne/w/01.md
  echo '- from anne' >>anne/w/01.md
  sed -i 's/another thing that was said/another thing that Bruno said/' bruno/w/01.md
  run as anne carry stick
  [ "$status" -eq 0 ]
  [[ $output == *"Sent, by anne"* ]]
  run as bruno carry stick
  [ "$status" -eq 0 ]
  [[ $output == *"From anne"*"Sent, by bruno"* ]]
  as anne carry stick >/dev/null
  same
  grep -q 'one important thing' bruno/w/01.md
  grep -q 'another thing that Bruno said' anne/w/01.md
  run as anne carry stick
  [[ $output == *"Everybody has the same."* ]]
  [ "$(ls -A stick)" = atelier.bundle ]
}

@test "carry: what a copy was joined from takes nothing, so sync does not try" {
  run "$atelier" --lang en join stick/atelier.bundle chloe
  [[ $output == *"then “atelier carry "*"/stick”"* ]]
  echo '- from chloe' >>chloe/w/01.md
  for away in stick elsewhere; do
    run as chloe sync
    [ "$status" -eq 0 ]
    [ "$output" = "Recorded here. Nothing is shared yet: “atelier init --remote ADDRESS” says where." ]
    [ -d elsewhere ] || mv stick elsewhere
  done
  run as chloe doctor
  [[ $output == *"stick/atelier.bundle: is carried by hand"* ]]
  git -C anne worktree add -q "$PWD/beside"
  git -C chloe remote set-url origin "$PWD/beside/.git"
  run as chloe sync
  [[ $output != *"Nothing is shared yet"* ]]
}

@test "carry: both wordings stay where two reworded one point, in French" {
  sed -i 's/one thing that was said/one thing that was shouted/' anne/w/01.md
  sed -i 's/one thing that was said/one thing that was whispered/' bruno/w/01.md
  as anne carry stick >/dev/null
  lang=fr run as bruno carry stick
  [ "$status" -eq 0 ]
  [[ $output == *"À départager"* ]]
  as anne carry stick >/dev/null
  same
  grep -q shouted anne/w/01.md
  grep -q whispered anne/w/01.md
}

@test "carry: besides a shared address, and through a third copy" {
  git init -q --bare -b main hub.git
  "$atelier" init anne --remote "$PWD/hub.git" >/dev/null
  echo '- by stick' >>bruno/w/01.md
  as bruno carry stick >/dev/null
  as anne carry stick >/dev/null
  as anne sync >/dev/null
  "$atelier" join hub.git carl >/dev/null
  grep -q 'by stick' carl/w/01.md
  echo '- by the hub' >>carl/w/01.md
  as carl sync >/dev/null
  as anne sync >/dev/null
  as anne carry stick >/dev/null
  as bruno carry stick >/dev/null
  grep -q 'by the hub' bruno/w/01.md
  same
}

@test "carry: an older stick takes nothing away" {
  cp stick/atelier.bundle old
  echo '- later' >>anne/w/01.md
  as anne carry stick >/dev/null
  cp old stick/atelier.bundle
  run as anne carry stick
  [ "$status" -eq 0 ]
  [[ $output != *"no longer holds"* ]]
  grep -q later anne/w/01.md
  as bruno carry stick >/dev/null
  same
}

@test "carry: notes that began apart are put together, and it is said" {
  "$atelier" init carl --language fr >/dev/null
  mkdir carl/v
  printf '# Other\n\n- from carl\n' >carl/v/01.md
  run as carl carry stick
  [ "$status" -eq 0 ]
  [[ $output == *"had begun separately"* ]]
  as anne carry stick >/dev/null
  grep -q 'from carl' anne/v/01.md
}

@test "carry: so are notes that have only the first files of a folder in common" {
  "$atelier" init carl --language en >/dev/null
  mkdir carl/v
  printf '# Other\n\n- from carl\n' >carl/v/01.md
  run as carl carry stick
  [ "$status" -eq 0 ]
  [[ $output == *"had begun separately"* ]]
  run as anne carry stick
  [[ $output != *"had begun separately"* ]]
}

@test "carry: a stick that was damaged behind its first lines is whole again" {
  size=$(wc -c <stick/atelier.bundle)
  truncate -s $((size - 20)) stick/atelier.bundle
  [ "$(as anne carry stick)" = 'Everybody has the same.' ]
  [ "$(wc -c <stick/atelier.bundle)" = "$size" ]
  "$atelier" join stick/atelier.bundle carl
}

@test "carry: among the notes themselves, it is none of them" {
  mkdir anne/stick
  for folder in anne anne/stick; do
    echo "- carried in $folder" >>anne/w/01.md
    as anne carry "$folder" >/dev/null
    as anne sync >/dev/null
  done
  [ -z "$(git -C anne ls-files '*.bundle')" ]
  [ -z "$(git -C anne status --porcelain)" ]
}

@test "carry: an old buffer on an empty stick takes nothing back" {
  cp anne/w/01.md buffer
  echo '- from bruno' >>bruno/w/01.md
  as bruno carry stick >/dev/null
  as anne carry stick >/dev/null
  echo '- typed into an old buffer' >>buffer
  cp buffer anne/w/01.md
  rm stick/atelier.bundle
  run as anne carry stick
  [[ $output == *'- from bruno'* ]]
  as bruno carry stick >/dev/null
  same
  grep -q 'from bruno' anne/w/01.md
  grep -q 'an old buffer' anne/w/01.md
}

@test "carry: what is no bundle is refused and stays as it is" {
  i=0
  for make in 'echo rubbish >stick/atelier.bundle' ': >stick/atelier.bundle' \
    'rm stick/atelier.bundle; mkdir stick/atelier.bundle' \
    'ln -sf ../anne/w/01.md stick/atelier.bundle' \
    'echo "- $i" >>bruno/w/01.md; as bruno carry stick >/dev/null; truncate -s -100 stick/atelier.bundle' \
    'rm -f stick/atelier.bundle; mkfifo stick/atelier.bundle'; do
    i=$((i + 1))
    rm -rf stick
    mkdir stick
    as anne carry stick >/dev/null
    eval "$make"
    echo "- word $i" >>anne/w/01.md
    run timeout 20 "$atelier" -C anne --as 'a <a@b.c>' --lang en carry "$PWD/stick"
    [ "$status" -eq 65 ] || { echo "$make: $status $output"; false; }
    [[ $output == *"Nothing is lost"* ]]
    grep -q "word $i" anne/w/01.md
    [ -e stick/atelier.bundle ]
  done
  [ -f anne/w/01.md ]
}

@test "carry: no folder, no notes, and a folder that cannot be written" {
  run as anne carry nowhere
  [ "$status" -ne 0 ]
  [[ $output == *"Nothing is lost"* ]]
  if [ "$(id -u)" -ne 0 ]; then
    chmod 500 stick
    echo '- x' >>anne/w/01.md
    run as anne carry stick
    [ "$status" -eq 74 ] || [ "$status" -eq 73 ]
    chmod 700 stick
  fi
  run as anne carry anne/w/01.md
  [ "$status" -ne 0 ]
}

@test "carry: killed while it writes, the old file is whole and nothing is left behind" {
  echo '- more' >>anne/w/01.md
  printf '#!/bin/sh\ncase " $* " in *" bundle create "*) kill -9 $PPID; sleep 1 ;; esac\nexec %s "$@"\n' "$(command -v git)" >git
  chmod +x git
  before=$(cksum <stick/atelier.bundle)
  PATH=$PWD:$PATH run as anne carry stick
  [ "$status" -eq 137 ]
  [ "$(cksum <stick/atelier.bundle)" = "$before" ]
  run as anne carry stick
  [ "$status" -eq 0 ]
  as bruno carry stick >/dev/null
  same
  [ "$(ls -A stick)" = atelier.bundle ]
}
