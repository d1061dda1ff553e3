# Warnings about signals of a catalog from a file that no record has.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Standard error and status, exactly, the warnings included.
warned() {
    if [ "$status" != "$1" ] || [ "$stderr" != "$2" ]; then
        echo "status $status, expected $1"
        diff -u <(echo "$2") <(echo "$stderr")
        return 1
    fi
}

@test "a signal that no record has is named, with the member whose name is most like its pointer" {
    catalog '@root|/s' 'agent|/http_usr_agent|g|exact' 'screen|/screen/widht|g|exact' '|/scren/width' \
        'lang|/langs/1/nam|g|exact' 'slash|/a~1c|g|exact' 'here|/here|g|exact'
    echo '{"s":{"http_user_agent":1,"http_use":2,"screen":{"width":3},"langs":[{"nome":0},{"name":2}],"a\u002fb":0,"here":1}}' >in
    run --separate-stderr whorl --select=present in
    warned 0 "whorl: $PWD/test.catalog:3:7: warning: no record has the signal agent: expected it at /http_usr_agent; did you mean /http_user_agent
whorl: $PWD/test.catalog:4:8: warning: no record has the signal screen: expected it at /screen/widht; did you mean /screen/width
whorl: $PWD/test.catalog:6:6: warning: no record has the signal lang: expected it at /langs/1/nam; did you mean /langs/1/name
whorl: $PWD/test.catalog:7:7: warning: no record has the signal slash: expected it at /a~1c; did you mean /a~1b"
    [ "$output" = '{"present":1}' ]
}

@test "no member is named that a pointer of the catalog leads to, or that is not much like it" {
    catalog 'width|/width|g|exact' 'widht|/widht|g|exact' 'deep|/sreen/dpr|g|exact' 'none|/nothing/like/it|g|exact'
    echo '{"width":1,"screen":{"dpr":2},"other":{}}' >in
    run --separate-stderr whorl --select=present in
    warned 0 "whorl: $PWD/test.catalog:3:7: warning: no record has the signal widht: expected it at /widht
whorl: $PWD/test.catalog:4:6: warning: no record has the signal deep: expected it at /sreen/dpr; did you mean /screen
whorl: $PWD/test.catalog:5:6: warning: no record has the signal none: expected it at /nothing/like/it"
}

@test "members that @pairs and @json make, of each other too, are named like any others" {
    catalog '@root|/s' '@root|/held' '@pairs|/s/headers|name|value|lower' '@json|/held' '@json|/s/headers/x-data' \
        '@pairs|/held/list|k|v' \
        'agent|/headers/usr-agent|g|exact' 'data|/headers/x-data/widht|g|exact' 'whole|/hearders|g|exact' \
        'list|/list/colour|g|exact' 'deep|/list/b/nmae|g|exact' 'key|/headers/nane|g|exact' \
        'here|/here|g|exact'
    cat >in <<'END'
{"s":{"here":1,"headers":[{"name":"User-Agent","value":"x"},{"name":"X-Data","value":"{\"width\" : 3}"},{"name":1}]}}
{"held":"{\"here\":1,\"list\":[{\"k\":\"color\",\"v\":1},{\"k\":\"b\",\"v\":{\"name\":2}}]}"}
END
    run --separate-stderr whorl --select=present in
    warned 0 "whorl: $PWD/test.catalog:8:7: warning: no record has the signal agent: expected it at /headers/usr-agent; did you mean /headers/user-agent
whorl: $PWD/test.catalog:9:6: warning: no record has the signal data: expected it at /headers/x-data/widht; did you mean /headers/x-data/width
whorl: $PWD/test.catalog:10:7: warning: no record has the signal whole: expected it at /hearders
whorl: $PWD/test.catalog:11:6: warning: no record has the signal list: expected it at /list/colour; did you mean /list/color
whorl: $PWD/test.catalog:12:6: warning: no record has the signal deep: expected it at /list/b/nmae; did you mean /list/b/name
whorl: $PWD/test.catalog:13:5: warning: no record has the signal key: expected it at /headers/nane"
}

@test "an error, undefined, null, an excluded and a retired signal are not absent" {
    catalog '@error|error' '@value|v' '@exclude|x|when|/off|true' 'a|/a|g|exact' 'b|/b/v|g|exact' 'n|/n|g|exact' \
        'x|/x|g|exact' 'r|/r|g|exact|retired'
    echo '{"a":{"error":"E"},"b":{},"n":null,"x":1,"off":true}' >in
    run --separate-stderr whorl --select=present in
    warned 0 ''
}

