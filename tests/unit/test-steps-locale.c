/* The steps for languages and time zones. */
#include "config.h"

#include "steps.h"

/*
 * Expected values: languages from Intl.getCanonicalLocales() of ECMA-402 (node 20), if it takes the
 * text for a tag; time zones from the L lines of tzdata.zi 2025b and from zone.tab, read by eye.
 */

UNIT_TEST(rule_24_language_has_the_case_of_rfc_5646)
{
    CHECK_ROWS({"language", "\"EN-us\"", "\"en-US\""},
               {"language", "\"zh-hant-tw\"", "\"zh-Hant-TW\""},
               {"language", "\"ES-419\"", "\"es-419\""}, {"language", "\"CKB\"", "\"ckb\""},
               {"language", "\"DE-ch-1996\"", "\"de-CH-1996\""},
               {"language", "\"ca-ES-VALENCIA\"", "\"ca-ES-valencia\""},
               {"language", "\"sr-LATN-rs-u-CA-GREGORY\"", "\"sr-Latn-RS-u-ca-gregory\""},
               {"language", "\"en-U-nu-LATN-x-AB-WXYZ\"", "\"en-u-nu-latn-x-ab-wxyz\""},
               {"language", "\"X-ab-WXYZ\"", "\"x-ab-wxyz\""},
               {"language", "\"az-Latn-X-LATN\"", "\"az-Latn-x-latn\""});
}

UNIT_TEST(rule_24_language_replaces_codes_no_longer_used)
{
    CHECK_ROWS({"each(language)", "[\"iw\",\"IN-id\",\"ji\",\"jw\",\"mo-MD\",\"tl-PH\"]",
                "[\"he\",\"id-ID\",\"yi\",\"jv\",\"ro-MD\",\"fil-PH\"]"},
               /* Only as the first subtag, and only as a whole. */
               {"each(language)", "[\"en-IN\",\"en-x-iw\",\"in-IN\",\"inh\",\"no\",\"sh\"]",
                "[\"en-IN\",\"en-x-iw\",\"id-IN\",\"inh\",\"no\",\"sh\"]"});
}

UNIT_TEST(language_drops_what_firefox_leaves_behind_the_tag)
{
    CHECK_ROWS({"language", "\"en-US;q=0.7\"", "\"en-US\""},
               {"language", "\" \\ten_us ;q=0.7;x\"", "\"en-US\""},
               {"language", "\"*;q=0.1\"", "\"*\""}, {"language", "\"*\"", "\"*\""});
}

UNIT_TEST(what_is_no_language_range_passes_unchanged)
{
#define SAME(value) {"language", value, value}
    CHECK_ROWS(SAME("\"\""), SAME("\";q=1\""), SAME("\"-\""), SAME("\"en-\""), SAME("\"-US\""),
               SAME("\"en--US\""), SAME("\"EN,DE\""), SAME("\"EN US\""), SAME("\"C.UTF-8\""),
               SAME("\"1A\""), SAME("\"E1\""), SAME("\"ABCDEFGHI\""), SAME("\"EN-ABCDEFGHI\""),
               SAME("\"*-CH\""), SAME("\"EN-\u00fc\""), SAME("\"\u00a0EN\""),
               SAME("\"EN\\u0000\""));
#undef SAME
    CHECK_ROWS({"language", "\"ABCDEFGH-ABCDEFGH\"", "\"abcdefgh-abcdefgh\""});
}

UNIT_TEST(languages_keep_their_order_and_occur_once)
{
    CHECK_ROWS({"languages", "[\"de\",\"en-US;q=0.7\",\"en\"]", "[\"de\",\"en-US\",\"en\"]"},
               {"languages", "[\"en\",\"de\",\"EN\",\"de;q=1\",\"fr\",\"en\"]",
                "[\"en\",\"de\",\"fr\"]"},
               {"languages", "[\"iw\",\"he\"]", "[\"he\"]"}, {"languages", "[]", "[]"},
               /* What is no string, or no language, is unchanged. */
               {"languages", "[[\"EN\"],null,\"a b\",1,[\"EN\"],null,\"a b\",1]",
                "[[\"EN\"],null,\"a b\",1]"},
               {"each(languages)", "[[\"en-us\"],[\"en-us\",\"EN\"]]",
                "[[\"en-US\"],[\"en-US\",\"en\"]]"},
               {"languages", "\"en,de\"", "\"en,de\""});
}

