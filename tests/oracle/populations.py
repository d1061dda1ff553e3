"""Populations of records that make --match difficult: ties, twins, common values, small changes."""
import json

TIERS = ("device", "device", "install", "install", "build", "build", "exact")
LASTING = ("device", "install", "device", "install", "device", "install", "build")
CARRIED = "account"


class Generator:
    """A catalog and its records, by a source of random numbers."""

    def __init__(self, random, common=0.0, groups=(3, 12), values=(1, 9), tiers=TIERS):
        self.random = random
        self.common = common  # the part that has the most common value of a group besides its share
        self.rows = []  # (name, group, tier, flags)
        self.kinds = {}  # how many values each group has
        self.alike = {}  # groups that have the value of another group
        for number in range(random.randint(*groups)):
            self.group("g%d" % number, random.choice(tiers), random.randint(*values))
        self.versions()
        if random.random() < 0.5:
            random.shuffle(self.rows)
        self.ids = len(self.rows) - random.randint(0, 5) if random.random() < 0.5 else None

    def group(self, name, tier, kinds):
        if self.kinds and self.random.random() < 0.3:
            self.alike[name] = self.random.choice(list(self.kinds))
        self.kinds[name] = kinds
        for number in range(self.random.choice((1, 2, 3, 4, 5, 6, 6, 11))):
            mixed = self.random.random() < 0.1
            self.rows.append(("%s.%d" % (name, number), name, "volatile" if mixed else tier, ""))

    def versions(self):
        """The signals of the version, some with another before it that is none."""
        tier = self.random.choice(("volatile", "exact"))
        group = "page." + tier
        self.kinds[group] = 1
        if self.random.random() < 0.3:
            self.rows.append(("lone.major", group, tier, "fact:u64"))
        if self.random.random() < 0.3:
            self.rows += [("plain.major", group, tier, "fact"), ("plain.family", group, tier, "fact")]
        self.rows += [("browser.family", group, tier, "fact"), ("browser.major", group, tier, "fact:u64"),
                      ("os.family", group, tier, "fact"), ("os.major", group, tier, "fact:u64")]

    def catalog(self, version=1, rows=None):
        lines = ["@catalog\tpopulation\t%d" % version, "@id\t/id", "@carry\t%s\t/%s" % (CARRIED, CARRIED)]
        if self.ids is not None:
            lines.append("@ids\t%d" % max(self.ids, 1))
        for name, group, tier, flags in rows or self.rows:
            lines.append("\t".join((name, "/" + name, group, tier, "", flags)))
        return "".join(line + "\n" for line in lines)

    # Records

    def choice(self, kinds):
        """A number below KINDS; the lower the more common."""
        return 0 if self.random.random() < self.common else int(kinds * self.random.random() ** 2)

    def device(self):
        """All signals of a device: those of a group mostly go together."""
        record = {}
        chosen = {group: self.choice(kinds) for group, kinds in self.kinds.items()}
        for group, other in self.alike.items():
            chosen[group] = chosen[other]
        for name, group, _, _ in self.rows:
            if self.random.random() < 0.97:
                record[name] = self.value(chosen[group])
            elif self.random.random() < 0.5:
                record[name] = self.value(self.choice(self.kinds[group] + 3))
        for name in ("lone", "plain", "browser", "os"):
            if name + ".major" in record:
                record[name + ".major"] = self.random.choice((1, 9, 10, 99, 100, 9999, 10000, 1.5, "7", None))
            if name + ".family" in record:
                record[name + ".family"] = self.random.choice(("A", "A", "A", "B"))
        return record

    @staticmethod
    def value(number):
        return ("text %d" % number, number, [number])[number % 3]

    def changed(self, record):
        """The same device later."""
        record = dict(record)
        for _ in range(self.random.choice((0, 0, 1, 1, 1, 2, 5))):
            name, _, _, _ = self.random.choice(self.rows)
            if self.random.random() < 0.3:
                record.pop(name, None)
            elif not name.endswith((".major", ".family")):
                record[name] = self.value(self.random.randint(0, 50))
        if self.random.random() < 0.5 and isinstance(record.get("browser.major"), int):
            record["browser.major"] = max(record["browser.major"] + self.random.choice((-1, 1, 1, 20)), 0)
        if self.random.random() < 0.5:
            for name, _, tier, _ in self.rows:
                if tier == "build" and name in record and self.random.random() < 0.7:
                    record[name] = "build %d" % self.random.randint(1, 3)
        return record

    def an_id(self, number):
        return self.random.choice((number, "r%d" % number, "%d\t\\\u2028\u00e9" % number, 10 ** 18 + number,
                                   "long " * 50 + str(number), json_number(number)))

    def records(self, known, new):
        """Lists of records; ids are unique but for a few."""
        ours, theirs, number = [], [], 0
        for _ in range(known):
            number += 1
            old = self.random.choice(ours) if ours and self.random.random() < 0.4 else None
            made = self.device() if old is None else dict(old) if self.random.random() < 0.5 else \
                self.changed(old)
            made["id"] = self.an_id(number)
            if old is None or self.random.random() < 0.5:
                made[CARRIED] = self.random.choice((number, number, "a%d" % (number // 3), None, [1, number // 2]))
            ours.append(made)
        for _ in range(new):
            number += 1
            made = self.changed(self.random.choice(ours)) if ours and self.random.random() < 0.8 else \
                self.device()
            made["id"] = self.an_id(number)
            if self.random.random() < 0.05:
                made = {name: value for name, value in made.items()
                        if name == "id" or name.startswith("browser.")}
            theirs.append(made)
        if known > 20 and self.random.random() < 0.5:
            ours += self.repeated(ours)
        if new > 20 and self.random.random() < 0.5:
            theirs += self.repeated(theirs)
        self.random.shuffle(ours)
        for record in ours + theirs:
            if not any(name in record for name, _, _, _ in self.rows):
                record["browser.family"] = "A"  # a record without any signal is a reject
        return ours, theirs

    def repeated(self, records):
        """Records that occur again, the same or not, and one without id."""
        same, other, nameless = (dict(self.random.choice(records)) for _ in range(3))
        other.update({key: value for key, value in self.device().items()})
        del nameless["id"]
        elsewhere = dict(self.random.choice(records))
        elsewhere[CARRIED] = "elsewhere"
        return [same, other, nameless, dict(same), elsewhere]

    def crowd(self, records, count):
        """COUNT more records like one of them, each with builds of its own."""
        old = self.random.choice(records)
        builds = [name for name, _, tier, _ in self.rows if tier == "build"]
        builds += ["browser.major", "os.major"]
        found = []
        for number in range(count):
            made = dict(old)
            made.update((name, number) for name in builds)
            made["id"] = "crowd %d" % number
            found.append(made)
        return found

    # Another version of the catalog

    def next_rows(self):
        """The rows of the next version: some are gone, some are new, some have another group."""
        rows = []
        for name, group, tier, flags in self.rows:
            draw = self.random.random()
            if draw < 0.06 and len(self.rows) > 8:
                continue
            if draw < 0.1:
                rows.append((name + "x", group, tier, flags))
            elif draw < (0.4 if name.startswith("browser.") else 0.14):
                rows.append((name, "moved." + tier, tier, flags))
            else:
                rows.append((name, group, tier, flags))
        rows.append(("added", "added", "device", ""))
        return rows


def star(random, width, center):
    """A catalog of five components, and combinations that differ from one in one component: so all
    choices of some number of components are met by as many. The records of WIDTH values of each."""
    names = ["a", "b", "c", "d", "e"]
    random.shuffle(names)
    catalog = "@catalog\tpopulation\t1\n@id\t/id\n" + "".join(
        "%s\t/%s\tg%s\t%s\n" % (name, name, name, random.choice(("device", "install"))) for name in names)
    middle = dict.fromkeys(names, 0)
    known = [{**middle, "id": "center"}] * center
    many = random.choice(names)  # of one there are enough that not all are candidates
    known += [{**middle, name: n, "id": "%s %d" % (name, n)} for name in names
              for n in range(1, 1 + (max(width, 1100) if name == many else width))]
    new = [{**middle, "id": 0}]
    for number in range(1, 40):
        chosen = random.sample(names, random.randint(1, 3))
        new.append({**middle, **{name: random.choice((1, 7, -1)) for name in chosen}, "id": number})
    random.shuffle(known)
    return catalog, known, new


def json_number(number):
    return float("%d.5" % number)


def text(records):
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)
