#include "merge/tell.h"

#include "core/label.h"
#include "merge/dictionary.h"

static void tell_first(struct arena *arena, struct merged *merged, struct decision decision)
{
	struct decision *all = arena_array(arena, struct decision, merged->decision_count + 1);

	all[0] = decision;
	for (size_t i = 0; i < merged->decision_count; i++)
		all[i + 1] = merged->decisions[i];
	merged->decisions = all;
	merged->decision_count++;
}

static const struct str label = {LABEL_OF_KEY ":", sizeof LABEL_OF_KEY ":" - 1};

static void add_labelled(struct dictionary *lines, struct str text)
{
	struct str line;

	while (str_next_line(&text, &line))
		if (str_contains(line, label))
			word_id(lines, str_trim(line));
}

void merged_tell_values(struct arena *arena, struct merge_input input, struct str yaml,
			struct merged *merged)
{
	struct arena scratch = {0};
	struct dictionary lines = {.arena = &scratch};
	struct str rest = yaml, line;
	size_t room = merged->decision_count;

	if (!str_contains(yaml, label))
		return;
	add_labelled(&lines, input.ours);
	add_labelled(&lines, input.theirs);
	const size_t known = lines.count;
	for (uint32_t number = 1; str_next_line(&rest, &line); number++) {
		if (!str_contains(line, label) || word_id(&lines, str_trim(line)) <= known)
			continue;
		arena_push(arena, merged->decisions, merged->decision_count, room);
		merged->decisions[merged->decision_count++] =
			(struct decision){DECISION_VARIANTS, number, str_trim(line)};
	}
	arena_free(&scratch);
}

/* The front matter of a result whose sides have one. */
static struct str front_of(struct str text)
{
	return str_slice(text, 0, str_find(text, STR("\n---"), 0));
}

struct merged merged_told(struct arena *arena, struct merge_input input, struct merged merged,
			  struct finding refused)
{
	if (str_starts(input.ours, STR("---")) && str_starts(input.theirs, STR("---")))
		merged_tell_values(arena, input, front_of(merged.text), &merged);
	if (merged.degraded != DEGRADED_NOT)
		tell_first(arena, &merged, (struct decision){DECISION_DEGRADED, 1, refused.text});
	return merged;
}
