#!/usr/bin/env bats
# Saves from an editor that still shows a text from before one or several syncs.

load support_copies.bash

setup() {
  anne_shares w/01-discussion.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n- the last thing of the day\n"
  "$atelier" join shared.git bruno >/dev/null
  note=w/01-discussion.md
}

# in_place FILE: an editor that truncates and writes; over FILE: one that renames
in_place() { cat "$1" >"bruno/$note"; }
over() { cp "$1" bruno/w/.tmp-editor && mv bruno/w/.tmp-editor "bruno/$note"; }

# brings LINE…: anne adds lines after the first point and shares them
brings() {
  for line in "$@"; do
    sed -i "s/^- one thing.*/&\n- $line/" anne/$note
  done
  as anne sync >/dev/null
}

# same_everywhere: everybody syncs; same bytes, same state, nothing left over
same_everywhere() {
  for who in anne bruno anne bruno; do as "$who" sync >/dev/null; done
  cmp anne/$note bruno/$note
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  [ -z "$(git -C bruno status --porcelain)" ]
  [ -z "$(git -C bruno for-each-ref refs/atelier/late)" ]
}

@test "an old buffer saved after a sync: both are there, and it is said" {
  for save in in_place over; do
    cp bruno/$note buffer
    brings "anne says compost ($save)"
    as bruno sync >/dev/null
    grep -q "compost ($save)" bruno/$note
    echo "- bruno typed this ($save)" >>buffer
    $save buffer
    run as bruno sync
    [ "$status" = 0 ]
    [[ "$output" == *"older text"* ]]
    [[ "$output" == *"- anne says compost ($save)"* ]]
    same_everywhere
    [ "$(grep -c "compost ($save)" bruno/$note)" = 1 ]
    [ "$(grep -c "bruno typed this ($save)" bruno/$note)" = 1 ]
  done
}

@test "an old buffer saved after several syncs" {
  cp bruno/$note buffer
  for i in 1 2 3 4; do
    brings "point $i of anne"
    as bruno sync >/dev/null
  done
  echo '- typed all the while' >>buffer
  in_place buffer
  as bruno sync >/dev/null
  same_everywhere
  for i in 1 2 3 4; do [ "$(grep -c "point $i of anne" bruno/$note)" = 1 ]; done
  [ "$(grep -c 'all the while' bruno/$note)" = 1 ]
}

@test "a buffer from the middle of several syncs" {
  brings 'point 1 of anne'
  as bruno sync >/dev/null
  cp bruno/$note buffer
  brings 'point 2 of anne'
  as bruno sync >/dev/null
  brings 'point 3 of anne'
  as bruno sync >/dev/null
  sed -i '/another thing/d' buffer # seen, and deleted
  echo '- typed' >>buffer
  over buffer
  as bruno sync >/dev/null
  same_everywhere
  ! grep -q 'another thing' bruno/$note || false
  grep -q 'point 1 of anne' bruno/$note
  grep -q 'point 2 of anne' bruno/$note
  grep -q 'point 3 of anne' bruno/$note
  [ "$(grep -c '^- typed' bruno/$note)" = 1 ]
}

@test "a buffer that may as well be older: what it lacks stays, and is told" {
  brings 'point 1 of anne'
  as bruno sync >/dev/null
  cp bruno/$note buffer
  brings 'point 2 of anne'
  as bruno sync >/dev/null
  sed -i '/point 1 of anne/d' buffer # deleted, yet so the note stood before any point of hers
  echo '- typed' >>buffer
  over buffer
  run as bruno sync
  [[ "$output" == *"- point 1 of anne"* ]]
  same_everywhere
  for i in 1 2; do [ "$(grep -c "point $i of anne" bruno/$note)" = 1 ]; done
  grep -q '^- typed' bruno/$note
}

@test "saved on from the same buffer after every save" {
  cp bruno/$note buffer
  for i in 1 2 3; do
    brings "round $i of anne"
    echo "- typed in round $i" >>buffer
    in_place buffer
    as bruno sync >/dev/null
  done
  same_everywhere
  for i in 1 2 3; do
    [ "$(grep -c "typed in round $i" bruno/$note)" = 1 ]
    [ "$(grep -c "round $i of anne" bruno/$note)" = 1 ]
  done
}

