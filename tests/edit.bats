#!/usr/bin/env bats
# The person's own editor on a section, whatever a sync does meanwhile.

bats_require_minimum_version 1.5.0
load support_copies

setup() {
  anne_shares w/02-discussion.md "# Discussion\n\n- one thing that was said\n- another thing\n"
  printf '# Questions\n\n- who?\n' >anne/w/01-questions.md
  as anne sync >/dev/null
  "$atelier" join shared.git bruno >/dev/null
  unset VISUAL
}

# editor SCRIPT: an editor that runs SCRIPT on "$1"
editor() {
  printf '#!/bin/sh\n%s\n' "$1" >editor
  chmod +x editor
  export EDITOR=$PWD/editor
}

@test "edit: the discussion, or the section that is named" {
  editor 'echo "- typed" >>"$1"'
  run as anne edit
  [ "$status" -eq 0 ]
  tail -n 1 anne/w/02-discussion.md | grep -qx -- '- typed'
  lang=fr run as anne modifier -s questions
  [ "$status" -eq 0 ]
  tail -n 1 anne/w/01-questions.md | grep -qx -- '- typed'
  as anne sync >/dev/null
  as bruno sync >/dev/null
  grep -q typed bruno/w/01-questions.md
}

@test "edit: an editor that shows an older text than a sync brought takes nothing back" {
  echo '- from bruno' >>bruno/w/02-discussion.md
  as bruno sync >/dev/null
  editor "old=\$(cat \"\$1\"); '$atelier' -C '$PWD/anne' --as 'anne <anne@example.org>' sync >/dev/null
printf '%s\n- typed\n' \"\$old\" >\"\$1\""
  run as anne edit
  [ "$status" -eq 0 ]
  run as anne sync
  [ "$status" -eq 0 ]
  grep -qx -- '- from bruno' anne/w/02-discussion.md
  grep -qx -- '- typed' anne/w/02-discussion.md
}

@test "edit: one that fails, is missing, or is not wanted" {
  editor 'exit 3'
  run as anne edit
  [ "$status" -eq 65 ]
  [[ $output == *"Nothing is lost"* ]]
  EDITOR=/nonexistent/editor run as anne edit
  [ "$status" -eq 78 ]
  run as anne --json edit
  [ "$status" -eq 2 ]
  run as anne edit -s nowhere
  [ "$status" -eq 65 ]
}
