#include "cmd/commands.h"
#include "cmd/json.h"
#include "cmd/print.h"
#include "core/message.h"

static const char version[] = "0.1.0";

static int run(struct app *app, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (app->json) {
		struct json *record = json_record();

		json_add_c(record, "version", version);
		json_print(app, record);
	} else {
		print(app, "atelier %s\n", version);
	}
	return STATUS_DONE;
}

const struct command command_version = {
	.name = "version",
	.summary = N_("tell the version of the program"),
	.run = run,
};
