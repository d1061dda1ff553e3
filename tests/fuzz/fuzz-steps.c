/*
 * fuzz-steps: any text or JSON through any step.
 *
 * The first byte chooses the step, which has the arguments of its example. The second byte chooses
 * whether the rest is JSON or the text of a string. The result of a step must have a valid
 * canonical text and must not depend on the place in memory. The step must not read outside of its
 * input.
 */
#include "config.h"

#include "base/fault.h"
#include "json/validate.h"
#include "json/value_read.h"
#include "steps/normalize.h"
#include "steps/normalize_compile.h"
#include "steps/steps.h"
#include "text/utf8.h"
#include "fuzz.h"

static bool is_utf8(struct span s)
{
    for (size_t n; s.n; s = span_cut(s, n, s.n))
        if (!(n = utf8_sequence(s)))
            return false;
    return true;
}

/* Read TEXT as JSON or as the text of a string; false if it is neither. */
static bool read_value(struct value *value, struct span text, bool json, struct arena *arena)
{
    if (json)
        return value_read(value, text, arena).status == STATUS_OK;
    *value = value_text(text);
    return is_utf8(text);
}

/* Append the result of STEP for TEXT; false if TEXT is not an input. */
static bool put_result(struct buf *out, const struct step *step, struct span text, bool json,
                       struct arena *arena)
{
    struct signal signal = {SIGNAL_VALUE, {.value = value_null()}};
    struct normalizer pipeline;
    struct span copy = record_copy(text);

    arena_reset(arena);
    bool read = read_value(&signal.value, copy, json, arena);
    if (read) {
        REQUIRE(normalize_compile(&pipeline, span_text(step->example),
                                  &(uint32_t){NORMALIZE_ITEMS}, arena)
                    .status == STATUS_OK);
        REQUIRE(normalize_apply(&pipeline, &signal, arena));
        signal_put(out, &signal);
    }
    fuzz_free(copy);
    return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena = ARENA_EMPTY;
    const struct limits limits = {VALUE_DEPTH, SIZE_MAX, SIZE_MAX};
    struct buf first = BUF_EMPTY, second = BUF_EMPTY;
    struct json_counts counts;

    if (size < 2)
        return 0;
    size_t steps = 0;
    while (steps_at(steps))
        steps++;
    const struct step *step = steps_at(data[0] % steps);
    struct span text = span_of(data + 2, size - 2);
    if (put_result(&first, step, text, data[1] & 1, &arena)) {
        REQUIRE(put_result(&second, step, text, data[1] & 1, &arena));
        REQUIRE(span_equal(buf_span(&first), buf_span(&second)));
        struct span result = buf_span(&first);
        if (result.n && result.p[0] == '=') {
            result = record_copy(span_cut(result, 1, result.n));
            REQUIRE(validate(result, &limits, &counts).status == STATUS_OK);
            fuzz_free(result);
        }
    }
    buf_free(&first);
    buf_free(&second);
    return 0;
}
