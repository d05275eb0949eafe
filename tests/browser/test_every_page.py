"""Every address of the app, opened by everybody who may: accessible, fitting, free of errors.

A new route fails here until somebody opens it.
"""

from collections.abc import Callable

import pytest

from resourcedir.identity import Role
from tests.browser.listings import LONG, TREATMENT
from tests.browser.world import World

HANDOUT = "/handout"
WIDE, NARROW = 1280, 360
OPENED_BELOW = {"accounts.sign_in", "home.page"}  # by a stranger
NO_PAGES = {"static", "health.healthz", "referrals.calendar", "search.complete"}
# Their words or ticks were sent: opened again they lead to the list.
ONLY_AFTER_A_FORM = {"clients.find", "today.several"}

# The pages of an officer that are not about one client; on the others a banner says whose they are.
OF_NOBODY = {
    *("/clients", "/clients/new", "/referrals", "/today", "/today/clients", "/today/list?of=late"),
}
WAY_OUT = {"en": "Not this person?", "es": "¿No es esta persona?"}


def of_everybody(world: World) -> list[str]:
    treatment = world.listings[TREATMENT]
    return [
        "/account/password",
        "/search?q=residential+treatment&near=37402&within=50",
        f"/listings/{treatment}?from=/search?q%3Dtreatment%26near%3D37402",
        f"/listings/{treatment}/history",
    ]


def of_an_officer(world: World) -> list[str]:
    client, made = f"/clients/{world.client}", world.referrals
    return [
        "/today",
        "/today/clients",
        "/today/list?of=late",
        "/clients",
        "/clients/new",
        client,
        f"{client}/edit",
        f"{client}/needs",
        f"{client}/facts",
        f"{client}/zones/new",
        f"{client}/zones/{world.zone}",
        f"{client}/zones/{world.zone}/end",
        f"{client}/conditions/new",
        f"{client}/conditions/{world.condition}",
        f"{client}/conditions/{world.condition}/lift",
        f"/match/{world.search}",
        f"/match/{world.search}/listings/{world.listings[TREATMENT]}",
        "/referrals",
        f"/referrals/{made['opened']}",
        f"/referrals/{made['draft']}/how",
        f"/referrals/{made['ready']}/details",
        f"/referrals/{made['ready']}/check",
        f"/referrals/{made['opened']}/done",
        f"/referrals/{made['opened']}{HANDOUT}?lang=es",
        f"/referrals/{made['opened']}/outcome",
        f"/referrals/{made['opened']}/step/decline",
        f"/referrals/{made['opened']}/call",
        f"/referrals/{made['opened']}/release",
    ]


def of_an_officer_too(world: World) -> list[str]:
    """Return what the same routes show of other facts."""
    made, listings = world.referrals, world.listings
    states = (
        *("ready", "recorded", "accepted", "waitlisted", "asked", "intake", "missed"),
        *("declined", "expired", "finished"),
    )
    steps = {
        "opened": ("accept", "schedule", "waitlist", "ask_info", "withdraw", "message", "error"),
        "asked": ("answer_info",),
        "intake": ("schedule", "miss"),
        "missed": ("judge",),
        "started": ("complete", "end_early"),
    }
    return [
        "/search",
        "/search?q=food&near=37402&page=2",
        "/search?q=ged&near=37402&language=es&open=now",
        "/search?q=treatment&near=Nowhere",
        *(f"/listings/{listings[name]}" for name in ("Safe Harbor Shelter", LONG)),
        f"/listings/{world.job_lead}",
        *(f"/referrals/{made[state]}" for state in states),
        f"/referrals/{made['recorded']}/done",
        f"/referrals/{made['opened']}{HANDOUT}?lang=en",
        *(f"/referrals/{made[of]}/step/{each}" for of, each in _pairs(steps)),
    ]


def _pairs(steps: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(of, each) for of, several in steps.items() for each in several]


def of_a_supervisor(world: World) -> list[str]:
    client = f"/clients/{world.client}"
    return [
        "/today",
        "/today/clients",
        f"/today/officer?id={world.officer.id}",
        "/clients",
        client,
        f"{client}/reassign",
        "/clients/reassign-caseload",
        "/referrals",
        f"/referrals/{world.referrals['accepted']}",
    ]


def of_a_provider(world: World) -> list[str]:
    listing, made = f"/listings/{world.listings[TREATMENT]}", world.referrals
    states = (
        *("unopened", "opened", "asked", "waitlisted", "intake", "missed", "expired", "finished"),
    )
    steps = {
        "opened": ("decline", "schedule", "waitlist", "ask_info", "message"),
        "started": ("complete", "end_early"),
        "accepted": ("correct",),
    }
    return [
        "/portal",
        *(f"/portal/referrals/{made[each]}" for each in states),
        *(f"/portal/referrals/{made[of]}/step/{each}" for of, each in _pairs(steps)),
        "/listings/mine",
        f"{listing}/edit",
        f"{listing}/openings",
        f"{listing}/withdraw",
        f"/listings/{world.listings['Riverbend Evening Groups']}/openings",
    ]


