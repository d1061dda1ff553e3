"""The values of generators/hard-records for the steps of the web: for each step, texts of its grammar or
tables, and texts that just miss them."""
import base64
import os
import struct
import zlib

from hard_values import Object, Raw, unicode_text

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def table(name):
    """The rows of data/NAME.tsv."""
    with open(os.path.join(DATA, name + ".tsv"), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if line[:1] not in "#@\n"]


UA, GPU, LANGUAGE = table("ua"), table("gpu"), table("language")
PLATFORM, TIMEZONE = table("platform"), table("timezone")


def digits(dice, low=1, high=4):
    return "".join(dice.pick("0123456789") for _ in range(dice.between(low, high)))


def version(dice):
    parts = dice.some(1, dice.pick([2, 5, 14]), digits)
    mark = dice.pick("....._-+")
    return mark.join(parts) + dice.pick(["", "", "b", ".beta", "a1", ".", "\u0661"])


def user_agent(dice):
    """Products and comments of the table's rows, each at the start of a word or not."""
    parts = []
    for _ in range(dice.between(0, 6)):
        row = dice.pick(UA)
        token = row[-1] if len(row) > 3 and dice.chance(0.7) else row[1]
        parts.append(dice.pick(["", "", "", "x", "9", "\u00e9", "-"]) + token + dice.pick(["", " ",
                "  "]) + dice.pick(
            [version(dice), digits(dice), digits(dice, 14, 17), ""]))
    begin = dice.pick(["Mozilla/5.0 (",
                       "Mozilla/5.0 (X11; Linux x86_64; rv:" + version(dice) + ") ", "", "("])
    text = begin + dice.pick([" ", "; ", ") "]).join(parts)
    if dice.chance(0.05):
        text = text + "y" * (dice.pick([4095, 4096, 4097]) - len(text.encode("utf-8",
                "surrogatepass")))
    return text


def renderer(dice):
    name = dice.pick(GPU)[0]
    name = "".join(dice.pick("0123456789") if c == "#" else c for c in name) + dice.pick(["", "",
            "0", " Ti", "M", "/PCIe/SSE2", "(TM)"])
    name = dice.pick(["NVIDIA ", "Intel(R) ", "AMD ", "x", "", "Mesa DRI ", "Gallium 0.4 on ",
                      "Mesa ", "NVIDIA NVIDIA "]) + name
    name += dice.pick(["", " (0x00002504)", " Direct3D11 vs_5_0 ps_5_0", " OpenGL Engine",
                       " ((a) b", " a  a a", ", D3D11", "; x", " (LLVM 15.0, 256 bits)"])
    for _ in range(dice.below(4)):
        name = dice.pick(["ANGLE (%s)", "ANGLE (NVIDIA, %s, D3D11)", "ANGLE (Intel, %s",
                          "ANGLE (%s, OpenGL 4.5)", "Vulkan 1.3.0 (%s)",
                          "Vulkan  (%s)", "D3D12 (%s)", "ANGLE Metal Renderer: %s",
                          "ANGLE (a, (b, c), %s)", "ANGLE (%s) x"]) % name
    return name


def language(dice):
    first = dice.pick(["en", "de", "zh", "x", "i", "EN", "*", "", "abcdefgh", "abcdefghi",
                       "d1"] + [row[0] for row in LANGUAGE])
    rest = "".join(dice.pick("-_") + dice.pick(["us", "US", "hant", "HANS", "419", "1996", "x", "u",
                                                "a1", "ab1d", "x-us", "", "latn", "k\u00e9"])
                   for _ in range(dice.below(4)))
    return dice.pick(["", " ", "\t"]) + first + rest + dice.pick(["", "", ";q=0.7", " ; q=1", ";",
            "\u00a0"])


def accept_language(dice):
    text = dice.pick([",", ", ", " ,\t", ",,"]).join(dice.some(0, 5, language))
    return text * dice.pick([1, 1, 1, 300])


def timezone(dice):
    row = dice.pick(TIMEZONE)
    return dice.pick([row[0], row[1], row[0].lower(), " " + row[0], row[0] + "/", "UTC",
                      "Etc/GMT+1", "GMT", "Z", "", "Europe/Oslo",
                      "Etc/GMT-0", "Etc/Greenwich", "US/Pacific-New", "+01:00"])


