/* The steps for user agents and client hints. */
#include "config.h"

#include "steps.h"

/*
 * Expected values: the device's name for user agents from a list of devices, and what browsers
 * document about theirs.
 */

/* A user agent, and the results of ua-family, ua-major, ua-os, ua-os-major, ua-engine and
 * ua-mobile. */
struct agent {
    const char *text, *family, *major, *os, *os_major, *engine, *mobile;
};

static void check_agents(const struct agent *agents, size_t count)
{
    char text[512];

    for (size_t i = 0; i < count; i++) {
        const struct agent *a = &agents[i];
        bool bad = unit_bad;
        unit_bad = false;
        snprintf(text, sizeof text, "\"%s\"", a->text);
        CHECK_TEXT(steps_run("ua-family", text), a->family);
        CHECK_TEXT(steps_run("ua-major", text), a->major);
        CHECK_TEXT(steps_run("ua-os", text), a->os);
        CHECK_TEXT(steps_run("ua-os-major", text), a->os_major);
        CHECK_TEXT(steps_run("ua-engine", text), a->engine);
        CHECK_TEXT(steps_run("ua-mobile", text), a->mobile);
        if (unit_bad)
            printf("# of %s\n", text);
        unit_bad |= bad;
    }
}

#define CHECK_AGENTS(...)                                                                      \
    do {                                                                                       \
        static const struct agent agents[] = {__VA_ARGS__};                                    \
        check_agents(agents, sizeof agents / sizeof *agents);                                  \
    } while (0)

#define MOZILLA(system) "Mozilla/5.0 (" system ") "
#define WEBKIT          "AppleWebKit/605.1.15 (KHTML, like Gecko) "
#define BLINK           "AppleWebKit/537.36 (KHTML, like Gecko) "
#define WINDOWS         MOZILLA("Windows NT 10.0; Win64; x64")
#define MAC             MOZILLA("Macintosh; Intel Mac OS X 10_15_7")
#define IPHONE          MOZILLA("iPhone; CPU iPhone OS 18_7 like Mac OS X")
#define ANDROID         MOZILLA("Linux; Android 10; K")
#define LINUX           MOZILLA("X11; Linux x86_64")

