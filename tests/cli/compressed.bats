# gzip and zstd input: recognized, concatenated, cut off, damaged, hostile.

load helper

setup() {
    catalog 'a|/a|g|exact'
    cd "$BATS_TEST_TMPDIR"
    echo '{"a":1}' >1
    echo '{"a":2}' >2
    one='{"values":{"a":1}}'
    two='{"values":{"a":2}}'
}

# Input of $1 records that compresses little, in `in`, and its output in `want`. Each number is
# a digit sum of another, so that no run repeats.
much() {
    seq "$1" | awk '{ x = ($1 * 7919 + 13) % 1000003; y = (y * 31 + x) % 999983; printf "{\"a\":\"%d-%d-%d\"}\n", $1, x, y }' >in
    values in >want
}

@test "gzip and zstd are recognized by their first bytes, not by a name, in files and on standard input" {
    gzip -nc 1 >x.zst; zstd -qc 1 >x.gz; cp 1 y.gz
    run --separate-stderr values x.zst x.gz y.gz - <x.gz
    expect 0 "$one
$one
$one
$one"
    run --separate-stderr values <x.zst
    expect 0 "$one"
    run --separate-stderr values < <(cat x.zst)
    expect 0 "$one"
}

@test "gzip data is accepted exactly if gzip -t accepts it: headers, checksums, what follows" {
    python3 - <<'END'
import os, struct, subprocess, zlib

def member(text, flags=0, method=8, spoil=0, parts=b'part'):
    """RFC 1952, section 2.3."""
    head = bytes([0x1f, 0x8b, method, flags, 1, 2, 3, 4, 0, 3])
    head += struct.pack('<H', len(parts)) + parts if flags & 4 else b''
    head += (parts.replace(b'\0', b'x') + b'\0') * ((flags >> 3 & 1) + (flags >> 4 & 1))
    head += struct.pack('<H', zlib.crc32(head) & 0xffff ^ spoil) if flags & 2 else b''
    deflate = zlib.compressobj(wbits=-15)
    return head + deflate.compress(text) + deflate.flush() + struct.pack('<II', zlib.crc32(text), len(text))

one, two = b'{"a":1}\n', b'{"a":2}\n'
whole = member(one)
cases = [member(one, flags) + member(two, flags, parts=b'') for flags in range(32)]
cases += [member(one, 6, parts=b'x' * 65535), member(one, 26, parts=b'x' * 1000000)]
cases += [member(one, flags) for flags in (32, 64, 128, 255)]
cases += [member(one, flags, spoil=1 << bit) for flags in (2, 31) for bit in range(16)]
cases += [member(one, method=method) for method in range(8)]
cases += [whole[:-1] + b'\1', whole[:-8] + b'\0\0\0\0' + whole[-4:]]
cases += [whole + more for more in (b'\0', b'\0' * 1000, b'x', b'\0x', b'\n', one, b'\x1f', b'\x1f\x8b', whole[:-1], whole[:9])]
cases += [whole[:n] for n in range(2, len(whole))]
good = 0
for data in cases:
    gzip = subprocess.run(['gzip', '-dc'], input=data, capture_output=True)
    whorl = subprocess.run([os.environ['WHORL'], '--catalog', './test.catalog', '--select=values'],
                           input=data, capture_output=True)
    assert whorl.returncode == (2 if gzip.returncode else 0), (data[:40], gzip, whorl)
    if not gzip.returncode:
        good += 1
        assert whorl.stdout == b''.join(b'{"values":%b}\n' % line for line in gzip.stdout.split()), (data[:40], whorl)
        assert whorl.stderr == b''
    else:
        assert whorl.stderr in (b'whorl: -: the gzip data is damaged\n', b'whorl: -: the gzip data is cut off\n',
                                b'whorl: -: something else follows the compressed data\n'), (data[:40], whorl)
assert good == 32 + 2 + 2, good
END
}

@test "gzip members and zstd frames may follow one another, and lines may cross their ends" {
    run --separate-stderr values < <(gzip -c 1; zstd -qc 2; gzip -c 2; gzip -c 1; zstd -qc 1)
    expect 0 "$one
$two
$two
$one
$one"
    run --separate-stderr values < <(printf '{"a"' | gzip; printf ':1' | zstd -q; printf '}\n{"a":' | gzip; printf '2}' | gzip)
    expect 0 "$one
$two"
}

