"""Whose clients somebody has: the one rule that every query on clients and referrals asks.

An officer has the clients who are assigned to them now; a supervisor those of the team's officers.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import InstrumentedAttribute

from resourcedir.accounts.models import User
from resourcedir.clients.models import Assignment
from resourcedir.identity import Officer, Supervisor

Scope = Officer | Supervisor


def is_present(scope: Scope) -> ColumnElement[bool]:
    """Return what holds of an assignment and its officer (``User``), where both are selected."""
    mine = User.id == scope.user_id if isinstance(scope, Officer) else of_team(scope)
    return and_(Assignment.officer_id == User.id, Assignment.until_at.is_(None), mine)


def has_now(scope: Scope, client_id: InstrumentedAttribute[UUID] | UUID) -> ColumnElement[bool]:
    """Return whether a client is somebody of ``scope``'s now."""
    assigned = select(Assignment.id).join(User, User.id == Assignment.officer_id)
    return assigned.where(Assignment.client_id == client_id, is_present(scope)).exists()


def of_team(scope: Supervisor) -> ColumnElement[bool]:
    """Return what holds of a user of the supervisor's team."""
    return and_(User.agency_id == scope.agency_id, User.team_id == scope.team_id)
