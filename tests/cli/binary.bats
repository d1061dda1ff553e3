# Binary output to the byte, and the dictionary.

load helper

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# The bytes of standard input as hexadecimal digits.
hex() {
    od -A n -v -t x1 | tr -d ' \n'
}

# The number $2 in $1 bytes, least significant first, as hexadecimal digits.
le() {
    printf "%0$(($1 * 2))x" "$2" | sed 's/../& /g' | tr ' ' '\n' | tac | tr -d '\n'
}

# A hash as it is in groups and vector: 16 digits, least significant byte first.
le64() {
    le 8 "0x$1"
}

# $1 bytes of zeros.
zeros() {
    printf "%0$(($1 * 2))d" 0
}

# Block number $3 of $2 bytes of the file $1.
block() {
    tail -c "+$(($2 * $3 + 1))" "$1" | head -c "$2"
}

HEAD=8957484c0d0a1a0a END=895748450d0a1a0a

# facts, carried members, groups, signals: 1, 2, 1, 2. A row is 184 bytes long, so 192.
small() {
    catalog '@id|/id' '@carry|ts|/ts|u64' '@carry|who|/who' \
        'a|/a|g|device||fact:i64' 'b|/b|g|device'
}

@test "a row is what section BINARY of whorl-vector(5) says, byte for byte" {
    small
    run --separate-stderr whorl --format=binary -o out <<<$'{"id":"x","ts":1000,"who":"me","a":-2,"b":"v"}\n{"a":1.5}'
    expect 0 ''
    tag=$(whorl --select=catalog <<<'{"a":1}' | jq -r '.catalog[-16:]')
    a=$(h64 a=-2) b=$(h64 'b="v"') id=$(h128_bytes $a $b)
    row=$tag$(h128 '"x"')$(le 4 2)$(le 4 0)
    row+=$id$id$id$(zeros 16)$id
    row+=$(le 2 2)$(le 2 2)$(le 2 2)$(le 2 0)$(le 2 2)$(zeros 6)
    row+=$(le 8 7)feffffffffffffff$(le 8 1000)$(le64 $(h64 '"me"'))
    row+=$(le64 $(h64_bytes $a $b))$(le64 $a)$(le64 $b)$(zeros 8)
    blocks=$(block out 192 0 | od -A n -t u4 -j 12 -N 4)
    [ "$(block out 192 $((blocks)) | hex)" = "$row" ]
    # No id, no carried member; 1.5 is no i64; b is missing.
    a=$(h64 a=1.5) id=$(h128_bytes $a)
    other=$tag$(zeros 16)$(le 4 1)$(le 4 0)
    other+=$id$id$id$(zeros 16)$id
    other+=$(le 2 1)$(le 2 1)$(le 2 1)$(le 2 0)$(le 2 1)$(zeros 6)
    other+=$(zeros 32)$(le64 $(h64_bytes $a))$(le64 $a)$(zeros 16)
    [ "$(block out 192 $((blocks + 1)) | hex)" = "$other" ]
    end=$END$(le 8 2)$(h128_bytes $row$other)$(zeros 160)
    [ "$(block out 192 $((blocks + 2)) | hex)" = "$end" ]
    [ "$(stat -c %s out)" = $((192 * (blocks + 3))) ]
}

