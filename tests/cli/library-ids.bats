# The ids that fingerprinting libraries gave, computed again: --select=ids.visitorId and
# ids.thumbmark, --verify. The expected ids were printed by the libraries themselves:
# FingerprintJS 5.2.0, 3.4.2 and 3.0.0, ThumbmarkJS 1.11.0.

load helper

# {b: {value: "héllo"}, a: {}}, by release.
VISITOR=46917ee6aef6b2d3736470a440ee893a
VISITOR_3=d18440c1926050b10e27711b4775e94b
VISITOR_3_0=1bb11f7da8e8c29d207a666cff8c279f
COMPONENTS='"components":{"b":{"value":"héllo"},"a":{},"hdr":{}}'
# {b: "é", a: {d: 2, c: 1}}, sorted and not.
THUMBMARK=4a4b2fd128b001d6cf7baf86503cd466
THUMBMARK_1_3=823cd063f81505af3c46c000ab45a371

# A catalog with the signal b, and the library $1.
library_catalog() {
    printf '@catalog\tc\t1\n@id\t/id\n@root\t/components\n@root\t/data\n@root\t/x/y/components\n@library\t%s\nb\t/b\tg\tdevice\na\t/a\tg\tdevice\n' "$1" \
        >"$BATS_TEST_TMPDIR/$1.catalog"
}

by_library() {
    "$WHORL" --catalog="$BATS_TEST_TMPDIR/$1.catalog" "${@:2}"
}

@test "ids.visitorId is the library's own id, by the rule of the release" {
    library_catalog fingerprintjs
    while read -r version id; do
        run --separate-stderr by_library fingerprintjs --select=ids.visitorId \
            <<<"{${version/@/}\"components\":{\"b\":{\"value\":\"héllo\"},\"a\":{}}}"
        expect 0 "{\"ids\":{\"visitorId\":$id}}"
    done <<END
"version":"5.2.0", "$VISITOR"
"version":"4.0.1", "$VISITOR"
"version":"4.0.0", "$VISITOR_3"
"version":"3.1.0", "$VISITOR_3"
"version":"3.0.9", "$VISITOR_3_0"
"version":"2.1.5", null
"version":7, "$VISITOR"
@ "$VISITOR"
END
}

@test "ids.thumbmark is the library's own id, of sorted text since 1.4" {
    library_catalog thumbmarkjs
    while read -r version id; do
        run --separate-stderr by_library thumbmarkjs --select=ids.thumbmark \
            <<<"{${version/@/}\"components\":{\"b\":\"é\",\"a\":{\"d\":2,\"c\":1}}}"
        expect 0 "{\"ids\":{\"thumbmark\":\"$id\"}}"
    done <<END
"version":"1.11.0", $THUMBMARK
"version":"1.3.2", $THUMBMARK_1_3
"version":"0.20.6", $THUMBMARK_1_3
@ $THUMBMARK
END
}

@test "the built-in catalogs have their libraries" {
    run --separate-stderr "$WHORL" --catalog=fingerprintjs --select=ids.visitorId \
        <<<'{"components":{"fonts":{"value":["Arial","Courier"]},"domBlockers":{},"a:b|c\\d":{"value":0},"audio":{"value":124.04347527516074},"osCpu":{"duration":0},"bad":{"error":{}},"nan":{"value":[null,null,1e+21,1e-7,0.30000000000000004]},"hdr":{"value":false},"nested":{"value":{"b":1,"a":{"d":1}}},"str":{"value":"é\"\u2028\ud800\u0007"}}}'
    expect 0 '{"ids":{"visitorId":"9d95b6e7b176855af0b3efcf5fb0c071"}}'
    run --separate-stderr "$WHORL" --catalog=thumbmarkjs --select=ids.thumbmark,present \
        <<<'{"components":{"system":{}}}'
    [ "$status" = 1 ]
}

