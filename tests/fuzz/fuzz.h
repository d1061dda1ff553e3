/*
 * fuzz: what the fuzzers share.
 *
 * A fuzzer is one file with LLVMFuzzerTestOneInput(), which libFuzzer calls; see scripts/fuzz.
 * Compiled without libFuzzer it is a program that runs the files it is given, for `make check`.
 *
 * Inputs are text where they can be, so that people can read and write them: a line of letters,
 * each an option of the fuzzer, and parts that a line `---` ends.
 */
#ifndef WHORL_TESTS_FUZZ_H
#define WHORL_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "stream/source.h"
#include "record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold: if it does not, say so and abort, so that libFuzzer keeps the input. */
#define REQUIRE(condition)                                                                     \
    do {                                                                                       \
        if (!(condition)) {                                                                    \
            fprintf(stderr, "%s:%d: false: %s\n", __FILE__, __LINE__, #condition);             \
            abort();                                                                           \
        }                                                                                      \
    } while (0)

/* Both must be the same text; if not, both are printed. */
#define REQUIRE_EQUAL(a, b) fuzz_equal(__FILE__, __LINE__, a, b)

static inline void fuzz_equal(const char *file, int line, struct span a, struct span b)
{
    if (span_equal(a, b))
        return;
    fprintf(stderr, "%s:%d: these differ:\n%.*s\n-- and\n%.*s\n", file, line, (int)a.n,
            (const char *)a.p, (int)b.n, (const char *)b.p);
    abort();
}

/* The first line of *REST, without its end; *REST is what follows. */
static inline struct span fuzz_line(struct span *rest)
{
    struct span all = *rest;
    const unsigned char *lf = all.n ? memchr(all.p, '\n', all.n) : NULL;
    size_t n = lf ? (size_t)(lf - all.p) : all.n;

    *rest = span_cut(all, lf ? n + 1 : n, all.n);
    return span_cut(all, 0, n);
}

/* The lines of *REST up to a line "---", or all; *REST is what follows. */
static inline struct span fuzz_part(struct span *rest)
{
    struct span all = *rest;

    while (rest->n) {
        size_t n = all.n - rest->n;
        if (span_equal(fuzz_line(rest), span_text("---")))
            return span_cut(all, 0, n);
    }
    return all;
}

/* Is the letter C in LETTERS? */
static inline bool fuzz_has(struct span letters, char c)
{
    return letters.n && memchr(letters.p, c, letters.n);
}

/* Give back a record_copy(). */
static inline void fuzz_free(struct span copy)
{
    free((void *)(uintptr_t)copy.p);
}

#ifndef FUZZ_LIBFUZZER

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct buf input = BUF_EMPTY;
        fprintf(stderr, "%s\n", argv[i]);
        REQUIRE(source_slurp(argv[i], SIZE_MAX, &input) == 0);
        LLVMFuzzerTestOneInput(input.p, input.n);
        buf_free(&input);
    }
    return 0;
}

#endif
#endif
