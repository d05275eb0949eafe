"""Everything can be reached and done without a mouse, and one sees where one is."""

import pytest

SEARCH = "/search?q=treatment&near=37402"

_WHERE = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const shown = e.matches("input[type=checkbox], input[type=radio]")
    ? getComputedStyle(e.labels[0], "::before") : style;
  return {
    tag: e.tagName, name: e.name || "", type: e.type || "", words: (e.innerText || "").trim(),
    outlined: [style, shown].some((s) => s.outlineStyle !== "none" && parseInt(s.outlineWidth) > 1),
    inSight: box.bottom > 0 && box.top < innerHeight,
  };
}"""

_STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility() && e.tabIndex >= 0).length"""


def walk(someone) -> list[dict]:
    """Press Tab from the skip link on until it leaves the page; return each stop."""
    someone.page.locator(".usa-skipnav").focus()
    stops = [someone.page.evaluate(_WHERE)]
    while True:
        someone.page.keyboard.press("Tab")
        stop = someone.page.evaluate(_WHERE)
        if stop["tag"] == "BODY" or len(stops) > 200:
            return stops
        stops.append(stop)


@pytest.mark.parametrize("address", ["/sign-in", SEARCH, "/clients"])
@pytest.mark.parametrize("width", [1280, 360])
def test_a_walk_by_tab_meets_every_control_and_shows_where_it_is(person, world, address, width):
    someone = person(width=width)
    if address != "/sign-in":
        someone.sign_in(world.officer)
    someone.open(address)

    stops = walk(someone)

    unseen = [stop for stop in stops if not stop["outlined"] or not stop["inSight"]]
    assert unseen == []
    groups = {stop["name"] for stop in stops if stop["type"] == "radio"}
    radios = someone.page.locator("input[type=radio]").count()
    assert len(stops) == someone.page.evaluate(_STOPS) - radios + len(groups)


def test_the_skip_link_leads_past_everything_that_stands_on_every_page(person, world):
    someone = person().sign_in(world.officer).open("/search")
    someone.page.keyboard.press("Tab")
    assert someone.focused.inner_text() == "Skip to main content"
    link = someone.focused.bounding_box()
    assert link is not None and link["x"] >= 0 and link["y"] >= 0, "in sight while it has the focus"
    someone.page.keyboard.press("Enter")
    someone.page.keyboard.press("Tab")

    assert someone.focused.get_attribute("name") == "q"


def test_somebody_signs_in_and_searches_with_the_keyboard_alone(person, world):
    someone = person().open("/sign-in")
    keys = someone.page.keyboard
    someone.page.locator("#email").focus()
    keys.type(world.officer.email)
    keys.press("Tab")
    keys.type("correct horse battery staple")
    with someone.page.expect_event("load"):
        keys.press("Enter")
    assert someone.path == "/today"

    someone.open("/search")
    someone.page.locator("#q").focus()
    keys.type("treatment")
    keys.press("Tab")
    keys.type("37402")
    with someone.page.expect_event("load"):
        keys.press("Enter")

    assert someone.focused.get_attribute("id") == "found", "who has asked is taken to the answer"


def test_opening_a_page_that_answers_nothing_moves_no_focus(person, world):
    someone = person().sign_in(world.officer).open("/search")

    assert someone.page.evaluate("document.activeElement === document.body")
