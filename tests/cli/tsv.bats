# --format=tsv: lines of cells.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    golden=$top_srcdir/tests/golden
    printf '%s\n' '@catalog|test|1' '@id|/id' '@root|/s' '@error|error' '@exclude|b|when|/x|1' '@carry|tag|/tag' \
        '@carry|user|/u' 'a|/a|g|device||fact' 'p|/p|g|device||fact private' 'b|/b|h|build' \
        'old|/o|g|device|retired|fact' | tr '|' '\t' >test.catalog
}

tsv() {
    whorl --format=tsv "$@"
}

# Cells written with | in place of tabs.
cells() {
    tr '|' '\t' <<<"$1"
}

@test "by default: id, carried members and facts, identities, coverage and counts, under their names" {
    run --separate-stderr tsv <<<'{"id":"i","tag":[1,"x"],"s":{"a":"v","b":2}}'
    a=$(h64 'a="v"') b=$(h64 b=2)
    all=$(h128_bytes "$a$b") device=$(h128_bytes "$a")
    expect 0 "$(cells "id|carry.tag|carry.user|facts.a|ids.exact|ids.build|ids.install|ids.browser|ids.device|coverage.exact|coverage.build|coverage.install|coverage.browser|coverage.device|present|errors
i|[1,\"x\"]|\\N|v|$all|$all|$device|\\N|$device|2|2|1|0|1|2|0")"
}

@test "--select chooses, in the order of NDJSON, and each member of an object has a column" {
    run --separate-stderr tsv --select=states,values,signals,vector,groups,catalog,line,file <<<'{"id":"i","s":{"a":{"error":"E: x"},"p":1,"b":"\\"}}'
    a=$(h64 'a!E') p=$(h64 p=1) b=$(h64 'b="\\"')
    label=$(whorl --select=catalog <<<'{"s":{"a":1}}' | jq -r .catalog)
    expect 0 "$(cells "file|line|catalog|groups.g|groups.h|vector|signals.a|signals.p|signals.b|signals.old|values.a|values.b|states.a|states.b
-|1|$label|$(h64_bytes "$a$p")|$(h64_bytes "$b")|$a,$p,$b,0000000000000000|$a|$p|$b|\\N|\\N|\\\\|!E|\\N")"
}

@test "signals that are private or retired have columns of hashes only; --reveal shows the private ones" {
    run --separate-stderr tsv --select=facts,values,states --reveal <<<'{"s":{"a":1,"p":"q","x":1}}'
    expect 0 "$(cells 'facts.a|facts.p|values.a|values.p|values.b|states.a|states.p|states.b
1|q|1|q|\N|\N|\N|-')"
    run --separate-stderr tsv --select=facts,values,states <<<'{"s":{"a":1,"p":"q","x":1}}'
    expect 0 "$(cells 'facts.a|values.a|values.b|states.a|states.b
1|1|\N|\N|-')"
}

# The escapes by hand, as the manuals of PostgreSQL (COPY, text format) and ClickHouse have them.
@test "strings are text with escapes, null and what is missing is \\N, other values are JSON" {
    while IFS='|' read -r value cell; do
        run --separate-stderr tsv --no-header --select=carry <<<"{\"tag\":$value,\"s\":{\"a\":1}}"
        expect 0 "$cell"$'\t''\N'
    done <<'end'
"x"|x
""|
"\b\f\n\r\t\u000b"|\b\f\n\r\t\v
"\\"|\\
"\\N"|\\N
"\/\"'"|/"'
"\u0000"|\0
"\u00009"|\09
"\u00007"|\x007
"\u0000\u0030"|\x000
"\u0000\u0000"|\0\0
"\u0041\u00e9\ud83d\ude00"|Aé😀
"\ud83d-\ude00"|�-�
null|\N
"null"|null
true|true
"true"|true
-0|-0
1.50e+3|1.50e+3
18446744073709551616|18446744073709551616
[]|[]
{ "k" : "\n\\" }|{ "k" : "\\n\\\\" }
end
    run --separate-stderr tsv --no-header --select=carry <<<$'{"tag":[\t1],"s":{"a":1}}'
    expect 0 '[\t1]'$'\t''\N'
    # Other control characters, DEL and what is not ASCII are as they are.
    run --separate-stderr tsv --no-header --select=id <<<'{"id":"\u0001\u001b\u007f\u0085\u2028\ufeff","s":{"a":1}}'
    expect 0 $'\x01\x1b\x7f\xc2\x85\xe2\x80\xa8\xef\xbb\xbf'
}

