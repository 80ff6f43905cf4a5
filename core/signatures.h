/*
 * Which versions are signed, and by whom, as the `git` program and ssh-keygen
 * find against the allowed-signers file of this machine; never one that came
 * with the notes.
 */
#ifndef CORE_SIGNATURES_H
#define CORE_SIGNATURES_H

#include "core/repo.h"

enum signature_state {
	SIGNATURE_NONE,
	SIGNATURE_GOOD,
	SIGNATURE_DOUBTFUL, /* bad, or by a key that is not on the list */
};

struct signed_commit {
	struct object_id id;
	enum signature_state state;
	struct str signer; /* as the list names whose key it is: an address, mostly */
};

struct signatures {
	struct signed_commit *all; /* those that are signed, by id */
	size_t count;
	bool incomplete; /* git was ended, took too long or had too much to say: there are none */
};

/*
 * Checks what is recorded. Where no file of allowed signers is set
 * (gpg.ssh.allowedSignersFile), nothing is checked and `out` is empty.
 * cost: one process, and one more for each signed version
 */
err signatures_read(struct arena *arena, const struct repo *repo,
		    struct signatures *out) ERR_MUST_CHECK;
/* NULL: not signed, or not checked. */
const struct signed_commit *signature_of(const struct signatures *signatures, struct object_id id);

#endif
