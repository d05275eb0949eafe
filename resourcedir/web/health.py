"""Says whether the app can answer. For monitors and for the demo's own check."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from resourcedir.engine.folder import IndexFolder
from resourcedir.extensions import db
from resourcedir.outbox import queries as outbox
from resourcedir.security.guards import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Public: a monitor has no account.

    It says that the database answers, and how many changes the search does not know yet; null
    where there is no index.
    """
    newest = outbox.last_change(db.session)
    manifest = IndexFolder(current_app.config["SETTINGS"].index_dir).manifest()
    return jsonify(ok=True, index_lag=manifest and max(0, newest - manifest.change))
