"""Text that wants to be more than text, in every field of every form: kept, shown, inert."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from resourcedir.referrals.lifecycle import Mode, Status
from tests.functional.walls.made import World
from tests.functional.walls.routes import body
from tests.functional.walls.visiting import Visitor
from tests.inspector import PASSWORD, inspect

MARK = "rdx"
HOSTILE = {
    "markup": "rdx</textarea></title></select><script>rdx()</script><img src=rdx onerror=rdx()>",
    "short": "rdx\"'><svg onload=rdx()>{{7*7}}rdx",
    "null": "rdx\x00rdx\x01\x0b\x1b[31m",
    "long": MARK + "x" * 10_000,
}
LETTERS = (
    HOSTILE["markup"],
    HOSTILE["short"],
    "rdx{{7*7}}rdx{% raw %}%(rdx)s%s%d{0}${7*7}",
    "rdx\u202erdx\u2066rdx\u200f",
    'rdx" onmouseover="rdx()" autofocus onfocus="rdx()',
    "rdx' onclick='rdx()' or 1=1 --",
    '=HYPERLINK("https://rdx.example.org","rdx")',
)
BREAKS = "rdx\r\nSet-Cookie: rdx=1\r\n\r\nrdx"
ADDRESSES = (*HOSTILE.values(), *LETTERS, BREAKS, "javascript:rdx()", "//rdx.example.org")

Hidden = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Entry:
    """One form: who sends it, where, what stands in it besides, and where it is shown."""

    who: str
    address: str
    texts: tuple[str, ...]
    besides: dict[str, object] = field(default_factory=dict)
    shown: str = ""


def entries(world: World) -> Iterator[Entry]:
    yield from clients(world)
    yield from drafts(world)
    yield from answers(world)
    yield from listings(world.listings[0].number)
    yield Entry("ann", "/account/password", ("current", "new"), {"current": PASSWORD})
    yield Entry("ann", "/language", ("language", "next"))
    yield Entry("nobody", "/sign-in", ("email", "password", "next"), {"email": "a@b.example"})


def clients(world: World) -> Iterator[Entry]:
    client = world.clients[0]
    facts = body(world, client)
    record = f"/clients/{client.id}"
    texts = ("name", "case_number", "authority", "phone", "birth_year", "home_zip", "version",
             "language_1", "supervision_type")  # fmt: skip
    needs = ("needs-0-code", "needs-0-due_on", "needs-0-goal", "version")
    ordered = ("text", "ordered_on", "due_on", "need", "version")
    yield Entry("ann", "/clients/new", texts, facts, "/clients")
    yield Entry("ann", f"{record}/edit", texts, facts, record)
    yield Entry("ann", f"{record}/needs", needs, facts, record)
    yield Entry("ann", f"{record}/conditions/new", ordered, {"text": "Stay."}, record)
    known = ("birth", "gender", "dependents", "farthest", "county", "stay_within", "on", "source",
             "payers", "offenses-is-arson", "version")  # fmt: skip
    yield Entry("ann", f"{record}/facts", known, {"source": "client"}, record)
    zone = ("label", "address", "point", "error", "buffer", "listing", "how", "on", "version")
    for how in ("point", "listing", "words"):
        where = {"how": how, "label": "School", "point": "35.0456, -85.3097"}
        yield Entry("ann", f"{record}/zones/new", zone, where, record)
    yield Entry("ann", "/clients/find", ("words",))
    yield Entry("sue", f"{record}/reassign", ("officer",))
    yield Entry("sue", "/clients/reassign-caseload", ("from_officer", "to_officer"), {"sure": "y"})
    yield Entry("ann", "/match", ("client_id", "need"), {"client_id": str(client.id)})
    search = next(f"/match/{s.id}" for s in world.searches if s.maker == "ann")
    yield Entry("ann", search, ("language", "need", "near", "q"), {}, search)


def drafts(world: World) -> Iterator[Entry]:
    start = ("client_search", "client_id", "listing", "need", "form_token")
    yield Entry("ann", "/referrals/start", start, body(world, world.clients[0]))
    draft = f"/referrals/{_referral(world, Status.DRAFT, Mode.LIVE)}"
    yield Entry("ann", f"{draft}/how", ("mode",))
    note = {
        "contact_by": "call",
        "need": "halfway-house",
        "urgency": "routine",
        "ground": "client_word",
        "witness": "W.",
    }
    page = f"{draft}/check"
    yield Entry("ann", f"{draft}/details", ("note", "witness", "ground"), note, page)
    condition = {**note, "ground": "condition", "condition": "C."}
    yield Entry("ann", f"{draft}/details", ("condition",), condition, page)
    yield Entry("ann", page, ("version", "fingerprint", "right"), {"right": "y"})


def answers(world: World) -> Iterator[Entry]:
    sent = f"/referrals/{_referral(world, Status.ACCEPTED, Mode.LIVE)}"
    outcome = {"result": "partly", "source": "client", "on_date": "2026-03-12"}
    texts = ("note", "result", "source", "on_date")
    yield Entry("ann", f"{sent}/outcome", texts, outcome, sent)
    yield Entry("ann", f"{sent}/step/complete", texts, outcome)
    yield Entry("pia", f"/portal{sent}/step/end_early", ("reason", "result", "on_date"))


def listings(number: int) -> Iterator[Entry]:
    page = f"/listings/{number}"
    whole = {"step": "publish", "phones-0-number": "423-555-0141", "cost": "fee", "unit": "bed"}
    texts = ("description", "alert", "eligibility", "cost_description", "phones-0-number",
             "phones-0-description", "hours-mo", "available", "as_of", "opened_at",
             "languages")  # fmt: skip
    yield Entry("pia", f"{page}/edit", texts, whole, page)
    yield Entry("ada", f"{page}/edit", ("description",), {**whole, "step": "review"})
    yield Entry("pia", f"{page}/openings", ("available", "unit"))
    yield Entry("ann", f"{page}/report", ("fact",))


def test_hostile_text_in_any_field_is_refused_or_inert(world: World, house: Flask) -> None:
    house.testing = False  # a failing view answers 500, as it does outside of tests
    visitors: dict[str, Visitor] = {}
    hidden: Hidden = {}
    for entry in entries(world):
        who = None if entry.who == "nobody" else entry.who
        visitor = visitors.get(entry.who) or world.visitor(house, who)
        visitors[entry.who] = visitor
        for name in entry.texts:
            enter(visitor, entry, name, hidden)
    for name, addresses in shown_at(world).items():
        visitor = world.visitor(house, name)
        for address in addresses:
            answer = visitor.get(address)
            assert answer.status_code == 200, (address, answer)
            assert is_inert(answer), address
            inspect(answer)


def enter(visitor: Visitor, entry: Entry, name: str, hidden: Hidden) -> None:
    """Send the long text, and a short one where the long one is not taken.

    ``hidden`` is what the forms said before; none is opened again until something was changed.
    """
    for kind in ("markup", "short"):
        if entry.address not in hidden:
            hidden[entry.address] = seen(visitor, entry)
        data = {**entry.besides, **hidden[entry.address], name: HOSTILE[kind]}
        answer = visitor.post(entry.address, data)
        assert answer.status_code < 500, (entry.address, name, answer)
        assert MARK not in str(answer.headers.getlist("Set-Cookie"))
        assert is_inert(answer, "html.parser"), (entry.address, name)
        if answer.status_code == 303:
            hidden.clear()
            if entry.shown:
                assert is_inert(visitor.get(entry.shown), "html.parser"), (entry.shown, name)
            return


@pytest.mark.parametrize("kind", ["null", "long"])
def test_what_no_field_can_hold_is_answered(world: World, house: Flask, kind: str) -> None:
    house.testing = False
    visitors: dict[str, Visitor] = {}
    for entry in entries(world):
        who = None if entry.who == "nobody" else entry.who
        visitor = visitors.get(entry.who) or world.visitor(house, who)
        visitors[entry.who] = visitor
        for names in {entry.texts, entry.texts[:1]}:
            data = {**entry.besides, **seen(visitor, entry), **dict.fromkeys(names, HOSTILE[kind])}
            assert visitor.post(entry.address, data).status_code < 500, (entry.address, names)


def test_hostile_text_that_is_taken_is_shown_letter_for_letter(world: World, house: Flask) -> None:
    ann, pia = world.visitor(house, "ann"), world.visitor(house, "pia")
    draft = _referral(world, Status.DRAFT, Mode.LIVE)
    client = world.clients[0]
    number = world.listings[0].number
    for letters in LETTERS:
        for visitor, entry, name in (
            (ann, f"/clients/{client.id}/edit", "authority"),
            (ann, f"/clients/{client.id}/edit", "name"),
            (ann, f"/referrals/{draft}/details", "note"),
            (pia, f"/listings/{number}/edit", "description"),
            (pia, f"/listings/{number}/edit", "alert"),
        ):
            found = next(e for e in entries(world) if e.address == entry and name in e.texts)
            data = {**found.besides, **seen(visitor, found), name: letters}
            assert visitor.post(entry, data).status_code == 303, (entry, name, letters)
            page = BeautifulSoup(visitor.get(found.shown).text, "html5lib")
            assert letters in page.text, (entry, name)


def test_notes_on_steps_are_inert_for_both_sides(world: World, house: Flask) -> None:
    ann, pia = world.visitor(house, "ann"), world.visitor(house, "pia")
    whole = " ".join(HOSTILE[kind] for kind in ("markup", "short"))
    sent = _referral(world, Status.SENT, Mode.LIVE)
    waiting = _referral(world, Status.WAITLISTED, Mode.LIVE)
    for visitor, address, reason in (
        (ann, f"/referrals/{sent}/step/withdraw", "mistake"),
        (pia, f"/portal/referrals/{waiting}/step/decline", "full"),
    ):
        version = _hidden(visitor.get(address).text, "version")
        data = {"version": version, "reason": reason, "note": whole}
        assert visitor.post(address, data).status_code == 303
    for visitor, address in (
        (ann, f"/referrals/{sent}"),
        (ann, f"/referrals/{waiting}"),
        (pia, f"/portal/referrals/{waiting}"),
    ):
        answer = visitor.get(address)
        assert answer.status_code == 200 and is_inert(answer)
        inspect(answer)


def test_hostile_text_in_an_address_is_inert(world: World, house: Flask) -> None:
    house.testing = False
    visitor = world.visitor(house, "ann")
    number = world.listings[0].number
    for address, names in (
        ("/search", ("q", "near", "within", "need", "language", "sort", "page", "open")),
        (f"/listings/{number}", ("from",)),
        ("/sign-in", ("next",)),
        (f"/referrals/{_referral(world, Status.SENT, Mode.LIVE)}/handout", ("lang",)),
    ):
        for name in names:
            for letters in ADDRESSES:
                answer = visitor.client.get(address, query_string={name: letters[:4000]})
                assert answer.status_code < 400, (address, name, answer)
                assert is_inert(answer), (address, name)


def test_control_characters_are_not_kept(world: World, house: Flask) -> None:
    """PostgreSQL takes no NUL at all, and HTML none of them."""
    ann = world.visitor(house, "ann")
    entry = next(e for e in entries(world) if e.address == "/clients/new")
    ann.post(entry.address, {**entry.besides, "name": HOSTILE["null"]})
    assert not re.search(r"[\x00-\x08\x0b\x0e-\x1f]", ann.get("/clients").text)


def seen(visitor: Visitor, entry: Entry) -> dict[str, object]:
    """Return what the page's own hidden fields say: which state it was made from."""
    forms = ("/edit", "/details", "/needs", "/facts", "/new", "/complete", "/end_early")
    if not entry.address.endswith(forms):
        return {}
    text = visitor.get(entry.address).text
    return {each: value for each in ("version", "opened_at") if (value := _hidden(text, each))}


