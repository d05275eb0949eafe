"""Rules, ages and edits as plain sentences; how long a count is believed."""

from datetime import timedelta
from uuid import UUID

import pytest

from resourcedir.directory import editing, rule_words, wording
from resourcedir.directory.editing import ListingEdit, edit_of
from resourcedir.directory.facts import ListingFacts, OpeningsFact, RuleFact
from resourcedir.directory.hours import parse
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    PhoneType,
    RuleKind,
    Shift,
    Stance,
    Unit,
    WrongFact,
)
from resourcedir.directory.offering import Offer
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from tests.conftest import NOON


def _facts(**more):
    ids = {"resource_id": UUID(int=1), "organization_id": UUID(int=2)}
    given = {"number": 1, "version": 1, "kind": ListingKind.SERVICE, **ids, **more}
    return ListingFacts(organization="O", name="N", **given)


def _sentences(facts, language="en"):
    return [str(line.phrase) for line in rule_words.who_they_take(facts, language)]


def test_gender_and_ages_are_one_sentence_and_come_first():
    facts = _facts(
        minimum_age=18,
        rules=(
            RuleFact(RuleKind.OFFENSE, "arson", Stance.EXCLUDED),
            RuleFact(RuleKind.GENDER, "men", Stance.REQUIRED),
        ),
    )

    assert _sentences(facts) == ["Men, 18 or older.", "No one with an arson conviction."]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, None),
        (0, None, "0 or older"),
        (None, 24, "24 or younger"),
        (18, 24, "18 to 24 years old"),
    ],
)
def test_limits_of_age_are_read_with_both_ends(low, high, words):
    found = wording.age_range(low, high)
    assert (found and str(found)) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (RuleFact(RuleKind.OFFENSE, "arson", Stance.CASE_BY_CASE), "Arson: asked case by case."),
        (RuleFact(RuleKind.OFFENSE, "violent", Stance.ACCEPTED), "Violent offense: accepted."),
        (RuleFact(RuleKind.SOBRIETY_DAYS, None, Stance.REQUIRED, 14),
         "Sober for at least 14 days."),
        (RuleFact(RuleKind.SOBRIETY_DAYS, None, Stance.REQUIRED, 0), "No days sober asked."),
        (RuleFact(RuleKind.RESIDENCY, "TN/Hamilton", Stance.REQUIRED),
         "Must live in Hamilton County, TN."),
        (RuleFact(RuleKind.MEDICATION, "methadone", Stance.ACCEPTED), "Methadone allowed."),
        (RuleFact(RuleKind.DOCUMENT, "state-id", Stance.REQUIRED), "State ID card needed."),
        (RuleFact(RuleKind.PETS, None, Stance.EXCLUDED), "No pets."),
    ],
)  # fmt: skip
def test_a_rule_is_a_plain_sentence(rule, words):
    assert str(wording.rule(rule, "en").phrase) == words


def test_who_may_refer_is_one_sentence_and_notes_are_kept():
    facts = _facts(
        rules=(
            RuleFact(RuleKind.REFERRAL_SOURCE, "officer", Stance.REQUIRED, note="by letter"),
            RuleFact(RuleKind.REFERRAL_SOURCE, "court", Stance.REQUIRED),
        )
    )
    (line,) = rule_words.who_they_take(facts, "en")

    assert str(line.phrase) == "Must be referred by: Probation or parole officer, Court."
    assert line.note == "by letter"


LISTS = {
    RuleKind.GENDER: Vocabulary.GENDER,
    RuleKind.POPULATION: Vocabulary.POPULATION,
    RuleKind.OFFENSE: Vocabulary.OFFENSE,
    RuleKind.DOCUMENT: Vocabulary.DOCUMENT,
    RuleKind.MEDICATION: Vocabulary.MEDICATION,
    RuleKind.REFERRAL_SOURCE: Vocabulary.REFERRAL_SOURCE,
}


@pytest.mark.parametrize("kind", RuleKind)
@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_rule_shows_a_code_or_an_open_place(kind, stance, language):
    codes = vocabulary.codes(LISTS[kind]) if kind in LISTS else ()
    for code in (*codes, None):
        rule = RuleFact(kind, code, stance)
        sentence = str(wording.rule(rule, language).phrase)
        assert sentence.endswith(".") and "%" not in sentence and "_" not in sentence
        assert not sentence.startswith((":", "."))
        if code and "-" in code:
            assert code not in sentence


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (wording.STANCES, Stance),
        (wording.COSTS, CostKind),
        (wording.UNITS, Unit),
        (wording.FREE_NOW, Unit),
        (wording.SHIFTS, Shift),
        (wording.OFFERS, Offer),
        (wording.PHONE_TYPES, PhoneType),
        (wording.WRONG_FACTS, WrongFact),
        (editing.FIELDS, editing.Field),
    ],
)
def test_every_word_of_a_column_has_its_own_label(table, kind):
    assert set(table) == set(kind)


def test_nothing_is_changed_by_saying_what_is_so():
    facts = _facts(
        hours=parse("Mo-Fr 08:00-17:00", "America/Chicago"),
        openings=OpeningsFact(Unit.BED, 3, 16, NOON),
        rules=(RuleFact(RuleKind.OFFENSE, "arson", Stance.EXCLUDED),),
    )

    assert editing.changes(facts, edit_of(facts)) == ()


def test_a_change_tells_before_and_after_in_no_language_and_on_the_clock_of_the_place():
    facts = _facts(openings=OpeningsFact(Unit.BED, 3, 16, NOON), time_zone="America/New_York")
    edit = ListingEdit(
        time_zone="America/New_York",
        openings=OpeningsFact(Unit.BED, 0, 16, NOON + timedelta(hours=1)),
        offenses={"arson": Stance.CASE_BY_CASE},
    )

    found = {each.field: (each.before, each.after) for each in editing.changes(facts, edit)}

    assert found == {
        editing.Field.OFFENSES: (
            "{said:nothing}",
            "{offense:arson}: {stance:case_by_case}",
        ),
        editing.Field.OPENINGS: (
            "{openings:bed/3/16/2026-03-12T12:00-04:00}",
            "{openings:bed/0/16/2026-03-12T13:00-04:00}",
        ),
    }


def test_a_job_lead_has_no_hours_to_change():
    facts = _facts(kind=ListingKind.JOB_LEAD)

    assert editing.changes(facts, ListingEdit(hours="24/7", description="x")) == (
        editing.changes(facts, ListingEdit(description="x"))
    )
