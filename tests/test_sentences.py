"""Where sentences end, and which citations are whose, however odd the text."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.markup.sentences import (
    _END,
    UNCITED_MARK,
    markers_in,
    opaque,
    spans,
    split,
    with_uncited_marked,
)

quick = settings(derandomize=True, deadline=None, max_examples=3 * settings().max_examples // 2)

parts = st.sampled_from(
    [
        "Army",
        "the",
        "17,000",
        ". ",
        "! ",
        "? ",
        "… ",
        " ",
        "\n",
        "[@a#b]",
        " [analysis]",
        "[@claim:c]",
        "[@x",
        "`",
        "**",
        "(",
        ")",
        "“",
        "”",
        "Mr.",
        "No. 5",
        "U.S.",
        "[l](u)",
        "é",
        "\U0001f600",
        "。",
        "\\",
    ]
)
proses = st.lists(parts, max_size=20).map("".join)


@quick
@given(proses)
def test_the_splitter_loses_no_word_and_gives_each_marker_to_one_sentence(content: str) -> None:
    ranges = list(split(content))
    at = 0
    for start, end, _ in ranges:
        assert at <= start <= end <= len(content)
        skipped = content[at:start]
        assert not any(
            c.isalnum() for c in skipped.replace("[@a#b]", "").replace("[@claim:c]", "").replace("[analysis]", "")
        )
        at = end
    assert not any(c.isalnum() for c in content[at:])
    found = [m.offset for *_, markers in ranges for m in markers]
    assert found == sorted(set(found)) == [m.offset for m in markers_in(opaque(content))]


@quick
@given(proses)
def test_the_sentences_of_a_text_follow_one_another_and_hold_all_of_it(text: str) -> None:
    assert "".join(text[start:end] for start, end in spans(text)) == text


PLAINLY = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]*_]*+(?=\s+[\"'\u2018\u201c\u00ab(\[*_$\u20ac\u00a3]*+(\w))|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\u2019\uff09]*"
)


@quick
@given(st.text(st.sampled_from(".!?\u2026\u3002\uff01\uff1f\"'\u2019)*_ \n[($aB9\u201d\u201c\u300d"), max_size=14))
def test_a_sentence_ends_where_it_would_if_each_character_were_looked_at(text: str) -> None:
    assert [(m.span(), m[1]) for m in _END.finditer(text)] == [(m.span(), m[1]) for m in PLAINLY.finditer(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("One", 1),
        ("One. Two", 2),
        ("One. two", 1),
        ("One! Two? Three\u2026 Four", 4),
        ("He said \u201cone.\u201d \u201cTwo.\u201d", 2),
        ("Lt. Smith of the U.S. Army", 1),
        ("Order No. 5 stands", 1),
        ("In SEC v. Nordhaven the court ruled", 1),
        ("Smith et al. (2019) agree, as do *Jones et al.* 2020, pp. 12-14", 1),
        ("So say Smith et al. [5] and United States v. Kessler, 19 Cr. 612 (2d Cir. 1995)", 1),
        ("So say Smith et al. The rest do not", 2),
        ("MM. Petit et Grand, y la Sra. Casals", 1),
        ("He said no. It is ours", 2),
        ("It cost 1.5 million", 1),
        ("In 2021. 17 left", 2),
        ("4. The damage is great. It is not all", 2),
        ("12.3. The damage is great", 1),
        ("The damage. 2. The rest", 3),
        ("iv. The damage", 1),
        ("(4. The damage", 1),
        ("\u0431. \u0423\u0449\u0435\u0440\u0431", 1),
        ("1911. The year of the flood", 2),
        ("Am 2. November 1910. Der Deich", 2),
        ("Er kam im Jahr 1902. Mai war es", 2),
        ("Er zählte 3. Maier nicht", 2),
    ],
)
def test_a_sentence_ends_by_rule(text: str, count: int) -> None:
    assert len(list(spans(text))) == count


@pytest.mark.parametrize(
    "content",
    ["see [one. Two](u) there", "see `one. Two` there", "see [one](u. V) there"],
)
def test_no_sentence_ends_within_code_or_a_link(content: str) -> None:
    assert [content[start:end] for start, end, _ in split(content)] == [content]


def test_an_uncited_sentence_is_marked_behind_its_last_character() -> None:
    assert with_uncited_marked("One.\nTwo. Three [@a#b].") == f"One. {UNCITED_MARK}\nTwo. {UNCITED_MARK} Three [@a#b]."


@pytest.mark.parametrize(
    "hostile",
    [
        "[@" * 50_000,
        "[" * 100_000,
        "." * 100_000,
        ". " * 50_000,
        " " * 100_000,
        "a" + " " * 100_000 + "b",
        "A. " * 33_000,
        "A [@a#b]. " * 10_000,
        "`" * 100_000,
        "` `` " * 20_000,
        "".join("`" * k + " " for k in range(1, 440)),
        "\"'" * 50_000,
        '."' * 50_000,
        "No. 5 " * 16_000,
        "](x " * 25_000,
        "![a" * 33_000,
        "[a](" * 25_000,
        "x. Y" * 25_000,
        "[@a#b] " * 14_000,
        "\\[" * 50_000,
        "_" * 100_000,
        "[analysis] " * 9_000,
    ],
    ids=lambda text: repr(text[:9]),
)
def test_hostile_text_takes_no_long_time_in_our_own_rules(hostile: str) -> None:
    started = time.process_time()
    list(split(hostile))
    assert time.process_time() - started < 2