UNIT_TEST(rule_24_user_agents_of_the_browsers_on_their_systems)
{
    CHECK_AGENTS(
        {WINDOWS BLINK "Chrome/147.0.0.0 Safari/537.36", "\"Chrome\"", "147", "\"Windows\"",
         "10", "\"Blink\"", "false"},
        {WINDOWS BLINK "Chrome/147.0.0.0 Safari/537.36 Edg/146.0.0.0", "\"Edge\"", "146",
         "\"Windows\"", "10", "\"Blink\"", "false"},
        {WINDOWS BLINK "Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0 (Edition Yx 05)",
         "\"Opera\"", "112", "\"Windows\"", "10", "\"Blink\"", "false"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:159.0) Gecko/20100101 Firefox/159.0",
         "\"Firefox\"", "159", "\"Windows\"", "10", "\"Gecko\"", "false"},
        {MAC WEBKIT "Version/26.3.1 Safari/605.1.15", "\"Safari\"", "26", "\"macOS\"", "10",
         "\"WebKit\"", "false"},
        {MAC BLINK "Chrome/147.0.0.0 Safari/537.36", "\"Chrome\"", "147", "\"macOS\"", "10",
         "\"Blink\"", "false"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 "
         "Firefox/150.0",
         "\"Firefox\"", "150", "\"macOS\"", "10", "\"Gecko\"", "false"},
        {IPHONE WEBKIT "Version/26.3 Mobile/15E148 Safari/604.1", "\"Safari\"", "26", "\"iOS\"",
         "18", "\"WebKit\"", "true"},
        {IPHONE WEBKIT "CriOS/147.0.7727.47 Mobile/15E148 Safari/604.1", "\"Chrome\"", "147",
         "\"iOS\"", "18", "\"WebKit\"", "true"},
        {IPHONE WEBKIT "FxiOS/150.0 Mobile/15E148 Safari/605.1.15", "\"Firefox\"", "150",
         "\"iOS\"", "18", "\"WebKit\"", "true"},
        {IPHONE WEBKIT "EdgiOS/147.0.3912.51 Version/18.0 Mobile/15E148 Safari/604.1",
         "\"Edge\"", "147", "\"iOS\"", "18", "\"WebKit\"", "true"},
        {IPHONE WEBKIT "Mobile/15E148", "\"WebKit\"", "605", "\"iOS\"", "18", "\"WebKit\"",
         "true"},
        {"Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) " WEBKIT
         "Version/27.2 Mobile/15E148 Safari/604.1",
         "\"Safari\"", "27", "\"iOS\"", "12", "\"WebKit\"", "true"},
        {ANDROID BLINK "Chrome/147.0.0.0 Mobile Safari/537.36", "\"Chrome\"", "147",
         "\"Android\"", "10", "\"Blink\"", "true"},
        {ANDROID BLINK "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
         "\"Samsung Internet\"", "28", "\"Android\"", "10", "\"Blink\"", "true"},
        {"Mozilla/5.0 (Linux; Android 14; SM-X710) " BLINK "Chrome/159.0.8154.6 Safari/537.36",
         "\"Chrome\"", "159", "\"Android\"", "14", "\"Blink\"", "false"},
        {"Mozilla/5.0 (Android 14; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0", "\"Firefox\"",
         "150", "\"Android\"", "14", "\"Gecko\"", "true"},
        {"Mozilla/5.0 (Linux; Android 10; K; wv) " BLINK
         "Version/4.0 Chrome/147.0.0.0 Mobile Safari/537.36",
         "\"Android WebView\"", "147", "\"Android\"", "10", "\"Blink\"", "true"},
        {LINUX BLINK "Chrome/156.0.0.0 Safari/537.36", "\"Chrome\"", "156", "\"Linux\"", "?",
         "\"Blink\"", "false"},
        {LINUX BLINK "HeadlessChrome/156.0.0.0 Safari/537.36", "\"HeadlessChrome\"", "156",
         "\"Linux\"", "?", "\"Blink\"", "false"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
         "\"Firefox\"", "153", "\"Linux\"", "?", "\"Gecko\"", "false"},
        {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) " BLINK "Chrome/147.0.0.0 Safari/537.36",
         "\"Chrome\"", "147", "\"ChromeOS\"", "14541", "\"Blink\"", "false"});
}

