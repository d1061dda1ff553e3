# --diff: the command line, ids that occur twice, memory, damaged and foreign input, output.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog '@id|/id' 'a|/a|g|device|' 'b|/b|h|exact|'
    try="
whorl: try 'whorl --help'"
}

# Vectors of records, each from the fields ID A [B].
vectors() {
    awk '{ printf "{\"id\":%s,\"a\":%s%s}\n", $1, $2, (NF > 2 ? ",\"b\":" $3 : "") }' |
        whorl --select=id,catalog,ids,groups,signals "$@"
}

# The numbers of the report on the other arguments, as "what count" without those that are 0.
counts() {
    "$WHORL" --diff "$@" | awk -F '\t' '$1 == "records" && $3 { print $2, $3 }' || true
}

refused() {
    local message=$1
    shift
    run --separate-stderr "$WHORL" "$@"
    expect 2 '' "whorl: $message$try"
}

@test "options and files that do not go together are refused" {
    refused '--diff: expected OLD and NEW, or one FILE' --diff
    refused '--diff: expected OLD and NEW, or one FILE' --diff a b c
    refused '--diff: standard input cannot be both OLD and NEW' --diff - -
    refused '--expect: standard input cannot be both this and an output to compare' --diff --expect - a -
    refused '--by: expected one FILE' --diff --by /carry/x a b
    refused '--quiet: expected neither --output nor --format with it: there is no report' --diff -q -o out a b
    refused '--quiet: expected neither --output nor --format with it: there is no report' --diff -q --format=ndjson a b
    refused '--format: expected ndjson with --diff; without --format the report is text' --diff --format=binary a b
    refused '--catalog: expected NAME without FILE with --diff: it writes no vectors' --diff --catalog browser=out a b
    [ ! -e out ]
}

@test "an option of another mode is a usage error" {
    for option in --ignore=x --expect=x -q; do
        name=${option%%=*}
        refused "${name/#-q/--quiet}: expected --diff with it" "$option" none
    done
    refused '--map: expected --diff or --match with it' --map=a=b none
    refused '--by: expected --diff, --survey or --match with it' --by=/x none
    refused '--memory: expected --diff, --survey or --match with it' --memory=8M none
    for option in --cache-memory=8M --select=id --no-header --dictionary=x --max-record=1 --max-depth=1 --max-values=1 --rejects=x --max-rejects=1 --files0-from=x --stats=x --progress=auto --line-buffered; do
        name=${option%%=*}
        refused "--${name#--}: expected no --diff with it" --diff "$option" a b
    done
    refused '--jobs: expected no --diff with it' --diff -j 2 a b
    refused '--no-cache: expected no --diff with it' a b --no-cache --diff
    [ ! -e x ]
}

@test "malformed arguments are refused" {
    for value in '' 1 7M 8388607 8m 8MB M 1025G 99999999999999999999 -1 ' 8M'; do
        refused "--memory: expected a number of bytes from 8M to 1024G, not '$value'" --diff "--memory=$value" a b
    done
    for value in '' x =x x=; do
        refused "--map: expected the names of two catalogs, OLD=NEW, not '$value'" --diff "--map=$value" a b
    done
    refused '--expect: expected the name of a file' --diff --expect= a b
    : >a
    for value in 8M 8388608 8192K 1G 1024G; do
        run --separate-stderr "$WHORL" --diff -q "--memory=$value" a a
        expect 0 ''
    done
    run --separate-stderr "$WHORL" --diff --by= a
    expect 2 '' 'whorl: --by: expected a pointer to a member, such as /carry/account'
    run --separate-stderr "$WHORL" --diff --by=x a
    [ "$status" = 2 ] && [ -z "$output" ]
    [[ $stderr == "whorl: --by: "*", at byte 1 of 'x'" ]]
    run --separate-stderr "$WHORL" --diff --expect=none a a
    expect 2 '' 'whorl: none: No such file or directory'
}

@test "the string null is an id, and a key of --by" {
    vectors <<<'"null" 1' >old
    vectors <<<'"null" 2' >new
    [ "$(counts old new)" = $'old 1\nnew 1\nchanged 1' ]
    for a in 1 2; do
        echo '{"id":'$a',"catalog":"x-1:0123456789abcdef","carry":{"k":"null"},"signals":{"a":"000000000000000'$a'"}}'
    done >chain
    [ "$(counts --by=/carry/k chain | grep -v '^no-id')" = "$(counts --by=/carry/k <(sed 's/"null"/"other"/' chain))" ]
    counts --by=/carry/k chain | grep -qx 'changed 1'
}

