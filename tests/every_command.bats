#!/usr/bin/env bats
# Every command of the table, in both languages: its help followed to the letter, what it prints
# and ends with when all is well and when not, and no word of git's in any of it.

bats_require_minimum_version 1.5.0
load support_world.bash

setup_file() {
  export PATH="$(cd "$PROGRAMS" && pwd):$PATH" EDITOR=true TZ=UTC
  export GIT_AUTHOR_NAME=Anne GIT_AUTHOR_EMAIL=anne@example.org
  export ATELIER_LANG=en
  world "$BATS_FILE_TMPDIR"
  atelier help --json | python3 -c '
import json, sys
for row in map(json.loads, sys.stdin):
    if row["command"] and not row["hidden"]:
        print(row["command"], (row["french"] or [row["command"]])[0])' >"$BATS_FILE_TMPDIR/names"
}

setup() {
  cd "$BATS_FILE_TMPDIR"
}

# commands: the English name of each, and its French one
commands() { cat "$BATS_FILE_TMPDIR/names"; }

# fresh: Anne’s notes as they were, in a copy with documents beside them
fresh() {
  rm -rf "$BATS_TEST_TMPDIR/copy"
  cp -R "$BATS_FILE_TMPDIR/notes" "$BATS_TEST_TMPDIR/copy"
  cd "$BATS_TEST_TMPDIR/copy"
}

# plain_words FILE: nothing in it is git's; names of options may be, and the habits a command answers to
plain_words() {
  local jargon='\b(branch(es)?|HEAD|commit(s|ted)?|rebas(e|ed|ing)|origin|refs?|merge conflict|conflicts?|conflits?|upstream|detached|checkout|fast-forward|stash|index|staging|worktree|blob|dépôt distant)\b'
  if sed -E 's/(--|\\-\\-\\fR|\\fB\\-\\-)[a-z]+//g; s/, (pull|push|commit)\b//g' "$1" | grep -nE "$jargon"; then
    echo "git's words"
    return 1
  fi
}

# examples LANG NAME: those that its help shows
examples() {
  atelier --lang "$1" help "$2" | sed -n '/^\(Examples\|Exemples\)/,/^[^ ]/s/^  //p'
}

# here LINE: an example with what is elsewhere put here, and what waits ended
here() {
  printf '%s\n' "$1" | sed -E \
    -e "s#(https://git\.ex[a-z]+\.org/[a-z]+|/media/(stick|cle))/notes(\.git)?#'$BATS_FILE_TMPDIR/hub.git'#" \
    -e "s#git@ex[a-z]+\.org:[a-z]+/notes.git#'$BATS_FILE_TMPDIR/hub.git'#" \
    -e "s#/media/(stick|cle)#'$BATS_TEST_TMPDIR/stick'#" \
    -e 's#(some-command|une-commande) #echo said | cat #' -e 's#man -l -#cat#' \
    -e 's#^atelier (watch|veiller)#timeout -s INT 0.3 &#' -e 's# (minutes|compte-rendu)\.docx##'
}

