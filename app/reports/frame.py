"""What every kind of document has around its text: identity, signatures, header and footer."""

from collections.abc import Iterable, Sequence

from app.finance.case.case import CaseFile
from app.finance.explain import Step
from app.i18n import N_
from app.reports.document import (
    DASH,
    Block,
    Document,
    Fact,
    Signature,
    Signatures,
    Strip,
    Text,
    Words,
    free,
)
from app.reports.stamp import Stamp

NOT_BINDING = N_(
    "Indicative and not binding. It becomes an offer only by a contract signed after "
    "approval; the values rest on the inputs listed in the annex."
)
"""What a document with a price says above its signatures."""

_NO_HOUSE = "Blue Carbon Desk 蓝碳金融工作台"


def identity(words: Words, stamp: Stamp) -> Strip:
    """Number, day of issue, version and status of the document."""
    version = free(str(stamp.case_version)) if stamp.case_version is not None else DASH
    status = words(N_("approved")) if stamp.approved else words(N_("draft"))
    return Strip(
        (
            Fact(words(N_("Document number")), free(stamp.document_no)),
            Fact(words(N_("Issued on")), free(stamp.issued_on.isoformat())),
            Fact(words(N_("Version of the case")), version),
            Fact(words(N_("Status")), status),
        )
    )


def signed(words: Words, stamp: Stamp, statement: Text) -> Signatures:
    """Who prepared, reviewed and approved the document, under what it is not."""
    approved_on = stamp.approved_on.isoformat() if stamp.approved_on else ""
    return Signatures(
        (
            Signature(words(N_("Prepared by")), stamp.prepared_by, ""),
            Signature(words(N_("Reviewed by")), "", ""),
            Signature(words(N_("Approved by")), stamp.approved_by, approved_on),
        ),
        words(N_("Signature")),
        words(N_("Date")),
        statement,
    )


def framed(
    words: Words,
    file: CaseFile,
    stamp: Stamp,
    title: Text,
    blocks: Iterable[Block],
    *,
    house: str,
    steps: Sequence[Step] = (),
) -> Document:
    """Return the document: `house` issues it, `steps` are the workings its marks lead to."""
    footer = words(
        N_("Program {program} · data {data} · inputs {digest} · document {number}"),
        program=stamp.program_version,
        data=stamp.data_version,
        digest=stamp.input_hash[:16],
        number=stamp.document_no,
    )
    return Document(
        title=title,
        subject=file.case.project.name,
        watermark=() if stamp.approved else words(N_("DRAFT")).lines,
        header=(house or _NO_HOUSE, stamp.document_no),
        footer=footer.lines,
        page_label=words(N_("Page {page} of {pages}")).lines,
        language=words.language,
        blocks=tuple(blocks),
        step_numbers={step.key: index for index, step in enumerate(steps, start=1)},
    )
