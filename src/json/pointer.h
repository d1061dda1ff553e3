/*
 * pointer: RFC 6901, JSON Pointer: where a value is in a record.
 */
#ifndef WHORL_JSON_POINTER_H
#define WHORL_JSON_POINTER_H

#include "base/fault.h"

struct arena;
struct json;

/* Tokens of a pointer, at most; deeper than any catalog asks, and a bound for what walks
 * them. */
#define POINTER_TOKENS 64

/* "No node": what a pointer finds that leads nowhere. */
#define NODE_NONE UINT32_MAX

struct pointer {
    struct span text;          /* as written; the caller owns it */
    const struct span *tokens; /* unescaped; in the arena or in `text` */
    size_t count;
};

/* Pointers in order of preference: the first that finds a value counts. */
struct pointers {
    const struct pointer *items;
    size_t count;
};

/* Read TEXT, which must live as long, into *POINTER, in ARENA. FAULT_NONE, STATUS_INVALID or
 * STATUS_NO_MEMORY. */
struct fault pointer_parse(struct pointer *pointer, struct span text, struct arena *arena)
    __attribute__((warn_unused_result));

/* The index that TOKEN is for an array: 0 or digits without leading zero, below 2^32 - 1; -1
 * if it is not an index. The RFC's "-" (after the last element) is not one: it finds
 * nothing. */
long long pointer_index(struct span token);

/* The member NAME of the object OBJECT, its value's node; or NODE_NONE. Of names that read
 * alike, because unpaired surrogates read as U+FFFD, the last counts. A name that must be
 * unescaped is in ARENA; if that has `failed`, it is taken for another one. */
uint32_t pointer_member(const struct json *json, uint32_t object, struct span name,
                        struct arena *arena);

/* The node that POINTER finds below NODE, or NODE_NONE. Error markers mean nothing here. ARENA
 * as above. */
uint32_t pointer_find(const struct json *json, uint32_t node, const struct pointer *pointer,
                      struct arena *arena);

/* The node that the first of POINTERS that finds any finds in the record JSON, or NODE_NONE. ARENA
 * as above. */
uint32_t pointer_find_first(const struct json *json, struct pointers pointers,
                            struct arena *arena);

#endif
