"""How each error looks from outside. The only table of its kind."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from resourcedir.db import violated
from resourcedir.errors import (
    BadFile,
    BadInput,
    DomainError,
    NotAllowed,
    NotFound,
    StaleRecord,
    TransitionNotAllowed,
)
from resourcedir.web.phrases import fault_words

STATUS_CODES: Final[dict[type[DomainError], HTTPStatus]] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.NOT_FOUND,
    TransitionNotAllowed: HTTPStatus.CONFLICT,
    StaleRecord: HTTPStatus.CONFLICT,
    BadInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadFile: HTTPStatus.UNPROCESSABLE_ENTITY,
}

RACES: Final = frozenset(
    {
        "uq_assignment_current",
        "uq_client_agency_id_case_number",
        "uq_client_need_client_id_term_code",
        "uq_referral_event_referral_id_sequence",
        "uq_referral_form_token",
        "uq_referral_reference",
        "uq_service_capacity_service_id",
        "uq_user_account_email",
    }
)
"""Constraints that only two people at the same instant violate: what a form may break is checked
before. A violation of any other is a fault of ours."""

_WORDS: Final = {
    400: lazy_gettext("This form cannot be used any more. Go back, load the page again and retry."),
    404: lazy_gettext("There is no such page."),
    405: lazy_gettext("There is no such page."),
    409: lazy_gettext("Somebody else changed this first. Nothing of yours was saved over it."),
    413: lazy_gettext("What was sent is too large."),
    503: lazy_gettext("The database does not answer. Nothing was saved; try again in a minute."),
}


def words_of(error: DomainError) -> str:
    """Return the error's message in the reader's language."""
    return gettext(error.message, **error.values)


def code_of(error: DomainError) -> HTTPStatus:
    """Return the status of the nearest kind in the table."""
    known = (STATUS_CODES[kind] for kind in type(error).__mro__ if kind in STATUS_CODES)
    return next(known, HTTPStatus.SERVICE_UNAVAILABLE)


def register(app: Flask) -> None:
    """Answer every error with the one problem page."""

    @app.errorhandler(DomainError)
    def _domain_error(error: DomainError) -> ResponseReturnValue:
        return _refused(error)

    @app.errorhandler(StaleDataError)
    def _stale(_error: StaleDataError) -> ResponseReturnValue:
        return _problem(HTTPStatus.CONFLICT, str(_WORDS[409]))

    @app.errorhandler(IntegrityError)
    def _violation(error: IntegrityError) -> ResponseReturnValue:
        return _violated(error)

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> ResponseReturnValue:
        return _problem(HTTPStatus.BAD_REQUEST, str(_WORDS[400]))

    @app.errorhandler(OperationalError)
    def _database(error: OperationalError) -> ResponseReturnValue:
        app.logger.error("database: %s", type(error.orig).__name__)
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(_WORDS[503]))

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        return _problem(error.code, str(_WORDS.get(error.code) or gettext("Something went wrong.")))


def _refused(error: DomainError) -> ResponseReturnValue:
    code, faults = code_of(error), error.faults if isinstance(error, BadFile) else ()
    # "May not" and "does not exist" look the same.
    message = _WORDS[404] if code == HTTPStatus.NOT_FOUND else words_of(error)
    return _problem(code, str(message), [fault_words(each) for each in faults])


def _violated(error: IntegrityError) -> ResponseReturnValue:
    name = violated(error)
    if name in RACES:
        current_app.logger.warning("constraint: %s", name)
        return _problem(HTTPStatus.CONFLICT, str(_WORDS[409]))
    current_app.logger.error("constraint: %s", name or type(error.orig).__name__)
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, gettext("Something went wrong."))


def _problem(code: int, message: str, faults: Sequence[str] = ()) -> ResponseReturnValue:
    page = render_template("errors/problem.html", message=message, code=int(code), faults=faults)
    return page, int(code)
