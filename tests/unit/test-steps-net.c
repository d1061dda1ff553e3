/* The steps for notations of CSS and of the network. */
#include "config.h"

#include "steps.h"

/*
 * Expected values: color by Python's fractions, floor(255 * value + 1/2); mime by node's
 * util.MIMEType, its parameters sorted; ip by Python's ipaddress, as
 * ip_network((address, bits), strict=False); ja3-sort by Python's sorted() of the integers.
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

int main(void)
{
    return steps_main();
}
