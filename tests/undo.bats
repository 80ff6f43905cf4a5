#!/usr/bin/env bats
# Taking back, bringing back: always something new recorded, never a word lost.

load support_copies.bash

setup() {
  anne_shares w/01-discussion.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n- the last thing of the day\n"
  note=w/01-discussion.md
}

bruno_joins() {
  "$atelier" join shared.git bruno >/dev/null
}

settle() {
  for who in "$@" "$@"; do as "$who" sync >/dev/null; done
  for who in "$@"; do diff -r -x .git "$1" "$who"; done
}

@test "undo takes the last own save back, and undo again brings it back" {
  as anne add "worms come by themselves" >/dev/null
  cp anne/$note with.md
  run as anne undo
  [ "$status" = 0 ]
  [ "${lines[0]}" = "Taken back: Add: worms come by themselves" ]
  [[ "$output" == *"- w/01-discussion.md:6: worms come by themselves"* ]]
  ! grep -q worms anne/$note || false
  [ -z "$(git -C anne status --porcelain)" ]
  [ "$(git -C anne log -1 --format=%s)" = "Undo: Add: worms come by themselves" ]
  run as anne annuler
  [ "$status" = 0 ]
  cmp with.md anne/$note
  as anne undo >/dev/null
  ! grep -q worms anne/$note || false
}

@test "undo takes back what is saved and not recorded yet, which stays recorded" {
  sed -i '/another thing/d' anne/$note
  echo '- written in an editor' >>anne/$note
  run as anne --lang fr annuler
  [ "$status" = 0 ]
  [[ "${lines[0]}" == "Annulé"* ]]
  grep -q 'another thing' anne/$note
  ! grep -q 'in an editor' anne/$note || false
  git -C anne show HEAD~1:$note | grep -q 'in an editor'
}

@test "undo after a whole folder was deleted brings it back" {
  for i in 2 3 4 5 6 7; do echo "# part $i" >anne/w/0$i-part.md; done
  as anne sync >/dev/null
  cp -r anne/w before
  rm -r anne/w
  as anne undo >/dev/null
  diff -r before anne/w
}

@test "undo --sync: a folder that went by mistake stays held back" {
  bruno_joins
  for i in 2 3 4 5 6 7; do echo "# part $i" >anne/w/0$i-part.md; done
  as anne sync >/dev/null
  as bruno add "bruno brings this in" >/dev/null
  settle bruno anne
  rm anne/w/0[2-7]*
  run as anne undo --sync </dev/null
  [ "$status" = 2 ]
  run as anne undo --sync --yes
  [ "$status" = 0 ]
  ! grep -q 'brings this' anne/$note || false
  git -C anne show HEAD:w/07-part.md | grep -q 'part 7'
  as anne sync | grep -q 'Not recorded yet: w/02-part.md: gone'
  as anne undo >/dev/null
  [ "$(ls anne/w | wc -l)" = 7 ]
}

@test "undo keeps what others wrote since, and what they reworded" {
  bruno_joins
  as anne add "a lid keeps the rain out" >/dev/null
  as anne add "a second matter of mine" >/dev/null
  settle anne bruno
  echo '- bruno adds on' >>bruno/$note
  sed -i 's/a second matter of mine/a second matter of mine and of bruno/' bruno/$note
  settle bruno anne
  run as anne undo
  [ "$status" = 65 ]
  [ "${lines[0]}" = "Nothing is lost." ]
  grep -q 'of mine and of bruno' anne/$note
  grep -q 'bruno adds on' anne/$note
}

@test "undo: only one's own, nothing recorded: 65" {
  bruno_joins
  run as bruno undo
  [ "$status" = 65 ]
  grep -q 'one thing' bruno/$note
}

