# scripts/collect, with a browser that is a script, and data/collector.js in a browser that has next to
# nothing. tests/check-collect has real ones.

load helper

# python3 may be a wrapper that takes seconds to find the program.
setup_file() {
    python=$(python3 -c 'import sys; print(sys.executable)')
    export python PATH=${python%/*}:$PATH
}

setup() {
    collect=$top_srcdir/scripts/collect
    browser=$top_srcdir/tests/cli/collect-browser
    export TMPDIR=$BATS_TEST_TMPDIR/tmp COLLECT_CHILD=$BATS_TEST_TMPDIR/child
    cd "$BATS_TEST_TMPDIR"
    mkdir "$TMPDIR"
}

# Neither profile nor process is left, nor a process that has left the browser's group.
nothing_left() {
    local pid
    [ -z "$(ls -A "$TMPDIR")" ]
    while read -r pid; do
        if kill -0 "$pid" 2>/dev/null; then return 1; fi
    done <"$COLLECT_CHILD"
}

# What the browser gives; the order of headers is that in which it sends them.
record='{"event_id":"1","signals":{"http":{"httpVersion": "1.1", "names": ["Accept-Encoding", "User-Agent", "Connection"], "headers": {"Accept-Encoding": "identity", "User-Agent": "Python-urllib/VERSION", "Connection": "close"}},"n":1E2}}'

@test "the record is a line on stdout as the browser gave it, and whorl reads it" {
    COLLECT_DOES=record run --separate-stderr "$collect" --browser="$browser"
    output=$(sed 's|urllib/[0-9.]*|urllib/VERSION|' <<<"$output")
    expect 0 "$record"
    nothing_left
    catalog '@root|/signals' 'version|/http/httpVersion|g|exact' 'n|/n|g|exact'
    whorl --select=values <<<"$output" | diff - <(echo '{"values":{"version":"1.1","n":100}}')
}

@test "a record at another address is refused" {
    COLLECT_DOES=elsewhere run --separate-stderr "$collect" --browser="$browser"
    output=$(sed 's|urllib/[0-9.]*|urllib/VERSION|' <<<"$output")
    expect 0 "$record"
    nothing_left
}

@test "what is not a record is not written" {
    COLLECT_DOES=text run --separate-stderr "$collect" --browser="$browser"
    expect 1 '' 'collect: what came is not a record'
    nothing_left
}

@test "a browser that ends is not waited for, and its last line is shown" {
    touch "$COLLECT_CHILD"
    COLLECT_DOES=fail run --separate-stderr "$collect" --browser="$browser"
    expect 1 '' 'collect: collect-browser ended before it gave a record: no display'
    nothing_left
}

@test "the time limit ends the browser" {
    touch "$COLLECT_CHILD" # two seconds may be too short for the browser
    COLLECT_DOES=wait run --separate-stderr "$collect" --browser="$browser" --timeout=2
    expect 1 '' 'collect: no record came in 2 s'
    nothing_left
}

@test "a signal ends the browser, and then collect by the same signal" {
    for signal in HUP INT TERM; do
        rm -f "$COLLECT_CHILD"
        COLLECT_DOES=wait python3 -c '
import os, signal, sys
for name in ("SIGHUP", "SIGINT", "SIGTERM"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$collect" --browser="$browser" 3>&- &
        await test -s "$COLLECT_CHILD"
        kill -s "$signal" $!
        status=0
        wait $! || status=$?
        [ "$status" = $((128 + $(kill -l "$signal"))) ]
        nothing_left
    done
}

@test "without a terminal, and with the standard input closed, it works" {
    COLLECT_DOES=record run --separate-stderr setsid -w "$collect" --browser="$browser" <&-
    [ "$status" = 0 ] && [ -z "$stderr" ] && [[ $output == '{"event_id"'* ]]
    nothing_left
}

@test "--print gives the address and waits for whoever opens it" {
    touch "$COLLECT_CHILD"
    "$collect" --print >printed.out 2>printed.err 3>&- &
    waiting=$!
    await test -s printed.err
    address=$(sed -n 's|^collect: open \(http://127\.0\.0\.1:[0-9]*/[^ ]*\) in the browser$|\1|p' printed.err)
    [ "$(wc -l <printed.err)" = 1 ]
    COLLECT_DOES=record "$browser" "$address" 3>&- &
    wait "$waiting"
    sed 's|urllib/[0-9.]*|urllib/VERSION|' printed.out | diff - <(echo "$record")
    while read -r pid; do kill "$pid"; done <"$COLLECT_CHILD"
    [ -z "$(ls -A "$TMPDIR")" ]
}

