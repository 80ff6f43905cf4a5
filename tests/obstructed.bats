#!/usr/bin/env bats
# Something that is no note stands where one is recorded: a link, a folder, a device. No word of
# either is lost, nothing is written through it, and it is told until it is gone.

load support_copies.bash

setup() {
  anne_shares w/01-note.md '# One\n\n- first of one\n'
  printf '# Two\n\n- first of two\n- second of two\n' >anne/w/02-note.md
  printf '# Three\n\n- first of three\n' >anne/w/03-note.md
  as anne sync >/dev/null
  "$atelier" join shared.git bruno >/dev/null
  mkdir outside
  echo '- not to be shared' >outside/secret.md
  cp -a anne anne.before
  cp -a bruno bruno.before
  cp -a shared.git shared.before
}

again() {
  rm -rf anne bruno shared.git
  cp -a anne.before anne
  cp -a bruno.before bruno
  cp -a shared.before shared.git
}

# stands KIND: instead of Anne’s second note
stands() {
  rm anne/w/02-note.md
  case $1 in
  'a link outside') ln -s "$PWD/outside/secret.md" anne/w/02-note.md ;;
  'a link to another note') ln -s 01-note.md anne/w/02-note.md ;;
  'a link to nothing') ln -s nowhere anne/w/02-note.md ;;
  'a link to a folder') ln -s "$PWD/outside" anne/w/02-note.md ;;
  'an empty folder') mkdir anne/w/02-note.md ;;
  'a pipe') mkfifo anne/w/02-note.md ;;
  'a socket') python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("anne/w/02-note.md")' ;;
  'a device') mknod anne/w/02-note.md c 1 3 ;;
  esac
}

@test "what stands in place of a note is told, and the note comes back when it is gone" {
  for kind in 'a link outside' 'a link to another note' 'a link to nothing' 'a link to a folder' \
    'an empty folder' 'a pipe' 'a socket' 'a device'; do
    again
    # Only root makes one.
    stands "$kind" 2>/dev/null || continue
    echo "$kind"
    echo '- beside it' >>anne/w/01-note.md
    sed -i 's/second of two/second and last of two/' bruno/w/02-note.md
    as bruno sync >/dev/null
    for _ in 1 2 3; do
      run timeout 20 "$atelier" -C anne --as 'Anne <anne@example.org>' sync
      echo "$output"
      [ "$status" -eq 0 ]
      [[ "$output" == *'Not recorded yet: w/02-note.md: a link, a folder or a device stands in its place'* ]]
    done
    run as anne doctor
    [[ "$output" == *'! w/02-note.md: a link, a folder or a device'* ]]
    run as anne status --check
    [ "$status" -eq 1 ]
    as anne add -s 1 'one more point' >/dev/null
    as anne undo >/dev/null
    [ ! -f anne/w/02-note.md ] || [ -L anne/w/02-note.md ]
    git -C shared.git cat-file blob main:w/02-note.md | grep -q 'second and last of two'
    git -C shared.git cat-file blob main:w/01-note.md | grep -q 'beside it'
    grep -qx -e '- not to be shared' outside/secret.md
    [ "$(ls outside)" = secret.md ]
    rm -r anne/w/02-note.md
    run as anne status
    [[ "$output" == *'w/02-note.md: it is not on disk; the next sync puts it there'* ]]
    as anne sync >/dev/null
    grep -q 'second and last of two' anne/w/02-note.md
    [ -z "$(git -C anne status --porcelain)" ]
    as anne sync | grep -qx 'Everybody has the same.'
  done
}

@test "what is told to bring the note back does, before the next sync" {
  stands 'an empty folder'
  as anne sync | grep -q '“git restore FILE” brings the note back'
  rmdir anne/w/02-note.md
  git -C anne restore w/02-note.md
  as anne sync | grep -qx 'Everybody has the same.'
  cmp anne/w/02-note.md anne.before/w/02-note.md
}

