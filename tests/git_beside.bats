#!/usr/bin/env bats
# What plain git has set up around a copy, or has us started in: it is not what is recorded.

load support_copies.bash

setup() {
  anne_shares w/01-note.md '# Note\n\n- first of all we met in the yard\n'
  "$atelier" join shared.git bruno >/dev/null
  for who in anne bruno; do
    git -C "$who" config user.name "$who"
    git -C "$who" config user.email "$who@example.org"
  done
}

# all_agree: the same version everywhere, and nothing besides
all_agree() {
  for who in anne bruno; do
    [ -z "$(git -C "$who" status --porcelain)" ]
    [ "$(git -C "$who" rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  done
}

# all_have LINES…: both end with these lines and the same version
all_have() {
  for who in anne bruno anne; do
    as "$who" sync >/dev/null
  done
  printf '%s\n' '# Note' '' '- first of all we met in the yard' "$@" >wanted
  for who in anne bruno; do
    diff wanted "$who/w/01-note.md"
  done
  all_agree
}

@test "started by a git that is at work in another repository" {
  mkdir empty
  while read -r variable value; do
    echo "--- $variable"
    echo "- said with $variable by Anne" >>anne/w/01-note.md
    export "$variable=$value"
    as anne sync
    as anne doctor
    "$atelier" join shared.git "with-$variable"
    unset "$variable"
    [ "$(git -C "with-$variable" rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  done <<TABLE
GIT_DIR $PWD/bruno/.git
GIT_WORK_TREE $PWD/bruno
GIT_COMMON_DIR $PWD/bruno/.git
GIT_INDEX_FILE $PWD/empty/index
GIT_OBJECT_DIRECTORY $PWD/empty
GIT_ALTERNATE_OBJECT_DIRECTORIES $PWD/empty
GIT_QUARANTINE_PATH $PWD/empty
GIT_NAMESPACE other
GIT_INTERNAL_SUPER_PREFIX w/
GIT_SHALLOW_FILE $PWD/anne/.git/HEAD
TABLE
  [ -z "$(ls empty)" ]
  [ "$(git -C bruno log --oneline | wc -l)" = 2 ]
}

@test "started by a hook: no save is lost, whether it can be recorded or not" {
  for hook in pre-commit post-commit pre-push; do
    printf '#!/bin/sh\n"%s" --as "anne <anne@example.org>" sync >>../said 2>&1\ntrue\n' "$atelier" >anne/.git/hooks/$hook
    chmod +x anne/.git/hooks/$hook
    echo "- said before $hook by Anne" >>anne/w/01-note.md
    git -C anne commit -qam 'plain work' || true
    git -C anne push -q || true
    rm anne/.git/hooks/$hook
    as anne sync >/dev/null
  done
  all_have '- said before pre-commit by Anne' '- said before post-commit by Anne' '- said before pre-push by Anne'
}

@test "history that a machine has replaced for itself is sent as it is recorded" {
  mkdir stick
  for how in 'replace --graft' grafts; do
    for n in 1 2 3; do
      echo "- said $n, $how" >>anne/w/01-note.md
      git -C anne commit -qam "plain work $n"
    done
    case $how in
    grafts) git -C anne rev-parse HEAD~1 >anne/.git/info/grafts ;;
    *) git -C anne replace --graft HEAD~1 ;;
    esac
    as anne carry "$PWD/stick"
    "$atelier" join stick/atelier.bundle "from-$how"
    run as anne sync
    [[ $output == 'Sent, by anne'* ]]
    git -C shared.git fsck --strict --no-dangling
    rm -rf anne/.git/info/grafts stick/*
  done
  all_have '- said '{1,2,3}', replace --graft' '- said '{1,2,3}', grafts'
}

@test "a version that changes nothing is nobody's contribution" {
  git -C anne commit -q --allow-empty -m 'nothing at all'
  [ "$(as anne sync)" = 'Everybody has the same.' ]
  [ "$(lang=fr as bruno sync)" = 'Tout le monde a la même chose.' ]
  all_have
}

@test "a copy that git took only some objects of is made whole, and goes on" {
  git -C shared.git config uploadpack.allowFilter true
  for n in 1 2 3; do
    sed -i "s/in the yard.*/in the yard, said $n times/" bruno/w/01-note.md
    as bruno sync >/dev/null
  done
  for what in blob:none tree:0 'blob:none --depth=2'; do
    # shellcheck disable=SC2086 # words of a command
    git clone -q --filter=$what "file://$PWD/shared.git" "some-$what"
    echo "- said with $what here" >>"some-$what/w/01-note.md"
    sed -i "2a - said with $what there" bruno/w/01-note.md
    as bruno sync >/dev/null
    as "some-$what" sync
    as bruno sync >/dev/null
    for who in bruno "some-$what"; do
      [ "$(grep -c "said with $what" "$who/w/01-note.md")" = 2 ]
      [ "$(git -C "$who" rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
    done
    mv shared.git gone.git
    git -C "some-$what" fsck --strict --no-dangling
    [[ "$(as "some-$what" audit)" != *'cannot be read'* ]]
    mv gone.git shared.git
  done
}

@test "what stands in the folder and is not shared is told" {
  mkdir -p anne/drafts anne/w/a/b/c/d/e/f/g/h anne/data
  printf 'w/private*\n*.draft.md\ndrafts/\ndata/\n' >anne/.gitignore
  touch anne/w/private.md anne/x.draft.md anne/drafts/01.md anne/data/figures.csv
  git init -q anne/other
  ln -s ../elsewhere.md anne/w/link.md
  git -C anne update-index --assume-unchanged w/01-note.md
  echo '- changed in secret' >>anne/w/01-note.md
  touch anne/w/{con.md,$'two\nlines.md','back\slash.md',"$(printf '%0200d' 0).md",a/b/c/d/e/f/g/h/deep.md}
  run as anne sync
  echo "$output"
  [ "$(printf '%s\n' "$output" | grep -c '^Not recorded yet: w/.*: not shared')" = 5 ]
  [[ $output == *'w/two<U+000A>lines.md: not shared'* && $output == *'w/a/b/c/d/e/f/g/h/: not shared'* ]]
  for file in con.md two*lines.md back*slash.md 000*.md; do
    rm anne/w/$file
  done
  rm -r anne/w/a
  as anne sync
  run as anne status
  printf '%s\n' 'Only here: drafts/: as .gitignore or git’s settings say' 'Only here: other/: a repository of its own' \
    'Only here: w/01-note.md: changed, and git was told to leave it alone' 'Only here: w/link.md: a link' \
    'Only here: w/private.md: as .gitignore or git’s settings say' \
    'Only here: x.draft.md: as .gitignore or git’s settings say' 'Everything else is recorded and shared.' |
    diff - <(printf '%s\n' "$output")
  as anne status --check
  [[ "$(lang=fr as anne doctor)" == *'seulement ici'*'un lien'* ]]
}

@test "a note that is shared is shown, though an ignore file names it by now" {
  printf '*.md\n*.png\n' >anne/.gitignore
  printf -- '- nobody else was told yet\n' >>anne/w/01-note.md
  echo one >anne/photo.png
  echo two >'anne/photo ⟨version 2⟩.png'
  git -C anne add -f photo.png 'photo ⟨version 2⟩.png'
  run as anne show w
  [[ $output == *'nobody else was told yet'* ]]
  as anne add 'said in the room' -w w
  as anne sync
  as bruno sync
  grep 'nobody else was told yet' bruno/w/01-note.md
  [[ "$(as anne who 'said in the room')" == *anne* ]]
  run as anne variants
  [[ $output == *photo* ]]
}

# moves_on HOW: what is recorded in Bruno's copy moves on, and his files do not
moves_on() {
  case $1 in
  fetched) git -C bruno fetch -q -u origin main:main ;;
  pushed) git -C anne push -q ../bruno main ;;
  'from another work tree') git -C beside merge -q --ff-only "$(git -C anne rev-parse main)" ;;
  'without the files') git -C bruno fetch -q && git -C bruno reset -q --soft origin/main ;;
  'on another branch')
    git -C bruno fetch -q
    git -C bruno update-ref refs/heads/other origin/main
    git -C bruno symbolic-ref HEAD refs/heads/other
    ;;
  esac
}

