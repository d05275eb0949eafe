"""The words for what is recorded of a client: marked English, translated where they are shown."""

from typing import Final

from resourcedir.clients.facts import Fact, FactSource, Income, Pets, Transport
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

FACTS: Final = {
    Fact.BIRTH: N_("Date of birth"),
    Fact.GENDER: N_("Gender"),
    Fact.VETERAN: N_("Veteran"),
    Fact.PREGNANT: N_("Pregnant"),
    Fact.DEPENDENTS: N_("Children who would come along"),
    Fact.PETS: N_("Animals"),
    Fact.ACCESS: N_("Access needs"),
    Fact.PAYERS: N_("Who can pay"),
    Fact.INCOME: N_("Income"),
    Fact.DOCUMENTS: N_("Papers"),
    Fact.OFFENSES: N_("Offenses asked about"),
    Fact.WARRANT: N_("Open warrant"),
    Fact.MEDICATIONS: N_("Medication"),
    Fact.SOBRIETY: N_("Days sober"),
    Fact.TRANSPORT: N_("Gets around"),
    Fact.FARTHEST: N_("Farthest they can go"),
    Fact.COUNTY: N_("County they live in"),
    Fact.STAY_WITHIN: N_("May not leave"),
    Fact.STARTS_ON: N_("Supervision starts"),
    Fact.ENDS_ON: N_("Supervision ends"),
    Fact.RELEASE_ON: N_("Release from custody"),
}

FACT_SOURCES: Final = {
    FactSource.CLIENT: N_("Client"),
    FactSource.OFFICER: N_("Officer"),
    FactSource.COURT: N_("Court or board record"),
    FactSource.DOCUMENT: N_("Document seen"),
    FactSource.ASSESSMENT: N_("Assessment"),
}

GENDERS: Final = {
    "men": N_("Man"),
    "women": N_("Woman"),
    "nonbinary": N_("Nonbinary person"),
}
"""What of the vocabulary can be so of one person."""

PETS: Final = {
    Pets.NONE: N_("No animal"),
    Pets.SERVICE_ANIMAL: N_("Service animal"),
    Pets.PET: N_("Pet"),
}

INCOMES: Final = {
    Income.NONE: N_("No income"),
    Income.LOW: N_("Up to twice the federal poverty line"),
    Income.ABOVE: N_("More than twice the federal poverty line"),
}

TRANSPORTS: Final = {
    Transport.WALKS: N_("On foot"),
    Transport.BUS: N_("By bus"),
    Transport.CAR: N_("By car"),
}
