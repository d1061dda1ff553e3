#!/usr/bin/env python3
"""survey-records: records that are hard for a survey, for tests/cli/survey.bats.

    survey-records.py join MANIFEST <CAPTURES    the captures, each with its configuration as "visitor"
    survey-records.py hard                       of every kind that whorl-survey(1) speaks of
    survey-records.py random SEED COUNT          records of few names and values, of few keys
    survey-records.py hostile COUNT              no two with the same name, but for one
    survey-records.py keys COUNT ROUNDS          COUNT keys, with a record each in each round"""
import json
import random
import sys

HARD = r'''
{"k":1,"a/b":{"~":{"":1}},"\u0061~b":1,"t\tb":{"\"q\"":null,"\u200d":1},"\\":1,"\ud83d\ude00":1}
{"k":1.0,"a/b":{"~":{"":1.0}},"a~b":1e0,"t\tb":{"\"q\"":null,"\u200d":1},"\\":10e-1,"😀":1}
{"k":"1","v":"A","w":"A\/","x":[1,"b",{"c":1,"d":[]}],"y":{"p":1,"q":{"r":[]}},"z":-0}
{"k":"1","v":"\u0041","w":"\u0041/","x":[1.0,"\u0062",{"d":[],"c":1e0}],"y":{"q":{"r":[]},"p":1},"z":0}
{"k":"1","v":"A ","w":"A//","x":[{"c":1,"d":[]},1,"b"],"y":{"q":{"r":[]},"p":1},"z":0.0}
{"k":"1","v":"A","w":"A/","x":["b",{"c":1,"d":[]},1],"y":{"q":{"r":[]},"p":2},"z":0}
{"k":true,"o":{},"e":[],"n":null,"b":true,"m":1}
{"k":true,"o":{},"e":[],"n":null,"b":false,"m":"1"}
{"k":true,"o":{"i":1},"e":[[]],"n":0,"b":true,"m":[1]}
{"k":true,"o":{},"e":[],"n":null,"b":true,"m":{"one":1}}
{"k":true,"o":null,"e":{},"n":null,"b":true,"m":{}}
{"k":true,"e":"[]","n":null,"b":true,"m":null}
{"k":false,"x":"s","u":"data:x/y;base64,AA=="}
{"k":null,"x":[1,2],"u":1}
{"k":false,"x":"s","u":"data:x/y;base64,AA=="}
{"k":false,"x":[2,1],"u":"data:x/y;base64,AB=="}
{"k":false,"x":[1,2],"u":"d\u0061ta:x/y;base64,AA=="}
{"k":false,"x":[1,2,2],"u":"data:,"}
{"k":false,"x":[1,1,2],"u":"data:,"}
{"k":"","x":[],"u":"data:;base64,"}
{"k":{},"x":[]}
{"k":[1],"x":[]}
{"x":[]}
{"k":2,"r":{"error":"NotAllowedError: no"},"s":{"error":{"name":"T","message":"a"}},"f":1}
{"k":2,"r":{"\u0065rror":"NotAllowedError: never"},"s":{"error":{"message":"T: b"},"took":1}}
{"k":2,"r":{"error":"NotAllowedError","v\u0061lue":1},"s":{"error":1,"a":1,"b":2,"c":3},"f":1}
{"k":2,"r":{"error":"Other one"},"s":{"error":1,"a":1,"b":2,"c":3,"d":4}}
{"k":2,"r":{"error":null},"s":{"value":{"error":""}},"f":1}
{"k":2,"email":"x","user":{"deviceId":"y","n":1},"ipAddress":"z","recipe":"r","tip":"t","sdp2":1}
{"k":2,"email":"x","user":{"deviceId":"y","n":1},"ipAddress":"z","recipe":"r","tip":"t","sdp2":1}
{"long":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123"}
{"long":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123"}
{"long":["é","éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé","\ud800","\ufffd"],"k":3}
{"long":["é","éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé","\ufffd","\ud800"],"k":3}
'''


def join(manifest):
    with open(manifest, encoding="utf-8") as lines:
        config = {r["event_id"]: r["config"] for r in map(json.loads, lines)}
    for line in sys.stdin:
        at = line.index('"event_id":"') + 12
        sys.stdout.write(f'{{"visitor":"{config[line[at:at + 36]]}",{line[1:]}')


def hard():
    sys.stdout.write(HARD.lstrip())
    for i in range(100):
        many = {f"f{(i * 7 + n) % 90}": n for n in range(10)}
        width = {f"w{n}": n * 1.5 for n in range(40)}
        shaky = {f"w{n}": i if n == 7 else n for n in range(40)}
        mixed = {f"x{n}": str(n) if n < 2 else n for n in range(40)}
        every = {"u": i % 3, "maybe": None} | {f"g{(i * 11 + n) % 90}": {"h": n} for n in range(10)}
        print(json.dumps({"k": f"v{i % 20}", "many": many, "width": width, "shaky": shaky,
                          "mixed": mixed, "every": every, "id": f"id{i}", "id65": i % 65,
                          "id64": i % 64, "nulls": {f"n{n}": None for n in range(33)},
                          "own": f"own{i % 20}", "two": i % 10, "twice": i % 10 + 0.5}))


def value(rng, depth):
    kind = rng.randrange(12 if depth else 8)
    if kind < 8:
        return rng.choice([None, True, False, 0, 1, 1.5, "a", "A", "", "data:a/b;base64,QQ==",
                           "data:a/b;base64,QR==", {"error": rng.choice(["E: x", "E", {}])}, {}, []])
    if kind < 10:
        return [value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {rng.choice("abcdeé/~"): value(rng, depth - 1) for _ in range(rng.randrange(5))}


def make_random(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        record = {rng.choice("abcdef"): value(rng, 3) for _ in range(rng.randrange(7))}
        if rng.randrange(8):
            record["k"] = rng.choice(["x", "y", "z", 1, 1.0, True, None, "", [], {}])
        record["big"] = rng.choice([rng.randrange(5), rng.randrange(5), rng.randrange(1000)])
        print(json.dumps(record, ensure_ascii=rng.random() < 0.5))


def hostile(count):
    for i in range(count):
        print(f'{{"usual":{i % 3},"k":"{i % 50}","n{i * 2654435761 % 2**32:08x}":{{"m":{i}}}}}')


def keys(count, rounds):
    for r in range(rounds):
        for i in range(count):
            print(f'{{"key":"visitor {i}","same":{i % 7},"odd":{r * (i % 2)},"each":{r}}}')


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    {"join": join, "hard": hard, "random": make_random, "hostile": hostile,
     "keys": keys}[name](*(int(a) if a.isdigit() else a for a in rest))
