/* Catalogs: every mistake has its message at its line and column; a right catalog is read right. */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "catalog/compile.h"
#include "unit.h"

#define HEAD "@catalog\ttest\t1\n"
#define ROW  "a\t/a\tg\tdevice\n"

/* What is expected of the cells of a row. */
#define CELLS "expected cells separated by one tab: NAME POINTER GROUP TIER [STEPS [FLAGS]]"

static const struct mistake {
    const char *text;
    size_t line, column;
    const char *what;
} mistakes[] = {
    {"", 1, 1, "expected a line '@catalog NAME VERSION'"},
    {HEAD, 1, 1, "expected at least one row"},
    {HEAD "\n# only a comment\n", 1, 1, "expected at least one row"},

    /* Lines and cells. */
    {HEAD "a\t/a\tg\tdevice\r\n", 2, 14,
     "a carriage return: expected lines that end with LF alone; try tr -d '\\r'"},
    {HEAD "a\t/a\tg\tdevi\x1B" "ce\n", 2, 12,
     "control byte: expected text, tabs, and lines ended by a single LF"},
    {"\xEF\xBB\xBF" HEAD ROW, 1, 1, "a byte order mark: expected text in UTF-8 without it"},
    {HEAD ROW "b\xFF\t/b\tg\tdevice\n", 3, 2, "invalid UTF-8: expected text in UTF-8"},
    {HEAD "a\t/a\tg\n", 2, 7, "a cell is missing at the end: " CELLS},
    {HEAD "a\n", 2, 2, "a cell is missing at the end: " CELLS},
    {HEAD "Noto Sans\t/a\tg\n", 2, 15, "a cell is missing at the end: " CELLS},
    {HEAD "a\t/a\tg\tdevice\tnfc\tfact\tmore\n", 2, 24, "a cell too many: " CELLS},
    {HEAD "a\t/a\tg\tdevice\tnfc\tfact\t\n", 2, 24, "a cell too many: " CELLS},

    /* Two tabs for one: the cell between them is empty. A pointer may be. */
    {HEAD "a\t\t/a\tg\tdevice\n", 2, 3, "an empty cell, for there are two tabs: " CELLS},
    {HEAD "a\t/a\t\tg\tdevice\n", 2, 6, "an empty cell, for there are two tabs: " CELLS},
    {HEAD "a\t\t/a\t\tg\t\tdevice\n", 2, 3, "an empty cell, for there are two tabs: " CELLS},
    {HEAD "a\t\t/a\tg\tnfc\n", 2, 7,
     "unknown tier: expected device, install, build, exact or volatile, not 'g'"},
    {"@catalog\t\ttest\t1\n", 1, 10,
     "an empty cell, for there are two tabs: expected cells separated by one tab: "
     "@catalog NAME VERSION"},

    /* Spaces for a tab. */
    {HEAD "a  /a  g  device\n", 2, 2, "spaces do not separate cells: " CELLS},
    {HEAD "a /a g device\n", 2, 2, "spaces do not separate cells: " CELLS},
    {HEAD "a b /a\tg\tdevice\n", 2, 4, "spaces do not separate cells: " CELLS},
    {HEAD "a\t/a g\tdevice\n", 2, 5, "spaces do not separate cells: " CELLS},
    {HEAD "a\t/a\tg device\n", 2, 7, "spaces do not separate cells: " CELLS},
    {HEAD "a\t/a\tg    device\tnfc\n", 2, 7, "spaces do not separate cells: " CELLS},
    {HEAD ROW "    /b\n", 3, 1, "spaces do not separate cells: " CELLS},
    {"@catalog test 1\n", 1, 9,
     "spaces do not separate cells: expected cells separated by one tab: @catalog NAME VERSION"},
    {"@catalog\ttest 1\n", 1, 14,
     "spaces do not separate cells: expected cells separated by one tab: @catalog NAME VERSION"},
    {HEAD "@id /id\n", 2, 4,
     "spaces do not separate cells: expected cells separated by one tab: @id POINTER"},
    {HEAD "@min device\t1\n", 2, 5,
     "spaces do not separate cells: expected cells separated by one tab: @min IDENTITY SIGNALS"},
    {HEAD "@carry\ttime /ts\n", 2, 12,
     "spaces do not separate cells: expected cells separated by one tab: "
     "@carry NAME POINTER [u64|i64|f64]"},

    /* Names. */
    {HEAD "a=b\t/a\tg\tdevice\n", 2, 2,
     "expected the name of a signal: not empty, without '=', '!' and '?', not beginning with "
     "'#' or '@'"},
    {HEAD "ab!\t/a\tg\tdevice\n", 2, 3,
     "expected the name of a signal: not empty, without '=', '!' and '?', not beginning with "
     "'#' or '@'"},
    {HEAD "?\t/a\tg\tdevice\n", 2, 1,
     "expected the name of a signal: not empty, without '=', '!' and '?', not beginning with "
     "'#' or '@'"},
    {HEAD ROW "b\t/b\tg\tdevice\n" ROW "b\t/c\tg\tdevice\n", 4, 1,
     "the name that line 2 has: expected each name once, not 'a'"},

    /* Pointers. */
    {HEAD "a\ta\tg\tdevice\n", 2, 3, "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "a\t/a~2\tg\tdevice\n", 2, 5,
     "expected ~0 (for '~') or ~1 (for '/') in a JSON pointer"},
    {HEAD "a\t/a~\tg\tdevice\n", 2, 5,
     "expected ~0 (for '~') or ~1 (for '/') in a JSON pointer"},
    {HEAD "\t/a\n" ROW, 2, 2, "a further pointer before any row"},
    {HEAD ROW "\t/b\tg\n", 3, 5,
     "the line begins with a tab, as a further pointer does: expected a name first, or nothing "
     "after the pointer"},
    {HEAD ROW "\t\n", 3, 1,
     "an empty name: expected a name, or after the tab a further pointer for the row before"},

    /* Groups and tiers. */
    {HEAD "a\t/a\tg\tdevices\n", 2, 8,
     "unknown tier: expected device, install, build, exact or volatile, not 'devices'; did you "
     "mean device"},
    {HEAD "a\t/a\tg\tDevice\n", 2, 8,
     "unknown tier: expected device, install, build, exact or volatile, not 'Device'; did you "
     "mean device"},
    {HEAD "a\t/a\tg\tvolatlie \n", 2, 8,
     "unknown tier: expected device, install, build, exact or volatile, not 'volatlie '; did you "
     "mean volatile"},
    {HEAD "a\t/a\tg\tbrowser\n", 2, 8,
     "unknown tier: expected device, install, build, exact or volatile, not 'browser'"},
    {HEAD ROW "b\t/b\tg\tbuild\n", 3, 6,
     "a group holds one tier: expected device, as in line 2, or another group than 'g'"},
    {HEAD "v\t/v\tg\tvolatile\n" ROW "b\t/b\tg\tbuild\n", 4, 6,
     "a group holds one tier: expected device, as in line 3, or another group than 'g'"},
    {HEAD "a\t/a\t\tdevice\n", 2, 6,
     "expected the name of a group: not empty, without '=', '!' and '?', not beginning with "
     "'#' or '@'"},

    /* Flags. */
    {HEAD "a\t/a\tg\tdevice\t\tfacts\n", 2, 16,
     "expected the flags fact (or fact:u64, fact:i64, fact:f64) and private, each at most "
     "once, "
     "separated by one space"},
    {HEAD "a\t/a\tg\tdevice\t\tfact fact\n", 2, 21,
     "expected the flags fact (or fact:u64, fact:i64, fact:f64) and private, each at most "
     "once, "
     "separated by one space"},
    {HEAD "a\t/a\tg\tdevice\t\tfact \n", 2, 20, "expected no space at the end"},

    /* Directives. */
    {"@katalog\ttest\t1\n", 1, 1,
     "unknown directive: expected one of @include @catalog @id @root @error @value @epoch @ids @min "
     "@transient @exclude @keep @carry @library @pairs @json @sketch, not '@katalog'; did you mean @catalog"},
    {HEAD "@errors\terror\n", 2, 1,
     "unknown directive: expected one of @include @catalog @id @root @error @value @epoch @ids @min "
     "@transient @exclude @keep @carry @library @pairs @json @sketch, not '@errors'; did you mean @error"},
    {HEAD "@somethingelse\n", 2, 1,
     "unknown directive: expected one of @include @catalog @id @root @error @value @epoch @ids @min "
     "@transient @exclude @keep @carry @library @pairs @json @sketch, not '@somethingelse'"},
    {"@catalog\ttest\n", 1, 14,
     "a cell is missing at the end: expected cells separated by one tab: @catalog NAME VERSION"},
    {"@catalog\n", 1, 9,
     "a cell is missing at the end: expected cells separated by one tab: @catalog NAME VERSION"},
    {"@catalog\ttest\t1\t2\n", 1, 17,
     "a cell too many: expected cells separated by one tab: @catalog NAME VERSION"},
    {HEAD "@id\n", 2, 4,
     "a cell is missing at the end: expected cells separated by one tab: @id POINTER"},
    {HEAD "@min\tdevice\n", 2, 12,
     "a cell is missing at the end: expected cells separated by one tab: @min IDENTITY SIGNALS"},
    {HEAD HEAD ROW, 2, 1, "expected once, not again '@catalog'"},
    {"@catalog\tTest\t1\n", 1, 10, "expected a name of a-z, 0-9 and _, beginning with a-z"},
    {"@catalog\t1a\t1\n", 1, 10, "expected a name of a-z, 0-9 and _, beginning with a-z"},
    {"@catalog\t\t1\n", 1, 10, "an empty cell: expected the catalog's name"},
    {"@catalog\ttest\t1.0\n", 1, 15,
     "expected a whole number from 0 to 18446744073709551615, not '1.0'"},
    {"@catalog\ttest\t01\n", 1, 15,
     "expected a whole number from 0 to 18446744073709551615, not '01'"},
    {"@catalog\ttest\t\n", 1, 15,
     "expected a whole number from 0 to 18446744073709551615, not ''"},
    {"@catalog\ttest\t18446744073709551616\n", 1, 15,
     "expected a whole number from 0 to 18446744073709551615, not '18446744073709551616'"},
    {HEAD "@id\tevent_id\n", 2, 5, "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "@root\tsignals\n", 2, 7, "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "@error\terror\tduration\terror\n", 2, 23, "expected each name once, not 'error'"},
    {HEAD "@epoch\t-1\n", 2, 8,
     "expected a whole number from 0 to 18446744073709551615, not '-1'"},
    {HEAD "@epoch\t18446744073709551616\n", 2, 8,
     "expected a whole number from 0 to 18446744073709551615, not '18446744073709551616'"},
    {HEAD "@epoch\t01\n", 2, 8,
     "expected a whole number from 0 to 18446744073709551615, not '01'"},
    {HEAD "@ids\t65536\n", 2, 6, "expected a whole number from 0 to 65535, not '65536'"},
    {HEAD "@min\tvolatile\t1\n", 2, 6,
     "unknown identity: expected exact, build, install, browser or device, not 'volatile'"},
    {HEAD "@min\tinstal\t1\n", 2, 6,
     "unknown identity: expected exact, build, install, browser or device, not 'instal'; did you "
     "mean install"},
    {HEAD "@min\tdevice\tx\n", 2, 13, "expected a whole number from 0 to 65535, not 'x'"},
    {HEAD "@min\tdevice\t1\n@min\tdevice\t2\n", 3, 6,
     "expected one @min an identity, not again 'device'"},
    {HEAD "@exclude\ta\twhen\t/b\n", 2, 19,
     "a cell is missing at the end: expected cells separated by one tab: @exclude PREFIX... "
     "when|unless POINTER JSON"},
    {HEAD "@exclude\ta\tif\t/b\t1\n", 2, 12,
     "expected 'when' or 'unless' before the last two cells, not 'if'"},
    {HEAD "@transient\tTimeout\tAbortError\tTimeout\n", 2, 31,
     "expected each name once, not 'Timeout'"},
    {HEAD "@transient\tTimeout\ttimed out\n", 2, 20,
     "expected the class of an error, [A-Za-z_][A-Za-z0-9_]*, not 'timed out'"},
    {HEAD "@transient\t\n", 2, 12,
     "expected the class of an error, [A-Za-z_][A-Za-z0-9_]*, not ''"},
    {HEAD "@transient\n", 2, 11,
     "a cell is missing at the end: expected cells separated by one tab: @transient CLASS..."},
    {HEAD "@transient\tA\n@transient\tB\n", 3, 1, "expected once, not again '@transient'"},
    {HEAD "@exclude\ta\twhen\tb\t1\n", 2, 17,
     "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "@exclude\ta\twhen\t/b\t[1,]\n", 2, 23, "expected a JSON value"},
    {HEAD "@keep\ta\n", 2, 1, "expected an @exclude line before '@keep'"},
    {HEAD "@exclude\ta\twhen\t/b\t1\n" ROW "@keep\ta\n", 4, 1,
     "expected an @exclude line before '@keep'"},
    {HEAD "@carry\ttime\t/ts\n@carry\ttime\t/t\n", 3, 8, "expected each name once, not 'time'"},
    {HEAD "@id\t/a\n\tb\n", 3, 2, "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "@carry\tt\t/t\n\t/u\tu64\n", 3, 5,
     "the line begins with a tab, as a further pointer does: expected a name first, or nothing "
     "after the pointer"},
    {HEAD "@root\t/a\n\t/b\n" ROW, 3, 2, "a further pointer before any row"},
    {HEAD "@carry\ttime\t/ts\tu32\n", 2, 17, "expected u64, i64 or f64, not 'u32'"},
    {HEAD "@library\tclientjs\n", 2, 10,
     "unknown library: expected fingerprintjs or thumbmarkjs, not 'clientjs'"},
    {HEAD "@library\tfingerprintjs\n@library\tthumbmarkjs\n", 3, 1,
     "expected once, not again '@library'"},
    {HEAD "@library\n", 2, 9,
     "a cell is missing at the end: expected cells separated by one tab: @library NAME"},
    {HEAD "a\t/a\tg\tdevice\t\tfact:u32\n", 2, 16,
     "expected the flags fact (or fact:u64, fact:i64, fact:f64) and private, each at most "
     "once, "
     "separated by one space"},
    {HEAD "@carry\ttime\tts\n", 2, 13, "expected a JSON pointer: empty, or beginning with '/'"},

    {HEAD "@pairs\t/p\tk\n", 2, 12,
     "a cell is missing at the end: expected cells separated by one tab: @pairs POINTER KEY "
     "VALUE [lower]"},
    {HEAD "@pairs\tp\tk\tv\n", 2, 8, "expected a JSON pointer: empty, or beginning with '/'"},
    {HEAD "@pairs\t\tk\tv\n", 2, 8,
     "expected a pointer into the record, which is an object itself, not ''"},
    {HEAD "@pairs\t/p\tk\tk\n", 2, 13,
     "expected another name than that of the key, not 'k'"},
    {HEAD "@pairs\t/p\tk\tv\tupper\n", 2, 15, "expected 'lower' or nothing, not 'upper'"},
    {HEAD "@pairs\t/p\tk\tv\n@json\t/p\n@pairs\t/p\tx\ty\tlower\n", 4, 8,
     "expected each pointer once, not again '/p'"},
    {HEAD "@json\t/p\n@json\t/p\n", 3, 7, "expected each pointer once, not again '/p'"},
    {HEAD "@json\t/p\t/q\n", 2, 10,
     "a cell too many: expected cells separated by one tab: @json POINTER"},
    {HEAD "@json\t/p\n\t/q\n", 3, 2, "a further pointer before any row"},

    {HEAD "@sketch\tg\n" ROW, 2, 10,
     "a cell is missing at the end: expected cells separated by one tab: @sketch GROUP BITS"},
    {HEAD "@sketch\t\t1\n" ROW, 2, 9,
     "expected the name of a group: not empty, without '=', '!' and '?', not beginning with "
     "'#' or '@'"},
    {HEAD "@sketch\tg\t0\n" ROW, 2, 11, "expected a whole number from 1 to 64, not '0'"},
    {HEAD "@sketch\tg\t65\n" ROW, 2, 11, "expected a whole number from 1 to 64, not '65'"},
    {HEAD "@sketch\tg\t\n" ROW, 2, 11, "expected a whole number from 1 to 64, not ''"},
    {HEAD "@sketch\tg\t08\n" ROW, 2, 11, "expected a whole number from 1 to 64, not '08'"},
    {HEAD "@sketch\tg\t9\n@sketch\tg\t9\n" ROW, 3, 9,
     "expected each group once, not again 'g'"},
    {HEAD "@sketch\tgg\t9\n" ROW, 2, 9, "expected the group of a row, not 'gg'; did you mean g"},
    {HEAD "@sketch\tother\t9\n" ROW, 2, 9, "expected the group of a row, not 'other'"},
    {HEAD "@sketch\ta\t64\n@sketch\tb\t64\n@sketch\tc\t64\n@sketch\td\t64\n"
          "@sketch\te\t64\n@sketch\tf\t64\n@sketch\tg\t64\n@sketch\th\t63\n"
          "@sketch\ti\t2\n" ROW,
     10, 11, "too many bits in the lines @sketch: expected at most 512"},

    /* Steps: test-steps has the rest of their messages. */
    {HEAD "a\t/a\tg\tdevice\tnfc triim\n", 2, 19, NULL},
    {HEAD "a\t/a\tg\tdevice\tround(16)\n", 2, 0, NULL},
};

UNIT_TEST(rule_26_every_mistake_has_its_message_and_place)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const struct mistake *m = &mistakes[i];
        struct arena arena = ARENA_EMPTY;
        struct catalog catalog;
        size_t n = strlen(m->text);
        unsigned char *copy = malloc(n ? n : 1); /* exact size: over-reads show */
        memcpy(copy, m->text, n);
        struct fault fault = compile_catalog(&catalog, span_of(copy, n), &arena);
        CHECK(fault.status == STATUS_INVALID && fault.offset <= n);
        struct fault_place place = fault_place(span_of(copy, n), fault.offset);
        if (place.line != m->line || (m->column && place.column != m->column)) {
            printf("# case %zu: %zu:%zu: %s\n", i, place.line, place.column,
                   fault_text(fault));
            CHECK(place.line == m->line);
            CHECK(!m->column || place.column == m->column);
        }
        if (m->what)
            CHECK_TEXT(span_text(fault_text(fault)), m->what);
        arena_free(&arena);
        free(copy);
    }
}

