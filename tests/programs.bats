# What the two programs are, and how they do on real merges where those are at hand.

corpus="$BATS_TEST_DIRNAME/../../shared/corpus/merges"
score="$BATS_TEST_DIRNAME/../../shared/tools/score_merges.py"

@test "atelier-merge does not load libgit2, nor any library but the C library's" {
  run readelf -d "$PROGRAMS/atelier-merge"
  [ "$status" -eq 0 ]
  ! printf '%s\n' "$output" | grep NEEDED |
    grep -vE 'lib(c|m|gcc_s|stdc\+\+|pthread|dl|rt|resolv|asan|ubsan|yaml-0|utf8proc)\.so|ld-linux'
}

@test "atelier-merge has nothing of libgit2 in it" {
  ! grep -q 'libgit2' "$PROGRAMS/atelier-merge"
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
