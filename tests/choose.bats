#!/usr/bin/env bats
# What is left to choose, whatever it stands in, and how it is settled.

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language en >/dev/null
  as_anne new "Compost" --date 2026-05-31 --people "Anne, Bruno" >/dev/null
  place=notes/2026-05-31-compost
}

as_anne() {
  "$atelier" -C notes --as "Anne <anne@example.org>" "$@"
}

# wordings: three of a point with a child, two of a heading and of a row
wordings() {
  cat >>"$place/03-discussion.md" <<'END'
- A lid keeps the rain out ⟨version 1⟩
- A roof keeps the rain out ⟨version 2⟩
- A roof keeps the snow out ⟨version 3⟩
  - all year
- another point

## Budget of 2026 ⟨version 1⟩
## Budget of 2027 ⟨version 2⟩

| what | how much |
|---|---|
| worms | 12 ⟨version 1⟩ |
| worms | 15 ⟨version 2⟩ |
END
}

# at_terminal ANSWERS COMMAND…: as a person types them, one a line
at_terminal() {
  command -v script >/dev/null || skip "script is not installed"
  answers=$1
  shift
  printf "$answers" | script -qec "TERM=xterm '$atelier' -C notes --as 'Anne <anne@example.org>' $*" /dev/null
}

@test "variants: points, headings and rows, with every wording" {
  wordings
  run as_anne variants --json
  [ "$status" -eq 0 ]
  printf '%s\n' "$output" | python3 -c '
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert all(list(row) == ["v", "workshop", "file", "line", "id", "wordings"] for row in rows), rows
assert [row["line"] for row in rows] == [2, 8, 13], rows
assert rows[0]["wordings"] == ["A lid keeps the rain out", "A roof keeps the rain out",
                               "A roof keeps the snow out"], rows
assert rows[1]["wordings"] == ["Budget of 2026", "Budget of 2027"], rows
assert rows[2]["wordings"] == ["worms | 12", "worms | 15"], rows
'
  run as_anne variants
  [[ "$output" == *"1  A lid keeps the rain out"* ]]
}

@test "choose: by text of any wording, by place, by id; children stay" {
  wordings
  as_anne choose "the rain out" 2
  grep -qx -- '- A roof keeps the rain out' "$place/03-discussion.md"
  grep -qx -- '  - all year' "$place/03-discussion.md"
  as_anne choose 03-discussion.md:6 2
  grep -qx '## Budget of 2027' "$place/03-discussion.md"
  id=$(as_anne variants --json | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["id"])')
  as_anne choose "$id" 1
  grep -qx '| worms | 12 |' "$place/03-discussion.md"
  ! grep -q version "$place/03-discussion.md" || false
  [ -z "$(git -C notes status --porcelain)" ]
}

@test "choose: a place that two workshops have lists the sets that stand there" {
  as_anne new "Garden" --date 2026-06-01 >/dev/null
  for folder in "$place" notes/2026-06-01-garden; do
    printf -- '- Who comes to %s ⟨version 1⟩\n- Who stays ⟨version 2⟩\n' "${folder##*-}" >"$folder/01-questions.md"
  done
  run as_anne choose 01-questions.md:1 1
  [ "$status" -eq 65 ]
  [[ "$output" == *"Who comes to compost"*"Who comes to garden"* ]]
  run as_anne choose 2026-06-01-garden/01-questions.md:1 1
  [ "$status" -eq 0 ]
  [ "$(cat notes/2026-06-01-garden/01-questions.md)" = "- Who comes to garden" ]
}

@test "choose: a value of workshop.yml and of a front matter keeps comments and neighbours" {
  printf 'place: Room 3  # upstairs\nplace ⟨version⟩:\n  - Room 4\n  - "Room: 5"\nbox: {a: 1, a ⟨version⟩: [2, 3], b: c}\n' >>"$place/workshop.yml"
  printf -- '---\r\nkind: ideas\r\nkind ⟨version⟩:\r\n  - discussion\r\n---\r\n# Ideas\r\n' >"$place/04-ideas-to-explore.md"
  run as_anne variants --json
  [ "${#lines[@]}" -eq 3 ]
  as_anne choose place 3
  as_anne choose box.a 2
  as_anne choose 04-ideas-to-explore.md:2 2
  [ "$(tail -n 2 "$place/workshop.yml")" = "$(printf 'place: "Room: 5"  # upstairs\nbox: {a: 2, b: c}')" ]
  [ "$(cat "$place/04-ideas-to-explore.md")" = "$(printf -- '---\r\nkind: discussion\r\n---\r\n# Ideas\r\n')" ]
}

