/*
 * suite-json SUITES: published and exhaustive vectors for validate, json and members.
 *
 * SUITES/exhaustive has, for some alphabets and up to a length, all strings that another JSON
 * parser accepts: every other string must be refused. SUITES/JSONTestSuite is Nicolas
 * Seriot's: names beginning with y_ are valid, n_ invalid, i_ for the parser to decide.
 */
#include "config.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "json/members.h"
#include "json/validate.h"
#include "record.h"
#include "unit.h"

static const char *suites;
static struct arena arena = ARENA_EMPTY;

/* The bytes of SUITES/DIRECTORY/NAME, to be freed; no bytes if it cannot be read. */
static struct span read_file(const char *directory, const char *name)
{
    char path[4096];
    unsigned char *p = NULL;
    size_t n = 0;

    snprintf(path, sizeof path, "%s/%s/%s", suites, directory, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("# cannot open %s\n", path);
        return span_of(NULL, 0);
    }
    if (fseek(file, 0, SEEK_END) == 0) {
        n = (size_t)ftell(file);
        rewind(file);
        p = malloc(n);
        if (!p || fread(p, 1, n, file) != n)
            abort();
    }
    fclose(file);
    return span_of(p, n);
}

static void free_file(struct span file)
{
    free((void *)(uintptr_t)file.p);
}

/* The status of TEXT, duplicate names included. The nodes of a valid text must also cover it
 * without gaps. */
static enum status judge(struct span text)
{
    const struct limits limits = LIMITS_DEFAULT;
    struct json_counts counts;
    struct json json;
    struct members members;
    struct fault fault = validate(text, &limits, &counts);

    if (fault.status != STATUS_OK) {
        CHECK(fault.offset <= text.n);
        CHECK(record_outlined(text, &limits, fault, NULL, NULL));
        return fault.status;
    }
    arena_reset(&arena);
    CHECK(json_parse(&json, text, &counts, &arena) == STATUS_OK);
    CHECK(record_outlined(text, &limits, fault, &counts, &json));
    CHECK(json.count == counts.values + counts.names);
    CHECK(record_tiles(&json));
    return members_check(&json, 1, &arena, &members).status;
}

/* What walking through all strings over an alphabet has found. */
struct walk {
    struct span valid; /* the lines not yet reached */
    size_t accepted, range, wrong;
};

/* The strings come in the order of the lines: by length, then by bytes. Names may occur twice
 * and numbers be out of range there: it is about the grammar. */
static void visit(struct walk *walk, struct span text)
{
    const struct limits limits = LIMITS_DEFAULT;
    struct json_counts counts;
    struct fault fault = validate(text, &limits, &counts);
    enum status status = fault.status;
    const unsigned char *end =
        walk->valid.n ? memchr(walk->valid.p, '\n', walk->valid.n) : NULL;
    size_t n = end ? (size_t)(end - walk->valid.p) : 0;
    bool valid = end && span_equal(text, span_of(walk->valid.p, n));

    if (valid)
        walk->valid = span_cut(walk->valid, n + 1, walk->valid.n);
    walk->accepted += status == STATUS_OK;
    walk->range += status == STATUS_RANGE;
    if (valid != (status == STATUS_OK || status == STATUS_RANGE) && walk->wrong++ < 10)
        printf("# %s: status %d: %.*s\n", valid ? "valid" : "invalid", status, (int)text.n,
               (const char *)text.p);
    if (valid && status == STATUS_OK)
        judge(text);
    else
        walk->wrong += !record_outlined(text, &limits, fault, NULL, NULL);
}

static int compare_bytes(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

static int compare_lines(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->n != y->n ? (x->n > y->n) - (x->n < y->n) : span_compare(*x, *y);
}

/* The lines of FILE, shorter ones first, then by bytes. To be freed. */
static struct span sort_lines(struct span file)
{
    struct span *lines = malloc((file.n + 1) * sizeof *lines);
    unsigned char *out = malloc(file.n + 1);
    size_t count = 0, n = 0;

    for (size_t from = 0, at = 0; at < file.n; at++)
        if (file.p[at] == '\n') {
            lines[count++] = span_cut(file, from, at);
            from = at + 1;
        }
    qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++) {
        memcpy(out + n, lines[i].p, lines[i].n);
        n += lines[i].n;
        out[n++] = '\n';
    }
    free(lines);
    return span_of(out, n);
}

/* Exactly the VALID lines of NAME, RANGE of them numbers that no double holds, are accepted of
 * all strings of up to LONGEST of SYMBOLS. */
static void check_exhaustive(const char *name, const char *symbols, size_t longest,
                             size_t valid, size_t range)
{
    struct span file = read_file("exhaustive", name);
    struct span lines = sort_lines(file);
    struct walk walk = {.valid = lines};
    char alphabet[16];
    size_t radix = strlen(symbols), total = 1;

    memcpy(alphabet, symbols, radix + 1);
    qsort(alphabet, radix, 1, compare_bytes);
    visit(&walk, span_of(NULL, 0));
    for (size_t length = 1; length <= longest; length++) {
        unsigned char *text = malloc(length);
        total *= radix;
        for (size_t i = 0; i < total; i++) {
            size_t rest = i;
            for (size_t at = length; at-- > 0; rest /= radix)
                text[at] = (unsigned char)alphabet[rest % radix];
            visit(&walk, span_of(text, length));
        }
        free(text);
    }
    CHECK(walk.valid.n == 0);
    CHECK(walk.wrong == 0);
    CHECK(walk.accepted == valid - range);
    CHECK(walk.range == range);
    free_file(lines);
    free_file(file);
}

