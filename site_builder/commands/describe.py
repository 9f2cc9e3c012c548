"""`briefing describe`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from . import arguments as shared

HELP = "print the quote that means these words and no others"
EXAMPLE = "briefing describe harbour-notice 'received 120 complaints'"
EXITS = {0: "the quote is printed", 1: "the words do not stand in the source, or it cannot be read"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing describe` takes."""
    parser.add_argument("source", metavar="SOURCE", help="the id of a source")
    parser.add_argument("words", metavar="WORDS", nargs="+", help="words of its text")
    shared.folder_option(parser)


def run(options: Namespace) -> int:
    """Print the YAML of the quote; 1 when the words are not in the source."""
    from ..annotating.describing import describe_words
    from ..disk.inputs import check_folder
    from ..printing import print_problems
    from ..problems import BuildFailed

    check_folder(options.folder)
    try:
        print(describe_words(options.folder, options.source, " ".join(options.words)), end="")
    except BuildFailed as failed:
        print_problems(failed.problems, "")
        return 1
    return 0
