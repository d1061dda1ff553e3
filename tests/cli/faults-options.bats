# The command line and messages: the rows L01 to L06 of tests/FAULTS.md, and the options of whorl(1).

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
    try="
whorl: try 'whorl --help'"
}

# The command line given is refused with the message $1, before anything is read or made.
refused() {
    local message=$1
    shift
    run --separate-stderr "$WHORL" "$@" none
    expect 2 '' "whorl: $message$try"
}

@test "L01: help and version on a full disk or a closed descriptor are status 2" {
    for option in --help --version -h -V; do
        run --separate-stderr bash -c '"$WHORL" '$option' >/dev/full'
        expect 2 '' 'whorl: standard output: No space left on device'
        run --separate-stderr bash -c '"$WHORL" '$option' >&-'
        expect 2 '' 'whorl: standard output: Bad file descriptor'
    done
}

@test "L01: without a file, the terminal is read" {
    needs_terminal
    run bash -c 'printf "{\"a\":1}\n\4" | script -qec "{ $WHORL --catalog test.catalog --select=values; echo \$? >status; } | cat >out" /dev/null'
    [ "$(cat status)" = 0 ]
    [ "$(cat out)" = '{"values":{"a":1}}' ]
}

@test "L02: an unknown, ambiguous or misused option is named" {
    unknown='unknown, ambiguous or misused option'
    refused "$unknown --nope" --nope
    refused "$unknown --nope=1" --nope=1
    refused "$unknown --max" --max
    refused "$unknown --long=1" --long=1
    refused "$unknown --help=me" --help=me
    for letter in c x '?' 0; do
        refused "$unknown -$letter" "-$letter"
        refused "$unknown -$letter" "-v${letter}h"
    done
    refused "$unknown -\\xc3" -é
}

@test "L02: an option without its argument is named" {
    for option in catalog format select explain output dictionary fact-text max-record max-depth max-values rejects max-rejects files0-from stats progress jobs cache-memory; do
        run --separate-stderr "$WHORL" none --$option
        expect 2 '' "whorl: option --$option needs an argument$try"
    done
    for option in -o -vo; do
        run --separate-stderr "$WHORL" none $option
        expect 2 '' "whorl: option -o needs an argument$try"
    done
}

@test "L02: an empty argument is refused" {
    for option in output dictionary rejects files0-from stats; do
        refused "--$option: expected the name of a file" --$option=
    done
    refused '--catalog: expected the name of a file' --catalog=browser=
    run --separate-stderr "$WHORL" --catalog=
    expect 2 '' "whorl: --catalog: no built-in catalog '': expected browser, fingerprintjs, thumbmarkjs, or a file, as in ./"
    refused "--format: expected ndjson, tsv, binary or arrow, not ''" --format=
    refused "--progress: expected auto, always or never, not ''" --progress=
    for list in '' ids, ,ids ids,,present; do
        refused "--select: unknown member '': expected some of id, carry, catalog, facts, ids, coverage, present, errors, groups, sketch, vector, signals, values, states, ids.visitorId, ids.thumbmark, file, line" "--select=$list"
    done
}

@test "L02: a word that an option does not know is refused" {
    refused "--format: expected ndjson, tsv, binary or arrow, not 'json'" --format=json
    refused "--select: unknown member 'no': expected some of id, carry, catalog, facts, ids, coverage, present, errors, groups, sketch, vector, signals, values, states, ids.visitorId, ids.thumbmark, file, line" --select=ids,no
    for word in yes ALWAYS 'always ' always,never; do
        refused "--progress: expected auto, always or never, not '$word'" "--progress=$word"
    done
    run --separate-stderr "$WHORL" --catalog=nope
    expect 2 '' "whorl: --catalog: no built-in catalog 'nope': expected browser, fingerprintjs, thumbmarkjs, or a file, as in ./nope"
    run --separate-stderr "$WHORL" --catalog=./nope
    expect 2 '' "whorl: ./nope: No such file or directory"
}

@test "L02: if an option is given twice the last counts, and -- ends the options" {
    echo '{"a":1}' >--select=ids
    run --separate-stderr whorl --select=ids --select=values -v -v --verbose -- --select=ids
    expect 0 '{"values":{"a":1}}'
}

@test "L02: letters may be joined, with the argument of the last, and options may follow files" {
    echo '{"a":1}' >in
    run --separate-stderr whorl in -voout --select=values
    expect 0 ''
    [ "$(cat out)" = '{"values":{"a":1}}' ]
    run --separate-stderr env POSIXLY_CORRECT=1 "$WHORL" --catalog ./test.catalog --select=values in -v
    expect 2 '{"values":{"a":1}}' 'whorl: -v: No such file or directory'
}

