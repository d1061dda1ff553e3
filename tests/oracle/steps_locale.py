"""The steps for languages and time zones.

Each function takes a string (or an array) and gives a value or its argument unchanged.
Sections are those of whorl-catalog.5.
"""
import re

import tables
from jsontext import Array, canonical


# Languages

RANGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*|\*")


def language_or_none(text):
    tag = text.split(";", 1)[0].strip(" \t")
    if not RANGE.fullmatch(tag):
        return None
    subtags, single = [], False
    for i, subtag in enumerate(tag.replace("_", "-").lower().split("-")):
        if i > 0 and not single:
            if len(subtag) == 2:
                subtag = subtag.upper()
            elif len(subtag) == 4:
                subtag = subtag[0].upper() + subtag[1:]
        single = single or len(subtag) == 1
        subtags.append(subtag)
    subtags[0] = tables.mapping("language").get(subtags[0], subtags[0])
    return "-".join(subtags)


def language(text):
    found = language_or_none(text)
    return text if found is None else found


def each_once(values):
    seen, out = set(), Array()
    for value in values:
        key = canonical(value)
        if key not in seen:
            seen.add(key)
            out.append(value)
    return out


def languages(array):
    return each_once(language(value) if isinstance(value, str) else value for value in array)


def accept_language(text):
    if text.count(",") > 1023:
        return text
    parts = [part.strip(" \t") for part in text.split(",")]
    found = [language_or_none(part) for part in parts if part]
    if not found or None in found:
        return text
    return each_once(found)


# Time zones

def timezone(text):
    return tables.mapping("timezone").get(text, text)