UNIT_TEST(rule_24_user_agents_of_older_and_rarer_browsers)
{
    /* It names no system and no engine, so it passes the steps for them unchanged. */
#define GOOGLEBOT "\"Mozilla/5.0 (compatible; Googlebot/2.1)\""
    CHECK_AGENTS(
        {"Mozilla/5.0 (Windows Phone 10.0; Android 4.2.1; Microsoft; Lumia 950) " BLINK
         "Chrome/159.0.8154.6 Mobile Safari/537.36 Edge/14.14263",
         "\"Edge\"", "14", "\"Windows Phone\"", "10", "\"EdgeHTML\"", "true"},
        {"Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0; "
         "ARM; Touch; NOKIA; Lumia 520)",
         "\"Internet Explorer\"", "10", "\"Windows Phone\"", "8", "\"Trident\"", "true"},
        {"Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
         "\"Internet Explorer\"", "11", "\"Windows\"", "6", "\"Trident\"", "false"},
        {"Mozilla/4.0 (compatible; MSIE 6.0; Windows 98)", "\"Internet Explorer\"", "6",
         "\"Windows\"", "98", "\"Trident\"", "false"},
        {"Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18", "\"Opera\"", "12",
         "\"Windows\"", "6", "\"Presto\"", "false"},
        {"Opera/9.80 (Android; Opera Mini/7.5.33361/31.1448; U; en) Presto/2.8.119 "
         "Version/11.10",
         "\"Opera Mini\"", "7", "\"Android\"", "?", "\"Presto\"", "true"},
        {"Mozilla/5.0 (Linux; U; Android 4.3; en-us; SM-N900T Build/JSS15J) "
         "AppleWebKit/534.30 (KHTML, like Gecko) Version/27.2 Mobile Safari/534.30",
         "\"Android Browser\"", "27", "\"Android\"", "4", "\"WebKit\"", "true"},
        {"Mozilla/5.0 (BB10; Touch) AppleWebKit/537.10+ (KHTML, like Gecko) Version/27.2 "
         "Mobile Safari/537.10+",
         "\"BlackBerry\"", "27", "\"BlackBerry\"", "10", "\"WebKit\"", "true"},
        {"Mozilla/5.0 (PlayBook; U; RIM Tablet OS 2.1.0; en-US) AppleWebKit/536.2+ (KHTML like "
         "Gecko) Version/27.2 Safari/536.2+",
         "\"BlackBerry\"", "27", "\"BlackBerry\"", "2", "\"WebKit\"", "false"},
        {"Mozilla/5.0 (MeeGo; NokiaN9) AppleWebKit/534.13 (KHTML, like Gecko) "
         "NokiaBrowser/8.5.0 Mobile Safari/534.13",
         "\"Nokia Browser\"", "8", "\"MeeGo\"", "?", "\"WebKit\"", "true"},
        {"Mozilla/5.0 (Linux; U; en-us; KFAPWI Build/JDQ39) AppleWebKit/535.19 (KHTML, like "
         "Gecko) Silk/3.13 Safari/535.19 Silk-Accelerated=true",
         "\"Silk\"", "3", "\"Linux\"", "?", "\"WebKit\"", "false"},
        {IPHONE WEBKIT "Mobile/22H20 [FBAN/FBIOS;FBAV/500.0.0.50.107;FBBV/1]", "\"Facebook\"",
         "500", "\"iOS\"", "18", "\"WebKit\"", "true"},
        {"Mozilla/5.0 (compatible; Googlebot/2.1)", "\"Googlebot\"", "2", GOOGLEBOT, GOOGLEBOT,
         GOOGLEBOT, "false"});
#undef GOOGLEBOT
}

#define SAME(step, value)                                                                      \
    {                                                                                          \
        step, value, value                                                                     \
    }

UNIT_TEST(a_token_counts_at_the_start_of_a_word)
{
    CHECK_ROWS(SAME("ua-family", "\"NotChrome/1 9Chrome/2\""),
               {"ua-family", "\"Not-Chrome/1\"", "\"Chrome\""},
               {"ua-family", "\"chrome/1 Firefox/2\"", "\"Firefox\""},
               {"ua-family", "\"\u00e9Chrome/1\"", "\"Chrome\""},
               SAME("ua-mobile", "\"Immobile\""), SAME("ua-os", "\"GNU/kLinux\""));
}

UNIT_TEST(a_version_is_the_first_number_behind_its_token)
{
    CHECK_ROWS({"ua-major", "\"Chrome/x Chrome/ 12 Chrome/13\"", "12"},
               {"ua-major", "\"Chrome/\"", "?"}, {"ua-major", "\"Chrome/.1\"", "?"},
               {"ua-major", "\"Chrome/  1\"", "?"}, {"ua-major", "\"Chrome/007\"", "7"},
               {"ua-major", "\"Chrome/999999999999999.1\"", "999999999999999"},
               {"ua-major", "\"Chrome/1000000000000000 Chrome/5\"", "5"},
               {"ua-os-major", "\"Android\"", "?"}, {"ua-os-major", "\"Android 9\"", "9"},
               {"ua-os-major", "\"Windows NT; Windows NT 6.3\"", "6"});
}

