#include "cmd/trace_cache.h"

#include <string.h>

#include "core/bytes.h"
#include "core/doc.h"
#include "core/file.h"
#include "merge/trace.h"

enum {
	MOST_BYTES = 128 << 20,
	ROOM_FOR_COMMIT = 256, /* of what stands in a record beside the trace's own; may be more */
};

/* A bit of all that a note can hold. */
static const char sample[] =
	"---\ntitle: A\n---\n# One #\nTwo\n===\n\n- a point, “said” d’Anne\nand more\n"
	"  - [x] deeper\u00a0\u2013 cafe\u0301 ⟨version 1⟩\n\n    its paragraph\n- # title\n- - x\n"
	"- ```\n  code\n  ```\n\n2. two\n10) ten\n\n    code\n> quote\nlazy\n\n"
	"| a | b |\n| - | :-: |\n| c | d ⟨version 2⟩ |\n\n<div>\n# no heading\n</div>\n\n* * *\n"
	"[label]: target\n[^note]: a footnote\n~~~\n- fenced\n~~~\n<!-- a\n\nb -->\r\n+\ttab\r\n"
	"text https://a.example\n\n\n";

/* Tells one way to read notes from another: records count blocks and hold keys of them. */
static struct key key_of_reading(struct arena *arena)
{
	struct doc doc = doc_read(arena, str_of(sample));
	struct buf read = {.arena = arena};

	for (size_t i = 0; i < doc.count; i++) {
		const struct block *block = &doc.blocks[i];

		bytes_add_number(&read, block->kind);
		bytes_add_number(&read, (uint64_t)(block->raw.at - doc.source.at));
		bytes_add_text(&read, doc_point_text(arena, block));
		bytes_add_text(&read, doc_normal(arena, block));
		buf_add(&read, (struct str){(const char *)&block->normal, sizeof block->normal});
	}
	return key_of(buf_str(&read));
}

/*
 * How the file begins: of another version, another way to read notes, or another kind of
 * machine, it is of no use.
 */
static struct str header(struct arena *arena)
{
	const uint32_t order = 0x01020304;

	return str_printf(arena, "atelier trace %d.%u.%zu.%.*s\n", TRACE_VERSION,
			  *(const unsigned char *)&order, sizeof(size_t),
			  STR_ARGS(key_hex(arena, key_of_reading(arena), 16)));
}

/* --- reading ---------------------------------------------------------------- */

static struct object_id read_id(struct bytes_reader *in)
{
	struct object_id id = OBJECT_ID_NONE;
	struct str bytes = bytes_take(in, OBJECT_ID_BYTES);

	if (bytes.len)
		memcpy(id.bytes, bytes.at, OBJECT_ID_BYTES);
	return id;
}

static struct signature read_signature(struct bytes_reader *in)
{
	struct signature signature = {0};

	signature.name = bytes_text(in);
	signature.email = bytes_text(in);
	signature.time = bytes_signed(in);
	signature.offset_minutes = (int)bytes_signed(in);
	return signature;
}

static struct history_commit read_commit(struct arena *arena, struct bytes_reader *in,
					 uint32_t number)
{
	struct history_commit commit = {0};
	uint32_t *parents;

	commit.id = read_id(in);
	commit.tree = read_id(in);
	commit.parent_count = bytes_count(in);
	parents = arena_array(arena, uint32_t, commit.parent_count);
	for (uint32_t i = 0; i < commit.parent_count; i++)
		parents[i] = bytes_below(in, number);
	commit.parents = parents;
	commit.author = read_signature(in);
	commit.committer = read_signature(in);
	commit.automatic = bytes_below(in, 2);
	return commit;
}

/* Takes over a record whose key is right. out: false: it cannot be read */
static bool read_record(struct arena *arena, struct trace_cache *cache, struct str record)
{
	struct history_graph *graph = &cache->graph;
	struct bytes_reader in = {.rest = record};
	struct history_commit commit = read_commit(arena, &in, graph->count);

	if (in.failed || id_table_add(arena, &graph->numbers, commit.id) != graph->count)
		return false;
	for (uint32_t left = bytes_count(&in); left && !in.failed; left--)
		id_table_add(arena, &cache->blobs, read_id(&in));
	if (in.failed)
		return false;
	arena_push(arena, graph->commits, graph->count, graph->room);
	cache->records[graph->count] = in.rest;
	cache->blob_count[graph->count] = cache->blobs.count;
	graph->commits[graph->count++] = commit;
	return true;
}

static struct key key_behind(const struct trace_cache *cache, uint32_t count, struct str record)
{
	struct key none = {0};

	return key_chain(count ? cache->keys[count - 1] : none, key_of(record));
}

/* Takes the next record off `in` if it is whole and right. */
static bool next_record(const struct trace_cache *cache, struct bytes_reader *in, struct str *out,
			struct key *key)
{
	struct str bytes;

	*out = bytes_text(in);
	bytes = bytes_take(in, sizeof *key);
	if (in->failed)
		return false;
	memcpy(key, bytes.at, sizeof *key);
	return key_equal(*key, key_behind(cache, cache->graph.count, *out));
}

