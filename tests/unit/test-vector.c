#include "config.h"

#include "vector/vector.h"

#include "vector/extract.h"
#include "fail.h"
#include "signals.h"

/*
 * Expected hashes are made by xxhsum (Debian's package xxhash) from the text that whorl-vector(5)
 * requires in "The text of a signal". The text is beside each hash:
 *
 *     printf '%s' 'a="x"' | xxhsum -H3
 */

static const char catalog[] = "@catalog\tt\t1\n@error\te\n@value\tv\n"
                              "@transient\tTimeout\tAbortError\n"
                              "a\t/a\tg\tbuild\ttrim\tfact\n"
                              "b\t/b\tg\tbuild\n"
                              "c\t/c/v\tg\tbuild\n"
                              "d\t/d\tg\tbuild\n"
                              "e\t/e\tg\tbuild\n"
                              "m\t/m\tg\tbuild\n"
                              "n\t/n\tg\tbuild\terror-if(AbortError,-1)\n"
                              "r\t/r\tg\tbuild\tretired\tfact\n"
                              "u\t/u\tg\tbuild\tundefined-if(\"\")\n"
                              "x\t/x\tg\tbuild\tnum\tfact\n";

enum { A, B, C, D, E, M, N, R, U, X, ROWS };

static const char record[] =
    "{\"a\":\" x \",\"b\":{\"e\":\"TypeError: no\"},\"c\":{},\"d\":{\"e\":1},"
    "\"e\": {\"b\":\"\\u00e4\" , \"a\":[1, 2.50]},\"n\":-1,\"r\":3,\"u\":\"\","
    "\"x\":{\"e\":{\"name\":\"Timeout\"}}}";

static struct vector v;

/* Make the vector of the record under the catalog, with the texts in the set TEXTS. */
static void make_vector(unsigned texts)
{
    struct buf scratch = BUF_EMPTY;
    struct extract extract;

    signals_compile(catalog);
    signals_read(record);
    CHECK(extract_signals(&extract, &signals_catalog, &signals_json, &signals_arena));
    CHECK(vector_begin(&v, &signals_catalog, &signals_arena));
    CHECK(vector_normalize(&v, &signals_json, &extract, texts, &signals_arena, &scratch));
    CHECK(v.found == extract.found && v.excludes == extract.excludes);
    buf_free(&scratch);
}

UNIT_TEST(a_value_is_hashed_with_its_name_after_its_steps_as_canonical_text)
{
    make_vector(0);
    CHECK(v.states[A] == SIGNAL_VALUE);
    CHECK_HASH64(v.hashes[A], "92929664e62e0f3c"); /* a="x" */
    CHECK(v.states[E] == SIGNAL_VALUE);
    CHECK_HASH64(v.hashes[E], "b0f5b01c0974db32"); /* e={"a":[1,2.5],"b":"ä"} */
}

UNIT_TEST(an_error_is_hashed_with_its_class_which_may_be_empty)
{
    make_vector(0);
    CHECK(v.states[B] == SIGNAL_ERROR && v.states[D] == SIGNAL_ERROR);
    CHECK_HASH64(v.hashes[B], "5df1dfeac04a982a"); /* b!TypeError */
    CHECK_HASH64(v.hashes[D], "2a7ff521d69b48a8"); /* d! */
}

UNIT_TEST(an_undefined_signal_is_hashed_as_its_name_and_a_question_mark)
{
    make_vector(0);
    CHECK(v.states[C] == SIGNAL_UNDEFINED && v.states[U] == SIGNAL_UNDEFINED);
    CHECK_HASH64(v.hashes[C], "be4074875e255ddc"); /* c? */
    CHECK_HASH64(v.hashes[U], "34075036bad6a28c"); /* u? */
}

UNIT_TEST(a_missing_signal_and_a_retired_one_have_neither_hash_nor_text)
{
    make_vector(VECTOR_FACTS | VECTOR_STATES | VECTOR_VALUES);
    CHECK(v.states[M] == SIGNAL_MISSING && v.hashes[M] == 0 && v.texts[M].n == 0);
    CHECK(v.states[R] == SIGNAL_EXCLUDED && v.hashes[R] == 0 && v.texts[R].n == 0);
}

UNIT_TEST(an_error_of_a_transient_class_is_hashed_as_any_other)
{
    make_vector(0);
    CHECK(v.states[N] == SIGNAL_TRANSIENT && v.states[X] == SIGNAL_TRANSIENT);
    CHECK_HASH64(v.hashes[N], "da04d506d02b4a0d"); /* n!AbortError */
    CHECK_HASH64(v.hashes[X], "25dcfdf9181f7584"); /* x!Timeout */
    CHECK(v.states[B] == SIGNAL_ERROR);
}

