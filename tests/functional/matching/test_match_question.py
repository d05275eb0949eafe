"""The one question whose answer settles most of what is not known."""

import pytest
from sqlalchemy import delete, select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients.fact_values import parse
from resourcedir.clients.facts import Answers, Fact, FactSource
from resourcedir.clients.models import ClientFact
from tests.conftest import NOON
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group


@pytest.fixture
def houses(make):
    """Give three houses that ask for a state ID and one that asks for days of sobriety."""
    for name in ("First House", "Second House", "Third House"):
        make.listing(
            name=name, terms=HOUSE, rules=[*OPEN_TO_ALL, ("document", "state-id", "required")]
        )
    make.listing(
        name="Sober House",
        terms=HOUSE,
        rules=[*OPEN_TO_ALL, ("sobriety_days", None, "required", 30)],
    )


def box(browser):
    return browser.page.select_one("form[action$='/answer']")


def say(browser, said, status=200, **more):
    """Answer the question that is shown."""
    form = box(browser)
    data = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    return browser.post(form["action"], {**data, "said": said, **more}, status=status)


def test_what_settles_most_is_asked_first_and_says_how_much(find, client, houses):
    asking = box(find(client))

    assert asking.select_one("h2").text == "One answer may settle 3 of 4 not known"
    assert "tate ID" in asking.text


def test_an_answer_is_kept_with_its_day_and_the_client_as_its_source(find, client, session, houses):
    browser = find(client)
    say(browser, "yes")
    session.rollback()
    fact = session.scalars(select(ClientFact)).one()

    assert group(browser, "yes") == ["First House", "Second House", "Third House"]
    assert (fact.source, fact.told_on) == (FactSource.CLIENT, NOON.date())
    assert b"state-id" not in fact.value_sealed


def test_after_a_no_the_places_are_called_and_not_hidden(find, client, houses):
    browser = find(client)
    say(browser, "no")

    assert group(browser, "call") == ["First House", "Second House", "Third House"]


def test_what_the_client_cannot_say_is_asked_no_more_in_this_search(find, client, houses):
    browser = find(client)
    say(browser, "", skip="1")

    assert "sober" in box(browser).text.casefold() or "prescribed" in box(browser).text
    assert len(group(browser, "unknown")) == 4


@pytest.mark.parametrize("said", ["", "perhaps"])
def test_an_answer_that_is_none_is_asked_for_again_and_nothing_is_kept(
    find, client, session, houses, said
):
    browser = find(client)
    say(browser, said, status=422)
    session.rollback()

    assert browser.page.select_one("#error-summary a")["href"].startswith("#said")
    assert browser.page.select_one("title").text.startswith("Error:")
    assert session.scalars(select(ClientFact)).all() == []


def test_a_browser_does_not_hold_back_an_empty_answer_with_words_of_its_own(find, client, houses):
    """It would show them at a button that is drawn elsewhere, where nobody sees them."""
    assert box(find(client)).has_attr("novalidate")


def test_nothing_chosen_is_told_above_and_at_the_field(find, client, houses):
    browser = find(client)
    say(browser, "", status=422)

    words = "Choose an answer, or say that nobody can tell."
    assert browser.page.select_one("#error-summary a").text == words
    assert words in box(browser).select_one("#said-error").text
    group_of = box(browser).select_one("fieldset")
    assert "said-error" in group_of["aria-describedby"]


def test_a_number_that_is_none_stays_to_be_put_right(find, make, client):
    make.listing(
        name="Sober House",
        terms=HOUSE,
        rules=[*OPEN_TO_ALL, ("sobriety_days", None, "required", 30)],
    )
    browser = find(client)
    say(browser, "a month", status=422)

    assert box(browser).select_one("#said")["value"] == "a month"


@pytest.mark.parametrize(
    "asked", ["", "nonsense", "birth", "access:", "documents:lamp", "birth:state-id", "farthest:"]
)
def test_what_no_match_asks_cannot_be_answered(find, client, houses, asked):
    browser = find(client)
    browser.post(box(browser)["action"], {"asked": asked, "said": "yes"}, status=404)


def test_a_colleague_answers_nothing_in_the_search_of_another(find, make, client, browser, houses):
    action = box(find(client))["action"]
    browser.post("/sign-out")
    browser.sign_in(make.officer())
    browser.get("/today")

    browser.post(action, {"asked": "documents:state-id", "said": "yes"}, status=404)


def test_who_has_the_client_no_more_answers_nothing(find, make, session, officer, client, houses):
    from resourcedir.clients.models import Assignment

    browser = find(client)
    action = box(browser)["action"]
    session.rollback()
    session.execute(
        Assignment.__table__.update().values(officer_id=make.officer().id)  # type: ignore[attr-defined]
    )
    session.commit()

    browser.post(action, {"asked": "documents:state-id", "said": "yes"}, status=404)
    session.rollback()
    assert session.scalars(select(ClientFact)).all() == []


