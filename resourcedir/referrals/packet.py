"""What a referral tells the provider: frozen when it is sent, and never made anew.

Pure. Whatever is not a field here does not leave the agency. There is no field for a diagnosis, an
offense, a condition, a home address or the narrow need, and none may be added without the test
that lists them.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, Self

from resourcedir.taxonomy.terms import taxonomy

_NO_TIME: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One client's details as one provider reads them.

    ``contact_by`` is "call", "text" or "officer"; with "officer" there is no ``contact_phone``.
    ``need`` is the code of a widest term. ``place`` is empty where the place is confidential.
    """

    client_name: str
    initials: str
    birth_year: str
    contact_by: str
    contact_phone: str
    leave_no_message: bool
    need: str | None
    officer_name: str
    officer_phone: str
    note: str
    listing_name: str
    organization: str
    place: tuple[str, ...]
    confidential: bool
    listing_phone: str
    made_at: datetime

    def to_json(self) -> str:
        """Return the packet as it is kept."""
        values = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the packet that ``to_json`` wrote."""
        values = json.loads(text)
        values["made_at"] = datetime.fromisoformat(values["made_at"])
        values["place"] = tuple(values["place"])
        return cls(**values)

    def fingerprint(self) -> str:
        """Return a mark of the words alone, the same for two packets that read alike.

        The page that shows a packet carries it, so that only what was read is sent.
        """
        return sha256(replace(self, made_at=_NO_TIME).to_json().encode()).hexdigest()


def initials(name: str) -> str:
    """Return "M. T." for "Marcus Tolliver": all that a printed sheet says of who it is for."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    return " ".join(f"{word[0].upper()}." for word in words)


def broad_need(code: str | None) -> str | None:
    """Return the code of the widest term above ``code``; None for none or an unknown one."""
    if code is None or code not in taxonomy():
        return None
    return taxonomy().lineage(code)[-1].code
