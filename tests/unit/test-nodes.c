#include "config.h"

#include "json/nodes.h"

#include <stdint.h>

#include "record.h"
#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"
#include "json/value_read.h"

static struct arena arena = ARENA_EMPTY;
static struct span copy;

/* The nodes of a copy of TEXT of exactly its size, valid until the next call. */
static struct json parse(struct span text)
{
    struct limits limits = {VALUE_DEPTH, 1000000, 10000000};
    struct json_counts counts;
    struct json json = {0};

    free((void *)(uintptr_t)copy.p);
    arena_reset(&arena);
    copy = record_copy(text);
    CHECK(validate(copy, &limits, &counts).status == STATUS_OK);
    CHECK(json_parse(&json, copy, &counts, &arena) == STATUS_OK);
    CHECK(json.count == counts.values + counts.names);
    CHECK(record_outlined(copy, &limits, FAULT_NONE, &counts, &json));
    return json;
}

static void check_nodes(const char *text, const struct json_node *nodes, uint32_t count)
{
    struct json json = parse(span_text(text));

    CHECK(json.count == count);
    CHECK(record_tiles(&json));
    for (uint32_t i = 0; i < count && i < json.count; i++) {
        const struct json_node *got = &json.nodes[i], *want = &nodes[i];
        CHECK(got->start == want->start && got->end == want->end);
        CHECK(got->next == want->next && got->count == want->count);
        CHECK(got->type == want->type && got->escaped == want->escaped);
    }
}

UNIT_TEST(the_nodes_of_a_record)
{
    static const struct json_node nodes[] = {
        {1, 51, 14, 3, JSON_OBJECT, false},  /* { */
        {4, 5, 2, 0, JSON_STRING, false},    /* a */
        {8, 20, 6, 3, JSON_ARRAY, false},    /* [ */
        {9, 10, 4, 0, JSON_NUMBER, false},   /* 1 */
        {11, 13, 5, 0, JSON_ARRAY, false},   /* [] */
        {14, 19, 6, 0, JSON_WORD, false},    /* false */
        {22, 23, 7, 0, JSON_STRING, false},  /* b */
        {27, 29, 8, 0, JSON_STRING, true},   /* \n */
        {33, 33, 9, 0, JSON_STRING, false},  /* no letter */
        {35, 50, 14, 2, JSON_OBJECT, false}, /* { */
        {37, 38, 11, 0, JSON_STRING, false}, /* c */
        {40, 42, 12, 0, JSON_OBJECT, false}, /* {} */
        {44, 45, 13, 0, JSON_STRING, false}, /* d */
        {47, 49, 14, 0, JSON_NUMBER, false}, /* -5 */
    };

    check_nodes(" { \"a\": [1,[],false],\"b\": \"\\n\", \"\":{\"c\":{},\"d\":-5}} ", nodes, 14);
}

UNIT_TEST(a_record_may_be_one_scalar)
{
    check_nodes("7", &(struct json_node){0, 1, 1, 0, JSON_NUMBER, false}, 1);
    check_nodes(" \r\n-1e5\t ", &(struct json_node){3, 7, 1, 0, JSON_NUMBER, false}, 1);
    check_nodes("null", &(struct json_node){0, 4, 1, 0, JSON_WORD, false}, 1);
    check_nodes("true ", &(struct json_node){0, 4, 1, 0, JSON_WORD, false}, 1);
    check_nodes("\"\"", &(struct json_node){1, 1, 1, 0, JSON_STRING, false}, 1);
    check_nodes("\t\" { \" \n", &(struct json_node){2, 5, 1, 0, JSON_STRING, false}, 1);
    check_nodes("\"\\\\\\\"\"", &(struct json_node){1, 5, 1, 0, JSON_STRING, true}, 1);
    check_nodes("{}", &(struct json_node){0, 2, 1, 0, JSON_OBJECT, false}, 1);
    check_nodes("[ ]", &(struct json_node){0, 3, 1, 0, JSON_ARRAY, false}, 1);
}

UNIT_TEST(nodes_tile_the_text)
{
    static const char *const texts[] = {
        "[[],[[]],[[[]]],{},[{}],{\"\":[{}]}]",
        "{\"a\":{\"b\":{\"c\":[1,2,{\"d\":[]}]}},\"e\":[{\"f\":1},{\"g\":2}],\"h\":0}",
        "[\"\\\\\",\"\\\"\",\"\\\\\\\"]\",\"{[,:\"]",
        "[ 1 , 2\t,\n3\r, true,false ,null ]",
        "[{\"a\":[]},{\"a\":{}},[],[[1],[2]],\"a\"]",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct json json = parse(span_text(texts[i]));
        CHECK(record_tiles(&json));
    }
}