@test "choose: a picture of which both versions were kept" {
  printf 'one\0' >"$place/photo.png"
  printf 'two\0' >"$place/photo ⟨version 2⟩.png"
  run as_anne variants --json
  [[ "$output" == *'"wordings":["photo.png","photo ⟨version 2⟩.png"]'* ]]
  as_anne choose photo.png 2
  [ "$(tr -d '\0' <"$place/photo.png")" = two ]
  [ ! -e "$place/photo ⟨version 2⟩.png" ]
}

@test "choose: all versions of a picture stay, each under a name that nothing else has" {
  printf 'one\0' >"$place/photo.png"
  printf 'two\0' >"$place/photo ⟨version 2⟩.png"
  printf 'three\0' >"$place/photo ⟨version 3⟩.png"
  printf 'of the holidays\0' >"$place/photo 2.png"
  run at_terminal '+\n' choose photo.png
  [ "$(cd "$place" && cat photo.png "photo 2.png" "photo 3.png" "photo 4.png" | tr '\0' ' ')" = "one of the holidays two three " ]
  [ "$(ls "$place" | grep -c photo)" = 4 ]
  git -C notes fsck --strict --no-progress
}

@test "choose: pictures that differ in their ending have a set each" {
  for ending in jpg png; do
    printf 'one\0' >"$place/photo.$ending"
    for number in 2 3; do
      printf "$number\0" >"$place/photo ⟨version $number⟩.$ending"
    done
  done
  as_anne choose photo.jpg 2
  as_anne choose photo.png 3
  [ "$(cd "$place" && cat photo* | tr '\0' ' ')" = "2 3 " ]
}

@test "choose: at a terminal, each in turn; quitting keeps what was chosen" {
  wordings
  run at_terminal '7\n3\n\nq\n' choose
  [[ "$output" == *"“7” is no answer."* ]]
  [[ "$output" == *"A"*"{lid}"*"keeps"* ]]
  [[ "$output" == *"Settled: A roof keeps the snow out"* ]]
  grep -qx -- '- A roof keeps the snow out' "$place/03-discussion.md"
  grep -q '## Budget of 2026 ⟨version 1⟩' "$place/03-discussion.md"
  grep -q '15 ⟨version 2⟩' "$place/03-discussion.md"
}

@test "choose: nothing is asked where the question would not be seen" {
  wordings
  before=$(cat "$place/03-discussion.md")
  run at_terminal '2\n' "choose 'rain out' >shown"
  [ "$status" -eq 2 ]
  grep -q 'A lid keeps the rain out' shown
  ! grep -q 'Which one stays' shown || false
  run at_terminal '2\n' 'choose >shown'
  [ "$status" -eq 2 ]
  [ "$(cat "$place/03-discussion.md")" = "$before" ]
}

@test "choose: at a terminal, the end of a long line is no answer of its own" {
  wordings
  before=$(cat "$place/03-discussion.md")
  run at_terminal "$(printf '%063d' 0 | tr 0 x)1\\nq\\n" choose
  [[ "$output" == *"x1” is no answer."* ]]
  [ "$(cat "$place/03-discussion.md")" = "$before" ]
}

@test "choose: at a terminal, all of them, and words of one's own" {
  wordings
  printf '#!/bin/sh\nprintf "## Budget of both years\\n" >"$1"\n' >editor
  chmod +x editor
  EDITOR="$PWD/editor" run at_terminal '+\ne\nq\n' choose
  [ "$(sed -n 2,4p "$place/03-discussion.md")" = "$(printf -- '- A lid keeps the rain out\n- A roof keeps the rain out\n- A roof keeps the snow out')" ]
  grep -qx '## Budget of both years' "$place/03-discussion.md"
}

