"""The lists of the package stand in the tables, a second time without a change."""

from sqlalchemy import func, select

from resourcedir.taxonomy.commands import TermRow, put_terms, sync, term_id
from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import words


def test_every_term_and_word_has_its_row_and_a_parent(store):
    sync(store)
    count = store.scalar(select(func.count()).select_from(TaxonomyTerm))
    assert count == len(taxonomy()) + sum(len(entries) for entries in words().values())
    detox = store.get(TaxonomyTerm, term_id("need", "outpatient-detox"))
    assert detox.parent_id == term_id("need", "detox")
    assert detox.name_es


def test_a_second_time_changes_nothing(store, contents):
    sync(store)
    before = contents()
    sync(store)
    assert contents() == before


def test_a_changed_name_is_followed_and_a_term_that_left_stays(store):
    put_terms(store, "x", "about", [TermRow("a", "A", "A"), TermRow("b", "B", "B")])
    assert put_terms(store, "x", "about", [TermRow("a", "New", "A")]) == 1
    store.expire_all()
    assert store.get(TaxonomyTerm, term_id("x", "a")).name == "New"
    assert store.get(TaxonomyTerm, term_id("x", "b")).name == "B"
    assert store.scalar(select(func.count()).select_from(Taxonomy)) == 1
