# The classes of tests/parity, the generator of hard records, and the harness that compares two
# engines. The expected texts of CLASSES.tsv come from the standards; that JavaScript gives the
# same is tested where node is, and hashes are those of xxhsum.

load helper

setup() {
    export PATH="$top_srcdir/parity:$top_srcdir/generators:$top_srcdir/scripts:$PATH" LC_ALL=C.UTF-8
    classes=$top_srcdir/tests/parity/CLASSES.tsv
    select=--select=id,values,states
    ours="$WHORL --catalog=$top_srcdir/tests/parity/parity.catalog"
    cd "$BATS_TEST_TMPDIR"
}

# The rows of CLASSES.tsv, with cells separated by a byte that is in none of them.
rows() {
    grep -v '^#' "$classes" | tr '\t' '\001'
}

# theirs SCRIPT: an engine that is whorl, with its output edited by sed. It reads {input}, so it can
# pass on the status of whorl.
theirs() {
    printf '%s\n' "$1" >theirs.sed
    cat >theirs <<END
$ours $select "\$1" >theirs.out 2>/dev/null
status=\$?
sed -f theirs.sed theirs.out
exit \$status
END
}

compare() {
    parity "$@" "$ours $select" 'sh theirs {input}' records
}

# field EXPRESSION: what jq finds in the report of the last run.
field() {
    jq -r "$1" <<<"$output"
}

