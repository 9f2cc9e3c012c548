"""`briefing add`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from . import arguments as shared

HELP = "take texts into seeds/, and write a source file for each to start from"
EXAMPLE = "briefing add notice.txt page.html report.pdf --accessed 2021-03-05"
EXITS = {
    0: "all texts are taken",
    1: "a text cannot be taken; every reason is printed, and none was taken",
    3: "the extra that reads HTML or PDF is not installed, or the folder is no briefing",
}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing add` takes."""
    parser.add_argument("texts", nargs="+", metavar="TEXT",
                        help="a plain text, a page in HTML or a PDF; - reads standard input")  # fmt: skip
    shared.folder_option(parser)
    parser.add_argument(
        "--id", type=_id, help="the id of the source (default: made of the file's name, or of its title); for one text"
    )
    parser.add_argument("--name", help="the name in seeds/ (default: the file's own); for one text, and with - needed")
    parser.add_argument("--encoding", type=_encoding, metavar="ENCODING",
                        help="convert the text from this encoding, such as cp1251 (default: it is UTF-8)")  # fmt: skip
    parser.add_argument("--accessed", type=_date, metavar="DATE",
                        help="when you took the text from where it stood, such as 2021-03-05")  # fmt: skip
    parser.add_argument("-n", "--dry-run", action="store_true", help="print the source files; write nothing")


def _id(text: str) -> str:
    from ..reading.scalars import ID, NO_ID, slug
    from ..texts.romanizing import romanized

    if not ID.fullmatch(text):
        near = slug(romanized(text))
        raise ArgumentTypeError(f"'{text}' {NO_ID}" + (f"; for example {near}" if near else ""))
    return text


def _encoding(text: str) -> str:
    import codecs

    try:
        found = codecs.lookup(text)
        "".encode(text)  # some codecs of Python's encode no text
    except (LookupError, UnicodeError, TypeError):
        raise ArgumentTypeError(f"'{text}' is no encoding; for example cp1251, cp1252, utf-16") from None
    return found.name


def _date(text: str) -> str:
    from ..printed.dates import BadDate, parse_edtf

    try:
        parse_edtf(text)
    except BadDate as error:
        raise ArgumentTypeError(f"'{text}' is not a date: {error}") from None
    return text


def run(options: Namespace) -> int:
    """Take the texts, or say what is wrong with each that cannot be taken."""
    from ..adding.originals import LARGEST_ORIGINAL, STDIN, Wishes
    from ..adding.taking import add
    from ..adding.untaken import Untaken
    from ..printing import print_added, print_troubles

    if wrong := _misuse(options, STDIN):
        print(f"briefing add: {wrong}", file=sys.stderr)
        return 2
    wishes = Wishes(id=options.id, name=options.name, encoding=options.encoding, accessed=options.accessed or "")
    stdin = sys.stdin.buffer.read(LARGEST_ORIGINAL + 1) if STDIN in options.texts else b""
    try:
        added = add(options.folder, options.texts, wishes, stdin=stdin, dry_run=options.dry_run)
    except Untaken as untaken:
        print_troubles(untaken.troubles, len(options.texts))
        return 3 if any(trouble.is_ours for trouble in untaken.troubles) else 1
    print_added(added, options.folder, dry_run=options.dry_run)
    return 0


def _misuse(options: Namespace, stdin: str) -> str:
    """What is wrong with the words of the command; empty when nothing is."""
    if len(options.texts) > 1 and (options.id or options.name):
        return "--id and --name are for one text"
    if options.texts == [stdin] and not options.name:
        return "standard input needs a --name, for example --name notice.txt"
    if options.texts.count(stdin) and len(options.texts) > 1:
        return "standard input is taken by itself, with a --name"
    return ""
