# --format=arrow: an Arrow IPC stream. arrow_stream.py reads it, written from the specification of Arrow.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' '@catalog|test|1' '@id|/id' '@root|/s' '@error|error' '@exclude|b|when|/x|1' '@sketch|g|64' '@sketch|h|40' \
        '@carry|tag|/tag' '@carry|ts|/ts|u64' '@carry|at|/at|i64' '@carry|x|/fx|f64' 'a|/a|g|device||fact' \
        'p|/p|g|device||fact private' 'b|/b|h|build||fact:u64' 'c|/c|h|build||fact:i64' 'd|/d|h|build||fact:f64' \
        'old|/o|g|device|retired|fact' | tr '|' '\t' >test.catalog
    all=file,line,id,carry,catalog,facts,ids,coverage,present,errors,groups,sketch,vector,signals,values,states
}

arrow() {
    whorl --format=arrow "$@"
}

model() {
    python3 "$top_srcdir/tests/cli/arrow-model.py" "$@"
}

# same FILE...: says the stream what NDJSON says of the records?
same() {
    whorl --select="$all" "$@" >lines
    arrow --select="$all" "$@" >stream
    model lines stream
}

@test "by default: id and key, carried members and facts, identities, coverage and counts, with types" {
    arrow <<<'{"id":"i","s":{"a":1}}' >stream
    run -0 --separate-stderr model --schema stream
    expect 0 'id utf8?
key bytes16?
carry.tag utf8?
carry.ts u64?
carry.at i64?
carry.x f64?
facts.a utf8?
facts.b u64?
facts.c i64?
facts.d f64?
ids.exact bytes16?
ids.build bytes16?
ids.install bytes16?
ids.browser bytes16?
ids.device bytes16?
coverage.exact u32
coverage.build u32
coverage.install u32
coverage.browser u32
coverage.device u32
present u32
errors u32'
}

@test "--select chooses, in the order of NDJSON; vector and sketch are lists, signals are columns" {
    arrow --select=states,values,signals,vector,sketch,groups,catalog,line,file <<<'{"s":{"a":1}}' >stream
    run -0 --separate-stderr model --schema stream
    expect 0 'file utf8
line u64
catalog utf8
groups.g u64?
groups.h u64?
sketch u64[2]
vector u64?[6]
signals.a u64?
signals.p u64?
signals.b u64?
signals.c u64?
signals.d u64?
signals.old u64?
values.a utf8?
values.b utf8?
values.c utf8?
values.d utf8?
states.a utf8?
states.b utf8?
states.c utf8?
states.d utf8?'
    arrow --select=facts --reveal <<<'{"s":{"a":1}}' >stream
    run -0 --separate-stderr model --schema stream
    expect 0 $'facts.a utf8?\nfacts.p utf8?\nfacts.b u64?\nfacts.c i64?\nfacts.d f64?'
    printf '@catalog\ttest\t1\na\t/s/a\tg\tdevice\n' >test.catalog
    arrow --select=carry,sketch,present <<<'{"s":{"a":1}}' >stream
    run -0 --separate-stderr model --schema stream
    expect 0 'present u32'
}

@test "the metadata of the schema is that of the header of binary output" {
    arrow <<<'{"s":{"a":1}}' >stream
    digest=$(whorl --describe=json | jq -r .digest)
    [ "$(model --metadata stream | jq -cS 'del(.producer)')" = "{\"catalog\":\"test-1\",\"digest\":\"$digest\",\"groups\":\"[\\\"g\\\",\\\"h\\\"]\",\"signals\":\"[\\\"a\\\",\\\"p\\\",\\\"b\\\",\\\"c\\\",\\\"d\\\",\\\"old\\\"]\",\"unicode\":\"15.0.0\"}" ]
    [ "$(model --metadata stream | jq -r .producer)" = "whorl $(cat "$top_srcdir/VERSION")" ]
}

