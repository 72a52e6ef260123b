"""Words and sources of warnings and red flags of the loan, by notice code; words of its checklist.

A "{lines}" counts the lines of a table from 1.
"""

from app.i18n import N_

_AMOUNT = {
    "loan_on_gross": N_(
        "The loan is sized on the gross value, from which neither costs nor time are taken off. "
        "The net value is {net} yuan."
    ),
    "amount_over_bounds": N_(
        "More is asked than the bounds allow: {supported} yuan of {amount} yuan, by the bound "
        "“{bound}”; {uncovered} yuan go beyond it."
    ),
    "carbon_alone_too_small": N_(
        "Carbon alone does not carry the loan: it supports {supported} yuan of {amount} yuan; "
        "{uncovered} yuan rest on other security and on the borrower."
    ),
}

_LEGAL = {
    "no_specified_account": N_(
        "No specified account: without one the lender is not paid first from the income."
    ),
    "no_account_bank": N_("No bank of the specified account: the account cannot be watched."),
    "no_registration": N_(
        "No registration number: without registration the pledge has no effect in rem."
    ),
    "no_query_certificate": N_(
        "No query certificate: it is not shown that nobody is registered before this lender."
    ),
    "query_day_missing": N_(
        "The day of the search for earlier registrations is missing; it must not lie after "
        "drawdown."
    ),
    "query_after_drawdown": N_(
        "Earlier registrations were searched on {day}, after drawdown on {drawdown}."
    ),
    "registration_ends_early": N_(
        "The registration ends on {end}, before {required}: maturity on {maturity} and {months} "
        "months to enforce."
    ),
    "registration_end_missing": N_("The end of the registration is missing."),
    "registration_expired": N_(
        "The registration ended on {end}; on {day} the debt still stands. Register the pledge anew."
    ),
    "registration_cancelled": N_(
        "The registration is cancelled, but on {day} the debt still stands."
    ),
    "registration_incomplete": N_(
        "Entries of the registration record that the system asks for and that are empty: {count}."
    ),
    "registered_after_drawdown": N_(
        "The pledge was registered on {day}, after drawdown on {drawdown}: until then it did not "
        "secure the loan."
    ),
    "registration_alarm": N_("The registration ends on {end}; days left to extend it: {days}."),
    "registration_extended_early": N_(
        "The extension registered on {day} lies more than {days} days before the end of the term, "
        "{end}: an extension is registered in the last {days} days."
    ),
    "registration_extended_late": N_(
        "The extension registered on {day} came after the end of the term, {end}, and revives "
        "nothing. Register the pledge anew."
    ),
    "cancellation_due": N_("The debt is extinguished: cancel the registration by {by}."),
    "cancellation_overdue": N_(
        "The debt is extinguished, and the registration was to be cancelled by {by}."
    ),
    "amendment_due": N_("The pledgor was renamed: amend the registration by {by}."),
    "amendment_overdue": N_(
        "The pledgor was renamed, and the registration was to be amended by {by}."
    ),
    "repo_recharacterised": N_(
        "A sale with a promise to buy back may be treated as security: the lender then holds a "
        "claim with a charge, not the credits. If the credits never existed, the relation counts "
        "that the parties really have."
    ),
    "matures_after_right": N_(
        "The loan matures on {maturity}, later than {months} months before the right ends ({end})."
    ),
    "appraisal_expired": N_(
        "The appraisal has expired: it is valid to {expires}, drawdown is on {drawdown}."
    ),
    "valued_after_drawdown": N_(
        "The value is of {day}, after drawdown on {drawdown}: until then the loan is held against "
        "a value that nobody knew yet."
    ),
    "extension_too_long": N_(
        "The loan is extended by {months} months; with its term it may be extended by {limit} "
        "months at most."
    ),
    "extension_without_consent": N_(
        "No written consent of guarantors and pledgors to the extension: their security may fall "
        "away."
    ),
}

