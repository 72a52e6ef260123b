"""Whether the pledge holds: account, search, registration, form, appraisal and tenor.

Sources: 法释〔2020〕28号, articles 61, 63 and 68; 动产和权利担保统一登记办法 (令〔2021〕第7号)
and the text of its predecessor 令〔2019〕第4号; 贷款通则, articles 8 and 12. Buffer and tail are
house conventions of the case.
"""

from datetime import date, timedelta

from app.finance.case.appraisal import Appraisal
from app.finance.case.lending.registration import RegistrationKind
from app.finance.case.lending.security import LegalForm
from app.finance.case.loan import Loan
from app.finance.case.maturity import maturity_of
from app.finance.dates import add_months, whole_months_between
from app.finance.lending.caution_parts import Watched, red_flag, warning
from app.finance.lending.life_results import RegistrationResult
from app.finance.lending.registration import EXTENSION_WINDOW_DAYS, required_end
from app.finance.notices import Notice
from app.finance.valuation.horizon import right_end

APPRAISAL_VALID_MONTHS = 12
"""Usual validity of an appraisal from its valuation date; a conclusion says its own."""

_HISTORY = "loan.registration.history"
_SHORT_MONTHS, _MEDIUM_MONTHS, _LONG_EXTENSION_MONTHS = 12, 60, 36


def legal_cautions(seen: Watched) -> list[Notice]:
    """Return what stands against the pledge, the search and the tenor."""
    found = [*_account(seen.loan), *_registered(seen), *_search(seen.loan), *_tenor(seen)]
    if seen.loan.legal_form is LegalForm.REPO:
        found.append(red_flag("repo_recharacterised", "loan.legal_form"))
    if seen.result.registration is not None:
        found += _record(seen, seen.result.registration)
    return [*found, *_extension(seen.loan)]


def _account(loan: Loan) -> list[Notice]:
    if not loan.specified_account:
        return [red_flag("no_specified_account", "loan.specified_account")]
    return [] if loan.account_bank else [red_flag("no_account_bank", "loan.account_bank")]


def _search(loan: Loan) -> list[Notice]:
    """The search for earlier registrations has a certificate and was made before drawdown."""
    if not loan.query_certificate_no:
        return [red_flag("no_query_certificate", "loan.query_certificate_no")]
    if loan.query_day is None:
        return [warning("query_day_missing", "loan.query_day")]
    if loan.query_day > loan.drawdown_date:
        facts = {"day": loan.query_day, "drawdown": loan.drawdown_date}
        return [red_flag("query_after_drawdown", "loan.query_day", **facts)]
    return []


def _registered(seen: Watched) -> list[Notice]:
    """A number, and an end after maturity and the time to enforce; on the day watched as well."""
    loan, path = seen.loan, "loan.registration_end"
    number, end = seen.registered
    found = [] if number else [red_flag("no_registration", "loan.registration_no")]
    if end is None:
        return found or [warning("registration_end_missing", path)]
    required = required_end(loan, seen.maturity)
    if end < required:
        facts = {"end": end, "maturity": seen.maturity, "required": required}
        months = loan.registration_tail_months
        found.append(red_flag("registration_ends_early", path, months=months, **facts))
    if end < seen.day and seen.is_owed:
        found.append(red_flag("registration_expired", path, end=end, day=seen.day))
    return found


def valid_until(appraisal: Appraisal) -> date:
    """Return the last day of an appraisal."""
    conclusion = appraisal.conclusion
    months = APPRAISAL_VALID_MONTHS if conclusion is None else conclusion.valid_months
    return add_months(appraisal.valuation_date, months)


def appraisal_end(seen: Watched) -> date | None:
    """Return the last day of the appraisal; None for a case without one."""
    appraisal = seen.case.appraisal
    return None if appraisal is None else valid_until(appraisal)


