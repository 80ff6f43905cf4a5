# A small history that two people wrote, for the tests of audit and its kin.

new_notes() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  at=1700000000
  git init -q -b main notes
  cd notes
  mkdir talk
  printf 'title: Talk\npeople:\n  - {heading: Hosts, role: facilitator, names: [Omar Benali, Léa Petit]}\n' >talk/workshop.yml
}

# save NAME: records everything in somebody's name, a minute after what was recorded before
save() {
  at=$((at + 60))
  git add -A
  GIT_AUTHOR_DATE="$at +0000" GIT_COMMITTER_DATE="$at +0000" git -c user.name="$1" \
    -c user.email="$(echo "$1" | tr 'A-Z' 'a-z')@example.org" commit -q -m save
}

# history: Anne writes three points, Bruno rewords one, deletes one and adds what others said
history() {
  printf '# Discussion\n\n- A lid keeps the rain out\n- Worms come by themselves\n- Nobody needs this line\n' >talk/01.md
  save Anne
  printf '# Discussion\n\n- A heavy lid keeps the rain out\n- Worms come by themselves\n- Omar : who turns the heap?\n- zoé via le chat : me\n- Omara : and when?\n- example of a heap : <http://x.example>\n' >talk/01.md
  save Bruno
}

# json_lines PYTHON: every line of $output is an object that begins with v; `rows` are all of them
json_lines() {
  printf '%s\n' "$output" | python3 -c "
import json, sys
rows = [json.loads(line) for line in sys.stdin if line.strip()]
assert all(list(row)[0] == 'v' and row['v'] == 1 for row in rows), rows
$1
"
}

# shared: a merge that the program made of what Anne and Bruno wrote, in ../anne
shared() {
  cd ..
  git init -q --bare -b main hub.git
  "$atelier" init anne --language en --remote "$PWD/hub.git" >/dev/null
  cd anne
  "$atelier" --as "Anne <anne@example.org>" new Talk >/dev/null
  "$atelier" --as "Anne <anne@example.org>" sync >/dev/null
  "$atelier" join ../hub.git ../bruno >/dev/null
  "$atelier" -C ../bruno --as "Bruno <bruno@example.org>" add "Worms come by themselves" >/dev/null
  "$atelier" -C ../bruno --as "Bruno <bruno@example.org>" sync >/dev/null
  "$atelier" --as "Anne <anne@example.org>" add "A lid keeps the rain out" >/dev/null
  "$atelier" --as "Anne <anne@example.org>" sync >/dev/null
}
