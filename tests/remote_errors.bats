# What can be wrong with the place that is shared with: each is told in plain words, in both
# languages; what was written is recorded here, and the exit status says what to expect.

bats_require_minimum_version 1.5.0
load support_copies.bash

setup() {
  anne_shares w/01-discussion.md "# Discussion\n\n- one thing that was said\n"
}

# says LANGUAGE STATUS STRICT-STATUS SENTENCE ADVICE [COMMAND…]: a sync in that language, and one with
# --require-remote, each after something was written
says() {
  local language=$1 status_wanted=$2 strict=$3 sentence=$4 advice=$5 lost
  shift 5
  case $language in fr) lost='ien n’est perdu' ;; en) lost='othing is lost' ;; esac
  for option in '' --require-remote; do
    echo "- written $language $option" >>anne/w/01-discussion.md
    run env "$@" "$atelier" -C anne --lang "$language" --as 'Anne <a@example.org>' sync $option
    echo "$language $option: $status: $output"
    [ "$status" = "$([ -z "$option" ] && echo "$status_wanted" || echo "$strict")" ]
    [[ "$output" == *"$lost"* ]]
    [[ "$output" == *"$sentence"* ]]
    [[ "$output" == *"$advice"* ]]
    # What git itself says may be quoted; beside that, none of its words.
    ! printf '%s\n' "$output" | sed 's/“[^”]*”//g; s/«[^»]*»//g' |
      grep -iwE 'branch|HEAD|commit|rebase|origin|refs?|push|fetch|merge' || false
    [ -z "$(git -C anne status --porcelain)" ]
    git -C anne grep -q -e "written $language $option" HEAD
  done
}

@test "remote errors: a table" {
  while IFS='|' read -r why url ssh usual strict english english_advice french french_advice; do
    echo "--- $why"
    git -C anne remote set-url origin "${url//PWD/$PWD}"
    says en "$usual" "$strict" "$english" "$english_advice" GIT_SSH_COMMAND="$ssh"
    says fr "$usual" "$strict" "$french" "$french_advice" GIT_SSH_COMMAND="$ssh"
  done <<'TABLE'
offline|ssh://nowhere.invalid/x|sh -c "echo ssh: Could not resolve hostname nowhere.invalid: Temporary failure in name resolution >&2; exit 255"|0|69|cannot be reached|Try again when the network is back|ne peut être joint|quand le réseau sera revenu
nobody answers|ssh://h.invalid/x|sh -c "echo ssh: connect to host h.invalid port 22: Connection refused >&2; exit 255"|0|69|cannot be reached|Try again when the network is back|ne peut être joint|quand le réseau sera revenu
a wrong folder|PWD/not-there.git|false|0|69|nothing shared was found|Check the address|rien de partagé|Vérifiez l’adresse
a wrong address|ssh://host.invalid/x|sh -c "echo ERROR: Repository not found. >&2; exit 128"|0|69|nothing shared was found|Check the address|rien de partagé|Vérifiez l’adresse
a folder that is no repository|PWD/anne/w|false|0|69|nothing shared was found|Check the address|rien de partagé|Vérifiez l’adresse
a file of another kind|PWD/anne/w/01-discussion.md|false|0|69|nothing shared was found|Check the address|rien de partagé|Vérifiez l’adresse
a key that is not known|ssh://host.invalid/x|sh -c "echo git@host.invalid: Permission denied \\(publickey\\). >&2; exit 255"|77|77|did not accept your login|key or password|n’a pas accepté|clé
another machine answers|ssh://host.invalid/x|sh -c "echo Host key verification failed. >&2; exit 255"|77|77|could not prove|connect once by hand|n’a pas pu prouver|à la main
TABLE
}

@test "who could not be asked is not said to have the same" {
  as anne sync >/dev/null
  rm -r shared.git
  for lang in en fr; do
    run as anne sync
    [ "$status" -eq 0 ]
    [[ $output == *"othing is lost"*"→ Check the address"* || $output == *"ien n’est perdu"*"→ Vérifiez l’adresse"* ]]
    [[ $output != *"has the same"* && $output != *"la même chose"* ]]
    # What the program fails with is told once, where failures are.
    run --separate-stderr as anne sync --require-remote
    [ "$status" -eq 69 ]
    [[ $stderr == *"shared.git"* && $output != *"shared.git"* ]]
  done
  run as anne sync --json
  [ "$(python3 -c 'import json, sys; print(*json.loads(sys.argv[1])["unreached"])' "$output")" = "$PWD/shared.git" ]
}

# refusing TEXT: the shared folder lets nobody write, and says TEXT
refusing() {
  printf '#!/bin/sh\necho "%s" >&2\nexit 1\n' "$1" >shared.git/hooks/pre-receive
  chmod +x shared.git/hooks/pre-receive
}

@test "remote errors: no right to write" {
  refusing 'you may only read'
  says en 77 77 'does not let you write' 'the right to write'
  says fr 77 77 'ne vous laisse pas écrire' 'droit d’écrire'
  [[ "$output" == *"you may only read"* ]]
  rm shared.git/hooks/pre-receive
  as anne sync >/dev/null
  [ "$(git -C shared.git show main:w/01-discussion.md | grep -c written)" = 4 ]
}

@test "remote errors: a folder that cannot be written" {
  [ "$(id -u)" -ne 0 ] || skip "root may write everywhere"
  chmod -R a-w shared.git
  says en 77 77 'does not let you write' 'the right to write'
  says fr 77 77 'ne vous laisse pas écrire' 'droit d’écrire'
  chmod -R u+w shared.git
}

