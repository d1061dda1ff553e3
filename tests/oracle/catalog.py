"""Catalogs: whorl-catalog.5 FILE FORMAT and DIGEST."""
import re

import hashes
import library
import pointer
import reshape
import steps
import tables
from jsontext import Fault, canonical, parse_json

TIERS = ("device", "install", "build", "exact", "volatile")
IDENTITIES = ("exact", "build", "install", "browser", "device")
TYPES = ("u64", "i64", "f64")
UNICODE = "15.0.0"
OWN = ("catalog", "id", "epoch", "ids", "carry")  # are not taken of an included catalog
EXCLUDED = 1024  # values of the JSON text of an @exclude


class Refused(Exception):
    """A mistake in a catalog: one is enough to refuse it."""


class Row:
    def __init__(self, name, path, group, tier, steps, fact, private):
        self.name = name
        self.paths = [path]
        self.group = group
        self.tier = tier
        self.steps = steps
        self.fact = fact  # None, "" or a type
        self.private = private
        self.lines = []  # in canonical spelling

    @property
    def retired(self):
        return any(step.name == "retired" for step in self.steps)


class Exclude:
    def __init__(self, prefixes, unless, path, text):
        self.prefixes = prefixes
        self.unless = unless
        self.path = path
        self.text = text
        self.keep = []


def need(condition, message):
    if not condition:
        raise Refused(message)


def number(text, most=None):
    need(re.fullmatch("0|[1-9][0-9]*", text), "not a number")
    need(most is None or int(text) <= most, "number too large")
    return int(text)


def a_name(text):
    need(text != "" and text[0] not in "#@" and not re.search("[=!?]", text), "not a name")
    return text


def a_pointer(text):
    path = pointer.tokens(text)
    need(path is not None, "not a pointer")
    return path


def a_json(text):
    try:
        return canonical(parse_json(text.encode(), EXCLUDED))
    except Fault as fault:
        raise Refused(fault.message) from None


