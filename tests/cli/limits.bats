# The bounds of a catalog and of a run, and the memory that they take.

load helper

# The program that measures memory; none if it cannot be made.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # shellcheck disable=SC2086 # CC may have options
    ${CC:-cc} -o peak "$top_srcdir/tests/cli/peak.c" || :
}

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# The catalog made last is accepted: the error that follows is about the input, which is missing.
taken() {
    run --separate-stderr whorl none
    expect 2 '' 'whorl: none: No such file or directory'
}

# It is refused, at this line and column, for this reason.
refused() {
    run --separate-stderr whorl none
    expect 2 '' "whorl: $BATS_TEST_TMPDIR/test.catalog:$1"
}

# $2 lines like $1, in which the number of each, of seven digits, replaces each #.
lines() {
    local number='&'
    seq 1000000 $((999999 + $2)) | sed "s%.*%${1//\#/"$number"}%"
}

# $2 texts $1, with commas between.
list() {
    local text
    printf -v text ",$1%.0s" $(seq "$2")
    printf '%s' "${text:1}"
}

@test "a catalog has at most 65535 rows, 262144 pointers and 1048576 tokens of them" {
    catalog "$(lines '#|/#|g|exact' 65535)"
    taken
    catalog "$(lines '#|/#|g|exact' 65536)"
    refused '65537:1: too many rows: expected at most 65535'
    # The pointer of the @exclude is the last one allowed.
    catalog 'a|/a|g|exact' "$(lines '|/#' 262142)" '@exclude|a|when|/b|1'
    taken
    catalog 'a|/a|g|exact' "$(lines '|/#' 262143)" '@exclude|a|when|/b|1'
    refused '262146:17: too many pointers: expected at most 262144'
    catalog '@exclude|a|when|/b|1' 'a|/a|g|exact' "$(lines '|/#' 262143)"
    refused '262146:2: too many pointers: expected at most 262144'
    catalog "a|$(printf '/%.0s' $(seq 64))|g|exact"
    taken
    catalog "a|$(printf '/%.0s' $(seq 65))|g|exact"
    refused '2:67: expected at most 64 tokens in a JSON pointer'
    # Pointers of @id, @root and @carry count too.
    local many
    many=$(lines "#|/#$(printf '/%.0s' $(seq 63))|g|exact" 16383)
    catalog '@id|/1' '@root|/1' '@carry|c|/1/2' "$many" "a|$(printf '/%.0s' $(seq 60))|g|exact"
    taken
    catalog '@id|/1' '@root|/1' '@carry|c|/1/2' "$many" "a|$(printf '/%.0s' $(seq 61))|g|exact"
    refused '16388:3: too many tokens of pointers: expected at most 1048576'
}

@test "a step has at most 4096 arguments, and a catalog 1048576 steps and values in arguments" {
    catalog "a|/a|g|exact|nfc pick($(seq -s, 4096))"
    taken
    catalog "a|/a|g|exact|nfc pick($(seq -s, 4097))"
    refused '2:19396: pick: expected at most 4096 arguments'
    local many='too many steps and arguments: expected at most 1048576 in the catalog, each value counted'
    # 1024 times a step, 3 arguments and 1020 values in one of them; what is spelled alike is one.
    local row
    row="#|/a|g|exact|enum(#,1,[$(list 1 1020)])"
    catalog "$(lines "$row" 1024)" "again|${row#*|}"
    sed -i '$ s/#/1000000/' test.catalog
    taken
    catalog "$(lines "$row" 1024)" 'b|/b|g|exact|nfc'
    refused "1026:14: $many"
    catalog "$(lines "$row" 1023)" 'b|/b|g|exact|each(sort uniq first) enum(nfc,"",[1,{"a":1}])' "${row//\#/c}"
    refused "1026:2042: $many"
    # A JSON text must keep the limits of a record; the last one here is exactly at these limits.
    local text
    text="[$(list 1 131071)]"
    catalog "a|/a|g|exact|enum($(list "$text" 7),[$(list 1 131070)])"
    taken
    catalog "a|/a|g|exact|enum($(list "$text" 7),[$(list 1 131071)])"
    refused "2:$((19 + 7 * (2 * 131071 + 2) + 1 + 2 * 131070)): $many"
    catalog "a|/a|g|exact|enum([$(list 1 131072)])"
    refused "2:$((19 + 1 + 2 * 131071)): expected a smaller JSON text"
}

