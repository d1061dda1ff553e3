"""The steps for user agents, client hints and graphics processors.

Each function takes a string (or an array) and gives a value, UNDEFINED, or its argument unchanged.
Sections are those of whorl-catalog.5.
"""
import re

import tables
from jsontext import Array, Object
from text import ascii_lower

UNDEFINED = ("undefined",)


# User agents

BEFORE = ("/", "rv:", "NT ", "OS ", "OS X ", "Android ", "Phone ", "MSIE ", "Tizen ")


def ua(text):
    out, at = [], 0
    while at < len(text):
        match = re.compile("[0-9][A-Za-z0-9._]*").match(text, at)
        if match and any(text.endswith(word, 0, at) for word in BEFORE):
            out.append("*")
            at = match.end()
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def ua_row(text, kind):
    return tables.first_row("ua", text, kind)[0]


def ua_name(kind):
    def step(text):
        row = ua_row(text, kind)
        return row[1] if row else text
    return step


def ua_version(kind):
    def step(text):
        row = ua_row(text, kind)
        if not row:
            return text
        if len(row) > 2 and row[2]:
            for match in tables.pattern(row[2]).finditer(text):
                version = re.compile(" ?([0-9]{1,15})(?![0-9])").match(text, match.end())
                if version:
                    return float(version[1])
        return UNDEFINED
    return step


def ua_mobile(text):
    row = ua_row(text, "mobile")
    return row[1] == "true" if row else text


# Client hints

def version(text, n):
    if not re.fullmatch(r"[0-9][A-Za-z0-9._+-]*", text):
        return text
    return ".".join(text.split(".")[:n])


STRING = r'"(?:[ !#-\[\]-~]|\\["\\])*"'
PARAMETER = r"; *[a-z0-9_.*-]+(?:=(?:" + STRING + r"|[!#-+\--:<-~]+))?"
MEMBER = "(" + STRING + ")((?:" + PARAMETER + ")*)"
COMMA = re.compile("[ \t]*,[ \t]*")


def brand_list(text):
    """The strings of a Sec-CH-UA field, or None if it does not keep to the grammar."""
    if text.count(",") > 1023:
        return None
    names, at = [], 0
    while True:
        match = re.compile(MEMBER).match(text, at)
        if not match:
            return None
        names.append(re.sub(r"\\(.)", r"\1", match[1][1:-1]))
        at = match.end()
        if at == len(text):
            return names
        match = COMMA.match(text, at)
        if not match:
            return None
        at = match.end()


def brands(value):
    if isinstance(value, str):
        names = brand_list(value)
        if names is None:
            return value
    else:
        names = [item.get("brand") if isinstance(item, Object) else item for item in value]
        if not all(isinstance(name, str) for name in names):
            return value
    names = {name for name in names
             if ascii_lower(re.sub("(?![A-Za-z0-9])[\x00-\x7f]", "", name)) != "notabrand"}
    if names - {"Chromium"}:
        names -= {"Chromium"}
    return Array(sorted(names, key=str.encode))


def platform(text):
    for beginning, name in tables.rows("platform"):
        if text.startswith(beginning):
            return name
    return text


# Graphics processors

def matching(text, at):
    """The text from here up to the ')' that closes a '(' before here, or up to the end."""
    depth = 1
    for i in range(at, len(text)):
        if text[i] == "(":
            depth += 1
        elif text[i] == ")":
            depth -= 1
            if depth == 0:
                return text[at:i]
    return text[at:]


def outside(text, separators):
    """The parts of a text between separators that are outside of parentheses."""
    parts, depth = [""], 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        if char in separators and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def words(text):
    """Between spaces, tabs, parentheses with what they hold, and a ')' alone."""
    found, depth = [""], 0
    for char in text:
        if char == "(":
            depth += 1
            found.append("")
        elif char == ")":
            depth = max(depth - 1, 0)
            found.append("")
        elif depth == 0:
            if char in " \t":
                found.append("")
            else:
                found[-1] += char
    return [word for word in found if word]


def renderer(string):
    if not tables.searchable(string):
        return string
    text = string
    for _ in range(3):
        if text.startswith("ANGLE ("):
            parts = outside(matching(text, 7), ",")
            text = parts[-1] if len(parts) <= 2 else parts[-2]
        else:
            match = re.match(r"Vulkan [0-9.]* \(|D3D12 \(", text)
            if not match:
                break
            text = matching(text, match.end())
        text = text.strip(" \t")
    text = outside(text, ",;")[0].strip(" \t")
    for beginning in ("ANGLE Metal Renderer: ", "Gallium 0.4 on ", "Mesa DRI ", "Mesa "):
        text = text.removeprefix(beginning)
    kept, before = [], None
    for word in words(text):
        if word.startswith("Direct3D") or word == "OpenGL":
            break
        cut = re.search("/PCI|/AGP|/SSE2|/integrated", word)
        if cut:
            word = word[:cut.start()]
        if word and word != before:
            kept.append(word)
        before = word
        if cut:
            break
    return " ".join(kept) if kept else string


def gpu_class(string):
    row, match = tables.first_row("gpu", renderer(string))
    if not row:
        return string
    held = iter(match.groups())
    return "".join(next(held) if char == "#" else char for char in row[1])
