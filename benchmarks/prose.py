"""Made-up prose with a seed: sentences, articles, Markdown notes, names, numbers and dates, all without sense.

Everything of one article comes from its own writer, so that article 7 is the same in a corpus of ten and of ten
thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random

from .vocabulary import ADJECTIVES, ADVERBS, MONTHS, NOUNS, SYLLABLES, VERBS

Date = tuple[int, int, int]
"""Year, month, day."""


@cache
def weights(count: int) -> tuple[float, ...]:
    """Cumulative weights by which the first words of a list are frequent and the last rare, as in a language."""
    return tuple(accumulate(1.0 / (i + 2.7) ** 0.85 for i in range(count)))


class Writer:
    """Writes one article, or one brief; the same key writes the same."""

    def __init__(self, key: str) -> None:
        self.random = Random(key)

    def word(self, words: Sequence[str]) -> str:
        """One of the words, the first ones more often."""
        return self.random.choices(words, cum_weights=weights(len(words)))[0]

    def name(self) -> str:
        """A name; some come back across the corpus."""
        own = Random(int(40000 ** self.random.random()))
        return "".join(own.choice(SYLLABLES) for _ in range(own.choice((2, 2, 3)))).capitalize()

    def number(self) -> str:
        """A number as it is printed."""
        draw = self.random
        return draw.choice((
            str(draw.randint(2, 99)), str(draw.randint(100, 999)), f"{draw.randint(1000, 90000):,}",
            f"{draw.uniform(1, 900):.1f} million", f"{draw.randint(3, 97)} per cent",
            f"€{draw.randint(2, 800)} million",
        ))  # fmt: skip

    def date(self, first: int = 2014, last: int = 2024) -> Date:
        """A day of these years."""
        draw = self.random
        return draw.randint(first, last), draw.randint(1, 12), draw.randint(1, 28)

    def noun_phrase(self) -> str:
        """Who or what."""
        draw = self.random
        kind = draw.random()
        if kind < 0.16:
            return f"{self.name()} {self.name()}"
        if kind < 0.24:
            house = ("Systems", "Group", "Technologies", "Defence", "Authority", "Institute")
            return f"{self.name()} {draw.choice(house)}"
        if kind < 0.30:
            return f"{self.number()} {self.word(NOUNS)}s"
        article = draw.choice(("the", "the", "the", "a", "its", "their", "this", "another", "each"))
        if draw.random() < 0.45:
            return f"{article} {self.word(ADJECTIVES)} {self.word(NOUNS)}"
        return f"{article} {self.word(NOUNS)}"

    def clause(self) -> str:
        """Who did what to whom."""
        draw = self.random
        words = f"{self.noun_phrase()} {self.word(VERBS)} {self.noun_phrase()}"
        for _ in range(draw.choice((0, 1, 1, 2))):
            link = draw.choice(("in", "for", "with", "from", "under", "against", "near", "of", "to", "by"))
            words += f" {link} {self.noun_phrase()}"
        return words

    def sentence(self) -> str:
        """A sentence: plain, dated, compound or quoted."""
        draw = self.random
        kind = draw.random()
        if kind < 0.12:
            year, month, day = self.date()
            words = f"On {day} {MONTHS[month - 1]} {year}, {self.clause()}"
        elif kind < 0.30:
            words = (
                f"{self.clause()}, {draw.choice(('which', 'while', 'although', 'because', 'after'))} {self.clause()}"
            )
        elif kind < 0.42:
            said = f"“{capitalised(self.clause())},” said"
            return f"{said} {self.name()} {self.name()}, {self.word(NOUNS)} of {self.noun_phrase()}."
        elif kind < 0.55:
            words = f"{self.noun_phrase()} {self.word(VERBS)} that {self.clause()}"
        elif kind < 0.62:
            adverb = draw.choice(ADVERBS)
            words = f"{adverb} {self.word(VERBS)} {self.noun_phrase()}, {self.name()} & {self.name()}"
        else:
            words = self.clause() + (" and " + self.clause() if draw.random() < 0.4 else "")
        return capitalised(words) + "."

    def paragraphs(self, length: int) -> list[list[str]]:
        """Paragraphs of sentences, together at least `length` characters."""
        found: list[list[str]] = []
        size = 0
        while size < length:
            sentences = [self.sentence() for _ in range(self.random.choice((2, 3, 3, 4, 5)))]
            found.append(sentences)
            size += sum(map(len, sentences)) + len(sentences) + 1
        return found

    def note(self) -> str:
        """A note in Markdown: emphasis in all, a link in some, a list in few."""
        draw = self.random
        words = self.sentence().rstrip(".").split(" ")
        at = draw.randrange(max(1, len(words) - 3))
        words[at] = "**" + words[at]
        words[at + 1 if at + 1 < len(words) else at] += "**"
        note = " ".join(words) + "."
        kind = draw.random()
        if kind < 0.35:
            text, noun = self.noun_phrase(), self.word(NOUNS)
            note += f" See [{text}](https://example.org/{noun}/{draw.randint(1, 9999)})."
        if kind > 0.6:
            note += " " + self.sentence()
        if kind > 0.9:
            note += f"\n\n- {self.sentence()}\n- *{self.sentence()}*"
        return note

    def heading(self, low: int, high: int) -> str:
        """The first words of a clause, as a title."""
        words = self.clause().split(" ")
        return capitalised(" ".join(words[: low if low == high else self.random.randint(low, high)]))

    def brief(self) -> str:
        """The body of a topic's brief in Markdown: four to seven parts, some with a list, a quotation or a table."""
        draw = self.random
        lines: list[str] = []
        for _ in range(draw.randint(4, 7)):
            lines += ["## " + self.heading(5, 5), ""]
            for _ in range(draw.randint(1, 3)):
                lines += [" ".join(self.note() if draw.random() < 0.3 else self.sentence() for _ in range(3)), ""]
            if draw.random() < 0.6:
                lines += [*("- " + self.sentence() for _ in range(3)), ""]
            if draw.random() < 0.25:
                lines += ["> " + self.sentence(), ""]
            if draw.random() < 0.2:
                lines += [
                    "| Year | Value |",
                    "| --- | --- |",
                    *(f"| {2015 + i} | {self.number()} |" for i in range(4)),
                    "",
                ]
        return "\n".join(lines)


def capitalised(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]
