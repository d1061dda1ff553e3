# @sketch and --select=sketch: the bits that the hashes of a group's signals vote for.

load helper

# The words of a sketch, in quotes, with commas between them, from groups in the order of their bits:
# BITS:HASH,HASH... each, the hashes in 16 digits.
words() {
    python3 - "$@" <<'END'
import sys

bits = ""  # the first on the right
for group in sys.argv[1:]:
    count, _, hashes = group.partition(":")
    numbers = [int(text, 16) for text in hashes.split(",") if text]
    for b in range(int(count)):
        ones = sum(number >> b & 1 for number in numbers)
        bits = ("1" if ones - (len(numbers) - ones) > 0 else "0") + bits
bits = bits.zfill(-(-len(bits) // 64) * 64)
print(",".join('"%016x"' % int(bits[i - 64:i or None], 2) for i in range(0, -len(bits), -64)))
END
}

setup() {
    cd "$BATS_TEST_TMPDIR"
}

@test "one signal gives the lowest bits of its hash, and words begin with bit 0" {
    catalog '@sketch|h|4' '@sketch|g|64' 'a|/a|g|device' 'b|/b|h|exact'
    a=$(h64 'a=1') b=$(h64 'b="x"')
    run --separate-stderr whorl --select=sketch <<<'{"a":1,"b":"x"}'
    # The first word ends with b's last digit, and the second one has a's first.
    expect 0 '{"sketch":["'"${a:1}${b:15}"'","000000000000000'"${a:0:1}"'"]}'
    expect 0 '{"sketch":['"$(words "4:$b" "64:$a")"']}'
}

@test "a bit is 1 if more than half of the hashes have it, and a tie is 0" {
    catalog '@sketch|g|64' 'a|/a|g|device' 'b|/b|g|device' 'c|/c|g|device'
    a=$(h64 'a=1') b=$(h64 'b=2') c=$(h64 'c=3')
    run --separate-stderr whorl --select=sketch <<<'{"a":1,"b":2}
{"a":1,"b":2,"c":3}'
    expect 0 "$(printf '{"sketch":["%016x"]}\n' $((0x$a & 0x$b)) $((0x$a & 0x$b | 0x$a & 0x$c | 0x$b & 0x$c)))"
}

@test "errors and undefined signals vote, missing and excluded ones do not" {
    catalog '@error|error' '@value|value' '@exclude|x|when|/no|1' '@sketch|g|40' \
        'a|/a|g|device' 'u|/u/value|g|device' 'x|/x|g|device' 'm|/m|g|device' 'r|/r|g|device|retired'
    run --separate-stderr whorl --select=sketch <<<'{"a":{"error":"E"},"u":{},"x":5,"no":1,"r":1}
{"a":{"error":"E"},"x":5,"r":1}'
    a=$(h64 'a!E') u=$(h64 'u?') x=$(h64 'x=5')
    expect 0 '{"sketch":['"$(words "40:$a,$u")"']}
{"sketch":['"$(words "40:$a,$x")"']}'
}

@test "volatile rows and rows beyond @ids do not vote, and a group without votes gives zeros" {
    catalog '@ids|3' '@sketch|v|9' '@sketch|g|33' '@sketch|late|30' \
        'a|/a|g|device' 'v|/v|v|volatile' 'gv|/v|g|volatile' 'b|/b|g|device' 'late|/late|late|build'
    run --separate-stderr whorl --select=sketch <<<'{"a":1,"b":2,"v":3,"late":4}
{"v":3}'
    expect 0 '{"sketch":['"$(words 9: "33:$(h64 'a=1')" 30:)"']}
{"sketch":["0000000000000000","0000000000000000"]}'
}

@test "512 bits in all are taken, 513 are refused, and so is a group that is unknown or comes twice" {
    local directives=() rows=() votes=() g
    for g in 1 2 3 4 5 6 7 8; do
        directives+=("@sketch|g$g|64") rows+=("r$g|/r|g$g|device") votes+=("64:$(h64 "r$g=1")")
    done
    catalog "${directives[@]}" "${rows[@]}"
    run --separate-stderr whorl --select=sketch <<<'{"r":1}'
    expect 0 '{"sketch":['"$(words "${votes[@]}")"']}'
    catalog "${directives[@]}" '@sketch|g9|1' "${rows[@]}" 'r9|/r|g9|device'
    run --separate-stderr whorl <<<'{"r":1}'
    expect 2 '' "whorl: $PWD/test.catalog:10:12: too many bits in the lines @sketch: expected at most 512"
    catalog '@sketch|g|65' 'a|/a|g|device'
    run --separate-stderr whorl <<<'{"a":1}'
    expect 2 '' "whorl: $PWD/test.catalog:2:11: expected a whole number from 1 to 64, not '65'"
    catalog '@sketch|hardwear|1' 'a|/a|hardware|device'
    run --separate-stderr whorl <<<'{"a":1}'
    expect 2 '' "whorl: $PWD/test.catalog:2:9: expected the group of a row, not 'hardwear'; did you mean hardware"
    catalog '@sketch|g|1' '@sketch|g|1' 'a|/a|g|device'
    run --separate-stderr whorl <<<'{"a":1}'
    expect 2 '' "whorl: $PWD/test.catalog:3:9: expected each group once, not again 'g'"
}

@test "the sketch is there only if it is selected; with + it is in addition to the default" {
    catalog '@sketch|g|8' 'a|/a|g|device'
    echo '{"a":1}' >in
    a=$(h64 'a=1')
    sketch='"sketch":["00000000000000'"${a:14}"'"]'
    whorl in >plain
    ! grep sketch plain
    run --separate-stderr whorl --select=+sketch in
    expect 0 "$(sed "s/,\"vector\"/,$sketch&/" plain)"
    run --separate-stderr whorl --select=vector,sketch in
    expect 0 '{'"$sketch"',"vector":["'"$a"'"]}'
    run --separate-stderr whorl --format=tsv --select=sketch,present in
    expect 0 $'present\tsketch\n1\t00000000000000'"${a:14}"
    [ "$(whorl --format=tsv --no-header --select=+sketch in)" = \
        "$(whorl --format=tsv --no-header in)"$'\t00000000000000'"${a:14}" ]
}

@test "a catalog without @sketch has a sketch of no words" {
    catalog 'a|/a|g|device'
    run --separate-stderr whorl --select=sketch <<<'{"a":1}'
    expect 0 '{"sketch":[]}'
    run --separate-stderr whorl --format=tsv --select=sketch,present <<<'{"a":1}'
    expect 0 $'present\tsketch\n1\t'
    whorl --format=binary <<<'{"a":1}' >without
    whorl --format=binary --select=+sketch <<<'{"a":1}' | cmp - without
}

@test "binary rows have the words after all other columns, which stay where they are" {
    catalog '@sketch|h|64' '@sketch|g|64' 'a|/a|g|device' 'b|/b|h|device'
    printf '%s\n' '{"a":1,"b":2}' '{"a":3}' >in
    whorl --format=binary in >without
    whorl --format=binary --select=+sketch in >with
    run python3 - without with <<'END'
import json, struct, sys

def read(name):
    data = open(name, "rb").read()
    version, blocks, stride, groups, signals, length = struct.unpack_from("<6I", data, 8)
    text = b"".join(data[i * stride + 8:(i + 1) * stride] for i in range(blocks))[24:24 + length]
    rows = [data[i:i + stride] for i in range(blocks * stride, len(data) - stride, stride)]
    return json.loads(text)["columns"], rows

(columns, rows), (more, sketched) = read(sys.argv[1]), read(sys.argv[2])
assert more[:-1] == columns
assert more[-1] == {"name": "sketch", "offset": more[-1]["offset"], "type": "u64", "count": 2}
at = more[-1]["offset"]
for row, other in zip(rows, sketched, strict=True):
    assert row[:at] == other[:at]
    print(",".join('"%016x"' % word for word in struct.unpack_from("<2Q", other, at)))
END
    expect 0 "$(words "64:$(h64 b=2)" "64:$(h64 a=1)")"$'\n'"$(words 64: "64:$(h64 a=3)")"
    run --separate-stderr whorl --format=binary --select=+sketch,groups in
    [ "$status" -eq 2 ]
    [ "${stderr_lines[0]}" = "whorl: --select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary rows have all members" ]
}

@test "lines @sketch of an included catalog are taken, and come first" {
    printf '@catalog\tbase\t1\n@sketch\th\t64\na\t/a\tg\tdevice\nb\t/b\th\tdevice\n' >base.catalog
    printf '@include\t./base.catalog\n@catalog\town\t1\n@sketch\tg\t64\nc\t/c\th\tdevice\n' >own.catalog
    run --separate-stderr "$WHORL" --catalog=./own.catalog --select=sketch <<<'{"a":1,"b":2,"c":3}'
    expect 0 '{"sketch":['"$(words "64:$(h64 b=2),$(h64 c=3)" "64:$(h64 a=1)")"']}'
    printf '@include\t./base.catalog\n@catalog\town\t1\n@sketch\th\t6\nc\t/c\th\tdevice\n' >own.catalog
    run --separate-stderr "$WHORL" --catalog=./own.catalog --select=sketch <<<'{"a":1}'
    expect 2 '' "whorl: ./own.catalog:3:9: expected each group once, not again 'h'"
}

@test "the sketch of a record does not depend on the records before it" {
    catalog '@exclude|g1|when|/x|1' '@sketch|a|17' '@sketch|b|64' '@sketch|c|3' \
        'a1|/a/1|a|device' 'a2|/a/2|a|device' 'a3|/a/3|a|device' 'g1|/g/1|b|exact' 'g2|/g/2|b|exact' \
        'c1|/c|c|build' '|/d'
    python3 - >in <<'END'
import json, random
r = random.Random(5)
for i in range(500):
    record = {"a": {k: r.randrange(3) for k in "123"}, "g": {k: r.randrange(2) for k in "12"},
              "x": r.randrange(6), r.choice("cd"): r.randrange(3), "same": list(range(40))}
    print(json.dumps(record))
END
    whorl --select=sketch,signals --no-cache in >plain
    whorl --select=sketch,signals -j1 in | cmp - plain
    while read -r line; do whorl --select=sketch,signals <<<"$line" 2>error; done < <(head -n 20 in) |
        cmp - <(head -n 20 plain)
}