@test "L02: options that do not go together are refused" {
    refused '--files0-from: expected no FILE with it: its file names all inputs' --files0-from=names
    refused '--no-header: expected --format=binary or --format=tsv with it' --no-header
    refused '--select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary rows have all members' --format=binary --select=ids
    refused '--format=binary: expected one catalog per output: use --catalog NAME=FILE' --format=binary --catalog browser --catalog browser
    refused '--output: expected a --catalog without a FILE of its own' --catalog browser=x -o y
    [ ! -e x ] && [ ! -e y ]
}

@test "L03: numbers are decimal and in range" {
    for option in 'fact-text 256' 'max-depth 1024' 'max-record 1073741824' 'max-values 67108864'; do
        name=${option% *} most=${option#* }
        for value in '' abc 1e3 -1 +1 ' 1' '1 ' 0x10 0 1.5 1k $((most + 1)) 18446744073709551615 18446744073709551616 18446744073709551617; do
            refused "--$name: expected a whole number from 1 to $most, not '$value'" "--$name=$value"
        done
        for value in 1 007 $most; do
            [ "$name" != fact-text ] || value="$value --no-header --format=binary"
            # shellcheck disable=SC2086 # more options
            run --separate-stderr "$WHORL" --$name=$value </dev/null
            expect 0 ''
        done
    done
}

@test "L03: what --cache-memory takes is a number of bytes" {
    for value in '' 64MB 64m M -1 ' 1' 1.5M 1025G 99999999999999999999 2000000000000; do
        refused "--cache-memory: expected a number of bytes from 0 to 1024G, not '$value'" "--cache-memory=$value"
    done
    for value in 0 007 64K 1024G; do
        run --separate-stderr values "--cache-memory=$value" </dev/null
        expect 0 ''
    done
}

@test "L03: what --max-rejects takes is decimal and in range" {
    for value in '' abc 1e3 -1 ' 1' 0x10 4294967296 9999999999 18446744073709551616 1.5 % %1 .5% 5.% 1,5% 100.0001% 101% 0.00001% 1%% '1% ' -1%; do
        refused "--max-rejects: expected a number up to 4294967295, or from 0% to 100%, not '$value'" "--max-rejects=$value"
    done
    for value in 0 007 4294967295 0% 100% 100.0% 0.0001% 99.9999%; do
        run --separate-stderr values "--max-rejects=$value" </dev/null
        expect 0 ''
    done
}

@test "L04: a name in a message is escaped, cut at 80 bytes, and ends no line" {
    run --separate-stderr values -v < <(
        printf '{"\x7f]0;x\xc2\x9b\xc3\xa9\\u001b\\n~/":01}\n'
        printf '{"%s":01}\n' "$(head -c 1000000 /dev/zero | tr '\0' n)"
        printf '{"%s\xc3\xa9":01}\n' "$(printf 'n%.0s' $(seq 78))"
        printf '{"\xff":1}\n{"\x1b]0;x":1}\n{"a\\u0000b":01}\n')
    number='malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero'
    n79=$(printf 'n%.0s' $(seq 79))
    expect 1 '' 'whorl: -:1:'"$(printf '{"\x7f]0;x\xc2\x9b\xc3\xa9\\u001b\\n~/":01' | wc -c)"": $number, at /\\u007f]0;x\\u009bé\\u001b\\n~0~1
whorl: -:2:1000006: $number, at /$n79...
whorl: -:3:86: $number, at /${n79%n}...
whorl: -:4:3: invalid UTF-8: expected text in UTF-8 only, at /
whorl: -:5:3: a control byte (0x1B) in a string: expected it as an escape, \\u00XX, at /
whorl: -:6:14: $number, at /a\\u0000b"
}

