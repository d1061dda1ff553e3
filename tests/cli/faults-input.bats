# What can go wrong with input, by the rows of tests/FAULTS.md. I21 is in compressed.bats.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
}

# Input that takes several reads, and its output.
much() {
    seq 200000 | sed 's/.*/{"a":"&"}/' >in
    values in >want
}

# Input that is larger than all buffers inside whorl together, and its output.
plenty() {
    seq 40000 | sed "s/.*/{\"a\":\"&-$(head -c 1000 /dev/zero | tr '\0' x)\"}/" >in
    values in >want
}

@test "I01 I02: a directory is reported as a directory" {
    run --separate-stderr values .
    expect 2 '' 'whorl: .: Is a directory'
    run --separate-stderr values <.
    expect 2 '' 'whorl: -: Is a directory'
}

@test "I03: a missing file is named, the others are read, status 2" {
    echo '{"a":1}' >1
    run --separate-stderr values none 1
    expect 2 '{"values":{"a":1}}' 'whorl: none: No such file or directory'
    run --separate-stderr values 1 none
    expect 2 '{"values":{"a":1}}' 'whorl: none: No such file or directory'
}

@test "I04: a file that may not be read is named, the others are read, status 2" {
    echo '{"a":1}' >1
    echo '{"a":2}' >2
    chmod 000 1
    if [ "$(id -u)" = 0 ]; then
        as='setpriv --reuid=65534 --regid=65534 --clear-groups'
        chmod 755 .
        chmod 644 2 test.catalog
        $as "$WHORL" --version >/dev/null 2>&1 && $as cat 2 >/dev/null || skip 'nobody may not run it'
    fi
    run --separate-stderr ${as-} "$WHORL" --catalog ./test.catalog --select=values 1 2
    expect 2 '{"values":{"a":2}}' 'whorl: 1: Permission denied'
}

@test "I05: empty input gives no record and no message" {
    run --separate-stderr values </dev/null
    expect 0 ''
    : >empty
    run --separate-stderr values empty - empty </dev/null
    expect 0 ''
}

@test "I06: white space alone gives no record and no message" {
    run --separate-stderr values < <(printf '\n\n \t\r\n\r\n  ')
    expect 0 ''
    # CR is white space wherever it is.
    run --separate-stderr values < <(printf '\r\r\n \r\t\r \n\r\r\r')
    expect 0 ''
}

@test "I07: FIFOs, substitutions, /dev/stdin and files that state no size are read as files are" {
    echo '{"a":1}' >in
    want='{"values":{"a":1}}'
    run --separate-stderr values <(cat in)
    expect 0 "$want"
    mkfifo fifo
    cat in >fifo 3>&- &
    run --separate-stderr values fifo
    expect 0 "$want"
    run --separate-stderr values /dev/stdin <in
    expect 0 "$want"
    run --separate-stderr values /proc/self/fd/0 < <(cat in)
    expect 0 "$want"
    # The file states the size 0.
    [ "$(stat -c %s /proc/version)" = 0 ]
    run --separate-stderr values /proc/version
    expect 1 '' 'whorl: /proc/version:1:1: unknown word: expected true, false, null, or a string in double quotes'
}

@test "I08: a file's name is escaped in messages" {
    name=$'b\e[31m\n\xff\x7f\xc2\x9b'
    echo '{' >"$name"
    run --separate-stderr values "$name"
    expect 1 '' 'whorl: b\u001b[31m\u000a\xff\u007f\u009b:1:2: a record over several lines: expected it on one; try jq -c . FILE | whorl'
    run --separate-stderr values ''
    expect 2 '' "whorl: '': No such file or directory"
    run --separate-stderr values "$name.none"
    expect 2 '' 'whorl: b\u001b[31m\u000a\xff\u007f\u009b.none: No such file or directory'
}

