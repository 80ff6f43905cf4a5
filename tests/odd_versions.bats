#!/usr/bin/env bats
# What git lets through into what is shared, however badly a tool recorded it: taken in where it
# can be read, told where it cannot. What is written here goes on in any case.

load support_copies.bash

setup() {
  anne_shares w/01-note.md '# Note\n\n- first\n'
  "$atelier" join shared.git bruno >/dev/null
}

# record TREE FORMAT: what is shared becomes a commit of these headers and words, as they are
record() {
  local id
  id=$(printf "tree $1\nparent $(git -C shared.git rev-parse main)\n$2" |
    git -C shared.git hash-object -t commit -w --literally --stdin)
  git -C shared.git update-ref refs/heads/main "$id"
}

# folder_with TEXT: the tree of what is shared with a point more
folder_with() {
  local note
  note=$({ git -C shared.git cat-file blob main:w/01-note.md; printf -- '%s\n' "$1"; } |
    git -C shared.git hash-object -w --stdin)
  git -C shared.git read-tree main
  git -C shared.git update-index --cacheinfo "100644,$note,w/01-note.md"
  git -C shared.git write-tree
}

@test "a version without author or date is taken in, and everybody goes on" {
  record "$(folder_with '- from a tool without names')" '\nImported\n'
  echo '- from bruno' >>bruno/w/01-note.md
  run as bruno sync
  echo "$output"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = 'From somebody without a name: w/01-note.md' ]
  as anne sync >/dev/null
  for line in '- first' '- from a tool without names' '- from bruno'; do
    [ "$(grep -cxF -e "$line" anne/w/01-note.md)" = 1 ]
  done
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  as bruno history | grep -qx '1 January 1970, 00:00  somebody without a name'
  as bruno audit >/dev/null
  run as bruno audit --verify
  [ "$status" -le 1 ]
  run as bruno doctor
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" == *'a badly made program recorded this; it is read all the same: error in commit'* ]]
}

@test "what cannot be read is not taken in: it is told, and all else goes on" {
  sound=$(git -C shared.git rev-parse main)
  # A branch that is no version but a folder.
  folder=$(git -C shared.git rev-parse main:w)
  echo "$folder" >shared.git/refs/heads/main
  echo '- from bruno' >>bruno/w/01-note.md
  for _ in 1 2; do
    run as bruno sync
    echo "$output"
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = 'Everything is recorded here; nothing is lost.' ]
    [[ "${lines[1]}" == "what is shared at $PWD/shared.git cannot be taken in: "* ]]
    [ "${lines[3]}" = 'Waiting to be sent, by bruno: w/01-note.md' ]
  done
  run as bruno sync --require-remote
  [ "$status" -eq 69 ]
  as bruno status >/dev/null
  as bruno add -s 1 'one more' >/dev/null
  as bruno undo >/dev/null
  as bruno show >/dev/null
  as bruno audit >/dev/null
  # Put right by whoever looks after it.
  echo "$sound" >shared.git/refs/heads/main
  as bruno sync --require-remote >/dev/null
  as anne sync >/dev/null
  grep -qxF -e '- from bruno' anne/w/01-note.md
}

@test "a note with the mode of an older git stays in git’s list, and no plain commit deletes it" {
  note=$(git -C shared.git rev-parse main:w/01-note.md)
  program=$(echo 'echo said' | git -C shared.git hash-object -w --stdin)
  folder=$(printf '100664 blob %s\t01-note.md\n100775 blob %s\tsay.sh\n' "$note" "$program" |
    git -C shared.git mktree)
  record "$(printf '040000 tree %s\tw\n' "$folder" | git -C shared.git mktree)" 'author a <a@b.c> 1 +0000\ncommitter a <a@b.c> 1 +0000\n\nOld\n'
  as bruno sync
  echo '# Other' >bruno/w/02-other.md
  as bruno sync
  [ -z "$(git -C bruno status --porcelain)" ]
  [ "$(git -C bruno ls-files -s | cut -c -6 | tr '\n' ' ')" = '100644 100644 100755 ' ]
  [ -x bruno/w/say.sh ]
  git -C shared.git cat-file tree main:w | grep -qa '100664 01-note.md'
}

@test "folders deeper than anybody looks stay as they are, in the order that git keeps" {
  deep=$(printf '%s/' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
  mkdir -p "bruno/$deep/x"
  echo words >"bruno/$deep/x/note.md"
  echo words >"bruno/$deep/x-1.md"
  git -C bruno add .
  git -C bruno -c user.name=Bruno -c user.email=b@x.org commit -qm deep
  as bruno sync >/dev/null
  as anne sync >/dev/null
  echo '- from anne' >>anne/w/01-note.md
  as anne sync >/dev/null
  git -C shared.git fsck --strict
  [ "$(git -C shared.git show "main:${deep}x/note.md")" = words ]
}

@test "notes of a newer format are read, and what is saved in them is shared; no command writes" {
  for newer in 2.0 99; do
    sed -i "s/^format: .*/format: $newer/" anne/atelier.yml
    for who in anne bruno; do as "$who" sync >/dev/null; done
    for command in 'add -w w -s 1 more' 'new Other'; do
      # shellcheck disable=SC2086 # several words
      run as bruno $command
      [ "$status" = 78 ]
      [[ $output == *'newer format'*'Update atelier'* ]]
    done
  done
  run as bruno doctor
  [ "$status" = 1 ]
  [[ $output == *'newer format'*'Update atelier'* ]]
  as bruno show >/dev/null
  as bruno audit >/dev/null
  echo '- from bruno' >>bruno/w/01-note.md
  for who in bruno anne; do as "$who" sync >/dev/null; done
  grep -qxF -e '- from bruno' anne/w/01-note.md
  for odd in 1.5 '"newer"' '[99]' ''; do
    sed -i "s/^format: .*/format: $odd/" anne/atelier.yml
    as anne add -w w -s 1 "with $odd" >/dev/null
  done
}
