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

git init -q --bare -b main shared.git

title "1. Anne importe la note de l'atelier et la partage." \
  "1. Anne imports the workshop's note and shares it."
"$atelier" init anne --remote "$folder/shared.git" --language $language >/dev/null
as Anne import "$note"
as Anne sync

title "2. Bruno et Claire en prennent chacun une copie." "2. Bruno and Claire each take a copy."
"$atelier" join "$folder/shared.git" bruno >/dev/null
"$atelier" join "$folder/shared.git" claire >/dev/null

list=$(longest_list anne)
list=${list#anne/}
first=$(point_line "anne/$list" 1)
third=$(point_line "anne/$list" 3)
if [ -z "$third" ]; then
  say "Cette note a trop peu de points pour la suite (il en faut trois de plus de huit mots dans une section)." \
    "This note has too few points for the rest (three of more than eight words in one section are needed)."
  exit 65
fi

title "3. Tous trois écrivent en même temps, chacun sur sa machine." \
  "3. All three write at the same time, each on an own machine."
say "   Anne et Bruno ajoutent chacun un point à la fin de la même liste ;" \
  "   Anne and Bruno each add a point at the end of the same list;"
say "   ils reformulent le même point, chacun à sa façon ;" \
  "   they reword one and the same point, each in their own way;"
say "   Claire supprime un point que Bruno est en train de préciser." \
  "   Claire deletes a point that Bruno is making more precise."
as Anne add -s "$(basename "$list")" \
  "$(say "prévoir un temps d'échange à chaque rencontre" "keep time to talk at every meeting")" >/dev/null
as Bruno add -s "$(basename "$list")" \
  "$(say "inviter aussi les voisins du quartier" "invite the neighbours as well")" >/dev/null
reword "anne/$list" "$first" "$(say "à trois" "three people")" "$(say "à quatre" "four people")" \
  "$(say "dès cette année" "this very year")"
reword "bruno/$list" "$first" "$(say "à trois" "three people")" "$(say "à cinq" "five people")" \
  "$(say "quand chacun sera prêt" "once everyone is ready")"
reword "bruno/$list" "$third" "$(say "à temps" "in time")" "$(say "deux semaines avant" "two weeks before")" \
  "$(say "(à préciser)" "(to be made precise)")"
sed "${third}d" "claire/$list" >"claire/$list.new"
mv "claire/$list.new" "claire/$list"

title "4. Chacun synchronise." "4. Everybody syncs."
for person in Anne Bruno Claire Anne Bruno; do
  echo "$bold$person$plain"
  as $person sync | sed 's/^/   /'
done

title "5. La section telle que tous l'ont maintenant :" "5. The section as everyone has it now:"
as Claire show -s "$(basename "$list")"

title "6. Les formulations à départager :" "6. The wordings left to choose:"
as Claire variants

title "7. Les trois copies sont les mêmes, octet pour octet, et au même point d'histoire :" \
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
