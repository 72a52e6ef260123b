"""How files of stations and bulletins of red tides head their columns, and in which units."""

from app.finance.case.cover.index_tables import Measure

DAY_HEADINGS = ("date", "day", "日期", "观测日期", "时间", "资料时间", "年月日")
STATION_HEADINGS = (
    "station", "station name", "station id", "站名", "站点", "气象站", "站号", "区站号", "台站",
    "台站号", "浮标", "测站",
)  # fmt: skip
YEAR_MONTH_DAY = (("year", "年", "年份"), ("month", "月", "月份"), ("day", "日"))

MEASURE_HEADINGS = {
    Measure.WIND_SPEED: (
        "max wind", "maximum wind", "wind", "wind speed", "mean wind", "最大风速", "日最大风速",
        "10分钟最大风速", "风速", "平均风速",
    ),
    Measure.GUST: (
        "gust", "max gust", "extreme wind", "极大风速", "日极大风速", "阵风", "最大阵风",
        "阵风风速",
    ),
    Measure.AIR_TEMPERATURE_MAX: (
        "tmax", "max temperature", "maximum temperature", "highest temperature", "最高气温",
        "日最高气温",
    ),
    Measure.AIR_TEMPERATURE_MIN: (
        "tmin", "min temperature", "minimum temperature", "lowest temperature", "最低气温",
        "日最低气温",
    ),
    Measure.AIR_TEMPERATURE_MEAN: (
        "tmean", "tavg", "temperature", "mean temperature", "average temperature", "平均气温",
        "日平均气温", "气温",
    ),
    Measure.RAIN: (
        "rain", "rainfall", "precipitation", "降水", "降水量", "日降水量", "雨量", "降雨量",
        "2020时降水量",
    ),
    Measure.SALINITY: ("salinity", "盐度", "海水盐度"),
    Measure.WAVE_HEIGHT: (
        "wave", "wave height", "significant wave height", "hs", "有效波高", "波高", "浪高",
    ),
    Measure.SEA_TEMPERATURE: (
        "sea temperature", "water temperature", "sst", "海温", "水温", "海水温度", "表层水温",
        "海表温度",
    ),
    Measure.SUNSHINE: ("sunshine", "sunshine hours", "日照", "日照时数"),
}  # fmt: skip

_TEMPERATURE = {"": 1.0, "°c": 1.0, "℃": 1.0, "c": 1.0, "degc": 1.0, "0.1℃": 0.1, "0.1°c": 0.1}
_SPEED = {
    "": 1.0, "m/s": 1.0, "米/秒": 1.0, "0.1m/s": 0.1, "km/h": 1 / 3.6, "kt": 1852 / 3600,
    "kn": 1852 / 3600, "节": 1852 / 3600,
}  # fmt: skip
UNIT_FACTORS: dict[Measure, dict[str, float]] = {
    Measure.WIND_SPEED: _SPEED,
    Measure.GUST: _SPEED,
    Measure.AIR_TEMPERATURE_MAX: _TEMPERATURE,
    Measure.AIR_TEMPERATURE_MIN: _TEMPERATURE,
    Measure.AIR_TEMPERATURE_MEAN: _TEMPERATURE,
    Measure.SEA_TEMPERATURE: _TEMPERATURE,
    Measure.RAIN: {"": 1.0, "mm": 1.0, "毫米": 1.0, "0.1mm": 0.1, "cm": 10.0},
    Measure.SALINITY: {"": 1.0, "‰": 1.0, "psu": 1.0, "ppt": 1.0, "0/00": 1.0},
    Measure.WAVE_HEIGHT: {"": 1.0, "m": 1.0, "米": 1.0, "cm": 0.01, "0.1m": 0.1},
    Measure.SUNSHINE: {"": 1.0, "h": 1.0, "小时": 1.0, "时": 1.0, "0.1h": 0.1, "hours": 1.0},
}
"""What a number under a heading is multiplied by, by its unit without blanks in small letters."""

RANGES = {
    Measure.WIND_SPEED: (0.0, 120.0),
    Measure.GUST: (0.0, 150.0),
    Measure.AIR_TEMPERATURE_MAX: (-60.0, 60.0),
    Measure.AIR_TEMPERATURE_MIN: (-60.0, 60.0),
    Measure.AIR_TEMPERATURE_MEAN: (-60.0, 60.0),
    Measure.SEA_TEMPERATURE: (-3.0, 45.0),
    Measure.RAIN: (0.0, 2500.0),
    Measure.SALINITY: (0.0, 60.0),
    Measure.WAVE_HEIGHT: (0.0, 40.0),
    Measure.SUNSHINE: (0.0, 24.0),
}
"""What a day can hold, in the unit of the measure; beyond it a cell is refused."""

MISSING = (
    "", "-", "--", "/", "//", "///", "////", "NA", "N/A", "NaN", "nan", "null", "NULL", "缺测", "*",
    "-999", "-9999", "-999.9", "-9999.0", "9999", "9999.0", "99999", "999999", "999999.0", "999990",
    "32766", "32744", "32767",
)  # fmt: skip
"""How files of weather services write a missing value."""

TIDE_HEADINGS = {
    "first": ("date from", "from", "start", "start date", "date", "发现时间", "起始日期",
              "开始日期", "开始时间", "发生日期", "起始时间", "发现日期"),
    "last": ("date to", "to", "end", "end date", "消失时间", "结束日期", "终止日期", "结束时间",
             "消亡时间", "消失日期"),
    "place": ("place", "area name", "location", "sea area", "地点", "发生海域", "海域", "位置",
              "发生地点", "影响海域"),
    "area_km2": ("area", "area km2", "max area", "maximum area", "面积", "最大面积", "赤潮面积",
                 "影响面积", "分布面积"),
    "toxic": ("toxic", "poisonous", "有毒", "毒性", "是否有毒", "有无毒性", "有毒赤潮"),
    "species": ("species", "organism", "赤潮生物", "优势种", "主要赤潮生物", "赤潮优势种",
                "优势生物", "生物种类"),
}  # fmt: skip
AREA_UNITS = {"": 1.0, "km2": 1.0, "km²": 1.0, "平方公里": 1.0, "平方千米": 1.0, "ha": 0.01,
              "公顷": 0.01, "亩": 1 / 1500, "mu": 1 / 1500}  # fmt: skip
TOXIC_WORDS = ("yes", "y", "true", "1", "是", "有毒", "有", "toxic", "√")
HARMLESS_WORDS = ("no", "n", "false", "0", "否", "无毒", "无", "non-toxic", "×", "")
