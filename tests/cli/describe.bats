# --describe: the layout of an output, as other programs take it.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog '@id|/id' '@carry|ts|/ts|u64' '@carry|who|/who' '@sketch|g|64' 'a|/a|g|device||fact:i64' \
        'p/~|/p|g|device||fact private' 'b|/b|h|build' 'old|/o|g|device|retired|fact'
    printf '%s\n' '{"id":"x","ts":1000,"who":"me","a":-2,"b":"v","p/~":1}' '{"a":1.5}' '{"id":18446744073709551615,"ts":"t","b":"\t\\","p":[1]}' >in
}

describe() {
    whorl --describe="$@"
}

# The text in the header of binary output, which whorl-vector(5) describes.
header() {
    python3 -c '
import sys
data = sys.stdin.buffer.read()
number = lambda at: int.from_bytes(data[at : at + 4], "little")
blocks, stride, length = number(12), number(16), number(28)
text = b"".join(data[i * stride + 8 : (i + 1) * stride] for i in range(blocks))
sys.stdout.buffer.write(text[24 : 24 + length])'
}

@test "json of NDJSON: each value that a line may have, with pointer and type" {
    members=file,line,id,carry,facts,ids,coverage,present,groups,sketch,vector,signals,states
    run -0 --separate-stderr describe json --select=$members
    [ "$(jq -r '.columns[] | "\(.pointer) \(.type) \(.null) \(.count // 1)"' <<<"$output")" = '/file text false 1
/line u64 false 1
/id json true 1
/carry/ts json true 1
/carry/who json true 1
/facts/a json true 1
/ids/exact hash128 true 1
/ids/build hash128 true 1
/ids/install hash128 true 1
/ids/browser hash128 true 1
/ids/device hash128 true 1
/coverage/exact u64 false 1
/coverage/build u64 false 1
/coverage/install u64 false 1
/coverage/browser u64 false 1
/coverage/device u64 false 1
/present u64 false 1
/groups/g hash64 true 1
/groups/h hash64 true 1
/sketch hash64 false 1
/vector hash64 true 4
/signals/a hash64 true 1
/signals/p~1~0 hash64 true 1
/signals/b hash64 true 1
/signals/old hash64 true 1
/states/a text true 1
/states/b text true 1' ]
    [ "$(jq -c 'del(.columns, .producer, .digest)' <<<"$output")" = '{"format":"ndjson","catalog":"test-1","unicode":"15.0.0","groups":["g","h"],"signals":["a","p/~","b","old"]}' ]
    [ "$(whorl --select=catalog <<<'{"a":1}' | jq -r .catalog)" = "$(jq -r '"\(.catalog):\(.digest[:16])"' <<<"$output")" ]
    run -0 --separate-stderr describe json --select=facts --reveal
    [ "$(jq -r '.columns[].name' <<<"$output")" = $'facts.a\nfacts.p/~' ]
}

@test "json of NDJSON has the paths of all values of captures, and their types" {
    zstd -dcq "$top_srcdir/data/captures/fpjs.ndjson.zst" | awk 'NR % 40 == 0' >fpjs
    cp "$top_srcdir/data/sample.ndjson" sample
    members=file,line,id,carry,catalog,facts,ids,ids.visitorId,coverage,present,errors,groups,sketch,vector,signals,values,states
    for pair in 'fingerprintjs fpjs' 'browser sample' './test.catalog in'; do
        select=$members
        [ "${pair% *}" = fingerprintjs ] || select=${members/ids.visitorId,/}
        for reveal in '' --reveal; do
            # shellcheck disable=SC2086
            "$WHORL" --catalog="${pair% *}" --select=$select $reveal ${pair#* } >lines
            # shellcheck disable=SC2086
            "$WHORL" --catalog="${pair% *}" --select=$select $reveal --describe=json >layout
            run -0 python3 "$top_srcdir/tests/cli/describe-lines.py" layout lines
            [ "$output" -gt 20 ]
        done
    done
}

@test "json of TSV: the columns of its header, and whether there is one" {
    for select in '' --select=id,carry,facts,ids,vector,signals,values,states,groups,sketch '--select=values --reveal'; do
        # shellcheck disable=SC2086
        describe json --format=tsv $select | jq -r '[.columns[].name] | join("\t")' >names
        # shellcheck disable=SC2086
        whorl --format=tsv $select </dev/null | cmp - names
    done
    run -0 --separate-stderr describe json --format=tsv
    [ "$(jq -c '[.format, .header, .columns[0]]' <<<"$output")" = '["tsv",true,{"name":"id","type":"json","null":true}]' ]
    run -0 --separate-stderr describe json --format=tsv --no-header
    [ "$(jq .header <<<"$output")" = false ]
}

@test "json of binary rows is what their header has, and the size of a row" {
    for select in '' --select=+sketch; do
        # shellcheck disable=SC2086
        describe json --format=binary $select | jq -c 'del(.format, .header, .stride)' >layout
        # shellcheck disable=SC2086
        whorl --format=binary $select in | header | cmp - <(tr -d '\n' <layout)
    done
    # By hand: 128 bytes, a bitmap, 5 plain values, 2 groups, 4 signals: 224 bytes.
    run -0 --separate-stderr describe json --format=binary --no-header
    [ "$(jq -c '[.format, .header, .stride]' <<<"$output")" = '["binary",false,256]' ]
    [ "$(jq -c '[.columns[] | select(.name == "vector")]' <<<"$output")" = '[{"name":"vector","offset":192,"type":"u64","count":4}]' ]
    run -0 --separate-stderr "$WHORL" --describe=json --format=binary --catalog=fingerprintjs --select=ids.visitorId
    [ "$(jq -r '.columns[-1].name' <<<"$output")" = id:visitorId ]
}

# What the values are is known from NDJSON and xxhsum, and by hand.
@test "numpy: a module whose dtype reads files, files that were joined, and bytes of a pipe" {
    describe numpy --format=binary --select=+sketch -o layout.py
    whorl --format=binary --select=+sketch in >one
    cat one one >two
    whorl --select=+sketch in >lines
    cat >read.py <<'end'
import json, sys
import numpy
from layout import *

def rows_of(data):
    return data[(data["tag"] == tag).all(axis=1)]

rows = rows_of(numpy.memmap("two", row, "r"))
lines = [json.loads(line) for line in open("lines")] * 2
assert row.itemsize == 256 and len(rows) == len(lines) == 6
assert (rows[:3] == rows_of(numpy.frombuffer(sys.stdin.buffer.read(), row))).all()
zero = lambda text: int(text or "0", 16)
for got, line in zip(rows, lines):
    assert [int(n) for n in got["vector"]] == [zero(text) for text in line["vector"]]
    assert [int(n) for n in got["groups"]] == [zero(text) for text in line["groups"].values()]
    assert [int(n) for n in got["sketch"]] == [zero(text) for text in line["sketch"]]
    for name, text in line["ids"].items():
        assert got["id:" + name].tobytes().hex() == (text or "0" * 32)
        assert got["coverage:" + name] == line["coverage"][name]
    assert got["present"] == line["present"] and got["errors"] == line["errors"]
assert groups == ["g", "h"] and signals == ["a", "p/~", "b", "old"]
print(rows["fact:a"].tolist(), rows["carry:ts"].tolist(), rows["bitmap"].tolist())
end
    # The plain values a, p/~, old, ts and who are bits 0 to 4; 1.5 is no i64, and "t" no u64.
    run -0 numpy read.py <one
    [ "$output" = '[-2, 0, 0, -2, 0, 0] [1000, 0, 0, 1000, 0, 0] [[25], [0], [0], [25], [0], [0]]' ]
}

# In the catalog the names a"\n\ and, beyond ASCII, U+2028 and U+00E9; the group g'.
hard_names() {
    { printf '@catalog\ttest\t1\n'
      printf '%s\t/a\tg'"'"'\tdevice\t\tfact\n' 'a"\n\'
      printf '\xe2\x80\xa8\xc3\xa9\t/b\tg'"'"'\tdevice\n'; } >test.catalog
}

@test "numpy: names are those of the catalog, whatever is in them" {
    hard_names
    describe numpy --format=binary --no-header -o layout.py
    cat >check.py <<'end'
import layout
hard = "a" + chr(34) + chr(92) + "n" + chr(92)
assert layout.signals == [hard, chr(0x2028) + chr(0xE9)]
assert layout.groups == ["g" + chr(39)]
assert layout.row.names[-3] == "fact:" + hard
end
    run -0 numpy check.py
    run ! grep tag.all layout.py
}

@test "sqlite: commands that fill a table from TSV, with nulls and integers, and add rows to it" {
    command -v sqlite3 >/dev/null || skip 'no sqlite3'
    a=$(h64 a=1.5) id=$(h128_bytes "$a")
    for header in '' --no-header; do
        # shellcheck disable=SC2086
        describe sqlite --format=tsv --select=+line,signals $header -o layout.sql
        # shellcheck disable=SC2086
        whorl --format=tsv --select=+line,signals $header in | sqlite3 -bail visits.db '.read layout.sql'
    done
    run -0 --separate-stderr sqlite3 visits.db 'select count(*), sum(line), sum("coverage.device"), count("carry.ts"), count("ids.browser") from vectors'
    expect 0 '6|12|6|4|0'
    run -0 --separate-stderr sqlite3 visits.db 'select distinct id, "carry.ts", "facts.a", "ids.device", present from vectors where "signals.a" = '"'$a'"
    expect 0 "||1.5|$id|1"
    run -0 --separate-stderr sqlite3 visits.db 'select distinct typeof(line), typeof(id), id from vectors where id > '"'1'"
    expect 0 $'integer|text|x\ninteger|text|18446744073709551615'
    # A table of another layout is left as it is.
    describe sqlite --format=tsv --select=values -o other.sql
    run ! --separate-stderr sqlite3 -bail visits.db '.read other.sql' < <(whorl --format=tsv --select=values in)
    [[ $stderr == *'has no column named values.a'* ]]
}

@test "sqlite: names are those of the catalog, whatever is in them" {
    command -v sqlite3 >/dev/null || skip 'no sqlite3'
    hard_names
    describe sqlite --format=tsv --select=values -o layout.sql
    whorl --format=tsv --select=values <<<'{"a":"1","b":"2"}' | sqlite3 -bail visits.db '.read layout.sql'
    run -0 --separate-stderr sqlite3 visits.db "select name from pragma_table_info('vectors')"
    expect 0 $'values.a"\\n\\\nvalues.\xe2\x80\xa8\xc3\xa9'
    [ "$(sqlite3 visits.db 'select * from vectors')" = '1|2' ]
}

# tests/engines/check-engines has ClickHouse and DuckDB take such text. Here it is by hand.
@test "clickhouse: binary rows go to a table of all their bytes, and from there to one of their meaning" {
    catalog '@id|/id' '@carry|ts|/ts|u64' 'a|/a|g|device||fact:f64' 'b`|/b|g|device'
    run -0 --separate-stderr describe clickhouse --format=binary
    tag=$(whorl --select=catalog <<<'{"a":1}' | jq -r '.catalog[-16:]')
    ids() { printf "$1" exact build install browser device; }
    producer=$("$WHORL" --version | head -n 1)
    expect 0 "-- Output of $producer, --format=binary, catalog test-1:$tag
-- Use: clickhouse-client --multiquery <THIS
--      clickhouse-client --max_insert_block_size=349526 --query='INSERT INTO vectors_rows FORMAT RowBinary' <OUTPUT
CREATE TABLE vectors_rows (
    \`tag\` FixedString(8),
    \`key\` FixedString(16),
    \`present\` UInt32,
    \`errors\` UInt32,
$(ids '    `id:%s` FixedString(16),\n')
$(ids '    `coverage:%s` UInt16,\n')
    \`zeros:122\` FixedString(6),
    \`bitmap\` FixedString(8),
    \`fact:a\` Float64,
    \`carry:ts\` UInt64,
    \`groups\` FixedString(8),
    \`vector\` FixedString(16),
    \`zeros:176\` FixedString(16)
) ENGINE = Null;
CREATE TABLE vectors (
    \`key\` FixedString(16),
    \`present\` UInt32,
    \`errors\` UInt32,
$(ids '    `id:%s` Nullable(FixedString(16)),\n')
$(ids '    `coverage:%s` UInt16,\n')
    \`fact:a\` Nullable(Float64),
    \`carry:ts\` Nullable(UInt64),
    \`groups\` Array(UInt64),
    \`vector\` Array(UInt64)
) ENGINE = MergeTree ORDER BY key;
CREATE MATERIALIZED VIEW vectors_view TO vectors AS SELECT
    \`key\`,
    \`present\`,
    \`errors\`,
$(for id in exact build install browser device; do echo "    nullIf(\`id:$id\`, toFixedString('', 16)) AS \`id:$id\`,"; done)
$(ids '    `coverage:%s`,\n')
    if(bitTest(reinterpretAsUInt64(substring(bitmap, 1, 8)), 0), \`fact:a\`, NULL) AS \`fact:a\`,
    if(bitTest(reinterpretAsUInt64(substring(bitmap, 1, 8)), 1), \`carry:ts\`, NULL) AS \`carry:ts\`,
    arrayMap(x -> reinterpretAsUInt64(unhex(x)), extractAll(hex(\`groups\`), '.{16}')) AS \`groups\`,
    arrayMap(x -> reinterpretAsUInt64(unhex(x)), extractAll(hex(\`vector\`), '.{16}')) AS \`vector\`
FROM vectors_rows
WHERE tag = unhex('$tag');"
}

# The title of a description of the format $1: the version, the catalog.
title() {
    echo "-- Output of $("$WHORL" --version | head -n 1), --format=$1, catalog $(whorl --select=catalog <<<'{"a":1}' | jq -r .catalog)"
}

@test "clickhouse: TSV goes to a table of its columns" {
    catalog 'a`\|/a|g|device||fact'
    run -0 --separate-stderr describe clickhouse --format=tsv --select=line,id,catalog,facts,groups,vector,states --no-header
    expect 0 "$(title 'tsv --no-header')
-- Use: clickhouse-client --multiquery <THIS
--      clickhouse-client --query='INSERT INTO vectors FORMAT TabSeparated' <OUTPUT
CREATE TABLE vectors (
    \`line\` UInt64,
    \`id\` Nullable(String),
    \`catalog\` String,
    \`facts.a\\\`\\\\\` Nullable(String),
    \`groups.g\` Nullable(FixedString(16)),
    \`vector\` String,
    \`states.a\\\`\\\\\` Nullable(String)
) ENGINE = MergeTree ORDER BY tuple();"
    run -0 --separate-stderr describe clickhouse --format=tsv --select=ids
    [[ $output == *"'INSERT INTO vectors FORMAT TabSeparatedWithNames' <OUTPUT"*'`ids.device` Nullable(FixedString(32))'* ]]
}

@test "duckdb: NDJSON goes to a table of its members, TSV to one of its columns" {
    catalog '@library|fingerprintjs' 'a"|/a|g|device||fact' 'b|/b|g|device'
    run -0 --separate-stderr describe duckdb --select=id,facts,ids.visitorId,present,groups,vector
    expect 0 "$(title ndjson)
-- Use: duckdb DATABASE -c '.read THIS' <OUTPUT
CREATE TABLE IF NOT EXISTS vectors (
    \"id\" VARCHAR,
    \"facts\" STRUCT(\"a\"\"\" VARCHAR),
    \"ids\" STRUCT(\"visitorId\" VARCHAR),
    \"present\" UBIGINT,
    \"groups\" STRUCT(\"g\" VARCHAR),
    \"vector\" VARCHAR[]
);
COPY vectors (\"id\", \"facts\", \"ids\", \"present\", \"groups\", \"vector\")
FROM '/dev/stdin' (FORMAT json, AUTO_DETECT false, ARRAY false);"
    run -0 --separate-stderr describe duckdb --format=tsv --select=id,facts,present,vector
    expect 0 "$(title tsv)
-- Use: duckdb DATABASE -c '.read THIS' <OUTPUT
CREATE TABLE IF NOT EXISTS vectors (
    \"id\" VARCHAR,
    \"facts.a\"\"\" VARCHAR,
    \"present\" UBIGINT,
    \"vector\" VARCHAR
);
COPY vectors (\"id\", \"facts.a\"\"\", \"present\", \"vector\")
FROM '/dev/stdin' (FORMAT csv, AUTO_DETECT false, HEADER true, DELIMITER '\\t', QUOTE '', ESCAPE '', NULL '\\N');"
    run -0 --separate-stderr describe duckdb --format=tsv --select=present --no-header
    [[ $output == *' HEADER false, '* ]]
}

@test "the description goes where -o says, and no input is read" {
    run -0 --separate-stderr describe json -o layout <&-
    expect 0 ''
    describe json | cmp - layout
    run --separate-stderr describe json -o /dev/full
    expect 2 '' 'whorl: /dev/full: No space left on device'
    run --separate-stderr bash -c '"$WHORL" --describe=json >/dev/full'
    expect 2 '' 'whorl: standard output: No space left on device'
}

@test "a table must have columns, and names that the engine takes for different ones" {
    catalog 'Fonts|/a|g|device||fact' 'fonts|/b|g|device||fact'
    for form in 'sqlite tsv' 'duckdb tsv' 'duckdb ndjson' 'clickhouse tsv'; do
        run --separate-stderr describe "${form% *}" --format="${form#* }" --select=carry
        expect 2 '' "whorl: --describe=${form% *}: no columns: expected --select with members that the catalog has"
    done
    for form in 'sqlite tsv' 'duckdb tsv' 'duckdb ndjson'; do
        run --separate-stderr describe "${form% *}" --format="${form#* }" -o out
        expect 2 '' "whorl: --describe=${form% *}: a second column 'facts.fonts' in any case: expected --select without one of them"
        [ ! -e out ]
    done
    describe clickhouse --format=tsv >/dev/null
    run -0 --separate-stderr describe json --select=carry
    [ "$(jq -c .columns <<<"$output")" = '[]' ]
    "$WHORL" --describe=sqlite --format=tsv --catalog=thumbmarkjs --select=facts,groups >/dev/null
}

@test "what does not go together is refused, with what was expected" {
    usage_error '--describe: expected json, clickhouse, duckdb, sqlite or numpy, not '"''" describe ''
    usage_error '--describe: expected json, clickhouse, duckdb, sqlite or numpy, not '"'xml'" describe xml
    usage_error '--describe=numpy: expected --format=binary with it' describe numpy
    usage_error '--describe=numpy: expected --format=binary with it' describe numpy --format=tsv
    usage_error '--describe=clickhouse: expected --format=tsv or --format=binary with it' describe clickhouse
    usage_error '--describe=duckdb: expected --format=ndjson or --format=tsv with it' \
        describe duckdb --format=binary
    usage_error '--describe=sqlite: expected --format=tsv with it' describe sqlite
    usage_error '--describe: expected no FILE with it: it reads no records' describe json in
    usage_error '--describe: expected at most one --catalog: each has an output of its own' \
        describe json --catalog=browser
    usage_error '--catalog: expected NAME without FILE with --describe: it writes no vectors' \
        "$WHORL" --describe=json --catalog=browser=out
    usage_error '--select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary rows have all members' \
        describe json --format=binary --select=id
    usage_error '--no-header: expected --format=binary or --format=tsv with it' describe json --no-header
    usage_error '--rejects: expected no --describe with it' describe json --rejects=out
    usage_error '--describe: expected no --diff with it' describe json --diff in in
    run --separate-stderr describe json --select=ids.thumbmark
    expect 2 '' "whorl: --select=ids.thumbmark: expected a catalog with a line '@library thumbmarkjs', such as --catalog=thumbmarkjs"
    [ ! -e out ]
}
