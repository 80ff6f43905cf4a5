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

@test "import: a title may end in any letter" {
  printf '%s\n\n' 'Atelier du 12 mars' Questions '- pourquoi ?' 'Ce qui est dû' '- le loyer' 'Il a dit « non »' '- deux fois' >"$BATS_TEST_TMPDIR/due.txt"
  import "$BATS_TEST_TMPDIR/due.txt"
  [ "$status" -eq 0 ]
  grep -qx '# Ce qui est dû' "$notes"/*/*.md
  ! grep -q '# Il a dit' "$notes"/*/*.md || false
}

@test "import: an item of a list is no title, whatever it begins with" {
  printf '%s\n\n' Réunion '• Premier' '– Deuxième' '→ Troisième' 'Fin.' >"$BATS_TEST_TMPDIR/items.txt"
  import "$BATS_TEST_TMPDIR/items.txt"
  [ "$status" -eq 0 ]
  [ "$(ls "$notes"/*/*.md | wc -l)" = 1 ]
}

@test "import: the same document again changes nothing" {
  import "$sample"
  before=$(git -C "$notes" rev-parse HEAD)
  import "$sample"
  [ "$status" -eq 0 ]
  [[ "$output" == *"nothing is new"* ]]
  [ "$(git -C "$notes" rev-parse HEAD)" = "$before" ]
}

@test "import: a document that has grown is joined with what people made of it" {
  import "$sample"
  folder="$notes/atelier-3-compost-de-quartier-printemps"
  # Recorded or only saved, one's own changes stay.
  sed -i 's/avec une poubelle percée/avec une poubelle percée et un arrosoir/' "$folder/03-discussion.md"
  mv "$folder/04-idees-a-creuser.md" "$folder/04-pistes.md"
  sed -e 's/on ferme quinze jours en août/on ferme vingt jours en août/' "$sample" >"$BATS_TEST_TMPDIR/grown.txt"
  echo '- et une dernière idée' >>"$BATS_TEST_TMPDIR/grown.txt"
  lang=fr import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 0 ]
  [[ "$output" == *"vos propres changements restent"* ]]
  grep -q 'poubelle percée et un arrosoir' "$folder/03-discussion.md"
  grep -q 'vingt jours' "$folder/03-discussion.md"
  ! grep -q 'quinze jours' "$folder/03-discussion.md" || false
  grep -q 'dernière idée' "$folder/04-pistes.md"
  [ ! -e "$folder/04-idees-a-creuser.md" ]
  [ -z "$(git -C "$notes" status --porcelain)" ]
  [ -z "$(git -C "$notes" for-each-ref refs/atelier/late)" ]
  # The same once more: nothing is new. Grown once more: joined with the second state.
  import "$BATS_TEST_TMPDIR/grown.txt"
  [[ "$output" == *"nothing is new"* ]]
  sed -i 's/- et une dernière idée/- et une toute dernière idée/' "$BATS_TEST_TMPDIR/grown.txt"
  import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 0 ]
  [ "$(grep -c 'dernière idée' "$folder/04-pistes.md")" -eq 1 ]
  grep -q 'toute dernière idée' "$folder/04-pistes.md"
  grep -q 'arrosoir' "$folder/03-discussion.md"
}

@test "import: grown, into a workshop that was renamed" {
  import "$sample"
  mv "$notes/atelier-3-compost-de-quartier-printemps" "$notes/compost"
  { cat "$sample"; echo "- et une dernière idée"; } >"$BATS_TEST_TMPDIR/grown.txt"
  import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 0 ]
  [ "$(ls "$notes" | tr '\n' ' ')" = "atelier.yml compost " ]
  grep -q 'dernière idée' "$notes/compost/04-idees-a-creuser.md"
}

