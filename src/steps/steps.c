#include "config.h"

#include "steps/steps.h"

#include "steps/color.h"
#include "steps/gpu.h"
#include "steps/hints.h"
#include "steps/list.h"
#include "steps/locale.h"
#include "steps/mime.h"
#include "steps/net.h"
#include "steps/number.h"
#include "steps/table.h"
#include "steps/text.h"
#include "steps/ua.h"
#include "steps/web.h"

/* The apply() of retired. */
static bool exclude(const struct call *call, struct signal *signal, struct arena *arena)
{
    (void)call;
    (void)arena;
    signal->state = SIGNAL_EXCLUDED;
    return true;
}

/* clang-format off */
const struct step steps_table[] = {
    /* Text. */
    {.name = "nfc", .arguments = "", .takes = TAKES_STRING,
     .meaning = "normalization form C of Unicode 15.0 (UAX #15)",
     .example = "nfc", .input = "\"A\\u030a\"", .output = "\"\u00c5\"",
     .apply = steps_text_nfc},
    {.name = "nfkc", .arguments = "", .takes = TAKES_STRING,
     .meaning = "normalization form KC of Unicode 15.0 (UAX #15)",
     .example = "nfkc", .input = "\"\\ufb01 \\u2460\"", .output = "\"fi 1\"",
     .apply = steps_text_nfkc},
    {.name = "trim", .arguments = "", .takes = TAKES_STRING,
     .meaning = "no white space at both ends",
     .example = "trim", .input = "\"\\u00a0 Linux x86_64\\n\"", .output = "\"Linux x86_64\"",
     .apply = steps_text_trim},
    {.name = "squeeze", .arguments = "", .takes = TAKES_STRING,
     .meaning = "each run of white space as one U+0020",
     .example = "squeeze", .input = "\"9:00\\u202f \\tPM\"", .output = "\"9:00 PM\"",
     .apply = steps_text_squeeze},
    {.name = "lower", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the simple lower-case mapping, code point by code point",
     .example = "lower", .input = "\"WIN32\"", .output = "\"win32\"",
     .apply = steps_text_lower},
    {.name = "fold", .arguments = "", .takes = TAKES_STRING,
     .meaning = "form D, full case folding (statuses C and F), form C",
     .example = "fold", .input = "\"Stra\\u00dfe\"", .output = "\"strasse\"",
     .apply = steps_text_fold},
    {.name = "digits", .arguments = "", .takes = TAKES_STRING,
     .meaning = "each decimal digit (category Nd) as its ASCII digit",
     .example = "digits", .input = "\"\\u0662\\u0660\\u0662\\u0665\"", .output = "\"2025\"",
     .apply = steps_text_digits},
    {.name = "strip-control", .arguments = "", .takes = TAKES_STRING,
     .meaning = "no code points of the categories Cc and Cf, no U+2028, no U+2029",
     .example = "strip-control", .input = "\"\\u202aMali\\u202c-G78\\u0000\"",
     .output = "\"Mali-G78\"", .apply = steps_text_strip},

    /* Numbers. */
    {.name = "num", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a string that, trimmed, is a JSON number in range, as that number",
     .example = "num", .input = "\" 8.50\"", .output = "8.5", .apply = steps_number_num},
    {.name = "int", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the integer next to it toward zero",
     .example = "int", .input = "-8.9", .output = "-8", .apply = steps_number_int},
    {.name = "round", .arguments = "(dp)", .takes = TAKES_NUMBER,
     .meaning = "to dp (0 to 15) decimal places, exactly, ties toward +infinity",
     .example = "round(2)", .input = "-0.125", .output = "-0.12",
     .prepare = steps_number_places, .apply = steps_number_round},
    {.name = "sig", .arguments = "(n)", .takes = TAKES_NUMBER,
     .meaning = "to n (1 to 17) significant digits, exactly, ties toward +infinity",
     .example = "sig(6)", .input = "124.04347527516074", .output = "124.043",
     .prepare = steps_number_digits, .apply = steps_number_sig},
    {.name = "step", .arguments = "(n)", .takes = TAKES_NUMBER,
     .meaning = "to the nearest multiple of the decimal n, exactly, ties toward +infinity",
     .example = "step(0.05)", .input = "7.33", .output = "7.35",
     .prepare = steps_number_unit, .apply = steps_number_step},
    {.name = "f32", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the nearest float32, as its shortest decimal text",
     .example = "f32", .input = "1.100000023841858", .output = "1.1",
     .apply = steps_number_f32},
    {.name = "bucket", .arguments = "(e1,...)", .takes = TAKES_NUMBER,
     .meaning = "the largest edge not above it; e1, the lowest edge, for all below",
     .example = "bucket(4,8)", .input = "12", .output = "8",
     .prepare = steps_number_edges, .apply = steps_number_bucket},
    {.name = "log2", .arguments = "", .takes = TAKES_NUMBER,
     .meaning = "the logarithm to base 2, rounded down, of a number above 0",
     .example = "log2", .input = "299977904946", .output = "38", .apply = steps_number_log2},

    /* Arrays and objects. */
    {.name = "sort", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "null, false, true, numbers, strings by bytes, arrays, objects by their JCS",
     .example = "sort", .input = "[\"b\",10,\"B\",9,true]",
     .output = "[true,9,10,\"B\",\"b\"]", .apply = steps_list_sort},
    {.name = "sort-num", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "ascending; unchanged unless all elements are numbers",
     .example = "sort-num", .input = "[1280,800]", .output = "[800,1280]",
     .apply = steps_list_sort_num},
    {.name = "uniq", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "without elements equal to the one just before",
     .example = "uniq", .input = "[\"a\",\"a\",\"b\",\"a\"]", .output = "[\"a\",\"b\",\"a\"]",
     .apply = steps_list_uniq},
    {.name = "each", .arguments = "(steps)", .takes = TAKES_ARRAY, .nests = true,
     .meaning = "the steps run on each element; one that becomes no value is removed",
     .example = "each(trim undefined-if(\"\"))", .input = "[\" a\",\" \",\"b \"]",
     .output = "[\"a\",\"b\"]", .apply = steps_list_each},
    {.name = "first", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "the first element; of an empty array: undefined",
     .example = "first", .input = "[\"en-US\",\"en\"]", .output = "\"en-US\"",
     .apply = steps_list_first},
    {.name = "len", .arguments = "", .takes = TAKES_STRING | TAKES_ARRAY | TAKES_OBJECT,
     .meaning = "how many code points, elements or members",
     .example = "len", .input = "\"\\ud83d\\ude00e\\u0301\"", .output = "3",
     .apply = steps_list_len},
    {.name = "keys", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the names, in the order of UTF-16 code units",
     .example = "keys", .input = "{\"b\":1,\"a\":null}", .output = "[\"a\",\"b\"]",
     .apply = steps_list_keys},
    {.name = "true-keys", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the names whose value is exactly true, in the order of UTF-16 code units",
     .example = "true-keys", .input = "{\"mp4\":true,\"ogg\":false,\"aac\":true,\"flac\":1}",
     .output = "[\"aac\",\"mp4\"]", .apply = steps_list_true_keys},
    {.name = "values", .arguments = "", .takes = TAKES_OBJECT,
     .meaning = "the values of the members, in the order of their names in UTF-16 code units",
     .example = "values", .input = "{\"width\":1280,\"height\":800}", .output = "[800,1280]",
     .apply = steps_list_values},
    {.name = "pick", .arguments = "(NAME|INDEX,...)", .takes = TAKES_ARRAY | TAKES_OBJECT,
     .meaning = "one: its value; more: those found, as they were held; none: undefined",
     .example = "pick(kind,label)",
     .input = "{\"label\":\"\",\"deviceId\":\"x\",\"kind\":\"audioinput\"}",
     .output = "{\"kind\":\"audioinput\",\"label\":\"\"}",
     .prepare = steps_list_names, .apply = steps_list_pick},

    /* States. */
    {.name = "undefined-if", .arguments = "(JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values: undefined",
     .example = "undefined-if(null,\"\")", .input = "\"\"", .output = "?",
     .prepare = steps_text_values, .apply = steps_text_undefined},
    {.name = "error-if", .arguments = "(CLASS,JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values: an error of that class",
     .example = "error-if(Timeout,\"audioTimeout\",-1)", .input = "-1", .output = "!Timeout",
     .prepare = steps_text_class, .apply = steps_text_error},
    {.name = "bool", .arguments = "", .takes = TAKES_NUMBER | TAKES_STRING,
     .meaning = "1 true yes on: true; 0 false no off: false; ASCII case ignored",
     .example = "bool", .input = "\"Yes\"", .output = "true", .apply = steps_text_bool},
    {.name = "enum", .arguments = "(JSON,...)", .takes = TAKES_VALUES,
     .meaning = "one of these values as it is, any other as \"other\"",
     .example = "enum(granted,denied,prompt)", .input = "\"unknown\"", .output = "\"other\"",
     .prepare = steps_text_values, .apply = steps_text_enum},
    {.name = "retired", .arguments = "", .takes = TAKES_VALUES | TAKES_STATES, .alone = true,
     .meaning = "excluded, always; no other step stands beside it",
     .example = "retired", .input = "1", .output = "-", .apply = exclude},

    /* Languages and places. */
    {.name = "language", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a language range: case of RFC 5646, present code, no weight",
     .example = "language", .input = "\"zh-hant-tw;q=0.7\"", .output = "\"zh-Hant-TW\"",
     .table = &table_language, .apply = steps_locale_language},
    {.name = "languages", .arguments = "", .takes = TAKES_ARRAY,
     .meaning = "language on each string in it, each once, in their order",
     .example = "languages", .input = "[\"de\",\"en-US;q=0.7\",\"EN\",\"de\"]",
     .output = "[\"de\",\"en-US\",\"en\"]",
     .table = &table_language, .apply = steps_locale_languages},
    {.name = "accept-language", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the ranges of an Accept-Language field, as languages has them",
     .example = "accept-language", .input = "\"de, en-us;q=0.9,en;q=0.8\"",
     .output = "[\"de\",\"en-US\",\"en\"]",
     .table = &table_language, .apply = steps_locale_accept},
    {.name = "timezone", .arguments = "", .takes = TAKES_STRING,
     .meaning = "an alias of a time zone by its name in the table of time zones",
     .example = "timezone", .input = "\"Asia/Calcutta\"", .output = "\"Asia/Kolkata\"",
     .table = &table_timezone, .apply = steps_locale_timezone},

    /* User agents and client hints. */
    {.name = "ua", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a user agent with * for each version, of browser, system and the rest",
     .example = "ua",
     .input = "\"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\"",
     .output = "\"Mozilla/* (X11; Linux x86_64; rv:*) Gecko/* Firefox/*\"",
     .apply = steps_ua_mask},
    {.name = "ua-family", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the browser of a user agent, by the table of user agents",
     .example = "ua-family",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "\"Chrome\"", .table = &table_ua, .apply = steps_ua_family},
    {.name = "ua-major", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the major version of the browser of a user agent; undefined if it has none",
     .example = "ua-major",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "147", .table = &table_ua, .apply = steps_ua_major},
    {.name = "ua-os", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the system of a user agent, by the table of user agents",
     .example = "ua-os",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "\"Android\"", .table = &table_ua, .apply = steps_ua_os},
    {.name = "ua-os-major", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the major version of the system of a user agent; undefined if it has none",
     .example = "ua-os-major",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "10", .table = &table_ua, .apply = steps_ua_os_major},
    {.name = "ua-engine", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the engine of a user agent, by the table of user agents",
     .example = "ua-engine",
     .input = "\"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0\"",
     .output = "\"Gecko\"", .table = &table_ua, .apply = steps_ua_engine},
    {.name = "ua-mobile", .arguments = "", .takes = TAKES_STRING,
     .meaning = "whether a user agent says that it is mobile, by the table of user agents",
     .example = "ua-mobile",
     .input = "\"Mozilla/5.0 (Linux; Android 10; K) Chrome/147.0.0.0 Mobile Safari/537.36\"",
     .output = "true", .table = &table_ua, .apply = steps_ua_mobile},
    {.name = "version", .arguments = "(n)", .takes = TAKES_STRING,
     .meaning = "a version up to its n-th (1 to 9) dot",
     .example = "version(1)", .input = "\"147.0.7727.56\"", .output = "\"147\"",
     .prepare = steps_number_components, .apply = steps_hints_version},
    {.name = "brands", .arguments = "", .takes = TAKES_STRING | TAKES_ARRAY,
     .meaning = "client hints' brands, sorted, without versions, GREASE, and needless Chromium",
     .example = "brands",
     .input = "\"\\\"Google Chrome\\\";v=\\\"147\\\", \\\"Not.A/Brand\\\";v=\\\"8\\\", "
              "\\\"Chromium\\\";v=\\\"147\\\"\"",
     .output = "[\"Google Chrome\"]", .apply = steps_hints_brands},
    {.name = "platform", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a platform's family, by the table of platforms",
     .example = "platform", .input = "\"MacIntel\"", .output = "\"apple\"",
     .table = &table_platform, .apply = steps_hints_platform},

    /* Graphics. */
    {.name = "renderer", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the model in what WebGL calls its renderer",
     .example = "renderer",
     .input = "\"ANGLE (Intel, Intel(R) UHD Graphics 620 (0x00005917) Direct3D11 "
              "vs_5_0 ps_5_0, D3D11)\"",
     .output = "\"Intel UHD Graphics 620\"", .apply = steps_gpu_renderer},
    {.name = "gpu-class", .arguments = "", .takes = TAKES_STRING,
     .meaning = "the series of that model, by the table of graphics processors",
     .example = "gpu-class",
     .input = "\"ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 "
              "vs_5_0 ps_5_0, D3D11)\"",
     .output = "\"GeForce RTX 3000\"", .table = &table_gpu, .apply = steps_gpu_class},

    /* Notations of the web. */
    {.name = "color", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a CSS color, in hex or by rgb() or rgba(), as #rrggbbaa",
     .example = "color", .input = "\"rgb(0, 120, 215)\"", .output = "\"#0078d7ff\"",
     .apply = steps_color},
    {.name = "mime", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a MIME type as the MIME Sniffing Standard serializes it, parameters sorted",
     .example = "mime", .input = "\"Video/MP4; Codecs=\\\"avc1.42E01E\\\"\"",
     .output = "\"video/mp4;codecs=avc1.42E01E\"", .apply = steps_mime},
    {.name = "data-url", .arguments = "", .takes = TAKES_STRING,
     .meaning = "data:MIME;base64,... as MIME: and the XXH3-128 of its bytes, "
                "of a PNG without its private chunks",
     .example = "data-url", .input = "\"data:text/plain;base64,SGVsbG8=\"",
     .output = "\"text/plain:1bfd09d1a433fb78117b4c7b1583d16d\"", .apply = steps_web_data_url},

    /* The network. */
    {.name = "ip", .arguments = "(v4,v6)", .takes = TAKES_STRING,
     .meaning = "the network of the first v4 or v6 bits of an IP address, as RFC 5952 has it",
     .example = "ip(24,48)", .input = "\"2001:DB8:0:12::7\"", .output = "\"2001:db8::/48\"",
     .prepare = steps_net_bits, .apply = steps_net_ip},
    {.name = "ja3-sort", .arguments = "", .takes = TAKES_STRING,
     .meaning = "a JA3 text without GREASE, its extensions in ascending order",
     .example = "ja3-sort", .input = "\"771,2570-4865-4866,23-51-0,29-23,0\"",
     .output = "\"771,4865-4866,0-23-51,29-23,0\"", .apply = steps_net_ja3},
};
/* clang-format on */

const size_t steps_count = sizeof steps_table / sizeof *steps_table;

const struct step *steps_find(struct span name)
{
    for (size_t i = 0; i < steps_count; i++)
        if (span_equal(span_text(steps_table[i].name), name))
            return &steps_table[i];
    return NULL;
}
