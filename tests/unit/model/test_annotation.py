"""The selectors of a mark lead back to its words."""

from casefile.model.annotation import Annotation, quote_selectors

TEXT = "They came from the north road shortly before dawn, between twelve and fifteen vehicles."


def test_a_quote_keeps_its_words_its_place_and_its_surroundings():
    start = TEXT.index("between")
    end = TEXT.index(" vehicles")
    mark = Annotation(id="m", selectors=quote_selectors(TEXT, start, end, 3))
    assert mark.quote == "between twelve and fifteen"
    assert mark.span == (start, end)
    assert mark.page == 3
    around = mark.selector("TextQuoteSelector")
    assert TEXT[start - 32 : start] == around["prefix"]
    assert around["suffix"] == " vehicles."


def test_a_mark_at_the_very_beginning_has_no_prefix():
    mark = Annotation(id="m", selectors=quote_selectors(TEXT, 0, 4, None))
    assert mark.selector("TextQuoteSelector")["prefix"] == ""
    assert mark.page is None


def test_an_area_of_a_picture_has_no_words():
    area = {"type": "FragmentSelector", "value": "xywh=percent:1,2,3,4"}
    mark = Annotation(id="m", selectors=(area,))
    assert mark.quote == ""
    assert mark.span is None
