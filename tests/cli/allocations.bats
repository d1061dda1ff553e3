# Each allocation fails in turn, once or from then on, in the program or in a library that it calls:
# the output is right, or there is a message and status 2.

load helper

# The library that makes calls fail; none if it cannot be made.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # shellcheck disable=SC2086 # CC may have options
    ${CC:-cc} -shared -fPIC -o fail.so "$top_srcdir/tests/cli/fail.c" || :
}

setup() {
    library=$BATS_FILE_TMPDIR/fail.so
    [ -e "$library" ] || skip 'no library can be made to preload'
    # A sanitizer wants to be the first library. This one calls it.
    export ASAN_OPTIONS=verify_asan_link_order=0
    cd "$BATS_TEST_TMPDIR"
    catalog '@id|/id' '@carry|time|/t|u64' '@root|/s' '@root|' '@error|error|took' '@value|value' \
        '@epoch|1' '@min|exact|1' '@transient|Timeout' '@exclude|b|when|/c|{"x":[1,null]}' '@keep|bb' \
        '@pairs|/s/p|k|v|lower' '@json|/s/j' 'p|/p/a|h|exact|percent split(",")' 'j|/j/x|h|exact' \
        'a|/a|g|device|nfkc fold language' '|/also/a' \
        'b|/b|h|exact|each(enum(1,"two",[3])) sort uniq|fact private' \
        'c|/c|h|exact|pick(x,"y") undefined-if(null,"","x")|fact:f64' 'd|/d/d|h|volatile|bucket(1,2)'
    for id in 1 '"two"' null; do
        printf '%s\n' "{\"id\":$id,\"t\":5,\"s\":{\"a\":\"Ｆü\",\"b\":[3,2,\"two\"],\"c\":{\"x\":[1,null],\"y\":2},\"p\":[{\"k\":\"A\",\"v\":1},{\"k\":\"a\",\"v\":\"%41,\"}],\"j\":\"{\\\"x\\\":[1]}\"}}" \
            "{\"id\":$id,\"a\":\"z\",\"d\":{\"d\":{\"value\":1}},\"c\":{\"error\":{\"name\":\"Timeout\"}}}"
    done >in
}

# Each allocation of the command $2… fails in turn. $1 are options of fail-each.py.
each() {
    local status=0
    # shellcheck disable=SC2086 # several, or none
    python3 "$top_srcdir/tests/cli/fail-each.py" "$library" allocation $1 -- "${@:2}" || status=$?
    [ "$status" != 77 ] || skip 'another library takes the place of what allocates'
    return "$status"
}

# The same for the filter, with the catalog made last.
each_filter() {
    each "$1" "$WHORL" --catalog ./test.catalog "${@:2}"
}

@test "an allocation fails in a description of the output" {
    for form in json clickhouse numpy; do
        each_filter '' --describe="$form" --format=binary --select=+sketch
    done
    for form in json clickhouse duckdb sqlite; do
        each_filter '' --describe="$form" --format=tsv --select=id,facts,ids,vector
    done
    for form in json duckdb; do
        each_filter '' --describe="$form" --select=id,carry,facts,ids,vector
    done
    each_filter '' --describe=json --format=arrow
    each_filter '' --describe=numpy
    each_filter '' --describe=none
    printf 'A\t/A\tg\tdevice\t\tfact\na\t/a\tg\tdevice\t\tfact\n' >names.catalog
    { printf '@catalog\ttest\t1\n'; cat names.catalog; } >test.catalog
    each_filter '' --describe=sqlite --format=tsv
}

@test "an allocation fails before there is anything to do" {
    each '' "$WHORL" --help
    each '' "$WHORL" --version
    each '' "$WHORL" --show-catalog
    each '' "$WHORL" --show-catalog=fingerprintjs
    each '' "$WHORL" --no-such-option
    each '' "$WHORL" --catalog none
    each '' "$WHORL" --catalog ./none in
    each '' "$WHORL" in
    each_filter '' --version
    printf 'a\t/a\tg\tdevice\t\tfact fact\n' >>test.catalog
    each_filter '' in
    printf '@catalog\ttest\t1\na\t/a\tg\tdevice\na\t/b\tg\tdevice\n' >test.catalog
    each_filter '' in
}

@test "an allocation fails while records are read, plain or compressed, and written" {
    each_filter '' -j1 in
    each_filter '' -j1 --no-cache --select=id,values,states,signals,carry in
    each_filter '' -j1 --format=arrow --select=+vector,sketch,values,states,line in
    each_filter '' -j1 --format=binary --fact-text=5 in
    each_filter '' -j1 --explain='*' --reveal in
    each_filter '' -j1 --format=binary in
    each_filter '' -j1 --format=tsv --select=file,line,id,carry,ids,values,states in
    gzip -k in
    each_filter '' -j1 in.gz
    zstd -q in
    each_filter '' -j1 in.zst
    printf 'in\0in.gz\0none\0in.zst' >names
    each_filter '' -j1 --files0-from=names
    # One record that needs more room than the others.
    { cat in; printf '{"b":[%s0]}\n' "$(printf '7,%.0s' {1..20000})"; } >long
    each_filter '' -j1 --select=values long
}