@test "undo --dry-run and --json" {
  as anne add "to be told" >/dev/null
  head=$(git -C anne rev-parse HEAD)
  run as anne undo --dry-run
  [ "$status" = 0 ]
  [[ "$output" == *"to be told"* ]]
  [ "$(git -C anne rev-parse HEAD)" = "$head" ]
  as anne undo --json | python3 -c '
import json, sys
row = json.loads(sys.stdin.readline())
assert list(row)[0] == "v" and row["undone"] == "Add: to be told", row
assert row["files"] == ["w/01-discussion.md"], row
assert [point["text"] for point in row["gone"]] == ["to be told"] and row["come"] == [], row'
  echo '- unrecorded' >>anne/$note
  run as anne undo --dry-run
  [[ "$output" == *"$note"* ]]
  as anne undo --dry-run --json | python3 -c '
import json, sys
row = json.loads(sys.stdin.readline())
assert row == {"v": 1, "undone": None, "of": None, "commit": None, "files": ["w/01-discussion.md"]}, row'
  grep -q unrecorded anne/$note
  as anne sync >/dev/null
  : >anne/$note
  run as anne undo --dry-run
  [ "$output" = "It would take back what you saved in $note" ]
  [ ! -s anne/$note ]
}

@test "undo --sync: says whose, wants a yes, keeps what was written since, can be undone" {
  bruno_joins
  run as bruno undo --sync --yes
  [ "$status" = 65 ]
  as anne add "anne brings this in" >/dev/null
  as anne sync >/dev/null
  echo '- bruno had this before' >>bruno/$note
  as bruno sync >/dev/null
  echo '- bruno wrote this since' >>bruno/$note
  cp bruno/$note before.md
  if command -v script >/dev/null; then
    # At a terminal, a word that only begins like a yes is none.
    for answer in "oh no" "yesterday" no; do
      run script -qec "TERM=xterm '$atelier' -C bruno --as 'b <b@example.org>' undo --sync" /dev/null <<<"$answer"
      [ "$status" = 2 ]
    done
  fi
  if command -v script >/dev/null; then
    # While the question waits, others here go on.
    mkfifo answer shown
    script -qec "TERM=xterm '$atelier' -C bruno --as 'b <b@example.org>' undo --sync" /dev/null <answer >shown &
    asked=$!
    exec 4>answer 5<shown
    read -r -d '?' -u 5 question
    as bruno add "written while it waits" >/dev/null
    echo no >&4
    exec 4>&-
    status=0
    wait $asked || status=$?
    exec 5<&-
    [ "$status" = 2 ]
    cp bruno/$note before.md
  fi
  run as bruno undo --sync </dev/null
  [ "$status" = 2 ]
  [[ "$output" == *"anne"* ]]
  [[ "$output" == *"1 point would go"* ]]
  cmp before.md bruno/$note
  run as bruno undo --sync --yes
  [ "$status" = 0 ]
  ! grep -q 'anne brings' bruno/$note || false
  grep -q 'had this before' bruno/$note
  grep -q 'wrote this since' bruno/$note
  settle bruno anne
  ! grep -q 'anne brings' anne/$note || false
  as bruno undo >/dev/null
  settle bruno anne
  grep -q 'anne brings' anne/$note
  grep -q 'wrote this since' anne/$note
}

@test "undo --sync: a yes is not for what came in while the question waited" {
  command -v script >/dev/null || skip "no terminal to be had"
  bruno_joins
  as anne add "anne brings this in" >/dev/null
  settle anne bruno
  mkfifo answer shown
  script -qec "TERM=xterm '$atelier' -C bruno --as 'b <b@example.org>' undo --sync" /dev/null <answer >shown &
  asked=$!
  exec 4>answer 5<shown
  read -r -d '?' -u 5 question
  as anne add "and this after it" >/dev/null
  settle anne bruno
  echo yes >&4
  exec 4>&-
  status=0
  wait $asked || status=$?
  said=$(cat <&5)
  exec 5<&-
  echo "$question? $said"
  [ "$status" = 75 ]
  [[ "$said" == *'another sync has brought something in meanwhile'* ]]
  for words in 'anne brings this in' 'and this after it'; do grep -q "$words" bruno/$note; done
  [ "$(git -C bruno rev-parse HEAD)" = "$(git -C anne rev-parse HEAD)" ]
}