/* Read TEXT, which must be right. */
static struct catalog read_right(const char *text, struct arena *arena)
{
    struct catalog catalog = {.row_count = 0};
    struct fault fault = compile_catalog(&catalog, span_text(text), arena);

    CHECK(fault.status == STATUS_OK);
    if (fault.status != STATUS_OK)
        printf("# byte %zu: %s\n", fault.offset, fault_text(fault));
    return catalog;
}

static struct hash128 digest_of(const char *text)
{
    struct arena arena = ARENA_EMPTY;
    struct hash128 digest = read_right(text, &arena).digest;

    arena_free(&arena);
    return digest;
}

static bool same_digest(const char *a, const char *b)
{
    struct hash128 x = digest_of(a), y = digest_of(b);

    return x.high == y.high && x.low == y.low;
}

/* The expected value is made by another program:
 * printf
 * '@catalog\ttest\t1\n@exclude\ta\twhen\t/b\t{"a":1,"b":2}\n@keep\tab\n@id\t/id\na\t/a\tg\tdevice\teach(nfc
 * trim) sort\n\t/b\nb\t/c\th\texact\t\tfact private\nunicode\t15.0.0\n' | xxhsum -H2
 */
UNIT_TEST(rule_13_digest_is_that_of_the_canonical_text)
{
    struct hash128 d = digest_of("# comment\n@id\t/id\n@catalog\ttest\t1\n"
                                 "@exclude\ta\twhen\t/b\t{ \"b\":2, \"a\" : 1.0}\n@keep\tab\n\n"
                                 "a\t/a\tg\tdevice\teach( nfc  trim )  sort\n\t/b\n"
                                 "b\t/c\th\texact\t\tprivate fact\n");
    struct buf text = BUF_EMPTY;

    hash_put128(&text, d);
    CHECK_TEXT(buf_span(&text), "da7357cfcdcc40551e8958bc3d57b24d");
    buf_free(&text);
}

