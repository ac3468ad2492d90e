import pytest

from casefile.extract.captured import Saved, original_of, saved_from

AT = "2021-03-01T10:00:00.000Z"
URL = "https://example.org/a?b=1"


@pytest.mark.parametrize(
    ("mark", "saved"),
    [
        (
            f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Mar 01 2021 11:00:00 GMT+0100 (here)\n-->",
            Saved(URL, AT),
        ),
        (f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: X Y\n-->", Saved(URL)),
        (f"<!-- saved from url=(0026){URL} -->", Saved(URL)),
        (
            "<!-- Mirrored from example.org/a by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 01 Mar 2021 10:00:00 GMT -->",
            Saved("http://example.org/a", AT),
        ),
        (
            f"<!-- Saved from {URL} at 2021-03-01T10:00:00Z using monolith v2.4.0 -->",
            Saved(URL, AT),
        ),
        (
            f'<meta name="savepage-url" content="{URL}"><meta name="savepage-date" content="Mon Mar 01 2021 10:00:00 GMT+0000 (GMT)">',
            Saved(URL, AT),
        ),
        (
            f'<html data-scrapbook-source="{URL}" data-scrapbook-create="20210301100000123">',
            Saved(URL, AT),
        ),
        (f'<script>__wm.wombat("{URL}","20210301100000","https://x");</script>', Saved(URL, AT)),
        (
            f'<link rel="canonical" href="https://web.archive.org/web/20210301100000/{URL}"/>',
            Saved(URL, AT),
        ),
        (
            "<p>x</p><!--\n     FILE ARCHIVED ON 10:00:00 Mar 01, 2021 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->",
            Saved(None, AT),
        ),
        (
            f'<link rel="canonical" href="http://archive.today/2021.03.01-100000/{URL}"/>',
            Saved(URL, AT),
        ),
        (f"<p>url: {URL}", Saved()),
        (f'<p>See <a href="https://web.archive.org/web/20210301100000/{URL}">a copy</a>', Saved()),
        ("<!--\n Page saved with SingleFile \n url: javascript:x \n-->", Saved()),
    ],
)
def test_the_marks_of_what_saved_a_page(mark: str, saved: Saved) -> None:
    assert saved_from(f"<!DOCTYPE html>{mark}<body>words") == saved


def test_the_address_behind_a_copy() -> None:
    assert original_of(f"https://web.archive.org/web/20210301100000id_/{URL}") == URL
    assert original_of(f"https://archive.ph/2021.03.01-100000/{URL}") == URL
    assert original_of(URL) == URL
    assert original_of(None) is None
