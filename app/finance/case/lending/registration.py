"""The record of the registration in the unified movable-property financing system.

Sources: 国发〔2020〕18号; 动产和权利担保统一登记办法 (中国人民银行令〔2021〕第7号), articles
1 to 3, on what is registered; contents and terms as in its predecessor 令〔2019〕第4号.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_

SECURED = N_("Secured party")
PLEDGOR = N_("Pledgor")
OBJECT = N_("What is registered")
HISTORY = N_("History")


class RegistrationCategory(StrEnum):
    RECEIVABLE = "receivable"
    OTHER_RIGHT = "other_right"


class RegistrationKind(StrEnum):
    INITIAL = "initial"
    AMENDMENT = "amendment"
    EXTENSION = "extension"
    CANCELLATION = "cancellation"


@dataclass(frozen=True)
class RegistrationLine:
    """One registration, in the order of its days."""

    day: Annotated[date, Field(N_("Registered on"))]
    kind: Annotated[
        RegistrationKind,
        Field(
            N_("Kind of registration"),
            choices=(
                ("initial", N_("initial")),
                ("amendment", N_("amendment")),
                ("extension", N_("extension")),
                ("cancellation", N_("cancellation")),
            ),
        ),
    ]
    number: Annotated[str, Field(N_("Registration number"), max_length=80)] = ""
    months: Annotated[
        int | None,
        Field(
            N_("Registered for"),
            "month",
            minimum=1,
            maximum=360,
            help=N_("Of an initial registration or an extension, 1 to 360 months."),
        ),
    ] = None
    note: Annotated[
        str, Field(N_("What changed"), max_length=300, help=N_("Added collateral is registered "
                                                               "anew and takes a new rank."))
    ] = ""  # fmt: skip


@dataclass(frozen=True)
class AttachmentLine:
    """A paper that belongs to the registration."""

    name: Annotated[str, Field(N_("Attachment"), min_length=1, max_length=200)]
    number: Annotated[str, Field(N_("Number of the paper"), max_length=120)] = ""
    day: Annotated[date | None, Field(N_("Date"))] = None
    place: Annotated[
        str, Field(N_("Kept at"), max_length=300, help=N_("File name or place in the archive."))
    ] = ""


def _text(label: str, group: str, length: int = 200, help_text: str = "") -> Field:
    return Field(label, max_length=length, group=group, help=help_text)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Fields of the registration and its history."""

    category: Annotated[
        RegistrationCategory,
        Field(
            N_("Category"),
            group=OBJECT,
            choices=(
                ("receivable", N_("pledge of receivables (existing and future, income right)")),
                ("other_right", N_("other movable property or right that can be registered")),
            ),
        ),
    ]
    category_reason: Annotated[
        str,
        _text(
            N_("Why this category"),
            OBJECT,
            400,
            N_("The income right of a named kind of project, or a right no statute names."),
        ),
    ] = ""
    secured_party: Annotated[
        str, _text(N_("Name"), SECURED, help_text=N_("Empty: the lender."))
    ] = ""
    secured_code: Annotated[str, _text(N_("Unified social credit code"), SECURED, 40)] = ""
    secured_institution_code: Annotated[
        str, _text(N_("Financial institution code"), SECURED, 40)
    ] = ""
    secured_lei: Annotated[str, _text(N_("LEI"), SECURED, 40)] = ""
    secured_representative: Annotated[str, _text(N_("Legal representative"), SECURED)] = ""
    secured_address: Annotated[str, _text(N_("Address"), SECURED, 300)] = ""
    pledgor: Annotated[
        str, _text(N_("Name"), PLEDGOR, help_text=N_("Empty: the holder of the right."))
    ] = ""
    pledgor_code: Annotated[
        str,
        _text(
            N_("Unified social credit code"),
            PLEDGOR,
            40,
            N_("Of a person: the number of the identity card."),
        ),
    ] = ""
    pledgor_representative: Annotated[str, _text(N_("Legal representative"), PLEDGOR)] = ""
    pledgor_address: Annotated[str, _text(N_("Address"), PLEDGOR, 300)] = ""
    registry: Annotated[str, _text(N_("Carbon registry and project number"), OBJECT, 200)] = ""
    sea_area_certificate: Annotated[str, _text(N_("Sea-area use certificate"), OBJECT, 200)] = ""
    first_vintage: Annotated[
        int | None, Field(N_("First vintage"), minimum=1990, maximum=2200, group=OBJECT)
    ] = None
    last_vintage: Annotated[
        int | None, Field(N_("Last vintage"), minimum=1990, maximum=2200, group=OBJECT)
    ] = None
    tonnes: Annotated[
        float | None,
        Field(
            N_("Tonnes pledged"),
            "tCO2e",
            above=0,
            maximum=1e9,
            group=OBJECT,
            help=N_("Empty: the credits of this case in the vintages."),
        ),
    ] = None
    pledge_contract_no: Annotated[str, _text(N_("Pledge contract number"), OBJECT, 120)] = ""
    sale_contract_no: Annotated[str, _text(N_("Sale contract and buyer"), OBJECT, 200)] = ""
    report_no: Annotated[
        str,
        _text(N_("Valuation report"), OBJECT, 120, N_("Empty: that of the engagement.")),
    ] = ""
    description: Annotated[
        str,
        Field(
            N_("Own description (Chinese)"),
            max_length=2000,
            multiline=True,
            group=OBJECT,
            help=N_("Empty: the text the program writes from the fields above."),
        ),
    ] = ""
    history: Annotated[
        tuple[RegistrationLine, ...],
        Field(
            N_("Registrations"),
            group=HISTORY,
            max_length=60,
            help=N_("In the order of their days; an extension adds its months to the end of the "
                    "term."),
        ),
    ] = ()  # fmt: skip
    attachments: Annotated[
        tuple[AttachmentLine, ...],
        Field(N_("Attachments"), group=HISTORY, max_length=60),
    ] = ()
    pledgor_renamed_on: Annotated[
        date | None,
        Field(
            N_("Pledgor renamed on"),
            group=HISTORY,
            help=N_("The registration must be amended within 4 months."),
        ),
    ] = None
