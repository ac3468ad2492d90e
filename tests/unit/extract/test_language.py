import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract import language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Russian forces deployed in Syria have begun to make incursions"),
        ("en", "RUSSIAN FORCES ENTERED THE CITY ON MONDAY MORNING"),
        ("ar", "بدأت القوات الروسية المنتشرة في سوريا بالتوغل في المناطق الشرقية"),
        ("ru", "Российские войска начали продвижение на востоке страны"),
        ("fa", "نیروهای روسی در سوریه شروع کردند به پیشروی در شرق"),
        ("uk", "Російські війська в Сирії почали просування на сході країни"),
        ("fr", "Les forces russes déployées en Syrie ont commencé à avancer"),
        ("de", "Die russischen Streitkräfte in Syrien haben mit Vorstößen begonnen"),
        ("ckb", "هێزەکانی ڕووسیا لە سووریا دەستیان پێکرد بە جووڵە"),
        ("ku", "Hêzên rûsî li Sûriyê dest bi pêşveçûnê kirin"),
        ("tr", "Türk askerleri dün sabah şehre girdi ve yolu kapattı"),
        ("he", "כוחות רוסיים נכנסו לעיר אתמול בבוקר וסגרו את הדרך"),
        ("ja", "ロシア軍は月曜日に東部の都市に入ったと発表した"),
    ],
)
def test_languages_are_told_apart(code: str, text: str) -> None:
    assert language.identify(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "ok", "12 34 56 78 90 12 34 56 78", "Photo", "سلام", "https://example.org/a/long/path"],
)
def test_little_text_gives_no_guess(text: str) -> None:
    assert language.identify(text) is None


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    code = language.identify(text)
    assert (
        code is None or (code.isalpha() and code.islower() and len(code) in (2, 3)) or "-" in code
    )