/* Only tables that a step reads, within each() too; one line each, after that of Unicode:
 * printf '@catalog\ttest\t1\na\t/a\tg\tdevice\teach(each(timezone))\n
 * b\t/b\tg\tdevice\tua-family\nc\t/c\tg\tdevice\tua-os\n
 * unicode\t15.0.0\ntable\ttimezone\t2025b\ntable\tua\t1\n' | xxhsum -H2
 */
UNIT_TEST(rule_13_digest_has_the_version_of_each_table_that_is_read)
{
    struct hash128 d = digest_of(HEAD "a\t/a\tg\tdevice\teach(each(timezone))\n"
                                      "b\t/b\tg\tdevice\tua-family\nc\t/c\tg\tdevice\tua-os\n");
    struct buf text = BUF_EMPTY;

    hash_put128(&text, d);
    CHECK_TEXT(buf_span(&text), "8f8fab3e982d865c152d14d7a9806273");
    buf_free(&text);
}

/* printf '@catalog\ttest\t1\n@sketch\th\t2\n@sketch\tg\t64\na\t/a\tg\tdevice\nb\t/b\th\texact\n
 * unicode\t15.0.0\n' | xxhsum -H2 */
UNIT_TEST(digest_has_the_lines_sketch_in_their_order)
{
    struct hash128 d = digest_of("@sketch\th\t2\n@sketch\tg\t64\n" HEAD ROW "b\t/b\th\texact\n");
    struct buf text = BUF_EMPTY;

    hash_put128(&text, d);
    CHECK_TEXT(buf_span(&text), "9382a279202f2886154845d711871545");
    buf_free(&text);
}

