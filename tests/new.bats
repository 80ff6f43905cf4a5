#!/usr/bin/env bats
# Workshops from templates.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language fr >/dev/null
  cd notes
  export GIT_AUTHOR_NAME=Anne GIT_AUTHOR_EMAIL=anne@example.org
  mkdir templates
  printf '# Conseil\n\n## Porteurs\n\n- Anne Berlemont\n\n## Ordre du jour\n\n- Tour de table\n\n## Décisions\n' >templates/Conseil.txt
}

@test "new --template: its sections, its people, what is given besides" {
  run "$atelier" new "Conseil : juin" --date 2026-06-03 --place "Brest: rue" --people "Omar, Léa Petit" --template conseil
  [ "$status" -eq 0 ]
  cd 2026-06-03-conseil-juin
  [ "$(ls | tr '\n' ' ')" = "01-ordre-du-jour.md 02-decisions.md workshop.yml " ]
  [ "$(cat 01-ordre-du-jour.md)" = "$(printf '# Ordre du jour\n\n- Tour de table')" ]
  run "$atelier" show
  [[ $output == *"Conseil : juin"*"2026-06-03, Brest: rue"*"Porteurs"*"Anne Berlemont"*"Participants"*"Omar, Léa Petit"* ]]
}

@test "new --date: folders sort by the day, however it is written" {
  for day in 2026-05-31 31/05/2026 "31 mai 2026" "May 31, 2026"; do
    "$atelier" new "Bilan $((++n))" --date "$day" >/dev/null
    grep -qF "$day" "2026-05-31-bilan-$n/workshop.yml"
  done
  "$atelier" new "Bilan" --date "au printemps" >/dev/null
  [ -d bilan ]
  "$atelier" new "Fin février" --date 31/02/2026 >/dev/null
  [ -d fin-fevrier ]
  grep -qF 31/02/2026 fin-fevrier/workshop.yml
}

@test "new: a template called default serves without being named" {
  cp templates/Conseil.txt templates/default.txt
  "$atelier" new "Autre" >/dev/null
  [ -e autre/02-decisions.md ]
}

@test "new: the usual sections where there is no template, quoted where needed" {
  "$atelier" new "Titre: un, deux" --place "# pas un commentaire" --people "A: b, [c]" >/dev/null
  run "$atelier" show
  [[ $output == *"Titre: un, deux"*"# pas un commentaire"*"A: b, [c]"* ]]
  [ "$(ls titre-un-deux | wc -l)" -eq 5 ]
}

@test "new --template: one that is not there, or no text, is refused with those there are" {
  run "$atelier" --lang en new X --template nope
  [ "$status" -eq 65 ]
  [[ $output == *"There are: Conseil."* ]]
  run "$atelier" new X --template ../../etc/passwd
  [ "$status" -eq 65 ]
  printf 'a\0b' >templates/bad.txt
  run "$atelier" --lang fr new X --template bad
  [ "$status" -eq 65 ]
  [ ! -e x ]
}

@test "new: a title whose folder some machines cannot have is refused, with what to do" {
  run "$atelier" --lang en new "Con"
  [ "$status" -eq 65 ]
  [[ $output == *"con/workshop.yml cannot be the name of a note"*"→"*"another title"* ]]
  [ ! -e con ]
}

@test "templates are shared, and are no notes" {
  git init -q --bare -b main ../hub.git
  git remote add origin ../hub.git
  "$atelier" new X --template conseil >/dev/null
  "$atelier" sync >/dev/null
  "$atelier" join ../hub.git ../copy >/dev/null
  cmp templates/Conseil.txt ../copy/templates/Conseil.txt
  run "$atelier" -C ../copy new Y --template conseil
  [ "$status" -eq 0 ]
  [ "$("$atelier" audit --json | grep -c templates)" -eq 0 ]
}
