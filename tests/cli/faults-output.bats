# What can go wrong with output, by the rows of tests/FAULTS.md. The rows that are about -o are
# in replace.bats, O21 is in binary.bats.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

# Input whose output is more than any pipe holds, and that output.
much() {
    seq 20000 | sed 's/.*/{"a":"&"}/' >in
    whorl in >want
    [ "$(stat -c %s want)" -gt 3000000 ]
}

# The file $1 is a beginning of the file `want`; it ends with a whole line if $2 says so.
prefix() {
    cmp -n "$(stat -c %s "$1")" "$1" want
    [ "${2-}" != whole ] || [ ! -s "$1" ] || [ "$(tail -c 1 "$1" | wc -l)" = 1 ]
}

@test "O01: a full disk is status 2, for one record and for many" {
    for n in 1 3000 20000; do
        yes '{"a":1}' | head -$n >in
        run --separate-stderr bash -c '"$WHORL" --catalog test.catalog in >/dev/full'
        expect 2 '' 'whorl: standard output: No space left on device'
    done
}

@test "O02: a closed standard output is status 2, and no input file gets its descriptor" {
    echo '{"a":1}' >in
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog in >&-'
    expect 2 '' 'whorl: standard output: Bad file descriptor'
    [ "$(cat in)" = '{"a":1}' ]
}

# With the built-in catalog no file is opened before these; the first one would get the descriptor.
@test "O02: no other output gets the descriptor of a closed standard output" {
    echo '{"signals":{"navigator":{"onLine":true}}}' >in
    echo old >words
    for option in --dictionary=words --rejects=none --stats=stats; do
        run --separate-stderr bash -c '"$WHORL" --select=present '$option' in >&-'
        expect 2 '' 'whorl: standard output: Bad file descriptor'
    done
    [ "$(cat words)" = old ]
    [ ! -s none ]
    [ "$(jq .records stats)" = 1 ]
}

@test "O03: no output gets the descriptor of a closed standard error" {
    printf '{"signals":{"navigator":{"onLine":true}}}\n{\n' >in
    run bash -c '"$WHORL" --select=present --rejects=bad in 2>&-'
    [ "$status" = 1 ]; [ "$output" = '{"present":1}' ]
    [ "$(cat bad)" = '{' ]
    run bash -c '"$WHORL" --select=present -o out in 2>&-'
    [ "$status" = 1 ]; [ "$output" = '' ]
    [ "$(cat out)" = '{"present":1}' ]
}

@test "O03: a closed or full standard error changes neither output nor status" {
    printf '{"a":1}\n{\n' >in
    run bash -c '"$WHORL" --catalog test.catalog --select=values in 2>&-'
    [ "$status" = 1 ]; [ "$output" = '{"values":{"a":1}}' ]
    run bash -c '"$WHORL" --catalog test.catalog --select=values in 2>/dev/full'
    [ "$status" = 1 ]; [ "$output" = '{"values":{"a":1}}' ]
    [ "$(cat in)" = $'{"a":1}\n{' ]
    run bash -c '"$WHORL" --catalog test.catalog --select=values --rejects=bad in 2>&-'
    [ "$status" = 1 ]; [ "$(cat bad)" = '{' ]
}

@test "O04: a closed standard input is status 2" {
    run --separate-stderr bash -c '"$WHORL" --catalog test.catalog <&-'
    expect 2 '' 'whorl: -: Bad file descriptor'
}

@test "O05: with 0, 1 and 2 closed it is status 2, and no file is damaged" {
    printf '{"a":1}\n{\n' >in
    cp in copy
    echo old >out
    run sh -c 'exec 0<&- 1>&- 2>&-; exec "$WHORL" --catalog test.catalog in'
    [ "$status" = 2 ]
    run sh -c 'exec 0<&- 1>&- 2>&-; exec "$WHORL" --catalog test.catalog --select=values -o out in'
    [ "$status" = 1 ]
    cmp in copy
    [ "$(cat out)" = '{"values":{"a":1}}' ]
    printf '{"signals":{"navigator":{"onLine":true}}}\n{\n' >in
    run sh -c 'exec 0<&- 1>&- 2>&-; exec "$WHORL" --select=present -o out --rejects=bad --stats=stats in'
    [ "$status" = 1 ]
    [ "$(cat out)" = '{"present":1}' ]
    [ "$(cat bad)" = '{' ]
    [ "$(jq .records stats)" = 1 ]
}