@test "what is recorded moves on without the files: nobody takes back what others wrote" {
  git -C bruno config receive.denyCurrentBranch ignore
  git -C bruno worktree add -qf ../beside main
  for how in fetched pushed 'from another work tree' 'without the files' 'on another branch'; do
    for does in nothing saves adds; do
      [ "$how" = fetched ] || [ "$does" = saves ] || continue
      for who in anne bruno anne; do as "$who" sync >/dev/null; done
      git -C beside reset -q --hard
      sed -i "\$a - said by Anne: $how, $does" anne/w/01-note.md
      echo "# $how, $does" >"anne/w/$how, $does.md"
      as anne sync >/dev/null
      [ "$how" != 'from another work tree' ] || git -C beside fetch -q
      moves_on "$how"
      case $does in
      saves) sed -i "3i - saved by Bruno: $how" bruno/w/01-note.md ;;
      adds) as bruno add -w w -s 1 "added by Bruno: $how" ;;
      esac
      run as bruno sync
      [ "$does" = adds ] || [[ $output == *'the files have followed'* ]]
      as anne sync >/dev/null
      for who in anne bruno; do
        [ "$(grep -c "said by Anne: $how, $does" $who/w/01-note.md)" = 1 ]
        [ "$does" = nothing ] || [ "$(grep -c "${does%s}.* by Bruno: $how" $who/w/01-note.md)" -ge 1 ]
        [ -e "$who/w/$how, $does.md" ]
      done
    done
  done
  all_agree
}