@test "a note that is put away for good while a link stood there is deleted" {
  stands 'a link outside'
  as anne sync >/dev/null
  rm anne/w/02-note.md
  as anne sync >/dev/null
  ! git -C shared.git cat-file -e main:w/02-note.md 2>/dev/null || false
}

@test "a note that is put back in its place is no save of what it was before" {
  for case in changed-same changed-edited deleted-same deleted-edited; do
    again
    mv anne/w/02-note.md saved.md
    ln -s nowhere anne/w/02-note.md
    as anne sync >/dev/null
    case $case in
    changed*) echo '- from bruno' >>bruno/w/02-note.md ;;
    deleted*) rm bruno/w/02-note.md ;;
    esac
    as bruno sync >/dev/null
    for _ in 1 2; do as anne sync >/dev/null; done
    [ -L anne/w/02-note.md ]
    rm anne/w/02-note.md
    case $case in *edited) echo '- by anne' >>saved.md ;; esac
    mv saved.md anne/w/02-note.md
    echo "$case"
    run as anne status
    case $case in
    *same) [[ $output == *'w/02-note.md: an older text'* && $output != *'only here'* ]] ;;
    *edited) [[ $output == *'Saved here'* ]] ;;
    esac
    run as anne sync
    [[ $output != *'saved from an older text'* ]]
    as bruno sync >/dev/null
    diff -r anne/w bruno/w
    case $case in
    changed-same) grep -q 'from bruno' anne/w/02-note.md ;;
    changed-edited) [ "$(grep -c -e 'from bruno' -e 'by anne' anne/w/02-note.md)" = 2 ] ;;
    deleted-same) [ ! -e anne/w/02-note.md ] ;;
    deleted-edited) grep -q 'by anne' anne/w/02-note.md ;;
    esac
    [ -z "$(git -C anne status --porcelain)" ]
  done
}

@test "a note that became a folder takes what others changed with it" {
  mv anne/w/02-note.md saved
  mkdir anne/w/02-note.md
  mv saved anne/w/02-note.md/note.md
  echo '- added in the folder' >>anne/w/02-note.md/note.md
  sed -i 's/second of two/second and last of two/' bruno/w/02-note.md
  as bruno sync >/dev/null
  for who in anne bruno anne; do as $who sync >/dev/null; done
  for who in anne bruno; do
    for words in 'added in the folder' 'second and last of two' 'first of two'; do
      [ "$(cat $who/w/02-note*.md/*.md | grep -c "$words")" = 1 ]
    done
  done
}

@test "a file where others have a folder of notes stays, and is told" {
  mv anne/w moved
  echo '- words of mine' >anne/w
  sed -i 's/second of two/second and last of two/' bruno/w/02-note.md
  as bruno sync >/dev/null
  for _ in 1 2 3; do
    run as anne sync
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" == *'Not recorded yet: w: others have a folder of notes under this name'* ]]
    [[ "$output" != *'Sent'* ]]
  done
  grep -qx -e '- words of mine' anne/w
  [ "$(git -C shared.git ls-tree --name-only main w/ | wc -l)" = 3 ]
  mv anne/w anne/mine.md
  as anne sync >/dev/null || true
  as anne sync --all >/dev/null
  git -C shared.git cat-file blob main:mine.md | grep -qx -e '- words of mine'
  grep -q 'second and last of two' anne/w/02-note.md
}

@test "a workshop that became a link: nothing is read or written through it" {
  mv anne/w moved
  ln -s ../moved anne/w
  sed -i 's/second of two/second and last of two/' bruno/w/02-note.md
  as bruno sync >/dev/null
  echo '- written behind the link' >>moved/01-note.md
  cp -a moved as-it-was
  for _ in 1 2; do
    run as anne sync
    [ "$status" -eq 0 ]
    [[ "$output" == *'Not recorded yet: w/01-note.md: a link, a folder or a device stands in its place'* ]]
  done
  diff -r moved as-it-was
  [ "$(git -C shared.git ls-tree --name-only main w/ | wc -l)" = 3 ]
  rm anne/w
  mv moved anne/w
  as anne sync >/dev/null
  git -C shared.git cat-file blob main:w/01-note.md | grep -q 'written behind the link'
  # The other note is as it was before Bruno changed it, which is no wish to take that back.
  grep -q 'second and last of two' anne/w/02-note.md
  git -C shared.git cat-file blob main:w/02-note.md | grep -q 'second and last of two'
  echo '- more of two' >>anne/w/02-note.md
  as anne sync >/dev/null
  git -C shared.git cat-file blob main:w/02-note.md | grep -q 'more of two'
}