def of_an_administrator(world: World) -> list[str]:
    return [
        "/listings/mine?q=river",
        "/listings/mine?q=zzz",
        f"/listings/{world.job_lead}/edit",
        f"/listings/{world.listings['Safe Harbor Shelter']}/edit",
    ]


PAGES: dict[Role, Callable[[World], list[str]]] = {
    Role.OFFICER: of_an_officer,
    Role.SUPERVISOR: of_a_supervisor,
    Role.PROVIDER: of_a_provider,
    Role.ADMINISTRATOR: of_an_administrator,
}


def test_every_route_that_gives_a_page_is_opened_by_somebody(app, world):
    adapter = app.url_map.bind("localhost")
    addresses = [*of_everybody(world), *(page for role in Role for page in PAGES[role](world))]
    opened = {adapter.match(address.partition("?")[0])[0] for address in addresses}

    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}

    assert routes - opened - OPENED_BELOW - NO_PAGES - ONLY_AFTER_A_FORM == set()


@pytest.mark.parametrize(
    ("role", "language", "width"),
    [
        (Role.OFFICER, "en", WIDE),
        (Role.OFFICER, "es", NARROW),
        (Role.SUPERVISOR, "en", NARROW),
        (Role.PROVIDER, "en", NARROW),
        (Role.ADMINISTRATOR, "en", WIDE),
    ],
)
def test_every_page_is_accessible_and_fits(person, world, role, language, width):
    someone = person(language=language).sign_in(world.people[role])
    of_a_client = set(of_an_officer(world)) - OF_NOBODY if role is Role.OFFICER else set()
    for address in (*PAGES[role](world), *of_everybody(world)):
        open_and_look(someone, address, language, closely_at=width)
        if address in of_a_client and HANDOUT not in address:
            says_whose_it_is_and_offers_a_way_out(someone.page, WAY_OUT[language])


def says_whose_it_is_and_offers_a_way_out(page, way_out: str) -> None:
    """See to the banner that stands on each page about a client."""
    assert "Marcus Tolliver" in page.locator(".rd-client").inner_text(), page.url
    assert page.get_by_role("link", name=way_out).count() == 1, page.url


def test_every_page_is_accessible_and_fits_whatever_it_shows(person, world):
    officer = person().sign_in(world.officer)
    for address in of_an_officer_too(world):
        open_and_look(officer, address, "en", closely_at=WIDE)


def open_and_look(someone, address: str, language: str, *, closely_at: int) -> None:
    """Look at one page at both widths, with axe at one: it takes the most of the time."""
    other = NARROW if closely_at == WIDE else WIDE
    someone.at(other).open(address)
    assert someone.path == address.partition("?")[0], f"{address} led to {someone.path}"
    if HANDOUT not in address:
        assert someone.page.locator("html").get_attribute("lang") == language
    someone.at(closely_at).look_closely()


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_stranger_meets_is_accessible_and_fits(person, language):
    stranger = person(language=language)
    for address, status in (("/", 200), ("/sign-in", 200), ("/nowhere", 404)):
        stranger.open(address, status)
        assert stranger.page.locator("html").get_attribute("lang") == language
        stranger.look_closely()
        stranger.at(360).look_closely()
        stranger.at(1280)


FORMS: dict[str, tuple[Role | None, str]] = {
    "sign-in": (None, "/sign-in"),
    "client": (Role.OFFICER, "/clients/new"),
    "password": (Role.PROVIDER, "/account/password"),
    "outcome": (Role.OFFICER, "/referrals/{opened}/outcome"),
    "check": (Role.OFFICER, "/referrals/{ready}/check"),
    "intake": (Role.OFFICER, "/referrals/{accepted}/step/schedule"),
    "question": (Role.PROVIDER, "/portal/referrals/{opened}/step/ask_info"),
    "answer": (Role.PROVIDER, "/portal/referrals/{opened}/step/decline"),
}


@pytest.mark.parametrize(("role", "address"), FORMS.values(), ids=FORMS.keys())
def test_an_empty_form_comes_back_with_a_summary_that_has_the_focus(person, world, role, address):
    someone = person(width=360)
    if role is not None:
        someone.sign_in(world.people[role])
    someone.open(address.format(**world.referrals))

    someone.send("main form .usa-button[type=submit]")

    summary = someone.page.locator("#error-summary")
    assert summary.count() == 1
    assert someone.focused.get_attribute("id") == "error-summary"
    assert someone.page.title().startswith("Error:")
    someone.look_closely()
    summary.get_by_role("link").first.click()
    assert someone.page.evaluate("document.activeElement.matches('input, select, textarea')")
