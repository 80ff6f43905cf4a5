#!/bin/sh
# Checks that every sentence has its French, typeset as French is, that none is left over, and
# that none speaks git's jargon.
set -u
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
problems=0

# shellcheck disable=SC2046 # file names of the project hold no blanks
xgettext --language=C --from-code=UTF-8 --no-wrap --keyword=_ --keyword=N_ \
  --keyword=message_plural:1,2 -o "$work/all.pot" $(ls core/*.c merge/*.c cmd/*.c 2>/dev/null)

msgfmt --check -o /dev/null cmd/po/fr.po || problems=1
msgmerge --quiet --no-fuzzy-matching --no-wrap -o "$work/fr.po" cmd/po/fr.po "$work/all.pot" || problems=1
msgattrib --no-wrap --untranslated --no-obsolete "$work/fr.po" | grep '^#:\|^msgid' |
  sed '/^msgid ""$/d' >"$work/missing"
if [ -s "$work/missing" ]; then
  echo "  sentences without French in cmd/po/fr.po:"
  cat "$work/missing"
  problems=1
fi

msgattrib --no-wrap --only-obsolete "$work/fr.po" | grep '^#  msgid "[^"]' >"$work/left"
if [ -s "$work/left" ]; then
  echo "  French in cmd/po/fr.po that no sentence asks for:"
  cat "$work/left"
  problems=1
fi

# French wants a no-break space within « » and before : ; ? ! and bent apostrophes. What is typed
# in a shell is as a keyboard gives it.
msgattrib --no-wrap --translated cmd/po/fr.po | sed '1,/^$/d' |
  awk '/^msgid/ { french = 0 } /^msgstr/ { french = 1 } french' |
  grep -v '"\(atelier\|une-commande\) ' |
  grep -E " [:;?!»]([ \".)]|\\\\|$)|« |[a-zàâéèêëîïôùûç]'[a-zàâéèêëîïôùûç]|[a-zéè][;?!»]" >"$work/typeset"
if [ -s "$work/typeset" ]; then
  echo "  blanks or apostrophes that are not French ones:"
  cat "$work/typeset"
  problems=1
fi

# People who take notes need not know these words. Names of commands and options may hold them.
jargon='\b(branch(es)?|HEAD|commit(s|ted)?|rebas(e|ed|ing)|origin|refs?|merge conflict|upstream|detached|checkout|fast-forward|stash|index|branches?|dépôt distant)\b'
msgattrib --no-wrap "$work/all.pot" | grep -nE "^(msgid|msgid_plural|\") ?\"?.*$jargon" |
  grep -vE -- "--(branch|commit)\b|“git [a-z]+”|refs/atelier" >"$work/jargon"
if [ -s "$work/jargon" ]; then
  echo "  git's jargon in sentences for people:"
  cat "$work/jargon"
  problems=1
fi
exit $problems