@test "remote errors: the shared line of versions is protected" {
  printf '#!/bin/sh\necho "GH006: Protected branch update failed for $1." >&2\nexit 1\n' >shared.git/hooks/update
  chmod +x shared.git/hooks/update
  says en 77 77 'does not let you write' 'the right to write'
  says fr 77 77 'ne vous laisse pas écrire' 'droit d’écrire'
  [[ "$output" == *"GH006: Protected branch update failed"* ]]
}

@test "remote errors: no address at all" {
  git -C anne remote remove origin
  for language in en fr; do
    echo "- written $language" >>anne/w/01-discussion.md
    run "$atelier" -C anne --lang $language --as 'Anne <a@example.org>' sync
    [ "$status" = 0 ]
    [[ "$output" == *"atelier init"*"--remote"* ]]
    run "$atelier" -C anne --lang $language --as 'Anne <a@example.org>' sync --require-remote
    [ "$status" = 69 ]
    [[ "$output" == *"lost"* ]] || [[ "$output" == *"perdu"* ]]
  done
}

@test "remote errors: an empty place is filled, also one that was emptied" {
  rm -rf shared.git
  git init -q --bare -b main shared.git
  echo '- written' >>anne/w/01-discussion.md
  run as anne sync --require-remote
  echo "$output"
  [ "$status" = 0 ]
  git -C shared.git grep -q -e '- written' main
}

@test "remote errors: a place that began separately is united, and said" {
  git init -q --bare -b main else.git
  git init -q -b main carl
  printf '# Carl\n\n- a point of carl\n' >carl/carl.md
  git -C carl add -A
  git -C carl -c user.name=c -c user.email=c@example.org commit -qm c
  git -C carl push -q "$PWD/else.git" main
  git -C anne remote set-url origin "$PWD/else.git"
  run as anne sync
  echo "$output"
  [ "$status" = 0 ]
  [[ "$output" == *"begun separately"* ]]
  [ -e anne/carl.md ]
  git -C else.git grep -q 'one thing that was said' main
}

@test "remote errors: the line of versions was renamed there" {
  "$atelier" join shared.git bruno >/dev/null
  git -C shared.git branch -m main trunk
  git -C shared.git symbolic-ref HEAD refs/heads/trunk
  for who in anne bruno anne; do
    echo "- by $who" >>$who/w/01-discussion.md
    run as $who sync --require-remote
    echo "$output"
    [ "$status" = 0 ]
  done
  [ "$(git -C shared.git for-each-ref --format='%(refname)')" = refs/heads/trunk ]
  grep -q 'by bruno' anne/w/01-discussion.md
}

@test "remote errors: join says what is wrong" {
  for language in en fr; do
    run "$atelier" --lang $language join "$PWD/not-there.git" copy
    echo "$output"
    [ "$status" = 69 ]
    [[ "$output" == *"nothing shared was found"* ]] || [[ "$output" == *"rien de partagé"* ]]
    run env GIT_SSH_COMMAND='sh -c "echo Permission denied \(publickey\). >&2; exit 255"' \
      "$atelier" --lang $language join ssh://host.invalid/x copy
    [ "$status" = 77 ]
    [ ! -e copy ]
  done
  ln -s nowhere link
  run "$atelier" --lang en join "$PWD/shared.git" link
  [ "$status" = 65 ]
  [[ "$output" == *'link: cannot open: no such file or folder'* ]]
}

@test "remote errors: what is shared is somebody's own copy" {
  git clone -q anne own
  git -C anne remote set-url origin "$PWD/own"
  says en 77 77 "own is somebody’s own copy" 'git init --bare FOLDER'
  says fr 77 77 'own est la copie de quelqu’un' 'git init --bare DOSSIER'
}

@test "remote errors: what is shared, or the copy itself, belongs to another person" {
  [ "$(id -u)" = 0 ] || skip "only root may give away a folder"
  chown -R 1234 shared.git
  says en 77 77 'shared.git belongs to somebody else' 'safe.directory FOLDER'
  says fr 77 77 'shared.git appartient à quelqu’un d’autre' 'safe.directory DOSSIER'
  chown -R 1234 anne
  # Whether something else is trusted or nothing at all.
  mkdir -p nothing something
  printf '[safe]\n\tdirectory = /nowhere\n' >something/.gitconfig
  for trusted in nothing something; do
    for command in sync 'init .'; do
      # shellcheck disable=SC2086 # words of a command
      HOME="$PWD/$trusted" run as anne $command
      [ "$status" = 78 ]
      [[ $output == *"anne belongs to somebody else"*'safe.directory FOLDER'* ]]
    done
  done
}

# A line may be as slow as it likes, for as long as git tells how far it is.
@test "a slow line: git tells how much it has received and sent" {
  mkdir programs
  printf '#!/bin/sh\nexec "%s" "$@" 2>>"%s/told"\n' "$(command -v git)" "$PWD" >programs/git
  chmod +x programs/git
  # tells WHAT COMMAND…: git, which it starts, tells of that
  tells() {
    local what=$1
    shift
    : >told
    PATH="$PWD/programs:$PATH" "$@" >/dev/null
    cat told
    tr '\r' '\n' <told | grep -q "^$what:  *[1-9][0-9]*% "
  }
  tells 'Receiving objects' "$atelier" join "file://$PWD/shared.git" bruno
  echo '- more' >>anne/w/01-discussion.md
  git -C shared.git config receive.unpackLimit 1
  tells 'Writing objects' as anne sync
  grep -q '^remote: Resolving deltas: .*100% ' told
  tells 'Receiving objects' as bruno sync
  grep -q more bruno/w/01-discussion.md
}