/* The rows beyond @ids, and volatile ones, do not enter. */
UNIT_TEST(sketches_have_their_group_and_its_rows_within_ids)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog c = read_right(HEAD "@sketch\th\t2\n@sketch\tg\t63\n@ids\t4\n" ROW
                                       "b\t/b\tg\tvolatile\nc\t/c\th\texact\nd\t/d\tg\tdevice\n"
                                       "e\t/e\tg\tdevice\nf\t/f\th\texact\n",
                                  &arena);

    CHECK(c.sketch_count == 2 && c.sketch_words == 2); /* 65 bits */
    CHECK(c.sketches[0].group == 1 && c.sketches[0].bits == 2 && c.sketches[0].rows == 1);
    CHECK(c.sketches[1].group == 0 && c.sketches[1].bits == 63 && c.sketches[1].rows == 2);
    arena_free(&arena);
}

UNIT_TEST(rule_13_digest_is_of_meaning_not_of_spacing)
{
    CHECK(same_digest(HEAD ROW, "# a comment\n\n" HEAD ROW "\n"));
    CHECK(same_digest(HEAD "a\t/a\tg\tdevice\tround(2)\n",
                      HEAD "a\t/a\tg\tdevice\t round( 2 )\n"));
    CHECK(same_digest(HEAD "@id\t/x\n" ROW, "@id\t/x\n" HEAD ROW));
    CHECK(same_digest(HEAD "a\t/a\tg\tdevice\t\t\n", HEAD ROW));
    CHECK(!same_digest(HEAD ROW, "@catalog\ttest\t2\n" ROW));
    CHECK(!same_digest(HEAD ROW, HEAD "@epoch\t1\n" ROW));
    CHECK(!same_digest(HEAD ROW, HEAD "a\t/a\tg\tdevice\tnfc\n"));
    CHECK(!same_digest(HEAD ROW, HEAD "a\t/a\tg\tdevice\t\tprivate\n"));
    CHECK(!same_digest(HEAD ROW, HEAD ROW "\t/b\n"));
    CHECK(!same_digest(HEAD ROW "b\t/b\tg\tdevice\n", HEAD "b\t/b\tg\tdevice\n" ROW));
    /* The order of roots is a preference, so it counts. */
    CHECK(!same_digest(HEAD "@root\t/a\n@root\t/b\n" ROW, HEAD "@root\t/b\n@root\t/a\n" ROW));
}

