"""Storms near sites: positions from hour to hour, distances, winds away from the centre."""

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from app.finance.insurance.hazard_sites import (
    HazardSite,
    SiteWind,
    site_events,
)
from app.finance.insurance.hazard_tracks import (
    Averaging,
    Tracks,
    great_circle_km,
    hourly_path,
)
from app.finance.insurance.hazard_wind import (
    AIR_KG_M3,
    Exposure,
    conversion,
    gradient_wind_ms,
    holland_b,
    radius_of_maximum_km,
)

Row = tuple[str, str, float, float, float, float]


def tracks(*rows: Row) -> Tracks:
    """Build tracks from storm, time, latitude, longitude, wind and pressure."""
    ids = list(dict.fromkeys(row[0] for row in rows))
    counts = [sum(row[0] == name for row in rows) for name in ids]
    return Tracks(
        ids=tuple(ids),
        names=tuple(ids),
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        times=np.array([row[1] for row in rows], dtype="datetime64[s]"),
        lat_deg=np.array([row[2] for row in rows]),
        lon_deg=np.array([row[3] for row in rows]),
        wind_ms=np.array([row[4] for row in rows]),
        pressure_hpa=np.array([row[5] for row in rows]),
        averaging=Averaging.TEN_MINUTES,
    )


NAN = float("nan")
WEST = tracks(
    ("A", "2001-07-19T00", 22.0, 120.0, 30.0, 970.0),
    ("A", "2001-07-19T06", 22.0, 118.0, 40.0, 960.0),
    ("A", "2001-07-19T12", 22.0, 116.0, NAN, 990.0),
)


def test_positions_are_an_hour_apart_on_straight_lines() -> None:
    path = hourly_path(WEST)
    assert len(path.storm) == 13
    order = np.argsort(path.times)
    assert path.lon_deg[order][:7] == pytest.approx([120 - hour / 3 for hour in range(7)])
    assert path.wind_ms[order][:7] == pytest.approx([30 + 10 * hour / 6 for hour in range(7)])
    assert np.isnan(path.wind_ms[order][7:]).all()
    assert path.speed_ms[order][0] == pytest.approx(
        float(great_circle_km(22.0, 120.0, 22.0, 118.0)) / 6 / 3.6
    )


def test_a_gap_of_more_than_a_day_and_another_storm_are_not_joined() -> None:
    found = tracks(
        ("A", "2001-07-19T00", 22.0, 120.0, 30.0, 970.0),
        ("A", "2001-07-21T00", 22.0, 110.0, 30.0, 970.0),
        ("B", "2001-07-21T06", 22.0, 112.0, 30.0, 970.0),
    )
    assert len(hourly_path(found).storm) == 3


def test_the_last_place_of_a_storm_moves_as_the_stretch_before_it() -> None:
    found = tracks(
        ("A", "2001-12-01T00", 20.0, 120.0, 45.0, 950.0),
        ("A", "2001-12-01T06", 21.0, 120.0, 39.0, 956.0),
        ("B", "2001-12-02T00", 10.0, 120.0, 30.0, 980.0),
    )
    path = hourly_path(found)
    alone = path.storm == 1
    assert path.speed_ms[~alone] == pytest.approx(np.full(7, 111.195 / 6 / 3.6), rel=1e-4)
    assert path.tendency_hpa_h[~alone] == pytest.approx(np.ones(7))
    assert (path.speed_ms[alone][0], path.tendency_hpa_h[alone][0]) == (0.0, 0.0)


