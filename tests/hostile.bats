#!/usr/bin/env bats
# Bad input and hostile text: a clear error or a safe result in both languages, nothing lost.

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language en >/dev/null
  as_anne new Compost >/dev/null
  as_anne add "Worms come by themselves" >/dev/null
  discussion=notes/compost/03-discussion.md
}

as_anne() {
  "$atelier" -C notes --as "Anne <anne@example.org>" "$@"
}

# refused STATUS COMMAND…: the same in both languages, which say first that nothing is lost
refused() {
  local expected=$1
  shift
  keep
  for language in en fr; do
    run env ATELIER_LANG=$language "$@"
    echo "$output"
    [ "$status" -eq "$expected" ]
    case $language in
    en) [ "${lines[0]}" = "Nothing is lost." ] ;;
    fr) [ "${lines[0]}" = "Rien n’est perdu." ] ;;
    esac
    [ "${#lines[@]}" -ge 2 ]
  done
  kept
}

keep() {
  rm -rf before
  cp -a notes before
}

# kept: the work tree and what is recorded are as before
kept() {
  diff -r -x .git before notes
  [ "$(git -C notes rev-parse HEAD)" = "$(git -C before rev-parse HEAD)" ]
}

# never COMMAND…: `!` alone would not fail a test
never() {
  if "$@"; then return 1; fi
}

# readers: every command that only reads ends well, without an escape byte, and its JSON is JSON
readers() {
  keep
  for command in "show compost" "find o" variants status history; do
    # shellcheck disable=SC2086 # words of a command
    as_anne $command >out 2>&1
    never env LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' out
    never grep -qF $'\xe2\x80\xae' out
    iconv -f UTF-8 -t UTF-8 out >/dev/null
    # shellcheck disable=SC2086
    as_anne --lang fr $command --json 2>/dev/null |
      python3 -c 'import json, sys; assert all(list(json.loads(line))[0] == "v" for line in sys.stdin)'
  done
  kept
}

@test "without a name: 78, and nothing is written" {
  unset EMAIL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
  git -C notes config user.useConfigOnly true
  echo "Title" >document.txt
  refused 78 "$atelier" -C notes new "Another one"
  refused 78 "$atelier" -C notes add "one more"
  refused 78 "$atelier" -C notes import "$PWD/document.txt"
  refused 2 "$atelier" -C notes --as "Anne" add "one more"
  git -C notes config user.name Anne
  git -C notes config user.email ""
  refused 78 "$atelier" -C notes add "one more"
  [[ "$output" == *"votre adresse électronique n’est pas encore connue"*"user.email"* ]]
}

@test "outside of a folder of workshops: 65" {
  mkdir plain
  for command in show status history variants sync "find x" "add x" "new x" "choose x 1"; do
    # shellcheck disable=SC2086 # words of a command
    refused 65 "$atelier" -C plain --as "A <a@b>" $command
  done
  [ -z "$(ls -A plain)" ]
  refused 65 "$atelier" -C nowhere show
  mkdir -p broken/.git
  refused 65 "$atelier" -C broken show
  git init -q --bare bare.git
  refused 65 "$atelier" -C bare.git show
}

@test "a repository of a kind that cannot be opened: 78, with the reason" {
  git init -q --object-format=sha256 other || skip "this git knows no sha256"
  refused 78 "$atelier" -C other show
  refused 78 "$atelier" -C other --as "A <a@b>" add x
  [[ "$output" == *"→ Git y garde les versions d’une manière qui n’est pas lue ici."* ]]
  [[ "$output" == *"la bibliothèque de git dit «"* ]]
}

@test "what the system says is said in the language of the messages" {
  # shellcheck disable=SC2016 # for that shell
  run bash -c 'trap "" XFSZ; ulimit -f 0; exec "$@"' - \
    "$atelier" --lang fr -C notes --as "A <a@b>" add x
  [ "$status" -eq 74 ]
  [[ "${lines[1]}" == "enregistrement impossible"*": le fichier est trop grand" ]]
}

@test "an unknown workshop or section: 65, and those that exist are listed" {
  for command in "add -w nowhere x" "show nowhere" "find -w nowhere x" "history nowhere" "add -w ../compost x"; do
    # shellcheck disable=SC2086 # words of a command
    refused 65 "$atelier" -C notes --as "A <a@b>" $command
    [[ "$output" == *"  compost  Compost"* ]]
  done
  for section in nowhere 99 ../x -1; do
    refused 65 "$atelier" -C notes --as "A <a@b>" add --section="$section" x
    [[ "$output" == *"03-discussion.md"* ]]
  done
}