/* Do the tokens after NUMBER, up to a null pointer, lead to where pointer NUMBER ends? */
static bool leads(const struct catalog *c, uint32_t number, ...)
{
    uint32_t node = TRIE_ROOT;
    const char *token;
    va_list tokens;

    va_start(tokens, number);
    while (node != TRIE_NONE && (token = va_arg(tokens, const char *)))
        node = trie_child(&c->trie, node, span_text(token));
    va_end(tokens);
    if (node == TRIE_NONE)
        return false;
    for (uint32_t e = c->trie.nodes[node].ends; e < c->trie.nodes[node].below; e++)
        if (c->trie.ends[e] == number)
            return true;
    return false;
}

UNIT_TEST(rows_have_what_their_cells_say)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog c = read_right(HEAD "@root\t/s\n@ids\t3\n@min\tdevice\t2\n"
                                       "@exclude\tb\twhen\t/x\ttrue\n@keep\tb2\n"
                                       "a\t/a\tg\tdevice\n\t/aa\n"
                                       "b1\t/b/~1~0\th\tinstall\tnfc trim\tprivate\n"
                                       "b2\t/b/2\th\tvolatile\n"
                                       "late\t/l\tl\tdevice\n",
                                  &arena);

    CHECK(c.row_count == 4 && c.group_count == 3 && c.root_count == 1);
    CHECK_TEXT(catalog_group_name(&c, 1), "h");
    CHECK(c.minimum[IDENTITY_DEVICE] == 2);
    CHECK(c.rows[0].pointers_end - c.rows[0].pointers == 2);
    CHECK(leads(&c, c.rows[0].pointers + 1, "aa", NULL));
    CHECK(leads(&c, c.rows[1].pointers, "b", "/~", NULL));
    CHECK(c.rows[0].identities == (1 << IDENTITY_DEVICE | 1 << IDENTITY_INSTALL |
                                   1 << IDENTITY_BUILD | 1 << IDENTITY_EXACT));
    CHECK(identity_takes_errors(IDENTITY_BUILD) && identity_takes_errors(IDENTITY_EXACT));
    CHECK(!identity_takes_errors(IDENTITY_INSTALL) && !identity_takes_errors(IDENTITY_DEVICE));
    CHECK(c.rows[1].identities == (1 << IDENTITY_BROWSER | 1 << IDENTITY_INSTALL |
                                   1 << IDENTITY_BUILD | 1 << IDENTITY_EXACT));
    CHECK(c.rows[1].private_data && !c.rows[0].private_data);
    CHECK(c.rows[1].excludes == 1 && c.rows[2].excludes == 0 && c.rows[0].excludes == 0);
    CHECK(c.rows[2].identities == 0);
    CHECK(c.rows[3].identities == 0); /* after @ids */
    arena_free(&arena);
}