@test "what --expect names is checked by line and column" {
    : >a
    for budget in '' x 5.% 101% 1.00001% '1 ' ' 1' -1; do
        printf 'a\t1\n\n#\nid:x\t%s\n' "$budget" >rules
        run --separate-stderr "$WHORL" --diff --expect rules a a
        expect 2 '' 'whorl: rules:4:6: expected a number of records, or a share such as 0.5%'
    done
    printf 'a\n\t1\n' >rules
    run --separate-stderr "$WHORL" --diff --expect rules a a
    expect 2 '' 'whorl: rules:2:1: expected a name, a tab, and how many records may differ: N or P%'
    printf 'a\t1\r\nb\t1.5%%\r\nc' >rules
    run --separate-stderr "$WHORL" --diff -q --expect rules a a
    expect 0 ''
}

@test "exit status: 0 no difference, 1 a difference, for each kind and for what allows it" {
    vectors <<<$'1 1 1\n2 2 2\n3 3 3\n4 4 4' >old
    differs() { # status, options
        run --separate-stderr "$WHORL" --diff -q "${@:2}" old new
        expect "$1" ''
    }
    cp old new
    differs 0
    vectors <<<$'1 1 9\n2 2 2\n3 3 3\n4 4 4' >new # b, group h, identity exact
    differs 1
    differs 1 --ignore=b
    differs 1 --ignore=b,group:h
    differs 0 --ignore=b,group:h,id:exact
    printf 'b\t1\ngroup:*\t25%%\nid:exact\t25.0%%\n' >rules
    differs 0 --expect rules
    printf 'b\t0\ngroup:*\t25%%\nid:exact\t25.0%%\n' >rules
    differs 1 --expect rules
    # One rule that allows it is enough, wherever it is in the file.
    printf 'b\t0\ngroup:*\nid:exact\t0\n*\t1\nid:*\n' >rules
    differs 0 --expect rules
    printf 'b\t1\ngroup:*\t24.9999%%\nid:exact\n' >rules
    differs 1 --expect rules
    printf 'b\ngroup:h\n' >rules
    differs 1 --expect rules
    vectors <<<$'1 1 1\n2 2 2\n3 3 3' >new # a record less
    differs 1
    differs 0 --ignore=records:only-old
    differs 1 --ignore=records:only-new
    printf 'records:only-old\t25%%\n' >rules
    differs 0 --expect rules
    printf 'records:only-old\t24%%\n' >rules
    differs 1 --expect rules
    # 1 of 3 is more than the percentage that the report rounds it to.
    vectors <<<$'1 1 9\n2 2 2\n3 3 3\n4 4' | head -n 3 >new
    for digit in 3 4; do
        printf 'records:only-old\nb\t33.333%s%%\nid:*\ngroup:*\n' $digit >rules
        differs $((digit == 3)) --expect rules
    done
    # Records left out were not compared, whatever is expected.
    printf 'records:*\n*\nid:*\ngroup:*\n' >rules
    { cat old; head -n 1 old; } >new
    differs 1 --expect rules
    vectors <<<$'1 1 1\n2 2 2\n3 3 3\nnull 4 4' >new
    differs 1 --expect rules
    # A signal that only one catalog has.
    cp old new
    catalog '@id|/id' 'a|/a|g|device|' 'b|/b|h|exact|' 'c|/c|h|exact|'
    vectors <<<$'1 1 1\n2 2 2\n3 3 3\n4 4 4' >new
    differs 1
    differs 0 --ignore=c
    echo c >rules
    differs 0 --expect rules
}

