#!/usr/bin/env bats
# Repositories whose settings give files another form on disk than in git: line ends of another
# system, ids that git fills in, filters (LFS), encodings. Nothing that is saved is lost or told
# nobody, what comes in is nobody's save, and plain git agrees.

load support_copies.bash

setup() {
  # Settings of the person's, in a home of their own.
  unset GIT_CONFIG_GLOBAL
  export HOME=$BATS_TEST_TMPDIR/home
  mkdir "$HOME"
  git config --global user.name Plain
  git config --global user.email plain@example.org
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  git init -q --bare -b main shared.git
}

# shares ATTRIBUTES: a plain repository with these in .gitattributes, a note and a list
shares() {
  git clone -q shared.git plain 2>/dev/null
  git -C plain checkout -q -b main
  mkdir plain/w
  printf '# Note\n\n- one\n- two\n- at $Id$ so far\n' >plain/w/01-note.md
  printf 'bread\nsalt\n' >plain/w/list.txt
  printf '%b' "$1" >plain/.gitattributes
  git -C plain add . 2>/dev/null
  git -C plain commit -q -m first
  git -C plain push -q origin main
}

# comes FILE LINE: others add a line to what git keeps of a file, whatever stands on disks
comes() {
  local id
  id=$({ git -C shared.git cat-file blob "main:$1"; printf '%s\n' "$2"; } | git -C shared.git hash-object -w --stdin)
  git -C shared.git read-tree main
  git -C shared.git update-index --cacheinfo "100644,$id,$1"
  git -C shared.git update-ref refs/heads/main \
    "$(git -C shared.git commit-tree -p main -m more "$(git -C shared.git write-tree)")"
}

# clean WHO: nothing is changed as plain git sees it, even where it reads every file again
clean() {
  find "$1" -name '*.md' -exec touch -d @1700000000 {} +
  git -C "$1" status --porcelain >said 2>&1
  cat said
  [ ! -s said ]
}

# kept WHO FILE: what git keeps of it there
kept() { git -C "$1" cat-file blob "HEAD:$2"; }

@test "notes in a copy are recorded byte for byte, whatever attributes come with them" {
  git config --global filter.loud.clean 'tr a-z A-Z'
  git config --global filter.loud.smudge 'tr a-z A-Z'
  git config --global filter.loud.required true
  git config --global core.autocrlf true
  shares '*.md ident\n'
  "$atelier" join shared.git bruno >/dev/null
  printf '*.md filter=loud ident text eol=crlf working-tree-encoding=UTF-16\n' >plain/w/.gitattributes
  git -C plain add w/.gitattributes
  git -C plain commit -q -m attributes
  git -C plain push -q origin main
  as bruno sync >/dev/null
  printf -- '- $Id: my own words $ from bruno\n' >>bruno/w/01-note.md
  printf '# New\r\n\r\n- with other line ends\r\n' >bruno/w/02-new.md
  run as bruno sync
  echo "$output"
  [ "$status" -eq 0 ]
  [[ "$output" != *'Not recorded'* ]]
  for note in w/01-note.md w/02-new.md; do
    kept bruno $note | cmp - bruno/$note
    git -C shared.git cat-file blob main:$note | cmp - bruno/$note
  done
  clean bruno
}

