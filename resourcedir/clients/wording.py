"""The words for what is recorded of a client: marked English, translated where they are shown."""

from typing import Final

from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.texts import N_

SUPERVISION: Final = {
    SupervisionType.PROBATION: N_("Probation"),
    SupervisionType.PAROLE: N_("Parole"),
    SupervisionType.PRETRIAL: N_("Pretrial supervision"),
}

CONTACT_BY: Final = {
    ContactBy.CALL: N_("Call"),
    ContactBy.TEXT: N_("Text message"),
    ContactBy.OFFICER: N_("Through the officer only"),
}

NEED_SOURCE: Final = {
    NeedSource.COURT: N_("Court or board"),
    NeedSource.ASSESSMENT: N_("Assessment"),
    NeedSource.CLIENT: N_("Client"),
    NeedSource.OFFICER: N_("Officer"),
}

DO_NOT_CONTACT: Final = N_("Do not contact")
LEAVE_NO_MESSAGE: Final = N_("Leave no message")
