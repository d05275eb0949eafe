"""Whether matching is as quick as searching, and masks quicker than judging one after another.

At 1,000, 10,000 and 100,000 listings, for a client with twelve facts and three needs: the page of a
match against that of a search that asks the same, each in turn with the other, over WSGI in one
process; what stands behind both pages; and the verdicts of every listing by masks against a plain
loop over the pure functions. Times are those of the processor, so that a busy machine says nearly
the same. Exit 1 if any verdict differs, or a page is not given.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import compress, cycle, product
from typing import Final
from uuid import UUID

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from bench.harness import options
from bench.matching.corpus import NEEDS, a_client, ruled
from bench.web.stage import SignedIn, Stage, officers
from resourcedir import clock
from resourcedir.clients import queries as clients
from resourcedir.clients.facts import Known
from resourcedir.db import writing
from resourcedir.directory import queries as directory
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.extensions import db
from resourcedir.matching import commands
from resourcedir.matching.commands import Sought
from resourcedir.matching.judging import Ground, judge
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.queries import Matcher, Subject
from resourcedir.search.ask import Ask
from resourcedir.search.indexing import current_index
from resourcedir.search.queries import Searcher

SIZES: Final = (1_000, 10_000, 100_000)
QUICK: Final = (1_000, 10_000)
MOST_TIMES: Final = 2.0
LEAST_TIMES: Final = 50.0  # at the largest size
PLACES: Final = ("37402", "60601", "30303", "90012")
WITHIN: Final = (25.0, 100.0, None)
FULL: Final = 20  # results of a search page that is asked for
PLACE: Final = b'<li class="rd-row">'
READ: Final = 500  # listings at once


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds of one thing and of the other that it is held to, by turns."""

    this: tuple[float, ...]
    other: tuple[float, ...]

    def at(self, share: float) -> tuple[float, float]:
        """Return both at a share of their times: 0.5 is the median."""
        return _at(self.this, share), _at(self.other, share)

    def ratio(self, share: float = 0.5) -> float:
        this, other = self.at(share)
        return this / other

    def where(self, wanted: Sequence[bool]) -> "Pair":
        """Return the times of those of the pairs alone that are wanted."""
        this, other = (tuple(compress(each, cycle(wanted))) for each in (self.this, self.other))
        return Pair(this, other)


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a match, each with that of a search; ``places`` are how many each of them shows."""

    all: Pair
    places: tuple[tuple[int, int], ...]

    @property
    def full(self) -> Pair | None:
        """Return those of which both show as many places as a page of results may."""
        wanted = [each == (FULL, FULL) for each in self.places]
        return self.all.where(wanted) if any(wanted) else None

    def mean(self, which: int) -> float:
        """Return how many places a page shows of a match (0) or a search (1)."""
        return statistics.mean(each[which] for each in self.places)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size; ``kinds`` is how many different keywords were judged."""

    listings: int
    pages: Pages
    behind: Pair
    masks_ms: float
    first_ms: float
    loop_ms: float
    kinds: int
    equal: int
    judged: int

    @property
    def times(self) -> float:
        return self.loop_ms / self.masks_ms


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__ or "")
    rounds, sizes = (2, QUICK) if chosen.quick else (8, SIZES)
    found = [measured(ruled(size), rounds) for size in sizes]
    report(found)
    if chosen.json:
        rows = [
            {**asdict(each), "times": each.times, "page_ratio": each.pages.all.ratio()}
            for each in found
        ]
        chosen.json.write_text(
            json.dumps({"cores": os.cpu_count(), "sizes": rows}, indent=1) + "\n"
        )
    sys.exit(any(each.equal != each.judged for each in found))


def measured(stage: Stage, rounds: int) -> Figures:
    """Return the figures of one directory."""
    with stage.app() as app:
        [officer] = officers(app, 1)
        with db.sessionmaker() as session:
            client_id = a_client(session, officer.identity)
        with db.sessionmaker() as session:
            known = clients.known_of(session, officer.identity, client_id)
            asks = list(_asks(session))
            grounds = _grounds(session)
            behind = _behind(session, known, asks, rounds)
        page = _pages(app, officer, client_id, asks, rounds)
        return _figures(page, behind, known, grounds)


def _asks(session: Session) -> Iterator[Ask]:
    """Yield what is asked: each need near each place, where there is a full page of it."""
    searcher, some = _searcher(), 0
    for need, near, within in product(NEEDS, PLACES, WITHIN):
        ask = Ask(need=need, near=near, within=within)
        if within is None or searcher.results(session, ask).total >= FULL:
            some += 1
            yield ask
    for words in ("sober living", "counseling groups"):
        yield Ask(words=words, near=PLACES[0], within=None)


def _searcher() -> Searcher:
    return Searcher(current_index(), home_state="TN", now=clock.now())


def _grounds(session: Session) -> dict[int, Ground]:
    """Return what a verdict rests on, of every listing that is found."""
    numbers = list(directory.listing_numbers(session))
    return {
        number: Ground.of(facts)
        for start in range(0, len(numbers), READ)
        for number, facts in directory.listing_facts(session, numbers[start : start + READ]).items()
        if not facts.withdrawn
    }


def _behind(session: Session, known: Known, asks: Sequence[Ask], rounds: int) -> Pair:
    subject = Subject(known=known, now=clock.now(), today=_today())

    def match(ask: Ask) -> object:
        session.expire_all()
        return Matcher(_searcher(), subject).matches(session, ask)

    def search(ask: Ask) -> object:
        session.expire_all()
        return _searcher().results(session, ask)

    return _by_turns([(lambda a=ask: match(a), lambda a=ask: search(a)) for ask in asks], rounds)  # type: ignore[misc]