@test "choose: words of one's own are kept where they cannot be recorded" {
  wordings
  printf '#!/bin/sh\nprintf "words that took a while\\n" >"$1"\neval "$THEN"\n' >editor
  chmod +x editor
  at="'keeps the snow'"
  cp "$place/03-discussion.md" before
  while IFS='|' read -r why then; do
    EDITOR="$PWD/editor" THEN="$then" run at_terminal 'e\nq\n' choose "$at"
    echo "$why: $output"
    # A path may be broken at the end of a line.
    kept=$(printf '%s' "$output" | tr -d '\r\n' | sed -n 's/.*What you wrote is in *\(\/[^ ]*\.md\)\..*/\1/p')
    grep -q 'words that took a while' "$kept"
    rm "$kept"
    cp before "$place/03-discussion.md"
  done <<'END'
the editor fails|exit 3
the set is another by then|sed -i 's/the snow/the hail/' */03-discussion.md
more than a file may hold|head -c 5000000 /dev/zero | tr '\0' x >>"$1"
no text|printf '\377' >>"$1"
END
  # Left as it is, then chosen by number: nothing remains of it.
  EDITOR=true run at_terminal 'e\n3\n' choose "$at"
  [[ $output == *'left as it is'*'Settled: '*'A roof keeps the snow out'* ]]
  ! grep -q 'keeps the rain' "$place/03-discussion.md" || false
  EDITOR="$PWD/editor" run at_terminal 'e\n' choose "'Budget of 2026'"
  [[ $output == *'Settled: words that took a while'* ]]
  ! ls notes/.git/atelier | grep own-words || false
}

@test "choose: the same choice of two merges silently, different ones are wordings again" {
  wordings
  as_anne choose "Budget of" 1
  as_anne choose worms 1
  cp "$place/03-discussion.md" base.md
  as_anne choose "rain out" 1
  cp "$place/03-discussion.md" first.md
  sed '/⟨version [13]⟩/d; s/ ⟨version 2⟩//' base.md >second.md
  "$PROGRAMS/atelier-merge" merge-file -p base.md first.md first.md | cmp - first.md
  "$PROGRAMS/atelier-merge" merge-file -p base.md first.md second.md >both.md
  grep -qx -- '- A lid keeps the rain out ⟨version 1⟩' both.md
  grep -qx -- '- A roof keeps the rain out ⟨version 2⟩' both.md
  ! grep -q snow both.md || false
}

@test "deleting wordings in an editor settles a point, for the others too" {
  git init -q --bare shared.git
  wordings
  git -C notes remote add origin "$PWD/shared.git"
  as_anne sync
  "$atelier" join shared.git bruno
  as_bruno() { "$atelier" -C bruno --as "Bruno <bruno@example.org>" "$@"; }
  sed -i '/⟨version [13]⟩/d' "$place/03-discussion.md"
  sed -i 's/another point/another point of Bruno/' "bruno/${place#notes/}/03-discussion.md"
  as_bruno sync
  as_anne sync
  as_bruno sync
  cmp "$place/03-discussion.md" "bruno/${place#notes/}/03-discussion.md"
  ! grep -q '⟨version' "$place/03-discussion.md" || false
  grep -qx -- '- A roof keeps the rain out' "$place/03-discussion.md"
  grep -qx -- '## Budget of 2027' "$place/03-discussion.md"
  [ "$(git -C notes rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  as_anne audit --verify
  ! as_anne audit --json | grep -q atelier@invalid || false
  as_anne undo --sync --yes
  grep -qx -- '- another point' "$place/03-discussion.md"
  grep -qx -- '- A roof keeps the rain out' "$place/03-discussion.md"
}

@test "a wording deleted without anybody to share with: the label goes, undo brings both back" {
  wordings
  as_anne sync
  sed -i '/2026 ⟨version 1⟩/d' "$place/03-discussion.md"
  as_anne sync
  grep -qx -- '## Budget of 2027' "$place/03-discussion.md"
  [ -z "$(git -C notes status --porcelain)" ]
  as_anne sync
  as_anne undo
  grep -qx -- '## Budget of 2026 ⟨version 1⟩' "$place/03-discussion.md"
  grep -qx -- '## Budget of 2027 ⟨version 2⟩' "$place/03-discussion.md"
}

@test "a wording deleted, and a command before the sync: the label goes, typed ones stay" {
  git init -q --bare shared.git
  wordings
  git -C notes remote add origin "$PWD/shared.git"
  as_anne sync
  sed -i '/2026 ⟨version 1⟩/d' "$place/03-discussion.md"
  as_anne add "one more point"
  as_anne add "and one more"
  as_anne sync
  grep -qx -- '## Budget of 2027' "$place/03-discussion.md"
  grep -qx -- '- A lid keeps the rain out ⟨version 1⟩' "$place/03-discussion.md"
  [ "$(grep -c 'one more' "$place/03-discussion.md")" = 2 ]
  [ -z "$(git -C notes status --porcelain)" ]
  sed -i 's/^- another point$/- another point ⟨version 2⟩/' "$place/03-discussion.md"
  as_anne add "a third"
  as_anne sync
  grep -qx -- '- another point ⟨version 2⟩' "$place/03-discussion.md"
  as_anne audit --verify
}
