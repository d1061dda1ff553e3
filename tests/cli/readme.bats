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
    section 'In a pipeline' >script
    [ "$(grep -c whorl script)" = 3 ]
    PATH=$PWD/bin:$PATH run --separate-stderr bash script
    records=$(wc -l <records.ndjson)
    # Each device occurs twice as often as in one file, the most frequent one first.
    devices=$("$WHORL" --select=ids records.ndjson | jq -r .ids.device | sort | uniq -c | awk '{ print 2 * $1, $2 }' | sort -rn)
    [ "$(head -n "$(wc -l <<<"$devices")" <<<"$output" | awk '{ print $1, $2 }')" = "$devices" ]
    [ "$(tail -n "$records" <<<"$output" | cut -f 3 | sort)" = "$(grep -o '"event_id":"[^"]*' records.ndjson | cut -d'"' -f4 | sort)" ]
    [ "$(wc -l <vectors.ndjson)" = $((2 * records)) ]
    [ "$(cat bad.ndjson)" = '{' ]
    [[ $stderr == "whorl: archive/1.ndjson.zst:$((records + 1)):2: "* ]]
}
