"""The page of a match in words: what the template prints. Reads what ``queries`` found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from resourcedir.directory import showing
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.record_showing import record_words
from resourcedir.directory.showing import Pair
from resourcedir.matching.case import Case, Kept
from resourcedir.matching.explaining import Explained, explained
from resourcedir.matching.next_to_try import all_tried, best, is_doubtful
from resourcedir.matching.nothing import Nothing
from resourcedir.matching.nothing import heading as nothing_heading
from resourcedir.matching.queries import Group, Match, Matches, Settling, Subject
from resourcedir.matching.scoring import WEIGHTS, Merit
from resourcedir.matching.verdicts import Verdict
from resourcedir.search.ask import ANY_DISTANCE, DISTANCES, PER_PAGE, Ask
from resourcedir.search.facets import value_label
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.texts import N_
from resourcedir.web.errors import words_of
from resourcedir.web.language import gettext, language, ngettext

LOOKS: Final[Mapping[Verdict, str]] = {
    Verdict.YES: "yes",
    Verdict.CALL: "call",
    Verdict.NOT_KNOWN: "unknown",
    Verdict.NO: "no",
}
"""By verdict how pages name it: in ids, colors and the address of one group."""
MERITS: Final[Mapping[Merit, str]] = {
    Merit.CARE: N_("The kind of help that is sought"),
    Merit.CERTAINTY: N_("How little is left to ask"),
    Merit.OPENINGS: N_("Free places, and how lately told"),
    Merit.DISTANCE: N_("Distance"),
    Merit.RECORD: N_("What came of earlier referrals"),
    Merit.FRESHNESS: N_("How lately checked"),
    Merit.LANGUAGE: N_("The language asked for"),
}


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One place.

    ``points`` is what it stands in its place by: "Distance 8 of 12; ...", "" without an index.
    ``tried`` is what came of an earlier referral there, "" for none. ``doubtful`` places are tried
    last.
    """

    position: int
    number: int
    name: str
    organization: str
    kinds: str
    openings: Pair | None
    hours: Pair | None
    distance: Pair | None
    foot: str
    checked_at: datetime | None
    phone: str
    said: Explained
    points: str
    tried: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """The places of one verdict; ``more`` are those that the page does not show."""

    look: str
    heading: str
    about: str
    total: int
    rows: tuple[MatchRow, ...]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class MatchPage:
    """Everything that the template reads. ``best`` is the next place to try.

    ``best_note`` says why it is none of those that would take the client. ``nothing`` is said in
    place of places, where there is none to judge.
    """

    ask: Ask
    heading: str
    groups: tuple[GroupView, ...]
    trouble: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    settling: Settling | None
    settling_words: str
    now: datetime
    only: GroupView | None = None
    best: MatchRow | None = None
    best_note: str = ""
    nothing: Nothing | None = None

    @property
    def distances(self) -> list[tuple[str, str]]:
        """Return the distances to choose from, the one that is asked for among them."""
        said = {float(each) for each in DISTANCES} | (
            {self.ask.within} if self.ask.within else set()
        )
        rows = [
            (f"{each:g}", gettext("%(miles)s miles", miles=f"{each:g}")) for each in sorted(said)
        ]
        return [*rows, (ANY_DISTANCE, gettext("Any distance"))]

    @property
    def within(self) -> str:
        """Return which of the distances is asked for."""
        return ANY_DISTANCE if self.ask.within is None else f"{self.ask.within:g}"

    @property
    def need_words(self) -> str:
        """Return the need that is sought, "" for none."""
        return taxonomy()[self.ask.need].name(language()) if self.ask.need else ""

    @property
    def pages(self) -> int:
        """Return how many pages the one group has that is shown alone."""
        return -(-self.only.total // PER_PAGE) if self.only else 1


def look_of(text: str) -> Verdict | None:
    """Return the verdict that an address names; None for anything else."""
    return next((verdict for verdict, look in LOOKS.items() if look == text), None)


def match_page(
    matches: Matches, subject: Subject, tried: Mapping[int, str], *, only: Verdict | None
) -> MatchPage:
    """Put an answer into words in the reader's language."""
    shown = _Shown(matches, subject, tried)
    groups = tuple(shown.groups())
    return MatchPage(
        ask=matches.ask,
        heading=_heading(matches, only),
        groups=groups,
        trouble=words_of(matches.trouble) if matches.trouble else "",
        notes=tuple(_notes(matches)),
        warnings=tuple(_warnings(matches)),
        settling=matches.settling,
        settling_words=_settling(matches.settling),
        now=subject.now,
        only=next(
            (group for group in groups if only is not None and group.look == LOOKS[only]), None
        ),
        best=best(_worth_a_try(groups)) if tried else None,
        best_note=_best_note(groups),
    )


class _Shown:
    """Rows of an answer, numbered through. It lives for one page, as do the words that it keeps."""

    def __init__(self, matches: Matches, subject: Subject, tried: Mapping[int, str]) -> None:
        self._matches = matches
        self._subject = subject
        self._tried = tried
        self._position = (matches.ask.page - 1) * PER_PAGE
        self._language = language()
        self._kept: Kept = {}
        self._share = gettext("%(points)s of %(of)s")
        self._labels = {merit: gettext(words) for merit, words in MERITS.items()}

    def groups(self) -> Iterator[GroupView]:
        for group in self._matches.groups:
            rows = tuple(self._row(match) for match in group.matches)
            heading, about = _group_words(group)
            yield GroupView(LOOKS[group.verdict], heading, about, group.total, rows)

    def _row(self, match: Match) -> MatchRow:
        self._position += 1
        facts, now = match.found.facts, self._subject.now
        known, today = self._subject.known, self._subject.today
        case = Case(known, facts, today, self._language, self._kept)
        place = self._matches.place
        return MatchRow(
            position=self._position,
            number=facts.number,
            name=facts.name,
            organization=facts.organization,
            kinds=_kinds(facts, self._language),
            openings=showing.openings_pair(facts, now),
            hours=showing.hours_pair(facts, now),
            distance=showing.distance_pair(facts, place, match.found.area),
            foot=_foot(facts, self._language),
            checked_at=facts.checked_at,
            phone=facts.main_phone,
            said=explained(case, match.judged.findings),
            points="; ".join(self._points(match.points)),
            tried=self._tried.get(facts.number, ""),
            doubtful=is_doubtful(match.judged.findings),
        )

    def _points(self, points: Mapping[Merit, float]) -> Iterator[str]:
        for merit in Merit:
            if merit in points:
                of = round(WEIGHTS[merit].points)
                share = self._share % {"points": round(points[merit]), "of": of}
                yield f"{self._labels[merit]} {share}"


def _kinds(facts: ListingFacts, language: str) -> str:
    return ", ".join(taxonomy()[code].name(language).lower() for code in facts.terms[:3])


def _foot(facts: ListingFacts, language: str) -> str:
    spoken = ", ".join(value_label("language", code, language) for code in facts.languages)
    parts = [showing.cost_words(facts), spoken, record_words(facts.record)]
    return " · ".join(each for each in parts if each)


def _heading(matches: Matches, only: Verdict | None) -> str:
    """Return what was found; the page of one verdict (``only``) tells nothing of the others."""
    if matches.trouble:
        return gettext("The place is not known")
    if only is None and not matches.total:
        return nothing_heading(matches)
    if only is None:
        return _best_words(matches) or gettext("No place found would take this client")
    if not matches.total:
        return gettext("Nothing found")
    total = matches.total
    return _best_words(matches) or ngettext("%(num)s place says no", "%(num)s places say no", total)


def _best_words(matches: Matches) -> str:
    """Return how many places have the best verdict, "" where all say no."""
    totals = {group.verdict: group.total for group in matches.groups}
    if yes := totals.get(Verdict.YES, 0):
        return ngettext(
            "%(num)s place would take this client", "%(num)s places would take this client", yes
        )
    if call := totals.get(Verdict.CALL, 0):
        return ngettext("%(num)s place to call first", "%(num)s places to call first", call)
    if unknown := totals.get(Verdict.NOT_KNOWN, 0):
        return ngettext(
            "%(num)s place, and it is not known yet whether it would take this client",
            "%(num)s places, and it is not known yet which would take this client",
            unknown,
        )
    return ""


def _group_words(group: Group) -> tuple[str, str]:
    total = group.total
    match group.verdict:
        case Verdict.YES:
            return (
                gettext("Yes: %(total)s", total=total),
                gettext("would take this client, on all that is recorded"),
            )
        case Verdict.CALL:
            return (
                gettext("Call first: %(total)s", total=total),
                gettext("something to ask on the phone"),
            )
        case Verdict.NOT_KNOWN:
            return (
                gettext("Not known: %(total)s", total=total),
                gettext("a fact is missing; none of these is a yes yet"),
            )
    return (
        gettext("No: %(total)s", total=total),
        gettext("each with its reason; a rule may be out of date"),
    )


def _settling(settling: Settling | None) -> str:
    if settling is None:
        return ""
    if settling.alone:
        return gettext(
            "One answer may settle %(settles)s of %(of)s not known",
            settles=settling.settles,
            of=settling.of,
        )
    return ngettext(
        "%(num)s of %(of)s not known misses this answer",
        "%(num)s of %(of)s not known miss this answer",
        settling.settles,
        of=settling.of,
    )


def _notes(matches: Matches) -> Iterator[str]:
    if matches.total and not matches.every_word:
        yield gettext("Nothing has all of these words. These have some of them.")
    if matches.place:
        yield gettext("Near %(place)s.", place=matches.place.label)
    if matches.widened is not None:
        yield gettext(
            "Few places within %(miles)s miles may take this client, so this looks as far as"
            " %(wider)s miles.",
            miles=f"{matches.ask.within:g}",
            wider=f"{matches.widened:g}",
        )


def _warnings(matches: Matches) -> Iterator[str]:
    if not matches.indexed:
        yield gettext(
            "The search index is being made. Until then this answer is simpler: it may miss places,"
            " and they stand in no order."
        )
    if matches.in_part:
        yield gettext(
            "Not all places were looked through, so some may be missing. Choose a shorter distance."
        )


def _worth_a_try(groups: Sequence[GroupView]) -> Iterator[MatchRow]:
    return (row for group in groups if group.look in {"yes", "call"} for row in group.rows)


def _best_note(groups: Sequence[GroupView]) -> str:
    """Return that all that would take the client were tried, "" where one was not."""
    group = next((each for each in groups if each.look == LOOKS[Verdict.YES]), None)
    if group is None or not all_tried(group.rows, group.total):
        return ""
    return ngettext(
        "The only place that would take this client was tried before.",
        "All %(num)s places that would take this client were tried before.",
        group.total,
    )
