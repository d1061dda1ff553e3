/* The steps for notations of CSS and of the network. */
#include "config.h"

#include "steps.h"

/*
 * Expected values: color by Python's fractions, floor(255 * value + 1/2); mime by node's
 * util.MIMEType, its parameters sorted; ip by Python's ipaddress, as
 * ip_network((address, bits), strict=False); ja3-sort by Python's sorted() of the integers; ja4
 * by what FoxIO published (github.com/FoxIO-LLC/ja4 at 0e54bc8), else by sha256sum.
 */

#define SAME(step, value)                                                                      \
    {                                                                                          \
        step, value, value                                                                     \
    }

UNIT_TEST(rule_24_color_takes_hex)
{
    CHECK_ROWS({"color", "\"#0aF\"", "\"#00aaffff\""}, {"color", "\"#0aF8\"", "\"#00aaff88\""},
               {"color", "\"#12aBcD\"", "\"#12abcdff\""},
               {"color", "\"#12abcd00\"", "\"#12abcd00\""},
               {"color", "\" #FFF\\n\"", "\"#ffffffff\""});
    CHECK_ROWS(SAME("color", "\"#\""), SAME("color", "\"#AB\""), SAME("color", "\"#ABCDE\""),
               SAME("color", "\"#ABCDEFA\""), SAME("color", "\"#ABCDEFABC\""),
               SAME("color", "\"#ABG\""), SAME("color", "\"ABC\""), SAME("color", "\"# ABC\""),
               SAME("color", "\"#AB\u00e9\""));
}

UNIT_TEST(rule_24_color_takes_rgb_with_commas_and_without)
{
    CHECK_ROWS({"color", "\"rgb(0, 120, 215)\"", "\"#0078d7ff\""},
               {"color", "\"RGBA( 0 ,120,\\t215 , 0.5 )\"", "\"#0078d780\""},
               {"color", "\"rgb(1 2 3)\"", "\"#010203ff\""},
               {"color", "\"rgba(1 2 3/0)\"", "\"#01020300\""},
               {"color", "\"rgb(1 2 3 / 40%)\"", "\"#01020366\""},
               {"color", "\"rgb(100%, 50%, 0.2%)\"", "\"#ff8001ff\""},
               {"color", "\"rgb(300, 255.4, 254.5)\"", "\"#ffffffff\""},
               {"color", "\"rgb(0.5 .4999 000000001)\"", "\"#010001ff\""},
               {"color", "\"rgba(0, 0, 0, 0.3)\"", "\"#0000004d\""},
               {"color", "\"rgba(0, 0, 0, 0.7)\"", "\"#000000b3\""},
               {"color", "\"rgba(0, 0, 0, 1.5)\"", "\"#000000ff\""},
               {"color", "\"Transparent\"", "\"#00000000\""});
    CHECK_ROWS(SAME("color", "\"rgb(1, 2 3)\""), SAME("color", "\"rgb(1 2, 3)\""),
               SAME("color", "\"rgb(1, 2, 3 / 4)\""), SAME("color", "\"rgb(1 2 3, 4)\""),
               SAME("color", "\"rgb(1 2 3 4)\""), SAME("color", "\"rgb(1, 2)\""),
               SAME("color", "\"rgb(1, 2, 3, 4, 5)\""), SAME("color", "\"rgb(1,2,3\""),
               SAME("color", "\"rgb(1,2,3) x\""), SAME("color", "\"rgb (1,2,3)\""),
               SAME("color", "\"rgb(-1,2,3)\""), SAME("color", "\"rgb(1e1,2,3)\""),
               SAME("color", "\"rgb(1.,2,3)\""), SAME("color", "\"rgb(.,2,3)\""),
               SAME("color", "\"rgb(1234567890,2,3)\""),
               SAME("color", "\"rgb(1.1234567890,2,3)\""), SAME("color", "\"rgb(,,)\""),
               SAME("color", "\"rgb(\""), SAME("color", "\"red\""), SAME("color", "\"\""),
               SAME("color", "\"transparent x\""), SAME("color", "\"hsl(1 2% 3%)\""),
               SAME("color", "\"color(srgb 1 1 1)\""));
}

