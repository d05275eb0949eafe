"""Whom a listing takes: said in the form in sentences, shown as sentences, and never by half."""

import pytest

from resourcedir.directory.models import EligibilityRule, JobLead, Listing, ListingKind, Stance
from resourcedir.directory.models import RuleKind as Kind
from tests.functional.conftest import facts_now

SAID = {
    "genders": ["men"],
    "minimum_age": "18",
    "populations-veterans": "required",
    "populations-families": "excluded",
    "also_asks": " people who  work nights.",
    "offenses-arson": "case_by_case",
    "offenses-drug_sale": "accepted",
    "offenses-any_other": "excluded",
    "warrants": "excluded",
    "medications-methadone": "accepted",
    "medications-any_other": "case_by_case",
    "sobriety_days": "14",
    "residency": "hamilton county, tn; Georgia",
    "documents": ["state-id"],
    "referral_sources": ["officer", "court"],
    "children": "excluded",
    "pets": "case_by_case",
    "payers": ["medicaid"],
    "accessibility": ["wheelchair"],
}


def rules_now(session, number):
    rules = facts_now(session, number).rules
    return {(r.kind.value, r.code, r.stance.value, r.amount) for r in rules}


def sentences(page):
    return [each.text.strip() for each in page.select("table tbody th[scope=row]")]


def publish(browser, **said):
    """Check changes and publish them, with everything said once more, as a browser sends it."""
    browser.submit({**said, "step": "review"})
    return browser.submit({**said, "step": "publish"})


