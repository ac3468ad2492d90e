"""Marks survive changes of the text, and none is moved to where it does not belong."""

import random
import re

import pytest

from casefile.analysis.carrying import EXACT, MOVED, ORPHAN, UNSURE, carry
from casefile.analysis.letters import same

PLACES = ("Homs", "Hama", "Tell Marun", "دير الزور", "Дамаск", "al-Qasira", "Idlib")
DAYS = ("Monday", "Tuesday", "Friday", "the third day", "Sunday night")
PATTERNS = (
    "On {day}, {n} people were killed in {place}.",
    "The shelling on {day} hit the market in {place}, residents said.",
    "The shelling on {day} hit the bridge in {place}, residents said.",
    "“We counted {n} vehicles near {place},” a local activist told the agency.",
    "قال ناشط محلي إن {n} آلية وصلت إلى {place} في {day}.",
    "По словам жителей, {n} машин прошли через {place}.",
    "The army denied it.",
    "He said the well-known road to {place} had been re-opened on {day}, and that nobody was hurt.",
)
Letters = list[tuple[str, int | None]]  # each letter with its place in the old text


def document(chance: random.Random) -> list[str]:
    """Write paragraphs of sentences, many of them nearly the same."""
    return [
        " ".join(
            chance.choice(PATTERNS).format(
                day=chance.choice(DAYS), n=chance.randrange(2, 30), place=chance.choice(PLACES)
            )
            for _ in range(chance.randrange(1, 6))
        )
        for _ in range(chance.randrange(3, 14))
    ]


def paragraphs_of(text: str) -> list[Letters]:
    """Cut a text into paragraphs of letters that know where they come from."""
    found, at = [], 0
    for part in text.split("\n\n"):
        found.append([(letter, at + n) for n, letter in enumerate(part)])
        at += len(part) + 2
    return found


def changed(chance: random.Random, text: str) -> tuple[str, dict[int, int]]:
    """Change a text as editors, printers and readers of pictures do; tells where letters went."""
    parts = paragraphs_of(text)
    for _ in range(chance.randrange(0, 5)):
        act = chance.choice(("insert", "delete", "sentence", "word", "noise", "flow", "copy"))
        at = chance.randrange(len(parts))
        if act == "insert":
            parts.insert(at, [(c, None) for c in document(chance)[0]])
        elif act == "copy":  # somebody quotes a paragraph of the same page again
            parts.insert(chance.randrange(len(parts)), [(c, None) for c, _ in parts[at]])
        elif act == "delete" and len(parts) > 1:
            del parts[at]
        else:
            parts[at] = _inside(chance, act, parts[at])
    out: list[str] = []
    went: dict[int, int] = {}
    for number, part in enumerate(parts):
        if number:
            out.append("\n\n")
        base = sum(map(len, out))
        went |= {origin: base + n for n, (_, origin) in enumerate(part) if origin is not None}
        out.append("".join(letter for letter, _ in part))
    return "".join(out), went


def _inside(chance: random.Random, act: str, part: Letters) -> Letters:
    words = "".join(letter for letter, _ in part)
    if act == "sentence":
        ends = [m.end() for m in re.finditer(r"[.”]\s", words)]
        if not ends:
            return part
        end = chance.choice(ends)
        start = max([0, *(e for e in ends if e < end)])
        extra = chance.choice(PATTERNS).format(day=chance.choice(DAYS), n=9, place="Homs") + " "
        new: Letters = [(c, None) for c in extra] if chance.random() < 0.5 else []
        return part[:start] + new + (part[start:] if chance.random() < 0.4 else part[end:])
    if act == "word":
        spots = [m.span() for m in re.finditer(r"\w+", words)]
        if not spots:
            return part
        start, end = chance.choice(spots)
        new = [(c, None) for c in chance.choice(("", "some", "Homs", "17"))]
        return part[:start] + new + part[end:]
    if act == "noise":
        return [
            (chance.choice("lI1O0еcr"), None) if c.isalnum() and chance.random() < 0.03 else (c, o)
            for c, o in part
        ]
    return [("\n" if c == " " and chance.random() < 0.3 else c, o) for c, o in part]


def marks(chance: random.Random, text: str, count: int) -> list[tuple[int, int]]:
    """Mark words, parts of sentences and whole sentences."""
    words = [m.span() for m in re.finditer(r"\S+", text)]
    found = []
    for _ in range(count):
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.choice((0, 0, 1, 2, 4, 8, 15)))
        found.append((words[first][0], words[last][1]))
    return found


