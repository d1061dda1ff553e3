# Lines that show why they are not records: the message says so and what to do, once for many lines
# that are alike.

load helper

setup() {
    catalog '@id|/id' '@root|/signals' 'a|/a|g|exact' 'b|/b/c|g|exact'
    cd "$BATS_TEST_TMPDIR"
    for i in 1 2 3 4 5; do echo '{"id":"'$i'","signals":{"a":"\u00e9'$i'","b":{"c":['$i',{}]}}}'; done >records
    whorl --select=id,values records >want
}

# Python with `lines`, the records, and put(), which writes the file `in`.
make() {
    python3 -c '
import json, sys
lines = open("records", encoding="utf-8").read().split("\n")[:-1]
records = [json.loads(line) for line in lines]
text = "".join(line + "\n" for line in lines)
def put(data, encoding="utf-8"):
    open("in", "wb").write(data if isinstance(data, bytes) else data.encode(encoding))
exec(sys.argv[1])
' "$1"
}

# Each rejected line of the file `in` has the message $1; without --verbose only the first has it, and
# then $2 says how many there were. The number of threads, and how the input arrives, do not matter.
# --rejects has each of the lines, and --stats counts it.
reports() {
    run --separate-stderr whorl --select=id,values --rejects=bad --stats=stats in
    [ "$status" = 1 ]
    out=$output
    if [ "$stderr" != "whorl: in:$1${2:+
whorl: in: $2: see --verbose}" ]; then
        echo "$stderr"
        return 1
    fi
    once=$stderr
    count=$(jq .rejects stats)
    [ "$(tr '\0' 0 <bad | grep -c '')" = "$count" ]
    for options in -j1 -j2 '-j2 --no-cache'; do
        run --separate-stderr whorl --select=id,values --rejects=worse $options in
        [ "$status" = 1 ] && [ "$output" = "$out" ] && [ "$stderr" = "$once" ]
        cmp bad worse
    done
    run --separate-stderr whorl --select=id,values - < <(paced 50 <in)
    [ "$status" = 1 ] && [ "$output" = "$out" ] && [ "$stderr" = "${once//whorl: in:/whorl: -:}" ]
    run --separate-stderr whorl --select=id,values -v in
    [ "$status" = 1 ] && [ "$output" = "$out" ] && [ "${#stderr_lines[@]}" = "$count" ]
    [ "${stderr_lines[0]}" = "${once%%$'\n'*}" ]
    run --separate-stderr whorl --max-rejects="$count" in
    [ "$status" = 0 ]
    run --separate-stderr whorl --max-rejects="$((count - 1))" in
    [ "$status" = 1 ]
}

# Run the command at the end of the message: it gives all records.
works() {
    local command=${once%%$'\n'*}
    command=${command##*; try }
    [ "$(eval "${command//FILE/in}" 2>/dev/null)" = "$(cat want)" ]
}
whorl_values() { "$WHORL" --catalog "$BATS_TEST_TMPDIR/test.catalog" --select=id,values "$@"; }

@test "the message names a NUL byte: from log rotation, in a string, in a hole of a file" {
    value='a NUL byte (0x00): expected a JSON value'
    try="; try tr -d '\\0' <FILE | whorl"
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    make 'put(lines[0] + "\n" + "".join("\0" * n + line + "\n" for n, line in zip([300, 1, 64, 5], lines[1:])))'
    reports "2:1: $value$try" '3 more lines like line 2, up to line 5'
    works
    make 'put(text.replace("}}\n", "}}\0\n", 1))'
    reports "1:54: a NUL byte (0x00): text after the record: expected one JSON object per line$try"
    works
    make 'put("\0" * 5000000 + text)'
    reports "1:4194305: a NUL byte (0x00): record too long: see --max-record$try"
    works
    make 'put(text.replace("1\",\"b\"", "1\0\",\"b\"", 1))'
    reports "1:34: a NUL byte (0x00) in a string: expected it as an escape, \\u00XX, at /signals/a$try"
    works
}

@test "the message names a byte order mark in the middle, as cat leaves it" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    make 'put("".join("\ufeff" + line + "\n" for line in lines))'
    reports "2:1: a byte order mark (U+FEFF): expected a JSON value; try sed 's/^\\xEF\\xBB\\xBF//' FILE | whorl" \
        '3 more lines like line 2, up to line 5'
    works
}

@test "the message says UTF-16 and UTF-32, in either byte order, with and without a mark" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    for width in 16 32; do
        for order in LE BE; do
            for mark in '' '\ufeff'; do
                for end in '\n' '\r\n' '\r\n\r\n'; do
                    make 'put("'"$mark"'" + text.replace("\n", "'"$end"'"), "UTF-'$width$order'")'
                    name=little; [ $order = LE ] || name=big
                    column=1; [ "$order$mark" != LE ] || column=2
                    # One line after each LF; in little-endian one more, with the rest of the last LF.
                    count=$(($(tr -cd '\n' <in | wc -c)))
                    [ $order = BE ] || count=$((count + 1))
                    reports "1:$column: UTF-$width text, $name-endian: expected UTF-8; try iconv -f UTF-$width$order -t UTF-8 FILE | whorl" \
                        "$((count - 1)) more lines like line 1, up to line $count"
                    works
                done
            done
        done
    done
    # In the middle of a file the byte order is not known.
    for width in 16 32; do
        make 'put(text.encode() + text.encode("UTF-'$width'BE"))'
        reports "6:1: UTF-$width text: expected UTF-8; try iconv -f UTF-$width -t UTF-8 FILE | whorl" '4 more lines like line 6, up to line 10'
    done
}

@test "the message says that records follow record separators, RFC 7464" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    make 'put("".join("\x1e" + line + "\n" for line in lines))'
    what="1:1: a record separator of RFC 7464 (0x1E): expected a JSON value; try tr '\\036' '\\n' <FILE | whorl"
    reports "$what" '4 more lines like line 1, up to line 5'
    works
    # The line feeds may be missing.
    make 'put("".join("\x1e" + line for line in lines))'
    reports "$what"
    works
}