@test "empty members and frames, among others and alone" {
    run --separate-stderr values < <(gzip </dev/null)
    expect 0 ''
    run --separate-stderr values < <(zstd -qc </dev/null)
    expect 0 ''
    run --separate-stderr values < <(gzip </dev/null; gzip -c 1; gzip </dev/null; zstd -qc </dev/null; gzip -c 2)
    expect 0 "$one
$two"
}

@test "skippable frames are skipped, and what pzstd writes is read" {
    skippable() { printf '\x5'"$1"'\x2a\x4d\x18\x03\0\0\0abc'; }
    run --separate-stderr values < <(skippable 0; zstd -qc 1; skippable f; skippable 7; zstd -qc 2; skippable 3)
    expect 0 "$one
$two"
    run --separate-stderr values < <(skippable 0)
    expect 0 ''
    if command -v pzstd >/dev/null; then
        much 30000
        pzstd -q -p 2 -c in >in.zst
        [ "$(head -c 4 in.zst | od -A n -t x1)" = ' 50 2a 4d 18' ]
        values in.zst | cmp - want
    fi
}

@test "zeros between and after members are skipped, anything else is reported" {
    run --separate-stderr values < <(gzip -c 1; head -c 1000 /dev/zero; gzip -c 2; head -c 200000 /dev/zero)
    expect 0 "$one
$two"
    run --separate-stderr values < <(gzip -c 1; cat 2)
    expect 2 "$one" 'whorl: -: something else follows the compressed data'
    run --separate-stderr values < <(zstd -qc 1; printf '\n')
    expect 2 "$one" 'whorl: -: something else follows the compressed data'
    # The beginning of a magic number alone is not compressed data.
    for byte in '\x1f' '\x28' '\x50' '\x28\xb5\x2f'; do
        run --separate-stderr values < <(gzip -c 1; printf $byte)
        expect 2 "$one" 'whorl: -: something else follows the compressed data'
    done
    # At the start, zeros are not compressed data.
    run --separate-stderr values < <(printf '\0'; gzip -c 1)
    [ "$status" = 1 ]
}

@test "data cut off anywhere: every whole line is written, the cut line is neither record nor reject" {
    printf '{"a":1}\n{"a":"two"}\n{\n{"a":3}' >in
    : >empty
    for kind in gzip zstd; do
        $kind -qc in >whole
        size=$(stat -c %s whole)
        for ((n = 4; n < size; n++)); do
            head -c $n whole >cut
            run --separate-stderr values --rejects=bad cut
            [ "$status" = 2 ]
            [ "${stderr_lines[-1]}" = "whorl: cut: the $kind data is cut off" ]
            case $output in
            '' | "$one" | "$one
{\"values\":{\"a\":\"two\"}}") ;;
            *) false ;;
            esac
            # The fourth line is whole only if its data is whole.
            [ "$(cat bad)" = '' ] || [ "$(cat bad)" = '{' ]
        done
    done
}

@test "of long data cut off, all whole lines are written, up to the last that gzip and zstd give" {
    much 60000
    for kind in gzip zstd; do
        $kind -qc in >whole
        size=$(stat -c %s whole)
        for n in $((size / 3)) $((size - 9)) $((size - 1)); do
            head -c $n whole >cut
            run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values --rejects=bad cut >out'
            expect 2 '' "whorl: cut: the $kind data is cut off"
            [ ! -s bad ]
            $kind -qdc <cut 2>/dev/null >plain || :
            [ "$(wc -l <out)" -ge "$(wc -l <plain)" ]
            head -n "$(wc -l <out)" want | cmp - out
        done
    done
}

@test "the files after one that is cut off are read, and -o leaves the old file" {
    gzip -c 1 | head -c -1 >cut
    echo old >out
    run --separate-stderr values cut 2
    expect 2 "$one
$two" 'whorl: cut: the gzip data is cut off'
    run --separate-stderr values -o out cut 2
    [ "$status" = 2 ]
    [ "$(cat out)" = old ]
}

