/*
 * sha256: SHA-256 of FIPS 180-4.
 *
 * whorl hashes nothing of its own with it: it only reproduces names that others make by it,
 * such as JA4. The inputs are short, so the code is plain, and a library for it would be one
 * more dependency.
 */
#ifndef WHORL_TEXT_SHA256_H
#define WHORL_TEXT_SHA256_H

#include "base/span.h"

#define SHA256_BYTES 32

/* Write the SHA-256 of S to OUT, as `sha256sum` prints it in hex. */
void sha256(unsigned char out[SHA256_BYTES], struct span s);

#endif