@test "the message says that records are in an array: on one line, one per line, over many lines" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    what="an array of records: expected one record per line; try jq -c '.[]' FILE | whorl"
    make 'put(json.dumps(records) + "\n")'
    reports "1:1: $what"
    works
    make 'put("[" + ",\n".join(lines) + "]")'
    reports "1:56: $what" '4 more lines like line 1, up to line 5'
    works
    # The last record of such an array is a record.
    make 'put("[\n" + ",\n".join(lines) + "\n]\n")'
    reports "1:2: $what" '5 more lines like line 1, up to line 7'
    [ "$out" = "$(tail -1 want)" ]
    works
    for indent in 0 1 4 '"\t"'; do
        make 'put(json.dumps(records, indent='"$indent"'))'
        count=$(grep -c '' in)
        if [ $indent != 0 ]; then
            reports "1:2: $what" "$((count - 1)) more lines like line 1, up to line $count"
        fi
        whorl --select=id in 2>messages || :
        once=$(head -1 messages)
        [ "$once" = "whorl: in:1:2: $what" ]
        works
    done
    # Longer, or with more values, than a record may be.
    make 'put(json.dumps(records))'
    run --separate-stderr whorl --max-record=100 in
    expect 1 '' "whorl: in:1:101: $what"
    run --separate-stderr whorl --max-values=10 in
    # The eleventh is the second record's id.
    expect 1 '' "whorl: in:1:$(($(sed 's/"2".*//' in | wc -c) + 1)): $what"
}

@test "the message says that there are commas between records" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    make 'put(" , \n".join(lines) + "\n")'
    reports "1:55: a comma after the record: expected one record per line; try sed 's/,[[:space:]]*\$//' FILE | whorl" '3 more lines like line 1, up to line 4'
    works
    make 'put(text + "]\n")'
    reports "6:1: the end of an array of records: expected one record per line; try jq -c '.[]' FILE | whorl"
}

@test "the message says that a record is over several lines" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    what='a record over several lines: expected it on one; try jq -c . FILE | whorl'
    for indent in 1 2 8 '"\t"'; do
        make 'put("".join(json.dumps(record, indent='"$indent"') + "\n" for record in records))'
        count=$(grep -c '' in)
        reports "1:2: $what" "$((count - 1)) more lines like line 1, up to line $count"
        works
    done
    jq . records >in
    count=$(grep -c '' in)
    reports "1:2: $what" "$((count - 1)) more lines like line 1, up to line $count"
    works
    # A record that is cut is not one of these.
    head -c 30 records >in
    reports '1:31: the record ends here, inside a value: expected one whole JSON object per line, at /signals/a'
}

