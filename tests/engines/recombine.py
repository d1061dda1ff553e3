#!/usr/bin/env python3
"""recombine.py COUNT FILE SEED: COUNT records made of those of scripts/make-population in FILE. Each has what is drawn
by the graphics processor from one record, what depends on language, zone and cores from a second one, and the rest
from a third one, all of one platform. So each has many neighbours."""
import collections
import json
import random
import sys

DRAWN = ("canvas", "webgl", "webgl2", "webgpu")
PLACE = ("intl", "navigator", "worker", "iframe", "http", "clientHints")


def parts(line):
    """The platform, and the text of three parts of a record's signals."""
    signals = json.loads(line)["signals"]
    texts = ["", "", ""]
    for name, value in signals.items():
        part = 0 if name in DRAWN else 1 if name in PLACE else 2
        texts[part] += f',"{name}":' + json.dumps(value, separators=(",", ":"))
    return signals["navigator"]["platform"], texts


def main():
    count, path, seed = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    platforms, all_parts = collections.defaultdict(list), []
    with open(path, encoding="utf-8") as lines:
        for platform, texts in map(parts, lines):
            platforms[platform].append(texts)
            all_parts.append((platform, texts))
    draw = random.Random(seed)
    for number in range(count):
        platform, texts = draw.choice(all_parts)
        others = [draw.choice(platforms[platform]) for _ in range(2)]
        sys.stdout.write(f'{{"event_id":"r{seed}-{number:07}","signals":{{' +
                         (texts[0] + others[0][1] + others[1][2])[1:] + "}}\n")


main()
