#include "config.h"

#include "json/value.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "steps/signal.h"
#include "unit.h"

static struct arena arena;

/* A value that depends on *SEED alone: scalars, and arrays and objects of up to three. */
static struct value some_value(uint32_t *seed, int depth)
{
    static const double numbers[] = {0, 1, 12, -1, 1.5, 1e21};
    static const char *const texts[] = {"", "a", "a\"", "a\n", "\x01", "\xEF\xBF\xBF"};
    struct value *items = arena_take_array(&arena, 3, sizeof *items);
    struct member *members = arena_take_array(&arena, 3, sizeof *members);
    size_t count = (*seed = *seed * 1664525 + 1013904223) >> 30;

    switch ((*seed >> 24) % (depth ? 8 : 4)) {
    case 0:
        return value_bool(count & 1);
    case 1:
        return value_number(numbers[(*seed >> 16) % 6]);
    case 2:
        return value_text(span_text(texts[(*seed >> 16) % 6]));
    case 3:
        return value_null();
    }
    if (!items || !members)
        abort();
    for (size_t i = 0; i < count && i < 3; i++) {
        items[i] = some_value(seed, depth - 1);
        members[i] = (struct member){span_text(texts[i]), items[i]};
    }
    return *seed >> 31 ? value_array(items, count < 3 ? count : 3)
                       : (struct value){.type = VALUE_OBJECT,
                                        .object = {members, count < 3 ? count : 3}};
}

UNIT_TEST(arrays_and_objects_compare_as_the_bytes_of_their_jcs)
{
    struct buf a = BUF_EMPTY, b = BUF_EMPTY;
    uint32_t seed = 1;
    size_t equal = 0, nested = 0;

    for (int i = 0; i < 20000; i++) {
        arena_reset(&arena);
        struct value x = some_value(&seed, 3), y = some_value(&seed, 3);
        buf_clear(&a);
        buf_clear(&b);
        value_put_jcs(&a, &x);
        value_put_jcs(&b, &y);
        int order = span_compare(buf_span(&a), buf_span(&b));
        equal += order == 0;
        CHECK(value_equal(&x, &y) == (order == 0));
        if (x.type != y.type || x.type < VALUE_ARRAY)
            continue;
        nested++;
        int got = value_compare(&x, &y);
        CHECK((got > 0) - (got < 0) == (order > 0) - (order < 0));
        CHECK((value_compare(&y, &x) > 0) == (order < 0));
    }
    CHECK(equal > 100 && nested > 1000);
    buf_free(&a);
    buf_free(&b);
}

UNIT_TEST(the_deepest_value_is_written_and_compared_without_recursion)
{
    static struct value nest[2][VALUE_DEPTH + 1];
    struct buf out = BUF_EMPTY;

    for (int k = 0; k < 2; k++) {
        nest[k][0] = value_number(k);
        for (size_t i = 0; i < VALUE_DEPTH; i++)
            nest[k][i + 1] = value_array(&nest[k][i], 1);
    }
    value_put_jcs(&out, &nest[1][VALUE_DEPTH]);
    CHECK(out.n == 2 * VALUE_DEPTH + 1 && out.p[0] == '[' && out.p[VALUE_DEPTH] == '1');
    CHECK(value_compare(&nest[0][VALUE_DEPTH], &nest[1][VALUE_DEPTH]) < 0);
    CHECK(value_compare(&nest[0][VALUE_DEPTH], &nest[1][VALUE_DEPTH - 1]) > 0);
    CHECK(value_equal(&nest[1][VALUE_DEPTH], &nest[1][VALUE_DEPTH]));
    buf_free(&out);
}

UNIT_TEST(signal_put_keeps_the_five_states_apart)
{
    static const char *const texts[] = {"", "", "?", "!Some", "!Some", "=null"};
    struct buf out = BUF_EMPTY;

    for (int state = SIGNAL_MISSING; state <= SIGNAL_VALUE; state++) {
        struct signal signal = {(enum signal_state)state, {.class = span_text("Some")}};
        if (state == SIGNAL_VALUE)
            signal.value = value_null();
        buf_clear(&out);
        signal_put(&out, &signal);
        CHECK_TEXT(buf_span(&out), texts[state]);
        CHECK(signal_hashed(signal.state) == (texts[state][0] != 0));
    }
    buf_free(&out);
}

UNIT_TEST(members_stand_in_the_order_of_utf_16_and_are_found_by_name)
{
    /* UTF-16: "" < 0061 < D83D DE00 < E000 < FFFD < FFFF; of equal names the first stays
     * first, and the last is found. */
    static const char *const ordered[] = {"",       "a",      "\U0001F600", "\uE000",
                                          "\uFFFD", "\uFFFD", "\uFFFF"};
    static const int shuffled[] = {3, 6, 4, 0, 5, 2, 1};
    struct member members[7], scratch[7];

    for (int i = 0; i < 7; i++)
        members[i] =
            (struct member){span_text(ordered[shuffled[i]]), value_number(shuffled[i])};
    value_sort_members(members, 7, scratch);
    struct value object = {.type = VALUE_OBJECT, .object = {members, 7}};
    for (int i = 0; i < 7; i++) {
        CHECK(members[i].value.number == i);
        CHECK(value_member(&object, span_text(ordered[i])) == &members[i == 4 ? 5 : i].value);
    }
    CHECK(!value_member(&object, span_text("b")) &&
          !value_member(&object, span_text("\uFFFE")));
    object.object.count = 0;
    CHECK(!value_member(&object, span_text("")));
}

UNIT_TEST(minus_zero_becomes_zero)
{
    struct buf out = BUF_EMPTY;
    struct value zero = value_number(-0.0);

    value_put_jcs(&out, &zero);
    CHECK_TEXT(buf_span(&out), "0");
    CHECK(1 / zero.number > 0);
    buf_free(&out);
}

int main(void)
{
    int status = unit_run();

    arena_free(&arena);
    return status;
}