@test "the line that came in, reworded in the old buffer: both changes stand" {
  cp bruno/$note buffer
  sed -i 's/another thing that was said/another thing that was said loudly/' anne/$note
  as anne sync >/dev/null
  as bruno sync >/dev/null
  sed -i 's/^- another thing/- a second thing/' buffer
  in_place buffer
  as bruno sync >/dev/null
  same_everywhere
  grep -q -- '- a second thing that was said loudly' bruno/$note
}

@test "what others deleted does not come back from an old buffer" {
  cp bruno/$note buffer
  sed -i '/another thing/d' anne/$note
  as anne sync >/dev/null
  as bruno sync >/dev/null
  echo '- typed' >>buffer
  in_place buffer
  run as bruno sync
  [[ "$output" == *"- another thing that was said"* ]]
  same_everywhere
  ! grep -q 'another thing' bruno/$note || false
  grep -q '^- typed' bruno/$note
}

@test "what others deleted, written back and nothing else, is back" {
  cp bruno/$note buffer
  sed -i '/another thing/d' anne/$note
  as anne sync >/dev/null
  as bruno sync >/dev/null
  in_place buffer
  as bruno sync >/dev/null
  same_everywhere
  grep -q 'another thing' anne/$note
}

@test "one of three deleted: gone at once" {
  brings one-a two-b three-c
  as bruno sync >/dev/null
  sed -i '/two-b/d' bruno/$note
  run as bruno sync
  [[ "$output" != *"older text"* ]]
  same_everywhere
  ! grep -q two-b anne/$note || false
  grep -q one-a anne/$note
  grep -q three-c anne/$note
}

@test "all deleted: told once; deleted again: gone" {
  brings 'a point that bruno does not want'
  as bruno sync >/dev/null
  sed -i '/does not want/d' bruno/$note
  run as bruno sync --json
  [[ "$output" == *'"stale":[{"file":"w/01-discussion.md","stayed":["- a point that bruno does not want"],"gone":[]}]'* ]]
  grep -q 'does not want' bruno/$note
  sed -i '/does not want/d' bruno/$note
  run as bruno sync
  [[ "$output" != *"older text"* ]]
  same_everywhere
  ! grep -q 'does not want' anne/$note || false
}

@test "told once, saved with them in between, deleted: told again" {
  brings 'a point of anne'
  as bruno sync >/dev/null
  cp bruno/$note with
  sed -i '/a point of anne/d' bruno/$note
  cp bruno/$note without
  as bruno sync >/dev/null
  echo '- the file was loaded again' >>bruno/$note
  as bruno sync >/dev/null
  in_place without
  run as bruno sync
  [[ "$output" == *"older text"* ]]
  same_everywhere
  grep -q 'a point of anne' anne/$note
  grep -q 'loaded again' anne/$note
}

@test "all deleted, and what was told did not arrive: told again" {
  brings 'a point that bruno does not want'
  as bruno sync >/dev/null
  for arrives in no yes; do
    sed -i '/does not want/d' bruno/$note
    if [ $arrives = no ]; then
      run sh -c "$atelier -C bruno --as 'bruno <bruno@example.org>' sync >/dev/full"
      [ "$status" = 74 ]
    else
      run as bruno sync
      [[ "$output" == *"- a point that bruno does not want"* ]]
    fi
    grep -q 'does not want' bruno/$note
  done
  same_everywhere
  grep -q 'does not want' anne/$note
}

@test "an old buffer in French is told in French" {
  cp bruno/$note buffer
  brings 'un point'
  as bruno sync >/dev/null
  echo '- tapé' >>buffer
  in_place buffer
  run as bruno --lang fr sync
  [[ "$output" == *"texte plus ancien"* ]]
}

@test "an old buffer saved while offline" {
  cp bruno/$note buffer
  brings 'before the train'
  as bruno sync >/dev/null
  git -C bruno remote set-url origin "$PWD/gone.git"
  echo '- typed in the train' >>buffer
  in_place buffer
  as bruno sync >/dev/null
  grep -q 'before the train' bruno/$note
  grep -q 'in the train' bruno/$note
  git -C bruno remote set-url origin "$PWD/shared.git"
  same_everywhere
}

@test "plain git takes an old buffer as it is, and nothing comes apart" {
  cp bruno/$note buffer
  brings 'a point of anne'
  as bruno sync >/dev/null
  echo '- typed' >>buffer
  in_place buffer
  git -C bruno -c user.name=b -c user.email=b@example.org commit -qam plain
  same_everywhere
  ! grep -q 'a point of anne' anne/$note || false
  grep -q '^- typed' anne/$note
}

