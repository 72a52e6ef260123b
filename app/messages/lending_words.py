"""The words of the codes of lending: bounds, stresses, credit risk, life of the loan.

Kinds of collateral, of events and of registration have theirs in the declarations of the case;
those of registration states and of the checklist are in `loan_notices`.
"""

from app.i18n import N_

BOUND_REASONS = {
    "not_entered": N_("not entered"),
    "no_risk_free_rate": N_("the riskless rate is not entered"),
    "no_carbon_security": N_("no carbon is among the collaterals"),
    "no_path": N_("the value cannot be carried forward"),
    "no_value": N_("the value is not positive"),
    "no_income": N_("the right earns nothing within the horizon"),
    "no_cash_flow": N_("no cash falls into the life of the loan"),
    "no_cash_in_a_year": N_("a year of the loan has no cash for its debt service"),
    "no_value_left": N_("on some day of the loan nothing of the value is left"),
    "no_spread": N_(
        "the rate of the loan does not exceed the riskless rate: nothing pays for the risk"
    ),
}
"""Why a bound has no amount, or nothing, by code of `Bound.reason`."""

BOUND_DETAILS = {
    "pledge_ratio": N_("lendable over value {figure}"),
    "var": N_("ratio by value at risk {figure}"),
    "option": N_("ratio by an option {figure}"),
    "dscr": N_("lowest DSCR of the schedule {figure}"),
    "llcr": N_("LLCR of the schedule {figure}"),
    "plcr": N_("PLCR of the schedule {figure}"),
    "stressed_dscr": N_("lowest DSCR of the schedule under stress {figure}"),
    "ltv_path": N_("highest loan over remaining value of the schedule {figure}"),
    "life_income": N_("undiscounted revenue {figure} yuan"),
}
"""What a bound rests on, with its figure, by code of `Bound`."""

REMEDIES = {
    "ratio": N_("A pledge ratio of {figure} would carry the amount asked."),
    "ratio.over": N_("The pledge ratio would have to be {figure}, more than the whole value."),
    "ltv_path.ratio": N_(
        "A loan of up to {figure} of the remaining value would have to be allowed."
    ),
    "life_income.ratio": N_("{figure} of the life income would have to be allowed."),
    "value": N_("A value of the pledged right of {figure} yuan would carry the amount asked."),
    "cash": N_("{figure} times the cash of every year would carry the amount asked."),
    "price": N_(
        "A carbon price of {figure} yuan/t on the valuation date, all else the same, would carry "
        "the amount asked."
    ),
    "security": N_("Further security that carries {figure} yuan would suffice."),
    "ltv_path.security": N_(
        "Further security of {figure} yuan after haircut, over the whole life, would suffice."
    ),
    "cap": N_("A limit of {figure} yuan would carry the amount asked."),
    "purpose.cap": N_("The purpose would have to need {figure} yuan."),
    "volatility": N_("A volatility of {figure} a year would carry the amount asked."),
}
"""What would lift a bound, by code of `Remedy`; "bound.code" where a bound has words of its own.

"ratio.over" is said of a pledge ratio above 100 %.
"""

NO_REMEDY = {
    "ratio": N_("No pledge ratio would carry the amount asked."),
    "value": N_("No value of the right would carry the amount asked."),
    "cash": N_("No multiple of the cash would carry the amount asked."),
    "price": N_("No carbon price, all else the same, would carry the amount asked."),
    "security": N_("No further security would carry the amount asked."),
    "cap": N_("No limit would carry the amount asked."),
    "volatility": N_("No volatility, however low, would carry the amount asked."),
}
"""What is said where no change of this kind suffices, by code of `Remedy`."""

CASE_VALUES = {
    "gross": N_("gross value"),
    "net": N_("net value"),
    "prudent": N_("prudent value"),
    "liquidation": N_("liquidation value"),
    "concluded": N_("concluded value"),
    "issued": N_("value of the issued credits"),
}
"""Type of a collateral's value that is one of this case, by code of `CollateralResult`."""

PATH_REASONS = {
    "not_followed": N_(
        "The value the loan is sized on cannot be carried forward: the cash flow it would follow "
        "is not worth anything."
    ),
}
"""Why there is no path of the loan over remaining value, by code of `PathResult.reason`."""

LINE_KINDS = {
    "payment": N_("payment"),
    "prepayment": N_("prepayment"),
    "extension": N_("extension"),
}
"""Kinds of the lines of a schedule, by code."""

STRESS_NAMES = {
    "base": N_("As entered"),
    "S1": N_("Price −30 %"),
    "S2": N_("Price −50 %"),
    "S3": N_("Issued 24 months later"),
    "S4": N_("Tonnes −40 %"),
    "S5": N_("Methodology no longer accepted"),
    "S6": N_("S1, S3 and S4 together"),
    "S7": N_("LPR +200 bp"),
    "S8": N_("Buyer defaults, spot sale"),
}
"""Names of the stresses that are always computed, by code."""

STRESS_REASONS = {
    "fixed_rate": N_("The rate of the loan is fixed: a higher LPR does not move it."),
}
"""What must be said beside a stress, by code."""

STRESS_NOTE = N_(
    "Each stress takes what it changes into value, cover and path; the amount and the days of the "
    "loan stay."
)
"""What is said below the stresses."""

STAGES = {1: N_("stage 1"), 2: N_("stage 2"), 3: N_("stage 3")}
"""Stages of IFRS 9 and CAS 22."""

STAGE_REASONS = {
    "performing": N_("performing"),
    "risk_increased": N_("credit risk has risen significantly"),
    "past_due_30": N_("more than 30 days past due"),
    "past_due_90": N_("more than 90 days past due"),
    "default": N_("in default"),
}
"""Why the loan is in its stage, by code."""

