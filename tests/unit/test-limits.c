#include "config.h"

#include "json/validate.h"

#include <stdint.h>

#include "faults.h"

UNIT_TEST(a_number_that_rounds_to_infinity_is_reported_at_its_first_byte)
{
    static const struct row rows[] = {
        {"1.7976931348623157e308", STATUS_OK, 0},
        {"1.7976931348623158e308", STATUS_OK, 0}, /* rounds down to the largest double */
        {"1.7976931348623159e308", STATUS_RANGE, 0},
        {"17976931348623159e292", STATUS_RANGE, 0},
        {"0.00017976931348623158e312", STATUS_OK, 0},
        {"0.00017976931348623159e312", STATUS_RANGE, 0},
        {"[0, -1e309]", STATUS_RANGE, 4},
        {"1E+400", STATUS_RANGE, 0},
        {"1e99999999999999999999999999999999", STATUS_RANGE, 0},
        {"[1e18446744073709551617]", STATUS_RANGE, 1},
        {"0e99999999999999999999999999999999", STATUS_OK, 0},
        {"-0.0e400", STATUS_OK, 0},
        {"1e-99999999999999999999999999999999", STATUS_OK, 0},
        {"123e-10000000", STATUS_OK, 0},
        {"0.00001e313", STATUS_OK, 0},
        {"1e309x", STATUS_NUMBER, 5}, /* no number at all */
        {"[1e309 x", STATUS_RANGE, 1},
        {"1e", STATUS_END, 2},
    };
    CHECK_ROWS(rows);
}

/* DIGIT, then COUNT zeros, then END. */
static void check_zeros(char digit, size_t count, const char *end, enum status status)
{
    size_t n = strlen(end);
    char *text = malloc(1 + count + n);

    text[0] = digit;
    memset(text + 1, '0', count);
    memcpy(text + 1 + count, end, n);
    check(span_of(text, 1 + count + n), LIMITS_DEFAULT, status, 0);
    free(text);
}

UNIT_TEST(long_numbers_are_in_range_by_their_value_not_their_length)
{
    check_zeros('1', 307, "", STATUS_OK);
    check_zeros('1', 308, "", STATUS_OK);
    check_zeros('1', 309, "", STATUS_RANGE);
    check_zeros('2', 308, "", STATUS_RANGE);
    check_zeros('2', 308, ".5", STATUS_RANGE);
    check_zeros('1', 400, "e-92", STATUS_OK);
    check_zeros('1', 400, "e-91", STATUS_RANGE);
    check_zeros('1', 300000, "e-300000", STATUS_OK);
    check_zeros('1', 2000000, "e-2000000", STATUS_OK);
    check_zeros('1', 300000, "", STATUS_RANGE);
}

/* OPEN, TIMES times, then MIDDLE, then CLOSE as often. */
static void check_nested(const char *open, const char *middle, const char *close, size_t times,
                         struct limits limits, enum status status, size_t offset)
{
    size_t n = strlen(open), m = strlen(middle), k = strlen(close);
    char *text = malloc(times * (n + k) + m), *p = text;

    for (size_t i = 0; i < times; i++, p += n)
        memcpy(p, open, n);
    memcpy(p, middle, m);
    p += m;
    for (size_t i = 0; i < times; i++, p += k)
        memcpy(p, close, k);
    check(span_of(text, (size_t)(p - text)), limits, status, offset);
    free(text);
}

