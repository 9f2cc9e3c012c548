"""`briefing publish`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from . import arguments as shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ..build import Read, Report
    from ..problems import Refused

HELP = "build the site for everybody, and push it to the branch that is served"
EXAMPLE = "briefing publish --dry-run"
EXITS = {
    0: "the site is published, or stands there already",
    1: "the content has errors, or, strict, problems of any kind; nothing was published",
    3: "git, the remote or the branch does not allow it; nothing was published",
}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing publish` takes."""
    shared.folder(parser)
    parser.add_argument("--remote", default="origin", metavar="NAME", help="the remote to push to (default: origin)")
    parser.add_argument(
        "--branch", default="gh-pages", metavar="NAME", help="the branch that is served (default: gh-pages)"
    )
    parser.add_argument("-m", "--message", metavar="TEXT", help="the commit's message")
    shared.publication(parser, profile=False)
    parser.add_argument("--strict", action="store_true", help="publish nothing with warnings or advice open")
    parser.add_argument("--allow-dirty", action="store_true", help="publish changes that are not committed, too")
    parser.add_argument("-n", "--dry-run", action="store_true", help="do all but the push, and say what it would be")


def run(options: Namespace) -> int:
    """Build for everybody into a folder of its own, and push that."""
    import tempfile
    from pathlib import Path

    from ..build import Publication, build
    from ..disk.inputs import check_folder
    from ..excerpting import for_public
    from ..printing import Progress, print_problems, print_published
    from ..problems import BuildFailed
    from ..publishing import domain, kept_and_lost, look, publish, revision, uncommitted
    from ..records import SiteUrl
    from ..wording import counted

    folder: Path = options.folder
    check_folder(folder)
    target = look(folder, options.remote, options.branch)
    changed = uncommitted(folder)
    if changed and not options.allow_dirty:
        raise _dirty(changed)
    progress = Progress()
    try:
        read = _sound(folder, progress, is_strict=options.strict)
        base_url = options.base_url or read.briefing.site.base_url or SiteUrl(target.address) or None
        with tempfile.TemporaryDirectory(prefix="briefing-publish-") as place:
            site = Path(place) / "site"
            built = build(folder, site, publication=Publication("public", base_url), report=progress)
            progress.clear()
            print_problems(built.warnings, "")
            for_all = for_public(read.briefing)
            _tell_of_another_domain(target.cname, base_url)
            _tell_of_others(*kept_and_lost(target, site))
            where = f"branch {target.branch} of {target.remote} ({target.shown})"
            if options.dry_run:
                print_published(for_all, f"would publish {counted(built.count('write'), 'file')} to {where}", base_url)
                return 0
            message = options.message or _message(read.briefing.site.title, revision(folder), is_dirty=bool(changed))
            done = publish(site, target, message, domain(base_url or ""))
    except BuildFailed as failed:
        progress.clear()
        print_problems(failed.problems, "nothing was published")
        return 1
    if not done.commit:
        print_published(for_all, f"nothing to publish: {where} holds this very site", base_url)
        return 0
    print_published(for_all, f"published {counted(done.files, 'file')} to {where} as {done.commit[:12]}", base_url)
    return 0


def _sound(folder: Path, report: Report, *, is_strict: bool) -> Read:
    """The briefing, if nothing stands against its publication: an error or, where it is strict, any problem."""
    from ..advising import advice
    from ..build import read_briefing
    from ..problems import BuildFailed, has_errors
    from ..severities import weighed

    read = read_briefing(folder, report)
    problems = (*read.warnings, *weighed(advice(read.briefing, read.annotations), read.annotations.site.rules))
    if has_errors(problems) or (is_strict and problems):
        raise BuildFailed(problems)
    return read


def _tell_of_another_domain(cname: str, base_url: str | None) -> None:
    """Say so when the site names itself otherwise than the branch does, whose word counts with the host."""
    import sys
    from urllib.parse import urlsplit

    if cname and base_url and urlsplit(base_url).hostname != cname.lower():
        print(f"the branch's CNAME names {cname!r}, and the site says that it stands at {base_url}", file=sys.stderr)
        print("    hint: make them one, in the CNAME file on the branch or in base_url", file=sys.stderr)


def _tell_of_others(kept: Iterable[str], lost: Sequence[str]) -> None:
    """Say what of other hands stays on the branch, and what goes from it."""
    import sys

    from ..problems import printable, some_of

    if names := [*map(printable, kept)]:
        print(f"kept on the branch, as publishing did not write it: {some_of(names)}")
    if names := [*map(printable, lost)]:
        print(f"not kept on the branch, whose history has it: {some_of(names)}", file=sys.stderr)
        print(
            "    hint: no link or submodule stays, no odd name, and nothing that the site needs the place of",
            file=sys.stderr,
        )


def _message(title: str, revision: str, *, is_dirty: bool) -> str:
    """What the commit says: which briefing, of which commit."""
    source = f" from {revision}" if revision else ""
    return f"Publish {' '.join(title.split())}{source}{', with uncommitted changes' if is_dirty else ''}"


def _dirty(changed: Sequence[str]) -> Refused:
    from ..problems import Refused, some_of

    return Refused(
        f"changes are not committed: {some_of(changed)}",
        "commit them (git add, git commit), so that what is published can be found again, or say --allow-dirty",
    )