@test "names of columns are escaped too" {
    printf '@catalog\ttest\t1\n@carry\t\\N\xc3\xa9\t/c\na\\b\t/a\tg\tdevice\t\tfact\n' >names.catalog
    run --separate-stderr "$WHORL" --catalog=names.catalog --format=tsv --select=carry,facts <<<'{"a":1}'
    expect 0 "$(cells 'carry.\\Né|facts.a\\b
\N|1')"
}

@test "the header comes first, without records too; --no-header leaves it out" {
    run --separate-stderr tsv --select=id,present </dev/null
    expect 0 $'id\tpresent'
    run --separate-stderr tsv --select=id,present --no-header </dev/null
    expect 0 ''
    run --separate-stderr tsv --select=id,present - <<<'{"id":7,"s":{"a":1}}
x
{"s":{"a":1}}'
    expect 1 "$(cells 'id|present
7|1
\N|1')" 'whorl: -:2:1: unknown word: expected true, false, null, or a string in double quotes'
}

@test "an output takes one catalog, but each catalog may have its own" {
    printf '@catalog\tother\t1\n@carry\tmine\t/id\na\t/s/a\tg\tdevice\n' >other.catalog
    usage_error '--format=tsv: expected one catalog per output: use --catalog NAME=FILE' \
        tsv --catalog=other.catalog
    run --separate-stderr tsv --catalog=other.catalog=own --select=id,carry <<<'{"id":1,"s":{"a":1}}'
    expect 0 "$(cells 'id|carry.tag|carry.user
1|\N|\N')"
    [ "$(cat own)" = "$(cells 'id|carry.mine
\N|1')" ]
}

@test "a catalog without the selected members gives lines without cells" {
    printf '@catalog\tother\t1\na\t/a\tg\tdevice\n' >other.catalog
    "$WHORL" --catalog=other.catalog --format=tsv --select=carry <<<'{"a":1}' >out
    printf '\n\n' | cmp - out
}

@test "the id of a library is a column after the identities" {
    record='{"visitorId":"b72e40e1ff74534a600ef1d21c1acc26","components":{"hdr":{"value":true,"duration":2},"vendor":{"value":"Google Inc."}}}'
    run --separate-stderr "$WHORL" --catalog=fingerprintjs --format=tsv --select=ids.visitorId,present <<<"$record"
    expect 0 $'ids.visitorId\tpresent\nb72e40e1ff74534a600ef1d21c1acc26\t2'
    run --separate-stderr "$WHORL" --catalog=fingerprintjs --format=tsv --select=ids,ids.visitorId <<<"$record"
    [[ ${lines[0]} == $'ids.exact\t'*$'\tids.device\tids.visitorId' && ${lines[1]} == *$'\tb72e40e1ff74534a600ef1d21c1acc26' ]]
}

# Cells as they are read by others, beside NDJSON as Python reads it.
@test "TSV says what NDJSON says, for hard texts and for captures" {
    members=file,line,id,carry,facts,ids,coverage,present,errors,groups,vector,signals,values,states
    cp "$golden/rule-tsv.ndjson" hard
    zstd -dcq "$top_srcdir/data/captures/fpjs.ndjson.zst" | awk 'NR % 40 == 0' >fpjs
    cp "$top_srcdir/data/sample.ndjson" sample
    for pair in "$golden/rule-tsv.catalog hard" 'fingerprintjs fpjs' 'browser sample'; do
        for reveal in '' --reveal; do
            # shellcheck disable=SC2086
            "$WHORL" --catalog=${pair% *} $reveal --select=$members ${pair#* } >out.ndjson
            "$WHORL" --catalog=${pair% *} $reveal --select=$members --format=tsv ${pair#* } >out.tsv
            run -0 --separate-stderr python3 "$top_srcdir/tests/cli/tsv-model.py" out.ndjson out.tsv
            [ "$output" -gt 500 ]
        done
    done
}

@test "the bytes are the same with any number of threads, without cache, and into a file" {
    zstd -dcq "$top_srcdir/data/captures/fpjs.ndjson.zst" | awk 'NR % 10 == 0' >some
    for i in 1 2 3 4; do cat some; done >in
    tsv=("$WHORL" --catalog=fingerprintjs --format=tsv --select=file,line,id,facts,ids,ids.visitorId,groups,values)
    "${tsv[@]}" --no-cache -j1 in >want
    [ "$(wc -l <want)" = $(($(wc -l <in) + 1)) ]
    for options in -j1 -j2 -j5 '-j2 --no-cache' '--stats=stats -o out' '--dictionary=words -o out' '--verify -j3'; do
        # shellcheck disable=SC2086
        "${tsv[@]}" $options in >shown || [ "$options" = '--verify -j3' ]
        [[ $options == *-o* ]] || mv shown out
        cmp out want
    done
    "$WHORL" --catalog=fingerprintjs --dictionary=words.ndjson in >/dev/null
    cmp <(sort -u words) <(sort -u words.ndjson)
    [ "$(jq .records stats)" = "$(wc -l <in)" ]
}

@test "--diff does not read TSV, and says what it reads" {
    tsv <<<'{"id":1,"s":{"a":1}}' >out.tsv
    whorl <<<'{"id":1,"s":{"a":1}}' >out
    run --separate-stderr whorl --diff out out.tsv
    expect 2 '' 'whorl: out.tsv: no NDJSON or binary output of whorl: expected lines of JSON, or binary rows with their header (not --no-header)'
    usage_error '--format: expected ndjson with --diff; without --format the report is text' \
        whorl --diff --format=tsv out out
}

@test "the module csv of Python reads it" {
    tsv --select=id,carry,facts <<<'{"id":"\"a,\n","tag":"b\"","s":{"a":"c\t"}}' >out
    run -0 --separate-stderr python3 -c '
import csv
with open("out", newline="", encoding="utf-8") as file:
    print(list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))'
    [ "$output" = "[{'id': '\"a,\\\\n', 'carry.tag': 'b\"', 'carry.user': '\\\\N', 'facts.a': 'c\\\\t'}]" ]
}

@test "sqlite3 imports it" {
    command -v sqlite3 >/dev/null || skip 'no sqlite3'
    printf '%s\n' '{"id":"\"1","tag":"x, y","s":{"a":"\"q\" \""}}' '{"id":2,"tag":"","s":{"a":null}}' '{"id":3,"tag":"z","s":{"a":"\\"}}' >in
    tsv in >out
    run -0 --separate-stderr sqlite3 -cmd '.mode ascii' -cmd '.separator "\t" "\n"' -cmd '.import out visits' \
        visits.db '.mode list' '.separator "|" "\n"' \
        'select id, "carry.tag", "facts.a", present, length("ids.device"), "carry.user" is '"'\\N'"' from visits'
    expect 0 '"1|x, y|"q" "|1|32|1
2||\N|1|32|1
3|z|\\|1|32|1'
}

@test "cut, sort and join take it" {
    tsv --no-header --select=id,ids <<<'{"id":"k1","s":{"a":1}}
{"id":"k2","s":{"a":2}}' | cut -f 1,6 | sort -t $'\t' -k 2 >known
    tsv --no-header --select=id,ids <<<'{"id":"n1","s":{"a":2,"b":1}}
{"id":"n2","s":{"a":3}}' | cut -f 1,6 | sort -t $'\t' -k 2 >new
    run -0 --separate-stderr join -t $'\t' -1 2 -2 2 -a 2 -e - -o 2.1,1.1 known new
    [ "$(sort <<<"$output")" = $'n1\tk2\nn2\t-' ]
}