UNIT_TEST(rule_24_mime_is_that_of_the_mime_sniffing_standard)
{
    CHECK_ROWS(
        {"mime", "\"Text/HTML;Charset=UTF-8\"", "\"text/html;charset=UTF-8\""},
        {"mime", "\" video/mp4 ; codecs=\\\"avc1.42E01E, mp4a.40.2\\\" \"",
         "\"video/mp4;codecs=\\\"avc1.42E01E, mp4a.40.2\\\"\""},
        {"mime", "\"a/b;z=1;Y=2;x=3\"", "\"a/b;x=3;y=2;z=1\""},
        {"mime", "\"a/b;x=1;X=2\"", "\"a/b;x=1\""},
        {"mime", "\"a/b;;x;=1;y=;z=\\\"\\\";a b=1\"", "\"a/b;z=\\\"\\\"\""},
        {"mime", "\"a/b;x=\\\"1\\\" junk;y=2\"", "\"a/b;x=1;y=2\""},
        {"mime", "\"a/b;x=\\\"a\\\\\\\"\\\\\\\\b\"", "\"a/b;x=\\\"a\\\\\\\"\\\\\\\\b\\\"\""},
        {"mime", "\"a/b;x=\\\"1\\\\\"", "\"a/b;x=\\\"1\\\\\\\\\\\"\""},
        {"mime", "\"a/b;x=\u00ff;y=\u0100\"", "\"a/b;x=\\\"\u00ff\\\"\""},
        {"mime", "\"a/b;x=1 2 \"", "\"a/b;x=\\\"1 2\\\"\""});
    CHECK_ROWS(SAME("mime", "\"\""), SAME("mime", "\"A\""), SAME("mime", "\"A/\""),
               SAME("mime", "\"/B\""), SAME("mime", "\"A /B\""), SAME("mime", "\"A/B C\""),
               SAME("mime", "\"A/B/C\""), SAME("mime", "\"A/\u00e9\""),
               SAME("mime", "\"A;B/C\""));
}

