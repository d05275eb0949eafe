"""What people may submit about referrals."""

from resourcedir.referrals.forms.drafting import CheckForm, DetailsForm, ModeForm, StartForm
from resourcedir.referrals.forms.following import CallForm, OutcomeForm, StepForm
from resourcedir.referrals.forms.parts import PressForm, ReleaseForm

__all__ = [
    "CallForm",
    "CheckForm",
    "DetailsForm",
    "ModeForm",
    "OutcomeForm",
    "PressForm",
    "ReleaseForm",
    "StartForm",
    "StepForm",
]
