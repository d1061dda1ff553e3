# Reports about a run: --stats, --progress and SIGUSR1.

load helper

setup() {
    catalog '@id|/id' 'a|/a|g|exact' 'b|/b|g|exact' 'c|/c|h|volatile'
    cd "$BATS_TEST_TMPDIR"
    line='whorl: [0-9]+ records, [0-9]+ rejected, [0-9]+\.[0-9] MB in [0-9]+\.[0-9] s'
}

@test "--stats counts lines, records, rejects by reason, bytes, and hashes by group" {
    printf '%s\n' '{"a":1,"b":2,"c":3}' '' '{"a":1,"x":2,"y":{"z":[3]}}' '{"a":"\ud800","a2":"\udc00"}' \
        '{' '[1,' '{"z":1}' '{"a":1,"id":[]}' '{"a":1}}' >in
    run --separate-stderr whorl --select=present --stats=stats in
    [ "$status" = 1 ]
    [ "$output" = '{"present":3}
{"present":1}
{"present":1}' ]
    label=$(whorl --select=catalog <<<'{"a":1}' | jq -r .catalog)
    [ "$(wc -l <stats)" = 1 ]
    jq -e '.seconds >= 0 and .seconds < 600' stats >seconds
    # Of catalog members z is one that no pointer leads to: /x, /y and /a2 are three.
    [ "$(jq -c 'del(.seconds)' stats)" = '{"lines":8,"records":3,"rejects":5,"reasons":{"end":2,"trailing":1,"id":1,"signals":1},"unpaired":1,"bytes":'"$(wc -c <in)"',"catalogs":[{"catalog":"'"$label"'","records":3,"uncataloged":3,"groups":{"g":{"signals":2,"hashes":4},"h":{"signals":1,"hashes":1}},"signals":{"a":{"hashes":3,"errors":0,"undefined":0,"missing":0,"excluded":0},"b":{"hashes":1,"errors":0,"undefined":0,"missing":2,"excluded":0},"c":{"hashes":1,"errors":0,"undefined":0,"missing":2,"excluded":0}}}]}' ]
}

@test "--stats counts hashes and states by signal, of private ones only hashes without --reveal" {
    catalog '@error|error' '@value|v' '@transient|Timeout' '@exclude|e|when|/off|true' 'a|/a|g|exact' 'b|/b/v|g|exact' \
        'e|/e|g|exact' 'p|/p|g|exact||private' 'r|/r|g|exact|retired' 'z|/z|h|volatile'
    printf '%s\n' '{"a":1,"b":{},"e":1,"p":{"error":"X"},"r":1}' '{"a":{"error":"Timeout"},"off":true,"e":2,"z":3}' \
        '{"a":{"error":"TypeError"},"b":{"v":1},"p":{"error":"X"}}' '{"none":1}' '{"a":null}' >in
    private='"hashes":2'
    for reveal in '' --reveal; do
        whorl -j1 $reveal --stats=stats in >out 2>messages || true
        [ "$(jq -c '.catalogs[0].signals' stats)" = '{"a":{"hashes":4,"errors":2,"undefined":0,"missing":0,"excluded":0},"b":{"hashes":2,"errors":0,"undefined":1,"missing":2,"excluded":0},"e":{"hashes":1,"errors":0,"undefined":0,"missing":2,"excluded":1},"p":{'"$private"'},"r":{"hashes":0,"errors":0,"undefined":0,"missing":0,"excluded":4},"z":{"hashes":1,"errors":0,"undefined":0,"missing":3,"excluded":0}}' ]
        private='"hashes":2,"errors":2,"undefined":0,"missing":2,"excluded":0'
    done
}

@test "--stats counts signals as the vectors have them, with any -j and with --no-cache" {
    zstd -dc "$top_srcdir/data/captures/raw.ndjson.zst" | head -n 120 >in
    "$WHORL" --reveal --select=signals,states in >vectors
    for options in -j1 -j4 '-j1 --no-cache' '-j3 --no-cache'; do
        "$WHORL" $options --reveal --stats=stats in >out
        python3 - <<'END'
import json
vectors = [json.loads(line) for line in open('vectors')]
counts = json.load(open('stats'))['catalogs'][0]['signals']
names = list(vectors[0]['signals'])
assert list(counts) == names
for name in names:
    states = [vector['states'].get(name, '')[:1] for vector in vectors]
    hashes = sum(vector['signals'][name] is not None for vector in vectors)
    errors, undefined, excluded = map(states.count, '!?-')
    assert counts[name] == {'hashes': hashes, 'errors': errors, 'undefined': undefined, 'excluded': excluded,
                            'missing': len(vectors) - hashes - excluded}, (name, counts[name])
END
    done
}

@test "--stats counts what @pairs and @json could not read, with the cache and without it" {
    catalog '@pairs|/p|k|v|lower' '@json|/j' 'a|/p/a|g|exact' 'b|/j/b|g|exact' 'z|/z|g|exact'
    # Two names that repeat, three elements that are no pair, two strings that are no JSON.
    printf '%s\n' '{"z":1,"p":[{"k":"a","v":1},{"k":"A","v":2},{"k":"a","v":3},4,{"k":"b"},{"v":1}]}' \
        '{"z":1,"j":"{\"b\":"}' '{"z":1,"j":"{\"b\":1}"}' '{"z":1,"j":"","p":[]}' '{"z":1,"j":{},"p":{}}' >in
    for option in --cache-memory=1000000 --no-cache; do
        run --separate-stderr whorl "$option" --select=values --stats=stats in
        expect 0 '{"values":{"a":3,"z":1}}
{"values":{"z":1}}
{"values":{"b":1,"z":1}}
{"values":{"z":1}}
{"values":{"z":1}}' ''
        [ "$(jq -c '.catalogs[0] | del(.catalog, .groups, .signals)' stats)" = '{"records":5,"uncataloged":0,"pairs":{"repeated":2,"skipped":3},"json":{"invalid":2}}' ]
    done
    catalog '@json|/j' 'z|/z|g|exact'
    whorl --select=values --stats=stats in
    [ "$(jq -c '.catalogs[0] | .pairs, .json' stats)" = 'null
{"invalid":2}' ]
}

@test "an id in a replaced value that is neither a string nor a number is reported where it came from" {
    catalog '@id|/j/id' '|/p/id' '@pairs|/p|k|v' '@json|/j' 'z|/z|g|exact'
    printf '%s\n' '{"z":1,"j":"{\"id\":[]}"}' '{"z":1,"p":[{"k":"a","v":1},{"k":"id","v":{}}]}' >in
    run --separate-stderr whorl -v --select=id in
    expect 1 '' "whorl: in:1:12: the record's id is neither a string nor a number, at /j
whorl: in:2:43: the record's id is neither a string nor a number, at /p/1/v"
}

@test "--stats has every catalog, and counts decompressed bytes" {
    printf '@catalog\tother\t7\nz\t/z\tq\texact\n' >other.catalog
    { echo '{"a":1}'; echo '{"a":1,"z":2}'; } | gzip >in
    run --separate-stderr whorl --catalog ./other.catalog --select=present --stats=stats in
    [ "$status" = 0 ]
    [ "$(jq -c '[.lines, .records, .rejects, .bytes, (.catalogs[] | .records, .groups)]' stats)" = '[2,2,0,22,2,{"g":{"signals":2,"hashes":2},"h":{"signals":1,"hashes":0}},1,{"q":{"signals":1,"hashes":1}}]' ]
}

@test "--stats is written as a whole, also after status 2, and does not change the output" {
    echo '{"a":1}' >in
    run --separate-stderr whorl --select=present --stats=stats in none
    expect 2 '{"present":1}' 'whorl: none: No such file or directory'
    [ "$(jq -c '[.lines, .records]' stats)" = '[1,1]' ]
    run --separate-stderr whorl --select=present --stats=/dev/full in
    expect 2 '{"present":1}' 'whorl: /dev/full: No space left on device'
    run --separate-stderr whorl --select=present --stats=/nonexistent/x in
    expect 2 '' 'whorl: /nonexistent/x: No such file or directory'
    # It is one of the files that must be whole: without it no other file is made.
    run --separate-stderr whorl --select=present -o out --stats=/dev/full in
    expect 2 '' 'whorl: /dev/full: No space left on device'
    [ ! -e out ]
}

@test "--stats to standard output, standard error or an open descriptor" {
    catalog '@id|/id' 'a|/a|g|exact' # each record has its only signal
    echo '{"a":1}' >in
    for name in - /dev/stdout /dev/fd/1; do
        whorl -o out --stats=$name in >got 2>messages
        [ "$(jq .records got)" = 1 ]
        [ ! -s messages ]
    done
    whorl -o out --stats=/dev/stderr in >got 2>messages
    [ "$(jq .records messages)" = 1 ]
    [ ! -s got ]
    whorl -o out --stats=/dev/fd/7 in 7>descriptor
    [ "$(jq .records descriptor)" = 1 ]
}

# Start whorl with the options given on a FIFO, which is descriptor 7; its process is $pid.
begin() {
    mkfifo fifo
    env --default-signal=USR1 "$WHORL" --catalog test.catalog --select=present "$@" fifo >out 2>messages 3>&- &
    pid=$!
    exec 7>fifo
}

# Wait for so many lines of progress.
lines_said() {
    [ "$(wc -l <messages)" -ge "$1" ]
}

@test "SIGUSR1 shows progress on standard error, also with --progress=never, while whorl waits for input" {
    catalog '@id|/id' 'a|/a|g|exact' # each record has its only signal
    begin --progress=never
    echo '{"a":1}' >&7
    echo '{' >&7
    await lines_said 1
    kill -USR1 "$pid"
    await lines_said 2
    echo '{"a":2}' >&7
    await test "$(wc -l <out)" -ge 1
    exec 7>&-
    wait "$pid" || [ $? = 1 ]
    [ "$(wc -l <messages)" = 2 ]
    head -1 messages | grep -Fqx 'whorl: fifo:2:2: a record over several lines: expected it on one; try jq -c . FILE | whorl'
    tail -1 messages | grep -Eqx 'whorl: 1 records, 1 rejected, 0\.0 MB in [0-9]+\.[0-9] s'
    [ "$(cat out)" = '{"present":1}
{"present":1}' ]
}

@test "SIGUSR1 shows progress without more input, also if it comes just before whorl waits for input" {
    traces
    python3 - <<'END'
import os, signal, subprocess
from process import child

# After it has written, and before it waits again, a second passes.
strace = subprocess.Popen(['strace', '-f', '-qq', '-o', 'log', '-e', 'trace=write', '-e', 'inject=write:delay_exit=1000000:when=1',
                           os.environ['WHORL'], '--catalog', './test.catalog', '--select=present'],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
strace.stdin.write(b'{"a":1}\n')
strace.stdin.flush()
assert strace.stdout.readline() == b'{"present":1}\n'
os.kill(child(strace.pid), signal.SIGUSR1)
said = strace.stderr.readline()
assert said.startswith(b'whorl: 1 records, 0 rejected, 0.0 MB in '), said
strace.stdin.close()
assert strace.wait() == 0
END
}

@test "SIGUSR1 shows progress while nobody reads the output, and the output stays whole" {
    yes '{"a":1}' | head -n 200000 >in # more than a pipe holds, of lines and of what they become
    "$WHORL" --catalog test.catalog --select=present in >want
    for jobs in 1 2; do
        for use in output rejects; do
            [ $use = output ] || sed 's/^/!/' in >rejected
            python3 - "$jobs" "$use" <<'END'
import os, select, signal, subprocess, sys
from process import await_sleep

jobs, use = sys.argv[1:]
whorl = [os.environ['WHORL'], '--catalog', './test.catalog', '--select=present', '-j' + jobs, '--progress=never']
read, write = os.pipe()
wanted = 'want' if use == 'output' else 'rejected'
with open('rest', 'wb') as rest:
    whorl += ['in'] if use == 'output' else ['--rejects=/dev/fd/%d' % write, '--max-rejects=100%', 'rejected']
    run = subprocess.Popen(whorl, stdout=write if use == 'output' else rest, stderr=subprocess.PIPE, pass_fds=[write])
    os.close(write)
    got = os.read(read, 1)
    await_sleep(run.pid)  # the pipe is full; before, it would be answered without a wait
    said = b''
    for i in range(60):  # one that comes just before the write is answered after it
        os.kill(run.pid, signal.SIGUSR1)
        while select.select([run.stderr], [], [], 1)[0]:
            said += os.read(run.stderr.fileno(), 1 << 16)
            if said.endswith(b' s\n'):
                break
        if said.endswith(b' s\n'):
            break
    assert said.endswith(b' s\n'), said
    while piece := os.read(read, 1 << 16):
        got += piece
    run.stderr.read()
    assert run.wait() == 0
    assert got == open(wanted, 'rb').read()
END
        done
    done
}

@test "SIGUSR1 shows progress while whorl neither waits nor writes" {
    truncate -s 1T endless || skip 'no file can be as large'
    env --default-signal=USR1,TERM "$WHORL" --catalog test.catalog --progress=never endless >out 2>messages 3>&- &
    pid=$!
    await lines_said 1 # that its line is too long
    kill -USR1 "$pid"
    await lines_said 2
    kill -TERM "$pid"
    wait "$pid" || [ $? = 143 ]
    [ "$(wc -l <messages)" = 2 ]
    tail -1 messages | grep -Eqx 'whorl: 0 records, 1 rejected, [0-9]+\.[0-9] MB in [0-9]+\.[0-9] s'
}

@test "SIGUSR1 before there is anything to show does no harm" {
    # Before it reads any input, it waits for someone to write names to the FIFO.
    mkfifo names
    echo '{"a":1}' >in
    env --default-signal=USR1 "$WHORL" --catalog test.catalog --select=present --files0-from=names >out 2>messages 3>&- &
    pid=$!
    opens() { grep -q open "/proc/$pid/wchan" || grep -q ' S ' "/proc/$pid/stat"; }
    is_whorl() { [[ $(readlink "/proc/$pid/exe") = "$(realpath "$WHORL")" ]]; }
    await is_whorl
    await opens
    kill -USR1 "$pid"
    exec 7>names
    printf 'in\0' >&7
    exec 7>&-
    wait "$pid"
    [ "$(cat out)" = '{"present":1}' ]
    [ ! -s messages ] || grep -Eqx "$line" messages
}

@test "--progress=always shows lines after a while, without a terminal as lines of a log" {
    catalog '@id|/id' 'a|/a|g|exact' # each record has its only signal
    begin --progress=always
    feed() { echo '{"a":1}' >&7; lines_said 2; }
    await feed
    exec 7>&-
    wait "$pid"
    grep -Evx "$line" messages && false
    [ "$(wc -l <messages)" -ge 2 ]
    [ "$(sort -u out)" = '{"present":1}' ]
}

@test "a short run shows no progress, whatever is asked" {
    for when in auto always never; do
        run --separate-stderr whorl --select=present --progress=$when <<<'{"a":1}'
        expect 0 '{"present":1}'
    done
}

@test "on a terminal progress is one line, cleared before messages and at the end" {
    catalog '@id|/id' 'a|/a|g|exact' # each record has its only signal
    needs_terminal
    python3 - <<'END'
import os, pty, re, subprocess, time

def run(options, lines, stdout_too=False):
    """What the terminal that is standard error shows while LINES come in over 1.5 seconds or more."""
    master, slave = pty.openpty()
    whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '--select=present', *options],
                             stdin=subprocess.PIPE, stdout=slave if stdout_too else subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    for line in lines:
        whorl.stdin.write(line)
        whorl.stdin.flush()
        time.sleep(1.6 / len(lines))
    whorl.stdin.close()
    shown = b''
    try:
        while piece := os.read(master, 4096):
            shown += piece
    except OSError: # nobody has the other side any more
        pass
    os.close(master)
    return shown.decode(), whorl.wait()

lines = [b'{"a":1}\n'] * 40 + [b'{\n']
progress = r'whorl: \d+ records, [01] rejected, 0\.0 MB in \d+\.\d s'
clear = '\r\x1b[K'
fault = 'whorl: -:41:2: a record over several lines: expected it on one; try jq -c . FILE | whorl\r\n'
shown, status = run([], lines)
assert status == 1
assert re.fullmatch(f'({progress}{re.escape(clear)})*{progress}{re.escape(clear + fault)}({progress}{re.escape(clear)})*', shown), shown
shown, status = run(['--progress=never'], lines)
assert (shown, status) == (fault, 1), shown
# Vectors on the same terminal would be mixed with it.
shown, status = run([], lines, stdout_too=True)
assert (shown, status) == ('{"present":1}\r\n' * 40 + fault, 1), shown
END
}

@test "messages to a slow or non-blocking standard error all arrive" {
    yes '{' | head -20000 >in
    python3 - <<'END'
import os, subprocess
from process import await_sleep

r, w = os.pipe()
os.set_blocking(w, False)
whorl = subprocess.Popen([os.environ['WHORL'], '--catalog', './test.catalog', '-v', 'in'], stdout=subprocess.DEVNULL, stderr=w)
os.close(w)
got = os.read(r, 1)
await_sleep(whorl.pid) # the pipe is full
while piece := os.read(r, 65521):
    got += piece
assert whorl.wait() == 1
want = b''.join(b'whorl: in:%d:2: a record over several lines: expected it on one; try jq -c . FILE | whorl\n' % n
                for n in range(1, 20001))
assert got == want, (len(got), len(want))
END
}