UNIT_TEST(the_deepest_nesting)
{
    enum { N = VALUE_DEPTH };
    static char text[7 * N];
    char *p = text;

    for (int i = 0; i < N / 2; i++)
        p = stpcpy(p, "[{\"\":");
    *p++ = '1';
    for (int i = 0; i < N / 2; i++)
        p = stpcpy(p, "}]");

    struct json json = parse(span_of(text, (size_t)(p - text)));
    struct value value;
    CHECK(json.count == N + N / 2 + 1);
    CHECK(record_tiles(&json));
    CHECK(value_read_node(&json, 0, &value, &arena));
    const struct value *at = &value;
    int depth = 0;
    for (; at->type == VALUE_ARRAY || at->type == VALUE_OBJECT; depth++)
        at = at->type == VALUE_ARRAY ? &at->array.items[0] : &at->object.members[0].value;
    CHECK(depth == N);
    CHECK(at->type == VALUE_NUMBER && at->number == 1);
}

UNIT_TEST(escapes_and_surrogates)
{
    static const struct {
        const char *raw;
        struct span text;
    } rows[] = {
#define ROW(raw, text)                                                                         \
    {                                                                                          \
        raw,                                                                                   \
        {                                                                                      \
            (const unsigned char *)text, sizeof(text) - 1                                      \
        }                                                                                      \
    }
        ROW("", ""),
        ROW("plain \xC3\xA9 text", "plain \xC3\xA9 text"),
        ROW("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"),
        ROW("\\u0000", "\0"),
        ROW("a\\u0000b", "a\0b"),
        ROW("\\u0041\\u00e9\\u00E9\\u20ac\\uFFFF\\uffff",
            "A\xC3\xA9\xC3\xA9\xE2\x82\xAC\xEF\xBF\xBF\xEF\xBF\xBF"),
        ROW("\\u007f\\u0080\\u07ff\\u0800", "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80"),
        ROW("\\ud83d\\ude00", "\xF0\x9F\x98\x80"),
        ROW("\\uD800\\uDC00\\uDBFF\\uDFFF", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"),
        ROW("\\ud800", "\xEF\xBF\xBD"),
        ROW("\\udbff", "\xEF\xBF\xBD"),
        ROW("\\udc00", "\xEF\xBF\xBD"),
        ROW("\\udfff", "\xEF\xBF\xBD"),
        ROW("\\ud800x", "\xEF\xBF\xBDx"),
        ROW("\\ud800\\n", "\xEF\xBF\xBD\n"),
        ROW("\\ud800\\u0041", "\xEF\xBF\xBD\x41"),
        ROW("\\ud800\\\\udc00", "\xEF\xBF\xBD\\udc00"),
        ROW("\\ud800udc00", "\xEF\xBF\xBDudc00"),
        ROW("\\ud800\\ud800", "\xEF\xBF\xBD\xEF\xBF\xBD"),
        ROW("\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80"),
        ROW("\\ud83d\\ude00\\ude00", "\xF0\x9F\x98\x80\xEF\xBF\xBD"),
        ROW("\\udc00\\ud800", "\xEF\xBF\xBD\xEF\xBF\xBD"),
        ROW("\\ud800\xF0\x9F\x98\x80", "\xEF\xBF\xBD\xF0\x9F\x98\x80"),
        ROW("\\udc00\\udc00", "\xEF\xBF\xBD\xEF\xBF\xBD"),
        ROW("\\ud800xudc00", "\xEF\xBF\xBDxudc00"),
        ROW("\\ud800\\ndc00", "\xEF\xBF\xBD\ndc00"),
        ROW("\\ud800\\ue000", "\xEF\xBF\xBD\xEE\x80\x80"),
        ROW("\\ud7ff\\udc00", "\xED\x9F\xBF\xEF\xBF\xBD"),
        ROW("\\\\u0041", "\\u0041"),
#undef ROW
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[100];
        snprintf(text, sizeof text, "{\"%s\":\"%s\"}", rows[i].raw, rows[i].raw);
        struct json json = parse(span_text(text));
        CHECK_TEXT(json_raw(&json, 1), rows[i].raw);
        CHECK_SPAN(json_string(&json, 1, &arena), rows[i].text);
        CHECK_SPAN(json_string(&json, 2, &arena), rows[i].text);
    }
}

UNIT_TEST(each_escape_of_four_digits)
{
    for (unsigned c = 0; c < 0x10000; c++) {
        char text[9];
        unsigned is = c >> 11 == 0x1B ? 0xFFFD : c; /* a surrogate is never paired here */
        unsigned char utf8[3] = {(unsigned char)is};
        size_t n = 1;
        if (is >= 0x800) {
            utf8[0] = (unsigned char)(0xE0 | is >> 12);
            utf8[1] = (unsigned char)(0x80 | (is >> 6 & 63));
            utf8[2] = (unsigned char)(0x80 | (is & 63));
            n = 3;
        } else if (is >= 0x80) {
            utf8[0] = (unsigned char)(0xC0 | is >> 6);
            utf8[1] = (unsigned char)(0x80 | (is & 63));
            n = 2;
        }
        snprintf(text, sizeof text, c % 2 ? "\"\\u%04x\"" : "\"\\u%04X\"", c);
        struct json json = parse(span_of(text, 8));
        CHECK_SPAN(json_string(&json, 0, &arena), span_of(utf8, n));
    }
}

UNIT_TEST(text_without_escapes_is_not_copied)
{
    struct json json = parse(span_text("{\"name\":[\"value\"]}"));
    struct value value;

    CHECK(json_string(&json, 1, &arena).p == copy.p + 2);
    CHECK(value_read_node(&json, 0, &value, &arena));
    CHECK(value.object.members[0].name.p == copy.p + 2);
    CHECK(value.object.members[0].value.array.items[0].text.p == copy.p + 10);
}

/* The canonical text of the value of NODE. */
static void check_value(struct span text, uint32_t node, const char *expected)
{
    struct buf jcs = BUF_EMPTY;
    struct json json = parse(text);
    struct value value;

    CHECK(value_read_node(&json, node, &value, &arena));
    value_put_jcs(&jcs, &value);
    CHECK_TEXT(buf_span(&jcs), expected);
    buf_free(&jcs);
}

UNIT_TEST(values)
{
    static const struct {
        const char *text, *jcs;
    } rows[] = {
        {"null", "null"},
        {"true", "true"},
        {" false ", "false"},
        {"1.50e1", "15"},
        {"-0", "0"},
        {"1e-400", "0"},
        {"9007199254740993", "9007199254740992"},
        {"\"\\u0041\\/\\u000a\"", "\"A/\\n\""},
        {"[]", "[]"},
        {"{}", "{}"},
        {"[[],{},[[1]],{\"a\":{}}]", "[[],{},[[1]],{\"a\":{}}]"},
        {"{\"b\":1,\"a\":[true,{\"d\":null,\"c\":\"x\"}],\"\":0}",
         "{\"\":0,\"a\":[true,{\"c\":\"x\",\"d\":null}],\"b\":1}"},
        {"{\"\\u0062\":1,\"a\":2}", "{\"a\":2,\"b\":1}"},
        {"{\"\\ud800\":1,\"z\":2,\"\\udfff\":3}",
         "{\"z\":2,\"\xEF\xBF\xBD\":1,\"\xEF\xBF\xBD\":3}"},
        {"{\"\xEF\xBF\xBF\":1,\"\xF0\x90\x80\x80\":2}", /* by UTF-16 code units */
         "{\"\xF0\x90\x80\x80\":2,\"\xEF\xBF\xBF\":1}"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_value(span_text(rows[i].text), 0, rows[i].jcs);
}

UNIT_TEST(a_value_may_be_any_part)
{
    struct span text = span_text("{\"a\":[1,{\"b\":[2,3]},\"s\"],\"c\":4}");

    check_value(text, 2, "[1,{\"b\":[2,3]},\"s\"]");
    check_value(text, 4, "{\"b\":[2,3]}");
    check_value(text, 6, "[2,3]");
    check_value(text, 8, "3");
    check_value(text, 9, "\"s\"");
    check_value(text, 11, "4");
}

UNIT_TEST(objects_of_many_members_are_sorted)
{
    enum { N = 20000 };
    char *text = malloc(16 * N);
    char *p = text;

    for (int i = 0; i < N; i++)
        p += sprintf(p, "%c\"%05d\":%d", i ? ',' : '{', (i * 7919) % N, i);
    *p++ = '}';
    struct json json = parse(span_of(text, (size_t)(p - text)));
    struct value value;
    CHECK(value_read_node(&json, 0, &value, &arena));
    CHECK(value.object.count == N);
    for (int i = 0; i < N; i++) {
        char name[12];
        snprintf(name, sizeof name, "%05d", i);
        CHECK_TEXT(value.object.members[i].name, name);
        CHECK(((int)value.object.members[i].value.number * 7919) % N == i);
    }
    free(text);
}

int main(void)
{
    int failed = unit_run();

    free((void *)(uintptr_t)copy.p);
    arena_free(&arena);
    return failed;
}
