#!/usr/bin/env bats
# Two and three clones over a local shared folder.

load support_copies.bash

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  git init -q --bare -b main shared.git
}

# start [PEOPLE…]: anne shares a workshop, the others join
start() {
  "$atelier" init anne --remote "$PWD/shared.git" >/dev/null
  mkdir anne/w
  printf '# Discussion\n\n- one thing that was said\n- another thing that was said\n- the last thing of the day\n' >anne/w/01-discussion.md
  as anne sync >/dev/null
  for who in "$@"; do
    "$atelier" join shared.git "$who" >/dev/null
  done
}

# settle PEOPLE…: everybody syncs until all have everything
settle() {
  for who in "$@" "$@"; do
    as "$who" sync >/dev/null
  done
}

# same PEOPLE…: same bytes, same commit, plain git content
same() {
  local first=$1
  for who in "$@"; do
    [ "$(git -C "$who" rev-parse HEAD)" = "$(git -C "$first" rev-parse HEAD)" ]
    diff -r -x .git "$first" "$who"
    [ -z "$(git -C "$who" status --porcelain)" ]
    [ -z "$(git -C "$who" fsck --strict --no-dangling 2>&1)" ]
    [ ! -e "$who/.git/index.lock" ]
    [ ! -e "$who/.git/atelier/journal" ]
  done
  ! grep -rE '^(<<<<<<<|=======|>>>>>>>)' "$first" --include='*.md' || false
}

# rewind: what was shared last is no longer there
rewind() { git -C shared.git update-ref refs/heads/main "$(git -C shared.git rev-parse main~1)"; }

@test "points added at the same place by two are both there, once" {
  start bruno
  echo '- anne adds a point about compost' >>anne/w/01-discussion.md
  echo '- bruno adds a point about water' >>bruno/w/01-discussion.md
  settle anne bruno
  same anne bruno
  [ "$(grep -c 'about compost' anne/w/01-discussion.md)" = 1 ]
  [ "$(grep -c 'about water' anne/w/01-discussion.md)" = 1 ]
}

@test "a point reworded by two keeps both wordings, and sync says so" {
  start bruno
  sed -i 's/another thing that/another large matter that/' anne/w/01-discussion.md
  sed -i 's/another thing that/another small subject that/' bruno/w/01-discussion.md
  as anne sync >/dev/null
  run as bruno sync
  [ "$status" = 0 ]
  [[ "$output" == *"To choose"* ]]
  # Whoever only receives them is told, too.
  run as anne sync
  [[ "$output" == *"1 point has several wordings: “atelier choose”"* ]]
  settle anne bruno
  same anne bruno
  grep -q 'large matter' anne/w/01-discussion.md
  grep -q 'small subject' anne/w/01-discussion.md
}

@test "what one deletes and another rewords stays" {
  start bruno
  sed -i '/another thing/d' anne/w/01-discussion.md
  sed -i 's/another thing that was said/another thing that was said loudly/' bruno/w/01-discussion.md
  settle anne bruno
  same anne bruno
  grep -q 'said loudly' anne/w/01-discussion.md
}

@test "a file that one deletes and another changes stays" {
  start bruno
  rm anne/w/01-discussion.md
  echo '- bruno still writes here' >>bruno/w/01-discussion.md
  settle anne bruno
  same anne bruno
  grep -q 'still writes' anne/w/01-discussion.md
}

@test "a file deleted by one and left by the other goes" {
  start bruno
  echo '# Other' >bruno/w/02-other.md
  settle bruno anne
  rm anne/w/02-other.md
  [ "$(as anne sync)" = 'Sent, by anne: w/02-other.md (deleted)' ]
  [[ "$(lang=fr as bruno sync)" == 'Reçu, écrit par anne'*'w/02-other.md (supprimé)' ]]
  same anne bruno
  [ ! -e bruno/w/02-other.md ]
}

@test "a section renamed by one and written in by another is renamed and written in" {
  start bruno
  mv anne/w/01-discussion.md anne/w/03-debat.md
  echo '- bruno writes on' >>bruno/w/01-discussion.md
  # What has another name is not told as deleted.
  [ "$(as anne sync)" = 'Sent, by anne: w/01-discussion.md, 03-debat.md' ]
  settle anne bruno
  same anne bruno
  [ ! -e anne/w/01-discussion.md ]
  grep -q 'writes on' anne/w/03-debat.md
}

@test "a workshop renamed by one takes along what another adds" {
  start bruno
  mv anne/w anne/garden
  echo '# Synthesis' >bruno/w/02-synthesis.md
  settle anne bruno
  same anne bruno
  [ ! -e anne/w ]
  [ -e anne/garden/02-synthesis.md ]
}

