"""Devices drawn for make-population, and what changes of them until they return.

A device is a set of small numbers, each of which the records show as a signal or several
(population_signals.py). The probabilities are those of scripts/population.tsv, and the assumptions
below. Every draw is made of random.Random.random() alone, whose results are the same in all releases
of Python, and of integers.
"""
import bisect
import collections
import copy
import itertools
import os

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WINDOWS, MAC, IPHONE, ANDROID, LINUX = range(5)
CHROME, FIREFOX, SAFARI, EDGE = range(4)
# How many values there are beyond those of scripts/population.tsv.
TAILS = {"gpu": 700, "screen": 355, "cores": 3, "ratio": 117}
# A tail's weights, and those of ranks, are in units of this part of 1.
UNIT = 10 ** 9
# The sums of k^-1.7 and k^-1.8 over all k: what is left for the last rank.
ZETA = {1.7: 2.054288766, 1.8: 1.882229601}
# Fonts that come with an operating system, so that no draw adds them.
SYSTEM_FONTS = {"Marlett", "Helvetica Neue", "Menlo"}
LANGUAGES = 60
ANDROID_SCREENS = 40


def read_tables():
    """The rows of scripts/population.tsv by attribute: lists of (value, cell)."""
    tables = collections.defaultdict(list)
    with open(os.path.join(TOP, "scripts", "population.tsv"), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                attribute, value, *cell = line.rstrip("\n").split("\t")
                tables[attribute].append((value, cell[0] if cell else ""))
    return tables


class Weights:
    """Draws an index by integer weights."""

    def __init__(self, weights):
        self.sums = list(itertools.accumulate(weights))

    def draw(self, random):
        return bisect.bisect_right(self.sums, int(random() * self.sums[-1]))


def make_ranks(exponent, last):
    """Ranks 1 to LAST by a power law, where LAST has all that come after it too. Index 0 is rank 1."""
    weights = [round(UNIT * rank ** -exponent) for rank in range(1, last)]
    return Weights([*weights, round(UNIT * ZETA[exponent]) - sum(weights)])


def make_weights(tables, attribute):
    """The weights of an attribute's values and of those of its tail: by the reciprocal of the rank in
    the tail. So renderers have 6.54 bits, where the networks that they are from have 6.97."""
    weights = [int(cell) * UNIT // 100000 for _, cell in tables[attribute]]
    count, rest = TAILS.get(attribute, 0), UNIT - sum(weights)
    whole = sum(UNIT // rank for rank in range(1, count + 1))
    return Weights(weights + [rest * (UNIT // rank) // whole for rank in range(1, count + 1)])


class Device:
    """number      which it is: the truth
    release     of the browser: how many there are between it and the newest of the first day
    patch       of that release
    family      CHROME, FIREFOX, SAFARI or EDGE
    platform    WINDOWS, MAC, IPHONE, ANDROID or LINUX
    system      release of the operating system; from 10 on, one that came later
    emoji       the same, but 100 more from the next update on, which new emoji come with
    fonts       the set of fonts, by their index, that the user or an application added
    noise       what is added to what is drawn and to audio; 0: nothing
    window      of a page load: where the window is, and how large
    second      language, an index of the languages plus 1, or 0: none
    gpu, screen, cores, memory, ratio, language, zone, keyboard, channels, rate, preferences
                an index of their tables, or a class"""


class Population:
    def __init__(self):
        self.tables = tables = read_tables()
        self.weights = {name: make_weights(tables, name)
                        for name in ("gpu", "screen", "cores", "memory", "ratio", "iphone-screen")}
        self.renderers = [value for value, _ in tables["gpu"]]
        self.fonts = [(value, int(cell)) for value, cell in tables["font"]]
        self.first = make_ranks(1.7, LANGUAGES)
        self.second = make_ranks(1.8, 40)
        self.zone_names = [name for _, cell in tables["language"] for name in cell.split(" ")]
        # Strangers are in one of 60 zones: those of the eight most common languages, and 28 more.
        self.strange = [*range(32), *range(len(self.zone_names), len(self.zone_names) + 28)]
        self.zone_names += [name for name, _ in tables["zone"]]

    def draw_platform(self, random, gpu):
        text = self.renderers[gpu] if gpu < len(self.renderers) else ""
        if "Direct3D" in text:
            return WINDOWS
        if text == "Apple GPU":
            return MAC if random() < .45 else IPHONE
        if "Metal" in text:
            return MAC
        return Weights([75, 10, 3, 8, 4]).draw(random)

    def draw_family(self, random, platform, gpu):
        family = Weights([80, 5, 2, 13]).draw(random)
        if platform == IPHONE or platform == MAC and self.renderers[gpu:gpu + 1] == ["Apple GPU"]:
            return SAFARI
        return CHROME if family == SAFARI and platform != MAC else family

    def draw_screen(self, random, platform):
        screen = self.weights["screen"].draw(random)
        if platform == IPHONE:
            return self.weights["iphone-screen"].draw(random)
        return screen % ANDROID_SCREENS if platform == ANDROID else screen

    def draw_zone(self, random, language):
        if random() < .75:
            return 4 * language + Weights([60, 20, 15, 5]).draw(random)
        return self.strange[int(random() * 60)]

    def draw_fonts(self, random, phone):
        """Three quarters have the fonts of their system, and of an office suite if there is one."""
        office = random() < .6
        odds = [min(97000, weight * 3 // 2) if office else max(1000, weight // 4)
                for _, weight in self.fonts]
        drawn = [random() * 100000 < odd for odd in odds]
        if random() < .75:
            drawn = [weight > (40000 if office else 90000) for _, weight in self.fonts]
        return frozenset(index for index, has in enumerate(drawn)
                         if has and not phone and self.fonts[index][0] not in SYSTEM_FONTS)

    def draw(self, random, number):
        device = Device()
        device.number = number
        device.gpu = self.weights["gpu"].draw(random)
        device.platform = platform = self.draw_platform(random, device.gpu)
        device.family = self.draw_family(random, platform, device.gpu)
        device.screen = self.draw_screen(random, platform)
        for name in ("cores", "memory", "ratio"):
            setattr(device, name, self.weights[name].draw(random))
        device.release = Weights([72, 12, 6, 4, 3, 3]).draw(random)
        device.patch = int(random() * 3)
        device.system = device.emoji = Weights([45, 20, 15, 10, 6, 4]).draw(random)
        device.language = self.first.draw(random)
        device.zone = self.draw_zone(random, device.language)
        device.second = 0 if random() < .55 else 1 + self.second.draw(random)
        device.keyboard = device.language if random() < .85 else int(random() * 19)
        device.fonts = self.draw_fonts(random, platform in (IPHONE, ANDROID))
        device.rate = random() < .25
        device.channels = Weights([85, 10, 5]).draw(random)
        device.preferences = Weights([45, 20, 10, 6, 5, 4, 3, 2, 2, 1, 1, 1]).draw(random)
        device.noise = 0
        device.window = int(random() * 10 ** 6)
        return device

    def draw_return(self, random, device, months):
        """DEVICE as it returns, and the names of what changed: one thing, or what MONTHS change."""
        device = copy.copy(device)
        device.window = int(random() * 10 ** 6)
        if months:
            return device, self.change_months(random, device)
        phone = device.platform in (IPHONE, ANDROID)
        changes = [change for change in CHANGES if not (phone and change.desktop)]
        change = changes[Weights([change.percent for change in changes]).draw(random)]
        before = dict(vars(device))
        while vars(device) == before:
            name = change.apply(self, random, device)
        return device, [name]

    def change_months(self, random, device):
        names = []
        for change in CHANGES:
            happens = int(random() * 100) < change.percent
            before = dict(vars(device))
            if happens and not (change.desktop and device.platform in (IPHONE, ANDROID)):
                name = change.apply(self, random, device)
                names += [name] if vars(device) != before else []
        patch, device.patch = device.patch, int(random() * 3)
        return names + ["patch"] if device.patch != patch and "version" not in names else names


def change_version(_, random, device):
    device.release -= 1 + int(random() * 2)
    device.patch = int(random() * 3)
    return "version"


def change_screen(population, random, device):
    device.screen = population.weights["screen"].draw(random)
    return "screen"


def change_ratio(population, random, device):
    device.ratio = population.weights["ratio"].draw(random)
    return "zoom"


def change_zone(population, random, device):
    device.zone = population.draw_zone(random, population.first.draw(random))
    return "travel"


def change_second(_, random, device):
    device.second = 1 + int(random() * 39)
    return "language"


def change_fonts(population, random, device):
    added = {int(random() * len(population.fonts)) for _ in range(3)}
    device.fonts |= {index for index in added if population.fonts[index][0] not in SYSTEM_FONTS}
    return "fonts"


def change_system(_, random, device):
    device.emoji += 100
    if random() < .3:
        device.system += 10
        return "os-upgrade"
    return "os-update"


def change_rate(_, _random, device):
    device.rate = not device.rate
    return "audio"


def change_noise(_, random, device):
    device.noise = 1 + int(random() * 999999)
    return "farbling"


# What a device may have changed when it returns after months; how likely each is, is an assumption.
# A phone's screen and fonts do not change.
Change = collections.namedtuple("Change", "percent desktop apply")
CHANGES = [
    Change(75, False, change_version),
    Change(12, True, change_screen),
    Change(10, False, change_ratio),
    Change(8, False, change_zone),
    Change(3, False, change_second),
    Change(8, True, change_fonts),
    Change(15, False, change_system),
    Change(10, False, change_rate),
    Change(5, False, change_noise),
]
