#!/usr/bin/env bats
# From nothing to the first shared point: what a new person is asked, and what nobody is.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  command -v script >/dev/null || skip "no script program to make a terminal"
  # Nobody: git must not make a name up from the machine's accounts.
  unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL EMAIL
  printf '[user]\n\tuseConfigOnly = true\n' >nobody
  export GIT_CONFIG_GLOBAL=$PWD/nobody TERM=dumb
  git init -q --bare -b main hub.git
  "$atelier" init start --language fr --remote "$PWD/hub.git" >/dev/null
  "$atelier" -C start --as "Host <host@example.org>" new Talk >/dev/null
  "$atelier" -C start --as "Host <host@example.org>" sync >/dev/null
}

# typing ANSWERS COMMAND: on a terminal where ANSWERS are typed
typing() { printf "$1" | script -qec "$2" /dev/null | tr -d '\r'; }

@test "join, two answers, add, sync: the first point is shared" {
  run typing 'Ada Byron\nada@example.org\n' "'$atelier' --lang en join hub.git mine"
  [ "$status" -eq 0 ]
  [ "$(printf '%s\n' "$output" | grep -c '?\|:$\|: *$')" -le 3 ]
  cd mine
  run typing '' "'$atelier' --lang en add 'My first point'"
  [[ $output != *"Your name"* ]]
  run typing '' "'$atelier' --lang en sync"
  [ "$status" -eq 0 ]
  "$atelier" -C ../start --as "Host <host@example.org>" sync >/dev/null
  run "$atelier" -C ../start find "my first point"
  [[ $output == *"My first point"* ]]
  [ "$(git -C ../start log -1 --format='%an <%ae>' --no-merges)" = "Ada Byron <ada@example.org>" ]
  [ "$(cat ../nobody)" = "$(printf '[user]\n\tuseConfigOnly = true')" ]
}

@test "what writes asks, what reads does not, in French" {
  git clone -q hub.git mine
  cd mine
  run typing '' "'$atelier' --lang fr voir"
  [[ $output != *"Votre nom"* ]]
  run typing 'Zoé Petit\nzoe@exemple.org\n' "'$atelier' --lang fr ajouter 'Un point'"
  [ "$status" -eq 0 ]
  [[ $output == *"Votre nom"*"Votre adresse"* ]]
  [ "$(git log -1 --format=%an)" = "Zoé Petit" ]
}

@test "a copy is there though nobody has said who writes; the way on is told" {
  run typing '\n' "'$atelier' --lang en join hub.git 'my copy'"
  [ "$status" -eq 0 ]
  [[ $output == *"your copy is ready."*'Next: “cd "my copy"”'*"your name is not known yet"* ]]
  cd "my copy"
  run typing 'Ada\nnowhere\n' "'$atelier' --lang en add 'A point'"
  [[ $output == *"“nowhere” is not an e-mail address."*"ada@example.org"* ]]
  run typing 'A<b\na@b.c\n' "'$atelier' --lang fr ajouter 'Un point'"
  [[ $output == *"A<b"*"ne peut pas servir de nom ici."* ]]
}

@test "init asks for the language of the notes, and takes none for its own" {
  run typing 'en\n' "'$atelier' --lang fr init fresh"
  [ "$status" -eq 0 ]
  grep -q 'language: en' fresh/atelier.yml
  run typing 'deutsch\nfr\n' "'$atelier' --lang en init again"
  grep -q 'language: fr' again/atelier.yml
  run typing '\n' "'$atelier' --lang fr init other"
  grep -q 'language: fr' other/atelier.yml
  run typing '' "'$atelier' --lang fr init third --language en"
  [[ $output != *"Langue des notes"* ]]
}

@test "nobody is asked without a terminal, with --json or --as" {
  git clone -q hub.git mine
  cd mine
  run "$atelier" add "A point" </dev/null
  [ "$status" -eq 78 ]
  run typing '' "'$atelier' --json add 'A point'"
  [[ $output != *"Your name"* ]]
  run typing '' "'$atelier' --as 'Ada <ada@example.org>' add 'A point'"
  [ "$status" -eq 0 ]
}

@test "answers that are none leave everything as it is" {
  git clone -q hub.git mine
  cd mine
  head=$(git rev-parse HEAD)
  for answers in '\n' 'Ada\n\n' 'Ada\nnowhere\n' 'A<b\na@b.c\n' 'Ada\na b@c.d\n'; do
    run typing "$answers" "'$atelier' --lang en add 'A point'; echo ended \$?"
    [[ $output == *"Nothing is lost"*"ended 78"* ]] || { echo "$answers: $output"; false; }
  done
  [ "$(git rev-parse HEAD)" = "$head" ]
  [ -z "$(git config --local user.name)" ]
}
