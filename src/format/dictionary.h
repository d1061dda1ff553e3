/*
 * dictionary: the text that each hash was made of, for outputs that have hashes only.
 *
 * A line is NAME, the signal's hash as 16 hex digits and what was hashed after the name: a
 * value's JCS, or "!CLASS", or "?"; tabs between. None of the three can hold a tab or an LF.
 * Each line is written once as long as the memory for what was written lasts, DICTIONARY_LINES
 * or DICTIONARY_BYTES of them; then all of that is forgotten and lines may come again, as they
 * do in the dictionaries of other runs: `sort -u` joins them. Forgetting all is better than
 * remembering no more, which one signal that is always new would soon bring about.
 *
 * The thread that has the vector makes the lines. What was written is remembered in one place,
 * which sees the lines in the order of the records: so a dictionary is the same with any number of
 * threads.
 */
#ifndef WHORL_FORMAT_DICTIONARY_H
#define WHORL_FORMAT_DICTIONARY_H

#include "base/buf.h"

struct vector;

#define DICTIONARY_LINES ((size_t)1 << 16)
#define DICTIONARY_BYTES ((size_t)1 << 23)

struct dictionary_slot;

struct dictionary {
    uint64_t seed;
    struct dictionary_slot *slots; /* what was written; null before the first line */
    unsigned char *bytes;          /* the lines */
    size_t count, used;            /* of lines and of their bytes */
};

/* Begin with nothing written and no memory taken. SEED as in hash_seeded(), not to be
 * guessed. */
void dictionary_init(struct dictionary *dictionary, uint64_t seed);
void dictionary_free(struct dictionary *dictionary);

/* The texts that vector_normalize() must keep. */
#define DICTIONARY_TEXTS (VECTOR_VALUES | VECTOR_STATES)

/* Append the lines of VECTOR; those of private signals only if REVEAL. */
void dictionary_put(struct buf *out, const struct vector *vector, bool reveal);

/* Remove from LINES, made by dictionary_put(), those already written; the rest counts as written
 * from now on. False when memory is out. */
bool dictionary_keep(struct dictionary *dictionary, struct buf *lines)
    __attribute__((warn_unused_result));

#endif
