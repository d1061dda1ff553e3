# Which lines are accepted, and the messages about the others: the rows F01 to F18 of
# tests/FAULTS.md.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
    end='the record ends here, inside a value: expected one whole JSON object per line'
    part='a record over several lines: expected it on one; try jq -c . FILE | whorl'
    array="; try jq -c '.[]' FILE | whorl"
    nul="; try tr -d '\\0' <FILE | whorl"
    bom='a byte order mark (U+FEFF): expected a JSON value; try sed '"'s/^\\xEF\\xBB\\xBF//' FILE | whorl"
    trailing='text after the record: expected one JSON object per line'
    object='the record is not a JSON object: expected {"name": value, ...}'
}

@test "F01: the last line needs no newline" {
    run --separate-stderr values < <(printf '{"a":1}')
    expect 0 '{"values":{"a":1}}'
    printf '{"a":1}' | values >out
    [ "$(tail -c 1 out | od -A n -t x1)" = ' 0a' ]
}

@test "F02: a last line cut short is rejected, the lines before it are written" {
    run --separate-stderr values < <(printf '{"a":1}\n{"a":')
    expect 1 '{"values":{"a":1}}' "whorl: -:2:6: $end, at /a"
}

@test "F03: CRLF is accepted, and the CR is not part of a record" {
    run --separate-stderr values < <(printf '{"a":1}\r\n\r\n{"a":"x"}\r\n{\r\n')
    expect 1 '{"values":{"a":1}}
{"values":{"a":"x"}}' "whorl: -:4:2: $part"
    sed 's/$/\r/' "$top_srcdir/data/sample.ndjson" | "$WHORL" | cmp - <("$WHORL" "$top_srcdir/data/sample.ndjson")
}

@test "F04: a lone CR is white space and ends no line" {
    run --separate-stderr values < <(printf '{"a":1}\r{"a":2}\n{"a":\r3}\n{"a":4}\r\r\n\r{"a":5}\n')
    expect 1 '{"values":{"a":3}}
{"values":{"a":4}}
{"values":{"a":5}}' "whorl: -:1:9: several records on a line: expected one; try jq -c . FILE | whorl"
}

@test "F05: blank lines are skipped, and count as lines" {
    run --separate-stderr values < <(printf '\n{"a":1}\n\n \t\n\r\n{"a":2}\n{\n\n')
    expect 1 '{"values":{"a":1}}
{"values":{"a":2}}' "whorl: -:7:2: $part"
    # A blank line longer than a record may be is a reject, which is reported before the line ends.
    run --separate-stderr values --max-record=7 --rejects=rejects < <(printf '%7s\n%8s\n%8s\r\n{"a":1}\r\n' '' '' '')
    expect 1 '{"values":{"a":1}}' \
"whorl: -:2:8: record too long: see --max-record
whorl: -: line 3 is like line 2: see --verbose"
    printf '%8s\n%8s\r\n' '' '' | cmp - rejects
}

@test "F06: a BOM is skipped at the start of each file, and columns count its bytes" {
    printf '\xef\xbb\xbf{"a":1}\n' >1; printf '\xef\xbb\xbf{"a":2,}\n\xef\xbb\xbf{"a":3}\n' >2
    run --separate-stderr values 1 2
    expect 1 '{"values":{"a":1}}' \
"whorl: 2:1:11: expected a member name in double quotes, at /a
whorl: 2:2:1: $bom"
    # A BOM cut short is not a BOM; a BOM and nothing else is a blank line.
    run --separate-stderr values < <(printf '\xef\xbb')
    expect 1 '' 'whorl: -:1:1: invalid UTF-8: expected text in UTF-8 only'
    run --separate-stderr values < <(printf '\xef\xbb\xbf')
    expect 0 ''
}

@test "F07: a BOM in the middle of a stream, as cat makes it, is a fault of its line" {
    printf '\xef\xbb\xbf{"a":1}\n' >bom
    run --separate-stderr values < <(cat bom bom)
    expect 1 '{"values":{"a":1}}' "whorl: -:2:1: $bom"
    # The start of a block is not the start of the file.
    run --separate-stderr values < <(cat bom bom | paced 11)
    expect 1 '{"values":{"a":1}}' "whorl: -:2:1: $bom"
    # After decompression it counts once per file, however many gzip members there are.
    run --separate-stderr values < <(gzip -c bom; gzip -c bom)
    expect 1 '{"values":{"a":1}}' "whorl: -:2:1: $bom"
}

