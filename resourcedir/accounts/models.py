"""Agencies, teams, users and their sign-ins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id, stored_by_value
from resourcedir.identity import Role


class Agency(Base):
    """A probation or parole agency. Nothing of one is ever seen by another."""

    __tablename__ = "agency"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    name: Mapped[str] = mapped_column(unique=True, comment="internal: shown at the foot of pages")


class Team(Base):
    """Officers under one supervisor."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    agency_id: Mapped[UUID] = mapped_column(
        ForeignKey("agency.id"), comment="internal: whose team it is"
    )
    name: Mapped[str] = mapped_column(comment="internal: as its people say it")


class User(Base):
    """Somebody who can sign in. Officers and supervisors have a team, providers an organization."""

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('officer', 'supervisor') AND team_id IS NOT NULL AND agency_id IS NOT NULL"
            " AND organization_id IS NULL)"
            " OR (role = 'administrator' AND agency_id IS NOT NULL AND team_id IS NULL"
            " AND organization_id IS NULL)"
            " OR (role = 'provider' AND organization_id IS NOT NULL AND agency_id IS NULL"
            " AND team_id IS NULL)",
            "belongs_where_its_role_does",
        ),
    )

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    role: Mapped[Role] = mapped_column(stored_by_value(Role), comment="internal: what they may do")
    agency_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("agency.id"), index=True, comment="internal: agency"
    )
    team_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("team.id"), index=True, comment="internal: team"
    )
    organization_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organization.id"), index=True, comment="internal: a provider's organization"
    )
    email: Mapped[str] = mapped_column(unique=True, comment="internal: signs in with it")
    name: Mapped[str] = mapped_column(comment="internal: as others at work know them")
    phone: Mapped[str | None] = mapped_column(comment="internal: work phone")
    password_hash: Mapped[str] = mapped_column(comment="internal: argon2id")
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    disabled_at: Mapped[datetime | None] = mapped_column(comment="internal: UTC")


class SignIn(Base):
    """One sign-in in one browser. The cookie holds a random token, this its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(
        primary_key=True, comment="internal: SHA-256 of the token"
    )
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), index=True, comment="internal: who"
    )
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    seen_at: Mapped[datetime] = mapped_column(
        comment="internal: last use, written once a minute at most, UTC"
    )
    ended_at: Mapped[datetime | None] = mapped_column(comment="internal: UTC")
