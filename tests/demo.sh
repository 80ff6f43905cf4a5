#!/bin/sh
# Three people take notes in one workshop, each on an own copy, and end with the
# same text. Everything happens in a temporary folder.
# usage: demo.sh ATELIER [NOTE]
set -eu

atelier=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
samples=$(cd "$(dirname "$0")/.." && pwd)/fixtures/import
case ${ATELIER_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
fr*) language=fr sample=$samples/atelier-compost.txt ;;
*) language=en sample=$samples/compost-workshop.txt ;;
esac
note=${2:-$sample}
[ -r "$note" ] || { echo "$note: cannot be read" >&2; exit 65; }
note=$(cd "$(dirname "$note")" && pwd)/$(basename "$note")

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export HOME="$folder" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null ATELIER_LANG=$language
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
  bold=$(printf '\033[1m') plain=$(printf '\033[0m')
else
  bold='' plain=''
fi

# say FRENCH ENGLISH
say() {
  if [ $language = fr ]; then echo "$1"; else echo "$2"; fi
}
title() {
  echo
  printf '%s' "$bold"
  say "$1" "$2"
  printf '%s' "$plain"
}
# as PERSON COMMAND…: the program, run by that person in their own copy
as() {
  who=$1
  shift
  "$atelier" -C "$(echo "$who" | tr 'ABC' 'abc')" --as "$who <$(echo "$who" | tr 'ABC' 'abc')@example.org>" "$@"
}
# The file with most points, and the line of its Nth point of at least nine words.
longest_list() {
  find "$1" -name '[0-9]*.md' -exec grep -c '^- ' {} + | sort -t: -k2nr -k1 | head -n 1 | cut -d: -f1
}
point_line() {
  awk -v wanted="$2" '/^- / && NF > 9 && ++seen == wanted { print NR; exit }' "$1"
}
# reword FILE LINE PART WORDS OTHERWISE: puts WORDS in place of PART; where the line has no such
# PART, OTHERWISE in place of its last two words
reword() {
  awk -v line="$2" -v part="$3" -v words="$4" -v otherwise="$5" '
    NR == line && (at = index($0, part)) {
      print substr($0, 1, at - 1) words substr($0, at + length(part)); next }
    NR == line { $NF = ""; $(NF - 1) = otherwise; sub(/ +$/, "") }
    { print }' "$1" >"$1.new"
  mv "$1.new" "$1"
}

# take FILE LINE: takes a line out of a file, as an editor would
take() {
  sed "$2d" "$1" >"$1.new"
  mv "$1.new" "$1"
}
# participant FILE NAME: adds a name to the last list of people, or begins one
participant() {
  awk -v name="$2" '{ lines[NR] = $0 } /names: \[/ { last = NR }
    END {
      if (last) sub(/\]/, ", " name "]", lines[last])
      else lines[++NR] = "people:\n  - {heading: Participants, role: participant, names: [" name "]}"
      for (i = 1; i <= NR; i++) print lines[i]
    }' "$1" >"$1.new"
  mv "$1.new" "$1"
}
# shortened TEXT: the beginning and the end of a long one
shortened() {
  awk '{ lines[NR] = $0 } END {
    for (i = 1; i <= NR; i++)
      if (NR <= 13 || i <= 6 || i > NR - 3) print lines[i]
      else if (i == 7) print "…" }'
}

git init -q --bare -b main shared.git

title "1. Anne importe la note de l’atelier et la partage." \
  "1. Anne imports the workshop’s note and shares it."
"$atelier" -q init anne --remote "$folder/shared.git" --language $language >/dev/null
as Anne -q import "$note"
as Anne sync

title "2. Bruno et Claire en prennent chacun une copie." "2. Bruno and Claire each take a copy."
"$atelier" -q join "$folder/shared.git" bruno >/dev/null
"$atelier" -q join "$folder/shared.git" claire >/dev/null