@test "a picture changed by two is there twice" {
  start bruno
  printf 'a\0b' >anne/w/photo.png
  settle anne bruno
  printf 'a\0c' >anne/w/photo.png
  printf 'a\0d' >bruno/w/photo.png
  settle anne bruno
  same anne bruno
  [ "$(ls anne/w | grep -c photo)" = 2 ]
}

@test "three people end with the same" {
  start bruno claire
  for who in anne bruno claire; do
    echo "- $who was here" >>"$who/w/01-discussion.md"
    printf '# %s\n\n- own section\n' "$who" >"$who/w/05-$who.md"
  done
  settle anne bruno claire
  same anne bruno claire
  [ "$(grep -c 'was here' anne/w/01-discussion.md)" = 3 ]
}

@test "two machines that merge the same make the same" {
  start bruno
  cp -r anne twin
  echo '- from anne' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  echo '- from bruno' >>bruno/w/01-discussion.md
  # Both shared states are merged by two machines that know nothing of each other.
  git init -q --bare -b main other.git
  as anne status >/dev/null
  git -C bruno remote set-url origin "$PWD/other.git"
  as bruno sync >/dev/null
  cp -r bruno second
  cp -r anne first
  git -C first remote set-url origin "$PWD/other.git"
  git -C second remote set-url origin "$PWD/shared.git"
  mv other.git other-for-first.git
  cp -r other-for-first.git other.git
  (cd first && TZ=Asia/Tokyo LC_ALL=fr_FR.UTF-8 HOME=/nowhere "$atelier" --as 'One <1@example.org>' sync >/dev/null)
  (cd second && TZ=America/Lima LC_ALL=C "$atelier" --as 'Two <2@example.org>' sync >/dev/null)
  [ "$(git -C first rev-parse HEAD)" = "$(git -C second rev-parse HEAD)" ]
  git -C first log -1 --format='%an %ae %cn %s' | grep -q '^atelier atelier@invalid atelier Merge$'
}

@test "two who both start share the beginning" {
  "$atelier" init anne --remote "$PWD/shared.git" --language fr >/dev/null
  "$atelier" init bruno --remote "$PWD/shared.git" --language fr >/dev/null
  [ "$(git -C anne log -1 --format=%ct)" = 0 ]
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
}

@test "someone faster: the push is tried again" {
  start bruno
  # The first push of bruno finds that anne has just pushed.
  echo '- from anne, in between' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  git -C shared.git rev-parse main >newest
  rewind
  cat >shared.git/hooks/pre-receive <<HOOK
#!/bin/sh
[ -e "$PWD/once" ] && exit 0
touch "$PWD/once"
env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main \$(cat "$PWD/newest")
HOOK
  chmod +x shared.git/hooks/pre-receive
  echo '- from bruno' >>bruno/w/01-discussion.md
  run as bruno sync
  [ "$status" = 0 ]
  [ -e once ]
  settle anne bruno
  same anne bruno
  grep -q 'in between' bruno/w/01-discussion.md
}

@test "someone faster: what was decided before is told once the push has gone through" {
  start bruno
  printf -- '- the budget is twelve thousand euros\n- a second point that stays\n- a third one\n' >>anne/w/01-discussion.md
  settle anne bruno
  git clone -q shared.git plain
  sed -i 's/twelve thousand euros/fifteen hundred francs/; /second point/d' anne/w/01-discussion.md
  as anne sync >/dev/null
  git -C plain pull -q
  echo '- from plain git, in between' >>plain/w/01-discussion.md
  git -C plain -c user.name=p -c user.email=p@example.org commit -qam more
  git -C plain push -q origin HEAD:later
  cat >shared.git/hooks/pre-receive <<'HOOK'
#!/bin/sh
git rev-parse -q --verify refs/heads/later >/dev/null || exit 0
env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main refs/heads/later
env -u GIT_QUARANTINE_PATH git update-ref -d refs/heads/later
HOOK
  chmod +x shared.git/hooks/pre-receive
  sed -i 's/twelve thousand euros/ten million dollars/; s/a second point that stays/& today/' bruno/w/01-discussion.md
  run as bruno sync
  [ "$status" = 0 ]
  grep -q 'in between' bruno/w/01-discussion.md
  [ "$(grep -c '^Kept, since one deleted it.*second point that stays today' <<<"$output")" = 1 ]
  [ "$(grep -c '^To choose: .*budget is' <<<"$output")" = 1 ]
}

