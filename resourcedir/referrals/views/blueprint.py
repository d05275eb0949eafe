"""The blueprint that the views of this room share."""

from typing import Final

from flask import Blueprint

bp: Final = Blueprint("referrals", __name__, url_prefix="/referrals")
