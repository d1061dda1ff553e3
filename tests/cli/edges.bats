# The edges of the rules of whorl-catalog(5) and whorl-vector(5). The expected values come from the
# words of the pages, or from other programs.

load helper

# For each line of standard input, STEPS|VALUE|RESULT: the steps make RESULT from VALUE. RESULT is
# canonical text, "!" and a class, or "?".
makes() {
    local steps value result n=0 rows=() members=() want=()
    while IFS='|' read -r steps value result; do
        [ -n "$steps" ] || continue
        rows+=("$n|/$n|g|build|$steps")
        members+=("\"$n\":$value")
        want+=("$n $steps $value: $result")
        n=$((n + 1))
    done
    catalog "${rows[@]}"
    run --separate-stderr whorl --select=values,states <<<"{$(IFS=,; echo "${members[*]}")}"
    [ "$status" = 0 ] && [ -z "$stderr" ]
    [ "$n" -gt 2 ]
    python3 - "$output" "${want[@]}" <<'END'
import json, sys
line = json.loads(sys.argv[1])
found = {name: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
         for name, value in line["values"].items()}
found.update(line["states"])
wrong = [want + ", not " + found.get(want.split()[0], "nothing") for want in sys.argv[2:]
         if not want.endswith(": " + found.get(want.split()[0], "nothing"))]
print(*wrong, sep="\n")
sys.exit(bool(wrong))
END
}

@test "language: subtags, and the subtags after one of one character" {
    makes <<'END'
language|"zh_HANT_tw;q=0.7"|"zh-Hant-TW"
language|"iw-IL-1abc-x-TW"|"he-IL-1abc-x-tw"
language|"x-TW"|"x-tw"
language|"de-1a-a1-Ab1-12ab"|"de-1A-A1-ab1-12ab"
language|"MO"|"ro"
language|"tl-mo"|"fil-MO"
language|" * ;q=0.1"|"*"
language|"_de"|"_de"
language|"DE US;q=1"|"DE US;q=1"
END
}

@test "ua: a version after any text, and after a version" {
    makes <<'END'
ua|"NT 1OS 2"|"NT * *"
ua|"iPhone 7"|"iPhone *"
ua|"xrv:1.2_a-3 rv: 4"|"xrv:*-3 rv: 4"
ua|"NT  10 NT a10 /10"|"NT  10 NT a10 /*"
ua|"OS X 1 OS X1"|"OS X * OS X1"
END
}

@test "ua-major: the first version after the second pattern" {
    makes <<'END'
ua-major|"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"|11
ua-major|"Firefox/ 12 Firefox/34"|12
ua-major|"Firefox/  12 Firefox/34"|34
ua-major|"Firefox/1234567890123456 Firefox/7"|7
ua-major|"Firefox/123456789012345"|123456789012345
ua-major|"xFirefox/1"|"xFirefox/1"
ua-major|"Firefox/x"|?
ua-os-major|"Xbox/1"|?
ua-os-major|"Windows NT 10.0; Windows Phone 8"|8
ua-mobile|"Mozilla/"|false
END
}

@test "patterns: where they are found" {
    makes <<'END'
gpu-class|"AMD Radeon R9M"|"Radeon R9"
gpu-class|"Radeon R10"|"Radeon R10"
gpu-class|"xRadeon R9"|"xRadeon R9"
gpu-class|"éRadeon R9"|"Radeon R9"
gpu-class|"_Radeon R9"|"Radeon R9"
gpu-class|"GeForce RTX 2060 GeForce RTX 3060"|"GeForce RTX 2000"
gpu-class|"GeForce 210 GeForce GTX 1060"|"GeForce GTX 1000"
END
}

@test "renderer: the example, and parentheses that close nothing or are not closed" {
    makes <<'END'
renderer|"ANGLE (X, D3D12 (Mesa NVIDIA NVIDIA(R) RTX 30/PCIe/SSE2 (a), or so), D3D12)"|"NVIDIA RTX 30"
renderer|"a) b, c"|"a b"
renderer|"a)b)c"|"a b c"
renderer|"a (b, c"|"a"
renderer|"a (b (c) d, e"|"a"
renderer|"a (b) c) d; e"|"a c d"
renderer|"Vulkan  (x)"|"x"
renderer|"Vulkan ..1 (x)"|"x"
renderer|"Vulkan (x)"|"Vulkan"
renderer|"ANGLE (a, b (c, d"|"b"
renderer|"D3D12 (a"|"a"
renderer|"ANGLE ()"|"ANGLE ()"
renderer|"(x)"|"(x)"
renderer|"a a/PCIe b"|"a"
renderer|"/PCIe a"|"/PCIe a"
renderer|"a b/SSE2/PCIe"|"a b"
renderer|"OpenGL a"|"OpenGL a"
renderer|"a OpenGLx Direct3D9"|"a OpenGLx"
END
}