@test "an allocation fails while rejects are reported and kept" {
    printf '%s\n' '{"a":1}' '{"a":[{"b":tru}]}' '' '{"a":2}' '{"none":1}' '[]' '{"id":[]}' '{"a":3,"a":4}' >bad
    each_filter '--written rejects' -j1 --rejects=rejects bad
    each_filter '' -j1 --max-rejects=50% bad
    each_filter '--written rejects' -j1 --max-record=12 --rejects=rejects bad
}

@test "an allocation fails while files are replaced" {
    each_filter '--replaced out' -o out in
    each_filter '--replaced out' -o out --format=binary in
    each_filter '--replaced own --replaced words' --catalog browser=own --dictionary words in
    each_filter '' --stats /dev/null in
}

@test "an allocation fails while several threads work" {
    if grep -q __asan_init "$WHORL"; then skip 'the sanitizer itself needs memory for a thread'; fi
    for id in {1..24}; do printf '{"id":%s,"a":%s,"pad":"%0100000d"}\n' "$id" "$id" 0; done >big
    each_filter '' -j2 big
    each_filter '--replaced out' -j2 --no-cache -o out --format=binary big
    each_filter '' -j3 in big none big
}

@test "an allocation fails while records are surveyed" {
    local i
    # More values than counters, arrays that change, names that a quota would merge.
    for i in {1..70}; do
        printf '{"k":%s,"v":"v%s","l":[%s,1],"u":"data:a/b;base64,QQ==","n%s":{"m":1,"\\u0061":null}}\n' \
            $((i % 3)) "$i" "$((i % 2))" "$i"
    done >many
    each '' "$WHORL" --survey -j1 --by=/k many
    each '' "$WHORL" --survey -j1 --by=/k --time=/v --format=ndjson in
    each '--replaced out' "$WHORL" --survey -j1 -o out in
    each '' "$WHORL" --survey -j1 --by=k in
    head -n 8 many >few
    "$WHORL" --survey --by=/k --draft=d few >d.catalog
    each '' "$WHORL" --survey -j1 --by=/k --draft=d few
    each '' "$WHORL" --survey -j1 --by=/k --catalog=./d.catalog few
}

@test "an allocation fails while outputs are compared" {
    whorl in >old
    sed 's/two/2/;s/5/6/' in | whorl >new
    cat old new >both
    whorl --format=binary in >old.whl
    each '' "$WHORL" --diff --catalog ./test.catalog old new
    each '' "$WHORL" --diff --catalog ./test.catalog --format=ndjson old.whl new
    each '' "$WHORL" --diff --catalog ./test.catalog --by=/carry/time both
    each '--replaced out' "$WHORL" --diff --catalog ./test.catalog -o out old new
    printf 'a\nid:* 50%%\n' >expect
    each '' "$WHORL" --diff --catalog ./test.catalog --expect expect --ignore b,c old new
}

@test "an allocation fails while populations are compared" {
    whorl in >old
    sed 's/two/2/;s/5/6/' in | whorl --select=id,catalog,groups,values,states >new
    whorl --format=binary in >old.whl
    printf 'a\nid:* 50%%\n' >expect
    each '' "$WHORL" --diff --population --catalog ./test.catalog old new old.whl
    each '' "$WHORL" --diff --population --catalog ./test.catalog --format=ndjson --map=test=test \
        --expect expect --ignore b,c old.whl new
    each '--replaced out' "$WHORL" --diff --population --catalog ./test.catalog -o out old new
}

@test "an allocation fails while known devices are looked for" {
    each_filter '' -j1 in >/dev/null
    "$WHORL" --catalog ./test.catalog --select=id,carry,catalog,signals in >known || :
    "$WHORL" --catalog ./test.catalog --format=binary in >new.whl || :
    each '' "$WHORL" --match -j1 --catalog ./test.catalog known known
    each '--replaced out' "$WHORL" --match -j1 --catalog ./test.catalog --by=/carry/time --format=ndjson -o out known new.whl
    each '' "$WHORL" --match -j1 --catalog ./test.catalog --truth=/carry/time known known
    each '--replaced index' "$WHORL" --match -j1 --catalog ./test.catalog --index=index known new.whl
    "$WHORL" --match -j1 --catalog ./test.catalog --index=kept known known || :
    each '' "$WHORL" --match -j1 --catalog ./test.catalog --index=kept known
}
