#include "config.h"

#include "base/status.h"

const char *status_text(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "no fault";
    case STATUS_NO_MEMORY:
        return "out of memory";
    case STATUS_END:
        return "the record ends here, inside a value: expected one whole JSON object per line";
    case STATUS_VALUE:
        return "expected a JSON value";
    case STATUS_NAME:
        return "expected a member name in double quotes";
    case STATUS_COLON:
        return "expected ':' after the member name";
    case STATUS_MEMBER_END:
        return "expected ',' or '}' after the member";
    case STATUS_ELEMENT_END:
        return "expected ',' or ']' after the element";
    case STATUS_WORD:
        return "unknown word: expected true, false, null, or a string in double quotes";
    case STATUS_NUMBER:
        return "malformed number: expected [-]digits[.digits][e[+-]digits], no leading zero";
    case STATUS_ESCAPE:
        return "unknown escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX";
    case STATUS_CONTROL:
        return "control byte in a string: expected it as an escape, \\u00XX";
    case STATUS_UTF8:
        return "invalid UTF-8: expected text in UTF-8 only";
    case STATUS_TRAILING:
        return "text after the record: expected one JSON object per line";
    case STATUS_RANGE:
        return "number out of range: expected at most 1.7976931348623157e308";
    case STATUS_DUPLICATE:
        return "this object already has a member of this name: expected each name once";
    case STATUS_DEPTH:
        return "nested too deep: see --max-depth";
    case STATUS_LENGTH:
        return "record too long: see --max-record";
    case STATUS_VALUES:
        return "too many values in the record: see --max-values";
    case STATUS_OBJECT:
        return "the record is not a JSON object: expected {\"name\": value, ...}";
    case STATUS_ID:
        return "the record's id is neither a string nor a number";
    case STATUS_SIGNALS:
        return "no signals: expected a record with signals of the catalog";
    case STATUS_INVALID:
    case STATUS_UNREADABLE:
    case STATUS_QUOTA:
    case STATUS_SYSTEM:
        break; /* the fault has the text */
    }
    return "unknown fault";
}

const char *status_name(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "ok";
    case STATUS_NO_MEMORY:
        return "memory";
    case STATUS_END:
        return "end";
    case STATUS_VALUE:
        return "value";
    case STATUS_NAME:
        return "name";
    case STATUS_COLON:
        return "colon";
    case STATUS_MEMBER_END:
        return "member-end";
    case STATUS_ELEMENT_END:
        return "element-end";
    case STATUS_WORD:
        return "word";
    case STATUS_NUMBER:
        return "number";
    case STATUS_ESCAPE:
        return "escape";
    case STATUS_CONTROL:
        return "control";
    case STATUS_UTF8:
        return "utf-8";
    case STATUS_TRAILING:
        return "trailing";
    case STATUS_RANGE:
        return "range";
    case STATUS_DUPLICATE:
        return "duplicate";
    case STATUS_DEPTH:
        return "depth";
    case STATUS_LENGTH:
        return "length";
    case STATUS_VALUES:
        return "values";
    case STATUS_OBJECT:
        return "object";
    case STATUS_ID:
        return "id";
    case STATUS_SIGNALS:
        return "signals";
    case STATUS_INVALID:
    case STATUS_UNREADABLE:
    case STATUS_QUOTA:
    case STATUS_SYSTEM:
        break; /* not of a record, so never counted */
    }
    return "unknown";
}