def truth(span: tuple[int, int], text: str, went: dict[int, int]) -> tuple[int, int] | None:
    """Say where the letters of a mark stand now, if all of them still do, in a row."""
    places = [went.get(n) for n in range(*span) if not text[n].isspace()]
    if None in places:
        return None
    known = [p for p in places if p is not None]
    return known[0], known[-1] + 1


def test_no_mark_is_moved_to_where_it_does_not_belong(tier) -> None:
    rounds = tier.count(quick=60, ci=600, long=5000)
    tally = dict.fromkeys((EXACT, MOVED, UNSURE, ORPHAN), 0)
    could = kept = 0
    for seed in range(rounds):
        chance = random.Random(seed)
        old = "\n\n".join(document(chance))
        new, went = changed(chance, old)
        spans = marks(chance, old, 20)
        for span, found in zip(spans, carry(old, new, spans), strict=True):
            tally[found.state] += 1
            right = truth(span, old, went)
            if found.state in (EXACT, MOVED):
                assert found.span is not None
                here, there = old[slice(*span)], new[slice(*found.span)]
                assert here.split() == there.split(), (seed, span)
                # an identical passage in identical surroundings is the same passage
                assert found.span == right or _twins(old, new, span, found.span), (
                    seed,
                    span,
                    found,
                )
            if right is not None:
                could += 1
                kept += found.state in (EXACT, MOVED)
    assert sum(tally.values()) == rounds * 20
    assert kept / could > 0.8  # the check above would hold, too, if nothing were ever moved


def _twins(old: str, new: str, here: tuple[int, int], there: tuple[int, int]) -> bool:
    around = 24  # letters; the same words in the same sentence
    left = (
        old[max(0, here[0] - around) : here[0]].split()
        == new[max(0, there[0] - around) : there[0]].split()
    )
    right = old[here[1] : here[1] + around].split() == new[there[1] : there[1] + around].split()
    return left and right


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ("One line.\nAnother.", "One line. Another.", "Another"),
        ("The con-\nvoy came by the long road to the old town.",
         "The convoy came by the long road to the old town.", "con-\nvoy came by"),
        ("The ﬁrst ofﬁcer came by the long road to the old town.",
         "The first officer came by the long road to the old town.", "ofﬁcer came"),
        ("وصل الرتل إلى المدينة القديمة قبل الفجر بقليل ثم غادرها ولم يعد إليها أحد",
         "وصل الرتل الى المدينة القديمة قبل الفجر بقليل ثم غادرها ولم يعد إليها أحد", "الفجر بقليل"),
    ],
)  # fmt: skip
def test_what_another_reader_writes_otherwise(old, new, mark) -> None:
    start = old.index(mark)
    (found,) = carry(old, new, [(start, start + len(mark))])
    assert (found.state, found.kept) == (MOVED, 1.0)
    assert found.span is not None
    assert same(mark, new[slice(*found.span)])


def test_a_twin_sentence_is_never_taken_for_the_one_that_went() -> None:
    one = "The shelling on Monday hit the market in Homs. "
    other = "The shelling on Monday hit the market in Hama. "
    old, new = (
        "A long first sentence stands here. " + one + other,
        ("A long first sentence stands here. " + other),
    )
    for words in ("shelling on Monday", "The shelling", "hit the market", one.strip()):
        start = old.index(words)
        (found,) = carry(old, new, [(start, start + len(words))])
        assert found.state in (UNSURE, ORPHAN), words


def test_a_passage_that_was_put_elsewhere_is_offered() -> None:
    passage = "Nobody in the village had seen the vehicles before that night. "
    rest = "".join(f"Sentence number {n} is about something else. " for n in range(30))
    (found,) = carry(passage + rest, rest + passage, [(0, len(passage) - 1)])
    assert (found.state, found.kept) == (UNSURE, 1.0)
    assert found.span == (len(rest), len(rest) + len(passage) - 1)


def test_a_mark_on_nothing_is_an_orphan() -> None:
    assert carry("one two", "one three", [(3, 4)])[0].state == ORPHAN
    assert carry("one two", "", [(0, 3)])[0].state == ORPHAN
    assert carry("one", "two", []) == []