@test "directives are bounded: 32 @exclude, 1024 @root, @keep and @carry, 64 cells" {
    catalog "$(lines '@root|/#' 1024)" 'a|/a|g|exact'
    taken
    catalog "$(lines '@root|/#' 1025)" 'a|/a|g|exact'
    refused "1026:1: expected at most 1024 lines of '@root'"
    catalog "$(lines '@carry|c#|/#' 1024)" 'a|/a|g|exact'
    taken
    catalog "$(lines '@carry|c#|/#' 1025)" 'a|/a|g|exact'
    refused "1026:1: expected at most 1024 lines of '@carry'"
    catalog '@id|/id' "$(lines '|/#' 1000)" '@carry|c|/c' "$(lines '|/#' 24)" 'a|/a|g|exact'
    taken
    catalog '@id|/id' "$(lines '|/#' 1000)" '@carry|c|/c' "$(lines '|/#' 25)" 'a|/a|g|exact'
    refused '1028:2: too many further pointers of @id and @carry: expected at most 1024'
    catalog "$(lines '@pairs|/#|k|v' 256)" "$(lines '@json|/#' 256)" 'a|/a|g|exact'
    taken
    catalog "$(lines '@pairs|/#|k|v' 257)" 'a|/a|g|exact'
    refused "258:1: expected at most 256 lines of '@pairs'"
    catalog "$(lines '@json|/#' 257)" 'a|/a|g|exact'
    refused "258:1: expected at most 256 lines of '@json'"
    catalog "$(lines '@exclude|a|when|/b|#' 32)" "$(lines '@keep|a#' 1024)" 'a|/a|g|exact'
    taken
    catalog "$(lines '@exclude|a|when|/b|#' 33)" 'a|/a|g|exact'
    refused "34:1: expected at most 32 lines of '@exclude'"
    catalog '@exclude|a|when|/b|1' "$(lines '@keep|a#' 1025)" 'a|/a|g|exact'
    refused "1027:1: expected at most 1024 lines of '@keep'"
    catalog "@exclude|a|when|/b|[$(list 1 1023)]" 'a|/a|g|exact'
    taken
    catalog "@exclude|a|when|/b|[$(list 1 1024)]" 'a|/a|g|exact'
    refused '2:20: too many values in the JSON text: expected at most 1024'
    catalog "@error$(printf '|n%s' $(seq 63))" 'a|/a|g|exact'
    taken
    catalog "@error$(printf '|n%s' $(seq 64))" 'a|/a|g|exact'
    refused '2:1: too many cells: expected at most 64, separated by tabs'
}

@test "a catalog has at most 16777216 bytes" {
    catalog 'a|/a|g|exact' '#'
    head -c $((16777216 - $(stat -c %s test.catalog))) /dev/zero | tr '\0' '#' >>test.catalog
    taken
    printf '#' >>test.catalog
    run --separate-stderr whorl none
    expect 2 '' "whorl: $BATS_TEST_TMPDIR/test.catalog: too large: expected a catalog of at most 16777216 bytes"
}

# The memory that whorl(1) promises, in KiB, for N threads and O outputs, each 1 if it is not set, of
# at most L bytes for a record, 30 if it is not, which hold `present` only; for V values in M bytes, a
# catalog of C bytes, R rows and E elements, and normalizers with A steps that make arrays and T that
# make texts; $1 is what is added.
promised() {
    local L=${L:-30} N=${N:-1} O=${O:-1}
    local W=$(((540 + 150 * A) * V + (6 + 60 * T) * M + 2 * L + ($1 ? 256 : 128) * R + 32 * E)) B=$((N > 1 ? 2 * N : 1))
    echo $((((4 << 20) + M + 5 * C + 256 * R + 160 * E + N * W + B * ((2 << 20) + M + 3 * O * ((1 << 20) + L)) + $1) / 1024))
}