@test "each record of tests/parity gives the text of the table, and xxhsum gives its hash" {
    local count=0 id line
    while IFS=$'\001' read -r name class rule other text node; do
        echo "$name"
        count=$((count + 1)) id=null
        run --separate-stderr $ours $select --dictionary=words "$top_srcdir/tests/parity/$name.ndjson"
        if [ "$text" = '(reject)' ]; then
            [ "$status" = 1 ] && [ -z "$output" ] && [ "${#stderr_lines[@]}" = 1 ]
            continue
        fi
        if [[ $text == '(id) '* ]]; then
            id=${text#(id) } text='v=0'
        fi
        [[ $text =~ ^([a-z0-9]+)([=!])(.*)$ ]]
        line="{\"id\":$id,\"values\":{\"${BASH_REMATCH[1]}\":${BASH_REMATCH[3]}},\"states\":{}}"
        if [ "${BASH_REMATCH[2]}" = '!' ]; then
            line="{\"id\":$id,\"values\":{},\"states\":{\"${BASH_REMATCH[1]}\":\"!${BASH_REMATCH[3]}\"}}"
        fi
        expect 0 "$line"
        printf '%s\t%s\t%s\n' "${BASH_REMATCH[1]}" "$(h64 "$text")" "${BASH_REMATCH[2]#=}${BASH_REMATCH[3]}" |
            diff -u - words
    done < <(rows)
    [ "$count" -ge 14 ]
}

@test "each row of CLASSES.tsv has a record of one line, and each record a row" {
    diff <(rows | cut -d $'\001' -f1 | sort) <(cd "$top_srcdir/tests/parity" && ls *.ndjson | sed 's/\.ndjson$//' | sort)
    for file in "$top_srcdir"/tests/parity/*.ndjson; do
        [ "$(wc -l <"$file")" = 1 ]
    done
    [ "$(rows | cut -d $'\001' -f2 | sort -u | tr '\n' ' ')" = 'JSON Unicode number order other ' ]
    [ -z "$(rows | awk -F '\001' 'NF != 6 || $3 == "" || $4 == "" || $5 == ""')" ]
}

@test "JavaScript gives the texts of CLASSES.tsv" {
    command -v node || skip 'no node here'
    run -0 node "$top_srcdir/tests/parity/check-node.js" "$classes"
    [ -z "$output" ]
}

@test "whorl-parity(7) has the classes of tests/parity, and mandoc finds nothing to warn of" {
    run -0 renew-parity-page --check
    command -v mandoc || skip 'no mandoc here'
    run mandoc -T lint -W warning "$top_srcdir/man/whorl-parity.7"
    [ -z "$(grep -v mandoc.db <<<"$output")" ]
}

@test "the examples of whorl-parity(7) are what comes out" {
    run -0 renew-manual --check "$top_srcdir/man/whorl-parity.7"
}

@test "the sections that CLASSES.tsv and whorl-parity(7) name are in the pages" {
    while read -r page section where; do
        [ -n "$where" ]
        grep -qx "\.S[hs] $where" "$top_srcdir/man/$page.$section"
    done < <(rows | cut -d $'\001' -f3 | sort -u | sed 's/^\([a-z-]*\)(\(.\)), /\1 \2 /')
}

@test "hard-records: the same arguments give the same bytes, another seed others" {
    hard-records --seed=7 --count=300 >a
    hard-records --seed=7 --count=300 >b
    cmp a b
    hard-records --seed=8 --count=300 >b
    ! cmp -s a b
    hard-records --seed=7 --count=60 | cmp - <(head -c "$(hard-records --seed=7 --count=60 | wc -c)" a)
    # Records of one class are among those of all.
    hard-records --seed=7 --count=300 | grep -a -x -F -f <(hard-records --seed=7 --count=5 --class=order) >a
    [ "$(wc -l <a)" = 5 ]
}

@test "hard-records: a record depends on its arguments only, and has not changed" {
    run -0 hard-records --seed=1 --count=4 --class=number --shape=steps
    [ "$output" = "$(cat "$top_srcdir/tests/parity/hard-records.sample")" ]
}

@test "hard-records: wrong arguments are reported" {
    run -2 hard-records --class=letters
    [[ $output == *"argument --class: invalid choice: 'letters'"* ]]
    run -2 hard-records --count=-1
    [[ $output == *'--count: expected 0 or more'* ]]
}

@test "hard-records: its catalog has each step of whorl-catalog(5), and each does something to some record" {
    hard-records --print-catalog >steps.catalog
    sed -n 's/^\.It Ic "\([^"]*\)".* No of .*/\1/p' "$top_srcdir/man/whorl-catalog.5" | sed 's/\\-/-/g' | sort >page
    [ "$(wc -l <page)" -gt 50 ]
    sed -n 's/^s\.[^\t]*\t\/v\t[^\t]*\t[^\t]*\t//p' steps.catalog | grep -o '[a-z][a-z0-9-]*' | sort -u >used
    diff <(sort -u page) <(comm -12 page used)
    hard-records --shape=steps --count=3000 | "$WHORL" --catalog=./steps.catalog $select >lines 2>/dev/null || [ $? = 1 ]
    # A step that changes nothing would have the value or state of p.plain everywhere.
    jq -r '(.values + .states) as $all | $all | keys[] | select(startswith("s.")) | select($all[.] != $all["p.plain"])' lines |
        LC_ALL=C sort -u >changed
    jq -n -r --rawfile c steps.catalog '$c | split("\n")[] | select(startswith("s.")) | split("\t")[0]' | LC_ALL=C sort >steps
    # Two cannot: retired is never shown, and with 17 digits every double stays what it is.
    printf '%s\n' 's.retired' 's.sig(17)' | diff - <(LC_ALL=C comm -23 steps changed)
    [ "$(wc -l <steps)" -gt 90 ]
}

@test "hard-records: every line is a vector or a reject; each class has many of both" {
    hard-records --print-catalog >steps.catalog
    for shape in browser steps; do
        catalog=browser
        [ "$shape" = browser ] || catalog=./steps.catalog
        for class in number unicode json order states field; do
            hard-records --shape=$shape --class=$class --count=400 --seed=3 >records
            run --separate-stderr bash -c '"$0" -v --catalog="$1" --select=id records >lines 2>rejects' "$WHORL" "$catalog"
            sed -i '/: warning: no record has /d' rejects
            echo "$shape $class: status $status, $(wc -l <lines) lines, $(wc -l <rejects) rejects"
            [ "$status" -le 1 ]
            [ "$(wc -l <lines)" -gt 200 ]
            [ "$(($(wc -l <lines) + $(wc -l <rejects)))" = "$(LC_ALL=C grep -a -c '[^[:space:]]' records)" ]
        done
        hard-records --shape=$shape --class=json --count=400 | "$WHORL" -v --catalog="$catalog" 2>rejects >lines || true
        [ "$(wc -l <rejects)" -gt 40 ]
    done
}

@test "parity: a command is the same as itself, from a file, standard input, gzip and zstd" {
    hard-records --shape=browser --count=200 >records
    run -0 --separate-stderr parity "$WHORL $select" "$WHORL $select {input}" records
    [[ $output == *$'\n\nsame' ]]
    [ -z "$stderr" ]
    gzip -k records
    zstd -q records
    run -0 --separate-stderr parity --quiet "$WHORL" "$WHORL" records records.gz records.zst
    [ -z "$output$stderr" ]
    run -0 parity "$WHORL $select" "$WHORL $select" - <records
    [[ $output == *'-: '*' lines from A, status 1; '*$'\n\nsame' ]]
    run -0 parity "$WHORL --format=binary" "$WHORL --format=binary" records
}

@test "parity: a number written in another way is one difference, reduced to one record with one signal" {
    theirs 's/1e+21/1e21/'
    printf '%s\n' '{"id":"a","v":5,"nfc":"x"}' '{"id":"b","more":[1,{"x":"\u00e9"}],"num":1,"v":{"x":[true,1000e18,3],"y":null}}' >records
    run -1 --separate-stderr compare --json --save=saved
    [ "$(field '.differences | length')" = 1 ]
    [ "$(field '.differences[0] | [.class, .signal, .count, .a, .b, .record, .smallest, .known] | join(" ")')" = \
        'number v 1 1e+21 1e21 {"v":1e21} true ' ]
    [ "$(field '[.same, .inputs[0].lines[1]] | tojson')" = '[false,2]' ]
    [ "$(cat saved/number-v.ndjson)" = '{"v":1e21}' ]
    diff -u - saved/DIFFERENCES.tsv <<<$'# class\tsignal\trecord in\tA\tB\nnumber\tv\tnumber-v.ndjson\t1e+21\t1e21'
}

@test "parity: text, order, spelling and states have their class and signal" {
    theirs $'s/\xc3\xa9/e\xcc\x81/; s/\\["B","a"\\]/["a","B"]/; s/{"a":1,"b":2}/{"b":2,"a":1}/; s/"fold":"<"/"fold":"\\\\u003c"/; s/"!TypeError"/"!"/; s/"trim":"Linux"/"trim":"Linux "/; s/"len":1}/"len":1,"num":0}/'
    printf '%s\n' '{"id":"1","nfc":"caf\u00e9 x","v":1}' '{"id":"2","sort":["a","B"],"v":1}' '{"id":"3","v":{"b":2,"a":1}}' \
        '{"id":"4","fold":"<","round":1}' '{"id":"5","v":{"error":"TypeError: x"}}' '{"id":"6","trim":" Linux"}' \
        '{"id":"7","len":"a"}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .record] | join(" ")')" = 'Unicode nfc {"nfc":"é"}
JSON fold {"fold":"<"}
order sort {"sort":["a","B"]}
order v {"v":{"b":2,"a":1}}
other num {"len":"a"}
other trim {"trim":"Linux"}
other v {"v":{"error":"TypeError"}}' ]
    run -1 --separate-stderr compare
    [[ $output == *$'\nUnicode: nfc, once\n  A       "\xc3\xa9"\n  B       "e\xcc\x81"\n  record  {"nfc":"\xc3\xa9"}\n'* ]]
    [[ $output == *$'\n7 differ, 0 known, 0 stale' ]]
}

