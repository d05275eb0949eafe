"""That what looks at every page would see a flaw if there were one."""

from tests.browser import looking

SPOILS = {
    "scrolls sideways": "document.querySelector('h1').style.width = '3000px'",
    "small": "document.querySelector('main button').style.cssText = 'height:10px;min-height:0'",
    "label": "document.querySelector('label[for=email]').remove()",
    "color-contrast": "document.querySelector('h1').style.color = '#ddd'",
}


def test_each_kind_of_flaw_is_seen(person):
    for kind, spoil in SPOILS.items():
        stranger = person().open("/sign-in")
        stranger.page.evaluate(spoil)
        found = looking.flaws(stranger.page) + looking.barriers(stranger.page)
        assert any(kind in each for each in found), kind


def test_a_breach_of_the_policy_and_a_request_to_others_are_noted(person):
    stranger = person().open("/sign-in")
    stranger.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    stranger.page.evaluate("void window.open('http://192.0.2.1/')")
    for _ in range(100):
        if not (stranger.trouble and stranger.strayed):
            stranger.page.wait_for_timeout(100)

    assert any("Content Security Policy" in each for each in stranger.trouble)
    assert stranger.strayed == ["http://192.0.2.1/"]
    stranger.trouble.clear()
    stranger.strayed.clear()
