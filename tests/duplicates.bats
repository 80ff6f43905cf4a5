#!/usr/bin/env bats
# Ideas said twice: what duplicates finds and why, what people decide, and what stays of it.

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language fr >/dev/null
  mkdir notes/atelier
  cat >notes/atelier/02-synthese.md <<'NOTE'
# Synthèse

- un besoin ressenti d'avance ensemble, de faire communauté
- la coopération rime aussi avec frugalité
- un budget de 12 000 euros pour le jardin partagé
- le wiki reste ouvert à tous les habitants du quartier
- enrichissement par apport des autres, "terreau fertile"
NOTE
  cat >notes/atelier/03-discussion.md <<'NOTE'
# Discussion

- un besoin ressenti d'avancer ensemble
- la coopération rime avec bienveillance
- un budget de 12 500 euros pour le jardin partagé
- le wiki ne reste pas ouvert à tous les habitants du quartier
- Cécile via le chat : enrichissement par apport des autres « terreau fertile »
NOTE
  as_anne sync >/dev/null
}

as_anne() {
  "$atelier" -C notes --as "Anne <anne@example.org>" "$@"
}

# groups PYTHON: over `groups`, what duplicates prints; level(PIECE, PIECE) is that of a pair, or None
groups() {
  as_anne duplicates --json "${@:2}" | python3 -c "
import json, sys
groups = [json.loads(line) for line in sys.stdin]
def level(*pieces):
    for group in groups:
        if all(any(piece in point['text'] for point in group['points']) for piece in pieces):
            return group['level']
$1
"
}

@test "the keys that programs read" {
  groups '
assert groups
for group in groups:
    assert list(group)[:5] == ["v", "level", "score", "why", "points"], group
    assert list(group["why"]) == ["shared", "only_a", "only_b"]
    assert 0 <= group["score"] <= 1
    for point in group["points"]:
        assert list(point) == ["workshop", "file", "line", "id", "text", "email"]
        assert point["email"] == "anne@example.org" and point["workshop"] == "atelier"
near = next(g for g in groups if g["level"] == "near")
assert "besoin" in near["why"]["shared"] and near["why"]["only_b"] == ["communauté"], near'
}

@test "what is the same, near, and what only looks it" {
  groups '
assert level("ressenti d", "faire communauté") == "near"
assert level("terreau fertile", "via le chat") == "identical"
assert level("12 000", "12 500") == "contradicts"
assert level("wiki reste", "wiki ne reste pas") == "contradicts"
assert level("rime avec bienveillance", "rime aussi") is None'
  groups 'assert all(g["level"] in ("identical", "same-words", "near") for g in groups)' --level near
  groups 'assert level("rime avec bienveillance", "rime aussi") == "related"' --level related
}

@test "for people, in French" {
  run as_anne --lang fr doublons
  [ "$status" -eq 0 ]
  [[ "$output" == *"proches"*"%"* ]]
  [[ "$output" == *"seulement le second : communauté"* ]]
  [[ "$output" == *"atelier/02-synthese.md:3"*"Anne"* ]]
  run as_anne duplicates --level nonsense
  [ "$status" -eq 2 ]
}

@test "any folder of notes in git will do" {
  mkdir plain && cd plain && git init -q
  printf -- '- planter des arbres fruitiers\n- Planter des arbres fruitiers !\n' >note.md
  run "$atelier" duplicates --json
  [ "$status" -eq 0 ]
  [[ "$output" == *'"level":"identical"'*'"workshop":"."'*'"file":"note.md"'* ]]
}

