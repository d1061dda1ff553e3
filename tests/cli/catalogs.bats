# Catalogs seen and written: --show-catalog, and the messages about mistakes.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
}

@test "--show-catalog=NAME writes the text of each built-in catalog, byte for byte" {
    for name in browser fingerprintjs thumbmarkjs; do
        "$WHORL" --show-catalog=$name >out 2>messages
        cmp out "$top_srcdir/data/$name.catalog"
        [ ! -s messages ]
    done
}

@test "a copy of a built-in catalog has the same digest and gives the same vectors" {
    "$WHORL" --show-catalog=browser >mine.catalog
    "$WHORL" "$top_srcdir/data/sample.ndjson" >want
    "$WHORL" --catalog=./mine.catalog "$top_srcdir/data/sample.ndjson" >out
    [ -s out ]
    cmp out want
    for kind in raw fpjs thumbmark; do
        case $kind in
        raw) name=browser ;;
        fpjs) name=fingerprintjs ;;
        thumbmark) name=thumbmarkjs ;;
        esac
        "$WHORL" --show-catalog=$name >mine.catalog
        zstd -dc "$top_srcdir/data/captures/$kind.ndjson.zst" | head -n 30 >in
        "$WHORL" --catalog=$name in >want
        "$WHORL" --catalog=./mine.catalog in >out
        [ "$(wc -l <out)" = 30 ]
        cmp out want
    done
}

@test "--show-catalog lists the built-in catalogs: name, version, digest, rows" {
    run --separate-stderr "$WHORL" --show-catalog
    [ "$status" = 0 ]
    [ -z "$stderr" ]
    [ "$(cut -f 1,2 <<<"$output" | tr '\t' ' ')" = 'browser 1
fingerprintjs 1
thumbmarkjs 1' ]
    while IFS=$'\t' read -r name version digest rows; do
        # A row is a line that begins with neither # nor @ nor a tab.
        [ "$rows" = "$(grep -c '^[^#@	]' "$top_srcdir/data/$name.catalog")" ]
        # The header of binary output has the digest too.
        "$WHORL" --catalog=$name --format=binary </dev/null | head -c 100000 >header
        grep -aqF "\"digest\":\"$digest\"" header
        grep -qx "@catalog	$name	$version" "$top_srcdir/data/$name.catalog"
    done <<<"$output"
}

@test "--show-catalog refuses a catalog that is not built in, and files" {
    run --separate-stderr "$WHORL" --show-catalog=nope
    expect 2 '' "whorl: --show-catalog: no built-in catalog 'nope': expected browser, fingerprintjs, thumbmarkjs"
    run --separate-stderr "$WHORL" --show-catalog=
    expect 2 '' "whorl: --show-catalog: no built-in catalog '': expected browser, fingerprintjs, thumbmarkjs"
    run --separate-stderr "$WHORL" --show-catalog browser
    expect 2 '' "whorl: --show-catalog: expected no FILE with it; a name follows =, as in --show-catalog=browser
whorl: try 'whorl --help'"
}

@test "L01: --show-catalog on a full disk or a closed descriptor is status 2" {
    for option in --show-catalog --show-catalog=browser; do
        run --separate-stderr bash -c '"$WHORL" '$option' >/dev/full'
        expect 2 '' 'whorl: standard output: No space left on device'
        run --separate-stderr bash -c '"$WHORL" '$option' >&-'
        expect 2 '' 'whorl: standard output: Bad file descriptor'
    done
}

# The catalog of standard input, where | is a tab, is refused at line and column $1 for $2.
wrong() {
    { echo '@catalog|test|1'; cat; } | tr '|' '\t' >test.catalog
    run --separate-stderr whorl in
    expect 2 '' "whorl: $BATS_TEST_TMPDIR/test.catalog:$1: $2"
}

@test "a mistake in a catalog is named with file, line, column and what was expected" {
    echo '{"a":1}' >in
    cells='expected cells separated by one tab: NAME POINTER GROUP TIER [STEPS [FLAGS]]'
    wrong 2:2 "spaces do not separate cells: $cells" <<<'a  /a  g  exact'
    wrong 3:3 "an empty cell, for there are two tabs: $cells" <<<$'# one more\na||/a|g|exact'
    wrong 2:7 "a cell is missing at the end: $cells" <<<'a|/a|g'
    wrong 2:14 "unknown step 'ua_family': expected a step (see whorl-catalog(5)); did you mean ua-family" <<<'a|/a|g|exact|ua_family'
    wrong 2:8 "unknown tier: expected device, install, build, exact or volatile, not 'exactly'; did you mean exact" <<<'a|/a|g|exactly'
    wrong 2:1 "unknown directive: expected one of @include @catalog @id @root @error @value @epoch @ids @min @transient @exclude @keep @carry @library @pairs @json @sketch, not '@roots'; did you mean @root" <<<'@roots|/signals'
    wrong 2:12 'a cell is missing at the end: expected cells separated by one tab: @min IDENTITY SIGNALS' <<<'@min|device'
    wrong 2:13 "a carriage return: expected lines that end with LF alone; try tr -d '\r'" <<<$'a|/a|g|exact\r'
}
