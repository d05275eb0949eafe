"""Forms of a listing: everything an editor may say, a count of openings, a report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from resourcedir.directory import wording
from resourcedir.directory.commands import Seen
from resourcedir.directory.editing import OF_OPENINGS, Field, ListingEdit, edit_of, fields_of
from resourcedir.directory.facts import CostFact, ListingFacts, OpeningsFact
from resourcedir.directory.form_parts import (
    CheckboxesField,
    MoneyField,
    PhoneForm,
    WeekForm,
    data_of,
    named,
    phones_of,
    text_of,
    week_text,
)
from resourcedir.directory.kinds import CostKind, Unit
from resourcedir.directory.rule_forms import LONGEST, RulesForm, rule_data
from resourcedir.numbers import whole_number
from resourcedir.taxonomy.vocabulary import Vocabulary

SPARE_PHONES: Final = 2  # empty lines to add numbers in
MOST_PHONES: Final = 12
MOST_FREE: Final = 9999
MOST_DOLLARS: Final = 100_000


class EditForm(RulesForm):
    """Everything that may be said of a listing. A job lead has fewer of these fields.

    ``version`` and ``opened_at`` say which state of the listing the editor has seen.
    """

    version = HiddenField()
    opened_at = HiddenField()
    free_seen = HiddenField()
    description = TextAreaField(lazy_gettext("Description"), [Length(max=LONGEST)])
    temporarily_closed = BooleanField(
        lazy_gettext("Temporarily closed"),
        description=lazy_gettext("The page stays and says so."),
    )
    alert = StringField(
        lazy_gettext("Notice on top of the page"),
        [Optional(), Length(max=300)],
        description=lazy_gettext("What to know before going, such as until when it is closed."),
    )
    hours = FormField(
        WeekForm,
        lazy_gettext("Hours"),
    )
    phones = FieldList(FormField(PhoneForm), lazy_gettext("Phones"), max_entries=MOST_PHONES)
    languages = CheckboxesField(
        lazy_gettext("Languages"),
        choices=lambda: named(Vocabulary.LANGUAGE),
        description=lazy_gettext("All that it is given in, English too."),
    )
    cost = SelectField(
        lazy_gettext("Cost"),
        [Optional()],
        choices=lambda: [
            ("", gettext("Not known")),
            *((each.value, gettext(words)) for each, words in wording.COSTS.items()),
        ],
    )
    cost_amount = MoneyField(
        lazy_gettext("Dollars"), [Optional(), NumberRange(0, MOST_DOLLARS)], places=None
    )
    cost_description = StringField(
        lazy_gettext("For what, such as a week or a class"), [Optional(), Length(max=200)]
    )
    payers = CheckboxesField(lazy_gettext("Who may pay"), choices=lambda: named(Vocabulary.PAYER))
    accessibility = CheckboxesField(
        lazy_gettext("The place has"), choices=lambda: named(Vocabulary.ACCESSIBILITY)
    )
    unit = SelectField(
        lazy_gettext("What is counted"),
        choices=lambda: [(each.value, gettext(words)) for each, words in wording.UNITS.items()],
    )
    available = IntegerField(lazy_gettext("Free now"), [Optional(), NumberRange(0, MOST_FREE)])
    maximum = IntegerField(lazy_gettext("Of how many"), [Optional(), NumberRange(0, MOST_FREE)])
    as_of = DateTimeLocalField(
        lazy_gettext("When this was true"),
        [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        description=lazy_gettext("Leave it empty for now."),
    )

    def __init__(self, facts: ListingFacts, now: datetime, **kwargs: Any) -> None:  # noqa: ANN401
        present = edit_of(facts)
        super().__init__(
            data={"version": facts.version, "opened_at": now.isoformat()}
            | data_of(present)
            | rule_data(present),
            **kwargs,
        )
        self._present = present
        self._facts = facts
        self._now = now
        self._leave_out(frozenset(Field) - frozenset(fields_of(facts.kind)))
        if not self.is_submitted():
            for _ in range(SPARE_PHONES if facts.job is None else not facts.phones):
                self.phones.append_entry()

    def validate_maximum(self, field: IntegerField) -> None:
        free = self.available.data
        if field.data is not None and free is not None and field.data < free:
            raise ValidationError(gettext("More cannot be free than there are."))

    def validate_as_of(self, field: DateTimeLocalField) -> None:
        if field.data is not None and self._as_of() > self._now:
            raise ValidationError(gettext("This time lies ahead. Write when it was true."))

    def seen(self) -> Seen:
        """Return which state of the listing this form was made from.

        What has been tampered with is a state that never was: it is refused as stale.
        """
        version = whole_number(self.version.data)
        try:
            at = datetime.fromisoformat(self.opened_at.data or "").astimezone(UTC)
        except (ValueError, OverflowError):
            at = None
        return Seen(-1, self._now) if version is None or at is None else Seen(version, at)

    def command(self) -> ListingEdit:
        """Return what the editor says; what the form leaves out stays as it is."""
        present = self._present
        return ListingEdit(
            description=text_of(self.description.data),
            hours=week_text(self.hours.data) if "hours" in self else present.hours,
            phones=tuple(phones_of(self.phones.data)),
            languages=self.codes("languages", present.languages),
            cost=self._cost() if "cost" in self else present.cost,
            payers=self.codes("payers", present.payers),
            accessibility=self.codes("accessibility", present.accessibility),
            temporarily_closed=self.own("temporarily_closed", present.temporarily_closed),
            alert=text_of(self.own("alert", present.alert)),
            openings=self._openings() if "available" in self else present.openings,
            time_zone=present.time_zone,
            **self.rules_said(present),
        )

    def _leave_out(self, fields: frozenset[Field]) -> None:
        for field in fields:
            for name in _CONTROLS.get(field, (field.value,)):
                if name in self:
                    del self[name]
        if self._facts.job is not None:
            del self["maximum_age"]
        if self._facts.place is None and "accessibility" in self:
            del self["accessibility"]

    def _cost(self) -> CostFact | None:
        if not self.cost.data:
            return None
        return CostFact(
            CostKind(self.cost.data),
            self.cost_amount.data,
            text_of(self.cost_description.data) or None,
        )

    def _openings(self) -> OpeningsFact | None:
        told, free = self._present.openings, self.available.data
        if free is None:
            return told
        unit, maximum = Unit(self.unit.data), self.maximum.data
        before = told or OpeningsFact(unit, free, maximum, self._now)
        seen = whole_number(self.free_seen.data)
        shown = before.available if seen is None else seen  # referrals may have taken some since
        same = told is not None and (told.unit, shown, told.maximum) == (unit, free, maximum)
        if same and self.as_of.data is None:
            return told
        return replace(
            before,
            unit=unit,
            available=free,
            maximum=maximum,
            as_of=self._as_of(),
            starts_on=before.starts_on if unit is Unit.SEAT else None,
        )

    def _as_of(self) -> datetime:
        if self.as_of.data is None:
            return self._now
        zone = ZoneInfo(self._facts.time_zone)
        return self.as_of.data.replace(tzinfo=zone)  # type: ignore[no-any-return]


_CONTROLS: Final[Mapping[Field, tuple[str, ...]]] = {
    **dict.fromkeys(OF_OPENINGS, ()),  # they have a page of their own
    Field.SOBRIETY: ("sobriety_days",),
    Field.STATUS: ("temporarily_closed",),
    Field.COST: ("cost", "cost_amount", "cost_description"),
    Field.OPENINGS: ("unit", "available", "maximum", "as_of"),
    Field.AGES: ("minimum_age", "maximum_age"),
}


class ReportForm(FlaskForm):
    """Which fact is wrong: one button each."""

    fact = RadioField(
        choices=lambda: [
            (each.value, gettext(words)) for each, words in wording.WRONG_FACTS.items()
        ]
    )
