"""Arguments that several commands share."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path


def folder(parser: ArgumentParser) -> None:
    """The briefing, as the first word."""
    parser.add_argument("folder", nargs="?", default=".", type=Path, metavar="FOLDER",
                        help="the folder with seeds/ and annotations/ (default: here)")  # fmt: skip


def folder_option(parser: ArgumentParser) -> None:
    """The briefing, as an option, where the words stand for something else."""
    parser.add_argument("--folder", default=".", type=Path, metavar="FOLDER", help="the briefing (default: here)")


def publication(parser: ArgumentParser, *, profile: bool = True) -> None:
    """For whom the site is built, and where it will stand."""
    if profile:
        parser.add_argument(
            "--profile", choices=("local", "public"), default="local",
            help="local: every text whole, private notes too; public: excerpts of texts that may not be republished, "
            "no private notes (default: local)",
        )  # fmt: skip
    parser.add_argument("--base-url", type=_base_url, metavar="URL",
                        help="where the site will stand, in place of base_url in site.yaml")  # fmt: skip


def _base_url(text: str) -> str:
    from ..reading.scalars import Misfit, site_url

    try:
        return site_url(text, "--base-url", True)
    except Misfit as misfit:
        raise ArgumentTypeError(f"{misfit.message}; {misfit.hint}") from None


def output(parser: ArgumentParser) -> None:
    """Where the site goes, and what may be written over."""
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="where the site goes (default: FOLDER/output)")
    parser.add_argument(
        "--adopt", action="store_true", help="build into a folder that holds other files, and keep them"
    )
    parser.add_argument("--force", action="store_true", help="write over pages that were changed after they were built")


def jobs(parser: ArgumentParser) -> None:
    """By how many processes."""
    parser.add_argument("-j", "--jobs", type=_jobs, default=0, metavar="N",
                        help="make pages by N processes (default: one for each processor, "
                             "where it pays and all of them fit into 400 MB)")  # fmt: skip


_MOST = 256


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST):
        raise ArgumentTypeError(f"'{text}' is not a number of processes from 1 to {_MOST}")
    return int(text)
