"""A query narrowed to the kinds, sources, labels and days that were asked for beside it."""

from casefile.model.hit import SearchRequest
from casefile.search.syntax import And, Days, Label, Node, Or


def narrowed(node: Node, request: SearchRequest) -> Node:
    """Narrow a query to the kinds, sources, labels and days that were asked for."""
    nodes = [node]
    if request.kinds:
        nodes.append(Or(tuple(Label(("kind",), kind) for kind in request.kinds)))
    if request.sources:
        nodes.append(Or(tuple(Label(("source", "record"), each) for each in request.sources)))
    for field, values in request.filters:
        nodes.append(Or(tuple(Label((field,), value) for value in values)))
    if request.days is not None:
        nodes.append(Days(*request.days))
    return And(tuple(nodes)) if len(nodes) > 1 else node
