#include "core/repo_private.h"

/*
 * libgit2, as Debian builds it, reads every certificate of the machine when it
 * starts: 3 ms of each run, for a transport of its own that nothing here uses (git
 * itself goes to other machines). These two stand in for the functions of Mbed TLS
 * that it calls for that, and read none; the linker prefers them. Where libgit2 is
 * built on another library they are never called.
 * source: libgit2 1.5, src/libgit2/streams/mbedtls.c
 */
int mbedtls_x509_crt_parse_file(void *chain, const char *path);
int mbedtls_x509_crt_parse_path(void *chain, const char *path);

int mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

int mbedtls_x509_crt_parse_path(void *chain, const char *path)
{
	(void)chain;
	(void)path;
	return 0;
}

/*
 * Objects and references are on the disk before we say so; a tree is checked by us, not by it.
 * Of packs only pieces stay mapped: a whole history read would hold all of them in memory.
 */
void repo_start(void)
{
	const size_t piece = (size_t)8 << 20, all_pieces = (size_t)32 << 20;

	git_libgit2_init();
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, piece);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, all_pieces);
}
