# Standard output to its last byte, the command line, and real captures.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

@test "O01: a full disk is status 2, for one record and for many" {
    for n in 1 20000; do
        yes '{"a":1}' | head -$n >in
        run --separate-stderr bash -c '"$WHORL" --catalog test.catalog in >/dev/full'
        expect 2 '' 'whorl: standard output: No space left on device'
    done
}

@test "L01: help and version on a full disk are status 2" {
    for option in --help --version; do
        run --separate-stderr bash -c '"$WHORL" '$option' >/dev/full'
        expect 2 '' 'whorl: standard output: No space left on device'
    done
}

@test "O02: a closed standard output is status 2, and no input file gets its place" {
    echo '{"a":1}' >in
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog in >&-'
    expect 2 '' 'whorl: standard output: Bad file descriptor'
    [ "$(cat in)" = '{"a":1}' ]
}

@test "O03: a closed or full standard error changes neither output nor status" {
    printf '{"a":1}\n{\n' >in
    run bash -c '"$WHORL" --catalog test.catalog --select=values in 2>&-'
    [ "$status" = 1 ]; [ "$output" = '{"values":{"a":1}}' ]
    run bash -c '"$WHORL" --catalog test.catalog --select=values in 2>/dev/full'
    [ "$status" = 1 ]; [ "$output" = '{"values":{"a":1}}' ]
}

@test "O04: a closed standard input is status 2" {
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog <&-'
    expect 2 '' 'whorl: -: Bad file descriptor'
}

@test "O06: when the reader leaves, whorl dies of SIGPIPE without a word" {
    run bash -c 'yes "{\"a\":1}" | { "$WHORL" --catalog test.catalog; echo "status $?" >&2; } | head -n1 >/dev/null'
    [ "$output" = 'status 141' ]
}

@test "O07: with SIGPIPE ignored it is status 2, and ends" {
    run bash -c 'trap "" PIPE; yes "{\"a\":1}" 2>/dev/null | { "$WHORL" --catalog test.catalog; echo "status $?" >&2; } | head -n1 >/dev/null'
    [ "$output" = 'whorl: standard output: Broken pipe
status 2' ]
}

@test "O10: a file beyond the limit is status 2, not a signal" {
    yes '{"a":1}' | head -20000 >in
    run --separate-stderr bash -c 'ulimit -f 1; "$WHORL" --catalog test.catalog in >out'
    expect 2 '' 'whorl: standard output: File too large'
}

@test "L02: a wrong command line is status 2 and names what is wrong" {
    run --separate-stderr "$WHORL" --nope
    expect 2 '' "whorl: unknown, ambiguous or misused option --nope
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --select
    expect 2 '' "whorl: option --select needs an argument
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --select=ids,no
    expect 2 '' "whorl: --select: unknown member 'no': expected some of id, carry, catalog, facts, ids, coverage, present, errors, groups, vector, signals, values, states
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --select=
    [ "$status" = 2 ]
    run --separate-stderr "$WHORL" --catalog=nope
    expect 2 '' "whorl: --catalog: no built-in catalogue 'nope': expected browser, or a file, as in ./nope"
    run --separate-stderr "$WHORL" --catalog=./nope
    expect 2 '' "whorl: ./nope: No such file or directory"
}

@test "L03: numbers are decimal and in range" {
    for value in '' abc 1e3 -1 ' 1' 0x10 0 18446744073709551616 18446744073709551617; do
        run --separate-stderr "$WHORL" "--max-depth=$value"
        expect 2 '' "whorl: --max-depth: expected a whole number from 1 to 1024, not '$value'
whorl: try 'whorl --help'"
    done
}

@test "a mistake in a catalogue is told before any input is read" {
    printf '@catalog\tx\t1\na\ta\tg\texact\n' >bad.catalog
    run --separate-stderr "$WHORL" --catalog bad.catalog none
    expect 2 '' "whorl: bad.catalog:2:3: expected a JSON pointer: empty, or beginning with '/'"
}

@test "H01 H02 H03: locale and environment change no byte" {
    run --separate-stderr "$WHORL" "$top_srcdir/data/sample.ndjson"
    [ "$status" = 0 ]
    want=$output
    # Made here, so that it does not matter which locales a machine has.
    mkdir locales
    for locale in de_DE tr_TR; do
        localedef -i $locale -f UTF-8 locales/$locale.UTF-8
        [ "$(env "LOCPATH=$PWD/locales" "LC_ALL=$locale.UTF-8" bash -c 'printf %.1f 1,5')" = 1,5 ]
        run --separate-stderr env "LOCPATH=$PWD/locales" "LC_ALL=$locale.UTF-8" "$WHORL" "$top_srcdir/data/sample.ndjson"
        expect 0 "$want"
    done
    for set in LC_ALL=nonsense POSIXLY_CORRECT=1 TZ=bogus; do
        run --separate-stderr env "$set" "$WHORL" "$top_srcdir/data/sample.ndjson"
        expect 0 "$want"
    done
    run --separate-stderr env -i "$WHORL" "$top_srcdir/data/sample.ndjson"
    expect 0 "$want"
}

@test "every real capture gives a vector of at least 1,000 hashes" {
    run --separate-stderr bash -c 'zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" | "$WHORL" | tee out | jq -c "[.present, (.vector | map(select(.)) | length)] | select(.[0] == .[1] and .[0] >= 1000) | length" | sort | uniq -c'
    [ "$stderr" = '' ]
    [ "$output" = '    354 2' ]
    [ "$(jq -r .id out | sort -u | wc -l)" = 354 ]
}

@test "a hash of a capture is what xxhsum says of its canonical text" {
    "$WHORL" --select=signals,values "$top_srcdir/data/sample.ndjson" | head -1 >out
    checked=0
    while IFS=$'\t' read -r name hash value; do
        [ "$(h64 "$name=$value")" = "$hash" ]
        checked=$((checked + 1))
    done < <(jq -r '. as $r | .values | to_entries[:40][] | select(.value | type == "string" or type == "boolean") | [.key, $r.signals[.key], (.value | tojson)] | join("\t")' out)
    [ "$checked" -gt 10 ]
}
