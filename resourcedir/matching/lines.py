"""The line of a row and the next step: what the findings that decide come to. The edge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from resourcedir.directory.asking import Matter
from resourcedir.matching.case import Case
from resourcedir.matching.finding_words import Values, is_private, more, piece, question, words_of
from resourcedir.matching.phrasing import sentence, together
from resourcedir.matching.questioning import question_words
from resourcedir.matching.verdicts import Finding, Limit, Verdict, Why
from resourcedir.matching.wording import STRENGTH
from resourcedir.texts import N_
from resourcedir.web.formats import phone_words
from resourcedir.web.language import gettext

SAID: Final = 3
"""Findings that a line and a next step name at the most."""
LISTED: Final = frozenset({Matter.OFFENSE, Matter.MEDICATION})
"""Matters with a finding for each entry of a list."""


def deciding(findings: Iterable[Finding], verdict: Verdict) -> list[Finding]:
    """Return the findings that a verdict rests on; of a yes those first that say most."""

    def strength(finding: Finding) -> tuple[bool, int]:
        known = finding.about in STRENGTH
        place = STRENGTH.index(finding.about) if known else len(STRENGTH)
        return finding.why is Why.NOTHING_ASKED, place

    found = [each for each in findings if each.verdict is verdict]
    return sorted(found, key=strength) if verdict is Verdict.YES else found


def line(case: Case, findings: Sequence[Finding], verdict: Verdict) -> str:
    """Return the line of a row: for yes and call sentences, else what is missing or against it."""
    if not findings:
        return str(gettext("Nothing that they ask speaks against it."))
    if verdict is Verdict.CALL:
        return _calls(case, findings[:SAID])
    if verdict is Verdict.YES:
        return f"{sentence('; '.join(_fits(case, findings)[:SAID]))}."
    pieces = _pieces(case, findings)
    words = _sentences(pieces[:SAID])
    if (others := len(pieces) - SAID) > 0:
        return str(gettext("%(pieces)s. And %(num)s more", pieces=words, num=others))
    return words


def _pieces(case: Case, findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(piece(case, each) for each in findings))


def _sentences(pieces: Sequence[str]) -> str:
    """Return pieces as sentences, the first small as it may follow others, the last open."""
    return ". ".join([*pieces[:1], *map(sentence, pieces[1:])])


def _fits(case: Case, findings: Sequence[Finding]) -> list[str]:
    """Return the pieces of a yes; offenses and medications that they take are one."""
    taken = [each for each in findings if each.about in LISTED and each.why is Why.FITS]
    rest = _pieces(case, (each for each in findings if each not in taken))
    if not taken:
        return rest
    names = dict.fromkeys(Values(case, each)["what"] for each in taken)
    what = together(list(names), case.language)
    return [str(gettext("takes %(what)s", what=what)), *rest]


def _calls(case: Case, findings: Sequence[Finding]) -> str:
    """Return "Ask: is arson all right? They decide case by case."; what is no question last."""
    asked: list[str] = []
    told: list[str] = []
    for place, each in enumerate(findings):
        words = piece(case, each)
        later = any(more(other) == more(each) for other in findings[place + 1 :])
        rest = "" if later else more(each)
        if "?" in words:
            asked.append(f"{sentence(words) if asked else words} {rest}".rstrip())
        else:
            told.append(f"{sentence(words)}. {rest}".rstrip())
    if asked:
        told.insert(0, str(gettext("Ask: %(questions)s", questions=" ".join(asked))))
    return " ".join(told)


def next_step(case: Case, findings: Sequence[Finding], verdict: Verdict) -> str:
    """Return what to do now."""
    match verdict:
        case Verdict.YES:
            return _after_yes(findings)
        case Verdict.NO:
            return _after_no(case, findings)
        case _:
            return " ".join(_to_do(case, findings[:SAID]))


def _after_yes(findings: Sequence[Finding]) -> str:
    reasons = {each.why for each in findings}
    if Why.CLEAR in reasons:
        return str(gettext("Confirm the distance, then refer."))
    if Why.SELF in reasons:
        return str(gettext("Refer; the client applies in person."))
    return str(gettext("Refer."))


def _after_no(case: Case, findings: Sequence[Finding]) -> str:
    only = findings[0] if len(findings) == 1 else None
    if only is not None and only.why in _LATER:
        return str(gettext(_LATER[only.why], date=Values(case, only)["date"]))
    if all(isinstance(each.about, Limit) for each in findings):
        return str(gettext("Choose another place."))
    return str(gettext("Choose another place. If a rule is out of date, report it."))


def _to_do(case: Case, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what to ask the client, what to measure and what to ask the place."""
    asked = [*dict.fromkeys(_of_client(case, findings))]
    if asked:
        ended = (words if words.endswith(("?", ".")) else f"{words}." for words in asked)
        yield str(gettext("Ask the client: %(questions)s", questions=" ".join(ended)))
    rest = [each for each in findings if not _is_for_client(each)]
    if any(each.about is Limit.ZONE and each.why is not Why.HIDDEN for each in rest):
        yield str(gettext("Measure the distance on a map and confirm it."))
    found = dict.fromkeys(question(case, each) for each in rest)
    if questions := [words for words in found if words]:
        asked_there = " ".join([questions[0], *map(sentence, questions[1:])])
        yield _call(case, asked_there)


def _is_for_client(finding: Finding) -> bool:
    return finding.asks is not None or is_private(finding) or words_of(finding).of_client


def _of_client(case: Case, findings: Iterable[Finding]) -> Iterator[str]:
    for each in findings:
        if each.asks is not None:
            yield question_words(each.asks, case.language).words
        elif _is_for_client(each):
            yield sentence(question(case, each))


def _call(case: Case, questions: str) -> str:
    if not (phone := case.listing.main_phone):
        return str(gettext("Ask them: %(questions)s", questions=questions))
    number = phone_words(phone)
    return str(gettext("Call %(phone)s and ask: %(questions)s", phone=number, questions=questions))


_LATER: Final[Mapping[Why, str]] = {
    Why.PAUSED: N_("Ask again after %(date)s."),
    Why.TOO_SOON: N_("Ask again on %(date)s."),
}
