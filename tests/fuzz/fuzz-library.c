/*
 * fuzz-library: any record through the ids of libraries.
 *
 * Another spelling of a record must have the same ids: the one that JSON.stringify() writes. That
 * text must be valid, and must be its own spelling; and so must the text with sorted members.
 */
#include "config.h"

#include "base/arena.h"
#include "catalog/catalog.h"
#include "json/open.h"
#include "json/stringify.h"
#include "vector/library.h"
#include "fuzz.h"

static const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};

/* A copy of TEXT as JSON.stringify() writes it, with sorted members if SORTED. */
static struct span spell(struct span text, bool sorted, struct arena *arena)
{
    struct buf out = BUF_EMPTY;

    if (sorted)
        REQUIRE(stringify_put_sorted(&out, text, &limits, arena));
    else
        stringify_put(&out, text);
    struct span copy = record_copy(buf_span(&out));
    buf_free(&out);
    return copy;
}

/* The id of RECORD by LIBRARY. */
static struct library_id read_library(struct span record, enum library library,
                                      struct arena *arena)
{
    struct span token = span_text("components");
    const struct pointer roots[] = {{span_text("/components"), &token, 1}};
    const struct catalog catalog = {.roots = roots, .root_count = 1, .library = library};
    struct library_id id;
    struct buf scratch = BUF_EMPTY;

    REQUIRE(library_read(&id, &catalog, 0, record, &limits, arena, &scratch));
    buf_free(&scratch);
    REQUIRE(id.known || (!id.stated && !id.incomparable));
    REQUIRE(id.stated ? !id.incomparable : !id.differs);
    return id;
}

static void compare_spellings(struct span text, struct arena *arena)
{
    struct span plain = spell(text, false, arena), again = spell(plain, false, arena);
    struct span sorted = spell(text, true, arena), twice = spell(sorted, true, arena);
    struct span resorted = spell(plain, true, arena);
    struct json_document document;

    REQUIRE_EQUAL(plain, again);
    REQUIRE_EQUAL(sorted, twice);
    REQUIRE_EQUAL(sorted, resorted);
    REQUIRE(json_open(&document, plain, &limits, JSON_OBJECT_ROOT, 1, arena).status ==
            STATUS_OK);
    for (enum library i = LIBRARY_NONE + 1; i < LIBRARIES; i++) {
        struct library_id a = read_library(text, i, arena), b = read_library(plain, i, arena);
        REQUIRE(a.known == b.known && a.hash.high == b.hash.high && a.hash.low == b.hash.low);
        REQUIRE(a.stated == b.stated && a.differs == b.differs &&
                a.incomparable == b.incomparable);
    }
    fuzz_free(plain);
    fuzz_free(again);
    fuzz_free(sorted);
    fuzz_free(twice);
    fuzz_free(resorted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena = ARENA_EMPTY;
    struct span text = record_copy(span_of(data, size));
    struct json_document document;

    arena_reset(&arena);
    if (json_open(&document, text, &limits, JSON_OBJECT_ROOT, 1, &arena).status == STATUS_OK)
        compare_spellings(text, &arena);
    fuzz_free(text);
    return 0;
}