UNIT_TEST(rule_24_accept_language_is_the_ranges_in_their_order)
{
    CHECK_ROWS(
        {"accept-language", "\"en-US,en;q=0.9\"", "[\"en-US\",\"en\"]"},
        {"accept-language", "\"en-US,en;q=0.5\"", "[\"en-US\",\"en\"]"},
        {"accept-language", "\"fr-CA,fr;q=0.9,en-CA;q=0.8,en;q=0.7\"",
         "[\"fr-CA\",\"fr\",\"en-CA\",\"en\"]"},
        {"accept-language", "\"ja-JP\"", "[\"ja-JP\"]"},
        {"accept-language", "\"da, en-gb;q=0.8, en;q=0.7\"", "[\"da\",\"en-GB\",\"en\"]"},
        {"accept-language", "\" , en ,,\\tDE;q=0.1, *;q=0.5,EN,\"", "[\"en\",\"de\",\"*\"]"});
    CHECK_ROWS({"accept-language", "\"\"", "\"\""}, {"accept-language", "\" ,\"", "\" ,\""},
               {"accept-language", "\"EN,;q=1\"", "\"EN,;q=1\""},
               {"accept-language", "\"EN;q=1 DE, a b\"", "\"EN;q=1 DE, a b\""});
}

/* COUNT times ITEM, between HEAD and TAIL; to be freed. */
static char *repeated(const char *head, const char *item, size_t count, const char *tail)
{
    size_t size = strlen(item), at = strlen(head);
    char *text = malloc(at + count * size + strlen(tail) + 1);

    if (!text)
        abort();
    memcpy(text, head, at);
    for (; count; count--, at += size)
        memcpy(text + at, item, size);
    memcpy(text + at, tail, strlen(tail) + 1);
    return text;
}

UNIT_TEST(accept_language_takes_up_to_1024_elements)
{
    char *most = repeated("\"", "EN,", 1023, "DE\""), *more = repeated("\"", "EN,", 1024, "\"");

    CHECK_TEXT(steps_run("accept-language", most), "[\"en\",\"de\"]");
    CHECK_TEXT(steps_run("accept-language", more), more);
    free(most);
    free(more);
}

UNIT_TEST(languages_are_made_unique_in_n_log_n)
{
    char *many = repeated("[", "\"EN\",", 100000, "\"DE\"]");

    CHECK_TEXT(steps_run("languages", many), "[\"en\",\"de\"]");
    free(many);
}

UNIT_TEST(rule_24_timezone_is_the_name_and_not_the_alias)
{
    CHECK_ROWS({"timezone", "\"Asia/Calcutta\"", "\"Asia/Kolkata\""},
               {"timezone", "\"Asia/Katmandu\"", "\"Asia/Kathmandu\""},
               {"timezone", "\"Asia/Saigon\"", "\"Asia/Ho_Chi_Minh\""},
               {"timezone", "\"Europe/Kiev\"", "\"Europe/Kyiv\""},
               {"timezone", "\"America/Godthab\"", "\"America/Nuuk\""},
               {"timezone", "\"US/Pacific\"", "\"America/Los_Angeles\""},
               {"timezone", "\"W-SU\"", "\"Europe/Moscow\""},
               {"timezone", "\"Africa/Asmera\"", "\"Africa/Asmara\""},
               {"timezone", "\"Africa/Asmara\"", "\"Africa/Asmara\""},
               {"timezone", "\"America/Coral_Harbour\"", "\"America/Atikokan\""},
               {"timezone", "\"Pacific/Truk\"", "\"Pacific/Chuuk\""},
               {"timezone", "\"Pacific/Ponape\"", "\"Pacific/Pohnpei\""},
               {"timezone", "\"Iceland\"", "\"Atlantic/Reykjavik\""},
               {"timezone", "\"America/Buenos_Aires\"", "\"America/Argentina/Buenos_Aires\""});
}

UNIT_TEST(rule_24_a_place_of_zone_tab_is_not_merged_into_another)
{
#define SAME(value) {"timezone", value, value}
    CHECK_ROWS(SAME("\"Europe/Oslo\""), SAME("\"Europe/Bratislava\""),
               SAME("\"Arctic/Longyearbyen\""), SAME("\"America/Kralendijk\""),
               SAME("\"Atlantic/Reykjavik\""), SAME("\"Europe/Kyiv\""),
               SAME("\"Asia/Kolkata\""), SAME("\"Pacific/Chuuk\""));
}

UNIT_TEST(rule_24_all_names_of_utc_are_utc)
{
#define UTC(name) {"timezone", "\"" name "\"", "\"UTC\""}
    CHECK_ROWS(UTC("UTC"), UTC("UCT"), UTC("GMT"), UTC("Zulu"), UTC("Etc/UTC"), UTC("Etc/UCT"),
               UTC("Etc/GMT"), UTC("Etc/Zulu"), UTC("Universal"), UTC("Etc/Universal"),
               UTC("Greenwich"), UTC("Etc/Greenwich"), UTC("GMT0"), UTC("GMT+0"), UTC("GMT-0"),
               UTC("Etc/GMT0"), UTC("Etc/GMT+0"), UTC("Etc/GMT-0"));
}

UNIT_TEST(rule_24_an_unknown_time_zone_passes_unchanged)
{
    CHECK_ROWS(SAME("\"Etc/GMT+12\""), SAME("\"asia/calcutta\""), SAME("\"Asia/Calcutta \""),
               SAME("\"\""), SAME("\"Mars/Base\""), SAME("\"+05:30\""), SAME("\"EST5EDT\""));
}

int main(void)
{
    return steps_main();
}
