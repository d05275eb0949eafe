"""Words in other languages are longer, and letters are made larger: the layout holds."""

import pytest

from resourcedir.identity import Role
from tests.browser.listings import TREATMENT
from tests.browser.test_every_page import HANDOUT, PAGES, of_everybody

# Each word grows by more than a third, as German or Finnish ones would: the harder case.
_STRETCH = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const longer = (text) => text.replace(/\\p{L}{3,}/gu,
    (word) => word + word.slice(-3).repeat(Math.ceil(word.length * 0.35 / 3)));
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  for (const node of nodes) {
    if (!node.parentElement.closest("script, style, textarea")) node.data = longer(node.data);
  }
  for (const e of document.querySelectorAll("[data-label]")) {
    e.dataset.label = longer(e.dataset.label);
  }
}"""


@pytest.mark.parametrize("role", list(Role))
def test_the_layout_holds_at_four_times_its_size_and_with_text_a_third_longer(person, world, role):
    someone = person().sign_in(world.people[role])
    for address in (*PAGES[role](world), *(of_everybody(world) if role is Role.OFFICER else ())):
        someone.at(320).open(address)
        someone.at(360).page.evaluate(_STRETCH)
        someone.look()


@pytest.mark.parametrize("page_format", ["Letter", "A4"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_hand_out_is_printed_on_one_page(person, world, page_format, language):
    someone = person().sign_in(world.officer)
    someone.open(f"/referrals/{world.referrals['opened']}{HANDOUT}?lang={language}")

    printed = someone.page.pdf(format=page_format)

    assert printed.count(b"/Type /Page\n") == 1
    someone.page.emulate_media(media="print")
    smallest = someone.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("main *")]
          .filter((e) => e.checkVisibility() && [...e.childNodes].some(
            (n) => n.nodeType === Node.TEXT_NODE && n.data.trim()))
          .filter((e) => e.getBoundingClientRect().right > 0)
          .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 16, "12 points"
    assert TREATMENT in someone.text
