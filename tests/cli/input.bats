# Which files are read, and the limits of a record. What can go wrong is in faults-*.bats.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

@test "files are read in order; - is standard input, and so is no file" {
    echo '{"a":1}' >1; echo '{"a":3}' >3
    run --separate-stderr values 1 - 3 <<<'{"a":2}'
    expect 0 '{"values":{"a":1}}
{"values":{"a":2}}
{"values":{"a":3}}'
    run --separate-stderr values <<<'{"a":4}'
    expect 0 '{"values":{"a":4}}'
}

@test "--files0-from names the files, in order; - is among them unless the names come from it" {
    echo '{"a":1}' >1
    echo '{"a":2}' >$'2\n\xff'
    printf '1\0-\0002\n\xff\0001' >names
    want='{"values":{"a":1}}
{"values":{"a":3}}
{"values":{"a":2}}
{"values":{"a":1}}'
    run --separate-stderr values --files0-from=names <<<'{"a":3}'
    expect 0 "$want"
    run --separate-stderr values --files0-from=- < <(printf '1\0')
    expect 0 '{"values":{"a":1}}'
    run --separate-stderr values --files0-from=<(cat names) <<<'{"a":3}'
    expect 0 "$want"
    # An empty list means no files, not standard input.
    run --separate-stderr values --files0-from=/dev/null <<<'{"a":3}'
    expect 0 ''
    # Many files, one of which is missing.
    { for i in $(seq 2000); do printf '1\0'; done; printf 'none\0'; printf '1\0'; } >names
    run --separate-stderr bash -c 'set -o pipefail; ulimit -n 20; "$WHORL" --catalog test.catalog --select=values --files0-from=names | uniq -c'
    expect 2 '   2001 {"values":{"a":1}}' 'whorl: none: No such file or directory'
}

@test "--files0-from: a name that cannot be ends the names, and no file is made" {
    echo '{"a":1}' >1
    for try in '2 1\0\0' '1 \0' '1 \0001' '3 1\0001\0\0'; do
        run --separate-stderr values --files0-from=- -o out < <(printf "${try#* }")
        expect 2 '' "whorl: -: name ${try%% *}: expected the name of a file, not an empty one"
    done
    run --separate-stderr values --files0-from=- -o out < <(printf '1\0-\0')
    expect 2 '' 'whorl: -: name 2: standard input has the names, so it cannot be one of them'
    run --separate-stderr values --files0-from=none -o out
    expect 2 '' 'whorl: none: No such file or directory'
    run --separate-stderr values --files0-from=. -o out
    expect 2 '' 'whorl: .: Is a directory'
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --files0-from=- -o out <&-'
    expect 2 '' 'whorl: -: Bad file descriptor'
    [ ! -e out ]
    # The files before it were read, as with a file that is missing; those after it are not.
    for jobs in 1 4; do
        run --separate-stderr values -j$jobs --files0-from=- < <(printf '1\0none\0001\0\0001\0')
        expect 2 '{"values":{"a":1}}
{"values":{"a":1}}' "whorl: none: No such file or directory
whorl: -: name 4: expected the name of a file, not an empty one"
    done
}

@test "--files0-from: a name is read when it is needed, and its file is read before others are named" {
    echo '{"a":1}' >1
    echo '{"a":2}' >2
    for jobs in 1 4; do
        rm -f names
        mkfifo names
        "$WHORL" --catalog test.catalog --select=values -j$jobs --files0-from=names >out 3>&- &
        pid=$!
        exec 7>names
        printf '1\0' >&7
        first() { [ "$(cat out)" = '{"values":{"a":1}}' ]; }
        await first
        # In two pieces, and without an end.
        printf '.' >&7
        printf '/2\0001' >&7
        exec 7>&-
        wait "$pid"
        [ "$(cat out)" = '{"values":{"a":1}}
{"values":{"a":2}}
{"values":{"a":1}}' ]
    done
}

@test "--files0-from: a name longer than any can be is reported, and the next one is read" {
    echo '{"a":1}' >1
    # 32768 bytes are kept of a name: as many as a message has room for, and as many as can be.
    for length in 300 32767 32768 32769 65535 65536 65537 200000; do
        long=$(head -c "$length" /dev/zero | tr '\0' x)
        run --separate-stderr values --files0-from=- < <(printf '1\0%s\0001' "$long")
        [ "$status" = 2 ]
        [ "$output" = '{"values":{"a":1}}
{"values":{"a":1}}' ]
        if [ "$length" = 300 ]; then
            [ "$stderr" = "whorl: $long: File name too long" ]
        else
            [ "${stderr:0:32700}" = "$(printf 'whorl: %s' "$long" | head -c 32700)" ]
            [ "${stderr: -3}" = ... ]
        fi
    done
}

@test "an endless catalog or list of names is refused in bounded memory" {
    limits_memory
    run --separate-stderr bash -c 'ulimit -v 400000; "$WHORL" --catalog=/dev/zero'
    expect 2 '' 'whorl: /dev/zero: too large: expected a catalog of at most 16777216 bytes'
    run --separate-stderr bash -c 'ulimit -v 400000; "$WHORL" --files0-from=/dev/zero'
    expect 2 '' 'whorl: /dev/zero: name 1: expected the name of a file, not an empty one'
    # A name without end.
    run --separate-stderr bash -c 'ulimit -v 400000; head -c 500000000 /dev/zero | tr "\0" x | "$WHORL" --files0-from=- 2>&1 | wc -c'
    [ "$output" -lt 40000 ]
}

@test "nesting beyond --max-depth is rejected where it begins" {
    deep() { printf '{"a":%s%s}\n' "$(printf '[%.0s' $(seq $1))" "$(printf ']%.0s' $(seq $1))"; }
    run --separate-stderr values < <(deep 63; deep 64)
    [ "$status" = 1 ]
    [ "$stderr" = 'whorl: -:2:69: nested too deep: see --max-depth, at /a'"$(printf '/0%.0s' $(seq 39))"'...' ]
    run --separate-stderr values --max-depth=65 < <(deep 64)
    [ "$status" = 0 ]
}

@test "more values than --max-values are rejected" {
    run --separate-stderr values --max-values=4 < <(printf '{"a":[1,2]}\n{"a":[1,2,3]}\n')
    expect 1 '{"values":{"a":[1,2]}}' 'whorl: -:2:11: too many values in the record: see --max-values, at /a/2'
}