/* A word of up to 5 letters a and b, never twice the same for another NUMBER below 62. */
static const char *word(unsigned number)
{
    static char words[62][6];
    char *w = words[number], *end = w;

    for (unsigned n = number + 2; n > 1; n /= 2)
        *end++ = n & 1 ? 'b' : 'a';
    *end = '\0';
    return w;
}

UNIT_TEST(an_exclude_is_about_the_rows_that_its_prefixes_say_and_no_keep_does)
{
    for (unsigned seed = 1; seed <= 300; seed++) {
        struct buf text = BUF_EMPTY;
        struct arena arena = ARENA_EMPTY;
        uint64_t excluded[3] = {0}, kept[3] = {0}; /* bit i: a prefix of the line is word(i) */
        uint64_t state = seed;

        buf_puts(&text, HEAD);
        for (unsigned line = 0; line < 3; line++) {
            for (unsigned i = 0; i < 6; i++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                unsigned number = (unsigned)(state >> 33) % 62;
                uint64_t *set = i < 3 ? &excluded[line] : &kept[line];
                buf_puts(&text, i == 0   ? "@exclude\t"
                                : i == 3 ? "\twhen\t/x\t1\n@keep\t"
                                         : "\t");
                buf_puts(&text, word(number));
                *set |= (uint64_t)1 << number;
            }
            buf_puts(&text, "\n");
        }
        for (unsigned i = 0; i < 62; i++) {
            buf_puts(&text, word(i));
            buf_puts(&text, "\t/a\tg\tdevice\n");
        }
        buf_putc(&text, '\0');
        struct catalog c = read_right((const char *)text.p, &arena);
        CHECK(c.row_count == 62);
        for (unsigned i = 0; i < c.row_count; i++)
            for (unsigned line = 0; line < 3; line++) {
                bool in = false, out = false;
                for (unsigned w = 0; w < 62; w++) {
                    bool begins = span_begins(catalog_row_name(&c, i), span_text(word(w)));
                    in = in || (begins && excluded[line] >> w & 1);
                    out = out || (begins && kept[line] >> w & 1);
                }
                CHECK((c.rows[i].excludes >> line & 1) == (in && !out));
            }
        arena_free(&arena);
        buf_free(&text);
    }
}

