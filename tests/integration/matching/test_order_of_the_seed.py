"""What the order and the verdict say of places that the seed has, one principle each."""

from datetime import date

from resourcedir.clients.facts import Answers, Born, Facts, Known, Limits, Sober
from resourcedir.matching.scoring import WEIGHTS, Merit
from resourcedir.matching.verdicts import Verdict, Why
from resourcedir.search.ask import Ask
from resourcedir.taxonomy.vocabulary import Vocabulary, codes
from tests.integration.matching.invented import TODAY


def found_by_name(matches):
    """Return the places that are shown, in their order."""
    return {match.found.facts.name: match for group in matches.groups for match in group.matches}


SUITS_ALL = Facts(
    gender="men",
    born=Born(date(1980, 1, 1), date(1980, 1, 1)),
    offenses=Answers(no=frozenset(codes(Vocabulary.OFFENSE))),
    medications=Answers(no=frozenset(codes(Vocabulary.MEDICATION))),
    documents=Answers(yes=frozenset(codes(Vocabulary.DOCUMENT))),
    payers=frozenset({"self-pay"}),
    sober=Sober(400, TODAY),
)


def test_a_full_house_that_would_else_take_the_client_is_to_be_called(town):
    matches = town.matches(Ask(need="room-rental", near="37411"), Known(SUITS_ALL))
    full = found_by_name(matches)["New Dawn Lodge"].judged

    assert full.verdict is Verdict.CALL
    assert [each.why for each in full.deciding] == [Why.FULL]


def test_a_class_in_spanish_stands_behind_one_in_english_for_who_speaks_english(town):
    ask = Ask(need="ged-classes", near="37407")
    speaks = {
        codes: list(found_by_name(town.matches(ask, Known(limits=Limits(languages=codes)))))
        for codes in (("en",), ("es",))
    }

    def is_first(codes):
        names = speaks[codes]
        return names.index("GED en español") < names.index("Day GED class")

    assert is_first(("es",))
    assert not is_first(("en",))


def test_a_class_that_hands_out_passes_has_less_of_what_is_sought_than_the_counter_of_passes(town):
    found = found_by_name(town.matches(Ask(need="bus-passes", near="37407"), Known()))
    by_care = {name: match.points[Merit.CARE] for name, match in found.items()}
    whole = WEIGHTS[Merit.CARE].points

    assert max(by_care.values()) > whole - 1e-3
    assert by_care["Day GED class"] < 0.7 * whole


def test_who_needs_help_to_hear_must_ask_also_who_comes_to_them(town):
    ask = Ask(need="case-management", near="37421")
    deaf = Known(Facts(), Limits(access=frozenset({"hearing"})))
    name = "@Home night outreach"

    assert found_by_name(town.matches(ask, Known()))[name].judged.verdict is Verdict.YES
    assert found_by_name(town.matches(ask, deaf))[name].judged.verdict is Verdict.CALL