def _hidden(text: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
    value = found and re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def is_inert(answer: TestResponse, parser: str = "html5lib") -> bool:
    """Say whether nothing on the page came out of what was entered."""
    if MARK not in answer.text:
        return True
    page = BeautifulSoup(answer.text, parser)
    made = [e for e in page.find_all() if MARK in e.name or any(_acts(e, a) for a in e.attrs)]
    scripts = [e for e in page.select("script, style, svg[onload]") if MARK in e.text]
    return not made and not scripts and "rdx49rdx" not in page.text


def _acts(element: object, attribute: str) -> bool:
    value = str(element.get(attribute, ""))  # type: ignore[attr-defined]
    if attribute.startswith("on") or attribute in {"style", "srcdoc"}:
        return True
    leads = attribute in {"href", "src", "action", "formaction"}
    return leads and re.match(r"\s*(javascript:|https?://rdx|rdx)", value) is not None


def shown_at(world: World) -> dict[str, list[str]]:
    """Return where everything that was entered is read, by those who read it."""
    client = world.clients[0].id
    draft = _referral(world, Status.DRAFT, Mode.LIVE)
    sent = _referral(world, Status.ACCEPTED, Mode.LIVE)
    listing = f"/listings/{world.listings[0].number}"
    search = next(s for s in world.searches if s.maker == "ann")
    return {
        "ann": ["/clients", f"/clients/{client}", f"/clients/{client}/edit", "/referrals",
                f"/referrals/{draft}/details", f"/referrals/{draft}/check", f"/referrals/{sent}",
                f"/referrals/{sent}/handout", f"/match/{search.id}", listing, f"{listing}/history"],
        "sue": ["/clients", f"/clients/{client}", f"/referrals/{sent}"],
        "pia": ["/portal", f"/portal/referrals/{sent}", f"{listing}/edit", "/listings/mine"],
        "ada": [listing, "/listings/mine?q=rdx"],
    }  # fmt: skip


def _referral(world: World, status: Status, mode: Mode) -> object:
    return next(
        each.id
        for each in world.referrals
        if (each.officer, each.organization, each.status, each.mode)
        == ("ann", "Riverbend", status, mode)
    )