@test "an id that occurs twice is left out on both sides, whenever it comes again" {
    vectors <<<$'1 1\n2 2\n3 3\n4 4\n5 5' >new
    want='old 6
new 5
same 4
repeated-old 1
left-out-old 2
left-out-new 1'
    # At once, after its pair was counted, before it, at the end, unordered.
    for order in 1,1,2,3,4,5 1,2,1,3,4,5 5,1,2,3,4,5 1,2,3,4,5,1 5,4,3,2,1,5; do
        tr , '\n' <<<"$order" | sed 's/.*/& &/' | vectors >old
        [ "$(counts old new)" = "$want" ]
        [ "$(counts <(cat old) <(cat new))" = "$want" ]
        [ "$(counts - new < <(cat old))" = "$want" ]
        [ "$(counts - new <old)" = "$want" ]
        gzip -c old >old.gz
        [ "$(counts old.gz new)" = "$want" ]
        [ "$(counts <(cat old.gz) <(zstd -qc new))" = "$want" ]
        tr , '\n' <<<"$order" | sed 's/.*/{"id":&,"a":&}/' | whorl --format=binary >old.whl
        [ "$(counts old.whl new)" = "$want" ]
        [ "$(counts <(cat old.whl) new)" = "$want" ]
    done
    # The repeated record may differ each time, and so may that of the other side.
    vectors <<<$'1 1\n2 2\n1 3' >old
    vectors <<<$'2 2\n1 9\n3 3' >new
    run -1 --separate-stderr "$WHORL" --diff old new
    [ "$(grep ^records <<<"$output")" = "records	old	3	
records	new	3	
records	same	1	
records	changed	0	
records	only-old	0	
records	only-new	1	3
records	no-id-old	0	
records	no-id-new	0	
records	repeated-old	1	
records	repeated-new	0	
records	left-out-old	2	1
records	left-out-new	1	1" ]
}

@test "signals that differ together share a line if all or none of them are expected" {
    catalog '@id|/id' 'a|/a|g|device|' 'b|/b|h|exact|' 'c|/c|h|exact|' 'd|/d|h|exact|' 'e|/e|h|exact|'
    printf '{"id":%s}\n' '1,"a":1,"b":1,"c":1,"d":1' '2,"d":1,"e":1' | whorl --select=id,catalog,signals >old
    printf '{"id":%s}\n' '1,"a":2,"b":2,"c":2,"d":1,"e":1' '2,"d":2,"e":1' | whorl --select=id,catalog,signals >new
    signals() { "$WHORL" --diff --catalog ./test.catalog "$@" old new | grep -e ^signal -e ^unused | cut -f 1-5,8-; }
    # Among signals that differ equally often, those with more changed pairs come first, then those
    # that appeared more often, then by name.
    [ "$(signals)" = 'signal	-	1	0	0	a	b	c
signal	-	1	0	0	d
signal	-	0	1	0	e' ]
    echo b >rules
    [ "$(signals --expect rules)" = 'signal	unexpected	1	0	0	a	c
signal	expected	1	0	0	b
signal	unexpected	1	0	0	d
signal	unexpected	0	1	0	e' ]
    # A rule counts as used even if other rules have the same name.
    printf '%s\n' b '*' b f >rules
    [ "$(signals --expect rules --ignore='b,a,*,a' | grep unused)" = 'unused	expect	f' ]
}

@test "an identity that is null on one side appears or vanishes, and is in no line moved" {
    printf '{"id":%s}\n' '1,"b":1' '2,"a":2,"b":2' '3,"b":3' '4,"a":4' | whorl >old
    printf '{"id":%s}\n' '1,"a":1,"b":1' '2,"b":2' '3,"b":3' '4,"a":4' | whorl >new
    run -1 --separate-stderr "$WHORL" --diff --catalog ./test.catalog old new
    [ "$(grep '	device' <<<"$output" | cut -f 1-6 | tr '\n\t' ', ')" = \
        'moved device kept 1 1 1,moved device 1:1 0 0 0,moved device split 0 0 0,moved device merged 0 0 0,id - 0 1 1 50%,' ]
}

@test "an identity that is null is never kept, renamed, split or merged" {
    # Null became several, several became null, null stayed; and one identity without null.
    printf '{"id":%s}\n' '1,"b":1' '2,"b":2' '3,"a":3' '4,"a":4' '5,"b":5' '6,"b":6' '7,"a":7' >old.raw
    printf '{"id":%s}\n' '1,"a":1' '2,"a":2' '3,"b":3' '4,"b":4' '5,"b":5' '6,"b":6' '7,"a":7' >new.raw
    want='moved device kept 1 1 1,moved device 1:1 0 0 0,moved device split 0 0 0,moved device merged 0 0 0,id - 0 2 2 57.1429%,'
    for format in ndjson binary; do
        for side in old new; do whorl --format=$format $side.raw >$side; done
        run -1 --separate-stderr "$WHORL" --diff --catalog ./test.catalog old new
        [ "$(grep '	device' <<<"$output" | cut -f 1-6 | tr '\n\t' ', ')" = "$want" ]
    done
    # The same for visitors.
    catalog '@id|/id' '@carry|v|/v|u64' 'a|/a|g|device|' 'b|/b|h|exact|'
    for side in old new; do sed 's/"id":\([0-9]\)/"v":\1/' $side.raw; done | whorl >both
    run -1 --separate-stderr "$WHORL" --diff --catalog ./test.catalog --by=/carry/v both
    [ "$(grep '	device' <<<"$output" | cut -f 1-6 | tr '\n\t' ', ')" = "$want" ]
}

@test "the report has nothing of a pair that is left out in the end" {
    vectors <<<$'2 2\n1 1' >old
    vectors <<<'2 2' >new.2
    catalog '@id|/id' 'a|/a|g|device|' 'b|/b|h|exact|' 'c|/c|h|exact|'
    vectors <<<'1 1' >new.1
    # The id is seen before its pair, and again after it.
    cat new.1 new.1 new.2 >before
    cat new.2 new.1 new.1 >after
    echo c >rules
    for options in '' --ignore=c '--expect rules'; do
        run -1 --separate-stderr "$WHORL" --diff $options old before
        want=$output
        run -1 --separate-stderr "$WHORL" --diff $options old after
        diff <(sort <<<"$want") <(sort <<<"$output")
        [ -z "$options" ] || [[ $output == *$'\nunused\t'*$'\tc' ]]
        [[ $output != *$'\nonly\t'* ]]
    done
}

@test "if an id occurs twice in a pipe, the copy of the pipe is read" {
    vectors <<<$'1 1\n2 2\n1 3' >old
    vectors <<<$'1 1\n2 2\n3 3' >new
    run --separate-stderr env TMPDIR=/nowhere "$WHORL" --diff -q old new
    expect 1 ''
    run --separate-stderr env TMPDIR=/nowhere "$WHORL" --diff - new < <(cat old)
    expect 2 '' 'whorl: -: an id occurs twice, so this must be read twice, which it cannot be: expected a file, or room for a copy in $TMPDIR'
    # No copy is needed if no id occurs twice.
    run --separate-stderr env TMPDIR=/nowhere "$WHORL" --diff -q - new < <(cat new)
    expect 0 ''
    # If standard input is a file, it is read from its current position.
    { read -r; run --separate-stderr "$WHORL" --diff -q - <(tail -n +2 new); } <new
    expect 0 ''
}

# --diff of `old`, three rows in which an id occurs twice, with a pipe. When `old` has been read to
# its end, and before it is read again, the command in the arguments is run.
between_readings() {
    rm -f new
    mkfifo new
    # Rows are read in turn, so three of this side come first; then more than a pipe holds.
    { cat first; yes '' | head -c 4000000; "$@"; } >new &
    run --separate-stderr "$WHORL" --diff old new
    wait
}

@test "a file that changes between its two readings is status 2, whatever changes" {
    vectors <<<$'1 1\n2 2\n1 3' >first
    vectors <<<$'1 1\n2 2\n2 3' >ids
    vectors <<<$'1 1\n2 9\n1 3' >hashes
    sed '2s/"a":/"c":/' first >names
    sed '2s/test-1/test-2/' first >catalogs
    sed '2s/^./x/' first >damaged
    vectors <<<$'1 1\n1 3\n2 2' >order
    vectors <<<$'1 1\n2 2\n1 3\n7 7' >grown
    changed='whorl: old: the file has changed while it was read'
    for other in ids hashes names catalogs damaged order; do
        cp first old
        between_readings dd if=$other of=old conv=notrunc status=none
        expect 2 '' "$changed"
    done
    cp first old
    between_readings truncate -s "$(head -n 2 old | wc -c)" old
    expect 2 '' "$changed"
    cp first old
    between_readings truncate -s 0 old
    expect 2 '' "$changed"
    cp first old
    between_readings cp grown old
    expect 2 '' "$changed"
    # Damage that is the same both times is reported once.
    { cat first; echo '{"id":true}'; } >old
    between_readings :
    [ "$status" = 2 ]
    [ "$stderr" = 'whorl: old:4:7: expected a string, a number or null as id' ]
    [ "$(grep -c '^records	repeated-old	1' <<<"$output")" = 1 ]
    # Binary rows: the end has a hash of them.
    for n in 2 9; do printf '{"id":%s,"a":%s}\n' 1 1 2 $n 1 3 | whorl --format=binary >rows.$n; done
    cp rows.2 old
    between_readings cp rows.9 old
    expect 2 '' "$changed"
}

@test "a read that fails the second time is status 2, and there is no report" {
    traces
    { seq 20000 | sed 's/.*/& 1/'; echo '1 2'; } | vectors >old
    cp old new
    run --separate-stderr "$WHORL" --diff -q old new
    expect 1 ''
    count=$(strace -f -qqq -e trace=read -P "$PWD/old" "$WHORL" --diff -q old new 2>&1 | grep -c '^read(')
    # The last read of the first reading finds the end, as does that of the second one.
    run --separate-stderr inject "read:error=EIO:when=$((count / 2 + 1))" -P "$PWD/old" "$WHORL" --diff old new
    expect 2 '' 'whorl: old: Input/output error'
    met 1
    run --separate-stderr inject "read:error=EIO:when=$count" -P "$PWD/old" "$WHORL" --diff -q old new
    expect 2 '' 'whorl: old: Input/output error'
    # What could be read the first time is reported if it is the same the second time.
    run --separate-stderr inject "read:error=EIO:when=2" -P "$PWD/old" "$WHORL" --diff old new
    [ "$status" = 2 ]
    [[ $stderr = 'whorl: old: Input/output error'* ]]
}

# 40,000 records in the order that the step $1 makes, $2 of them once more.
many() {
    awk -v step="$1" -v twice="$2" 'BEGIN { n = 40000; for (i = 0; i < n; i++) {
        id = (i * step) % n; print id, id % 1000 * (step > 1 && id % 3 == 0 ? 2 : 1), id }
        for (i = 0; i < twice; i++) print i * 17, 0, 0 }' | vectors
}

@test "more ids, identities and rows than memory holds: the report is the same, from files" {
    many 1 0 >old
    many 7 3 >new
    python3 "$top_srcdir/tests/cli/diff-model.py" old new >want
    grep -q '^records	repeated-new	3' want && grep -q '^moved	exact	kept	[1-9]' want
    mkdir tmp
    for memory in 8M 256M; do
        for order in new <(tac new); do
            run --separate-stderr env TMPDIR=tmp "$WHORL" --diff --memory=$memory old $order
            expect 1 "$(cat want)"
        done
    done
    # In one order, with the repeated ids much later.
    many 1 3 >new
    run --separate-stderr env TMPDIR=tmp "$WHORL" --diff --memory=256M old new
    want=$output
    [[ $want == *$'\nrecords\tsame\t39997\t'* && $want == *$'\nrecords\tleft-out-new\t6\t'* ]]
    run --separate-stderr env TMPDIR=tmp "$WHORL" --diff --memory=8M old new
    expect 1 "$want"
    # On both sides: the pair that comes again was compared already.
    cp new old
    run --separate-stderr env TMPDIR=tmp "$WHORL" --diff --memory=256M old new
    want=$output
    [[ $want == *$'\nrecords\tsame\t39997\t'* && $want == *$'\nrecords\tleft-out-old\t6\t'* ]]
    run --separate-stderr env TMPDIR=tmp "$WHORL" --diff --memory=8M old new
    expect 1 "$want"
    [ -z "$(ls -A tmp)" ]
}

@test "memory is what --memory says, and some for the program and a line" {
    limits_memory
    many 1 0 >old
    tac old >new
    run --separate-stderr bash -c 'ulimit -v 17000; exec "$@"' - "$WHORL" --diff -q --memory=8M old new
    expect 0 ''
    # Without files this memory would not be enough.
    run --separate-stderr bash -c 'ulimit -v 17000; exec "$@"' - "$WHORL" --diff -q --memory=256M old new
    expect 2 '' 'whorl: out of memory'
}

@test "more repeated ids than memory holds are status 2" {
    seq 120000 | sed 's/.*/& 1/' | vectors >old
    cat old old >twice
    run --separate-stderr "$WHORL" --diff --memory=8M twice old
    expect 2 '' 'whorl: names, ids, values and rules take more than half of --memory: raise it'
    [ "$(counts twice old | tr '\n' ' ')" = 'old 240000 new 120000 repeated-old 120000 left-out-old 240000 left-out-new 120000 ' ]
}

@test "no room for temporary files is status 2" {
    seq 40000 | sed 's/.*/& 1/' | vectors >old
    tac old >new
    run --separate-stderr env TMPDIR=/nowhere "$WHORL" --diff --memory=8M old new
    expect 2 '' 'whorl: /nowhere: No such file or directory'
    run --separate-stderr bash -c 'ulimit -f 100; trap "" XFSZ; exec "$@"' - "$WHORL" --diff --memory=8M old new
    expect 2 '' "whorl: ${TMPDIR:-/tmp}: File too large"
}

@test "input in another format is reported, and gives no report" {
    vectors <<<'1 1' >one
    foreign() { # message, content
        printf "$2" >bad
        run --separate-stderr "$WHORL" --diff bad one
        expect 2 '' "whorl: bad$1"
        run --separate-stderr "$WHORL" --diff one - <bad
        expect 2 '' "whorl: -$1"
    }
    none='no NDJSON or binary output of whorl: expected lines of JSON, or binary rows with their header (not --no-header)'
    foreign ": $none" 'hello\n'
    foreign ": $none" '[1]\n'
    foreign ": $none" '\1\2\3\4\5\6\7\10\11'
    foreign ": $none" '\x89WHE\r\n\x1a\n'
    foreign ':1:1: the line has no id: expected output with id in --select' '{"a":1}\n'
    foreign ':2:2: the line has no id: expected output with id in --select' '\n {"present":1}\n{"id":1}\n'
    whorl --format=binary --no-header <<<'{"id":1,"a":1}' >bare
    run --separate-stderr "$WHORL" --diff one bare
    expect 2 '' "whorl: bare: $none"
    run --separate-stderr "$WHORL" --diff one none
    expect 2 '' 'whorl: none: No such file or directory'
    run --separate-stderr "$WHORL" --diff one .
    expect 2 '' 'whorl: .: Is a directory'
}

@test "outputs that have no members in common are status 2, not the same" {
    for members in id id,ids id,groups id,signals id,values; do
        whorl --select=$members <<<'{"id":1,"a":1}' >${members#id,}
    done
    nothing() {
        run --separate-stderr "$WHORL" --diff --catalog ./test.catalog "$@"
        expect 2 '' "whorl: $1: records that belong together have nothing in common to compare: expected ids, groups, or signals in --select of both"
    }
    nothing ids signals
    nothing groups ids
    nothing signals groups
    nothing values ids
    nothing id signals
    nothing ids id
    # The records lines are comparable even if nothing else is.
    run --separate-stderr "$WHORL" --diff -q --catalog ./test.catalog id id
    expect 0 ''
    run --separate-stderr "$WHORL" --diff -q --catalog ./test.catalog values signals
    expect 0 ''
    run --separate-stderr "$WHORL" --diff -q --catalog ./test.catalog --ignore='*' signals signals
    expect 0 ''
    run --separate-stderr "$WHORL" --diff -q --catalog ./test.catalog ids <(sed 's/1/2/' signals)
    expect 1 ''
}

@test "a malformed line is reported with its column, and the others are compared" {
    vectors <<<$'1 1\n2 2' >old
    damaged() { # line and column and message, sed's command
        sed "$2" old >new
        run --separate-stderr "$WHORL" --diff old new
        [ "$status" = 2 ]
        [ "$stderr" = "whorl: new:$1" ]
        [ "$(grep -c '^records	same	1' <<<"$output")" = 1 ]
    }
    column() { echo $(($(sed -n 1p old | grep -ob -- "$1" | head -n 1 | cut -d : -f 1) + 1)); }
    damaged '2:1: unknown word: expected true, false, null, or a string in double quotes' '2s/^/x/'
    damaged "1:9: expected ',' or '}' after the member" '1s/"id":1/"id":1 1/'
    damaged '1:9: this object already has a member of this name: expected each name once' '1s/"id":1/"id":1,"id":1/'
    damaged "1:7: expected a string, a number or null as id" '1s/"id":1/"id":[]/'
    at=$(column '"ids"') && damaged "1:$((at + 6)): no member of whorl's output has such a value" '1s/"ids":{[^}]*}/"ids":7/'
    at=$(column '"exact"') && damaged "1:$((at + 8)): expected an identity of 32 hexadecimal digits, or null" '1s/"exact":"./"exact":"/'
    at=$(column '"a":') && damaged "1:$((at + 4)): expected a hash of 16 hexadecimal digits, or null" '1s/"a":"./"a":"X/'
    at=$(column '"g":') && damaged "1:$((at + 4)): expected a hash of 16 hexadecimal digits, or null" '1s/"g":"[^"]*"/"g":7/'
}

@test "lines may have a byte order mark, CR, blanks between them, and no end; but not 64 MiB" {
    vectors <<<$'1 1\n2 2' >old
    { printf '\xEF\xBB\xBF'; sed -n 1p old | tr -d '\n'; printf '\r\n \t\r\n\n'; sed -n 2p old | tr -d '\n'; } >new
    run --separate-stderr "$WHORL" --diff -q old new
    expect 0 ''
    { cat old; printf '{"id":"'; head -c 67108864 /dev/zero | tr '\0' a; } >new
    run --separate-stderr "$WHORL" --diff old new
    [ "$status" = 2 ] && [ "$stderr" = 'whorl: new: a line is longer than 64 MiB, which no output is' ]
    [ "$(grep -c '^records	same	2' <<<"$output")" = 1 ]
}

@test "a binary file that is cut off or damaged gives a message, after a report of what could be read" {
    seq 5 | sed 's/.*/{"id":&,"a":&}/' | whorl --format=binary >old
    stride=$(od -A n -t u4 -j 16 -N 4 old | tr -d ' ') size=$(stat -c %s old) header=$(od -A n -t u4 -j 12 -N 4 old | tr -d ' ')
    reports() { # count of pairs that are the same, message
        run --separate-stderr "$WHORL" --diff old new
        [ "$status" = 2 ]
        [ "$stderr" = "whorl: new: $2" ]
        [ "$(grep -c "^records	same	$1" <<<"$output")" = 1 ]
    }
    head -c $((size - stride)) old >new
    reports 5 'the file is cut off: it has no end'
    head -c $((size - 2 * stride - 1)) old >new
    reports 3 'the file is cut off inside a row or header'
    head -c $((size - 1)) old >new
    reports 5 'the file is cut off inside a row or header'
    # Damage: a bit of a row; a bit of its tag; the number of rows; one row missing.
    patch() { cp old new; printf "$2" | dd of=new bs=1 seek=$1 conv=notrunc status=none; }
    patch $((header * stride + 127)) 'x'
    reports 5 'row 6: rows are damaged: their hash is not the one that the end states'
    patch $((header * stride)) 'x'
    run --separate-stderr "$WHORL" --diff old new
    [ "$status" = 2 ]
    [ "$stderr" = "whorl: new: row 1: no row: its tag is not that of the header's catalog
whorl: new: row 5: rows are damaged: their hash is not the one that the end states" ]
    patch $((size - stride + 8)) '\7'
    reports 5 'row 6: rows are missing: the end states another number of them'
    { head -c $((header * stride)) old; tail -c $((5 * stride)) old; } >new
    reports 4 'row 5: rows are missing: the end states another number of them'
    { head -c $((size - stride)) old; whorl --format=binary <<<'{"id":9,"a":1}'; } >new
    reports 5 'row 6: another header before the end of the rows: the file is cut off'
    { cat old; tail -c $stride old; } >new
    reports 5 'row 6: an end without a header before it'
    # The header itself: its version, numbers, length, blocks, text.
    patch 8 '\2'
    run --separate-stderr "$WHORL" --diff old new
    expect 2 '' 'whorl: new: row 1: the format is of a version that this whorl does not know'
    patch 16 '\0\0\0\0'
    run --separate-stderr "$WHORL" --diff old new
    expect 2 '' 'whorl: new: row 1: the header is damaged: its numbers are out of range'
    patch 28 '\xff\xff'
    run --separate-stderr "$WHORL" --diff old new
    expect 2 '' 'whorl: new: row 1: the header is damaged: its length is wrong'
    patch $stride 'x'
    run --separate-stderr "$WHORL" --diff old new
    expect 2 '' 'whorl: new: row 1: the header is damaged: a block of it is missing'
    run --separate-stderr "$WHORL" --diff --by=/carry/x old
    expect 2 '' 'whorl: old: row 1: the rows carry no member of this name: see --by'
    patch 32 'x'
    run --separate-stderr "$WHORL" --diff old new
    expect 2 '' 'whorl: new: row 1: the header is damaged: expected what whorl-vector(5) says'
}

@test "lines and rows that whorl never writes are reported" {
    wrong() { # line and message, the line after a proper one
        { cat old; printf '%s\n' "$2"; } >new
        run --separate-stderr "$WHORL" --diff --catalog ./test.catalog -q old new
        expect 2 '' "whorl: new:2:$1"
    }
    whorl --select=id,catalog,vector <<<'{"id":1,"a":1,"b":1}' >old
    label=$(jq -r .catalog old)
    wrong '54: the catalog has another number of signals' "{\"id\":2,\"catalog\":\"$label\",\"vector\":[null]}"
    wrong '23: expected a state: "!CLASS", "?" or "-"' '{"id":2,"states":{"a":7}}'
    wrong '23: expected a state: "!CLASS", "?" or "-"' '{"id":2,"states":{"a":""}}'
    ids=$(seq -f '"%g":null' -s , 17)
    wrong '15: more members than output of whorl has' "{\"id\":2,\"ids\":{$ids}}"
    signals=$(seq -f '"%.0f":null' -s , 65536)
    at=$(($(printf '{"id":2,"catalog":"x-1:0","signals":{%s}}' "$signals" | grep -ob '"65536"' | cut -d : -f 1) + 1))
    wrong "$at: more signals than a catalog can have, 65,535" "{\"id\":2,\"catalog\":\"x-1:0\",\"signals\":{$signals}}"
    wrong '30: this name reads as one before it' '{"id":2,"ids":{"\ud800":null,"\ud801":null}}'
    seq 257 | sed 's/.*/{"id":&,"catalog":"x-&:0","ids":{}}/' >new
    run --separate-stderr "$WHORL" --diff -q new /dev/null
    expect 2 '' 'whorl: new:257:1: more than 256 kinds of lines or rows, which no output of whorl has'
    for i in $(seq 257); do
        printf '@catalog\tx\t%s\na\t/a\tg\texact\n' "$i" >x.catalog
        "$WHORL" --catalog ./x.catalog --format=binary <<<'{"a":1}'
    done >new
    run --separate-stderr "$WHORL" --diff -q new /dev/null
    expect 2 '' 'whorl: new: row 257: more than 256 kinds of lines or rows, which no output of whorl has'
}

@test "compressed input that is cut off or damaged gives a message, after a report of what could be read" {
    seq 5 | sed 's/.*/& 1/' | vectors >old
    gzip -c old | head -c -9 >new
    run --separate-stderr "$WHORL" --diff old new
    [ "$status" = 2 ] && [ "$stderr" = 'whorl: new: the gzip data is cut off' ]
    [ "$(grep -c '^records	old	5' <<<"$output")" = 1 ]
}

@test "of many faults the first 20 are shown, with -v all" {
    vectors <<<'1 1' >old
    { cat old; yes '{"id":true}' | head -n 30; } >new
    run --separate-stderr "$WHORL" --diff old new
    [ "$status" = 2 ] && [ "$(wc -l <<<"$stderr")" = 21 ]
    [ "${stderr##*$'\n'}" = 'whorl: 30 records rejected, 10 of them without a message: see --verbose' ]
    run --separate-stderr "$WHORL" --diff -v old new
    [ "$status" = 2 ] && [ "$(wc -l <<<"$stderr")" = 30 ]
}

@test "-o: the report replaces a file as a whole, and only if the status is not 2" {
    vectors <<<$'1 1\n2 2' >old
    vectors <<<$'1 1\n2 3' >new
    run --separate-stderr "$WHORL" --diff -o out old new
    expect 1 ''
    run -1 --separate-stderr "$WHORL" --diff old new
    [ "$output" = "$(cat out)" ]
    cp old in
    run --separate-stderr "$WHORL" --diff -o in in new
    expect 1 ''
    cmp in out
    echo mine >out
    head -c -20 new >cut
    run --separate-stderr "$WHORL" --diff -o out old cut
    [ "$status" = 2 ] && [ "$(cat out)" = mine ]
    run --separate-stderr "$WHORL" --diff -o none/out old new
    expect 2 '' 'whorl: none/out: No such file or directory'
}

@test "output that cannot be written is status 2" {
    vectors <<<'1 1' >old
    run --separate-stderr bash -c '"$1" --diff old old >/dev/full' - "$WHORL"
    expect 2 '' 'whorl: standard output: No space left on device'
    run --separate-stderr bash -c '"$1" --diff old old >&-' - "$WHORL"
    expect 2 '' 'whorl: standard output: Bad file descriptor'
}

@test "wide letters and marks do not shift the columns after them, and nothing reverses the text" {
    needs_terminal
    names=(plain 漢字 $'e\xcc\x81한글' $'\xe2\x80\xaeabc' $'\xc2\xad\xe2\x80\x8b\xe2\x80\xa8' $'\xf3\xa0\x81\x81')
    # One record for each name, in which only this name differs.
    records() {
        for name in "${names[@]}"; do
            printf '{"id":"１ %s","catalog":"t-1:0123456789abcdef","signals":{"%s":"%016x"}}\n' "$((++i))" "$name" "$1"
        done
    }
    i=0 records 1 >old
    i=0 records 2 >new
    run -1 --separate-stderr "$WHORL" --diff old new
    i=0
    for name in plain 漢字 $'e\xcc\x81한글' '\u202eabc' '\u00ad\u200b\u2028' '\udb40\udc41'; do
        grep -Fqx $'signal\t-\t1\t0\t0\t16.6667%\t"１ '"$((++i))"$'"\t'"$name" <<<"$output"
    done
    NO_COLOR=1 script -qec "$WHORL --diff old new" /dev/null </dev/null | tr -d '\r' >shown
    python3 - <<'END'
import unicodedata

def width(text):
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in 'WF') for c in text)

rows = [row for row in open('shown', encoding='utf-8', newline='\n') if row.startswith('signal')]
assert len(rows) == 6, rows
assert len({width(row[:row.index('"')]) for row in rows}) == 1, rows
END
}

@test "on a terminal there are columns and bars; NO_COLOR and TERM=dumb turn colors off" {
    needs_terminal
    vectors <<<$'1 1 1\n2 2 2\n3 3 3' >old
    vectors <<<$'1 1 1\n2 2 2\n3 3 9' >new
    printf 'b\n' >rules
    # Without \r, which the terminal adds.
    on_terminal() { env "$@" script -qec "$WHORL --diff --expect rules old new" /dev/null </dev/null | tr -d '\r'; }
    on_terminal NO_COLOR=1 TERM=xterm >plain
    on_terminal NO_COLOR= TERM=dumb >dumb
    cmp plain dumb
    ! grep -q $'\033' plain
    grep -q '^ *side  catalog  *records$' plain
    grep -q '^records  same  *2 *$' plain
    grep -q '^signal  expected  *1  *0  *0  33.3333%  ####  *b  *3$' plain
    grep -q '^group  *unexpected  *1  *0  *0  33.3333%  ####  *h  *3$' plain
    on_terminal NO_COLOR= TERM=xterm >coloured
    grep -q $'^\033\\[31mgroup .*\033\\[0m$' coloured
    grep -q $'^\033\\[2msignal .*\033\\[0m$' coloured
    [ "$(sed $'s/\033\\[[0-9]*m//g' coloured)" = "$(cat plain)" ]
    # The report to a pipe has tabs, whatever the environment says.
    run -1 --separate-stderr env TERM=xterm "$WHORL" --diff old new
    [[ $output != *$'\033'* && $output == *$'signal\t-\t1\t0\t0\t33.3333%\t3\tb'* ]]
}
