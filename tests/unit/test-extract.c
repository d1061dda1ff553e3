#include "config.h"

#include "vector/extract.h"

#include "vector/passthrough.h"
#include "fail.h"
#include "signals.h"

/*
 * Expected states follow whorl-catalog(5), "Following a pointer", "Error markers" and "Exclusion".
 * A hit is compared as a text: "=" and the value as in the record, "!" and the class of the error,
 * "?" or "-".
 */

static struct extract found;

/* Set `found` to what CATALOG finds in RECORD. */
static void extract_begin(const char *catalog, const char *record)
{
    signals_compile(catalog);
    signals_read(record);
    CHECK(extract_signals(&found, &signals_catalog, &signals_json, &signals_arena));
}

/* Row number ROW must be found as EXPECTED. */
static void check_hit(const char *file, int line, uint32_t row, const char *expected)
{
    static struct buf out = BUF_EMPTY;
    struct hit hit = found.hits[row];

    buf_clear(&out);
    switch (hit.state) {
    case SIGNAL_VALUE:
        buf_putc(&out, '=');
        buf_put(&out, passthrough_text(&signals_json, hit.node));
        break;
    case SIGNAL_ERROR:
        buf_putc(&out, '!');
        buf_put(&out, extract_class(&signals_catalog, &signals_json, hit.node, &signals_arena));
        break;
    case SIGNAL_UNDEFINED:
        buf_putc(&out, '?');
        break;
    case SIGNAL_MISSING:
        buf_putc(&out, '-');
        break;
    case SIGNAL_EXCLUDED:
    case SIGNAL_TRANSIENT:
        CHECK(false);
    }
    unit_text(file, line, buf_span(&out), span_text(expected));
}

#define CHECK_HIT(row, expected) check_hit(__FILE__, __LINE__, row, expected)

/* A catalog of one row that looks for POINTER, and what it finds in RECORD. */
static void check_pointer(const char *file, int line, const char *pointer, const char *record,
                          const char *expected)
{
    static char text[256];

    snprintf(text, sizeof text, "@catalog\tt\t1\n@error\te\to\n@value\tv\ns\t%s\tg\texact\n",
             pointer);
    extract_begin(text, record);
    check_hit(file, line, 0, expected);
}

#define CHECK_POINTER(pointer, record, expected)                                               \
    check_pointer(__FILE__, __LINE__, pointer, record, expected)

UNIT_TEST(a_value_is_what_the_last_token_finds_null_among_them)
{
    CHECK_POINTER("/a", "{\"a\":1}", "=1");
    CHECK_POINTER("/a", "{\"a\":null}", "=null");
    CHECK_POINTER("/a/b", "{\"a\":{\"b\":[]}}", "=[]");
    CHECK_POINTER("", "{\"a\":1}", "={\"a\":1}");
    CHECK_POINTER("/a~1~0", "{\"a/~\":true}", "=true");
    CHECK_POINTER("/", "{\"\":0}", "=0");
}

UNIT_TEST(a_member_that_an_object_lacks_is_missing)
{
    CHECK_POINTER("/a", "{\"b\":1}", "-");
    CHECK_POINTER("/a/b", "{\"b\":1,\"a\":{}}", "-");
}

UNIT_TEST(a_lacking_member_of_the_name_in_value_is_undefined_whatever_tokens_remain)
{
    CHECK_POINTER("/v", "{\"a\":1}", "?");
    CHECK_POINTER("/a/v", "{\"a\":{}}", "?");
    CHECK_POINTER("/a/v/b/c", "{\"a\":{}}", "?");
    CHECK_POINTER("/a/v", "{\"a\":{\"v\":2}}", "=2");
    CHECK_POINTER("/a/v", "{\"b\":1}", "-");
    CHECK_POINTER("/a/v", "{\"a\":[]}", "-");
    CHECK_POINTER("/a/v", "{\"a\":0}", "-");
}

UNIT_TEST(an_array_has_elements_by_index_only)
{
    CHECK_POINTER("/a/0", "{\"a\":[5,6]}", "=5");
    CHECK_POINTER("/a/1", "{\"a\":[5,6]}", "=6");
    CHECK_POINTER("/a/2", "{\"a\":[5,6]}", "-");
    CHECK_POINTER("/a/01", "{\"a\":[5,6]}", "-");
    CHECK_POINTER("/a/-", "{\"a\":[5,6]}", "-");
    CHECK_POINTER("/a/-1", "{\"a\":[5,6]}", "-");
    CHECK_POINTER("/a/", "{\"a\":[5,6]}", "-");
    CHECK_POINTER("/a/10", "{\"a\":[0,1,2,3,4,5,6,7,8,9,10]}", "=10");
    CHECK_POINTER("/a/1/b", "{\"a\":[5,{\"b\":7}]}", "=7");
    CHECK_POINTER("/a/0", "{\"a\":{\"0\":8}}", "=8");
}