@test "import: into a workshop that was deleted, it begins anew" {
  import "$sample"
  git -C "$notes" -c user.name=a -c user.email=a@example.org rm -qr atelier-3-compost-de-quartier-printemps
  git -C "$notes" -c user.name=a -c user.email=a@example.org commit -qm gone
  { cat "$sample"; echo "- et une dernière idée"; } >"$BATS_TEST_TMPDIR/grown.txt"
  import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 0 ]
  [ "$(ls "$notes/atelier-3-compost-de-quartier-printemps" | wc -l)" -eq 5 ]
}

@test "import: a document that has grown leaves what is none of its own" {
  folder="$notes/atelier-3-compost-de-quartier-printemps"
  mkdir -p "$folder/inside"
  printf 'picture\0' >"$folder/photo.png"
  echo '- a workshop of its own' >"$folder/inside/04-idees-a-creuser.md"
  git -C "$notes" add .
  git -C "$notes" -c user.name=a -c user.email=a@example.org commit -qm before
  import "$sample"
  import "$sample"
  [[ "$output" == *"nothing is new"* ]]
  { cat "$sample"; echo "- et une dernière idée"; } >"$BATS_TEST_TMPDIR/grown.txt"
  import "$BATS_TEST_TMPDIR/grown.txt"
  [ "$status" -eq 0 ]
  grep -q 'dernière idée' "$folder/04-idees-a-creuser.md"
  [ "$(tr -d '\0' <"$folder/photo.png")" = picture ]
  [ "$(cat "$folder/inside/04-idees-a-creuser.md")" = "- a workshop of its own" ]
  [ -z "$(git -C "$notes" status --porcelain)" ]
}

@test "import: a heading that another workshop has too is not what is left of it" {
  printf 'June council\n\nQuestions\n\nDiscussion\n\n- budget voted\n' >"$BATS_TEST_TMPDIR/june.txt"
  import "$BATS_TEST_TMPDIR/june.txt"
  mkdir "$notes/other"
  mv "$notes/june-council/01-questions.md" "$notes/other/"
  rm -r "$notes/june-council"
  "$atelier" -C "$notes" --as 'Anne <a@example.org>' sync >/dev/null
  import "$BATS_TEST_TMPDIR/june.txt"
  [ "${lines[0]}" = "New workshop: june-council" ]
  grep -q 'budget voted' "$notes/june-council/02-discussion.md"
}

@test "import: grown on two machines, each word is there once" {
  git init -q --bare -b main "$BATS_TEST_TMPDIR/shared.git"
  git -C "$notes" remote add origin "$BATS_TEST_TMPDIR/shared.git"
  import "$sample"
  "$atelier" -C "$notes" --as 'Anne <a@example.org>' sync >/dev/null
  "$atelier" join "$BATS_TEST_TMPDIR/shared.git" "$BATS_TEST_TMPDIR/bruno" >/dev/null
  { cat "$sample"; echo "- et une dernière idée"; } >"$BATS_TEST_TMPDIR/grown.txt"
  import "$BATS_TEST_TMPDIR/grown.txt"
  "$atelier" -C "$BATS_TEST_TMPDIR/bruno" --as 'Bruno <b@example.org>' import "$BATS_TEST_TMPDIR/grown.txt"
  for turn in 1 2; do
    "$atelier" -C "$BATS_TEST_TMPDIR/bruno" --as 'Bruno <b@example.org>' sync
    "$atelier" -C "$notes" --as 'Anne <a@example.org>' sync
  done
  [ "$(cat "$notes"/atelier-3-*/*.md | grep -c 'dernière idée')" -eq 1 ]
  diff -r -x .git "$notes" "$BATS_TEST_TMPDIR/bruno"
}

@test "import: another document of that name is refused, nothing is lost" {
  import "$sample"
  printf 'Atelier 3 - Compost de quartier - Printemps\n\nDiscussion\n\n- tout autre chose\n- rien de commun ici\n' \
    >"$BATS_TEST_TMPDIR/other.txt"
  lang=fr import "$BATS_TEST_TMPDIR/other.txt"
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
