#!/usr/bin/env python3
"""arrow-model.py NDJSON ARROW: says ARROW what NDJSON says? Both are output of whorl for the same records
and the same members, as whorl-vector(5) describes them. Prints the number of values compared.
arrow-model.py --schema ARROW: print the columns, a line each: name, type, ? if it may be null.
arrow-model.py --metadata ARROW: print the metadata of the schema, an object.
arrow-model.py --batches ARROW: print the number of rows in each batch, and "end" if the end is marked.
"""
import json
import re
import subprocess
import sys
from fractions import Fraction

sys.dont_write_bytecode = True
from arrow_stream import DATA, ROWS, Stream


def number(text, kind, exact):
    """The value of a JSON text in a column of numbers; of a fact its double counts."""
    if not re.match('[-0-9]', text):
        return None
    if kind == 'f64':
        return float(text) + 0.0
    value = Fraction(text) if exact else float(text)
    low, high = (0, 2 ** 64 - 1) if kind == 'u64' else (-2 ** 63, 2 ** 63 - 1)
    if value != int(value) or not low <= int(value) <= high:
        return None
    return int(value)


def without_surrogates(text):
    return re.sub('[\ud800-\udfff]', '\ufffd', text)


def expected(text, field, member):
    """The value of a column for the JSON text of NDJSON, None if it is not there."""
    if text is None or text == 'null':
        return None
    if field.type == 'bytes16':
        return bytes.fromhex(json.loads(text))
    if member in ('groups', 'signals'):
        return int(json.loads(text), 16)
    if member in ('sketch', 'vector'):
        return [word and int(word, 16) for word in json.loads(text)]
    if field.type == 'utf8':
        return without_surrogates(json.loads(text)) if text[0] == '"' else text
    return number(text, field.type, member != 'facts')


def parts(text):
    """The members of an object without white space: name and text of each, as they are written."""
    decoder, at, found = json.JSONDecoder(), 1, {}
    while text[at] != '}':
        at += text[at] == ','
        name, at = decoder.raw_decode(text, at)
        end = decoder.raw_decode(text, at + 1)[1]
        found[name] = text[at + 1:end]
        at = end
    return found


def key_of(text):
    """XXH3-128 of the id, by xxhsum."""
    if text == 'null':
        return None
    done = subprocess.run(['xxhsum', '-H2'], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return bytes.fromhex(done.stdout.split()[0].decode())


def check_batches(stream):
    """Each batch ends with the row with which it is full."""
    for i, (count, weight) in enumerate(zip(stream.counts, stream.weights)):
        full = count == ROWS or weight >= DATA
        last = i + 1 == len(stream.counts)
        assert 0 < count <= ROWS and (full or last), (i, count, weight)
        if count > 1:
            columns = stream.batches[i]
            row = sum(len((column[-1] or '').encode()) + 4 if field.type == 'utf8' else
                      {'u32': 4, 'bytes16': 16, 'list': 8 * getattr(field, 'size', 0)}.get(field.type, 8)
                      for field, column in zip(stream.fields, columns))
            assert weight - row < DATA, (i, count, weight)


def compare(lines, stream):
    """Compare all values; the number of them."""
    count = 0
    assert len(set(field.name for field in stream.fields)) == len(stream.fields)
    rows = list(stream.rows())
    assert len(rows) == len(lines), (len(rows), len(lines))
    for number_, (line, row) in enumerate(zip(lines, rows), 1):
        members, seen = parts(line), {}
        objects = {member: parts(text) for member, text in members.items() if text[0] == '{'}
        for field, value in zip(stream.fields, row):
            member, _, own = field.name.partition('.')
            if member == 'key':
                want = key_of(members['id']) if number_ <= 50 else value
            elif own:
                seen.setdefault(member, set()).add(own)
                want = expected(objects[member].get(own), field, member)
            else:
                want = expected(members[member], field, member)
            assert value == want and type(value) is type(want), (number_, field.name, value, want)
            count += 1
        names = {field.name for field in stream.fields}
        for member, text in members.items():
            # Nothing of the line is missing from the columns.
            if member in objects:
                assert set(objects[member]) <= seen.get(member, set()), member
            else:
                assert member in names or text == '[]', member
    return count


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def main():
    stream = Stream(read(sys.argv[2]))
    if sys.argv[1] == '--schema':
        print('\n'.join(field.text() for field in stream.fields))
    elif sys.argv[1] == '--metadata':
        print(json.dumps(dict(stream.metadata)))
    elif sys.argv[1] == '--batches':
        print(*stream.counts, *['end'] * stream.complete)
    else:
        lines = read(sys.argv[1]).decode().split('\n')[:-1]
        assert stream.complete, 'the end is not marked'
        check_batches(stream)
        print(compare(lines, stream))


main()
