"""What every kind of document has around its text: identity, signatures, header and footer."""

from collections.abc import Iterable, Iterator, Sequence

from app.finance.explain import Step
from app.i18n import N_
from app.messages.document_words import STATUS_NAMES
from app.reports.document import (
    DASH,
    NOTHING,
    Block,
    Document,
    Fact,
    Prose,
    Signature,
    Signatures,
    Strip,
    Text,
    Words,
    free,
)
from app.reports.house import House
from app.reports.house_texts import house_text
from app.reports.page import cut
from app.reports.sheet import Sheet
from app.reports.stamp import Stamp

NOT_BINDING = N_(
    "Indicative and not binding. It becomes an offer only by a contract signed after "
    "approval; the values rest on the inputs listed in the annex."
)
"""What a document with a price says above its signatures."""

NO_HOUSE = "Blue Carbon Desk 蓝碳金融工作台"
"""What stands in the head of a page of nobody's."""


def identity(sheet: Sheet) -> Strip:
    """Number, day of issue, version and status of the document."""
    words, stamp = sheet.words, sheet.stamp
    version = free(str(stamp.case_version)) if stamp.case_version is not None else DASH
    return Strip(
        (
            Fact(words(N_("Document number")), free(stamp.document_no)),
            Fact(words(N_("Issued on")), free(stamp.issued_on.isoformat())),
            Fact(words(N_("Version of the case")), version),
            Fact(words(N_("Status")), words(STATUS_NAMES[stamp.status])),
        )
    )


_WATERMARK = {"draft": N_("DRAFT"), "approved": N_("NOT ISSUED")}

ROLES = (N_("Prepared by"), N_("Reviewed by"), N_("Approved by"))
"""Who signs a document of the program where the template names nobody else."""

HANDLED = (N_("Handled by"), *ROLES[1:])
"""Who signs what was done with a loan that runs."""


def signed(
    sheet: Sheet, statement: Text, *, roles: Sequence[str] = ROLES, seal: bool = False
) -> Signatures:
    """Who signs the document, under what it is not; `roles` are message ids.

    The roles of the template take their place, in each language of the document. The names of
    an approval are put to the first and the last of `ROLES`.
    """
    words, stamp = sheet.words, sheet.stamp
    approved_on = stamp.approved_on.isoformat() if stamp.approved_on else ""
    known = {ROLES[0]: (stamp.prepared_by, ""), ROLES[2]: (stamp.approved_by, approved_on)}
    own = _own_roles(sheet)
    lines = own or tuple((words(role), *known.get(role, ("", ""))) for role in roles)
    signatures = (Signature(role, name, day) for role, name, day in lines)
    return sign_block(words, signatures, statement, seal=seal)


def sign_block(
    words: Words, signatures: Iterable[Signature], statement: Text, *, seal: bool = False
) -> Signatures:
    """Who signs, whatever the template says, under a statement; `seal` leaves room for a seal."""
    return Signatures(
        tuple(signatures),
        words(N_("Signature")),
        words(N_("Date")),
        statement,
        seal=words(N_("Seal")) if seal else NOTHING,
    )


def unsigned(words: Words, parties: Iterable[tuple[str, str]]) -> Iterator[Signature]:
    """Yield where each party, a message id and a name, signs by hand."""
    return (Signature(words(role), name, "") for role, name in parties)


def _own_roles(sheet: Sheet) -> tuple[tuple[Text, str, str], ...]:
    """The roles of the template; where one language has fewer, the other one's stand for it."""
    lists = [sheet.house.texts(tr.language).signers for tr in sheet.words.translators]
    count = max(map(len, lists))
    found = []
    for place in range(count):
        lines = tuple(names[place] for names in lists if place < len(names))
        found.append((Text(tuple(dict.fromkeys(lines))), "", ""))
    return tuple(found)


def framed(
    sheet: Sheet,
    title: Text,
    blocks: Iterable[Block],
    *,
    house: str,
    steps: Sequence[Step] = (),
) -> Document:
    """Return the document: `house` issues it, `steps` are the workings its marks lead to.

    A name in the template of the house takes the place of `house`. The disclaimer of the house
    stands before the signatures, or at the end of what nobody signs.
    """
    words, stamp = sheet.words, sheet.stamp
    name = house_text(sheet.house, words, "name")
    own = " · ".join(name.lines) if name != NOTHING else house
    return Document(
        title=title,
        subject=sheet.case.project.name,
        watermark=words(_WATERMARK[stamp.status]).lines if stamp.status in _WATERMARK else (),
        header=(own or NO_HOUSE, stamp.document_no),
        footer=footer(words, stamp).lines,
        page_label=words(N_("Page {page} of {pages}")).lines,
        language=words.language,
        blocks=with_small_print(blocks, sheet.house, words),
        step_numbers={step.key: index for index, step in enumerate(steps, start=1)},
        confidentiality=house_text(sheet.house, words, "confidentiality"),
        house=sheet.house,
        facts=stamp_facts(stamp, words.language),
    )


def footer(words: Words, stamp: Stamp) -> Text:
    """Versions of program, data and template, and what the inputs were.

    With a template the number of the document is left to the header, for want of room.
    """
    facts = {
        "program": stamp.program_version,
        "data": stamp.data_version,
        "digest": stamp.input_hash[:16],
    }
    if stamp.template:
        message = N_("Program {program} · data {data} · template {template} · inputs {digest}")
        return words(message, template=stamp.template, **facts)
    message = N_("Program {program} · data {data} · inputs {digest} · document {number}")
    return words(message, number=stamp.document_no, **facts)


def stamp_facts(stamp: Stamp, language: str) -> dict[str, str]:
    """What the file says of itself; the keys are those of `seal.FACT_NAMES`."""
    return {
        "number": stamp.document_no,
        "status": stamp.status,
        "code": stamp.code,
        "inputs": stamp.input_hash,
        "version": "" if stamp.case_version is None else str(stamp.case_version),
        "program": stamp.program_version,
        "data": stamp.data_version,
        "template": stamp.template,
        "language": language,
        "issued_on": stamp.issued_on.isoformat(),
    }


def with_small_print(blocks: Iterable[Block], house: House, words: Words) -> tuple[Block, ...]:
    """The blocks with the disclaimer of the house before the first signatures, else at the end.

    A text on confidentiality that is too long for the head of a page follows it in full.
    """
    found = list(blocks)
    texts = [house_text(house, words, "disclaimer")]
    secret = house_text(house, words, "confidentiality")
    if any(cut(line) for line in secret.lines):
        texts.append(secret)
    small = [Prose(text, small=True) for text in texts if text != NOTHING]
    places = [place for place, block in enumerate(found) if isinstance(block, Signatures)]
    place = places[0] if places else len(found)
    found[place:place] = small
    return tuple(found)