UNIT_TEST(several_elements_of_an_array_are_found)
{
    extract_begin("@catalog\tt\t1\ns\t/a/0\tg\texact\nt\t/a/2\tg\texact\n"
                  "u\t/a/1\tg\texact\n",
                  "{\"a\":[5,6,7]}");
    CHECK_HIT(0, "=5");
    CHECK_HIT(1, "=7");
    CHECK_HIT(2, "=6");
    CHECK(found.found == 3);
}

UNIT_TEST(a_name_is_looked_for_only_in_the_object_of_its_pointer)
{
    extract_begin("@catalog\tt\t1\ns\t/a/b\tg\texact\nt\t/c\tg\texact\n",
                  "{\"a\":{\"b\":1,\"c\":2}}");
    CHECK_HIT(0, "=1");
    CHECK_HIT(1, "-");
    CHECK(found.uncataloged == 1);
}

UNIT_TEST(without_value_a_lacking_member_of_the_empty_name_is_missing)
{
    extract_begin("@catalog\tt\t1\ns\t/\tg\texact\n", "{\"a\":1}");
    CHECK_HIT(0, "-");
}

UNIT_TEST(a_scalar_on_the_way_is_missing)
{
    CHECK_POINTER("/a/b", "{\"a\":\"b\"}", "-");
    CHECK_POINTER("/a/0", "{\"a\":7}", "-");
    CHECK_POINTER("/a/b", "{\"a\":null}", "-");
}

UNIT_TEST(an_error_marker_is_an_error_whatever_tokens_remain)
{
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"X\"}}", "!X");
    CHECK_POINTER("/a/b/c", "{\"a\":{\"e\":\"X\"}}", "!X");
    CHECK_POINTER("/a/e", "{\"a\":{\"e\":\"X\"}}", "!X");
    CHECK_POINTER("/a/v", "{\"a\":{\"e\":\"X\"}}", "!X");
    CHECK_POINTER("/a/0/b", "{\"a\":[{\"o\":1,\"e\":\"X\"}]}", "!X");
}

UNIT_TEST(an_object_with_another_member_or_without_the_first_is_no_error_marker)
{
    CHECK_POINTER("/a", "{\"a\":{\"o\":1}}", "={\"o\":1}");
    CHECK_POINTER("/a/b", "{\"a\":{\"e\":\"X\",\"b\":3}}", "=3");
    CHECK_POINTER("/a/e", "{\"a\":{\"e\":\"X\",\"b\":3}}", "=\"X\"");
    CHECK_POINTER("/a", "{\"a\":{}}", "={}");
}

UNIT_TEST(the_root_is_no_error_marker)
{
    CHECK_POINTER("/e", "{\"e\":\"X\",\"o\":1}", "=\"X\"");
    CHECK_POINTER("", "{\"e\":\"X\"}", "={\"e\":\"X\"}");
}

UNIT_TEST(the_class_of_an_error_is_the_word_up_to_a_colon_or_the_end)
{
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"TypeError: x is null\"}}", "!TypeError");
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"_9\"}}", "!_9");
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"9a\"}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"no access\"}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":\"\"}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":404}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":null}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":{\"name\":\"A\",\"message\":\"B: b\"}}}", "!A");
    CHECK_POINTER("/a", "{\"a\":{\"e\":{\"name\":1,\"message\":\"B: b\"}}}", "!B");
    CHECK_POINTER("/a", "{\"a\":{\"e\":{\"name\":\"a b\",\"message\":\"B: b\"}}}", "!");
    CHECK_POINTER("/a", "{\"a\":{\"e\":{}}}", "!");
    /* 64 bytes, and 65. */
    CHECK_POINTER("/a",
                  "{\"a\":{\"e\":\"abcdefghabcdefghabcdefghabcdefghabcdefghabcdefghabcdefgh"
                  "abcdefgh:\"}}",
                  "!abcdefghabcdefghabcdefghabcdefghabcdefghabcdefghabcdefghabcdefgh");
    CHECK_POINTER("/a",
                  "{\"a\":{\"e\":\"abcdefghabcdefghabcdefghabcdefghabcdefghabcdefghabcdefgh"
                  "abcdefghi:\"}}",
                  "!");
}

