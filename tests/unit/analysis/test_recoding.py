import pytest

from casefile.analysis.recoding import recoded

RUSSIAN = "Мост через реку снова открыт, сказал совет — и паром больше не ходит.\n\nТак решили в понедельник."
ARABIC = "الجسر فوق النهر مفتوح مرة أخرى، قال المجلس مساء يوم الاثنين."
JAPANESE = "橋はまた開いています。渡し船は月曜日から運休です。"


@pytest.mark.parametrize(
    ("text", "true", "wrong"),
    [
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (RUSSIAN, "utf-8", "cp1252"),
        (RUSSIAN, "utf-8", "cp1251"),
        (ARABIC, "cp1256", "cp1252"),
        (ARABIC, "utf-8", "cp1256"),
        (JAPANESE, "utf-8", "cp1252"),
        (JAPANESE, "cp932", "cp1252"),
    ],
)
def test_every_place_in_a_wrongly_read_text_is_found(text: str, true: str, wrong: str) -> None:
    data = text.encode(true)
    old = "".join(
        bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in data
    )  # as browsers read
    found = recoded(old, text, true)
    assert found is not None
    words = text.split()[1] if " " in text else text[3:7]
    start = old.index(
        "".join(bytes([b]).decode(wrong, "ignore") or chr(b) for b in words.encode(true))
    )
    end = start + len(words.encode(true))
    a, b = found.span(start, end)
    assert found.text[a:b] == words


def test_letters_that_came_from_the_markup_stay() -> None:
    old = RUSSIAN.encode("cp1251").decode("cp1252") + " 😀 →"
    found = recoded(old, RUSSIAN + " 😀 →", "cp1251")
    assert found is not None
    assert found.text.endswith("😀 →")


def test_another_text_is_not_explained() -> None:
    assert recoded("Quite other words, in no relation.", RUSSIAN, "cp1251") is None
    assert recoded(RUSSIAN, RUSSIAN, "cp1251") is None
    assert recoded("", RUSSIAN, "cp1251") is None
