#include "cmd/program.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"

enum { PATH_BYTES = 4096 };

const char *program_dir(struct arena *arena)
{
	char path[PATH_BYTES];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	if (length <= 0)
		return ".";
	path[length] = '\0';
	char *slash = strrchr(path, '/');
	return str_c(arena, (struct str){path, slash > path ? (size_t)(slash - path) : 1});
}

void program_open_streams(void)
{
	int opened;

	do
		opened = open("/dev/null", O_RDONLY);
	while (opened >= 0 && opened <= STDERR_FILENO);
	if (opened >= 0)
		close(opened);
}
