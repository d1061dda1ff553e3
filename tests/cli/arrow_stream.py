"""A reader of Arrow IPC streams, from the Columnar Format of Apache Arrow, Schema.fbs, Message.fbs and
FlatBuffers Internals. It takes what whorl may write and nothing else, and checks all that these ask for:
alignment, padding, lengths, offsets and counts of nulls."""
import struct

INT, FLOAT, UTF8, FIXED_BINARY, FIXED_LIST = 2, 3, 5, 15, 16
ROWS, DATA = 1024, 1 << 22


class Table:
    """A table of a FlatBuffer."""

    def __init__(self, data, at):
        self.data, self.at = data, at
        assert at % 4 == 0, 'a table is not aligned'
        self.vtable = at - struct.unpack_from('<i', data, at)[0]
        assert self.vtable % 2 == 0, 'a vtable is not aligned'
        self.count = (struct.unpack_from('<H', data, self.vtable)[0] - 4) // 2
        self.length = struct.unpack_from('<H', data, self.vtable + 2)[0]

    def place(self, slot, size):
        if slot >= self.count:
            return None
        offset = struct.unpack_from('<H', self.data, self.vtable + 4 + 2 * slot)[0]
        if not offset:
            return None
        assert 4 <= offset and offset + size <= self.length, 'a field is not in its table'
        assert (self.at + offset) % size == 0, 'a field is not aligned'
        return self.at + offset

    def number(self, slot, form, default=0):
        place = self.place(slot, struct.calcsize('<' + form))
        return default if place is None else struct.unpack_from('<' + form, self.data, place)[0]

    def target(self, slot):
        place = self.place(slot, 4)
        assert place is not None, 'a table or array is missing'
        return follow(self.data, place)

    def table(self, slot):
        return Table(self.data, self.target(slot))

    def string(self, slot):
        at = self.target(slot)
        n = struct.unpack_from('<I', self.data, at)[0]
        assert at % 4 == 0 and self.data[at + 4 + n] == 0, 'a string is not aligned, or has no end'
        return self.data[at + 4:at + 4 + n].decode()

    def tables(self, slot):
        at = self.target(slot)
        assert at % 4 == 0
        n = struct.unpack_from('<I', self.data, at)[0]
        return [Table(self.data, follow(self.data, at + 4 + 4 * i)) for i in range(n)]

    def pairs(self, slot):
        at = self.target(slot)
        assert at % 4 == 0 and (at + 4) % 8 == 0, 'structs are not aligned'
        n = struct.unpack_from('<I', self.data, at)[0]
        return [struct.unpack_from('<qq', self.data, at + 4 + 16 * i) for i in range(n)]


def follow(data, place):
    offset = struct.unpack_from('<I', data, place)[0]
    assert offset and place + offset < len(data), 'an offset leads out of the buffer'
    return place + offset


class Field:
    def __init__(self, table):
        self.name, self.nullable = table.string(0), bool(table.number(1, 'B'))
        kind, type_, children = table.number(2, 'B'), table.table(3), table.tables(5)
        assert kind == FIXED_LIST or not children
        if kind == INT:
            signed = type_.number(1, 'B')
            self.type = 'ui'[signed] + str(type_.number(0, 'i'))
        elif kind == FLOAT:
            assert type_.number(0, 'h') == 2
            self.type = 'f64'
        elif kind == FIXED_BINARY:
            self.type = 'bytes%d' % type_.number(0, 'i')
        elif kind == FIXED_LIST:
            self.item, = map(Field, children)
            self.type, self.size = 'list', type_.number(0, 'i')
        else:
            assert kind == UTF8, 'an unknown type'
            self.type = 'utf8'

    def text(self):
        kind = '%s[%d]' % (self.item.text(), self.size) if self.type == 'list' else \
            self.name + ' ' + self.type if self.name != 'item' else self.type
        kind += '?' if self.nullable else ''
        return self.name + ' ' + kind if self.type == 'list' else kind


FORMS = {'u32': 'I', 'u64': 'Q', 'i64': 'q', 'f64': 'd'}


