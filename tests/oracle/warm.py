"""A warm run: records that come again, and records that differ from them in a byte or a token.

The cache of whorl must not change the output. Each record is followed by itself, by mutated copies,
by the record before it and by older ones; at the end all of them come again in another order. The
oracle has no cache, so it computes the answer for each different line once. The answers are compared
with the output of one run of whorl over the sequence.
"""
import os
import random
import re
import subprocess
import tempfile
import threading

import xxhash

import output
import run
import tsv
from differ import ALL, GOLDEN, OPTIONS, Told, WHORL, first_member, places

# The options of each run, and what a record has in its output.
MODES = {"all members": [ALL], "by default": [], "ids": ["--select=ids"],
         "tsv": ["--format=tsv", "--no-header", ALL],
         "binary": ["--format=binary", "--no-header", "--select=+sketch"]}
SINGLE = ("tsv", "binary")  # which take one catalog

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[-+.\w]+|[ \t\r]+|.', re.S)
WORDS = [b"true", b"false", b"null", b"0", b"-0", b"1e400", b"1e-400", b"1.0", b'""', b"[]", b"{}",
         b'"\\ud800"', b'{"error":"E"}', b"9007199254740993"]
BYTES = [b"\\ud83d", b"\\u0000", b"\\u00e9", "e\u0301".encode(), b"\xff", b"\t", b"\\", b'"', b"\\/", b"x"]


def other_token(dice, token, tokens):
    """Another token in its place: of the same length, if it can be, or of another type."""
    kind = dice.randrange(6)
    if kind == 0:
        return dice.choice(WORDS)
    if kind == 1:  # which may make a name one that its object already has
        return dice.choice([t for t in tokens if t[:1] == token[:1]])
    if token[:1] == b'"' and len(token) > 1:
        at = dice.randrange(1, len(token))
        if kind == 2:
            return token[:at] + dice.choice(BYTES) + token[at:]
        if kind == 3 and len(token) > 2:
            return b"1" * len(token)
        at = dice.randrange(len(token) - 2) + 1 if len(token) > 2 else 1
        if kind == 4 and 0x20 < token[at] < 0x7F and b"\\" not in token and len(token) > 2:
            return token[:at] + b"\\u%04X" % token[at] + token[at + 1:]  # the same text
        return token[:at] + bytes([dice.choice(b"abcXYZ019 _")]) + token[at + 1:]
    digits = [i for i, byte in enumerate(token) if 0x30 <= byte <= 0x39]
    if digits:
        at = dice.choice(digits)
        return token[:at] + b"%d" % dice.randrange(10) + token[at + 1:]
    return dice.choice([b"", token * 2, b" ", b"null", b"true", b"]", b"}", b",", b":"])


def swapped(tokens, places_of):
    """Two neighboring members or elements of one token change places."""
    for at in places_of:
        if tokens[at + 1:at + 6:4] == [b":", b":"] and tokens[at + 3] == b"," and at + 6 < len(tokens):
            return tokens[:at] + tokens[at + 4:at + 7] + [b","] + tokens[at:at + 3] + tokens[at + 7:]
        if tokens[at + 1:at + 2] == [b","] and at + 2 < len(tokens):
            return tokens[:at] + [tokens[at + 2], b",", tokens[at]] + tokens[at + 3:]
    return tokens


def named_twice(dice, tokens):
    """A member gets the name of another of its object: of one as long, where there is one."""
    objects, opened = {}, [0]
    for i, token in enumerate(tokens):
        if token == b"{":
            opened.append(i)
        elif token == b"}" and len(opened) > 1:
            opened.pop()
        elif token[:1] == b'"' and tokens[i + 1:i + 2] == [b":"]:
            objects.setdefault(opened[-1], []).append(i)
    objects = [names for names in objects.values() if len(names) > 1]
    if not objects:
        return tokens
    pairs = [dice.sample(dice.choice(objects), 2) for _ in range(20)]
    one, two = next((pair for pair in pairs if len(tokens[pair[0]]) == len(tokens[pair[1]])), pairs[0])
    return tokens[:one] + [tokens[two]] + tokens[one + 1:]