@test "a verdict beats the score, in both directions" {
  run as_anne --lang fr différents "faire communauté" "d'avancer ensemble"
  [ "$status" -eq 0 ]
  groups 'assert level("faire communauté", "avancer ensemble") is None'
  as_anne same "rime avec bienveillance" "rime aussi" >/dev/null
  groups 'assert level("rime avec bienveillance", "rime aussi") == "identical"' --level identical
  as_anne part-of "12 000" "wiki reste" >/dev/null
  groups '
found = next(g for g in groups if g.get("verdict") == "part-of")
assert "12 000" in found["points"][0]["text"] and found["level"] == "part-of"'
  grep -q '^- {verdict: different, a: .*, keys: \[.*\], by: Anne}$' notes/ideas.yml
  [ -z "$(git -C notes status --porcelain)" ]
}

@test "a verdict again replaces the one before" {
  as_anne same "faire communauté" "d'avancer ensemble" >/dev/null
  as_anne different "d'avancer ensemble" "faire communauté" >/dev/null
  [ "$(grep -c verdict notes/ideas.yml)" -eq 1 ]
  grep -q 'verdict: different' notes/ideas.yml
  sed -i 's/^- \(.*\)$/[\1]/' notes/ideas.yml
  as_anne same "faire communauté" "d'avancer ensemble" >/dev/null
  [ "$(grep -c '^\[{verdict: same, .*}\]$' notes/ideas.yml)" -eq 1 ]
}

@test "a verdict is added to a list alone: what else ideas.yml holds is told, once, and stays" {
  for held in 'theme: bins' 'bins' '- {verdict: same, a: "x'; do
    echo "$held" >notes/ideas.yml
    run as_anne --lang en same "faire communauté" "d'avancer ensemble"
    [ "$status" -eq 65 ]
    [ "$(grep -c 'ideas.yml' <<<"$output")" -eq 1 ]
    [ "$(cat notes/ideas.yml)" = "$held" ]
  done
  run as_anne duplicates
  [ "$status" -eq 0 ]
  [[ "$output" == *"ideas.yml"* ]]
}

@test "a verdict stands on a line of its own, whatever stands above" {
  printf '# what we decided' >notes/ideas.yml
  as_anne sync >/dev/null
  as_anne same atelier/02-synthese.md:3 atelier/03-discussion.md:4
  [ "$(head -1 notes/ideas.yml)" = '# what we decided' ]
  sed -n 2p notes/ideas.yml | grep -q '^- {verdict: same, a: '
}

@test "a verdict goes with a point that moves and is reworded" {
  as_anne same "rime avec bienveillance" "rime aussi" >/dev/null
  sed -i '/bienveillance/d' notes/atelier/03-discussion.md
  printf '# Conclusion\n\n- la coopération rime avec bienveilance et douceur\n' >notes/atelier/05-conclusion.md
  as_anne sync >/dev/null
  groups 'assert level("bienveilance et douceur", "rime aussi") == "identical", groups'
  run as_anne --lang en duplicates
  [[ "$output" == *"decided, reworded since"* ]]
}

@test "verdicts that speak against each other are told" {
  as_anne same "12 000" "wiki reste" >/dev/null
  as_anne same "wiki reste" "rime aussi" >/dev/null
  run as_anne different "12 000" "rime aussi"
  [ "$status" -eq 0 ]
  [[ "$output" == *"contredisent"* || "$output" == *"against each other"* ]]
  run as_anne duplicates
  [[ "$output" == *"contredisent"* || "$output" == *"against each other"* ]]
}

@test "two people who disagree: both verdicts stay, to be chosen" {
  git init -q --bare shared.git
  git -C notes remote add origin "$PWD/shared.git"
  as_anne sync >/dev/null
  "$atelier" join "$PWD/shared.git" other >/dev/null
  as_anne same "rime avec bienveillance" "rime aussi" >/dev/null
  "$atelier" -C other --as "Bruno <bruno@example.org>" different "rime avec bienveillance" "rime aussi" >/dev/null
  as_anne sync >/dev/null
  "$atelier" -C other --as "Bruno <bruno@example.org>" sync >/dev/null
  as_anne sync >/dev/null
  cmp notes/ideas.yml other/ideas.yml
  grep -q 'verdict: different' notes/ideas.yml
  grep -q 'verdict ⟨version⟩: \[same\]' notes/ideas.yml
  run as_anne duplicates
  [ "$status" -eq 0 ]
  [[ "$output" == *"deux avis"* || "$output" == *"two verdicts"* ]]
}

