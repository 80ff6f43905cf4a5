#!/usr/bin/env bats
# Is what is recorded to be relied on: audit --verify, and what makes an answer less sure.

bats_require_minimum_version 1.5.0
load support_history

setup() {
  new_notes
}

# merge_by_hand: Anne's merge of what Clara wrote beside her; the caller adds to it and records
merge_by_hand() {
  history
  git checkout -q -b side
  echo '- Beside' >>talk/01.md
  save Clara
  git checkout -q main
  sed -i 's/heavy/light/' talk/01.md
  save Anne
  git -c user.name=Anne -c user.email=anne@example.org merge -q --no-commit side
}

# found ASSERTION: there is something to look at; what programs are told of it, as `rows`
found() {
  run "$atelier" audit --verify --json
  [ "$status" -eq 1 ]
  json_lines "$1"
}

@test "audit --verify: what the program merged is made again and found right" {
  shared
  run "$atelier" audit --verify
  [ "$status" -eq 0 ]
  [ "$output" = "1 automatic merge was made again. There is nothing to look at." ]
  run "$atelier" audit --verify --json
  [ "$status" -eq 0 ]
  [ -z "$output" ]
}

@test "audit --verify: a merge that was tampered with" {
  shared
  merge=$(git rev-parse HEAD)
  echo '- Slipped in' >>talk/03-discussion.md
  git add -A
  forged=$(git cat-file commit "$merge" | sed "s/^tree .*/tree $(git write-tree)/" | git hash-object -t commit -w --stdin)
  git update-ref refs/heads/main "$forged"
  found '
assert len(rows) == 1 and rows[0]["check"] == "merge-differs" and rows[0]["finding"]
assert rows[0]["about"] == "talk/03-discussion.md"
'
}

@test "audit --verify: a person's change that passes for the program's" {
  history
  echo '- Slipped in' >>talk/01.md
  git add -A
  git -c user.name=atelier -c user.email=atelier@invalid commit -q -m 'Merge

Atelier-Merge: 1'
  run "$atelier" --lang fr audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"se dit faite par le programme, et change des points"*"Slipped in"* ]]
}

@test "audit --verify: a poisoned .mailmap, and who wrote it" {
  history
  printf 'Anne <anne@example.org> <bruno@example.org>\n' >.mailmap
  save Eve
  found '
assert [(r["check"], r["name"], r["finding"]) for r in rows] == [("claim", "Bruno", True), ("claims-changed", "Eve", False)], rows
'
  run "$atelier" audit --json
  json_lines 'assert [r["trust"] for r in rows if "heap" in r["text"]] == ["disputed"] * 2 and rows[0]["trust"] == "declared"'
}

@test "audit --verify: a .mailmap that is poisoned by name" {
  history
  printf 'Anne <anne@example.org> Bruno <bruno@example.org>\n' >.mailmap
  save Eve
  found '
assert [(r["check"], r["name"], r["finding"]) for r in rows] == [("claim", "Bruno", True), ("claims-changed", "Eve", False)], rows
'
}

@test "audit: two people of one address, whom .mailmap tells apart by name" {
  printf '# Discussion\n' >talk/01.md
  save Anne
  for name in Joe Bob; do
    echo "- What $name says" >>talk/01.md
    git -c user.name=$name -c user.email=desk@example.org commit -q -a -m save
  done
  printf 'Joe Hill <joe@example.org> Joe <desk@example.org>\nBob Dale <bob@example.org> Bob <desk@example.org>\n' >.mailmap
  save Anne
  run "$atelier" audit --verify
  [ "$status" -eq 0 ]
  run "$atelier" audit --json
  json_lines '
assert [(r["text"], r["written_by"]["name"]) for r in rows] == [("What Joe says", "Joe Hill"), ("What Bob says", "Bob Dale")], rows
'
}

@test "audit --verify: recorded in somebody else's name" {
  history
  echo '- Anne never said this' >>talk/01.md
  git -c user.name=Eve -c user.email=eve@example.org commit -q -a -m x --author 'Anne <anne@example.org>'
  run "$atelier" audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"Anne <anne@example.org>: recorded in this name by somebody else: Eve <eve@example.org>"* ]]
}

