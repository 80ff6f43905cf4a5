#!/usr/bin/env bats
# A history that is so long that git is asked for its texts: whatever it answers, what is
# told is what the texts say.

load support_history.bash

# long_history COUNT: a point more by Anne or Bruno each time
long_history() {
  python3 -c '
import sys
points = ["# Talk", ""]
for number in range(1, int(sys.argv[1]) + 1):
    points.append(f"- {number} people wrote number {number * 7919}")
    name = "Bruno" if number % 3 == 0 else "Anne"
    text = "\n".join(points) + "\n"
    print(f"commit refs/heads/main\nmark :{number}")
    for who in "author", "committer":
        print(f"{who} {name} <{name.lower()}@example.org> {1700000000 + number} +0000")
    print("data 4\nsave" + (f"\nfrom :{number - 1}" if number > 1 else ""))
    print(f"M 100644 inline talk/02.md\ndata {len(text)}\n{text}")
' "$1" | git fast-import --quiet
  git reset -q --hard
}

# first_audit: its answer, with nothing kept from an earlier one
first_audit() {
  rm -rf .git/atelier
  "$atelier" --lang en audit --json
}

setup() {
  new_notes
  long_history 150
  git=$(command -v git)
  mkdir ../odd
  cat >../odd/git <<GIT
#!/bin/sh
case \$* in
*cat-file*) : >../asked; $git "\$@" | odd_answer ;;
*) exec $git "\$@" ;;
esac
GIT
  chmod +x ../odd/git
}

@test "audit: a long history, whatever git answers" {
  first_audit >../wanted
  [ "$(wc -l <../wanted)" = 150 ]
  [ "$(grep -c '"written_by":{"name":"Bruno' ../wanted)" = 50 ]
  while read -r why answer; do
    echo "--- $why"
    sed "s/odd_answer/$answer/" ../odd/git >../odd/one
    chmod +x ../odd/one
    mkdir -p ../bin
    mv ../odd/one ../bin/git
    rm -f ../asked
    (PATH="$PWD/../bin:$PATH" first_audit) | diff ../wanted -
    [ -e ../asked ]
  done <<'ANSWERS'
as-it-is cat
nothing true
nonsense echo what?
cut head -c 5000
cut-in-a-line head -c 20
another-text-first sed 1,5d
much-too-large sed '1s\/blob .*\/blob 99999999999999999999\/'
too-large sed '1s\/blob .*\/blob 1000000\/'
too-small sed '1s\/blob .*\/blob 3\/'
no-file sed '1s\/blob\/commit\/'
no-size sed '1s\/blob.*\/blob\/'
nul-first printf '\\0\\n'
missing sed '1s\/blob.*\/missing\/'
a-long-line tr '\\n' ' '
ANSWERS
}

@test "audit: a long history, where there is no git" {
  first_audit >../wanted
  rm -rf .git/atelier
  PATH=/nowhere "$atelier" --lang en audit --json | diff ../wanted -
}

@test "audit: a long history of which texts are missing" {
  first_audit >/dev/null
  mv .git/objects/pack/*.pack ../pack
  rm -f .git/objects/pack/*
  git unpack-objects -q <../pack
  for number in 20 90; do
    id=$(git rev-parse "main~$number:talk/02.md")
    rm -f ".git/objects/${id::2}/${id:2}"
  done
  run first_audit
  [ "$status" -eq 0 ]
  [[ $output == *'cannot be read'* ]]
}
