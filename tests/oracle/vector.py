"""The vector of one record by one catalog: states, hashes, identities.

whorl-catalog.5 SIGNALS AND THEIR STATES, TIERS AND IDENTITIES; whorl-vector.5 HASHES.
"""
import hashes
import library
import pointer
import reshape
import steps
from catalog import IDENTITIES
from jsontext import LIMITS, Object, canonical, quoted

# whorl-catalog.5 TIERS AND IDENTITIES
MADE_OF = {"exact": ("device", "install", "build", "exact"),
           "build": ("device", "install", "build"),
           "install": ("device", "install"),
           "browser": ("install",),
           "device": ("device",)}


class BadId(Exception):
    def __init__(self, offset):
        super().__init__()
        self.offset = offset


class Signal:
    """The final state of a row, its text after the name, and its hash, 0 for none."""

    def __init__(self, row, state):
        self.row = row
        self.state = state[0]
        self.value = state[1] if self.state == "value" else None
        self.text = None
        if self.state == "value":
            self.text = canonical(self.value)
            sign = "=" + self.text
        elif self.state == "error":
            sign = self.text = "!" + state[1]
        elif self.state == "undefined":
            sign = self.text = "?"
        self.hash = hashes.hash64((row.name + sign).encode()) if self.text is not None else 0


class Vector:
    def __init__(self, catalog, record, data, limits=LIMITS):
        self.catalog = catalog
        record, data, self.origin = reshape.reshape(record, data, catalog.reshapes, limits)
        self.record = record
        self.data = data
        self.root = None
        if not catalog.roots:
            self.root = record
        for path in catalog.roots:
            found = pointer.plain(record, path)
            if found and isinstance(found[0], Object):
                self.root = found[0]
                break
        self.found = [self.look(row.paths) for row in catalog.rows]

    def look(self, paths):
        """Of a row's pointers the first that gives any state but missing."""
        state = pointer.MISSING
        if self.root is not None:
            for path in paths:
                state = pointer.signal(self.root, path, self.catalog.errors, self.catalog.undefined)
                if state != pointer.MISSING:
                    break
        return state

    def has_signals(self):
        return any(state != pointer.MISSING for state in self.found)

    def check_id(self):
        """The text of the id in NDJSON, or None for null. Any other type is a reject."""
        found = pointer.first(self.record, self.catalog.id)
        if found is None or found[0] is None:
            return None
        value, (start, end) = found
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, float):
            return self.data[start:end].decode()
        raise BadId(self.origin(start))

    def compute(self):
        self.id = self.check_id()
        catalog = self.catalog
        excluded = self.excluded_names()
        self.signals = []
        for row, state in zip(catalog.rows, self.found):
            if row.retired or row.name in excluded:
                state = ("excluded",)
            elif state[0] == "value":
                result = steps.run(row.steps, state[1])
                state = result if steps.is_state(result) else ("value", result)
            self.signals.append(Signal(row, state))
        self.present = sum(signal.hash != 0 for signal in self.signals)
        self.errors = sum(signal.state == "error" for signal in self.signals)
        self.groups = {name: self.group(name) for name in catalog.groups}
        self.coverage, self.ids = {}, {}
        for name in IDENTITIES:
            self.identity(name)
        self.carry = {}
        for name, paths, _ in catalog.carry:
            found = pointer.first(self.record, paths, self.whole())
            if found is not None:
                start, end = found[1]
                self.carry[name] = self.data[start:end].decode()

    def library_id(self):
        return library.library_id(self.catalog, self.data)

    def whole(self):
        """The span of the record itself."""
        text = self.data.rstrip(b" \t\r")
        return (len(text) - len(text.lstrip(b" \t\r")), len(text))

    def excluded_names(self):
        names = set()
        for line in self.catalog.excludes:
            state = self.look([line.path])
            equal = state[0] == "value" and canonical(state[1]) == line.text
            if equal == line.unless:
                continue
            names.update(row.name for row in self.catalog.rows
                         if row.name.startswith(tuple(line.prefixes))
                         and not row.name.startswith(tuple(line.keep)))
        return names

    def group(self, name):
        parts = [signal.hash.to_bytes(8, "big") for signal in self.signals
                 if signal.row.group == name and signal.row.tier != "volatile" and signal.hash]
        return hashes.hash64(b"".join(parts)) if parts else 0

    def sketch(self):
        """The words of the sketch: whorl-vector.5 SKETCHES."""
        bits = []
        for group, count in self.catalog.sketches.items():
            hashed = [signal.hash for signal in self.signals[:self.catalog.ids]
                      if signal.row.group == group and signal.row.tier != "volatile" and signal.hash]
            for b in range(count):
                v = sum(1 if number >> b & 1 else -1 for number in hashed)
                bits.append(1 if v > 0 else 0)
        bits += [0] * (-len(bits) % 64)
        return [sum(bit << j for j, bit in enumerate(bits[i:i + 64])) for i in range(0, len(bits), 64)]

    def passes(self, name):
        """Has a signal that enters the identity an error that passes?"""
        rows = self.signals[:self.catalog.ids]
        return any(signal.state == "error" and signal.text[1:] in self.catalog.transient
                   and signal.row.tier in MADE_OF[name] for signal in rows)

    def identity(self, name):
        catalog = self.catalog
        parts = []
        for i, signal in enumerate(self.signals):
            if catalog.ids is not None and i >= catalog.ids:
                break
            if not signal.hash or signal.row.tier not in MADE_OF[name]:
                continue
            if signal.state == "error" and name not in ("exact", "build"):
                continue
            parts.append(signal.hash.to_bytes(8, "big"))
        self.coverage[name] = len(parts)
        if self.passes(name) or not parts or len(parts) < catalog.least.get(name, 0):
            self.ids[name] = None
            return
        epoch = catalog.epoch.to_bytes(8, "big") if catalog.epoch else b""
        self.ids[name] = hashes.hash128(epoch + b"".join(parts))