UNIT_TEST(rule_24_ip_is_the_network_as_rfc_5952_writes_it)
{
    CHECK_ROWS(
        {"ip(24,48)", "\"203.0.113.7\"", "\"203.0.113.0/24\""},
        {"ip(32,128)", "\"203.0.113.7\"", "\"203.0.113.7/32\""},
        {"ip(0,0)", "\"255.255.255.255\"", "\"0.0.0.0/0\""},
        {"ip(31,0)", "\"255.255.255.255\"", "\"255.255.255.254/31\""},
        {"ip(9,0)", "\"10.255.1.2\"", "\"10.128.0.0/9\""},
        {"ip(24,128)", "\"2001:DB8::0:1\"", "\"2001:db8::1/128\""},
        {"ip(24,128)", "\"2001:0db8:0:0:1:0:0:1\"", "\"2001:db8::1:0:0:1/128\""},
        {"ip(24,128)", "\"2001:db8:0:1:1:1:1:1\"", "\"2001:db8:0:1:1:1:1:1/128\""},
        {"ip(24,128)", "\"1:0:0:2:0:0:0:3\"", "\"1:0:0:2::3/128\""},
        {"ip(24,128)", "\"0:0:0:0:0:0:0:0\"", "\"::/128\""},
        {"ip(24,128)", "\"1::\"", "\"1::/128\""},
        {"ip(24,128)", "\"::1:2:3:4:5:6:7\"", "\"0:1:2:3:4:5:6:7/128\""},
        {"ip(24,128)", "\"::1.2.3.4\"", "\"::102:304/128\""},
        {"ip(24,48)", "\"fe80::1%eth0\"", "\"fe80::/48\""},
        {"ip(24,65)", "\"ffff:ffff:ffff:ffff:ffff::\"", "\"ffff:ffff:ffff:ffff:8000::/65\""},
        {"ip(24,0)", "\"::1\"", "\"::/0\""},
        {"ip(24,48)", "\"::ffff:203.0.113.7\"", "\"203.0.113.0/24\""},
        {"ip(24,48)", "\"::FFFF:cb00:7107\"", "\"203.0.113.0/24\""},
        {"ip(24,96)", "\"::fffe:203.0.113.7\"", "\"::fffe:0:0/96\""});
    CHECK_ROWS(SAME("ip(0,0)", "\"\""), SAME("ip(0,0)", "\"1.2.3\""),
               SAME("ip(0,0)", "\"1.2.3.4.5\""), SAME("ip(0,0)", "\"1.2.3.256\""),
               SAME("ip(0,0)", "\"1.2.3.04\""), SAME("ip(0,0)", "\"1.2.3.\""),
               SAME("ip(0,0)", "\" 1.2.3.4\""), SAME("ip(0,0)", "\"1.2.3.4:80\""),
               SAME("ip(0,0)", "\"1.2.3.4%a\""), SAME("ip(0,0)", "\":\""),
               SAME("ip(0,0)", "\":::\""), SAME("ip(0,0)", "\"1:2:3:4:5:6:7\""),
               SAME("ip(0,0)", "\"1:2:3:4:5:6:7:8:9\""),
               SAME("ip(0,0)", "\"1:2:3:4::5:6:7:8\""), SAME("ip(0,0)", "\"1::2::3\""),
               SAME("ip(0,0)", "\"::12345\""), SAME("ip(0,0)", "\"::g\""),
               SAME("ip(0,0)", "\"1:\""), SAME("ip(0,0)", "\":1\""),
               SAME("ip(0,0)", "\"1.2.3.4::\""), SAME("ip(0,0)", "\"::1.2.3\""),
               SAME("ip(0,0)", "\"1:2:3:4:5:6:7:1.2.3.4\""), SAME("ip(0,0)", "\"::1%\""),
               SAME("ip(0,0)", "\"[::1]\""), SAME("ip(0,0)", "\"::1/64\""));
}

UNIT_TEST(rule_24_ja3_has_its_extensions_sorted_and_no_grease)
{
    CHECK_ROWS({"ja3-sort", "\"771,4865-4866,65281-0-23,29-23,0\"",
                "\"771,4865-4866,0-23-65281,29-23,0\""},
               {"ja3-sort", "\"771,2570-4866-4865,43-64250-10-51-6682,39578-29-23,0\"",
                "\"771,4866-4865,10-43-51,29-23,0\""},
               {"ja3-sort", "\"771,2570,2570,2570,2570\"", "\"771,,,,\""},
               {"ja3-sort", "\"768,,,,\"", "\"768,,,,\""},
               {"ja3-sort", "\"771,4,9-100-9-2570,,\"", "\"771,4,9-9-100,,\""});
    CHECK_ROWS(
        SAME("ja3-sort", "\"\""), SAME("ja3-sort", "\",,,,\""),
        SAME("ja3-sort", "\"771,4,9-1,0\""), SAME("ja3-sort", "\"771,4,9-1,0,0,0\""),
        SAME("ja3-sort", "\"771-772,4,9-1,0,0\""), SAME("ja3-sort", "\"771,4,9-1-,0,0\""),
        SAME("ja3-sort", "\"771,4,-9-1,0,0\""), SAME("ja3-sort", "\"771,4,9--1,0,0\""),
        SAME("ja3-sort", "\"771,4,9-01,0,0\""), SAME("ja3-sort", "\"771,4,9-65536,0,0\""),
        SAME("ja3-sort", "\"771,4,9-100000,0,0\""), SAME("ja3-sort", "\"771,4,9- 1,0,0\""),
        SAME("ja3-sort", "\"771,c02b,9-1,0,0\""));
}