@test "L04: characters that would hide or reverse text are escaped, wherever they come from" {
    # One of each category, by Unicode 15.0: Cf, Zl, Zp, and Cc beyond ASCII.
    # As bytes: bash writes \\u only in a locale of UTF-8.
    raw=$'\xe2\x80\xae\xe2\x80\xa8\xe2\x80\xa9\xd8\x9c\xc2\xad\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf\xf3\xa0\x81\x81\xc2\x85'
    seen='\u202e\u2028\u2029\u061c\u00ad\u200b\u2066\ufeff\udb40\udc41\u0085'
    number='malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero'
    run --separate-stderr values "$raw"
    expect 2 '' "whorl: $seen: No such file or directory"
    run --separate-stderr values --files0-from=- < <(printf '%s\0' "$raw")
    expect 2 '' "whorl: $seen: No such file or directory"
    run --separate-stderr values <<<"{\"$raw\":01}"
    expect 1 '' "whorl: -:1:$((6 + $(printf %s "$raw" | wc -c))): $number, at /$seen"
    refused "--format: expected ndjson, tsv, binary or arrow, not '$seen'" "--format=$raw"
    refused "unknown, ambiguous or misused option --$seen" "--$raw"
    run --separate-stderr "$WHORL" --catalog="$raw"
    expect 2 '' "whorl: --catalog: no built-in catalog '$seen': expected browser, fingerprintjs, thumbmarkjs, or a file, as in ./$seen"
    # A long name is cut, but not within a character.
    long=$(printf 'é%.0s' $(seq 1000))
    run --separate-stderr "$WHORL" --format="$long"
    [[ ${stderr_lines[0]} =~ ^"whorl: --format: expected ndjson, tsv, binary or arrow, not '"(é){100,}'...'$ ]]
    run --separate-stderr values -o "$raw/x"
    expect 2 '' "whorl: $seen/x: No such file or directory"
    printf '@catalog\tt\t1\na\t/a\tg\t%s\n' "$raw" >"$raw.catalog"
    run --separate-stderr "$WHORL" --catalog="./$raw.catalog"
    expect 2 '' "whorl: ./$seen.catalog:2:8: unknown tier: expected device, install, build, exact or volatile, not '$seen'"
    run --separate-stderr "$WHORL" --diff --expect="$raw" in
    expect 2 '' "whorl: $seen: No such file or directory"
}

@test "L04: every control and format character that Python knows is escaped as JSON would, and nothing else" {
    python3 - <<'END'
import json, os, subprocess, unicodedata
control, other = [], []
for c in map(chr, range(1, 0x110000)):
    category = unicodedata.category(c)
    if category in ('Cc', 'Cf', 'Zl', 'Zp'):
        control.append(c)
    elif category not in ('Cs', 'Cn') and (ord(c) < 0x3000 or ord(c) % 97 == 0) and c not in '/-':
        other.append(c)
names = [''.join(all[i:i + 50]) for all in (control, other) for i in range(0, len(all), 50)]
run = subprocess.run([os.environ['WHORL'], *names], capture_output=True)
lines = run.stderr.decode().split('\n')
assert len(control) > 200 and len(lines) == len(names) + 1, lines
for name, line in zip(names, lines):
    shown = ''.join(json.dumps(c)[1:-1].replace('\\n', '\\u000a').replace('\\t', '\\u0009').replace('\\r', '\\u000d')
                    .replace('\\b', '\\u0008').replace('\\f', '\\u000c') if c in control else c for c in name)
    assert line == f'whorl: {shown}: No such file or directory', (line, shown)
END
}

@test "L05: a million rejects that are alike give one message and their number" {
    yes x | head -1000000 >in
    word='unknown word: expected true, false, null, or a string in double quotes'
    run --separate-stderr values in
    expect 1 '' "whorl: in:1:1: $word
whorl: in: 999999 more lines like line 1, up to line 1000000: see --verbose"
}

@test "L05: of rejects that are not alike 20 have a message; with --verbose all have one" {
    word='unknown word: expected true, false, null, or a string in double quotes'
    value='expected a JSON value'
    for i in $(seq 10); do printf 'x\n@\n'; done >in
    run --separate-stderr values in
    want=$(for i in $(seq 1 2 20); do printf '%s\n' "whorl: in:$i:1: $word" "whorl: in:$((i + 1)):1: $value"; done)
    expect 1 '' "$want"
    printf 'x\nx\n@\nx\n@\n@\n' >>in
    run --separate-stderr values in
    expect 1 '' "$want
whorl: 26 records rejected, 6 of them without a message: see --verbose"
    # Rejects like the last one shown are counted, and not hidden.
    { head -20 in; yes @ | head -100; echo x; } >more
    run --separate-stderr values more
    expect 1 '' "${want//whorl: in:/whorl: more:}
whorl: more: 100 more lines like line 20, up to line 120: see --verbose
whorl: 121 records rejected, 1 of them without a message: see --verbose"
    run --separate-stderr values -v in
    [ "$status" = 1 ]
    [ "${#stderr_lines[@]}" = 26 ]
    [ "${stderr_lines[25]}" = "whorl: in:26:1: $value" ]
}

