"""What forms about clients offer."""

from uuid import uuid4

from resourcedir.clients import choices
from resourcedir.clients.card import OfficerRow
from resourcedir.taxonomy.terms import taxonomy

HERE = OfficerRow(uuid4(), "A. Here", 2, disabled=False)
LEFT = OfficerRow(uuid4(), "B. Left", 3, disabled=True)
FREE = OfficerRow(uuid4(), "C. Free", 0, disabled=False)


def test_every_need_is_offered_once_below_the_wider_one() -> None:
    offered = [choice.value for choice in choices.needs("en")]
    assert sorted(offered) == sorted(term.code for term in taxonomy())
    for term in taxonomy():
        assert term.parent is None or offered.index(term.parent) < offered.index(term.code)
    labels = {choice.value: choice.label for choice in choices.needs("es")}
    assert labels["anger-management"] == "— — Control de la ira"


def test_clients_go_to_officers_who_still_work_here() -> None:
    rows = [HERE, LEFT, FREE]
    assert [c.value for c in choices.officers(rows)] == ["", str(HERE.id), str(FREE.id)]
    assert [c.value for c in choices.officers(rows, besides=HERE.id)] == ["", str(FREE.id)]


def test_a_caseload_goes_from_whoever_has_one() -> None:
    offered = [(c.value, c.label) for c in choices.officers_with_clients([HERE, LEFT, FREE])[1:]]
    assert offered == [(str(HERE.id), "A. Here (2)"), (str(LEFT.id), "B. Left (3)")]