@test "parity: records that only one engine accepts, by the reason" {
    # An engine with the record that Python's json makes of each line: of equal names the last,
    # NaN, and numbers out of range as they come.
    cat >python <<'END'
import json, sys
for line in sys.stdin.buffer:
    try:
        r = json.loads(line.decode("utf-8", "replace"))
    except ValueError:
        continue
    print(json.dumps({"id": r.get("id"), "values": {"v": r["v"]}, "states": {}}, separators=(",", ":")))
END
    printf '%s\n' '{"id":"1","v":1}' '{"id":"2","v":{"x":[1,2,{"y":1,"y":2}]}}' '{"id":"3","v":1e999}' '{"id":"4","v":2,"z":NaN}' \
        $'{"id":"5","v":"a\xff"}' '{"id":"6","v":0,}' >records
    run -1 --separate-stderr parity --json "$ours $select" 'python3 python' records
    field '.differences[] | .record'
    [ "$(field '.differences[] | [.class, .signal] | join(" ")')" = 'number (only in B: no number)
number (only in B: out of range)
Unicode (only in B: invalid UTF-8)
JSON (only in B: name twice)' ]
    [ "$(field '[.differences[] | select((.record_hex // .record | length) > 22)] | length')" = 0 ]
    [ "$(field '.differences[2].record_hex' | sed 's/../\\x&/g' | xargs -0 printf | LC_ALL=C grep -a -c $'"\xff"')" = 1 ]
}

@test "parity: without values the class of a difference is that of the reduced record" {
    select=--select=id,signals
    theirs "s/$(h64 'nfc="é"')/0000000000000000/"
    printf '%s\n' '{"id":"1","v":[1.5e3,"x"],"nfc":"\u00e9"}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .a, .b, .record] | join(" ")')" = "Unicode nfc \"$(h64 'nfc="é"')\" \"0000000000000000\" {\"nfc\":\"é\"}" ]
    select=--select=vector
    theirs "s/$(h64 'v=1e+21')/0000000000000000/"
    printf '%s\n' '{"id":"1","v":1e21,"nfc":"x"}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .record] | join(" ")')" = 'number slot 0 {"v":1e21}' ]
}