@test "offline: recorded here, said, and status 0" {
  start bruno
  echo '- written in the train' >>bruno/w/01-discussion.md
  git -C bruno remote set-url origin 'ssh://nowhere.invalid/x'
  run env GIT_SSH_COMMAND='sh -c "echo ssh: Could not resolve hostname nowhere.invalid >&2; exit 255"' \
    "$atelier" -C bruno --as 'bruno <b@example.org>' sync
  [ "$status" = 0 ]
  [[ "$output" == *"nothing is lost"* ]]
  [[ "$output" == *"cannot be reached"* ]]
  [ -z "$(git -C bruno status --porcelain)" ]
  run env GIT_SSH_COMMAND=false "$atelier" -C bruno sync --require-remote
  [ "$status" = 69 ]
  run env GIT_SSH_COMMAND=false "$atelier" --lang en -C bruno sync --dry-run
  [ "$status" = 0 ]
  [[ "$output" == *"To look at: "*"nowhere.invalid"* ]]
  run env GIT_SSH_COMMAND=false "$atelier" --lang en -C bruno sync --dry-run --require-remote
  [ "$status" = 69 ]
  [[ "$output" != *"To look at"* ]]
}

@test "a wrong address: nothing lost, and what to do" {
  start
  git -C anne remote set-url origin "$PWD/not-there.git"
  echo '- more' >>anne/w/01-discussion.md
  run as anne sync
  [ "$status" = 0 ]
  [[ "$output" == *"nothing is lost"* ]]
  [[ "$output" == *"Check the address"* ]]
}

@test "a remote that refuses: 77 and a sentence" {
  start bruno
  printf '#!/bin/sh\necho protected >&2\nexit 1\n' >shared.git/hooks/pre-receive
  chmod +x shared.git/hooks/pre-receive
  echo '- more' >>bruno/w/01-discussion.md
  run as bruno sync
  [ "$status" = 77 ]
  [[ "$output" == *"does not let you write"* ]]
  [ -z "$(git -C bruno status --porcelain)" ]
}

@test "addresses that would start a program are refused" {
  for url in 'ext::sh -c touch% pwned' '--upload-pack=touch pwned' 'fd::0'; do
    run "$atelier" join -- "$url" copy
    [ "$status" != 0 ]
    run "$atelier" init one --remote="$url"
    [ "$status" = 65 ]
  done
  [ ! -e pwned ]
  [ ! -e copy ]
}

@test "an empty remote is joined, and both who join it go on together" {
  "$atelier" join shared.git anne
  "$atelier" join shared.git bruno
  for who in anne bruno; do
    mkdir "$who/w-$who"
    echo "# From $who" >"$who/w-$who/01-a.md"
  done
  settle anne bruno
  same anne bruno
  [ -e anne/w-bruno/01-a.md ]
}

@test "an unrelated remote is united, nothing is lost" {
  start
  git init -q --bare -b main else.git
  "$atelier" init carl --remote "$PWD/else.git" --language fr >/dev/null
  mkdir carl/c
  echo '# Carl' >carl/c/01-c.md
  as carl sync >/dev/null
  git -C carl commit -q --amend --reset-author -m other --author 'c <c@example.org>' 2>/dev/null || true
  git -C carl remote set-url origin "$PWD/shared.git"
  run as carl sync
  [ "$status" = 0 ]
  settle anne carl
  same anne carl
  [ -e anne/c/01-c.md ]
  grep -q 'last thing' carl/w/01-discussion.md
}

@test "a branch of another name on the remote is found" {
  start
  git -C shared.git branch -m main trunk
  git -C shared.git symbolic-ref HEAD refs/heads/trunk
  "$atelier" join shared.git bruno >/dev/null
  echo '- trunk' >>bruno/w/01-discussion.md
  as bruno sync >/dev/null
  as anne sync >/dev/null
  grep -q trunk anne/w/01-discussion.md
  [ "$(git -C shared.git for-each-ref --format='%(refname)' refs/heads)" = refs/heads/trunk ]
}

@test "without a name: 78, in both languages, and nothing is lost" {
  start bruno
  echo '- who am I' >>bruno/w/01-discussion.md
  run env -u EMAIL GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.useConfigOnly GIT_CONFIG_VALUE_0=true \
    "$atelier" -C bruno sync
  [ "$status" = 78 ]
  [[ "$output" == *"othing is lost"* ]]
  run env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.useConfigOnly GIT_CONFIG_VALUE_0=true \
    "$atelier" -C bruno --lang fr sync
  [ "$status" = 78 ]
  [[ "$output" == *"perdu"* ]]
  grep -q 'who am I' bruno/w/01-discussion.md
}

@test "not a repository: 65 and what to do" {
  mkdir empty
  run "$atelier" -C empty sync
  [ "$status" = 65 ]
  [[ "$output" == *"atelier init"* ]]
}

