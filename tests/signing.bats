#!/usr/bin/env bats
# Commits of a person whose git signs; merges are never signed, so that all machines make the same.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  command -v ssh-keygen >/dev/null || skip "no ssh-keygen"
  ssh-keygen -q -t ed25519 -N '' -f key
  git init -q --bare -b main hub.git
  "$atelier" init anne --remote "$PWD/hub.git" --language en >/dev/null
  git -C anne config commit.gpgSign true
  git -C anne config gpg.format ssh
  git -C anne config user.signingKey "$PWD/key"
  mkdir anne/w
  printf '# Discussion\n\n- one thing that was said\n' >anne/w/01.md
}

as() {
  local who=$1
  shift
  "$atelier" -C "$who" --lang "${lang:-en}" --as "$who <$who@example.org>" "$@"
}

signed() { git -C anne cat-file commit "$1" | grep -q '^gpgsig '; }

@test "what a person records is signed, saved, added or undone" {
  run as anne sync
  [ "$status" -eq 0 ]
  signed HEAD
  as anne add "Another point" >/dev/null
  signed HEAD
  as anne undo >/dev/null
  signed HEAD
  [ "$(git -C anne log -1 --format=%an)" = anne ]
  echo "anne@example.org $(cut -d' ' -f1,2 key.pub)" >allowed
  git -C anne config gpg.ssh.allowedSignersFile "$PWD/allowed"
  git -C anne verify-commit HEAD
  [ -z "$(git -C anne for-each-ref refs/atelier/saved)" ]
  git -C anne fsck --strict --no-dangling --no-progress
}

@test "what goes on top of a rewritten history, or of an import, is signed and comes after it" {
  as anne sync >/dev/null
  future=$(($(git -C anne log -1 --format=%ct) + 86400))
  export GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@c GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@c GIT_COMMITTER_DATE="$future +0000"
  git -C hub.git update-ref refs/heads/main "$(git -C hub.git commit-tree -m again 'main^{tree}')"
  unset "${!GIT_AUTHOR_@}" "${!GIT_COMMITTER_@}"
  echo '- by anne alone' >>anne/w/01.md
  as anne sync --accept-rewrite >/dev/null
  [ "$(git -C anne log -1 --format=%s HEAD~1)" = again ]
  signed HEAD
  [ "$(git -C anne log -1 --format=%ct)" = "$future" ]
  printf 'Pad\n\nDiscussion\n\n- said\n' >pad.txt
  as anne import ../pad.txt >/dev/null
  echo '- said later' >>pad.txt
  as anne import ../pad.txt >/dev/null
  signed HEAD
  [ "$(git -C anne log -1 --format=%ct)" -gt "$future" ]
}

@test "merges are not signed, and are the same on every machine" {
  as anne sync >/dev/null
  "$atelier" join hub.git bruno >/dev/null
  echo '- from bruno' >>bruno/w/01.md
  as bruno sync >/dev/null
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  [ -n "$(git -C anne log -1 --merges --format=%h)" ]
  ! signed HEAD || false
  as bruno sync >/dev/null
  [ "$(git -C anne rev-parse HEAD)" = "$(git -C bruno rev-parse HEAD)" ]
}

@test "a key that cannot be used: the words are recorded, and it is said" {
  git -C anne config user.signingKey "$PWD/nowhere"
  run as anne sync
  [ "$status" -eq 0 ]
  [[ $output == *"recorded, but not signed"* ]]
  ! signed HEAD || false
  git -C hub.git show main:w/01.md | grep -q 'one thing'
  lang=fr run as anne add "Another point"
  [ "$status" -eq 0 ]
  [[ $output == *"mais pas signé"* ]]
}

@test "a program that signs something else, or nothing, is not believed" {
  printf '#!/bin/sh\nexit 0\n' >empty
  chmod +x empty
  git -C anne config gpg.format openpgp
  git -C anne config gpg.program "$PWD/empty"
  run as anne sync
  [ "$status" -eq 0 ]
  git -C hub.git show main:w/01.md | grep -q 'one thing'
  git -C anne fsck --strict --no-dangling --no-progress
}
