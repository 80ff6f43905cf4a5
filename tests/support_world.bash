# Notes in which the examples of every command's help find what they name, in both languages.

# world FOLDER: what Anne and Bruno share is in FOLDER/hub.git, Anne's copy in FOLDER/notes
world() {
  git init -q --bare -b main "$1/hub.git"
  atelier init "$1/notes" --remote "$1/hub.git" >/dev/null
  cd "$1/notes"
  mkdir templates
  for template in council conseil; do
    printf 'Questions\n\nWhat is there to decide?\n\nDiscussion\n' >"templates/$template.txt"
  done
  compost
  to_choose my-workshop 'The budget voted is'
  to_choose mon-atelier 'Le budget voté est de'
  mkdir emergence
  printf 'title: Emergence\n' >emergence/workshop.yml
  printf '# Ideas to explore\n\n- Cooperation between the houses of the street\n' >emergence/04-ideas.md
  atelier sync >/dev/null
  bruno
  cd "$1/notes"
  printf -- '- Rain is what the lid is for\n- Le couvercle est là pour la pluie\n' >>compost/03-discussion.md
  atelier sync >/dev/null
}

# compost: the workshop that most examples are about
compost() {
  mkdir compost
  printf 'title: Compost\npeople:\n  - {heading: Hosts, role: facilitator, names: [Omar Benali]}\n' >compost/workshop.yml
  printf '# Questions\n\n- Who will come in winter?\n' >compost/01-questions.md
  cat >compost/03-discussion.md <<'NOTE'
# Discussion

- A cover keeps the rain out, whatever it is made of
- Une bâche garde de la pluie, quelle qu’elle soit
- We put a lid on the heap in the autumn
- Everybody should cover the compost before the frost
- On a mis un couvercle sur le tas à l’automne
- Chacun devrait couvrir le compost avant le gel
- Omar: it is enough to turn the heap every other week
- On peut retourner le tas quand on passe
- One stirs it and has to keep it wet, all year round
- Il faut le remuer et le garder humide, toute l’année
- We ordered two bins for the yard
- The town would like ten bins for the yard
- On a commandé deux bacs pour la cour
- La ville voudrait dix bacs pour la cour
- A lid keeps the rain in, said someone
- Un couvercle garde la chaleur, dit quelqu’un
NOTE
}

# to_choose WORKSHOP WORDS: one with two wordings of a point and of a value
to_choose() {
  mkdir "$1"
  printf 'title: %s\nplace: Brest\ndate: 2026-06-01\ndate ⟨version⟩:\n  - 2026-06-02\n' "$1" >"$1/workshop.yml"
  printf '# Discussion\n\n- %s 12 000 € ⟨version 1⟩\n- %s 12 500 € ⟨version 2⟩\n' "$2" "$2" >"$1/03-discussion.md"
}

# bruno: rewords a point and deletes two, in his own copy
bruno() {
  atelier join ../hub.git ../bruno >/dev/null
  cd ../bruno
  sed -i 's/every other week/every week/; /A lid keeps the rain/d; /Un couvercle garde/d' compost/03-discussion.md
  atelier --as "Bruno <bruno@example.org>" sync >/dev/null
  cd ../notes
  atelier sync >/dev/null
}

# documents: puts what people have lying about where they type
documents() {
  printf 'Session 2\n\nDiscussion\n\n- we met in the yard\n' >session-2.txt
  cp session-2.txt seance-2.txt
  printf '# A note\n\n- one point\n' >base.md
  for side in mine theirs la-mienne la-leur; do
    sed "s/one point/one point of $side/" base.md >"$side.md"
  done
  printf 'text_a\ttext_b\nThe heap is warm\tThe heap is warm\n' >pairs.tsv
  cp pairs.tsv paires.tsv
  printf '{"pad:p":{"atext":{"text":"Pad\\n\\n","attribs":"|2+5"},"head":0,"pool":{"numToAttrib":{},"nextNum":0}}}' >pad.etherpad
}