@test "audit --verify: words that came in with a merge made by hand" {
  merge_by_hand
  echo '- Slipped in with the merge' >>talk/01.md
  save Eve
  run "$atelier" audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"Eve"*"merge made by hand: Slipped in with the merge"* ]]
}

@test "audit --verify: words of a merge that were taken away again" {
  merge_by_hand
  echo '- Slipped in with the merge' >>talk/01.md
  save Eve
  sed -i '/Slipped/d' talk/01.md
  save Anne
  found '
assert [(r["check"], r["name"], r["about"]) for r in rows] == [("merge-adds-text", "Eve", "Slipped in with the merge")], rows
'
}

@test "audit --verify: a point that only a merge made by hand took away" {
  merge_by_hand
  sed -i '/Worms/d' talk/01.md
  save Eve
  run "$atelier" audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"Eve"*"words went with a merge made by hand: Worms come by themselves"* ]]
}

@test "audit --verify: what one side wrote, and a merge made by hand dropped" {
  merge_by_hand
  sed -i '/Beside/d' talk/01.md
  save Eve
  found '
assert [(r["check"], r["name"], r["about"]) for r in rows] == [("merge-drops-text", "Eve", "Beside")], rows
'
  run "$atelier" --lang fr audit --verify
  [[ "$output" == *"Eve <eve@example.org>"*"des mots ont disparu par une fusion faite à la main"*"Beside"* ]]
}

@test "audit --verify: a merge made by hand that goes back to what one side had changed" {
  merge_by_hand
  sed -i 's/light/heavy/' talk/01.md
  save Eve
  found '
assert [(r["check"], r["about"]) for r in rows] == [("merge-drops-text", "A light lid keeps the rain out")], rows
'
}

@test "audit --verify: a row that a merge made by hand dropped" {
  printf '# Talk\n\n| Who | What |\n|---|---|\n| Anne | lid |\n' >talk/02.md
  merge_by_hand
  git checkout -q -f main
  git checkout -q -b rows
  echo '| Clara | worms |' >>talk/02.md
  save Clara
  git checkout -q main
  echo '- By Anne' >>talk/01.md
  save Anne
  git -c user.name=Eve -c user.email=eve@example.org merge -q -s ours -m mine rows
  found '
assert [(r["check"], r["name"], r["about"]) for r in rows] == [("merge-drops-text", "Eve", "| Clara | worms |")], rows
'
}

@test "audit --verify: a merge made by hand of which something is missing" {
  merge_by_hand
  sed -i '/Beside/d' talk/01.md
  save Eve
  text=$(git rev-parse HEAD^2:talk/01.md)
  rm -f ".git/objects/${text:0:2}/${text:2}"
  run --separate-stderr "$atelier" audit --verify --json
  [ "$status" -eq 0 ]
  [[ "$stderr" == *"cannot be read"* ]]
  json_lines 'assert ("merge-unreadable", "Eve", False) in [(r["check"], r["name"], r["finding"]) for r in rows], rows'
}

@test "audit --verify: a merge made by hand that follows what one side did" {
  history
  git checkout -q -b side
  sed -i -e '/Worms/d' -e 's/me$/myself/' talk/01.md
  save Clara
  git checkout -q main
  sed -i 's/heavy/light/' talk/01.md
  echo '- Beside' >>talk/01.md
  save Anne
  git -c user.name=Anne -c user.email=anne@example.org merge -q -m merge side || {
    git checkout -q --theirs talk/01.md
    sed -i 's/heavy/light/' talk/01.md
    echo '- Beside' >>talk/01.md
    save Anne
  }
  run "$atelier" audit --verify
  [ "$status" -eq 0 ]
}

@test "audit --verify: a merge by plain git that adds nothing is nothing to look at" {
  merge_by_hand
  save Anne
  run "$atelier" audit --verify
  [ "$status" -eq 0 ]
}

