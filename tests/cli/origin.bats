# --select=file,line: where each record is from.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
    catalog 'a|/a|g|device'
}

origins() {
    whorl --select=file,line "$@"
}

@test "file and line are the first members, in this order, whatever the order of --select" {
    echo '{"a":1}' >in
    run --separate-stderr whorl --select=present,line,file in
    expect 0 '{"file":"in","line":1,"present":1}'
    run --separate-stderr whorl --select=line,present in
    expect 0 '{"line":1,"present":1}'
    run --separate-stderr whorl in
    [[ $output == '{"id":null,'* && $output != *'"line"'* && $output != *'"file"'* ]]
}

@test "a line is counted as in messages: from 1 in each file, with blank lines and rejects" {
    printf '\xef\xbb\xbf{"a":1}\r\n\n \t\r\n{"a":1}\nx\n{"a":1}' >one
    printf '\n{"a":1}\n\n' >two
    : >empty
    run --separate-stderr origins one empty - ./two <two
    expect 1 '{"file":"one","line":1}
{"file":"one","line":4}
{"file":"one","line":6}
{"file":"-","line":2}
{"file":"./two","line":2}' 'whorl: one:5:1: unknown word: expected true, false, null, or a string in double quotes'
}

@test "each vector of a record says where it is from" {
    printf '@catalog\tother\t1\nb\t/b\tg\tdevice\n' >other.catalog
    printf '{"b":1}\n{"a":1}\n' >in
    run --separate-stderr whorl --catalog=other.catalog --catalog=other.catalog=own --select=line,present in
    expect 0 '{"line":1,"present":0}
{"line":1,"present":1}
{"line":2,"present":1}
{"line":2,"present":0}'
    [ "$(cat own)" = '{"line":1,"present":1}
{"line":2,"present":0}' ]
}

# What Python makes of a name that is not UTF-8 with the handler backslashreplace.
@test "a name of any bytes gives valid JSON in UTF-8: other bytes are \\xNN, as in messages" {
    python3 - <<'end'
import os
names = [bytes([byte]) + b"n" for byte in range(1, 256) if byte != 0x2f]
names += [b"caf\xc3\xa9", b"\xe2\x82", b"\xe2\x82x", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80",
          b"a\\xff", b"\xef\xbf\xbd", b"\xe2\x80\xae", b" ", b"n" * 255]
os.mkdir("files")
os.chdir("files")
for name in names:
    with open(name, "w") as file:
        file.write('{"a":1}\n')
with open("../names", "wb") as file:
    file.write(b"\0".join(names))
end
    cd files
    origins --files0-from=../names >../out
    python3 - <<'end'
import json
with open("../names", "rb") as file:
    names = file.read().split(b"\0")
with open("../out", "rb") as file:
    lines = file.read().splitlines()
assert len(lines) == len(names) > 260
for name, line in zip(names, lines):
    found = json.loads(line.decode())
    assert found == {"file": name.decode("utf-8", "backslashreplace"), "line": 1}, (name, line)
end
}

# Blank lines, and lines that are too long for a record, of which one alone fills blocks.
many_lines() {
    python3 -c '
import random
dice = random.Random(7)
with open("in", "w") as lines, open("want", "w") as want:
    for number in range(1, 60001):
        kind = dice.randrange(1000)
        if number in (20000, 40000):
            print("x" * 3000000, file=lines)
        elif kind == 0:
            print("{" + " " * 6000, file=lines)
        elif kind < 100:
            print(" " * dice.randrange(3), file=lines)
        else:
            print("{\"a\":%d,\"pad\":\"%s\"}" % (number, "p" * dice.randrange(100)), file=lines)
            print("{\"file\":\"in\",\"line\":%d,\"facts\":{\"a\":%d}}" % (number, number), file=want)
'
    catalog 'a|/a|g|device||fact'
}

@test "a line is the same with any number of threads, with and without cache, and compressed" {
    many_lines
    for options in -j1 -j2 -j5 '-j3 --no-cache' '-j1 --no-cache'; do
        run --separate-stderr bash -c "\"\$WHORL\" --catalog=test.catalog --max-record=4096 --select=file,line,facts -v $options in | cmp - want"
        [ "$output" = '' ]
        [[ $stderr == *'whorl: in:20000:4097: record too long: see --max-record'* ]]
    done
    for pack in 'gzip -1c' 'zstd -1qc'; do
        $pack in >packed
        mv packed in.packed
        run --separate-stderr bash -c "\"\$WHORL\" --catalog=test.catalog --max-record=4096 --select=line,facts -j2 in.packed | cmp - <(sed 's/\"file\":\"in\",//' want)"
        [ "$output" = '' ]
    done
}

@test "a line is the same if the input comes in small parts" {
    printf '\n{"a":1}\n\n\n{"a":2}\nx\n{"a":3}\n{"a":4}' >in
    origins - <in >want 2>err || :
    [ "$(jq -c .line want | tr '\n' ' ')" = '2 5 7 8 ' ]
    for size in 1 3 7; do
        paced $size <in | origins >out 2>err || :
        cmp out want
    done
}

@test "binary rows do not have file and line" {
    for list in file line file,line,ids; do
        run --separate-stderr whorl --format=binary --select=$list
        expect 2 '' "whorl: --select: expected --format=ndjson, --format=tsv or --format=arrow with file and line: binary rows do not have them
whorl: try 'whorl --help'"
    done
}

@test "--diff does not compare file and line" {
    printf '{"id":1,"a":1}\n' >one
    printf '\n{"id":1,"a":1}\n' >two
    printf '@catalog\ttest\t1\n@id\t/id\na\t/a\tg\tdevice\n' >test.catalog
    whorl --select=file,line,id,catalog,ids,signals one >old
    whorl --select=file,line,id,catalog,ids,signals two >new
    run cmp old new
    [ "$status" = 1 ]
    run --separate-stderr whorl --diff -q old new
    expect 0 ''
}
