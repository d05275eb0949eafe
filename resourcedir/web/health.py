"""Says whether the app can answer. For monitors and for the demo's own check."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from resourcedir.extensions import db
from resourcedir.security.guards import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Public: a monitor has no account. It says nothing but that the database answers."""
    with db.engine.connect():
        return jsonify(ok=True)
