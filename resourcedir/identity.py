"""Who is asking: a plain value made once per request, so that rules can be tested without one.

It is the ``scope`` that every query on people or referrals requires.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Role(StrEnum):
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    PROVIDER = "provider"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Officer:
    """Refers the clients who are assigned to them."""

    user_id: UUID
    agency_id: UUID
    team_id: UUID
    role: ClassVar = Role.OFFICER


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Sees the follow-through of one team and moves clients between its officers."""

    user_id: UUID
    agency_id: UUID
    team_id: UUID
    role: ClassVar = Role.SUPERVISOR


@dataclass(frozen=True, slots=True)
class Provider:
    """Works at an organization that people are referred to."""

    user_id: UUID
    organization_id: UUID
    role: ClassVar = Role.PROVIDER


@dataclass(frozen=True, slots=True)
class Administrator:
    """Keeps the directory and the accounts of one agency; reads nothing about clients."""

    user_id: UUID
    agency_id: UUID
    role: ClassVar = Role.ADMINISTRATOR


Identity = Officer | Supervisor | Provider | Administrator
