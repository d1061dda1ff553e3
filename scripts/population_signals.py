"""The signals of a device of population_devices.py, as a page gives them to the catalog `browser`.

What no draw touches is from one capture of Chromium and one of Firefox in data/captures; WebKit has
what Firefox has, since both have no client hints, no memory and no keyboard. Left out are most rows
of tiers build and exact that no draw touches, so that a record is short. A signal depends on the
draws that its function names; what depends on several is a hash of them.
"""
import base64
import binascii
import copy
import hashlib
import json
import os
import sys
import zlib

from population_devices import (ANDROID, FIREFOX, IPHONE, LINUX, MAC, SAFARI, TOP, WINDOWS)
from population_names import (GECKO_SYSTEM, PLATFORM, application_version, make_client_hints,
                              make_renderer, user_agent)

sys.path.insert(0, os.path.join(TOP, "tests", "identities"))
import captures

# The captures that constant members are from.
CHROMIUM_CAPTURE, GECKO_CAPTURE, PHONE_CAPTURE = "cr-webgpu", "fx-webgl-force", "cr-dev-Pixel_5"
# The members of a capture that are in a record, and those of them that are not.
SECTIONS = ["navigator", "clientHints", "http", "screen", "window", "document", "touch", "media",
            "systemFonts", "computed", "fonts", "fontWidths", "fontCheck", "canvas", "webgl", "webgl2",
            "webgpu", "audio", "math", "intl", "storage", "worker", "iframe", "features",
            "performance"]
LEFT_OUT = {"navigator": ["protoKeys", "battery", "mediaDevices", "gamepads", "storageEstimate",
                          "plugins", "mimeTypes", "supportedConstraints", "bluetooth"],
            "document": ["allowedFeatures", "htmlElementKeys", "featurePolicy", "lastModified",
                         "timeline", "timelineCurrentTime", "fragmentDirective", "queryCommands",
                         "sandboxSupports", "scriptSupports", "relSupports"],
            "canvas": ["jpeg", "gradient", "offscreen"], "math": ["tableCos", "fdlibm"],
            "webgl": ["shaderPrecision"], "webgl2": ["shaderPrecision", "extensions"],
            "webgpu": ["wgsl", "fallback"], "audio": ["nodes"], "http": ["names"],
            "window": ["origin"],
            "performance": ["timeOrigin", "now", "navigation", "bench", "resolution",
                            "supportedEntryTypes"]}
MEDIA = ["hover", "any-hover", "pointer", "any-pointer", "orientation", "display-mode", "color-gamut",
         "dynamic-range", "forced-colors", "update", "scripting", "inverted-colors"]
METRICS = ("emHeight", "hanging", "ideographic")
FORMATTERS = ["DateTimeFormat", "NumberFormat", "Collator"]
FEATURE_NAMES = [f"{kind}.{name}" for kind, names in {
    "css": "-moz-orient -webkit-app-region -webkit-tap-highlight-color font-language-override "
           "initial-letter interpolate-size margin-trim orphans path-length ruby-overhang "
           "text-decoration-skip-spaces text-size-adjust window-drag",
    "js": "AsyncDisposableStack.use Atomics.waitAsync DisposableStack.use Error.captureStackTrace "
          "Error.stackTraceLimit Iterator.concat Iterator.includes Iterator.join Iterator.windows "
          "Iterator.zip Map.getOrInsert Math.sumPrecise RegExp.escape Symbol.dispose "
          "Uint8Array.fromBase64"}.items() for name in names.split()]
# Members of WebGL's params that depend on the series of the GPU: the least value, and a step.
PARAMS = {"MAX_TEXTURE_SIZE": (4096, 4096), "MAX_CUBE_MAP_TEXTURE_SIZE": (4096, 4096),
          "MAX_RENDERBUFFER_SIZE": (4096, 4096), "MAX_VERTEX_UNIFORM_VECTORS": (256, 256),
          "MAX_VARYING_VECTORS": (15, 1), "MAX_FRAGMENT_UNIFORM_VECTORS": (224, 256),
          "MAX_COMBINED_TEXTURE_IMAGE_UNITS": (32, 16), "MAX_VERTEX_ATTRIBS": (16, 8)}