@test "import: a missing file, a folder, a binary file" {
  head -c 3000 /bin/sh >binary
  for file in absent.txt binary notes; do
    refused 65 "$atelier" -C notes --as "A <a@b>" import "$PWD/$file"
  done
}

@test "a section that is no UTF-8 is shown safely, told about, never rewritten" {
  printf -- '- caf\351 noir \033[31mred \342\200\256 back\n' >$discussion
  readers
  run as_anne show
  [[ "$output" == *"caf<0xE9> noir <U+001B>[31mred <U+202E> back"* ]]
  refused 65 "$atelier" -C notes --as "A <a@b>" add more
  run as_anne --lang fr chercher noir
  [[ "$output" == *"compost/03-discussion.md"* ]]
  cp $discussion saved.md
  as_anne sync >/dev/null
  cmp saved.md $discussion
  git -C notes show HEAD:compost/03-discussion.md | cmp saved.md -
}

@test "escape sequences, bidirectional text and odd bytes in valid notes" {
  printf -- '- \033]0;owned\a title \033[2J\n- right \342\200\256 left \302\233 31m\n- tab\there\rback\n' >>$discussion
  printf 'title: "T \\e[31m \\u202E"\nplace: "\\x07"\n' >notes/compost/workshop.yml
  git -C notes -c user.name=$'E\033[1m' -c user.email=$'e\033@x' commit -qam 'x'
  readers
  printf -- '- \033[31mA lid ⟨version 1⟩\n- A \033[0mroof ⟨version 2⟩\n' >>$discussion
  readers
}

@test "hostile arguments come back as visible text" {
  evil=$'\033[31m\342\200\256\377'
  for command in "" show "show -w" "add -w" find "help" "choose x" "init --remote" join "--lang" "--as"; do
    # shellcheck disable=SC2086 # words of a command
    run as_anne $command "$evil"
    [[ "$output" != *$'\033'* ]]
  done
  refused 65 "$atelier" -C notes --as "A <a@b>" add "$evil"
  refused 65 "$atelier" -C notes --as "A <a@b>" new "a $evil"
}

@test "a list and quotes ten thousand deep" {
  awk 'BEGIN { for (i = 0; i < 10000; i++) printf "- "; print "deep"; for (i = 0; i < 10000; i++) printf ">"; print " quote" }' >$discussion
  readers
  cp $discussion saved.md
  as_anne sync >/dev/null
  cmp saved.md $discussion
  run as_anne add -s 3 "one more"
  [ "$status" -eq 0 ] || [ "$status" -eq 65 ]
  head -n 1 saved.md | cmp - <(head -n 1 $discussion)
  run as_anne import "$PWD/saved.md"
  [ "$status" -eq 0 ]
  grep -q deep notes/saved/*.md
}

@test "a YAML alias bomb opens nothing, and stays as it is" {
  {
    echo 'a: &a ["lol", "lol"]'
    for pair in 'b a' 'c b' 'd c' 'e d' 'f e' 'g f' 'h g' 'i h'; do
      read -r name of <<<"$pair"
      echo "$name: &$name [*$of, *$of, *$of, *$of, *$of, *$of, *$of, *$of, *$of]"
    done
  } >bomb.yml
  for place in notes/compost/workshop.yml notes/atelier.yml; do
    cp bomb.yml $place
    # The sanitizers keep shadow memory of terabytes aside.
    ([[ "$PROGRAMS" == *sanitize* ]] || ulimit -v 1000000; readers)
    run as_anne add -w compost "beside a bomb in $place"
    [ "$status" -eq 0 ]
    cmp bomb.yml $place
    run as_anne sync
    [ "$status" -eq 0 ]
    cmp bomb.yml $place
  done
}

@test "a full disk behind the output is a failure" {
  [ -w /dev/full ] || skip "there is no /dev/full"
  status=0
  as_anne history >/dev/full 2>failure || status=$?
  [ "$status" -eq 74 ]
  [ "$(head -n 1 failure)" = "Nothing is lost." ]
}
