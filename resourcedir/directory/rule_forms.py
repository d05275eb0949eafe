"""The part of a listing's form that says whom they take, and the way from an edit to it and back.

It reads as sentences: "People with an open warrant: we refuse". What is not said is not known.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Form, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from resourcedir.directory import wording
from resourcedir.directory.asking import ANY
from resourcedir.directory.editing import ListingEdit
from resourcedir.directory.form_parts import CheckboxesField, named, text_of
from resourcedir.directory.kinds import Stance
from resourcedir.directory.ruling import LONGEST_WORDS, Said, as_words
from resourcedir.errors import DomainError
from resourcedir.places.areas import area_label
from resourcedir.places.finding import area_code
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_
from resourcedir.web.errors import words_of
from resourcedir.web.language import language

LONGEST: Final = 4000  # letters of a text
OLDEST: Final = 120  # years
MOST_DAYS: Final = 3650
ANY_OTHER: Final = "any_other"
"""The field that stands for ``ANY``; no code of a list is written so."""

Words = Mapping[Stance, str]
_CASE_BY_CASE: Final = N_("We decide case by case")
_PEOPLE: Final[Words] = {
    Stance.REQUIRED: N_("Only for these"),
    Stance.CASE_BY_CASE: _CASE_BY_CASE,
    Stance.EXCLUDED: N_("Not for these"),
}
_TAKEN: Final[Words] = {
    Stance.ACCEPTED: N_("We take them"),
    Stance.CASE_BY_CASE: _CASE_BY_CASE,
    Stance.EXCLUDED: N_("We refuse"),
}
_CONVICTED: Final[Words] = {**_TAKEN, Stance.REQUIRED: N_("Only for these")}
_ALLOWED: Final[Words] = {
    Stance.ACCEPTED: N_("Allowed"),
    Stance.CASE_BY_CASE: _CASE_BY_CASE,
    Stance.EXCLUDED: N_("Not allowed"),
    Stance.REQUIRED: N_("Only for these"),
}
_CHILDREN: Final[Words] = {
    Stance.REQUIRED: N_("Only people with children"),
    Stance.ACCEPTED: N_("Children may come"),
    Stance.CASE_BY_CASE: _CASE_BY_CASE,
    Stance.EXCLUDED: N_("No children"),
}
_PETS: Final[Words] = {
    Stance.ACCEPTED: N_("Pets may come"),
    Stance.CASE_BY_CASE: _CASE_BY_CASE,
    Stance.EXCLUDED: N_("No pets"),
}


def stance_field(words: Words, label: object = None) -> SelectField:
    """Return a field that says one of ``words`` or nothing."""
    return SelectField(
        label,
        default="",
        choices=lambda: [
            ("", gettext("Not said")),
            *((stance.value, gettext(said)) for stance, said in words.items()),
        ],
    )


class StancesForm(Form):
    """What is said of each entry of a list; its fields are made from the vocabulary below."""

    of: Vocabulary
    others = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as WTForms has it
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = self._name(field.short_name)

    def said(self) -> str:
        """Return what is said so far: "We refuse: Arson, Weapons offense"."""
        found: dict[str, list[str]] = {}
        for field in self:
            choice = dict(field.choices).get(field.data) if field.data else None
            if choice is not None:
                found.setdefault(choice, []).append(field.label.text)
        return "; ".join(f"{choice}: {', '.join(names)}" for choice, names in found.items())

    def _name(self, field: str) -> str:
        if field == ANY_OTHER:
            return str(gettext(self.others))
        return wording.name(self.of, _code(field), language())


class PopulationsForm(StancesForm):
    of = Vocabulary.POPULATION


class OffensesForm(StancesForm):
    of = Vocabulary.OFFENSE
    others = N_("Any other offense")


class MedicationsForm(StancesForm):
    of = Vocabulary.MEDICATION
    others = N_("Any other prescribed medication")


def _code(field: str) -> str:
    return ANY if field == ANY_OTHER else field.replace("_", "-")


def _field(code: str) -> str:
    return code.replace("-", "_") if code else ANY_OTHER


def _add_fields(form: type[StancesForm], words: Words) -> None:
    """Give ``form`` a field for each entry of its list, and one for all others."""
    for code in vocabulary.codes(form.of):
        setattr(form, _field(code), stance_field(words))
    if form.others:
        open_words: Words = {
            each: said for each, said in words.items() if each is not Stance.REQUIRED
        }
        setattr(form, ANY_OTHER, stance_field(open_words))


_add_fields(PopulationsForm, _PEOPLE)
_add_fields(OffensesForm, _CONVICTED)
_add_fields(MedicationsForm, _ALLOWED)


class RulesForm(FlaskForm):
    """Whom a listing takes. A job lead has fewer of these fields."""

    genders = CheckboxesField(lazy_gettext("We take"), choices=lambda: named(Vocabulary.GENDER))
    minimum_age = IntegerField(lazy_gettext("aged at least"), [Optional(), NumberRange(0, OLDEST)])
    maximum_age = IntegerField(lazy_gettext("and at most"), [Optional(), NumberRange(0, OLDEST)])
    populations = FormField(PopulationsForm, lazy_gettext("Only for some people, or not for some"))
    also_asks = StringField(
        lazy_gettext("Only for, in your words"),
        [Optional(), Length(max=LONGEST_WORDS)],
        description=lazy_gettext(
            "What no choice above says, such as: people who work nights. Officers read these words "
            "and call you first. Leave it empty if there is nothing of the kind."
        ),
    )
    offenses = FormField(OffensesForm, lazy_gettext("People convicted of"))
    warrants = stance_field(_TAKEN, lazy_gettext("People with an open warrant"))
    medications = FormField(MedicationsForm, lazy_gettext("People who take"))
    sobriety_days = IntegerField(
        lazy_gettext("Days sober before coming"),
        [Optional(), NumberRange(0, MOST_DAYS)],
        description=lazy_gettext("0 if none are asked."),
    )
    residency = StringField(
        lazy_gettext("They must live in"),
        [Optional(), Length(max=LONGEST)],
        description=lazy_gettext(
            "Counties or states, with ; between them: Hamilton County, TN; GA. One of them is "
            "enough. Leave it empty if it does not matter."
        ),
    )
    documents = CheckboxesField(
        lazy_gettext("They must bring"), choices=lambda: named(Vocabulary.DOCUMENT)
    )
    referral_sources = CheckboxesField(
        lazy_gettext("They are referred by one of"),
        choices=lambda: named(Vocabulary.REFERRAL_SOURCE),
    )
    children = stance_field(_CHILDREN, lazy_gettext("Children"))
    pets = stance_field(_PETS, lazy_gettext("Pets"))
    eligibility = TextAreaField(
        lazy_gettext("Who it is for, in your words"), [Optional(), Length(max=LONGEST)]
    )

    def validate_genders(self, field: CheckboxesField) -> None:
        if "any" in (field.data or ()) and len(field.data) > 1:
            raise ValidationError(gettext("Choose any gender alone, or only those whom you take."))

    def validate_maximum_age(self, field: IntegerField) -> None:
        low = self.minimum_age.data
        if field.data is not None and low is not None and field.data < low:
            raise ValidationError(gettext("The oldest age is below the youngest."))

    def validate_residency(self, field: StringField) -> None:
        for part in _parts(field.data):
            try:
                area_code(part)
            except DomainError as error:
                raise ValidationError(f"{part}: {words_of(error)}") from None

    def rules_said(self, present: ListingEdit) -> dict[str, Any]:
        """Return what the fields say, by the names of ``ListingEdit``; what is left out stays."""
        return {
            "minimum_age": self.minimum_age.data,
            "maximum_age": self.own("maximum_age", present.maximum_age),
            "genders": self.codes("genders", present.genders),
            "populations": self._stances("populations", present.populations),
            "also_asks": as_words(self.also_asks.data),
            "offenses": self._stances("offenses", present.offenses),
            "warrants": self._stance("warrants", present.warrants),
            "medications": self._stances("medications", present.medications),
            "sobriety_days": self.own("sobriety_days", present.sobriety_days),
            "residency": frozenset(map(area_code, _parts(self.residency.data))),
            "documents": self.codes("documents", present.documents),
            "referral_sources": self.codes("referral_sources", present.referral_sources),
            "children": self._stance("children", present.children),
            "pets": self._stance("pets", present.pets),
            "eligibility": text_of(self.own("eligibility", present.eligibility)),
        }

    def own(self, name: str, present: Any) -> Any:  # noqa: ANN401 -- whatever the field holds
        """Return what a field holds, ``present`` where it is left out."""
        return self[name].data if name in self else present

    def codes(self, name: str, present: frozenset[str]) -> frozenset[str]:
        """Return the choices that are made, ``present`` where the field is left out."""
        return frozenset(self[name].data or ()) if name in self else present

    def _stances(self, name: str, present: Said) -> Said:
        if name not in self:
            return present
        return {_code(field): Stance(said) for field, said in self[name].data.items() if said}

    def _stance(self, name: str, present: Stance | None) -> Stance | None:
        if name not in self:
            return present
        return Stance(self[name].data) if self[name].data else None


def rule_data(edit: ListingEdit) -> dict[str, Any]:
    """Return what ``edit`` says of people as the fields of the form hold it."""
    stances = {
        "populations": edit.populations,
        "offenses": edit.offenses,
        "medications": edit.medications,
    }
    single = {"warrants": edit.warrants, "children": edit.children, "pets": edit.pets}
    return {
        "minimum_age": edit.minimum_age,
        "maximum_age": edit.maximum_age,
        "genders": sorted(edit.genders),
        "also_asks": edit.also_asks,
        "sobriety_days": edit.sobriety_days,
        "residency": "; ".join(sorted(map(area_label, edit.residency))),
        "documents": sorted(edit.documents),
        "referral_sources": sorted(edit.referral_sources),
        "eligibility": edit.eligibility,
        **{
            name: {_field(code): stance.value for code, stance in said.items()}
            for name, said in stances.items()
        },
        **{name: stance.value if stance else "" for name, stance in single.items()},
    }


def _parts(text: str | None) -> Iterator[str]:
    for part in (text or "").split(";"):
        if part.strip():
            yield part.strip()
