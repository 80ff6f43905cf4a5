/*
 * Runs a fuzz target over its seeds, the files of fixtures/fuzz/NAME, where the
 * program is called fuzz_NAME. Says in TAP how that went.
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz.h"

/* A copy of exact size, so that sanitizers see a read past its end. */
static void replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long size;

	if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
		perror(path);
		exit(1);
	}
	rewind(file);
	bytes = malloc((size_t)size + !size);
	if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(bytes, (size_t)size);
	free(bytes);
}

int main(int argc, char **argv)
{
	const char *name = argc ? strstr(argv[0], "fuzz_") : NULL;
	char pattern[256];
	glob_t seeds;

	snprintf(pattern, sizeof pattern, "fixtures/fuzz/%s/*", name ? name + 5 : "");
	if (glob(pattern, 0, NULL, &seeds) != 0) {
		printf("1..1\nnot ok 1 - no seeds: %s\n", pattern);
		return 1;
	}
	puts("1..1");
	fflush(stdout);
	for (size_t i = 0; i < seeds.gl_pathc; i++) {
		fprintf(stderr, "%s\n", seeds.gl_pathv[i]);
		replay(seeds.gl_pathv[i]);
	}
	printf("ok 1 - %zu seeds: %s\n", seeds.gl_pathc, pattern);
	globfree(&seeds);
	return 0;
}