@test "restore: a piece of the text, back where it stood, with what stood below" {
  cp anne/$note before.md
  sed -i '/another thing/d' anne/$note
  as anne sync >/dev/null
  echo '- written since' >>anne/$note
  run as anne restore "ANOTHER thing"
  [ "$status" = 0 ]
  [ "${lines[0]}" = "Back in its place: w/01-discussion.md:4: another thing that was said" ]
  { cat before.md; echo '- written since'; } | cmp - anne/$note
  [ "$(git -C anne log -1 --format=%s)" = "Restore: another thing that was said" ]
  printf '# Discussion\n\nA paragraph here.\n\n- parent point\n  - child point\n    - its own child\n- other\n\nLast words.\n' >anne/$note
  as anne sync >/dev/null
  cp anne/$note tree.md
  printf '# Discussion\n\nA paragraph here.\n\n- other\n\nLast words.\n' >anne/$note
  as anne sync >/dev/null
  as anne rétablir "parent point" | grep -q 'come 2'
  cmp tree.md anne/$note
  printf '# Discussion\n\n- parent point\n  - child point\n    - its own child\n- other\n\nLast words.\n' >anne/$note
  as anne retablir "paragraph here" >/dev/null
  cmp tree.md anne/$note
}

@test "restore: an item that is a quote, by what it says and with its mark" {
  printf '# Discussion\n\n- one\n- > said before\n  - and below\n- two\n' >anne/$note
  as anne sync >/dev/null
  cp anne/$note before.md
  sed -i '/said/d; /below/d' anne/$note
  as anne sync >/dev/null
  run as anne undo --dry-run
  [ "${lines[1]}" = "  + $note:4: > said before" ]
  run as anne restore "said before"
  [ "${lines[0]}" = "Back in its place: w/01-discussion.md:4: > said before" ]
  [ "${lines[2]}" = "With it comes 1 that stood below it." ]
  cmp before.md anne/$note
}

@test "restore: a wording that was not chosen comes back as a point like any" {
  printf '# Discussion\n\n- budget 12 000 voted in June ⟨version 1⟩\n- budget 12 500 voted in June ⟨version 2⟩\n- other\n' >anne/$note
  as anne sync >/dev/null
  as anne choose "12 000" 1 >/dev/null
  run as anne restore "12 500"
  [ "${lines[0]}" = "Back in its place: $note:4: budget 12 500 voted in June" ]
  printf '# Discussion\n\n- budget 12 000 voted in June\n- budget 12 500 voted in June\n- other\n' | cmp - anne/$note
  # Where the others of its set still stand it is one of them again.
  printf '# Discussion\n\n- first words ⟨version 1⟩\n- second words ⟨version 2⟩\n- third words ⟨version 3⟩\n' >anne/$note
  as anne sync >/dev/null
  cp anne/$note three.md
  sed -i '/third/d' anne/$note
  as anne sync >/dev/null
  as anne restore "third words" >/dev/null
  cmp three.md anne/$note
}

@test "restore: where a wording was deleted as well, the label of the other one goes" {
  printf '# Discussion\n\n- a point worth having\n- first words ⟨version 1⟩\n- second words ⟨version 2⟩\n- other\n' >anne/$note
  as anne sync >/dev/null
  sed -i '/worth having/d; /second words/d' anne/$note
  as anne restore "worth having" >/dev/null
  as anne sync >/dev/null
  printf '# Discussion\n\n- a point worth having\n- first words\n- other\n' | cmp - anne/$note
  [ -z "$(git -C anne status --porcelain)" ]
  as anne audit --verify
}

