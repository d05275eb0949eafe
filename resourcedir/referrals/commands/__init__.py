"""Changes to referrals. A command checks the rules and changes the rows; the view commits."""

from resourcedir.referrals.commands.acting import By, audit
from resourcedir.referrals.commands.doing_due import do_due
from resourcedir.referrals.commands.drafting import (
    Details,
    Wanted,
    choose_mode,
    save_details,
    start_draft,
)
from resourcedir.referrals.commands.following import (
    Asked,
    Said,
    open_by_provider,
    record_outcome,
    record_release,
    take_step,
    told_by_phone,
)
from resourcedir.referrals.commands.holding import offer_freed
from resourcedir.referrals.commands.planning import plan_answer
from resourcedir.referrals.commands.recounting import recount
from resourcedir.referrals.commands.sending import Checked, preview, record, send

__all__ = [
    "Asked",
    "By",
    "Checked",
    "Details",
    "Said",
    "Wanted",
    "audit",
    "choose_mode",
    "do_due",
    "offer_freed",
    "open_by_provider",
    "plan_answer",
    "preview",
    "record",
    "record_outcome",
    "record_release",
    "recount",
    "save_details",
    "send",
    "start_draft",
    "take_step",
    "told_by_phone",
]
