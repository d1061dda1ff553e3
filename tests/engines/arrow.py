#!/usr/bin/env python3
"""arrow.py STREAM COLUMNS: has a reader of Arrow all that is in a STREAM of whorl? The reader of arrow_stream.py,
which tests/cli/arrow.bats compares with NDJSON, says what is in it; arrow.js printed the COLUMNS. Print the
number of values."""
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'cli'))
from arrow_stream import Stream


def is_same(want, got, kind):
    if want is None or got is None:
        return want is got
    if isinstance(want, list):
        return len(want) == len(got) and all(is_same(one, other, kind) for one, other in zip(want, got))
    if isinstance(want, bytes):
        return want.hex() == got
    return (float(got) if kind == 'f64' else int(got) if isinstance(want, int) else got) == want


stream = Stream(Path(sys.argv[1]).read_bytes())
metadata, *columns = (json.loads(line) for line in open(sys.argv[2], encoding='utf-8', newline='\n'))
assert metadata in ({}, dict(stream.metadata)), metadata
rows = list(stream.rows())
assert [name for name, _ in columns] == [field.name for field in stream.fields], 'names of columns'
count = 0
for i, (field, (name, got)) in enumerate(zip(stream.fields, columns)):
    want = [row[i] for row in rows]
    if isinstance(got, dict):
        counts = {'distinct': len(set(want)), 'nulls': want.count(None)}
        assert got == counts, (name, got, counts)
    else:
        assert len(got) == len(want), (name, len(got), len(want))
        for one, other in zip(want, got):
            assert is_same(one, other, field.type), (name, one, other)
    count += len(want)
print(count)
