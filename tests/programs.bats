# What the two programs are, and how they do on real merges where those are at hand.

corpus="$BATS_TEST_DIRNAME/../../shared/corpus/merges"
score="$BATS_TEST_DIRNAME/../../shared/tools/score_merges.py"

@test "atelier-merge does not load libgit2, nor any library but the C library's" {
  run readelf -d "$PROGRAMS/atelier-merge"
  [ "$status" -eq 0 ]
  ! printf '%s\n' "$output" | grep NEEDED |
    grep -vE 'lib(c|m|gcc_s|stdc\+\+|pthread|dl|rt|resolv|asan|ubsan|yaml-0|utf8proc|jansson)\.so|ld-linux'
}

@test "atelier-merge has nothing of libgit2 in it" {
  ! grep -q 'libgit2' "$PROGRAMS/atelier-merge" || false
}

@test "merge-file and the driver answer alike in both programs" {
  cd "$BATS_TEST_TMPDIR"
  printf '# A\n\n- one two three\n' >base.md
  printf '# A\n\n- one two three\n- ours\n' >ours.md
  printf '# A\n\n- one two three\n- theirs\n' >theirs.md
  for program in atelier-merge atelier; do
    run "$PROGRAMS/$program" merge-file -p base.md ours.md theirs.md
    [ "$status" -eq 0 ]
    [ "$output" = "$(printf '# A\n\n- one two three\n- ours\n- theirs')" ]
    cp ours.md mine.md
    run "$PROGRAMS/$program" merge-driver base.md mine.md theirs.md 7 notes/x.md
    [ "$status" -eq 0 ]
    [ "$(cat mine.md)" = "$(printf '# A\n\n- one two three\n- ours\n- theirs')" ]
    run "$PROGRAMS/$program" merge-driver base.md absent.md theirs.md 7 notes/x.md
    [ "$status" -ne 0 ]
  done
}

@test "what is too large is told in the measures that people use" {
  cd "$BATS_TEST_TMPDIR"
  truncate -s 5M large.md
  ATELIER_LANG=fr run "$PROGRAMS/atelier" merge-file -p large.md large.md large.md
  [ "$status" -eq 65 ]
  [[ $output == *'la limite de 4 Mo'* ]]
}

@test "what is written goes where a link or a device leads, which stay what they are" {
  cd "$BATS_TEST_TMPDIR"
  printf 'one two three four five six\n' >base.md
  printf 'one two three four five seven\n' >ours.md
  : >theirs.md
  printf 'one two three four five six\n\nmore by the other one\n' >more.md
  kept='kept as the other edited or repeated it: one two three four five seven'
  for program in atelier-merge atelier; do
    : >file
    ln -sf file link
    "$PROGRAMS/$program" merge-file -p --report=link base.md ours.md theirs.md >/dev/null
    [ -L link ]
    grep -q "$kept" file
    ln -sf /proc/self/fd/9 link
    "$PROGRAMS/$program" merge-file -p --report=link base.md ours.md theirs.md 9>&1 >/dev/null | grep -q "$kept"
    [ -L link ]
    exec 9>nameless
    rm nameless
    "$PROGRAMS/$program" merge-file -p --report=link base.md ours.md theirs.md >/dev/null
    [ -L link ]
    grep -q "$kept" /proc/self/fd/9
    exec 9>&-
    ln -sf /proc/self/fd/1 link
    "$PROGRAMS/$program" merge-file -p --report=link base.md ours.md theirs.md >both
    grep -q "$kept" both
    grep -qx 'one two three four five seven' both
    cp ours.md file
    ln -sf file link
    "$PROGRAMS/$program" merge-file base.md link more.md
    [ -L link ]
    [ "$(cat file)" = "$(printf 'one two three four five seven\n\nmore by the other one')" ]
    rm -f link file
  done
}

