"""What supervisors do with the clients of their team."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.models import AuditEvent
from resourcedir.clients.models import Assignment
from tests.factories import Factory, Person
from tests.functional.conftest import FACTS, audited, names
from tests.inspector import Browser


def test_a_supervisor_sees_the_team_by_officer(
    browser: Browser, make: Factory, supervisor: Person
) -> None:
    first, second = make.officer(name="A. First"), make.officer(name="B. Second")
    make.client(second, name="Aaron Early")
    make.client(first, name="Zoe Last")
    make.client(make.officer(make.team()), name="Of Another Team")
    browser.get("/clients")
    assert [h.text.split()[1] for h in browser.page.select("main h2")] == ["First", "Second"]
    assert names(browser) == ["Zoe Last", "Aaron Early"]


def test_a_supervisor_adds_a_client_for_an_officer_of_the_team(
    browser: Browser, make: Factory, session: Session, supervisor: Person
) -> None:
    officer, stranger = make.officer(), make.officer(make.team())
    browser.get("/clients/new")
    offered = [o["value"] for o in browser.page.select("#officer option")]
    assert offered == ["", str(officer.id)]
    browser.submit({**FACTS, "officer": ""}, status=422)
    browser.submit({**FACTS, "officer": str(stranger.id)}, status=422)
    browser.submit({**FACTS, "officer": str(officer.id)})
    session.rollback()
    assert session.scalars(select(Assignment.officer_id)).all() == [officer.id]


def test_a_supervisor_gives_a_client_to_another_officer_and_the_history_is_kept(
    app: Flask, browser: Browser, make: Factory, session: Session, supervisor: Person
) -> None:
    old, new = make.officer(name="A. Old"), make.officer(name="B. New")
    make.officer(make.team(), name="C. Elsewhere")
    client = make.client(old)
    browser.get(f"/clients/{client}/reassign")
    assert [o.text for o in browser.page.select("#officer option")] == ["Choose", "B. New"]
    browser.submit({"officer": ""}, status=422)
    browser.submit({"officer": str(new.id)})
    assert "B. New since" in browser.text
    assert "A. Old" in browser.text
    assert audited(session, AuditEvent.CLIENT_REASSIGNED) == [(supervisor.id, str(client))]
    before = Browser(app)
    before.sign_in(old)
    before.get(f"/clients/{client}", status=404)


def test_a_supervisor_gives_a_whole_caseload_to_another_officer(
    browser: Browser, make: Factory, session: Session, supervisor: Person
) -> None:
    old, new = make.officer(), make.officer()
    clients = {make.client(old) for _ in range(3)}
    browser.get("/clients/reassign-caseload")
    sent = {"from_officer": str(old.id), "to_officer": str(new.id)}
    browser.submit(sent, status=422)
    assert browser.page.select_one("#error-summary a[href='#sure']")
    browser.submit({**sent, "to_officer": str(old.id), "sure": "y"}, status=422)
    browser.submit({**sent, "sure": "y"})
    assert "3 clients have another officer now." in browser.text
    current = select(Assignment.client_id).where(
        Assignment.officer_id == new.id, Assignment.until_at.is_(None)
    )
    session.rollback()
    assert set(session.scalars(current)) == clients
    assert len(audited(session, AuditEvent.CLIENT_REASSIGNED)) == 3


def test_an_officer_cannot_reassign(browser: Browser, make: Factory, officer: Person) -> None:
    client = make.client(officer)
    browser.get(f"/clients/{client}/reassign", status=404)
    browser.get("/clients/reassign-caseload", status=404)
    browser.get(f"/clients/{client}")
    assert "Reassign" not in browser.text
