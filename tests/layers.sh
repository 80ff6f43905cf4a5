#!/bin/sh
# Checks that includes point down (cmd > merge > core), that each library has
# one door, that merge/ stays pure, and that tests can fail. Prints each breach.
set -u
cd "$(dirname "$0")/.." || exit 1
breaches=0

# nowhere WHY PATTERN FILE…
nowhere() {
  why=$1 pattern=$2
  shift 2
  if grep -nHE "$pattern" "$@"; then
    echo "  breach: $why"
    breaches=1
  fi
}

# only_in WHY HEADER-PATTERN ALLOWED-FILE-PATTERN
only_in() {
  nowhere "$1" "#include <$2>" $(ls core/*.[ch] merge/*.[ch] cmd/*.[ch] | grep -vE "$3")
}

nowhere "core/ includes nothing above it" '#include "(merge|cmd)/' core/*.[ch]
nowhere "merge/ includes only core/" '#include "cmd/' merge/*.[ch]
nowhere "merge/ does not see the world" \
  '#include "core/(file|repo|transport|process|lock|message)[^"]*"|#include <(stdio|time|unistd|locale|fcntl|dirent|signal)\.h>|#include <sys/' merge/*.[ch]
only_in "libgit2 has one door" 'git2.*' '^core/repo'
only_in "libyaml has one door" 'yaml\.h' '^core/meta'
only_in "xxHash has one door" 'xxhash\.h' '^core/hash'
only_in "Unicode has one door" '(utf8proc|libstemmer)\.h' '^core/text'
only_in "gettext has one door" 'libintl\.h' '^core/message'
only_in "JSON is written in cmd/json, read in cmd/etherpad" 'jansson\.h' '^cmd/(json|etherpad)'
only_in "cmark-gfm has one door" 'cmark.*\.h' '^cmd/page_text'
only_in "popt has one door" 'popt\.h' '^cmd/(app|options)'
nowhere "processes are started in core/process.c" '\b(fork|vfork|posix_spawnp?|execvp?e?|popen|system) ?\(' \
  $(ls core/*.c merge/*.c cmd/*.c | grep -vxF core/process.c)

nowhere "a claim of a bats test that begins with ! fails only with “|| false” behind it" \
  '^ *! ([^|]|\|[^|])*[^|\]$' tests/*.bats tests/*.bash

twice=$(ls core merge cmd tests | grep '\.[ch]$' | sort | uniq -d)
if [ -n "$twice" ]; then
  echo "  breach: file names are unique over the tree: $twice"
  breaches=1
fi
for header in core/*.h merge/*.h cmd/*.h; do
  guard=$(echo "$header" | tr 'a-z/.' 'A-Z__')
  grep -q "^#ifndef $guard\$" "$header" || { echo "  breach: $header is guarded by its path, $guard"; breaches=1; }
done
# The way of a merge that merge/merge.h shows: the words in front of its lines are files, and
# it names all files, by * those that begin alike.
for name in $(sed -n 's/^ \*  *\([a-z_]*\(, [a-z_]*\)*\)  .*/\1/p' merge/merge.h | tr -d ,); do
  [ -e "merge/$name.c" ] || { echo "  breach: merge/merge.h shows a file that is not there: $name"; breaches=1; }
done
named=$(sed '/^#ifndef/q' merge/merge.h | tr -c 'a-z_*' '\n' | grep -x '[a-z][a-z_]*\*\{0,1\}' | sort -u)
unnamed=$(ls merge/*.c | sed 's,merge/,,; s,\.c$,,' | grep -vxE "$(echo "$named" | sed 's/\*$/.*/')")
if [ -n "$unnamed" ]; then
  echo "  breach: merge/merge.h does not show where these belong:" $unnamed
  breaches=1
fi
exit $breaches
