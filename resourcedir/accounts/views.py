"""Signing in and out, the language of the pages, and one's own password."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from resourcedir import clock
from resourcedir.accounts import commands, destinations, sessions
from resourcedir.accounts.forms import PasswordForm, SignInForm
from resourcedir.errors import BadInput
from resourcedir.extensions import db
from resourcedir.security.guards import current_identity, public, require
from resourcedir.security.permissions import Permission
from resourcedir.web.errors import words_of
from resourcedir.web.language import CHOSEN

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Public: nobody is signed in before it."""
    if request.method != "POST" and g.identity is not None:
        return redirect(destinations.HOME, code=303)
    if request.method != "POST":
        return _sign_in_page(SignInForm(data={"next": request.args.get("next", "")}), 200)
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form, 422)
    checked = sessions.check_sign_in(form.email.data, form.password.data)
    token = commands.sign_in(db.session, checked, at=clock.now(), address=request.remote_addr)
    db.session.commit()
    if token is None:
        return _refused_page(form)
    sessions.begin(token)
    return redirect(destinations.page_or_home(form.next.data), code=303)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Public: it also lets go of a sign-in that has ended by itself."""
    if token := sessions.current_token():
        commands.sign_out(db.session, token, at=clock.now(), address=request.remote_addr)
        db.session.commit()
    sessions.end()
    flash(gettext("You are signed out."))
    return redirect(destinations.HOME, code=303)


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """Public: the sign-in page can be read in each language too."""
    if (chosen := request.form.get("language")) in current_app.config["LANGUAGES"]:
        session[CHOSEN] = chosen
    return redirect(destinations.address_or_home(request.form.get("next")), code=303)


@bp.route("/account/password", methods=["GET", "POST"])
@require(Permission.ACCOUNT_USE)
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.is_submitted() else 200)
    user_id, at, address = current_identity().user_id, clock.now(), request.remote_addr
    if not sessions.check_own(user_id, form.current.data).fits:
        commands.refuse_password_change(db.session, user_id, at=at, address=address)
        db.session.commit()
        return _wrong_password_page(form)
    try:
        token = commands.change_password(db.session, user_id, form.new.data, at=at, address=address)
    except BadInput as error:
        return _unfit_password_page(form, error)
    db.session.commit()
    sessions.begin(token)
    flash(gettext("Your password is changed. Every other browser has been signed out."))
    return redirect(destinations.HOME, code=303)


def _wrong_password_page(form: PasswordForm) -> ResponseReturnValue:
    form.current.errors = [gettext("This is not the password that you use now.")]
    return _password_page(form, 422)


def _unfit_password_page(form: PasswordForm, error: BadInput) -> ResponseReturnValue:
    form.new.errors = [words_of(error)]
    return _password_page(form, 422)


def _refused_page(form: SignInForm) -> ResponseReturnValue:
    form.form_errors.append(gettext("The e-mail address or the password is not right."))
    return _sign_in_page(form, 422)


def _sign_in_page(form: SignInForm, status: int) -> ResponseReturnValue:
    return render_template("accounts/sign_in.html", form=form), status


def _password_page(form: PasswordForm, status: int) -> ResponseReturnValue:
    return render_template("accounts/password.html", form=form), status