@test "the id is the last of ids, and only where it is selected" {
    library_catalog fingerprintjs
    record='{"id":1,"components":{"b":{"value":"héllo"},"a":{}}}'
    without=$(by_library fingerprintjs <<<"$record")
    [[ $without != *visitorId* ]]
    run --separate-stderr by_library fingerprintjs --select=id,ids,ids.visitorId,present <<<"$record"
    [ "$status" = 0 ]
    [[ $output == '{"id":1,"ids":{"exact":"'*',"device":"'*"\",\"visitorId\":\"$VISITOR\"},\"present\":2}" ]]
    run --separate-stderr by_library fingerprintjs --select=present,ids.visitorId <<<"$record"
    expect 0 "{\"ids\":{\"visitorId\":\"$VISITOR\"},\"present\":2}"
}

@test "of several catalogs, that of the library has its id" {
    library_catalog fingerprintjs
    library_catalog thumbmarkjs
    printf '@catalog\tplain\t1\nx\t/components/b\tg\tdevice\n' >"$BATS_TEST_TMPDIR/plain.catalog"
    run --separate-stderr "$WHORL" --catalog="$BATS_TEST_TMPDIR/plain.catalog" \
        --catalog="$BATS_TEST_TMPDIR/thumbmarkjs.catalog" \
        --catalog="$BATS_TEST_TMPDIR/fingerprintjs.catalog" --select=present,ids.visitorId \
        <<<'{"components":{"b":{"value":"héllo"},"a":{}}}'
    expect 0 "{\"present\":1}
{\"present\":2}
{\"ids\":{\"visitorId\":\"$VISITOR\"},\"present\":2}"
}

@test "there is no id where the root is not called components, or a component is none" {
    library_catalog fingerprintjs
    for record in '{"data":{"b":{"value":"héllo"},"a":{}}}' \
        '{"components":{"b":{"value":"héllo"},"a":null}}' \
        '{"components":{"b":{"value":"héllo"},"a":0}}' \
        '{"components":{"b":"x"}}'; do
        run --separate-stderr by_library fingerprintjs --select=ids.visitorId <<<"$record"
        expect 0 '{"ids":{"visitorId":null}}'
    done
}

@test "version and id are beside the components, wherever those are" {
    library_catalog fingerprintjs
    run --separate-stderr by_library fingerprintjs --select=ids.visitorId --stats="$BATS_TEST_TMPDIR/s" <<END
{"version":"5.0.0","visitorId":"x","x":{"y":{"components":{"b":{"value":"héllo"},"a":{}},"version":"3.4.2","visitorId":"$VISITOR_3"}}}
{"version":"3.4.2","visitorId":"x","x":{"y":{"components":{"b":{"value":"héllo"},"a":{}}}}}
END
    expect 0 "{\"ids\":{\"visitorId\":\"$VISITOR_3\"}}
{\"ids\":{\"visitorId\":\"$VISITOR\"}}"
    [[ $(<"$BATS_TEST_TMPDIR/s") == *'"visitorId":{"stated":1,"differs":0,"incomparable":0}'* ]]
}

@test "binary rows have the id after all else, if it is selected" {
    library_catalog fingerprintjs
    record='{"id":1,"components":{"b":{"value":"héllo"},"a":{}}}'
    by_library fingerprintjs --format=binary --no-header <<<"$record" >"$BATS_TEST_TMPDIR/without"
    by_library fingerprintjs --format=binary --no-header --select=ids.visitorId <<<"$record" \
        >"$BATS_TEST_TMPDIR/with"
    # 128 bytes, a group and two signals: the id is at 152, and fits within 192.
    cmp -n 152 "$BATS_TEST_TMPDIR/without" "$BATS_TEST_TMPDIR/with"
    [ "$(od -A n -t x1 -j 152 -N 16 "$BATS_TEST_TMPDIR/with" | tr -d ' \n')" = "$VISITOR" ]
    [ "$(wc -c <"$BATS_TEST_TMPDIR/with")" = 192 ]
    header=$(by_library fingerprintjs --format=binary --select=ids.visitorId <<<"$record" |
        LC_ALL=C tr -d '\0\r\n\032' | LC_ALL=C sed 's/\x89WHL//g')
    [[ $header == *'{"name":"id:visitorId","offset":152,"type":"u8","count":16}]'* ]]
    by_library fingerprintjs --format=binary --select=ids.visitorId <<<'{"id":1,"data":{"b":1}}' \
        >"$BATS_TEST_TMPDIR/null"
    by_library fingerprintjs --select=id,catalog,ids,ids.visitorId,groups,signals <<<'{"id":1,"data":{"b":1}}' \
        >"$BATS_TEST_TMPDIR/null.ndjson"
    run -0 "$WHORL" --diff "$BATS_TEST_TMPDIR/null" "$BATS_TEST_TMPDIR/null.ndjson"
}

@test "--diff compares the ids of libraries like other identities, of both formats" {
    library_catalog fingerprintjs
    by_library fingerprintjs --select=id,catalog,ids,ids.visitorId,groups,signals \
        <<<'{"id":1,"components":{"b":{"value":"héllo"},"a":{}}}' >"$BATS_TEST_TMPDIR/1"
    by_library fingerprintjs --format=binary --select=ids.visitorId \
        <<<'{"id":1,"components":{"b":{"value":"héllo"},"a":{}}}' >"$BATS_TEST_TMPDIR/2"
    by_library fingerprintjs --select=id,catalog,ids,ids.visitorId,groups,signals \
        <<<'{"id":1,"version":"3.4.2","components":{"b":{"value":"héllo"},"a":{}}}' >"$BATS_TEST_TMPDIR/3"
    run -0 "$WHORL" --diff "$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
    run -1 "$WHORL" --diff "$BATS_TEST_TMPDIR/2" "$BATS_TEST_TMPDIR/3"
    [[ $output == *visitorId* ]]
}

@test "--verify lists the records that state another id, by line, and gives 1" {
    library_catalog fingerprintjs
    {
        printf '{"visitorId":"%s","components":{"b":{"value":"héllo"},"a":{}}}\n' "$VISITOR" \
            "${VISITOR%a}b" "${VISITOR^^}" "00${VISITOR#??}" Abcdefghij0123456789 x
        echo '{"visitorId":null,"components":{"b":{"value":"héllo"},"a":{}}}'
        echo '{"components":{"b":{"value":"héllo"},"a":{}}}'
        echo '{"visitorId":"secret","components":{"b":{"value":"héllo"},"a":null}}'
        echo '{"visitorId":"secret","data":{"b":1}}'
        echo
        echo "{\"visitorId\":\"$VISITOR\",\"components\":{\"b\":{\"value\":\"h\u00E9llo\" , \"duration\":1.50} ,\"\u0061\":{}}}"
        echo "{\"visitorId\":\"$VISITOR\",\"components\":{\"b\":{\"value\":\"hello\"},\"a\":{}}}"
    } >"$BATS_TEST_TMPDIR/in"
    cd "$BATS_TEST_TMPDIR"
    run --separate-stderr "$WHORL" --catalog=./fingerprintjs.catalog --select=present --verify --stats=stats in
    expect 1 "$output" 'whorl: in:2: visitorId is not that of the components: see --verify
whorl: in:4: visitorId is not that of the components: see --verify
whorl: in:13: visitorId is not that of the components: see --verify'
    [ "${#lines[@]}" = 12 ]
    [[ $(<stats) == *'"uncataloged":0,"visitorId":{"stated":5,"differs":3,"incomparable":3},"groups":'* ]]
    run --separate-stderr "$WHORL" --catalog=./fingerprintjs.catalog --select=present --stats=stats in
    [ "$status" = 0 ]
    [ -z "$stderr" ]
    [[ $(<stats) == *'"visitorId":{"stated":5,"differs":3,"incomparable":3}'* ]]
}

@test "--verify of thumbmark: members in another order are the same since 1.4, another number is not" {
    library_catalog thumbmarkjs
    run --separate-stderr by_library thumbmarkjs --select=present --verify <<END
{"thumbmark":"$THUMBMARK","visitorId":"x","components":{"a":{"c":1.0,"d":2e0},"b":"\u00e9"}}
{"thumbmark":"$THUMBMARK_1_3","version":"1.3.2","components":{"a":{"c":1,"d":2},"b":"é"}}
{"thumbmark":"$THUMBMARK","components":{"a":{"c":1,"d":2.5},"b":"é"}}
END
    expect 1 "$output" 'whorl: -:2: thumbmark is not that of the components: see --verify
whorl: -:3: thumbmark is not that of the components: see --verify'
}

@test "--verify and rejects: messages are in the order of lines, with any number of threads" {
    library_catalog fingerprintjs
    for i in {1..3000}; do
        echo '{"visitorId":"ffffffffffffffffffffffffffffffff","components":{"b":{"value":1},"a":{}}}'
        ((i % 700)) || echo '{"visitorId":'
        ((i % 900)) || echo '[]'
    done >"$BATS_TEST_TMPDIR/in"
    cd "$BATS_TEST_TMPDIR"
    awk '/ffff/ { print "whorl: in:" NR ": visitorId is not that of the components: see --verify" }' in >expected
    for jobs in 1 3; do
        run --separate-stderr "$WHORL" -v -j "$jobs" --catalog=./fingerprintjs.catalog --select=present --verify in
        [ "$status" = 1 ]
        [ "${#lines[@]}" = 3000 ]
        grep -v 'in:[0-9]*:[0-9]' <<<"$stderr" | cmp - expected
        cut -d : -f 3 <<<"$stderr" | sort -nc
    done
}

@test "the ids are the same with and without the cache, and whatever --stats asks" {
    zstd -dcq --long=27 "$top_srcdir/data/captures/changes-fpjs.ndjson.zst" | head -n 40 >"$BATS_TEST_TMPDIR/in"
    fpjs() { "$WHORL" --catalog=fingerprintjs --select=id,ids,ids.visitorId,values "$@" "$BATS_TEST_TMPDIR/in"; }
    run -0 --separate-stderr fpjs
    [ "${#lines[@]}" = 40 ]
    [ "$(fpjs --no-cache)" = "$output" ]
    [ "$(fpjs --stats=/dev/null -j 2)" = "$output" ]
    [ "$(fpjs --verify)" = "$output" ]
}

@test "without the library in a catalog the options are refused" {
    run --separate-stderr "$WHORL" --verify <<<'{}'
    expect 2 '' "whorl: --verify: expected a catalog with a line '@library NAME', such as --catalog=fingerprintjs"
    run --separate-stderr "$WHORL" --select=ids,ids.visitorId <<<'{}'
    expect 2 '' "whorl: --select=ids.visitorId: expected a catalog with a line '@library fingerprintjs', such as --catalog=fingerprintjs"
    run --separate-stderr "$WHORL" --catalog=fingerprintjs --select=ids.thumbmark <<<'{}'
    expect 2 '' "whorl: --select=ids.thumbmark: expected a catalog with a line '@library thumbmarkjs', such as --catalog=thumbmarkjs"
    run --separate-stderr "$WHORL" --catalog=fingerprintjs --format=binary --select=ids,ids.visitorId <<<'{}'
    expect 2 '' "whorl: --select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary rows have all members
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --select=ids.exact <<<'{}'
    [ "$status" = 2 ]
    [[ $stderr == "whorl: --select: unknown member 'ids.exact': expected some of id, carry, catalog, facts, ids, coverage, present, errors, groups, sketch, vector, signals, values, states, ids.visitorId, ids.thumbmark, file, line"* ]]
}

@test "@library changes no digest" {
    library_catalog fingerprintjs
    grep -v @library "$BATS_TEST_TMPDIR/fingerprintjs.catalog" >"$BATS_TEST_TMPDIR/without.catalog"
    record='{"components":{"b":{"value":"héllo"},"a":{}}}'
    [ "$(by_library fingerprintjs <<<"$record")" = "$(by_library without <<<"$record")" ]
}
