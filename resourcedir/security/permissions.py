"""Which role may do which kind of thing. One table, read by guards, templates and tests.

It answers "may a provider ever answer a referral?". Whether *this* provider may answer *this*
referral is answered by the queries, which find only what the person may see.
"""

from enum import StrEnum
from typing import Final

from resourcedir.identity import Identity, Role


class Permission(StrEnum):
    DIRECTORY_READ = "directory:read"
    DIRECTORY_REPORT = "directory:report"
    LISTING_EDIT = "listing:edit"
    CLIENT_READ = "client:read"
    CLIENT_EDIT = "client:edit"
    CLIENT_REASSIGN = "client:reassign"
    REFERRAL_READ = "referral:read"
    REFERRAL_MANAGE = "referral:manage"
    PORTAL_USE = "portal:use"
    ACCOUNT_USE = "account:use"


POLICY: Final = {
    Permission.DIRECTORY_READ: frozenset(Role),
    Permission.DIRECTORY_REPORT: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Permission.LISTING_EDIT: frozenset({Role.PROVIDER, Role.ADMINISTRATOR}),
    Permission.CLIENT_READ: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Permission.CLIENT_EDIT: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Permission.CLIENT_REASSIGN: frozenset({Role.SUPERVISOR}),
    Permission.REFERRAL_READ: frozenset({Role.OFFICER, Role.SUPERVISOR}),
    Permission.REFERRAL_MANAGE: frozenset({Role.OFFICER}),
    Permission.PORTAL_USE: frozenset({Role.PROVIDER}),
    Permission.ACCOUNT_USE: frozenset(Role),
}


def permits(identity: Identity | None, permission: Permission) -> bool:
    """Say whether somebody in this role may ever do this."""
    return identity is not None and identity.role in POLICY[permission]