@test "damaged data is reported, and every whole line before the damage is written" {
    much 60000
    python3 - <<'END'
def damage(name, out, *places):
    data = bytearray(open(name, 'rb').read())
    for place in places:
        data[place] ^= 0x55
    open(out, 'wb').write(data)

import subprocess
open('gzip', 'wb').write(subprocess.run(['gzip', '-nc', 'in'], stdout=subprocess.PIPE, check=True).stdout)
open('zstd', 'wb').write(subprocess.run(['zstd', '-qc', 'in'], stdout=subprocess.PIPE, check=True).stdout)
damage('gzip', 'gzip.sum', -8)
damage('gzip', 'gzip.length', -1)
damage('zstd', 'zstd.sum', -1)
END
    # All data was read before the checksums, so all lines are written.
    for f in gzip.sum gzip.length zstd.sum; do
        run --separate-stderr bash -c '"$WHORL" --catalog test.catalog --select=values '$f' >out'
        expect 2 '' "whorl: $f: the ${f%.*} data is damaged"
        cmp out want
    done
}

@test "damaged data gives the same lines, in whatever pieces it arrives" {
    for i in $(seq 60); do echo '{"a":'$i'}'; done >in
    python3 - <<'END'
import os, random, subprocess, zlib

def frame(said, *blocks):
    """RFC 8878: one segment that is said to hold so many bytes, and stored blocks."""
    data = b'\x28\xb5\x2f\xfd\xa0' + said.to_bytes(4, 'little')
    for block in blocks:
        data += (len(block) << 3 | (block is blocks[-1])).to_bytes(3, 'little') + block
    return data

text = open('in', 'rb').read()
half = len(text) // 2
files = {
    'longer.zst': frame(len(text) + 2, text),
    'shorter.zst': frame(len(text) - 2, text[:half], text[half:]),
    'type.zst': frame(len(text), text[:half], text[half:])[:12 + half] + b'\xff' * 100,
}
# Every line but the last, of which the last byte is where the damage shows; no more than was said;
# the block before the one that cannot be.
wants = {'longer.zst': text[:-1], 'shorter.zst': text[:-2], 'type.zst': text[:half]}
number = random.Random(1)
for kind in 'gzip', 'zstd':
    whole = subprocess.run([kind, '-qc', 'in'], stdout=subprocess.PIPE, check=True).stdout
    for i in range(3):
        data = bytearray(whole)
        for _ in range(3):
            data[number.randrange(20, len(data) - 8)] ^= 1 << number.randrange(8)
        files[f'{i}.{kind}'] = bytes(data)
for name, data in files.items():
    open(name, 'wb').write(data)
    if name in wants:
        lines = wants[name].count(b'\n')
        open(name + '.want', 'wb').write(b''.join(b'{"values":%b}\n' % line for line in text.split(b'\n')[:lines]))
END
    for f in longer.zst shorter.zst type.zst ?.gzip ?.zstd; do
        run values $f
        got=$output
        [ "$status" = 2 ] || [ "$status" = 1 ]
        if [ -e $f.want ]; then [ "$(grep -v '^whorl: ' <<<"$got")" = "$(cat $f.want)" ]; fi
        for piece in 1 13 400; do
            run values - < <(paced $piece <$f)
            [ "${output//whorl: -:/whorl: $f:}" = "$got" ]
        done
    done
}

@test "data damaged anywhere never passes for whole" {
    printf '{"a":1}\n{"a":"two"}\n{"a":3}\n' >in
    values in >want
    python3 - <<'END'
import os, subprocess
whorl = [os.environ['WHORL'], '--catalog', './test.catalog', '--select=values']
want = open('want', 'rb').read()
for kind in 'gzip', 'zstd':
    # The bytes of gzip's header that do not describe the data: time, level, system.
    idle = range(4, 10) if kind == 'gzip' else ()
    data = subprocess.run([kind, '-qc', 'in'], stdout=subprocess.PIPE, check=True).stdout
    for at in range(len(data)):
        if at in idle:
            continue
        for bit in 0, 3, 7:
            bad = bytearray(data)
            bad[at] ^= 1 << bit
            run = subprocess.run(whorl, input=bytes(bad), capture_output=True, timeout=60)
            assert run.returncode in (1, 2) or run.stdout == want, (kind, at, bit, run)
            assert run.returncode >= 0, (kind, at, bit, run)
END
}

