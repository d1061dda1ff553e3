"""Changes that people report and that the captures do not have, as edits of a record.

Each entry of EDITS gives pairs of functions, before and after; each takes the signals of a record
and changes them in place.
"""


def put(path, value):
    """Set the member that PATH, names joined by /, leads to, if the object that it is in exists."""
    *way, last = path.split("/")

    def edit(signals):
        for name in way:
            signals = signals.get(name)
            if not isinstance(signals, dict) or "error" in signals:
                return
        signals[last] = value
    return edit


def together(*edits):
    def edit(signals):
        for each in edits:
            each(signals)
    return edit


def same(_):
    """Change nothing."""


def renderer(text):
    return together(put("webgl/unmaskedRenderer", text), put("webgl2/unmaskedRenderer", text),
                    put("worker/webgl", text))


def memory(gigabytes):
    return together(put("navigator/deviceMemory", gigabytes),
                    put("worker/deviceMemory", gigabytes))


def lower_headers(signals):
    signals["http"]["headers"] = {name.lower(): value
                                  for name, value in signals["http"]["headers"].items()}


def daylight(signals):
    """The same place half a year later."""
    time = signals["intl"]["time"]
    time["offset"] -= 60
    time["zoneString"] = time["zoneString"].replace("Standard", "Daylight") + " "


def brave(noise):
    """One session of Brave: what it draws, plays and counts is a little off."""
    return together(put("navigator/isBrave", True), put("navigator/hardwareConcurrency", noise),
                    put("worker/hardwareConcurrency", noise + 1),
                    put("iframe/hardwareConcurrency", noise), put("navigator/deviceMemory", noise),
                    put("worker/deviceMemory", noise),
                    put("canvas/geometry", f"data:image/png;base64,YW{noise}="),
                    put("canvas/text", f"data:image/png;base64,YX{noise}="),
                    put("canvas/emojiHash", f"{noise:08x}"),
                    put("webgl/render/dataURL", f"data:image/png;base64,YV{noise}="),
                    put("audio/render/sum", 124.0 + noise), put("audio/render/minAbs", noise),
                    put("audio/sine/samples", [noise, 0.5]))


def error(text):
    return {"error": text}


DRIVERS = [
    ("ANGLE (Intel, Intel(R) UHD Graphics 630 Direct3D11 vs_5_0 ps_5_0, D3D11-26.20.100.7985)",
     "ANGLE (Intel, Intel(R) UHD Graphics 630 Direct3D11 vs_5_0 ps_5_0, D3D11-27.20.100.9316)"),
    ("ANGLE (Intel(R) UHD Graphics 630 Direct3D11 vs_5_0 ps_5_0)",
     "ANGLE (Intel, Intel(R) UHD Graphics 630 (0x00003E9B) Direct3D11 vs_5_0 ps_5_0, D3D11)"),
    ("ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6 (Core Profile) Mesa 22.3.6)",
     "ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6 (Core Profile) Mesa 23.2.1)"),
    ("Mesa DRI Intel(R) HD Graphics 620 (Kaby Lake GT2)",
     "Mesa Intel(R) HD Graphics 620 (KBL GT2)"),
    ("ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11-30.0.15.1179)",
     "ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)"),
    ("ANGLE (NVIDIA Corporation, NVIDIA GeForce GTX 1080/PCIe/SSE2, OpenGL 4.5.0)",
     "ANGLE (NVIDIA Corporation, NVIDIA GeForce GTX 1080/PCIe/SSE2, OpenGL 4.5.0 NVIDIA 470.82.00)"),
    ("ANGLE (AMD, AMD Radeon RX 6600 (radeonsi, navi23, LLVM 15.0.7, DRM 3.49, 6.1.0), OpenGL 4.6)",
     "ANGLE (AMD, AMD Radeon RX 6600 (radeonsi, navi23, LLVM 16.0.6, DRM 3.54, 6.6.8), OpenGL 4.6)"),
    ("ANGLE (Apple, Apple M1, OpenGL 4.1)",
     "ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)"),
    ("llvmpipe (LLVM 12.0.0, 256 bits)",
     "ANGLE (Mesa/X.org, llvmpipe (LLVM 15.0.7 256 bits), OpenGL 4.5)"),
]

EDITS = {
    "driver": [(renderer(before), renderer(after)) for before, after in DRIVERS],
    # Chrome 147 tells up to 32, and no less than 2.
    "memory": [(memory(8), memory(16)), (memory(8), memory(32)), (memory(0.5), memory(2))],
    "headers": [(same, lower_headers)],
    # An iPad or iPhone in desktop mode; Android phones by browser and release; Firefox on ARM.
    "platform": [(put("navigator/platform", before), put("navigator/platform", after))
                 for before, after in [("iPad", "MacIntel"), ("iPhone", "MacIntel"),
                                       ("Linux armv8l", "Linux armv81"),
                                       ("Linux armv81", "Linux aarch64"),
                                       ("Linux aarch64", "Linux x86_64")]],
    "daylight": [(same, daylight)],
    "minor": [(same, together(put("clientHints/high/uaFullVersion", "156.0.8078.111"),
                              put("http/headers/sec-ch-ua-full-version-list",
                                  '"Not:A-Brand";v="8.0.0.0", "Chromium";v="156.0.8078.111"'),
                              put("navigator/buildID", "20261130000000")))],
    "system": [(same, together(put("clientHints/high/platformVersion", "15"),
                               put("http/headers/sec-ch-ua-platform-version", '"15"'),
                               put("navigator/oscpu", "Linux x86_64; 6.5")))],
    "brave": [(brave(2), brave(4)), (brave(4), brave(8))],
    "timeout": [(same, put("audio/render/sum", error(text)))
                for text in ("TimeoutError: late", "Timeout", "AbortError: The user agent left")],
}