@test "a pipe in place of what is told about all notes is not waited for" {
  mkfifo anne/people.yml
  rm -f anne/atelier.yml
  mkfifo anne/atelier.yml
  for command in 'show w' 'add -w w -s 1 more' 'audit --json' doctor; do
    # shellcheck disable=SC2086 # they are words
    run timeout 60 "$atelier" -C anne --as 'anne <anne@example.org>' $command
    echo "$output"
    [ "$status" -le 1 ]
  done
}

@test "what is told about all notes counts while an editor has it open" {
  printf -- '- name: Anne Bonnet\n  emails: [anne@example.org]\n  aliases: [Nanou]\n' >anne/people.yml
  printf -- '- {verdict: different, a: second of two, b: first of two}\n' >anne/ideas.yml
  printf '# Four\n\n- Nanou: second of two\n- first of two\n' >anne/w/04-note.md
  as anne sync >/dev/null
  ask() { for what in 'audit --json' 'audit --verify' duplicates variants; do as anne $what || true; done; }
  ask >quiet
  exec 7<>anne/people.yml 8<>anne/ideas.yml
  ask >open
  exec 7<&- 8<&-
  grep -q 'Anne Bonnet' quiet
  diff quiet open
}

@test "a note that may not be read stays as recorded, and holds up no other" {
  echo '- from anne' >>anne/w/02-note.md
  as anne sync >/dev/null
  for note in 01 02; do echo '- from bruno' >>bruno/w/$note-note.md; done
  chmod 000 bruno/w/02-note.md
  sync=("$atelier" -C bruno --lang en --as 'bruno <bruno@example.org>')
  for _ in 1 2; do
    run without_rights "${sync[@]}" sync
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *'w/02-note.md: you may not read it'* ]]
  done
  git -C shared.git show main:w/01-note.md | grep -q 'from bruno'
  run without_rights "${sync[@]}" show
  [ "$status" -eq 0 ]
  [[ $output == *'- from bruno'*'w/02-note.md cannot be read as text.'* ]]
  run without_rights "${sync[@]}" audit --deleted --json
  [ "$status" -eq 0 ]
  [[ $output != *deleted_by* ]]
  chmod 644 bruno/w/02-note.md
  as bruno sync >/dev/null
  [ "$(sort bruno/w/02-note.md)" = "$(printf '\n# Two\n- first of two\n- from anne\n- from bruno\n- second of two')" ]
}

@test "a folder that may not be looked into stays as recorded, and holds up no question" {
  mkdir anne/v
  printf '# Other\n\n- first of other\n' >anne/v/01-note.md
  as anne sync >/dev/null
  without=("$atelier" -C anne --lang en --as 'anne <anne@example.org>')
  chmod 000 anne/w
  for ask in audit 'audit --deleted' 'show v' 'show v --since 2020-01-01' 'find first' \
    'who first' people duplicates synthesis variants status; do
    # shellcheck disable=SC2086 # several words
    run without_rights "${without[@]}" $ask
    echo "$ask: $status: $output"
    [ "$status" -eq 0 ]
    [[ $output != *"first of one"* ]]
  done
  run without_rights "${without[@]}" audit --deleted --json
  [[ $output == *'first of other'* && $output != *deleted_by* ]]
  run without_rights "${without[@]}" status
  [[ $output == *'w/01-note.md: you may not read it'*'what was recorded of it before stays'* ]]
  [[ $output != *'is not recorded'* ]]
  chmod 755 anne/w
}

