"""The command line of the oracle: whorl.1."""
import argparse

import jsontext
import output


class Usage(Exception):
    pass


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Usage(message)


def parse(arguments):
    parser = Parser(prog="oracle", allow_abbrev=False)
    parser.add_argument("--catalog", action="append")
    parser.add_argument("--select", default=",".join(output.DEFAULT))
    parser.add_argument("--format", choices=["ndjson", "binary"], default="ndjson")
    parser.add_argument("--reveal", action="store_true")
    parser.add_argument("--no-header", action="store_true")
    parser.add_argument("--max-record", type=int, default=jsontext.MAX_BYTES)
    parser.add_argument("--max-depth", type=int, default=jsontext.MAX_DEPTH)
    parser.add_argument("--max-values", type=int, default=jsontext.MAX_VALUES)
    parser.add_argument("files", nargs="*", default=["-"])
    options = parser.parse_args(arguments)
    options.catalog = options.catalog or ["browser"]
    options.select = options.select.split(",")
    if not set(options.select) <= set(output.MEMBERS):
        raise Usage("--select")
    if options.format == "binary" and len(options.catalog) > 1:
        raise Usage("binary output takes one catalog")
    options.limits = (options.max_record, options.max_depth, options.max_values)
    return options
