"""What is read back in one step is what was written down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.kept.numbered import Valued, spread

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=4)


@given(st.dictionaries(NAMES, st.none() | NAMES))
def test_what_some_things_have_is_found_by_their_places(things: dict[str, str | None]) -> None:
    order = sorted(things)
    own = {name: value for name, value in things.items() if value is not None}
    found = Valued(order, {name: place for place, name in enumerate(order)}, spread(own, order))
    assert [*found.items()] == [*own.items()]
    assert {name: found.get(name) for name in things} == things
