"""Puts the app together. Read top to bottom, it is the whole of the wiring."""

from typing import Any, Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from resourcedir import files
from resourcedir.accounts import sessions
from resourcedir.accounts import views as accounts
from resourcedir.clients import views as clients
from resourcedir.db import CUT_OFF, LOCAL_HOLIDAYS, USUAL_ZONE, engine_for, set_up, writing
from resourcedir.directory import views as directory
from resourcedir.extensions import babel, csrf, db
from resourcedir.matching import views as matching
from resourcedir.migrations import upgrade
from resourcedir.portal import views as portal
from resourcedir.referrals import views as referrals
from resourcedir.search import views as search
from resourcedir.security import guards
from resourcedir.security.sealing import KEYRING, Keyring
from resourcedir.settings import Settings
from resourcedir.today import views as today
from resourcedir.web import (
    closing,
    converters,
    errors,
    formats,
    headers,
    health,
    home,
    language,
    layout,
)
from resourcedir.web.plain_request import PlainRequest

LARGEST_FORM: Final = 1_000_000  # bytes
_ROOMS: Final = (
    accounts,
    search,
    directory,
    clients,
    matching,
    referrals,
    today,
    portal,
    health,
    home,
)


def create_app(settings: Settings) -> Flask:
    """Return the app for one deployment. Its database must be at the newest revision.

    :raises BadInput: if the keys are missing or are none.
    :raises RuntimeError: if a view has no guard.
    """
    keyring = _keyring(settings)
    app = Flask(__name__, template_folder=str(files.root("templates")))
    app.request_class = PlainRequest
    app.config.update(_config(settings, keyring))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )

    db.init_app(app)
    closing.without_event_loop(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=language.pick)
    with app.app_context():
        set_up(db.engine)
        db.sessionmaker.configure(
            info={
                KEYRING: keyring,
                USUAL_ZONE: settings.time_zone,
                LOCAL_HOLIDAYS: settings.holidays,
                CUT_OFF: settings.cut_off,
            }
        )

    sessions.register(app)  # first: it writes in a transaction of its own
    app.before_request(_write_lock)
    converters.register(app)
    language.register(app)
    headers.register(app, https=settings.https)
    errors.register(app)
    formats.register(app)
    layout.register(app, demo=settings.is_demo)

    for room in _ROOMS:
        app.register_blueprint(room.bp)
    directory.register(app)
    clients.register(app, settings)
    search.register(app, settings)
    matching.register(app)
    referrals.register(app)
    today.register(app)

    guards.refuse_unguarded_views(app)
    return app


def open_app(settings: Settings) -> Flask:
    """Return the app after making its data folder and bringing its database up to date."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = engine_for(settings.database_url)
    upgrade(engine)
    engine.dispose()
    return create_app(settings)


def _keyring(settings: Settings) -> Keyring:
    if settings.key_file:
        return Keyring.from_file(settings.key_file)
    return Keyring.from_text(settings.keys, "RESOURCEDIR_KEYS")


def _config(settings: Settings, keyring: Keyring) -> dict[str, Any]:
    return {
        "SECRET_KEY": keyring.signing_key,
        # An error is logged with its statement, and without what was to be stored.
        "SQLALCHEMY_ENGINES": {"default": {"url": settings.database_url, "hide_parameters": True}},
        "SESSION_COOKIE_NAME": "__Host-resourcedir" if settings.https else "resourcedir",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "WTF_CSRF_TIME_LIMIT": None,  # a token lives as long as the sign-in it belongs to
        "BABEL_DEFAULT_TIMEZONE": settings.time_zone,
        "LANGUAGES": list(settings.languages),
        "SETTINGS": settings,
    }


def _write_lock() -> None:
    # A request that changes something takes SQLite's write lock before it reads anything, so that
    # what it read still holds when it writes.
    if not guards.only_asks():
        writing(db.session)