def test_a_list_asks_only_what_is_left_open_and_leaves_what_is_known(
    find, make, client, session, know, all_known
):
    """What a court has put on the record is no question, and an empty answer takes none of it."""
    known = Answers(frozenset({"arson"}), frozenset({"theft"}))
    session.rollback()
    session.execute(delete(ClientFact).where(ClientFact.kind == Fact.OFFENSES))
    session.commit()
    know(client, {"offenses": known})
    make.listing(
        name="Registry House",
        terms=HOUSE,
        rules=[
            ("offense", "registry", "required"),
            ("offense", "sexual", "required"),
            *OPEN_TO_ALL,
        ],
    )
    make.listing(name="No Arson House", terms=HOUSE, rules=[("offense", "arson", "excluded")])
    browser = find(client)
    path = box(browser)["action"]
    assert not box(browser).select("input[value=arson], input[value=theft]")
    browser.post(path, {"asked": "offenses:", "none": "y"})
    session.rollback()
    kept = parse(Fact.OFFENSES, session.scalars(_offenses()).one().value)

    assert kept.of("arson") is True
    assert kept.of("registry") is False


@pytest.mark.parametrize("ticked", [{}, {"said": "theft", "none": "y"}])
def test_a_list_without_a_tick_or_with_both_says_nothing(find, make, client, session, ticked):
    make.listing(name="Silent House", terms=HOUSE, rules=[("medication", None, "accepted")])
    browser = find(client)
    form = box(browser)
    assert form.select_one("label[for=none]").text == "None of these"
    browser.post(form["action"], {"asked": "offenses:", **ticked}, status=422)
    session.rollback()

    message = browser.page.select_one("#error-summary a")
    assert message.text == "Tick what is so, or “None of these”."
    assert browser.page.find(id=message["href"][1:]) is not None
    assert session.scalars(select(ClientFact)).all() == []


def test_a_list_that_was_answered_meanwhile_is_left_as_it_is(
    find, make, client, session, all_known, houses
):
    browser = find(client)
    browser.post(box(browser)["action"], {"asked": "offenses:"})
    session.rollback()
    kept = session.scalars(_offenses()).one()

    assert kept.source is FactSource.COURT
    assert parse(Fact.OFFENSES, kept.value) == all_known["offenses"]


@pytest.mark.parametrize("indexed", [True, False])
def test_where_no_answer_settles_a_place_the_one_that_most_miss_is_asked(
    find, make, client, browser, indexed
):
    """Of somebody of whom nothing is known each place misses more than one answer."""
    for name in ("First House", "Second House"):
        silent = [("gender", "men", "required"), ("medication", None, "accepted")]
        make.listing(name=name, terms=HOUSE, rules=silent)
    asks = [("gender", "men", "required"), ("document", "state-id", "required")]
    make.listing(name="Third House", terms=HOUSE, rules=[*OPEN_TO_ALL, *asks])
    if indexed:
        find(client)
    else:
        browser.get(f"/clients/{client}")
        browser.post("/match", {"client_id": str(client), "need": "halfway-house"})

    assert box(browser).select_one("h2").text == "3 of 3 not known miss this answer"
    assert "gender" in box(browser).text
    heading = browser.page.select_one("#found").text
    assert heading == "3 places, and it is not known yet which would take this client"
    say(browser, "", skip="1")
    assert box(browser).select_one("h2").text == "2 of 3 not known miss this answer"
    assert "offenses" in box(browser).text


def _offenses():
    return select(ClientFact).where(ClientFact.kind == Fact.OFFENSES)


def test_a_county_is_asked_for_and_no_state_will_do(find, make, officer, session):
    client = make.client(officer, needs=["halfway-house"], home_zip="")
    rules = [*OPEN_TO_ALL, ("residency", "TN/Hamilton", "required")]
    make.listing(name="County House", terms=HOUSE, rules=rules)
    browser = find(client)
    assert "asked" in str(box(browser)) and "county:" in str(box(browser))
    say(browser, "Tennessee", status=422)
    session.rollback()

    assert session.scalars(select(ClientFact)).all() == []
    say(browser, "Hamilton County, TN")
    assert group(browser, "yes") == ["County House"]


def test_a_day_that_the_record_contradicts_is_refused_beside_the_field(find, make, client, session):
    make.listing(name="Young House", terms=HOUSE, rules=OPEN_TO_ALL, ages=(37, 37))
    browser = find(client)
    assert "birth:" in str(box(browser))
    before = seen(session, client)
    for day in ("2003-01-01", "0001-01-01", "2999-12-31"):
        say(browser, day, status=422)
        assert box(browser).select_one("#said")["value"] == day
    session.rollback()

    assert session.scalars(select(ClientFact)).all() == []
    assert seen(session, client) == before + 3, "each page that was shown is written down"


def seen(session, client):
    """Return how often somebody looked at the client."""
    session.rollback()
    looked = select(AuditRow).where(
        AuditRow.event == AuditEvent.CLIENT_SEEN, AuditRow.subject_id == str(client)
    )
    return len(session.scalars(looked).all())