@test "audit --verify: a merge that says another version of the program made it" {
  merge_by_hand
  echo '- Slipped in with the merge' >>talk/01.md
  git add -A
  git -c user.name=atelier -c user.email=atelier@invalid commit -q -m 'Merge

Atelier-Merge: 0'
  found '
found = {r["check"]: r["finding"] for r in rows}
assert found == {"merge-other-version": False, "merge-adds-text": True}, rows
'
}

@test "audit --verify: a .mailmap that gives an address somebody else's name" {
  history
  printf 'Bruno <anne@example.org>\n' >.mailmap
  save Eve
  found '
assert [(r["check"], r["name"], r["finding"]) for r in rows] == [("claim", "Anne", True), ("claims-changed", "Eve", False)], rows
'
}

@test "audit --verify: addresses that people.yml joins, recorded or only saved" {
  history
  printf -- '- {name: Anne, emails: [anne@example.org, bruno@example.org]}\n' >people.yml
  found '
assert [(r["check"], r["about"], r["finding"]) for r in rows] == [
  ("claims-saved", "people.yml", False), ("claim", "Anne <anne@example.org>", True)], rows
'
  save Anne
  run "$atelier" --lang fr audit --verify
  [ "$status" -eq 1 ]
  [[ "$output" == *"Bruno <bruno@example.org>"*"compte comme une autre personne"*"Anne <anne@example.org>"* ]]
}

@test "audit --verify: the same person under two addresses is nothing to look at" {
  history
  echo '- From home' >>talk/01.md
  git add -A
  git -c user.name=Anne -c user.email=anne@home.example commit -q -m save
  printf 'Anne <anne@example.org> <anne@home.example>\n' >.mailmap
  save Anne
  run "$atelier" audit --verify
  [ "$status" -eq 0 ]
}

# doubt NAME ENGLISH FRENCH: is told beside the answer in both languages, and to programs
doubt() {
  run --separate-stderr "$atelier" audit --json
  [ "$status" -eq 0 ]
  [ "$stderr" = "$2" ]
  json_lines 'assert rows'
  run --separate-stderr "$atelier" --lang fr audit
  [ "$status" -eq 0 ]
  [ "$stderr" = "$3" ]
  run --separate-stderr "$atelier" audit --verify --json
  json_lines "assert [r['about'] for r in rows if r['check'] == '$1' and not r['finding']] == ['1'], rows"
}

@test "audit: a shortened history is told" {
  history
  git clone -q --depth 1 "file://$PWD" ../short
  cd ../short
  doubt shallow "Older versions are not here: what they brought in is credited to nobody." \
    "Les versions plus anciennes ne sont pas ici : ce qu’elles ont apporté n’est attribué à personne."
}

@test "audit: a version that is missing is told" {
  history
  first=$(git rev-parse HEAD^)
  rm -f ".git/objects/${first:0:2}/${first:2}"
  doubt missing "1 version is missing: what it brought in is credited to nobody." \
    "Il manque 1 version : ce qu’elle a apporté n’est attribué à personne."
}

@test "audit: a text that is missing is told" {
  history
  text=$(git rev-parse HEAD^:talk/01.md)
  rm -f ".git/objects/${text:0:2}/${text:2}"
  doubt unreadable "1 version of a note cannot be read: what it changed is credited to the next one." \
    "1 version d’une note ne peut pas être lue : ce qu’elle a changé est attribué à la suivante."
}

@test "audit: a version that joins three is told" {
  history
  for person in clara dan; do
    git checkout -q -b "$person" main
    echo "- By $person" >"talk/$person.md"
    save "$person"
  done
  git checkout -q main
  echo '- By anne' >talk/anne.md
  save Anne
  git -c user.name=Anne -c user.email=anne@example.org merge -q -m octopus clara dan
  doubt octopus "1 version joins more than two at once: who moved or deleted a point there is less sure." \
    "1 version en réunit plus de deux à la fois : qui y a déplacé ou supprimé un point est moins sûr."
}

