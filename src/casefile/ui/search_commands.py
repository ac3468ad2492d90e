"""Commands of the search."""

from casefile.strings import later
from casefile.ui.commands import Command

SEARCH = (
    Command(id="search.names", text=later("A list of names…"), menu="Go", group=2,
            icon="list-search", run=lambda w: w.pages.show("names"),
            enabled=lambda w: w.has_case),
    Command(id="search.cases", text=later("Search in all cases…"), menu="Go", group=2,
            icon="list-search", run=lambda w: w.pages.show("cases"),
            enabled=lambda w: w.has_case),
    Command(id="search.forget", text=later("Give a kept search up"), menu="Go", group=2,
            icon="x", run=lambda w: w.finding.forget(), enabled=lambda w: w.writable),
    Command(id="hits.spellings", text=later("Spellings on or off"), shortcut="V", scope="hits",
            menu="Go", group=2, icon="tag", run=lambda w: w.finding.toggle_spellings(),
            enabled=lambda w: w.mode == "search", hint=later("spellings")),
    Command(id="hits.used", text=later("Spellings used…"), menu="Go", group=2, icon="tag",
            run=lambda w: w.finding.spellings(), enabled=lambda w: w.mode == "search"),
    Command(id="hits.alias", text=later("Keep as alias"), shortcut="A", scope="hits", menu="Go",
            group=2, icon="tag", run=lambda w: w.finding.keep_first(),
            enabled=lambda w: w.writable and w.mode == "search", hint=later("keep as alias")),
)  # fmt: skip