@test "a repository in the middle of a merge is left alone, what is saved is kept" {
  start bruno
  echo '- saved' >>bruno/w/01-discussion.md
  git -C bruno rev-parse HEAD >bruno/.git/MERGE_HEAD
  before=$(git -C bruno rev-parse HEAD)
  run as bruno sync
  [ "$status" = 75 ]
  [ "$(git -C bruno rev-parse HEAD)" = "$before" ]
  [ "$(git -C bruno for-each-ref refs/atelier/saved | wc -l)" = 1 ]
}

@test "what is kept aside while plain git is at work is on the disk by then" {
  strace -o calls true || skip 'nothing can be traced here'
  start
  git -C anne rev-parse HEAD >anne/.git/MERGE_HEAD
  echo '- saved meanwhile' >>anne/w/01-discussion.md
  # What is traced cannot be looked through for leaks as well.
  ASAN_OPTIONS=detect_leaks=0 run strace -y -o calls -e trace=fsync "$atelier" -C anne --as 'anne <anne@example.org>' sync
  [ "$status" = 75 ]
  grep -q 'fsync(.*/anne/w/01-discussion.md>' calls
}

@test "what plain git throws away, which a sync kept aside, can be brought back" {
  start
  git -C anne config user.name anne
  git -C anne config user.email anne@example.org
  for n in 1 2; do
    echo "- plain work $n" >>anne/w/01-discussion.md
    git -C anne commit -qam "plain work $n"
  done
  GIT_SEQUENCE_EDITOR="sed -i 1s/pick/edit/" git -C anne rebase -q -i HEAD~2
  echo '- saved in the middle' >>anne/w/01-discussion.md
  run as anne sync
  [ "$status" = 75 ]
  [[ $output == *'Finish or abort it'*'What you saved is kept aside'*'atelier restore'* ]]
  run as anne sync
  [[ $output == *'What you saved is kept aside'* ]]
  [ "$(git -C anne for-each-ref refs/atelier/saved | wc -l)" = 1 ]
  git -C anne checkout -q -- .
  git -C anne rebase --continue
  as anne sync >/dev/null
  ! grep -q 'in the middle' anne/w/01-discussion.md || false
  as anne restore --dry-run --json 'in the middle' | grep -q '"deleted_by":null'
  [[ "$(lang=fr as anne restore 'in the middle')" == *'pendant que git travaillait'* ]]
  [ "$(grep -c 'saved in the middle' anne/w/01-discussion.md)" = 1 ]
  run as anne restore 'in the middle'
  [ "$status" = 65 ]
  as anne sync >/dev/null
  git -C shared.git grep -q 'saved in the middle' main
}

@test "a repository or folder that exists is adopted without a change" {
  mkdir notes
  echo '# Old note' >notes/old.md
  "$atelier" init notes >/dev/null
  [ "$(ls -A notes | tr '\n' ' ')" = ".git old.md " ]
  git -C notes check-attr merge old.md | grep -q atelier
  as notes sync >/dev/null
  [ "$(git -C notes ls-files)" = old.md ]
}

@test "plain git calls the driver" {
  start bruno
  echo '- anne at the end' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  echo '- bruno at the end' >>bruno/w/01-discussion.md
  git -C bruno -c user.name=b -c user.email=b@example.org commit -qam plain
  git -C bruno -c user.name=b -c user.email=b@example.org pull -q --no-rebase --no-edit
  grep -q 'anne at the end' bruno/w/01-discussion.md
  grep -q 'bruno at the end' bruno/w/01-discussion.md
  ! grep -q '<<<<' bruno/w/01-discussion.md || false
  settle bruno anne
  same bruno anne
}

@test "a clone copied with its folder: both go on, and nothing is there twice" {
  start bruno
  sed -i 's/another thing/another good thing/' anne/w/01-discussion.md
  echo '- saved before the copy' >>anne/w/01-discussion.md
  cp -a anne twin
  sed -i '3i - by anne herself' anne/w/01-discussion.md
  echo '- by the twin' >>twin/w/01-discussion.md
  sed -i '/the last thing/d' twin/w/01-discussion.md
  settle anne twin bruno
  same bruno anne twin
  for said in 'another good thing' 'saved before the copy' 'by anne herself' 'by the twin'; do
    [ "$(grep -c "$said" bruno/w/01-discussion.md)" = 1 ]
  done
  ! grep -q 'the last thing' bruno/w/01-discussion.md || false
}