UNIT_TEST(exhaustive_structure)
{
    check_exhaustive("structure.valid.txt", "{}[]:,\"a1", 7, 38125, 0);
}

UNIT_TEST(exhaustive_number)
{
    check_exhaustive("number.valid.txt", "-+.eE01", 7, 2944, 128);
}

UNIT_TEST(exhaustive_string)
{
    check_exhaustive("string_inner.valid.txt", "\"\\u0n/Dx", 7, 13576, 0);
}

UNIT_TEST(exhaustive_literal)
{
    check_exhaustive("literal.valid.txt", "nultrefas ", 5, 7, 0);
}

/* The decisions: numbers beyond a double, ill-formed text and deep nesting are refused,
 * underflow and unpaired surrogate escapes accepted. A byte order mark is not for this layer:
 * the stream takes one away at the start of a file. */
static const struct {
    const char *name;
    enum status status;
} decided[] = {
    {"i_number_double_huge_neg_exp.json", STATUS_OK},
    {"i_number_huge_exp.json", STATUS_RANGE},
    {"i_number_neg_int_huge_exp.json", STATUS_RANGE},
    {"i_number_pos_double_huge_exp.json", STATUS_RANGE},
    {"i_number_real_neg_overflow.json", STATUS_RANGE},
    {"i_number_real_pos_overflow.json", STATUS_RANGE},
    {"i_number_real_underflow.json", STATUS_OK},
    {"i_number_too_big_neg_int.json", STATUS_OK},
    {"i_number_too_big_pos_int.json", STATUS_OK},
    {"i_number_very_big_negative_int.json", STATUS_OK},
    {"i_object_key_lone_2nd_surrogate.json", STATUS_OK},
    {"i_string_1st_surrogate_but_2nd_missing.json", STATUS_OK},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", STATUS_OK},
    {"i_string_UTF-16LE_with_BOM.json", STATUS_UTF8},
    {"i_string_UTF-8_invalid_sequence.json", STATUS_UTF8},
    {"i_string_UTF8_surrogate_U+D800.json", STATUS_UTF8},
    {"i_string_incomplete_surrogate_and_escape_valid.json", STATUS_OK},
    {"i_string_incomplete_surrogate_pair.json", STATUS_OK},
    {"i_string_incomplete_surrogates_escape_valid.json", STATUS_OK},
    {"i_string_invalid_lonely_surrogate.json", STATUS_OK},
    {"i_string_invalid_surrogate.json", STATUS_OK},
    {"i_string_invalid_utf-8.json", STATUS_UTF8},
    {"i_string_inverted_surrogates_U+1D11E.json", STATUS_OK},
    {"i_string_iso_latin_1.json", STATUS_UTF8},
    {"i_string_lone_second_surrogate.json", STATUS_OK},
    {"i_string_lone_utf8_continuation_byte.json", STATUS_UTF8},
    {"i_string_not_in_unicode_range.json", STATUS_UTF8},
    {"i_string_overlong_sequence_2_bytes.json", STATUS_UTF8},
    {"i_string_overlong_sequence_6_bytes.json", STATUS_UTF8},
    {"i_string_overlong_sequence_6_bytes_null.json", STATUS_UTF8},
    {"i_string_truncated-utf-8.json", STATUS_UTF8},
    {"i_string_utf16BE_no_BOM.json", STATUS_VALUE},
    {"i_string_utf16LE_no_BOM.json", STATUS_VALUE},
    {"i_structure_500_nested_arrays.json", STATUS_DEPTH},
    {"i_structure_UTF-8_BOM_empty_object.json", STATUS_VALUE},
    {"y_object_duplicated_key.json", STATUS_DUPLICATE},
    {"y_object_duplicated_key_and_value.json", STATUS_DUPLICATE},
};

/* Is STATUS right for the file NAME? */
static bool as_decided(const char *name, enum status status)
{
    for (size_t i = 0; i < sizeof decided / sizeof *decided; i++)
        if (strcmp(name, decided[i].name) == 0)
            return status == decided[i].status;
    if (name[0] == 'n')
        return status != STATUS_OK && status != STATUS_DUPLICATE;
    return name[0] == 'y' && status == STATUS_OK;
}

/* All COUNT files of test_parsing whose names begin with KIND. */
static void check_parsing(char kind, size_t count)
{
    static const char directory[] = "JSONTestSuite/test_parsing";
    char path[4096];
    const struct dirent *entry;
    size_t seen = 0;

    snprintf(path, sizeof path, "%s/%s", suites, directory);
    DIR *files = opendir(path);
    while (files && (entry = readdir(files))) {
        if (entry->d_name[0] != kind || entry->d_name[1] != '_')
            continue;
        struct span text = read_file(directory, entry->d_name);
        enum status status = judge(text);
        if (!as_decided(entry->d_name, status)) {
            unit_bad = true;
            printf("# %s: %s\n", entry->d_name, status_text(status));
        }
        free_file(text);
        seen++;
    }
    if (files)
        closedir(files);
    CHECK(seen == count);
}

UNIT_TEST(JSONTestSuite_valid)
{
    check_parsing('y', 95);
}

UNIT_TEST(JSONTestSuite_invalid)
{
    check_parsing('n', 188);
}

UNIT_TEST(JSONTestSuite_undecided)
{
    check_parsing('i', 35);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: suite-json SUITES\n");
        return 2;
    }
    suites = argv[1];
    int failed = unit_run();
    arena_free(&arena);
    return failed;
}