UNIT_TEST(texts_are_kept_as_asked_for)
{
    static const struct {
        unsigned texts;
        const char *a, *b, *c, *d, *e, *x;
    } rows[] = {
        {0, "", "", "", "", "", ""},
        {VECTOR_FACTS, "=\"x\"", "", "", "", "", ""},
        {VECTOR_VALUES, "=\"x\"", "", "", "", "={\"a\":[1,2.5],\"b\":\"\u00e4\"}", ""},
        {VECTOR_STATES, "", "!TypeError", "?", "!", "", "!Timeout"},
        {VECTOR_FACTS | VECTOR_STATES, "=\"x\"", "!TypeError", "?", "!", "", "!Timeout"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make_vector(rows[i].texts);
        CHECK_TEXT(v.texts[A], rows[i].a);
        CHECK_TEXT(v.texts[B], rows[i].b);
        CHECK_TEXT(v.texts[C], rows[i].c);
        CHECK_TEXT(v.texts[D], rows[i].d);
        CHECK_TEXT(v.texts[E], rows[i].e);
        CHECK_TEXT(v.texts[X], rows[i].x);
    }
}

UNIT_TEST(the_class_of_one_marker_serves_all_signals_in_it_and_no_other)
{
    static const char two[] = "@catalog\tt\t1\n@error\te\na\t/a/p\tg\tbuild\nb\t/b\tg\tbuild\n"
                              "c\t/a/q\tg\tbuild\n";
    struct buf scratch = BUF_EMPTY;
    struct extract extract;

    signals_compile(two);
    signals_read("{\"a\":{\"e\":\"One\"},\"b\":{\"e\":\"Two\"}}");
    CHECK(extract_signals(&extract, &signals_catalog, &signals_json, &signals_arena));
    CHECK(vector_begin(&v, &signals_catalog, &signals_arena));
    CHECK(
        vector_normalize(&v, &signals_json, &extract, VECTOR_STATES, &signals_arena, &scratch));
    CHECK_TEXT(v.texts[0], "!One");
    CHECK_TEXT(v.texts[1], "!Two");
    CHECK_TEXT(v.texts[2], "!One");
    buf_free(&scratch);
}

UNIT_TEST(the_excludes_and_counts_are_those_of_the_record)
{
    struct buf scratch = BUF_EMPTY;
    struct extract extract;

    signals_compile("@catalog\tt\t1\n@exclude\ta\twhen\t/x\t1\n@exclude\ta\twhen\t/y\t2\n"
                    "a\t/a\tg\tbuild\nx\t/x\tg\tbuild\n");
    signals_read("{\"x\":1,\"y\":2,\"z\":3}");
    CHECK(extract_signals(&extract, &signals_catalog, &signals_json, &signals_arena));
    CHECK(vector_begin(&v, &signals_catalog, &signals_arena));
    CHECK(vector_normalize(&v, &signals_json, &extract, 0, &signals_arena, &scratch));
    CHECK(v.found == 1 && v.uncataloged == 1 && v.excludes == 3);
    buf_free(&scratch);
}

/* Does it fail to normalize the record for the set TEXTS when allocation number N fails? */
static bool vector_fails(size_t n, unsigned texts)
{
    struct buf scratch = BUF_EMPTY;
    struct extract extract;

    CHECK(extract_signals(&extract, &signals_catalog, &signals_json, &signals_arena));
    fail_room(&signals_arena);
    fail_calls = 0;
    fail_at = n;
    bool whole =
        vector_begin(&v, &signals_catalog, &signals_arena) &&
        vector_normalize(&v, &signals_json, &extract, texts, &signals_arena, &scratch);
    CHECK(whole == (fail_calls <= n));
    fail_at = SIZE_MAX;
    buf_free(&scratch);
    return !whole;
}

/* Let each allocation in turn fail until none does. */
static void check_memory(const struct buf *large, unsigned texts)
{
    bool fails = true;
    size_t n = 0;

    for (; fails && n < 100; n++) {
        arena_free(&signals_arena);
        signals_compile("@catalog\tt\t1\n@error\te\na\t/a\tg\tbuild\n");
        signals_read((const char *)large->p);
        fails = vector_fails(n, texts);
    }
    CHECK(!fails && n > 1);
    CHECK_HASH64(v.hashes[0], "96fc07170a14126c"); /* a!Word */
    CHECK_TEXT(v.texts[0], texts ? "!Word" : "");
}

UNIT_TEST(when_memory_is_out_for_the_class_of_an_error_or_for_its_text_it_is_reported)
{
    struct buf large = BUF_EMPTY;

    /* The class is a part of a text that takes more memory, without its escapes, than there is. */
    buf_puts(&large, "{\"a\":{\"e\":\"Word: ");
    for (int i = 0; i < 500000; i++)
        buf_puts(&large, "\\u0061");
    buf_puts(&large, "\"}}");
    buf_putc(&large, '\0');
    CHECK(!large.failed);
    for (int all = 0; all < 2; all++) {
        fail_on = all;
        check_memory(&large, 0);
        check_memory(&large, VECTOR_STATES);
    }
    buf_free(&large);
}

int main(void)
{
    return unit_run();
}