_SECURITY = {
    "insurance_lapsed": N_("The assigned policy ended on {end}, before {day}."),
    "insurance_ends_before_maturity": N_(
        "The assigned policy ends on {end}, before maturity on {maturity}: renew it in time."
    ),
    "insurance_end_missing": N_("The end of the assigned policy is missing."),
    "guarantee_ended": N_("The guarantee ended on {end}, before {day}."),
    "guarantee_ends_before_maturity": N_(
        "The guarantee ends on {end}, before maturity on {maturity}."
    ),
    "not_first_registered": N_(
        "Others are registered before this lender on the collaterals of lines {lines}: they are "
        "paid first. Enter their claims."
    ),
    "rank_not_known": N_(
        "It is not said whether this lender is registered first on the collaterals of lines "
        "{lines}."
    ),
    "collateral_value_old": N_(
        "The value of a collateral is of {day}, more than {months} months before drawdown on "
        "{drawdown}."
    ),
    "collateral_value_expired": N_(
        "The value of a collateral is valid to {end}, drawdown is on {drawdown}."
    ),
    "issued_credits_without_value": N_(
        "Issued credits are pledged without a value: they count for nothing. Enter one, or value "
        "them apart in the appraisal."
    ),
    "secured_maximum_low": N_(
        "The collaterals secure {total} yuan at most, less than the claim of {claim} yuan."
    ),
}

_COURSE = {
    "dscr_below_one": N_(
        "Years of the loan whose cash does not pay principal and interest: {count}. The first is "
        "year {year}, to {end}, with a DSCR of {dscr}."
    ),
    "no_sale_before_maturity": N_(
        "No credits are sold between drawdown and maturity on {maturity}: the right itself repays "
        "nothing."
    ),
    "value_gone": N_("From {day} on nothing of value is left to secure what is still owed."),
    "path_below_margin": N_(
        "By the plan, coverage falls to {coverage} on {day}, below the margin-call line of {line}."
    ),
    "path_below_enforcement": N_(
        "By the plan, coverage falls to {coverage} on {day}, below the enforcement line of {line}."
    ),
    "calendar_by_weekends": N_(
        "Payment days in years without a published calendar go by weekends alone: {years}."
    ),
    "calendar_not_in_case": N_(
        "The working days of {years} are those of the program, not of this case: a new calendar "
        "could move payment days. Copy the days into the case before it is signed."
    ),
    "lpr_old": N_(
        "The last LPR before drawdown on {drawdown} is of {day}: enter the rates published since."
    ),
    "payments_overdue": N_(
        "On {day} payments of {amount} yuan are overdue; the oldest fell due {days} days before."
    ),
    "discharged_while_owed": N_(
        "The debt is said to be extinguished; by the ledger {amount} yuan are owed on {day}. Enter "
        "what came in, or keep the waiver or the realisation on file."
    ),
    "margin_call_open": N_(
        "Coverage of {coverage} on {day} is below the margin-call line: to be cured by {by}."
    ),
    "margin_call_overdue": N_(
        "Coverage of {coverage} on {day} is below the margin-call line and was to be cured by {by}."
    ),
    "event_open": N_(
        "The event of line {line}, known on {day}, calls for more security: to be cured by {by}."
    ),
    "event_overdue": N_(
        "The event of line {line}, known on {day}, called for more security by {by} and is not "
        "cured."
    ),
}

_GREEN = {
    "green_four_eyes": N_(
        "The green classification needs two persons: one who decides and another who checks."
    ),
    "green_incomplete": N_("Entries that the green classification lacks: {count}."),
    "green_code_unverified": N_(
        "The item code {code} was not read in {edition} by this program: check it against the "
        "official text."
    ),
    "green_edition_too_new": N_(
        "The loan was approved on {approved}, before the edition of 2025 was issued: it stays on "
        "the standard before, not on {edition}."
    ),
    "green_edition_not_in_force": N_(
        "{edition} is in force from {day}, after drawdown on {drawdown}."
    ),
    "green_edition_too_old": N_(
        "The loan was approved on {approved}, when the edition of 2025 was in force: {edition} "
        "does not apply."
    ),
    "kpi_missed": N_("Indicators that missed their target: {names}."),
    "kpi_untested": N_("Indicators whose day of test has come without a figure: {names}."),
    "green_catalogue_refused": N_(
        "The catalogue {file} is left aside and the shipped one counts: line {line}, column "
        "“{column}”, given “{given}”; expected {caution}."
    ),
}

