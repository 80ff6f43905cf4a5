#!/usr/bin/env bats
# File systems that can do less: no exchange of files, no leases. No save is lost there either.

bats_require_minimum_version 1.5.0

load support_copies.bash

setup() {
  anne_shares w/01.md "# Discussion\n\n- one thing that was said\n- another thing that was said\n"
  "$atelier" join shared.git bruno >/dev/null
  export ATELIER_WITHOUT=exchange,lease
}

@test "without exchange and leases: a sync is a sync" {
  sed -i 's/one thing/one important thing/' anne/w/01.md
  echo '- from bruno' >>bruno/w/01.md
  for who in anne bruno anne; do as $who sync >/dev/null; done
  diff -r -x .git anne bruno
  grep -q 'one important thing' bruno/w/01.md
  [ -z "$(git -C bruno status --porcelain)" ]
  rm anne/w/01.md
  printf '# Discussion\n\n- new\n' >anne/w/02.md
  as anne sync --all >/dev/null
  as bruno sync >/dev/null
  [ ! -e bruno/w/01.md ] && [ -e bruno/w/02.md ]
}

@test "without leases: what is written to a file after it was replaced is taken in" {
  exec 8>>bruno/w/01.md
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  grep -q 'from anne' bruno/w/01.md
  # An editor that writes in place, and had the old file open all the while.
  echo '- written late' >&8
  ! grep -q 'written late' bruno/w/01.md
  as bruno sync >/dev/null
  grep -q 'written late' bruno/w/01.md
  grep -q 'from anne' bruno/w/01.md
  echo '- written later still' >&8
  exec 8>&-
  as bruno sync >/dev/null
  as bruno sync >/dev/null
  [ "$(grep -c 'written late$' bruno/w/01.md)" -eq 1 ]
  [ "$(grep -c 'written later still' bruno/w/01.md)" -eq 1 ]
  as anne sync >/dev/null
  diff -r -x .git anne bruno
}

@test "without leases: what was kept goes after a day, and rubbish beside it too" {
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ "$(ls bruno/.git/atelier/aside | wc -l)" -eq 2 ]
  echo rubbish >bruno/.git/atelier/aside/displaced-0-0.about
  printf '%040d %040d ../../etc/passwd\n' 1 1 >bruno/.git/atelier/aside/displaced-1-1.about
  as bruno sync >/dev/null
  [ "$(ls bruno/.git/atelier/aside | wc -l)" -eq 2 ]
  touch -d '2 days ago' bruno/.git/atelier/aside/*.about
  as bruno sync >/dev/null
  [ -z "$(ls bruno/.git/atelier/aside)" ]
}

@test "with leases nothing is kept" {
  unset ATELIER_WITHOUT
  echo '- from anne' >>anne/w/01.md
  as anne sync >/dev/null
  as bruno sync >/dev/null
  [ -z "$(ls bruno/.git/atelier/aside)" ]
}
