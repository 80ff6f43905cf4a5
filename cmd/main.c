#include "cmd/app.h"

#include "core/arena.h"

int main(int argc, char **argv)
{
	arena_keep_released();
	return app_main(argc, argv);
}
