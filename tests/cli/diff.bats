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

@test "if nothing is paired, the report says why and what helps" {
    catalog '@id|/id' '@carry|account|/account' 'a|/a|g|device'
    printf '{"id":%s,"account":"%s","a":%s}\n' 1 x 1 2 y 2 >1.raw
    printf '{"id":%s,"account":"%s","a":%s}\n' 3 y 5 4 x 1 >2.raw
    for n in 1 2; do
        whorl --select=id,catalog,carry,ids,signals $n.raw >$n
        sed 's/"test-1/"other-1/' $n >$n.other
    done
    advice='advice	no-pairs	no id is in both OLD and NEW. If records name their visitor: cat OLD NEW | whorl --diff --by=/carry/NAME -. If not: whorl --diff --population OLD NEW'
    model 1 2 >want
    [ "$(grep '^advice' want)" = "$advice" ]
    reports want 1 2
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson 1 2
    diff <(model --json 1 2 | jq -cS .) <(jq -cS . <<<"$output")
    [ "$(jq -r 'select(.kind=="advice").text' <<<"$output")" = "${advice##*	}" ]
    # What it advises compares the records.
    run -1 --separate-stderr "$WHORL" --diff --by=/carry/account - < <(cat 1 2)
    [[ $output == *'records	pairs	2	'*'signal	-	1	0	0	50%	"y"	a'* ]]
    # Catalogs of different names, and those of one input.
    model 1 2.other >want
    grep -q '^advice	no-pairs	the catalogs of OLD and NEW have different names: --map OLD=NEW compares them$' want
    reports want 1 2.other
    cat 1 2.other >both
    model --catalogs="$(jq -r .catalog 1 | head -n 1),$(jq -r .catalog 2.other | head -n 1)" both >want
    grep -q '^advice	no-pairs	no id has records by both catalogs' want
    reports want both
    # Not if a side has no records, or if there are pairs.
    for sides in '1 /dev/null' '/dev/null 2' '1 1'; do
        run "$WHORL" --diff $sides
        [[ $output != *advice* ]]
    done
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

# Lines of the id and sketch of each argument ID:WORD,WORD...
sketches() {
    local line words
    for line in "$@"; do
        words=${line#*:}
        printf '{"id":%s,"catalog":"t-1:0123456789abcdef","sketch":["%s"]}\n' "${line%%:*}" "${words//,/\",\"}"
    done
}

@test "the distance of sketches is the number of bits that differ, all and by range, with the mean" {
    zero=0000000000000000 all=ffffffffffffffff
    sketches 1:$zero,$zero,$zero 2:$zero,$zero,$zero 3:00000000000000ff,$zero,$zero 4:$zero,$zero,0000000001ff0000 \
        5:$all,$zero,$zero 6:$all,$zero,$zero 7:$all,$zero,$zero 8:0123456789abcdef,$zero,$all 9:$zero,$zero,$zero >old
    sketches 1:$zero,$zero,$zero 2:$zero,8000000000000000,$zero 3:$zero,$zero,$zero 4:$zero,$zero,$zero \
        5:00000000ffffffff,$zero,$zero 6:7fffffff00000000,$zero,$zero 7:$zero,$zero,0000000000000001 \
        8:fedcba9876543210,$zero,$zero 10:$zero,$zero,$zero >new
    # Distances: 0; 1, 8; 9, 32; 33; 65, 128; in all 276 of 8 pairs.
    run -1 --separate-stderr "$WHORL" --diff old new
    [ -z "$stderr" ]
    [ "$(grep '^sketch' <<<"$output")" = 'sketch	all	8	34.5
sketch	0	1	0
sketch	1-8	2	4.5
sketch	9-32	2	20.5
sketch	33-64	1	33
sketch	65-128	2	96.5
sketch	129-512	0	-' ]
    # They follow from the signals, and are no difference by themselves.
    grep -qx 'records	same	8	' <<<"$output"
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson old new
    [ "$(grep '"sketch"' <<<"$output")" = '{"kind":"sketch","distance":"all","pairs":8,"mean":34.5}
{"kind":"sketch","distance":"0","pairs":1,"mean":0}
{"kind":"sketch","distance":"1-8","pairs":2,"mean":4.5}
{"kind":"sketch","distance":"9-32","pairs":2,"mean":20.5}
{"kind":"sketch","distance":"33-64","pairs":1,"mean":33}
{"kind":"sketch","distance":"65-128","pairs":2,"mean":96.5}
{"kind":"sketch","distance":"129-512","pairs":0,"mean":null}' ]
    run -0 --separate-stderr "$WHORL" --diff <(head -n 8 old) <(head -n 8 new)
}

@test "sketches under another label, of another number of words, or on one side have no distance" {
    sketches 1:0000000000000000 >old
    for new in "$(sketches 1:0000000000000001 | sed 's/t-1:0/t-2:1/')" "$(sketches 1:0000000000000000,0000000000000001)" \
        '{"id":1,"catalog":"t-1:0123456789abcdef","ids":{}}' \
        '{"id":1,"catalog":"t-1:0123456789abcdef","sketch":[]}'; do
        run -0 --separate-stderr "$WHORL" --diff old <(printf '%s\n' "$new")
        ! grep '^sketch' <<<"$output"
    done
}

@test "a sketch that is none is refused, with its place" {
    sketches 1:0000000000000000 >old
    for word in null '"000000000000000"' '"000000000000000G"' 0; do
        printf '{"id":1,"sketch":["0000000000000000",%s]}\n' "$word" >new
        run --separate-stderr "$WHORL" --diff old new
        [ "$status" -eq 2 ]
        [ "${stderr_lines[0]}" = "whorl: new:1:38: expected a word of 16 hexadecimal digits" ]
    done
    sketches 1:0,0,0,0,0,0,0,0,0 >new
    run --separate-stderr "$WHORL" --diff old new
    [ "$status" -eq 2 ]
    [ "${stderr_lines[0]}" = "whorl: new:1:51: no member of whorl's output has such a value" ]
}

@test "the distances of the captures are the model's, from NDJSON, binary rows and both" {
    for side in old new; do
        "$WHORL" --select=id,catalog,sketch,ids,groups,signals "$in/$side.raw" >$side.signals
        "$WHORL" --format=binary --select=+sketch "$in/$side.raw" >$side.whl
    done
    model old.signals new.signals >want
    [ "$(grep -c '^sketch	[0-9-]*	[1-9]' want)" -ge 3 ]
    diff <(grep -v '^sketch' want) "$in/model"
    reports want old.signals new.signals
    model --keys old.signals new.signals >keys
    reports keys old.whl new.whl
    run -1 --separate-stderr "$WHORL" --diff old.signals new.whl
    diff <(grep '^sketch' want) <(grep '^sketch' <<<"$output")
    model --json old.signals new.signals | jq -cS . >want
    run -1 --separate-stderr "$WHORL" --diff --format=ndjson old.signals new.signals
    diff <(jq -cS . <<<"$output") want
}
