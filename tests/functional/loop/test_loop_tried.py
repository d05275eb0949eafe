"""The search for another place knows which places were tried."""

from sqlalchemy import select

from resourcedir.matching.models import ClientSearch
from tests.functional.loop.acting import answer, ours
from tests.functional.referring import fresh


def test_refer_elsewhere_tells_the_search_what_was_tried_and_keeps_it_sealed(
    browser, session, sent, theirs, another
):
    waiting = another()
    answer(theirs, "decline", {"reason": "full"})
    browser.get(ours(sent))
    browser.submit({}, form="main form[action$='/elsewhere']")

    fresh(session)
    search = session.scalars(select(ClientSearch).order_by("created_at")).all()[-1]
    pairs = {f"{sent.listing_number}:declined", f"{waiting.listing_number}:sent"}
    assert set(search.tried.split()) == pairs
    assert b"declined" not in search.tried_sealed