# whorl with the catalog made last, of R rows and E elements, takes for the file $1 what the formula
# says. That is for the worst there can be: these take from a third to three quarters of it.
keeps_promise() {
    local V=1000 M=10000 A=0 T=0 C
    C=$(stat -c %s test.catalog)
    run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" --catalog ./test.catalog -j1 --select=present \
        --max-values=$V --max-record=$M --no-cache "$1"
    echo "none remembered: $(cat kib) KiB, promised $(promised 0)"
    [ "$(cat kib)" -le "$(promised 0)" ]
    local mebibytes
    for mebibytes in 2 16 64; do
        run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" --catalog ./test.catalog -j1 --select=present \
            --max-values=$V --max-record=$M --cache-memory=${mebibytes}M "$1"
        echo "remembered: $(cat kib) KiB, promised $(promised $((mebibytes << 20)))"
        [ "$(cat kib)" -le "$(promised $((mebibytes << 20)))" ]
    done
}

@test "memory is what the formula of whorl(1) says, whatever the catalog has most of" {
    limits_memory
    [ -e "$BATS_FILE_TMPDIR/peak" ] || skip 'nothing can be compiled to measure with'
    local R E
    printf '{"a":{"b":1},"1000001":{"a":2},"1000002":3}\n%.0s' {1..100} >in
    R=65535 E=131070
    catalog "$(lines 's#|/#|g#|exact||fact' 65535)"
    keeps_promise in
    R=1 E=524288
    catalog 'a|/a|g|exact' "$(lines '|/#' 262143)"
    keeps_promise in
    R=16384 E=1064960
    catalog 'a|/a|g|exact' "$(lines "s#|/#$(printf '/~0%.0s' {1..63})|g|exact" 16383)"
    keeps_promise in
    R=1 E=1048578
    catalog "a|/a|g|exact|$(printf 'int %.0s' {1..1048576})"
    keeps_promise in
    R=60000 E=120000
    catalog "$(lines "#|/#|#$(printf 'g%.0s' {1..240})|exact" 60000)"
    keeps_promise in
}

# whorl with the arguments and N threads takes what the formula says; $1 is what is added to that.
run_keeps_promise() {
    local added=$(($1 + N * (16 << 20))) # caches
    shift
    run "$BATS_FILE_TMPDIR/peak" kib "$WHORL" --catalog ./test.catalog -j$N --select=values \
        --cache-memory=16M --max-values=$V --max-record=$M --max-rejects=50% "$@"
    [ "$status" = 0 ]
    echo "-j$N $*: $(cat kib) KiB, promised $(promised $added)"
    [ "$(cat kib)" -le "$(promised $added)" ]
}

@test "memory is what the formula says for threads, a dictionary, rejects, gzip and a zstd window" {
    limits_memory
    [ -e "$BATS_FILE_TMPDIR/peak" ] || skip 'nothing can be compiled to measure with'
    local V=600 M=8000 A=0 T=0 R=1 E=2 C N O L=4000
    local dictionary=$((20 << 20)) window=$((128 << 20))
    catalog 'a|/a|g|exact'
    C=$(stat -c %s test.catalog)
    # Each third is no record.
    awk 'BEGIN {
        for (record = 0; record < 2000; record++) {
            printf "{\"a\":["
            for (i = 0; i < 300; i++) printf "%d,", rand() * 1000000000
            printf "0],\"b\":{"
            for (i = 0; i < 200; i++) printf "\"n%d\":\"%d\",", i, rand() * 1000000000
            print "\"c\":0}}" (record % 3 ? "" : "}")
        }
    }' >in
    gzip -1 -k in
    # The window is of 128 MiB, and there is more than that.
    for _ in {1..12}; do cat in; done | zstd -q -1 --long=27 >in.zst
    for N in 1 2 4 8; do
        O=1
        run_keeps_promise 0 -o out --rejects=bad in
        run_keeps_promise 0 in.gz
        O=2
        run_keeps_promise $dictionary --dictionary=words in
    done
    run_keeps_promise $((dictionary + window)) -o out --rejects=bad --dictionary=words --stats=stats in.zst
    # It is the window that is measured.
    [ "$(cat kib)" -gt $((window / 1024)) ]
}