@test "parity: differences in no signal: identities, labels, ids of records, order of members and lines" {
    select=--select=id,ids,values
    theirs 's/"device":null/"device":"x"/'
    echo '{"id":"1","v":1}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .a, .b] | join(" ")')" = 'other (ids) device null "x"' ]
    theirs 's/^{"id":9007199254740993/{"id":9007199254740992/'
    echo '{"id":9007199254740993,"v":1}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .a, .b] | join(" ")')" = 'number (id) 9007199254740993 9007199254740992' ]
    select=--select=id,values
    theirs '1{h;d}
2{p;x}'
    printf '%s\n' '{"id":"1","v":1}' '{"id":"2","v":1}' '{"id":"3","v":1}' >records
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal, .a, .b] | join(" ")')" = 'order (lines) "1" "2"' ]
    [ "$(field '.differences | length')" = 1 ]
    theirs 's/{"id":\(.*\),"values":\(.*\)}$/{"values":\2,"id":\1}/'
    run -1 --separate-stderr compare --json
    [ "$(field '.differences[] | [.class, .signal] | join(" ")')" = 'order (line)' ]
}

@test "parity: a difference that needs several records keeps them" {
    theirs '2s/"v":1/"v":2/'
    printf '{"id":"%d","v":1}\n' 1 2 3 4 5 6 >records
    run -1 --separate-stderr compare
    [[ $output == *$'\n  2 records, none of which shows it alone  {"id":"'* ]]
}

@test "parity: rejects, status and messages" {
    printf '%s\n' '{"id":"1","v":1}' '{"id":"2"}' '{"v":' >records
    run -1 --separate-stderr parity --json "$ours $select; true" "$ours $select" records
    [ "$(field '.differences[] | [.class, .signal, .a, .b] | join(" ")')" = 'other (status) 0 1' ]
    run -1 --separate-stderr parity --json "echo one >{rejects}; $ours $select" "echo two >{rejects}; $ours $select" records
    [ "$(field '.differences[] | [.class, .signal, .a, .b] | join(" ")')" = 'JSON (rejects) one two' ]
    run -0 parity "$ours $select --rejects={rejects}" "$ours $select -v --rejects={rejects} 2>/dev/null" records
    run -1 --separate-stderr parity --json "$ours $select --rejects={rejects}" "$ours $select" records
    [ "$(field '.differences[] | [.class, .signal, .b] | join(" ")')" = 'JSON (rejects) (end)' ]
    run -1 --separate-stderr parity --json --messages "$ours $select" "$ours $select 2>/dev/null" records
    [ "$(field '.differences[] | [.class, .signal, .b] | join(" ")')" = 'other (messages) (end)' ]
}

