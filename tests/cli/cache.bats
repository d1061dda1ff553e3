# Records are read by comparison with earlier ones: the output is that of --no-cache.

load helper

setup() {
    captures=$top_srcdir/data/captures golden=$top_srcdir/tests/golden
    cd "$BATS_TEST_TMPDIR"
}

# The lines of a capture.
capture() {
    zstd -dcq --long=27 "$captures/$1.ndjson.zst"
}

# COUNT lines of them, taken evenly.
some_of() {
    local lines
    lines=$(capture "$1" | wc -l)
    capture "$1" | awk -v each="$((lines / $2))" 'NR % each == 0'
}

# mutate SEED COUNT: records like those of the input.
mutate() {
    python3 "$top_srcdir/tests/cli/mutate-records.py" "$@"
}

# same OPTION...: with and without --no-cache, whorl gives the same for the file `in`: output,
# messages, status and statistics. Afterwards $records and $rejected are the numbers of lines accepted
# and rejected.
same() {
    local way memory=()
    [[ $1 != --cache-memory=* ]] || { memory=("$1") && shift; }
    for way in cache full; do
        mkdir -p $way
        (
            cd $way
            [ $way = full ] || set -- "${memory[@]}" "$@"
            [ $way = cache ] || set -- --no-cache "$@"
            status=0
            "$WHORL" --stats=stats --rejects=rejects "$@" ../in >out 2>messages || status=$?
            echo $status >status
            sed -i 's/"seconds":[0-9.]*/"seconds":0/' stats
        )
    done
    diff -r full cache
    records=$(jq .records full/stats)
    rejected=$(wc -l <full/rejects)
}

# long: each record of the input, then seven copies of it as members of its own.
long() {
    awk '{ record = substr($0, 1, length($0) - 1)
           for (i = 1; i < 8; i++)
               record = record ",\"copy" i "\":" $0
           print record "}" }'
}

# The same for each kind of output, with the catalog given.
same_by_each() {
    same --catalog="$1"
    same --catalog="$1" --reveal --dictionary=words \
        --select=id,carry,catalog,facts,ids,coverage,present,errors,groups,sketch,vector,signals,values,states
    [ -s full/words ]
    same --catalog="$1" --format=binary --select=+sketch
}

@test "records of raw signals, in any order and again and again" {
    some_of raw 80 >some
    { cat some; shuf --random-source=some some; shuf --random-source=some -r -n 200 some; } >in
    same_by_each browser
    [ "$records" = "$(wc -l <in)" ]
}

@test "what FingerprintJS and ThumbmarkJS logged, alone and mixed" {
    some_of fpjs 160 >fpjs
    capture thumbmark >thumbmark
    shuf --random-source=fpjs -r -n 400 fpjs >in
    same_by_each "$golden/captures-fpjs.catalog"
    [ "$records" -gt 300 ]
    shuf --random-source=fpjs -r -n 600 thumbmark >in
    same_by_each "$golden/captures-thumbmark.catalog"
    [ "$records" -gt 400 ]
    { cat fpjs thumbmark; some_of raw 20; } | shuf --random-source=fpjs >in
    same --catalog="$golden/captures-fpjs.catalog" --catalog="$golden/captures-thumbmark.catalog"=second \
        --catalog=browser=third --catalog="$golden/captures-whole.catalog"=fourth
    [ -s full/second ] && [ -s full/third ] && [ -s full/fourth ]
    [ "$records" = "$(wc -l <in)" ]
}

@test "records like earlier ones, changed at the borders of their members" {
    some_of raw 6 | mutate 1 150 >in
    same_by_each browser
    [ "$records" -gt 75 ] && [ "$rejected" -gt 10 ]
    some_of fpjs 12 | mutate 2 400 >in
    same_by_each "$golden/captures-fpjs.catalog"
    [ "$records" -gt 200 ] && [ "$rejected" -gt 20 ]
    some_of thumbmark 12 | mutate 3 600 >in
    same_by_each "$golden/captures-thumbmark.catalog"
    [ "$records" -gt 300 ] && [ "$rejected" -gt 20 ]
}

@test "records of raw signals within small limits" {
    some_of thumbmark 12 | mutate 4 600 >in
    longest=$(awk '{ print length() }' in | sort -n | sed -n 500p)
    same --catalog="$golden/captures-thumbmark.catalog" --max-depth=4 --max-record="$longest"
    [ "$records" -gt 200 ] && [ "$rejected" -gt 60 ]
    same --catalog="$golden/captures-thumbmark.catalog" --max-values=120
}

@test "the sample of README, line by line many times" {
    for _ in 1 2 3 4 5 6 7 8; do cat "$top_srcdir/data/sample.ndjson"; done >in
    same_by_each browser
    [ "$records" = 24 ]
}

@test "the same with any --cache-memory" {
    some_of raw 60 >some
    { cat some; shuf --random-source=some -r -n 60 some; head -n 8 some | long; head -n 4 some | long; } >in
    local memory
    for memory in 0 1 65535 64K 100K 300000 1M 3M 7M 20M 256M; do
        same --cache-memory=$memory --format=binary
        [ "$records" = "$(wc -l <in)" ]
    done
    some_of thumbmark 40 | mutate 5 400 >in
    for memory in 64K 100K 1000K; do
        same --cache-memory=$memory --catalog="$golden/captures-thumbmark.catalog"
        [ "$records" -gt 150 ]
    done
}
