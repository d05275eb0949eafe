"""Pages on which officers refer somebody and hear back."""

from flask import Flask

from resourcedir.referrals.views import after, follow, handout, refer
from resourcedir.referrals.views.blueprint import bp
from resourcedir.referrals.views.words import TEMPLATE_WORDS

__all__ = ["after", "bp", "follow", "handout", "refer", "register"]


def register(app: Flask) -> None:
    """Give every template the words of a referral, and the list that a client's page includes."""
    app.jinja_env.globals.update(TEMPLATE_WORDS)
    app.jinja_env.globals.update(client_referrals=follow.referrals_of_client)