@test "parity: two catalogs with other steps" {
    catalog 'a|/a|g|exact|nfc' 'b|/b|g|exact|round(1)' 'c|/c|g|exact|sort'
    cp test.catalog one.catalog
    catalog 'a|/a|g|exact' 'b|/b|g|exact|round(2)' 'c|/c|g|exact|sort'
    printf '%s\n' '{"a":"A\u030a","b":1,"c":[2,1]}' '{"a":"x","b":2.125,"c":[3]}' >records
    run -1 --separate-stderr parity --json "$WHORL --catalog=./one.catalog --select=values" "$WHORL --catalog=./test.catalog --select=values" records
    [ "$(field '.differences[] | [.class, .signal, .a, .b, .record] | join(" ")')" = 'number b 2.1 2.12 {"b":2.12}
Unicode a "Å" "Å" {"a":"Å"}' ]
}

@test "parity: known differences pass, stale ones fail, and a reason is needed" {
    theirs 's/1e+21/1e21/'
    printf '%s\n' '{"id":"a","v":1e21}' '{"id":"b","num":1e21}' >records
    printf '# comment\n\nnumber\tv\twritten as Rust does\nnumber\tn*\tthe same\n' >known
    run -0 --separate-stderr compare --known=known
    [[ $output == *$'\nnumber: v, once; known: written as Rust does\n'* ]]
    [[ $output == *$'\n0 differ, 2 known, 0 stale' ]]
    printf 'number\tv\tx\n' >known
    run -1 --separate-stderr compare --known=known
    [[ $output == *$'\n1 differ, 1 known, 0 stale' ]]
    printf 'number\t*\tx\nUnicode\tnfc\tgone\n' >known
    run -1 --separate-stderr compare --known=known
    [[ $output == *$'\nstale: known:2: no such difference: Unicode nfc\n\n0 differ, 2 known, 1 stale' ]]
    [ -z "$stderr" ]
    run -1 --separate-stderr compare --known=known --quiet
    [ -z "$output$stderr" ]
    printf 'number\tv\t\n' >known
    run -2 --separate-stderr compare --known=known
    [ "$stderr" = 'parity: known:1: expected CLASS, SIGNAL and REASON with a tab between them, CLASS one of number, Unicode, JSON, order, other' ]
}

@test "parity: engines that cannot be compared are status 2, with a message" {
    printf '%s\n' '{"id":"a","v":1}' '{"id":"b","v":1}' >records
    run -2 --separate-stderr parity "$ours $select" "$ours $select; head -c 8 /dev/urandom | od" records
    [[ $stderr == 'parity: B is not deterministic: two runs differ in line 3 of its output:'$'\n  first   0000000 '* ]]
    run -2 --separate-stderr parity "test ! -e mark && touch mark" "$ours $select" records
    [ "$stderr" = 'parity: A is not deterministic: status 0, then 1' ]
    run -2 --separate-stderr parity "$ours" ./none records
    [[ $stderr == 'parity: B: cannot be run: '*none* ]]
    run -2 --separate-stderr parity "$WHORL --none" "$WHORL --none" records
    [[ $stderr == 'parity: records: both end with status 2: A: whorl: '* ]]
    run -2 --separate-stderr parity true true records
    [ "$stderr" = 'parity: records: neither command writes anything' ]
    run -2 --separate-stderr parity "$ours" "$ours" none
    [ "$stderr" = 'parity: none: No such file or directory' ]
    run -2 --separate-stderr parity --timeout=1 "$ours" 'sleep 20' records
    [ "$stderr" = 'parity: B: no end after 1 seconds' ]
    run -2 parity "$ours"
}