@test "O06: when the reader closes the pipe, SIGPIPE ends whorl without a message" {
    run bash -c 'yes "{\"a\":1}" | { timeout 60 env --default-signal=PIPE "$WHORL" --catalog test.catalog; echo "status $?" >&2; } | head -n1 >/dev/null'
    [ "$output" = 'status 141' ]
}

@test "O07: with SIGPIPE ignored it is status 2, and ends" {
    run bash -c 'trap "" PIPE; yes "{\"a\":1}" 2>/dev/null | { timeout 60 "$WHORL" --catalog test.catalog; echo "status $?" >&2; } | head -n1 >/dev/null'
    [ "$output" = 'whorl: standard output: Broken pipe
status 2' ]
}

@test "O08: on a full disk the file is a beginning of the right output" {
    much
    as=$(mounter)
    [ "$as" ] || skip 'may not mount a small file system'
    mkdir d
    run --separate-stderr $as bash -c 'mount -t tmpfs -o size=64k tmpfs d
        "$WHORL" --catalog test.catalog in >d/out
        echo "status $?"
        [ "$(stat -c %s d/out)" = 65536 ] && cmp -n 65536 d/out want && echo same'
    expect 0 'status 2
same' 'whorl: standard output: No space left on device'
}

@test "O10: a file beyond the limit is status 2, not a signal" {
    yes '{"a":1}' | head -20000 >in
    for trap in : "trap '' XFSZ"; do
        run --separate-stderr bash -c "$trap"'; ulimit -f 1; "$WHORL" --catalog test.catalog in >out'
        expect 2 '' 'whorl: standard output: File too large'
        [ "$(stat -c %s out)" = 1024 ]
    done
    echo old >out
    run --separate-stderr bash -c 'ulimit -f 1; "$WHORL" --catalog test.catalog -o out in'
    expect 2 '' 'whorl: out: File too large'
    [ "$(cat out)" = old ]
}

@test "O11: a slow reader gets every byte, in order" {
    much
    set -o pipefail
    "$WHORL" --catalog test.catalog in | { dd bs=1 count=20000 status=none; cat; } | cmp - want
}

@test "O11: short writes are continued" {
    traces
    much
    python3 - <<'END'
import os, re, subprocess, time

# A pipe that does not block accepts what it has room for.
r, w = os.pipe()
os.set_blocking(w, False)
strace = subprocess.Popen(['strace', '-f', '-qq', '-o', 'log', '-e', 'trace=write',
                           os.environ['WHORL'], '--catalog', './test.catalog', 'in'], stdout=w)
os.close(w)
got = bytearray()
while piece := os.read(r, 10007):
    got += piece
assert strace.wait() == 0
assert got == open('want', 'rb').read()
asked, short = {}, 0
for line in open('log'): # with threads a call may be on two lines
    pid = line.split()[0]
    if match := re.search(r'write\(1, .*, (\d+)(?:\)| <unfinished)', line):
        asked[pid] = int(match[1])
    if match := re.search(r'write(?:\(1,.*| resumed>)\) += (\d+)$', line):
        short += int(match[1]) < asked.get(pid, 0)
assert short, 'no write was short'
END
}

@test "O12: whorl waits for a non-blocking standard output without spinning" {
    much
    python3 - <<'END'
import os, subprocess
from process import await_sleep

r, w = os.pipe()
os.set_blocking(w, False)
whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', 'in'], stdout=w)
os.close(w)
got = bytearray(os.read(r, 1))
# The process sleeps while no write is possible, so it waits and does not spin.
await_sleep(whorl.pid)
while piece := os.read(r, 65521):
    got += piece
assert whorl.wait() == 0
assert got == open('want', 'rb').read()
END
}

@test "O13: interrupted writes to standard output are repeated" {
    traces
    much
    for when in 1+2 2+3 1; do
        inject write:error=EINTR:when=$when "$WHORL" --catalog test.catalog in >out
        met 1
        cmp out want
    done
}

@test "O18: killed at any moment, standard output is a beginning of the right output" {
    much
    for i in $(seq 25); do
        "$WHORL" --catalog test.catalog in >out 3>&- &
        sleep "0.00$((i / 3))"
        kill -KILL $! 2>/dev/null || :
        wait $! || :
        prefix out
    done
    whorl in >out
    cmp out want
}

# Start whorl on a FIFO with its output in `out`, and wait until the first record is written.
# Its process is $pid, and its input is what is written to descriptor 7.
begin() {
    rm -f fifo out
    mkfifo fifo
    env --default-signal=HUP,INT,TERM,USR1 "$WHORL" --catalog test.catalog --select=values fifo >out 3>&- 2>messages &
    pid=$!
    exec 7>fifo
    head -1 in >&7
    await test -s out
}

@test "O18: killed while it writes, the output is whole lines, and the next run gives the rest" {
    printf '{"a":%s}\n' $(seq 50) >in
    values in >want
    begin
    sed -n '2,10p' in >&7
    whole() { [ "$(wc -l <out)" = 10 ]; }
    await whole
    printf '{"a":' >&7
    kill -KILL "$pid"
    status=0
    exec 7>&-
    wait "$pid" || status=$?
    [ "$status" = 137 ]
    cmp out <(head -10 want)
    values in | cmp - want
}

@test "O20: a signal ends whorl as that signal, and the output is whole lines" {
    printf '{"a":%s}\n' $(seq 50) >in
    values in >want
    for signal in HUP INT TERM; do
        begin
        sed -n '2,10p' in >&7
        printf '{"a":' >&7
        kill -$signal "$pid"
        status=0
        exec 7>&-
        wait "$pid" || status=$?
        [ "$status" = $((128 + $(kill -l $signal))) ]
        prefix out whole
        [ ! -s messages ]
    done
}

@test "O22: SIGSTOP, SIGCONT, SIGUSR1 and SIGWINCH all the time do not change the output" {
    printf '{"a":%s}\n' $(seq 200) >in
    values in >want
    begin
    sed -n '2,$p' in | while read -r line; do
        kill -STOP "$pid"
        echo "$line" >&7
        kill -USR1 "$pid"
        kill -CONT "$pid"
        kill -WINCH "$pid"
    done
    exec 7>&-
    wait "$pid"
    cmp out want
    # SIGUSR1 gives whole lines, and there are no other messages.
    [ -s messages ]
    run grep -vxE 'whorl: [0-9]+ records, 0 rejected, [0-9]+\.[0-9] MB in [0-9]+\.[0-9] s' messages
    [ "$output" = '' ]
}

@test "input and output pipes are enlarged to 1 MiB if the system allows it, and never made smaller" {
    python3 - <<'END'
import fcntl, os, subprocess

def pipe(size):
    r, w = os.pipe()
    return r, w, fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, size)

r, w, size = pipe(4096)
try:
    fcntl.fcntl(w, fcntl.F_SETPIPE_SZ, 1 << 20)
except OSError:
    raise SystemExit # it does not
for before, after in (4096, 1 << 20), (1 << 20, 1 << 20):
    i, o = pipe(before), pipe(before)
    whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '--select=values'], stdin=i[0], stdout=o[1])
    os.write(i[1], b'{"a":1}\n')
    assert os.read(o[0], 100) == b'{"values":{"a":1}}\n'
    assert fcntl.fcntl(i[1], fcntl.F_GETPIPE_SZ) == after
    assert fcntl.fcntl(o[0], fcntl.F_GETPIPE_SZ) == after
    os.close(i[1])
    assert whorl.wait() == 0
END
}
