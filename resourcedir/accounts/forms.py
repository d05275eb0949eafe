"""Forms of sign-in and password."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo

from resourcedir.security.passwords import ASKED_LENGTH


class SignInForm(FlaskForm):
    """Name and password. It says nothing about either but that it is missing."""

    email = StringField(
        lazy_gettext("Work e-mail"),
        validators=[DataRequired(lazy_gettext("Enter your work e-mail address."))],
    )
    password = PasswordField(
        lazy_gettext("Password"), validators=[DataRequired(lazy_gettext("Enter your password."))]
    )
    next = HiddenField()


class PasswordForm(FlaskForm):
    """The present password and, twice, the one to come."""

    current = PasswordField(
        lazy_gettext("Present password"),
        validators=[DataRequired(lazy_gettext("Enter the password that you use now."))],
    )
    new = PasswordField(
        lazy_gettext("New password"),
        description=lazy_gettext(
            "%(asked)s characters or more. A sentence that only you would say is best. "
            "Blanks and letters of any language are fine.",
            asked=ASKED_LENGTH,
        ),
        validators=[DataRequired(lazy_gettext("Enter a new password."))],
    )
    again = PasswordField(
        lazy_gettext("New password, once more"),
        validators=[EqualTo("new", lazy_gettext("Type the same new password in both fields."))],
    )