@test "what is recorded moves on, and a command writes to another note: nothing is taken back" {
  git -C bruno config receive.denyCurrentBranch ignore
  printf '# Other\n\n- first of other\n' >anne/w/02-other.md
  for who in anne bruno; do as "$who" sync >/dev/null; done
  for command in 'add -w w -s other' new; do
    echo "- said by Anne: $command" >>anne/w/01-note.md
    as anne sync >/dev/null
    git -C anne push -q ../bruno main
    # shellcheck disable=SC2086 # several words
    as bruno $command "by Bruno: $command" >/dev/null
    grep -q "said by Anne: $command" bruno/w/01-note.md
    for who in bruno anne; do as "$who" sync >/dev/null; done
    grep -q "said by Anne: $command" anne/w/01-note.md
    grep -rq "by Bruno: $command" anne --include='*.md' --include='*.yml'
  done
  all_agree
}

@test "what is recorded moves on from where plain git had brought the files, with no sync between" {
  git -C bruno config receive.denyCurrentBranch ignore
  for held in no yes; do
    # What is never taken up makes no difference.
    [ $held = no ] || truncate -s 5M bruno/w/large.md
    echo "- said first, $held" >>anne/w/01-note.md
    as anne sync >/dev/null
    git -C bruno pull -q --no-rebase
    [ $held = no ] || as bruno sync >/dev/null
    for n in 2 3; do
      echo "- said $n, $held" >>anne/w/01-note.md
      echo "# Note $n" >>"anne/w/$n-note.md"
      as anne sync >/dev/null
      git -C anne push -q ../bruno main
    done
    sed -i "3i - saved by Bruno, $held" bruno/w/01-note.md
    as bruno sync | grep -q 'the files have followed'
    as anne sync >/dev/null
    [ "$(grep -c "said .*, $held" anne/w/01-note.md)" = 3 ]
    grep -q "saved by Bruno, $held" anne/w/01-note.md
    rm -f bruno/w/large.md
    diff -r anne/w bruno/w
  done
}

@test "what plain git puts back on purpose is no file left behind" {
  echo '- said by Anne' >>anne/w/01-note.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  before=$(git -C bruno rev-parse HEAD~1)
  echo '- said by Anne later' >>anne/w/01-note.md
  echo '# Other' >anne/w/02-other.md
  as anne sync >/dev/null
  git -C bruno pull -q --no-rebase
  for n in 1 2 3; do
    git -C bruno checkout -q "$before" -- w/01-note.md
    run as bruno sync
    [[ $output != *'the files have followed'* ]]
  done
  ! git -C shared.git grep -q 'said by Anne' main || false
}

@test "what plain git had brought here, and puts back on purpose, is no file left behind" {
  echo '- said once' >>anne/w/01-note.md
  as anne sync >/dev/null
  for how in committed 'pulled, both' 'the last alone'; do
    for who in bruno anne bruno; do as $who sync >/dev/null; done
    here=bruno
    [ "$how" != 'pulled, both' ] || here=anne
    for n in 1 2; do
      [ "$how $n" != 'the last alone 1' ] || continue
      echo "- $how, $n" >>$here/w/01-note.md
      git -C $here -c user.name=x -c user.email=x@example.org commit -qam said
    done
    [ $here = bruno ] || { as anne sync >/dev/null && git -C bruno pull -q --no-rebase; }
    git -C bruno checkout -q HEAD~1 -- .
    run as bruno sync
    echo "$how: $output"
    [[ $output != *'the files have followed'* ]]
    ! git -C shared.git grep -q "$how, 2" main || false
    [ "$how" = 'the last alone' ] || git -C shared.git grep -q "$how, 1" main
  done
}

