"""Flags: every odd passage with its reason, by kind."""

from __future__ import annotations

from typing import get_args

import pytest

from site_builder import urls
from site_builder.pages.flags import MEANINGS, FlagsContext
from site_builder.records import FlagKind
from tests.built_sites import ALL, built

from .contexts import context


def test_every_kind_of_flag_has_a_meaning() -> None:
    assert set(MEANINGS) == set(get_args(FlagKind))


@pytest.mark.parametrize("name", ALL)
def test_every_flag_is_shown_once_under_its_kind_with_its_passage(name: str) -> None:
    wanted = [(f.kind, urls.passage(p.ref)) for p in built(name).briefing.passages() for f in p.flags]
    shown = context(FlagsContext, name, urls.FLAGS)
    assert sorted((g.kind, f.quote.href) for g in shown.groups for f in g.flagged) == sorted(wanted)
    assert all(f.why for g in shown.groups for f in g.flagged)
    assert shown.count.split()[0] == str(len(wanted))


def test_kinds_without_a_flag_are_left_out() -> None:
    assert [g.kind for g in context(FlagsContext, "tangle", urls.FLAGS).groups] == ["garbled", "overstated", "time"]
    assert context(FlagsContext, "smallest", urls.FLAGS).groups == ()
