"""The words of the published figures: what each one is, on what condition, and where it stands."""

from collections.abc import Mapping

from app.finance.text import N_
from app.i18n import Translator

_NO_NITROGEN = N_("Not where a nitrogen source drains into the area.")
_VEGETATED = N_("Rewetted and vegetated, planted or re-seeded.")
_UPPER_METRE = N_("Upper metre; organic and mineral soils together.")
_ONLY_EXCESS = N_("Of the net reduction; only the excess is deducted.")
_ROOTS = N_("R = exp(intercept + slope × ln b) / b, with b above ground in t of dry matter a ha.")

PARAMETER_TEXTS: Mapping[str, tuple[str, str]] = {
    "vm0033.soil_default": (
        N_("Soil removal, marsh and mangrove"),
        N_("At full cover, not for seagrass; requires the allochthonous deduction."),
    ),
    "vm0033.cover_full": (
        N_("Vegetation cover from which the soil default counts in full"),
        N_("Linear between the two covers."),
    ),
    "vm0033.cover_none": (N_("Vegetation cover below which no soil default counts"), ""),
    "vm0033.steady_state_carbon": (
        N_("Carbon of mineral soil 20 years after exposure to air"),
        N_("Linear decline to it."),
    ),
    "vm0033.deposit_organic_matter": (
        N_("Organic matter of deposited sediment"),
        N_("For the allochthonous deduction."),
    ),
    "vm0033.ch4_above_18": (
        N_("Methane of soil above 18 ppt"),
        N_("Salinity average or low point; may not be the baseline against the value at 20 ppt."),
    ),
    "vm0033.ch4_above_20": (
        N_("Methane of soil from 20 ppt"),
        N_("Salinity average or low point."),
    ),
    "vm0033.n2o_open_water_18": (N_("Nitrous oxide, open water above 18 ppt"), _NO_NITROGEN),
    "vm0033.n2o_open_water_5_18": (N_("Nitrous oxide, open water of 5 to 18 ppt"), _NO_NITROGEN),
    "vm0033.n2o_open_water_other": (N_("Nitrous oxide, other open water"), _NO_NITROGEN),
    "vm0033.n2o_wetland_18": (
        N_("Nitrous oxide, wetland without seagrass above 18 ppt"),
        _NO_NITROGEN,
    ),
    "vm0033.n2o_wetland_5_18": (
        N_("Nitrous oxide, wetland without seagrass of 5 to 18 ppt"),
        _NO_NITROGEN,
    ),
    "vm0033.n2o_wetland_other": (
        N_("Nitrous oxide, other wetland without seagrass"),
        _NO_NITROGEN,
    ),
    "vm0033.herbaceous_stock": (
        N_("Herbaceous stock at full cover"),
        N_("In proportion to the cover; may be claimed for one year only."),
    ),
    "vm0033.allowed_error_90": (N_("Error allowed at the 90% interval"), _ONLY_EXCESS),
    "vm0033.allowed_error_95": (N_("Error allowed at the 95% interval"), _ONLY_EXCESS),
    "ar_am0014.soil_rate": (N_("Soil removal after planting"), ""),
    "ar_am0014.soil_years": (
        N_("Years of soil removal"),
        N_("Of each cohort, counted from its planting; then 0."),
    ),
    "ar_tool14.carbon_fraction": (N_("Carbon of dry matter, trees and shrubs"), ""),
    "ar_tool14.baseline_root_shoot": (N_("Roots over shoots, trees of the baseline"), ""),
    "ar_tool14.shrub_root_shoot": (N_("Roots over shoots, shrubs"), ""),
    "ar_tool14.shrub_biomass_ratio": (
        N_("Biomass of shrubs over that of forest"),
        N_("Above ground, at full crown cover."),
    ),
    "ar_tool14.root_intercept": (N_("Roots over shoots, intercept"), _ROOTS),
    "ar_tool14.root_slope": (N_("Roots over shoots, slope"), _ROOTS),
    "ipcc_ws.soil_removal_mangrove": (N_("Soil removal, mangrove"), _VEGETATED),
    "ipcc_ws.soil_removal_salt_marsh": (N_("Soil removal, salt marsh"), _VEGETATED),
    "ipcc_ws.soil_removal_seagrass": (N_("Soil removal, seagrass"), _VEGETATED),
    "ipcc_ws.soil_stock_mangrove": (N_("Soil stock, mangrove"), _UPPER_METRE),
    "ipcc_ws.soil_stock_salt_marsh": (N_("Soil stock, salt marsh"), _UPPER_METRE),
    "ipcc_ws.drainage_loss": (N_("Soil loss by drainage"), N_("Mangrove and marsh, not seagrass.")),
    "ipcc_ws.ch4_below_18": (
        N_("Methane below 18 ppt"),
        N_("Rewetted mangrove and marsh; a restored marsh is a net source by it."),
    ),
    "ipcc_ws.ch4_above_18": (
        N_("Methane above 18 ppt"),
        N_("Rewetted mangrove and marsh; seagrass is outside the table."),
    ),
    "ipcc_ws.salinity_gate": (N_("Salinity that parts the two methane factors"), ""),
    "loss.biomass_share": (N_("Biomass carbon lost at once on damage"), ""),
    "loss.soil_share": (N_("Soil carbon lost on damage"), N_("Spread over the years below.")),
    "loss.soil_years": (N_("Years over which the soil carbon is lost"), ""),
    "harvest_net.egestion_ratio": (
        N_("Carbon in faeces and excretion over carbon in growth"),
        N_("Bivalves."),
    ),
}
"""Message ids of name and condition of a figure, by key."""

