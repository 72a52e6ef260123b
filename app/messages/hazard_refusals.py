"""What is expected in the place of a refused hazard file, cell or choice, by problem code."""

from app.i18n import N_

HAZARD_EXPECTED = {
    "hazard_bad_lines": N_("lines with the same columns as the headings"),
    "hazard_day_twice": N_("each day once for a station; line {line} repeats one"),
    "hazard_empty_file": N_("a file that holds lines; this one is empty"),
    "hazard_empty_folder": N_("a folder with best tracks, CHyyyyBST.txt"),
    "hazard_empty_years": N_(
        "a maximum in each year; without one in some of the {years} years, number and size of "
        "the events are fitted instead"
    ),
    "hazard_ends_before": N_("not before {start}, in column {column}, line {line}"),
    "hazard_few_exceedances": N_("at least {minimum} events at or above the threshold"),
    "hazard_few_maxima": N_("at least {minimum} years"),
    "hazard_few_years": N_("at least {minimum} years"),
    "hazard_no_agency": N_("an agency whose winds this file has: {known}"),
    "hazard_no_column": N_("columns headed by: {known}"),
    "hazard_no_events": N_("at least one event in the years looked at"),
    "hazard_no_events_found": N_("a storm of {threshold} m/s or more near one of the sites"),
    "hazard_no_file": N_("a file: choose one"),
    "hazard_no_fit": N_(
        "at least 10 storms of {threshold} m/s or more: take a wider radius or more years, or "
        "enter frequency and damage from the evidence"
    ),
    "hazard_no_header_line": N_("a header line that begins with 66666, before line {line}"),
    "hazard_no_mean": N_("a shape below 1: the law of the wind has no mean"),
    "hazard_no_positions": N_("a file with positions of storms below its headings"),
    "hazard_no_readings": N_("a measure this station has: {known}"),
    "hazard_no_site": N_("a site with latitude and longitude"),
    "hazard_no_value": N_("a value in column {column}, line {line}"),
    "hazard_no_winds": N_("years with winds in this column"),
    "hazard_not_day": N_("a day such as 2024-07-25 in column {column}, line {line}"),
    "hazard_not_header": N_("the header of a best track in line {line}: 66666, numbers, name, day"),
    "hazard_not_number": N_("a number in column {column}, line {line}"),
    "hazard_not_text": N_("a text file as it was downloaded (CSV, TXT); this one is {kind}"),
    "hazard_not_time": N_(
        "a time such as 1977-01-10 06:00:00 or 1977011006 in column {column}, line {line}"
    ),
    "hazard_not_track_line": N_(
        "a position in line {line}: YYYYMMDDHH I LAT LONG PRES WND, and OWD where there is one"
    ),
    "hazard_not_tracks": N_(
        "IBTrACS v04 (CSV with SID and ISO_TIME in its first line) or a best track of the CMA "
        "(text that begins with 66666)"
    ),
    "hazard_not_yes_no": N_("yes or no in column {column}, line {line}"),
    "hazard_nothing_kept": N_("a track file: none was read before"),
    "hazard_only_above": N_("no threshold: events of a lowest temperature are not counted"),
    "hazard_out_of_range": N_("{low} to {high} in column {column}, line {line}"),
    "hazard_radius": N_("a radius above 0 and up to {limit} km"),
    "hazard_return_years": N_("a return period above 1 year"),
    "hazard_same_values": N_("sizes that differ"),
    "hazard_site_line": N_(
        "one site a line: name, latitude, longitude in degrees, such as Xiapu, 26.7, 120.1"
    ),
    "hazard_site_not_insured": N_(
        "a site of the heads of cover: {known}; enter the site in the sites insured and in its head"
    ),
    "hazard_threshold_measure": N_("a measure: a threshold is that of one measure"),
    "hazard_threshold": N_("a wind from 0 to 120 m/s"),
    "hazard_unknown_station": N_("a station of this file: {known}"),
    "hazard_years": N_("years within {first} to {last}, the first not after the last"),
}
