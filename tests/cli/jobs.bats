# -j: the output is the same for every number of threads, and is written as early.

load helper

setup() {
    catalog 'a|/a|g|exact' 'b|/b|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

# Run whorl with the arguments and 1, 2, 3, 8 threads and one per processor: standard output and
# error, status, rejects, dictionary and statistics, except the time, are the same. Those of -j1 stay
# as out.1, err.1, status.1, bad.1, words.1 and stats.1.
same() {
    local n kind
    rm -f words.*
    for n in 1 2 3 8 0; do
        "$WHORL" -j$n -v --rejects=bad.$n --dictionary=words.$n --stats=stats.$n "$@" \
            >out.$n 2>err.$n </dev/null && echo 0 >status.$n || echo $? >status.$n
        [ -e words.$n ] || echo 'no file' >words.$n
        sed -i 's/"seconds":[^,]*/"seconds":0/' stats.$n
        for kind in out err status bad words stats; do
            cmp $kind.1 $kind.$n || {
                echo "$kind of -j1 and -j$n differ: $*"
                return 1
            }
        done
    done
}

captures() {
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst"
}

@test "any number of threads gives the same output: every capture, in each format" {
    captures >in
    same in
    [ "$(wc -l <out.1)" = 354 ]
    [ "$(cat status.1)" = 0 ]
    same --format=binary in
    [ "$(wc -c <out.1)" -gt 3000000 ]
    same --format=tsv --select=file,line,id,ids,signals in
    [ "$(wc -l <out.1)" = 355 ]
}

@test "any number of threads: two catalogs in one pass, each with its own output" {
    captures | head -100 >in
    for n in 1 2 8; do
        "$WHORL" -j$n --format=binary --catalog=browser=one.$n --catalog=./test.catalog=two.$n in
        cmp one.1 one.$n
        cmp two.1 two.$n
    done
    [ "$(wc -c <one.1)" -gt 800000 ]
}

@test "any number of threads: values, states and rejects, more bytes than the input" {
    captures | head -60 >some
    awk '{ print } NR % 3 == 0 { print substr($0, 1, 1000 + NR) }' some >in
    same --select=id,facts,groups,vector,signals,values,states --reveal in
    [ "$(cat status.1)" = 1 ]
    [ "$(wc -l <out.1)" = 60 ]
    [ "$(wc -l <bad.1)" = 20 ]
}

@test "any number of threads: the inputs of other tests" {
    for f in "$top_srcdir"/tests/golden/*.ndjson; do
        cp "$f" .
    done
    for f in *.ndjson; do
        options=()
        [ -e "$top_srcdir/tests/golden/${f%.ndjson}.options" ] || continue
        mapfile -t options < <(tr ' ' '\n' <"$top_srcdir/tests/golden/${f%.ndjson}.options" | grep .)
        # Those of another catalog.
        case " ${options[*]}" in *' --catalog'* | *ids.*) continue ;; esac
        same "${options[@]}" "$f"
    done
    # All of them in one run, twenty times.
    for i in $(seq 20); do printf '%s\n' *.ndjson; done >names
    tr '\n' '\0' <names >names0
    same --files0-from=names0
    [ "$(wc -l <bad.1)" -gt 300 ]
}

@test "any number of threads: small records with much output, and rejects of one byte" {
    seq 3000 | sed 's/.*/{"navigator":{"platform":"&"}}/;s/^/{"signals":/;s/$/}/' >in
    same in
    [ "$(wc -l <out.1)" = 3000 ]
    [ "$(wc -c <out.1)" -gt 15000000 ]
    yes x | head -c 200000 >in
    same in
    [ "$(wc -l <err.1)" = 100000 ]
    cmp in bad.1
    tail -1 err.1 | grep -q '^whorl: in:100000:1: '
}

@test "any number of threads: the dictionary forgets at the same record" {
    { seq 80000; seq 80000; } | sed 's/.*/{"a":&,"b":1}/' >in
    same --catalog=./test.catalog --select=id in
    [ "$(wc -l <words.1)" -gt 100000 ]
    [ "$(sort -u words.1 | wc -l)" = 80001 ]
}

@test "any number of threads: blank lines, CRLF, byte order marks, long lines, no last newline, missing files" {
    {
        printf '\xef\xbb\xbf{"a":0}\r\n'
        for i in $(seq 400); do
            printf '{"a":%d}\n\r\n  \n\n{"a":%d}\r\n{\xef\xbb\xbf\n' $i $i
            printf '{"b":"%*d"}\n' $((i * 37 % 5000)) $i
        done
    } >1
    printf '\xef\xbb\xbf' >2
    : >3
    printf '{"a":1}' >4
    { head -c 3000000 /dev/zero | tr '\0' '['; printf '\n{"a":2}\n'; head -c 700000 /dev/zero | tr '\0' '\n'; echo '{'; } >5
    { cat 1 1 1; printf '{"b":"%600000d"}' 7; } >6
    for limit in 12 2000 600000 4194304; do
        same --catalog=./test.catalog --select=values --max-record=$limit 1 none 2 3 4 . 5 1 6 - 6 4
        [ "$(cat status.1)" = 2 ]
        [ "$(grep -cE '^whorl: (none: No such file or directory|\.: Is a directory)$' err.1)" = 2 ]
    done
    # The lines of the last limit: each file begins at 1, and lines are counted in all batches.
    [ "$(grep -c '^whorl: 5:700003:' err.1)" = 1 ]
    cmp <(sed -n '/^{"values":{"a":400}}/=' out.1 | wc -l) <(echo 16)
}

@test "any number of threads: data that is cut off or damaged, among other files" {
    captures | head -40 >in
    gzip -c in >whole.gz
    zstd -q -c in >whole.zst
    head -c -1000 whole.gz >cut.gz
    head -c -1000 whole.zst >cut.zst
    { head -c 50000 whole.gz; head -c 100 /dev/zero; tail -c +50101 whole.gz; } >bad.gz
    { cat whole.gz; echo '{}'; } >more.gz
    same whole.gz cut.gz in cut.zst bad.gz whole.zst more.gz in
    [ "$(cat status.1)" = 2 ]
    [ "$(grep -o 'whorl: [a-z.]*: .*' err.1)" = 'whorl: cut.gz: the gzip data is cut off
whorl: cut.zst: the zstd data is cut off
whorl: bad.gz: the gzip data is damaged
whorl: more.gz: something else follows the compressed data' ]
    [ "$(wc -l <out.1)" -gt 200 ]
}

@test "any number of threads: many files, each of one record" {
    mkdir many
    (cd many && captures | head -200 | split -l 1 -)
    same many/*
    [ "$(wc -l <out.1)" = 200 ]
    captures | head -200 >in
    cmp out.1 <("$WHORL" -j1 in)
}

@test "more threads than records, and no records" {
    echo '{"a":1}' >in
    for n in 0 1 2 256; do
        run --separate-stderr whorl -j $n --select=values in
        expect 0 '{"values":{"a":1}}'
        run --separate-stderr whorl --jobs=$n --select=values </dev/null
        expect 0 ''
    done
}

# whorl's threads that the command given starts, besides the first.
threads() {
    strace -f -qq -o log -e trace=clone,clone3 "$@" >out
    grep -cE 'clone3?\(.*CLONE_THREAD' log || :
}

@test "threads start when there is work for them, no more than asked for, and with -j1 none" {
    traces
    captures | head -120 >in
    head -1 in >one
    [ "$(threads "$WHORL" -j8 one)" = 0 ]
    [ "$(threads "$WHORL" -j8 /dev/null)" = 0 ]
    [ "$(threads "$WHORL" -j1 in)" = 0 ]
    [ "$(threads "$WHORL" -j2 in)" = 1 ]
    [ "$(threads "$WHORL" -j8 in)" = 7 ]
}

@test "without -j, one processor means one thread" {
    traces
    command -v taskset >/dev/null || skip 'no taskset'
    captures | head -40 >in
    [ "$(threads taskset -c "$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')" "$WHORL" in)" = 0 ]
    [ "$(threads taskset -c "$(taskset -cp $$ | sed 's/.*: *\([0-9]*\).*/\1/')" "$WHORL" -j0 in)" = 0 ]
}

@test "if threads cannot be started, the others do the work" {
    traces
    captures | head -60 >in
    "$WHORL" -j1 in >want
    for when in 1+ 2+; do
        strace -f -qq -o log.$when -e trace=clone3,clone -e inject=clone3,clone:error=EAGAIN:when=$when "$WHORL" -j8 in >out 2>err
        cmp out want
        [ ! -s err ]
    done
    grep -q INJECTED log.1+
}

@test "threads take little address space" {
    limits_memory
    captures | head -100 >in
    "$WHORL" -j1 in >want
    run --separate-stderr bash -c 'ulimit -v 300000; "$WHORL" -j8 in >out'
    expect 0 ''
    cmp out want
}

# One record at a time, with N threads; before that BURST records at once, so that the threads run.
talk() {
    python3 - "$@" <<'END'
import os, signal, subprocess, sys, threading
n, burst = sys.argv[1], int(sys.argv[2])
signal.alarm(300)
whorl = subprocess.Popen([os.environ['WHORL'], '-j' + n, '--catalog', './test.catalog', '--select=values'],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
text = b''.join(b'{"a":%d,"c":"%s"}\n' % (i, b'x' * 1000) for i in range(burst))
writer = threading.Thread(target=lambda: (whorl.stdin.write(text), whorl.stdin.flush()))
writer.start()
for i in range(burst):
    assert whorl.stdout.readline() == b'{"values":{"a":%d}}\n' % i
writer.join()
for i in range(100):
    whorl.stdin.write(b'{"a":%d}\n{"a"' % i)
    whorl.stdin.flush()
    assert whorl.stdout.readline() == b'{"values":{"a":%d}}\n' % i
    whorl.stdin.write(b':1}\n')
    whorl.stdin.flush()
    assert whorl.stdout.readline() == b'{"values":{"a":1}}\n'
# The waiting process answers: all vectors are written, and counted.
os.kill(whorl.pid, signal.SIGUSR1)
assert whorl.stderr.readline().startswith(b'whorl: %d records, 0 rejected, ' % (burst + 200))
whorl.stdin.close()
assert whorl.stdout.read() == whorl.stderr.read() == b''
assert whorl.wait() == 0
END
}

@test "a vector is written before the next record comes, whatever the number of threads" {
    catalog 'a|/a|g|exact'
    for n in 1 2 3 8; do
        talk $n 0
        talk $n 10000
    done
}

@test "when the output fails the run ends, also if the input goes on or waits" {
    captures | head -100 >in
    for n in 1 2 8 64; do
        run --separate-stderr timeout 100 "$WHORL" -j$n -o /dev/full in in in
        expect 2 '' 'whorl: /dev/full: No space left on device'
        # The same while it waits for more input.
        python3 - $n <<'END'
import os, signal, subprocess, sys
signal.alarm(300)
whorl = subprocess.Popen([os.environ['WHORL'], '-j' + sys.argv[1], '-o', '/dev/full'],
                         stdin=subprocess.PIPE, stderr=subprocess.PIPE)
try:
    whorl.stdin.write(open('in', 'rb').read())
except BrokenPipeError:
    pass
# The input stays open, and nothing more comes.
assert whorl.wait() == 2
assert whorl.stderr.read() == b'whorl: /dev/full: No space left on device\n'
END
        # The same if the next file is a FIFO that nobody opens.
        [ -p fifo ] || mkfifo fifo
        run --separate-stderr timeout 100 "$WHORL" -j$n -o /dev/full in fifo
        expect 2 '' 'whorl: /dev/full: No space left on device'
    done
}

@test "O06: when the reader closes the pipe, SIGPIPE ends all threads, and nothing is left over" {
    captures | head -100 >in
    for n in 1 2 8; do
        run --separate-stderr bash -c 'env --default-signal=PIPE "$WHORL" -j'$n' --dictionary=words in in in | head -c 10 >out; exit ${PIPESTATUS[0]}'
        expect 141 ''
        [ "$(find . -name '.whorl*' -o -name words)" = '' ]
        run --separate-stderr bash -c 'trap "" PIPE; "$WHORL" -j'$n' in in in | head -c 10 >out; exit ${PIPESTATUS[0]}'
        expect 2 '' 'whorl: standard output: Broken pipe'
    done
}

@test "O20: a signal while threads work removes the temporary files" {
    captures | head -100 >in
    for n in 1 2 8; do
        for signal in HUP INT TERM; do
            mkfifo fifo
            env --default-signal=HUP,INT,TERM "$WHORL" -j$n -o out --rejects=- fifo >rejects 3>&- 2>messages &
            pid=$!
            exec 7>fifo
            cat in <(echo '{') >&7
            await test -s rejects
            [ "$(find . -name '.whorl*')" ]
            kill -$signal $pid
            status=0
            wait $pid || status=$?
            exec 7>&-
            [ "$status" = $((128 + $(kill -l $signal))) ]
            [ "$(find . -name '.whorl*' -o -name out)" = '' ]
            rm fifo
        done
    done
}

@test "an input that is also an output is reported, however much was read ahead" {
    captures | head -60 >in
    for n in 1 2 8; do
        cp in out
        run --separate-stderr bash -c '"$WHORL" -j'$n' in out in >>out'
        expect 2 '' 'whorl: out: the input is also an output and would never end: expected another file'
        : >out
        run --separate-stderr bash -c '"$WHORL" -j'$n' in out in >>out'
        expect 2 '' 'whorl: out: the input is also an output and would never end: expected another file'
        [ "$(wc -l <out)" = 120 ]
    done
    # When the next file is opened, nothing of a block and a little more may be written yet: at that
    # moment the file is empty.
    head -6 in >some
    for i in $(seq 20); do
        : >out
        run --separate-stderr bash -c '"$WHORL" -j2 some out some >>out'
        expect 2 '' 'whorl: out: the input is also an output and would never end: expected another file'
        [ "$(wc -l <out)" = 12 ]
    done
}

@test "L03: the number of threads is decimal and in range" {
    for value in '' abc 1e3 -1 +1 ' 1' 0x10 1.5 257 1000000000 18446744073709551616; do
        run --separate-stderr whorl "--jobs=$value" none
        expect 2 '' "whorl: --jobs: expected a whole number from 0 to 256, not '$value'
whorl: try 'whorl --help'"
    done
    run --separate-stderr whorl -j
    expect 2 '' "whorl: option -j needs an argument
whorl: try 'whorl --help'"
}