@test "the report tells what was decided, in both programs, in words and JSON" {
  cd "$BATS_TEST_TMPDIR"
  moved='the compost in the garden needs dry leaves'
  still='- every other line stays just as it is\n- and so does this one here\n'
  printf "# A\n\n- $moved\n$still- one two three four five six\n\n# B\n\n- the budget this year is 10 euros\n" >base.md
  printf "# A\n\n$still- one two three four five six\n- $moved\n- buy a large box of matches\n\n# B\n\n- the budget this year is 12 euros\n" >ours.md
  printf "# A\n\n- $moved soon\n$still- buy a large box of candles\n\n# B\n\n- the budget this year is 14 euros\n" >theirs.md
  sed -i 's/five six/five seven/' ours.md
  for program in atelier-merge atelier; do
    "$PROGRAMS/$program" merge-file -p --report=report base.md ours.md theirs.md >result.md
    cat report result.md
    grep -q ': deleted by one, kept as the other edited or repeated it: one two three four five seven$' report
    grep -q ': moved by one, kept as the other worded it: the compost in the garden needs dry leaves soon$' report
    grep -q ': written alike by both, both kept: buy a large box of ' report
    grep -q ': worded differently by both, yours to choose: the budget this year is 12 euros$' report
    [ "$(wc -l <report)" -eq 4 ]
    "$PROGRAMS/$program" merge-file -p --json base.md ours.md theirs.md |
      python3 -c 'import json, sys
made = json.load(sys.stdin)
assert made["v"] == 1 and made["degraded"] == "none"
assert made["text"] == open("result.md", encoding="utf-8").read()
assert sorted(row["kind"] for row in made["decisions"]) == ["both-kept", "edit-kept", "moved", "variants"]
lines = made["text"].split("\n")
assert all(row["text"] in lines[row["line"] - 1] for row in made["decisions"])'
    "$PROGRAMS/$program" merge-file -p --report=report.json base.md ours.md theirs.md | cmp - result.md
    "$PROGRAMS/$program" merge-file -p --json --report=other base.md ours.md theirs.md | cmp - result.md
    cmp other report.json
    grep -q '^{"v":1,"degraded":"none","decisions":\[{"kind":' report.json
    printf 'a\0\nx\n' >base.bin; printf 'a\0\ny\n' >ours.bin; printf 'a\0\nz\n' >theirs.bin
    "$PROGRAMS/$program" merge-file -p --json base.bin ours.bin theirs.bin >binary.json
    grep -q '"degraded":"keep-both","decisions":\[{"kind":"degraded"' binary.json
    printf 'title: a\n' >base.yml; printf 'title: b\n' >ours.yml; printf 'title: c\n' >theirs.yml
    run "$PROGRAMS/$program" merge-file --report base.yml ours.yml theirs.yml
    [ "$status" -eq 0 ]
    [[ "$output" == 'line 2: worded differently by both, yours to choose: title ⟨version⟩:'* ]]
  done
}

@test "real merges: nothing fails, nothing is lost, sides are equal" {
  [ -x "$score" ] && [ -d "$corpus" ] || skip "no real merges beside the project"
  run python3 "$score" --limit 111 "$corpus" -- "$PROGRAMS/atelier-merge" merge-file -p {base} {ours} {theirs}
  echo "$output"
  [ "$status" -eq 0 ]
  for none in failed markers unresolved asymmetric not_identity "words invented"; do
    [[ "$output" =~ $none\ +0\  ]]
  done
  lost=$(printf '%s\n' "$output" | awk '/^words lost/ { print $3 }')
  [ "$lost" -le 3 ]
}

@test "standard streams that the caller closed are nobody's files" {
  cd "$BATS_TEST_TMPDIR"
  "$PROGRAMS/atelier" init --language en notes
  mkdir notes/w
  echo '- said by Anne' >notes/w/01-note.md
  "$PROGRAMS/atelier" -C notes --as 'Anne <a@example.org>' sync <&- 2>&-
  run -74 bash -c "'$PROGRAMS/atelier' -C notes find said >&-"
  [ "$(cat notes/.git/atelier/lock)" = '' ]
  [ -z "$(git -C notes status --porcelain)" ]
  git -C notes fsck --strict
  printf '%s\n' '- one' >base.md
  run -74 bash -c "'$PROGRAMS/atelier-merge' merge-file -p base.md base.md base.md >&-"
  [ "$(cat base.md)" = '- one' ]
}