@test "the message says that there is text before the record, as in logs" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    what="text before the record: expected the record alone; try sed 's/^[^{]*//' FILE | whorl"
    for try in '1:2026-11-30 04:00:00 INFO ' '5:2026-11-30T04:00:00Z ' '1:app[7]: ' '2:[INFO] ' '5:[2026] ' '1:key\t' '1:data: ' '9:      7 ' '1:<13>1 ' \
        '1:), ' '1:&e=' '1:é ' '18:\"GET / HTTP/1.1\" 200 '; do
        column=${try%%:*}
        case $try in 1:2026-*) column=5 ;; 5:\[*) column=8 ;; esac
        make 'put("".join("'"${try#*:}"'" + line + "\n" for line in lines))'
        reports "1:$column: $what" '4 more lines like line 1, up to line 5'
        works
    done
}

@test "the message says that several records are on a line, or that a record is in a string" {
    whorl() { if [ $# = 0 ]; then whorl_values; else "$WHORL" --catalog test.catalog "$@"; fi; }
    make 'put("".join(lines) + "\n" + " ".join(lines))'
    what='several records on a line: expected one; try jq -c . FILE | whorl'
    reports "1:54: $what" 'line 2 is like line 1'
    make 'put("".join(lines))'
    reports "1:54: $what"
    works
    make 'put("".join(json.dumps(line) + "\n" for line in lines))'
    reports '1:1: a record in a string: expected the record itself; try jq -r . FILE | whorl' '4 more lines like line 1, up to line 5'
    works
}

@test "the message names bytes and characters that an editor does not show" {
    whorl() { "$WHORL" --catalog test.catalog "$@"; }
    check() { # the text in Python, and the message
        make "put(text + '$1\n')"
        reports "6:$2"
    }
    value='expected a JSON value' after='text after the record: expected one JSON object per line'
    check '\x1b[0m{}' "1: a control byte (0x1B): $value"
    check '\x1a' "1: a control byte (0x1A): $value"
    check '{}\x7f' "3: a control byte (0x7F): $after"
    check '\u00a0{}' "1: a character that is easily missed (U+00A0): $value"
    check '{}\u200b' "3: a character that is easily missed (U+200B): $after"
    check '{\u201cid\u201d:1}' '2: a character that is easily missed (U+201C): expected a member name in double quotes'
    check '{"id"\u3000:1}' "6: a character that is easily missed (U+3000): expected ':' after the member name, at /id"
    check '{"id":1\u2028}' "8: a character that is easily missed (U+2028): expected ',' or '}' after the member, at /id"
    check '{"id":[1\ufeff]}' "9: a byte order mark (U+FEFF): expected ',' or ']' after the element, at /id/0; try sed 's/^\\xEF\\xBB\\xBF//' FILE | whorl"
    check '{"id":"\t"}' '8: a tab (0x09) in a string: expected it as an escape, \u00XX, at /id'
    check '{"id":"\r"}' '8: a carriage return (0x0D) in a string: expected it as an escape, \u00XX, at /id'
    check '{"id":"\x1f"}' '8: a control byte (0x1F) in a string: expected it as an escape, \u00XX, at /id'
    # Other bytes are not shown: they may be part of a value.
    check '{"id":é}' "7: $value, at /id"
    check '{"id":@}' "7: $value, at /id"
}

@test "no signals: the message names up to eight members that are there, cut and escaped" {
    whorl() { "$WHORL" --catalog test.catalog "$@"; }
    no='no signals at /signals: expected a record with signals of the catalog test;'
    check() { # the record, and what it has
        { cat records; for i in $(seq 20); do echo "$1"; done; } >in
        reports "6:1: $no $2" '19 more lines like line 6, up to line 25'
    }
    check '{"id":"1","components":{"x":1},"v":[{"y":2}]}' 'the record has "id", "components", "v"'
    check '{}' 'the record has no members'
    check '{"signals":{}}' '/signals has no members'
    check '{"id":"1","signals":{"c":"secret","d":{"a":{}}} ,"x":1}' '/signals has "c", "d"'
    check '{"signals":["secret"]}' 'the record has "signals"'
    check '{ "1" : 1 , "2" : [ ] , "3" : "," , "4" : "}" , "5" : { "6" : 1 } , "7" : null , "8" : -1.5e3 , "9" : true }' \
        'the record has "1", "2", "3", "4", "5", "7", "8", "9"'
    check '{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":9,"10":10}' 'the record has "1", "2", "3", "4", "5", "6", "7", "8" and 2 more'
    check '{"é'"$(printf 'n%.0s' $(seq 37))"'éx":1}' 'the record has "é'"$(printf 'n%.0s' $(seq 37))"'..."'
    check '{"'$'\xe2\x80\xae''":1,"\"\\":2,"":3}' 'the record has "\u202e", "\"\\", ""'
    # The column is that of the record; the pointers of other catalogs do not matter.
    catalog '@root|/x~1y/0' '@root|/s/t' 'a|/a|g|exact'
    echo ' {"s":{"t":{"u":1}}}' >in
    run --separate-stderr whorl in
    expect 1 '' 'whorl: in:1:2: no signals at /x~1y/0: expected a record with signals of the catalog test; /s/t has "u"'
    # An element of an array, and names as they are read, unescaped.
    catalog '@root|/s/1' '@root|/é/t' 'a|/a|g|exact'
    for try in '{"s":[[1,{"x":2}],{"u":1}]} /s/1' '{"s":[0 , {"u":1} , 2]} /s/1' '{"\u0073":[{},{"u":1}]} /s/1' '{"s":[{"v":1}],"\u00e9":{"\u0074":{"u":1}}} /é/t' \
        '{"u":[{},{"u":1}]} the record' '{"u":[]} the record'; do
        echo "${try% /*}" | sed 's/ the record$//' >in
        run --separate-stderr whorl in
        where=/${try##* /}
        [[ $try != *'the record' ]] || where='the record'
        expect 1 '' "whorl: in:1:1: no signals at /s/1: expected a record with signals of the catalog test; $where has \"u\""
    done
    for record in '{"s":[],"x":1}' '{"s":[0],"x":1}' '{"s":[0,1],"x":1}' '{"s":{"1":2},"x":1}' '{"s":"1","x":1}'; do
        echo "$record" >in
        run --separate-stderr whorl in
        expect 1 '' 'whorl: in:1:1: no signals at /s/1: expected a record with signals of the catalog test; the record has "s", "x"'
    done
}

@test "a run of like rejects ends with its file and with another kind of fault, not with a record" {
    whorl() { "$WHORL" --catalog test.catalog "$@"; }
    catalog 'a|/a|g|exact'
    printf '{"a":1}\nx\n{"a":2}\nx\n\nx\n@\nx\n' >1
    printf 'x\nx\n' >2
    word='unknown word: expected true, false, null, or a string in double quotes'
    run --separate-stderr whorl --select=values 1 2 2 none 2
    expect 2 '{"values":{"a":1}}
{"values":{"a":2}}' "whorl: 1:2:1: $word
whorl: 1: 2 more lines like line 2, up to line 6: see --verbose
whorl: 1:7:1: expected a JSON value
whorl: 1:8:1: $word
whorl: 2:1:1: $word
whorl: 2: line 2 is like line 1: see --verbose
whorl: 2:1:1: $word
whorl: 2: line 2 is like line 1: see --verbose
whorl: none: No such file or directory
whorl: 2:1:1: $word
whorl: 2: line 2 is like line 1: see --verbose"
    # Also with an error of the file.
    cat 2 2 | gzip | head -c -3 >cut.gz
    run --separate-stderr whorl cut.gz
    expect 2 '' "whorl: cut.gz:1:1: $word
whorl: cut.gz: 3 more lines like line 1, up to line 4: see --verbose
whorl: cut.gz: the gzip data is cut off"
    # A file of many blocks, delivered in many pieces, is one file.
    { yes x | head -300000; echo '{"a":1}'; yes x | head -300000; } >in
    for options in -j1 -j2 -j8; do
        run --separate-stderr whorl --select=values $options in
        expect 1 '{"values":{"a":1}}' "whorl: in:1:1: $word
whorl: in: 599999 more lines like line 1, up to line 600001: see --verbose"
    done
}

@test "a run of like rejects is counted when a signal ends the process" {
    catalog 'a|/a|g|exact'
    name=$'b\xff\xe2\x80\xae'
    mkfifo "$name"
    kept() { [ -e bad ] && [ "$(wc -l <bad)" = 3 ]; }
    for signal in INT TERM HUP; do
        rm -f bad
        python3 -c '
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
' "$WHORL" --catalog ./test.catalog --rejects=bad "$name" 2>messages 3>&- &
        pid=$!
        exec 7>"$name"
        printf 'x\nx\nx\n' >&7
        await kept
        kill -$signal $pid
        wait $pid || status=$?
        exec 7>&-
        [ "$status" -gt 128 ]
        [ "$(cat messages)" = 'whorl: b\xff\u202e:1:1: unknown word: expected true, false, null, or a string in double quotes
whorl: b\xff\u202e: 2 more lines like line 1, up to line 3: see --verbose' ]
    done
}
