/*
 * fuzz-record: any bytes through validate, json and members.
 *
 * What validate accepts must give nodes that are what is in the text, and no function may read
 * outside of it. Build with -fsanitize=fuzzer,address,undefined.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "record.h"
#include "record/members.h"
#include "record/validate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* The text that validate accepted is what all else takes it for. */
static void read_valid(struct span text, const struct limits *within,
                       const struct census *census, struct arena *arena)
{
    struct buf jcs = BUF_EMPTY;
    struct json json;
    struct members members;
    struct value value;

    require(json_parse(&json, text, census, arena) == STATUS_OK);
    require(json.count == census->values + census->names);
    require(record_tiles(&json));
    require(record_outlined(text, within, FAULT_NONE, census, &json));

    struct fault fault = members_check(&json, 1, arena, &members);
    struct fault again = members_check(&json, 2, arena, &members);
    require(fault.status == STATUS_OK || fault.status == STATUS_DUPLICATE);
    require(fault.status == again.status && fault.offset == again.offset);
    if (fault.status == STATUS_DUPLICATE)
        require(fault.offset < text.n && text.p[fault.offset] == '"');

    /* The canonical text is as valid as the text, and the canonical text of itself. */
    require(json_value(&json, 0, &value, arena));
    value_put_jcs(&jcs, &value);
    struct span canonical = record_copy(buf_span(&jcs));
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    struct census twice;
    require(validate(canonical, &limits, &twice).status == STATUS_OK);
    require(twice.values == census->values && twice.names == census->names);
    require(json_parse(&json, canonical, &twice, arena) == STATUS_OK);
    require(json_value(&json, 0, &value, arena));
    buf_clear(&jcs);
    value_put_jcs(&jcs, &value);
    require(span_equal(buf_span(&jcs), canonical));
    free((void *)(uintptr_t)canonical.p);
    buf_free(&jcs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena = ARENA_EMPTY;
    const struct limits limits = LIMITS_DEFAULT;
    struct span text = record_copy(span_of(data, size));
    struct census census;
    struct fault fault = validate(text, &limits, &census);

    arena_reset(&arena);
    if (fault.status == STATUS_OK)
        read_valid(text, &limits, &census, &arena);
    else
        require(fault.offset <= text.n &&
                (fault.offset < text.n || fault.status == STATUS_END) &&
                record_outlined(text, &limits, fault, NULL, NULL));
    free((void *)(uintptr_t)text.p);
    return 0;
}
