"""What ties two sources to one origin: agencies, citations, speakers, owners; and what does not."""

import pytest

from casefile.analysis.independence import Witness, cites, same_name, ties
from casefile.analysis.wires import wires


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("DAMASCUS (Reuters) - Patrols were stepped up on Monday.", "Reuters"),
        ("BEIRUT, April 3 (AP) — Patrols were stepped up.", "AP"),
        ("By AFP\n\nPatrols were stepped up.", "AFP"),
        ("МОСКВА, 3 апреля. /ТАСС/. Патрули усилены.", "TASS"),
        ("دمشق (رويترز) - كثفت الدوريات.", "Reuters"),
        ("تهران - ایرنا - گشت‌ها افزایش یافت", "IRNA"),
        ("Patrols were stepped up.\n\nSource: Interfax", "Interfax"),
    ],
)  # fmt: skip
def test_a_text_says_which_agency_it_comes_from(text: str, agency: str) -> None:
    assert wires(text) == {agency}


@pytest.mark.parametrize(
    "text",
    [
        "A journalist of Reuters was among the wounded, the ministry said on Tuesday.",
        "The AP bureau chief spoke at the ceremony in the afternoon.",
        "Agence is a word. APACHE helicopters (two) were seen.",
    ],
)
def test_an_agency_that_is_only_spoken_of_is_no_origin(text: str) -> None:
    assert wires(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "name", "yes"),
    [
        ("The gate was shut, according to Radio Nahra.", "Radio Nahra", True),
        ("The gate was shut, citing the Nahra Gazette's report.", "Nahra Gazette", True),
        ("Ворота закрыты, со ссылкой на «Кавинский вестник».", "Кавинский вестник", True),
        ("أغلقت البوابة نقلا عن صدى نهرا", "صدى نهرا", True),
        ("Radio Nahra was founded in 1990, according to its director.", "Radio Nahra", False),
        ("The gate was shut, according to Ra.", "Ra", False),
    ],
)
def test_a_citation_names_its_source(text: str, name: str, yes: bool) -> None:
    assert cites(text, name) is yes


@pytest.mark.parametrize(
    ("one", "other", "yes"),
    [
        ("Mohammed al-Abdullah", "al-Abdullah", True),
        ("Syrian journalist Mohammed al-Abdullah", "Mohammed Al Abdullah", True),
        ("Mohammed al-Abdullah", "Ahmad al-Harith", False),
        ("a local activist", "local activist", False),
        ("he", "he", False),
        ("ناشط", "ناشط", False),
        ("", "", False),
    ],
)
def test_names_are_the_same_when_one_is_the_end_of_the_other(
    one: str, other: str, yes: bool
) -> None:
    assert same_name(one, other) is yes


def test_ties_say_which_and_by_what_name() -> None:
    found = ties(
        [
            Witness(
                key="a", text="X (Reuters) - Words.", publisher="Gazette", speakers=("B. Ali",)
            ),
            Witness(key="b", text="Words.\n\nReuters", publisher="Courier", speakers=("Ali",)),
            Witness(key="c", text="It fell, according to the Courier.", publisher="Post"),
            Witness(key="d", text="I saw it.", publisher="Nahra Media", owners=("Big Holding",)),
            Witness(key="e", text="We saw it.", publisher="Valley TV", owners=("Big Holding",)),
            Witness(key="f", text="Nobody told me.", publisher=""),
        ]
    )
    assert [(t.one, t.other, t.kind, t.name) for t in found] == [
        ("a", "b", "wire", "Reuters"),
        ("a", "b", "speaker", "B. Ali"),
        ("b", "c", "cites", "Courier"),
        ("d", "e", "owner", "Big Holding"),
    ]
