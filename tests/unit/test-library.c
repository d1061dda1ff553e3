#include "config.h"

#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "catalog/builtin.h"
#include "catalog/catalog.h"
#include "json/validate.h"
#include "vector/library.h"

/* The id of RECORD, whose root is /components, by CATALOG. */
static struct library_id read_id(const char *catalog, const char *record)
{
    const struct limits limits = LIMITS_DEFAULT;
    struct arena arena = ARENA_EMPTY;
    struct buf scratch = BUF_EMPTY;
    struct library_id id;

    if (!library_read(&id, builtin_find(span_text(catalog))->catalog, 0, span_text(record),
                      &limits, &arena, &scratch))
        abort();
    buf_free(&scratch);
    arena_free(&arena);
    return id;
}

static void check_id(const char *catalog, const char *record, const char *expected)
{
    struct library_id id = read_id(catalog, record);
    struct buf out = BUF_EMPTY;

    CHECK(id.known == (expected != NULL));
    if (expected) {
        hash_put128(&out, id.hash);
        CHECK_TEXT(buf_span(&out), expected);
    }
    buf_free(&out);
}

/* hashComponents() of FingerprintJS 5.2.0 for the components of which this is the log. */
UNIT_TEST(a_logged_record_gives_the_id_of_what_was_logged)
{
    check_id("fingerprintjs",
             "{\"components\":{\"fonts\":{\"value\":[\"Arial\",\"Courier\"]},\"domBlockers\":{},"
             "\"a:b|c\\\\d\":{\"value\":0},\"audio\":{\"value\":124.04347527516074},"
             "\"osCpu\":{\"duration\":0},\"bad\":{\"error\":{}},"
             "\"nan\":{\"value\":[null,null,1e+21,1e-7,0.30000000000000004]},"
             "\"hdr\":{\"value\":false},\"nested\":{\"value\":{\"b\":1,\"a\":{\"d\":1}}},"
             "\"str\":{\"value\":\"\xc3\xa9\\\"\xe2\x80\xa8\\ud800\\u0007\"}}}",
             "9d95b6e7b176855af0b3efcf5fb0c071");
}

/* FingerprintJS hashes "|", undefined and error as below; the hashes are murmurX64Hash128() of these
 * texts by 5.2.0, and x64hash128() by 3.4.2. */
UNIT_TEST(the_rule_is_that_of_the_release)
{
    const char *text = "\"components\":{\"b\":{\"value\":\"h\xc3\xa9llo\"},\"a\":{}}}";
    static const struct {
        const char *version, *id;
    } table[] = {
        {"", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"5.2.0\",", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"4.0.1\",", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"4.0.1-beta\",", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"4.0.0\",", "d18440c1926050b10e27711b4775e94b"},
        {"\"version\":\"4\",", "d18440c1926050b10e27711b4775e94b"},
        {"\"version\":\"3.4.2\",", "d18440c1926050b10e27711b4775e94b"},
        {"\"version\":\"3.1.0\",", "d18440c1926050b10e27711b4775e94b"},
        {"\"version\":\"3.0.9\",", "1bb11f7da8e8c29d207a666cff8c279f"},
        {"\"version\":\"\\u0033.0\\u002e9\",", "1bb11f7da8e8c29d207a666cff8c279f"},
        {"\"version\":\"2.1.5\",", NULL},
        {"\"version\":null,", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":5,", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"v3.4.2\",", "46917ee6aef6b2d3736470a440ee893a"},
        {"\"version\":\"99999999999999999999.1\",", "46917ee6aef6b2d3736470a440ee893a"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char record[200];
        snprintf(record, sizeof record, "{%s%s", table[i].version, text);
        check_id("fingerprintjs", record, table[i].id);
    }
}

UNIT_TEST(what_is_no_result_of_the_library_has_no_id)
{
    check_id("fingerprintjs", "{\"components\":{\"a\":null}}", NULL);
    check_id("fingerprintjs", "{\"components\":{\"b\":{\"value\":1},\"a\":\"x\"}}", NULL);
    check_id("fingerprintjs", "{\"components\":[]}", NULL);
    check_id("fingerprintjs", "{}", NULL);
    check_id("fingerprintjs", "{\"components\":{}}", "00000000000000000000000000000000");
}

/* An id of Fingerprint Pro has 20 letters and digits. */
UNIT_TEST(only_32_lower_case_hex_digits_are_compared)
{
    const char *record = "{\"visitorId\":%s,\"components\":{}}";
    static const struct {
        const char *id;
        bool stated, differs, incomparable;
    } table[] = {
        {"\"00000000000000000000000000000000\"", true, false, false},
        {"\"00000000000000000000000000000001\"", true, true, false},
        {"\"0123456789abcdef0123456789abcdef\"", true, true, false},
        {"\"\\u0030000000000000000000000000000000\\u0030\"", true, false, false},
        {"\"0000000000000000000000000000000\"", false, false, true},
        {"\"000000000000000000000000000000000\"", false, false, true},
        {"\"0123456789ABCDEF0123456789ABCDEF\"", false, false, true},
        {"\"0123456789abcdef0123456789abcdeg\"", false, false, true},
        {"\"0123456789abcdef0123456789abcde\\u0000\"", false, false, true},
        {"\"Abcdefghij0123456789\"", false, false, true},
        {"\"x\"", false, false, true},
        {"\"\"", false, false, true},
        {"null", false, false, false},
        {"0", false, false, false},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[120];
        snprintf(text, sizeof text, record, table[i].id);
        struct library_id id = read_id("fingerprintjs", text);
        CHECK(id.known && id.stated == table[i].stated && id.differs == table[i].differs &&
              id.incomparable == table[i].incomparable);
    }
    struct library_id id = read_id("fingerprintjs", "{\"visitorId\":\"x\",\"components\":{\"a\":1}}");
    CHECK(!id.known && !id.stated && !id.differs && !id.incomparable);
}

/* ThumbmarkJS 1.11.0 hashes sorted text, and before 1.4 the text as it is; the hashes are its own of
 * {"a":{"c":1,"d":2},"b":"\u00e9"} and {"b":"\u00e9","a":{"d":2,"c":1}}. */
UNIT_TEST(thumbmarks_are_made_of_sorted_text_since_1_4)
{
    const char *text = "\"components\":{\"b\":\"\xc3\xa9\",\"a\":{\"d\":2,\"c\":1}}}";
    static const struct {
        const char *version, *id;
    } table[] = {
        {"", "4a4b2fd128b001d6cf7baf86503cd466"},
        {"\"version\":\"1.11.0\",", "4a4b2fd128b001d6cf7baf86503cd466"},
        {"\"version\":\"1.5.1\",", "4a4b2fd128b001d6cf7baf86503cd466"},
        {"\"version\":\"1.3.2\",", "823cd063f81505af3c46c000ab45a371"},
        {"\"version\":\"0.20.6\",", "823cd063f81505af3c46c000ab45a371"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char record[200];
        snprintf(record, sizeof record, "{%s%s", table[i].version, text);
        check_id("thumbmarkjs", record, table[i].id);
    }
}

int main(void)
{
    return unit_run();
}