@test "a shortened history is completed before anything is united" {
  start bruno
  for n in 1 2 3; do
    echo "- said $n" >>anne/w/01-discussion.md
    as anne sync >/dev/null
  done
  git clone -q --depth 1 "file://$PWD/shared.git" short
  [ "$(git -C short rev-parse --is-shallow-repository)" = true ]
  echo '- from bruno' >>bruno/w/01-discussion.md
  as bruno sync >/dev/null
  echo '- from the short one' >>short/w/01-discussion.md
  settle short bruno anne
  [ "$(git -C short rev-parse --is-shallow-repository)" = false ]
  same anne bruno short
  for said in 'said 1' 'said 3' 'from bruno' 'from the short one'; do
    [ "$(grep -c "$said" anne/w/01-discussion.md)" = 1 ]
  done
}

@test "heads come to rest over two remotes" {
  start bruno
  git init -q --bare -b main second.git
  for who in anne bruno; do
    git -C "$who" remote add usb "$PWD/second.git"
    git -C "$who" config atelier.remotes 'origin usb'
    echo "- $who" >>"$who/w/01-discussion.md"
  done
  settle anne bruno
  same anne bruno
  [ "$(git -C shared.git rev-parse main)" = "$(git -C second.git rev-parse main)" ]
  before=$(git -C anne rev-parse HEAD)
  settle anne bruno
  [ "$(git -C anne rev-parse HEAD)" = "$before" ]
  # What waits for one of them is told, whatever the other has.
  mv shared.git away.git
  echo '- written meanwhile' >>anne/w/01-discussion.md
  run as anne sync
  [[ "$output" == *"Sent, by anne"*"Waiting to be sent, by anne"* ]]
  run as anne status --check
  [ "$status" = 1 ]
  [[ "$output" == *"Waiting to be sent, by anne"* ]]
}

@test "a rewritten remote: what was there stays, and is said" {
  start bruno
  echo '- will be rewritten away' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  rewind
  run as bruno sync
  [ "$status" = 0 ]
  [[ "$output" == *"no longer holds"* ]]
  settle anne bruno
  same anne bruno
  grep -q 'rewritten away' bruno/w/01-discussion.md
}

@test "a rewritten remote taken as it is: only what was here alone is added" {
  start bruno
  echo '- a secret that must go' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  rewind
  sed -i '3i - written by bruno alone' bruno/w/01-discussion.md
  # To look first takes nothing away from that.
  run as bruno sync --dry-run
  [[ "$output" == *"no longer holds"* ]]
  run as bruno sync --accept-rewrite
  [ "$status" = 0 ]
  ! grep -q secret bruno/w/01-discussion.md || false
  grep -q 'bruno alone' bruno/w/01-discussion.md
  ! git -C shared.git grep -q secret main || false
  [ -n "$(git -C bruno for-each-ref refs/atelier/kept)" ]
}

@test "a rewritten remote taken as it is: what was never taken in before is not deleted there" {
  start bruno
  git clone -q shared.git plain
  printf -- '- a secret that must go\n- and a point that stays\n' >>plain/w/01-discussion.md
  git -C plain -c user.name=p -c user.email=p@example.org commit -qam more
  git -C plain push -q
  sed -i '3i - written by bruno alone' bruno/w/01-discussion.md
  as bruno sync --dry-run >/dev/null
  sed -i '/secret/d' plain/w/01-discussion.md
  git -C plain -c user.name=p -c user.email=p@example.org commit -qa --amend -m more
  git -C plain push -qf
  as bruno sync --accept-rewrite >/dev/null
  settle bruno anne
  same bruno anne
  grep -q 'point that stays' anne/w/01-discussion.md
  grep -q 'bruno alone' anne/w/01-discussion.md
  ! grep -q secret anne/w/01-discussion.md || false
}

# hostile NAME MODE: a tree made by hand with one entry, pushed to the shared folder
hostile() {
  local blob tree parent
  parent=$(git -C shared.git rev-parse main)
  blob=$(printf '%s' "${3-evil}" | git -C shared.git hash-object -w --stdin)
  tree=$({
    git -C shared.git cat-file tree "$parent^{tree}"
    printf '%s %b\0' "$2" "$1"
    printf '%b' "$(echo "$blob" | sed 's/../\\x&/g')"
  } | git -C shared.git hash-object -w --stdin -t tree --literally)
  git -C shared.git update-ref refs/heads/main \
    "$(echo evil | git -C shared.git -c user.name=e -c user.email=e@example.org commit-tree -p "$parent" "$tree")"
}