UNIT_TEST(what_is_no_user_agent_passes_unchanged)
{
    static const char *const steps[] = {"ua-family",   "ua-major",  "ua-os",
                                        "ua-os-major", "ua-engine", "ua-mobile"};
    char *longer = malloc(4200);

    if (!longer)
        abort();
    memset(longer, ' ', 4199);
    longer[4199] = '\0';
    longer[0] = longer[4198] = '"';
    memcpy(longer + 1, "Mozilla/5.0 (Windows NT 10.0) Chrome/147", 40);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        CHECK_TEXT(steps_run(steps[i], "\"\""), "\"\"");
        CHECK_TEXT(steps_run(steps[i], "\"curl\""), "\"curl\"");
        CHECK_TEXT(steps_run(steps[i], longer), longer);
    }
    longer[4097] = '"'; /* 4096 bytes between the quotes */
    longer[4098] = '\0';
    CHECK_TEXT(steps_run("ua-major", longer), "147");
    free(longer);
}

UNIT_TEST(rule_24_ua_masks_versions_and_no_other_digits)
{
    CHECK_ROWS(
        {"ua", "\"" WINDOWS BLINK "Chrome/147.0.0.0 Safari/537.36 Edg/147.0.3912.98\"",
         "\"Mozilla/* (Windows NT *; Win64; x64) AppleWebKit/* (KHTML, like Gecko) Chrome/* "
         "Safari/* Edg/*\""},
        {"ua", "\"" IPHONE WEBKIT "Version/26.3 Mobile/15E148 Safari/604.1\"",
         "\"Mozilla/* (iPhone; CPU iPhone OS * like Mac OS X) AppleWebKit/* (KHTML, like "
         "Gecko) Version/* Mobile/* Safari/*\""},
        {"ua",
         "\"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 "
         "Firefox/150.0\"",
         "\"Mozilla/* (Macintosh; Intel Mac OS X *; rv:*) Gecko/* Firefox/*\""},
        {"ua",
         "\"Mozilla/5.0 (Linux; Android 11; Pixel 4a (5G)) " BLINK
         "Chrome/159.0.8154.6 Mobile\"",
         "\"Mozilla/* (Linux; Android *; Pixel 4a (5G)) AppleWebKit/* (KHTML, like Gecko) "
         "Chrome/* Mobile\""},
        {"ua", "\"(compatible; MSIE 10.0; Windows Phone 8.0; Tizen 2.4)\"",
         "\"(compatible; MSIE *; Windows Phone *; Tizen *)\""},
        {"ua", "\"AppleWebKit/537.10+ a/b1 c/ 2 3\"", "\"AppleWebKit/*+ a/b1 c/ 2 3\""},
        {"ua", "\"/1/2 rv:3;rv:\"", "\"/*/* rv:*;rv:\""}, SAME("ua", "\"\""),
        SAME("ua", "\"12 rv: 3\""), {"ua", "\"\u0661/1\"", "\"\u0661/*\""});
}

UNIT_TEST(rule_24_version_is_cut_before_its_nth_dot)
{
    CHECK_ROWS({"version(1)", "\"19.0.0\"", "\"19\""},
               {"version(2)", "\"147.0.7727.56\"", "\"147.0\""},
               {"version(9)", "\"147.0.7727.56\"", "\"147.0.7727.56\""},
               {"version(1)", "\"153.0b3\"", "\"153\""},
               {"version(2)", "\"6.8.0-31-generic\"", "\"6.8\""},
               {"version(1)", "\"1..2\"", "\"1\""},
               {"version(1)", "\"10_15_7\"", "\"10_15_7\""}, SAME("version(1)", "\"\""),
               SAME("version(1)", "\"v1.2\""), SAME("version(1)", "\"1.2 beta\""),
               SAME("version(1)", "\".1.2\""), SAME("version(1)", "\"1.2\\u0000\""),
               SAME("version(1)", "\"\u0661.2\""));
}

