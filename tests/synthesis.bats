#!/usr/bin/env bats
# What several workshops say, each idea once: as JSON, as a note, as a page.

setup() {
  cd "$BATS_TEST_TMPDIR"
  atelier="$PROGRAMS/atelier"
  "$atelier" init notes --language fr >/dev/null
  mkdir -p notes/avril notes/mai
  printf 'title: Atelier d’avril\npeople:\n  - {heading: Porteurs, role: facilitator, names: [Omar Benali]}\n' \
    >notes/avril/workshop.yml
  cat >notes/avril/01-questions.md <<'NOTE'
# Questions

- Comment ouvrir le jardin le soir ?
NOTE
  cat >notes/avril/02-synthese.md <<'NOTE'
# Synthèse

- un besoin ressenti d'avance ensemble, de faire communauté
  - ouvrir aux voisins de la rue
- la coopération rime aussi avec frugalité

| qui | quoi |
|---|---|
| Omar | clés |
NOTE
  cat >notes/avril/03-discussion.md <<'NOTE'
# Discussion

- un besoin ressenti d'avancer ensemble
  - Omar : surtout en hiver
- La coopération rime aussi avec frugalité !
- le wiki reste à relire avant l'été
NOTE
  cat >notes/mai/04-idees.md <<'NOTE'
# Idées à creuser

- la coopération rime aussi avec frugalité
- peser les seaux chaque mois
NOTE
  as Anne sync >/dev/null
}

# as NAME COMMAND…
as() {
  "$atelier" -C notes --as "$1 <$(echo "$1" | tr 'A-Z' 'a-z')@example.org>" "${@:2}"
}

# synthesis PYTHON [ARGUMENT…]: over `whole`, the JSON; idea(PIECE) is the one that shows it
synthesis() {
  as Anne synthesis --format json "${@:2}" | python3 -c "
import json, sys
whole = json.load(sys.stdin)
def idea(piece):
    return next(i for s in whole['sections'] for i in s['ideas'] if piece in i['text'])
$1
"
}

@test "JSON: the keys that programs read" {
  synthesis '
assert list(whole) == ["v", "workshops", "sections", "variants", "people"], list(whole)
assert whole["v"] == 1
assert [w["workshop"] for w in whole["workshops"]] == ["avril", "mai"]
assert whole["workshops"][0]["title"] == "Atelier d’avril"
assert [s["kind"] for s in whole["sections"]] == ["questions", "synthesis", "discussion", "ideas"]
for section in whole["sections"]:
    assert list(section) == ["kind", "title", "ideas"]
    for each in section["ideas"]:
        assert list(each) == ["text", "points", "contributors", "speakers", "carried_by"]
        assert each["text"] == each["points"][0]["text"]
        assert each["contributors"] == [{"name": "Anne", "email": "anne@example.org"}]
assert whole["people"][0]["name"] == "Anne" and whole["people"][0]["wrote"] == 10'
}

@test "the page tells the day that the writer's clock showed" {
  mkdir notes/juin
  printf '# Idées\n\n- arroser quand la nuit tombe\n' >notes/juin/01-idees.md
  git -C notes add juin
  at='1700002800 +0200'
  GIT_AUTHOR_DATE="$at" GIT_COMMITTER_DATE="$at" \
    git -C notes -c user.name=Zoe -c user.email=zoe@example.org commit -q -m note
  run as Anne --lang en synthesis juin --format html
  [[ "$output" == *"Written by Zoe, 15 November 2023"* ]]
}

@test "an empty bullet is no idea, in any format" {
  printf -- '- \n-\n' >>notes/mai/04-idees.md
  synthesis 'assert all(i["text"] for s in whole["sections"] for i in s["ideas"]), whole'
  as Anne synthesis >"$BATS_TEST_TMPDIR/note.md"
  ! grep -qxE -- '- *' "$BATS_TEST_TMPDIR/note.md" || false
}