@test "hard values: what NDJSON says, in each type" {
    cat >in <<'end'
{"id":"x","tag":"t","ts":1000,"at":-5,"fx":1.5,"s":{"a":"text","p":"private","b":1,"c":-1,"d":0.1,"x":1}}
{"id":18446744073709551616,"ts":18446744073709551615,"at":9223372036854775807,"fx":1e308,"tag":null,"s":{"a":1,"b":9007199254740993,"c":9007199254740992}}
{"id":1,"ts":18446744073709551616,"at":-9223372036854775808,"fx":"1","s":{"a":true,"b":18446744073709549568,"c":-9223372036854775808,"d":1e308}}
{"id":"1","ts":-1,"at":9223372036854775808,"fx":-0,"s":{"a":null,"b":18446744073709551615,"c":9223372036854775807,"d":-0}}
{"id":"\"\\\t\n\u0000N","ts":1.5e1,"at":"t","tag":{"k":["\n",1.5]},"s":{"a":{"k":"\\N"},"b":1.5,"c":"1","d":"1"}}
{"id":"","tag":"","s":{"a":""}}
{"id":"é😀\ud800\u2028\udc00","tag":"\ud83d\ude00\ud83d","s":{"a":"é😀\ud800\u2028"}}
{"id":null,"tag":[],"s":{"a":{"error":"E: x"},"b":[],"d":{"error":""}}}
{"tag":false,"s":{"old":1,"a":"\u0000\u001f\u007f"}}
end
    run -0 same in
    [ "$output" -gt 300 ]
    run -0 same --reveal in
    for pair in fpjs:fingerprintjs:ids.visitorId thumbmark:thumbmarkjs:ids.thumbmark; do
        IFS=: read -r name catalog member <<<"$pair"
        zstd -dcq "$top_srcdir/data/captures/$name.ndjson.zst" | head -n 8 >in
        "$WHORL" --catalog="$catalog" --select="id,ids,$member,facts,values" in >lines
        "$WHORL" --catalog="$catalog" --select="id,ids,$member,facts,values" --format=arrow in >stream
        run -0 model lines stream
        model --schema stream | grep -qx "$member bytes16?"
    done
}

@test "a batch ends with 1024 rows, or with 4 MiB of data: at the borders too" {
    for n in 0 1 1023 1024 1025 2048 2049; do
        seq "$n" | sed 's/.*/{"id":&,"s":{"a":"v&"}}/' >in
        whorl --select=id,facts,present in >lines
        arrow --select=id,facts,present in >stream
        run -0 model lines stream
        case $n in
        0) want=end ;;
        1 | 1023 | 1024) want="$n end" ;;
        1025) want='1024 1 end' ;;
        2048) want='1024 1024 end' ;;
        2049) want='1024 1024 1 end' ;;
        esac
        run -0 model --batches stream
        expect 0 "$want"
    done
    # A row has 4 bytes of an offset, and its text: 2^22 / 65536 = 64 rows.
    python3 -c '
for n in [65532] * 64 + [65531] * 64 + [1] + [5000000, 1]:
    print("{\"s\":{\"a\":\"%s\"}}" % ("v" * n))' >in
    arrow --select=values --max-record=8M <in >stream 2>/dev/null || true
    arrow --select=values --max-record=8000000 <in >stream
    whorl --select=values --max-record=8000000 <in >lines
    run -0 model lines stream
}

@test "an output of no records has a schema, no batch and an end" {
    arrow </dev/null >stream
    run -0 --separate-stderr model --batches stream
    expect 0 'end'
    echo x | tee rejected >in
    run "$WHORL" --catalog test.catalog --format=arrow -o stream in
    [ "$status" = 1 ]
    run -0 --separate-stderr model --batches stream
    expect 0 'end'
}

@test "the bytes do not depend on threads, the cache, or how input arrives" {
    for i in {1..3000}; do
        printf '{"id":%s,"s":{"a":"%s","b":%s}}\n' "$i" "$((i % 7))" "$i"
        [ $((i % 500)) != 1 ] || echo 'no record'
    done >in
    run "$WHORL" --catalog test.catalog --format=arrow --select=+vector,values -j1 -o one in
    [ "$status" = 1 ]
    for options in -j2 -j3 '-j1 --no-cache' '-j2 --no-cache' --line-buffered; do
        # shellcheck disable=SC2086
        "$WHORL" --catalog test.catalog --format=arrow --select=+vector,values $options in >other 2>/dev/null || true
        cmp one other
    done
    { head -n 1000 in; sleep 0.1; sed -n '1001,$p' in; } |
        "$WHORL" --catalog test.catalog --format=arrow --select=+vector,values >other 2>/dev/null || true
    cmp one other
    split -l 700 in part.
    "$WHORL" --catalog test.catalog --format=arrow --select=+vector,values part.* >other 2>/dev/null || true
    cmp one other
}