/* The spellings of Chromium's list of brands over the years. */
UNIT_TEST(rule_24_brands_are_real_sorted_and_without_versions)
{
#define GOOGLE "[\"Google Chrome\"]"
    CHECK_ROWS(
        {"brands",
         "[{\"brand\":\"Not:A-Brand\",\"version\":\"8\"},{\"brand\":\"Chromium\","
         "\"version\":\"156\"}]",
         "[\"Chromium\"]"},
        {"brands",
         "[{\"brand\":\"Google Chrome\",\"version\":\"147\"},{\"brand\":\"Not.A/Brand\","
         "\"version\":\"8\"},{\"brand\":\"Chromium\",\"version\":\"147\"}]",
         GOOGLE},
        {"brands", "[\"Chromium\",\"Google Chrome\"]", GOOGLE},
        {"brands", "[\"Opera GX\",\"Chromium\",\"Not_A Brand\",\"Opera\",\"Opera\"]",
         "[\"Opera\",\"Opera GX\"]"},
        {"brands", "[\" Not A;Brand\",\"(Not(A:Brand\",\"Not?A_Brand\",\"\\\"Not\\\\A;Brand\"]",
         "[]"},
        {"brands", "[\"Chromium\",\"Chromium\"]", "[\"Chromium\"]"},
        {"brands",
         "[\"Notion\",\"Not A Browser\",\"NotABrand9\",\"NotABran\",\"\u00a0NotABrand\"]",
         "[\"Not A Browser\",\"NotABran\",\"NotABrand9\",\"Notion\",\"\u00a0NotABrand\"]"},
        {"brands", "[]", "[]"});
#define LIST(list) "\"" list "\""
#define Q          "\\\""
    CHECK_ROWS(
        {"brands",
         LIST(Q "Not_A Brand" Q ";v=" Q "8" Q ", " Q "Chromium" Q ";v=" Q "120" Q ", " Q
                "Google Chrome" Q ";v=" Q "120" Q),
         GOOGLE},
        {"brands", LIST(Q "B" Q ";a;b=c/d;  c=" Q "x,;y" Q "\\t,  " Q "A" Q), "[\"A\",\"B\"]"},
        {"brands", LIST(Q "a\\\\" Q "\\\\\\\\" Q), "[\"a\\\"\\\\\"]"});
    CHECK_ROWS(SAME("brands", "\"\""), SAME("brands", "\"Chromium\""),
               SAME("brands", LIST(Q "A")), SAME("brands", LIST(Q "A" Q ",")),
               SAME("brands", LIST(", " Q "A" Q)), SAME("brands", LIST(Q "A" Q ";")),
               SAME("brands", LIST(Q "A" Q ";v=")), SAME("brands", LIST(Q "A" Q ";V=1")),
               SAME("brands", LIST(Q "A" Q " " Q "B" Q)), SAME("brands", LIST(Q "A" Q "x")),
               SAME("brands", LIST(Q "\\\\n" Q)), SAME("brands", LIST(Q "\u00e9" Q)),
               SAME("brands", "[\"A\",1]"), SAME("brands", "[{\"name\":\"A\"}]"),
               SAME("brands", "[{\"brand\":null}]"), SAME("brands", "[[\"A\"]]"));
}

UNIT_TEST(rule_24_platform_is_a_family)
{
    CHECK_ROWS({"each(platform)", "[\"Win32\",\"Win64\",\"Windows\",\"WinCE\"]",
                "[\"windows\",\"windows\",\"windows\",\"windows\"]"},
               {"each(platform)", "[\"MacIntel\",\"macOS\",\"MacPPC\",\"iPhone\",\"iPad\"]",
                "[\"apple\",\"apple\",\"apple\",\"apple\",\"apple\"]"},
               {"each(platform)", "[\"Linux x86_64\",\"Linux i686\",\"Linux\",\"Ubuntu\"]",
                "[\"linux\",\"linux\",\"linux\",\"linux\"]"},
               {"each(platform)", "[\"Linux armv81\",\"Linux armv8l\",\"Linux aarch64\"]",
                "[\"linux\",\"linux\",\"linux\"]"},
               {"each(platform)", "[\"Android\",\"Chrome OS\",\"FreeBSD amd64\"]",
                "[\"android\",\"chromeos\",\"bsd\"]"},
               SAME("platform", "\"win32\""), SAME("platform", "\" Win32\""),
               SAME("platform", "\"\""));
}

int main(void)
{
    return steps_main();
}
