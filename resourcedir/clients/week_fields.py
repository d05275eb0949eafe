"""The fields for a client's curfew and work shifts, and the words that show them."""

from collections.abc import Iterator
from itertools import groupby

from flask_babel import gettext, lazy_gettext
from wtforms import Form, StringField, ValidationError
from wtforms.validators import Length

from resourcedir.clients import busy_week
from resourcedir.clients.busy_week import Busy
from resourcedir.directory.hours import DAYS, WHOLE_DAY, Day, WeeklyHours
from resourcedir.directory.showing import day_words
from resourcedir.directory.wording import WEEKDAYS
from resourcedir.errors import BadInput
from resourcedir.web.errors import words_of
from resourcedir.web.formats import clock_time

_TOO_LONG = lazy_gettext("Shorten this to 80 characters, like 8 pm - 6 am.")


class BusyForm(Form):
    """Times of all usual days, and of single days that differ; its kinds are made below."""

    kind: Busy

    def text(self) -> str:
        """Return the week as it is kept; only after ``validate``."""
        own = {name: busy_week.read(self[name].data or "", self.kind) for name in DAYS}
        return busy_week.text_of(
            busy_week.read(self["usual"].data or "", self.kind), own, self.kind
        )

    @property
    def differs(self) -> bool:
        """Say whether something is typed for single days, or is wrong with it."""
        return any(self[name].data or self[name].errors for name in DAYS)


class CurfewForm(BusyForm):
    kind = Busy.CURFEW


class WorkForm(BusyForm):
    kind = Busy.WORK


def _readable(form: BusyForm, field: StringField) -> None:
    try:
        busy_week.read(field.data or "", form.kind)
    except BadInput as error:
        words = gettext("%(day)s: %(what)s", day=field.label.text, what=words_of(error))
        raise ValidationError(words) from None


for _form, _usual, _hint in (
    (
        CurfewForm,
        lazy_gettext("Every day"),
        lazy_gettext(
            "When the client must be at home, such as 8 pm - 6 am. Empty if there is none."
        ),
    ),
    (
        WorkForm,
        lazy_gettext("Monday to Friday"),
        lazy_gettext("When the client is at work, such as 7 am - 3:30 pm. Empty if not at work."),
    ),
):
    _checks = [Length(max=80, message=_TOO_LONG), _readable]
    _form.usual = StringField(_usual, _checks, description=_hint)
    for _day, _words in zip(DAYS, WEEKDAYS, strict=True):
        setattr(_form, _day, StringField(lazy_gettext(_words), _checks))


def fields_of(week: WeeklyHours | None, kind: Busy) -> dict[str, str]:
    """Return what the fields show of a week that is recorded."""
    if week is None:
        return {}
    usual, own = busy_week.taken_apart(week, kind)
    return {name: _typed(day) for name, day in {"usual": usual, **own}.items()}


def week_words(week: WeeklyHours | None) -> str:
    """Return "Every day 8 pm to 6 am", "Monday to Friday 7 am to 3:30 pm; Sunday noon to 4 pm"."""
    if week is None:
        return str(gettext("not recorded"))
    return "; ".join(_said(week))


def _said(week: WeeklyHours) -> Iterator[str]:
    for day, same in groupby(range(len(DAYS)), key=lambda number: week.days[number]):
        if not day:
            continue
        numbers = list(same)
        first, last = (str(gettext(WEEKDAYS[numbers[end]])) for end in (0, -1))
        if len(numbers) == len(DAYS):
            days = str(gettext("Every day"))
        elif len(numbers) == 1:
            days = first
        else:
            days = str(gettext("%(first)s to %(last)s", first=first, last=last))
        yield f"{days} {day_words(day)}"


def _typed(day: Day) -> str:
    """Return the times of a day as people here write them, so that they are read back."""
    if day == ():
        return str(gettext("none"))
    if day == (WHOLE_DAY,):
        return str(gettext("24 hours"))
    return ", ".join(f"{clock_time(each.opens)} - {clock_time(each.closes)}" for each in day or ())