SYSTEM_FONT = {WINDOWS: "Segoe UI", MAC: "system-ui", IPHONE: "-apple-system-body", ANDROID: "Roboto",
               LINUX: "Cantarell"}
FONTS = {WINDOWS: ["Arial", "Courier New", "Lucida Console", "Marlett", "Palatino Linotype",
                   "Segoe Print", "Times New Roman"],
         MAC: ["Arial", "Courier New", "Helvetica", "Helvetica Neue", "Lucida Grande", "Menlo",
               "Times New Roman", "Zapfino"],
         IPHONE: ["Arial", "Courier New", "Helvetica", "Helvetica Neue", "Menlo", "Times New Roman"],
         ANDROID: ["Courier New", "Roboto"],
         LINUX: ["DejaVu Sans", "Liberation Sans"]}
LINUX_FONTS = [["Ubuntu"], ["Cantarell"], [], ["Ubuntu", "Cantarell"], ["Arial"], ["Helvetica"]]
# The screens of phones with Android, in CSS pixels: none is one of an iPhone.
ANDROID_SCREENS = [(width, height) for width in (360, 384, 393, 412)
                   for height in (640, 720, 732, 760, 780, 800, 804, 851, 873, 915)]
ARCHITECTURES = {"nvidia": "turing ampere lovelace blackwell pascal maxwell volta",
                 "amd": "rdna-1 rdna-2 rdna-3 rdna-4 gcn-3 gcn-4 gcn-5",
                 "intel": "gen-9 gen-11 gen-12lp gen-12hp xe-lpg xe-2lpg gen-8",
                 "apple": "metal-3 metal-2 metal-4 apple-7 apple-8 apple-9 apple-10",
                 "qualcomm": "adreno-5xx adreno-6xx adreno-7xx adreno-8xx adreno-4xx adreno-3xx",
                 "arm": "valhall bifrost midgard valhall-2 valhall-3 5th-gen utgard"}
# How many releases of a browser the records can have, and the least number.
RELEASES, NEWEST = 8, -2


def digest(*cells):
    """A hash of CELLS: 32 bytes."""
    return hashlib.sha256("|".join(map(str, cells)).encode()).digest()


def number(*cells):
    """A hash of CELLS: an integer of 32 bits."""
    return int.from_bytes(digest(*cells)[:4], "big")


def make_png(*cells):
    """The data URL of a picture of 8 times 4 pixels of a hash of CELLS, not compressed."""
    pixels, row = digest(*cells), b""
    for start in range(0, 32, 8):
        row += b"\0" + pixels[start:start + 8]
    length = len(row).to_bytes(2, "little")
    stored = b"\x78\x01\x01" + length + bytes(byte ^ 255 for byte in length) + row + \
        zlib.adler32(row).to_bytes(4, "big")
    png = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", b"\0\0\0\x08\0\0\0\x04\x08\0\0\0\0"), (b"IDAT", stored),
                       (b"IEND", b"")):
        png += len(data).to_bytes(4, "big") + name + data + \
            binascii.crc32(name + data).to_bytes(4, "big")
    return "data:image/png;base64," + base64.b64encode(png).decode()


def read_captures(*configurations):
    """The signals of the first capture of each configuration."""
    ids = {row["event_id"]: row["config"]
           for row in captures.read_manifest("manifest.ndjson").values()
           if row["corpus"] == "raw" and row["config"] in configurations and row["repeat"] == 0}
    found = {}
    for line in captures.read_lines("raw.ndjson.zst"):
        config = ids.get(line[line.index(b":") + 1:].split(b'"', 2)[1].decode())
        if config:
            found[config] = json.loads(line)["signals"]
    return [found[config] for config in configurations]


def make_template(signals):
    """The constant members of a capture that records have."""
    template = {section: signals[section] for section in SECTIONS if signals[section] is not None}
    for section, members in LEFT_OUT.items():
        template[section] = {name: value for name, value in template.get(section, {}).items()
                             if name not in members}
    template["media"] = {query: value for query, value in signals["media"].items()
                         if query[1:].split(":")[0] in MEDIA}
    template["intl"] = {"resolved": {name: signals["intl"]["resolved"][name] for name in FORMATTERS}}
    template["canvas"]["metrics"] = {
        font: {name: value for name, value in metrics.items() if name.startswith(METRICS)}
        for font, metrics in signals["canvas"]["metrics"].items()}
    for section in ("webgl", "webgl2"):
        params = signals[section]["params"]
        template[section]["params"] = {name: params[name] for name in PARAMS}
    if template["webgpu"].get("default"):
        template["webgpu"]["default"] = {"info": signals["webgpu"]["default"]["info"]}
    template["window"]["globals"] = {"count": signals["window"]["globals"]["count"]}
    template["navigator"]["webdriver"] = template["iframe"]["webdriver"] = False
    return template