list=$(longest_list anne)
list=${list#anne/}
workshop=$(dirname "$list")
first=$(point_line "anne/$list" 1)
second=$(point_line "anne/$list" 2)
third=$(point_line "anne/$list" 3)
others=$(find "anne/$workshop" -name '[0-9]*.md' ! -name "$(basename "$list")" | sort)
target=$(basename "$(grep -l '^- ' $others | head -n 1)")
renamed=$(basename "$(echo "$others" | tail -n 1)")
if [ -z "$third" ] || [ "$target" = "$renamed" ]; then
  say "Cette note a trop peu de points ou de sections pour la suite (il faut trois points de plus de huit mots, et trois sections)." \
    "This note has too few points or sections for the rest (three points of more than eight words are needed, and three sections)."
  exit 65
fi

title "3. Tous trois écrivent en même temps, chacun sur sa machine." \
  "3. All three write at the same time, each on an own machine."
say "   Anne et Bruno ajoutent chacun un point à la fin de la même liste ;" \
  "   Anne and Bruno each add a point at the end of the same list;"
say "   ils reformulent le même point, chacun à sa façon ;" \
  "   they reword one and the same point, each in their own way;"
say "   Anne déplace un point dans une autre section pendant que Bruno le corrige ;" \
  "   Anne moves a point to another section while Bruno corrects it;"
say "   Anne et Bruno notent chacun une personne de plus dans workshop.yml ;" \
  "   Anne and Bruno each note one more person in workshop.yml;"
say "   Claire supprime un point que Bruno est en train de préciser," \
  "   Claire deletes a point that Bruno is making more precise,"
say "   et renomme un fichier de section où Anne ajoute un point." \
  "   and renames a section file to which Anne adds a point."
as Anne add -s "$(basename "$list")" \
  "$(say "prévoir un temps d’échange à chaque rencontre" "keep time to talk at every meeting")" >/dev/null
as Bruno add -s "$(basename "$list")" \
  "$(say "inviter aussi les voisins du quartier" "invite the neighbours as well")" >/dev/null
reword "anne/$list" "$first" "$(say "à trois" "three people")" "$(say "à quatre" "four people")" \
  "$(say "dès cette année" "this very year")"
reword "bruno/$list" "$first" "$(say "à trois" "three people")" "$(say "à cinq" "five people")" \
  "$(say "quand chacun sera prêt" "once everyone is ready")"
reword "bruno/$list" "$second" "$(say "une visite" "one visit")" "$(say "une seule visite" "a single visit")" \
  "$(say "(c’est à retenir)" "(to be remembered)")"
reword "bruno/$list" "$third" "$(say "à temps" "in time")" "$(say "deux semaines avant" "two weeks before")" \
  "$(say "(à préciser)" "(to be made precise)")"
sed -n "${second}p" "anne/$list" >>"anne/$workshop/$target"
take "anne/$list" "$second"
participant "anne/$workshop/workshop.yml" "Lila Fontaine"
participant "bruno/$workshop/workshop.yml" "Marius Petit"
take "claire/$list" "$third"
mv "claire/$workshop/$renamed" "claire/$workshop/$(say 05-pistes.md 05-next-steps.md)"
as Anne add -s "$renamed" "$(say "ouvrir un second lieu" "open a second place")" >/dev/null

title "4. Chacun synchronise." "4. Everybody syncs."
for person in Anne Bruno Claire Anne Bruno; do
  echo "$bold$person$plain"
  as $person -q sync | sed "s/^/   /; s|$workshop/||g"
done

title "5. Les sections telles que tous les ont maintenant :" "5. The sections as everyone has them now:"
for section in "$target" "$(basename "$list")"; do
  as Claire show -s "$section" | shortened
  echo
done
grep -o 'Lila Fontaine.*\|Marius Petit.*' "claire/$workshop/workshop.yml" | sed 's/^/   workshop.yml: … /'
ls "claire/$workshop" | tr '\n' ' ' | sed 's/^/   /'
echo

title "6. Les formulations à choisir :" "6. The wordings left to choose:"
as Claire variants

title "7. Les trois copies sont les mêmes, octet pour octet, et au même point d’histoire :" \
  "7. The three copies are the same, byte for byte, and at the same point of history:"
same=yes
for copy in anne bruno claire; do
  sum=$(cd $copy && git ls-files -z | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
  state=$(git -C $copy rev-parse HEAD | cut -c1-16)
  printf '   %-7s %s  %s\n' $copy "$sum" "$state"
  [ "${before:-$sum $state}" = "$sum $state" ] || same=no
  before="$sum $state"
done
[ $same = yes ] || { say "Elles diffèrent !" "They differ!"; exit 1; }

# DEMO_PAGE=FILE.html: where the page is to stay; what programs read stands beside it.
if [ -n "${DEMO_PAGE-}" ]; then
  title "8. La synthèse, une page que chacun peut ouvrir :" "8. The synthesis, a page that anyone can open:"
  as Claire synthesis -o synthesis.html 2>/dev/null
  as Claire synthesis -o synthesis.json 2>/dev/null
  mv claire/synthesis.html "$DEMO_PAGE"
  mv claire/synthesis.json "${DEMO_PAGE%.html}.json"
  echo "   $DEMO_PAGE"
fi