@test "a pull into the branch itself that the files could not follow takes nothing back" {
  echo '- said by Anne' >>anne/w/01-note.md
  as anne sync >/dev/null
  sed -i '2i by Bruno' bruno/w/01-note.md
  ! git -C bruno pull -q origin main:main || false
  as bruno sync | grep -q 'the files have followed'
  for words in 'said by Anne' 'by Bruno'; do git -C shared.git grep -q "$words" main; done
}

@test "a branch whose name has a slash is followed by plain git, too" {
  git init -q --bare -b team/a teams.git
  "$atelier" init --branch team/a --remote "$PWD/teams.git" --language en team
  mkdir team/w
  echo '- said by the team' >team/w/01-note.md
  "$atelier" -C team --as 'team <team@example.org>' sync
  [ "$(git -C teams.git rev-parse team/a)" = "$(git -C team rev-parse HEAD)" ]
  git -C team fetch -q
  [ "$(git -C team rev-parse --abbrev-ref '@{upstream}')" = origin/team/a ]
}

@test "lines that git's settings files have in part are added all the same" {
  git init -q template
  printf '# *~\n# more\n' >template/.git/info/exclude
  echo 'docs/*.md -text merge=atelier' >template/.gitattributes
  echo 'docs/*.yml -text merge=atelier' >>template/.gitattributes
  "$atelier" init template
  grep -qx '\*~' template/.git/info/exclude
  grep -qx '\*\.md -text merge=atelier' template/.git/info/attributes
  # No line is there twice, however often it is set up.
  "$atelier" init template || true
  [ -z "$(sort template/.git/info/exclude | uniq -d)" ]
}

@test "a list of files that we cannot read: said, and nothing is taken for deleted" {
  mkdir anne/out
  echo '# Elsewhere' >anne/out/01-note.md
  as anne sync >/dev/null
  export GIT_CONFIG_GLOBAL="$PWD/settings"
  for how in 'sparse-checkout set --cone --sparse-index w' 'update-index --split-index'; do
    # shellcheck disable=SC2086 # they are words
    git -C anne $how
    before=$(git -C anne rev-parse HEAD)
    echo "- said beside $how" >>anne/w/01-note.md
    for command in 'sync --all' status 'add -w w more' undo; do
      # shellcheck disable=SC2086
      run as anne $command
      echo "$output"
      [ "$status" = 78 ]
      [[ $output == *'Nothing is lost.'*'cannot read'*'→ “git '*"-index”"* ]]
    done
    run as anne doctor
    [ "$status" = 1 ]
    [[ $output == *'cannot read'* ]]
    as anne show w | grep -q 'first of all'
    as anne audit --json | grep -q 'first of all'
    [ "$(git -C anne rev-parse HEAD)" = "$before" ]
    [ "$(git -C anne status --porcelain)" = ' M w/01-note.md' ]
    command=$(as anne sync 2>&1 | sed -n 's/.*“\(git .*\)”.*/\1/p')
    (cd anne && eval "$command")
    as anne sync
    [ -z "$(git -C anne status --porcelain)" ]
    git -C anne cat-file -e HEAD:out/01-note.md
    git -C anne sparse-checkout disable
    # What the person has set for all folders does not split it again.
    git -C anne update-index --force-write-index
    as anne sync
    git config --global core.splitIndex true
  done
  as bruno sync >/dev/null
  grep -q Elsewhere bruno/out/01-note.md
  all_have '- said beside sparse-checkout set --cone --sparse-index w' '- said beside update-index --split-index'
}

@test "a copy that nobody checked out, or that lost git's list, has nothing deleted" {
  mkdir anne/x
  echo '- a second note' >anne/x/01-note.md
  as anne sync >/dev/null
  git clone -q --no-checkout shared.git carla
  as carla --lang en status >told
  grep -q "x/01-note.md: it is not on disk; the next sync puts it there" told
  as carla sync
  [ "$(cat carla/x/01-note.md)" = '- a second note' ]
  [ "$(git -C shared.git rev-parse main)" = "$(git -C anne rev-parse HEAD)" ]
  for damage in ': >.git/index' 'rm .git/index'; do
    (cd carla && eval "$damage" && rm x/01-note.md)
    as carla sync
    [ "$(cat carla/x/01-note.md)" = '- a second note' ]
  done
  [ "$(git -C shared.git rev-parse main)" = "$(git -C anne rev-parse HEAD)" ]
  [ -z "$(git -C carla status --porcelain)" ]
  # What is known to have been there is deleted, by git as well.
  rm carla/x/01-note.md
  as carla sync
  as anne sync
  [ ! -e anne/x/01-note.md ]
  git -C anne rm -q w/01-note.md
  as anne sync
  as carla sync
  [ ! -e carla/w/01-note.md ]
}
