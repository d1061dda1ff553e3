"""The command line of the oracle: whorl.1."""
import argparse

import jsontext
import output
import tsv


class Usage(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Usage(message)


def parse(arguments):
    parser = Parser(prog="oracle", allow_abbrev=False)
    parser.add_argument("--catalog", action="append")
    parser.add_argument("--select")
    parser.add_argument("--format", choices=["ndjson", "tsv", "binary"], default="ndjson")
    parser.add_argument("--reveal", action="store_true")
    parser.add_argument("--no-header", action="store_true")
    parser.add_argument("--fact-text", type=int, choices=range(1, 257), default=0)
    parser.add_argument("--max-record", type=int, default=jsontext.MAX_BYTES)
    parser.add_argument("--max-depth", type=int, default=jsontext.MAX_DEPTH)
    parser.add_argument("--max-values", type=int, default=jsontext.MAX_VALUES)
    parser.add_argument("files", nargs="*", default=["-"])
    options = parser.parse_args(arguments)
    options.catalog = options.catalog or ["browser"]
    given = options.select
    default = tsv.DEFAULT if options.format == "tsv" else output.DEFAULT
    options.select = given.removeprefix("+").split(",") if given is not None else list(default)
    if given is not None and given[:1] == "+" and options.format != "binary":
        options.select += default
    if not set(options.select) <= set(output.SELECTED):
        raise Usage("--select")
    if options.format == "binary" and given is not None and \
            not set(options.select) <= {*output.LIBRARY_IDS, "sketch"}:
        raise Usage("--select and binary")
    if options.format != "ndjson" and len(options.catalog) > 1:
        raise Usage("the format takes one catalog")
    if options.format == "ndjson" and options.no_header:
        raise Usage("NDJSON has no header")
    if options.fact_text and options.format != "binary":
        raise Usage("--fact-text without binary")
    options.limits = (options.max_record, options.max_depth, options.max_values)
    return options


def check(options, catalogs):
    """Has a catalog the library of each id that is selected?"""
    ids = set(options.select) & set(output.LIBRARY_IDS)
    if not ids <= {name for catalog in catalogs for name in output.library_member(catalog)}:
        raise Usage("--select: no library")