LOAN_NOTICES = {**_AMOUNT, **_LEGAL, **_SECURITY, **_COURSE, **_GREEN}

_TERMS_OF_REGISTRATION = N_("令〔2019〕第4号, predecessor of 令〔2021〕第7号, as to terms")
_HOUSE = N_("house convention")
_UNIFIED = N_("notice on 绿色金融支持项目目录（2025年版）")

LOAN_SOURCES = {
    "no_specified_account": "法释〔2020〕28号第61条",
    "no_account_bank": "法释〔2020〕28号第61条",
    "no_registration": "法释〔2020〕28号第63条",
    "no_query_certificate": N_("usual practice before drawdown"),
    "query_after_drawdown": N_("usual practice before drawdown"),
    "registration_extended_early": _TERMS_OF_REGISTRATION,
    "registration_extended_late": _TERMS_OF_REGISTRATION,
    "cancellation_due": _TERMS_OF_REGISTRATION,
    "cancellation_overdue": _TERMS_OF_REGISTRATION,
    "amendment_due": _TERMS_OF_REGISTRATION,
    "amendment_overdue": _TERMS_OF_REGISTRATION,
    "repo_recharacterised": "法释〔2020〕28号第68条",
    "extension_too_long": "《贷款通则》第12条",
    "extension_without_consent": "《贷款通则》第12条",
    "matures_after_right": _HOUSE,
    "registration_ends_early": _HOUSE,
    "collateral_value_old": _HOUSE,
    "valued_after_drawdown": _HOUSE,
    "lpr_old": _HOUSE,
    "path_below_margin": _HOUSE,
    "path_below_enforcement": _HOUSE,
    "margin_call_open": _HOUSE,
    "margin_call_overdue": _HOUSE,
    "event_open": _HOUSE,
    "event_overdue": _HOUSE,
    "green_edition_too_new": _UNIFIED,
    "green_edition_not_in_force": _UNIFIED,
    "green_edition_too_old": _UNIFIED,
}

CHECKLIST = {
    "specified_account": N_("Specified account named"),
    "account_bank": N_("Bank of the specified account named"),
    "registration_no": N_("Pledge registered before drawdown"),
    "query_certificate": N_("Query certificate obtained before drawdown"),
    "registration_term": N_("Registration outlasts maturity and the time to enforce"),
    "registration_record": N_("Registration record complete and up to date"),
    "right_buffer": N_("Loan matures before the right ends, buffer kept"),
    "appraisal_valid": N_("Appraisal valid at drawdown"),
    "ledger_free": N_("Tonnes neither pledged nor sold before"),
    "legal_form": N_("Form of the security cannot be re-characterised"),
    "insurance": N_("Assigned insurance in force to maturity"),
    "guarantee": N_("Guarantee in force to maturity"),
    "first_registered": N_("Lender registered first on each collateral"),
    "secured_maximum": N_("Maximum secured covers the claim"),
    "collateral_values": N_("Values of the collaterals recent and valid"),
    "sizing": N_("Amount within every bound"),
    "cover": N_("Cash pays the debt in every year"),
    "coverage_lines": N_("Coverage stays above the lines"),
    "payments": N_("Payments made when due"),
    "days_and_rate": N_("Working days in the case, reference rate up to date"),
    "extension": N_("Extension within its limit, with consent"),
    "green_decision": N_("Green classification complete, by two persons"),
    "cancellation": N_("Registration cancelled after the debt was extinguished"),
}
"""What a signatory ticks, by code of `ChecklistItem`."""

REGISTRATION_STATES = {
    "none": N_("not registered"),
    "active": N_("registered"),
    "expired": N_("expired"),
    "cancelled": N_("cancelled"),
}
"""State of a registration, by code of `RegistrationResult.state`."""
