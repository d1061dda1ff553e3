/* arrow: the FlatBuffers of its messages, and texts that are cut off. Whole streams are in
 * tests/cli/arrow.bats. */
#include "config.h"

#include "format/cell_text.h"
#include "format/flatbuffer.h"
#include "unit.h"

#define BYTES(text) span_of(text, sizeof(text) - 1)

/* By hand, from FlatBuffers Internals: the offset of the root; zeros, so that the field of 8 bytes is
 * aligned; the vtable, with its length, the table's, and where each field is; the table. */
UNIT_TEST(a_table_has_a_vtable_before_it_and_aligned_fields)
{
    const struct flatbuffer_field fields[] = {{2, 4}, {1, 3}, FLATBUFFER_OFFSET, {8, 5}};
    struct buf out = BUF_EMPTY;
    struct flatbuffer buffer;
    size_t places[4];

    buf_puts(&out, "beforehand"); /* what is before it does not count */
    size_t begin = out.n;
    flatbuffer_begin(&buffer, &out);
    flatbuffer_link(&buffer, begin, flatbuffer_put_table(&buffer, fields, 4, places));
    flatbuffer_link(&buffer, places[2], flatbuffer_put_string(&buffer, span_text("ab")));
    flatbuffer_end(&buffer);
    CHECK_SPAN(span_cut(buf_span(&out), begin, out.n),
               BYTES("\x14\0\0\0"
                     "\0\0\0\0"
                     "\x0C\0\x13\0\x10\0\x12\0\x0C\0\x04\0"
                     "\x0C\0\0\0"
                     "\5\0\0\0\0\0\0\0"
                     "\x08\0\0\0" /* from 32 to 40 */
                     "\4\0\3"
                     "\0"
                     "\2\0\0\0ab\0"
                     "\0"));
    buf_free(&out);
}

UNIT_TEST(a_field_of_no_size_is_left_out_and_arrays_are_aligned)
{
    const struct flatbuffer_field fields[] = {{0, 0}, {4, 7}};
    struct buf out = BUF_EMPTY;
    struct flatbuffer buffer;

    flatbuffer_begin(&buffer, &out);
    flatbuffer_link(&buffer, 0, flatbuffer_put_table(&buffer, fields, 2, NULL));
    CHECK(flatbuffer_put_structs(&buffer, 1, 16) == 20);
    CHECK(flatbuffer_put_offsets(&buffer, 1) == 40);
    CHECK_SPAN(buf_span(&out), BYTES("\x0C\0\0\0"
                                     "\x08\0\x08\0\0\0\x04\0"
                                     "\x08\0\0\0\7\0\0\0"
                                     "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                                     "\1\0\0\0\0\0\0\0"));
    buf_free(&out);
}

static void check_cut(const char *json, size_t room, const char *expected)
{
    unsigned char at[64];

    memset(at, '#', sizeof at);
    size_t n = cell_text_cut(at, room, span_text(json));
    CHECK_TEXT(span_of(at, n), expected);
    CHECK(at[n] == '#');
}

UNIT_TEST(a_text_is_cut_at_a_character)
{
    check_cut("\"\"", 5, "");
    check_cut("\"abc\"", 0, "");
    check_cut("\"abc\"", 2, "ab");
    check_cut("\"a\xC3\xA9\"", 2, "a");
    check_cut("\"a\xC3\xA9\"", 3, "a\xC3\xA9");
    check_cut("\"a\\u00e9b\"", 2, "a");
    check_cut("\"a\\u00e9b\"", 4, "a\xC3\xA9" "b");
    check_cut("\"\\ud83d\\ude00\"", 3, "");
    check_cut("\"\\ud83d\\ude00\"", 4, "\xF0\x9F\x98\x80");
    check_cut("\"\\ud83d\"", 4, "\xEF\xBF\xBD");
    check_cut("[\"\xC3\xA9\"]", 3, "[\"");
    check_cut("[\"\\n\"]", 9, "[\"\\n\"]");
}

UNIT_TEST(a_whole_text_is_that_of_a_string_or_json)
{
    struct buf out = BUF_EMPTY;

    cell_text_put(&out, span_text("\"a\\\\\\u0041\\ud800\""));
    cell_text_put(&out, span_text("{\"a\":\"\\\\\"}"));
    cell_text_put(&out, span_text("true"));
    CHECK_TEXT(buf_span(&out), "a\\A\xEF\xBF\xBD{\"a\":\"\\\\\"}true");
    buf_free(&out);
}

int main(void)
{
    return unit_run();
}