# for_example NAME: puts what an example is about where it is typed
for_example() {
  case $1 in
    init | join) mkdir -p "$BATS_TEST_TMPDIR/empty" && cd "$BATS_TEST_TMPDIR/empty" && rm -rf ./* && return ;;
    carry) mkdir -p "$BATS_TEST_TMPDIR/stick" && cd "$BATS_TEST_TMPDIR" && [ -d copy ] && cd copy && return ;;
    help | people | whoami | history | find | status | audit | who | variants | duplicates) cd "$BATS_FILE_TMPDIR/notes" && return ;;
  esac
  fresh
  case $1 in
    add | edit | show) cd compost ;;
    import | similarity | merge-file) documents ;;
    choose) rm -r "$([ $lang = fr ] && echo my-workshop || echo mon-atelier)" ;;
  esac
}

@test "each example of each help does what it says, in both languages" {
  said="$BATS_TEST_TMPDIR/said"
  while read -r name french; do
    for lang in en fr; do
      examples $lang "$name" >"$BATS_TEST_TMPDIR/examples"
      [ -s "$BATS_TEST_TMPDIR/examples" ] || [ "$name" = version ]
      while read -r line; do
        for_example "$name"
        run env ATELIER_LANG=$lang bash -c "$(here "$line")" </dev/null
        printf '%s\n' "$lang: $line: $status" "$output" | sed "s#$BATS_RUN_TMPDIR##g" >>"$said"
        case "$status $line" in
          "0 "* | "124 "*" watch"* | "124 "*" veiller"*) ;;
          "1 "*" --check "*) ;; # there are wordings to choose
          "2 atelier undo --sync" | "2 atelier annuler --sync") ;; # nobody is there to agree
          "2 atelier choose" | "2 atelier choisir") ;; # nobody is there to be asked
          *) echo "$lang: $line: $status: $output" && wrong=1 ;;
        esac
      done <"$BATS_TEST_TMPDIR/examples"
    done
  done < <(commands)
  [ -z "${wrong-}" ]
  grep -v '^\(en\|fr\): ' "$said" >"$said.words"
  plain_words "$said.words"
}

# What is typed, what it ends with, and what stands in what it says: English, French.
runs() {
  cat <<'RUNS'
init new-notes ~ 0 ~ ready for workshops. ~ prêt pour vos ateliers.
init mine.md ~ 65 ~ a folder is needed ~ il faut un dossier
join "$BATS_FILE_TMPDIR/hub.git" own ~ 0 ~ your copy is ready. ~ votre copie est prête.
join "$BATS_FILE_TMPDIR/hub.git" mine.md/own ~ 65 ~ mine.md/own: cannot create ~ mine.md/own : création impossible
join nowhere.git own ~ 69 ~ nothing shared was found ~ rien de partagé n’a été trouvé
new "Second meeting" ~ 0 ~ New workshop: second-meeting ~ Nouvel atelier : second-meeting
new ~ 2 ~ Usage: atelier new TITLE ~ Utilisation : atelier nouveau TITRE
import session-2.txt ~ 0 ~ New workshop: session-2 ~ Nouvel atelier : session-2
import absent.txt ~ 65 ~ absent.txt: cannot open ~ absent.txt : ouverture impossible
add -w compost "A new point" ~ 0 ~ Added: compost/03-discussion.md:19 ~ Ajouté : compost/03-discussion.md:19
add ~ 2 ~ Usage: atelier add TEXT ~ Utilisation : atelier ajouter TEXTE
edit -w compost ~ 0 ~ “atelier sync” records ~ « atelier synchroniser » enregistre
edit -w nowhere ~ 65 ~ there is no such workshop ~ cet atelier n’existe pas
sync --dry-run ~ 0 ~ Saved here, not recorded yet: ~ Écrit ici, pas encore enregistré :
sync ~ 0 ~ by Anne: base.md ~ écrit par Anne : base.md
sync extra ~ 2 ~ Usage: atelier sync ~ Utilisation : atelier synchroniser
watch --interval none ~ 2 ~ a number of seconds ~ un nombre de secondes
status ~ 0 ~ 4 wordings to choose ~ 4 formulations à choisir
status --check ~ 1 ~ 4 wordings to choose ~ 4 formulations à choisir
status extra ~ 2 ~ Usage: atelier status ~ Utilisation : atelier état
history compost ~ 0 ~ Bruno ~ Bruno
history nowhere ~ 65 ~ there is no such workshop ~ cet atelier n’existe pas
undo --dry-run ~ 0 ~ It would take back ~ Cela annulerait
undo extra ~ 2 ~ Usage: atelier undo ~ Utilisation : atelier annuler
restore "A lid keeps" ~ 0 ~ Bruno had deleted it. ~ Bruno l’avait supprimé.
restore "nobody said it" ~ 65 ~ no deleted point said this ~ aucun point supprimé ne disait cela
show compost ~ 0 ~ Hosts: Omar Benali ~ Hosts : Omar Benali
show nowhere ~ 65 ~ there is no such workshop ~ cet atelier n’existe pas
find keep ~ 0 ~ compost/03-discussion.md:3 ~ compost/03-discussion.md:3
find ~ 2 ~ Usage: atelier find TEXT ~ Utilisation : atelier chercher TEXTE
synthesis emergence ~ 0 ~ # Synthesis: Emergence ~ # Synthèse : Emergence
synthesis nowhere ~ 65 ~ there is no such workshop ~ cet atelier n’existe pas
audit compost ~ 0 ~ first wrote ~ écrits
audit --by nobody ~ 2 ~ contributor, speaker or section ~ contributeur, intervenant ou section
who "Everybody should" ~ 0 ~ wrote it ~ l’a écrit
who "nobody said it" ~ 65 ~ no point says this ~ aucun point ne dit cela
people ~ 0 ~ anne@example.org ~ anne@example.org
people extra ~ 2 ~ Usage: atelier people ~ Utilisation : atelier personnes
whoami ~ 0 ~ Anne <anne@example.org> ~ Anne <anne@example.org>
whoami extra ~ 2 ~ Usage: atelier whoami ~ Utilisation : atelier qui-suis-je
export emergence ~ 0 ~ # Emergence ~ # Emergence
export emergence -o "" ~ 2 ~ a value is missing ~ il manque une valeur
export --format doc ~ 2 ~ it is md, html, csv or json ~ c’est md, html, csv ou json
carry stick ~ 0 ~ Sent, by Bruno: compost ~ Envoyé, écrit par Bruno : compost
carry ~ 2 ~ Usage: atelier carry DIR ~ Utilisation : atelier emporter DOSSIER
doctor ~ 0 ~ All is well. ~ Tout va bien.
doctor extra ~ 2 ~ Usage: atelier doctor ~ Utilisation : atelier secours
variants ~ 0 ~ Settle one: atelier choose ~ Pour trancher : atelier choisir
variants extra ~ 2 ~ Usage: atelier variants ~ Utilisation : atelier variantes
choose ~ 2 ~ There is no terminal here ~ pas ici de terminal
choose "Le budget" 2 ~ 0 ~ Settled: Le budget voté ~ Choisi : Le budget voté
choose "nobody said it" 1 ~ 65 ~ no point says this ~ aucun point ne dit cela
duplicates ~ 0 ~ 12 000 ~ 12 000
duplicates --level none ~ 2 ~ it is identical, same-words ~ c’est identical, same-words
same "two bins" "ten bins" ~ 0 ~ Noted, the same idea: ~ Noté, la même idée :
same "two bins" ~ 2 ~ Usage: atelier same ~ Utilisation : atelier identiques
different "two bins" "ten bins" ~ 0 ~ Noted, different ideas: ~ Noté, des idées différentes :
different "two bins" "nobody said it" ~ 65 ~ no point says this ~ aucun point ne dit cela
part-of "two bins" "ten bins" ~ 0 ~ the first is a part ~ le premier est une partie
part-of ~ 2 ~ Usage: atelier part-of ~ Utilisation : atelier partie
similarity pairs.tsv ~ 0 ~ 1.000000 ~ 1.000000
similarity absent.tsv ~ 65 ~ absent.tsv: cannot open ~ absent.tsv : ouverture impossible
merge-file -p base.md mine.md theirs.md ~ 0 ~ - one point of ~ - one point of
merge-file base.md ~ 2 ~ Usage: atelier merge-file ~ Utilisation : atelier fusionner-fichiers
help sync ~ 0 ~ Usage: atelier sync ~ Utilisation : atelier synchroniser
help nope ~ 2 ~ there is no such command ~ cette commande n’existe pas
version ~ 0 ~ atelier 0. ~ atelier 0.
version extra ~ 2 ~ Usage: atelier version ~ Utilisation : atelier version
RUNS
}

# typed WORDS…: a command under the name that the language gives it
typed() {
  local command=$1
  shift
  [ $lang = en ] || command=$(commands | sed -n "s/^$command //p")
  run atelier --lang $lang "$command" "$@" </dev/null
  output=${output//$'\u00a0'/ }
  output=${output//$'\u202f'/ }
}

@test "each command says it in both languages, and ends as it should" {
  said="$BATS_TEST_TMPDIR/said"
  while IFS= read -r row; do
    for lang in en fr; do
      fresh
      documents
      mkdir stick
      eval "typed ${row%% ~ *}"
      rest=${row#* ~ }
      words=${rest#* ~ }
      [ $lang = en ] && words=${words% ~ *} || words=${words#* ~ }
      printf '%s\n' "$output" | sed "s#$BATS_RUN_TMPDIR##g" >>"$said"
      [[ $status == "${rest%% ~ *}" && $output == *"$words"* ]] || { echo "$lang: $row: $status: $output" && wrong=1; }
    done
  done < <(runs)
  [ -z "${wrong-}" ]
  plain_words "$said"
}

@test "a command that is new is in the table above, done and refused" {
  while read -r name french; do
    runs | grep -q "^$name\b.* ~ [1-9][0-9]* ~ " || { echo "$name is never refused"; false; }
    runs | grep -q "^$name\b.* ~ 0 ~ " || [ "$name" = watch ] || { echo "$name is never done"; false; }
  done < <(commands)
}

@test "away from any notes, each is refused in words" {
  mkdir "$BATS_TEST_TMPDIR/bare" && cd "$BATS_TEST_TMPDIR/bare"
  while read -r name french; do
    for lang in en fr; do
      typed "$name" one two three </dev/null
      [[ $status == 2 || $status == 65 || $status == 69 || $name == import && $status == 65 ]] || [[ $name == audit || $name == export || $name == synthesis || $name == duplicates ]] || { echo "$lang: $name: $status: $output"; false; }
      [[ $output != *"atelier.c"* ]]
      printf '%s\n' "$output" >>"$BATS_TEST_TMPDIR/said"
    done
  done < <(commands)
  plain_words "$BATS_TEST_TMPDIR/said"
}
