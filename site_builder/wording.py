"""Things of a briefing in a few words: what a source, an event and a figure are called, how many there are of
something, the beginning of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Event, Figure, Source
from .printed.dates import Edtf
from .printed.quantities import is_rough
from .records import MeasureRecord
from .texts.text import on_one_line

PAUSES = " ,;:.\N{EN DASH}\N{EM DASH}"  # which say nothing before an ellipsis


def shortened(words: str, limit: int = 80) -> str:
    """Words on one line, cut at a space and with an ellipsis where they are longer than `limit` characters."""
    plain = on_one_line(words)
    if len(plain) <= limit:
        return plain
    cut = plain[: limit - 1].rsplit(" ", 1)[0]
    return f"{cut.rstrip(PAUSES) or cut}…"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def short_title(source: Source) -> str:
    """A source's short title, where it has one."""
    return source.record.title_short or source.title


def event_words(event: Event) -> str:
    """An event with its date before it."""
    return f"{event.date.value.words()}: {event.record.title}"


def told_words(event: Event) -> str:
    """When an event was reported, by its record; else the date of its earliest source, which need not be the first
    report of all."""
    if event.reported is None:
        return ""
    return f"{'reported' if event.record.reported else 'earliest source:'} {event.reported.words()}"


def issued_words(source: Source) -> str:
    """When a source was issued, in words; a date that it does not print is marked."""
    if source.issued is None:
        return "no date known"
    words = source.issued.value.words()
    return words if source.issued.basis == "stated" else f"{words} ({source.issued.basis})"


def grade_words(source: Source) -> str:
    """The letter of a source's reliability, or that it has none."""
    return source.record.reliability.grade if source.record.reliability else "not graded"


def figure_text(figure: Figure) -> str:
    """A figure's number in words: `17,000`, `140,000 to 150,000`, `at least 170`, `about 12` where the text has rough
    words for it, or those words alone."""
    value, low, high = figure.value, figure.low, figure.high
    parts = []
    if value is not None:
        parts.append(f"about {value:,}" if is_rough(figure.record.approx or "") else f"{value:,}")
    if low is not None and high is not None:
        parts.append(f"{low:,} to {high:,}" if not parts else f"({low:,} to {high:,})")
    elif low is not None:
        parts.append(f"at least {low:,}" if not parts else f"(at least {low:,})")
    elif high is not None:
        parts.append(f"at most {high:,}" if not parts else f"(at most {high:,})")
    if not parts:
        return f"“{figure.record.approx}”"
    return " ".join(parts)


def figure_words(figure: Figure, measure: MeasureRecord) -> str:
    """A figure with what it counts."""
    return f"{figure_text(figure)} {measure.label}"


def _one_day(when: Edtf) -> str:
    """A day of which no more is known than that it lies in a time."""
    words = when.words()
    return f"a day {words}" if when.shape == "set" or not (when.start and when.end) else f"a day from {words}"


def figure_when(figure: Figure) -> str:
    """The time a figure speaks of."""
    day = figure.as_of
    parts: Sequence[str] = (
        figure.period.words() if figure.period else "",
        f"as of {day.words() if day.shape == 'point' else _one_day(day)}" if day else "",
    )
    return ", ".join(p for p in parts if p)
