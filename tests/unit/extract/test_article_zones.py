from hypothesis import given
from hypothesis import strategies as st

from casefile.extract.article_zones import Piece, make_zones
from casefile.model.zone import Zone, faults

TEXT = "one two\n\nthree\n\n  four "


def test_what_no_piece_covers_is_boilerplate_a_paragraph_each() -> None:
    assert make_zones(TEXT, [Piece(9, 14, "body")]) == (
        Zone("boilerplate", 0, 7),
        Zone("body", 9, 14),
        Zone("boilerplate", 18, 22),
    )


def test_of_pieces_that_overlap_the_first_keeps_its_range() -> None:
    pieces = [Piece(4, 14, "body"), Piece(0, 5, "caption", 0), Piece(0, 3, "credit", 0)]
    assert make_zones(TEXT, pieces) == (
        Zone("caption", 0, 5, 0),
        Zone("body", 5, 14),
        Zone("boilerplate", 18, 22),
    )


PIECES = st.builds(Piece, st.integers(0, 30), st.integers(0, 30), st.sampled_from(["body", "list"]))


@given(st.text(alphabet="a \n", max_size=30), st.lists(PIECES))
def test_any_pieces_give_valid_zones(text: str, pieces: list[Piece]) -> None:
    inside = [Piece(p.start, min(p.end, len(text)), p.kind) for p in pieces]
    zones = make_zones(text, inside)
    assert not list(faults(text, zones))
