"""A built site onto a branch that GitHub Pages, or any host like it, serves: one commit through ghp-import, one push.

Nothing is ever forced. Before a commit is made the branch is fetched and compared, and where the two have grown apart,
or git or the remote says no, it stays as it was, here and there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from .disk.writing import OWN
from .frozen import dataclass
from .problems import Refused, some_of

INPUTS = ("seeds", "annotations", "templates")


@dataclass(frozen=True, slots=True)
class Target:
    """The branch that is published to: its state in this repository and at the remote, as commits, empty where it is
    not there. `cname` is what the branch's CNAME file says, `others` are the files that other hands put there, by
    path with their mode, type and hash."""

    repository: Path
    remote: str
    branch: str
    url: str
    here: str
    there: str
    cname: str
    others: Mapping[str, str]

    @property
    def shown(self) -> str:
        """The remote's address without a password or token that may be in it."""
        return re.sub(r"(?<=://)[^/@]*@", "", self.url)

    @property
    def address(self) -> str:
        """Where the site will appear, empty where that cannot be told from the remote."""
        return f"https://{self.cname}/" if _DOMAIN.fullmatch(self.cname) else pages_address(self.url)


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: the commit, empty when the branch held this very site; how many files it holds."""

    commit: str
    files: int


# Looking


def look(folder: Path, remote: str, branch: str) -> Target:
    """Fetch the branch and see that it can be published to; raises Refused with what stands against it."""
    repository = Path(_ask(folder, "rev-parse", "--show-toplevel", otherwise=_no_repository).strip())
    url = _ask(folder, "remote", "get-url", remote, otherwise=lambda _: _no_remote(folder, remote)).strip()
    if branch.startswith("-"):
        raise _no_branch(branch)
    _ask(folder, "check-ref-format", f"refs/heads/{branch}", otherwise=lambda _: _no_branch(branch))
    _ask(folder, "var", "GIT_COMMITTER_IDENT", otherwise=_nobody)
    _check_not_open(folder, branch)
    there = _fetched(folder, remote, branch)
    here = _commit(folder, f"refs/heads/{branch}")
    if here and not (there and _is_ancestor(folder, here, there)):
        raise _apart(remote, branch, is_there=bool(there))
    if not there:
        return Target(repository, remote, branch, url, here, there, "", {})
    files = _files(folder, there)
    if strange := _strange(files):
        raise _not_ours(remote, branch, strange)
    cname = _said(folder, "show", f"{there}:CNAME").strip()
    return Target(repository, remote, branch, url, here, there, cname, _of_others(folder, there, files))


def uncommitted(folder: Path) -> tuple[str, ...]:
    """The files of the briefing that differ from the last commit, as paths in the repository."""
    listed = _ask(
        folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", *INPUTS, otherwise=_no_repository
    )
    found, entries = [], iter(listed.split("\0"))
    for entry in entries:
        if entry:
            found.append(entry[3:])
        if entry[:1] in ("R", "C"):
            next(entries, None)  # the name before
    return tuple(found)


def revision(folder: Path) -> str:
    """The commit that the briefing stands at, short; empty before the first."""
    return _said(folder, "rev-parse", "--short", "HEAD").strip()


def _fetched(folder: Path, remote: str, branch: str) -> str:
    """The branch as the remote has it now; what was known of it before is brought up to that."""
    listed = _ask(folder, "ls-remote", "--heads", remote, f"refs/heads/{branch}",
                  otherwise=lambda said: _unreachable(remote, said))  # fmt: skip
    tracking = f"refs/remotes/{remote}/{branch}"
    if not listed.strip():
        _said(folder, "update-ref", "-d", tracking)
        return ""
    _ask(folder, "fetch", "--quiet", "--no-tags", remote, f"+refs/heads/{branch}:{tracking}",
         otherwise=lambda said: _unreachable(remote, said))  # fmt: skip
    return _commit(folder, tracking)


_OURS = frozenset(("index.html", ".nojekyll", "assets/site.css"))  # of every site that was published


def _strange(files: Mapping[str, str]) -> list[str]:
    """What a branch holds at its top, where that is no site of ours, nor what a host puts there before there is one."""
    if files.keys() >= _OURS:
        return []
    return sorted({name.partition("/")[0] for name in files} - {"CNAME", ".nojekyll"})


def _files(folder: Path, commit: str) -> dict[str, str]:
    """The files of a commit by path, each with its mode, its type and its hash."""
    listed = _said(folder, "ls-tree", "--full-tree", "-r", "-z", commit).split("\0")
    return {name: of for of, _, name in (each.partition("\t") for each in listed) if name}


_TRAILER, _KEPT = "Published-by: evidence-briefing", "Kept"


def _of_others(folder: Path, commit: str, files: Mapping[str, str]) -> dict[str, str]:
    """Of a branch's files those that publishing did not write: they came after the last site, or it kept them.

    A branch that was published to before commits said so has none that could be told.
    """
    log = ("log", "-1", "--basic-regexp", "--encoding=UTF-8", "--no-show-signature")  # whatever the author's settings
    ours = _said(folder, *log, f"--grep=^{_TRAILER}$", "--format=%H", commit).strip()
    if not ours:
        return {}
    kept = _said(folder, *log, f"--format=%(trailers:key={_KEPT},valueonly)", ours).splitlines()
    names = files.keys()
    others = (names - _files(folder, ours).keys() | names & {*kept}) - {"CNAME"}
    return {name: files[name] for name in sorted(others)}


def _check_not_open(folder: Path, branch: str) -> None:
    """A branch that someone works in must not move under their hands."""
    listed = _said(folder, "worktree", "list", "--porcelain")
    if f"branch refs/heads/{branch}\n" in listed:
        raise Refused(
            f"branch {branch} is checked out, and publishing replaces all that is in it",
            "check out another branch, or name the one to publish to with --branch",
        )


# Writing


def publish(site: Path, target: Target, message: str, cname: str = "") -> Published:
    """Commit the site as the whole content of the branch, and push it; on any failure the branch is put back.

    `cname` is the domain to name where the branch names none. Files of other hands stay on it, as
    `kept_and_lost` says.
    """
    from ghp_import import GhpError, ghp_import

    shutil.rmtree(site / OWN, ignore_errors=True)
    kept = _keep(target, site)
    message = "\n".join((message.rstrip(), "", _TRAILER, *(f"{_KEPT}: {name}" for name in kept)))
    files = sum(path.is_file() for path in site.rglob("*"))
    folder, branch = target.repository, target.branch
    name = f"refs/heads/{branch}"
    is_pushed = False
    try:
        with contextlib.chdir(folder), _committer(folder):
            try:
                ghp_import(
                    str(site.resolve()), remote=target.remote, branch=branch, mesg=message, nojekyll=True,
                    cname=target.cname or cname or None,
                )  # fmt: skip
            except (GhpError, SystemExit, TypeError, ValueError, OSError, subprocess.CalledProcessError) as error:
                raise _not_committed(getattr(error, "message", "") or str(error)) from error
        made = _commit(folder, name)
        if not made or made == target.there or _parent(folder, made) != target.there:
            raise _not_committed("")
        if target.there and _tree(folder, made) == _tree(folder, target.there):
            return Published("", files)
        _ask(folder, "push", "--quiet", target.remote, f"{name}:{name}",
             otherwise=lambda said: _not_pushed(target.remote, branch, said))  # fmt: skip
        is_pushed = True
        return Published(made, files)
    finally:
        if not is_pushed:
            _put_back(folder, name, target.here)


def kept_and_lost(target: Target, site: Path) -> tuple[dict[str, str], list[str]]:
    """The files of other hands that stay on the branch beside this site, as `Target.others` has them; and
    those that it cannot keep: links and submodules, names that no message of a commit could hold, and what stands in
    the place of a folder of the site. Where the site has a file of that path it is the site's."""
    kept, lost = {}, []
    for name, of in target.others.items():
        path = site / name
        is_taken = path.is_dir() or any(parent.is_file() for parent in path.parents)
        if is_taken or not of.startswith("100") or _UNNAMEABLE.search(name):
            lost.append(name)
        elif not path.exists():
            kept[name] = of
    return kept, lost


