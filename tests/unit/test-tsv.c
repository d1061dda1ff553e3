/* tsv_text: which bytes of a cell are escaped, wherever they are. */
#include "config.h"

#include "base/buf.h"
#include "format/tsv_text.h"
#include "unit.h"

/* The escape of C by hand; null for none. */
static const char *escape_of(unsigned char c)
{
    switch (c) {
    case 0:
        return "\\0";
    case 8:
        return "\\b";
    case 9:
        return "\\t";
    case 10:
        return "\\n";
    case 11:
        return "\\v";
    case 12:
        return "\\f";
    case 13:
        return "\\r";
    case 92:
        return "\\\\";
    }
    return NULL;
}

UNIT_TEST(each_byte_at_each_place_is_escaped_or_not)
{
    unsigned char text[27];
    struct buf out = BUF_EMPTY, want = BUF_EMPTY;

    for (size_t n = 1; n <= sizeof text; n++)
        for (size_t at = 0; at < n; at++)
            for (unsigned c = 0; c < 256; c++) {
                memset(text, at % 2 ? '~' : ' ', n);
                text[at] = (unsigned char)c;
                buf_clear(&out);
                buf_clear(&want);
                tsv_put_text(&out, span_of(text, n));
                buf_put(&want, span_of(text, at));
                if (escape_of((unsigned char)c))
                    buf_puts(&want, escape_of((unsigned char)c));
                else
                    buf_putc(&want, (unsigned char)c);
                buf_put(&want, span_of(text + at + 1, n - at - 1));
                if (!span_equal(buf_span(&out), buf_span(&want)))
                    CHECK_SPAN(buf_span(&out), buf_span(&want));
            }
    buf_free(&out);
    buf_free(&want);
}

UNIT_TEST(several_escapes_follow_each_other)
{
    struct buf out = BUF_EMPTY;

    tsv_put_text(&out, span_of("\t\t12345678\\\\\n1234567\v", 21));
    CHECK_TEXT(buf_span(&out), "\\t\\t12345678\\\\\\\\\\n1234567\\v");
    buf_free(&out);
}

/* COPY would read \07 as one byte. */
UNIT_TEST(a_nul_before_an_octal_digit_has_the_long_escape)
{
    static const struct {
        const char *text, *json, *cell;
    } cases[] = {
        {"\0" "0", "\"\\u00000\"", "\\x000"},
        {"\0" "7", "\"\\u00007\"", "\\x007"},
        {"\0" "8", "\"\\u00008\"", "\\08"},
        {"\0" "/", "\"\\u0000/\"", "\\0/"},
        {"\0" "7", "\"\\u0000\\u0037\"", "\\x007"},
        {"\0" "\n", "\"\\u0000\\n\"", "\\0\\n"},
    };
    struct buf out = BUF_EMPTY;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsv_put_text(&out, span_of(cases[i].text, 2));
        CHECK_TEXT(buf_span(&out), cases[i].cell);
        buf_clear(&out);
        tsv_put_json(&out, span_text(cases[i].json));
        CHECK_TEXT(buf_span(&out), cases[i].cell);
        buf_clear(&out);
    }
    tsv_put_text(&out, span_of("\0\0", 2));
    CHECK_TEXT(buf_span(&out), "\\0\\0");
    buf_free(&out);
}

UNIT_TEST(a_json_string_is_its_text_and_other_values_are_their_json)
{
    static const char *const cases[][2] = {
        {"\"\"", ""},
        {"\"a\"", "a"},
        {"\"\\\"\\/\\\\\\b\\f\\n\\r\\t\"", "\"/\\\\\\b\\f\\n\\r\\t"},
        {"\"\\u000b\\u0001\\u005C\\u0041\"", "\\v\x01\\\\A"},
        {"\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80"},
        {"\"\\ud83dx\\ude00\"", "\xEF\xBF\xBDx\xEF\xBF\xBD"},
        {"null", "\\N"},
        {"\"null\"", "null"},
        {"\"\\\\N\"", "\\\\N"},
        {"true", "true"},
        {"-1.50e+3", "-1.50e+3"},
        {"[\t\"a\\n\" ]", "[\\t\"a\\\\n\" ]"},
    };
    struct buf out = BUF_EMPTY;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsv_put_json(&out, span_text(cases[i][0]));
        CHECK_TEXT(buf_span(&out), cases[i][1]);
        buf_clear(&out);
    }
    buf_free(&out);
}

int main(void)
{
    return unit_run();
}