def value_end(tokens, at):
    """Behind the value that begins at this token."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += (tokens[i] in (b"{", b"[")) - (tokens[i] in (b"}", b"]"))
        if depth <= 0 and not tokens[i].isspace():
            return i + 1
    return len(tokens)


def members(tokens):
    """(start, end) of each member, nested ones too, and the places right after a '{'."""
    found = [(i, value_end(tokens, i + 2)) for i, token in enumerate(tokens)
             if token[:1] == b'"' and tokens[i + 1:i + 2] == [b":"]]
    return found, [i + 1 for i, token in enumerate(tokens) if token == b"{"]


def edited(dice, tokens):
    """A member, with all that is in it, is taken out, put elsewhere, copied, added or replaced."""
    found, opened = members(tokens)
    if not found:
        return tokens
    (start, end), (other, other_end) = dice.choice(found), dice.choice(found)
    member, kind = tokens[start:end], dice.randrange(7)
    if kind == 0:  # the value of another
        return tokens[:start + 2] + tokens[other + 2:other_end] + tokens[end:]
    if kind == 1:  # a copy, with its name or that of another
        copy = member if dice.random() < 0.5 else [tokens[other]] + member[1:]
        return tokens[:end] + [b","] + copy + tokens[end:]
    if kind == 2:  # a new one, here or at the start of an object, where it may make a marker or end one
        new = dice.choice([b'"error":"E: x"', b'"value":1', b'"\\u0065xtra":[{}]', b'"duration":0', b'"extra":{"a":1}'])
        return tokens[:end] + [b",", new] + tokens[end:]
    if kind == 3:
        at = dice.choice(opened)
        comma = [] if tokens[at:at + 1] == [b"}"] else [b","]
        return tokens[:at] + member + comma + tokens[at:]
    # Taken out, with a comma; and put after another, if it does not lie within itself.
    if tokens[end:end + 1] == [b","]:
        left, shift = tokens[:start] + tokens[end + 1:], end + 1 - start
    elif tokens[start - 1] == b",":
        left, shift = tokens[:start - 1] + tokens[end:], end - start + 1
    else:
        left, shift = tokens[:start] + tokens[end:], end - start
    if kind < 6 and not start <= other_end <= end:
        at = other_end - (shift if other_end > end else 0)
        return left[:at] + [b","] + member + left[at:]
    return left


def marked(dice, tokens):
    """An error marker gets a member more, or loses one; where there is none, one is made."""
    found, _ = members(tokens)
    marks = [i for i, _ in found if tokens[i] == b'"error"']
    if not marks:
        start, end = dice.choice(found) if found else (0, 1)
        return tokens[:start + 2] + [b'{"duration":1,"error":"E: x"}'] + tokens[end:]
    at, kind = dice.choice(marks), dice.randrange(4)
    if kind == 0:
        return tokens[:at] + [b'"Error"'] + tokens[at + 1:]
    more = dice.choice([b'"duration":0', b'"stack":""', b'"value":1', b'"x":{}', b'"error":1'])
    return tokens[:at] + [more, b","] + tokens[at:]


def mutated(dice, line):
    """The line with one change; a line of output more or a reject, as it comes."""
    tokens = TOKEN.findall(line)
    if not tokens:
        return b" "
    places_of = [dice.randrange(len(tokens)) for _ in range(20)]
    at, kind = places_of[0], dice.randrange(18)
    scalars = [i for i, token in enumerate(tokens) if re.match(rb'["\w-]', token)] or [at]
    if kind == 0:
        tokens = swapped(tokens, places_of)
    elif kind > 15:
        tokens = marked(dice, tokens)
    elif kind > 10:
        tokens = edited(dice, tokens)
    elif kind == 10:
        tokens = named_twice(dice, tokens)
    elif kind == 1:
        tokens.insert(at, dice.choice([b" ", b"\t", b"\r", b"  "]))
    elif kind == 2:  # without a token, or a member
        size = 4 if tokens[at + 1:at + 2] == [b":"] and tokens[at + 3:at + 4] == [b","] else 1
        del tokens[at:at + size]
    elif kind == 3:
        return line[:dice.randrange(len(line))]
    elif kind == 4:
        tokens.append(dice.choice([b"}", b" ", b"x", b"\0", b"{}"]))
    else:
        at = dice.choice(scalars)
        tokens[at] = other_token(dice, tokens[at], tokens)
    return b"".join(tokens).replace(b"\n", b" ")


def sequence(lines, seed):
    """The lines of a warm run, the first of them blank."""
    dice = random.Random(seed)
    found = [b""]
    for i, line in enumerate(lines):
        one = mutated(dice, line)
        two = mutated(dice, dice.choice([line, one]))
        before, older = lines[max(i - 1, 0)], lines[dice.randrange(i + 1)]
        found += [line, line, one, two, one, line, before, two, older, line]
    again = lines[:]
    dice.shuffle(again)
    return found + again


def answer(job):
    """Of a line: what it is rejected for, or None; and of each mode its size and hash."""
    line, names = job
    for _, vectors, fault in run.records(b"\n" + line + b"\n", [run.load(name) for name in names]):
        if fault:
            return fault, None, ()
        return None, {mode: summary(rendered(vectors, options)) for mode, options in MODES.items()}, \
            [xxhash.xxh3_64_intdigest(entry) for vector in vectors for entry in output.entries(vector)]
    return None, None, ()


def rendered(vectors, options):
    if "--format=binary" in options:
        return output.row(vectors[0], selected=["sketch"]) if len(vectors) == 1 else b""
    if "--format=tsv" in options:
        columns = tsv.columns(vectors[0].catalog, output.MEMBERS)
        return tsv.line(vectors[0], columns) if len(vectors) == 1 else b""
    selected = options[0].partition("=")[2].split(",") if options else output.DEFAULT
    return b"".join(output.line(vector, selected) for vector in vectors)


def summary(data):
    return len(data), xxhash.xxh3_64_intdigest(data)


def run_of_whorl(lines, names, mode, answers, directory):
    """The first difference of one run."""
    rejects, dictionary = (os.path.join(directory, name) for name in ("rejects", "words"))
    arguments = ["--catalog=" + name for name in names] + MODES[mode] + ["--rejects=" + rejects]
    if mode == "by default":
        arguments.append("--dictionary=" + dictionary)
    with tempfile.TemporaryFile() as messages, \
            subprocess.Popen([WHORL, "-v", *OPTIONS, *arguments], cwd=GOLDEN, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=messages) as whorl:
        def feed():
            try:
                with whorl.stdin as pipe:
                    pipe.writelines(line + b"\n" for line in lines)
            except BrokenPipeError:
                pass
        feeder = threading.Thread(target=feed)
        feeder.start()
        found = first_difference(lines, names, mode, answers, whorl.stdout)
        if found:
            whorl.kill()
        feeder.join()
        whorl.wait()
        messages.seek(0)
        told = list(map(Told, places(messages.read().decode())))
    if found:
        return found
    faults = [(number, line, answers[line][0]) for number, line in enumerate(lines, 1)
              if answers[line][0]]
    expected = ["-:%d:%d: %s" % (number, *fault) for number, _, fault in faults]
    for mine, theirs in zip(expected + ["(none)"], told + ["(none)"]):
        if mine != theirs:
            return "reject: oracle %s, whorl %s" % (mine, theirs)
    if whorl.returncode != (1 if expected else 0):
        return "status %d" % whorl.returncode
    with open(rejects, "rb") as file:
        if file.read() != b"".join(line + b"\n" for _, line, _ in faults):
            return "the file of --rejects does not hold the lines that are rejected"
    return dictionary_difference(dictionary, answers) if mode == "by default" else None


def first_difference(lines, names, mode, answers, stdout):
    for number, line in enumerate(lines, 1):
        if answers[line][1]:
            size, digest = answers[line][1][mode]
            theirs = stdout.read(size)
            if xxhash.xxh3_64_intdigest(theirs) != digest:
                vectors = run.vectors(re.sub(rb"\r\Z", b"", line), [run.load(name) for name in names])
                mine = rendered(vectors, MODES[mode])
                what = first_member(mine, theirs) if mine[:1] == b"{" else "the rows differ"
                return "line %d: %s; the line is %r" % (number, what, line[:2000])
    return "more lines than the oracle's" if stdout.read(1) else None


def dictionary_difference(file, answers):
    """Without repetitions it holds the entries of all records, and no others."""
    wanted = {entry for found in answers.values() for entry in found[2]}
    with open(file, "rb") as opened:
        theirs = {xxhash.xxh3_64_intdigest(line): line for line in opened}
    for digest, line in theirs.items():
        if digest not in wanted:
            return "an entry of the dictionary that the oracle has not: %r" % line[:500]
    if wanted - theirs.keys():
        return "%d entries are not in the dictionary" % len(wanted - theirs.keys())
    return None


def compare(pool, data, names, seed):
    """The first difference of a warm run over the lines of data."""
    lines = sequence(data.removesuffix(b"\n").split(b"\n"), seed)
    distinct = list(dict.fromkeys(lines))
    jobs = ((line, names) for line in distinct)
    answers = dict(zip(distinct, pool.imap(answer, jobs, 16)))
    for mode in MODES:
        if mode in SINGLE and len(names) > 1:
            continue
        with tempfile.TemporaryDirectory() as directory:
            found = run_of_whorl(lines, names, mode, answers, directory)
        if found:
            return mode + ": " + found
    return None