UNIT_TEST(of_several_pointers_the_first_that_is_not_missing_counts)
{
    static const char catalog[] = "@catalog\tt\t1\n@error\te\n@value\tv\n"
                                  "s\t/a\tg\texact\n\t/b/v\n\t/c\nt\t/a\tg\texact\n";

    extract_begin(catalog, "{\"c\":3}");
    CHECK_HIT(0, "=3");
    CHECK_HIT(1, "-");
    extract_begin(catalog, "{\"c\":3,\"b\":{}}");
    CHECK_HIT(0, "?");
    CHECK(found.found == 1);
    extract_begin(catalog, "{\"c\":3,\"b\":{\"e\":\"X\"}}");
    CHECK_HIT(0, "!X");
    CHECK(found.found == 1);
    extract_begin(catalog, "{\"c\":3,\"b\":{\"e\":\"X\"},\"a\":null}");
    CHECK_HIT(0, "=null");
    CHECK_HIT(1, "=null");
    CHECK(found.found == 2);
    extract_begin(catalog, "{\"b\":0}");
    CHECK_HIT(0, "-");
    CHECK(found.found == 0);
}

UNIT_TEST(the_root_is_the_first_that_is_an_object)
{
    static const char catalog[] = "@catalog\tt\t1\n@root\t/x\n@root\t/y/z\ns\t/a\tg\texact\n";

    extract_begin(catalog, "{\"x\":{\"a\":1},\"y\":{\"z\":{\"a\":2}}}");
    CHECK_HIT(0, "=1");
    CHECK(found.root == 0);
    extract_begin(catalog, "{\"x\":[1],\"y\":{\"z\":{\"a\":2}}}");
    CHECK_HIT(0, "=2");
    CHECK(found.root == 1);
    extract_begin(catalog, "{\"x\":null,\"a\":3}");
    CHECK_HIT(0, "-");
    CHECK(found.root == 2 && found.found == 0 && found.uncataloged == 0);
}

UNIT_TEST(members_that_no_pointer_leads_to_are_counted_in_the_objects_on_the_way)
{
    static const char catalog[] = "@catalog\tt\t1\n@root\t/r\n@error\te\ns\t/a/b\tg\texact\n"
                                  "t\t/c\tg\texact\n";

    /* y in the root, and z in a; what is in c, y and z, and beside the root, is not on the way.
     */
    extract_begin(catalog, "{\"x\":1,\"r\":{\"y\":{\"q\":1},\"a\":{\"z\":{},\"b\":1},"
                           "\"c\":{\"d\":1}}}");
    CHECK(found.uncataloged == 2);
    /* An error marker is not entered. */
    extract_begin(catalog, "{\"r\":{\"a\":{\"e\":1}}}");
    CHECK(found.uncataloged == 0);
}

UNIT_TEST(exclude_finds_a_value_of_the_same_canonical_text_before_normalization)
{
    static const char catalog[] =
        "@catalog\tt\t1\n@error\te\n@value\tv\n@exclude\ts\twhen\t/w\t[1,\"a\"]\n"
        "@exclude\ts\tunless\t/u/v\tnull\ns\t/a\tg\texact\nw\t/w\tg\texact\tfirst\n";

    extract_begin(catalog, "{\"w\":[1.0, \"\\u0061\"],\"u\":{\"v\":null}}");
    CHECK(found.excludes == 3);
    extract_begin(catalog, "{\"w\":[1,\"a\",2],\"u\":{\"v\":false}}");
    CHECK(found.excludes == 0);
    /* Undefined, missing and error are not the value null. */
    extract_begin(catalog, "{\"u\":{}}");
    CHECK(found.excludes == 0);
    extract_begin(catalog, "{\"u\":{\"e\":null}}");
    CHECK(found.excludes == 0);
    extract_begin(catalog, "{}");
    CHECK(found.excludes == 0);
    /* The first is in force, and the second finds nothing. */
    extract_begin(catalog, "{\"w\":[1,\"a\"]}");
    CHECK(found.excludes == 1);
}

