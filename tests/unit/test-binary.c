/* binary: what fits into the 8 bytes of a plain value, and the layout. The bytes of whole
 * files are in tests/cli/binary.bats. */
#include "config.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "format/binary_layout.h"
#include "format/binary_carry.h"
#include "text/number.h"
#include "unit.h"

static void check_integer(const char *text, bool expected, bool negative, uint64_t magnitude)
{
    bool sign = false;
    uint64_t m = 0;
    bool got = number_integer(span_text(text), &sign, &m);

    if (got == expected && (!got || (sign == negative && m == magnitude)))
        return;
    unit_bad = true;
    printf("# %s: %d %c%llu\n", text, got, sign ? '-' : '+', (unsigned long long)m);
}

UNIT_TEST(integers_are_read_to_the_last_digit)
{
    check_integer("0", true, false, 0);
    check_integer("-0", true, false, 0);
    check_integer("-0.00e-7", true, false, 0);
    check_integer("0e99999999999999999999", true, false, 0);
    check_integer("12", true, false, 12);
    check_integer("-12.00", true, true, 12);
    check_integer("1.50e1", true, false, 15);
    check_integer("1.5", false, false, 0);
    check_integer("1e-1", false, false, 0);
    check_integer("1000e-3", true, false, 1);
    check_integer("1001e-3", false, false, 0);
    check_integer("9007199254740993", true, false, UINT64_C(9007199254740993));
    check_integer("18446744073709551615", true, false, UINT64_MAX);
    check_integer("1.8446744073709551615E+19", true, false, UINT64_MAX);
    check_integer("-18446744073709551615", true, true, UINT64_MAX);
    check_integer("18446744073709551616", false, false, 0);
    check_integer("18446744073709551620", false, false, 0);
    check_integer("99999999999999999999", false, false, 0);
    check_integer("1e19", true, false, UINT64_C(10000000000000000000));
    check_integer("2e19", false, false, 0);
    check_integer("1e20", false, false, 0);
    check_integer("1e99999999999999999999", false, false, 0);
    check_integer("1e-99999999999999999999", false, false, 0);
}

/* 900 digits, all zeros except the first and the given ones. */
static void check_long(size_t at, char digit, const char *behind, bool expected,
                       uint64_t magnitude)
{
    char text[1000];

    memset(text, '0', 900);
    text[0] = '7';
    text[at] = digit;
    strcpy(text + 900, behind);
    check_integer(text, expected, false, magnitude);
}

UNIT_TEST(integers_of_many_digits)
{
    check_long(0, '7', "", false, 0);
    check_long(0, '7', "e-899", true, 7);
    check_long(1, '1', "e-898", true, 71);
    check_long(1, '1', "e-899", false, 0);
    check_long(899, '1', "e-899", false, 0);
    check_long(850, '1', "e-850", false, 0);
    check_long(1, '.', "", true, 7);
    check_long(1, '.', "1", false, 0);
}

struct row {
    const char *text;
    enum plain type;
    bool present;
    uint64_t bits;
};

static void check_rows(const struct row *rows, size_t count, bool fact)
{
    for (size_t i = 0; i < count; i++) {
        struct span text = span_text(rows[i].text);
        uint64_t bits = 0;
        bool present = fact ? binary_carry_fact(text, rows[i].type, &bits)
                            : binary_carry_member(text, rows[i].type, &bits);
        if (present == rows[i].present && (!present || bits == rows[i].bits))
            continue;
        unit_bad = true;
        printf("# row %zu: %s: %d %016llx\n", i, rows[i].text, present,
               (unsigned long long)bits);
    }
}
#define CHECK_ROWS(rows, fact) check_rows(rows, sizeof(rows) / sizeof(rows)[0], fact)

