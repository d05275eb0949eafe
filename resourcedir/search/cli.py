"""Commands that search the directory and keep its index."""

import json
import sys
from typing import Protocol

import click
from flask import Flask

from resourcedir import clock
from resourcedir.errors import BadInput
from resourcedir.extensions import db
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.search.ask import ANY_DISTANCE, USUAL_MILES, Ask, Order, miles
from resourcedir.search.indexing import ask_for_index, current_index, indexer, rebuild
from resourcedir.search.queries import Searcher
from resourcedir.search.results import Found, Results
from resourcedir.search.results_json import results_object
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_


class HasApp(Protocol):
    """What the command line hands to its commands."""

    @property
    def app(self) -> Flask: ...


@click.command()
@click.argument("words", nargs=-1)
@click.option("--need", default="", help="Code of a term, such as detox.")
@click.option("--near", default="", help="ZIP code, city or county.")
@click.option(
    "--within",
    default=f"{USUAL_MILES:g}",
    show_default=True,
    help="Miles, in a straight line, or any.",
)
@click.option("--language", multiple=True, help="ISO code, such as es.")
@click.option("--payer", multiple=True, help="Code of a payer, such as medicaid.")
@click.option("--open-now", is_flag=True, help="Only places that are open now.")
@click.option("--nearest", is_flag=True, help="Nearest first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def search(  # noqa: PLR0913, PLR0917 -- the options of one command
    context: HasApp,
    words: tuple[str, ...],
    need: str,
    near: str,
    within: str,
    language: tuple[str, ...],
    payer: tuple[str, ...],
    limit: int,
    *,
    open_now: bool,
    nearest: bool,
    as_json: bool,
) -> None:
    """Search as the page does and print what is found."""
    app = context.app
    _check(need, within, language, payer)
    ask = Ask(
        words=" ".join(words),
        need=need,
        near=near,
        within=miles(within, otherwise=None),
        open_now=open_now,
        language=frozenset(language),
        payer=frozenset(payer),
        sort=Order.NEAREST if nearest else Order.BEST,
    )
    home_state = app.config["SETTINGS"].home_state
    searcher = Searcher(current_index(), home_state=home_state, now=clock.now())
    results = searcher.results(db.session, ask, limit=limit)
    if results.trouble:
        raise results.trouble
    if not results.indexed:
        ask_for_index()
        click.echo(
            "There is no search index: this answer is from the database, simpler, and may miss"
            " places. Make the index with: resourcedir reindex",
            err=True,
        )
    if results.reach and not results.reach.whole:
        click.echo(
            f"Only {results.reach.looked_at} of {results.reach.of} places were looked through,"
            " so some may be missing. Give --near or --need to have fewer to look through.",
            err=True,
        )
    if as_json:
        click.echo(json.dumps(results_object(results), ensure_ascii=False))
        return
    _tell(results)


@click.command()
@click.option("--check", is_flag=True, help="Compare with the database; change nothing.")
@click.pass_obj
def reindex(context: HasApp, *, check: bool) -> None:
    """Make the search index anew from the database.

    Where `run` or `worker` keeps the index, it is asked to do so.
    """
    _ = context.app
    if check:
        differences = indexer().check()
        for difference in differences[:20]:
            click.echo(str(difference), err=True)
        if differences:
            raise click.ClickException(
                f"{len(differences)} listings differ. Mend it with: resourcedir reindex"
            )
        click.echo("The index equals the database.")
        return
    with click.progressbar(length=1, label="Indexing", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        count = rebuild(advance)
    click.echo(f"{count} listings can be found.")


def _check(need: str, within: str, language: tuple[str, ...], payer: tuple[str, ...]) -> None:
    if need and need not in taxonomy():
        raise BadInput(
            N_("--need %(value)s is no term. The widest are: %(known)s."),
            value=need,
            known=", ".join(term.code for term in taxonomy().roots),
        )
    if within != ANY_DISTANCE and miles(within, otherwise=None) is None:
        raise BadInput(N_("--within is in miles: give it more than 0."))
    for option, kind, values in (
        ("--language", Vocabulary.LANGUAGE, language),
        ("--payer", Vocabulary.PAYER, payer),
    ):
        if wrong := set(values) - set(vocabulary.codes(kind)):
            raise BadInput(
                N_("%(option)s %(value)s is not known. Known are: %(known)s."),
                option=option,
                value=min(wrong),
                known=", ".join(vocabulary.codes(kind)),
            )


def _tell(results: Results) -> None:
    """Print what was understood, then what was found, then what is close to it."""
    read = results.reading
    if read.repairs:
        click.echo(f"Showing results for: {read.repaired_words}")
    for piece in read.pieces:
        click.echo(f'"{piece.words}" was understood as {piece.sets}: {", ".join(piece.values)}')
    for word in results.left_out:
        click.echo(f'Nothing has "{word}" with the other words: it is left out.')
    click.echo(
        f"{'at least ' if results.in_part else ''}{results.total} found"
        + (", with some of the words" if results.any_word else "")
    )
    for found in results.found:
        click.echo(_line(found))
    if results.related:
        click.echo("Close, but not all that was asked for:")
    for found in results.related:
        click.echo(_line(found))


def _line(found: Found) -> str:
    facts = found.facts
    if found.distance_km is not None:
        where = f"{found.distance_km / KM_PER_MILE:.1f} mi"
    else:
        where = f"serves {found.area}" if found.area else ""
    place = facts.place.city if facts.place and not facts.confidential else ""
    parts = (f"{facts.number}", facts.name, facts.organization, place, where, facts.main_phone)
    return " · ".join(part for part in parts if part)