@test "line ends that plain git put there are not recorded, what is written beside them is" {
  shares ''
  git -C plain config core.autocrlf true
  rm plain/w/*
  git -C plain checkout -q -- w
  grep -q $'^- one\r$' plain/w/01-note.md
  "$atelier" init plain >/dev/null
  clean plain
  run as plain sync
  [ "${lines[0]}" = 'Everybody has the same.' ]
  comes w/01-note.md '- from afar'
  printf -- '- from here\r\n' >>plain/w/01-note.md
  as plain sync
  kept plain w/01-note.md >recorded
  printf '# Note\n\n- one\n- two\n- at $Id$ so far\n- from afar\n- from here\n' | sort | cmp - <(sort recorded)
  [ "$(git -C plain log --no-merges --format=%s | wc -l)" -eq 3 ]
  clean plain
}

@test "line ends that are on disk alone are nobody's save when others' words come" {
  shares ''
  git -C plain config core.autocrlf true
  rm plain/w/*
  git -C plain checkout -q -- w
  "$atelier" init plain >/dev/null
  comes w/01-note.md '- from afar'
  comes w/list.txt 'pepper'
  run as plain sync
  echo "$output"
  [ "${#lines[@]}" -eq 1 ]
  [ "$(git -C plain rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  grep -q -e '- from afar' plain/w/01-note.md
  clean plain
}

@test "ids that git fills in are not recorded" {
  shares '*.md ident\n'
  rm plain/w/*
  git -C plain checkout -q -- w
  grep -qE '\$Id: [0-9a-f]{40} \$' plain/w/01-note.md
  "$atelier" init plain >/dev/null
  comes w/list.txt 'pepper'
  printf -- '- from here\n' >>plain/w/01-note.md
  as plain sync >/dev/null
  [ "$(kept plain w/01-note.md | grep -cxF -e '- at $Id$ so far' -e '- from here')" = 2 ]
  [ "$(git -C plain log --no-merges --format=%s | wc -l)" -eq 3 ]
  comes w/01-note.md '- from afar'
  as plain sync >/dev/null
  [ "$(git -C plain rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  clean plain
}

@test "what a filter converts is told, and left to plain git" {
  git config --global filter.loud.clean "touch '$PWD/ran'; tr A-Z a-z"
  git config --global filter.loud.smudge "touch '$PWD/ran'; tr a-z A-Z"
  shares '*.txt filter=loud\n'
  rm plain/w/*
  git -C plain checkout -q -- w
  grep -qx BREAD plain/w/list.txt
  "$atelier" init plain >/dev/null
  rm ran
  run as plain sync
  echo "$output"
  [ "${lines[0]}" = 'Everybody has the same.' ]
  comes w/list.txt 'pepper'
  run as plain sync
  echo "$output"
  [ "${#lines[@]}" -eq 1 ]
  [ "$(git -C plain rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  echo 'mine' >>plain/w/list.txt
  run as plain sync
  echo "$output"
  [[ "${lines[0]}" == 'Not recorded yet: w/list.txt: the settings here have git convert it'* ]]
  as plain status | grep -q 'w/list.txt is not recorded: the settings here'
  run as plain doctor
  [[ "$output" == *'! w/list.txt: the settings here have git convert it'* ]]
  [ ! -e ran ]
  git -C plain commit -q -a -m 'by plain git'
  run as plain sync
  echo "$output"
  [[ "$output" != *'Not recorded'* ]]
  git -C shared.git cat-file blob main:w/list.txt | grep -qx mine
}

@test "a filter that is not set up here converts nothing" {
  shares '*.txt filter=lfs diff=lfs merge=lfs -text\n'
  "$atelier" join shared.git bruno >/dev/null
  echo 'mine' >>bruno/w/list.txt
  as bruno sync >/dev/null
  git -C shared.git cat-file blob main:w/list.txt | cmp - bruno/w/list.txt
  clean bruno
}

@test "a file in another encoding that others change is both, none is lost" {
  shares ''
  printf 'w/list.txt working-tree-encoding=UTF-16\n' >plain/.gitattributes
  iconv -f UTF-8 -t UTF-16 plain/w/list.txt >list
  cp list plain/w/list.txt
  git -C plain add .
  git -C plain commit -q -m encoded
  git -C plain push -q origin main
  "$atelier" init plain >/dev/null
  comes w/list.txt 'pepper'
  as plain sync >/dev/null
  [ "$(git -C plain rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  { iconv -f UTF-16 -t UTF-8 list; printf 'pepper\nmine\n'; } | iconv -f UTF-8 -t UTF-16 >plain/w/list.txt
  comes w/list.txt 'oil'
  as plain sync >/dev/null
  as plain sync >/dev/null
  for words in $'pepper' $'oil' $'mine'; do
    git -C plain grep -qa -e "$words" HEAD -- w || git -C plain grep -qaP "$(sed 's/./&\\x00/g' <<<"$words")" HEAD -- w
  done
}
