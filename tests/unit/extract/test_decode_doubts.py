import pytest

from casefile.extract.decode import decode

RUSSIAN = "Мост через реку снова открыт, сказал совет в понедельник вечером после долгого спора, и паром больше не ходит. "
ARABIC = "الجسر فوق النهر مفتوح مرة أخرى، قال المجلس مساء يوم الاثنين بعد نقاش طويل، ولن تعمل العبارة بعد الآن. "
GERMAN = "Die Brücke über den Fluß ist wieder geöffnet, sagte der Rat am späten Montagabend nach längerer Überlegung. "
FRENCH = "Le pont est à nouveau ouvert, a déclaré le conseil après un long débat « très animé », l’été dernier. "
GREEK = "Η γέφυρα πάνω από το ποτάμι είναι ξανά ανοιχτή, είπε το συμβούλιο το βράδυ της Δευτέρας. "


@pytest.mark.parametrize("text", [RUSSIAN, ARABIC, GERMAN, FRENCH])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp1251", "cp1256"])
def test_letters_that_were_garbled_before_are_said(text: str, wrong: str) -> None:
    garbled = (text * 3).encode().decode(wrong, "replace").replace("\ufffd", "")
    found = decode(garbled.encode())
    assert any("garbled" in warning for warning in found.warnings), found.text[:60]


@pytest.mark.parametrize("text", [RUSSIAN, ARABIC, GERMAN, FRENCH, GREEK, "Plain words. " * 9])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_good_text_raises_no_doubt(text: str, encoding: str) -> None:
    assert decode((text * 3).encode(encoding)).warnings == ()


@pytest.mark.parametrize(
    ("text", "true", "said"),
    [
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "cp866", "windows-1252"),
        (ARABIC, "cp1256", "windows-1252"),
        (ARABIC, "cp1256", "windows-1251"),
        (GREEK, "cp1253", "iso-8859-1"),
    ],
)
def test_an_encoding_that_is_wrongly_declared_is_said(text: str, true: str, said: str) -> None:
    found = decode((text * 3).encode(true, "replace"), said)
    assert found.warnings
    assert found.warnings[0].endswith(f"but it reads well as {true}")


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (ARABIC, "cp1256", "windows-1256"),
        (GERMAN, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "windows-1252"),
        (GREEK, "iso8859-7", "iso-8859-7"),
        (RUSSIAN.upper(), "cp1251", "windows-1251"),
    ],
)
def test_an_encoding_that_is_rightly_declared_raises_no_doubt(
    text: str, encoding: str, label: str
) -> None:
    assert decode((text * 3).encode(encoding, "replace"), label).warnings == ()


def test_a_person_who_chose_is_not_told_what_the_file_says() -> None:
    data = (RUSSIAN * 3).encode("cp1251")
    assert decode(data, None, {"encoding": "windows-1252"}).warnings == ()
