# Plain git stays usable on the repository at any moment, with and without the driver.

setup() {
  cd "$BATS_TEST_TMPDIR"
  bin="$BATS_TEST_TMPDIR/bin"
  mkdir bin
  cp "$PROGRAMS/atelier" "$PROGRAMS/atelier-merge" bin
  atelier="$bin/atelier"
  export GIT_AUTHOR_NAME=plain GIT_AUTHOR_EMAIL=plain@example.org
  export GIT_COMMITTER_NAME=plain GIT_COMMITTER_EMAIL=plain@example.org
  git init -q --bare -b main shared.git
  "$atelier" init anne --remote "$PWD/shared.git" --language en >/dev/null
  mkdir anne/w
  printf '# Discussion\n\n- one thing that was said\n- another thing that was said\n- the last thing of the day\n' \
    >anne/w/01-discussion.md
  printf 'title: W\npeople:\n  - {heading: Participants, role: participant, names: [Ann Lee]}\n' >anne/w/workshop.yml
  as anne sync >/dev/null
  "$atelier" join shared.git bruno >/dev/null
  note=w/01-discussion.md
}

as() {
  local who=$1
  shift
  "$atelier" -C "$who" --as "$who <$who@example.org>" "$@"
}

# apart: anne has shared a point at the end, bruno has one recorded with plain git at the same place
apart() {
  echo '- from anne' >>anne/$note
  as anne sync >/dev/null
  echo '- from bruno' >>bruno/$note
  sed -i 's/Ann Lee/Ann Lee, Bo Ek/' bruno/w/workshop.yml
  git -C bruno commit -qam 'plain work'
  git -C bruno fetch -q
}

# both WHO: both points are there once, no marker is, and nothing is left to do
both() {
  cat "$1/$note"
  [ "$(grep -c 'from anne' "$1/$note")" = 1 ]
  [ "$(grep -c 'from bruno' "$1/$note")" = 1 ]
  ! grep -rqE '^(<<<<<<<|=======|>>>>>>>)' "$1/w" || false
  [ -z "$(git -C "$1" ls-files --unmerged)" ]
}

# content WHO…: plain git has nothing to say
content() {
  for who in "$@"; do
    [ -z "$(git -C "$who" status --porcelain)" ]
    [ -z "$(git -C "$who" fsck --strict --no-dangling 2>&1)" ]
    [ ! -e "$who/.git/index.lock" ]
    # Every line of the log has a name and a title, and nothing but text.
    ! git -C "$who" log --format='%an|%s' | grep -vE '^[^|]+\|[^|]+$' || false
    ! git -C "$who" log --format='%an|%s' | LC_ALL=C grep -q '[[:cntrl:]]' || false
  done
}

settle() {
  for turn in 1 2; do
    for who in anne bruno; do as $who sync >/dev/null; done
  done
  content anne bruno
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
  diff -r -x .git anne bruno
}

@test "plain git: content after every sync" {
  for turn in 1 2 3; do
    for who in anne bruno; do
      echo "- $who, turn $turn" >>$who/$note
      as $who sync >/dev/null
      content $who
    done
  done
  settle
}

@test "plain git: merge, pull, pull --rebase, cherry-pick use the driver and leave no marker" {
  apart
  for command in 'merge -q --no-edit origin/main' 'pull -q --no-rebase --no-edit' 'pull -q --rebase' \
    'cherry-pick origin/main'; do
    echo "$command"
    rm -rf copy
    cp -r bruno copy
    git -C copy $command
    both copy
    content copy
  done
}

@test "plain git: a note under its longer name is merged as well" {
  note=w/02-notes.markdown
  printf '# Notes\n\n- what was there\n' >anne/$note
  as anne sync >/dev/null
  as bruno sync >/dev/null
  apart
  git -C bruno merge -q -m 'by plain git' FETCH_HEAD
  both bruno
}

@test "plain git: stash pop uses the driver and leaves no marker" {
  echo '- from anne' >>anne/$note
  as anne sync >/dev/null
  echo '- from bruno' >>bruno/$note
  git -C bruno stash -q
  git -C bruno pull -q --ff-only
  git -C bruno stash pop -q
  both bruno
  settle
}