@test "the header is its blocks joined: six numbers, then JSON that names every field of a row" {
    small
    whorl --format=binary -o out <<<'{"a":1}'
    json='{"producer":"'$(whorl --version | head -n 1)'","catalog":"test-1","digest":"DIGEST","unicode":"15.0.0","columns":[
{"name":"tag","offset":0,"type":"u8","count":8},{"name":"key","offset":8,"type":"u8","count":16},
{"name":"present","offset":24,"type":"u32","count":1},{"name":"errors","offset":28,"type":"u32","count":1},
{"name":"id:exact","offset":32,"type":"u8","count":16},{"name":"id:build","offset":48,"type":"u8","count":16},{"name":"id:install","offset":64,"type":"u8","count":16},{"name":"id:browser","offset":80,"type":"u8","count":16},{"name":"id:device","offset":96,"type":"u8","count":16},
{"name":"coverage:exact","offset":112,"type":"u16","count":1},{"name":"coverage:build","offset":114,"type":"u16","count":1},{"name":"coverage:install","offset":116,"type":"u16","count":1},{"name":"coverage:browser","offset":118,"type":"u16","count":1},{"name":"coverage:device","offset":120,"type":"u16","count":1},
{"name":"bitmap","offset":128,"type":"u64","count":1},
{"name":"fact:a","offset":136,"type":"i64","count":1,"bit":0},{"name":"carry:ts","offset":144,"type":"u64","count":1,"bit":1},{"name":"carry:who","offset":152,"type":"xxh3","count":1,"bit":2},
{"name":"groups","offset":160,"type":"u64","count":1},{"name":"vector","offset":168,"type":"u64","count":2}],"groups":["g"],"signals":["a","b"]}'
    # The digest's text is that of whorl-catalog(5), DIGEST.
    digest=$(h128 $'@carry\tts\t/ts\tu64\n@carry\twho\t/who\n@catalog\ttest\t1\n@id\t/id\na\t/a\tg\tdevice\t\tfact:i64\nb\t/b\tg\tdevice\nunicode\t15.0.0\n')
    json=$(printf '%s' "${json/DIGEST/$digest}" | tr -d '\n')
    blocks=$(((24 + ${#json} + 183) / 184))
    want=$(le 4 1)$(le 4 $blocks)$(le 4 192)$(le 4 1)$(le 4 2)$(le 4 ${#json})$(printf %s "$json" | hex)
    want+=$(zeros $((blocks * 184 - ${#want} / 2)))
    for ((i = 0; i < blocks; i++)); do
        [ "$(block out 192 $i | hex)" = "$HEAD${want:368 * i:368}" ]
    done
    [ "$(block out 192 $blocks | hex | head -c 16)" = "${digest:0:16}" ]
}

@test "without facts and carried members there is no bitmap, and groups begin at 128" {
    catalog 'a|/a|g|device'
    whorl --format=binary --no-header -o out <<<'{"a":1}'
    [ "$(stat -c %s out)" = 192 ]
    a=$(h64 a=1)
    [ "$(hex <out | tail -c 128)" = "$(le64 $(h64_bytes $a))$(le64 $a)$(zeros 48)" ]
    run bash -c '"$WHORL" --catalog test.catalog --format=binary </dev/null | grep -ac bitmap'
    [ "$output" = 0 ]
}

@test "65 plain values have a bitmap of two words, the bit of the last in the second" {
    rows=()
    for i in $(seq 0 64); do rows+=("s$i|/s$i|g|exact||fact:u64"); done
    catalog "${rows[@]}"
    whorl --format=binary --no-header -o out <<<'{"s0":7,"s9":0,"s64":8}'
    [ "$(tail -c +129 out | head -c 24 | hex)" = "$(le 8 513)$(le 8 1)$(le 8 7)" ]
    [ "$(tail -c +657 out | head -c 16 | hex)" = "$(le 8 8)$(le64 $(h64_bytes $(h64 s0=7) $(h64 s9=0) $(h64 s64=8)))" ]
}

@test "errors, excluded and undefined signals: counted and hashed as in NDJSON, and no facts" {
    catalog '@error|error' '@value|v' '@exclude|x|when|/t|1' 'e|/e|g|build||fact' 'u|/u/v|g|build||fact' 'x|/x|g|build||fact' 't|/t|g|build||fact'
    whorl --format=binary --no-header -o out <<<'{"e":{"error":"E"},"u":{},"x":3,"t":1}'
    [ "$(tail -c +25 out | head -c 8 | hex)" = "$(le 4 3)$(le 4 1)" ]
    e=$(h64 'e!E') u=$(h64 'u?') t=$(h64 t=1)
    want=$(le 8 8)$(zeros 24)$(le64 $(h64 1))$(le64 $(h64_bytes $e $u $t))$(le64 $e)$(le64 $u)$(zeros 8)$(le64 $t)
    [ "$(tail -c +129 out | head -c 80 | hex)" = "$want" ]
}

@test "a private fact is absent unless --reveal" {
    catalog 'a|/a|g|exact||fact private' 'b|/b|g|exact||fact'
    for reveal in '' --reveal; do
        whorl --format=binary --no-header $reveal <<<'{"a":1,"b":2}' >out
        want=$(le 8 2)$(zeros 8)
        [ -z "$reveal" ] || want=$(le 8 3)$(le64 $(h64 1))
        [ "$(tail -c +129 out | head -c 24 | hex)" = "$want$(le64 $(h64 2))" ]
    done
}

@test "the key is XXH3-128 of the id as NDJSON shows it; zeros for none" {
    catalog '@id|/id' 'a|/a|g|exact'
    printf '{"id":%s,"a":1}\n' '"\u0041\/é"' 12345678901234567890 1.50 null '"null"' >in
    whorl --format=binary --no-header in >out
    for i in 0 1 2 3 4; do block out 192 $i | tail -c +9 | head -c 16 | hex; echo; done >got
    h128 '"A/é"' >want
    for id in 12345678901234567890 1.50; do h128 "$id"; done >>want
    zeros 16 >>want; echo >>want
    h128 '"null"' >>want
    diff want got
}

@test "empty input is a header and an end, valid, and out at once" {
    small
    whorl --format=binary </dev/null >out
    n=$(($(stat -c %s out) / 192))
    [ "$(block out 192 0 | head -c 8 | hex)" = $HEAD ]
    [ "$(block out 192 $((n - 1)) | hex)" = "$END$(zeros 8)99aa06d3014798d86001c324468d497f$(zeros 160)" ]
    # The header is written before the first record comes.
    mkfifo in
    "$WHORL" --catalog test.catalog --format=binary <in 3>&- | head -c 8 >first &
    exec 7>in
    while [ "$(hex <first)" != $HEAD ]; do :; done
    exec 7>&-
    wait $!
}

@test "rejects give no rows" {
    small
    run --separate-stderr whorl --format=binary -o out <<<$'{"a":1}\n{\n{"id":[],"a":1}\n{"a":2}'
    [ "$status" = 1 ]
    [ "$(tail -c 192 out | head -c 16 | hex)" = "$END$(le 8 2)" ]
}

@test "--no-header gives the same rows; two runs and any chunking give equal bytes" {
    sample=$top_srcdir/data/sample.ndjson
    "$WHORL" --format=binary "$sample" >out
    "$WHORL" --format=binary -o again <"$sample"
    cmp out again
    dd if="$sample" bs=1000 status=none | "$WHORL" --format=binary >again
    cmp out again
    "$WHORL" --format=binary --no-header "$sample" >rows
    stride=$(od -A n -t u4 -j 16 -N 4 out) blocks=$(od -A n -t u4 -j 12 -N 4 out)
    tail -c "+$((stride * blocks + 1))" out | head -c "-$((stride))" | cmp - rows
    [ "$(tail -c "$((stride))" out | head -c 32 | hex)" = "$END$(le 8 3)$(xxhsum -H2 <rows | cut -d' ' -f1)" ]
    # Output made in parts is the same as output made at once.
    while read -r line; do "$WHORL" --format=binary --no-header <<<"$line"; done <"$sample" | cmp - rows
}

@test "the reader in scripts/ finds every id, hash, count and fact of every capture that NDJSON has" {
    reader=$top_srcdir/scripts/read-vectors.py
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" >in
    "$WHORL" in >out.ndjson
    "$WHORL" --format=binary in >out.binary
    mkdir texts
    run -0 numpy "$top_srcdir/tests/cli/compare-vectors.py" "$reader" out.binary out.ndjson texts
    [ "${lines[-1]}" = '354 records, all the same' ]
    # Facts of each type; in some records, some are not of their type.
    { printf '@catalog\ttyped\t3\n@id\t/event_id\n@root\t/signals\n@error\terror\n'
      printf '%s\t%s\tg\texact\t\tfact%s\n' \
        cores /navigator/hardwareConcurrency :u64 memory /navigator/deviceMemory :u64 \
        left /window/screenX :i64 top /window/screenY :u64 ratio /window/devicePixelRatio :f64 \
        ratio.u /window/devicePixelRatio :u64 platform /navigator/platform '' \
        touch /touch/touchEvent '' plugin /navigator/plugins/99 :u64 lang /navigator/language ''
      printf 'n%s\t/n%s\tg\texact\n' $(for i in $(seq 1000); do echo $i $i; done); } >./typed
    "$WHORL" --catalog ./typed in >out.ndjson
    "$WHORL" --catalog ./typed --format=binary in >out.binary
    [ "$(jq -c '.facts | map_values(type)' out.ndjson | sort -u | wc -l)" -gt 1 ]
    run -0 numpy "$top_srcdir/tests/cli/compare-vectors.py" "$reader" out.binary out.ndjson texts
    [ "${lines[-1]}" = '354 records, all the same' ]
}

# The bytes of a text in the only row of standard input, in hexadecimal digits.
text_of() {
    "$WHORL" --catalog test.catalog --format=binary --no-header --fact-text="$@" |
        python3 -c '
import json, subprocess, sys
row = sys.stdin.buffer.read()
program, *options = sys.argv[1:]
layout = json.loads(subprocess.run([program, "--catalog=test.catalog", "--format=binary", "--describe=json", *options],
                                   stdout=subprocess.PIPE, check=True).stdout)
assert layout["stride"] == len(row)
for column in layout["columns"]:
    if column["name"].startswith("text:"):
        assert column["type"] == "utf8"
        at = column["offset"]
        print(column["name"], column["bit"], row[at:at + column["count"]].hex())' "$WHORL" --fact-text="$@"
}

@test "--fact-text has the text of each fact without a type of its own, cut at a character, after all else" {
    printf '%s\n' '@catalog|test|1' '@id|/id' '@sketch|g|64' '@exclude|e|when|/x|1' 'a|/a|g|device||fact' \
        'n|/n|g|device||fact:u64' 'p|/p|g|device||fact private' 'old|/o|g|device|retired|fact' 'e|/e|g|device||fact' \
        'v|/v|g|device' | tr '|' '\t' >test.catalog
    run -0 --separate-stderr text_of 4 <<<'{"a":"hé€","n":5,"p":"q","o":"o","e":"e","v":1}'
    expect 0 'text:a 0 68c3a900
text:p 2 00000000
text:old 3 00000000
text:e 4 65000000'
    run -0 --separate-stderr text_of 6 --reveal --select=+sketch <<<'{"a":"hé€","p":"q","e":"e","x":1}'
    expect 0 'text:a 0 68c3a9e282ac
text:p 2 710000000000
text:old 3 000000000000
text:e 4 000000000000'
    # Escapes, a surrogate, NUL; other values; what does not fit; nothing fits.
    while read -r n value digits; do
        run -0 --separate-stderr text_of "$n" <<<"{\"a\":$value,\"v\":1}"
        [ "${lines[0]}" = "text:a 0 $digits" ]
    done <<'end'
8 "\t\"\\\u0000x" 09225c0078000000
8 "\ud83d\ude00\u20ac" f09f9880e282ac00
7 "\ud83d\ude00\u20ac" f09f9880e282ac
6 "\ud83d\ude00\u20ac" f09f98800000
3 "\ud83d\ude00\u20ac" 000000
8 "\ud800x" efbfbd7800000000
2 "aé\u00e9" 6100
5 "aé\u00e9" 61c3a9c3a9
1 "" 00
8 {"k":"é"} 7b226b223a22c3a9
7 {"k":"é"} 7b226b223a2200
4 true 74727565
3 1.50 312e35
end
}

@test "--fact-text changes no other byte of a row, and --diff and --match read such rows" {
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" | head -n 40 >in
    "$WHORL" --format=binary --no-header in >plain
    "$WHORL" --format=binary --no-header --fact-text=16 in >texts
    "$WHORL" --format=binary --describe=json >one
    "$WHORL" --format=binary --describe=json --fact-text=16 >other
    python3 -c '
import json, sys
one, other = (json.load(open(name)) for name in ("one", "other"))
n = len(one["columns"])
assert other["columns"][:n] == one["columns"] and len(other["columns"]) > n
last = one["columns"][-1]
end = last["offset"] + 8 * last["count"]
plain, texts = (open(name, "rb").read() for name in ("plain", "texts"))
rows = len(plain) // one["stride"]
assert rows == 40 and len(texts) == rows * other["stride"]
for i in range(rows):
    assert plain[i * one["stride"]:][:end] == texts[i * other["stride"]:][:end]'
    "$WHORL" --format=binary --fact-text=256 in >new
    "$WHORL" in >old
    for other in old new; do
        run -0 --separate-stderr "$WHORL" --diff --quiet "$other" new
        expect 0 ''
    done
    "$WHORL" --format=binary in >plain
    "$WHORL" --match plain plain >want
    run -0 --separate-stderr "$WHORL" --match new new
    [ "$output" = "$(cat want)" ]
    reader=$top_srcdir/scripts/read-vectors.py
    run -0 numpy "$reader" new
    [ "${lines[0]}" = 'browser-1 40 rows, complete' ]
}

@test "files can be concatenated, and one that is cut off shows it" {
    "$WHORL" --format=binary "$top_srcdir/data/sample.ndjson" >one
    cat one one >two
    run -0 numpy "$top_srcdir/scripts/read-vectors.py" two
    [[ ${lines[0]} == 'browser-1 6 rows, complete' ]]
    stride=$(($(od -A n -t u4 -j 16 -N 4 one)))
    for n in 1 $((stride - 1)) $stride $((stride + 1)) $((2 * stride)); do
        head -c "-$n" two >short
        run -0 numpy "$top_srcdir/scripts/read-vectors.py" short
        [[ ${lines[0]} == 'browser-1 '[56]' rows, cut off' ]]
    done
}

@test "a run that ends with status 2 writes no end block" {
    small
    echo '{"a":1}' >in
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --format=binary in none in >out'
    expect 2 '' 'whorl: none: No such file or directory'
    [ "$(tail -c 192 out | hex)" = "$(tail -c 384 out | head -c 192 | hex)" ]
    [[ $(tail -c 192 out | head -c 8 | hex) != "$END" ]]
}

@test "O21: binary output to a terminal is refused" {
    needs_terminal
    small
    run script -qec "'$WHORL' --catalog test.catalog --format=binary </dev/null" /dev/null
    [ "$status" = 2 ]
    [ "${output%$'\r'}" = 'whorl: standard output: binary output does not go to a terminal: use -o FILE or a pipe' ]
    run script -qec "'$WHORL' --catalog test.catalog --format=binary -o out </dev/null" /dev/null
    [ "$status" = 0 ]
    [ -s out ]
}

@test "L02: options that do not go together are status 2" {
    try="
whorl: try 'whorl --help'"
    run --separate-stderr "$WHORL" --format=json
    expect 2 '' "whorl: --format: expected ndjson, tsv, binary or arrow, not 'json'$try"
    run --separate-stderr "$WHORL" --format=binary --select=ids
    expect 2 '' "whorl: --select: expected --format=ndjson, --format=tsv or --format=arrow with it: binary rows have all members$try"
    for format in ndjson tsv arrow; do
        run --separate-stderr "$WHORL" --format=$format --fact-text=8
        expect 2 '' "whorl: --fact-text: expected --format=binary with it: the others have texts$try"
    done
    run --separate-stderr "$WHORL" --diff --fact-text=8
    expect 2 '' "whorl: --fact-text: expected no --diff with it$try"
    run --separate-stderr "$WHORL" --no-header
    expect 2 '' "whorl: --no-header: expected --format=binary or --format=tsv with it$try"
    run --separate-stderr "$WHORL" --format=binary --catalog browser --catalog browser
    expect 2 '' "whorl: --format=binary: expected one catalog per output: use --catalog NAME=FILE$try"
    run --separate-stderr "$WHORL" --catalog browser=x -o y
    expect 2 '' "whorl: --output: expected a --catalog without a FILE of its own$try"
    for option in --catalog=browser= --output= --dictionary=; do
        run --separate-stderr "$WHORL" "$option"
        name=${option%=} name=${name%=browser}
        expect 2 '' "whorl: $name: expected the name of a file$try"
    done
    [ ! -e x ] && [ ! -e y ]
}

@test "each catalog to its own file, in either format, in one pass" {
    small
    printf '@catalog\tnext\t2\na\t/a\tg\texact\n' >next=2.catalog
    ln -s next=2.catalog ./next.catalog
    printf '{"a":%d,"b":1}\n' 1 2 3 >in
    for format in ndjson binary; do
        "$WHORL" --format=$format --catalog test.catalog in >old
        "$WHORL" --format=$format --catalog ./next.catalog in >new
        run --separate-stderr "$WHORL" --format=$format --catalog test.catalog=1=1 --catalog ./next.catalog=2 in
        expect 0 ''
        cmp old 1=1; cmp new 2
        "$WHORL" --format=$format --catalog test.catalog=1 --catalog ./next.catalog in >2
        cmp old 1; cmp new 2
        "$WHORL" --format=$format --catalog test.catalog --catalog ./next.catalog=1 -o 2 in
        cmp new 1; cmp old 2
    done
    # Without FILE, lines of both catalogs alternate.
    "$WHORL" --catalog test.catalog --catalog ./next.catalog in |
        jq -r '.catalog[:4]' | tr '\n' ' ' | grep -x 'test next test next test next '
}

@test "two outputs to one file are refused, and nothing is made" {
    small
    mkdir d; cd d
    ln -s . here
    for pair in 'x x' './x x' 'here/x x'; do
        set -- $pair
        run --separate-stderr "$WHORL" --catalog ../test.catalog="$1" --catalog ../test.catalog="$2" </dev/null
        expect 2 '' "whorl: $2: another output goes to it: expected a file for each output"
        run --separate-stderr "$WHORL" --catalog ../test.catalog="$1" --dictionary="$2" </dev/null
        expect 2 '' "whorl: $2: another output goes to it: expected a file for each output"
    done
    echo old >x
    run --separate-stderr bash -c '"$WHORL" --catalog ../test.catalog --dictionary=x </dev/null >>x'
    expect 2 '' 'whorl: x: another output goes to it: expected a file for each output'
    [ "$(cat x)" = old ]
    [ "$(echo .[!.]* *)" = '.[!.]* here x' ]
    run --separate-stderr "$WHORL" --catalog ../test.catalog=/dev/null --dictionary=/dev/null </dev/null
    expect 0 ''
}

@test "the dictionary has each signal, hash and value once; states as ! and ?" {
    catalog '@error|error' '@value|v' 'a|/a|g|build|trim' 'e|/e|g|build' 'u|/u/v|g|build' 'p|/p|g|build||private'
    printf '%s\n' '{"a":" x\ty","e":{"error":"E: 1"},"u":{},"p":1}' '{"a":"x\ty ","e":{"error":"E: 2"},"u":{}}' '{"e":{"error":1}}' '{"e":null}' >in
    for reveal in '' --reveal; do
        run --separate-stderr whorl $reveal --dictionary=dictionary --select=present in
        expect 0 '{"present":4}
{"present":3}
{"present":1}
{"present":1}'
        private=
        [ -z "$reveal" ] || private=$'p\t'$(h64 p=1)$'\t1\n'
        diff dictionary <(
            printf 'a\t%s\t"x\\ty"\n' "$(h64 'a="x\ty"')"
            printf 'e\t%s\t!E\n' "$(h64 'e!E')"
            printf 'u\t%s\t?\n' "$(h64 'u?')"
            printf %s "$private"
            printf 'e\t%s\t!\n' "$(h64 'e!')"
            printf 'e\t%s\tnull\n' "$(h64 'e=null')")
    done
}

@test "the dictionary explains every hash of the captures, whatever is selected, and nothing else" {
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" >in
    "$WHORL" --reveal --format=binary -o out --dictionary=dictionary in
    "$WHORL" --select=signals in |
        jq -r '.signals | to_entries[] | select(.value) | [.key, .value] | @tsv' | sort -u >pairs
    cut -f 1,2 dictionary | sort | cmp - pairs
    [ "$(wc -l <pairs)" -gt 8000 ]
    # Only private signals are hidden.
    "$WHORL" --dictionary=hidden --select=id in >/dev/null
    hidden=$(comm -13 <(sort hidden) <(sort dictionary) | cut -f 1 | sort -u)
    [ "$hidden" = "$(awk -F '\t' '$6 ~ /private/ { print $1 }' "$top_srcdir/data/browser.catalog" | sort | comm -12 - <(cut -f 1 dictionary | sort -u))" ]
    [ "$(comm -23 <(sort hidden) <(sort dictionary))" = '' ]
    # Each is XXH3-64 of its text.
    mkdir texts
    LC_ALL=C awk -F '\t' -v OFS= '{
        text = $1 ($3 ~ /^[!?]/ ? "" : "=") substr($0, length($1 $2) + 3)
        printf "%s", text >("texts/" NR); close("texts/" NR) }' dictionary
    seq "$(wc -l <dictionary)" | sed 's|^|texts/|' | xargs xxhsum -H3 | sed 's/.* = //' >hashes
    cut -f 2 dictionary | cmp - hashes
}