def _pages(
    app: Flask, officer: SignedIn, client_id: UUID, asks: Sequence[Ask], rounds: int
) -> Pages:
    browser = app.test_client()
    name, _, value = officer.cookie.partition("=")
    browser.set_cookie(name, value)
    searches = [_search_of(officer, client_id, ask) for ask in asks]
    pairs = [
        (_getting(browser, f"/match/{number}"), _getting(browser, f"/search?{ask.query()}"))
        for number, ask in zip(searches, asks, strict=True)
    ]
    places = tuple((match(), search()) for match, search in pairs)
    return Pages(_by_turns(pairs, rounds), places)


def _search_of(officer: SignedIn, client_id: UUID, ask: Ask) -> UUID:
    with db.sessionmaker() as session:
        writing(session)
        sought = Sought(client_id, ask.query())
        search = commands.start(session, officer.identity, sought, clock.now())
        session.commit()
        return search.id


def _getting(browser: FlaskClient, address: str) -> Callable[[], int]:
    """Return what gets a page, and tells how many places it shows."""

    def get() -> int:
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        places: int = answer.data.count(PLACE)
        return places

    return get


def _by_turns(
    pairs: Sequence[tuple[Callable[[], object], Callable[[], object]]], rounds: int
) -> Pair:
    """Run the two of each pair one after the other, in either order; once before it counts."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for pair in pairs:
            for which in (0, 1) if number % 2 else (1, 0):
                spent = _ms(pair[which])
                if number:
                    took[which].append(spent)
    return Pair(tuple(took[0]), tuple(took[1]))


def _ms(run: Callable[[], object]) -> float:
    start = time.thread_time()
    run()
    return 1000 * (time.thread_time() - start)


def _figures(pages: Pages, behind: Pair, known: Known, grounds: dict[int, Ground]) -> Figures:
    index, today = _index(), _today()
    first = _ms(lambda: by_masks(index, known, today))
    masks = [_ms(lambda: by_masks(index, known, today)) for _ in range(7)]
    loops = [_ms(lambda: by_loop(grounds, known, today)) for _ in range(2)]
    masked, looped = by_masks(index, known, today), by_loop(grounds, known, today)
    return Figures(
        listings=len(grounds),
        pages=pages,
        behind=behind,
        masks_ms=statistics.median(masks),
        first_ms=first,
        loop_ms=min(loops),
        kinds=sum(len(each.part.values("asks")) for each in index.snapshot().parts),
        equal=sum(masked.get(number) == verdict for number, verdict in looped.items()),
        judged=max(len(looped), len(masked)),
    )


def _index() -> WhooshIndex:
    index = current_index()
    if not isinstance(index, WhooshIndex):
        raise TypeError("the app at work has another index")
    return index


def by_masks(index: WhooshIndex, known: Known, today: date) -> dict[int, int]:
    """Return the verdict of every listing of the index."""
    verdicts = Verdicts(known, today)
    found = []
    for each in index.snapshot().parts:
        positions = each.only(each.part.everything)
        found.append((each.part.keys[positions], verdicts.of(each.part, positions)))
    keys, levels = (np.concatenate(some).tolist() for some in zip(*found, strict=True))
    return dict(zip(keys, levels, strict=True))


def by_loop(grounds: dict[int, Ground], known: Known, today: date) -> dict[int, int]:
    """Return the same, one listing after another."""
    return {number: judge(each, known, today).verdict for number, each in grounds.items()}


def report(found: Sequence[Figures]) -> None:
    """Print the tables, and which aims are met."""
    print(f"\n{os.cpu_count()} cores; milliseconds of the processor\n")
    head = "  match p50    p95   search p50    p95   ratio p50   p95"
    tables: dict[str, Callable[[Figures], Pair | None]] = {
        "whole pages": lambda each: each.pages.all,
        f"whole pages, of those that show {FULL} places both": lambda each: each.pages.full,
        "behind the pages": lambda each: each.behind,
    }
    for title, pair_of in tables.items():
        print(f"{title}\n  listings{head}")
        for each in found:
            if (pair := pair_of(each)) is not None:
                print(f"  {each.listings:8,} {_row(pair)}")
        print()
    shown = "; ".join(
        f"{each.listings:,}: {each.pages.mean(0):.1f} and {each.pages.mean(1):.1f}"
        for each in found
    )
    print(f"places that a page of a match and one of a search show: {shown}\n")
    print("verdicts of every listing\n  listings     masks      loop   times   first  kinds  equal")
    for each in found:
        print(
            f"  {each.listings:8,} {each.masks_ms:9.2f} {each.loop_ms:9.0f} {each.times:7.0f}"
            f" {each.first_ms:7.1f} {each.kinds:6,}  {each.equal:,} of {each.judged:,}"
        )
    slowest = max(each.pages.all.ratio() for each in found)
    print(f"\npage: {slowest:.2f} times a search at most (aim {MOST_TIMES:g})")
    largest = found[-1]
    print(f"masks: {largest.times:.0f} times as fast at {largest.listings:,} (aim {LEAST_TIMES:g})")


def _row(pair: Pair) -> str:
    (this, other), (this95, other95) = pair.at(0.5), pair.at(0.95)
    ratios = f"{pair.ratio():11.2f} {pair.ratio(0.95):5.2f}"
    return f"{this:10.1f} {this95:6.1f} {other:12.1f} {other95:6.1f} {ratios}"


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _today() -> date:
    return clock.now().date()


if __name__ == "__main__":
    main()
