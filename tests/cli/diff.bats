# --diff: the report is that of a model of whorl-diff(1) in another language, on captures and their
# edited versions; and it does not depend on how the same vectors arrive.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    zstd -qdc "$top_srcdir/data/captures/raw.ndjson.zst" | head -n 80 |
        python3 "$top_srcdir/tests/cli/diff-edit.py" old.raw new.raw
    for side in old new; do
        "$WHORL" --select=id,catalog,ids,groups,signals $side.raw >$side.signals
        "$WHORL" --select=id,catalog,ids,groups,vector $side.raw >$side.vector
        "$WHORL" --select=id,catalog,values,states $side.raw >$side.values
        "$WHORL" --reveal --select=id,catalog,values,states $side.raw >$side.revealed
        "$WHORL" --format=binary $side.raw >$side.whl
    done
    python3 "$top_srcdir/tests/cli/diff-model.py" old.signals new.signals >model
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    in=$BATS_FILE_TMPDIR
}

model() {
    python3 "$top_srcdir/tests/cli/diff-model.py" "$@"
}

@test "the edited captures differ in every way that a report shows" {
    for line in 'records	same	[1-9]' 'records	changed	[1-9]' 'records	only-old	3' 'records	only-new	2' \
        'records	no-id-old	1' 'records	no-id-new	1' 'records	repeated-old	2' 'records	repeated-new	2' \
        'records	left-out-old	6' 'records	left-out-new	5' 'moved	device	kept	[1-9]' \
        'moved	device	1:1	[1-9]' 'moved	device	split	[1-9]' 'moved	device	merged	[0-9]' 'id	-	[1-9]' 'group	-	[1-9]' \
        'signal	-	[1-9]' 'signal	-	0	[1-9]' 'signal	-	[0-9]*	0	[1-9]' \
        'signal.*navigator.hardwareConcurrency	navigator.hardwareConcurrency.class	navigator.maxTouchPoints'; do
        grep -q "^$line" "$in/model" || { echo "missing: $line"; false; }
    done
}

@test "the report is the model's, line by line" {
    reports "$in/model" "$in/old.signals" "$in/new.signals"
}

@test "the report as JSON is the model's, line by line" {
    model --json "$in/old.signals" "$in/new.signals" | jq -cS . >want
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson "$in/old.signals" "$in/new.signals"
    [ -z "$stderr" ]
    diff <(jq -cS . <<<"$output") want
    # The members' order is that of the manual, and ids keep all digits.
    [[ ${lines[0]} == '{"kind":"catalog","side":"old","catalog":"browser-1:'*'","records":'* ]]
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson <(grep 18446744073709551615 "$in/old.signals") /dev/null
    [[ $output == *'{"kind":"records","what":"only-old","count":1,"ids":[18446744073709551615]}'* ]]
}

@test "values are shown before and after, also as JSON" {
    model "$in/old.revealed" "$in/new.revealed" >want
    grep -q '^value	fonts' want
    reports want --reveal "$in/old.revealed" "$in/new.revealed"
    model --json "$in/old.revealed" "$in/new.revealed" | jq -cS . >want
    run -1 --separate-stderr "$WHORL" --diff --reveal --format=ndjson "$in/old.revealed" "$in/new.revealed"
    diff <(jq -cS . <<<"$output") want
}

@test "the same vectors give the same report: signals, vector, binary, and one of each" {
    for old in signals vector whl; do
        for new in signals vector; do
            reports "$in/model" "$in/old.signals" "$in/new.$new"
            [ $old = whl ] || reports "$in/model" "$in/old.$old" "$in/new.$new"
        done
    done
    # The ids of records that only the binary side has are not known.
    run -1 --separate-stderr "$WHORL" --diff "$in/old.whl" "$in/new.vector"
    one_side='s/^\(records	\(only\|left-out\)-old	[0-9]*\).*/\1/'
    diff <(sed "$one_side" "$in/model") <(sed "$one_side" <<<"$output")
    model --keys "$in/old.signals" "$in/new.signals" >want
    reports want "$in/old.whl" "$in/new.whl"
}

@test "the order of the records does not matter" {
    reverse() { tac "$in/$1"; }
    sorted() { sort "$in/$1"; }
    reverse new.signals >new.reversed
    sorted old.signals >old.sorted
    sort -t, -k2 "$in/new.signals" >new.other
    reports "$in/model" "$in/old.signals" new.reversed
    reports "$in/model" old.sorted new.reversed
    reports "$in/model" old.sorted new.other
    "$WHORL" --format=binary <(tac "$in/new.raw") >new.whl
    model --keys "$in/old.signals" "$in/new.signals" >want
    reports want "$in/old.whl" new.whl
}