def platform(dice):
    return dice.pick(["", "", "", " ", "x"]) + dice.pick(PLATFORM)[0] + dice.pick(["", "32",
            " x86_64", "Intel", "armv81", " armv7l"])


def quoted(dice, text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def brands(dice):
    names = ["Google Chrome", "Chromium", "Not.A/Brand", "Not A;Brand", "Not(A:Brand",
             " not a brand", "Notabrand1", "Microsoft Edge",
             "HeadlessChrome", "\\", 'a"b', "\u00e9", "", "Opera", "Chromium "]
    chosen = dice.some(0, 4, lambda d: d.pick(names))
    kind = dice.below(4)
    if kind == 0:
        return [name if dice.chance(0.9) else Raw(b"1") for name in chosen]
    if kind == 1:
        return [Object(dice.shuffled([("brand", name), ("version", "8")])[dice.below(20) == 0:])
                for name in chosen]
    parameters = [";v=\"8\"", ";v=147", "", "; v=1;x", ";v=", ";V=1", "; v", " ;v=1", ";v=\"a,b\"",
                  ";*a=!"]
    return dice.pick([", ", ",", " ,\t", ",,"]).join(quoted(dice,
            name) + dice.pick(parameters) for name in chosen)


def color(dice):
    def part(d):
        return d.pick([digits(d, 1, 3), digits(d, 1, 2) + "%", digits(d) + "." + digits(d, 1, 9),
                       "." + digits(d, 1, 10), "127.5", "50%",
                       "-1", "255.0", "1e2", "49.803921568%", ".5", "5.", digits(d, 9, 10)])

    kind = dice.below(4)
    if kind == 0:
        return "#" + "".join(dice.pick("0123456789abcdefABCDEFg"[: 22 + (dice.below(9) == 0)]) for _ in range(dice.between(2, 9)))
    around = [dice.pick(["", "", " ", "\t\n", "\f", "\u00a0"]) for _ in range(8)]
    parts = [part(dice) for _ in range(dice.pick([3, 3, 3, 4, 4, 2, 5]))]
    if kind == 1 and len(parts) > 3:
        inner = " ".join(parts[:3]) + around[2] + "/" + around[3] + parts[3]
    else:
        inner = dice.pick([",", ", ", " ,"]).join(parts) if kind < 3 else " ".join(parts)
    name = dice.pick(["rgb", "rgba", "RGB", "Rgba", "rgb ", "hsl", "rg"])
    return dice.pick([around[0] + name + "(" + around[1] + inner + around[4] + ")" + around[5],
                      "Transparent", " transparent ", "red", ""][:: 1 + (kind > 1)])


def mime(dice):
    name = dice.pick(["video/mp4", "Video/MP4", "text/html", "a/b", "a /b", "/b", "a/",
                      "audio/ogg ", "\u00e9/x", "a/b/c", "x"])
    parameters = [";codecs=\"avc1.42E01E\"", "; Codecs=opus", ";b=1;a=2", ";a=1;A=2", ";a", ";a=",
                  ';a=""', ';a="b', ';a="b\\"c"', ';a="x" y', ";=1",
                  "; a b=1", ";a=b c ", ";charset=\u00e9", ";a=\u4e00", ";;", ";a=\"\\\"", ";\ta=1",
                  ";a=b;a=c", ";z='x'"]
    return dice.pick(["", "", " ", "\n"]) + name + "".join(dice.some(0, 4,
            lambda d: d.pick(parameters))) + dice.pick(["", "", " ", "\u00a0"])


def png(dice):
    """A picture, or nearly, with private chunks in it."""
    def chunk(kind, data):
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    data = b"\x89PNG\r\n\x1a\n" if dice.chance(0.9) else b"\x89PNG\r\n\x1a"
    for _ in range(dice.below(5)):
        kind = dice.pick([b"IHDR", b"IDAT", b"teSt", b"tExt", b"deBG", b"I@AT", b"I[AT", b"I`AT",
                          b"I{AT", b"IEND", b"cICP"])
        data += chunk(kind, bytes(dice.below(256) for _ in range(dice.below(9))))
    return data + dice.pick([b"", b"", b"\0" * 11, b"\xff" * 12, b"\0" * 12, b"\0\0\0\1abcd"])


def data_url(dice):
    data = png(dice) if dice.chance(0.6) else bytes(dice.below(256) for _ in range(dice.below(12)))
    text = base64.b64encode(data).decode()
    mangled = [text, text, text, text, text.rstrip("="), text + "=", text[:-1], text + "\n",
               text.replace("/", "_"), " " + text, text[:-2] + "B="]
    kind = dice.pick(["image/png", "image/png", "image/png", "IMAGE/PNG", "image/png;x=1", "",
                      "image/webp", "a,b", "\u00e9", ";base64"])
    return dice.pick(["data:", "data:", "data:", "DATA:", "data: "]) + kind + dice.pick([";base64,",
            ";base64,", ";base64,", ",", ";BASE64,"]) + dice.pick(mangled)


def address(dice):
    kind = dice.below(4)
    four = ".".join(dice.pick(["0", "1", "9", "10", "127", "192", "255", "256", "01",
                               ""][: 8 + 2 * (dice.below(9) == 0)]) for _ in range(4))
    if kind == 0:
        return four
    groups = dice.some(1, 8, lambda d: d.pick(["0", "0", "0000", "1", "ff", "2001", "DB8", "fe80",
                                               "ffff", "00001", "g"][: 9 + 2 * (d.below(9) == 0)]))
    if kind == 1:
        groups = [dice.pick(["0", "0", "1", "abcd"]) for _ in range(8)]
    text = ":".join(groups)
    if kind == 2:
        at = dice.below(len(groups) + 1)
        text = ":".join(groups[:at]) + "::" + ":".join(groups[at:])
    if kind == 3:
        text = dice.pick(["::ffff:", "::FFFF:0", "::", "64:ff9b::", "0:0:0:0:0:ffff:",
                          "1:2:3:4:5:6:"]) + four
    return text + dice.pick(["", "", "", "%eth0", "%", "%25", "/64", " "])


def ja3(dice):
    def numbers(d):
        return "-".join(d.some(0, 6, lambda e: e.pick(["0", "23", "51", "65535", "65536", "2570",
                                                       "6682", "64250", "2571", "05", "10",
                                                       "9"][: 10 if e.chance(0.9) else 12])))

    lists = [dice.pick(["771", "772", "2570", "",
                        "771-772"])] + [numbers(dice) for _ in range(dice.pick([4, 4, 4, 4, 3, 5]))]
    return ",".join(lists)


def ja4(dice):
    values = ["0000", "0010", "1301", "002f", "ff01", "0a0a", "fafa", "0a1a", "000d", "5600",
              "C02B", "013"]

    def numbers(d):
        return ",".join(d.some(0, 6, lambda e: e.pick(values[: 10 if e.chance(0.9) else 12])))

    start = (dice.pick(["t", "q", "d", "t", "x"]) + dice.pick(["13", "12", "s3", "00", "1"]) +
             dice.pick(["d", "i"]) + dice.pick(["0203", "1516", "9999"]) +
             dice.pick(["h2", "00", "H9", "h-"][: 3 if dice.chance(0.9) else 4]))
    return "_".join([start] + [numbers(dice) for _ in range(dice.pick([3, 3, 3, 2, 4, 1]))])


MAKERS = {"ua": user_agent, "renderer": renderer, "language": language,
          "accept-language": accept_language, "timezone": timezone,
          "platform": platform, "brands": brands, "color": color, "mime": mime,
          "data-url": data_url, "ip": address,
          "ja3-sort": ja3, "ja4": ja4, "version": version,
          "languages": lambda dice: dice.some(0, 5, language)}
ALIASES = {"gpu-class": "renderer", "ua-family": "ua", "ua-major": "ua", "ua-os": "ua",
           "ua-os-major": "ua", "ua-engine": "ua",
           "ua-mobile": "ua"}


def field_value(dice, step=None):
    """A value for STEP; without one, for any of the field's steps."""
    step = ALIASES.get(step, step)
    value = MAKERS[step if step in MAKERS else dice.pick(list(MAKERS))](dice)
    if isinstance(value, str) and dice.chance(0.1):
        at = dice.below(len(value) + 1)
        value = value[:at] + dice.pick([unicode_text(dice), " ", "\x00", ",", ";", ")", "\u0130",
                                        "0"]) + value[at:]
    return value