@test "brands: commas in quotes, none at all, and none left" {
    makes <<'END'
brands|[]|[]
brands|["Not A Brand"]|[]
brands|"\"Not;A=Brand\""|[]
brands|["Chromium","Chromium"]|["Chromium"]
brands|"\"b, a\", \"a,\\\"\\\\\";v=\"1,2\""|["a,\"\\","b, a"]
brands|""|""
brands|"\"a\","|"\"a\","
brands|[{"brand":"x","brand2":1},"Chromium"]|["x"]
END
    catalog 'a|/a|g|build|brands'
    for commas in 1023 1024; do
        text=$(python3 -c 'import sys; print(r"\",,,\"" + r",\"c\"" * (int(sys.argv[1]) - 3))' $commas)
        run --separate-stderr whorl --select=values <<<"{\"a\":\"$text\"}"
        if [ $commas = 1023 ]; then expect 0 '{"values":{"a":[",,,","c"]}}'; else expect 0 "{\"values\":{\"a\":\"$text\"}}"; fi
    done
}

@test "data-url: empty parts, upper case, and base64 twice" {
    empty=$(printf '' | xxhsum -H2 | cut -d ' ' -f 1)
    a=$(printf 'a' | xxhsum -H2 | cut -d ' ' -f 1)
    makes <<END
data-url|"data:image/png;base64,"|"image/png:$empty"
data-url|"data:A/b;c=D;base64,YQ=="|"A/b;c=D:$a"
data-url|"data:;base64;base64,YQ=="|";base64:$a"
data-url|"data:;base64,YQ=="|"data:;base64,YQ=="
data-url|"data:,"|"data:,"
data-url|"Data:a;base64,YQ=="|"Data:a;base64,YQ=="
data-url|"data:a;Base64,YQ=="|"data:a;Base64,YQ=="
data-url|"data:a,b;base64,YQ=="|"data:a,b;base64,YQ=="
data-url|"data:a;base64,YQ"|"data:a;base64,YQ"
data-url|"data:a;base64,YR=="|"data:a;base64,YR=="
END
}

