"""The words of measures, and of the conditions before a loan is drawn."""

from app.i18n import N_

MEASURES: dict[str, tuple[str, str]] = {
    "enforce": (
        N_(
            "Decide on realising the security; until then call for security of {add} yuan or a "
            "prepayment of {prepay} yuan."
        ),
        N_("Coverage of {coverage} is below the enforcement line of {line}."),
    ),
    "call": (
        N_("Call for security of {add} yuan or a prepayment of {prepay} yuan."),
        N_("Coverage of {coverage} is below the margin-call line of {line}."),
    ),
    "call_overdue": (
        N_(
            "Send an overdue notice, and decide on enforcement or on a new day: security of {add} "
            "yuan or a prepayment of {prepay} yuan is still missing."
        ),
        N_(
            "Coverage of {coverage} is below the margin-call line of {line}, and the days to cure "
            "have passed."
        ),
    ),
    "watch": (
        N_("Watch the loan closely: revalue and inspect before the next planned day."),
        N_("Coverage of {coverage} is below the warning line of {line}."),
    ),
    "event": (
        N_("Have the event cured: {event}."),
        N_("It lets the lender call for more security; known on {day}."),
    ),
    "event_overdue": (
        N_("Decide on further steps: {event}."),
        N_("The event of {day} was not cured in time."),
    ),
    "collect": (
        N_("Collect what is past due, {amount} yuan, and classify the loan at least as {class}."),
        N_("The oldest bill is {days} days past due."),
    ),
    "register": (
        N_("Register the pledge."),
        N_("No registration is in the case: without it the pledge has no effect in rem."),
    ),
    "register_anew": (
        N_("Register the pledge anew."),
        N_("The registration {number} ended on {ends}, and the debt still stands."),
    ),
    "extend_registration": (
        N_(
            "Extend the registration {number} to {required_end} at least; possible from {from_day}."
        ),
        N_("It ends on {ends} and is needed until {required_end}."),
    ),
    "amend_registration": (
        N_("Amend the registration {number}."),
        N_("The pledgor was renamed on {renamed_on}."),
    ),
    "cancel_registration": (
        N_("Cancel the registration {number}."),
        N_("The debt was extinguished on {discharged_on}."),
    ),
    "insurance_end": (N_("Have the insurance renewed: {name}."), N_("It ends on the day named.")),
    "guarantee_end": (N_("Have the guarantee renewed: {name}."), N_("It ends on the day named.")),
    "appraisal_end": (N_("Have the value found anew: {name}."), N_("The appraisal expires.")),
    "inspection": (
        N_("Inspect the borrower, the use of the money and the sink."),
        N_("Inspections planned and not made, or due: {count}."),
    ),
    "revaluation": (
        N_("Revalue the collaterals."),
        N_("Revaluations planned and not made, or due: {count}."),
    ),
    "verification": (
        N_("Obtain the report of the verification, or the reason why it is late."),
        N_("Verifications due or not made in time: {count}."),
    ),
    "kpi_test": (
        N_("Have the indicator tested: {name}."),
        N_("The target on the day of the test is {target} {unit}."),
    ),
}
"""What is to be done and by which rule, by code of `Measure`."""

POINT_STATES = {
    "met": N_("met"),
    "open": N_("not met yet"),
    "failed": N_("failed"),
    "not_asked": N_("not asked of this loan"),
}
"""State of a condition before drawdown, by code of `DrawdownPoint`."""
