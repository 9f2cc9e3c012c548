"""Guesses from words: the language, the title, page furniture, an id."""

# ruff: noqa: RUF001  letters of many scripts are meant

from __future__ import annotations

import pytest

from site_builder.adding.guessing import furniture, language, source_id, title
from site_builder.reading.scalars import ID
from site_builder.texts.text import paragraphs

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The board said that it had received complaints and that it was sorry for the noise.", "en"),
        ("Der Rat hat die Beschwerden nicht gezählt, und das ist auch für die Stadt ein Problem.", "de"),
        ("Le conseil a reçu des plaintes sur le bruit et les habitants ne sont pas contents dans la ville.", "fr"),
        ("El consejo recibió las quejas por el ruido, pero los vecinos no están contentos con la respuesta.", "es"),
        ("Il consiglio ha ricevuto le proteste per il rumore, ma gli abitanti non sono contenti della risposta.", "it"),
        ("O conselho recebeu as queixas do ruído, mas os moradores não estão contentes com uma resposta.", "pt"),
        ("De raad heeft het aantal klachten niet geteld en dat is ook voor de stad een probleem.", "nl"),
        ("Rada nie policzyła skarg i to jest problem dla miasta, który się nie skończy.", "pl"),
        ("Совет порта получил жалобы на шум, и это не всё, что мы знаем об этом деле.", "ru"),
        ("Рада порту отримала скарги на шум, і це не все, що ми знаємо про цю справу їх.", "uk"),
        ("港の騒音について、住民から苦情がありました。", "ja"), ("港口收到了投诉", "zh"), ("항구 소음", "ko"),
        ("Οι κάτοικοι υπέβαλαν καταγγελίες", "el"), ("تلقى المجلس شكاوى", "ar"),
        ("Ada Example, Harbour Town, 12345", None), ("", None), ("12 34", None),
    ],
)  # fmt: skip
def test_a_language_is_told_by_its_script_or_its_small_words_or_not_at_all(text: str, tag: str | None) -> None:
    assert language(text) == tag


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("\n  Noise at the harbour \nMore", "Noise at the harbour"),
        ("Skip to content\n***\nNoise", "Noise"),
        ("# Noise at the harbour #\n", "Noise at the harbour"),
        ("#17 arrives\n", "#17 arrives"),
        ("word " * 50, f"{'word ' * 29}word …"),
        ("x" * 400, f"{'x' * 150} …"),
        ("…\n", "a.txt"),
    ],
)
def test_a_title_is_the_first_line_that_says_something(text: str, heading: str) -> None:
    assert title(text, "a.txt") == heading


def test_only_whole_lines_are_furniture() -> None:
    text = "Share this page\n\nWe share this.\n\nRead more\n\n© 2021 Harbour Post. All rights reserved.\n\nЧитать далее"
    found = [text[s.start : s.end] for s in furniture(text, paragraphs(text))]
    assert found == ["Share this page", "Read more", "© 2021 Harbour Post. All rights reserved.", "Читать далее"]


@pytest.mark.parametrize(
    ("name", "heading", "expected"),
    [
        ("Harbour notice.txt", "x", "harbour-notice"),
        ("шум в порту.txt", "x", "shum-v-portu"),
        ("003_503e2d71e8a4b9f8.txt", "Noise at the Harbour, again", "noise-at-the-harbour-again"),
        ("🚢.txt", "Über Größe", "uber-grosse"),
        ("🚢.txt", "港", "text-01234567"),
        ("2021-03-04.txt", "港", "2021-03-04"),
        ("con.txt", "x", "con-1"),
        ("a very long name of a file that goes on and on.txt", "x", "a-very-long-name-of-a"),
        ("x" * 200, "x", "x" * 48),
        ("don't stop.txt", "x", "dont-stop"),
        ("taken.txt", "x", "taken-3"),
    ],
)
def test_an_id_is_made_of_the_name_or_of_the_title_and_never_taken_twice(
    name: str, heading: str, expected: str
) -> None:
    found = source_id(name, heading, SHA, {"taken", "taken-2"})
    assert found == expected
    assert ID.fullmatch(found)
