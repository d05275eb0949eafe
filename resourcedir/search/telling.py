"""Says which words of a question can be asked for together: those that tell nothing go first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Clause, Index, Question
from resourcedir.search.in_house import in_house
from resourcedir.search.lexicon import FIELD
from resourcedir.search.words import Weighed


@dataclass(frozen=True, slots=True)
class Asked:
    """The clauses to ask for: all, or ``any_clause`` of them; ``left_out`` are words as typed.

    Of any the ``rarest`` that names a term tells most. ``may`` are not asked for; who has them
    comes first.
    """

    clauses: tuple[Clause, ...]
    any_clause: bool = False
    left_out: tuple[str, ...] = ()
    rarest: Clause | None = None
    may: tuple[Clause, ...] = ()
    loose: int = 0  # of these the words that could be a name and are none
    nowhere: tuple[str, ...] = ()  # of these what no listing has at all

    @property
    def every_word(self) -> bool:
        return not self.any_clause and not self.left_out

    @property
    def unmet(self) -> int:
        """Return how many of the words need not be met, since nothing that is meant has them."""
        return self.loose + len(self.left_out) + self.any_clause


def asked(index: Index, said: Weighed) -> Asked:
    """Return what of ``said`` listings have, wherever they are and whatever they are for.

    Settled before filters and place, so that these can only take results away. Words that nothing
    has are left out. If nothing has all of the others, the one that tells least is left out too;
    if that does not help, any of them will do. A word that names nothing is asked for beside a need
    only if a place of that kind bears it; else it may tell one from another.
    """
    said = replace(said, must=tuple(_either(index, said.must)))
    names = [clause for clause in said.names if _bears(index, said, clause)]
    loose = tuple(clause for clause in said.names if clause not in names)
    unheard = tuple(clause for clause in said.must if _is_unheard(index, clause))
    must = tuple(clause for clause in said.must if clause not in {*loose, *unheard})
    kinds = tuple(clause for clause in said.may if clause.keyword is not None)
    if kinds and not any(_many(index, (clause,)) for clause in must):
        must = kinds  # nobody offers what was meant: its whole kind is more than nothing
    if not must:
        return replace(_asked(index, said.must), may=said.may)
    nowhere = tuple(clause.text for clause in loose if not _many(index, (clause,)))
    return replace(_asked(index, must), may=(*said.may, *loose), loose=len(loose), nowhere=nowhere)


def _either(index: Index, must: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses, of a need and of what places do of it for their own clients only one.

    Nobody has a day care and, of its clients, the children cared for while they are in a group. If
    no place is there for a need, those that see to it for their own clients are more than nothing.
    """
    said = {clause: clause.keyword[1] for clause in must if clause.keyword and not _is_need(clause)}
    met = set()
    for clause in must:
        if clause.keyword is not None and _is_need(clause):
            own = frozenset(code for term in clause.keyword[1] for code in in_house().get(term, ()))
            alike = [each for each, codes in said.items() if codes <= own]
            met.update(alike)
            codes = frozenset(code for each in alike for code in said[each])
            if not alike and not _is_offered(index, clause.keyword):
                codes = own
            yield replace(clause, other=("says", codes) if codes else None)
    yield from (clause for clause in must if not _is_need(clause) and clause not in met)


def _is_need(clause: Clause) -> bool:
    return clause.keyword is not None and clause.keyword[0] == "term"


def _is_unheard(index: Index, clause: Clause) -> bool:
    """Say whether it asks for what no listing says of itself in its source's own words."""
    if clause.keyword is None or _is_need(clause):
        return False
    return not _is_offered(index, clause.keyword)


def _is_offered(index: Index, keyword: tuple[str, frozenset[str]]) -> bool:
    return any(bool(part.having(*keyword).any()) for part in index.parts())


def _bears(index: Index, said: Weighed, name: Clause) -> bool:
    """Say whether a place of the kind that is asked for bears the word in one of its names."""
    words = [Clause("", (FIELD, frozenset((word,)))) for word in raw_words(name.text)]
    kinds = [Clause("", clause.keyword) for clause in said.must if clause.keyword is not None]
    return any(_many(index, (*words, kind)) > 0 for kind in kinds)


def _asked(index: Index, said: tuple[Clause, ...]) -> Asked:
    if len(said) < 2 or _many(index, said):
        return Asked(said)
    counts = {clause: _many(index, (clause,)) for clause in said}
    known = tuple(clause for clause in said if counts[clause])
    gone = tuple(clause.text for clause in said if not counts[clause])
    if not known:
        return Asked(said)
    if gone and (len(known) == 1 or _many(index, known)):
        return Asked(known, left_out=gone)
    if len(known) > 2:
        least = max(known, key=lambda clause: (clause.keyword is None, counts[clause]))
        others = tuple(clause for clause in known if clause != least)
        if _many(index, others):
            return Asked(others, left_out=(*gone, least.text))
    naming = [clause for clause in known if clause.keyword is not None]
    rarest = min(naming, key=counts.__getitem__, default=None)
    return Asked(known, any_clause=True, left_out=gone, rarest=rarest)


def _many(index: Index, said: Sequence[Clause]) -> int:
    return index.search(Question(tuple(said), limit=0)).total