@test "one record of many that has the signal is enough, with any -j and with --no-cache" {
    catalog 'a|/a|g|exact' 'b|/b|g|exact' 'c|/c|g|exact' 'd|/d|g|exact' 'agent|/agnet|g|exact'
    python3 -c '
for i in range(60000):
    print("{\"a\":%d,\"agent\":0%s}" % (i % 5, {30000: ",\"b\":1", 59999: ",\"c\":null"}.get(i, "")))' >in
    for options in -j1 -j4 '-j1 --no-cache' '-j3 --no-cache'; do
        run --separate-stderr whorl -o out $options in
        warned 0 "whorl: $PWD/test.catalog:5:3: warning: no record has the signal d: expected it at /d
whorl: $PWD/test.catalog:6:7: warning: no record has the signal agent: expected it at /agnet; did you mean /agent"
    done
}

@test "names are compared with the members of the first 16 records, rejects aside" {
    catalog 'a|/a|g|exact' 'first|/frist|g|exact' 'later|/latre|g|exact'
    { for i in {1..15}; do printf '{"a":%s}\n{\n' $i; done; echo '{"a":1,"first":1}'; echo '{"a":1,"later":1}'; } >in
    for jobs in 1 3; do
        run --separate-stderr whorl -j$jobs -o out --max-rejects=15 in
        warned 0 "whorl: in:2:2: a record over several lines: expected it on one; try jq -c . FILE | whorl
whorl: in: 14 more lines like line 2, up to line 30: see --verbose
whorl: $PWD/test.catalog:3:7: warning: no record has the signal first: expected it at /frist; did you mean /first
whorl: $PWD/test.catalog:4:7: warning: no record has the signal later: expected it at /latre"
    done
}

@test "there is no warning without a record, with a built-in catalog, with --explain, or after status 2" {
    catalog 'a|/a|g|exact' 'b|/b|g|exact'
    run --separate-stderr whorl </dev/null
    warned 0 ''
    run --separate-stderr whorl <<<'{"c":1}'
    [ "$status" = 1 ] && [[ $stderr != *warning* ]]
    echo '{"a":1}' >in
    run --separate-stderr whorl --explain=a in
    warned 0 ''
    run --separate-stderr whorl in none
    warned 2 'whorl: none: No such file or directory'
    run --separate-stderr "$WHORL" <<<'{"signals":{"navigator":{"onLine":true}}}'
    warned 0 ''
}

@test "at most 20 signals of a catalog are named, and the others counted; each catalog has its own" {
    catalog 'a|/a|g|exact' $(for i in {1..27}; do echo "s$i|/s$i|g|exact"; done)
    printf '@catalog\tother\t1\na\t/a\tg\texact\nz\t/z\tg\texact\n' >other.catalog
    echo '{"a":1}' >in
    run --separate-stderr whorl --catalog=./other.catalog --select=present in
    warned 0 "$(for i in {1..20}; do echo "whorl: $PWD/test.catalog:$((i + 2)):$((${#i} + 3)): warning: no record has the signal s$i: expected it at /s$i"; done)
whorl: $PWD/test.catalog: warning: no record has 7 more of its signals: see --stats
whorl: ./other.catalog:3:3: warning: no record has the signal z: expected it at /z"
}

@test "names in warnings are cut and escaped" {
    long=$(printf 'n%.0s' {1..200})
    catalog 'a|/a|g|exact' "$long|/$long|g|exact" $'b|/xxxx\xe2\x80\xae|g|exact'
    printf '{"a":1,"xxxxx\xe2\x80\xae":1}\n' >in
    run --separate-stderr whorl --select=present in
    warned 0 "whorl: $PWD/test.catalog:3:202: warning: no record has the signal ${long:0:60}...: expected it at /${long:0:79}...
whorl: $PWD/test.catalog:4:3: warning: no record has the signal b: expected it at /xxxx\\u202e; did you mean /xxxxx\\u202e"
}

@test "rows that are copied from a built-in catalog are left out, unless their pointer is another one" {
    "$WHORL" --show-catalog=browser | sed $'s,^storage.cookies\t/storage/,&x,' >mine.catalog
    line=$(grep -n '^storage.cookies' mine.catalog)
    echo '{"signals":{"navigator":{"onLine":true},"storage":{"cookies":1}}}' >in
    run --separate-stderr "$WHORL" --catalog=./mine.catalog --select=present in
    warned 0 "whorl: ./mine.catalog:${line%%:*}:17: warning: no record has the signal storage.cookies: expected it at /storage/xcookies; did you mean /storage/cookies"
}
