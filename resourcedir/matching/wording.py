"""The words of findings and questions, as an officer would say them. Pure.

Marked English; ``explaining`` translates it and fills the places in. ``WORDS`` has a row for each
matter and reason that a finding can have. No word may say that something near a place to keep away
from is permitted, and none may name that place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from resourcedir.clients.facts import Fact
from resourcedir.directory.asking import Matter
from resourcedir.directory.kinds import RuleKind
from resourcedir.matching.verdicts import About, Limit, Verdict, Why
from resourcedir.texts import N_


@dataclass(frozen=True, slots=True)
class Words:
    """How one kind of finding is said.

    ``line`` is a piece of the line that a row has; one with a question mark is asked on the phone.
    ``more`` is a sentence after it. ``so`` is the short verdict where that of ``SO`` says too
    little. ``ask`` is the question for the phone where ``line`` is none. ``of_client``: the client
    is asked it, not the place.
    """

    line: str
    more: str = ""
    so: str = ""
    ask: str = ""
    of_client: bool = False


SO: Final[Mapping[Verdict, str]] = {
    Verdict.YES: N_("yes"),
    Verdict.CALL: N_("call: %(ask)s"),
    Verdict.NOT_KNOWN: N_("not known: call"),
    Verdict.NO: N_("no"),
}
KEEP_NO_RECORD: Final = N_("is the client among these: %(what)s? Keep no record of it.")
"""What is asked where no fact of ours tells, and none should."""
SO_ASK_CLIENT: Final[Mapping[Verdict, str]] = {
    Verdict.CALL: N_("ask the client"),
    Verdict.NOT_KNOWN: N_("not known: ask the client"),
}
SHIFT: Final = N_("is there a shift outside of the curfew?")
"""What is asked of a job whose hours are in the way."""

_DECIDE: Final = N_("They decide case by case.")
_IS_IT_ALL_RIGHT: Final = N_("is %(what)s all right?")
_THEIR_RULE: Final = N_("their rule on %(what)s")
_TAKES: Final = N_("takes %(what)s")
_DO_THEY_TAKE: Final = N_("do they take %(what)s?")
_MEASURE: Final = N_("not known: measure it")
_WHERE: Final = N_("may the client come, with a place to keep away from?")

_OF_PEOPLE: Final[Mapping[tuple[About, Why], Words]] = {
    (Matter.STATUS, Why.CLOSED): Words(N_("takes nobody: %(offer)s")),
    (Matter.STATUS, Why.FULL): Words(N_("is a place free again, or is there a waiting list?")),
    (Matter.STATUS, Why.PAUSED): Words(
        N_("takes nobody through %(date)s"), so=N_("no, through %(date)s")
    ),
    (Matter.STATUS, Why.TOO_OLD): Words(N_("applications closed %(date)s")),
    (Matter.GENDER, Why.FITS): Words(N_("for %(what)s")),
    (Matter.GENDER, Why.NOTHING_ASKED): Words(N_("any gender")),
    (Matter.GENDER, Why.FACT_MISSING): Words(N_("gender; they ask: %(asks)s")),
    (Matter.GENDER, Why.NOT_LISTED): Words(N_("%(others)s only")),
    (Matter.GENDER, Why.REFUSED): Words(N_("not for %(what)s")),
    (Matter.GENDER, Why.CASE_BY_CASE): Words(_DO_THEY_TAKE),
    (Matter.AGE, Why.FITS): Words(N_("the age fits: %(ages)s")),
    (Matter.AGE, Why.FACT_MISSING): Words(N_("date of birth; they take people %(ages)s")),
    (Matter.AGE, Why.TOO_YOUNG): Words(N_("too young at %(age)s; they take people %(ages)s")),
    (Matter.AGE, Why.TOO_OLD): Words(N_("too old at %(age)s; they take people %(ages)s")),
    (Matter.POPULATION, Why.FITS): Words(N_("made for %(what)s")),
    (Matter.POPULATION, Why.NOT_LISTED): Words(N_("only for %(others)s")),
    (Matter.POPULATION, Why.REFUSED): Words(N_("not for %(what)s")),
    (Matter.POPULATION, Why.CASE_BY_CASE): Words(_DO_THEY_TAKE, _DECIDE),
    (Matter.POPULATION, Why.FACT_MISSING): Words(
        N_("whether the client is among: %(what)s"),
        ask=N_("whom do they count among %(what)s?"),
    ),
    (Matter.POPULATION, Why.IN_WORDS): Words(
        N_("would they take the client? They take only: %(what)s."),
        so=N_("call: would they take the client?"),
    ),
    (Matter.OFFENSE, Why.FITS): Words(_TAKES),
    (Matter.OFFENSE, Why.NOTHING_ASKED): Words(N_("no offense that they ask about")),
    (Matter.OFFENSE, Why.NOT_LISTED): Words(N_("only for people with %(others)s")),
    (Matter.OFFENSE, Why.REFUSED): Words(N_("%(what)s is refused")),
    (Matter.OFFENSE, Why.CASE_BY_CASE): Words(_IS_IT_ALL_RIGHT, _DECIDE),
    (Matter.OFFENSE, Why.UNSAID): Words(_THEIR_RULE, ask=_IS_IT_ALL_RIGHT),
    (Matter.OFFENSE, Why.FACT_MISSING): Words(N_("offenses: %(what)s")),
    (Matter.OFFENSE, Why.OTHERS): Words(
        N_("is the client's offense all right, whatever it is? It is none of those recorded."),
        so=N_("call: is the client's offense all right?"),
    ),
    (Matter.WARRANT, Why.FITS): Words(N_("open warrants are not in the way")),
    (Matter.WARRANT, Why.NOT_LISTED): Words(N_("only for people with an open warrant")),
    (Matter.WARRANT, Why.REFUSED): Words(N_("an open warrant is refused")),
    (Matter.WARRANT, Why.CASE_BY_CASE): Words(N_("is an open warrant all right?"), _DECIDE),
    (Matter.WARRANT, Why.FACT_MISSING): Words(N_("whether there is an open warrant")),
    (Matter.WARRANT, Why.WORN): Words(
        N_("is there still no open warrant? The answer is of %(date)s."),
        so=N_("ask the client again"),
    ),
    (Matter.MEDICATION, Why.FITS): Words(_TAKES),
    (Matter.MEDICATION, Why.NOTHING_ASKED): Words(N_("no medication that they ask about")),
    (Matter.MEDICATION, Why.NOT_LISTED): Words(N_("only for people who take %(others)s")),
    (Matter.MEDICATION, Why.REFUSED): Words(N_("no %(what)s there")),
    (Matter.MEDICATION, Why.CASE_BY_CASE): Words(_IS_IT_ALL_RIGHT, _DECIDE),
    (Matter.MEDICATION, Why.UNSAID): Words(_THEIR_RULE, ask=_IS_IT_ALL_RIGHT),
    (Matter.MEDICATION, Why.FACT_MISSING): Words(N_("medications: %(what)s")),
    (Matter.SOBRIETY, Why.FITS): Words(N_("sober for the %(days)s days that they ask")),
    (Matter.SOBRIETY, Why.NOTHING_ASKED): Words(N_("asks no days sober")),
    (Matter.SOBRIETY, Why.FACT_MISSING): Words(N_("days sober; they ask %(days)s")),
    (Matter.SOBRIETY, Why.WORN): Words(
        N_("is the client still sober? They ask %(days)s days, and the count is of %(date)s."),
        so=N_("ask the client again"),
    ),
    (Matter.SOBRIETY, Why.TOO_SOON): Words(
        N_("days sober: the %(days)s that they ask are reached on %(date)s"),
        so=N_("no, not before %(date)s"),
    ),
    (Matter.SOBRIETY, Why.UNSAID): Words(N_("how many days sober do they ask?")),
    (Matter.SOBRIETY, Why.CASE_BY_CASE): Words(N_("how many days sober do they ask?"), _DECIDE),
}

_OF_PAPERS: Final[Mapping[tuple[About, Why], Words]] = {
    (Matter.RESIDENCY, Why.FITS): Words(N_("lives in %(what)s")),
    (Matter.RESIDENCY, Why.FACT_MISSING): Words(
        N_("county of residence; they ask about %(others)s")
    ),
    (Matter.RESIDENCY, Why.OUTSIDE): Words(N_("only for people who live in %(others)s")),
    (Matter.RESIDENCY, Why.OUTSIDE_BY_ZIP): Words(
        N_(
            "does the client live in %(others)s? Most of the home ZIP code is elsewhere, "
            "and more is not known."
        ),
        so=N_("ask the client for the county"),
    ),
    (Matter.RESIDENCY, Why.REFUSED): Words(N_("not for people who live in %(what)s")),
    (Matter.RESIDENCY, Why.CASE_BY_CASE): Words(
        N_("do they take people who live in %(what)s?"), _DECIDE
    ),
    (Matter.PAYER, Why.FITS): Words(N_("payment: %(what)s")),
    (Matter.PAYER, Why.FACT_MISSING): Words(N_("who pays; they take %(others)s")),
    (Matter.PAYER, Why.PAYS): Words(
        N_("can the client pay, or does somebody help? They take %(others)s."),
        so=N_("call: can the client pay, or does somebody help?"),
    ),
    (Matter.PAYER, Why.CANNOT_PAY): Words(
        N_("does somebody help a client without income to pay? They take %(others)s."),
        so=N_("call: does somebody help to pay?"),
    ),
    (Matter.PAYER, Why.NOT_LISTED): Words(
        N_("is there a way to pay for the client? They take %(others)s."),
        so=N_("call: is there a way to pay?"),
    ),
    (Matter.DOCUMENT, Why.FITS): Words(N_("has the %(what)s")),
    (Matter.DOCUMENT, Why.FACT_MISSING): Words(N_("papers: %(what)s")),
    (Matter.DOCUMENT, Why.OFFICER_BRINGS): Words(
        N_("you bring the %(what)s"), so=N_("yes, from you")
    ),
    (Matter.DOCUMENT, Why.LACKING): Words(N_("may the %(what)s follow?")),
    (Matter.REFERRAL_SOURCE, Why.FITS): Words(N_("an officer may refer")),
    (Matter.REFERRAL_SOURCE, Why.SELF): Words(
        N_("the client applies"), so=N_("yes: the client applies")
    ),
    (Matter.REFERRAL_SOURCE, Why.BY_OTHERS): Words(
        N_("who can refer? They name: %(others)s."), so=N_("call: who can refer?")
    ),
    (Matter.REFERRAL_SOURCE, Why.REFUSED): Words(
        N_("who can refer, if an officer may not?"), so=N_("call: who can refer?")
    ),
    (Matter.REFERRAL_SOURCE, Why.CASE_BY_CASE): Words(N_("may an officer refer?"), _DECIDE),
    (Matter.CHILDREN, Why.FITS): Words(N_("for people with children")),
    (Matter.CHILDREN, Why.NOT_LISTED): Words(N_("only for people who bring children")),
    (Matter.CHILDREN, Why.REFUSED): Words(N_("no children there")),
    (Matter.CHILDREN, Why.CASE_BY_CASE): Words(N_("may the children come?"), _DECIDE),
    (Matter.CHILDREN, Why.FACT_MISSING): Words(N_("whether children would come along")),
    (Matter.PETS, Why.FITS): Words(N_("for people with a pet")),
    (Matter.PETS, Why.NOT_LISTED): Words(N_("only for people with a pet")),
    (Matter.PETS, Why.REFUSED): Words(N_("no pets there")),
    (Matter.PETS, Why.CASE_BY_CASE): Words(N_("may the pet come?"), _DECIDE),
    (Matter.PETS, Why.SERVICE_ANIMAL): Words(
        N_("may the service animal come? A rule on pets does not speak of it."),
        so=N_("call: may the service animal come?"),
    ),
    (Matter.PETS, Why.FACT_MISSING): Words(N_("whether there is a pet")),
}

_OF_LIMITS: Final[Mapping[tuple[About, Why], Words]] = {
    (Limit.ZONE, Why.CLEAR): Words(
        N_("keep-away place %(number)s: %(measured)s, confirm"), so=N_("yes; confirm")
    ),
    (Limit.ZONE, Why.NEAR): Words(
        N_("keep-away place %(number)s: %(measured)s, limit %(limit)s"),
        N_("Confirm the distance first."),
        so=N_("confirm the distance first"),
    ),
    (Limit.ZONE, Why.INSIDE): Words(
        N_("keep-away place %(number)s: %(measured)s, limit %(limit)s, confirm")
    ),
    (Limit.ZONE, Why.NO_POINT): Words(
        N_("distance to keep-away place %(number)s: it has no point on the map"), so=_MEASURE
    ),
    (Limit.ZONE, Why.BY_ZIP): Words(
        N_("distance to keep-away place %(number)s: only the ZIP code of this place is known"),
        so=_MEASURE,
    ),
    (Limit.ZONE, Why.HIDDEN): Words(
        N_("its place is not shown: call about keep-away place %(number)s"), ask=_WHERE
    ),
    (Limit.STAY_WITHIN, Why.FITS): Words(N_("in %(what)s")),
    (Limit.STAY_WITHIN, Why.OUTSIDE): Words(N_("in %(place)s; may not leave %(what)s")),
    (Limit.STAY_WITHIN, Why.HIDDEN): Words(
        N_("its place is not shown: it may be outside of %(what)s"), ask=N_("is it in %(what)s?")
    ),
    (Limit.STAY_WITHIN, Why.BY_ZIP): Words(
        N_("whether it is in %(what)s: its county is not known for certain"),
        ask=N_("is it in %(what)s?"),
    ),
    (Limit.REACH, Why.FITS): Words(N_("%(distance)s from home")),
    (Limit.REACH, Why.BEYOND): Words(
        N_("how would the client get there? It is %(distance)s from home in a straight line."),
        so=N_("ask the client for a way to get there"),
        of_client=True,
    ),
    (Limit.REACH, Why.HIDDEN): Words(
        N_("how far it is: its place is not shown"), ask=N_("how far is it for the client?")
    ),
    (Limit.REACH, Why.BY_ZIP): Words(
        N_("how far it is: its place is not on the map"), ask=N_("how far is it for the client?")
    ),
    (Limit.HOURS, Why.FITS): Words(N_("open when the client is free")),
    (Limit.HOURS, Why.BUSY): Words(N_("is there a time outside of curfew and work?")),
    (Limit.HOURS, Why.HOURS_UNKNOWN): Words(
        N_("its hours; curfew or work bind the client"), ask=N_("when are they open?")
    ),
    (Limit.ACCESS, Why.FITS): Words(N_("has: %(what)s")),
    (Limit.ACCESS, Why.NOT_LISTED): Words(
        N_("do they have: %(what)s? They name other help only."),
        so=N_("call: do they have it?"),
    ),
    (Limit.ACCESS, Why.UNSAID): Words(N_("do they have: %(what)s?")),
    (Limit.LANGUAGE, Why.FITS): Words(N_("speaks %(what)s")),
    (Limit.LANGUAGE, Why.NOT_LISTED): Words(
        N_("does somebody speak %(what)s, or is there an interpreter?")
    ),
    (Limit.LANGUAGE, Why.UNSAID): Words(
        N_("does somebody speak %(what)s, or is there an interpreter?")
    ),
}

WORDS: Final[Mapping[tuple[About, Why], Words]] = {**_OF_PEOPLE, **_OF_PAPERS, **_OF_LIMITS}

OFFENSES: Final[Mapping[str, str]] = {
    "arson": N_("arson"),
    "sexual": N_("a sexual offense"),
    "violent": N_("a violent offense"),
    "meth-manufacture": N_("making methamphetamine"),
    "registry": N_("a sex offender registration"),
    "domestic-violence": N_("a domestic violence offense"),
    "against-children": N_("an offense against a child"),
    "drug-sale": N_("selling drugs"),
    "weapons": N_("a weapons offense"),
    "theft": N_("theft or burglary"),
}
"""Offenses as they stand in a sentence."""

PAPERS: Final[Mapping[str, str]] = {"photo-id": N_("photo ID")}
"""Papers whose name does not stand well in a sentence."""

HAS_PAPER: Final[Mapping[str, str]] = {"photo-id": N_("has a photo ID")}
"""Papers of which any of several will do."""

PAYERS: Final[Mapping[str, str]] = {
    "block-grant": N_("block grants"),
    "state-funded": N_("state funding"),
    "corrections-funded": N_("payment by a court or an agency"),
    "sliding-fee": N_("a sliding fee"),
    "uninsured": N_("people without insurance"),
}
"""What they take, where its name does not stand well after "they take"."""

MATTERS: Final[Mapping[RuleKind, str]] = {
    RuleKind.GENDER: N_("Gender"),
    RuleKind.POPULATION: N_("Whom it is for"),
    RuleKind.OFFENSE: N_("Offenses"),
    RuleKind.WARRANT: N_("Open warrants"),
    RuleKind.RESIDENCY: N_("Where people live"),
    RuleKind.DOCUMENT: N_("Papers"),
    RuleKind.MEDICATION: N_("Medications"),
    RuleKind.SOBRIETY_DAYS: N_("Days sober"),
    RuleKind.REFERRAL_SOURCE: N_("Who may refer"),
    RuleKind.PETS: N_("Pets"),
    RuleKind.CHILDREN: N_("Children"),
}
"""What a listing is silent on."""

GENERAL: Final[Mapping[Matter, str]] = {
    Matter.OFFENSE: N_("any offense"),
    Matter.MEDICATION: N_("any prescribed medication"),
}
"""What a rule without a code is about."""

STRENGTH: Final[tuple[About, ...]] = (
    Matter.OFFENSE,
    Matter.MEDICATION,
    Limit.ZONE,
    Matter.SOBRIETY,
    Matter.WARRANT,
    Matter.DOCUMENT,
    Matter.POPULATION,
    Matter.GENDER,
    Matter.AGE,
    Matter.PAYER,
)
"""What of a yes says most to somebody who has to find a place; all others come after these."""

QUESTIONS: Final[Mapping[Fact, str]] = {
    Fact.BIRTH: N_("On what day was the client born?"),
    Fact.GENDER: N_("What does the client say when a service asks for the gender?"),
    Fact.VETERAN: N_("Did the client serve in the armed forces?"),
    Fact.PREGNANT: N_("Is the client pregnant?"),
    Fact.DEPENDENTS: N_("How many children would come along?"),
    Fact.PETS: N_("Would an animal come along?"),
    Fact.ACCESS: N_("What does the client need to get in and about?"),
    Fact.PAYERS: N_("Who can pay for the client?"),
    Fact.INCOME: N_("What income does the client have?"),
    Fact.DOCUMENTS: N_("Which of these papers does the client have?"),
    Fact.OFFENSES: N_("Which of these offenses are on the record?"),
    Fact.WARRANT: N_("Is there an open warrant?"),
    Fact.MEDICATIONS: N_("Which of these medications does the client take?"),
    Fact.SOBRIETY: N_("Days since the client last used anything not prescribed"),
    Fact.TRANSPORT: N_("How does the client get around?"),
    Fact.FARTHEST: N_("How many miles from home can the client go?"),
    Fact.COUNTY: N_("In which county does the client live?"),
    Fact.STAY_WITHIN: N_("Which county or state may the client not leave?"),
    Fact.STARTS_ON: N_("On what day does supervision start?"),
    Fact.ENDS_ON: N_("On what day does supervision end?"),
    Fact.RELEASE_ON: N_("On what day is, or was, the release from custody?"),
}
QUESTIONS_ON: Final[Mapping[Fact, str]] = {
    Fact.DOCUMENTS: N_("%(what)s: does the client have one?"),
    Fact.OFFENSES: N_("%(what)s: is it on the record?"),
    Fact.MEDICATIONS: N_("%(what)s: does the client take it?"),
}
"""Questions about one entry of a list."""
