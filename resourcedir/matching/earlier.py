"""What came of a client's earlier referrals. The room above knows it and says so here. The edge.

This room knows no referrals: it asks whoever has registered, and shows the status it is told.
"""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from flask import Flask, current_app

Tried = Mapping[int, str]
"""By listing the status of a referral that was sent there and is open or came to nothing."""
Telling = Callable[[UUID, str], Tried]
"""Tells it of a client and a need ("" for none), as far as the reader may see it."""
_KEY: Final = "resourcedir.matching.earlier"


def told_by(app: Flask, telling: Telling) -> None:
    """Register who tells."""
    app.extensions[_KEY] = telling


def tried(client_id: UUID, need: str) -> Tried:
    """Return which places were tried for a need; none where nobody tells."""
    telling: Telling | None = current_app.extensions.get(_KEY)
    return {} if telling is None else telling(client_id, need)