class Catalog:
    def __init__(self, data, load=None):
        self.load = load  # gives the catalog that is included under a name; None: none may be
        self.lines = []  # cells, without comments
        self.included = None  # the included Catalog
        self.taken = 0  # its rows
        self.name = self.version = self.errors = self.undefined = self.epoch = None
        self.library = None
        self.ids = None
        self.id = []  # pointers, in order of preference
        self.roots = []
        self.root_text = ""  # the first of them, as the file has it
        self.least = {}
        self.transient = []
        self.excludes = []
        self.carry = []  # (name, paths, type)
        self.reshapes = []  # as reshape.a_line() makes them
        self.sketches = {}  # the bits of each group, in the order of the lines
        self.rows = []
        self.pipelines = {}  # by their cells
        self.names = set()
        self.directives = []  # the lists of cells that the digest takes, a line and its @keep lines
        self.keep_allowed = False
        self.owner = None  # what a further pointer belongs to: the list of its pointers
        self.beyond = 0  # further pointers of @id and @carry
        self.read(data)
        need(self.name is not None, "no @catalog")
        self.bounds(data)
        self.group_rows()
        self.digest = hashes.hash128(self.spelling())
        self.label = "%s-%s:%s" % (self.name, self.version, self.digest.hex()[:16])

    def read(self, data):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise Refused("not UTF-8") from None
        need(not text.startswith("\ufeff"), "a byte order mark")
        need(not re.search("[\x00-\x08\x0b-\x1f\x7f]", text), "a control character")
        lines = text.split("\n")
        if lines[-1] == "":
            lines.pop()
        for line in lines:
            if line == "" or line[0] == "#":
                continue
            cells = line.split("\t")
            need(len(cells) <= 64, "too many cells")
            if cells[0] == "@include":
                need(self.load and not self.lines and len(cells) == 2, "@include")
                self.include(self.load(cells[1]))
            else:
                self.line(cells)
            self.lines.append(cells)

    def line(self, cells):
        if cells[0][:1] == "@":
            self.directive(cells)
            return
        self.keep_allowed = False
        if cells[0] == "":
            self.further(cells)
        else:
            self.row(cells)

    def include(self, other):
        self.included = other
        left = False  # is what a further pointer belongs to not taken?
        for cells in other.lines:
            if cells[0][:1] == "@" and cells[0][1:] in OWN:
                left = left or cells[0] in ("@id", "@carry")
            elif not left or cells[0]:
                left = left and cells[0][:1] == "@"
                self.line(cells)
        self.taken = len(self.rows)
        self.keep_allowed, self.owner = False, None
        self.directives = [[["@include", "%s-%s" % (other.name, other.version), other.digest.hex()]]]

    # Rows

    def further(self, cells):
        need(len(cells) == 2 and cells[1] != "" and self.owner is not None, "not a further pointer")
        paths, lines = self.owner
        paths.append(a_pointer(cells[1]))
        lines.append(cells)
        self.beyond += lines[0][0] in ("@id", "@carry")

    def row(self, cells):
        need(4 <= len(cells) <= 6, "number of cells")
        name, path, group, tier, pipeline, flags = cells + [""] * (6 - len(cells))
        a_name(name)
        need(name not in self.names, "name twice")
        self.names.add(name)
        a_name(group)
        need(tier in TIERS, "not a tier")
        try:
            parsed = self.pipelines.setdefault(pipeline, steps.parse_pipeline(pipeline))
        except steps.BadPipeline as error:
            raise Refused(str(error)) from None
        fact, private, spelled = self.flags(flags)
        row = Row(name, a_pointer(path), group, tier, parsed, fact, private)
        line = [name, path, group, tier, steps.spelled(parsed), spelled]
        while line[-1] == "":
            line.pop()
        row.lines.append(line)
        self.rows.append(row)
        self.owner = row.paths, row.lines

    @staticmethod
    def flags(text):
        fact, private, spelled = None, False, []
        for flag in text.split(" ") if text else []:
            word, colon, kind = flag.partition(":")
            if word == "fact" and fact is None and (not colon or kind in TYPES):
                fact = kind
                spelled.insert(0, flag)
            elif flag == "private" and not private:
                private = True
                spelled.append(flag)
            else:
                raise Refused("not a flag")
        return fact, private, " ".join(spelled)

    def bounds(self, data):
        """Bounds, and as many @exclude, @root and @carry as those say themselves."""
        followed = [path for row in self.rows for path in row.paths]
        followed += [exclude.path for exclude in self.excludes]
        others = [line[1] for line in self.reshapes] + self.roots + [path for _, paths, _ in self.carry for path in paths] + self.id
        keeps = sum(line[0] == "@keep" for line in self.lines +
                    (self.included.lines if self.included else []))
        for what, count, most in (("bytes", len(data), 1 << 24), ("rows", len(self.rows), 65535),
                                  ("pointers", len(followed), 1 << 18),
                                  ("tokens", sum(map(len, followed + others)), 1 << 20),
                                  ("steps", sum(map(steps.items, self.pipelines.values())), 1 << 20),
                                  ("@keep", keeps, 1024), ("@exclude", len(self.excludes), 32),
                                  ("@root", len(self.roots), 1024), ("@carry", len(self.carry), 1024),
                                  ("further pointers", self.beyond, 1024),
                                  ("@pairs", sum(l[0] == "pairs" for l in self.reshapes), 256),
                                  ("@json", sum(l[0] == "json" for l in self.reshapes), 256)):
            need(count <= most, "too many: " + what)
        need(self.rows, "no row")

    def group_rows(self):
        self.groups, tiers = [], {}
        for row in self.rows:
            if row.group not in self.groups:
                self.groups.append(row.group)
            if row.tier != "volatile":
                need(tiers.setdefault(row.group, row.tier) == row.tier, "group of two tiers")
        need(set(self.sketches) <= set(self.groups), "@sketch of no group")

    # Directives

    def directive(self, cells):
        name = cells[0][1:]
        method = {"catalog": self.d_catalog, "id": self.d_id, "root": self.d_root,
                  "error": self.d_error, "value": self.d_value, "epoch": self.d_epoch,
                  "ids": self.d_ids, "min": self.d_min, "transient": self.d_transient,
                  "exclude": self.d_exclude, "keep": self.d_keep, "carry": self.d_carry,
                  "library": self.d_library, "pairs": self.d_reshape,
                  "json": self.d_reshape, "sketch": self.d_sketch}.get(name)
        need(method, "not a directive")
        if name == "keep":
            need(self.keep_allowed, "@keep without @exclude")
            self.d_keep(cells[1:])
            self.directives[-1].append(cells)
            return
        self.keep_allowed = name == "exclude"
        if name != "library":
            self.directives.append([cells])
        method(cells[1:])

    def d_catalog(self, cells):
        need(self.name is None and len(cells) == 2, "@catalog")
        need(re.fullmatch("[a-z][a-z0-9_]*", cells[0]), "name of the catalog")
        number(cells[1], 2 ** 64 - 1)
        self.name, self.version = cells

    def d_id(self, cells):
        need(not self.id and len(cells) == 1, "@id")
        self.id.append(a_pointer(cells[0]))
        self.owner = self.id, self.directives[-1]

    def d_root(self, cells):
        need(len(cells) == 1, "@root")
        self.roots.append(a_pointer(cells[0]))
        self.root_text = self.root_text if len(self.roots) > 1 else cells[0]

    def d_error(self, cells):
        need(self.errors is None and cells and len(set(cells)) == len(cells), "@error")
        self.errors = cells

    def d_value(self, cells):
        need(self.undefined is None and len(cells) == 1, "@value")
        self.undefined = cells[0]

    def d_epoch(self, cells):
        need(self.epoch is None and len(cells) == 1, "@epoch")
        self.epoch = number(cells[0], 2 ** 64 - 1)

    def d_ids(self, cells):
        need(self.ids is None and len(cells) == 1, "@ids")
        self.ids = number(cells[0], 65535)

    def d_min(self, cells):
        need(len(cells) == 2 and cells[0] in IDENTITIES and cells[0] not in self.least, "@min")
        self.least[cells[0]] = number(cells[1], 65535)

    def d_transient(self, cells):
        need(not self.transient and cells and len(set(cells)) == len(cells), "@transient")
        need(all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,63}", cell) for cell in cells), "a class")
        self.transient = cells

    def d_exclude(self, cells):
        need(len(cells) >= 4 and cells[-3] in ("when", "unless"), "@exclude")
        prefixes = [a_name(cell) for cell in cells[:-3]]
        text = a_json(cells[-1])
        self.excludes.append(Exclude(prefixes, cells[-3] == "unless", a_pointer(cells[-2]), text))
        self.directives[-1][0] = ["@exclude", *cells[:-1], text]

    def d_keep(self, cells):
        need(cells, "@keep")
        self.excludes[-1].keep += [a_name(cell) for cell in cells]

    def d_carry(self, cells):
        need(2 <= len(cells) <= 3, "@carry")
        a_name(cells[0])
        need(all(cells[0] != carry[0] for carry in self.carry), "@carry twice")
        kind = cells[2] if len(cells) == 3 else ""
        need(len(cells) == 2 or kind in TYPES, "type of @carry")
        self.carry.append((cells[0], [a_pointer(cells[1])], kind))
        self.owner = self.carry[-1][1], self.directives[-1]

    def d_library(self, cells):
        need(self.library is None and len(cells) == 1, "@library")
        need(cells[0] in library.NAMES, "not a library")
        self.library = cells[0]

    def d_reshape(self, _):
        line = reshape.a_line(self.directives[-1][0])
        need(line and all(line[:2] != other[:2] for other in self.reshapes), "@pairs or @json")
        self.reshapes.append(line)

    def d_sketch(self, cells):
        need(len(cells) == 2 and a_name(cells[0]) not in self.sketches, "@sketch")
        self.sketches[cells[0]] = number(cells[1], 64)
        need(self.sketches[cells[0]] > 0 and sum(self.sketches.values()) <= 512, "bits of @sketch")

    # DIGEST

    def spelling(self):
        lines = []
        for block in sorted(self.directives, key=lambda block: block[0][0].encode()):
            lines += block
        for row in self.rows[self.taken:]:
            lines += row.lines
        lines.append(["unicode", UNICODE])
        read = set().union(*(steps.tables_of(row.steps) for row in self.rows))
        lines += [["table", name, tables.VERSIONS[name]] for name in sorted(read)]
        return "".join("\t".join(line) + "\n" for line in lines).encode()