@test "audit: versions that were joined both ways are told" {
  history
  git checkout -q -b side
  echo '- By clara' >talk/clara.md
  save Clara
  git checkout -q main
  echo '- By anne' >talk/anne.md
  save Anne
  here=$(git rev-parse main) there=$(git rev-parse side)
  merge() { git -c user.name=Anne -c user.email=anne@example.org merge -q --no-ff -m joined "$1"; }
  merge "$there"
  git checkout -q side
  merge "$here"
  echo '- More by clara' >>talk/clara.md
  save Clara
  git checkout -q main
  merge side
  doubt criss-cross "1 version joins two that had been joined both ways before: who moved or deleted a point there is less sure." \
    "1 version en réunit deux qui l’avaient déjà été dans les deux sens : qui y a déplacé ou supprimé un point est moins sûr."
}

@test "audit --verify: a name that another address has is told, and no finding" {
  history
  echo '- Written elsewhere' >>talk/01.md
  git -c user.name=ANNE -c user.email=anne@elsewhere.example commit -q -a -m save
  echo '- And once more' >>talk/01.md
  git -c user.name=Anne -c user.email=anne@elsewhere.example commit -q -a -m save
  run "$atelier" audit --verify --json
  [ "$status" -eq 0 ]
  json_lines '
assert [(r["check"], r["email"], r["about"], r["finding"]) for r in rows] == [
    ("same-name", "anne@elsewhere.example", "anne@example.org", False)], rows
'
  run "$atelier" --lang fr audit --verify
  [[ "$output" == *"ANNE <anne@elsewhere.example>"*"porte le nom d’une autre adresse"*"anne@example.org"* ]]
}

@test "audit --verify: an address that others used under their name" {
  history
  echo '- Bruno at the machine of Anne' >>talk/01.md
  git -c user.name=Bruno -c user.email=anne@example.org commit -q -a -m save
  run "$atelier" audit --verify --json
  [ "$status" -eq 1 ]
  json_lines 'assert ("claim", "Anne", "anne@example.org", True) in [(r["check"], r["name"], r["email"], r["finding"]) for r in rows], rows'
}

# forge SED: the last version once more, changed as the script says
forge() {
  git update-ref refs/heads/main "$(git cat-file commit HEAD | sed "$1" | git hash-object -t commit -w --stdin)"
}

@test "audit --verify: dates that cannot be are told, and no finding" {
  history
  forge 's/^committer .*/committer Bruno <bruno@example.org> 1 +0000/'
  run "$atelier" audit --verify --json
  [ "$status" -eq 0 ]
  json_lines 'assert [(r["check"], r["finding"]) for r in rows] == [("date", False)], rows'
  # The year 2099, by the clock of who wrote it, of who recorded it, of both.
  for who in author committer '\(author\|committer\)'; do
    forge "s/^\($who\) .*/\1 Bruno <bruno@example.org> 4070908800 +0000/"
    run "$atelier" audit --verify --json
    [ "$status" -eq 0 ]
    json_lines 'assert [(r["check"], r["finding"]) for r in rows] == [("date", False)], rows'
  done
  run "$atelier" --lang fr audit --verify
  [[ "$output" == *"sa date est encore à venir"* ]]
  for when in '99999999999 +0000' '-5 +0000' '1 +9999'; do
    forge "s/^\(author\|committer\) .*/\1 Bruno <bruno@example.org> $when/"
    run "$atelier" audit --verify --json
    [ "$status" -le 1 ]
    run "$atelier" audit --json
    [ "$status" -eq 0 ]
    json_lines 'assert len(rows) == 6, rows'
    run "$atelier" who "who turns"
    [ "$status" -eq 0 ]
  done
}

