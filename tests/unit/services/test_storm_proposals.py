"""Typhoon wind from the shipped table: what a quote rests on when no file was read."""

import pytest

from app.i18n import translator
from app.reference.storms import COUNTED_MS, load_storm_places, storm_place
from app.services.draft import new_document, provenance_at, value_at
from app.services.storm_proposals import PERILS, with_storm_place

TR = translator("en")


def test_stronger_storms_are_never_more_frequent_and_the_place_sees_no_more_than_the_radius() -> (
    None
):
    for place in load_storm_places():
        assert len(place.storms) == len(COUNTED_MS)
        assert list(place.storms) == sorted(place.storms, reverse=True)
        assert place.site_storms <= place.storms[0]
        assert (place.scale_ms is None) == (place.site_storms < 10)


def test_the_counts_are_those_published_for_dongzhaigang() -> None:
    found = storm_place("海南东寨港")
    assert [round(count / found.years, 2) for count in found.storms] == [1.06, 0.54, 0.31, 0.04]


def test_a_place_becomes_a_peril_that_says_that_no_file_was_read() -> None:
    found = with_storm_place(new_document(), "Xiapu", "farm", TR)
    (line,) = value_at(found, PERILS)
    assert line["events_per_year"] == pytest.approx(22 / 48)
    assert line["damage_law"] == "curve"
    assert (line["threshold"], line["site"]) == (17.2, "farm")
    assert "curve" not in line
    assert line["source"].startswith("No hazard file: 22 storms with 17.2 m/s or more")
    assert provenance_at(found, PERILS)[0] == "measured"


def test_taken_twice_it_is_one_line_and_other_perils_stay() -> None:
    draft = new_document()
    draft["insurance"] = {"perils": [{"peril": "red_tide", "events_per_year": 0.1}]}
    found = with_storm_place(with_storm_place(draft, "Xiapu", "", TR), "Lianjiang", "", TR)
    perils = [line["peril"] for line in value_at(found, PERILS)]
    assert perils == ["red_tide", "typhoon_wind"]


def test_with_few_storms_the_damage_is_left_to_be_entered() -> None:
    (line,) = value_at(with_storm_place(new_document(), "Rongcheng", "", TR), PERILS)
    assert "damage_law" not in line


def test_an_unknown_place_is_no_place() -> None:
    with pytest.raises(KeyError):
        storm_place("Atlantis")
