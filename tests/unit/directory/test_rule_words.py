"""What a listing asks, as few sentences; and what the form of it can and cannot say."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.directory import editing, ruling
from resourcedir.directory.asking import ANY, asked_by, parse
from resourcedir.directory.editing import Field, ListingEdit, edit_of
from resourcedir.directory.facts import ListingFacts, RuleFact
from resourcedir.directory.kinds import ListingKind, RuleKind, Stance
from resourcedir.directory.rule_words import who_they_take
from resourcedir.taxonomy import vocabulary

OFFENSE, MEDICATION, POPULATION = RuleKind.OFFENSE, RuleKind.MEDICATION, RuleKind.POPULATION
REQUIRED, ACCEPTED, CASE, EXCLUDED = (
    Stance.REQUIRED, Stance.ACCEPTED, Stance.CASE_BY_CASE, Stance.EXCLUDED,
)  # fmt: skip


def facts_with(*rules, **more):
    ids = {"resource_id": UUID(int=1), "organization_id": UUID(int=2)}
    given = {"number": 1, "version": 1, "kind": ListingKind.SERVICE, **ids, **more}
    facts = [RuleFact(*each) for each in rules]
    return ListingFacts(organization="O", name="N", rules=tuple(facts), **given)


def sentences(*rules, language="en", **more):
    return [str(each.phrase) for each in who_they_take(facts_with(*rules, **more), language)]


def test_a_house_reads_as_sentences_in_the_order_of_what_decides():
    assert sentences(
        (RuleKind.PETS, None, EXCLUDED),
        (RuleKind.WARRANT, None, EXCLUDED),
        (OFFENSE, "violent", ACCEPTED),
        (OFFENSE, "arson", CASE),
        (OFFENSE, "registry", EXCLUDED),
        (OFFENSE, "sexual", EXCLUDED),
        (RuleKind.GENDER, "men", REQUIRED),
        (RuleKind.DOCUMENT, "state-id", REQUIRED),
        (RuleKind.DOCUMENT, "tb-test", REQUIRED),
        (RuleKind.RESIDENCY, "TN/Hamilton", REQUIRED),
        (RuleKind.RESIDENCY, "GA", REQUIRED),
        minimum_age=18,
        terms=("halfway-house",),
    ) == [
        "Men, 18 or older.",
        "Violent offense: accepted.",
        "Arson: asked case by case.",
        "Refuses: On a sex offender registry, Sexual offense.",
        "No one with an open warrant.",
        "Must live in Hamilton County, TN or Georgia.",
        "Papers needed: State ID card, TB test result.",
        "No pets.",
        "Says nothing of other offenses.",
        "Says nothing of medication.",
    ]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([(OFFENSE, None, ACCEPTED)], ["No offense is refused."]),
        ([(OFFENSE, None, CASE)], ["Every offense: asked case by case."]),
        ([(OFFENSE, None, EXCLUDED)], ["No one with an offense."]),
        (
            [(OFFENSE, "arson", EXCLUDED), (OFFENSE, None, ACCEPTED)],
            ["No one with an arson conviction.", "No other offense is refused."],
        ),
        (
            [(OFFENSE, "arson", EXCLUDED), (OFFENSE, None, EXCLUDED)],
            ["No one with an arson conviction.", "Refuses every other offense."],
        ),
        (
            [(OFFENSE, "arson", CASE), (OFFENSE, "theft", CASE), (OFFENSE, None, CASE)],
            ["Decides case by case: Arson, Theft or burglary.",
             "Every other offense: asked case by case."],
        ),
        (
            [(MEDICATION, "methadone", ACCEPTED), (MEDICATION, "buprenorphine", ACCEPTED),
             (MEDICATION, None, EXCLUDED)],
            ["Allowed: Methadone, Buprenorphine.", "No other medication allowed."],
        ),
        (
            [(POPULATION, "veterans", REQUIRED), (POPULATION, "families", REQUIRED),
             (POPULATION, "youth", EXCLUDED)],
            ["Only for: Veterans or Families.", "Not for: Youth under 18."],
        ),
        (
            [(OFFENSE, "registry", REQUIRED), (OFFENSE, "sexual", REQUIRED)],
            ["Only for people with: On a sex offender registry or Sexual offense."],
        ),
        ([(RuleKind.WARRANT, None, CASE)], ["An open warrant: asked case by case."]),
    ],
)  # fmt: skip
def test_what_is_said_of_many_is_one_sentence_and_what_is_left_has_its_own(rules, words):
    assert sentences(*rules) == words


def test_a_note_stays_with_what_it_is_about():
    facts = facts_with(
        (OFFENSE, "arson", EXCLUDED, None, "unless 10 years ago"),
        (OFFENSE, "sexual", EXCLUDED),
        (OFFENSE, "theft", EXCLUDED),
    )

    assert [(str(each.phrase), each.note) for each in who_they_take(facts, "en")] == [
        ("Refuses: Sexual offense, Theft or burglary.", None),
        ("No one with an arson conviction.", "unless 10 years ago"),
    ]


def test_whom_alone_they_take_in_their_words_stands_beside_those_whom_a_list_names():
    assert sentences(
        (POPULATION, "veterans", REQUIRED),
        (POPULATION, "seniors", REQUIRED),
        (POPULATION, None, REQUIRED, None, "people who work nights."),
        (POPULATION, "families", EXCLUDED),
    ) == [
        "Only for: Veterans or Older adults.",
        "Only for: people who work nights (ask).",
        "Not for: Families.",
    ]


def test_the_index_learns_that_there_are_words_and_not_which():
    said = [(POPULATION, "men", REQUIRED), (POPULATION, None, REQUIRED, None, NIGHTS)]

    (asked,) = asked_by(facts_with(*said))

    assert asked.said == ((ANY, REQUIRED), ("men", REQUIRED))
    assert parse(asked.to_text()) == asked
    assert NIGHTS not in asked.to_text()


def test_silence_is_told_where_most_ask_and_not_where_nobody_does():
    rules = ((RuleKind.GENDER, "women", REQUIRED),)

    assert sentences(*rules, terms=("emergency-shelter",)) == [
        "Women.",
        "Says nothing of offenses.",
    ]
    assert sentences(*rules, terms=("food-pantry",)) == ["Women."]
    assert sentences(terms=("emergency-shelter",)) == [], "the page says that no rule is known"


def rules_of_forms():
    """Return what makes any rule that the form can say."""
    found = []
    for kind, stances in ruling.SHOWN.items():
        codes = vocabulary.codes(ruling.LISTS[kind]) if kind in ruling.LISTS else ()
        codes = ("TN", "GA/Dade") if kind is RuleKind.RESIDENCY else codes
        found += [
            RuleFact(
                kind,
                code,
                stance,
                9 if (kind, stance) == DAYS else None,
                NIGHTS if ruling.is_in_words(kind, code, stance) else None,
            )
            for code in (*codes, None)
            for stance in stances
            if ruling.is_shown(kind, code, stance)
        ]
    return st.lists(st.sampled_from(found), unique_by=lambda rule: (rule.kind, rule.code))


NIGHTS = "people who work nights"
DAYS = (RuleKind.SOBRIETY_DAYS, REQUIRED)
BACK = {
    RuleKind.POPULATION: lambda e: ruling.of_people(e.populations, e.also_asks),
    RuleKind.OFFENSE: lambda e: ruling.of_stances(RuleKind.OFFENSE, e.offenses),
    RuleKind.WARRANT: lambda e: ruling.of_stance(RuleKind.WARRANT, e.warrants),
    RuleKind.MEDICATION: lambda e: ruling.of_stances(RuleKind.MEDICATION, e.medications),
    RuleKind.SOBRIETY_DAYS: lambda e: ruling.of_days(e.sobriety_days),
    RuleKind.RESIDENCY: lambda e: ruling.of_codes(RuleKind.RESIDENCY, e.residency, REQUIRED),
    RuleKind.DOCUMENT: lambda e: ruling.of_codes(RuleKind.DOCUMENT, e.documents, REQUIRED),
    RuleKind.REFERRAL_SOURCE: lambda e: ruling.of_codes(
        RuleKind.REFERRAL_SOURCE, e.referral_sources, ACCEPTED
    ),
    RuleKind.CHILDREN: lambda e: ruling.of_stance(RuleKind.CHILDREN, e.children),
    RuleKind.PETS: lambda e: ruling.of_stance(RuleKind.PETS, e.pets),
}


@given(rules_of_forms())
def test_every_rule_that_the_form_can_say_comes_back_as_it_was(rules):
    edit = edit_of(facts_with(*((r.kind, r.code, r.stance, r.amount, r.note) for r in rules)))

    for kind, back in BACK.items():
        assert set(back(edit)) == {rule for rule in rules if rule.kind is kind}
    assert editing.changes(facts_with(), edit) or not rules


@pytest.mark.parametrize(
    ("kind", "code", "stance"),
    [
        (OFFENSE, None, REQUIRED),
        (OFFENSE, "a-code-of-old", EXCLUDED),
        (POPULATION, None, EXCLUDED),
        (RuleKind.GENDER, "men", EXCLUDED),
        (RuleKind.DOCUMENT, "state-id", ACCEPTED),
        (RuleKind.PETS, None, REQUIRED),
    ],
)
def test_what_the_form_has_no_words_for_is_not_in_the_edit(kind, code, stance):
    assert edit_of(facts_with((kind, code, stance))) == ListingEdit(time_zone="UTC")


@pytest.mark.parametrize(
    ("rules", "taken", "refused"),
    [
        ([], set(), {"arson", "theft"}),
        ([("arson", CASE), ("theft", EXCLUDED)], {"arson"}, {"theft", "weapons"}),
        ([("arson", EXCLUDED), (None, ACCEPTED)], {"theft", "weapons"}, {"arson"}),
        ([("arson", ACCEPTED), (None, EXCLUDED)], {"arson"}, {"theft"}),
        ([("registry", REQUIRED), (None, EXCLUDED)], {"registry"}, {"arson"}),
    ],
)
def test_what_holds_for_all_others_counts_for_each_that_has_no_rule_of_its_own(
    rules, taken, refused
):
    found = ruling.offenses_taken(RuleFact(OFFENSE, code, stance) for code, stance in rules)

    assert taken <= found
    assert not refused & found


def test_the_history_says_what_holds_for_all_others():
    one = facts_with((OFFENSE, "arson", EXCLUDED), (OFFENSE, None, CASE))

    (change,) = editing.changes(one, ListingEdit(offenses={ANY: ACCEPTED}))

    assert (change.field, change.before, change.after) == (
        Field.OFFENSES,
        "{offense:arson}: {stance:excluded}; {said:any-other}: {stance:case_by_case}",
        "{said:all}: {stance:accepted}",
    )


def test_the_history_has_the_words_that_were_said_of_whom_they_take():
    (change,) = editing.changes(facts_with(), ListingEdit(also_asks="{men} on nights"))

    assert (change.field, change.after) == (
        Field.POPULATIONS,
        "{rule:population//required/} ({{men}} on nights)",
    )


def test_a_job_lead_is_asked_what_jobs_ask():
    fields = set(editing.fields_of(ListingKind.JOB_LEAD))

    assert {Field.OFFENSES, Field.WARRANTS, Field.POPULATIONS, Field.RESIDENCY} <= fields
    assert not {Field.CHILDREN, Field.PETS, Field.GENDERS, Field.SOBRIETY, Field.PAYERS} & fields
