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
    "final_without_approval": N_(
        "an approved version: a final document is issued only when the approval is on record"
    ),
    "no_template": N_("a template of the house: a JSON object with its fields"),
    "holder_needed": N_("the name of the holder"),
    "short_passphrase": N_("a passphrase of at least {limit} signs"),
    "no_pkcs12": N_("a certificate with its key (PKCS#12, a file ending in .p12 or .pfx)"),
    "no_certificate": N_("a certificate (PEM or DER)"),
    "wrong_passphrase": N_("the passphrase of this certificate"),
    "no_private_key": N_("a certificate with its private key"),
    "certificate_expired": N_("a certificate that is still valid; this one ended on {last}"),
    "certificate_not_yet_valid": N_(
        "a certificate that is valid already; this one begins on {first}"
    ),
    "certificate_unfit": N_(
        "a certificate whose key may sign documents: its key usage allows neither digital "
        "signature nor non-repudiation, or it is for servers or programs only"
    ),
    "key_unsupported": N_("a key that is RSA of at least {bits} bits or an elliptic curve"),
    "no_module": N_("the driver of the token (a PKCS#11 library) that can be loaded"),
    "no_token": N_("one token with this label that is plugged in"),
    "wrong_pin": N_("the PIN of this token"),
    "pin_locked": N_("a token whose PIN is not locked"),
    "no_token_key": N_("the label of a key with its certificate in the token {token}"),
    "token_failed": N_("a token that signs; its driver says: {reason}"),
    "unknown_number": N_("the number of a document in the book"),
    "unknown_case": N_("the number or the name of a case in the book"),
    "several_cases": N_("one case; several have this name, by their numbers: {known}"),
}