@test "ip: networks as Python's ipaddress has them, and strings that are not addresses" {
    cd "$BATS_TEST_TMPDIR"
    python3 - >lines <<'END'
import ipaddress, random
random.seed(1)
def network(text):
    """whorl-catalog(5) by ipaddress: a zone left out, IPv4 in IPv6 as IPv4."""
    try:
        head, sign, zone = text.partition("%")
        address = ipaddress.ip_address(text)
        if sign:
            address = ipaddress.IPv6Address(head)
        if address.version == 6 and address.ipv4_mapped:
            address = address.ipv4_mapped
        bits = 20 if address.version == 4 else 45
        return ipaddress.ip_network((int(address) if address.version == 4 else str(address), bits), strict=False).with_prefixlen
    except ValueError:
        return text
groups = ["", "", "0", "0", "1", "ffff", "FFFF", "0db8", "12345", "g", "1.2.3.4", "255.255.255.255"]
for _ in range(400):
    right = random.choice([True, False])
    count = 8 if right else random.randint(1, 9)
    text = ":".join(random.choice(groups[2 * right:-4 if right else None]) for _ in range(count))
    if random.randint(0, 1):
        at = random.randint(0, len(text))
        text = text[:at].rpartition(":")[0] + "::" + text[at:].partition(":")[2]
    text += random.choice(["", "", "", "%e", "%"])
    print('ip(20,45)|"%s"|"%s"' % (text, network(text)))
for text in ["::", "::1", "1::", "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "::ffff:1.2.3.4", ":::", "1.2.3.4", "01.2.3.4", "::%x"]:
    print('ip(20,45)|"%s"|"%s"' % (text, network(text)))
END
    [ "$(grep -c '/45"$' lines)" -gt 20 ]
    makes <lines
}

@test "names that read alike are two members: keys, true-keys, values and len see both, pick the last" {
    makes <<'END'
keys|{"\ud800":1,"a":2,"\udfff":3}|["a","�","�"]
true-keys|{"\ud800":true,"\udfff":true,"a":1}|["�","�"]
true-keys|{"\ud800":true,"\udfff":false}|["�"]
len|{"\ud800":1,"a":2,"\udfff":3}|3
values|{"\udfff":1,"a":2,"\ud800":3}|[2,1,3]
pick("\ufffd")|{"\ud800":1,"a":2,"\udfff":3}|3
END
    catalog 'a|/a|g|build'
    run --separate-stderr whorl --select=values <<<'{"a":{"\udfff":1,"\ud800":2}}'
    expect 0 '{"values":{"a":{"�":1,"�":2}}}'
}

@test "pick: an argument as a name and as an index" {
    makes <<'END'
pick(true)|{"true":1}|1
pick("true")|{"true":1}|1
pick(1.0)|{"1":1,"1.0":2}|2
pick(1.0)|[5,6]|?
pick(1)|{"1":1,"1.0":2}|1
pick(1)|[5,6]|6
pick("1")|[5,6]|?
pick(1,1.0)|[5,6]|[6]
pick(01,1,0)|[5,6]|[6,5]
END
    for steps in 'pick([1])' 'pick({"a":1})' 'pick(a,"a")' 'pick(1,"1")' 'pick(null,"null")' 'pick("a","\u0061")'; do
        catalog "a|/a|g|build|$steps"
        run --separate-stderr whorl <<<'{"a":1}'
        [ "$status" = 2 ] && [[ $stderr == *test.catalog:2:*": pick: expected "* ]]
    done
}

@test "arguments: what reads as a number is not a word, and must be in range" {
    makes <<'END'
enum(01,1e400x,1e-400)|"01"|"01"
enum(01,1e400x,1e-400)|"1e400x"|"1e400x"
enum(01,1e400x,1e-400)|0|0
enum(01,1e400x,1e-400)|"1e-400"|"other"
enum(1e2,-0)|100|100
round(2.0)|0.125|0.13
END
    for argument in 1e400 -1e400 1e+400 '[1e400]'; do
        catalog "a|/a|g|build|enum($argument)"
        run --separate-stderr whorl <<<'{"a":1}'
        [ "$status" = 2 ] && [[ $stderr == *': number out of range: '* ]]
    done
}

@test "a root with the members of an error marker is still a root" {
    catalog '@error|error' 'all||g|build' 'e|/error|g|build' 'f|/error/error|g|build'
    run --separate-stderr whorl --select=values,states <<<'{"error":{"error":"F: x"}}'
    expect 0 '{"values":{"all":{"error":{"error":"F: x"}}},"states":{"e":"!F","f":"!F"}}'
}

@test "a byte order mark within a string is a character" {
    catalog 'a|/a|g|build|trim'
    run --separate-stderr whorl --select=values <<<$'{"a":"\xef\xbb\xbf x"}'
    expect 0 $'{"values":{"a":"\xef\xbb\xbf x"}}'
}

@test "facts is an empty object if the record or the catalog has none" {
    catalog 'a|/a|g|build||fact' 'b|/b|g|build'
    run --separate-stderr whorl --select=facts <<<'{"b":1}'
    expect 0 '{"facts":{}}'
    catalog 'b|/b|g|build'
    run --separate-stderr whorl --select=facts <<<'{"b":1}'
    expect 0 '{"facts":{}}'
}

@test "carried numbers in binary: -0 and 1e-400, and the type of each column" {
    catalog '@carry|u|/n|u64' '@carry|i|/n|i64' '@carry|f|/n|f64' '@carry|h|/n' 'a|/a|g|build||fact:f64'
    run --separate-stderr python3 - <<'END'
import json, os, struct, subprocess
def run(text, *more):
    return subprocess.run([os.environ["WHORL"], "--catalog=" + os.environ["BATS_TEST_TMPDIR"] + "/test.catalog",
                           "--format=binary", *more], input=text.encode(), capture_output=True, check=True).stdout
for text, there, f in (("-0", 31, 0.0), ("1e-400", 25, 0.0), ("-1e-400", 25, 0.0), ("-2e1", 29, -20.0)):
    row = run('{"a":%s,"n":%s}' % (text, text), "--no-header")
    print(text, row[128] == there, [row[136 + 8 * i:144 + 8 * i] == struct.pack("<d", f) for i in (0, 3)],
          struct.unpack("<q", row[152:160])[0])
header = run("")
blocks, stride = struct.unpack("<2I", header[12:20])
body = b"".join(header[i * stride + 8:(i + 1) * stride] for i in range(blocks))
columns = json.loads(body[24:24 + int.from_bytes(body[20:24], "little")])["columns"]
print({c["name"]: c["type"] for c in columns if c["name"][:2] not in ("id", "co")})
END
    expect 0 "-0 True [True, True] 0
1e-400 True [True, True] 0
-1e-400 True [True, True] 0
-2e1 True [True, True] -20
{'tag': 'u8', 'key': 'u8', 'present': 'u32', 'errors': 'u32', 'bitmap': 'u64', 'fact:a': 'f64', 'carry:u': 'u64', 'carry:i': 'i64', 'carry:f': 'f64', 'carry:h': 'xxh3', 'groups': 'u64', 'vector': 'u64'}"
}

@test "of several repeated names, nested ones too, the leftmost is reported" {
    catalog 'v|/v|g|build'
    run --separate-stderr whorl -v --select=present <<'END'
{"a":{"x":1,"x":2},"v":1,"v":2}
{"v":1,"v":2,"a":{"x":1,"x":2}}
{"a":{"x":{"y":1,"y":2},"x":3}}
{"a":1,"b":[{},{"c":1,"c":2}],"a":2}
END
    twice='this object already has a member of this name: expected each name once'
    expect 1 '' "whorl: -:1:13: $twice, at /a/x
whorl: -:2:8: $twice, at /v
whorl: -:3:18: $twice, at /a/x/y
whorl: -:4:23: $twice, at /b/1/c"
}

@test "an unknown escape is reported as that, whatever bytes it has; a cut sequence as invalid UTF-8" {
    catalog 'v|/v|g|build'
    run --separate-stderr whorl -v --select=present < <(
        printf '{"v":"a\\\xff"}\n{"v":"\\u12\xff"}\n{"v":"\xff\\x"}\n{"v":"a\xe2\x82\n{"v":"\\u12')
    escape='unknown escape: expected one of \" \\ \/ \b \f \n \r \t \uXXXX, at /v'
    utf8='invalid UTF-8: expected text in UTF-8 only, at /v'
    expect 1 '' "whorl: -:1:8: $escape
whorl: -:2:7: $escape
whorl: -:3:7: $utf8
whorl: -:4:8: $utf8
whorl: -:5:11: the record ends here, inside a value: expected one whole JSON object per line, at /v"
}

@test "a CR belongs to the end of the last line, with or without an LF" {
    catalog 'v|/v|g|build'
    for end in '\r' '\r\n'; do
        run --separate-stderr whorl --select=present --max-record=7 < <(printf '{"v":1}'"$end")
        expect 0 '{"present":1}'
        run --separate-stderr whorl --select=present --max-record=7 < <(printf '{"v":1}\r'"$end")
        expect 1 '' 'whorl: -:1:8: record too long: see --max-record'
    done
}

@test "--stats: what each member counts, by two catalogs" {
    catalog '@root|/s' '@error|error' 'b|/a/b|g|build' 'x|/l/0/x|h|build' 'm|/m/x|g|volatile' 'o|/o|h|build'
    cd "$BATS_TEST_TMPDIR"
    cp test.catalog first.catalog
    catalog '@id|/id' 'q|/q|k|build'
    # No pointer leads to c, u, y and e, and by the second catalog to id and s. Not counted: what is in
    # u, in the value o, in the error m, in the second element, and beside the root.
    cat >in <<'END'
{"id":1,"s":{"a":{"b":1,"c":{"d":1}},"u":{"v":1},"l":[{"x":1,"y":2},{"z":3}],"o":{"p":1},"m":{"error":"E"},"e":{"error":"E"}}}

{"q":"\ud83c"}
{"id":[],"q":1}
{"q":1}x
{"q":1
END
    run --separate-stderr "$WHORL" --catalog=./first.catalog --catalog=./test.catalog --select=present --stats=stats in
    [ "$status" = 1 ] && [ "$(wc -l <<<"$output")" = 4 ]
    labels=$("$WHORL" --catalog=./first.catalog --catalog=./test.catalog --select=catalog in 2>/dev/null | head -n 2 | jq -r .catalog)
    [ "$(jq -c 'del(.seconds, .catalogs[].signals)' stats)" = '{"lines":5,"records":2,"rejects":3,"reasons":{"end":1,"trailing":1,"id":1},"unpaired":1,"bytes":'$(wc -c <in)',"catalogs":[{"catalog":"'${labels%%$'\n'*}'","records":1,"uncataloged":4,"groups":{"g":{"signals":2,"hashes":2},"h":{"signals":2,"hashes":2}}},{"catalog":"'${labels#*$'\n'}'","records":1,"uncataloged":2,"groups":{"k":{"signals":1,"hashes":1}}}]}' ]
    [ "$(jq -r 'keys_unsorted | join(" ")' stats)" = 'lines records rejects reasons unpaired bytes seconds catalogs' ]
}
