#!/usr/bin/env bats
# Somebody with plain git amends what is shared already, and forces it upon all, while others go
# on from what it was: as if it had been changed by one more version.

load support_copies.bash

setup() {
  anne_shares w/01-note.md '# Note\n\n- first of all we met in the yard\n'
  git clone -q shared.git plain
  git -C plain config user.name Plain
  git -C plain config user.email plain@example.org
  time=1700000000
}

# plain ARGUMENTS…: git for the one who uses it, a minute later each time
plain() {
  time=$((time + 60))
  GIT_COMMITTER_DATE="$time +0000" git -C plain "$@"
}

# says LINE: plain git records and shares one line more
says() {
  printf -- '%s\n' "- $1" >>plain/w/01-note.md
  GIT_AUTHOR_DATE="$((time + 60)) +0000" plain commit -qam "$1"
  plain push -q
}

# amends FROM TO: in the last version, which others have
amends() {
  sed -i "s/$1/$2/" plain/w/01-note.md
  plain commit -q --amend -a --allow-empty -m "better said"
  plain push -qf
}

# all_have LINES…: everybody ends with these and the same version, whoever is first
all_have() {
  for who in anne bruno anne bruno; do
    as "$who" sync >/dev/null
  done
  printf '%s\n' '# Note' '' '- first of all we met in the yard' "$@" >wanted
  for who in anne bruno; do
    diff wanted "$who/w/01-note.md"
    [ "$(git -C "$who" rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
    git -C "$who" fsck --strict --no-dangling
    as "$who" audit --verify >said || { cat said; return 1; }
  done
}

# others CHANGE: both others take in what is shared; Anne then changes her note
others() {
  "$atelier" join shared.git bruno >/dev/null
  as anne sync >/dev/null
  sed -i "$1" anne/w/01-note.md
}

@test "reworded by another, and amended: once, with both changes" {
  says 'the compost needs a lid and some straw in winter'
  others 's/some straw/a lot of dry straw/'
  as anne sync >/dev/null
  amends 'needs a lid' 'needs a heavy lid'
  run as bruno sync
  [[ "$output" == *'no longer holds all that it held'* ]]
  all_have '- the compost needs a heavy lid and a lot of dry straw in winter'
}

@test "amended before the other has sent the rewording" {
  says 'the compost needs a lid and some straw in winter'
  others 's/some straw/a lot of dry straw/'
  amends 'needs a lid' 'needs a heavy lid'
  all_have '- the compost needs a heavy lid and a lot of dry straw in winter'
}

@test "amended twice, and what others had of it is neither" {
  says 'the compost needs a lid and some straw in winter'
  others 's/some straw/a lot of dry straw/'
  as anne sync >/dev/null
  amends 'needs a lid' 'needs a heavy lid'
  as bruno sync >/dev/null
  git -C plain fetch -q
  amends 'the compost' 'our whole compost'
  all_have '- our whole compost needs a heavy lid and a lot of dry straw in winter'
}

@test "an earlier version amended, with another on top of it" {
  says 'the compost needs a lid and some straw in winter'
  printf '# Other\n\n- the gate is locked by the last who leaves\n' >plain/w/02-other.md
  plain add .
  plain commit -qm gate
  plain push -q
  others 's/some straw/a lot of dry straw/'
  sed -i 's/is locked/will be locked/' anne/w/02-other.md
  as anne sync >/dev/null
  plain reset -q --hard HEAD~1
  later=$(git -C plain rev-parse origin/main)
  amends 'needs a lid' 'needs a heavy lid'
  plain cherry-pick "$later" >/dev/null
  plain push -qf
  all_have '- the compost needs a heavy lid and a lot of dry straw in winter'
  printf '# Other\n\n- the gate will be locked by the last who leaves\n' | diff - bruno/w/02-other.md
}

@test "a point amended away is gone, unless another has reworded it" {
  says 'the compost needs a lid and some straw in winter'
  says 'a secret that must go'
  others 's/some straw/a lot of dry straw/'
  as anne sync >/dev/null
  sed -i '/secret/d' plain/w/01-note.md
  amends 'nothing' 'else'
  all_have '- the compost needs a lid and a lot of dry straw in winter'
  git -C plain fetch -q
  git -C plain reset -q --hard "$(git -C shared.git rev-parse main)"
  says 'another secret that must go'
  as anne sync >/dev/null
  sed -i 's/must go/may stay/' anne/w/01-note.md
  sed -i '/secret/d' plain/w/01-note.md
  amends 'nothing' 'else'
  all_have '- the compost needs a lid and a lot of dry straw in winter' '- another secret that may stay'
}

@test "two versions of one person in one second are two, not one amended" {
  says 'one that is said in the yard by the person'
  others 's/^$/&/'
  now=$((time + 60))
  git -C plain clone -q . ../second
  for copy in plain second; do
    echo "- said in the $copy copy of one person" >>$copy/w/01-note.md
    GIT_AUTHOR_DATE="$now +0000" GIT_COMMITTER_DATE="$now +0000" \
      git -C $copy -c user.name=Plain -c user.email=plain@example.org commit -qam "$copy"
  done
  git -C plain push -q
  as anne sync >/dev/null
  git -C second push -qf ../shared.git main
  all_have '- one that is said in the yard by the person' '- said in the plain copy of one person' \
    '- said in the second copy of one person'
}

# secret_away COMMAND…: what Bruno has in his copy is gone from what is shared, and he takes that
# as it is, but first does something
secret_away() {
  "$atelier" join shared.git bruno >/dev/null
  says 'a secret that must go'
  as bruno sync >/dev/null
  "$@"
  sed -i 's/^- a secret.*/- something wholly new in its place/' plain/w/01-note.md
  plain reset -q --soft "$(git -C plain log --format=%h -S "a secret" | head -1)"
  plain commit -qa --amend -m 'gone'
  plain push -qf
  as bruno sync --accept-rewrite >/dev/null
}

# written_late: into what a sync has just replaced
written_late() {
  exec 9>>bruno/w/01-note.md
  says 'something else'
  as bruno sync >/dev/null 9>&-
  echo '- by bruno' >&9
  exec 9>&-
}

# is_away LINE…: shared are these, and nothing there ever had the secret
is_away() {
  for _ in 1 2; do as bruno sync >/dev/null; done
  printf '%s\n' '# Note' '' '- first of all we met in the yard' "$@" | diff - bruno/w/01-note.md
  [ "$(git -C bruno rev-parse HEAD)" = "$(git -C shared.git rev-parse main)" ]
  [ -z "$(git -C shared.git log --format=%h -S 'a secret' main)" ]
  [ "$(git -C shared.git log --format=%an -S 'by bruno' main)" = bruno ]
  as bruno audit --verify
}

@test "taken as it is, with what was written late before: that alone is added" {
  secret_away written_late
  is_away '- something wholly new in its place' '- something else' '- by bruno'
}

@test "taken as it is, and an editor saves what it was before: that alone is added" {
  secret_away cp bruno/w/01-note.md shown
  { cat shown && echo '- by bruno'; } >bruno/w/01-note.md
  is_away '- something wholly new in its place' '- by bruno'
}