def test_every_rule_can_be_said_and_is_shown_as_a_sentence(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")

    publish(browser, **SAID)

    assert rules_now(session, number) == {
        ("gender", "men", "required", None),
        ("population", "veterans", "required", None),
        ("population", None, "required", None),
        ("population", "families", "excluded", None),
        ("offense", "arson", "case_by_case", None),
        ("offense", "drug-sale", "accepted", None),
        ("offense", None, "excluded", None),
        ("warrant", None, "excluded", None),
        ("medication", "methadone", "accepted", None),
        ("medication", None, "case_by_case", None),
        ("sobriety_days", None, "required", 14),
        ("residency", "TN/Hamilton", "required", None),
        ("residency", "GA", "required", None),
        ("document", "state-id", "required", None),
        ("referral_source", "officer", "accepted", None),
        ("referral_source", "court", "accepted", None),
        ("children", None, "excluded", None),
        ("pets", None, "case_by_case", None),
    }
    facts = facts_now(session, number)
    assert (facts.payers, facts.place.accessibility) == (("medicaid",), ("wheelchair",))
    shown = sentences(browser.get(f"/listings/{number}"))
    for sentence in (
        "Men, 18 or older.",
        "Only for: Veterans.",
        "Only for: people who work nights (ask).",
        "Refuses every other offense.",
        "No one with an open warrant.",
        "Must live in Georgia or Hamilton County, TN.",
        "Every other medication: asked case by case.",
        "May be referred by: Court, Probation or parole officer.",
    ):
        assert sentence in shown


def test_what_was_said_stands_in_the_form_again_and_saying_it_again_changes_nothing(
    browser, riverbend, session
):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    publish(browser, **SAID)
    before = rules_now(session, number)

    page = browser.get(f"/listings/{number}/edit")

    assert page.select_one("[name=residency]")["value"] == "Georgia; Hamilton County, TN"
    assert page.select_one("[name=also_asks]")["value"] == "people who work nights"
    chosen = {
        each.find_parent("select")["name"]: each["value"]
        for each in page.select("select option[selected]")
        if each["value"]
    }
    assert chosen == {
        "offenses-arson": "case_by_case", "offenses-drug_sale": "accepted",
        "offenses-any_other": "excluded", "warrants": "excluded", "children": "excluded",
        "populations-veterans": "required", "populations-families": "excluded",
        "medications-methadone": "accepted", "medications-any_other": "case_by_case",
        "pets": "case_by_case", "phones-0-type": "voice", "unit": "bed",
    }  # fmt: skip
    browser.submit({"step": "review"})
    assert "You have changed nothing." in browser.text
    assert rules_now(session, number) == before


def test_the_review_and_the_history_say_it_in_words(browser, riverbend):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    said = {
        "offenses-any_other": "accepted", "warrants": "case_by_case",
        "populations-veterans": "required", "residency": "TN",
        "also_asks": "people who work nights",
    }  # fmt: skip
    browser.submit({**said, "step": "review"})
    cells = [[c.text for c in tr.select("th, td")] for tr in browser.page.select("tbody tr")]

    assert cells == [
        [
            "Only for some people, or not for some",
            "nothing said",
            "Only for: Veterans. Only for some people: ask for whom. (people who work nights)",
        ],
        ["Offenses", "nothing said", "All: They accept it"],
        ["People with an open warrant", "nothing said", "An open warrant: asked case by case."],
        ["Where people must live", "nothing said", "Tennessee"],
    ]
    browser.submit({**said, "step": "publish"})
    browser.get(f"/listings/{number}/history")
    assert "An open warrant: asked case by case." in browser.text


@pytest.mark.parametrize(
    ("typed", "words", "link"),
    [
        ({"residency": "Hamilton County, TN; Nowhere"}, "Nowhere: There is no such", "#residency"),
        ({"genders": ["any", "men"]}, "Choose any gender alone", "#genders-0"),
        ({"minimum_age": "30", "maximum_age": "20"}, "below the youngest", "#maximum_age"),
        ({"offenses-any_other": "required"}, "Not a valid choice", "#offenses-any_other"),
        ({"populations-men": "accepted"}, "Not a valid choice", "#populations-men"),
        ({"also_asks": "night " * 40}, "200 characters", "#also_asks"),
        ({"warrants": "no"}, "Not a valid choice", "#warrants"),
        ({"sobriety_days": "-1"}, "between 0 and", "#sobriety_days"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_mend_and_nothing_is_applied(
    browser, riverbend, session, typed, words, link
):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")

    page = browser.submit({**SAID, **typed, "step": "publish"}, status=422)

    (error,) = page.select("#error-summary li a")
    assert words in error.text and error["href"] == link
    assert page.select_one(link) and (
        not page.select_one(link).find_parent("details")
        or page.select_one(link).find_parent("details").has_attr("open")
    ), "what is wrong is not folded away"
    assert page.select_one("[name=medications-methadone] option[selected]")["value"] == "accepted"
    assert rules_now(session, number) == set()
    assert facts_now(session, number).payers == ()


def test_rules_said_by_one_are_not_overwritten_by_another_who_opened_before(
    app, riverbend, session, make, browser
):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    other = type(browser)(app)
    other.sign_in(make.administrator())
    other.get(f"/listings/{number}/edit")
    publish(other, warrants="accepted")

    browser.submit({"warrants": "excluded", "pets": "accepted", "step": "publish"}, status=409)

    assert "Takes people with an open warrant." in browser.page.select_one("#changed-since").text
    assert rules_now(session, number) == {("warrant", None, "accepted", None)}


def test_a_job_lead_is_asked_what_jobs_ask(browser, make, session):
    organization = make.organization()
    job = JobLead(title="Welder", phone="423-555-0111")
    session.add(job)
    session.flush()
    listing = Listing(kind=ListingKind.JOB_LEAD, organization_id=organization.id,
                      job_lead_id=job.id, source="Example", source_key="j1")  # fmt: skip
    session.add(listing)
    session.flush()
    session.add(
        EligibilityRule(
            listing_number=listing.number,
            kind=Kind.SOBRIETY_DAYS,
            stance=Stance.REQUIRED,
            amount=30,
        )
    )
    session.commit()
    browser.sign_in(make.provider(organization.id))
    page = browser.get(f"/listings/{listing.number}/edit")
    for name in ("genders", "maximum_age", "sobriety_days", "children", "pets", "payers"):
        assert not page.select(f"[name={name}]")

    said = {
        "offenses-theft": "excluded", "offenses-any_other": "accepted", "warrants": "accepted",
        "residency": "GA", "referral_sources": ["officer"], "populations-youth": "excluded",
        "also_asks": "people who type",
    }  # fmt: skip
    publish(browser, **said)

    assert rules_now(session, listing.number) == {
        ("offense", "theft", "excluded", None),
        ("offense", None, "accepted", None),
        ("warrant", None, "accepted", None),
        ("residency", "GA", "required", None),
        ("referral_source", "officer", "accepted", None),
        ("population", "youth", "excluded", None),
        ("population", None, "required", None),
        ("sobriety_days", None, "required", 30),
    }


def test_a_listing_without_a_place_of_its_own_is_not_asked_what_the_place_has(browser, make):
    organization = make.organization()
    secret = make.listing(organization, confidential="77 Canary Lane", area="TN/Hamilton")
    browser.sign_in(make.provider(organization.id))

    assert not browser.get(f"/listings/{secret}/edit").select("[name=accessibility]")


def test_in_spanish_the_same_fields_are_sent_and_their_names_are_spanish(
    browser, riverbend, session
):
    number, provider = riverbend
    browser.sign_in(provider)
    page = browser.get(f"/listings/{number}/edit", headers={"Accept-Language": "es"})
    assert page.select_one("label[for=offenses-arson]").text == "Incendio provocado"
    assert page.select_one("label[for=populations-veterans]").text == "Veteranos"

    publish(browser, **SAID)

    assert ("offense", None, "excluded", None) in rules_now(session, number)
    assert len(rules_now(session, number)) == 18
