# What README.md shows is what comes out.

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
    # What is between two "…" stands in the vector as it is, in this order.
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

@test "a hash is what xxhsum says of its text" {
    command=$(block '$ printf' | sed -n '1s/^\$ //p')
    said=$(sh -c "$command")
    [ "$said" = "$(block '$ printf' | sed -n 2p)" ]
    run -0 --separate-stderr "$WHORL" --select=signals "$top_srcdir/data/sample.ndjson"
    [[ ${lines[0]} == *"\"navigator.platform\":\"${said##* }\""* ]]
}