class Signals:
    """Makes the signals of devices of POPULATION."""

    def __init__(self, population):
        self.population = population
        self.tables = population.tables
        chromium, gecko, phone = read_captures(CHROMIUM_CAPTURE, GECKO_CAPTURE, PHONE_CAPTURE)
        self.features = {"chromium": chromium["features"], "gecko": gecko["features"]}
        self.templates = {"chromium": make_template(chromium), "gecko": make_template(gecko)}
        self.templates["gecko"].pop("webgpu")
        for name in ("oscpu", "buildID"):
            self.templates["gecko"]["navigator"].pop(name)
        self.phone = make_template(phone)

    def make(self, device):
        """The signals of DEVICE: a new object."""
        gecko = device.family in (FIREFOX, SAFARI)
        signals = copy.deepcopy(self.templates["gecko" if gecko else "chromium"])
        renderer = make_renderer(device, self.population.renderers)
        phone = device.platform in (IPHONE, ANDROID)
        if phone:
            signals["touch"] = copy.deepcopy(self.phone["touch"])
            signals["media"] = dict(self.phone["media"])
        self.set_machine(signals, device)
        self.set_languages(signals, device)
        self.set_zone(signals, device)
        self.set_screen(signals, device, phone)
        self.set_media(signals, device)
        self.set_fonts(signals, device)
        self.set_canvas(signals, device, gecko)
        self.set_webgl(signals, device, renderer)
        self.set_audio(signals, device)
        self.set_release(signals, device, gecko)
        if not gecko:
            self.set_chromium(signals, device, renderer)
        return signals

    def set_machine(self, signals, device):
        """Platform, family, release and cores; for Firefox its own names."""
        agent, cores = user_agent(device), self.tables["cores"]
        beyond = device.cores - len(cores)
        threads = 160 + 32 * beyond if beyond >= 0 else int(cores[device.cores][0])
        if device.platform == IPHONE:
            threads = 4
        touches = 5 if device.platform in (IPHONE, ANDROID) else 0
        navigator, worker, iframe = signals["navigator"], signals["worker"], signals["iframe"]
        navigator.update(userAgent=agent, appVersion=application_version(device),
                         maxTouchPoints=touches)
        signals["touch"]["maxTouchPoints"] = touches
        if device.family == SAFARI:
            navigator.update(vendor="Apple Computer, Inc.", productSub="20030107")
        if device.family == FIREFOX:
            navigator.update(oscpu=GECKO_SYSTEM[device.platform], buildID="20181001000000")
        worker.update(userAgent=agent, appVersion=navigator["appVersion"])
        iframe.update(userAgent=agent)
        signals["http"]["headers"]["User-Agent"] = agent
        for context in (navigator, worker, iframe):
            context.update(platform=PLATFORM[device.platform], hardwareConcurrency=threads)

    def set_languages(self, signals, device):
        """A second language that is the first is the one without its region."""
        tags = [tag for tag, _ in self.tables["language"]]
        first, second = tags[device.language], tags[device.second - 1]
        languages = [first]
        if device.second:
            languages.append(second if second != first else first.partition("-")[0])
        signals["navigator"].update(language=first, languages=languages)
        signals["worker"].update(language=first, languages=languages, locale=first)
        signals["iframe"]["languages"] = languages
        signals["http"]["headers"]["Accept-Language"] = ",".join(
            tag + f";q=0.{10 - index}" * (index > 0) for index, tag in enumerate(languages))
        for formatter in FORMATTERS:
            signals["intl"]["resolved"][formatter]["locale"] = first

    def set_zone(self, signals, device):
        zone = self.population.zone_names[device.zone]
        signals["intl"]["resolved"]["DateTimeFormat"]["timeZone"] = zone
        signals["intl"]["time"] = {"offset": 30 * (number("offset", zone) % 49) - 720,
                                   "canonical": zone}
        signals["worker"]["timeZone"] = signals["iframe"]["timeZone"] = zone

    def set_screen(self, signals, device, phone):
        """Screen, window and ratio."""
        ratios, screens = self.tables["ratio"], self.tables["screen"]
        ratio = float(ratios[device.ratio][0]) if device.ratio < len(ratios) else device.ratio / 128
        ratio = int(ratio) if ratio == int(ratio) else ratio
        if device.platform == IPHONE:
            width, height = map(int, self.tables["iphone-screen"][device.screen][0].split("x"))
        elif phone:
            width, height = ANDROID_SCREENS[device.screen]
        elif device.screen < len(screens):
            width, height = map(int, screens[device.screen][0].split("x"))
        else:
            width, height = 1032 + 4 * device.screen, 600 + 2 * device.screen
        taken = 0 if phone else 24 + 8 * (device.window % 7)
        left, top = (0, 0) if phone else (device.window % 401, device.window // 401 % 97)
        inner = (width, height - 80) if phone else (width - left, height - taken - top - 87)
        signals["screen"].update(width=width, height=height, availWidth=width,
                                 availHeight=height - taken)
        signals["window"].update(devicePixelRatio=ratio, screenX=left, screenY=top, screenLeft=left,
                                 screenTop=top, innerWidth=inner[0], innerHeight=inner[1],
                                 outerWidth=inner[0], outerHeight=inner[1] + 87 * (not phone))
        signals["window"]["visualViewport"].update(width=inner[0], height=inner[1])
        signals["iframe"].update(devicePixelRatio=ratio, screenWidth=width)
        headers = signals["http"]["headers"]
        if "sec-ch-dpr" in headers:
            headers.update({"sec-ch-dpr": str(ratio), "sec-ch-viewport-width": str(inner[0])})
        for edge in (1, 1.25, 1.5, 2, 3):
            signals["media"][f"(min-resolution: {edge}dppx)"] = ratio >= edge

    def set_media(self, signals, device):
        """What users prefer."""
        dark, reduced, contrast, clear = (device.preferences >> bit & 1 > 0 for bit in range(4))
        signals["media"].update({
            "(prefers-color-scheme: dark)": dark, "(prefers-color-scheme: light)": not dark,
            "(prefers-reduced-motion: reduce)": reduced, "(prefers-contrast: more)": contrast,
            "(prefers-reduced-transparency: reduce)": clear})

    def set_fonts(self, signals, device):
        """Those of the platform, on Linux of the distribution too, and those that were added."""
        style = device.system // 2
        font = "sans-serif" if device.family == FIREFOX else SYSTEM_FONT[device.platform]
        signals["systemFonts"] = dict.fromkeys(signals["systemFonts"], f"{11 + style}px {font}")
        names = FONTS[device.platform] + \
            (LINUX_FONTS[device.system % 10] if device.platform == LINUX else []) + \
            [self.population.fonts[index][0] for index in device.fonts]
        signals["fonts"] = sorted(set(names))
        signals["fontWidths"] = {
            name: [500 + number("width", name, device.platform, style) % 4096 / 32] * 3
            for name in signals["fonts"]}

    def set_canvas(self, signals, device, gecko):
        canvas, firefox = signals["canvas"], device.family == FIREFOX
        drawn = (device.gpu, device.platform, device.system, firefox)
        canvas["geometry"] = make_png("geometry", *drawn, device.noise)
        canvas["text"] = make_png("text", *drawn, device.emoji, device.noise)
        canvas["emojiHash"] = number("emoji", device.platform, device.emoji, firefox)
        if gecko:
            height = (number("height", device.platform, device.system, firefox) % 64) / 16
            for metrics in canvas["metrics"].values():
                metrics["emHeightAscent"] += height
                metrics["emHeightDescent"] -= height

    def set_webgl(self, signals, device, renderer):
        series = device.gpu // 3
        for section in ("webgl", "webgl2"):
            part = signals[section]
            part["unmaskedRenderer"] = renderer
            part["unmaskedVendor"] = "Apple Inc." if device.family == SAFARI else \
                f"Google Inc. ({renderer.partition('(')[2].partition(',')[0]})"
            for index, (name, (least, step)) in enumerate(PARAMS.items()):
                part["params"][name] = least + step * (series % (7 + index))
        extensions = signals["webgl"]["extensions"]
        signals["webgl"]["extensions"] = extensions[:len(extensions) - device.release + NEWEST]
        signals["webgl"]["render"]["dataURL"] = make_png("webgl", series, device.noise)
        signals["webgl"]["render"].pop("pixelHash", None)
        signals["webgl2"].get("render", {}).pop("pixelHash", None)
        signals["worker"]["webgl"] = renderer

    def set_audio(self, signals, device):
        audio = signals["audio"]
        kind = 4 * device.platform + device.family
        audio["render"]["sum"] = (124043477 + 10000 * kind + 17 * (device.noise % 500)) / 1000000
        for name in ("render", "sine"):
            audio[name]["samples"][-1] = number(name, kind, device.noise) % 100000 / 100000
        audio["context"]["sampleRate"] = 44100 if device.rate else 48000
        audio["context"]["destination"]["maxChannelCount"] = 2 + 2 * device.channels ** 2

    def set_release(self, signals, device, gecko):
        """Features, globals and style: each release has one more of some."""
        release = device.release - NEWEST
        given = self.features["gecko" if gecko else "chromium"]
        signals["features"] = {
            name: release <= index // 3 % RELEASES if index % 3 == 0 else given.get(name, False)
            for index, name in enumerate(FEATURE_NAMES)}
        signals["window"]["globals"]["count"] -= 2 * release
        signals["worker"]["globals"] -= release
        signals["iframe"]["globals"] -= 2 * release
        style = signals["computed"]
        style["length"] -= release
        style["namesHash"] = digest("style", device.family, release)[:4].hex()

    def set_chromium(self, signals, device, renderer):
        """What only browsers of Chromium have."""
        hints = signals["clientHints"] = make_client_hints(device, renderer)
        memory = float(self.tables["memory"][device.memory][0])
        memory = int(memory) if memory == int(memory) else memory
        signals["navigator"]["deviceMemory"] = signals["worker"]["deviceMemory"] = memory
        signals["worker"]["uaData"] = {name: hints[name] for name in ("brands", "mobile", "platform")}
        self.set_hint_headers(signals["http"]["headers"], hints, memory)
        self.set_keyboard(signals["navigator"], device)
        self.set_webgpu(signals["webgpu"], device, renderer)

    def set_hint_headers(self, headers, hints, memory):
        def quote(brands):
            return ", ".join(f'"{brand["brand"]}";v="{brand["version"]}"' for brand in brands)
        high = hints["high"]
        headers.update({
            "device-memory": str(memory), "sec-ch-ua": quote(hints["brands"]),
            "sec-ch-ua-full-version-list": quote(high["fullVersionList"]),
            "sec-ch-ua-mobile": f"?{int(hints['mobile'])}",
            "sec-ch-ua-form-factors": f'"{high["formFactors"][0]}"'})
        for header, name in (("platform", "platform"), ("model", "model"), ("bitness", "bitness"),
                             ("arch", "architecture"), ("platform-version", "platformVersion")):
            headers[f"sec-ch-ua-{header}"] = f'"{high[name]}"'

    def set_keyboard(self, navigator, device):
        """A layout other than the first has a letter of its own on a fifth of the keys."""
        if device.platform == ANDROID:
            del navigator["keyboardLayout"]
            return
        layout = navigator["keyboardLayout"]
        for index, key in enumerate(sorted(layout)):
            if device.keyboard and (device.keyboard + 1) * (index + 3) * 7919 % 10 < 2:
                layout[key] = chr(0xe0 + device.keyboard)

    def set_webgpu(self, webgpu, device, renderer):
        if device.platform == LINUX:
            webgpu["default"] = None
            return
        vendor = next((name for name in ARCHITECTURES if name in renderer.lower()), "google")
        names = ARCHITECTURES.get(vendor, "swiftshader").split(" ")
        webgpu["default"]["info"].update(
            vendor=vendor, architecture=names[device.gpu // 3 % len(names)],
            isFallbackAdapter=vendor == "google")
