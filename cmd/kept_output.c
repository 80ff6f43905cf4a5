#include "cmd/kept_output.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/file.h"
#include "core/message.h"

enum { MOST_KEPT = 512 * 1024 * 1024 };

err kept_output_begin(struct kept_output *kept)
{
	int memory = memfd_create("output", MFD_CLOEXEC);
	int output = memory < 0 ? -1 : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

	fflush(stdout);
	if (output >= 0 && dup2(memory, STDOUT_FILENO) >= 0) {
		*kept = (struct kept_output){true, memory, output};
		return NULL;
	}
	err e = err_errno(_("standard output"), _("cannot write"));
	if (output >= 0)
		close(output);
	if (memory >= 0)
		close(memory);
	return e;
}

err kept_output_end(struct arena *arena, struct kept_output *kept, struct str *out)
{
	const char *name = _("standard output");
	err e = fflush(stdout) == 0 ? NULL : err_errno(name, _("cannot write"));

	if (!e && lseek(kept->memory, 0, SEEK_SET) < 0)
		e = err_errno(name, _("cannot write"));
	if (!e)
		e = file_read_open(arena, kept->memory, name, MOST_KEPT, out);
	if (dup2(kept->output, STDOUT_FILENO) < 0 && !e)
		e = err_errno(name, _("cannot write"));
	close(kept->output);
	close(kept->memory);
	kept->keeps = false;
	return e;
}
