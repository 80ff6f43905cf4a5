#!/usr/bin/env bats
# The tours of the README: what stands there is what is printed, in both languages.

@test "the README's commands print what it says" {
  run python3 "$BATS_TEST_DIRNAME/tour.py" "$PROGRAMS/atelier" "$BATS_TEST_DIRNAME/../README.md"
  printf '%s\n' "$output"
  [ "$status" -eq 0 ]
  [[ $output == "2 tours, "*" commands "* ]]
}

@test "a tour that tells otherwise is found out" {
  cd "$BATS_TEST_TMPDIR"
  sed 's/^Added: /Adds: /' "$BATS_TEST_DIRNAME/../README.md" >README.md
  run python3 "$BATS_TEST_DIRNAME/tour.py" "$PROGRAMS/atelier" README.md
  [ "$status" -eq 1 ]
  [[ $output == *"+Added: "* ]]
}