@test "I08: - is standard input, ./- and names after -- are files" {
    echo '{"a":1}' >./-
    echo '{"a":2}' >./--help
    run --separate-stderr values - ./- ./--help <<<'{"a":3}'
    expect 0 '{"values":{"a":3}}
{"values":{"a":1}}
{"values":{"a":2}}'
    run --separate-stderr values -- --help - <<<'{"a":3}'
    expect 0 '{"values":{"a":2}}
{"values":{"a":3}}'
}

@test "I09: reads of one byte give the same output" {
    traces
    set -o pipefail
    { printf '{"a":1}\r\n{"a":"\xc3\xa9\\u00e9"}\n'; for i in $(seq 50); do echo '{"a":'$i'}'; done; } >in
    values in >want
    gzip -c in >in.gz
    zstd -qc in >in.zst
    for f in in in.gz in.zst; do
        strace -f -qqq -o log -e trace=read,poll "$WHORL" --catalog test.catalog --select=values < <(paced 1 <$f) >out
        cmp out want
        # One read per byte, and one for the end.
        [ "$(grep -c 'read(0, .* = 1$' log)" = "$(stat -c %s $f)" ]
    done
}

@test "I10: input split anywhere between two reads gives the same output" {
    printf '\xef\xbb\xbf{"a":"\xc3\xa9\\u00e9\xf0\x9f\x98\x80"}\r\n\n{"a":1e3}\n{"a":tru}\r\n{"a":2}' >in
    gzip -nc in >in.gz
    zstd -qc in >in.zst
    python3 - <<'END'
import array, fcntl, os, subprocess, sys, termios, time

def run(pieces):
    r, w = os.pipe()
    whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '--select=values'],
                             stdin=r, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(r)
    for piece in pieces:
        # Not before the previous byte was read.
        waiting = array.array('i', [1])
        while waiting[0]:
            fcntl.ioctl(w, termios.FIONREAD, waiting)
            time.sleep(0.0005 if waiting[0] else 0)
        os.write(w, piece)
    os.close(w)
    return *whorl.communicate(), whorl.returncode

want = ('{"values":{"a":"éé😀"}}\n{"values":{"a":1000}}\n{"values":{"a":2}}\n'.encode(),
        b'whorl: -:4:9: unknown word: expected true, false, null, or a string in double quotes, at /a\n', 1)
for name in 'in', 'in.gz', 'in.zst':
    data = open(name, 'rb').read()
    for k in range(1, len(data)):
        got = run([data[:k], data[k:]])
        assert got == want, (name, k, got)
END
}

@test "I11: interrupted reads are repeated" {
    traces
    much
    gzip -c in >in.gz
    for f in in in.gz; do
        inject read:error=EINTR:when=1+2 -P "$(realpath $f)" "$WHORL" --catalog test.catalog --select=values $f >out
        met 2
        cmp out want
    done
    inject read:error=EINTR:when=2+3 -P "$(realpath in)" "$WHORL" --catalog test.catalog --select=values <in >out
    met 2
    cmp out want
}

@test "I12: if a read fails, the lines before are written, the cut line is neither record nor reject, status 2" {
    traces
    much
    for n in 1 2 4; do
        run --separate-stderr bash -c 'strace -f -qqq -o /dev/null -P "$(realpath in)" -e trace=read \
            -e inject=read:error=EIO:when='$n' \
            "$WHORL" --catalog test.catalog --select=values --rejects=bad in >out'
        expect 2 '' 'whorl: in: Input/output error'
        size=$(stat -c %s out)
        [ $n = 1 ] || [ "$size" -gt 100000 ]
        [ "$size" -lt "$(stat -c %s want)" ]
        cmp -n "$size" out want
        [ "$size" = 0 ] || [ "$(tail -c 1 out | wc -l)" = 1 ]
        [ ! -s bad ]
    done
}

