"""JSON Pointers (RFC 6901) and following them: whorl-catalog.5 Following a pointer, Error markers."""
import re

from jsontext import Array, Object

MISSING = ("missing",)
UNDEFINED = ("undefined",)


def tokens(text):
    """The tokens of a pointer (RFC 6901 section 3, at most 64), or None if the text is not one."""
    if text == "":
        return []
    if not text.startswith("/") or re.search("~(?![01])", text):
        return None
    parts = [part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/")]
    return parts if len(parts) <= 64 else None


def index(token, array):
    """The number of the element that a token means, or None."""
    if not re.fullmatch("0|[1-9][0-9]*", token):
        return None
    if len(token) > 18 or int(token) >= len(array):
        return None
    return int(token)


def plain(value, path, span=(0, 0)):
    """As RFC 6901 says: (value, span), or None."""
    for token in path:
        if isinstance(value, Object):
            i = value.find(token)
            if i is None:
                return None
            value, span = value.members[i][1], value.spans[i]
        elif isinstance(value, Array):
            i = index(token, value)
            if i is None:
                return None
            value, span = value[i], value.spans[i]
        else:
            return None
    return value, span


def first(value, paths, span=(0, 0)):
    """What the first of some pointers that finds anything finds, as plain() gives it."""
    return next((found for found in (plain(value, path, span) for path in paths) if found), None)


def error_class(value):
    """The class in the value of an error marker's first member."""
    text = None
    if isinstance(value, Object):
        for name in ("name", "message"):
            found = value.get(name)
            if isinstance(found, str):
                text = found
                break
    elif isinstance(value, str):
        text = value
    if text is None:
        return ""
    match = re.match("[A-Za-z_][A-Za-z0-9_]*", text)
    if not match or len(match[0]) > 64:
        return ""
    rest = text[match.end():]
    return match[0] if rest == "" or rest[0] == ":" else ""


def is_marker(value, markers):
    if not markers or not isinstance(value, Object) or value.find(markers[0]) is None:
        return False
    return all(name in markers for name, _ in value.members)


def signal(root, path, markers, undefined_name):
    """The state that a pointer finds: ("value", v), ("error", class), UNDEFINED or MISSING."""
    value = root
    for depth, token in enumerate(path + [None]):
        if depth > 0 and is_marker(value, markers):
            return ("error", error_class(value.get(markers[0])))
        if token is None:
            return ("value", value)
        if isinstance(value, Object):
            i = value.find(token)
            if i is None:
                if undefined_name is not None and token == undefined_name:
                    return UNDEFINED
                return MISSING
            value = value.members[i][1]
        elif isinstance(value, Array):
            i = index(token, value)
            if i is None:
                return MISSING
            value = value[i]
        else:
            return MISSING
    raise AssertionError
