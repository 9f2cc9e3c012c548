"""A briefing as it stood at a git revision: its files, as they were committed, in a folder of their own.

The blobs are read from git's store and written elsewhere; the work tree and the index are neither read nor touched, and
no filter, hook or attribute has a say in the bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..disk.manifest import is_site_path
from ..problems import Refused
from ..reading.folder import ANNOTATIONS
from ..reading.seeds import SEEDS

_LINK, _FILE = b"120000", b"100"
_VERSIONS = 50
_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


@contextmanager
def at_revision(folder: Path, revision: str) -> Iterator[Path]:
    """The briefing of `folder` as it was at a revision, in a folder that is gone afterwards.

    Raises Refused when there is no git, no repository, no such revision, or no briefing in it.
    """
    commit = _commit(folder, revision)
    prefix = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").rstrip("\n")
    with TemporaryDirectory(prefix="briefing-") as place:
        for path, content in _blobs(folder, commit, prefix, revision):
            target = Path(place, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if not Path(place, ANNOTATIONS).is_dir():
            raise Refused(
                f"there is no {prefix}{ANNOTATIONS}/ at {revision}",
                f"'git log --oneline -- {prefix}{ANNOTATIONS}' lists the revisions that have one",
            )
        yield Path(place)


def versions(folder: Path, path: str) -> Iterator[bytes]:
    """The bytes of a file of a briefing at each revision that changed it, newest first, the latest fifty.

    There are none where there is no git, no repository or no such file: who asks can do without.
    """
    if not shutil.which("git"):
        return
    commits = _run(folder, "log", f"--max-count={_VERSIONS}", "--format=%H", "--", path)
    prefix = _run(folder, "rev-parse", "--show-prefix").stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    for commit in commits.stdout.decode().split() if not commits.returncode else ():
        blob = _run(folder, "cat-file", "blob", f"{commit}:{prefix}{path}")
        if not blob.returncode:
            yield blob.stdout


def _commit(folder: Path, revision: str) -> str:
    """The hash of the commit that a revision means."""
    if not shutil.which("git"):
        raise Refused("git is not installed", "install it, or compare two folders")
    if _run(folder, "rev-parse", "--is-inside-work-tree").stdout.strip() != b"true":
        why = _run(folder, "rev-parse", "--git-dir").stderr.decode("utf-8", "replace")
        if "dubious ownership" in why:
            hint = "it belongs to somebody else: see 'git help config', safe.directory"
            raise Refused(f"git does not trust the repository around {folder}", hint)
        hint = f"'{revision}' is no folder, and revisions need a repository: run git init, or give two folders"
        raise Refused(f"{folder} is in no git repository", hint)
    found = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") if revision[:1] != "-" else None
    if not found or found.returncode:
        hint = "'git log --oneline -- annotations' lists revisions; a folder is given by its path"
        if _run(folder, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise Refused(
                f"nothing is committed yet around {folder}", "run git add and git commit, or give two folders"
            )
        raise Refused(f"'{revision}' is neither a folder nor a git revision", hint)
    return found.stdout.decode().strip()


def _blobs(folder: Path, commit: str, prefix: str, revision: str) -> Iterator[tuple[str, bytes]]:
    """Path (from the briefing's folder) and bytes of each file of the briefing in a commit."""
    inside = [f"{prefix}{name}" for name in (SEEDS, ANNOTATIONS)]
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *inside)
    wanted: list[tuple[str, bytes]] = []
    for row in listed.split(b"\0")[:-1]:
        meta, _, name = row.partition(b"\t")
        mode, _, hash_ = meta.split(b" ")
        path = name.decode("utf-8", "surrogateescape").removeprefix(prefix)
        if not mode.startswith(_FILE) or not is_site_path(path):
            what = "a symbolic link" if mode == _LINK else "no file"
            raise Refused(f"at {revision}, {path} is {what}", "only files are read; compare with another revision")
        wanted.append((path, hash_))
    content = _git(folder, "cat-file", "--batch", given=b"".join(hash_ + b"\n" for _, hash_ in wanted))
    at = 0
    for path, _ in wanted:
        end = content.index(b"\n", at)
        told = content[at:end].split(b" ")[-1]
        if not told.isdigit():
            raise _not_here(path)
        size = int(told)
        yield path, content[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git prints; raises Refused with what it complains of."""
    done = _run(folder, *arguments, given=given)
    if b"lazy fetching disabled" in done.stderr:
        raise _not_here("a file")
    if done.returncode:
        first = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise Refused(f"git {arguments[0]} failed: {first}", "does 'git fsck' find the repository whole?")
    return done.stdout


def _not_here(what: str) -> Refused:
    return Refused(
        f"{what} of that revision is not in this repository, which was cloned in part or is damaged",
        "clone it whole, without --filter, or compare two folders",
    )


def _run(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 no shell, and a revision never begins with a hyphen
        ["git", "--literal-pathspecs", "-C", str(folder), *arguments],  # noqa: S607 whichever git the author uses
        input=given, capture_output=True, check=False, env={**os.environ, **_QUIET},
    )  # fmt: skip
