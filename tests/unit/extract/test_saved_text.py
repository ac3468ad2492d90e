from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.extract import saved_text
from casefile.extract.context import Context
from casefile.model.draft import Draft
from casefile.model.zone import faults

SAVED = Path(__file__).resolve().parents[2] / "data" / "saved"


def read(text: str | bytes, name: str = "a.txt") -> Draft:
    draft = saved_text.read(text.encode() if isinstance(text, str) else text, Context(name))
    draft.check()
    return draft


def zones(draft: Draft) -> dict[str, list[str]]:
    found = defaultdict(list)
    for zone in draft.zones:
        found[zone.kind].append(" ".join(zone.of(draft.text).split()))
    return found


def pairs(draft: Draft) -> list[tuple[str | None, str | None]]:
    return [(image.caption, image.credit) for image in draft.images]


def test_english_without_blank_lines() -> None:
    draft = read((SAVED / "bridge-en.txt").read_bytes())
    found = zones(draft)
    assert draft.kind == "article"
    assert draft.title == "Ferry service to Orsk Island stops after second night of shelling"
    assert draft.section is None
    assert draft.byline == ("Ilse Marant", "Tomas Okoye")
    assert draft.dateline == "VELMAR"
    assert draft.published is not None
    assert draft.published.edtf == "2031-04-03"
    assert draft.published.text == "April 3, 2031"
    assert draft.language == "en"
    assert found["headline"] == [draft.title]
    assert found["summary"] == [
        "Port workers say the pier at Talvik cannot be used before the autumn"
    ]
    assert found["dateline"] == ["VELMAR, 3 April (Northwire) —"]
    assert found["byline"] == ["By Ilse Marant and Tomas Okoye"]
    assert found["updated"] == ["Updated April 4, 2031"]
    assert found["subheading"] == ["No fuel on the island", "What happens next?"]
    assert len(found["body"]) == 8
    assert pairs(draft) == [
        (
            "Passengers wait in the terminal of Talvik on Tuesday morning.",
            "NW Photo/Petra Lind",
        ),
        ("A burnt-out fuel truck stands on the pier at Talvik.", "Anders Bruun / Northwire"),
        ("The old pier at Talvik in 2028, before the shelling.", "Orsk Museum"),
    ]
    noise = " ".join(found["boilerplate"])
    for words in ("We use cookies", "Share this", "Mine found near", "My cousin", "All rights"):
        assert words in noise


def test_arabic_with_many_blank_lines() -> None:
    draft = read((SAVED / "well-ar.txt").read_bytes())
    found = zones(draft)
    assert draft.kind == "article"
    assert draft.title == "أهالي بلدة عين الزهر يعيدون تشغيل بئر المياه بعد عامين من الانقطاع"
    assert draft.section == "أخبار المحافظات"
    assert draft.byline == ("سليم الحوراني", "وليد القاضي")
    assert draft.dateline == "عين الزهر"
    assert draft.published is not None
    assert draft.published.edtf == "2031-04-03"
    assert draft.language == "ar"
    assert found["subheading"] == ["خزانات تنتظر الترميم"]
    assert len(found["body"]) == 5
    assert pairs(draft) == [
        ("متطوعون يرفعون المضخة القديمة من بئر عين الزهر.", "رامي العلي"),
        ("خزان متضرر في الجهة الشمالية من البلدة.", "وكالة الوادي"),
    ]
    assert found["credit"] == ["تصوير: رامي العلي", "[الصورة: وكالة الوادي]"]
    noise = " ".join(found["boilerplate"])
    for words in ("الرئيسية", "شارك المقال", "حملة لتنظيف", "سياسة التعليق", "جميع الحقوق"):
        assert words in noise


