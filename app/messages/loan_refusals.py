"""What is expected in the place of a refused input of the loan, by problem code."""

from app.i18n import N_

LOAN_EXPECTED: dict[str, str] = {
    "not_after_drawdown": N_("a day after the drawdown, {start}"),
    "maturity_disagrees": N_(
        "{by_term}, the day the term leads to; or no term, when the loan ends on another day"
    ),
    "maturity_too_late": N_("a day up to {last}: a loan runs for at most {months} months"),
    "after_maturity": N_("a day up to the maturity, {maturity}"),
    "not_before_maturity": N_("a day before the maturity, {maturity}"),
    "grace_too_long": N_("a grace period that ends before the maturity, {maturity}"),
    "not_months": N_("months from 1 to 12 with commas between them, each once, for example 6, 11"),
    "balloon_leaves_nothing": N_("less than 100%: something must be left for the instalments"),
    "step_not_after": N_("a payment after that of the line before, {before}"),
    "steps_over_loan": N_("shares that repay at most 100% of the loan, not {percent}%"),
    "table_sum": N_("lines that add up to the loan, {amount}, not {total}"),
    "table_not_to_maturity": N_("{maturity}: the last line is paid at maturity"),
    "first_tranche_day": N_("{start}: the first tranche is drawn on the drawdown date"),
    "tranche_overlaps": N_("a day after {before}, up to which the tranche before can be drawn"),
    "tranches_over_amount": N_("tranches that add up to at most the loan, {amount}, not {total}"),
    "prepayments_over_loan": N_(
        "prepayments that add up to at most the loan, {amount}, not {total}"
    ),
    "over_loan": N_("at most the loan, {amount}"),
    "lpr_missing": N_("a rate published before {day}: the rate of the loan is taken from it"),
    "calendar_twice": N_("each day once: line {line} is of the same day"),
    "calendar_year_unknown": N_(
        "own days for this year: the calendar of China is known from {first} to {last}; or let "
        "Saturdays and Sundays alone be free in years without one"
    ),
    "grade_twice": N_("each grade once: line {line} is of the same grade"),
    "unknown_grade": N_("one of the grades of the lender: {known}"),
    "weights_not_one": N_("weights that add up to 100%, not {percent}%"),
    "before_line_before": N_("a day not before that of the line before, {before}"),
    "first_not_initial": N_("an initial registration: the history begins with one"),
    "after_cancellation": N_("nothing: the registration was cancelled on {day}"),
    "overdue_multiple_missing": N_(
        "the overdue rate as a multiple of the rate of the loan: something is overdue from {day} on"
    ),
    "diverted_multiple_missing": N_(
        "the rate of diverted use as a multiple of the rate of the loan: money is used otherwise "
        "from {day} on"
    ),
    "watched_too_long": N_("a day at most {years} years after drawdown"),
    "revaluation_empty": N_("a carbon price or a value of the right"),
    "tonnes_of_event": N_("tonnes planned and verified: this event compares them"),
    "prepayment_over_balance": N_("at most what is owed on that day, {balance}"),
    "extension_over_balance": N_("at most the principal due at maturity, {balance}"),
    "extension_of_nothing": N_("no extension: the loan is repaid before its maturity"),
    "no_cash_to_sculpt": N_(
        "another way of repayment: no cash comes in during the periods that repay principal"
    ),
    "no_annualised_rate": N_("fees that leave something of the loan"),
    "revaluation_without_price": N_(
        "a value of the right: the case has no price above zero to hold this one against"
    ),
    "pledged_twice": N_(
        "shares of the same right or credits that add up to at most 100%, not {percent}%"
    ),
    "year_not_after": N_("a year after that of the line before, {before}: each year once"),
    "vote_missing": N_("a vote: this seat voted on {day}"),
    "before_meeting": N_("a day not before the meeting, {meeting}"),
    "quorum_over_members": N_("at most {members}, as many as there are members"),
    "clause_empty": N_("a text in Chinese or in English"),
    "clause_twice": N_("each clause once: line {line} says the same"),
    "another_pledgor": N_("the pledgor of the registration record, {registered}"),
    "before_last_drawdown": N_("a day not before the last drawdown, {day}"),
    "valid_beyond_availability": N_(
        "a day up to which the loan is available, {last} at the latest"
    ),
}