@test "plain git: sync goes on from what each of these leaves" {
  apart
  git -C bruno pull -q --rebase
  settle
  both anne
  echo '- plain again' >>bruno/$note
  git -C bruno commit -qam again
  git -C bruno push -q origin HEAD:main
  settle
  grep -q 'plain again' anne/$note
}

@test "plain git: with the program removed, killed or failing it shows both sides" {
  apart
  for broken in 'rm bin/atelier-merge' 'echo "#!/bin/sh
kill -9 \$\$" >bin/atelier-merge' 'echo "#!/bin/sh
exit 1" >bin/atelier-merge' 'echo "#!/bin/sh
exit 129" >bin/atelier-merge' 'chmod -x bin/atelier-merge'; do
    cp "$PROGRAMS/atelier-merge" bin/atelier-merge
    rm -rf copy
    cp -r bruno copy
    eval "$broken"
    echo "$broken"
    git -C copy merge --no-edit origin/main || true
    cat copy/$note
    grep -q 'from anne' copy/$note
    grep -q 'from bruno' copy/$note
    # What git marks it does not take for merged.
    ! grep -q '^<<<<<<<' copy/$note || [ -n "$(git -C copy ls-files --unmerged)" ]
    rm -f bin/atelier-merge
  done
}

@test "plain git: a clone without the driver, on the same remote, loses nothing" {
  git clone -q shared.git carl
  git -C carl config merge.atelier.driver >/dev/null && return 1
  for turn in 1 2 3; do
    echo "- carl, turn $turn" >>carl/$note
    git -C carl commit -qam "carl $turn"
    echo "- anne, turn $turn" >>anne/$note
    as anne sync >/dev/null
    # Without the driver git may stop with markers; carl then takes both sides, as people do.
    git -C carl pull -q --no-rebase --no-edit || {
      sed -i -E '/^(<<<<<<<|=======|>>>>>>>)/d' carl/$note
      git -C carl commit -qam 'both'
    }
    git -C carl push -q
    as bruno sync >/dev/null
  done
  settle
  for turn in 1 2 3; do
    [ "$(grep -c "carl, turn $turn" anne/$note)" = 1 ]
    [ "$(grep -c "anne, turn $turn" anne/$note)" = 1 ]
  done
}

@test "plain git: markers that somebody recorded become wordings" {
  printf '# Discussion\n\n<<<<<<< HEAD\n- one thing that was shouted\n=======\n- one thing that was sung\n>>>>>>> other\n- another thing that was said\n- the last thing of the day\n' >bruno/$note
  git -C bruno commit -qam 'markers and all'
  sed -i 's/one thing that was said/one thing that was whispered/' anne/$note
  as anne sync >/dev/null
  settle
  for word in shouted sung whispered; do grep -q "one thing that was $word" anne/$note; done
}

@test "plain git: an edit made on the host's page is taken in" {
  # The page records on top of what the host has, in the name of the host, with a web link.
  rm -rf web
  git clone -q shared.git web
  sed -i 's/the last thing of the day/the very last thing of the day/' web/$note
  printf '# Ideas\r\n\r\n- written on the page\r\n' >web/w/02-ideas.md
  git -C web add -A
  GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com GIT_AUTHOR_NAME='Dana É' \
    git -C web commit -q -m 'Update 01-discussion.md' -m 'Signed-off-by: Dana <d@example.org>'
  sed -i 's/another thing that was said/another thing that was said twice/' anne/$note
  git -C web push -q
  echo '- bruno meanwhile' >>bruno/$note
  settle
  grep -q 'very last thing' anne/$note
  grep -q 'said twice' anne/$note
  grep -q 'bruno meanwhile' anne/$note
  grep -q $'written on the page\r' anne/w/02-ideas.md
  git -C anne log --format=%an | grep -q 'Dana É'
}

@test "plain git: a merge made on the host's page, and a branch that was taken in there" {
  git clone -q shared.git web
  git -C web switch -q -c proposal
  echo '- proposed on a branch' >>web/$note
  git -C web commit -qam proposal
  git -C web switch -q main
  sed -i 's/one thing/the one thing/' web/$note
  git -C web commit -qam 'Update'
  GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@github.com \
    git -C web merge -q --no-ff -m 'Merge pull request #1 from proposal' proposal
  git -C web push -q origin main
  echo '- anne meanwhile' >>anne/$note
  settle
  for text in 'proposed on a branch' 'the one thing' 'anne meanwhile'; do
    [ "$(grep -c "$text" anne/$note)" = 1 ]
  done
}