@test "compression, pipes, parts and how the bytes arrive do not matter" {
    gzip -c "$in/old.signals" >old.gz
    zstd -qc "$in/new.signals" >new.zst
    reports "$in/model" old.gz new.zst
    reports "$in/model" - "$in/new.signals" <old.gz
    reports "$in/model" <(cat old.gz) <(cat new.zst)
    # Concatenated outputs; each binary one has its header and end block.
    head -n 40 "$in/new.raw" >new.1
    tail -n +41 "$in/new.raw" >new.2
    { "$WHORL" --format=binary new.1 | gzip; "$WHORL" --format=binary new.2 | zstd -q; } >new.both
    model --keys "$in/old.signals" "$in/new.signals" >want
    reports want "$in/old.whl" new.both
    # In small pieces.
    reports want "$in/old.whl" <(dd bs=777 status=none <"$in/new.whl")
}

@test "lines that another tool has rewritten are the same" {
    jq -cS . "$in/old.signals" >old
    python3 -c '
import json, sys
for line in sys.stdin:
    print("  " + json.dumps(json.loads(line)))' <"$in/new.signals" >new
    # jq writes 64-bit ids as doubles, so not on either side.
    model <(grep -v 184467 "$in/old.signals") <(grep -v 184467 "$in/new.signals") >want
    run -1 --separate-stderr "$WHORL" --diff <(grep -v 184467 old) <(grep -v 184467 new)
    # jq sorts names, too.
    diff <(echo "$output") want
}

@test "little memory gives the same report" {
    tac "$in/new.signals" >new
    reports "$in/model" --memory=8M "$in/old.signals" new
    [ "$(ls -A "${TMPDIR:-/tmp}" | grep -c '^.whorl')" = 0 ]
}

@test "--ignore leaves names out, and reports those that nothing has" {
    for list in 'navigator.*,fonts' 'id:*,group:*' 'id:exact,signal:screen.*,nope,group:no*'; do
        model --ignore="$list" "$in/old.signals" "$in/new.signals" >want
        reports want --ignore="$list" "$in/old.signals" "$in/new.signals"
    done
    [ "$(tail -n 2 want)" = $'unused\tignore\tnope\nunused\tignore\tgroup:no*' ]
    reports want --ignore=id:exact --ignore='signal:screen.*,nope' --ignore='group:no*' "$in/old.signals" "$in/new.signals"
}

@test "--expect says of each difference whether it is expected" {
    printf '%s\n' '# comment' '' 'id:*	50%' 'group:fonts	1' 'navigator.*' 'fonts	1' 'screen.*	0%' 'nope	3' >rules
    model --expect=rules "$in/old.signals" "$in/new.signals" >want
    grep -q '	unexpected	' want && grep -q '	expected	' want && grep -q '^unused	expect	nope' want
    reports want --expect rules "$in/old.signals" "$in/new.signals"
    model --json --expect=rules "$in/old.signals" "$in/new.signals" | jq -cS . >want
    run -1 --separate-stderr "$WHORL" --diff --expect rules --format=ndjson "$in/old.signals" "$in/new.signals"
    diff <(jq -cS . <<<"$output") want
}

# A device of 32 digits $1, or null.
device() {
    [ "$1" = null ] && echo null || printf '"%032d"' "$1"
}

@test "an identity that is null on a side appears or vanishes, and becomes no other one" {
    # id, device before, device after
    while read -r id before after; do
        printf '{"id":%s,"catalog":"x-1:0","ids":{"device":%s}}\n' "$id" "$(device "$before")" >>old
        printf '{"id":%s,"catalog":"x-1:0","ids":{"device":%s}}\n' "$id" "$(device "$after")" >>new
    done <<<'1 null 7
2 null 8
3 5 null
4 6 null
5 null null
6 1 2
7 3 3'
    model old new >want
    reports want old new
    run -1 --separate-stderr "$WHORL" --diff old new
    one=00000000000000000000000000000001 two=00000000000000000000000000000002 three=00000000000000000000000000000003
    [ "$(grep -e ^moved -e ^id <<<"$output" | cut -f 1-7)" = "moved	device	kept	1	1	1	$three>$three
moved	device	1:1	1	1	1	$one>$two
moved	device	split	0	0	0	
moved	device	merged	0	0	0	
id	-	1	2	2	71.4286%	$(grep ^id want | cut -f 7)" ]
}
