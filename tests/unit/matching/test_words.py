"""Every finding has words, an officer's, and none of them tells what must stay hidden."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from resourcedir.clients.facts import (
    Answers,
    Fact,
    Facts,
    FactSource,
    Known,
    Limits,
    Told,
    Zone,
)
from resourcedir.directory.asking import Matter
from resourcedir.directory.facts import PhoneFact, RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.matching.explaining import explain
from resourcedir.matching.phrasing import inner, length_words, measured_words, sentence, together
from resourcedir.matching.questioning import Answer, question_words
from resourcedir.matching.verdicts import Limit, Measure, Question, Verdict, Why
from resourcedir.matching.wording import QUESTIONS, WORDS
from resourcedir.places.point import Point
from tests.unit.matching.scenarios import known, listing, scenarios
from tests.unit.matching.strategies import TODAY, judged, listings
from tests.unit.matching.strategies import known as clients

CODE = re.compile(r"[a-z]_[a-z]|%\(|[A-Z]{2}/|\b(?:None|True|False)\b")
ZONE_POINT = Point(35.0456, -85.3097)


def texts(explained):
    yield from (explained.line, explained.next_step)
    for reason in explained.reasons:
        yield from (reason.asks, reason.known, reason.so, reason.source)


@pytest.mark.parametrize("language", ["en", "es"])
@settings(deadline=None)
@given(listings, clients)
def test_whatever_is_found_has_words_and_shows_no_code(language, listing, client):
    findings = judged(listing, client).findings

    explained = explain(findings, client, listing, TODAY, language)

    assert {(each.about, each.why) for each in findings} <= set(WORDS)
    assert bool(explained.reasons) == bool(findings)
    for reason in explained.reasons:
        assert reason.asks and reason.known and reason.so
    for text in texts(explained):
        assert not CODE.search(text), text
        assert ".." not in text and "  " not in text, text


def test_a_reason_has_one_verdict_and_what_is_missing_is_a_question_at_the_least():
    found: dict[object, set[Verdict]] = {}
    for row in scenarios():
        for each in judged(row.listing, row.known).findings:
            found.setdefault((each.about, each.why), set()).add(each.verdict)

    for (_, why), verdicts in found.items():
        if why is Why.FACT_MISSING:
            assert verdicts <= {Verdict.CALL, Verdict.NOT_KNOWN}
        else:
            assert len(verdicts) == 1


def test_no_word_on_a_zone_says_that_anything_is_permitted():
    for (about, _), words in WORDS.items():
        if about is Limit.ZONE:
            said = " ".join((words.line, words.more, words.so, words.ask)).lower()
            assert "confirm" in said or "measure" in said or "not shown" in said
            assert not re.search(r"\ballow|\bpermit|\bsafe\b|\bfine\b|\ball right", said)


@pytest.mark.parametrize(
    ("latitude", "known_words", "so"),
    [
        (35.047985, "measured 870 ft, give or take 340; confirm", "confirm the distance first"),
        (35.0600, "measured 5,250 ft, give or take 360; confirm", "yes; confirm"),
        (35.0460, "measured 150 ft, give or take 330; confirm", "no"),
        (35.2456, "measured 13.8 mi, give or take 770 ft; confirm", "yes; confirm"),
    ],
)
def test_a_zone_is_told_as_measured_with_its_error_and_to_be_confirmed(latitude, known_words, so):
    place = listing("", f"at: {latitude} -85.3097, +-50 m; in: TN/Hamilton", "food-pantry")
    told = Told(FactSource.COURT, date(2026, 1, 8))
    client = Known(Facts(), Limits(zones=(Zone(1, ZONE_POINT, 50, 304.8, told),)))

    (reason,) = explain(judged(place, client).findings, client, place, TODAY, "en").reasons

    assert reason.asks == "Keep-away place 1: 1,000 ft"
    assert (reason.known, reason.so) == (known_words, so)
    assert reason.source == "court or board record, Jan 8, 2026"


def test_a_confidential_place_tells_nothing_and_asks_them_nothing_about_the_zone():
    place = listing(
        "", "confidential: yes; at: 35.06 -85.3, +-50 m; in: TN/Hamilton", "food-pantry"
    )
    place = replace(place, phones=(PhoneFact("423-555-0143"),))
    client = Known(Facts(), Limits(zones=(Zone(1, ZONE_POINT, 50, 304.8),)))

    explained = explain(judged(place, client).findings, client, place, TODAY, "en")

    assert explained.line == "its place is not shown: call about keep-away place 1"
    assert "may the client come" in explained.next_step
    assert not re.search(r"Hamilton|Tennessee|\bmi\b|35\.", " ".join(texts(explained)))


def test_gender_and_age_are_one_reason_as_on_the_listing():
    place = listing("gender: men required; aged at least: 18", "", "food-pantry")
    client = known("gender: men; born: 1989-05-01")

    (reason,) = explain(judged(place, client).findings, client, place, TODAY, "en").reasons

    assert (reason.asks, reason.known, reason.so) == ("Men, 18 or older", "man, 36", "yes")


@pytest.mark.parametrize(
    ("asks", "client", "said"),
    [
        ("gender: women required, nonbinary required", "gender: nonbinary", "Nonbinary people"),
        ("gender: men required", "gender: nonbinary", "Men"),
        ("gender: men excluded", "gender: men", "Not for: Men"),
        ("population: veterans required, families required", "veteran: yes", "Only for: "),
        ("offense: any accepted", "offenses: arson", "No offense is refused"),
        ("gives: methadone", "medications: methadone", "Methadone: given there"),
        ("payers: medicaid; cost: fee", "payers: medicaid", "Medicaid, Self-pay"),
    ],
)
def test_what_they_ask_is_said_as_on_the_listing(asks, client, said):
    place, client = listing(asks, "", "food-pantry"), known(client)

    (reason,) = explain(judged(place, client).findings, client, place, TODAY, "en").reasons

    assert said in reason.asks
    assert "case by case" not in reason.asks


def test_a_pregnancy_of_long_ago_is_told_with_its_day_and_asked_again():
    place = listing("population: pregnant required", "", "food-pantry")
    client = known("gender: women; pregnant: yes on 2023-05-01")

    explained = explain(judged(place, client).findings, client, place, TODAY, "en")

    (reason,) = explained.reasons
    assert reason.known == "pregnant, on May 1, 2023 and not known"
    assert explained.next_step == "Ask the client: Is the client pregnant?"


@pytest.mark.parametrize(
    ("client", "said"),
    [
        ("medications: none", "Offenses: nothing said"),
        ("medications: none; offenses: arson, no others", "Arson: nothing said"),
        ("offenses: none", "Medications: nothing said"),
    ],
)
def test_what_nothing_is_said_of_is_named(client, said):
    house, client = listing("", "", "halfway-house"), known(client)

    reasons = explain(judged(house, client).findings, client, house, TODAY, "en").reasons

    assert said in {each.asks for each in reasons}


def test_how_far_it_is_and_how_far_the_client_goes_are_both_in_miles():
    place = listing("", "at: 35.0672 -85.3, +-50 m; in: TN/Hamilton", "food-pantry")
    client = known("home: 35.0600 -85.3, +-2000 m; farthest: 3 mi")

    (reason,) = explain(judged(place, client).findings, client, place, TODAY, "en").reasons

    assert reason.asks == "At most 3.0 mi from home"
    assert reason.known == "0.5 mi in a straight line"


def test_what_speaks_for_a_woman_without_a_child_is_named():
    place = listing("population: women-with-children required", "", "food-pantry")
    client = known("gender: women; children: 0; pregnant: yes")

    (reason,) = explain(judged(place, client).findings, client, place, TODAY, "en").reasons

    assert reason.known == "no children along, woman, and pregnant"


def test_what_they_say_in_words_is_asked_in_these_words_whoever_it_concerns():
    place = listing("population: veterans required", "", "food-pantry")
    nights = RuleFact(RuleKind.POPULATION, None, Stance.REQUIRED, note="People who work NIGHTS.")
    place = replace(place, rules=(*place.rules, nights))
    client = known("veteran: yes")

    explained = explain(judged(place, client).findings, client, place, TODAY, "en")

    assert explained.verdict is Verdict.CALL
    said = "would they take the client? They take only: People who work NIGHTS."
    assert explained.line == f"Ask: {said}"
    assert explained.next_step == f"Ask them: {said}"
    assert {each.asks: (each.known, each.so) for each in explained.reasons} == {
        "Only for: Veterans": ("veteran", "yes"),
        "Only for: People who work NIGHTS (ask)": (
            "not known",
            "call: would they take the client?",
        ),
    }


def test_a_rule_is_told_with_its_note_its_source_and_its_age_and_a_fact_with_who_said_it():
    place = listing("offense: arson case by case", "", "food-pantry")
    noted = replace(place.rules[0], note="Only if more than 10 years ago.")
    checked = datetime(2026, 2, 28, 12, tzinfo=UTC)
    place = replace(place, rules=(noted,), source="Agency list", checked_at=checked)
    told = {Fact.OFFENSES: Told(FactSource.CLIENT, date(2026, 3, 2))}
    client = Known(Facts(offenses=Answers(frozenset({"arson"}))), Limits(), told)

    explained = explain(judged(place, client).findings, client, place, TODAY, "en")

    (reason,) = explained.reasons
    assert reason.asks == "Arson: asked case by case (Only if more than 10 years ago)"
    assert (reason.known, reason.so) == ("arson", "call: is arson all right?")
    assert reason.source == "Agency list, 12 days; client, Mar 2, 2026"
    assert explained.line == "Ask: is arson all right? They decide case by case."


def test_the_next_step_names_whom_to_ask_and_the_number():
    place = listing("offense: arson case by case; document: state-id", "", "food-pantry")
    place = replace(place, phones=(PhoneFact("423-555-0143"),))
    client = known("offenses: arson, no others; documents: no state-id")

    explained = explain(judged(place, client).findings, client, place, TODAY, "en")

    assert explained.next_step == (
        "Call 423-555-0143 and ask: is arson all right? May the state ID card follow?"
    )


def test_labels_follow_the_reader():
    place = listing("medication: buprenorphine case by case", "", "food-pantry")
    client = known("medications: buprenorphine")

    explained = explain(judged(place, client).findings, client, place, TODAY, "es")

    assert "buprenorfina" in explained.line


@pytest.mark.parametrize("fact", list(Fact))
def test_every_fact_has_a_question_that_ends_as_one(fact):
    asking = question_words(Question(fact), "en")

    assert asking.words == QUESTIONS[fact]
    assert asking.words.endswith("?") or fact is Fact.SOBRIETY
    wants_choices = asking.answer in {Answer.CHOICE, Answer.MANY}
    assert bool(asking.choices) == wants_choices


def test_a_question_on_one_entry_wants_yes_or_no():
    asking = question_words(Question(Fact.DOCUMENTS, "state-id"), "en")

    assert asking.words == "State ID card: does the client have one?"
    assert (asking.answer, asking.choices) == (Answer.YES_NO, ())
    assert question_words(Question(Fact.OFFENSES), "es").choices[0] == (
        "arson",
        "Incendio provocado",
    )


def test_every_matter_and_limit_has_a_row_of_words():
    assert {about for about, _ in WORDS} == {*Matter, *Limit}


@pytest.mark.parametrize(
    ("meters", "words"),
    [(304.8, "1,000 ft"), (1609, "5,280 ft"), (1609.4, "1.0 mi"), (16093.44, "10.0 mi")],
)
def test_lengths_are_feet_below_a_mile_and_miles_with_a_tenth_above(meters, words):
    assert length_words(meters, "en") == words


def test_the_error_of_a_measure_is_never_told_too_small():
    assert measured_words(Measure(265, 100.1, 304.8), "en").endswith("give or take 330")
    assert measured_words(Measure(265, 0, 304.8), "en").endswith("give or take 10")


def test_names_keep_their_capital_within_a_sentence():
    assert [inner(each) for each in ("State ID card", "Medicaid", "VA benefits", "PrEP")] == [
        "state ID card",
        "Medicaid",
        "VA benefits",
        "PrEP",
    ]
    assert sentence("¿puede ir?") == "¿Puede ir?"
    assert together(["a", "b", "c", "d"], "en") == "a and 3 more"


def test_a_yes_without_a_reason_says_so_and_a_verdict_is_never_empty():
    empty = explain((), Known(), listing("", "", "food-pantry"), TODAY, "en")

    assert empty.verdict is Verdict.YES
    assert empty.line == "Nothing that they ask speaks against it."
    assert (empty.reasons, empty.next_step) == ((), "Refer.")