@test "I12: the files after the one that cannot be read are read" {
    traces
    echo '{"a":1}' >1
    echo '{"a":2}' >2
    run --separate-stderr strace -f -qqq -o /dev/null -P "$(realpath 1)" -e trace=read -e inject=read:error=EIO \
        "$WHORL" --catalog test.catalog --select=values 1 2
    expect 2 '{"values":{"a":2}}' 'whorl: 1: Input/output error'
}

@test "I13: whorl waits for a non-blocking standard input without spinning" {
    traces
    python3 - <<'END'
import os, subprocess
from process import await_sleep, child

r, w = os.pipe()
os.set_blocking(r, False)
strace = subprocess.Popen(['strace', '-f', '-qq', '-o', 'log', '-e', 'trace=read', os.environ['WHORL'],
                           '--catalog', './test.catalog', '--select=values'],
                          stdin=r, stdout=subprocess.PIPE)
for i in range(20):
    os.write(w, b'{"a":%d}\n' % i)
    assert strace.stdout.readline() == b'{"values":{"a":%d}}\n' % i
    await_sleep(child(strace.pid))
os.close(w)
assert strace.wait() == 0
reads = [line for line in open('log') if 'read(0,' in line]
assert 21 <= len(reads) <= 2 * 21, len(reads)
END
}

@test "I14: a file that grows is read up to an end, in whole lines" {
    plenty
    python3 - <<'END'
import os
from process import start_unread

for more, status, said in ((b'{"a":"more"}\n', 0, b''),
                           (b'{"a":"more"}\n{"a":', 1, b'whorl: in:40002:6: the record ends here, inside a value:'
                            b' expected one whole JSON object per line, at /a\n')):
    before = os.path.getsize('in')
    whorl, r, got = start_unread('in')
    open('in', 'ab').write(more)
    while piece := os.read(r, 1 << 16):
        got += piece
    assert got == open('want', 'rb').read() + b'{"values":{"a":"more"}}\n'
    assert (whorl.stderr.read(), whorl.wait()) == (said, status)
    os.truncate('in', before)
END
}

@test "I15: a file cut short while it is read ends there: no signal, and the cut line is a reject" {
    plenty
    python3 - <<'END'
import os
from process import start_unread

whorl, r, got = start_unread('in')
os.truncate('in', 100)
while piece := os.read(r, 1 << 16):
    got += piece
said = whorl.stderr.read().decode()
assert whorl.wait() == (1 if said else 0)
assert said.count('\n') <= 1 and (not said or 'the record ends here' in said), said
assert 100 < got.count(b'\n') < 40000 and got.endswith(b'\n')
assert open('want', 'rb').read().startswith(bytes(got))
END
}

@test "I16: a huge line without newline is skipped in bounded memory, and what follows is read" {
    limits_memory
    truncate -s 300M nul
    echo '{"a":1}' >1
    run --separate-stderr bash -c 'ulimit -v 120000; "$WHORL" --catalog test.catalog --select=values nul 1'
    expect 1 '{"values":{"a":1}}' "whorl: nul:1:4194305: a NUL byte (0x00): record too long: see --max-record; try tr -d '\0' <FILE | whorl"
}

@test "I17: zeros and noise end with their input, in bounded memory" {
    limits_memory
    run --separate-stderr bash -c 'ulimit -v 120000; head -c 100000000 /dev/zero | timeout 60 "$WHORL" --catalog test.catalog'
    expect 1 '' "whorl: -:1:4194305: a NUL byte (0x00): record too long: see --max-record; try tr -d '\0' <FILE | whorl"
    run --separate-stderr bash -c 'ulimit -v 120000; head -c 20000000 /dev/urandom | timeout 60 "$WHORL" --catalog test.catalog --rejects=/dev/null'
    [ "$status" = 1 ]
    [ "$output" = '' ]
    [ "${#stderr_lines[@]}" -le 41 ] # 20, how many more were like each, and how many have none
}

