"""The services, imported at first use: the window paints before any workshop is loaded.

`doors.reading.rows(desk, ids)` imports `casefile.services.reading` in the lane that asks first.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casefile.services import (
        annotate,
        areas,
        cases,
        claims,
        condition,
        conflicts,
        copies,
        covering,
        desk,
        disclosing,
        disclosure_bundle,
        disclosure_choice,
        entities,
        entity_links,
        exchange,
        exchange_log,
        exports,
        facets,
        find,
        history,
        independence,
        ingest,
        joining,
        keys,
        marked_copy,
        moments,
        name_lists,
        notes,
        people,
        purges,
        reading,
        reasons,
        redecode,
        reporting,
        rereading,
        samples,
        saved_searches,
        search_log,
        spellings,
        suggesting,
        upkeep,
        views,
        watching,
        whereabouts,
    )
else:

    def __getattr__(name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return importlib.import_module(f"casefile.services.{name}")


__all__ = [
    "annotate",
    "areas",
    "cases",
    "claims",
    "condition",
    "conflicts",
    "copies",
    "covering",
    "desk",
    "disclosing",
    "disclosure_bundle",
    "disclosure_choice",
    "entities",
    "entity_links",
    "exchange",
    "exchange_log",
    "exports",
    "facets",
    "find",
    "history",
    "independence",
    "ingest",
    "joining",
    "keys",
    "marked_copy",
    "moments",
    "name_lists",
    "notes",
    "people",
    "purges",
    "reading",
    "reasons",
    "redecode",
    "reporting",
    "rereading",
    "samples",
    "saved_searches",
    "search_log",
    "spellings",
    "suggesting",
    "upkeep",
    "views",
    "watching",
    "whereabouts",
]
