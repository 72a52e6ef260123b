"""The published figures a method computes with, handed in by the reader of reference data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.finance.case.cover.placed import PlacedCover
from app.finance.case.lending.catalogue import NO_CATALOGUE, GreenCatalogue
from app.finance.errors import DomainError
from app.finance.sink.allometry import AllometricEquation
from app.finance.sink.coefficients import SpeciesCoefficients
from app.finance.sink.eligibility import Market
from app.finance.sink.evidence import Band, Comparison
from app.finance.sink.risk_table import NaturalRiskRow


@dataclass(frozen=True, slots=True)
class Parameter:
    """One published figure; `key` is "method.name", `clause` where it stands in the source.

    `status` says how far it was verified, "verified" when it was read in the source itself.
    """

    key: str
    value: float
    unit: str
    clause: str
    source: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class SinkTables:
    """All tables a case is computed with: species by English and Chinese name, parameters by key.

    `explain` is false where only the figures are wanted (draws, portfolios): methods then
    leave out the working. `allometry` holds the equations of tree biomass; `discount_steps`
    the uncertainty discount of AR-TOOL14, each line the highest U it holds for (included,
    the last one infinite) and the share of U that is taken off; `natural_risk` the points of
    the VCS risk tool; `markets` who takes what; `bands` and `comparisons` rates seen elsewhere;
    `green` the catalogues of green finance; `placed` covers placed elsewhere, with their rates.
    """

    species: Mapping[str, SpeciesCoefficients]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    allometry: tuple[AllometricEquation, ...] = ()
    discount_steps: tuple[tuple[float, float], ...] = ()
    explain: bool = True
    natural_risk: tuple[NaturalRiskRow, ...] = ()
    markets: tuple[Market, ...] = ()
    bands: tuple[Band, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    green: GreenCatalogue = NO_CATALOGUE
    placed: tuple[PlacedCover, ...] = ()

    def value(self, key: str) -> float:
        """Return a published figure.

        Raises:
            DomainError: `unknown_parameter` when the reference data has no such key.
        """
        return self.parameter(key).value

    def parameter(self, key: str) -> Parameter:
        """Return a published figure with its source."""
        found = self.parameters.get(key)
        if found is None:
            raise DomainError("unknown_parameter", path=key, value=key)
        return found
