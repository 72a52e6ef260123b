"""What is expected where a document, its template or its number is refused, by problem code."""

from app.i18n import N_

DOCUMENT_EXPECTED: dict[str, str] = {
    "kind_without_insurance": N_("an insurance: this document is printed of a case that has one"),
    "kind_without_claims": N_("claims: a payment letter is printed of a policy that has some"),
    "kind_without_index": N_("an index cover: a policy schedule is printed of a case that has one"),
    "kind_without_appraisal": N_("an appraisal: this document is printed of a case that has one"),
    "kind_without_loan": N_("a loan: this document is printed of a case that has one"),
    "kind_without_monitoring": N_(
        "the life of the loan: a monitoring report is printed of a loan that is watched"
    ),
    "kind_without_call": N_(
        "a loan below its margin-call line or with an open event: only then is there a call"
    ),
    "kind_without_release": N_(
        "the day on which the debt was extinguished: only then is the security released"
    ),
    "unknown_claim_event": N_("an event of the claims: {known}"),
    "event_without_letter": N_("no event: only a payment letter is of one event"),
    "not_a_colour": N_("a colour of six hexadecimal digits, for example #0B6E75"),
    "bad_pattern": N_(
        "a pattern with the word serial in braces, no other words in braces than these: {known}; "
        "up to 60 signs, none of them forbidden in file names"
    ),
    "logo_too_large": N_("a picture of at most {limit} bytes"),
    "no_picture": N_("a picture in PNG or JPEG"),
    "text_too_long": N_("at most {limit} signs"),
    "too_many": N_("at most {limit} lines"),
    "unknown_choice": N_("one of: {known}"),
    "not_a_text": N_("a text"),
}
