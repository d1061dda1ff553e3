"""How parity/parity makes records small: delta debugging, first on the members and elements of a
record from the outside in, then on the characters of what is left, then on its bytes."""
import json
import re

from compare import UNPAIRED, Array, Object, decode, read, write

UNIT = re.compile(rb"\\u[0-9a-fA-F]{4}|\\.|[\x00-\x7f]|[\x80-\xff][\x80-\xbf]*", re.S)
NUMBER = re.compile(rb"-?\d(\.\d+)?e[-+]\d+")
BYTES = 400  # Records up to this length are reduced byte by byte at last.


class Exhausted(Exception):
    """As many tries as are allowed have been made."""


def smallest(items, test):
    """As few of ITEMS, in order, as pass TEST; that all of them do is known. Whether none do is
    tried first."""
    items = list(items)
    if items and test([]):
        return []
    parts = 2
    while len(items) > 1:
        size = -(-len(items) // parts)
        for at in range(0, len(items), size):
            rest = items[:at] + items[at + size:]
            if rest and test(rest):
                items, parts = rest, max(parts - 1, 2)
                break
        else:
            if size == 1:
                break
            parts = min(parts * 2, len(items))
    return items


def unescaped(node):
    """The node with its strings and names written without needless escapes."""
    if isinstance(node, Object):
        return Object((unescaped(name), unescaped(value)) for name, value in node)
    if isinstance(node, Array):
        return Array(map(unescaped, node))
    if b"\\" not in node:
        return node
    text = json.dumps(decode(node), ensure_ascii=False)
    return node if UNPAIRED.search(text) else text.encode()


def fewer_digits(literal):
    """Numbers near this one, those of the fewest digits first, as long as they are shorter."""
    try:
        value = float(literal)
    except ValueError:
        return
    for digits in range(17):
        text = f"{value:.{digits}e}".encode()
        if not NUMBER.fullmatch(text):
            return
        mantissa, exponent = text.split(b"e")
        for one in (b"%d" % value if abs(value) < 1e15 else text,
                    b"%se%d" % (mantissa, int(exponent)), text):
            if len(one) < len(literal):
                yield one


class Reducer:
    """Reduces one record. TEST says of bytes whether the difference is still there; at most TRIES
    times it is asked. BEST is the smallest record so far."""

    def __init__(self, record, test, tries):
        self.best, self.asked, self.tries, self.seen = record, test, tries, {}

    def test(self, record):
        if record not in self.seen:
            if not self.tries:
                raise Exhausted
            self.tries -= 1
            self.seen[record] = self.asked(record)
        if self.seen[record] and len(record) < len(self.best):
            self.best = record
        return self.seen[record]

    def inside(self, node, put):
        """Reduce a node; PUT makes the record that has another in its place."""
        if node != b"0" and self.test(put(b"0")):  # the value here does not matter
            return b"0"
        if isinstance(node, list):
            make = type(node)
            node = make(smallest(node, lambda left: self.test(put(make(left)))))
            for i, item in enumerate(list(node)):
                value = item[1] if make is Object else item
                if put(value) is not None and self.test(put(value)):  # the part for the whole
                    return self.inside(value, put)

            def put_at(i, new):
                changed = make(node)
                changed[i] = (node[i][0], new) if make is Object else new
                return put(changed)

            for i, item in enumerate(list(node)):
                new = self.inside(item[1] if make is Object else item, lambda new,
                                  i=i: put_at(i, new))
                node[i] = (item[0], new) if make is Object else new
            return node
        if node[:1] == b'"':
            left = smallest(UNIT.findall(node[1:-1]),
                            lambda left: self.test(put(b'"' + b"".join(left) + b'"')))
            return b'"' + b"".join(left) + b'"'
        for shorter in fewer_digits(node):
            if self.test(put(shorter)):
                return shorter
        return b"".join(smallest(UNIT.findall(node),
                                 lambda left: bool(left) and self.test(put(b"".join(left)))))

    def run(self):
        """The smallest record found. It is exhaustive if tries are left."""
        try:
            node = read(self.best)
            if node is not None and self.test(write(node)):
                if self.test(write(unescaped(node))):
                    node = unescaped(node)
                self.inside(node, write)
            length = None
            while len(self.best) <= BYTES and length != len(self.best):
                length = len(self.best)
                smallest([self.best[i:i + 1] for i in range(length)],
                         lambda left: self.test(b"".join(left)))
        except Exhausted:
            pass
        return self.best
