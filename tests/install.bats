#!/usr/bin/env bats
# Installing and removing: from the tree, and as a Debian package.

bats_require_minimum_version 1.5.0

setup() {
  project="$BATS_TEST_DIRNAME/.."
  [ "$PROGRAMS" -ef "$project/build" ] || skip "only the release build is installed"
  cd "$BATS_TEST_TMPDIR"
  unset MAKEFLAGS MAKELEVEL
}

# speaks ROOT: what is installed under ROOT/usr runs, speaks French and merges
speaks() {
  run "$1/usr/bin/atelier" --lang fr aide
  [ "$status" -eq 0 ]
  [[ $output == *"initialiser"*"rejoindre"* ]]
  "$1/usr/bin/atelier" init "notes$2" --language fr >/dev/null
  git -C "notes$2" config merge.atelier.driver | grep -qF "$1/usr/bin/atelier-merge"
  printf '# A\n\n- x\n' >base.md
  cp base.md ours.md
  run "$1/usr/bin/atelier-merge" merge-file -p base.md ours.md base.md
  [ "$status" -eq 0 ]
}

@test "install puts everything in place, uninstall takes all of it away" {
  make -s -C "$project" DESTDIR="$PWD/root" PREFIX=/usr install
  for file in bin/atelier bin/atelier-merge share/man/man1/atelier.1 share/man/fr/man1/atelier.1 \
    share/bash-completion/completions/atelier share/zsh/site-functions/_atelier \
    share/locale/fr/LC_MESSAGES/atelier.mo; do
    [ -s "root/usr/$file" ] || { echo "$file"; false; }
  done
  speaks "$PWD/root" 1
  make -s -C "$project" DESTDIR="$PWD/root" PREFIX=/usr uninstall
  [ -z "$(find root -type f)" ]
}

@test "the Debian package installs, runs and removes cleanly" {
  command -v dpkg-shlibdeps >/dev/null && command -v dpkg-deb >/dev/null || skip "no Debian tools"
  [ "$(id -u)" -eq 0 ] || skip "only root may install, even into a folder"
  make -s -C "$project" run-deb
  mkdir -p root/var/lib/dpkg/updates root/var/lib/dpkg/info
  touch root/var/lib/dpkg/status
  export PATH=$PATH:/usr/sbin:/sbin
  dpkg --root="$PWD/root" --force-depends -i "$project"/build/atelier_*.deb >/dev/null 2>&1
  speaks "$PWD/root" 2
  [ -s root/usr/share/man/man1/atelier.1.gz ]
  # Where zsh looks for what packages bring.
  [ -s root/usr/share/zsh/vendor-completions/_atelier ]
  dpkg -I "$project"/build/atelier_*.deb | grep -q 'Depends: git, .*libgit2'
  dpkg --root="$PWD/root" --force-depends -r atelier >/dev/null 2>&1
  [ -z "$(find root/usr -type f)" ]
}

@test "the tarball holds all that builds and tests it, and nothing of this machine" {
  git -C "$project" rev-parse HEAD >/dev/null 2>&1 || skip "not in git"
  make -s -C "$project" dist >/dev/null
  tar xzf "$project/build/atelier.tar.gz"
  for file in Makefile README.md cmd/main.c core/doc.c merge/merge.c tests/run.sh fixtures/merge; do
    [ -e "atelier/$file" ]
  done
  [ -z "$(find atelier -name '*.o' -o -name build)" ]
}
