"""Where an input comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from app.finance.fields import Field
from app.finance.text import N_


class ProvenanceKind(StrEnum):
    DISCLOSED = "disclosed"
    MEASURED = "measured"
    ASSUMED = "assumed"
    DEFAULT = "default"


PROVENANCE_LABELS = {
    ProvenanceKind.DISCLOSED: N_("disclosed"),
    ProvenanceKind.MEASURED: N_("measured"),
    ProvenanceKind.ASSUMED: N_("assumed"),
    ProvenanceKind.DEFAULT: N_("default"),
}


@dataclass(frozen=True)
class Provenance:
    """Where an input comes from: its kind and, in words, the source or the reason."""

    kind: Annotated[
        ProvenanceKind,
        Field(
            N_("Provenance"),
            choices=tuple((kind.value, text) for kind, text in PROVENANCE_LABELS.items()),
        ),
    ]
    source: Annotated[str, Field(N_("Source or reason"), max_length=500)] = ""