UNIT_TEST(rule_29_a_fact_is_present_where_its_type_holds_the_double)
{
    /* JCS of doubles; the bits are those of Python's struct.pack(). */
    static const struct row rows[] = {
        {"0", PLAIN_U64, true, 0},
        {"156", PLAIN_U64, true, 156},
        {"-1", PLAIN_U64, false, 0},
        {"1.5", PLAIN_U64, false, 0},
        {"5e-324", PLAIN_U64, false, 0},
        {"9007199254740992", PLAIN_U64, true, UINT64_C(1) << 53},
        {"9223372036854776000", PLAIN_U64, true, UINT64_C(1) << 63},
        {"18446744073709550000", PLAIN_U64, true, 0xfffffffffffff800},
        {"18446744073709552000", PLAIN_U64, false, 0},
        {"1e+21", PLAIN_U64, false, 0},
        {"-1", PLAIN_I64, true, UINT64_MAX},
        {"9223372036854775000", PLAIN_I64, true, 0x7ffffffffffffc00},
        {"9223372036854776000", PLAIN_I64, false, 0},
        {"-9223372036854776000", PLAIN_I64, true, UINT64_C(1) << 63},
        {"-9223372036854778000", PLAIN_I64, false, 0},
        {"1.5", PLAIN_F64, true, 0x3ff8000000000000},
        {"-0.1", PLAIN_F64, true, 0xbfb999999999999a},
        {"1e+21", PLAIN_F64, true, 0x444b1ae4d6e2ef50},
        {"true", PLAIN_U64, false, 0},
        {"null", PLAIN_I64, false, 0},
        {"\"1\"", PLAIN_F64, false, 0},
        {"[1]", PLAIN_U64, false, 0},
        /* XXH3-64 by xxhsum. */
        {"true", PLAIN_HASH, true, 0x40bbd512750b7629},
        {"null", PLAIN_HASH, true, 0xb785b6ec423c44e1},
    };
    CHECK_ROWS(rows, true);
}

UNIT_TEST(rule_29_a_carried_member_is_what_its_text_says)
{
    static const struct row rows[] = {
        {"1.0e3", PLAIN_U64, true, 1000},
        {"9007199254740993", PLAIN_U64, true, UINT64_C(9007199254740993)},
        {"18446744073709551615", PLAIN_U64, true, UINT64_MAX},
        {"18446744073709551616", PLAIN_U64, false, 0},
        {"-0", PLAIN_U64, true, 0},
        {"-1", PLAIN_U64, false, 0},
        {"-9223372036854775808", PLAIN_I64, true, UINT64_C(1) << 63},
        {"-9223372036854775809", PLAIN_I64, false, 0},
        {"9223372036854775807", PLAIN_I64, true, INT64_MAX},
        {"9223372036854775808", PLAIN_I64, false, 0},
        {"-0", PLAIN_I64, true, 0},
        {"9007199254740993", PLAIN_F64, true, 0x4340000000000000},
        {"-0", PLAIN_F64, true, 0},
        {"\"1\"", PLAIN_U64, false, 0},
        {"{}", PLAIN_F64, false, 0},
        {"", PLAIN_U64, false, 0},
        {"", PLAIN_F64, false, 0},
        {"", PLAIN_HASH, false, 0},
        /* As text, "\u0061" is not "a". */
        {"\"\\u0061\"", PLAIN_HASH, true, 0x7c2cbf6ac1ff711f},
    };
    CHECK_ROWS(rows, false);
}

/* What the empty names of the catalogs below point into. */
static const unsigned char no_texts[1];

/* The last column of KIND in LAYOUT, or null. */
static const struct binary_column *find_column(const struct binary_layout *layout,
                                               enum binary_kind kind)
{
    for (size_t i = layout->column_count; i > 0; i--)
        if (layout->columns[i - 1].kind == kind)
            return &layout->columns[i - 1];
    return NULL;
}

