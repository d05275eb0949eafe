"""What came of a referral, where several say something of it. Pure."""

from collections.abc import Mapping

from resourcedir.referrals.lifecycle import Result, WordOf


def counts_as(said: Mapping[WordOf, Result]) -> Result:
    """Return what the latest word of each source comes to.

    A document settles it. Provider and client who contradict each other leave it not known: the
    one with more to lose must not be outvoted in silence.
    """
    known = {source: result for source, result in said.items() if result is not Result.NOT_KNOWN}
    if (
        WordOf.DOCUMENT not in known
        and {WordOf.PROVIDER, WordOf.CLIENT} <= set(known)
        and known[WordOf.PROVIDER] is not known[WordOf.CLIENT]
    ):
        return Result.NOT_KNOWN
    order = (WordOf.DOCUMENT, WordOf.PROVIDER, WordOf.CLIENT, WordOf.OFFICER)
    return next((known[source] for source in order if source in known), Result.NOT_KNOWN)