static void make_room(struct arena *arena, struct trace_cache *cache, uint32_t *room)
{
	uint32_t count = cache->graph.count, more = 2 * *room + 256;

	if (count < *room)
		return;
	cache->records = arena_grow(arena, cache->records, count, more, sizeof *cache->records);
	cache->blob_count =
		arena_grow(arena, cache->blob_count, count, more, sizeof *cache->blob_count);
	cache->ends = arena_grow(arena, cache->ends, count, more, sizeof *cache->ends);
	cache->keys = arena_grow(arena, cache->keys, count, more, sizeof *cache->keys);
	*room = more;
}

static void read_records(struct arena *arena, struct trace_cache *cache, struct str bytes)
{
	struct str start = header(arena), record;
	struct bytes_reader in = {.rest = bytes};
	uint32_t room = 0;

	cache->torn = bytes.len > 0;
	if (!str_starts(bytes, start))
		return;
	bytes_take(&in, start.len);
	cache->bytes = start;
	for (;;) {
		struct key key;

		make_room(arena, cache, &room);
		if (!next_record(cache, &in, &record, &key) || !read_record(arena, cache, record))
			break;
		cache->keys[cache->graph.count - 1] = key;
		cache->ends[cache->graph.count - 1] = bytes.len - in.rest.len;
	}
	if (cache->graph.count)
		cache->bytes = str_slice(bytes, 0, cache->ends[cache->graph.count - 1]);
	cache->torn = cache->bytes.len < bytes.len;
}

void trace_cache_open(struct arena *arena, const struct repo *repo, struct trace_cache *out)
{
	const char *folder = repo_state_folder(repo);
	struct str path = str_printf(arena, "%s/trace", folder), bytes = {0};

	*out = (struct trace_cache){.path = path.at};
	/* Who cannot write, or finds no file, goes on without. */
	err_free(lock_take(str_printf(arena, "%s/trace-lock", folder).at, 0, &out->lock));
	err_free(file_read(arena, out->path, MOST_BYTES, &bytes));
	read_records(arena, out, bytes);
}

/* --- writing ---------------------------------------------------------------- */

static void add_id(struct buf *out, struct object_id id)
{
	buf_add(out, (struct str){(const char *)id.bytes, OBJECT_ID_BYTES});
}

static void add_signature(struct buf *out, const struct signature *signature)
{
	bytes_add_text(out, signature->name);
	bytes_add_text(out, signature->email);
	bytes_add_signed(out, signature->time);
	bytes_add_signed(out, signature->offset_minutes);
}

static void add_commit(struct buf *out, const struct history_commit *commit)
{
	add_id(out, commit->id);
	add_id(out, commit->tree);
	bytes_add_number(out, commit->parent_count);
	for (uint32_t i = 0; i < commit->parent_count; i++)
		bytes_add_number(out, commit->parents[i]);
	add_signature(out, &commit->author);
	add_signature(out, &commit->committer);
	bytes_add_number(out, commit->automatic);
}

/* What is known of a commit, its texts, and what the trace did. */
static struct str record_of(struct arena *arena, const struct trace_found *found, uint32_t commit)
{
	struct buf record = {.arena = arena};
	uint32_t from = commit ? found->blob_count[commit - 1] : 0;

	add_commit(&record, &found->graph.commits[commit]);
	bytes_add_number(&record, found->blob_count[commit] - from);
	for (uint32_t i = from; i < found->blob_count[commit]; i++)
		add_id(&record, found->blobs->ids[i]);
	buf_add(&record, found->records[commit]);
	return buf_str(&record);
}

void trace_cache_write(struct arena *arena, struct trace_cache *cache,
		       const struct trace_found *found)
{
	uint32_t known = found->known, count = found->graph.count;
	bool append = known && known == cache->graph.count && !cache->torn;
	struct buf out = {.arena = arena};
	struct key key = {0};
	size_t room = append ? 0 : cache->bytes.len + 64;

	if (!cache->lock.descriptor || count == known)
		return;
	for (uint32_t i = known; i < count; i++)
		room += found->records[i].len + ROOM_FOR_COMMIT;
	out.at = arena_alloc(arena, room, 1);
	out.room = room;
	if (known)
		key = cache->keys[known - 1];
	if (!append)
		buf_add(&out,
			known ? str_slice(cache->bytes, 0, cache->ends[known - 1]) : header(arena));
	for (uint32_t i = known; i < count; i++) {
		struct str record = record_of(arena, found, i);

		key = key_chain(key, key_of(record));
		bytes_add_text(&out, record);
		buf_add(&out, (struct str){(const char *)&key, sizeof key});
	}
	if (out.len + (append ? cache->bytes.len : 0) > MOST_BYTES)
		return;
	err_free(append ? file_append_cache(cache->path, buf_str(&out))
			: file_replace(cache->path, buf_str(&out)));
}

void trace_cache_close(struct trace_cache *cache)
{
	lock_release(&cache->lock);
}