@test "audit --verify: an unknown key, and what was changed after it was signed" {
  command -v ssh-keygen >/dev/null || skip "no ssh-keygen"
  history
  ssh-keygen -q -t ed25519 -N '' -f ../key
  ssh-keygen -q -t ed25519 -N '' -f ../other
  echo "anne@example.org $(cat ../key.pub)" >../allowed
  git config gpg.ssh.allowedSignersFile "$PWD/../allowed"
  git config gpg.format ssh
  git config commit.gpgSign true
  git config user.signingKey "$PWD/../other.pub"
  echo '- Signed with an unknown key' >>talk/01.md
  save Anne
  git config user.signingKey "$PWD/../key.pub"
  echo '- Changed after it was signed' >>talk/01.md
  save Anne
  forge 's/^\(author Anne.*\) \([0-9]*\) +/\1 1\2 +/'
  run "$atelier" audit --verify --json
  [ "$status" -eq 1 ]
  json_lines 'assert [r["check"] for r in rows if r["finding"]] == ["signature"] * 2, rows'
  run "$atelier" audit --json
  json_lines '
trust = {r["text"]: r["trust"] for r in rows}
assert trust["Signed with an unknown key"] == trust["Changed after it was signed"] == "disputed", trust
'
}

@test "audit: signatures of which only some could be checked" {
  history
  : >../allowed
  git config gpg.ssh.allowedSignersFile "$PWD/../allowed"
  mkdir ../fake
  cat >../fake/git <<END
#!/bin/sh
case "\$*" in
*%G?*)
  git() { PATH="$PATH" command git "\$@"; }
  git "\$@" | head -n 1
  eval "\$THEN"
  ;;
*) PATH="$PATH" exec git "\$@" ;;
esac
END
  chmod +x ../fake/git
  for then in 'kill -9 $$' 'head -c 68000000 /dev/zero | tr "\0" "\n"'; do
    PATH="$PWD/../fake:$PATH" THEN="$then" run "$atelier" audit --json
    [ "$status" -eq 74 ]
    [[ "$output" == *'Nothing is lost.'*'the signatures could not all be checked'* ]]
  done
  PATH="$PWD/../fake:$PATH" THEN=true "$atelier" audit --json
  # Who only wants authors goes on, and is told.
  PATH="$PWD/../fake:$PATH" THEN="$then" run --separate-stderr "$atelier" --lang en export --format json
  [ "$status" -eq 0 ]
  [[ "$stderr" == *'The signatures are left aside'* ]]
  # What tells nothing of signatures does not check any.
  for command in audit 'export --format csv' 'who Worms' people duplicates; do
    PATH="$PWD/../fake:$PATH" THEN="$then" run --separate-stderr "$atelier" --lang en $command
    [ "$status" -eq 0 ]
    [[ "$stderr" != *signatures* ]]
  done
}

@test "audit --verify: a merge of a version that there never was" {
  shared
  for version in -1 abc 1x 01; do
    forge "s/^Atelier-Merge: .*/Atelier-Merge: $version/"
    run "$atelier" audit --verify --json
    [ "$status" -eq 1 ]
    json_lines "assert [(r['check'], r['about']) for r in rows if r['finding']] == [('merge-version', '$version')], rows"
  done
}

@test "audit: what git keeps and cannot be read is told, whatever it is" {
  history
  for object in 'HEAD^{tree}' 'HEAD~1^{tree}' HEAD:talk 'HEAD:talk/01.md' 'HEAD~1:talk/01.md' HEAD~1; do
    rm -rf ../copy && cp -r . ../copy
    name=$(git rev-parse "$object")
    for bytes in '' garbage; do
      chmod u+w "../copy/.git/objects/${name:0:2}/${name:2}"
      printf '%s' "$bytes" >"../copy/.git/objects/${name:0:2}/${name:2}"
      run --separate-stderr "$atelier" -C ../copy audit
      [ "$status" -eq 0 ]
      [[ "$stderr" == *"cannot be read"* || "$stderr" == *"not here"* || "$stderr" == *missing* ]]
      run "$atelier" -C ../copy audit --verify
      [ "$status" -le 1 ]
    done
  done
  name=$(git rev-parse HEAD)
  rm -f ".git/objects/${name:0:2}/${name:2}"
  run "$atelier" --lang fr audit
  [ "$status" -eq 74 ]
  [[ "$output" == *"Rien n’est perdu"*"git fsck"* ]]
}
