"""What a first visit costs on a slow line, each answer weighed as a server would compress it."""

import gzip

import pytest

from tests.browser.listings import TREATMENT

MOST = 150_000  # bytes, gzipped


@pytest.mark.parametrize("view", ["sign-in", "search", "client", "listing"])
def test_a_first_view_weighs_little(person, world, view):
    address = {
        "sign-in": "/sign-in",
        "search": "/search?q=treatment&near=37402",
        "client": f"/clients/{world.client}",
        "listing": f"/listings/{world.listings[TREATMENT]}",
    }[view]
    someone = person()
    if view != "sign-in":
        someone.sign_in(world.officer)
    answers = []
    someone.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108

    someone.open(address)
    someone.page.wait_for_load_state("networkidle")

    ask = someone.context.request.get
    weights = {each.url: len(gzip.compress(ask(each.url).body())) for each in answers}
    assert any(url.endswith(".css") for url in weights), "a first view keeps nothing from before"
    assert sum(weights.values()) < MOST, weights