UNIT_TEST(depth_is_counted_in_open_brackets)
{
    check_nested("[", "", "]", 63, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("[", "", "]", 64, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("[", "", "]", 65, LIMITS_DEFAULT, STATUS_DEPTH, 64);
    check_nested("[", "1", "]", 64, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("[", "[],[]", "]", 63, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("[", "[],[[]]", "]", 63, LIMITS_DEFAULT, STATUS_DEPTH, 67);
    check_nested("{\"a\":", "{}", "}", 63, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("{\"a\":", "{}", "}", 64, LIMITS_DEFAULT, STATUS_DEPTH, 320);
    check_nested("{\"a\":[", "1", "]}", 32, LIMITS_DEFAULT, STATUS_OK, 0);
    check_nested("{\"a\":[", "1", "}]", 32, LIMITS_DEFAULT, STATUS_ELEMENT_END, 193);
    check(BYTES("[]"), ((struct limits){1, 9, 9}), STATUS_OK, 0);
    check(BYTES("[[]]"), ((struct limits){1, 9, 9}), STATUS_DEPTH, 1);
    check(BYTES("[]"), ((struct limits){0, 9, 9}), STATUS_DEPTH, 0);
    check(BYTES("7"), ((struct limits){0, 9, 9}), STATUS_OK, 0);
}

UNIT_TEST(no_limit_makes_more_depth_than_1024)
{
    struct limits deep = {1024, SIZE_MAX, SIZE_MAX}, deeper = {SIZE_MAX, SIZE_MAX, SIZE_MAX};

    check_nested("[", "", "]", 1024, deep, STATUS_OK, 0);
    check_nested("[", "", "]", 1025, deep, STATUS_DEPTH, 1024);
    check_nested("[", "", "]", 1024, deeper, STATUS_OK, 0);
    check_nested("[", "", "]", 1025, deeper, STATUS_DEPTH, 1024);
    check_nested("[", "", "", 1000000, deeper, STATUS_DEPTH, 1024);
    check_nested("{\"\":", "{}", "}", 1023, deep, STATUS_OK, 0);
}

UNIT_TEST(values_are_counted_and_names_are_not)
{
    struct span text = BYTES("{\"a\":[1,\"s\"],\"b\":null}"); /* five */

    for (size_t most = 0; most < 8; most++) {
        static const size_t starts[] = {0, 5, 6, 8, 17};
        check(text, ((struct limits){9, most, 99}), most < 5 ? STATUS_VALUES : STATUS_OK,
              most < 5 ? starts[most] : 0);
    }
}

UNIT_TEST(the_default_limit_of_values)
{
    for (size_t values = 131071; values <= 131073; values++) {
        size_t n = 2 * values - 1; /* an array of ones */
        char *text = malloc(n);
        for (size_t i = 0; i < n; i++)
            text[i] = i % 2 ? '1' : ',';
        text[0] = '[';
        text[n - 1] = ']';
        check(span_of(text, n), LIMITS_DEFAULT, values > 131072 ? STATUS_VALUES : STATUS_OK,
              n - 2);
        CHECK(values > 131072 || counts.values == values);
        free(text);
    }
}

UNIT_TEST(length_is_looked_at_first)
{
    struct span text = BYTES("[1,2,3] ");

    check(text, ((struct limits){9, 9, 9}), STATUS_OK, 0);
    check(text, ((struct limits){9, 9, 8}), STATUS_OK, 0);
    check(text, ((struct limits){9, 9, 7}), STATUS_LENGTH, 7);
    check(text, ((struct limits){0, 0, 0}), STATUS_LENGTH, 0);
    check(BYTES("]]]]"), ((struct limits){9, 9, 3}), STATUS_LENGTH, 3);
    check(BYTES(""), ((struct limits){9, 9, 0}), STATUS_END, 0);
}

UNIT_TEST(of_several_faults_the_first_is_reported)
{
    static const struct {
        const char *text;
        struct limits limits;
        enum status status;
        size_t offset;
    } rows[] = {
        {"[[\x01", {1, 9, 99}, STATUS_DEPTH, 1},
        {"[[", {1, 1, 99}, STATUS_VALUES, 1}, /* values before depth */
        {"[1e999", {1, 1, 99}, STATUS_VALUES, 1},
        {"[x", {1, 1, 99}, STATUS_VALUES, 1},
        {"[,", {1, 1, 99}, STATUS_VALUE, 1}, /* no value begins here */
        {"[\"\\x\xFF\"", {1, 9, 99}, STATUS_ESCAPE, 2},
        {"[1,2 3", {1, 2, 99}, STATUS_VALUES, 3},
        {"[1 2,3", {1, 2, 99}, STATUS_ELEMENT_END, 3},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(span_text(rows[i].text), rows[i].limits, rows[i].status, rows[i].offset);
}

/* Leave bytes other than 0 where the next call has its variables. */
static __attribute__((noinline)) void litter(void)
{
    volatile unsigned char stack[8192];

    for (size_t i = 0; i < sizeof stack; i++)
        stack[i] = 0xA5;
}

UNIT_TEST(rule_16_unpaired_surrogates_are_counted)
{
    static const struct {
        const char *text;
        size_t unpaired;
    } cases[] = {
        {"[]", 0},
        {"[\"\\u0041\"]", 0},
        {"[\"\\ud83d\\ude00\"]", 0},
        {"[\"\\uD83D\\uDE00\"]", 0},
        {"[\"\\ud83d\"]", 1},
        {"[\"\\ude00\"]", 1},
        {"[\"\\ude00\\ud83d\"]", 2},
        {"[\"\\ud83d\\ud83d\\ude00\"]", 1},
        {"[\"\\ud83d\\u0041\"]", 1},
        {"[\"\\ud83d\\n\\ude00\"]", 2},
        {"[\"\\ud83dude00\"]", 1},
        {"[\"\\ud7ff\\ue000\"]", 0},
        {"[\"\\udbff\\udfff\\udbff\"]", 1},
        {"{\"\\ud800\":\"\\udc00\"}", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct limits limits = LIMITS_DEFAULT;
        struct json_counts counted = {0};
        litter();
        CHECK(validate(span_text(cases[i].text), &limits, &counted).status == STATUS_OK);
        if (counted.unpaired != cases[i].unpaired)
            printf("# %s: %zu\n", cases[i].text, counted.unpaired);
        CHECK(counted.unpaired == cases[i].unpaired);
    }
}

int main(void)
{
    return unit_run();
}