class Body:
    """What is left of the arrays and buffers of a batch."""

    def __init__(self, batch, data):
        self.nodes, self.data, self.end, self.weight = iter(batch.pairs(1)), data, 0, 0
        self.buffers = iter(batch.pairs(2))

    def buffer(self):
        at, n = next(self.buffers)
        assert at == self.end and at % 8 == 0, 'buffers do not follow one another'
        self.end = at + -(-n // 8) * 8
        assert self.end <= len(self.data) and not any(self.data[at + n:self.end]), 'padding'
        return self.data[at:at + n]

    def validity(self, field, count, nulls):
        bits = self.buffer()
        if not field.nullable:
            assert not bits and not nulls
            return [True] * count
        assert len(bits) == -(-count // 8)
        every = [bool(bits[i // 8] >> i % 8 & 1) for i in range(8 * len(bits))]
        assert not any(every[count:]) and every.count(True) == count - nulls, 'count of nulls'
        return every[:count]

    def column(self, field, rows):
        """The values of a column, None for null."""
        count, nulls = next(self.nodes)
        assert count == rows
        valid = self.validity(field, count, nulls)
        if field.type == 'list':
            items = self.column(field.item, rows * field.size)
            return [items[i * field.size:(i + 1) * field.size] for i in range(rows)]
        values = self.texts(rows) if field.type == 'utf8' else self.fixed(field, rows)
        empty = {'utf8': '', 'bytes16': bytes(16)}.get(field.type, 0)
        assert all(has or value == empty for has, value in zip(valid, values)), 'a null is not zeros'
        return [value if has else None for has, value in zip(valid, values)]

    def texts(self, rows):
        offsets = struct.unpack('<%di' % (rows + 1), self.buffer())
        data = self.buffer()
        assert offsets[0] == 0 and offsets[-1] == len(data) and list(offsets) == sorted(offsets)
        self.weight += 4 * rows + len(data)
        return [data[one:other].decode() for one, other in zip(offsets, offsets[1:])]

    def fixed(self, field, rows):
        data = self.buffer()
        self.weight += len(data)
        if field.type == 'bytes16':
            assert len(data) == 16 * rows
            return [data[16 * i:16 * i + 16] for i in range(rows)]
        return struct.unpack('<%d%s' % (rows, FORMS[field.type]), data)

    def finish(self):
        assert self.end == len(self.data) and not list(self.nodes) and not list(self.buffers)


def messages(data):
    """(type of the header, the header, the body) of each message; then None, if the end is marked."""
    at = 0
    while at < len(data):
        assert data[at:at + 4] == b'\xff' * 4 and at % 8 == 0, 'no message'
        n = struct.unpack_from('<I', data, at + 4)[0]
        at += 8
        if not n:
            assert at == len(data), 'something follows the end'
            yield None
            return
        assert n % 8 == 0
        metadata = bytes(data[at:at + n])
        message = Table(metadata, follow(metadata, 0))
        assert message.number(0, 'h') == 4, 'not V5'
        length = message.number(3, 'q')
        assert length % 8 == 0
        at += n
        assert at + length <= len(data), 'the stream is cut off'
        yield message.number(1, 'B'), message.table(2), data[at:at + length]
        at += length


class Stream:
    """fields; metadata, a list of pairs; batches, each a list of columns; complete: is the end marked?
    weights: the bytes of data in each batch."""

    def __init__(self, data):
        found = messages(data)
        kind, schema, body = next(found)
        assert kind == 1 and not body and schema.number(0, 'h') == 0
        self.fields = list(map(Field, schema.tables(1)))
        self.metadata = [(pair.string(0), pair.string(1)) for pair in schema.tables(2)]
        self.batches, self.counts, self.weights, self.complete = [], [], [], False
        for message in found:
            if message is None:
                self.complete = True
                break
            kind, batch, data = message
            assert kind == 3, 'not a batch'
            rows, body = batch.number(0, 'q'), Body(batch, data)
            self.batches.append([body.column(field, rows) for field in self.fields])
            body.finish()
            self.counts.append(rows)
            self.weights.append(body.weight)

    def rows(self):
        for count, columns in zip(self.counts, self.batches):
            for i in range(count):
                yield [column[i] for column in columns]
