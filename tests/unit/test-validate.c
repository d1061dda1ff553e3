#include "config.h"

#include "json/validate.h"

#include <stdint.h>
#include <stdlib.h>

#include "faults.h"

UNIT_TEST(every_kind_of_value_with_white_space_around)
{
    static const struct row rows[] = {
        {"{}", STATUS_OK, 0},
        {"[]", STATUS_OK, 0},
        {"\"\"", STATUS_OK, 0},
        {"0", STATUS_OK, 0},
        {"-0.0e-0", STATUS_OK, 0},
        {"true", STATUS_OK, 0},
        {"false", STATUS_OK, 0},
        {"null", STATUS_OK, 0},
        {" \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n, "
         "\"b\" : { \t\r\n} } \t\r\n",
         STATUS_OK, 0},
        {"[1,-2,3.5,-4.25e+6,0.5E-7,10e0,\"x\",true,false,null,{},[],[[]],{\"\":{}}]",
         STATUS_OK, 0},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(values_and_names_are_counted)
{
    CHECK(!run(BYTES("1"), LIMITS_DEFAULT).status && counts.values == 1 && counts.names == 0);
    CHECK(!run(BYTES("[[],{\"a\":[1,true],\"b\":{\"c\":\"d\"}}]"), LIMITS_DEFAULT).status);
    CHECK(counts.values == 8);
    CHECK(counts.names == 3);
    CHECK(run(BYTES("[1,2"), LIMITS_DEFAULT).status && counts.values == 8);
}

UNIT_TEST(a_text_that_ends_inside_a_value_is_faulty_at_its_end)
{
    static const struct row rows[] = {
        {"", STATUS_END, 0},           {" \t\r\n", STATUS_END, 4},
        {"{", STATUS_END, 1},          {"{ ", STATUS_END, 2},
        {"{\"", STATUS_END, 2},        {"{\"name", STATUS_END, 6},
        {"{\"a\"", STATUS_END, 4},     {"{\"a\" ", STATUS_END, 5},
        {"{\"a\":", STATUS_END, 5},    {"{\"a\": ", STATUS_END, 6},
        {"{\"a\":1", STATUS_END, 6},   {"{\"a\":1 ", STATUS_END, 7},
        {"{\"a\":1,", STATUS_END, 7},  {"{\"a\":{}", STATUS_END, 7},
        {"[", STATUS_END, 1},          {"[1", STATUS_END, 2},
        {"[1,", STATUS_END, 3},        {"[[]", STATUS_END, 3},
        {"\"", STATUS_END, 1},         {"\"1234567", STATUS_END, 8},
        {"\"12345678", STATUS_END, 9}, {"\"\\", STATUS_END, 2},
        {"\"\\u", STATUS_END, 3},      {"\"\\u00e", STATUS_END, 6},
        {"\"\\u00e9", STATUS_END, 7},  {"-", STATUS_END, 1},
        {"1.", STATUS_END, 2},         {"1e", STATUS_END, 2},
        {"1E+", STATUS_END, 3},        {"t", STATUS_END, 1},
        {"tru", STATUS_END, 3},        {"fals", STATUS_END, 4},
        {"nul", STATUS_END, 3},        {"[-", STATUS_END, 2},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(what_is_missing_is_reported_at_the_byte_in_its_place)
{
    static const struct row rows[] = {
        {"]", STATUS_VALUE, 0},
        {"[,", STATUS_VALUE, 1},
        {"[1,]", STATUS_VALUE, 3},
        {"[1,,2]", STATUS_VALUE, 3},
        {"{\"a\":}", STATUS_VALUE, 5},
        {"{\"a\"::1}", STATUS_VALUE, 5},
        {"'a'", STATUS_VALUE, 0},
        {"\x01", STATUS_VALUE, 0},
        {"\f1", STATUS_VALUE, 0},
        {"\xEF\xBB\xBF{}", STATUS_VALUE, 0},
        {"[\xC2\xA0]", STATUS_VALUE, 1},
        {"{,", STATUS_NAME, 1},
        {"{1:2}", STATUS_NAME, 1},
        {"{a:2}", STATUS_NAME, 1},
        {"{'a':2}", STATUS_NAME, 1},
        {"{]", STATUS_NAME, 1},
        {"{\"a\":1,}", STATUS_NAME, 7},
        {"{\"a\":1,,", STATUS_NAME, 7},
        {"{\"a\"}", STATUS_COLON, 4},
        {"{\"a\",\"b\"}", STATUS_COLON, 4},
        {"{\"a\" 1}", STATUS_COLON, 5},
        {"{\"a\"=1}", STATUS_COLON, 4},
        {"{\"a\":1]", STATUS_MEMBER_END, 6},
        {"{\"a\":1 \"b\":2}", STATUS_MEMBER_END, 7},
        {"{\"a\":1{\"b\":2}}", STATUS_MEMBER_END, 6},
        {"{\"a\":\"b\":\"c\"}", STATUS_MEMBER_END, 8},
        {"{\"a\":[]\v}", STATUS_MEMBER_END, 7},
        {"[1}", STATUS_ELEMENT_END, 2},
        {"[1 2]", STATUS_ELEMENT_END, 3},
        {"[\"a\":1]", STATUS_ELEMENT_END, 4},
        {"[{}{}]", STATUS_ELEMENT_END, 3},
        {"[[1]2]", STATUS_ELEMENT_END, 4},
        {"[\"a\"b]", STATUS_ELEMENT_END, 4},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(nothing_follows_the_record_but_white_space)
{
    static const struct row rows[] = {
        {"{}{}", STATUS_TRAILING, 2},       {"{} x", STATUS_TRAILING, 3},
        {"[]]", STATUS_TRAILING, 2},        {"1 2", STATUS_TRAILING, 2},
        {"\"a\"\"b\"", STATUS_TRAILING, 3}, {"true\"", STATUS_TRAILING, 4},
        {"1,", STATUS_TRAILING, 1},         {"{},", STATUS_TRAILING, 2},
        {"null null", STATUS_TRAILING, 5},
    };
    CHECK_ROWS(rows);
    check(BYTES("{}\0"), LIMITS_DEFAULT, STATUS_TRAILING, 2);
    check(BYTES("{}\0{}"), LIMITS_DEFAULT, STATUS_TRAILING, 2);
}

UNIT_TEST(words_are_true_false_and_null_only)
{
    static const struct row rows[] = {
        {"tRue", STATUS_WORD, 1},          {"trua", STATUS_WORD, 3},
        {"truex", STATUS_WORD, 4},         {"falsey", STATUS_WORD, 5},
        {"fal5e", STATUS_WORD, 3},         {"nul", STATUS_END, 3},
        {"[nul]", STATUS_WORD, 4},         {"nullnull", STATUS_WORD, 4},
        {"nan", STATUS_WORD, 1},           {"NaN", STATUS_WORD, 0},
        {"True", STATUS_WORD, 0},          {"undefined", STATUS_WORD, 0},
        {"[Infinity]", STATUS_WORD, 1},    {"_", STATUS_WORD, 0},
        {"null1", STATUS_WORD, 4},         {"[t rue]", STATUS_WORD, 2},
        {"{\"a\":true_}", STATUS_WORD, 9}, {"t\xC3\xBC", STATUS_WORD, 1},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(numbers_are_those_of_section_6_only)
{
    static const struct row rows[] = {
        {"+1", STATUS_NUMBER, 0},          {".5", STATUS_NUMBER, 0},
        {"-a", STATUS_NUMBER, 1},          {"-.5", STATUS_NUMBER, 1},
        {"--1", STATUS_NUMBER, 1},         {"01", STATUS_NUMBER, 1},
        {"-01", STATUS_NUMBER, 2},         {"00", STATUS_NUMBER, 1},
        {"[1.]", STATUS_NUMBER, 3},        {"1.e5", STATUS_NUMBER, 2},
        {"1e]", STATUS_NUMBER, 2},         {"1e+]", STATUS_NUMBER, 3},
        {"1e+-1", STATUS_NUMBER, 3},       {"1e5.5", STATUS_NUMBER, 3},
        {"1.2.3", STATUS_NUMBER, 3},       {"0x10", STATUS_NUMBER, 1},
        {"1_000", STATUS_NUMBER, 1},       {"1+2", STATUS_NUMBER, 1},
        {"[12abc]", STATUS_NUMBER, 3},     {"-Infinity", STATUS_NUMBER, 1},
        {"1ee5", STATUS_NUMBER, 2},        {"1e5e5", STATUS_NUMBER, 3},
        {"- 1", STATUS_NUMBER, 1},         {"{\"a\":1a}", STATUS_NUMBER, 6},
        {"1\xC2\xB2", STATUS_TRAILING, 1},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(each_byte_after_a_backslash)
{
    for (int b = 0; b < 256; b++) {
        char text[] = {'[', '"', 'x', '\\', (char)b, '"', ']'};
        bool good = b && strchr("\"\\/bfnrt", b);
        check(span_of(text, sizeof text), LIMITS_DEFAULT, good ? STATUS_OK : STATUS_ESCAPE, 3);
    }
}

UNIT_TEST(each_byte_in_each_of_four_hex_digits)
{
    for (int b = 0; b < 256; b++)
        for (int i = 0; i < 4; i++) {
            char text[] = "\"\\u09fA\"";
            bool good = b && strchr("0123456789abcdefABCDEF", b);
            text[3 + i] = (char)b;
            check(BYTES(text), LIMITS_DEFAULT, good ? STATUS_OK : STATUS_ESCAPE, 1);
        }
}

UNIT_TEST(an_unpaired_surrogate_escape_passes)
{
    static const struct row rows[] = {
        {"\"\\ud800\"", STATUS_OK, 0},           {"\"\\uDFFF\\uD800\"", STATUS_OK, 0},
        {"\"\\ud83dx\"", STATUS_OK, 0},          {"\"\\u0000\\uffff\"", STATUS_OK, 0},
        {"\"\\ud83d\\ude0\"", STATUS_ESCAPE, 7},
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(each_byte_in_a_string_at_each_place_of_a_word_of_eight)
{
    for (size_t n = 1; n < 20; n++)
        for (size_t at = 0; at < n; at++)
            for (int b = 0; b < 256; b++) {
                char text[22];
                memset(text, 'a', sizeof text);
                text[0] = text[n + 1] = '"';
                text[1 + at] = (char)b;
                enum status status = b < 0x20    ? STATUS_CONTROL
                                     : b >= 0x80 ? STATUS_UTF8
                                     : b == '\\' ? STATUS_ESCAPE
                                     : b == '"'  ? STATUS_TRAILING
                                                 : STATUS_OK;
                size_t offset = 1 + at + (b == '"');
                if (b == '\\' && at == n - 1) { /* it hides the last quote */
                    status = STATUS_END;
                    offset = n + 2;
                }
                check(span_of(text, n + 2), LIMITS_DEFAULT, status, offset);
            }
}

UNIT_TEST(each_byte_where_a_value_is_due)
{
    for (int b = 0; b < 256; b++) {
        char text[] = {'[', (char)b, '0', ']'};
        bool letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
        enum status status = STATUS_VALUE;
        size_t offset = 1;

        if (b && strchr(" \t\r\n-123456789", b))
            status = STATUS_OK;
        else if (b == '0' || b == '+' || b == '.')
            status = STATUS_NUMBER, offset = b == '0' ? 2 : 1;
        else if (b == '"')
            status = STATUS_END, offset = 4;
        else if (b == '[')
            status = STATUS_END, offset = 4;
        else if (b == '{')
            status = STATUS_NAME, offset = 2;
        else if (b == ']')
            status = STATUS_TRAILING, offset = 2;
        else if (letter)
            status = STATUS_WORD, offset = strchr("tfn", b) ? 2 : 1;
        else if (b >= 0x80)
            status = STATUS_UTF8;
        check(span_of(text, sizeof text), LIMITS_DEFAULT, status, offset);
    }
}

/* Unicode 15.0, table 3-7: lead bytes, their second bytes, and the length of all. */
static const struct {
    int first, last, low, high, length;
} well_formed[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

/* Is the sequence of N bytes at S, of which only later ones may be ASCII, in the table? */
static bool in_table(const unsigned char *s, int n)
{
    for (size_t i = 0; i < sizeof well_formed / sizeof *well_formed; i++) {
        if (s[0] < well_formed[i].first || s[0] > well_formed[i].last)
            continue;
        bool good = n == well_formed[i].length && s[1] >= well_formed[i].low &&
                    s[1] <= well_formed[i].high;
        for (int k = 2; k < n; k++)
            good = good && s[k] >= 0x80 && s[k] <= 0xBF;
        return good;
    }
    return false;
}

UNIT_TEST(utf8_is_that_of_table_3_7)
{
    static const unsigned char more[] = {0x7F, 0x80, 0xBF, 0xC0};

    for (int lead = 0x80; lead < 256; lead++)
        for (int second = 0; second < 256; second++)
            for (int k = 0; k < 16; k++) {
                unsigned char text[] = {'"',         (unsigned char)lead, (unsigned char)second,
                                        more[k / 4], more[k % 4],         '"'};
                int n = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
                text[1 + n] = '"';
                check(span_of(text, (size_t)n + 2), LIMITS_DEFAULT,
                      in_table(text + 1, n) ? STATUS_OK : STATUS_UTF8, 1);
            }
}

UNIT_TEST(malformed_utf8_is_reported_at_its_first_byte_wherever_it_is)
{
    static const struct row rows[] = {
        {"\"\xE2\x82\"", STATUS_UTF8, 1},
        {"\"\xE2\x82", STATUS_UTF8, 1}, /* cut off by the end */
        {"\"\xF0\x9F\x98", STATUS_UTF8, 1},
        {"\"abcdefgh\xC3\xA9\xC3\"", STATUS_UTF8, 11},
        {"\"\xED\xA0\xBD\xED\xB8\x80\"", STATUS_UTF8, 1}, /* CESU-8 */
        {"\"\xC0\x80\"", STATUS_UTF8, 1},
        {"{\"\xFF\":1}", STATUS_UTF8, 2},
        {"\xFF\xFE[", STATUS_UTF8, 0},
        {"[1\xFF]", STATUS_UTF8, 2},
        {"{\xFF}", STATUS_UTF8, 1},
        {"t\xFF", STATUS_UTF8, 1},
        {"-\xFF", STATUS_UTF8, 1},
        {"1.\xFF", STATUS_UTF8, 2},
        {"{\"a\"\xFF", STATUS_UTF8, 4},
        {"{}\xFF", STATUS_UTF8, 2},
        {"\"\\\xFF\"", STATUS_ESCAPE, 1},
        {"\"\x7F\xEF\xBF\xBF\xF4\x8F\xBF\xBF\xEF\xBB\xBF\"", STATUS_OK, 0}, /* noncharacters */
    };
    CHECK_ROWS(rows);
}

UNIT_TEST(one_value_ends_where_the_grammar_lets_it_end_whatever_follows)
{
    static const struct {
        const char *text;
        size_t n, values, names;
    } rows[] = {
        {"\"a\\n\",", 5, 1, 0}, {"\"\"\"", 2, 1, 0},  {"12x", 2, 1, 0},
        {"-0}", 2, 1, 0},       {"01", 1, 1, 0},      {"1.5e3.", 5, 1, 0},
        {"7", 1, 1, 0},         {"truex", 4, 1, 0},   {"false", 5, 1, 0},
        {"null ", 4, 1, 0},     {"{}{", 2, 1, 0},     {"[1,{\"a\":[]}],", 12, 4, 1},
        {"\"\xff\",", 0, 0, 0}, {"\"\\x\"", 0, 0, 0}, {"\"", 0, 0, 0},
        {"-", 0, 0, 0},         {"1.x", 0, 0, 0},     {"1e999,", 0, 0, 0},
        {"+1", 0, 0, 0},        {"tru", 0, 0, 0},     {"_", 0, 0, 0},
        {",", 0, 0, 0},         {" 1", 0, 0, 0},      {"", 0, 0, 0},
        {"[1", 0, 0, 0},        {"{1}", 0, 0, 0},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span copy = record_copy(span_text(rows[i].text));
        struct json_counts holds = {0, 0, 0};
        CHECK(validate_value(copy, 0, &LIMITS_DEFAULT, &holds) == rows[i].n);
        CHECK(holds.values == rows[i].values && holds.names == rows[i].names);
        free((void *)(uintptr_t)copy.p);
    }
    /* The value itself counts, and an array or object is one deeper than its parent. */
    const struct limits none = {2, 0, 100}, one = {2, 1, 100};
    struct json_counts holds;
    CHECK(!validate_value(span_text("1"), 0, &none, &holds));
    CHECK(!validate_value(span_text("[]"), 0, &none, &holds));
    CHECK(validate_value(span_text("1"), 2, &one, &holds) == 1);
    CHECK(!validate_value(span_text("1"), 3, &one, &holds));
    CHECK(validate_value(span_text("[]"), 1, &one, &holds) == 2);
    CHECK(!validate_value(span_text("[]"), 2, &one, &holds));
    CHECK(!validate_value(span_text("[1]"), 1, &one, &holds));
}

UNIT_TEST(the_span_of_no_bytes_may_have_no_pointer)
{
    struct limits limits = LIMITS_DEFAULT;
    struct fault fault = validate(span_of(NULL, 0), &limits, &counts);

    CHECK(fault.status == STATUS_END && fault.offset == 0);
}

int main(void)
{
    return unit_run();
}
