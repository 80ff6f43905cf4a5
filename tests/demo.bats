# The demonstration is the first thing a stranger sees: it works, in both languages.

setup() {
  demo="$BATS_TEST_DIRNAME/demo.sh"
  seed="$BATS_TEST_DIRNAME/../../shared/seed/emergence-session-2.txt"
}

# shown LANGUAGE [NOTE]: runs the demo; the three copies must be equal
shown() {
  run env ATELIER_LANG="$1" sh "$demo" "$PROGRAMS/atelier" ${2:+"$2"}
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$(printf '%s\n' "$output" | wc -l)" -le 80 ]
  states=$(printf '%s\n' "$output" | awk '$1 ~ /^(anne|bruno|claire)$/ && NF == 3 { print $2, $3 }' | sort -u)
  [ "$(printf '%s\n' "$states" | wc -l)" -eq 1 ]
  [ -n "$states" ]
  ! printf '%s\n' "$output" | grep -iwE 'branch|HEAD|rebase|origin|refs?|conflict|conflit|<<<<<<<|>>>>>>>' || false
}

# told LANGUAGE: what the demo says is what the transcript has; its last ids depend on the clock
told() {
  shown "$1"
  printf '%s\n' "$output" | sed -E 's/^(   [a-z]+ +[0-9a-f]{16}  )[0-9a-f]{16}$/\1(history)/' |
    diff "$BATS_TEST_DIRNAME/../fixtures/demo/$1.txt" -
}

@test "demo: the transcript, in French" {
  told fr
}

@test "demo: the transcript, in English" {
  told en
}

@test "demo: the sample, in French" {
  shown fr
  [[ "$output" == *"⟨version 2⟩"* ]]
  [[ "$output" == *"prévoir un temps d’échange"* ]]
  [[ "$output" == *"inviter aussi les voisins"* ]]
  [[ "$output" == *"la ville en donne si on le demande deux semaines avant"* ]]
}

@test "demo: the sample, in English" {
  shown en
  [[ "$output" == *"⟨version 2⟩"* ]]
  [[ "$output" == *"keep time to talk"* ]]
  [[ "$output" == *"invite the neighbours"* ]]
  [[ "$output" == *"gives them away if asked two weeks before"* ]]
}

@test "demo: a real note" {
  [ -r "$seed" ] || skip "no note beside the project"
  shown fr "$seed"
  [[ "$output" == *"⟨version 2⟩"* ]]
  [[ "$output" == *"Déplacé, avec ce que d’autres y ont changé"* ]]
  [[ "$output" == *"05-pistes.md"* ]]
}