READ_IN_SOURCE = "verified"
STATUS_TEXTS: Mapping[str, str] = {
    READ_IN_SOURCE: N_("✓ read in the source"),
    "verified in two works that encode the tables": N_("◐ read in two works that use the tables"),
    "verified in the Indian copy; the CDM original was not seen": N_(
        "◐ read in the Indian copy, the CDM original was not seen"
    ),
    "SECONDARY": N_("◐ read in a work that cites the source"),
}
"""Message id of how far a figure was verified, by the status in the table."""

CLAUSES = (
    N_("8.1.4.2.3, equation 33"),
    N_("8.1.4.2.3, equation 35"),
    N_("8.1.4.2.7, equation 40"),
    N_("8.1.4.5.4, equation 60"),
    N_("8.1.4.5.4, equation 61"),
    N_("8.1.4.6.4, equation 63"),
    N_("8.1.4.6.4, equation 64"),
    N_("8.1.4.6.4, equation 65"),
    N_("8.1.4.6.4, equation 66"),
    N_("8.1.4.6.4, equation 67"),
    N_("8.1.4.6.4, equation 68"),
    N_("9.1, footnote 32"),
    N_("8.5.2, equation 92"),
    N_("equation 4"),
    N_("equations 3 and 12"),
    N_("equation 10"),
    N_("shrub section"),
    N_("appendix 1"),
    N_("Table 4.11"),
    N_("Table 4.12"),
    N_("Table 4.13"),
    N_("Table 4.14"),
    N_("sheet MangroveEmissionsValues"),
    N_("(FC + EC)/GC = 1, equation of particulate carbon"),
)
"""Message ids of the places in the sources; the table holds them as they are."""

RATE_NOTES = (
    N_("1.62 tC/ha/yr x 44/12; salinity above 18 ppt"),
    N_("0.91 tC/ha/yr x 44/12; a restored marsh below 18 ppt is a net source by its methane"),
    N_("0.43 tC/ha/yr x 44/12"),
    N_("country rate of the tool"),
    N_(
        "1.46 tC/ha/yr x 44/12, cover of 50% or more; an allochthonous deduction is required "
        "with it"
    ),
    N_("0.50 tC/ha/yr x 44/12 for 20 years after planting"),
)
"""Message ids of the notes in the table of rates."""


def parameter_name(key: str, tr: Translator) -> str:
    """Return the name of a figure; its key when it has none."""
    return tr(PARAMETER_TEXTS[key][0]) if key in PARAMETER_TEXTS else key


def parameter_note(key: str, tr: Translator) -> str:
    """Return the condition a figure stands under, empty for none."""
    return tr(PARAMETER_TEXTS[key][1]) if key in PARAMETER_TEXTS else ""


def status_text(status: str, tr: Translator) -> str:
    """Say how far a figure was verified."""
    return tr(STATUS_TEXTS.get(status, status))