@test "a folder that may not be written to holds up no other; what others did there comes later" {
  sync=("$atelier" -C anne --lang en --as 'anne <anne@example.org>')
  chmod 555 anne/w
  mkdir bruno/v
  for note in w/02 w/04 v/01; do echo '- from bruno' >>bruno/$note-note.md; done
  rm bruno/w/03-note.md
  as bruno sync >/dev/null
  for _ in 1 2; do
    run without_rights "${sync[@]}" sync
    echo "$output"
    [ "$status" -eq 0 ]
    for note in 02 03 04; do
      [[ $output == *"w/$note-note.md: its folder may not be written to"* ]]
    done
    [[ $output != *"Not recorded"* ]]
  done
  [[ $output == *'Everybody has the same.'* ]]
  grep -qx -e '- from bruno' anne/v/01-note.md
  cmp anne/w/02-note.md anne.before/w/02-note.md
  recorded=$(git -C anne rev-parse HEAD)
  run without_rights "${sync[@]}" status
  [[ $output == *'w/03-note.md: its folder may not be written to'* ]]
  [[ $output != *'only here'* ]]
  run without_rights "${sync[@]}" add -w w -s 2 'by anne'
  echo "$output"
  [ "$status" -eq 73 ]
  [[ $output == *'w/02-note.md: its folder may not be written to'*'right to write there'* ]]
  [ "$(git -C anne rev-parse HEAD)" = "$recorded" ]
  echo '- by anne' >>anne/w/02-note.md
  without_rights "${sync[@]}" sync >/dev/null
  chmod 755 anne/w
  as anne sync | grep -qx 'Everybody has the same.'
  as bruno sync >/dev/null
  diff -r anne/w bruno/w
  [ "$(grep -c -e '- by anne' -e '- from bruno' anne/w/02-note.md)" = 2 ]
  [ ! -e anne/w/03-note.md ]
  [ -z "$(git -C anne status --porcelain)" ]
}

@test "who writes where something else kept a note out has not seen it: the words of both stay" {
  ln -s nowhere bruno/w/04-note.md
  printf '# Four\n\n- by anne\n' >anne/w/04-note.md
  for who in anne bruno; do as $who sync >/dev/null; done
  rm bruno/w/04-note.md
  printf '# Mine\n\n- by bruno\n' >bruno/w/04-note.md
  for who in bruno anne bruno; do as $who sync >/dev/null; done
  diff -r anne/w bruno/w
  for who in anne bruno; do [ "$(grep -c "^- by $who$" anne/w/04-note.md)" = 1 ]; done
  [ -z "$(git -C bruno status --porcelain)" ]
}

