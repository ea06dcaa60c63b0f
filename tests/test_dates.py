"""A date is kept as precisely as it was printed, never more."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beilin.model.stamp import Stamp
from beilin.text.dates import find_chinese_date, find_date, from_milliseconds, parse_written_date

PRINTED = {
    "2023": "2023",
    "2023年": "2023",
    "2023-10": "2023-10",
    "2023年10月": "2023-10",
    "2023/1": "2023-01",
    "2023.10": "2023-10",
    "2023-10-27": "2023-10-27",
    "2023-1-2": "2023-01-02",
    "2023/10/27": "2023-10-27",
    "2023.10.27": "2023-10-27",
    "2023年10月27日": "2023-10-27",
    "2023 年 10 月 27 日": "2023-10-27",
    "2023年10月27號": "2023-10-27",
    "2023年1月2号": "2023-01-02",
    "2023年10月30日 04:43": "2023-10-30T04:43+08:00",
    "2023年10月30日 星期一 04:43": "2023-10-30T04:43+08:00",
    "2023年10月30日 4：43": "2023-10-30T04:43+08:00",
    "2023年10月30日04:43:05": "2023-10-30T04:43:05+08:00",
    "2023/10/30 04:43": "2023-10-30T04:43+08:00",
    "2023-10-30 04:43": "2023-10-30T04:43+08:00",
    "2023-10-30T04:43": "2023-10-30T04:43+08:00",
    "2023-10-30T04:43Z": "2023-10-30T04:43Z",
    "2023-10-30T04:43:05Z": "2023-10-30T04:43:05Z",
    "2023-10-30T04:43:05+0100": "2023-10-30T04:43:05+01:00",
    "2023-10-30T04:43:05-05:00": "2023-10-30T04:43:05-05:00",
    "2023-10-30T04:43:05.640Z": "2023-10-30T04:43:05.640Z",
    "2023-10-30T04:43:05.000Z": "2023-10-30T04:43:05Z",
    "2023-10-30 04:43:05 UTC": "2023-10-30T04:43:05Z",
    "2023-10-30 04:43:05 +0800": "2023-10-30T04:43:05+08:00",
    "Mon, 30 Oct 2023 04:43:05 +0000": "2023-10-30T04:43:05+00:00",
    "Mon, 30 Oct 2023 04:43:05 GMT": "2023-10-30T04:43:05+00:00",
    "October 27, 2023": "2023-10-27",
    "Oct. 27, 2023": "2023-10-27",
    "Oct 2nd, 2023": "2023-10-02",
    "Sep 4th 2019": "2019-09-04",
    "Sept. 4 2019": "2019-09-04",
    "9 Aug 2023": "2023-08-09",
    "21st March, 2023": "2023-03-21",
    "August 2023": "2023-08",
    "二〇二三年十月三十日": "2023-10-30",
    "二零二三年十一月廿三日": "2023-11-23",
    "一九四五年八月十五日": "1945-08-15",
    "二〇二三年十月": "2023-10",
    "二〇二三年": "2023",
    "  2023-10-27\n": "2023-10-27",
}

NO_DATES = (
    *("", "昨天", "六月", "6月1日", "10-27", "27/10/2023", "10/27/2023", "20231027", "2023-13", "2023-02-30"),
    *("2023-00-10", "2023年13月", "2023年2月30日", "1823-10-27", "2123-10-27", "12345", "2023-10-27T25:00"),
    *("2023-10-27T10:61", "2023-10-27 and more", "v2023", "2023-10-27T04:43+99:99", "NaN", "null", "Oct 27"),
    *(
        "Mon, 99 Oct 2023 04:43:05 +0000",
        "Mon, 30 Oct 2023",
        "Marble 4 2023",
        "二〇二三年二十月",
        "二〇二三年十月三十一二日",
        "２０２３年",
        "2023-10-27T",
        "2023年10月27日 99:99",
    ),
)

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
modern_days = st.dates(date(1992, 1, 1), date(2099, 12, 31))
"""China has had no summer time since 1991."""
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59))


def iso(printed: str) -> str | None:
    stamp = parse_written_date(printed, "byline")
    assert stamp is None or stamp.origin == "byline"
    return stamp.iso if stamp else None


@pytest.mark.parametrize(("printed", "expected"), PRINTED.items())
def test_printed_dates_keep_their_precision(printed: str, expected: str) -> None:
    assert iso(printed) == expected


@pytest.mark.parametrize("printed", NO_DATES)
def test_what_names_no_moment_is_none(printed: str) -> None:
    assert iso(printed) is None


@given(
    days,
    st.sampled_from(["{0.year}", "{0.year}年", "{0.year}-{0.month:02}", "{0.year}年{0.month}月", "{0.year}/{0.month}"]),
)
def test_year_and_month_are_never_widened_to_a_day(day: date, form: str) -> None:
    found = iso(form.format(day))
    assert found is not None
    assert found == day.isoformat()[: len(found)]
    assert len(found) == (7 if "month" in form else 4)
    for timezone in ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"):
        assert Stamp(found, "byline").filed_under(timezone) == found


@given(
    days,
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{0.year}-{0.month}-{0.day}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}"]
    ),
)
def test_a_day_is_that_day_everywhere(day: date, form: str) -> None:
    found = iso(form.format(day))
    assert found == day.isoformat()
    for timezone in ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"):
        assert Stamp(found, "byline").filed_under(timezone) == found


@given(
    modern_days, clocks, st.sampled_from(["{0:%Y-%m-%d} {1:02}:{2:02}", "{0.year}年{0.month}月{0.day}日 {1}:{2:02}"])
)
def test_a_time_without_offset_is_eight_hours_ahead_and_has_no_seconds(
    day: date, clock: tuple[int, int], form: str
) -> None:
    found = iso(form.format(day, *clock))
    assert found == f"{day.isoformat()}T{clock[0]:02}:{clock[1]:02}+08:00"
    assert Stamp(found, "byline").filed_under("Asia/Shanghai") == day.isoformat()


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    st.integers(-12, 14),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]),
)
def test_a_moment_is_filed_under_its_day_in_the_sites_timezone(moment: datetime, hours: int, timezone: str) -> None:
    printed = f"{moment:%Y-%m-%dT%H:%M:%S}{hours:+03}:00"
    found = parse_written_date(printed, "page")
    assert found is not None
    expected = datetime.fromisoformat(printed).astimezone(ZoneInfo(timezone)).date().isoformat()
    assert found.filed_under(timezone) == expected


@given(st.text(max_size=30))
def test_any_text_names_a_moment_of_the_calendar_or_none(text: str) -> None:
    for found in (iso(text), iso(f"2023-10-27{text}")):
        if found is not None:
            datetime.fromisoformat(found if len(found) >= 10 else found + "-01-01"[len(found) - 4 :])


@given(days)
def test_the_first_date_to_the_day_is_found_in_a_text(day: date) -> None:
    text = f"【某报{day.year}年{day.month:02}月{day.day:02}日讯】去年2001年1月1日的事"
    found = find_chinese_date(text, "dateline")
    assert found is not None
    assert (found.iso, found.origin) == (day.isoformat(), "dateline")


IN_TEXTS = {
    "发布于 2019-04-02 10:20": "2019-04-02T10:20+08:00",
    "编辑于 2020-01-31 23:05・IP 属地某地": "2020-01-31T23:05+08:00",
    "2021-05-06 10:22:33　来源": "2021-05-06T10:22:33+08:00",
    "时间：2021/05/06 来源：某报": "2021-05-06",
    "某报 2021年5月6日 10:22 第3版": "2021-05-06T10:22+08:00",
    "某刊 二〇二一年五月六日 出版": "2021-05-06",
    "2021年第3期，2020-12-31 出版": "2020-12-31",
}


@pytest.mark.parametrize(("text", "expected"), IN_TEXTS.items())
def test_a_line_about_the_publication_names_its_day(text: str, expected: str) -> None:
    assert find_date(text, "page") == Stamp(expected, "page")


@pytest.mark.parametrize("text", ["", "某报", "2021年", "第2021期", "2021-05", "电话 2021-05-061", "编号 12019-04-02"])
def test_a_line_without_a_day_has_no_date(text: str) -> None:
    assert find_date(text, "page") is None


@pytest.mark.parametrize("text", ["", "讯", "5月6日", "2023年", "2023年10月", "2023年2月30日"])
def test_a_text_without_a_date_to_the_day_has_none(text: str) -> None:
    assert find_chinese_date(text, "dateline") is None


@given(st.integers(0, 4_102_444_800_000))
def test_milliseconds_are_seconds_in_utc(milliseconds: int) -> None:
    written = from_milliseconds(milliseconds)
    assert datetime.fromisoformat(written).timestamp() == milliseconds // 1000
