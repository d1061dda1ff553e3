"""Unicode 15.0.0 for the steps: whorl-catalog.5 Text."""
import functools
import re

import icu

UNICODE = 15.0
if float(icu.UNICODE_VERSION) < UNICODE:
    raise SystemExit("Unicode 15.0 is needed, this is " + icu.UNICODE_VERSION)

CC, CF, CN, ND, ZL, ZP = 15, 16, 0, 9, 13, 14  # numbers of the general categories in ICU's UCharCategory

WHITE = "".join(map(chr, [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028,
                          0x2029, 0x202F, 0x205F, 0x3000]))
WHITE_RUN = re.compile("[" + WHITE + "]+")

NFC = icu.Normalizer2.getNFCInstance()
NFD = icu.Normalizer2.getNFDInstance()
NFKC = icu.Normalizer2.getNFKCInstance()


@functools.lru_cache(1 << 16)
def category(char):
    """What a newer ICU says of a code point that is unassigned in 15.0 does not count."""
    return CN if float(icu.Char.charAge(char)) > UNICODE else icu.Char.charType(char)


def apart(text, function):
    """Unassigned code points are copied; the texts between them are each taken by themselves."""
    if text.isascii():
        return function(text)
    out, run = [], []
    for char in text:
        if category(char) == CN:
            out += [function("".join(run)), char]
            run = []
        else:
            run.append(char)
    return "".join(out) + function("".join(run))


def normalize(form, text):
    return text if text.isascii() else form.normalize(text)


def nfc(text):
    return apart(text, lambda part: normalize(NFC, part))


def nfkc(text):
    return apart(text, lambda part: normalize(NFKC, part))


def fold(text):
    def one(part):
        folded = str(icu.UnicodeString(normalize(NFD, part)).foldCase())
        return normalize(NFC, folded)
    return apart(text, one)


def lower(text):
    return "".join(char if category(char) == CN else chr(icu.Char.tolower(ord(char)))
                   for char in text)


def digits(text):
    return "".join(str(icu.Char.charDigitValue(ord(char))) if category(char) == ND else char
                   for char in text)


def strip_control(text):
    return "".join(char for char in text
                   if category(char) not in (CC, CF) and char not in "\u2028\u2029")


def trim(text):
    return text.strip(WHITE)


def squeeze(text):
    return WHITE_RUN.sub(" ", text)


def ascii_lower(text):
    return re.sub("[A-Z]+", lambda match: match[0].lower(), text)