@test "L06: a message never holds a signal's value" {
    printf '%s\n' '{"a":"secret","b":secret}' '{"b":"secret"}' '{"a":"secret' '{"a":"secret"}secret' \
        '{"a":"secret\x"}' '{"a":["secret",]}' '{"a":"secret" "b":1}' '"secret"' 'secret' \
        '{"a":[[[["secret"]]]]}' '{"a":"secret","a":"secret"}' '{"id":["secret"],"a":1}' '{"a":123e456789}' >in
    printf '{"a":"secret\xff"}\n{"a":"secret\1"}\n' >>in
    catalog '@id|/id' 'a|/a|g|exact'
    run --separate-stderr whorl -v --max-depth=4 in
    [ "$status" = 1 ]
    [ "$output" = '' ]
    [ "${#stderr_lines[@]}" = 15 ]
    [[ $stderr != *secret* && $stderr != *456789* ]]
}

@test "the short options are -h -j -o -q -v -V" {
    [ "$("$WHORL" --help | sed -n 's/^  -\(.\), .*/\1/p' | sort | tr -d '\n')" = "$(printf '%s\n' h j o q v V | sort | tr -d '\n')" ]
    [ "$("$WHORL" -h)" = "$("$WHORL" --help)" ]
    [ "$("$WHORL" -V)" = "$("$WHORL" --version)" ]
}

@test "--line-buffered is accepted and changes nothing" {
    run --separate-stderr values --line-buffered <<<'{"a":1}'
    expect 0 '{"values":{"a":1}}'
}

@test "--version names the version, Unicode's, and each built-in catalog with its digest" {
    run --separate-stderr "$WHORL" --version
    [ "$status" = 0 ]
    [ "${lines[0]}" = "whorl $(cat "$top_srcdir/VERSION")" ]
    [ "${lines[1]}" = 'unicode 15.0.0' ]
    [ "${#lines[@]}" = 5 ]
    number=2
    for name in browser fingerprintjs thumbmarkjs; do
        file=$top_srcdir/data/$name.catalog
        rows=$(grep -c '^[^#@	]' "$file")
        # The digest of the built-in catalog is that of its file.
        label=$("$WHORL" --version --catalog="$file" | tail -n 1 | cut -d ' ' -f 2)
        [[ $label =~ ^$name-1:[0-9a-f]{16}$ ]]
        [ "${lines[number]}" = "catalog $label $rows signals" ]
        number=$((number + 1))
    done
    # One that is given is not named twice; a file is named besides.
    [ "$("$WHORL" --version --catalog=thumbmarkjs)" = "$output" ]
    [ "$("$WHORL" --version --catalog="$file" | wc -l)" = 6 ]
}

# The files that the command opens and the loader does not: each path once, sorted, on one line;
# names of temporary files without their numbers.
opens() {
    strace -f -qqq -o trace -e trace=open,openat,openat2,creat,socket,connect,execve -e signal=none "$@" >/dev/null 2>&1
    ! grep -E ' (socket|connect)\(' trace
    [ "$(grep -c ' execve(' trace)" = 1 ]
    sed -n 's/^[^"]*open[^"]*"\([^"]*\)".*/\1/p' trace | grep -vE '^/etc/ld\.so\.|\.so(\.[0-9.]+)?$' |
        sed "s%^$PWD%.%; s%whorl-[0-9]*-[0-9]*%whorl%" | sort -u | tr '\n' ' '
}

@test "whorl opens the files that it is given and those that it writes, and no others" {
    traces
    if grep -q __asan_init "$WHORL"; then skip 'sanitizers open files of their own'; fi
    echo '{"a":1}' >in
    gzip -k in
    zstd -q in
    for i in {1..24}; do printf '{"a":%s,"pad":"%0100000d"}\n' "$i" 0; done >big
    cp test.catalog c
    [ "$(opens "$WHORL" in)" = 'in ' ]
    [ "$(LC_ALL=de_DE.UTF-8 TZ=Europe/Berlin opens "$WHORL" --catalog ./c in in.gz in.zst -)" = './c in in.gz in.zst ' ]
    [ "$(opens "$WHORL" --catalog ./c -j4 big)" = './c big ' ]
    [ "$(opens "$WHORL" --catalog ./c -j0 --progress=always big)" = './c big ' ]
    printf 'in\0big\0' >names
    [ "$(opens "$WHORL" --catalog ./c --files0-from=names --stats=s --rejects=r --dictionary=d -o out)" = './ ./.whorl.tmp ./c big in names ' ]
    "$WHORL" --catalog ./c in >old
    [ "$(opens "$WHORL" --diff --catalog ./c old old)" = './c old ' ]
    [ "$(opens "$WHORL" --help)" = '' ]
    # Descriptor 0 is closed.
    strace -f -qqq -o trace -e trace=openat bash -c 'exec "$WHORL" --catalog ./c - <&-' 2>/dev/null || :
    [ "$(sed -n '/libzstd/,$p' trace | grep -vF .so. | grep -o '"[^"]*"' | tr '\n' ' ')" = '"/dev/null" "./c" ' ]
}