UNIT_TEST(rule_26_warns_of_pointers_that_look_private)
{
    static const struct {
        const char *pointer;
        bool private;
    } cases[] = {
        {"/net/ip", true},        {"/ipAddress", true},
        {"/remote_ip", true},     {"/clipboard", false},
        {"/zip", false},          {"/rtc/sdp", true},
        {"/mac", true},           {"/macos", false},
        {"/user/email", true},    {"/media/0/label", true},
        {"/deviceId", true},      {"/device/id", false},
        {"/device-id", true},     {"/BlinkMacSystemFont", false},
        {"/remoteIp", true},      {"/labels", false},
        {"/a/b", false},          {"/device-id-hash", true},
        {"/deviceIdHash", true},  {"/deviceidHash", true},
        {"/my_device_id", true},  {"/my-device-id-hash", false},
        {"/device", false},       {"/id-device", false},
        {"/device-x-id", false},  {"/ip-", true},
        {"/x/DEVICE ID/y", true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int flag = 0; flag < 2; flag++) {
            struct arena arena = ARENA_EMPTY;
            char text[200];
            snprintf(text, sizeof text, HEAD "a\t%s\tg\tdevice%s\n", cases[i].pointer,
                     flag ? "\t\tprivate" : "");
            struct catalog c = read_right(text, &arena);
            CHECK(c.warning_count == (cases[i].private && !flag));
            if (c.warning_count)
                CHECK(c.warnings[0].line == 2 && c.warnings[0].column == 3);
            arena_free(&arena);
        }
}

UNIT_TEST(rule_26_facts_and_carries_have_a_type)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog c = read_right(HEAD "@carry\tt\t/t\tu64\n@carry\tu\t/u\n"
                                       "a\t/a\tg\tdevice\t\tfact:f64 private\n"
                                       "b\t/b\tg\tdevice\t\tfact\n",
                                  &arena);

    CHECK(c.carries[0].type == PLAIN_U64 && c.carries[1].type == PLAIN_HASH);
    CHECK(c.rows[0].fact == PLAIN_F64 && c.rows[0].private_data);
    CHECK(c.rows[1].fact == PLAIN_HASH);
    arena_free(&arena);
}