UNIT_TEST(exclude_does_not_take_an_error_marker_or_an_object_that_lacks_a_member_for_a_value)
{
    static const char catalog[] =
        "@catalog\tt\t1\n@error\te\n@value\tv\n@exclude\ts\twhen\t/w\t{\"e\":\"X\"}\n"
        "@exclude\ts\twhen\t/u/v\t{\"b\":1}\ns\t/a\tg\texact\n";

    extract_begin(catalog, "{\"w\":{\"e\":\"X\"},\"u\":{\"b\":1}}");
    CHECK(found.excludes == 0);
    extract_begin(catalog, "{\"u\":{\"v\":{\"b\":1.0}}}");
    CHECK(found.excludes == 2);
}

UNIT_TEST(of_names_that_read_alike_the_last_is_found)
{
    /* Both names are read as U+FFFD. */
    CHECK_POINTER("/\xEF\xBF\xBD", "{\"\\ud800\":1,\"\\ud801\":2}", "=2");
    CHECK_POINTER("/\xEF\xBF\xBD/a", "{\"\\ud800\":{\"a\":1},\"\\ud801\":{}}", "-");
}

UNIT_TEST(one_value_sets_the_hits_of_its_pointers_and_no_others)
{
    struct hit hits[] = {{SIGNAL_VALUE, 9}, {SIGNAL_VALUE, 9}, {SIGNAL_VALUE, 9}};
    uint32_t uncataloged = 9;

    signals_compile("@catalog\tt\t1\ns\t/a/b\tg\texact\nt\t/a/c\tg\texact\n"
                    "u\t/d\tg\texact\n");
    signals_read("{\"a\":{\"x\":1,\"b\":2,\"y\":3}}");
    uint32_t at = trie_child(&signals_catalog.trie, TRIE_ROOT, span_text("a"));
    /* Nodes are in the order of the text: the record, the name, the value. */
    CHECK(extract_value(&signals_catalog, at, &signals_json, 2, hits, &uncataloged,
                        &signals_arena));
    CHECK(hits[0].state == SIGNAL_VALUE);
    CHECK_TEXT(passthrough_text(&signals_json, hits[0].node), "2");
    CHECK(hits[1].state == SIGNAL_MISSING);
    CHECK(hits[2].state == SIGNAL_VALUE && hits[2].node == 9);
    CHECK(uncataloged == 2);
    CHECK(trie_child(&signals_catalog.trie, TRIE_ROOT, SPAN_FAILED) == TRIE_NONE);
}

/* Append COUNT escapes of the letter C. */
static void put_escapes(struct buf *out, int count, char c)
{
    char escape[8];

    snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
    while (count-- > 0)
        buf_puts(out, escape);
}

/* Let each allocation in turn fail while CATALOG's signals are found in RECORD, which has names that
 * take more memory, without their escapes, than is there for the record. In the end there are
 * UNCATALOGED names. */
static void check_memory(const char *catalog, const struct buf *record, uint32_t uncataloged)
{
    bool whole = false;
    size_t n = 0;

    for (; !whole && n < 100; n++) {
        arena_free(&signals_arena);
        signals_compile(catalog);
        signals_read((const char *)record->p);
        fail_room(&signals_arena);
        fail_calls = 0;
        fail_at = n;
        whole = extract_signals(&found, &signals_catalog, &signals_json, &signals_arena);
        CHECK(whole == (fail_calls <= n));
        fail_at = SIZE_MAX;
    }
    CHECK(whole && n > 1);
    CHECK(found.found == 1 && found.uncataloged == uncataloged);
}

UNIT_TEST(when_memory_is_out_for_a_name_it_is_reported_and_the_name_is_not_compared)
{
    struct buf record = BUF_EMPTY;

    buf_puts(&record, "{\"a\":{\"b\":0");
    for (char c = 'c'; c < 'i'; c++) {
        buf_puts(&record, ",\"");
        put_escapes(&record, 60000, c);
        buf_puts(&record, "\":0");
    }
    buf_puts(&record, "}}");
    buf_putc(&record, '\0');
    CHECK(!record.failed);
    /* Names of one byte are what a name without memory was once compared with. */
    check_memory("@catalog\tt\t1\ns\t/a/b\tg\texact\n\t/a/c\n", &record, 6);
    check_memory("@catalog\tt\t1\n@root\t/a/x\n@root\t/a\ns\t/b\tg\texact\n", &record, 6);
    check_memory("@catalog\tt\t1\n@error\tb\tc\ns\t/a/b\tg\texact\n", &record, 6);
    check_memory("@catalog\tt\t1\n@value\tv\ns\t/a/v\tg\texact\n", &record, 7);
    buf_free(&record);
}

int main(void)
{
    return unit_run();
}