@test "hostile names are never written, and sync goes on" {
  start
  touch outside
  sum=$(find . -path ./shared.git -prune -o -path ./anne -prune -o -print | sort | sha256sum)
  clean=$(git -C shared.git rev-parse main)
  while IFS='|' read -r name mode content; do
    rm -rf copy
    git -C shared.git update-ref refs/heads/main "$clean"
    cp -r anne copy
    hostile "$name" "$mode" "$content"
    echo "- written beside $mode" >>copy/w/01-discussion.md
    echo "$name"
    as copy sync
    [ ! -e copy/evil ]
    [ ! -e evil ]
    [ ! -L copy/link ]
    [ "$(ls -A copy | tr '\n' ' ')" = ".git .gitattributes atelier.yml w " ]
    [ ! -e copy/.git/hooks/evil ]
    ! grep -q evil copy/.git/config || false
    rm -rf copy
    [ "$(find . -path ./shared.git -prune -o -path ./anne -prune -o -print | sort | sha256sum)" = "$sum" ]
  done <<'TABLE'
.git|100644|evil
.GIT|100644|evil
.Git|100644|evil
git~1|100644|evil
GIT~1|100644|evil
.git.|100644|evil
.git |100644|evil
.git...|100644|evil
.git::$INDEX_ALLOCATION|100644|evil
.g\xe2\x80\x8cit|100644|evil
.git\xef\xbb\xbf|100644|evil
..|100644|evil
.|100644|evil
../evil|100644|evil
a/../../evil|100644|evil
/evil|100644|evil
..\\\\evil|100644|evil
.git\\\\config|100644|evil
.git/config|100644|evil
link|120000|/etc/passwd
link|120000|../outside
w2|120000|.git
CON|100644|evil
aux.md|100644|evil
con.md|100755|evil
name.|100644|evil
name |100644|evil
esc\x1b]0;evil\x07|100644|evil
new\nline|100644|evil
TABLE
}

@test "a gitlink from outside is carried, not followed" {
  start bruno
  parent=$(git -C shared.git rev-parse main)
  tree=$({ git -C shared.git ls-tree "$parent"; printf '160000 commit %s\tmodule\n' "$parent"; } |
    git -C shared.git mktree --missing)
  git -C shared.git update-ref refs/heads/main \
    "$(echo m | git -C shared.git -c user.name=e -c user.email=e@example.org commit-tree -p "$parent" "$tree")"
  echo '- goes on' >>bruno/w/01-discussion.md
  as bruno sync
  git -C bruno ls-tree HEAD module | grep -q ^160000
  git -C shared.git grep -q 'goes on' main
}