UNIT_TEST(the_stride_is_the_least_multiple_of_64)
{
    struct catalog_row rows[100] = {{.fact = PLAIN_NONE}};
    struct catalog catalog = {
        .texts = no_texts, .rows = rows, .row_count = 1, .group_count = 1};
    struct binary_layout layout;

    for (uint32_t n = 1; n < 100; n++) {
        catalog.row_count = n;
        rows[n - 1].fact = n % 3 ? PLAIN_U64 : PLAIN_NONE;
        CHECK(binary_layout_make(&layout, &catalog, &(struct binary_extras){0}));
        const struct binary_column *bitmap = find_column(&layout, BINARY_BITMAP),
                                   *fact = find_column(&layout, BINARY_FACT),
                                   *vector = find_column(&layout, BINARY_VECTOR);
        size_t end = vector->offset + 8 * n;
        CHECK(layout.stride % 64 == 0 && layout.stride >= end && layout.stride - end < 64);
        CHECK(bitmap->count == (n - n / 3 > 64 ? 2 : 1) && fact->bit == n - n / 3 - 1);
        CHECK(fact->offset == bitmap->offset + 8 * (bitmap->count + fact->bit));
        binary_layout_free(&layout);
    }
}

/* The table of whorl-vector(5): columns that each catalog has where they are here. */
UNIT_TEST(the_first_columns_are_where_the_manual_has_them)
{
    static const struct {
        enum binary_kind kind;
        enum binary_type type;
        size_t offset;
        uint32_t count;
    } first[] = {
        {BINARY_TAG, BINARY_U8, 0, 8},       {BINARY_KEY, BINARY_U8, 8, 16},
        {BINARY_PRESENT, BINARY_U32, 24, 1}, {BINARY_ERRORS, BINARY_U32, 28, 1},
        {BINARY_ID, BINARY_U8, 32, 16},      {BINARY_ID, BINARY_U8, 48, 16},
        {BINARY_ID, BINARY_U8, 64, 16},      {BINARY_ID, BINARY_U8, 80, 16},
        {BINARY_ID, BINARY_U8, 96, 16},      {BINARY_COVERAGE, BINARY_U16, 112, 1},
        {BINARY_COVERAGE, BINARY_U16, 114, 1}, {BINARY_COVERAGE, BINARY_U16, 116, 1},
        {BINARY_COVERAGE, BINARY_U16, 118, 1}, {BINARY_COVERAGE, BINARY_U16, 120, 1},
        {BINARY_GROUPS, BINARY_U64, 128, 1}, {BINARY_VECTOR, BINARY_U64, 136, 1},
    };
    struct catalog_row row = {.fact = PLAIN_NONE};
    const struct catalog catalog = {
        .texts = no_texts, .rows = &row, .row_count = 1, .group_count = 1};
    struct binary_layout layout;

    CHECK(binary_layout_make(&layout, &catalog, &(struct binary_extras){0}));
    CHECK(layout.column_count == sizeof first / sizeof *first);
    for (size_t i = 0; i < layout.column_count; i++) {
        const struct binary_column *column = &layout.columns[i];
        CHECK(column->kind == first[i].kind && column->type == first[i].type);
        CHECK(column->offset == first[i].offset && column->count == first[i].count);
    }
    CHECK(layout.stride == 192);
    binary_layout_free(&layout);
}

UNIT_TEST(a_column_is_found_by_the_name_that_it_has)
{
    static const struct {
        const char *text;
        enum binary_kind kind;
        const char *name;
    } cases[] = {
        {"tag", BINARY_TAG, ""},          {"id:browser", BINARY_ID, "browser"},
        {"fact:a:b", BINARY_FACT, "a:b"}, {"carry:", BINARY_CARRY, ""},
        {"id", BINARY_KINDS, ""},         {"vector:x", BINARY_KINDS, "x"},
        {"", BINARY_KINDS, ""},           {"vectors", BINARY_KINDS, ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span name;
        CHECK(binary_kind_find(span_text(cases[i].text), &name) == cases[i].kind);
        CHECK_TEXT(name, cases[i].name);
    }
}

int main(void)
{
    return unit_run();
}
