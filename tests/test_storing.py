"""Bytes put by: the same when they are asked for, in memory or not, here or in a fork."""

import os
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from site_builder import storing
from site_builder.storing import Stored


@pytest.fixture(params=["in memory", "in a file", "some of both", "no room"], autouse=True)
def kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what is put by goes."""

    def full(*_: object) -> int:
        raise OSError

    monkeypatch.setattr(storing, "_file", storing._File())
    most = {"in memory": 16 << 20, "some of both": 12}.get(request.param, 0)
    for name in ("IN_MEMORY", "AT_ONCE"):
        monkeypatch.setattr(storing, name, most)
    if request.param == "no room":
        monkeypatch.setattr(os, "pwrite", full)


def test_bytes_are_those_that_were_put_by() -> None:
    texts = [b"", b"one", "zw\u00f6lf".encode(), b"\0\r\n" * 5_000, b"last", b"of all"]
    stored = [Stored(each) for each in texts]
    assert [each.content for each in stored] == texts
    assert [each.content for each in reversed(stored)] == texts[::-1]
    assert stored[2].text == stored[2].text == "zw\u00f6lf"
    assert (stored[1].text, stored[2].text) == ("one", "zw\u00f6lf")
    assert [pickle.loads(pickle.dumps(each)) for each in stored] == stored  # noqa: S301


def test_the_bytes_of_the_text_that_was_asked_for_last_are_its_own() -> None:
    first, second = Stored(b"one"), Stored(b"two", is_plain=True)
    assert (first.text, first.content, second.content, second.text) == ("one", b"one", b"two", "two")
    assert (first.content, second.content) == (b"one", b"two")


def test_that_a_text_is_plain_goes_with_it_and_makes_it_no_other() -> None:
    plain = Stored(b"one", is_plain=True)
    assert pickle.loads(pickle.dumps(plain)).is_plain  # noqa: S301
    assert not Stored(b"one").is_plain
    assert plain == Stored(b"one")


def test_what_is_put_by_by_many_at_a_time_is_each_ones_own() -> None:
    def kept(number: int) -> bool:
        texts = [f"{number} {each}".encode() * 50 for each in range(50)]
        stored = [Stored(each) for each in texts]
        return [each.content for each in stored] == texts

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(kept, range(8)))


def test_they_are_equal_where_the_bytes_are() -> None:
    assert Stored(b"one") == Stored(b"one")
    assert hash(Stored(b"one")) == hash(Stored(b"one"))
    assert Stored(b"one") != Stored(b"two")
    assert Stored(b"one") != b"one"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_reads_them_and_puts_its_own_elsewhere() -> None:
    before = Stored(b"before")
    process = os.fork()
    if not process:
        is_same = before.content == b"before" and Stored(b"in the fork").content == b"in the fork"
        os._exit(0 if is_same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    after = Stored(b"after")
    assert (before.content, after.content) == (b"before", b"after")
