# A document becomes a workshop, recorded at once; what cannot be read is refused.

setup() {
  atelier="$PROGRAMS/atelier"
  notes="$BATS_TEST_TMPDIR/notes"
  "$atelier" init "$notes" --language fr >/dev/null
  sample="$BATS_TEST_DIRNAME/../fixtures/import/atelier-compost.txt"
}

import() {
  run "$atelier" --lang "${lang:-en}" -C "$notes" --as "Anne <anne@example.org>" import "$@"
  echo "$output"
}

@test "import: the sample becomes a recorded workshop" {
  import "$sample"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "New workshop: atelier-3-compost-de-quartier-printemps" ]
  [ -z "$(git -C "$notes" status --porcelain)" ]
  [ "$(git -C "$notes" log -1 --format=%an)" = Anne ]
  [ "$(ls "$notes"/atelier-3-*/ | tr '\n' ' ')" = \
    "01-questions.md 02-synthese.md 03-discussion.md 04-idees-a-creuser.md workshop.yml " ]
}

@test "import: the same document again changes nothing" {
  import "$sample"
  before=$(git -C "$notes" rev-parse HEAD)
  import "$sample"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing is new"* ]]
  [ "$(git -C "$notes" rev-parse HEAD)" = "$before" ]
}

@test "import: another document of that name is refused, nothing is lost" {
  import "$sample"
  { cat "$sample"; echo; echo "- and one more"; } >"$BATS_TEST_TMPDIR/grown.txt"
  lang=fr import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 65 ]
  [[ "${lines[0]}" == "Rien n’est perdu."* ]]
  [[ "$output" == *"existe déjà"* ]]
  [ -z "$(git -C "$notes" status --porcelain)" ]
}

@test "import: Markdown with a date, several documents, JSON" {
  run "$atelier" -C "$notes" --as "Anne <anne@example.org>" import --json "$sample" \
    "$BATS_TEST_DIRNAME/../fixtures/import/library-hours.md"
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  printf '%s\n' "$output" | python3 -c '
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert all(list(row)[0] == "v" and row["v"] == 1 for row in rows)
assert rows[1]["workshop"] == "2024-03-12-opening-hours-of-the-library", rows[1]
'
  [ -s "$notes/2024-03-12-opening-hours-of-the-library/03-discussion.md" ]
}

@test "import: what is no text is refused in both languages" {
  printf 'a\0b' >"$BATS_TEST_TMPDIR/binary"
  printf 'caf\351 noir\n' >"$BATS_TEST_TMPDIR/latin1.txt"
  : >"$BATS_TEST_TMPDIR/empty.txt"
  head -c 100000 /dev/zero | tr '\0' x >"$BATS_TEST_TMPDIR/long.txt"
  for file in binary latin1.txt empty.txt long.txt absent.txt; do
    for lang in fr en; do
      lang=$lang import "$BATS_TEST_TMPDIR/$file"
      [ "$status" -eq 65 ]
      [[ "$output" == *"$file"* ]]
      case $lang in
      fr) [[ "${lines[0]}" == "Rien n’est perdu."* ]] ;;
      en) [[ "${lines[0]}" == "Nothing is lost."* ]] ;;
      esac
    done
  done
  [ "$(ls "$notes")" = atelier.yml ]
}

@test "import: a list ten thousand deep is taken as it is" {
  awk 'BEGIN { print "Title\n\nDiscussion\n"; for (i = 0; i < 250; i++) { printf "%*s- deep\n", i * 2, "" } }' \
    >"$BATS_TEST_TMPDIR/deep.txt"
  import "$BATS_TEST_TMPDIR/deep.txt"
  [ "$status" -eq 0 ]
  [ "$(grep -c deep "$notes/title/01-discussion.md")" -eq 250 ]
}

@test "import: needs to know who writes" {
  run env -u EMAIL "$atelier" --lang en -C "$notes" -c user.useConfigOnly=true import "$sample"
  [ "$status" -ne 0 ]
}
