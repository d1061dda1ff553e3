# The examples of README.md are what whorl writes.

load helper

# The block of README.md whose first line begins with $1, without its indent.
block() {
    awk -v first="    $1" '
        index($0, first) == 1 { on = 1 }
        on && !/^    / { exit }
        on { print substr($0, 5) }' "$top_srcdir/README.md"
}

@test "the example is the first vector of the sample" {
    rest=$("$WHORL" "$top_srcdir/data/sample.ndjson" | head -n 1)
    example=$(block '{"id"' | sed 's/^ *//' | tr -d '\n')
    [ -n "$example" ]
    # The text between two "…" is in the vector as it is, in this order.
    echo "the vector begins: ${rest:0:1000}"
    [[ $rest == "${example%%…*}"* ]]
    while [ -n "$example" ]; do
        piece=${example%%…*}
        echo "from README.md: $piece"
        [[ $rest == *"$piece"* ]]
        rest=${rest#*"$piece"}
        example=${example#"$piece"}
        example=${example#…}
    done
    [ -z "$rest" ]
}

@test "xxhsum gives the hash of README.md from its text" {
    command=$(block '$ printf' | sed -n '1s/^\$ //p')
    said=$(sh -c "$command")
    [ "$said" = "$(block '$ printf' | sed -n 2p)" ]
    run -0 --separate-stderr "$WHORL" --select=signals "$top_srcdir/data/sample.ndjson"
    [[ ${lines[0]} == *"\"navigator.platform\":\"${said##* }\""* ]]
}

# The blocks of the section whose heading begins with $1, one after the other.
section() {
    awk -v heading="## $1" '
        /^## / { on = index($0, heading) == 1 }
        on && /^    / { print substr($0, 5) }' "$top_srcdir/README.md"
}

@test "the move from one catalog to the next gives what README.md says" {
    cd "$BATS_TEST_TMPDIR"
    mkdir bin
    ln -s "$WHORL" bin/whorl
    cp "$top_srcdir/data/sample.ndjson" records.ndjson
    sed $'s/^@catalog\tbrowser\t1/@catalog\tbrowser\t2/; s/^\\(fonts\t.*\t\\)each.*/\\1len/' "$top_srcdir/data/browser.catalog" >new.catalog
    [ "$(diff "$top_srcdir/data/browser.catalog" new.catalog | grep -c '^>')" = 2 ]
    section 'From one version of the catalog' >script
    [ "$(grep -c '^whorl' script)" = 3 ]
    PATH=$PWD/bin:$PATH run --separate-stderr bash script
    [ "$status" = 0 ] && [ -z "$stderr" ]
    records=$(wc -l <records.ndjson)
    [ "${lines[-1]}" = 'as meant' ]
    [[ $output == *$'\n'"signal"$'\t-\t'"$records"$'\t0\t0\t100%\t'*$'\tfonts\n'* ]]
    [[ $output == *$'\n'"moved"$'\tdevice\tkept\t'[1-9]* ]]
    # A change that was not intended is reported, and so is its group.
    sed -i $'s/^\\(navigator.hardwareConcurrency\t.*\t\\)bucket(4,8)/\\1bucket(1000,2000)/' new.catalog
    PATH=$PWD/bin:$PATH run --separate-stderr bash script
    [ "$status" = 0 ] && [ -z "$stderr" ]
    [[ $output == *$'\ngroup\tunexpected\t'*$'\thardware\n'* ]]
    [[ ${lines[-1]} == $'signal\tunexpected\t'*$'\tnavigator.hardwareConcurrency' ]]
}

@test "the pipelines of README.md give what their comments say" {
    cd "$BATS_TEST_TMPDIR"
    mkdir bin archive
    ln -s "$WHORL" bin/whorl
    cp "$top_srcdir/data/sample.ndjson" records.ndjson
    gzip -c records.ndjson >2026-11-01.ndjson.gz
    cp 2026-11-01.ndjson.gz 2026-11-02.ndjson.gz
    { cat records.ndjson; echo '{'; } | zstd -qc >archive/1.ndjson.zst
    zstd -qc records.ndjson >archive/2.ndjson.zst
    sed 's/"event_id":"/&today-/' records.ndjson >today.ndjson
    section 'In a pipeline' >script
    [ "$(grep -c whorl script)" = 4 ]
    PATH=$PWD/bin:$PATH run --separate-stderr bash script
    records=$(wc -l <records.ndjson)
    # Each device occurs twice as often as in one file, the most frequent one first.
    devices=$("$WHORL" --select=ids records.ndjson | jq -r .ids.device | sort | uniq -c | awk '{ print 2 * $1, $2 }' | sort -rn)
    [ "$(head -n "$(wc -l <<<"$devices")" <<<"$output" | awk '{ print $1, $2 }')" = "$devices" ]
    [ "$(tail -n "$records" <<<"$output" | cut -f 3 | sort)" = "$(grep -o '"event_id":"[^"]*' records.ndjson | cut -d'"' -f4 | sort)" ]
    # Each visitor of today has a device in the archive, where each record occurs twice.
    tail -n +"$(($(wc -l <<<"$devices") + 1))" <<<"$output" | head -n "$((records + 1))" >matched
    [ "$(head -n 1 matched)" = "$(printf 'id\tdecision\tknown')" ]
    [ "$(tail -n +2 matched | cut -f 1 | sort)" = "$(grep -o '"event_id":"[^"]*' today.ndjson | cut -d'"' -f4 | sort)" ]
    [ "$(tail -n +2 matched | cut -f 2 | grep -cx new)" = 0 ]
    [ "$(wc -l <vectors.ndjson)" = $((2 * records)) ]
    [ "$(cat bad.ndjson)" = '{' ]
    [[ $stderr == "whorl: archive/1.ndjson.zst:$((records + 1)):2: "* ]]
}

@test "the commands for each kind of data give a vector for each record" {
    cd "$BATS_TEST_TMPDIR"
    mkdir bin tmp
    ln -s "$WHORL" bin/whorl
    ln -s "$top_srcdir/tests/cli/collect-browser" bin/chromium
    ln -s "$top_srcdir/scripts" "$top_srcdir/data" .
    for library in fpjs:fingerprintjs thumbmark:thumbmarkjs; do
        zstd -dcq --long=27 "data/captures/${library%:*}.ndjson.zst" | head -n 2 >"${library#*:}.ndjson"
    done
    # The same components as the library's, in events of Pro.
    for number in 1 2; do
        sed -n ${number}p fingerprintjs.ndjson |
            jq '{products: {rawDeviceAttributes: {data: .components}}}' >event-$number.json
    done
    jq -s '{events: map({raw_device_attributes: .components})}' fingerprintjs.ndjson >search.json
    cp data/sample.ndjson records.ndjson
    echo '{"request_id":"r1","account":"u1","device":{"os":"Linux ","screen":[1920,1080]},"headers":{"User-Agent":"a"}}' >events.ndjson
    section 'Your data' >script
    [ "$(grep -c 'whorl' script)" = 10 ]

    export COLLECT_DOES=record COLLECT_CHILD=$PWD/child TMPDIR=$PWD/tmp
    PATH=$PWD/bin:$PATH bash -e -o pipefail script >vectors 2>messages 3>&- &
    running=$!
    await grep -q '^collect: open ' messages
    "$top_srcdir/tests/cli/collect-browser" "$(sed -n 's/^collect: open \([^ ]*\) .*/\1/p' messages)" 3>&- &
    wait "$running"
    while read -r pid; do kill "$pid"; done <child
    [ "$(wc -l <messages)" = 1 ]

    jq -r '.catalog | sub("-.*"; "")' vectors | uniq -c | awk '{ print $1, $2 }' | diff - <(
        printf '%s\n' '2 fingerprintjs' '2 thumbmarkjs' '4 fingerprintjs' '5 browser' '1 mine' '1 drafted')
    # What the library gave and what Pro gave are the same browsers.
    jq -c .ids.device vectors | sed -n 1,2p >library
    diff <(jq -c .ids.device vectors | sed -n 5,6p) library
    diff <(jq -c .ids.device vectors | sed -n 7,8p) library
    diff <(jq -c .carry.visitorId vectors | head -n 2) <(jq -c .visitorId fingerprintjs.ndjson)
    [ "$(jq -r .id vectors | sed -n 9,10p | uniq)" = 1 ]
    # One's own catalog: each hash by the stock tool.
    diff <(jq -c 'select(.catalog | startswith("mine-")) | [.id, .vector]' vectors) <(
        echo "[\"r1\",[\"$(h64 'platform="Linux"')\",\"$(h64 'screen=[1080,1920]')\",\"$(h64 'agent="a"')\"]]")
}
