"""Pages on which officers refer somebody and hear back."""

from flask import Flask

from resourcedir.matching import earlier
from resourcedir.referrals.views import after, follow, handout, refer
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.words import TEMPLATE_WORDS

__all__ = ["after", "bp", "follow", "handout", "refer", "register"]


def register(app: Flask) -> None:
    """Give every template the words of a referral, what a client's page and a match say of them."""
    app.jinja_env.globals.update(TEMPLATE_WORDS)
    app.jinja_env.globals.update(client_referrals=follow.referrals_of_client)
    app.jinja_env.globals.update(need_states=follow.need_states)
    earlier.told_by(app, follow.tried_before)