PD_FROM = {
    "entered": N_("entered"),
    "grade": N_("by the grade"),
    "default": N_("the loan is in default"),
}
"""Where the probability of default comes from, by code."""

LGD_FROM = {
    "entered": N_("entered"),
    "collaterals": N_("from the collaterals"),
    "floor": N_("the floor entered"),
}
"""Where the loss given default comes from, by code."""

NO_RELIEF = N_(
    "Carbon credits and their income rights are no eligible collateral for capital: they lower "
    "the expected loss and the price, not the risk-weighted assets."
)
"""What is said with the capital of every loan."""

LEDGER_EVENTS = {
    "drawn": N_("drawn"),
    "due": N_("payment due"),
    "received": N_("received"),
    "cost": N_("cost"),
    "prepaid": N_("prepayment due"),
    "diverted": N_("diverted use"),
    "repriced": N_("repriced"),
    "": N_("day watched"),
}
"""What was booked on a day, by code of `LedgerDay.events`; "" on a day without any."""

FIVE_CLASSES = {
    "normal": N_("normal risk"),
    "special_mention": N_("special mention"),
    "substandard": N_("substandard"),
    "doubtful": N_("doubtful"),
    "loss": N_("loss"),
}
"""Five classes of risk, by code.

Source: 商业银行金融资产风险分类办法 (中国银保监会 中国人民银行令〔2023〕第1号).
"""

LEAST_CLASS = N_("at least, by days past due alone; the lender's own judgement may be worse")
"""What stands beside the class of a loan."""

WATCH_STATES = {
    "above": N_("above all lines"),
    "warning": N_("below the warning line"),
    "margin_call": N_("below the margin-call line"),
    "enforcement": N_("below the enforcement line"),
    "discharged": N_("nothing is owed"),
}
"""State of the coverage on a day, by code of `WatchPoint`."""

EVENT_STATES = {
    "open": N_("to be cured"),
    "overdue": N_("not cured in time"),
    "cured": N_("cured"),
    "noted": N_("noted, no trigger"),
}
"""State of an event, by code of `EventResult`."""

WATERFALL = {
    "proceeds": N_("Proceeds of the disposal"),
    "costs": N_("Costs of recovery"),
    "penalty": N_("Penalty and compound interest"),
    "interest": N_("Interest"),
    "principal": N_("Principal"),
    "surplus": N_("Left for the pledgor"),
}
"""Steps of the waterfall of a disposal, by code of `WaterfallLine`."""

DUE_STATES = {
    "done": N_("done"),
    "due": N_("due"),
    "late": N_("late"),
    "ahead": N_("ahead"),
}
"""State of what is due, by code of `DueItem`."""

DUE_ITEMS = {
    "payment": N_("Payment {number}: {payment} yuan, of it principal {principal} yuan"),
    "payment.prepayment": N_(
        "Prepayment {number}: {payment} yuan, of it principal {principal} yuan"
    ),
    "payment.extension": N_(
        "Payment {number} of the extension: {payment} yuan, of it principal {principal} yuan"
    ),
    "payment.open": N_("{open} yuan of it unpaid"),
    "drawdown": N_("Drawdown of {amount} yuan"),
    "repricing": N_("The rate is repriced; by the LPR entered it is {rate} a year"),
    "inspection": N_("Inspection {number} after the loan"),
    "revaluation": N_("Revaluation {number} of the collaterals"),
    "verification": N_("Verification of the tonnes monitored up to {monitored_to}"),
    "registration_90": N_("The registration {number} ends in 90 days, on {ends}"),
    "registration_30": N_("The registration {number} ends in 30 days, on {ends}"),
    "registration_7": N_("The registration {number} ends in 7 days, on {ends}"),
    "registration_end": N_("The registration {number} ends; it is needed until {required_end}"),
    "cancel_registration": N_(
        "Cancel the registration {number}: the debt was extinguished on {discharged_on}"
    ),
    "amend_registration": N_(
        "Amend the registration {number}: the pledgor was renamed on {renamed_on}"
    ),
    "insurance_end": N_("The insurance ends: {name}"),
    "guarantee_end": N_("The guarantee ends: {name}"),
    "appraisal_end": N_("The appraisal expires: {name}"),
    "cure": N_("Cure: {cause} since {since}"),
    "cure.margin_call": N_(
        "Margin call since {since}: add security of {add_security} yuan or prepay {prepay} yuan"
    ),
    "kpi_test": N_("Indicator tested: {name}, target {target}"),
}
"""What is due, by code of `DueItem`; after a dot the words of one kind of it."""

CHECK_STATES = {
    "met": N_("met"),
    "not_asked": N_("not asked of this loan"),
    "warning": N_("not met: warning"),
    "red_flag": N_("not met: red flag, no print is final"),
}
"""State of a condition of the checklist."""

GREEN_NOTES = {
    "verified": N_("found in the catalogue of the program, verified"),
    "unverified": N_("not verified: compare it with the official text"),
    "transitional": N_("stays on the standard before the edition of 2025"),
    "current": N_("falls under the edition in force when it is drawn"),
    "unknown": N_("the day of approval is not entered"),
    "four_eyes": N_("decided and checked by two persons"),
    "two_eyes": N_("not checked by another person than who decided"),
    "open": N_("not decided yet"),
}
"""What is said beside the green classification."""

KPI_STATES = {True: N_("target met"), False: N_("missed"), None: N_("not tested yet")}
"""Whether an indicator was met."""