# What ends a line or begins a quoted name, what a trailer loses at its ends, and what was not UTF-8.
_UNNAMEABLE = re.compile(r"[\0-\x1f\x7f\x85\u2028\u2029\ufffd]|^[\s\"]|\s$|(?:^|/)\.\.?(?:/|$)")


def _keep(target: Target, site: Path) -> list[str]:
    """Put the files of other hands into the site that is to take the branch's place, and name them."""
    kept, _ = kept_and_lost(target, site)
    for name, of in kept.items():
        mode, _, content = of.split(" ")
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        found = _git(target.repository, "cat-file", "blob", content)
        if found.returncode:
            raise _not_committed(_text(found.stderr).strip())
        path.write_bytes(found.stdout)
        path.chmod(int(mode[-3:], 8))
    return [*kept]


def _put_back(folder: Path, name: str, commit: str) -> None:
    _said(folder, "update-ref", *((name, commit) if commit else ("-d", name)))


@contextlib.contextmanager
def _committer(folder: Path) -> Iterator[None]:
    """ghp-import asks git's configuration for a name; git itself may know one from elsewhere."""
    known = re.match(r"(.*) <(.*)> \d+ [-+]\d+", _said(folder, "var", "GIT_COMMITTER_IDENT"))
    if not known:
        raise _nobody("")
    before = {key: os.environ.get(key) for key in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")}
    os.environ.update(GIT_COMMITTER_NAME=known[1], GIT_COMMITTER_EMAIL=known[2])
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


# Addresses

_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_GITHUB = re.compile(
    r"(?:https?://(?:[^/@]*@)?|(?:ssh://)?git@)github\.com[:/]([A-Za-z0-9-]+)/([\w.-]+?)(?:\.git)?/?", re.ASCII
)


def pages_address(url: str) -> str:
    """Where GitHub serves the pages of the repository at this address; empty for any other host."""
    match = _GITHUB.fullmatch(url)
    if not match:
        return ""
    owner, name = match[1].lower(), match[2]
    return (
        f"https://{owner}.github.io/" if name.lower() == f"{owner}.github.io" else f"https://{owner}.github.io/{name}/"
    )


def domain(base_url: str) -> str:
    """The domain that a branch has to name for a site at this address; empty where it stands below another's."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    is_own = parts.path in ("", "/") and not parts.port and not host.endswith(".github.io") and _DOMAIN.fullmatch(host)
    return host if is_own else ""


# Git


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 no shell; names are checked, and follow a prefix or what git itself said
            ["git", "-C", str(folder), *arguments],  # noqa: S607 whichever git the author uses
            capture_output=True, check=False, env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )  # fmt: skip
    except FileNotFoundError:
        raise Refused("git is not installed", "publishing to a branch needs it: https://git-scm.com/") from None


def _said(folder: Path, *arguments: str) -> str:
    """What git says, empty when it fails."""
    done = _git(folder, *arguments)
    return _text(done.stdout) if done.returncode == 0 else ""


def _ask(folder: Path, *arguments: str, otherwise: Callable[[str], Refused]) -> str:
    """What git says; when it fails, `otherwise` makes of its complaint what is raised."""
    done = _git(folder, *arguments)
    if done.returncode:
        raise otherwise(" ".join(_text(done.stderr).split()))
    return _text(done.stdout)


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace").replace("\r\n", "\n")


def _commit(folder: Path, name: str) -> str:
    return _said(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()


def _tree(folder: Path, commit: str) -> str:
    return _said(folder, "rev-parse", f"{commit}^{{tree}}").strip()


def _parent(folder: Path, commit: str) -> str:
    return _said(folder, "rev-parse", "--verify", "--quiet", f"{commit}^").strip()


def _is_ancestor(folder: Path, old: str, new: str) -> bool:
    return _git(folder, "merge-base", "--is-ancestor", old, new).returncode == 0


# What stands against it


def _no_repository(said: str) -> Refused:
    if "dubious ownership" in said:
        return Refused(f"git does not trust this repository: {said}", "say so with git config --global safe.directory")
    return Refused("this briefing is in no git repository", "make one: git init, git add ., git commit")


def _no_remote(folder: Path, remote: str) -> Refused:
    known = ", ".join(_said(folder, "remote").split())
    hint = f"known here: {known}; name one with --remote" if known else f"add it: git remote add {remote} URL"
    return Refused(f"this repository has no remote '{remote}'", hint)


def _no_branch(branch: str) -> Refused:
    return Refused(f"'{branch}' cannot be the name of a branch", "for example: --branch gh-pages")


def _nobody(said: str) -> Refused:  # noqa: ARG001 git's own words fill a screen
    hint = 'tell it: git config user.name "Your Name", git config user.email you@example.org'
    return Refused("git does not know whose commit this would be", hint)


def _unreachable(remote: str, said: str) -> Refused:
    return Refused(f"remote '{remote}' does not answer: {said}", f"see where it leads with git remote get-url {remote}")


def _apart(remote: str, branch: str, *, is_there: bool) -> Refused:
    if not is_there:
        message = f"branch {branch} is here, and {remote} has none: publishing adds to what {remote} has"
        return Refused(message, f"push it (git push {remote} {branch}), or delete it (git branch -D {branch})")
    return Refused(
        f"branch {branch} has commits here that {remote} does not have",
        f"look at them: git log {remote}/{branch}..{branch}; when nothing of them is wanted: git branch -D {branch}",
    )


def _not_ours(remote: str, branch: str, others: Sequence[str]) -> Refused:
    message = f"branch {branch} holds no briefing's site, and publishing replaces all that is in it: {some_of(others)}"
    hint = f"name another with --branch; when nothing of it is wanted: git push {remote} --delete {branch}"
    return Refused(message, hint)


def _not_committed(said: str) -> Refused:
    reason = f": {said}" if said else ""
    return Refused(
        f"git could not make the commit{reason}", "what git printed above may say why; nothing was published"
    )


def _not_pushed(remote: str, branch: str, said: str) -> Refused:
    if "fetch first" in said or "non-fast-forward" in said:
        return Refused(f"someone published to {branch} in the meantime", "look at what is there, then publish again")
    return Refused(f"{remote} did not take the push: {said}", "nothing was published, and the branch here is as it was")
