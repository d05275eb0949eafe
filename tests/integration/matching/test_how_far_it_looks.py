"""Where few places may take the client a match looks twice as far, and says so."""

from dataclasses import replace

import pytest

from resourcedir.clients.facts import Facts, Known, Limits
from resourcedir.matching.queries import FEW
from resourcedir.matching.verdicts import Verdict
from resourcedir.search.ask import Ask

MAN = Known(Facts(gender="men"))
FEW_HERE = Ask(need="residential-treatment", near="37408")
MANY_HERE = Ask(need="halfway-house", near="37408")


def may_take(matches):
    return sum(group.total for group in matches.groups if group.verdict is not Verdict.NO)


def test_with_few_places_near_it_looks_twice_as_far_and_tells_what_was_asked(town):
    near = town.matches(replace(FEW_HERE, words="", within=24.0), MAN)
    assert 0 < may_take(near) < FEW
    assert near.widened is None

    found = town.matches(FEW_HERE, MAN)

    assert found.widened == 50
    assert found.ask.within == 25
    assert may_take(found) > may_take(near)
    farm = "Rhea Valley farm residence"
    assert farm in [match.found.facts.name for group in found.groups for match in group.matches]


@pytest.mark.parametrize("only", Verdict)
def test_the_page_of_one_verdict_has_as_many_as_the_group_on_the_whole_page(town, only):
    whole, alone = (town.matches(FEW_HERE, MAN, only=each) for each in (None, only))

    assert alone.widened == whole.widened == 50
    totals = {group.verdict: group.total for group in whole.groups}
    assert {group.verdict: group.total for group in alone.groups} == (
        {only: totals[only]} if only in totals else {}
    )


def test_with_enough_places_near_it_looks_no_farther(town):
    found = town.matches(MANY_HERE, MAN)
    assert may_take(found) >= FEW
    assert found.widened is None


def test_who_can_go_no_farther_or_asks_in_words_or_for_any_distance_is_taken_at_their_word(town):
    bound = replace(MAN, limits=Limits(farthest_km=40.0))
    for ask, known in (
        (FEW_HERE, bound),
        (replace(FEW_HERE, need="", words="residential treatment"), MAN),
        (replace(FEW_HERE, within=None), MAN),
        (replace(FEW_HERE, near=""), MAN),
    ):
        assert town.matches(ask, known).widened is None