@test "F08: UTF-16 and UTF-32 are rejected line by line" {
    for encoding in UTF-16LE UTF-16BE UTF-16 UTF-32LE UTF-32BE UTF-32; do
        printf '{"a":1}\n{"a":2}\n' | python3 -c 'import sys; sys.stdout.buffer.write(sys.stdin.read().encode(sys.argv[1]))' $encoding >in
        run --separate-stderr values in
        [ "$status" = 1 ]
        [ "$output" = '' ]
        [[ ${stderr_lines[0]} == 'whorl: in:1:'[12]': '* ]]
    done
}

@test "F09: a NUL in or after a record is a fault at its byte" {
    run --separate-stderr values -v < <(printf '{"a":1}\0{"b":1}\n{"a\0":1}\n\0{"a":1}\n')
    expect 1 '' \
"whorl: -:1:8: a NUL byte (0x00): $trailing$nul
whorl: -:2:4: a NUL byte (0x00) in a string: expected it as an escape, \\u00XX, at /a$nul
whorl: -:3:1: a NUL byte (0x00): expected a JSON value$nul"
}

@test "F10: two values on a line are a reject" {
    several='several records on a line: expected one; try jq -c . FILE | whorl'
    run --separate-stderr values -v < <(printf '{"a":1}{"a":2}\n{"a":1} {"a":2}\n[][]\n{"a":1},\n{"a":1},{"a":2}\n{"a":1}]\n')
    expect 1 '' \
"whorl: -:1:8: $several
whorl: -:2:9: $several
whorl: -:3:3: $trailing
whorl: -:4:8: a comma after the record: expected one record per line; try sed 's/,[[:space:]]*\$//' FILE | whorl
whorl: -:5:8: $trailing
whorl: -:6:8: the end of an array of records: expected one record per line$array"
}

@test "F11: a value spread over lines is a fault of each of them" {
    run --separate-stderr values -v < <(echo '{"a":1}' | jq .)
    expect 1 '' \
"whorl: -:1:2: $part
whorl: -:2:6: $part
whorl: -:3:1: $part"
}

@test "F12: U+2028, U+2029 and U+0085 end no line" {
    run --separate-stderr values < <(printf '{"a":"\xe2\x80\xa8\xe2\x80\xa9\xc2\x85"}\n')
    expect 0 "$(printf '{"values":{"a":"\xe2\x80\xa8\xe2\x80\xa9\xc2\x85"}}')"
}

@test "F13: a raw newline in a string ends the line" {
    run --separate-stderr values < <(printf '{"a":"x\ny"}\n')
    expect 1 '' \
"whorl: -:1:8: $end, at /a
whorl: -:2:1: unknown word: expected true, false, null, or a string in double quotes"
}

