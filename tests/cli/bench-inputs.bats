# The inputs of scripts/bench are what their names say; otherwise a measurement would mean nothing.
# Python's json reads them, so their values are compared and not their spelling.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" >captures
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$top_srcdir/generators python3 - >facts <<'END'
import json

from bench_kinds import lines

KINDS = """visitors one-shape distinct fresh-0 fresh-50 orders orders-again edits-drop edits-add edits-swap mix
size-3 synthetic33 signals-100"""


def leaves(value, path=()):
    """{path: text} of a record's leaves, in their order."""
    if not isinstance(value, dict) or not value:
        return {path: json.dumps(value, sort_keys=True)}
    found = {}
    for name, member in value.items():
        found.update(leaves(member, path + (name,)))
    return found


def read(path):
    with open(path, encoding="utf-8") as file:
        return [leaves(json.loads(line)) for line in file]


def places_changed(record):
    return min(sum(a != b for a, b in zip(order, record)) for order in orders
               if set(order) == set(record))


for kind in KINDS.split():
    with open(kind, "wb") as file:
        file.writelines(lines(kind, 5))
with open("paired", "wb") as file:
    file.writelines(lines("visitors", 5, seed=1, without_unpaired=True))
captures = read("captures")
shapes = {frozenset(capture) for capture in captures}
orders = {tuple(capture) for capture in captures}

for record in read("visitors"):
    like = [capture for capture in captures if tuple(capture) == tuple(record)]
    differ = min(sum(capture[path] != record[path] for path in record) for capture in like)
    new = all(capture[path,] != record[path,] for capture in like for path in ("event_id", "ts"))
    print("visitors:", 20 < differ < 100, new)
seen = {leaf for capture in captures for leaf in capture.items()}
for record in read("distinct"):
    print("distinct:", {text for path, text in record.items() if (path, text) in seen} <= {"{}"})
    seen.update(record.items())
for record in read("orders"):
    print("orders:", frozenset(record) in shapes, tuple(record) not in orders)
for record in read("edits-drop"):  # an object that lost all its members is a leaf, too
    left = {path for path, text in record.items() if text != "{}"}
    print("edits-drop:", min(len(shape - record.keys()) for shape in shapes if left <= shape))
for record in read("edits-add"):
    print("edits-add:", min(len(record.keys() - shape) for shape in shapes if shape < set(record)))
for record in read("edits-swap"):
    print("edits-swap:", places_changed(record))
for record in read("synthetic33"):
    print("synthetic33:", len(record) - len(["event_id", "ts"]))
END
}

setup() {
    inputs=$top_srcdir/generators/bench-inputs
    cd "$BATS_FILE_TMPDIR"
}

# five KIND FACT: the fact is true of each of the five records of that kind.
five() {
    run --separate-stderr grep "^$1:" facts
    expect 0 "$(yes "$1: $2" | head -n 5)" ''
}

@test "every line of every kind is a record" {
    for kind in visitors one-shape distinct fresh-0 fresh-50 orders orders-again edits-drop edits-add \
        edits-swap mix size-3 synthetic33; do
        run --separate-stderr sh -c '"$1" --select=id "$2" | wc -l' sh "$WHORL" "$kind"
        expect 0 5 ''
    done
    "$inputs" --catalog signals-100 >"$BATS_TEST_TMPDIR/made.catalog"
    run --separate-stderr "$WHORL" --catalog="$BATS_TEST_TMPDIR/made.catalog" --select=present \
        signals-100
    expect 0 "$(yes '{"present":100}' | head -n 5)" ''
}

@test "the same arguments give the same bytes, and a smaller count their beginning" {
    run --separate-stderr sh -c '"$1" --seed=1 --paired visitors 3 | cmp - "$2"' sh "$inputs" \
        <(head -n 3 paired)
    expect 0 '' ''
    run --separate-stderr cmp -s paired visitors
    expect 1 '' ''
}

@test "with --paired no unpaired surrogate is left" {
    for file in visitors paired; do
        "$WHORL" --select=id --stats="$BATS_TEST_TMPDIR/stats" "$file" >"$BATS_TEST_TMPDIR/ids"
        jq .unpaired "$BATS_TEST_TMPDIR/stats"
    done >"$BATS_TEST_TMPDIR/unpaired"
    run --separate-stderr cat "$BATS_TEST_TMPDIR/unpaired"
    expect 0 "$(printf '5\n0')" ''
}

@test "a visitor is a capture with new id and time, in which less than 100 leaves differ" {
    five visitors 'True True'
}

@test "with distinct no value, except of empty objects, occurs twice at its path" {
    five distinct True
}

@test "with orders the members are those of a capture, in a random order" {
    five orders 'True True'
}

@test "edits are five members missing, five added, ten at other paths" {
    five edits-drop 5
    five edits-add 5
    five edits-swap 10
}

@test "synthetic33 has 1,044 signals in 33 KB" {
    five synthetic33 1044
    run --separate-stderr awk 'length < 30000 || length > 36000' synthetic33
    expect 0 '' ''
}

@test "an unknown input is a usage error" {
    run --separate-stderr "$inputs" fresh 3
    expect 2 '' "bench-inputs: error: no input 'fresh': --help lists them"
}