@test "what was compared before changes nothing, nor does what is broken of it" {
  as_anne duplicates --json --level related >first
  [ -s notes/.git/atelier/alike ]
  as_anne duplicates --json --level related >again
  cmp first again
  size=$(wc -c <notes/.git/atelier/alike)
  for at in 3 20 40 60 75 100 $((size - 5)) $((size - 40)); do
    printf '\377' | dd of=notes/.git/atelier/alike bs=1 seek="$at" conv=notrunc status=none
    as_anne duplicates --json --level related >again
    cmp first again
  done
  head -c 70 notes/.git/atelier/alike >short && cp short notes/.git/atelier/alike
  as_anne duplicates --json --level related >again
  cmp first again
  printf -- '- un besoin ressenti de faire communauté ensemble\n' >>notes/atelier/03-discussion.md
  as_anne duplicates --json >grown
  rm notes/.git/atelier/alike
  as_anne duplicates --json >fresh
  cmp grown fresh
}

@test "wordings of one point are no repetition" {
  printf -- '- Le hangar sera peint en bleu au printemps ⟨version 1⟩\n- Le hangar sera peint en vert au printemps ⟨version 2⟩\n' >>notes/atelier/03-discussion.md
  groups 'assert level("bleu au", "vert au") is None' --level related
}

@test "add and sync say in one line what a new point repeats" {
  run as_anne --lang en add "un besoin resenti d'avancer ensemble"
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = "near: un besoin ressenti d'avancer ensemble (Anne, 03-discussion)" ]
  run as_anne --lang fr add "tout autre chose que cela"
  [ "${#lines[@]}" -eq 1 ]
  printf -- '- Le wiki reste ouvert à tous les habitants de ce quartier\n' >>notes/atelier/03-discussion.md
  run as_anne --lang fr sync
  [ "$status" -eq 0 ]
  [[ "$output" == *"proche de"*"le wiki reste ouvert à tous les habitants du quartier (Anne, 02-synthese)"* ]]
  run as_anne --lang fr sync
  [[ "$output" != *"proche de"* ]]
  printf -- '- Le wiki resterait ouvert à tous les habitants de ce quartier\n' >>notes/atelier/03-discussion.md
  run as_anne --lang fr sync --quiet
  [[ "$output" != *"proche de"* ]]
  run as_anne add "encore un besoin ressenti d'avancer ensemble" --json
  [ "${#lines[@]}" -eq 1 ]
}

@test "what was called different is not near, whoever .mailmap says spoke" {
  text="le jardin partagé ouvrira ses portes aux enfants du quartier"
  printf 'Fatou Sarr <fatou@example.org>\n' >notes/.mailmap
  printf -- '- fatou sarr: %s demain\n' "$text" >>notes/atelier/03-discussion.md
  "$atelier" -C notes --as "Fatou <fatou@example.org>" sync
  as_anne add "$text lundi"
  as_anne different "$text demain" "$text lundi"
  sed -i '/lundi/d' notes/atelier/03-discussion.md
  as_anne sync
  run as_anne add "$text lundi"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 1 ]
}

@test "since: only what has a new point" {
  groups 'assert groups == []' --since 2100-01-01
  groups 'assert groups' --since 2000-01-01
}

@test "only the workshops that are named" {
  mkdir notes/suite
  printf '# Discussion\n\n- un besoin ressenti d’avancer ensemble\n' >notes/suite/03-discussion.md
  groups 'assert any(p["workshop"] == "suite" for g in groups for p in g["points"])'
  run as_anne duplicates suite --json
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  run as_anne duplicates nowhere
  [ "$status" -eq 65 ]
}
