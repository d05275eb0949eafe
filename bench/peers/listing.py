"""Which engines there are, in the order of the tables; ours first."""

from functools import cache
from importlib import import_module
from typing import Final

from bench.peers import Peer

_CLASSES: Final = {
    "ours": "ours:Ours",
    "tantivy-best": "tantivy_best:TantivyBest",
    "tantivy-fields": "tantivy_fields:TantivyFields",
    "sqlite": "sqlite:Sqlite",
    "postgres": "postgres:Postgres",
    "whoosh-better": "whoosh_better:WhooshBetter",
    "whoosh-tutorial": "whoosh_tutorial:WhooshTutorial",
}
NAMES: Final = tuple(_CLASSES)


@cache
def peer_class(name: str) -> type[Peer]:
    """Return an engine. The others are not imported: a process has the memory of its own alone."""
    module, kind = _CLASSES[name].split(":")
    found: type[Peer] = getattr(import_module(f"bench.peers.{module}"), kind)
    return found