def test_russian_with_wrapped_lines() -> None:
    raw = (SAVED / "mine-ru.txt").read_bytes()
    draft = read(raw)
    found = zones(draft)
    assert draft.text == raw.decode()
    assert draft.kind == "article"
    assert (
        draft.title == "На шахте «Северная» под Верхнегорском третьи сутки ищут пропавших горняков"
    )
    assert draft.section == "Происшествия"
    assert draft.byline == ("Дарья Климова",)
    assert draft.dateline == "ВЕРХНЕГОРСК"
    assert draft.published is not None
    assert draft.published.edtf == "2031-04-03"
    assert draft.language == "ru"
    assert found["updated"] == ["Обновлено: 4 апреля 2031, 21:02"]
    assert found["subheading"] == ["Родственники ждут у ворот"]
    assert len(found["body"]) == 5
    assert pairs(draft) == [
        (
            "Спасатели у входа в ствол шахты «Северная» утром в среду.",
            "Марина Левшина / Телеграфное бюро",
        ),
        ("Палатка для родственников у проходной шахты.", "администрация Верхнегорска"),
    ]
    noise = " ".join(found["boilerplate"])
    for words in ("файлы cookie", "Читайте также", "Поделиться", "Добавить комментарий"):
        assert words in noise


@pytest.mark.corpora
def test_the_seed_article(corpora: Path) -> None:
    [file] = (corpora / "seed").glob("*.txt")
    draft = read(file.read_bytes())
    found = zones(draft)
    assert draft.kind == "article"
    assert "incursions into areas" in (draft.title or "")
    assert draft.section == "Iraq News"
    assert draft.byline == ("Waleed Abu al-Khair",)
    assert draft.dateline == "Cairo"
    assert draft.published is None
    assert [credit for _, credit in pairs(draft)] == [
        None,
        "Al-Mayadeen News Network",
        "Al-Mayadeen Live",
    ]
    assert len(found["caption"]) == len(found["credit"]) == 3
    assert found["credit"][0] == "[Photo courtesy of]"
    assert found["subheading"] == ["Iran-aligned forces reposition"]
    assert "Do you like this article?" in found["boilerplate"]
    assert any("Comment Policy" in words for words in found["boilerplate"])
    by_image = defaultdict(set)
    for zone in draft.zones:
        if zone.image is not None:
            by_image[zone.image].add(zone.kind)
    assert list(by_image.values()) == [{"caption", "credit"}] * 3


BODY = (
    "The council of Velmar met on Monday and agreed that the bridge must be closed until the autumn.",
    "Engineers had found cracks in two of its pillars, the mayor said after the meeting in the old hall.",
    "Buses will take the long way round, and the ferry will run twice an hour from six in the morning.",
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jana Kovac", ("Jana Kovac",)),
        ("By JANA KOVAC and Peter de Wit", ("JANA KOVAC", "Peter de Wit")),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Текст: Иван Петров, Мария Сидорова", ("Иван Петров", "Мария Сидорова")),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("كتب محمد حسن", ("محمد حسن",)),
        ("Von Hanna Weber", ("Hanna Weber",)),
        ("Jana Kovac", ("Jana Kovac",)),
    ],
)
def test_bylines_in_several_languages(line: str, names: tuple[str, ...]) -> None:
    draft = read("\n\n".join(["Bridge of Velmar closed until autumn", line, *BODY]))
    assert draft.byline == names
    assert zones(draft)["byline"] == [line]


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("April 3, 2024", "2024-04-03"),
        ("Published: 3 April 2024, 10:15", "2024-04-03"),
        ("3 апреля 2024", "2024-04-03"),
        ("٣ نيسان 2024", "2024-04-03"),
        ("2024-04-03 12:00", "2024-04-03"),
        ("03.04.2024", "2024-04-03"),
        ("3 April", None),
        ("03/04/2024", None),
    ],
)
def test_dates_are_exact_or_only_words(line: str, edtf: str | None) -> None:
    draft = read("\n\n".join(["Bridge of Velmar closed until autumn", line, *BODY]))
    assert zones(draft)["published"] == [line]
    assert draft.published is not None
    assert draft.published.edtf == draft.published.earliest == draft.published.latest == edtf
    assert draft.published.text is not None
    assert draft.published.text in line


