#!/bin/sh
# Runs test programs (cmocka), .bats files, proofs (.py) and .sh checks, several at a time,
# shows what failed and prints, last, "N passed, N failed, N skipped".
# PROGRAMS: the folder of atelier and atelier-merge.
# usage: run.sh TEST…
set -u

if [ "$1" = --one ]; then
  case $2 in
  *.bats) bats --tap "$2" ;;
  # What is stopped step by step (ptrace) cannot be looked through for leaks as well.
  *.py) ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0" python3 "$2" ;;
  *.sh) if sh "$2"; then echo "ok 1 - $2"; else echo "not ok 1 - $2"; fi ;;
  *) CMOCKA_MESSAGE_OUTPUT=tap "$2" ;;
  esac >"$3.tap" 2>"$3.log"
  status=$?
  # A program that dies says nothing in TAP; it has failed all the same.
  # cmocka writes a skipped test as "not ok N # SKIP name".
  sed -i 's/^not ok \([0-9]* \)# SKIP \(.*\)/ok \1- \2 # skip/' "$3.tap"
  if [ $status -ne 0 ] && ! grep -q '^not ok' "$3.tap"; then
    echo "not ok 1 - $2 ended with status $status" >>"$3.tap"
  fi
  if grep -q '^not ok' "$3.tap"; then
    { echo "--- $2"; cat "$3.tap" "$3.log"; } >"$3.failed"
  fi
  exit 0
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
PROGRAMS=$(cd "${PROGRAMS:-build}" && pwd)
# Nothing of the person who runs the tests may show in them.
unset LC_ALL LC_MESSAGES LANGUAGE ATELIER_LANG GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE NO_COLOR
export PROGRAMS LANG=C.UTF-8 TZ=UTC0 GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$results/none/config" HOME="$results/home"
mkdir "$HOME"
# libgit2 1.5 does not give back a regular expression's memory when a configuration is refused.
echo 'leak:libpcre2-8' >"$results/leaks"
export LSAN_OPTIONS="suppressions=$results/leaks:print_suppressions=0"

# One more than there are processors: some tests wait, for a watch or a disk.
number=0
for test in "$@"; do
  number=$((number + 1))
  echo "$test $results/$(printf %03d $number)"
done | xargs -P "${JOBS:-$(($(nproc) + 1))}" -L 1 sh "$0" --one

cat "$results"/*.failed 2>/dev/null
count() { cat "$results"/*.tap | grep -c "$@"; }
skipped=$(count -i '^ok .*# *skip')
failed=$(count '^not ok')
passed=$(($(count '^ok ') - skipped))
cat "$results"/*.tap | grep -i '^ok .*# *skip' | sed 's/^ok [0-9]* *-* */skipped: /'
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
