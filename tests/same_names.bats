# Names that are one on some machines: the smaller is on disk, the other is carried, no word is lost.

load support_copies.bash

setup() {
  anne_shares w/01-discussion.md "# Discussion\n\n- one thing that was said\n"
  "$atelier" join shared.git bruno >/dev/null
  nfc=$'Id\xc3\xa9es.md' nfd=$'Ide\xcc\x81es.md'
}

settle() {
  for turn in 1 2; do
    for who in anne bruno; do as $who sync >/dev/null; done
  done
}

# same: equal bytes on disk and in git, and plain git is content
same() {
  diff -r -x .git anne bruno
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  for who in anne bruno; do
    [ -z "$(git -C $who status --porcelain)" ]
    [ -z "$(git -C $who fsck --strict --no-dangling 2>&1)" ]
  done
}

@test "same names: upper and lower case, composed and not, by two people" {
  printf '# N\n\n- upper\n' >anne/w/Notes.md
  printf '# N\n\n- lower\n' >bruno/w/notes.md
  printf '# I\n\n- composed\n' >anne/w/$nfc
  printf '# I\n\n- in two\n' >bruno/w/$nfd
  as anne sync >/dev/null
  run as bruno sync
  echo "$output"
  [[ "$output" == *"w/notes.md is kept, but not in the folder: w/Notes.md"* ]]
  settle
  same
  [ "$(ls anne/w | tr '\n' ' ')" = "01-discussion.md $nfd Notes.md " ]
  [ "$(git -C anne show HEAD:w/notes.md | tail -n 1)" = '- lower' ]
  [ "$(git -C anne show HEAD:w/$nfc | tail -n 1)" = '- composed' ]
  # What is carried is never read as deleted, and a new copy of it shows the same.
  echo '- more' >>anne/w/Notes.md
  settle
  same
  git -C bruno cat-file -e HEAD:w/notes.md
  "$atelier" join shared.git carl >/dev/null
  diff -r -x .git anne carl
  [ -z "$(git -C carl status --porcelain)" ]
  run as anne --lang fr status
  [[ "$output" == *"w/notes.md est gardé, mais hors du dossier"* ]]
  run as anne status --json
  [[ "$output" == *'"w/notes.md: same name"'* ]]
}

@test "same names: once the other has a new name, both are there" {
  printf '# N\n\n- upper\n' >anne/w/Notes.md
  printf '# N\n\n- lower, and something quite different\n' >bruno/w/notes.md
  settle
  git -C bruno show HEAD:w/notes.md >/dev/null
  mv bruno/w/Notes.md bruno/w/remarks.md
  as bruno sync
  cat bruno/w/notes.md
  settle
  same
  grep -q lower anne/w/notes.md
  grep -q upper anne/w/remarks.md
  # It is looked after like any other again.
  echo '- lower, later' >>anne/w/notes.md
  settle
  same
  grep -q 'lower, later' bruno/w/notes.md
}

@test "same names: one that somebody makes here is left to them, and said" {
  printf '# N\n\n- upper\n' >anne/w/Notes.md
  settle
  printf '# N\n\n- lower\n' >anne/w/notes.md
  for turn in 1 2 3; do
    run as anne sync
    echo "$output"
    [[ "$output" == *"Not recorded yet: w/notes.md"* ]]
    [ "$(tail -n 1 anne/w/notes.md)" = '- lower' ]
  done
  mv anne/w/notes.md anne/w/remarks.md
  settle
  same
  grep -q lower bruno/w/remarks.md
}

@test "same names: an editor that saves the one that is carried" {
  printf '# N\n\n- upper\n' >anne/w/Notes.md
  printf '# N\n\n- lower\n' >bruno/w/notes.md
  settle
  printf '# N\n\n- lower\n- saved again\n' >bruno/w/notes.md
  run as bruno sync
  echo "$output"
  [[ "$output" == *"Not recorded yet: w/notes.md"* ]]
  grep -q 'saved again' bruno/w/notes.md
}

@test "same names: two workshops" {
  mkdir anne/Garden bruno/garden
  printf '# A\n\n- from anne\n' >anne/Garden/01-a.md
  printf '# B\n\n- from bruno\n' >bruno/garden/02-b.md
  settle
  same
  [ "$(ls anne | tr '\n' ' ')" = "Garden atelier.yml w " ]
  [ "$(git -C bruno show HEAD:garden/02-b.md | tail -n 1)" = '- from bruno' ]
}
