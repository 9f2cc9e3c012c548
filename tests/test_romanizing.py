"""Other scripts in Latin letters."""

import pytest

from site_builder.texts.romanizing import romanized


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Шум в порту", "shum v portu"),
        ("Объём подъезда", "obem podezda"),
        ("Київ, ґанок, їжак", "kiyiv, ganok, yizhak"),
        ("Љубав џеп", "ljubav dzep"),
        ("Θόρυβος στο λιμάνι", "thoryvos sto limani"),
        ("Straße, Łódź, Århus, cœur, naïve", "strasse, lodz, arhus, coeur, naive"),
        ("e\u0301te\u0301 é", "ete e"),
        ("№ 5 🚢 港", "no 5 🚢 港"),
    ],
)
def test_letters_are_written_as_they_sound_and_what_has_no_sound_stays(text: str, latin: str) -> None:
    assert romanized(text) == latin
