#!/usr/bin/env python3
"""compare.py select COLUMNS WHAT: print what ClickHouse must select.
compare.py WHAT OUTPUT ROWS [COLUMNS HEADER]: has a table of an engine, as ROWS show it, all that an
output of whorl has, as Python reads the OUTPUT? Print the number of values.

WHAT  OUTPUT   ROWS
cells TSV      objects of DuckDB, a line each: the cells as they are
lines NDJSON   the same: members, with objects in them
texts TSV      TSV of ClickHouse, in any order: the text of cells
rows  binary   the same, bytes in hexadecimal digits: the columns of which COLUMNS has the names and types; HEADER is the
               binary output of no records
"""
import json
import struct
import sys
from pathlib import Path

ESCAPES = {'0': '\0', 'b': '\b', 't': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r'}


def unescaped(cell):
    """The text of a cell by whorl-vector(5), or as ClickHouse writes it; None for null."""
    if cell == '\\N':
        return None
    text, rest = '', iter(cell)
    for c in rest:
        if c == '\\':
            c = next(rest)
            if c == 'x':
                c = chr(int(next(rest) + next(rest), 16))
            else:
                c = ESCAPES.get(c, c)
        text += c
    return text


def read(path):
    # Not by universal newlines: only LF ends a line.
    with open(path, encoding='utf-8', newline='\n') as file:
        return [line.rstrip('\n') for line in file]


def sort_key(row):
    return [(value is not None, str(value)) for value in row]


def cells(output, rows):
    lines = [line.split('\t') for line in read(output)]
    names = [unescaped(name) for name in lines[0]]
    want = [dict(zip(names, (None if cell == '\\N' else cell for cell in line))) for line in lines[1:]]
    return want, [json.loads(row) for row in read(rows)]


def is_same(want, got):
    """Has a column of text the JSON value WANT? DuckDB may spell numbers in another way."""
    if isinstance(want, dict) and isinstance(got, dict):
        return all(is_same(want.get(name), got[name]) for name in got) and want.keys() <= got.keys()
    if isinstance(want, list) and isinstance(got, list):
        return len(want) == len(got) and all(map(is_same, want, got))
    if want is None or isinstance(want, str) or got is None:
        return want == got
    return json.loads(got) == want


def lines(output, rows):
    want = [json.loads(line) for line in read(output)]
    got = [json.loads(row) for row in read(rows)]
    # An object without members is no column.
    want = [{name: value for name, value in row.items() if value != {} or name in got[0]} for row in want]
    assert len(want) == len(got), f'{len(want)} lines, {len(got)} rows'
    for one, other in zip(want, got):
        assert is_same(one, other), f'{one}\n{other}'
    return want, want


def texts(output, rows):
    want = [[unescaped(cell) for cell in line.split('\t')] for line in read(output)[1:]]
    got = [[unescaped(cell) for cell in line.split('\t')] for line in read(rows)]
    return sorted(want, key=sort_key), sorted(got, key=sort_key)


NUMBERS = dict(u16='H', u32='I', u64='Q', i64='q', f64='d', xxh3='Q')
ARRAYS = ('groups', 'vector', 'sketch')


def binary_rows(data, head):
    """Each row, with its columns by the header."""
    blocks, stride, _, _, length = struct.unpack_from('<5I', head, 12)
    text = b''.join(head[i * stride + 8 : (i + 1) * stride] for i in range(blocks))[24 : 24 + length]
    header = json.loads(text)
    tag = bytes.fromhex(header['digest'])[:8]
    for at in range(0, len(data), stride):
        row = data[at : at + stride]
        if row[:8] == tag:
            yield row, header['columns']


def kept(row, columns):
    bitmap = b''
    for column in columns:
        name, kind, at, count = (column[key] for key in ('name', 'type', 'offset', 'count'))
        if kind == 'u8':
            digits = row[at : at + count].hex()
            value = None if name.startswith('id:') and not int(digits, 16) else digits
        elif kind == 'utf8':
            value = row[at : at + count].split(b'\0')[0].decode()
        else:
            value = struct.unpack_from(f'<{count}{NUMBERS[kind]}', row, at)
            value = list(value) if name in ARRAYS else value[0]
        if name == 'bitmap':
            bitmap = row[at : at + 8 * count]
        elif 'bit' in column and not bitmap[column['bit'] // 8] >> column['bit'] % 8 & 1:
            yield None
        elif name != 'tag':
            yield value


def typed(cell, kind):
    text = unescaped(cell)
    if text is None or 'String' in kind:
        return text
    if kind.startswith('Array'):
        return json.loads(text)
    return float(text) if 'Float' in kind else int(text)


def rows(output, result, columns, header):
    kinds = [line.split('\t')[1] for line in read(columns)]
    data, head = (Path(path).read_bytes() for path in (output, header))
    want = [list(kept(*row)) for row in binary_rows(data, head)]
    got = [list(map(typed, line.split('\t'), kinds)) for line in read(result)]
    return sorted(want, key=sort_key), sorted(got, key=sort_key)


def selection(columns, what):
    """What is selected of a table of ClickHouse for `texts` or `rows`."""
    for line in read(columns):
        name, kind = line.split('\t')[:2]
        quoted = '`' + name.replace('`', '\\`') + '`'
        yield f'lower(hex({quoted}))' if 'Fixed' in kind and what == 'rows' else quoted


what, *files = sys.argv[1:]
if what == 'select':
    print(', '.join(selection(*files)))
    sys.exit()
want, got = {'cells': cells, 'lines': lines, 'texts': texts, 'rows': rows}[what](*files)
assert len(want) == len(got) > 0, f'{len(want)} in the output, {len(got)} in the table'
for one, other in zip(want, got):
    assert one == other, f'{one}\n{other}'
print(sum(map(len, want)))