@test "where there is no browser, the address is printed" {
    mkdir bin # an empty one
    run --separate-stderr env PATH="$PWD/bin" "$python" "$collect" --timeout=1
    [ "$status" = 1 ] && [ -z "$output" ]
    [ "${stderr_lines[0]}" = 'collect: found neither Chromium nor Firefox' ]
    [[ ${stderr_lines[1]} =~ ^'collect: open http://127.0.0.1:'[0-9]+/[^\ ]+' in the browser'$ ]]
    [ "${stderr_lines[2]}" = 'collect: no record came in 1 s' ]
    run --separate-stderr env PATH="$PWD/bin" "$python" "$collect" --browser=firefox
    expect 2 '' 'collect: --browser=firefox: found no such program'
}

@test "a fault of the command line says what was expected" {
    run --separate-stderr "$collect" --browser=./none
    expect 2 '' 'collect: --browser=./none: found no such program'
    run --separate-stderr "$collect" --print --browser="$browser"
    expect 2 '' 'collect: --print opens no browser, so --browser has no meaning with it'
    for wrong in 0 86401 1.5 x ''; do
        run --separate-stderr "$collect" --timeout="$wrong"
        expect 2 '' "collect: argument --timeout: expected whole seconds, 1 to 86400
collect: try 'collect --help'"
    done
    run --separate-stderr "$collect" --brows=chromium
    expect 2 '' "collect: unrecognized arguments: --brows=chromium
collect: try 'collect --help'"
    run --separate-stderr "$collect" --help
    [ "$status" = 0 ] && [ -z "$stderr" ] && [[ ${lines[0]} == 'collect '* ]]
}

@test "output that fails is exit status 2" {
    COLLECT_DOES=record run --separate-stderr bash -c '"$@" >/dev/full' - "$collect" --browser="$browser"
    expect 2 '' 'collect: stdout: No space left on device'
    nothing_left
    run --separate-stderr bash -c '"$@" >&-' - "$collect" --browser="$browser"
    expect 2 '' 'collect: stdout: Bad file descriptor'
}

@test "a program that cannot be started is exit status 2" {
    printf '#!/nonexistent\n' >chromium
    chmod +x chromium
    run --separate-stderr "$collect" --browser=./chromium
    expect 2 '' 'collect: ./chromium: No such file or directory'
    [ -z "$(ls -A "$TMPDIR")" ]
}

@test "what throws is an error marker, and what does not answer in time is a TimeoutError" {
    command -v node >/dev/null || skip 'no node'
    run --separate-stderr node - "$top_srcdir/data/collector.js" <<'END'
const page = {
    document: { currentScript: null }, history: {}, location: { origin: 'x' }, setTimeout, clearTimeout,
    crypto: { randomUUID: () => 'an id' },
    navigator: {
        gpu: { requestAdapter: () => new Promise(() => {}) },
        permissions: { query: ({ name }) => name === 'camera' ? new Promise(() => {}) :
            name === 'midi' ? Promise.reject(new TypeError('no midi')) :
            Promise.resolve({ state: 'x'.repeat(name === 'push' ? 8193 : 8192) }) },
    },
    Date: class extends Date { static now() { return 17; } },
};
page.window = page;
const file = require('fs').readFileSync(process.argv[2], 'utf8');
require('vm').runInNewContext(file, page);
page.collectSignals({ timeFactor: 0.01 }).then((record) => {
    const { event_id, ts, signals } = record, { permissions } = signals;
    console.log(event_id, ts, 'http' in signals, 'protection' in signals);
    for (const value of [permissions.camera, permissions.midi, permissions.push.length,
        permissions.push.fnv1a32, permissions.push.head.length, permissions.nfc.length,
        signals.webgpu.default, signals.webgl, signals.math.cbrt, signals.fontWidths])
        console.log(JSON.stringify(value));
});
END
    # FNV-1a, computed by hand in Python.
    hash=$(python3 -c '
h = 0x811c9dc5
for unit in b"x" * 8193:
    h = (h ^ unit) * 0x01000193 & 0xffffffff
print(f"{h:08x}")')
    expect 0 "an id 17 false true
{\"error\":\"TimeoutError: no answer in 25 ms\"}
{\"error\":\"TypeError: no midi\"}
8193
\"$hash\"
64
8192
{\"error\":\"TimeoutError: no answer in 35 ms\"}
{\"error\":\"TypeError: document.createElement is not a function\"}
4.641588833612779
{\"error\":\"TypeError: document.createElement is not a function\"}"
}