@test "plain git: two machines that merge the same two states record the same" {
  apart
  tip=$(git -C bruno rev-parse HEAD)
  for machine in one two three; do
    cp -r bruno $machine
    git init -q --bare -b main $machine.git
    git -C anne push -q "$PWD/$machine.git" HEAD:main
    git -C $machine remote set-url origin "$PWD/$machine.git"
  done
  (cd one && TZ=Asia/Tokyo LC_ALL=fr_FR.UTF-8 LANGUAGE=fr HOME=/nowhere "$atelier" --as 'Één <1@example.org>' sync >/dev/null)
  (cd two && TZ=America/Lima LC_ALL=C GIT_AUTHOR_DATE='2001-01-01T00:00:00Z' GIT_COMMITTER_DATE='2001-01-01T00:00:00Z' \
    "$atelier" --as 'Two <2@example.org>' sync >/dev/null)
  git -C three config i18n.commitEncoding ISO-8859-1
  git -C three config commit.gpgSign true
  git -C three config core.autocrlf true
  git -C three config core.quotePath false
  git -C three config merge.conflictStyle diff3
  git -C three config user.name Three
  git -C three config core.precomposeUnicode true
  (cd three && umask 077 && "$atelier" --as 'Three <3@example.org>' sync >/dev/null)
  [ "$(git -C one rev-parse HEAD)" != "$tip" ]
  [ "$(git -C one rev-parse HEAD)" = "$(git -C two rev-parse HEAD)" ]
  [ "$(git -C one rev-parse HEAD)" = "$(git -C three rev-parse HEAD)" ]
  both one
}

@test "a pull while a killed sync holds the index merges nothing, and the next sync goes on" {
  echo '- a first point' >>bruno/$note
  as bruno sync >/dev/null
  as anne sync >/dev/null
  apart
  # As the killed sync left it: its mark is also the lock on the index.
  ln bruno/.git/atelier/index.mark bruno/.git/index.lock
  never git -C bruno pull -q --no-rebase --no-edit
  [ -e bruno/.git/MERGE_HEAD ]
  as bruno sync
  [ ! -e bruno/.git/MERGE_HEAD ]
  settle
  both anne
  both bruno
}

# never COMMAND…: `!` alone would not fail a test
never() {
  if "$@"; then return 1; fi
}

@test "git's own account tells each move, of the branch and of HEAD, where one is wanted" {
  as anne add 'one more' -w w >/dev/null
  head=$(git -C anne rev-parse HEAD)
  [ "$(git -C anne rev-parse main@{0})" = "$head" ]
  [ "$(git -C anne rev-parse HEAD@{0})" = "$head" ]
  [ "$(git -C anne rev-parse main@{1})" = "$(git -C anne rev-parse HEAD~1)" ]
  git -C anne reflog expire --expire=now --all
  git -C anne fsck --strict
  rm -r anne/.git/logs
  git -C anne config core.logAllRefUpdates false
  as anne add 'and another' -w w >/dev/null
  [ ! -e anne/.git/logs ]
}

@test "a branch that plain git is moving, or that only names another, is left alone" {
  head=$(git -C anne rev-parse HEAD)
  echo "$head" >anne/.git/refs/heads/main.lock
  run as anne add 'one more' -w w
  [ "$status" -eq 75 ]
  rm anne/.git/refs/heads/main.lock
  git -C anne branch -m main other
  git -C anne symbolic-ref refs/heads/main refs/heads/other
  git -C anne symbolic-ref HEAD refs/heads/main
  run as anne add 'one more' -w w
  [ "$status" -eq 75 ]
  [ "$(git -C anne symbolic-ref refs/heads/main)" = refs/heads/other ]
  [ "$(git -C anne rev-parse HEAD)" = "$head" ]
  git -C anne symbolic-ref -d refs/heads/main
  git -C anne branch -m other main
  git -C anne pack-refs --all
  as anne add 'one more' -w w >/dev/null
  [ "$(git -C anne rev-parse HEAD~1)" = "$head" ]
}
