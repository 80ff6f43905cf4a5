#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/contributions.h"
#include "cmd/sync_report.h"
#include "cmd/sync_steps.h"
#include "core/file.h"
#include "core/message.h"

static const struct str bundle_name = {"atelier.bundle", sizeof "atelier.bundle" - 1};

/* The file that is carried, beside it the one that is being written, in a folder that is there. */
struct bundle {
	const char *folder, *path, *unfinished;
	bool is_there;
};

static err find_bundle(struct arena *arena, const char *folder, struct bundle *out)
{
	struct stat about;

	out->folder = folder;
	out->path = str_printf(arena, "%s/%.*s", out->folder, STR_ARGS(bundle_name)).at;
	out->unfinished = str_printf(arena, "%s/.%.*s.new", out->folder, STR_ARGS(bundle_name)).at;
	if (stat(out->folder, &about) < 0 || !S_ISDIR(about.st_mode))
		return err_new(STATUS_BAD_INPUT, _("%s: this is not a folder."), folder);
	/* A link could lead anywhere, and would be replaced. */
	out->is_there = lstat(out->path, &about) == 0;
	if (out->is_there && !S_ISREG(about.st_mode))
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("%s: this is not a regular file."), out->path),
			_("Take it away, or name another folder."));
	return NULL;
}

/*
 * Have both nothing in common but the first files of a folder, which are nobody's? Two sets
 * of notes may have met on one stick by mistake.
 */
static err began_apart(const struct sync *sync, struct object_id carried, bool *out)
{
	struct object_id *common;
	struct commit first;
	size_t count;
	err e = repo_merge_bases(sync->arena, sync->repo, sync->head, &carried, 1, &common, &count);

	*out = false;
	if (e || count != 1 || object_id_equal(common[0], sync->head) ||
	    object_id_equal(common[0], carried) ||
	    (e = repo_commit_read(sync->arena, sync->repo, common[0], &first)))
		return e;
	*out = first.parent_count == 0 && !commit_is_by_person(&first);
	return NULL;
}

/* What the file holds becomes the only other version that this sync knows of. */
static err take_in(struct sync *sync, const struct bundle *bundle)
{
	struct sync_remote *remote = arena_array(sync->arena, struct sync_remote, 1);
	bool apart = false;
	err e;

	*remote = (struct sync_remote){
		.name = STR("carry"), .url = str_of(bundle->path), .bundle = true};
	sync->remotes = remote;
	sync->remote_count = 1;
	if (!bundle->is_there) {
		/* What an earlier one held is not to be taken for this one's. */
		remote->branch = sync->branch;
		return sync_unite(sync);
	}
	if (repo_is_shallow(sync->repo))
		return err_advise(err_new(STATUS_BAD_INPUT,
					  _("this copy has only the latest part of the history")),
				  _("Sync it once with the others, then carry it."));
	if ((e = sync_fetch(sync)))
		return e;
	if (remote->fetched.outcome != TRANSPORT_DONE)
		return err_advise(
			err_new(STATUS_BAD_INPUT, _("%s: this cannot be read: it said “%.*s”"),
				bundle->path, STR_ARGS(remote->fetched.said)),
			_("It stays as it is. Move it away if it is damaged, then carry again."));
	if (remote->newer)
		return sync_needs_newer();
	if (!object_id_is_none(sync->head) && !object_id_is_none(remote->tip))
		e = began_apart(sync, remote->tip, &apart);
	if (e || (e = sync_unite(sync)))
		return e;
	sync->plan.unrelated |= apart;
	return NULL;
}

/* Makes the new file durable before it takes the place of the old one. */
static err put_in_place(const struct bundle *bundle)
{
	err e = file_sync(bundle->unfinished);

	if (e)
		return e;
	if (rename(bundle->unfinished, bundle->path) < 0)
		return err_errno(bundle->path, _("cannot write"));
	return file_sync_folder(bundle->folder);
}

static err write_anew(struct sync *sync, const struct bundle *bundle)
{
	struct transport_result written;
	err e;

	unlink(bundle->unfinished);
	if ((e = transport_write_bundle(sync->arena, sync->repo, bundle->unfinished, sync->branch,
					&written)))
		return e;
	if (written.outcome != TRANSPORT_DONE)
		e = err_advise(err_new(STATUS_IO, _("%s: cannot write: it said “%.*s”"),
				       bundle->path, STR_ARGS(written.said)),
			       _("Look whether there is room, and whether you may write there."));
	if (e || (e = put_in_place(bundle)))
		unlink(bundle->unfinished);
	return e;
}

static err give(struct sync *sync, const struct bundle *bundle)
{
	struct sync_remote *remote = &sync->remotes[0];
	bool has_all;
	err e;

	if (object_id_is_none(sync->head))
		return err_new(STATUS_BAD_INPUT, _("there is nothing to carry yet"));
	has_all = object_id_equal(remote->tip, sync->head);
	e = write_anew(sync, bundle);
	/* By its first lines: what comes behind them may be damaged, so it is written, too. */
	if (has_all) {
		err_free(e);
		return NULL;
	}
	if (e)
		return e;
	remote->fetched.outcome = remote->pushed.outcome = TRANSPORT_DONE;
	remote->push_tried = true;
	remote->tip = sync->head;
	return NULL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct sync sync = {.options = {.asks = true}};
	struct bundle bundle = {0};
	const char *folder = file_real(&app->arena, argv[1]);
	err e;

	(void)argc;
	if (!folder)
		return fail(app, err_advise(err_errno(argv[1], _("cannot enter")),
					    _("Name a folder that is there, such as that of a USB "
					      "stick.")));
	if ((e = find_bundle(&app->arena, folder, &bundle)))
		return fail(app, e);
	if ((e = sync_open(app, &sync)) || (e = sync_snapshot(&sync)) ||
	    (e = take_in(&sync, &bundle)) || (e = give(&sync, &bundle)))
		goto done;
	e = sync_report(app, &sync);
done:
	sync_close(&sync);
	return fail(app, e);
}

const struct command command_carry = {
	.name = "carry",
	.french = "emporter",
	.arguments = N_("DIR"),
	.summary = N_("exchange with others by a file on a USB stick"),
	.details = N_("The file atelier.bundle in DIR holds the notes of whoever carried it last. "
		      "What it holds is joined with yours as in a sync, then it is replaced by "
		      "what you have now. So it goes both ways, from one machine to the next, "
		      "without network. A new copy: atelier join DIR/atelier.bundle"),
	.least = 1,
	.most = 1,
	.needs = NEEDS_REPOSITORY,
	.examples = N_("atelier carry /media/stick\n"
		       "atelier join /media/stick/atelier.bundle my-notes"),
	.run = run,
};
