# People who share notes, each in an own copy.

# as PERSON COMMAND…: run by that person in their own copy; in $lang where it is set
as() {
  local who=$1
  shift
  "$atelier" -C "$who" ${lang:+--lang "$lang"} --as "$who <$who@example.org>" "$@"
}

# anne_shares NOTE TEXT: Anne’s copy of what is shared in shared.git, with one note
anne_shares() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  git init -q --bare -b main shared.git
  "$atelier" init anne --remote "$PWD/shared.git" --language en >/dev/null
  mkdir -p "anne/$(dirname "$1")"
  printf '%b' "$2" >"anne/$1"
  as anne sync >/dev/null
}

# without_rights COMMAND…: run by somebody for whom a note’s permissions count, root or not
without_rights() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --bounding-set=-dac_override,-dac_read_search "$@"
  else
    "$@"
  fi
}