@test "F14: VT, FF, NBSP and U+FEFF are not white space" {
    for byte in '\v a control byte (0x0B)' '\f a control byte (0x0C)' '\xc2\xa0 a character that is easily missed (U+00A0)' \
        '\xef\xbb\xbf a byte order mark (U+FEFF)'; do
        name=${byte#* } byte=${byte%% *} try=''
        if [ "$byte" = '\xef\xbb\xbf' ]; then try=${bom#*value}; fi
        run --separate-stderr values < <(printf "{\"a\":${byte}1}\n")
        expect 1 '' "whorl: -:1:6: $name: expected a JSON value, at /a$try"
        run --separate-stderr values < <(printf "{\"a\":1}$byte\n")
        expect 1 '' "whorl: -:1:8: $name: $trailing$try"
    done
}

@test "F15: RS sequences, and files that are one array, are rejected" {
    run --separate-stderr values -v < <(printf '\x1e{"a":1}\n[{"a":1},\n{"a":2}]\n')
    expect 1 '' \
"whorl: -:1:1: a record separator of RFC 7464 (0x1E): expected a JSON value; try tr '\036' '\n' <FILE | whorl
whorl: -:2:10: an array of records: expected one record per line$array
whorl: -:3:8: the end of an array of records: expected one record per line$array"
}

@test "F16: comments are rejected" {
    run --separate-stderr values -v < <(printf '# x\n// x\n{"a":1} // x\n/* x */\n')
    expect 1 '' \
"whorl: -:1:1: expected a JSON value
whorl: -:2:1: expected a JSON value
whorl: -:3:9: $trailing
whorl: -:4:1: expected a JSON value"
}

@test "F17: a record is an object, nothing else" {
    run --separate-stderr values -v < <(printf '1\n1 \n"a"\nnull\ntrue\n[]\n[1]\n')
    expect 1 '' "$(for i in $(seq 7); do echo "whorl: -:$i:1: $object"; done)"
    # The column is that of the value, not of the white space before it.
    run --separate-stderr values -v < <(printf '\xef\xbb\xbf [1]\n \t\r"a" \n')
    expect 1 '' \
"whorl: -:1:5: $object
whorl: -:2:4: $object"
}

@test "F18: a bad record harms no other, and its line and column are right" {
    for n in 1 4096 1000000; do
        { yes '{"a":1}' | head -$((n - 1)); echo '{"a":01}'; echo '{"a":2}'; } >in
        run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values in | sort | uniq -c | sed "s/^ *//"'
        [ "$stderr" = "whorl: in:$n:7: malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero, at /a" ]
        want='1 {"values":{"a":2}}'
        [ $n = 1 ] || want="$((n - 1)) {\"values\":{\"a\":1}}
$want"
        [ "$output" = "$want" ]
    done
}

@test "each fault is reported with its byte, its pointer and what was expected" {
    catalog '@id|/id' 'a|/a|g|exact'
    cat >in <<'END'
{"a":[1,{"b":
{"a":[1,]}
{"a":{1}}
{"a":{"b" 1}}
{"a":{"b":1 "c":2}}
{"a":[1 2]}
{"a":[true,falsy]}
{"a":{"b":-}}
{"a":["x\q"]}
{"a":"	"}
{"a":{"b":[1]}} }
{"a":[1,-1e400]}
{"a":{"b":1,"c":2,"\u0062":3}}
{"a":[[[[]]]]}
{"a":[1,2,3,4,5,6,7]}
[{"a":1}]
{"a":1,"id":{}}
{"b":1}
END
    printf '{"a":{"b":"\xc3\x28"}}\n{"a":"%64s"}\n' '' >>in
    run --separate-stderr whorl --max-depth=4 --max-values=8 --max-record=64 in
    expect 1 '' "$(cat <<'END'
whorl: in:1:14: the record ends here, inside a value: expected one whole JSON object per line, at /a/1/b
whorl: in:2:9: expected a JSON value, at /a/1
whorl: in:3:7: expected a member name in double quotes, at /a
whorl: in:4:11: expected ':' after the member name, at /a/b
whorl: in:5:13: expected ',' or '}' after the member, at /a/b
whorl: in:6:9: expected ',' or ']' after the element, at /a/0
whorl: in:7:16: unknown word: expected true, false, null, or a string in double quotes, at /a/1
whorl: in:8:12: malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero, at /a/b
whorl: in:9:9: unknown escape: expected one of \" \\ \/ \b \f \n \r \t \uXXXX, at /a/0
whorl: in:10:7: a tab (0x09) in a string: expected it as an escape, \u00XX, at /a
whorl: in:11:17: text after the record: expected one JSON object per line
whorl: in:12:9: number out of range: expected at most 1.7976931348623157e308, at /a/1
whorl: in:13:19: this object already has a member of this name: expected each name once, at /a/\u0062
whorl: in:14:9: nested too deep: see --max-depth, at /a/0/0/0
whorl: in:15:19: too many values in the record: see --max-values, at /a/6
whorl: in:16:1: an array of records: expected one record per line; try jq -c '.[]' FILE | whorl
whorl: in:17:13: the record's id is neither a string nor a number, at /id
whorl: in:18:1: no signals: expected a record with signals of the catalog test; the record has "b"
whorl: in:19:12: invalid UTF-8: expected text in UTF-8 only, at /a/b
whorl: in:20:65: record too long: see --max-record
END
    )"
}
