"""stock_hashes: what the models of reports share: canonical texts, by the second implementation of
whorl-vector(5), and their hashes, by xxhsum."""
import os
import subprocess
import sys
import tempfile
import types

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import jsontext


def canonical(value):
    """RFC 8785, as the second implementation of whorl-vector(5) writes it."""
    def convert(v):
        if isinstance(v, dict):
            return types.SimpleNamespace(members=[(name, convert(item)) for name, item in v.items()])
        if isinstance(v, list):
            return [convert(item) for item in v]
        return float(v) if isinstance(v, int) and not isinstance(v, bool) else v
    return jsontext.canonical(convert(value))


def hashes(texts, kind):
    """XXH3 of each text, by the stock tool, 64 or 128 bits."""
    texts = sorted(set(texts))
    with tempfile.TemporaryDirectory() as where:
        names = []
        for i, t in enumerate(texts):
            names.append(f"{i:08}")
            with open(os.path.join(where, names[-1]), "w", encoding="utf-8") as f:
                f.write(t)
        out = {}
        for at in range(0, len(texts), 1000):
            run = subprocess.run(["xxhsum", "-H" + kind, *names[at:at + 1000]], cwd=where,
                                 stdout=subprocess.PIPE, check=True, encoding="ascii")
            for t, line in zip(texts[at:], run.stdout.splitlines()):
                out[t] = line.split(" = ")[1] if " = " in line else line.split()[0]
        return out
