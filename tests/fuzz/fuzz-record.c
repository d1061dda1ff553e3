/*
 * fuzz-record: any bytes through validate, json and members.
 *
 * If validate accepts a text, its nodes must agree with the text, and no function may read outside
 * of it.
 */
#include "config.h"

#include "json/members.h"
#include "base/arena.h"
#include "json/validate.h"
#include "json/value_read.h"
#include "fuzz.h"

/* The text that validate accepted is what all else takes it for. */
static void read_valid(struct span text, const struct limits *within,
                       const struct json_counts *counts, struct arena *arena)
{
    struct buf jcs = BUF_EMPTY;
    struct json json;
    struct members members;
    struct value value;

    REQUIRE(json_parse(&json, text, counts, arena) == STATUS_OK);
    REQUIRE(json.count == counts->values + counts->names);
    REQUIRE(record_tiles(&json));
    REQUIRE(record_outlined(text, within, FAULT_NONE, counts, &json));

    struct fault fault = members_check(&json, 1, arena, &members);
    struct fault again = members_check(&json, 2, arena, &members);
    REQUIRE(fault.status == STATUS_OK || fault.status == STATUS_DUPLICATE);
    REQUIRE(fault.status == again.status && fault.offset == again.offset);
    if (fault.status == STATUS_DUPLICATE)
        REQUIRE(fault.offset < text.n && text.p[fault.offset] == '"');

    /* The canonical text is as valid as the text, and the canonical text of itself. */
    REQUIRE(value_read_node(&json, 0, &value, arena));
    value_put_jcs(&jcs, &value);
    struct span canonical = record_copy(buf_span(&jcs));
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    struct json_counts twice;
    REQUIRE(validate(canonical, &limits, &twice).status == STATUS_OK);
    REQUIRE(twice.values == counts->values && twice.names == counts->names);
    REQUIRE(json_parse(&json, canonical, &twice, arena) == STATUS_OK);
    REQUIRE(value_read_node(&json, 0, &value, arena));
    buf_clear(&jcs);
    value_put_jcs(&jcs, &value);
    REQUIRE(span_equal(buf_span(&jcs), canonical));
    fuzz_free(canonical);
    buf_free(&jcs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena = ARENA_EMPTY;
    const struct limits limits = LIMITS_DEFAULT;
    struct span text = record_copy(span_of(data, size));
    struct json_counts counts;
    struct fault fault = validate(text, &limits, &counts);

    arena_reset(&arena);
    if (fault.status == STATUS_OK)
        read_valid(text, &limits, &counts, &arena);
    else
        REQUIRE(fault.offset <= text.n &&
                (fault.offset < text.n || fault.status == STATUS_END) &&
                record_outlined(text, &limits, fault, NULL, NULL));
    fuzz_free(text);
    return 0;
}