@test "many files gone, or a note emptied, wait for a second sync" {
  start bruno
  for i in 2 3 4 5 6 7 {10..17}; do echo "# $i" >"anne/w/0$i-x.md"; done
  settle anne bruno
  rm anne/w/*.md
  # What would be done is told of the sync that is asked for.
  run as anne sync --dry-run
  [[ "$output" != *"02-x.md (deleted)"* ]]
  run as anne sync --dry-run --all
  [[ "$output" == *"02-x.md (deleted)"* ]]
  run as anne sync
  [[ "$output" == *"sync again"* ]]
  # Of many some, and how many there are besides.
  [ "$(grep -c '^Not recorded yet: w/' <<<"$output")" = 12 ]
  [[ "$output" == *'3 more, which “atelier status” lists: gone, with most of its workshop'* ]]
  as bruno sync >/dev/null
  [ -e bruno/w/02-x.md ]
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ ! -e bruno/w/02-x.md ]
}

@test "many files gone: a sync that is stopped before it tells has not asked" {
  start bruno
  for i in 2 3 4 5 6 7; do echo "# $i" >"anne/w/0$i-x.md"; done
  settle anne bruno
  rm anne/w/*.md
  printf '#!/bin/sh\nkill -9 "$(cat "%s/pid")"\n' "$PWD" >stops
  chmod +x stops
  git -C anne remote set-url origin ssh://nowhere.invalid/notes
  for _ in 1 2; do
    run env GIT_SSH_COMMAND="$PWD/stops" sh -c "echo \$\$ >pid; exec '$atelier' -C anne --as 'anne <anne@example.org>' sync"
    [ "$status" = 137 ]
  done
  git -C anne remote set-url origin "$PWD/shared.git"
  run as anne sync
  [[ "$output" == *"sync again"* ]]
  as bruno sync >/dev/null
  [ -e bruno/w/02-x.md ]
  as anne --quiet sync </dev/null >/dev/null
  as bruno sync >/dev/null
  [ ! -e bruno/w/02-x.md ]
  # It is settled: gone once more, it is asked about once more.
  git -C anne checkout -q HEAD~1 -- w
  settle anne bruno
  rm anne/w/*.md
  run as anne sync
  [[ "$output" == *"sync again"* ]]
}

@test "a note without a word left waits, and others' words go where they belong" {
  start bruno
  n=1
  # The last is what lost power leaves of a file.
  for blank in '' '\n' ' \r\n\t\r\n' '\xef\xbb\xbf' "$(printf '\\0%.0s' {1..50})"; do
    n=$((n + 1))
    for note in w/0$n-left.md w/0$n-written-in.md; do
      printf '# Part %s\n\n- a thing that was said\n' "$n" >anne/$note
    done
    settle anne bruno
    for note in w/0$n-left.md w/0$n-written-in.md; do
      # shellcheck disable=SC2059 # it is a format
      printf "$blank" >anne/$note
    done
    cp "anne/w/0$n-left.md" emptied
    echo '- from bruno' >>"bruno/w/0$n-written-in.md"
    as bruno sync >/dev/null
    run as anne sync
    [[ $output == *"0$n-left.md: empty now; if you mean it, sync again"* ]]
    [[ $output == *"0$n-written-in.md: it was empty; others changed it"* ]]
    cmp emptied "anne/w/0$n-left.md"
    printf '# Part %s\n\n- a thing that was said\n- from bruno\n' "$n" | cmp - "anne/w/0$n-written-in.md"
    [[ "$(lang=fr as anne status)" == *"0$n-left.md n’est pas enregistré"*"vide à présent"* ]]
    cp bruno/w/0$n-left.md anne/w/
    settle bruno anne
    same anne bruno
  done
}

@test "a large workshop that is renamed is not held back" {
  start bruno
  for i in 2 3 4 5 6 7; do printf '# %s\n\n- point of section %s\n' $i $i >"anne/w/0$i-x.md"; done
  settle anne bruno
  mv anne/w anne/garden
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ ! -e bruno/w ]
  [ -e bruno/garden/07-x.md ]
}

@test "hidden folders and editors' temporaries are not shared" {
  start bruno
  mkdir anne/.obsidian
  echo x >anne/.obsidian/workspace.json
  echo x >anne/w/.01-discussion.md.swp
  echo x >'anne/w/01-discussion.md~'
  settle anne bruno
  [ ! -e bruno/.obsidian ]
  [ "$(ls -A bruno/w)" = 01-discussion.md ]
}

@test "status tells what is here, there and waiting" {
  start bruno
  run as bruno status
  [[ "$output" == *"recorded and shared"* ]]
  echo '- here' >>bruno/w/01-discussion.md
  run as bruno status --json
  [[ "$output" == *'"here":[{"file":"w/01-discussion.md","change":"changed"}]'* ]]
  run as bruno status --check
  [ "$status" = 1 ]
  git -C bruno remote set-url origin "$PWD/gone.git"
  as bruno sync >/dev/null
  run as bruno status --json
  [[ "$output" == *'"waiting":[{"name":"bruno"'* ]]
  run as bruno history --json
  [[ "${lines[0]}" == *'"name":"bruno"'* ]]
}

@test "a killed run is finished by the next one" {
  start bruno
  echo '- from anne' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  # The branch has moved, file and index have not followed.
  old=$(git -C bruno rev-parse HEAD)
  git -C bruno fetch -q
  new=$(git -C bruno rev-parse origin/main)
  from=$(git -C bruno rev-parse "$old:w/01-discussion.md")
  to=$(git -C bruno rev-parse "$new:w/01-discussion.md")
  printf 'atelier journal 1\nbranch refs/heads/main\nfrom %s\nto %s\nauthor b <b@example.org> 1 +0000\nfile %s %s 100644 w/01-discussion.md\nend\n' \
    "$old" "$new" "$from" "$to" >bruno/.git/atelier/journal
  printf 'atelier\n' >bruno/.git/index.lock
  git -C bruno update-ref refs/heads/main "$new"
  # Meanwhile the note-taker went on writing in the old text.
  echo '- from bruno, late' >>bruno/w/01-discussion.md
  settle bruno anne
  same bruno anne
  grep -q 'from anne' bruno/w/01-discussion.md
  grep -q 'from bruno, late' anne/w/01-discussion.md
}

# killed_while_moving WHO: the journal of a run that was about to record what WHO has, and was killed
killed_while_moving() {
  local tip
  tip=$(git -C "$1" rev-parse HEAD)
  new=$(git -C "$1" -c user.name=b -c user.email=b@example.org commit-tree -p "$tip" -m never "$tip^{tree}")
  printf 'atelier journal 1\nbranch refs/heads/main\nfrom %s\nto %s\nauthor b <b@example.org> 1 +0000\nend\n' \
    "$tip" "$new" >"$1/.git/atelier/journal"
}

@test "locks that a killed run left are taken away by the next one" {
  start bruno
  as bruno sync >/dev/null
  killed_while_moving bruno
  printf 'atelier\n' >bruno/.git/index.lock
  # The lock and half of the file of the library that writes the index
  printf 'DIRC' >bruno/.git/atelier/index.lock
  printf 'DIRC' >bruno/.git/atelier/index
  printf '%.7s' "$new" >bruno/.git/refs/heads/main.lock
  mkdir -p bruno/.git/refs/atelier/in/origin
  : >bruno/.git/refs/atelier/in/origin/main.lock
  echo '- from bruno' >>bruno/w/01-discussion.md
  echo '- from anne' >>anne/w/01-discussion.md
  settle bruno anne
  same bruno anne
  grep -q 'from bruno' anne/w/01-discussion.md
  [ -z "$(find bruno/.git -name '*.lock')" ]
}

@test "an index that a power cut tore is made anew" {
  start bruno
  echo '- from anne' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  size=$(wc -c <bruno/.git/index)
  for torn in empty half zeroes; do
    case $torn in
    empty) : >bruno/.git/index ;;
    half) truncate -s $((size / 2)) bruno/.git/index ;;
    zeroes) truncate -s 40 bruno/.git/index; truncate -s "$size" bruno/.git/index ;;
    esac
    run git -C bruno status
    [ "$status" -ne 0 ] || [ $torn = empty ]
    echo "- $torn from bruno" >>bruno/w/01-discussion.md
    settle bruno anne
    same bruno anne
    grep -q "$torn from bruno" anne/w/01-discussion.md
  done
}

@test "what a remote was thought to hold, and is not there, is fetched again" {
  start bruno
  echo '- from anne' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  for name in refs/atelier/in/origin/main refs/remotes/origin/main; do
    for torn in empty absent; do
      case $torn in
      empty) : >bruno/.git/$name ;;
      absent) printf '%040d\n' 7 >bruno/.git/$name ;;
      esac
      echo "- $torn $name" >>anne/w/01-discussion.md
      settle anne bruno
      same anne bruno
    done
  done
}

@test "old locks of a killed git hold up nobody, here and in the shared folder" {
  start bruno
  for lock in bruno/.git/refs/remotes/origin/main.lock bruno/.git/packed-refs.lock \
    shared.git/refs/heads/main.lock shared.git/packed-refs.lock; do
    : >$lock
    touch -d '1 hour ago' $lock
    echo "- past $lock" >>bruno/w/01-discussion.md
    settle bruno anne
    same bruno anne
    [ ! -e $lock ] || [ $lock = shared.git/packed-refs.lock ]
  done
  # A young one is another's; what others sent comes in all the same.
  : >bruno/.git/refs/remotes/origin/main.lock
  echo '- from anne' >>anne/w/01-discussion.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  grep -q 'from anne' bruno/w/01-discussion.md
  [ -e bruno/.git/refs/remotes/origin/main.lock ]
}

@test "the locks of a plain git at work are not ours to take" {
  start bruno
  as bruno sync >/dev/null
  before=$(git -C bruno rev-parse HEAD)
  echo '- from bruno' >>bruno/w/01-discussion.md
  : >bruno/.git/index.lock
  run as bruno sync
  [ "$status" = 75 ]
  [[ "$output" == *".git/index.lock"* ]]
  [ -e bruno/.git/index.lock ]
  [ "$(git -C bruno rev-parse HEAD)" = "$before" ]
  # The words are safe all the same.
  git -C bruno grep -q 'from bruno' "$(git -C bruno for-each-ref --format='%(refname)' refs/atelier/saved)"
  rm bruno/.git/index.lock
  killed_while_moving bruno
  printf '%040d\n' 1 >bruno/.git/refs/heads/main.lock
  run as bruno sync
  [ "$status" = 75 ]
  [ -e bruno/.git/refs/heads/main.lock ]
  rm bruno/.git/refs/heads/main.lock
  settle bruno anne
  same bruno anne
  grep -q 'from bruno' anne/w/01-discussion.md
}

@test "syncs killed at any moment: every word saved is there once" {
  start bruno
  for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    for who in anne bruno; do
      echo "- token $i of $who." >>"$who/w/01-discussion.md"
      # timeout says 137; what the shell says of it is of no interest
      { as_killed="$(printf '0.0%02d' $((i * 4)))"
        timeout -s KILL "$as_killed" "$atelier" -C "$who" --as "$who <$who@example.org>" sync; } >/dev/null 2>&1 || true
    done
  done
  settle anne bruno
  same anne bruno
  for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    for who in anne bruno; do
      [ "$(grep -c "token $i of $who\." anne/w/01-discussion.md)" = 1 ]
    done
  done
}