@pytest.mark.parametrize(
    ("tail", "credit"),
    [
        ("[Photo courtesy of Port Radio]", "Port Radio"),
        ("[Photo courtesy of]", None),
        ("(NW Photo/Petra Lind)", "NW Photo/Petra Lind"),
        ("Photo: Petra Lind / Northwire", "Petra Lind / Northwire"),
        ("Credit: Petra Lind", "Petra Lind"),
        ("© Petra Lind", "Petra Lind"),
        ("Фото: Петра Линд", "Петра Линд"),
        ("Источник: Минобороны", "Минобороны"),
        ("تصوير: أحمد علي", "أحمد علي"),
        ("الصورة: وكالة الوادي", "وكالة الوادي"),
    ],
)
def test_a_caption_and_its_credit_share_a_number(tail: str, credit: str | None) -> None:
    caption = "The closed bridge of Velmar on Monday morning."
    lines = ["Bridge of Velmar closed until autumn", BODY[0], f"{caption} {tail}", *BODY[1:]]
    draft = read("\n\n".join(lines))
    assert pairs(draft) == [(caption, credit)]
    of_image = [(z.kind, z.of(draft.text)) for z in draft.zones if z.image == 0]
    assert of_image == [("caption", caption), ("credit", tail)]


def test_the_name_of_an_agency_behind_the_last_paragraph_is_no_caption() -> None:
    last = BODY[2][:-1] + ", she said. (Reuters)"
    draft = read("\n\n".join(["Bridge of Velmar closed until autumn", "By A. Bee", *BODY, last]))
    assert draft.images == ()
    assert zones(draft)["body"][-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Call Ahmad about the bridge\nBuy a new disk\n- ask for the second video",
        "2024-04-03 10:00:01 INFO started\n2024-04-03 10:00:02 WARN slow\n" * 20,
        "name;place;day\nA. Bee;Velmar;3\nC. Dee;Orsk;4\n" * 10,
        "{\n  'a': 1,\n  'b': [1, 2, 3]\n}\n",
        "The bridge\n\nI went there on Monday and saw nobody, but the gate was open and a car stood there.",
        "What I saw at the bridge today\n\n" + "\n\n".join(BODY),
        "",
        "  \n\t\n",
        "word",
    ],
)
def test_what_is_no_article_is_a_note_with_one_zone(text: str) -> None:
    draft = read(text)
    assert draft.kind == "note"
    assert draft.title is None
    assert [z.kind for z in draft.zones] == (["body"] if text.strip() else [])
    assert "".join(z.of(draft.text) for z in draft.zones) == text.strip()


def test_the_text_is_kept_as_it_stands_but_for_line_ends() -> None:
    raw = "  Bridge of Velmar closed until autumn\r\n\r\n" + "\r\n".join(BODY) + "\r\n\r\n\r\nEnd  "
    assert read(raw).text == raw.replace("\r\n", "\n")


def test_reading_twice_gives_the_same() -> None:
    raw = (SAVED / "bridge-en.txt").read_bytes()
    assert read(raw).to_json() == read(raw).to_json()


LINES = st.sampled_from(
    [
        *BODY,
        "By Jana Kovac in Velmar",
        "Bridge of Velmar closed until autumn",
        "3 April 2024",
        "Updated: 4 April 2024",
        "Share this article",
        "0 Comment(s)",
        "A bridge. [Photo courtesy of]",
        "Photo: A. Bee",
        "VELMAR (AP) — The bridge is closed.",
        "- one",
        "",
        "تصوير:",
        "https://example.org/a",
    ]
)


@given(st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join)))
def test_any_text_gives_valid_zones(text: str) -> None:
    draft = read(text.encode("utf-8", "surrogatepass"))
    assert not list(faults(draft.text, draft.zones))
    captions = [z.image for z in draft.zones if z.kind in ("caption", "credit")]
    assert set(captions) == set(range(len(draft.images)))


@given(st.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    assert Draft.from_json(read(data).to_json()) == read(data)