UNIT_TEST(a_further_pointer_belongs_to_the_last_row_id_or_carry)
{
    struct arena arena = ARENA_EMPTY;
    struct catalog c = read_right(HEAD "@id\t/i\n\t/j\n# a comment\n\n\t/k\n"
                                       "@carry\tt\t/t\tu64\n@carry\tu\t/u\n\t/v\n"
                                       "@root\t\n" ROW "\t/b\n@root\t/r\n\t/c\n"
                                       "@carry\tw\t/w\n\t/x\n\t/y\n",
                                  &arena);

    CHECK(c.ids.count == 3 && c.carry_count == 3 && c.root_count == 2);
    CHECK_TEXT(c.ids.items[0].text, "/i");
    CHECK_TEXT(c.ids.items[2].text, "/k");
    CHECK(c.carries[0].pointers.count == 1 && c.carries[1].pointers.count == 2);
    CHECK_TEXT(c.carries[0].pointers.items[0].text, "/t");
    CHECK_TEXT(c.carries[1].pointers.items[1].text, "/v");
    CHECK(c.carries[2].pointers.count == 3);
    CHECK_TEXT(c.carries[2].pointers.items[0].text, "/w");
    CHECK_TEXT(c.carries[2].pointers.items[2].text, "/y");
    CHECK(c.rows[0].pointers_end - c.rows[0].pointers == 3);
    arena_free(&arena);
}

/* The further pointers follow their line in the canonical text:
 * printf '@carry\tu\t/u\n\t/v\n@carry\tw\t/w\n@catalog\ttest\t1\n@id\t/i\n\t/j\na\t/a\tg\tdevice\n
 * unicode\t15.0.0\n' | xxhsum -H2
 */
UNIT_TEST(rule_13_digest_has_the_further_pointers_of_id_and_carry)
{
    struct hash128 d = digest_of("@id\t/i\n\t/j\n" HEAD "@carry\tu\t/u\n\t/v\n"
                                 "@carry\tw\t/w\n" ROW);
    struct buf text = BUF_EMPTY;

    hash_put128(&text, d);
    CHECK_TEXT(buf_span(&text), "b282c861b6cceedb6756a46d8b49c9c5");
    buf_free(&text);
}

/* printf '@catalog\ttest\t1\n@json\t/j\n@json\t/a\n@pairs\t/p\tk\tv\tlower\na\t/a\tg\tdevice\n
 * unicode\t15.0.0\n' | xxhsum -H2
 */
UNIT_TEST(rule_13_digest_has_pairs_and_json)
{
    struct hash128 d = digest_of("@pairs\t/p\tk\tv\tlower\n@json\t/j\n" HEAD "@json\t/a\n" ROW);
    struct buf text = BUF_EMPTY;

    hash_put128(&text, d);
    CHECK_TEXT(buf_span(&text), "ef5e6b4e8db22d3781d0ad2874a8c8c1");
    buf_free(&text);
}

UNIT_TEST(built_in_catalogs_are_right)
{
    CHECK(builtin_count > 0);
    for (size_t i = 0; i < builtin_count; i++) {
        struct arena arena = ARENA_EMPTY;
        struct catalog c;
        struct fault fault = compile_catalog(&c, builtin_table[i].text, &arena);
        CHECK(fault.status == STATUS_OK);
        if (fault.status != STATUS_OK)
            printf("# %s: byte %zu: %s\n", builtin_table[i].name, fault.offset,
                   fault_text(fault));
        CHECK_TEXT(c.name, builtin_table[i].name);
        CHECK(c.warning_count == 0);
        arena_free(&arena);
    }
    CHECK(builtin_find(span_text("browser")) == &builtin_table[0]);
    CHECK(!builtin_find(span_text("brows")));
}

int main(void)
{
    return unit_run();
}
