#include "cmd/app.h"
#include "cmd/program.h"
#include "core/arena.h"

int main(int argc, char **argv)
{
	program_open_streams();
	arena_keep_released();
	return app_main(argc, argv);
}