# Rows of one text of 1 MB, of many columns, and of one number: what is collected for a batch, by the formula.
@test "memory is what the formula says for an Arrow stream" {
    limits_memory
    { printf '@catalog\ttest\t1\n'; for i in {1..300}; do printf 's%s\t/s%s\tg\tdevice\n' "$i" "$i"; done; } >test.catalog
    python3 -c '
for n in range(40):
    print("{\"s1\":\"%s\"}" % ("v" * 1000000))
for n in range(3000):
    print("{\"s2\":%d}" % n)' >in
    local V=1000 M=2000000 A=0 T=0 C L=1020000 R=300 E=300 select arrow
    C=$(stat -c %s test.catalog)
    arrow=$((6 * ((5 << 20) + L) + 2 * C + 3000 * R))
    for select in present values signals,values,states,vector; do
        run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" --catalog ./test.catalog -j1 --format=arrow --select=$select \
            --max-values=$V --max-record=$M --no-cache -o out in
        echo "$select: $(cat kib) KiB, promised $(($(promised 0) + arrow / 1024))"
        [ "$(cat kib)" -le $(($(promised 0) + arrow / 1024)) ]
    done
}

@test "a million names take no more memory than one" {
    limits_memory
    [ -e "$BATS_FILE_TMPDIR/peak" ] || skip 'nothing can be compiled to measure with'
    catalog 'a|/a|g|exact'
    local long
    printf -v long '%0200d' 0
    mkdir "$long"
    echo '{"a":1}' >"$long/first"
    : >"$long/empty"
    for names in 1 1000000; do
        { printf '%s\0' "$long/first"; yes "$long/empty" | head -n $((names - 1)) | tr '\n' '\0'; } |
            "$BATS_FILE_TMPDIR/peak" kib.$names "$WHORL" --catalog ./test.catalog --select=present \
                --dictionary=words --rejects=bad --stats=stats --files0-from=- >out
        [ "$(cat out)" = '{"present":1}' ]
    done
    echo "1: $(cat kib.1) KiB, 1000000: $(cat kib.1000000) KiB"
    [ "$(cat kib.1000000)" -le $(($(cat kib.1) + 512)) ]
}

@test "records that fill --cache-memory take no more than it, and two threads by default 48 MiB" {
    limits_memory
    [ -e "$BATS_FILE_TMPDIR/peak" ] || skip 'nothing can be compiled to measure with'
    # Of records that repeat no other's parts more would be remembered.
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" >raw
    cat raw raw raw >in
    local jobs most kib=0
    for jobs in 1 2; do
        most=$((4 + jobs * 22 << 10))
        run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" -j$jobs --format=binary in
        echo "$jobs threads: $(cat kib) KiB, expected at most $most"
        [ "$(cat kib)" -le $most ]
    done
    run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" -j1 --format=binary --no-cache in
    kib=$(cat kib)
    for most in 1 4 8; do
        run -0 "$BATS_FILE_TMPDIR/peak" kib "$WHORL" -j1 --format=binary --cache-memory=${most}M in
        echo "$most MiB: $(cat kib) KiB, without $kib"
        # A large page more, and the results of one record.
        [ "$(cat kib)" -le $((kib + (most + 3 << 10))) ]
    done
}