@test "I18: a record of the longest length is accepted, one byte more is rejected, the next is read" {
    printf '{"a":"xxx"}\n{"a":"xxxx"}\n{"a":"xxxxx"}\r\n{"a":"xxxx"}\r\n{"a":"xx"}\n' >in
    run --separate-stderr values --max-record=12 in
    expect 1 '{"values":{"a":"xxx"}}
{"values":{"a":"xxxx"}}
{"values":{"a":"xxxx"}}
{"values":{"a":"xx"}}' 'whorl: in:3:13: record too long: see --max-record'
    # The same at the default.
    for n in 4194303 4194304 4194305; do
        printf '{"a":"%s"}\n' "$(head -c $((n - 8)) /dev/zero | tr '\0' x)"
    done >in
    echo '{"a":1}' >>in
    run --separate-stderr whorl --select=present in
    expect 1 '{"present":1}
{"present":1}
{"present":1}' 'whorl: in:3:4194305: record too long: see --max-record'
}

@test "I19: input beyond 4 GiB is counted right" {
    # 43 frames of 100 MiB of zeros, which are one line, and a record after it.
    head -c 100M /dev/zero | zstd -qc >100M
    { for ((i = 0; i < 43; i++)); do cat 100M; done; printf '\n{"a":1}\n' | zstd -qc; } >nul
    run --separate-stderr values --stats=stats nul
    expect 1 '{"values":{"a":1}}' "whorl: nul:1:4194305: a NUL byte (0x00): record too long: see --max-record; try tr -d '\0' <FILE | whorl"
    [ "$(jq .bytes stats)" = $((4300 * 1048576 + 9)) ]
}

@test "I20: data that is neither text nor a known format is rejected from its first byte" {
    printf '%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n' >1
    head -c 20000 "$WHORL" >2
    for f in 1 2; do
        run --separate-stderr values $f
        [ "$status" = 1 ]
        [ "$output" = '' ]
        [[ ${stderr_lines[0]} == "whorl: $f:1:1: "* ]]
    done
}

@test "I22: ten thousand operands, the same file among them, and few descriptors" {
    echo '{"a":1}' >f
    run --separate-stderr bash -c 'set -o pipefail; ulimit -n 20; "$WHORL" --catalog test.catalog --select=values $(yes f | head -10000) | uniq -c'
    expect 0 '  10000 {"values":{"a":1}}'
}

@test "I23: too few descriptors are reported as that" {
    echo '{"a":1}' >f
    run --separate-stderr bash -c 'exec 3>&- 4>&- 5>&-; ulimit -n 4; exec "$WHORL" --catalog test.catalog -o out f'
    expect 2 '' 'whorl: f: Too many open files'
    [ ! -e out ]
}

@test "I24: a socket is read, and a connection that breaks is status 2" {
    python3 - <<'END'
import os, socket, struct, subprocess

def start(s):
    return subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '--select=values'],
                            stdin=s, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

here, there = socket.socketpair()
whorl = start(there)
there.close()
here.sendall(b'{"a":1}\n')
assert whorl.stdout.readline() == b'{"values":{"a":1}}\n'
here.close()
assert whorl.communicate() == (b'', b'') and whorl.returncode == 0

server = socket.create_server(('127.0.0.1', 0))
here = socket.create_connection(server.getsockname())
there = server.accept()[0]
whorl = start(there)
there.close()
here.sendall(b'{"a":1}\n')
assert whorl.stdout.readline() == b'{"values":{"a":1}}\n'
here.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0)) # close by RST
here.close()
assert whorl.communicate() == (b'', b'whorl: -: Connection reset by peer\n') and whorl.returncode == 2
END
}

@test "I24: a terminal is read up to its end of file" {
    needs_terminal
    # The typed text, ^D and the end.
    run bash -c 'printf "{\"a\":1}\n\4" | script -qec "$WHORL --catalog test.catalog --select=values >out" /dev/null'
    [ "$status" = 0 ]
    [ "$(cat out)" = '{"values":{"a":1}}' ]
}