@test "each catalog has a stream of its own" {
    printf '@catalog\tother\t1\n@id\t/id\nq\t/s/a\tq\tdevice\t\tfact\n' >other.catalog
    seq 1500 | sed 's/.*/{"id":&,"s":{"a":"v"}}/' >in
    run --separate-stderr "$WHORL" --format=arrow --catalog=./test.catalog=one --catalog=./other.catalog=two -j2 in
    expect 0 ''
    for pair in test:one other:two; do
        "$WHORL" --format=arrow --catalog="./${pair%:*}.catalog" in >stream
        cmp stream "${pair#*:}"
    done
    usage_error '--format=arrow: expected one catalog per output: use --catalog NAME=FILE' \
        "$WHORL" --format=arrow --catalog=browser --catalog=browser in
}

@test "a run that fails writes the rows it has, and no end; no file is made" {
    seq 1030 | sed 's/.*/{"id":&,"s":{"a":"v"}}/' >in
    run "$WHORL" --catalog=./test.catalog --format=arrow none in
    [ "$status" = 2 ]
    "$WHORL" --catalog=./test.catalog --format=arrow in none >stream 2>messages || status=$?
    [ "$status" = 2 ]
    run -0 --separate-stderr model --batches stream
    expect 0 '1024 6'
    run "$WHORL" --catalog=./test.catalog --format=arrow -o made in none
    [ "$status" = 2 ]
    [ ! -e made ]
}

@test "options that do not go together with it are status 2" {
    usage_error '--no-header: expected --format=binary or --format=tsv with it' whorl --format=arrow --no-header
    usage_error '--format: expected ndjson with --diff; without --format the report is text' \
        "$WHORL" --diff --format=arrow x y
    usage_error '--format: expected ndjson or tsv with --match' "$WHORL" --match --format=arrow x y
    usage_error "--describe=numpy: expected --format=binary with it" whorl --describe=numpy --format=arrow
}

@test "a stream does not go to a terminal" {
    run script -qec "'$WHORL' --catalog test.catalog --format=arrow </dev/null" /dev/null
    [ "$status" = 2 ]
    [ "${output%$'\r'}" = 'whorl: standard output: arrow output does not go to a terminal: use -o FILE or a pipe' ]
}

@test "--diff, --match and the filter do not read a stream, and say what to use" {
    arrow <<<'{"id":1,"s":{"a":1}}' >stream
    whorl <<<'{"id":1,"s":{"a":1}}' >lines
    message='an Arrow stream, which whorl does not read: expected lines of JSON, as pyarrow, pandas and whorl --format=ndjson make them'
    for command in '--diff stream lines' '--match stream lines' '--catalog=./test.catalog stream'; do
        # shellcheck disable=SC2086
        run --separate-stderr "$WHORL" $command
        [ "$status" = 2 ]
        [ "${stderr_lines[0]}" = "whorl: stream: $message" ]
    done
}

@test "--describe=json has the columns of the schema" {
    arrow --select=$all </dev/null >stream
    run -0 --separate-stderr whorl --describe=json --format=arrow --select=$all
    [ "$(jq -r '.columns[] | "\(.name) \(.type)\(if .type == "bytes" then 16 else "" end)\(if .null then "?" else "" end)\(if .count then "[\(.count)]" else "" end)"' <<<"$output")" = "$(model --schema stream)" ]
    [ "$(jq -c '[.format, .groups, keys_unsorted]' <<<"$output")" = '["arrow",["g","h"],["format","producer","catalog","digest","unicode","columns","groups","signals"]]' ]
}
