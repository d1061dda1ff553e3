# --match: hard cases, each with the decision that whorl-match(1) gives for it. Scores are derived in a
# comment beside each; surprisals are logarithms to base 2, in thousandths of a bit.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C
    catalog '@id|/id' '@carry|account|/account' 'a|/a|ga|device' 'b|/b|gb|install' 'b2|/b2|gb|install' \
        'c|/c|gc|build' 'd|/d|gd|build' 'browser.family|/family|page|volatile||fact' \
        'browser.major|/major|page|volatile||fact:u64'
    title='id|decision|known|runner_up|by|score|margin|share'
}

# Output lines of the records on standard input.
vectors() {
    whorl --select=id,carry,catalog,vector "$@"
}

# Four known devices, which differ in one signal only.
four() {
    printf '{"id":"k%d","a":%d,"b":1,"c":1,"d":1}\n' 1 1 2 2 3 3 4 4 | vectors
}

match() {
    run --separate-stderr "$WHORL" --match --catalog ./test.catalog "$@"
}

# The decisions, with | between the cells, are all that is written, and the status is 0.
decides() {
    expect 0 "$(printf '%s\n' "$title" "$@" | tr '|' '\t')"
}

# The cells of the last lines, without the header, whatever the messages.
lines_are() {
    diff <(printf '%s\n' "$title" "$@" | tr '|' '\t') <(printf '%s\n' "$output")
}

# The id among the arguments with the least key.
least() {
    for id in "$@"; do printf '%s %s\n' "$(h128 "\"$id\"")" "$id"; done | sort | head -n 1 | cut -d ' ' -f 2
}

# Trouble: status 2, nothing on standard output, and messages that are like the pattern.
trouble() {
    [ "$status" = 2 ] || { echo "status $status"; return 1; }
    [ -z "$output" ] || { echo "output: $output"; return 1; }
    # shellcheck disable=SC2053
    [[ $stderr == $1 ]] || { echo "stderr: $stderr"; return 1; }
}

@test "what is equal gives bits, what differs takes them" {
    four >known
    # N is 4, so each score begins with -2000. a has four values, and entropy; the others have none,
    # so their weight is 0. An equal a gives log2(5) = 2321; one that differs takes 4000.
    printf '%s\n' '{"id":"same","a":1,"b":1,"c":1,"d":1}' '{"id":"build","a":2,"b":1,"c":2,"d":1}' \
        '{"id":"builds","a":3,"b":1,"c":2}' '{"id":"install","a":4,"b":2,"c":1,"d":1}' \
        '{"id":"none","a":5,"b":2,"c":1,"d":1}' '{"id":"half","a":1,"b":1,"b2":1,"c":1,"d":1}' | vectors >new
    match known new
    second=$(least k2 k3 k4)
    decides "same|match|k1|$second|build|0.321|6.321|1" \
        "build|ambiguous|k2|$(least k1 k3 k4)|install|-1.679|6.321|1" \
        "builds|ambiguous|k3|$(least k1 k2 k4)|install|-3.679|6.321|1" \
        "install|ambiguous|k4|$(least k1 k2 k3)|ga|-3.679|6.321|1" \
        'none|new|\N|\N|\N|-10.000|0.000|1' \
        "half|ambiguous|k1|$second|ga|-2.679|6.321|1"
    # Of half, b is equal and b2 is only in one: 2000 and 2000 * 1/2 are taken. A build takes 2000.
}

@test "with groups alone a group of which one signal has changed has changed" {
    for side in known new; do
        printf '{"id":"k%d","a":%d,"b":1,"c":1,"d":1}\n' 1 1 2 2 3 3 4 4 >$side.records
    done
    echo '{"id":"half","a":1,"b":1,"b2":1,"c":1,"d":1}' >new.records
    for side in known new; do whorl --select=id,catalog,groups $side.records >$side; done
    match known new
    # -2000 + 2321 - 2000 - 2000.
    decides "half|ambiguous|k1|$(least k2 k3 k4)|ga|-3.679|6.321|1"
}