/* A JA4_r or JA4_ro, its sections as strings, and the JA4. */
#define JA4(start, ciphers, rest, output)                                                      \
    {                                                                                          \
        "ja4", "\"" start "_" ciphers "_" rest "\"", "\"" start "_" output "\""                \
    }
#define CHROME_CIPHERS                                                                         \
    "002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9"
#define CHROME_IN_ORDER                                                                        \
    "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035"
#define CHROME_EXTENSIONS                                                                      \
    "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01"
#define CHROME_ALGORITHMS "0403,0804,0401,0503,0805,0501,0806,0601"

/* The examples of technical_details/JA4.md: JA4_r, without signature algorithms, JA4_ro. */
UNIT_TEST(ja4_is_that_of_the_specification)
{
    CHECK_ROWS(
        JA4("t13d1516h2", CHROME_CIPHERS, CHROME_EXTENSIONS "_" CHROME_ALGORITHMS,
            "8daaf6152771_e5627efa2ab1"),
        JA4("t13d1516h2", CHROME_CIPHERS, CHROME_EXTENSIONS, "8daaf6152771_6d807ffa2a79"),
        JA4("t13d1516h2", CHROME_IN_ORDER,
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,"
            "0015_" CHROME_ALGORITHMS,
            "8daaf6152771_e5627efa2ab1"));
}

/* Other clients, from python/test/testdata/: badcurveball, tls12, macos_tcp_flags, ipv6,
 * latest, tls-handshake (two), tls-non-ascii-alpn; https3-301-get, which has no extension but
 * SNI; then JA4_ro of badcurveball, https3-301-get and tls-handshake. */
UNIT_TEST(ja4_is_that_of_the_published_tests)
{
    CHECK_ROWS(JA4("t13d1615h2", "000a," CHROME_CIPHERS,
                   "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,"
                   "ff01_" CHROME_ALGORITHMS ",0201",
                   "46e7e9700bed_45f260be83e2"),
               JA4("t13d1715h2",
                   "002f,0035,009c,009d,1301,1302,1303,c009,c00a,c013,c014,c02b,c02c,c02f,"
                   "c030,cca8,cca9",
                   "0005,000a,000b,000d,0015,0017,001c,0022,0023,002b,002d,0033,ff01_0403,"
                   "0503,0603,0804,0805,0806,0401,0501,0601,0203,0201",
                   "5b57614c22b0_3d5424432f57"),
               JA4("t13d2613h2",
                   "000a,002f,0035,003c,003d,009c,009d,1301,1302,1303,c008,c009,c00a,c012,"
                   "c013,c014,c023,c024,c027,c028,c02b,c02c,c02f,c030,cca8,cca9",
                   "0005,000a,000b,000d,0012,0015,0017,002b,002d,0033,ff01_0403,0804,0401,"
                   "0503,0203,0805,0805,0501,0806,0601,0201",
                   "2802a3db6c62_845d286b0d67"),
               JA4("t12d4605h2",
                   "0004,0005,000a,0016,002f,0033,0035,0039,003c,003d,0041,0045,0067,006b,"
                   "0081,0084,0088,009c,009d,009e,009f,00ba,00be,00c0,00c4,00ff,c007,c008,"
                   "c009,c00a,c011,c012,c013,c014,c023,c024,c027,c028,c02b,c02c,c02f,c030,"
                   "cca8,cca9,ccaa,ff85",
                   "000a,000b,000d_0601,0603,efef,0501,0503,0401,0403,eeee,eded,0301,0303,"
                   "0201,0203",
                   "85626a9a5f7f_aaf95bb78ec9"),
               JA4("t12d190800",
                   "000a,002f,0035,003c,003d,009c,009d,c009,c00a,c013,c014,c023,c024,c027,"
                   "c028,c02b,c02c,c02f,c030",
                   "0005,000a,000b,000d,0017,0023,ff01_0804,0805,0806,0401,0501,0201,0403,"
                   "0503,0203,0202,0601,0603",
                   "d83cc789557e_7af1ed941c26"),
               JA4("t13d151400", CHROME_CIPHERS,
                   "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,"
                   "ff01_" CHROME_ALGORITHMS,
                   "8daaf6152771_de4a06bb82e3"),
               JA4("t13d1517h1", CHROME_CIPHERS,
                   "0005,000a,000b,000d,0012,0015,0017,001b,0023,0029,002b,002d,0033,4469,"
                   "ff01_" CHROME_ALGORITHMS,
                   "8daaf6152771_6cdcb247c39b"),
               JA4("t13d151699", CHROME_CIPHERS,
                   "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,"
                   "ff01_" CHROME_ALGORITHMS,
                   "8daaf6152771_e5627efa2ab1"),
               JA4("t10d230100",
                   "0003,0004,0005,0006,0008,0009,000a,0011,0012,0013,0014,0015,0016,002f,"
                   "0032,0033,0035,0038,0039,0096,0099,009a,00ff",
                   "", "6a57a6f57151_000000000000"),
               JA4("t13d1615h2", CHROME_IN_ORDER ",000a",
                   "0000,0017,ff01,000a,000b,0023,0010,0005,000d,0012,0033,002d,002b,001b,"
                   "0015_" CHROME_ALGORITHMS ",0201",
                   "46e7e9700bed_45f260be83e2"),
               JA4("t10d230100",
                   "0039,0038,0035,0016,0013,000a,0033,0032,002f,009a,0099,0096,0005,0004,"
                   "0015,0012,0009,0014,0011,0008,0006,0003,00ff",
                   "0000", "6a57a6f57151_000000000000"),
               JA4("t13d1517h1", CHROME_IN_ORDER,
                   "0000,0017,0005,002b,0012,0023,000a,0033,0010,002d,001b,4469,000b,000d,"
                   "ff01,0015,0029_" CHROME_ALGORITHMS,
                   "8daaf6152771_6cdcb247c39b"));
}

