"""Bytes given as a text: UTF-8 is taken, all else named, and nothing converted by a guess."""

# ruff: noqa: RUF001  letters of many scripts are meant

from __future__ import annotations

import re

import pytest

from site_builder.adding.decoding import decoded, page_text
from site_builder.adding.untaken import NoText
from site_builder.texts.encodings import likely

RUSSIAN = "Жители города пожаловались на шум. Совет порта получил 120 жалоб в январе 2021 года.\n"
GERMAN = "Über die Größe des Hafens wurde gestritten. Für die Bürger ist es nicht schön.\n"
FRENCH = "L\u2019été dernier, les habitants ont dénoncé le bruit \u2013 120 plaintes déposées à la mairie.\n"
POLISH = "Mieszkańcy złożyli 120 skarg na hałas w porcie; władze się zgadzają, że było głośno.\n"


@pytest.mark.parametrize("text", [RUSSIAN, "", "plain", "\ufeffwith a mark", "two\r\nlines", "🚢"])
def test_utf_8_is_a_text_when_it_holds_words(text: str) -> None:
    if text:
        assert decoded(text.encode(), "a.txt", None) == text.removeprefix("\ufeff").replace("\r\n", "\n")
    else:
        with pytest.raises(NoText, match="this is empty"):
            decoded(text.encode(), "a.txt", None)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (RUSSIAN, "iso8859-5"), (RUSSIAN, "utf-16"),
        (GERMAN, "cp1252"), (FRENCH, "cp1252"), ("Señor año.", "cp1252"),
        ("Français, déjà vu, très bientôt à la mairie.", "cp1252"),
        (GERMAN, "utf-16-le"), (GERMAN, "utf-16-be"), (POLISH, "cp1250"),
        (POLISH, "iso8859-2"), ("Οι κάτοικοι υπέβαλαν καταγγελίες για τον θόρυβο.", "cp1253"),
        ("港の騒音について、住民から120件の苦情がありました。", "shift_jis"),
        ("항구 소음에 대한 불만이 접수되었습니다.", "euc_kr"),
        ("港口收到了一百二十份投诉，这是人们不满的开始，我们在这里说的是中国的事。", "gb18030"),
    ],
)  # fmt: skip
def test_another_encoding_is_named_with_the_line_that_converts_it(text: str, codec: str) -> None:
    raw = text.encode(codec)
    with pytest.raises(NoText) as no:
        decoded(raw, "in/мой file.txt", None)
    assert re.match(r"line \d+ is not UTF-8; this looks like ", no.value.message)
    assert f"--encoding {codec}" in no.value.hint
    assert " -t UTF-8 'in/мой file.txt' > 'utf-8-мой file.txt'" in no.value.hint
    assert decoded(raw, "a.txt", codec) == text


def test_what_no_encoding_fits_is_not_guessed_at() -> None:
    assert likely(b"caf\xe9 au lait") is not None
    with pytest.raises(NoText, match="no encoding that we know fits"):
        decoded(b"\x81\x8d\x8f\x90\x9d" * 20, "a.txt", None)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"), (b" \r\n", "empty"), ("\u200b\n".encode(), "no visible character"),
        (b"PK\x03\x04rest", "office document"), (b"\xd0\xcf\x11\xe0", "old office document"), (b"{\\rtf1", "RTF"),
        (b"\x89PNG\r\n", "picture"), (b"\xff\xd8\xff\xe0", "picture"), (b"\x1f\x8b\x08", "compressed"),
        (bytes(range(256)) * 9, "no text"), (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"One.\r\n<<<<<<< HEAD\r\nTwo.\r\n=======\r\nToo.\r\n>>>>>>> other\r\n", "a merge conflict stands at line 2"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_said_to_be_what_it_is(raw: bytes, said: str) -> None:
    with pytest.raises(NoText, match=said) as no:
        decoded(raw, "a.txt", None)
    assert no.value.hint


def test_a_wrong_encoding_is_refused_and_never_spoils_what_is_utf_8() -> None:
    with pytest.raises(NoText, match="would be spoilt by reading it as cp1252"):
        decoded("“à”, \u010f".encode(), "a.txt", "cp1252")  # which has no letters for some of these bytes
    with pytest.raises(NoText, match="would be spoilt by reading it as cp1251"):
        decoded(RUSSIAN.encode(), "a.txt", "cp1251")
    with pytest.raises(NoText, match="is not in utf-8 at byte 0") as no:
        decoded(RUSSIAN.encode("cp1251"), "a.txt", "utf-8")
    assert "--encoding cp1251" in no.value.hint
    assert decoded(b"plain", "a.txt", "cp1251") == "plain"


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = f'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">{RUSSIAN}'
    assert page_text(page.encode("cp1251"), "a.html", None) == page
    assert page_text(page.encode(), "a.html", None) == page, "bytes that are UTF-8 are, whatever the page declares"
    with pytest.raises(NoText, match="looks like Windows-1251"):
        page_text(RUSSIAN.encode("cp1251"), "a.html", None)
    with pytest.raises(NoText, match="looks like Windows-1251"):
        page_text(b"<meta charset=unheard-of>" + RUSSIAN.encode("cp1251"), "a.html", None)