@test "output as JSON has the same cells, with null and numbers" {
    four >known
    printf '%s\n' '{"id":1.50,"a":1,"b":1,"c":1,"d":1}' '{"id":"none","a":5,"b":2,"c":1,"d":1}' | vectors >new
    match --format=ndjson known new
    expect 0 '{"id":1.50,"decision":"match","known":"k1","runner_up":"'"$(least k2 k3 k4)"'","by":"build","score":0.321,"margin":6.321,"share":1}
{"id":"none","decision":"new","known":null,"runner_up":null,"by":null,"score":-10.000,"margin":0.000,"share":1}'
    match --format=tsv known new
    [[ $output == "$(tr '|' '\t' <<<"$title")"* ]]
}

@test "ties: the least key is best, the next is the runner-up, and it is ambiguous" {
    printf '{"id":"k%d","a":%d}\n' 1 1 2 1 3 1 4 2 | vectors >known
    echo '{"id":"n","a":1}' | vectors >new
    best=$(least k1 k2 k3)
    second=$(least $(printf 'k1 k2 k3' | sed "s/$best//"))
    # N is 4. An equal a gives log2(5) - log2(3) = 736, and a is the only component with entropy.
    match known new
    decides "n|ambiguous|$best|$second|build|-1.264|0.000|3"
    # The order has no influence.
    tac known >other
    match other new
    decides "n|ambiguous|$best|$second|build|-1.264|0.000|3"
}

@test "one known record: nothing is rare, and there is no runner-up" {
    echo '{"id":"k","a":1,"b":1}' | vectors >known
    printf '%s\n' '{"id":"same","a":1,"b":1}' '{"id":"a","a":1,"b":2}' '{"id":"none","a":2,"b":2}' \
        '{"id":"builds","a":2,"b":2,"c":1}' '{"id":"empty","c":1}' | vectors >new
    match known new
    # N is 1, so the score begins with 0, and no component has entropy.
    decides 'same|match|k|\N|build|0.000|\N|1' 'a|ambiguous|k|\N|\N|-4.000|\N|1' \
        'none|new|\N|\N|\N|-8.000|\N|1' 'builds|new|\N|\N|\N|-10.000|\N|1' 'empty|new|\N|\N|\N|\N|\N|0'
}

@test "all the same, and none alike" {
    printf '{"id":"k%d","a":1,"b":1}\n' 1 2 3 | vectors >known
    printf '%s\n' '{"id":"same","a":1,"b":1}' '{"id":"none","a":2,"b":2}' | vectors >new
    best=$(least k1 k2 k3)
    second=$(least $(printf 'k1 k2 k3' | sed "s/$best//"))
    match known new
    # -log2(3), and nothing else: no component has entropy.
    decides "same|ambiguous|$best|$second|build|-1.584|0.000|3" 'none|new|\N|\N|\N|-9.584|0.000|3'
}

@test "an empty side" {
    four >known
    : >none
    match known none
    decides
    match none none
    decides
    match none known
    decides 'k1|new|\N|\N|\N|\N|\N|0' 'k2|new|\N|\N|\N|\N|\N|0' 'k3|new|\N|\N|\N|\N|\N|0' 'k4|new|\N|\N|\N|\N|\N|0'
    match --format=ndjson known none
    expect 0 ''
}

