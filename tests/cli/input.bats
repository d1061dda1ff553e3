# What may come in, and what is said of what may not.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

values() {
    whorl --select=values "$@"
}

@test "files in order, - is standard input, none is standard input" {
    echo '{"a":1}' >1; echo '{"a":3}' >3
    run --separate-stderr values 1 - 3 <<<'{"a":2}'
    expect 0 '{"values":{"a":1}}
{"values":{"a":2}}
{"values":{"a":3}}'
    run --separate-stderr values <<<'{"a":4}'
    expect 0 '{"values":{"a":4}}'
}

@test "I03: a missing file is named, the others are read, status 2" {
    echo '{"a":1}' >1
    run --separate-stderr values none 1
    expect 2 '{"values":{"a":1}}' 'whorl: none: No such file or directory'
    run --separate-stderr values 1 none
    expect 2 '{"values":{"a":1}}' 'whorl: none: No such file or directory'
}

@test "I01 I02: a directory is said to be one" {
    run --separate-stderr values .
    expect 2 '' 'whorl: .: Is a directory'
    run --separate-stderr values <.
    expect 2 '' 'whorl: -: Is a directory'
}

@test "I05: empty input is no record and no fault" {
    run --separate-stderr values </dev/null
    expect 0 ''
}

@test "I08: a file's name is escaped in messages" {
    name=$'b\e[31m\n'
    echo '{' >"$name"
    run --separate-stderr values "$name"
    expect 1 '' 'whorl: b\x1b[31m\x0a:1:2: the record ends here, inside a value: expected one whole JSON object a line'
}

@test "I09: one byte a read gives the same" {
    printf '{"a":1}\n{"a":2}\n' >in
    run --separate-stderr bash -c 'dd if=in bs=1 status=none | "$WHORL" --catalog test.catalog --select=values'
    expect 0 '{"values":{"a":1}}
{"values":{"a":2}}'
}

@test "F01: the last line needs no newline" {
    run --separate-stderr values < <(printf '{"a":1}')
    expect 0 '{"values":{"a":1}}'
}

@test "F02: a last line cut short is rejected, those before it are out" {
    run --separate-stderr values < <(printf '{"a":1}\n{"a":')
    expect 1 '{"values":{"a":1}}' 'whorl: -:2:6: the record ends here, inside a value: expected one whole JSON object a line, at /a'
}

@test "F03 F05: CRLF and blank lines are accepted, and blank lines count" {
    run --separate-stderr values < <(printf '{"a":1}\r\n\r\n \t\n\n{"a":2}\r\n{\n')
    expect 1 '{"values":{"a":1}}
{"values":{"a":2}}' 'whorl: -:6:2: the record ends here, inside a value: expected one whole JSON object a line'
}

@test "F06 F07: a BOM counts at the start of a file only, and columns count its bytes" {
    printf '\xef\xbb\xbf{"a":1}\n' >1; printf '\xef\xbb\xbf{"a":2,}\n\xef\xbb\xbf{"a":3}\n' >2
    run --separate-stderr values 1 2
    expect 1 '{"values":{"a":1}}' \
"whorl: 2:1:11: expected a member name in double quotes, at /a
whorl: 2:2:1: expected a JSON value"
}

@test "F09: NUL in and behind a record is a fault at its byte" {
    run --separate-stderr values < <(printf '{"a":1}\0{"b":1}\n{"a\0":1}\n')
    expect 1 '' \
'whorl: -:1:8: text after the record: expected one JSON object a line
whorl: -:2:4: control byte in a string: expected it as an escape, \u00XX, at /a'
}

@test "F10 F17: one object a line, nothing else" {
    run --separate-stderr values < <(printf '{"a":1}{"a":2}\n[1]\n"a"\n1\n')
    expect 1 '' \
'whorl: -:1:8: text after the record: expected one JSON object a line
whorl: -:2:1: the record is not a JSON object: expected {"name": value, ...}
whorl: -:3:1: the record is not a JSON object: expected {"name": value, ...}
whorl: -:4:1: the record is not a JSON object: expected {"name": value, ...}'
}

@test "F18: a bad record harms no other, and its line and column are right" {
    { for i in $(seq 1 4095); do echo '{"a":1}'; done; echo '{"a":01}'; echo '{"a":2}'; } >in
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values in | sort | uniq -c'
    [ "$stderr" = 'whorl: in:4096:7: malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero, at /a' ]
    [ "$output" = '   4095 {"values":{"a":1}}
      1 {"values":{"a":2}}' ]
}

@test "I18: a record one byte beyond --max-record is rejected, the next is read" {
    printf '{"a":"xxxx"}\n{"a":"xxxxx"}\r\n{"a":"xx"}\n' >in
    run --separate-stderr values --max-record=12 in
    expect 1 '{"values":{"a":"xxxx"}}
{"values":{"a":"xx"}}' 'whorl: in:2:13: record too long: see --max-record'
}

@test "I16: a huge line without newline is skipped in bounded memory" {
    truncate -s 300M nul
    echo '{"a":1}' >1
    run --separate-stderr bash -c 'ulimit -v 120000; "$WHORL" --catalog test.catalog --select=values nul 1'
    if [[ $stderr == *sanitizer* || $stderr == *Sanitizer* ]]; then skip "sanitizers need more address space"; fi
    expect 1 '{"values":{"a":1}}' 'whorl: nul:1:4194305: record too long: see --max-record'
}

@test "R01: nesting beyond --max-depth is rejected where it begins" {
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

@test "at most 20 rejects are shown, then their number; --verbose shows all" {
    yes '{' | head -25 >in
    run --separate-stderr values in
    [ "$status" = 1 ]
    [ "${#stderr_lines[@]}" = 21 ]
    [ "${stderr_lines[20]}" = 'whorl: 25 records rejected, of which the first 20 are shown: see --verbose' ]
    run --separate-stderr values -v in
    [ "${#stderr_lines[@]}" = 25 ]
}

@test "L06: a message never holds a signal's value" {
    run --separate-stderr values < <(printf '{"a":"secret","b":secret}\n{"secret":1}\n{"a":"secret\xff"}\n')
    [ "$status" = 1 ]
    [[ $stderr != *secret* ]]
}
