# What is done with lines that are not records: whorl(1), INPUT, --rejects and --max-rejects.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
    end='a record over several lines: expected it on one; try jq -c . FILE | whorl'
}

# Run whorl on `in`; its rejects go to `bad`, which must be equal to `want`.
kept() {
    run --separate-stderr values --rejects=bad "$@"
    cmp bad want
}

@test "line numbers count blank lines; columns are bytes from 1, CR and BOM included" {
    printf '\xef\xbb\xbf\n\n  \r\n\t{"a":1}x\n{"\xc3\xa9":1,"a":tru}\n\r{"a":01}\r\n' >in
    run --separate-stderr values in
    expect 1 '' \
'whorl: in:4:9: text after the record: expected one JSON object per line
whorl: in:5:16: unknown word: expected true, false, null, or a string in double quotes, at /a
whorl: in:6:8: malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero, at /a'
    printf '\xef\xbb\xbf{"a":01}\n' >in
    run --separate-stderr values in
    expect 1 '' 'whorl: in:1:10: malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero, at /a'
}

@test "--rejects has rejected lines byte for byte, and no records" {
    printf '\xef\xbb\xbf{\r\n{"a":1}\r\n\n \t{"a":\0\xff}\t\r\r\n   \n{"b":1}\n{"a":2}\n}' >in
    printf '\xef\xbb\xbf{\r\n \t{"a":\0\xff}\t\r\r\n{"b":1}\n}\n' >want
    kept in
    [ "$status" = 1 ]
    [ "$output" = '{"values":{"a":1}}
{"values":{"a":2}}' ]
    [ "${#stderr_lines[@]}" = 4 ]
}

@test "a missing last newline is added, once, and before the next file's" {
    printf '{' >1; printf '}\r' >2; printf '[\n' >3; : >4
    printf '{\n}\r\n[\n{\n' >want
    kept 1 2 3 4 1
    [ "$status" = 1 ]
    [ "${#stderr_lines[@]}" = 4 ]
    # Nothing is added if nothing was written.
    : >want
    kept 4
    expect 0 ''
}

@test "an oversized line is streamed to --rejects byte for byte, whatever its length" {
    for n in 13 14 15 16 17 18 19 20 100 70000 600000 1100000; do
        head -c $n /dev/urandom | tr '\n' x >line
        for eol in '\n' '\r\n' ''; do
            { echo '{"a":1}'; cat line; printf "$eol"; } >in
            { cat line; printf "${eol:-\n}"; } >want
            [ -z "$eol" ] || echo '{"a":2}' >>in
            kept --max-record=12 in
            [ "$status" = 1 ]
            [ "$stderr" = 'whorl: in:2:13: record too long: see --max-record' ]
            if [ "$eol" ]; then
                [ "$output" = $'{"values":{"a":1}}\n{"values":{"a":2}}' ]
            else
                [ "$output" = '{"values":{"a":1}}' ]
            fi
        done
    done
}

@test "an oversized line takes no more memory than the limit" {
    limits_memory
    { head -c 100000000 /dev/zero; echo; echo '{"a":1}'; } >in
    run --separate-stderr bash -c 'ulimit -v 80000; "$WHORL" --catalog test.catalog --select=values --rejects=bad in'
    expect 1 '{"values":{"a":1}}' "whorl: in:1:4194305: a NUL byte (0x00): record too long: see --max-record; try tr -d '\0' <FILE | whorl"
    head -c 100000001 in | cmp - bad
}

@test "--max-record does not count BOM and CR" {
    printf '\xef\xbb\xbf{"a":"xxxx"}\r\n{"a":"xxxxx"}\r\n' >in
    printf '{"a":"xxxxx"}\r\n' >want
    kept --max-record=12 in
    expect 1 '{"values":{"a":"xxxx"}}' 'whorl: in:2:13: record too long: see --max-record'
    # Two CR: one of them belongs to the record.
    printf '{"a":"xxxx"}\r\r\n' >in
    cp in want
    kept --max-record=12 in
    expect 1 '' 'whorl: in:1:13: record too long: see --max-record'
}

@test "a blank line is not a reject unless it is longer than --max-record" {
    printf '%12s\n%12s\r\n{"a":"xxxx"}\n%13s\n' '' '' '' >in
    printf '%13s\n' '' >want
    kept --max-record=12 in
    expect 1 '{"values":{"a":"xxxx"}}' 'whorl: in:4:13: record too long: see --max-record'
}

@test "--rejects is emptied at the start, and empty when there is none" {
    echo old >bad
    : >want
    echo '{"a":1}' >in
    kept in
    expect 0 '{"values":{"a":1}}'
    # If the run cannot begin, the old file stays.
    echo old >bad
    run --separate-stderr values --rejects=bad --dictionary=/nonexistent/x in
    expect 2 '' 'whorl: /nonexistent/x: No such file or directory'
    run --separate-stderr values --rejects=bad --max-depth=0 in
    run --separate-stderr "$WHORL" --catalog ./none --rejects=bad in
    [ "$(cat bad)" = old ]
}

@test "rejects are in the order of the input, over all files" {
    seq 3000 | sed 's/.*/{"a":&}\nx&/' >1
    seq 3001 4000 | sed 's/.*/{"b":&}/' >2
    cat 1 2 | grep -v '"a"' >want
    kept 1 2
    [ "$status" = 1 ]
    [ "${#lines[@]}" = 3000 ]
    # The file of rejects can be read again, and gives the same rejects.
    run --separate-stderr values --rejects=again bad
    [ "$output" = '' ]
    cmp bad again
}

@test "--rejects to a FIFO, a device, standard output or standard error" {
    printf '{"a":1}\n{\n' >in
    mkfifo fifo
    cat fifo >got 3>&- &
    run --separate-stderr values --rejects=fifo in
    wait $!
    [ "$status" = 1 ]
    [ "$(cat got)" = '{' ]
    run --separate-stderr values --rejects=/dev/null in
    expect 1 '{"values":{"a":1}}' "whorl: in:2:2: $end"
    for name in - /dev/stdout /dev/fd/1; do
        (echo before; values -o out --rejects=$name in || :; echo after) >got 2>messages
        [ "$(cat got)" = $'before\n{\nafter' ]
        [ "$(cat out)" = '{"values":{"a":1}}' ]
    done
    (echo before; values --rejects=/dev/stderr in || :) >out 2>got
    [ "$(cat got)" = "before
whorl: in:2:2: $end
{" ] || [ "$(cat got)" = "whorl: in:2:2: $end
{" ]
    run --separate-stderr values --rejects=/dev/full in
    expect 2 '{"values":{"a":1}}' "whorl: in:2:2: $end
whorl: /dev/full: No space left on device"
}

@test "if --rejects cannot be opened, nothing is read or written" {
    echo '{"a":1}' >in
    echo old >out
    for try in '/nonexistent/x No such file or directory' '. Is a directory' 'in/x Not a directory'; do
        run --separate-stderr values --rejects="${try%% *}" -o out in
        expect 2 '' "whorl: ${try%% *}: ${try#* }"
        run --separate-stderr whorl --rejects="${try%% *}" --format=binary in
        expect 2 '' "whorl: ${try%% *}: ${try#* }"
    done
    [ "$(cat out)" = old ]
}

@test "--rejects to an input is refused, under any name, and the input stays" {
    printf '{"a":1}\n{\n' >in
    cp in copy
    ln in hard
    ln -s in soft
    for name in in ./in hard soft; do
        run --separate-stderr values --rejects=$name in
        expect 2 '' "whorl: $name: the file for rejects is also an input: expected another file"
        run --separate-stderr values --rejects=$name - <in
        expect 2 '' "whorl: $name: the file for rejects is also an input: expected another file"
        run --separate-stderr values --rejects=$name --files0-from=- < <(printf 'in\0')
        expect 2 '' "whorl: $name: the file for rejects is also an input: expected another file"
    done
    cmp in copy
}

@test "--stats and --dictionary to an input are refused, under any name, and the input stays" {
    printf '{"a":1}\n{\n' >in
    cp in copy
    ln in hard
    ln -s in soft
    for option in stats dictionary; do
        for name in in ./in hard soft; do
            run --separate-stderr values --$option=$name none in
            expect 2 '' "whorl: $name: the file for --$option is also an input: expected another file"
            run --separate-stderr values --$option=$name - <in
            expect 2 '' "whorl: $name: the file for --$option is also an input: expected another file"
            run --separate-stderr values -o out --$option=$name --files0-from=- < <(printf 'in\0')
            expect 2 '' "whorl: $name: the file for --$option is also an input: expected another file"
        done
    done
    cmp in copy
    [ ! -e out ]
    # A device may be input and output at once.
    run --separate-stderr values --stats=/dev/null --dictionary=/dev/null /dev/null
    expect 0 ''
}

@test "a catalog or a file of names is not overwritten by --rejects, --stats or --dictionary" {
    echo '{"a":1}' >in
    printf 'in\0' >names
    cp names names.copy
    cp test.catalog catalog.copy
    ln -s test.catalog soft
    for option in rejects stats dictionary; do
        use=--$option
        [ $option != rejects ] || use=rejects
        for name in test.catalog ./test.catalog soft; do
            run --separate-stderr values --$option=$name in
            expect 2 '' "whorl: $name: the file for $use is also an input: expected another file"
        done
        run --separate-stderr values --$option=names --files0-from=names
        expect 2 '' "whorl: names: the file for $use is also an input: expected another file"
    done
    cmp names names.copy
    cmp test.catalog catalog.copy
    # A built-in catalog is not a file, even if a file has its name.
    "$WHORL" --catalog=browser --rejects=browser /dev/null
    [ -e browser ]
    "$WHORL" --catalog=browser --rejects=browser /dev/null
}

@test "what is in an input stays, if names say it only when other files have been read" {
    printf '{"a":1}\n[]\n' >in
    printf '{"a":2}\n[\n' >late
    cp late copy
    ln late hard
    ln -s late soft
    for jobs in 1 4; do
        for option in rejects stats dictionary; do
            use=--$option
            [ $option != rejects ] || use=rejects
            for name in late ./late hard soft; do
                run --separate-stderr values -j$jobs --$option=$name --files0-from=- < <(printf 'in\0late\0in\0')
                expect 2 '{"values":{"a":1}}
{"values":{"a":1}}' "whorl: in:2:1: the record is not a JSON object: expected {\"name\": value, ...}
whorl: $name: the file for $use is also an input: expected another file
whorl: in:2:1: the record is not a JSON object: expected {\"name\": value, ...}"
                cmp late copy
                [ "$(find . -name ".whorl-*")" = "" ]
            done
        done
    done
}

@test "with --files0-from the file for --rejects is replaced at the end" {
    printf '{"a":1}\n[]\n' >in
    echo old >bad
    ln bad hard
    chmod 640 bad
    run --separate-stderr values --rejects=bad --files0-from=- < <(printf 'in\0none\0in\0')
    [ "$status" = 2 ]
    [ "$(cat bad)" = $'[]\n[]' ]
    [ "$(cat hard)" = old ]
    [ "$(stat -c %a bad)" = 640 ]
    # What is no file is written to at once.
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values --rejects=/dev/stderr --max-rejects=1 --files0-from=- < <(printf "in\0") 2>&1 >/dev/null'
    expect 0 'whorl: in:2:1: the record is not a JSON object: expected {"name": value, ...}
[]'
}

@test "a missing input is reported, also if an output has the same name" {
    echo '{"a":1}' >in
    mkdir d
    ln -s d link
    for option in rejects stats dictionary; do
        use=--$option
        [ $option != rejects ] || use=rejects
        for name in none ./none d/../none; do
            run --separate-stderr values --$option=$name in none
            expect 2 '' "whorl: $name: the file for $use is also an input: expected another file"
            # Names are known only when they are read.
            run --separate-stderr values --$option=$name --files0-from=- < <(printf 'in\0none\0')
            expect 2 '{"values":{"a":1}}' "whorl: $name: the file for $use is also an input: expected another file"
            [ ! -e none ]
        done
        run --separate-stderr values --$option=link/none in d/none
        expect 2 '' "whorl: link/none: the file for $use is also an input: expected another file"
        # Other names are reported as missing.
        run --separate-stderr values --$option=new in none d/new nowhere/new ''
        expect 2 '{"values":{"a":1}}' "whorl: none: No such file or directory
whorl: d/new: No such file or directory
whorl: nowhere/new: No such file or directory
whorl: '': No such file or directory"
        rm -f new
        [ ! -e none ]
        [ ! -e d/none ]
    done
}

@test "two outputs to one file are refused, whichever they are, and nothing is made or emptied" {
    printf '{"a":1}\n{\n' >in
    mkdir d
    ln -s f d/link
    for old in '' old; do
        for pair in '-o --rejects' '-o --stats' '--dictionary --rejects' '--dictionary --stats' '-o --dictionary'; do
            for name in d/f ./d/f d/link; do
                [ "$name" != d/link ] || [ "$old" ] || continue
                rm -f d/f
                [ -z "$old" ] || echo old >d/f
                run --separate-stderr values ${pair% *} d/f ${pair#* } $name in
                expect 2 '' "whorl: $name: another output goes to it: expected a file for each output"
                [ "$(cat d/f 2>/dev/null)" = "$old" ]
            done
        done
        rm -f d/f
        [ -z "$old" ] || echo old >d/f
        run --separate-stderr values --stats=d/f --rejects=./d/f in
        expect 2 '' 'whorl: ./d/f: the statistics go to it: expected a file for each output'
        [ "$(cat d/f 2>/dev/null)" = "$old" ]
    done
    for option in --rejects --stats; do
        for name in - /dev/stdout out; do
            run --separate-stderr bash -c '"$WHORL" --catalog ./test.catalog '$option=$name' in >out'
            [ "$status" = 2 ]
            [ "${stderr#*: }" = "$([ $name = - ] && echo standard output || echo $name): another output goes to it: expected a file for each output" ]
            [ ! -s out ]
        done
    done
}

@test "--max-rejects N is compared at the end, and ends no run early" {
    { yes '{' | head -3; echo '{"a":1}'; } >in
    for n in 0 2 3 4; do
        run --separate-stderr values --max-rejects=$n in
        [ "$status" = $((n < 3)) ]
        [ "$output" = '{"values":{"a":1}}' ]
        [ "${#stderr_lines[@]}" = 2 ]
    done
}

@test "--max-rejects P% is a percentage of the lines that are not blank" {
    # One of 8 is 12.5%.
    { echo '{'; yes '{"a":1}' | head -7; yes '' | head -100; } >in
    for try in '0% 1' '12% 1' '12.4999% 1' '12.5% 0' '12.5000% 0' '13% 0' '100% 0'; do
        run --separate-stderr values --max-rejects=${try% *} in
        [ "$status" = "${try#* }" ]
        [ "${#lines[@]}" = 7 ]
    done
    # All of them; none of none.
    yes '{' | head -30 >in
    run --separate-stderr values --max-rejects=100% in
    [ "$status" = 0 ]
    [ "${#stderr_lines[@]}" = 2 ]
    run --separate-stderr values --max-rejects=99.9999% in
    [ "$status" = 1 ]
    run --separate-stderr values --max-rejects=0% </dev/null
    expect 0 ''
    # An oversized line is one line.
    { printf '%0500000d\n' 0; echo '{"a":1}'; } >in
    run --separate-stderr values --max-record=10 --max-rejects=50% in
    [ "$status" = 0 ]
    run --separate-stderr values --max-record=10 --max-rejects=49.9999% in
    [ "$status" = 1 ]
}

@test "status 2 beats 1, in whichever order they come" {
    printf '{"a":1}\n{\n' >in
    run --separate-stderr values in none
    expect 2 '{"values":{"a":1}}' "whorl: in:2:2: $end
whorl: none: No such file or directory"
    run --separate-stderr values none in
    expect 2 '{"values":{"a":1}}' "whorl: none: No such file or directory
whorl: in:2:2: $end"
    run --separate-stderr values --max-rejects=9 none in
    [ "$status" = 2 ]
}

@test "-o replaces the input, and --rejects goes to another file" {
    printf '{"a":1}\n{\n' >in
    echo '{' >want
    kept -o in in
    expect 1 '' "whorl: in:2:2: $end"
    [ "$(cat in)" = '{"values":{"a":1}}' ]
}

@test "a reject is written to --rejects before whorl waits for more input" {
    mkfifo fifo
    "$WHORL" --catalog ./test.catalog --rejects=bad fifo >out 2>messages 3>&- &
    pid=$!
    exec 7>fifo
    echo '{' >&7
    await test -s bad
    kill -KILL "$pid"
    wait "$pid" || :
    exec 7>&-
    [ "$(cat bad)" = '{' ]
}