@test "known records of one device do not make each other ambiguous" {
    printf '%s\n' '{"id":"k1","account":"x","a":1,"b":1}' '{"id":"k2","account":"x","a":1,"b":1}' \
        '{"id":"k3","account":"x","a":1,"b":1,"c":1}' '{"id":"k4","account":"y","a":2,"b":1}' \
        '{"id":"k5","account":null,"a":3,"b":1}' '{"id":"k6","a":4,"b":1}' | vectors >known
    echo '{"id":"n","a":1,"b":1}' | vectors >new
    # k1 and k2 are one entry, k3 is another of the same device: N is 5, -log2(5) = -2321. a of 1 is in
    # two of them: log2(6) - log2(2) = 1584. The best of another device differs in a.
    match --by=/carry/account known new
    decides "n|ambiguous|$(least k1 k2)|$(least k4 k5 k6)|build|-0.737|5.584|2"
    match --threshold=-1 --by=/carry/account known new
    decides "n|match|$(least k1 k2)|$(least k4 k5 k6)|build|-0.737|5.584|2"
    # Without it, k1 and k2 are two devices. N is 6: -2584; log2(7) - log2(3) = 1222.
    match --threshold=-2 known new
    best=$(least k1 k2)
    second=k$((3 - ${best#k}))
    decides "n|ambiguous|$best|$second|build|-1.362|0.000|3"
}

@test "the version: an update explains what differs in the build, a version that has decreased takes 8 bits" {
    record='{"id":"%s","a":1,"c":%d,"d":%d,"family":"%s","major":%s}\n'
    printf "$record" k 1 1 F 10 | vectors >known
    printf "$record" same 1 1 F 10 update 2 2 F 11 updated 1 1 F 11 back 2 2 F 9 family 2 2 G 9 \
        large 2 2 F 10000 text 2 2 F '"11"' last 2 2 F 9999 zero 2 2 F 0 | vectors >new
    match --threshold=-20 known new
    decides 'same|match|k|\N|build|0.000|\N|1' 'update|match|k|\N|install|0.000|\N|1' \
        'updated|match|k|\N|build|0.000|\N|1' 'back|match|k|\N|install|-8.000|\N|1' \
        'family|match|k|\N|install|-4.000|\N|1' 'large|match|k|\N|install|-4.000|\N|1' \
        'text|match|k|\N|install|-4.000|\N|1' 'last|match|k|\N|install|0.000|\N|1' \
        'zero|match|k|\N|install|-8.000|\N|1'
}

@test "build components that are equal add bits, three tenths of a lasting one, also after an update" {
    printf '{"id":"k%d","a":1,"c":%d,"family":"F","major":10}\n' 1 1 2 2 | vectors >known
    printf '{"id":"%s","a":1,"c":%d,"family":"F","major":%d}\n' same 1 10 update 1 11 | vectors >new
    match --threshold=-5,-0.525 known new
    # N is 2, and log2(3) = 1584: -1000 + 1584 * 300 / 1000. The other one: -1000 - 2000, or, after
    # the update, -1000.
    decides 'same|match|k1|k2|build|-0.525|2.475|2' 'update|ambiguous|k1|k2|build|-0.525|0.475|2'
}

@test "build components take 8 bits at most" {
    rows=() old=() new=()
    for i in 1 2 3 4 5 6 7 8; do
        rows+=("c$i|/c$i|g$i|build")
        old+=("\"c$i\":1") new+=("\"c$i\":2")
    done
    catalog '@id|/id' 'a|/a|ga|device' "${rows[@]}"
    members() { local IFS=,; echo "$*"; }
    echo "{\"id\":\"k\",\"a\":1,$(members "${old[@]}")}" | whorl --select=id,catalog,vector >known
    printf '%s\n' "{\"id\":8,\"a\":1,$(members "${new[@]}")}" "{\"id\":5,\"a\":1,$(members "${old[@]:0:3}" "${new[@]:3}")}" \
        "{\"id\":4,\"a\":1,$(members "${old[@]:0:4}" "${new[@]:4}")}" \
        "{\"id\":3,\"a\":1,$(members "${old[@]:0:5}" "${new[@]:5}")}" | whorl --select=id,catalog,vector >new
    match --threshold=-9,0 known new
    decides '8|ambiguous|k|\N|install|-8.000|\N|1' '5|ambiguous|k|\N|install|-8.000|\N|1' \
        '4|ambiguous|k|\N|install|-8.000|\N|1' '3|ambiguous|k|\N|install|-6.000|\N|1'
}

@test "signals that @ids leaves out, and those of other tiers, do not count" {
    catalog '@id|/id' '@ids|3' 'a|/a|ga|device' 'e|/e|ge|exact' 'v|/v|ga|volatile' 'w|/w|ga|device' 'c|/c|gc|build'
    echo '{"id":"k","a":1,"e":1,"v":1,"w":1,"c":1}' | vectors >known
    echo '{"id":"n","a":1,"e":2,"v":2,"w":2,"c":2}' | vectors >new
    match known new
    decides 'n|match|k|\N|build|0.000|\N|1'
}

@test "10,000 records that share one group hash" {
    seq 10000 | sed 's/.*/{"id":&,"a":&,"b":1}/' | vectors >known
    printf '%s\n' '{"id":"a","a":77,"b":1}' '{"id":"b","a":"none","b":1}' | vectors >new
    # a is in the first set, gb in the second, and all others have no component. Only the record with
    # the same a is a candidate: -log2(10000) = -13287, and log2(10001) = 13287.
    match known new
    decides 'a|match|77|\N|build|0.000|\N|1' 'b|new|\N|\N|\N|\N|\N|0'
    # Up to 1,024 combinations all are candidates, but one more are not.
    head -n 1024 known >all
    match all new
    # -log2(1024), and log2(1025) = 10001. The runner-up differs in a: -10000 - 4000.
    [ "${#lines[@]}" = 3 ]
    [[ ${lines[1]} == $'a\tmatch\t77\t'*$'\tbuild\t0.001\t14.001\t1' ]]
    [ "${lines[2]}" = $'b\tnew\t\\N\t\\N\t\\N\t-14.000\t0.000\t1' ]
    head -n 1025 known >more
    match more new
    # -log2(1025) = -10001, and log2(1026) = 10002.
    decides 'a|match|77|\N|build|0.001|\N|1' 'b|new|\N|\N|\N|\N|\N|0'
}

@test "an id that occurs twice in KNOWN: the same counts once, two different ones are not used" {
    four >known
    { cat known; head -n 1 known; } >same
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new
    match same new
    decides "n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1"
    # Without k1 three are left: -log2(3) = -1584, and a differs.
    { cat known; echo '{"id":"k1","a":9,"b":1}' | vectors; } >different
    match different new
    [ "$status" = 1 ]
    lines_are 'n|new|\N|\N|\N|-5.584|0.000|1'
    [ "$stderr" = 'whorl: different: 2 records that have the id of another record and differ from it: none of these is used' ]
    # The same with the first one a third time, and in another order.
    { head -n 1 known; cat different; } >third
    for file in third <(tac third); do
        match "$file" new
        [ "$status" = 1 ]
        [[ ${lines[1]} == *$'\t-5.584\t0.000\t1' ]]
    done
}

@test "an id that is null or occurs twice in NEW gets no decision" {
    four >known
    printf '%s\n' '{"id":"x","a":1,"b":1,"c":1,"d":1}' '{"a":1}' '{"id":"y","a":1,"b":1,"c":1,"d":1}' \
        '{"id":"x","a":1,"b":1,"c":1,"d":1}' '{"id":null,"a":2}' | vectors >new
    match known new
    [ "$status" = 1 ]
    lines_are 'x|-|\N|\N|\N|\N|\N|0' '\N|-|\N|\N|\N|\N|\N|0' "y|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1" \
        'x|-|\N|\N|\N|\N|\N|0' '\N|-|\N|\N|\N|\N|\N|0'
    [ "$stderr" = 'whorl: new: 2 records without an id: they are not decided
whorl: new: 2 records whose id occurs more than once: they are not decided' ]
    match --format=ndjson known new
    [ "$status" = 1 ]
    [ "${lines[0]}" = '{"id":"x","decision":"-","known":null,"runner_up":null,"by":null,"score":null,"margin":null,"share":0}' ]
    [ "${lines[1]}" = '{"id":null,"decision":"-","known":null,"runner_up":null,"by":null,"score":null,"margin":null,"share":0}' ]
}

@test "a known record without id is not used, and reported" {
    { four; echo '{"a":7}' | vectors; } >known
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new
    match known new
    [ "$status" = 1 ]
    lines_are "n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1"
    [ "$stderr" = 'whorl: known: 1 record without an id: they are not known, since nothing could name them' ]
}

@test "another version of the catalog is refused, and compared with --map" {
    four >known
    sed -i 's/	1$/	2/; s/^c	.*/&	lower/' test.catalog
    head -n 1 test.catalog | grep -q '	2$'
    echo '{"id":"n","a":1,"b":1,"c":2,"d":1}' | vectors >new
    cp test.catalog new.catalog
    sed 's/	2$/	1/; s/	lower$//' new.catalog >test.catalog
    match --catalog ./new.catalog known new
    trouble '*--map*'
    # gc is not the same row in both, so it is not compared.
    match --catalog ./new.catalog --map=test-1=test-2 known new
    decides "n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1"
    match --catalog ./new.catalog --map=test-2=test-1 known new
    trouble '*--map*'
}

@test "a catalog that is not known is named" {
    four >known
    for new in known /dev/null; do
        run --separate-stderr "$WHORL" --match known $new
        expect 2 '' 'whorl: known:1:68: the catalog is not known, so these hashes have no names: give it with --catalog, or use --select=signals'
    done
    # Groups have names, but are not enough.
    whorl --select=id,catalog,groups <<<'{"id":1,"a":1}' >groups
    run --separate-stderr "$WHORL" --match groups groups
    expect 2 '' 'whorl: groups: the catalog of these records is not known: give it with --catalog'
}

@test "records with signals do not match those with groups alone" {
    four >known
    whorl --select=id,catalog,groups <<<'{"id":1,"a":1}' >groups
    mixed='some records have signals and others have groups alone: expected the same --select for all'
    match known groups
    expect 2 '' "whorl: groups:1: $mixed"
    match groups known
    expect 2 '' "whorl: known:1: $mixed"
    cat known groups >both
    match both known
    expect 2 '' "whorl: both:5: $mixed"
    match --index=index known known
    match --index=index groups known
    expect 2 '' "whorl: groups:1: $mixed"
}

@test "lines of several catalogs are refused on either side" {
    four >known
    cp test.catalog other.catalog
    sed -i '1s/1$/2/' other.catalog
    { cat known; "$WHORL" --catalog ./other.catalog --select=id,catalog,vector <<<'{"id":9,"a":1}'; } >mixed
    match --catalog ./other.catalog mixed known
    trouble 'whorl: mixed:5: these records are by another catalog than the known ones: expected the same, or --map=KNOWN=NEW'
    match --catalog ./other.catalog known mixed
    [ "$status" = 2 ]
    [[ $stderr == 'whorl: mixed'* ]]
}

@test "KNOWN or NEW on standard input, and not both" {
    four >known
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new
    want="n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1"
    match - new <known
    decides "$want"
    match known - <new
    decides "$want"
    match - - <known
    trouble '*standard input*'
    match known <(cat new)
    decides "$want"
}

@test "compressed, binary and NDJSON in any mixture" {
    four >known.ndjson
    printf '{"id":"k%d","a":%d,"b":1,"c":1,"d":1}\n' 1 1 2 2 3 3 4 4 | whorl --format=binary >known.binary
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' >record
    vectors record >new.ndjson
    whorl --format=binary record >new.binary
    for file in known.* new.*; do
        gzip -k "$file"
        zstd -qk "$file"
    done
    for old in known.*; do
        for new in new.*; do
            id() { [[ $1 == *.binary* ]] && h128 "\"$2\"" || echo "$2"; }
            match "$old" "$new"
            decides "$(id $new n)|match|$(id $old k1)|$(id $old "$(least k2 k3 k4)")|build|0.321|6.321|1"
        done
    done
}

@test "damaged input is named by file and line, and the status is 2" {
    four >known
    sed '3s/.$//' known >damaged
    sed '3s/"id"/"ID"/' known >no-id
    # What could be read of KNOWN is known, and of NEW decided.
    match damaged known
    [ "$status" = 2 ] && [[ $stderr == whorl:\ damaged:3:*:\ * ]]
    [ "$(cut -f 1-3 <<<"${lines[1]}")" = $'k1\tmatch\tk1' ]
    match no-id known
    [ "$status" = 2 ]
    [ "$stderr" = 'whorl: no-id:3:1: the line has no id: expected output with id in --select' ]
    match known damaged
    [ "$status" = 2 ] && [[ $stderr == whorl:\ damaged:3:*:\ * ]]
    [ "$(cut -f 1 <<<"$output" | tr '\n' ' ')" = 'id k1 k2 k4 ' ]
    whorl --format=binary <<<'{"id":1,"a":1}' | head -c -64 >cut
    match cut known
    [ "$status" = 2 ]
    [[ $stderr == *cut* ]]
    match known missing
    [ "$status" = 2 ]
    [[ $stderr == *'missing: No such file or directory'* ]]
    match missing known
    trouble '*missing: No such file or directory*'
    # Lines that have no hashes.
    whorl --select=id,catalog <<<'{"id":1,"a":1}' >bare
    match bare known
    trouble 'whorl: bare:1: the records have neither signals nor groups: expected vector, signals or groups in --select'
}

@test "too little memory is exit status 2, and says what to do" {
    seq 200000 | sed 's/.*/{"id":"a long id of a record number &","a":&,"b":"&","c":"&"}/' | vectors >known
    head -n 1 known >new
    match --memory=8M known new
    expect 2 '' 'whorl: known: the known records do not fit in --memory: expected a higher limit'
    match --memory=8M new known
    expect 2 '' 'whorl: known: the new records do not fit in --memory: expected a higher limit, or fewer records at once'
    match --memory=1G known new
    [ "$status" = 0 ]
}

@test "-o is replaced as a whole or not at all" {
    four >known
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new
    echo old >out
    sed 's/"id"/"ID"/' new >damaged
    ls -A >before
    for option in -o --output; do
        match $option out known damaged
        [ "$status" = 2 ] && [ -z "$output" ] && [ "$(cat out)" = old ]
    done
    match -o out known new
    expect 0 ''
    diff out <(printf '%s\n' "$title" "n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1" | tr '|' '\t')
    diff <(grep -v stderr before) <(ls -A | grep -v stderr) # no temporary file is left
    match -o none/out known new
    [ "$status" = 2 ]
    match known new >/dev/null
}

@test "a full disk is trouble" {
    [ -e /dev/full ] || skip 'no /dev/full'
    four >known
    run --separate-stderr bash -c '"$WHORL" --match --catalog ./test.catalog known known >/dev/full'
    [ "$status" = 2 ]
    [[ $stderr == *'No space left on device'* ]]
}

@test "--index: a file that does not exist is made, and added to" {
    four >known
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new
    want="n|match|k1|$(least k2 k3 k4)|build|0.321|6.321|1"
    head -n 2 known >one
    tail -n 2 known >two
    match --index=index two new
    [ "$status" = 0 ] && [ -s index ]
    match --index=index one new
    decides "$want"
    # Known records again change nothing, nor does none.
    cp index before
    match --index=index known new
    decides "$want"
    match --index=index new
    decides "$want"
    match --index=index /dev/null new
    decides "$want"
    # A record that contradicts another one, on another day.
    echo '{"id":"k1","a":9}' | vectors >three
    match --index=index three new
    [ "$status" = 1 ]
    [[ ${lines[1]} == *$'\t-5.584\t0.000\t1' ]]
    match --index=index new
    [ "$status" = 0 ]
    [[ ${lines[1]} == *$'\t-5.584\t0.000\t1' ]]
    match --index=index one new
    [[ ${lines[1]} == *$'\t-5.584\t0.000\t1' ]]
}

@test "--index: KNOWN is needed if there is no index" {
    four >known
    match --index=none known
    trouble '*none*'
    [ ! -e none ]
}

@test "--index: a file of another kind or version, or a damaged one, is refused, and stays as it is" {
    four >known
    match --index=good known known
    [ "$status" = 0 ]
    size=$(stat -c %s good)
    refuses() {
        cp index copy
        match --index=index known known
        cmp index copy
        expect 2 '' "whorl: index: $1"
    }
    foreign='no index of whorl --match: expected a file that --index wrote'
    : >index
    refuses "$foreign"
    echo 'not an index' >index
    refuses "$foreign"
    cp known index
    refuses "$foreign"
    damaged='the index is damaged: make it again from the outputs that it was made of'
    for at in 0 8 12 $((size / 2)) $((size - 17)) $((size - 1)); do
        cp good index
        byte=$(od -An -tu1 -j "$at" -N 1 good)
        printf "\\x$(printf %x $(((byte + 1) % 256)))" | dd of=index bs=1 seek="$at" conv=notrunc status=none
        case $at in
        0) refuses "$foreign" ;;
        8) refuses 'the index is of a version that this whorl does not know' ;;
        *) refuses "$damaged" ;;
        esac
    done
    for end in 8 12 40 $((size / 2)) $((size - 1)); do
        head -c "$end" good >index
        refuses "$damaged"
    done
    { cat good; echo; } >index
    refuses "$damaged"
    cat good good >index
    refuses "$damaged"
}

@test "--index: an id in it that is no JSON is refused, even if the hash of the file is right" {
    printf '{"id":"k","a":1}\n' | vectors >known
    match --index=good known known
    decides 'k|match|k|\N|build|0.000|\N|1'
    # Three other bytes in place of "k".
    for id in "k'" "k" '\"k"' '[1]' 'nul'; do
        head -c -16 good | sed "s/\"k\"/$(printf '%-3.3s' "$id" | sed 's/[][\\/]/\\&/g')/" >body
        [ "$(wc -c <body)" = "$(($(wc -c <good) - 16))" ]
        hash=$(xxhsum -H2 body | cut -d ' ' -f 1)
        { cat body; printf "$(printf %s "$hash" | sed 's/../\\x&/g')"; } >index
        match --index=index known
        trouble 'whorl: index: the index is damaged: *'
    done
    # With another string the same is no damage: so the hash is right.
    head -c -16 good | sed 's/"k"/"j"/' >body
    hash=$(xxhsum -H2 body | cut -d ' ' -f 1)
    { cat body; printf "$(printf %s "$hash" | sed 's/../\\x&/g')"; } >index
    match --index=index known
    decides 'k|match|j|\N|build|0.000|\N|1'
}

@test "--index: the same records in another order, or on other days, give the same file" {
    four >known
    match --index=one known known
    tac known >other
    match --index=two other known
    cmp one two
    for i in 3 1 4 2 3; do
        sed "${i}q;d" known >day
        match --index=days day known
        [ "$status" = 0 ]
    done
    cmp one days
}

@test "--index: one of another catalog or another --by is refused" {
    four >known
    match --index=index known known
    [ "$status" = 0 ]
    cp index copy
    match --index=index --by=/carry/account known known
    expect 2 '' 'whorl: index: the index was made with another --by: expected the same'
    sed -i '1s/1$/2/' test.catalog
    four >other
    match --index=index other other
    expect 2 '' 'whorl: index: the catalog of these records is not known: give it with --catalog'
    sed '1s/2$/1/' test.catalog >old.catalog
    match --catalog ./old.catalog --index=index other other
    expect 2 '' 'whorl: other:1: these records are by another catalog than the known ones: expected the same, or --map=KNOWN=NEW'
    cmp index copy
}

@test "--index is written atomically, and only if all is right" {
    four >known
    match --index=index known known
    cp index copy
    { echo '{"id":"k8","a":8}' | vectors; sed '3s/.$//' known; } >damaged
    match --index=index damaged known
    [ "$status" = 2 ]
    cmp index copy
    match --index=index known damaged
    [ "$status" = 2 ]
    cmp index copy
    match --index=none/index known known
    [ "$status" = 2 ]
    [[ $stderr == *none/index* ]]
    # The file is replaced, so a reader of the old one keeps it.
    exec 9<index
    echo '{"id":"k9","a":9}' | vectors >more
    match --index=index more known
    [ "$status" = 0 ]
    cmp copy - <&9
    ! cmp -s copy index
    [ "$(find . -name '*index*' | wc -l)" = 1 ]
}

@test "--threshold: new below the first, match from the second on, ambiguous between" {
    four >known
    echo '{"id":"n","a":1,"b":1,"c":1,"d":1}' | vectors >new # 0.321
    decision() {
        match "--threshold=$1" known new
        [ "$status" = 0 ]
        [[ ${lines[1]} == $'n\t'$2$'\t'* ]] || { echo "$1: ${lines[1]}"; return 1; }
    }
    decision 0.321 match
    decision 0.322 new
    decision 0.320,0.321 match
    decision 0.321,0.322 ambiguous
    decision 0.322,0.322 new
    decision -5,0 match
    decision +0.3 match
    decision 0.4,1000 new
    decision -1000,1000 ambiguous
}

@test "--threshold: what is not one or two numbers of bits is a usage error" {
    four >known
    for value in '' , 1, ,1 1,2,3 x 1x 1e3 0x1 0.0001 1..2 1.2.3 -- +-1 1001 -1001 99999999999999999999 '1 ' ' 1' 1,0 0,-6 nan inf; do
        match "--threshold=$value" known known
        trouble "whorl: --threshold: *'$value'*whorl --help'" || { echo "value: $value"; return 1; }
    done
}

@test "options and files that do not go together are refused" {
    four >known
    for arguments in '' known 'known known known' '--format=binary known known' '--format=csv known known' \
        '--select=id known known' '--no-header known known' '--rejects=x known known' '--diff known known' \
        '--survey known known' '--stats=x known known' '--dictionary=x known known' '--by=x known known' \
        '--by= known known' '--memory=7M known known' '-j0 known known' '--ignore=x known known' \
        '--expect=known known known' '--map=x known known' '--map== known known' '-q known known' \
        '--index= known known' '--catalog=browser=out known known' '--max-record=1 known known' \
        '--no-cache known known' '--cache-memory=8M known known'; do
        # shellcheck disable=SC2086
        run --separate-stderr "$WHORL" --match $arguments
        trouble "whorl: *" || { echo "arguments: $arguments"; return 1; }
    done
    for option in --index=x --truth=/carry/account; do
        run --separate-stderr "$WHORL" $option known
        trouble "whorl: ${option%%=*}: expected --match with it*"
    done
    [ ! -e x ] && [ ! -e out ]
}

@test "hostile ids and names: escapes in every cell" {
    printf '@catalog\ttest\t1\n@id\t/id\na\t/a\tg,\\\tdevice\nb\t/b\t"q"\tdevice\n' >test.catalog
    printf '%s\n' '{"id":"t\tn\nr\r0\u0000b\\u2028\u2028","a":1,"b":1}' '{"id":"\\N","a":2,"b":2}' '{"id":"","a":3,"b":3}' \
        '{"id":"k","a":4,"b":5}' | whorl --select=id,catalog,vector >known
    printf '%s\n' '{"id":"\u0001\u007f\"","a":1,"b":1}' '{"id":"\\N","a":2,"b":2}' '{"id":"null","a":3,"b":3}' \
        '{"id":"\ud800","a":4,"b":6}' '{"id":-0.0e1,"a":9,"b":5}' | whorl --select=id,catalog,vector >new
    # N is 4; each value is in one entry, and gives 2321. The components say the same, so the second
    # has weight 0: the one that comes first is g,\.
    match --threshold=-9 known new
    [ "$status" = 0 ]
    diff <(cut -f 1-3,5,6,8 <<<"$output" | tail -n +2) <(printf '%s\n' \
        $'\001\177"|match|t\\tn\\nr\\r0\\0b\\\\u2028\342\200\250|build|0.321|1' \
        '\\N|match|\\N|build|0.321|1' 'null|match||build|0.321|1' \
        $'\357\277\275|match|k|g,\\\\|-3.679|1' '-0.0e1|match|k|\N|-6.000|1' | tr '|' '\t')
    match --threshold=-9 --format=ndjson known new
    [ "$status" = 0 ]
    diff <(cut -d , -f 1,3 <<<"${output//g,/g;}") - <<END
{"id":"\\u0001\\"","known":"t\\tn\\nr\\r0\\u0000b\\\\u2028 "
{"id":"\\\\N","known":"\\\\N"
{"id":"null","known":""
{"id":"�","known":"k"
{"id":-0.0e1,"known":"k"
END
    [ "$(jq -c .by <<<"$output" | tr '\n' ' ')" = '"build" "build" "build" "g,\\" null ' ]
}

@test "very long ids" {
    long=$(printf 'x%.0s' {1..100000})
    printf '{"id":"%s%d","a":%d}\n' "$long" 1 1 "$long" 2 2 | vectors >known
    printf '{"id":"%sn","a":1}\n' "$long" | vectors >new
    match known new
    # N is 2: -1000 + log2(3) = 1584; the runner-up: -1000 - 4000.
    decides "${long}n|match|${long}1|${long}2|build|0.584|5.584|1"
}

@test "threads and the order of NEW: the lines follow NEW" {
    seq 3000 | sed 's/.*/{"id":&,"a":&,"b":1}/' | vectors >known
    shuf --random-source=known known >new
    match -j2 known new
    [ "$status" = 0 ]
    [ "$(cut -f 1 <<<"$output" | tail -n +2)" = "$(jq .id new)" ]
    [ "$(cut -f 1 <<<"$output")" = "$(cut -f 3 <<<"$output" | sed '1s/known/id/')" ]
    first=$output
    match -j1 known new
    [ "$output" = "$first" ]
    match --jobs=1 known new
    [ "$output" = "$first" ]
}
