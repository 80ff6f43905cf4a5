#!/usr/bin/env bats
# A history that is so long that its texts are read ahead.

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
