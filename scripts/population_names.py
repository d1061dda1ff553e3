"""What browsers call themselves and the machine, of a device of population_devices.py."""
from population_devices import (ANDROID, CHROME, EDGE, FIREFOX, IPHONE, LINUX, MAC, SAFARI, WINDOWS)

# The newest release of the first day, and how releases are numbered from it.
CHROMIUM, GECKO = 147, 150
WEBKIT = ["27.1", "27.0", "26.5", "26.4", "26.3", "26.2", "26.1", "26.0", "18.6"]
WEBKIT_NEWEST = 3

PLATFORM = {WINDOWS: "Win32", MAC: "MacIntel", IPHONE: "iPhone", ANDROID: "Linux armv81",
            LINUX: "Linux x86_64"}
HINT = {WINDOWS: "Windows", MAC: "macOS", ANDROID: "Android", LINUX: "Linux"}
CHROMIUM_MACHINE = {WINDOWS: "Windows NT 10.0; Win64; x64",
                    MAC: "Macintosh; Intel Mac OS X 10_15_7", ANDROID: "Linux; Android 10; K",
                    LINUX: "X11; Linux x86_64"}
GECKO_MACHINE = {WINDOWS: "Windows NT 10.0; Win64; x64", MAC: "Macintosh; Intel Mac OS X 10.15",
                 ANDROID: "Android 15; Mobile", LINUX: "X11; Linux x86_64"}
GECKO_SYSTEM = {WINDOWS: "Windows NT 10.0; Win64; x64", MAC: "Intel Mac OS X 10.15",
                ANDROID: "Linux armv81", LINUX: "Linux x86_64"}
# The releases of the operating systems, the most common one first; of those that come later each
# has a number of its own.
SYSTEMS = {WINDOWS: ["19.0.0", "10.0.0", "15.0.0", "16.0.0", "14.0.0", "13.0.0"],
           MAC: ["26.4.1", "26.3.1", "26.2.0", "15.7.4", "15.6.1", "14.8.0"],
           IPHONE: ["18_7", "18_6_2", "18_6", "18_5", "17_7", "16_7"],
           ANDROID: ["16.0.0", "15.0.0", "14.0.0", "13.0.0", "12.0.0", "11.0.0"],
           LINUX: ["6.17.0", "6.14.0", "6.8.0", "6.6.0", "6.1.0", "5.15.0"]}
UPGRADES = {WINDOWS: "20.{}.0", MAC: "27.{}.0", IPHONE: "19_{}", ANDROID: "17.{}.0", LINUX: "7.{}.0"}

# What the models beyond the table's renderers are called; {} is a number.
MODELS = {
    WINDOWS: ["ANGLE (NVIDIA, NVIDIA GeForce GTX {0} (0x{0:08X}) Direct3D11 vs_5_0 ps_5_0, D3D11)",
              "ANGLE (AMD, AMD Radeon RX {0} Series (0x{0:08X}) Direct3D11 vs_5_0 ps_5_0, D3D11)",
              "ANGLE (Intel, Intel(R) UHD Graphics {0} (0x{0:08X}) Direct3D11 vs_5_0 ps_5_0, D3D11)"],
    MAC: ["ANGLE (AMD, ANGLE Metal Renderer: AMD Radeon Pro {}, Unspecified Version)",
          "ANGLE (Intel, ANGLE Metal Renderer: Intel(R) HD Graphics {}, Unspecified Version)"],
    ANDROID: ["ANGLE (Qualcomm, Adreno (TM) {}, OpenGL ES 3.2)",
              "ANGLE (ARM, Mali-G{}, OpenGL ES 3.2)"],
    LINUX: ["ANGLE (Intel, Mesa Intel(R) UHD Graphics {}, OpenGL 4.6)",
            "ANGLE (AMD, AMD Radeon RX {} (radeonsi, LLVM 15.0.6, DRM 3.49), OpenGL 4.6)"],
}


def make_renderer(device, renderers):
    """What WebGL says the renderer is. WebKit tells no model, Firefox adds that it may be another."""
    if device.family == SAFARI:
        return "Apple GPU"
    if device.gpu < len(renderers):
        text = renderers[device.gpu]
    else:
        models = MODELS[device.platform]
        text = models[device.gpu % len(models)].format(1000 + device.gpu)
    return f"{text}, or similar" if device.family == FIREFOX else text


def system_version(device):
    if device.system < 10:
        return SYSTEMS[device.platform][device.system]
    return UPGRADES[device.platform].format(device.system)


def webkit_version(device):
    return WEBKIT[WEBKIT_NEWEST + device.release]


def user_agent(device):
    machine = CHROMIUM_MACHINE.get(device.platform)
    if device.family == FIREFOX:
        version = f"{GECKO - device.release}.0"
        return f"Mozilla/5.0 ({GECKO_MACHINE[device.platform]}; rv:{version}) Gecko/" + \
            (version if device.platform == ANDROID else "20100101") + f" Firefox/{version}"
    if device.platform == IPHONE:
        return f"Mozilla/5.0 (iPhone; CPU iPhone OS {system_version(device)} like Mac OS X) " \
            f"AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{webkit_version(device)} " \
            "Mobile/15E148 Safari/604.1"
    if device.family == SAFARI:
        return f"Mozilla/5.0 ({machine}) AppleWebKit/605.1.15 (KHTML, like Gecko) " \
            f"Version/{webkit_version(device)} Safari/605.1.15"
    version = f"{CHROMIUM - device.release}.0.0.0"
    return f"Mozilla/5.0 ({machine}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version} " + \
        "Mobile " * (device.platform == ANDROID) + "Safari/537.36" + \
        f" Edg/{version}" * (device.family == EDGE)


def application_version(device):
    if device.family == FIREFOX:
        return f"5.0 ({GECKO_MACHINE[device.platform].split(';')[0].split(' ')[0]})"
    return user_agent(device).partition("/")[2]


def make_brands(device, full):
    """The brands of client hints, with major versions or full ones."""
    major = CHROMIUM - device.release
    own = f"{major}.0.{7727 - 60 * device.release}.{50 + 27 * device.patch}" if full else str(major)
    brand = {CHROME: "Google Chrome", EDGE: "Microsoft Edge"}[device.family]
    return [{"brand": brand, "version": own},
            {"brand": "Not.A/Brand", "version": "8.0.0.0" if full else "8"},
            {"brand": "Chromium", "version": own}]


def make_client_hints(device, renderer):
    phone = device.platform == ANDROID
    arm = device.platform == MAC and "Apple M" in renderer
    major, full = make_brands(device, False), make_brands(device, True)
    return {"brands": major, "mobile": phone, "platform": HINT[device.platform], "high": {
        "architecture": "" if phone else "arm" if arm else "x86", "bitness": "" if phone else "64",
        "brands": major, "formFactors": ["Mobile" if phone else "Desktop"], "fullVersionList": full,
        "mobile": phone, "model": f"SM-A{100 + device.gpu}B" if phone else "",
        "platform": HINT[device.platform], "platformVersion": system_version(device),
        "uaFullVersion": full[0]["version"], "wow64": False}}
