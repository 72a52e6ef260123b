"""Carbon in harvested bivalves and macroalgae, by dry-mass and carbon shares."""

from dataclasses import dataclass

from app.finance.case.project import AccountingMode, WeightBasis
from app.finance.quantity import CO2_PER_C


@dataclass(frozen=True, slots=True)
class SpeciesCoefficients:
    """Shares of one species, all 0 to 1; `key` is its English name, `group` its kind.

    `dry_to_wet` is dry over wet mass; the mass shares split the dry mass into soft tissue
    and shell; the carbon shares are t C per t dry mass of each.
    """

    key: str
    name_zh: str
    group: str
    dry_to_wet: float
    soft_mass_share: float
    shell_mass_share: float
    carbon_soft: float
    carbon_shell: float
    source: str

    def tc_per_t(self, basis: WeightBasis, mode: AccountingMode) -> float:
        """t C per t harvested.

        C = P x R x (w_soft CF_soft + w_shell CF_shell), R = 1 for dry weight; the mode
        leaves out one of the two terms. Source: form of the carbon-stock change method for
        bivalves and macroalgae, with the shares of Sun Kang et al. 2020, Table 2.
        """
        soft = self.soft_mass_share * self.carbon_soft
        shell = self.shell_mass_share * self.carbon_shell
        if mode is AccountingMode.SOFT_ONLY:
            shell = 0.0
        elif mode is AccountingMode.SHELL_ONLY:
            soft = 0.0
        dry = self.dry_to_wet if basis is WeightBasis.WET else 1.0
        return dry * (soft + shell)

    def tco2_per_t(self, basis: WeightBasis, mode: AccountingMode) -> float:
        """t CO2 per t harvested: 44/12 of `tc_per_t`."""
        return CO2_PER_C * self.tc_per_t(basis, mode)