@test "a window of 128 MiB is read, a larger one only with --long" {
    limits_memory # sanitizers make the long windows slow
    window() { # a frame of one raw block that says it needs a window of 2^$1 bytes
        printf '\x28\xb5\x2f\xfd\0'
        printf "\\x$(printf %02x $((($1 - 10) << 3)))"
        n=$(stat -c %s 1)
        printf "\\x$(printf %02x $(((n << 3 | 1) & 255)))\\0\\0"
        cat 1
    }
    for log in 10 20 27; do
        run --separate-stderr values < <(window $log)
        expect 0 "$one"
    done
    for log in 28 30 31; do
        run --separate-stderr values < <(window $log)
        expect 2 '' 'whorl: -: the zstd data needs a window of more than 128 MiB: see --long'
        run --separate-stderr values --long < <(window $log)
        expect 0 "$one"
    done
    # As zstd itself writes it.
    for log in 27 30; do
        run --separate-stderr values --long < <(zstd -q --long=$log -c <1)
        expect 0 "$one"
    done
    run --separate-stderr values < <(zstd -q --long=27 -c <1)
    expect 0 "$one"
    # Beyond the limit of --long no option helps.
    run --separate-stderr values --long < <(window 32)
    expect 2 '' 'whorl: -: the zstd data needs a window of more than 2 GiB'
}

@test "zstd data that needs a dictionary is reported as that, not as damaged" {
    # Frame_Header_Descriptor: a Dictionary_ID of one byte, 7; a raw block (RFC 8878, section 3.1.1).
    run --separate-stderr values < <(zstd -qc 1; printf '\x28\xb5\x2f\xfd\x21\7\x8\x41\0\0'; cat 2)
    expect 2 "$one" 'whorl: -: the zstd data needs a dictionary: expected what zstd -D has decompressed'
    for i in $(seq 300); do echo '{"a":"'$i' is one of many"}'; done >many
    if zstd -q --train many -B40 -o words 2>/dev/null; then
        zstd -q -D words -c 1 >framed
        run --separate-stderr values framed 2
        expect 2 "$two" 'whorl: framed: the zstd data needs a dictionary: expected what zstd -D has decompressed'
    fi
}

@test "missing memory for a window is reported as that" {
    limits_memory
    run --separate-stderr bash -c 'ulimit -v 120000; printf "\x28\xb5\x2f\xfd\0\x88" | "$WHORL" --catalog test.catalog'
    [ "$status" = 2 ]
    [[ $stderr == 'whorl: -: out of memory' || $stderr == 'whorl: -: the zstd data is cut off' ]]
}

@test "I21: data that grows a thousandfold is read in bounded memory" {
    limits_memory
    { head -c 200M /dev/zero; printf '\n{"a":1}\n'; } >plain
    for kind in gzip zstd; do
        $kind -qc plain >bomb
        [ $((1000 * $(stat -c %s bomb))) -lt 220000000 ]
        run --separate-stderr bash -c 'ulimit -v 80000; "$WHORL" --catalog test.catalog --select=values bomb'
        expect 1 "$one" "whorl: bomb:1:4194305: a NUL byte (0x00): record too long: see --max-record; try tr -d '\0' <FILE | whorl"
    done
    # If data is compressed twice, the inner data is not read.
    run --separate-stderr values < <(gzip -c 1 | gzip)
    expect 2 '' 'whorl: -: compressed by gzip within gzip data, which whorl does not read: gzip -dc FILE | gzip -dc | whorl'
}

@test "real captures, compressed or not, give the same" {
    zstd -dcq --long=27 "$top_srcdir/data/captures/raw.ndjson.zst" | head -40 >in
    "$WHORL" in >want
    gzip -c in >in.gz
    "$WHORL" in.gz | cmp - want
    for level in 1 9; do
        gzip -$level -c in | "$WHORL" | cmp - want
        zstd -q -$level -c in | "$WHORL" | cmp - want
    done
    python3 -c '
import sys, zlib
data = open("in", "rb").read()
for strategy in zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE:
    for level in 0, 6:
        z = zlib.compressobj(level, zlib.DEFLATED, 31, 8, strategy)
        open(f"{strategy}-{level}.gz", "wb").write(z.compress(data) + z.flush())
'
    for f in ?-?.gz; do
        "$WHORL" $f | cmp - want
    done
}
