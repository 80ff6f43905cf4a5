/* Any bytes are read as a document that keeps its promises. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz.h"
#include "tests/support_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
	const char *breach = document_breach((struct str){(const char *)bytes, count});

	if (breach) {
		fprintf(stderr, "breach: %s\n", breach);
		abort();
	}
	return 0;
}