@test "a note that is another person’s, in a folder where each keeps their own" {
  [ "$(id -u)" = 0 ] || skip 'only root gives files away'
  chmod 755 "$BATS_TEST_TMPDIR"/{../..,..,.} anne
  setpriv --reuid nobody test -x "$atelier" || skip 'nobody else may run the program'
  chown -R nobody anne
  chown root anne/w anne/w/*
  chmod 1777 anne/w
  chmod 666 anne/w/*
  nobody=(setpriv --reuid nobody --clear-groups env HOME=/nonexistent "$atelier" -C anne --lang en
    --as 'anne <anne@example.org>')
  recorded=$(cat anne/.git/refs/heads/main)
  run "${nobody[@]}" add -w w -s 2 'by anne'
  echo "$output"
  [ "$status" -eq 73 ]
  [ "$(cat anne/.git/refs/heads/main)" = "$recorded" ]
  "${nobody[@]}" new Other >/dev/null
  # The owner of a note keeps no other of its name, in a folder below, from its place.
  mkdir bruno/w/below
  printf -- '- from bruno\n' >bruno/w/below/02-note.md
  as bruno sync >/dev/null
  chown -R nobody shared.git
  "${nobody[@]}" sync >/dev/null
  grep -q 'from bruno' anne/w/below/02-note.md
}

@test "an older text is no save of anybody's, be it that the history was rewritten meanwhile" {
  sync=("$atelier" -C anne --lang en --as 'anne <anne@example.org>')
  chmod 555 anne/w
  echo '- from bruno' >>bruno/w/02-note.md
  as bruno sync >/dev/null
  without_rights "${sync[@]}" sync >/dev/null
  git clone -q shared.git rewritten
  cd rewritten
  git checkout -q --orphan anew
  git -c user.name=Bruno -c user.email=bruno@example.org commit -q -m anew
  git push -q -f origin anew:main
  cd ..
  without_rights "${sync[@]}" sync --accept-rewrite >/dev/null
  without_rights "${sync[@]}" sync >/dev/null
  [ "$(git -C shared.git rev-parse main)" = "$(git -C rewritten rev-parse anew)" ]
  chmod 755 anne/w
  as anne sync | grep -qx 'Everybody has the same.'
  diff -r anne/w bruno/w
}

@test "what is written into an older text takes nothing back, be it that the history was rewritten" {
  sync=("$atelier" -C anne --lang en --as 'anne <anne@example.org>')
  for written in before after; do
    again
    chmod 555 anne/w
    echo '- from bruno, who was there' >>bruno/w/02-note.md
    as bruno sync >/dev/null
    without_rights "${sync[@]}" sync >/dev/null
    rm -rf rewritten
    git clone -q shared.git rewritten
    git -C rewritten checkout -q --orphan anew
    git -C rewritten -c user.name=Bruno -c user.email=bruno@example.org commit -q -m anew
    git -C rewritten push -q -f origin anew:main
    [ $written = after ] || echo '- by anne, who saw no other' >>anne/w/02-note.md
    without_rights "${sync[@]}" sync --accept-rewrite >/dev/null
    [ $written = before ] || echo '- by anne, who saw no other' >>anne/w/02-note.md
    for _ in 1 2; do without_rights "${sync[@]}" sync >/dev/null; done
    chmod 755 anne/w
    as anne sync | grep -qx 'Everybody has the same.'
    echo "$written"
    for words in 'from bruno' 'by anne' 'second of two'; do
      [ "$(grep -c "$words" anne/w/02-note.md)" = 1 ]
    done
    [ "$(git -C anne rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
    [ -z "$(git -C anne status --porcelain)" ]
  done
}

@test "undo tells of what it takes back in a folder that may not be written to" {
  echo '- by anne' >>anne/w/02-note.md
  as anne sync >/dev/null
  chmod 555 anne/w
  run without_rights "$atelier" -C anne --lang en --as 'anne <anne@example.org>' undo
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output == *'w/02-note.md: its folder may not be written to'*'Taken back'* ]]
  chmod 755 anne/w
  as anne sync >/dev/null
  cmp anne/w/02-note.md anne.before/w/02-note.md
  as bruno sync >/dev/null
  cmp bruno/w/02-note.md anne.before/w/02-note.md
}

@test "what others did to a note while it could not be read is done once it can" {
  echo '- from bruno' >>bruno/w/02-note.md
  rm bruno/w/03-note.md
  as bruno sync >/dev/null
  chmod 000 anne/w/02-note.md anne/w/03-note.md
  sync=("$atelier" -C anne --lang en --as 'anne <anne@example.org>')
  for _ in 1 2; do without_rights "${sync[@]}" sync >/dev/null; done
  recorded=$(git -C shared.git rev-parse main)
  chmod 644 anne/w/02-note.md anne/w/03-note.md
  as anne sync | grep -qx 'Everybody has the same.'
  [ "$(git -C shared.git rev-parse main)" = "$recorded" ]
  diff -r anne/w bruno/w
}

@test "what was written into a note that could not be read stays, though others deleted it" {
  rm bruno/w/03-note.md
  as bruno sync >/dev/null
  chmod 000 anne/w/03-note.md
  without_rights "$atelier" -C anne --as 'anne <anne@example.org>' sync >/dev/null
  chmod 644 anne/w/03-note.md
  echo '- by anne' >>anne/w/03-note.md
  for who in anne bruno; do as $who sync >/dev/null; done
  grep -qx -e '- by anne' bruno/w/03-note.md
}
