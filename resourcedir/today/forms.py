"""What is done with several rows at once: which, and why."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from resourcedir.errors import NotFound
from resourcedir.numbers import whole_number
from resourcedir.today import wording
from resourcedir.today.commands import Ticked
from resourcedir.today.queries import Referred
from resourcedir.today.wording import Bulk, NoMore

MOST: Final = 1000
"""Rows of one request; nobody reads a longer list before saying yes."""


class TicksForm(FlaskForm):
    """The ticks of one list; each is an id, and after the page that asks again its version."""

    row = SelectMultipleField(validate_choice=False)

    def ticked(self) -> tuple[Ticked, ...]:
        """:raises NotFound: if what was sent is no id, or more than anybody can have ticked."""
        sent = list(dict.fromkeys(self.row.data or ()))
        if len(sent) > MOST:
            raise NotFound
        return tuple(map(_read, sent))


class SureForm(TicksForm):
    """Says yes to what is listed; ``why`` where that is asked."""

    why = RadioField(
        lazy_gettext("Why is nothing more needed?"),
        validators=[InputRequired(lazy_gettext("Choose why nothing more is needed."))],
    )

    def __init__(self, bulk: Bulk) -> None:
        super().__init__()
        self.why.choices = [(str(each), gettext(wording.NO_MORE[each])) for each in NoMore]
        if bulk is not Bulk.SETTLE:
            del self.why

    def note(self) -> str:
        """Return what is written down with each, in the language of whoever says it."""
        if not self.why:
            return ""
        why = gettext(wording.NO_MORE[NoMore(self.why.data)])
        return str(gettext(wording.NO_MORE_NOTE, why=why[:1].lower() + why[1:]))


def written(ticked: Iterable[Referred]) -> list[str]:
    """Return what was ticked as the page that asks again sends it: as it was read."""
    return [f"{each.id}:{each.version}" for each in ticked]


def _read(text: str) -> Ticked:
    written_id, _, version = text.partition(":")
    try:
        return Ticked(UUID(written_id), whole_number(version) if version else None)
    except ValueError:
        raise NotFound from None