@test "both wrote at the end, in much the same words" {
  cp bruno/$note buffer
  echo '- from anne' >>anne/$note
  as anne sync >/dev/null
  as bruno sync >/dev/null
  echo '- from bruno' >>buffer
  in_place buffer
  as bruno sync >/dev/null
  same_everywhere
  grep -qx -- '- from anne' bruno/$note
  grep -qx -- '- from bruno' bruno/$note
}

@test "a point that came in, reworded where it stands, is no stale save" {
  brings 'the comune of Brest lends us a room for the day' 'short pont'
  as bruno sync >/dev/null
  sed -i 's/comune/commune/' bruno/$note
  run as bruno sync
  [[ "$output" != *"older text"* ]]
  same_everywhere
  ! grep -q comune anne/$note || false
  brings 'a thng'
  as bruno sync >/dev/null
  sed -i 's/thng/thing/' bruno/$note
  as bruno sync >/dev/null
  same_everywhere
  ! grep -q thng anne/$note || false
}

@test "a command that writes into an old buffer takes nothing back, and tells" {
  for lang in en fr; do
    cp anne/w/01-discussion.md buffer
    echo "- bruno says something, in $lang" >>bruno/w/01-discussion.md
    as bruno sync >/dev/null
    as anne sync >/dev/null
    echo "- typed into an old buffer, in $lang" >>buffer
    cp buffer anne/w/01-discussion.md
    run as anne add -w w "one point more, in $lang"
    [ "$status" = 0 ]
    [[ $output == *"- bruno says something, in $lang"* ]]
    as anne sync >/dev/null
    as bruno sync >/dev/null
    for said in 'bruno says something' 'typed into an old buffer' 'one point more'; do
      [ "$(grep -c "$said, in $lang" bruno/w/01-discussion.md)" = 1 ]
    done
  done
}

@test "a command that prints JSON tells of an old buffer in a record of its own" {
  cp bruno/$note buffer
  brings 'anne says something'
  as bruno sync >/dev/null
  in_place buffer
  run as bruno --json add -w w 'one point more'
  [ "$status" = 0 ]
  [[ "${lines[0]}" == '{"v":1,"state":"asking","held":[],"stale":[{"file":"w/01-discussion.md","stayed":["- anne says something"],"gone":[]}]}' ]]
  [[ "${lines[1]}" == *'one point more'* ]]
  same_everywhere
  grep -q 'anne says something' anne/$note
}

@test "undo takes back what was typed into an old buffer, and tells of it" {
  cp bruno/$note buffer
  brings 'anne says something'
  as bruno sync >/dev/null
  cp bruno/$note before
  echo '- typed into an old buffer' >>buffer
  in_place buffer
  run as bruno undo
  [ "$status" = 0 ]
  [[ "$output" == *"older text"*"- anne says something"*"typed into an old buffer"* ]]
  cmp before bruno/$note
  as bruno undo >/dev/null
  same_everywhere
  grep -q 'anne says something' anne/$note
  grep -q 'typed into an old buffer' anne/$note
}

@test "a document imported again, grown, beside an old buffer: it is told" {
  printf 'Session 2\n\nDiscussion\n\n- we met in the yard\n- it rained\n' >session-2.txt
  as bruno import "$PWD/session-2.txt" >/dev/null
  cp bruno/$note buffer
  brings 'anne says something'
  as bruno sync >/dev/null
  in_place buffer
  echo '- we went home' >>session-2.txt
  run as bruno import "$PWD/session-2.txt"
  [ "$status" = 0 ]
  [[ "$output" == *"older text"*"- anne says something"* ]]
  grep -q 'we went home' bruno/session-2/*.md
  same_everywhere
  grep -q 'anne says something' anne/$note
}

@test "a command that writes into a note without a word left is refused" {
  : >anne/w/01-discussion.md
  run as anne add -w w 'one point more'
  [ "$status" = 65 ]
  [[ $output == *'is empty, and had words'*'atelier undo'* ]]
  [ ! -s anne/w/01-discussion.md ]
  as anne undo >/dev/null
  as anne add -w w 'one point more' >/dev/null
  [ "$(grep -c 'that was said' anne/w/01-discussion.md)" -ge 1 ]
  as anne sync >/dev/null
}
