# A mistake in a catalog, locales, and real captures.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

@test "a mistake in a catalog is reported before any input is read" {
    printf '@catalog\tx\t1\na\ta\tg\texact\n' >bad.catalog
    run --separate-stderr "$WHORL" --catalog bad.catalog none
    expect 2 '' "whorl: bad.catalog:2:3: expected a JSON pointer: empty, or beginning with '/'"
}

@test "locale and environment do not change the output" {
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

@test "names of carried members and prefixes follow the rule for names of signals" {
    expected="not empty, without '=', '!' and '?', not beginning with '#' or '@'"
    for try in '@carry|a=|/a 2:9 carried member' '@exclude||when|/a|1 2:10 prefix' '@exclude|a|#b|when|/a|1 2:12 prefix'; do
        read -r line place what <<<"$try"
        catalog "$line" 'a|/a|g|exact'
        run --separate-stderr whorl none
        expect 2 '' "whorl: $BATS_TEST_TMPDIR/test.catalog:$place: expected the name of a $what: $expected"
    done
}