UNIT_TEST(ja4_sorts_leaves_out_grease_and_shows_empty_lists)
{
    CHECK_ROWS(
        JA4("q13i0202h3", "1302,1301", "002b,000d_0804,0403", "62ed6f6ca7ad_9cb16391150f"),
        /* A cipher may have the number of an extension that is left out. */
        JA4("t12d0304zZ", "0010,0000,000a", "0010,0000,000a,000a_0403",
            "e8afed1d5684_19141c48df21"),
        /* GREASE, and what is like it. */
        JA4("ds0i000000", "0a0a,fafa", "aaaa,1a1a", "000000000000_000000000000"),
        JA4("d00i030200", "0a0a,0a1a,1301,1a0a,0b0b", "7a7a,000d,0a0b_0403,4a4a,0401",
            "fc967d8dc6a3_b127262ca59d"),
        JA4("t13i010100", "1301", "000d_0a0a", "0f2cb44170f4_06540eb5c95f"),
        JA4("t13i000000", "", "", "000000000000_000000000000"),
        /* Signature algorithms without an extension before them. */
        JA4("t13d000100", "", "0000_0403", "000000000000_000000000000"),
        JA4("t13i000000", "", "_0403", "000000000000_000000000000"));
}

UNIT_TEST(ja4_leaves_what_is_no_raw_form)
{
    CHECK_ROWS(
        SAME("ja4", "\"\""), SAME("ja4", "\"t13d1516h2\""), SAME("ja4", "\"t13d1516h2_\""),
        SAME("ja4", "\"t13d1516h2_1301\""), SAME("ja4", "\"_1301_000d\""),
        SAME("ja4", "\"t13d1516h2_8daaf6152771_e5627efa2ab1\""),
        SAME("ja4", "\"t13d1516h2_acb858a92679_18f69afefd3d\""),
        SAME("ja4", "\"t10d230100_6a57a6f57151_000000000000\""),
        /* JA4S and its raw form, JA4H, JA4X, from FoxIO's README and its tests. */
        SAME("ja4", "\"t130200_1302_a56c5b993250\""),
        SAME("ja4", "\"t120400_c030_0005,0017,ff01,0000\""),
        SAME("ja4", "\"ge11cn020000_9ed1ff1f7b03_cd8dafe26982\""),
        SAME("ja4", "\"1a59268f55e5_1a59268f55e5_795797892f9c\""),
        /* The first section. */
        SAME("ja4", "\"x13d0101h2_1301_000d\""), SAME("ja4", "\"T13d0101h2_1301_000d\""),
        SAME("ja4", "\"t13x0101h2_1301_000d\""), SAME("ja4", "\"t1Xd0101h2_1301_000d\""),
        SAME("ja4", "\"tT3d0101h2_1301_000d\""), SAME("ja4", "\"t13d01010h2_1301_000d\""),
        SAME("ja4", "\"t13d010ah2_1301_000d\""), SAME("ja4", "\"t13d0101h_1301_000d\""),
        SAME("ja4", "\"t13d0101h-_1301_000d\""), SAME("ja4", "\"t13d0101-2_1301_000d\""),
        SAME("ja4", "\" t13d0101h2_1301_000d\""), SAME("ja4", "\"13d0101h2_1301_000d\""),
        SAME("ja4", "\"t13d0101\u00e9_1301_000d\""), SAME("ja4", "\"t13d/101h2_1301_000d\""),
        /* The lists. */
        SAME("ja4", "\"t13d0101h2_1301_000d_\""), SAME("ja4", "\"t13d0101h2_1301_000d_0403_\""),
        SAME("ja4", "\"t13d0101h2_1301_000d_0403_0804\""), SAME("ja4", "\"t13d0101h2_1301__\""),
        SAME("ja4", "\"t13d0101h2_1301,_000d\""), SAME("ja4", "\"t13d0101h2_,1301_000d\""),
        SAME("ja4", "\"t13d0101h2_1301,,1302_000d\""), SAME("ja4", "\"t13d0101h2_130_000d\""),
        SAME("ja4", "\"t13d0101h2_13011302_000d\""), SAME("ja4", "\"t13d0101h2_1301_000D\""),
        SAME("ja4", "\"t13d0101h2_13g1_000d\""), SAME("ja4", "\"t13d0101h2_1301 _000d\""),
        SAME("ja4", "\"t13d0101h2_1301-1302_000d\""),
        SAME("ja4", "\"t13d0101h2_1301,130_000d\""),
        SAME("ja4", "\"t13d0101h2_1301,13021_000d\""),
        SAME("ja4", "\"t13d0101h2_1301_000d,0x0a\""),
        SAME("ja4", "\"t13d0101h2_1301_000d_0403,\""),
        SAME("ja4", "\"t13d0101h2_1301_000d_040\""), SAME("ja4", "\"t13d0101h2_1301_000d\\n\""),
        SAME("ja4", "\"t13d0101h2_1301_000d \""),
        SAME("ja4", "\"t13d0101h2_1301_000d,\u0661234\""));
}

/* A list of 1024 numbers, and of one more. By
 *     yes 1301 | head -n 1024 | paste -s -d , | tr -d '\\n' | sha256sum
 */
UNIT_TEST(ja4_takes_lists_of_1024_numbers)
{
    static char text[16 + 5 * 1025 + 8];
    char *at = stpcpy(text, "\"t13i9901h2_");

    for (int i = 0; i < 1024; i++)
        at = stpcpy(at, "1301,");
    strcpy(at - 1, "_000d\"");
    CHECK_TEXT(steps_run("ja4", text), "\"t13i9901h2_c1a84be14f41_06540eb5c95f\"");
    strcpy(at - 1, ",1301_000d\"");
    CHECK_TEXT(steps_run("ja4", text), text);
}

int main(void)
{
    return steps_main();
}