def _tenor(seen: Watched) -> list[Notice]:
    loan, found = seen.loan, []
    end = right_end(seen.case.project)
    months = loan.right_buffer_months
    if end is not None and seen.maturity > add_months(end[1], -months):
        path = "loan.term_months" if loan.maturity_date is None else "loan.maturity_date"
        facts = {"maturity": seen.maturity, "end": end[1], "months": months}
        found.append(red_flag("matures_after_right", path, **facts))
    expires = appraisal_end(seen)
    if expires is not None and loan.drawdown_date > expires:
        facts = {"drawdown": loan.drawdown_date, "expires": expires}
        found.append(red_flag("appraisal_expired", "loan.drawdown_date", **facts))
    appraisal = seen.case.appraisal
    if appraisal is not None and loan.drawdown_date < appraisal.valuation_date:
        facts = {"day": appraisal.valuation_date, "drawdown": loan.drawdown_date}
        found.append(warning("valued_after_drawdown", "appraisal.valuation_date", **facts))
    return found


def _record(seen: Watched, record: RegistrationResult) -> list[Notice]:
    """The record on the day watched: cancelled, about to end, to be cancelled, amended, filled."""
    found = []
    if record.state == "cancelled" and seen.is_owed:
        found.append(red_flag("registration_cancelled", _HISTORY, day=seen.day))
    if record.missing:
        path = record.missing[0]
        found.append(warning("registration_incomplete", path, count=len(record.missing)))
    started = [line.day for line in record.history if line.kind == RegistrationKind.INITIAL]
    if started and started[0] > seen.loan.drawdown_date:
        facts = {"day": started[0], "drawdown": seen.loan.drawdown_date}
        found.append(warning("registered_after_drawdown", _HISTORY, **facts))
    reached = [days for days, day in record.alarms if day <= seen.day]
    if reached and record.state == "active" and record.ends is not None and seen.is_owed:
        left = (record.ends - seen.day).days
        found.append(warning("registration_alarm", _HISTORY, end=record.ends, days=left))
    return [*found, *_cancellation(seen, record), *_amendment(seen, record), *_extended(record)]


def _cancellation(seen: Watched, record: RegistrationResult) -> list[Notice]:
    open_still = record.state in ("active", "expired")
    if record.cancel_by is None or seen.is_owed or not open_still:
        return []
    path = "loan.monitoring.discharged_on"
    if record.cancel_by < seen.day:
        return [red_flag("cancellation_overdue", path, by=record.cancel_by)]
    return [warning("cancellation_due", path, by=record.cancel_by)]


def _amendment(seen: Watched, record: RegistrationResult) -> list[Notice]:
    renamed = None
    if seen.loan.registration is not None:
        renamed = seen.loan.registration.pledgor_renamed_on
    if renamed is None or record.amend_by is None or renamed > seen.day:
        return []
    lines = [line for line in record.history if line.kind == RegistrationKind.AMENDMENT]
    if any(renamed <= line.day <= seen.day for line in lines):
        return []
    code = "amendment_overdue" if record.amend_by < seen.day else "amendment_due"
    return [warning(code, "loan.registration.pledgor_renamed_on", by=record.amend_by)]


def _extended(record: RegistrationResult) -> list[Notice]:
    """Extensions of the registration outside the last 90 days of its term."""
    found = []
    for place, line in enumerate(record.history):
        if line.extends is None:
            continue
        path, facts = f"{_HISTORY}.{place}.day", {"day": line.day, "end": line.extends}
        if line.day > line.extends:
            found.append(red_flag("registration_extended_late", path, **facts))
        elif line.day < line.extends - timedelta(days=EXTENSION_WINDOW_DAYS):
            days = EXTENSION_WINDOW_DAYS
            found.append(warning("registration_extended_early", path, days=days, **facts))
    return found


def extension_limit(loan: Loan) -> float:
    """Return the longest extension in months by 贷款通则, articles 8 and 12.

    A loan of up to a year may be extended by its own term, one of up to five years by half of it,
    a longer one by three years.
    """
    start, end = loan.drawdown_date, maturity_of(loan)
    term = whole_months_between(start, end)
    if end <= add_months(start, _SHORT_MONTHS):
        return float(term)
    return term / 2 if end <= add_months(start, _MEDIUM_MONTHS) else float(_LONG_EXTENSION_MONTHS)


def _extension(loan: Loan) -> list[Notice]:
    extension = loan.extension
    if extension is None:
        return []
    found = []
    limit = extension_limit(loan)
    if extension.months > limit:
        path, months = "loan.extension.months", extension.months
        found.append(red_flag("extension_too_long", path, months=months, limit=limit))
    if not extension.consent:
        found.append(warning("extension_without_consent", "loan.extension.consent"))
    return found