@test "an idea stands once, with every point that says it, over workshops" {
  synthesis '
frugal = idea("frugalité")
assert [(p["workshop"], p["line"]) for p in frugal["points"]] == [("avril", 5), ("avril", 5), ("mai", 3)], frugal
assert [p["file"] for p in frugal["points"]][0] == "avril/02-synthese.md"
assert sum("frugalité" in i["text"] for s in whole["sections"] for i in s["ideas"]) == 1'
}

@test "what the discussion says of an idea stands with it, details and all, and not again" {
  synthesis '
need = idea("faire communauté")
assert [(c["text"], c["level"]) for c in need["carried_by"]] == [
    ("un besoin ressenti d'"'"'avancer ensemble", "near"), ("Omar : surtout en hiver", "detail")], need["carried_by"]
discussion = next(s for s in whole["sections"] if s["kind"] == "discussion")
assert [i["text"] for i in discussion["ideas"]] == ["le wiki reste à relire avant l'"'"'été"]
omar = next(p for p in whole["people"] if p["name"] == "Omar Benali")
assert omar["said"] == 1 and omar["email"] is None'
}

@test "every point stands in exactly one idea, or is carried" {
  as Anne audit --json >points
  synthesis '
told = [(p["file"], p["line"]) for s in whole["sections"] for i in s["ideas"] for p in i["points"]]
carried = {(p["file"], p["line"]) for s in whole["sections"] for i in s["ideas"] for p in i["carried_by"]}
points = {(p["file"], p["line"]) for p in map(json.loads, open("points"))}
assert len(told) == len(set(told)) and set(told) | carried == points and not set(told) & carried'
}

@test "people decide: same joins, different parts, part-of carries" {
  as Anne same "peser les seaux" "ouvrir aux voisins" >/dev/null
  as Anne different avril/02-synthese.md:3 avril/03-discussion.md:3 >/dev/null
  as Anne part-of "le wiki reste" "Comment ouvrir" >/dev/null
  synthesis '
assert len(idea("ouvrir aux voisins")["points"]) == 2
assert [c["text"] for c in idea("Comment ouvrir")["carried_by"]] == ["le wiki reste à relire avant l'"'"'été"]
assert idea("faire communauté")["carried_by"] == []
assert idea("avancer ensemble")'
}

@test "one workshop of several, by a piece of its name" {
  synthesis '
assert [w["workshop"] for w in whole["workshops"]] == ["mai"]
assert [s["kind"] for s in whole["sections"]] == ["ideas"] and len(whole["sections"][0]["ideas"]) == 2' mai
  run as Anne synthesis juin
  [ "$status" -eq 65 ]
}

@test "what is left to choose, in every format" {
  printf '# Synthèse\n\n- on sème en mai ⟨version 1⟩\n- on sème en juin ⟨version 2⟩\n' >notes/mai/02-synthese.md
  synthesis '
assert [v["wordings"] for v in whole["variants"]] == [["on sème en mai", "on sème en juin"]]
assert list(whole["variants"][0]) == ["workshop", "file", "line", "id", "wordings"]' mai
  as Anne synthesis mai | grep -F '2. on sème en juin'
  as Anne synthesis mai --format html | grep -F 'on sème en juin'
}

@test "a note: sections, places, people, and tables behind their points" {
  run as Anne --lang fr synthèse
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = --- ]
  [ "${lines[1]}" = "generated: atelier" ]
  [[ "$output" == *"# Synthèse de 2 ateliers"* ]]
  [[ "$output" == *"- un besoin ressenti d'avance ensemble, de faire communauté"*"03-discussion.md:3"*"  - ouvrir aux voisins"* ]]
  [[ "$output" == *"| Omar | clés |"* ]]
  [[ "$output" == *"dit par Omar Benali"* ]]
  [ "$(as Anne --lang fr synthese --format md)" = "$output" ]
}

@test "-o: made files are left out, notes are not replaced" {
  as Anne synthesis -o avril/05-tout.md
  as Anne synthesis -o avril/05-tout.md
  as Anne synthesis >again.md
  cmp notes/avril/05-tout.md again.md
  as Anne synthesis -o tout.json
  python3 -m json.tool notes/tout.json >/dev/null
  as Anne synthesis -o tout.html
  grep -q '<!DOCTYPE html>' notes/tout.html
  cp notes/avril/02-synthese.md before
  run as Anne synthesis -o avril/02-synthese.md
  [ "$status" -eq 65 ]
  cmp notes/avril/02-synthese.md before
  as Anne synthesis -o /dev/stdout >through.md
  cmp through.md again.md
}

@test "hostile notes: HTML, links, turned lines and huge words are text" {
  mkdir notes/mal
  python3 - >notes/mal/01.md <<'PYTHON'
print("# Questions <script>alert(1)</script>\n")
for text in ("<img src=x onerror=alert(2)> seen", "[a](javascript:alert(3)) and [b](data:text/html,x)",
             "right \u202egnp.exe\u202c left", "w" * 20000, "</style></script><script>alert(4)</script>",
             "![c](https://example.org/c.png)", "a \"quote\" & 'another'"):
    print("- " + text)
PYTHON
  printf 'title: "</title><script>alert(5)</script>"\n' >notes/mal/workshop.yml
  as '"onclick="alert(6)' sync >/dev/null
  as Anne synthesis mal --format html >page
  python3 - <<'PYTHON'
import html.parser
class Page(html.parser.HTMLParser):
    text, tags = "", []
    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            assert not name.startswith("on") and name not in ("src", "action"), (tag, name)
            if name == "href":
                assert value.startswith(("#", "https://", "data:,")), value
    def handle_data(self, data):
        self.text += data
page = Page(convert_charrefs=True)
whole = open("page").read()
page.feed(whole)
assert page.tags.count("script") == 1 and page.tags.count("style") == 1 and "img" not in page.tags
for text in ("<img src=x onerror=alert(2)> seen", "a (javascript:alert(3)) and b (data:text/html,x)", "right <U+202E>gnp.exe<U+202C> left",
             "w" * 20000, "</style></script><script>alert(4)</script>", "a \"quote\" & 'another'", "</title><script>alert(5)</script>"):
    assert text in page.text, text
assert "\u202e" not in whole
PYTHON
  as Anne synthesis mal --format json | python3 -m json.tool >/dev/null
}

@test "a link finds its target elsewhere in the section, a box shows, a table stays" {
  printf '# Idées\n\n- lire [la lettre][1] avant mai\n- [x] fait\n\n[1]: https://example.org/lettre\n[2]: https://example.org/autre\n' \
    >notes/mai/05-idees.md
  as Anne synthesis --format html >page
  grep -qF '<a href="https://example.org/lettre">la lettre</a>' page
  ! grep -q 'example.org/autre' page || false
  grep -q '☑' page
  grep -q '<td>clés</td>' page
}

@test "--json says JSON too, and French speaks French" {
  [ "$(as Anne synthesis --json)" = "$(as Anne synthesis --format json)" ]
  as Anne --lang fr synthesis --format html >page
  grep -q '<html lang="fr">' page
  grep -q 'Porté par 2 points de la discussion' page
  grep -q 'Écrit par Anne, le ' page
}

@test "an unknown format is a question of usage" {
  run as Anne synthesis --format pdf
  [ "$status" -eq 2 ]
}

@test "the same bytes again, and on another clone, in every format" {
  git clone -q notes other
  for format in json md html; do
    as Anne synthesis --format $format >one
    as Anne synthesis --format $format >two
    "$atelier" -C other --as "Zoé <zoe@example.org>" synthesis --format $format >three
    cmp one two
    cmp one three
  done
}

@test "thousands who are listed, with the same initials, are told apart in no time" {
  {
    printf 'title: Atelier d’avril\npeople:\n  - {heading: Porteurs, names: [Omar Benali'
    for ((i = 0; i < 6000; i++)); do printf ', Nom%d Suivant%d' "$i" "$i"; done
    printf ']}\n'
  } >notes/avril/workshop.yml
  timeout 30 "$atelier" -C notes synthesis --format json | python3 -c '
import json, sys
signs = [person["initials"] for person in json.load(sys.stdin)["people"]]
assert {"NS", "NS2", "NS6000"} < set(signs) and len(signs) == len(set(signs)), signs[:9]'
}
