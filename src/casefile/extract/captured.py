"""What a program that saved a page wrote into it: the page's address, and when it was saved."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_SNIFF = 16384
# SingleFile writes what JavaScript prints: "Wed Apr 03 2024 12:00:00 GMT+0200 (name of the zone)".
_JAVASCRIPT = "%a %b %d %Y %H:%M:%S GMT%z"
_SINGLE_FILE = re.compile(r"Page saved with SingleFile")
_SINGLE_FILE_URL = re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE)
_SINGLE_FILE_DATE = re.compile(r"^\s*saved date:\s*(.+?)\s*$", re.MULTILINE)
_BROWSER = re.compile(r"saved from url=\(\d{4}\)(\S+)")
_HTTRACK = re.compile(
    r"<!-- Mirrored from (\S+) by HTTrack Website Copier/[^,>]{0,80},\s*([^>]{10,60}?)\s*-->"
)
_MONOLITH = re.compile(r"<!-- Saved from (\S+) at (\S+) using monolith")
_SAVE_PAGE = re.compile(
    r"""<meta name=["']savepage-(url|date)["'] content=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_SCRAPBOOK = re.compile(
    r"""data-scrapbook-(source|create)=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_WAYBACK_FILE = re.compile(
    r"FILE ARCHIVED ON (\d{2}:\d{2}:\d{2} \w{3} \d{1,2}, \d{4}) AND RETRIEVED FROM"
)
_WAYBACK_WOMBAT = re.compile(r"""wombat\(\s*["'](https?:[^"']+)["']\s*,\s*["'](\d{14})""")
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?:[^\s\"'<>]+)")
_ARCHIVE_TODAY = re.compile(
    r"https?://archive\.(?:today|is|ph|li|fo|md|vn)/(\d{4})\.(\d\d)\.(\d\d)-(\d{6})/(https?:[^\s\"'<>]+)"
)
_ITSELF = re.compile(
    r"""<(?:link|meta)\b[^<>]{0,200}?(?:rel=["']?canonical|property=["']?og:url)[^<>]{0,2000}>""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a page was saved from and when (UTC ISO text with milliseconds); None is not said."""

    url: str | None = None
    at: str | None = None


def saved_from(markup: str) -> Saved:
    """Read the mark of whatever saved the page; the first kind of mark that is there counts."""
    for read in _READERS:
        for found in read(markup):
            return found
    return Saved()


def original_of(url: str | None) -> str | None:
    """Give the address behind that of a copy in a public archive; any other as it is."""
    found = _WAYBACK.match(url or "") or _ARCHIVE_TODAY.match(url or "")
    return found[found.re.groups] if found else url


def _single_file(markup: str) -> Iterator[Saved]:
    head = markup[:_SNIFF]
    if _SINGLE_FILE.search(head):
        url, date = _SINGLE_FILE_URL.search(head), _SINGLE_FILE_DATE.search(head)
        yield Saved(_http(url[1]) if url else None, _javascript(date[1]) if date else None)


def _monolith(markup: str) -> Iterator[Saved]:
    found = _MONOLITH.search(markup[:_SNIFF])
    if found:
        yield Saved(_http(found[1]), _iso(found[2]))


def _save_page(markup: str) -> Iterator[Saved]:
    said = {m[1].lower(): m[2] or m[3] for m in _SAVE_PAGE.finditer(markup)}
    if said.get("url"):
        yield Saved(_http(said["url"]), _javascript(said.get("date") or ""))


def _scrapbook(markup: str) -> Iterator[Saved]:
    said = {m[1].lower(): m[2] or m[3] for m in _SCRAPBOOK.finditer(markup[:_SNIFF])}
    if said.get("source"):
        yield Saved(_http(said["source"]), _digits((said.get("create") or "")[:14]))


def _wayback(markup: str) -> Iterator[Saved]:
    found = _WAYBACK_WOMBAT.search(markup)
    if found:
        yield Saved(_http(found[1]), _digits(found[2]))
        return
    copies = (_WAYBACK.search(tag[0]) for tag in _ITSELF.finditer(markup))
    copy = next((c for c in copies if c), None)
    marked = _WAYBACK_FILE.search(markup)
    if copy or marked:
        at = _parsed(marked[1], "%H:%M:%S %b %d, %Y") if marked else None
        yield Saved(copy[2] if copy else None, at or (_digits(copy[1]) if copy else None))


def _archive_today(markup: str) -> Iterator[Saved]:
    for tag in _ITSELF.finditer(markup[: 4 * _SNIFF]):
        found = _ARCHIVE_TODAY.search(tag[0])
        if found:
            yield Saved(found[5], _digits("".join(found.group(1, 2, 3, 4))))


def _httrack(markup: str) -> Iterator[Saved]:
    for found in _HTTRACK.finditer(markup):
        # It leaves the scheme out, and means the plain one.
        url = found[1] if found[1].startswith("http") else f"http://{found[1]}"
        yield Saved(url, _parsed(found[2], "%a, %d %b %Y %H:%M:%S GMT"))


def _browser(markup: str) -> Iterator[Saved]:
    found = _BROWSER.search(markup[:_SNIFF])
    if found:
        yield Saved(_http(found[1]))


_READERS: tuple[Callable[[str], Iterator[Saved]], ...] = (
    *(_single_file, _monolith, _save_page, _scrapbook, _wayback, _archive_today, _httrack, _browser),
)  # fmt: skip


def _http(url: str) -> str | None:
    return url if url.startswith(("http://", "https://")) else None


def _javascript(words: str) -> str | None:
    return _parsed(words.partition(" (")[0].strip(), _JAVASCRIPT)


def _digits(words: str) -> str | None:
    return _parsed(words, "%Y%m%d%H%M%S")


def _parsed(words: str, form: str) -> str | None:
    try:
        return _utc(datetime.strptime(words, form))  # noqa: DTZ007 - the zone is in the words, or UTC
    except (ValueError, OverflowError):
        return None


def _iso(words: str) -> str | None:
    try:
        return _utc(datetime.fromisoformat(words))
    except (ValueError, OverflowError):
        return None


def _utc(moment: datetime) -> str:
    there = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    whole = there.astimezone(UTC).isoformat(timespec="milliseconds")
    return whole.replace("+00:00", "Z")