def test_a_storm_over_the_date_line_goes_the_short_way() -> None:
    found = tracks(
        ("A", "2001-07-19T00", 20.0, 179.0, 30.0, 970.0),
        ("A", "2001-07-19T02", 20.0, -179.0, 30.0, 970.0),
    )
    near = site_events(hourly_path(found), HazardSite("Wake", 20.0, 180.0), 30, SiteWind.INSIDE)
    assert near.distance_km == pytest.approx([0.0], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(
    lat=st.floats(0, 50),
    lon=st.floats(100, 180),
    north=st.floats(-5, 5),
    east=st.floats(-5, 5),
)
def test_distances_are_those_on_the_ellipsoid_within_six_per_mille(
    lat: float, lon: float, north: float, east: float
) -> None:
    exact = Geodesic.WGS84.Inverse(lat, lon, lat + north, lon + east)["s12"] / 1000
    assert float(great_circle_km(lat, lon, lat + north, lon + east)) == pytest.approx(
        exact, rel=0.006, abs=1e-6
    )


def test_each_choice_of_wind_counts_another_wind() -> None:
    path, site = hourly_path(WEST), HazardSite("S", 22.0, 119.0)
    winds = {wind: float(site_events(path, site, 100, wind).wind_ms[0]) for wind in SiteWind}
    assert winds[SiteWind.NEAREST] == pytest.approx(35.0)
    assert winds[SiteWind.INSIDE] == pytest.approx(35 + 10 / 6 * 2)
    assert winds[SiteWind.NEAREST] < winds[SiteWind.HOLLAND] <= winds[SiteWind.INSIDE]


def test_a_storm_counts_once_and_on_the_day_it_is_nearest() -> None:
    found = site_events(hourly_path(WEST), HazardSite("S", 22.0, 119.0), 500, SiteWind.INSIDE)
    assert len(found.storm) == 1
    assert str(found.times[0]) == "2001-07-19T03:00:00"
    assert found.years.tolist() == [2001]
    assert found.wind_ms[0] == pytest.approx(40.0)
    assert len(found.at_least(40.0).storm) == 1
    assert len(found.at_least(40.1).storm) == 0


def test_a_storm_far_away_or_without_a_wind_is_told_apart() -> None:
    path = hourly_path(WEST)
    assert len(site_events(path, HazardSite("S", 30.0, 119.0), 100, SiteWind.INSIDE).storm) == 0
    still = site_events(path, HazardSite("S", 22.0, 116.0), 100, SiteWind.INSIDE)
    assert np.isnan(still.wind_ms[0])
    assert len(still.at_least(0.0).storm) == 0


def test_the_highest_gradient_wind_is_that_of_the_closed_form_without_rotation() -> None:
    b, pressure = np.array([1.5]), np.array([950.0])
    wind = gradient_wind_ms(np.array([40.0]), np.array([40.0]), b, pressure, np.array([0.0]))
    assert wind == pytest.approx(np.sqrt(1.5 * 6000 / (AIR_KG_M3 * np.e)))


def test_b_and_radius_follow_their_published_formulas() -> None:
    b = holland_b(np.array([960.0]), np.array([20.0]), np.array([5.0]), np.array([-0.5]))
    power = 0.6 * (1 - 50 / 215)
    by_hand = -4.4e-5 * 2500 + 0.5 - 0.015 - 0.28 + 0.15 * 5**power + 1
    assert b == pytest.approx([by_hand])
    radius = radius_of_maximum_km(np.array([960.0]), np.array([20.0]))
    assert radius == pytest.approx([np.exp(3.015 - 6.291e-5 * 2500 + 0.0337 * 20)])


@settings(max_examples=40, deadline=None)
@given(distance=st.floats(1, 600), pressure=st.floats(900, 1005), lat=st.floats(5, 45))
def test_beyond_its_radius_the_profile_falls_and_is_never_negative(
    distance: float, pressure: float, lat: float
) -> None:
    at = (np.array([pressure]), np.array([lat]))
    b = holland_b(*at, np.array([5.0]), np.array([0.0]))
    radius = radius_of_maximum_km(*at)
    there = gradient_wind_ms(np.array([distance]), radius, b, *at)[0]
    top = gradient_wind_ms(radius, radius, b, *at)[0]
    assert there >= 0.0
    assert there <= top or distance < radius[0]


def test_winds_are_converted_by_the_tables_of_the_wmo() -> None:
    sea = Exposure.AT_SEA
    assert conversion(Averaging.ONE_MINUTE, Averaging.TEN_MINUTES, sea) == 0.93
    assert conversion(Averaging.TEN_MINUTES, Averaging.GUST, sea) == pytest.approx(1.23)
    coast = conversion(Averaging.TWO_MINUTES, Averaging.GUST, Exposure.OFF_SEA)
    assert coast == pytest.approx(1.38 / 1.05)
    for one in Averaging:
        for other in Averaging:
            there = conversion(one, other, sea) * conversion(other, one, sea)
            assert there == pytest.approx(1.0)
