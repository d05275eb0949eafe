"""Draws ``docs/lifecycle.md`` from the table of transitions: the page cannot differ from it.

``python -m resourcedir.referrals.drawing`` writes the page anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from resourcedir.referrals import wording
from resourcedir.referrals.lifecycle import (
    CLOSED,
    FHIR_STATUS,
    TRANSITIONS,
    Action,
    Mode,
    Status,
    Transition,
)

PAGE: Final = Path(__file__).parents[2] / "docs" / "lifecycle.md"
_HEAD: Final = """# The life of a referral

Drawn from `resourcedir/referrals/lifecycle/table.py` by `python -m resourcedir.referrals.drawing`;
a test holds the two together. Status names follow HL7 FHIR R4 `Task.status` as profiled for
closed-loop social-care referral.

A *live* referral is sent to a provider who answers in the app. A *recorded* one is a note that the
officer phoned or the client goes alone; no provider sees it, and because nobody hears every step of
it, steps may be skipped there (marked *recorded* below).

Not in the picture: *entered in error*, which an officer may say of any referral but a draft, and
*correct*, by which the side that took the last step takes it back: the referral stands again where
it stood before, and both steps stay in the timeline.

A clinic (a need under *treatment*) may tell attendance alone, unless a release for more is
recorded: *started* is attended, *did not come* is not attended, *finished* is finished. On its word
no note, no other reason and no outcome is kept; what came of it is not known until the client or a
document says.
"""


def page() -> str:
    """Return the page."""
    return "\n".join((_HEAD, *_drawing(), "", *_statuses(), "", *_steps(), ""))


def _drawing() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> draft"
    for transition in TRANSITIONS.values():
        for source in _ordered(transition.sources):
            if transition.target and transition.action is not Action.ERROR:
                yield f"    {source} --> {transition.target}: {transition.action}"
    yield from (f"    {status} --> [*]" for status in _ordered(CLOSED))
    yield "```"


def _statuses() -> Iterator[str]:
    yield "| Status | Live, to officers | Recorded | To providers | FHIR `Task.status` |"
    yield "|---|---|---|---|---|"
    for status in Status:
        live, recorded = (wording.status_label(status, mode) for mode in Mode)
        told = "not shown" if status is Status.DRAFT else wording.PORTAL_STATUSES[status]
        yield f"| `{status}` | {live} | {recorded} | {told} | `{FHIR_STATUS[status]}` |"


def _steps() -> Iterator[str]:
    yield "| Step | From | To | Who | Asks for |"
    yield "|---|---|---|---|---|"
    for each in TRANSITIONS.values():
        sources = [f"`{status}`" for status in _ordered(each.sources)]
        sources += [f"`{status}` (recorded)" for status in _ordered(each.shortcuts)]
        target = f"`{each.target}`" if each.target else "stays"
        cells = (f"`{each.action}`", ", ".join(sources), target, _who(each), _asks(each))
        yield f"| {' | '.join(cells)} |"


def _who(transition: Transition) -> str:
    words = str(transition.may or "the app, when its time has come")
    if transition.both:
        words = "officer; provider"
    if transition.unseen:
        words += ", also before the name is shown"
    if transition.told:
        words += "; officer, on somebody's word"
    return f"{words} ({transition.only_in} only)" if transition.only_in else words


def _asks(transition: Transition) -> str:
    asked = [wording.REASONS[reason].lower() for reason in transition.reasons]
    parts = [f"a reason: {'; '.join(asked)}"] if asked else []
    more = {
        "what came of it": transition.needs_result,
        "day and time": transition.needs_appointment,
        "the wait in days, if known": transition.asks_wait,
        "of an officer, if the absence is acceptable": transition.asks_absence,
        "a few words": transition.needs_note,
    }
    return "; and ".join(parts + [words for words, wanted in more.items() if wanted])


def _ordered(statuses: frozenset[Status]) -> list[Status]:
    return [status for status in Status if status in statuses]


if __name__ == "__main__":
    PAGE.write_text(page())
