/*
 * What every tests/fuzz_NAME.c defines. `make fuzz` runs it under libFuzzer;
 * the tests run it over the seeds in fixtures/fuzz/NAME.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Ends the process where a promise is broken. out: 0 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

#endif