@test "restore: a wording that others deleted and left labelled stays as they left it" {
  printf '# Discussion\n\n- a point worth having\n- first words ⟨version 1⟩\n- second words ⟨version 2⟩\n- other\n' >anne/$note
  as anne sync >/dev/null
  git clone -q shared.git plain
  sed -i '/worth having/d; /second words/d' plain/$note
  git -C plain -c user.name=Bruno -c user.email=bruno@example.org commit -qam "Fewer"
  git -C plain push -q
  as anne sync >/dev/null
  shared=$(git -C anne rev-parse HEAD)
  as anne restore "worth having" >/dev/null
  [ "$(git -C anne rev-parse HEAD^)" = "$shared" ]
  grep -qx -- '- first words ⟨version 1⟩' anne/$note
}

@test "restore: by id and by file:line, not recorded yet, as JSON, dry run" {
  cp anne/$note before.md
  id=$(as anne find "another thing" --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')
  sed -i '/another thing/d' anne/$note
  as anne restore "$id" --json | python3 -c '
import json, sys
row = json.loads(sys.stdin.readline())
assert list(row)[0] == "v" and row["line"] == 4 and row["text"] == "another thing that was said", row
assert row["deleted_by"]["email"] == "anne@example.org", row'
  cmp before.md anne/$note
  sed -i '/another thing/d' anne/$note
  as anne sync >/dev/null
  cp anne/$note without.md
  as anne restore 01-discussion.md:4 --dry-run | grep -q 'another thing'
  cmp without.md anne/$note
  as anne restore $note:4 >/dev/null
  cmp before.md anne/$note
}

@test "restore: what others reworded meanwhile stays, a moved file, a file that is gone" {
  bruno_joins
  sed -i '/another thing/d' anne/$note
  settle anne bruno
  sed -i 's/one thing that was said/one thing that was said by bruno/' bruno/$note
  mv bruno/w/01-discussion.md bruno/w/03-debate.md
  settle bruno anne
  as anne restore "another thing" >/dev/null
  sed -n 4p anne/w/03-debate.md | grep -q 'another thing'
  sed -n 3p anne/w/03-debate.md | grep -q 'by bruno'
  rm anne/w/03-debate.md
  as anne sync >/dev/null
  as anne restore "last thing of the day" >/dev/null
  printf '# Discussion\n\n- the last thing of the day\n' | cmp - anne/w/03-debate.md
}

@test "restore: not in another workshop, for the heading that both have" {
  mkdir anne/v
  printf '# Discussion\n\n- what only this one says\n' >anne/v/01-discussion.md
  as anne sync >/dev/null
  cp anne/v/01-discussion.md other.md
  rm -r anne/w
  as anne sync --all >/dev/null
  run as anne restore "another thing"
  [ "${lines[0]}" = "Back in its place: $note:3: another thing that was said" ]
  printf '# Discussion\n\n- another thing that was said\n' | cmp - anne/$note
  cmp other.md anne/v/01-discussion.md
}

@test "restore: several, none, one that is still there: 65" {
  printf -- '- a lid of wood\n- a lid of tin\n' >>anne/$note
  as anne sync >/dev/null
  sed -i '/a lid/d' anne/$note
  as anne sync >/dev/null
  cp anne/$note before.md
  run as anne restore "a lid"
  [ "$status" = 65 ]
  [[ "$output" == *"a lid of wood"*"a lid of tin"* ]] || [[ "$output" == *"a lid of tin"*"a lid of wood"* ]]
  for wanted in "never said" "one thing that" 0123456789 nowhere.md:3 ""; do
    run as anne restore "$wanted"
    [ "$status" = 65 ]
    [ "${lines[0]}" = "Nothing is lost." ]
  done
  cmp before.md anne/$note
  as anne restore "a lid of tin" >/dev/null
  grep -q 'lid of tin' anne/$note
}
