"""What can be seen of any page: does it fit, can it be pressed, can everybody use it."""

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

LEAST = 24  # CSS pixels: WCAG 2.2, 2.5.8
PRIMARY = 44  # WCAG 2.2, 2.5.5
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

# A link in a sentence is as high as its line: WCAG 2.5.8 leaves that to the line. A box or a radio
# button is pressed by its label. What is moved out of sight is pressed by nobody.
_FLAWS = """([least, primary]) => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 0.5)
      .filter((e) => getComputedStyle(e).position !== "absolute")
      .map((e) => e.tagName.toLowerCase() + (e.className ? "." + e.className : ""));
    found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(-3)}`);
  }
  const hidden = (e, box) => !box.width || !box.height || box.right <= 0
    || box.bottom + scrollY <= 0 || getComputedStyle(e).visibility === "hidden";
  const inSentence = (e) => {
    if (getComputedStyle(e).display !== "inline") return false;
    const block = e.closest("p, li, td, th, dd, dt, span, h2, h3, div");
    return block && block.innerText.trim().length > e.innerText.trim().length;
  };
  for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const chosen = e.matches("input[type=checkbox], input[type=radio]");
    const target = (chosen && e.labels[0]) || e;
    const box = target.getBoundingClientRect();
    if (hidden(target, box) || (e.matches("a") && inSentence(e))) continue;
    const filled = e.matches(".usa-button:not(.usa-button--outline, .usa-button--unstyled, .rd-s)");
    const need = filled ? primary : least;
    if (box.height < need - 0.5 || box.width < least - 0.5) {
      const words = (e.innerText || e.name || "").trim().slice(0, 40);
      found.push(`small: ${e.tagName} "${words}" ${box.width.toFixed()}x${box.height.toFixed(1)}`);
    }
  }
  return found;
}"""

_AXE = """async (tags) => {
  const run = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return run.violations.map((v) => `${v.id}: ${v.nodes.map((n) =>
    `${n.target} ${n.any.concat(n.all, n.none).map((c) => c.message).join("; ")}`).join(" | ")}`);
}"""


@cache
def _axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def flaws(page: Page) -> list[str]:
    """Return what does not fit or is too small to press, in words."""
    found: list[str] = page.evaluate(_FLAWS, [LEAST, PRIMARY])
    return found


def barriers(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA."""
    if not page.evaluate("() => 'axe' in window"):
        page.context.add_init_script(_axe_source())  # Chromium has it for the pages that follow
        page.evaluate(_axe_source())
    found: list[str] = page.evaluate(_AXE, list(TAGS))
    return found
