"""What is expected in the place of a refused input, by problem code."""

from app.i18n import N_

EXPECTED = {
    "needed": N_("a value, because of what {other} says"),
    "before_start": N_("not before the start, {start}"),
    "not_below": N_("less than {limit}"),
    "whole_fen": N_("an amount in yuan with at most two decimals"),
    "loadings_below_one": N_(
        "variable expense, commission, profit and tax that add up to less than 100%"
    ),
    "deductible_below_one": N_("a deductible of less than 100% of the sum insured"),
    "quantity_for_unit": N_(
        "an insured quantity: only tonnes can be taken from the case, not {unit}"
    ),
    "no_harvest_plan": N_("an insured quantity: the case has no harvest plan to take it from"),
    "unknown_species": N_("one of: {known}"),
    "missing": N_("a value"),
    "unknown_field": N_("no such field; known here: {known}"),
    "not_a_number": N_("a number"),
    "not_whole": N_("a whole number"),
    "not_finite": N_("a number that is finite"),
    "not_text": N_("text in quotation marks"),
    "not_a_date": N_("a date as YYYY-MM-DD"),
    "not_a_choice": N_("one of: {choices}"),
    "not_a_table": N_("a list of lines"),
    "not_a_section": N_("an object with fields"),
    "minimum": N_("{minimum} or more"),
    "above": N_("more than {above}"),
    "maximum": N_("{maximum} or less"),
    "too_short": N_("at least {length} character or line"),
    "too_long": N_("at most {length} characters or lines"),
    "not_an_input": N_("the path of an input of this case"),
    "schema_version": N_("a case file of schema version 1 to {newest}"),
    "newer_schema": N_(
        "schema version {newest} or older; this file is from a later program: update the program"
    ),
    "not_json": N_("a case file in JSON; reading stopped at line {line}, column {column}"),
    "empty_file": N_("a case file in JSON; this file is empty"),
    "empty_attachment": N_("a file that holds something; this one is empty"),
    "signed_figures_moved": N_(
        "the figures this version was approved with; the program or its data have changed since. "
        "Open the document issued then, or save the case as a new version"
    ),
    "not_utf8": N_("text in UTF-8"),
    "not_text_file": N_("a case file in JSON; this is a file of another kind ({kind})"),
    "too_large": N_("a file of at most {limit_mb} MB"),
    "not_readable": N_("a file that can be read: {reason}"),
    "damaged_file": N_("a whole file; this one is damaged, locked or of another kind"),
    "duplicate_key": N_("each field once"),
    "missing_glyph": N_("text the document font can draw; it has no sign for {characters}"),
    "invalid": N_("a value that fits this field"),
    "litter_shares_below_one": N_(
        "litter and dissolved carbon of algae that add up to less than 100%"
    ),
    "single_sample_spread": N_("0 for a single sample, or the number of samples behind it"),
    "mass_shares_do_not_add": N_("soft tissue and shell that add up to 100%, give or take 2%"),
    "sample_not_of_alga": N_("dry over wet mass or carbon in the algal body: algae have no shell"),
    "formula_1_only": N_("formula 1: mangrove and tidal flat have no other"),
    "needed_in_line": N_("a value: formula {formula} of this line computes with “{other}”"),
    "ledger_overdrawn": N_(
        "at most the {available} tonnes of vintage {vintage} that are still free: a tonne is "
        "pledged or sold once"
    ),
    "plan_without_end": N_(
        "the end of the crediting period: without it, and without an appraisal, nothing says "
        "how long the plan runs"
    ),
    "verified_before_planting": N_("a day after the plan has begun, in {start}"),
    "not_after_line_before": N_("a day after that of the line before, {before}"),
    "planted_after_end": N_("a year not after the crediting period, which ends on {end}"),
    "not_uncertain": N_(
        "the path of a number that this case holds, for example project.survival_share"
    ),
    "drawn_twice": N_("each input once; this one has a distribution already"),
    "mode_outside": N_("a most likely value from {low} to {high}"),
    "lognormal_mean": N_("a mean above zero, as a lognormal needs"),
    "needed_for_distribution": N_("a value: this distribution needs it"),
    "distribution_order": N_("{low} ≤ most likely ≤ {high}, and lowest below highest"),
    "not_numbers": N_("at least two numbers with semicolons between them"),
    "unknown_parameter": N_("a figure of the reference data"),
    "natural_risk_fails": N_(
        "a smaller loss or a rarer event: a project that loses this much more often than once "
        "in {years} years fails the risk tool"
    ),
    "not_a_map_file": N_("a map file: GeoJSON, a shapefile (.shp) or a ZIP file of one"),
    "not_geojson": N_("GeoJSON: UTF-8 text with a feature, a list of features or a geometry"),
    "crs_not_wgs84": N_(
        "longitude and latitude in WGS 84 or CGCS2000; reproject the map to WGS 84 first"
    ),
    "shapefile_part": N_("the file with {part} beside the shapefile or in its ZIP file"),
    "several_shapefiles": N_("a ZIP file with one shapefile; this one holds {count}"),
    "not_an_area": N_("a polygon or a point, not {kind}"),
    "coordinates_damaged": N_("positions of longitude and latitude in degrees"),
    "latitude_range": N_("a latitude from −90 to 90 degrees; in map files longitude comes first"),
    "longitude_range": N_("a longitude from −180 to 180 degrees"),
    "ring_open": N_("a boundary whose last position is the same as its first"),
    "ring_short": N_("a boundary of at least four positions, the last the same as the first"),
    "ring_crossing": N_("a boundary that does not cross itself"),
    "ring_flat": N_("a boundary that encloses an area"),
    "rings_nested": N_("holes inside their area, and areas that do not lie on one another"),
    "too_many_corners": N_("a map of at most {limit} corners; simplify its boundaries"),
    "unknown_encoding": N_("text in UTF-8 or GB 18030"),
    "not_a_table_file": N_("a table as CSV or XLSX"),
    "empty_table": N_("a table with a row of headings and lines below it"),
    "too_many_lines": N_("a table of at most {limit} lines"),
    "unknown_unit": N_(
        "a unit that a column of this table knows; write it behind the heading, as in “Area (ha)”"
    ),
    "unknown_sheet": N_("one of the sheets of this file: {known}"),
    "not_a_table_field": N_("the path of a table: {known}"),
    "not_a_column": N_("a column of this table: {known}"),
    "no_column_matched": N_("headings that name columns of this table: {known}"),
    "default_not_for_seagrass": N_(
        "soil carbon by a rate or by measured stocks: the default is not for seagrass"
    ),
    "default_not_for_open_water": N_(
        "soil carbon by a rate or by measured stocks: the default is for marsh and mangrove"
    ),
    "default_needs_allochthonous": N_(
        "an allochthonous share: the default rate counts carbon from outside as well"
    ),
    "no_organic_matter_relation": N_(
        "a stated share: the method has no relation of organic matter for open water"
    ),
    "organic_matter_needed": N_(
        "organic matter by loss on ignition: the relation for seagrass soil ends at 20%"
    ),
    "deposit_above_soil": N_(
        "soil that is richer in organic matter than its deposit: {soil}% is not above {deposit}%"
    ),
    "salinity_needed": N_("a salinity in ppt: the method needs it, because of what {other} says"),
    "methane_needs_rate": N_(
        "a measured or published value: at {salinity} ppt the method has no default, only above "
        "{limit} ppt"
    ),
    "nitrogen_source_needs_rate": N_(
        "a measured or published value: where nitrogen drains in there is no default"
    ),
    "methane_defaults_no_reduction": N_(
        "another baseline: two default factors of methane must not make a reduction"
    ),
    "drained_baseline_has_no_methane": N_(
        "either soil loss or methane of the baseline: a drained soil counts no methane"
    ),
    "unknown_stratum": N_("one of the strata: {known}"),
    "stratum_twice": N_("each stratum under a name of its own"),
    "herbs_beside_trees": N_("herbs or trees: the default for herbs is not used beside AR-TOOL14"),
    "baseline_needs_cap": N_("a bound after 100 years, because baseline emissions are claimed"),
    "baseline_needs_uncertainty": N_("a value, because baseline emissions are claimed"),
    "uncertainty_needed": N_("a value for each stratum, or one for the whole project"),
    "premium_needs_organic_soil": N_("no premium: none of the strata has organic soil"),
    "mitigation_factor": N_("1, 0.5 or 0.25"),
    "carrier_not_of_method": N_("a sink carrier of this method: {known}"),
    "drainage_not_for_seagrass": N_(
        "no drained area: the guideline has no drainage loss for seagrass"
    ),
    "no_seagrass_stock": N_(
        "a soil stock: the published one of seagrass is not verified and not shipped"
    ),
    "nothing_accounted": N_("an area restored, an area drained or a loss avoided"),
    "ages_not_increasing": N_("an age above that of the line before, {last}"),
    "no_growth_of_species": N_(
        "a species of the growth table ({listed}), or a line of the table without a species"
    ),
    "roots_need_diameter": N_("another choice: an equation of roots needs growth by stem diameter"),
    "roots_need_table": N_("another choice: only a table of biomass has a column of roots"),
    "unknown_tree_species": N_("a species with an equation: {known}; or growth by biomass"),
    "wood_density_needed": N_("the wood density of {species}: none is published with its equation"),
    "height_needed": N_("a height: the equation of {species} computes with D²H"),
    "height_needs_table": N_(
        "a table of stem diameter and height: the equation of {species} computes with D²H"
    ),
    "one_draw_of_stand": N_(
        "a distribution with a correlation from year to year of 1: a stand grows but once"
    ),
    "option_needs_strike": N_(
        "a strike: the cash flow has no investment, registration or validation to take it from"
    ),
    "option_needs_underlying": N_(
        "a value of the underlying: the carbon income of the case is negative after its shares"
    ),
    "tree_probability": N_("{at_least} steps or more: with fewer the tree has no probability"),
    "tree_too_wide": N_("{at_most} steps or fewer: with more the tree leaves the range of numbers"),
    "issued_over_ledger": N_(
        "at most the {available} tonnes that the ledger has issued and unsold"
    ),
    "market_too_few_comparables": N_(
        "an adjusted price: only {count} comparables count, the market approach takes {least}"
    ),
    "weights_add_up": N_("weights of the three approaches that add up to 100%"),
    "weights_need_reasons": N_("the reasons for weighing more than one approach"),
    "american_needs_tree": N_("European: only the binomial tree prices early exercise"),
    "forward_has_no_yield": N_("0: a forward price holds the income yield already"),
    "yuan_is_one": N_("1: the amounts are in yuan already"),
    "curve_not_ascending": N_("a year after that of the line before, {before}"),
    "curve_price_zero": N_(
        "a price above 0: a price curve has no zeros; leave the line out if none is known"
    ),
    "curve_starts_late": N_(
        "{first} or an earlier year: the curve must say the price of the first year valued"
    ),
    "quotes_not_ascending": N_(
        "a delivery after {before}: quotes run forward from the valuation date"
    ),
    "inflation_needed": N_(
        "an inflation rate: rate and cash flow are in different money, one real, one nominal"
    ),
    "rate_too_low": N_("a discount rate above {limit_percent}%"),
    "rate_below_growth": N_(
        "a horizon with an end: at a rate of {rate_percent}% a flow that grows by "
        "{growth_percent}% a year for ever has no value"
    ),
    "perpetual_right_ends": N_("no perpetuity: the right ends on {end}"),
    "perpetual_uneven": N_("the same in each year: a perpetuity repeats the last year"),
    "perpetual_simple_carry": N_(
        "continuous compounding: a price with simple carry has no lasting growth"
    ),
    "perpetual_with_cost_tool": N_("no perpetuity: the years of the Cost Tool have an end"),
    "inspected_after_report": N_("a day up to that of the report, {report}"),
    "flow_before_valuation": N_(
        "a day from the valuation date on, {start}: what was paid before is sunk"
    ),
    "evidence_too_few": N_(
        "5 prices or more that count: {count} do, which give a range and no price"
    ),
    "probability_missing": N_("a probability: other scenarios have one, so each needs one"),
    "probabilities_not_one": N_("probabilities that add up to 100%, not {percent}%"),
    "second_base": N_("one base scenario; line {line} is it already"),
    "base_changed": N_("nothing: the base scenario changes nothing"),
    "scenario_needs": N_("a value above zero: without it this scenario changes nothing"),
    "year_outside_horizon": N_("a year that is valued, from {first} to {last}"),
    "scenario_rate_low": N_("a change that keeps the discount rate above {percent}%"),
    "sobol_samples": N_("from {minimum} to {maximum} samples"),
    "in_future": N_("a day not after today, {today}"),
    "zero_price": N_("a price above zero: a day without a trade has no price"),
    "price_volume_or_total": N_("a price, a volume or a turnover"),
    "series_needs_name": N_("the name of the series, in a column or for the whole file"),
    "no_price_no_turnover": N_("a price, or turnover and volume to take it from"),
    "outside_range": N_("a price from the lowest to the highest of its line, {low} to {high}"),
    "yuan_needs_no_rate": N_("another currency than yuan"),
    "two_currencies_in_headings": N_("one currency in the headings of a file"),
    "not_a_heading": N_("one of the headings of this file: {known}"),
    "market_repeated": N_("a row that the market book does not have yet; this is {number}"),
    "market_other_figure": N_(
        "one figure a day: {number} has another one; delete it first if it is yours"
    ),
    "market_row_shipped": N_("a row of your own: the shipped rows stay"),
    "market_row_unknown": N_("the numbers of rows of the market book"),
    "unknown_series": N_("one of the series of the market book: {known}"),
    "no_price_evidence": N_(
        "price evidence with comparables: the carbon price is to be its conclusion"
    ),
    "comparable_twice": N_("each deal once: it is line {line} already, and would count twice"),
    "weights_all_zero": N_("a weight above zero for one comparable at least"),
    "currency_code": N_("the three capital letters of a currency, such as CNY or USD"),
    "no_fx_rate": N_(
        "a currency with a rate: there is none of {currency} up to {day} among the exchange rates"
    ),
    "fx_rate_too_old": N_(
        "a rate of {currency} at most {limit} days before {day}: the last one is of {rate_day}"
    ),
    "fx_of_yuan": N_("another currency than CNY: a yuan is a yuan"),
    "fx_twice": N_("one rate a day: line {line} is of the same currency and day"),
    "series_empty": N_("a series of prices"),
    "series_zero": N_("a price above zero: a series with zeros gives no factor of time"),
    "series_day_twice": N_("one price a day: line {line} is of the same day"),
    "series_gap": N_(
        "a series without a gap here: none between {before} and {after}, {days} days; at most "
        "{limit} are bridged"
    ),
    "outside_series": N_("a day within the series, {first} to {last}"),
    "series_duplicate_day": N_("one price a day: the series has two of {day}"),
    "series_too_short": N_("a series of at least {least} prices"),
    "series_shares_below_one": N_(
        "shares of further markets that leave some tonnes to the price of the appraisal"
    ),
    "price_today_needed": N_("a price above zero, from which the mean-reverting price starts"),
    "price_model_overflow": N_(
        "a price model whose prices stay within numbers that can be computed: volatility, jumps "
        "and horizon together are too large"
    ),
    "series_two_currencies": N_("a series in one currency"),
    "uncertain_inputs_needed": N_("uncertain inputs of the project, whose range the tonnes take"),
    "amount_too_large": N_(
        "inputs that together give an amount below 10^18 yuan: tonnes, price, growth, costs and "
        "years are too large together"
    ),
    "perpetual_untaxed": N_(
        "losses that are used up before the last year: a perpetuity repeats it, and would pay no "
        "tax on its profit for ever; lengthen the horizon"
    ),
    "not_true_or_false": N_("true or false"),
    "date_too_far": N_("a day from {first} to {last}"),
    "not_year_prices": N_(
        "years with their prices in ascending order, for example 2026: 80; 2030: 95"
    ),
    "series_flat": N_("two series that change: one of them stands still on the common days"),
    "common_days_too_few": N_("two series with at least {least} days in common, not {count}"),
}
