"""Every article stands on each of its shelves once, and every link to a shelf leads somewhere."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from samples import article

from beilin.library.shelves import arrange
from beilin.model.article import Article

tags = st.lists(st.sampled_from(["石刻", "版本", "Beijing", "beijing", "a/b", "a:b"]), max_size=3, unique=True)
sources = st.sampled_from(["某电台", "某報", ""])
dates = st.sampled_from(["2023-10-27", "2023-10-28", "2023-11", "2024", None])


@st.composite
def archives(draw: st.DrawFn) -> list[Article]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        versions = draw(st.integers(1, 3))
        newest = draw(st.integers(1, versions))
        for version in range(1, versions + 1):
            one = article(version, tags=tuple(draw(tags)), source=draw(sources))
            found.append(replace(one, id=f"{number:011}", date=draw(dates), is_newest=version == newest))
    return sorted(found, key=lambda one: (one.date or "", one.id, one.version), reverse=True)


@given(archives())
def test_every_newest_version_stands_on_each_of_its_shelves_once(archive: list[Article]) -> None:
    shelves = arrange(archive)
    newest = [one for one in archive if one.is_newest]
    assert list(shelves.newest) == newest
    by_tag = {shelf.name: shelf.articles for shelf in shelves.tags}
    by_source = {shelf.name: shelf.articles for shelf in shelves.sources}
    for one in newest:
        for tag in one.facts.tags:
            assert by_tag[tag].count(one) == 1
        if one.facts.source:
            assert by_source[one.facts.source].count(one) == 1
        for length in (4, 7, 10):
            if one.date and len(one.date) >= length:
                assert shelves.dates[one.date[:length]].count(one) == 1
    assert sum(map(len, by_tag.values())) == sum(len(one.facts.tags) for one in newest)


@given(archives())
def test_month_precision_is_never_filed_under_a_day(archive: list[Article]) -> None:
    for date, found in arrange(archive).dates.items():
        assert all((one.date or "").startswith(date) for one in found)


@given(archives())
def test_every_tag_and_source_of_every_version_has_a_page(archive: list[Article]) -> None:
    shelves = arrange(archive)
    assert {tag for one in archive for tag in one.facts.tags} == {shelf.name for shelf in shelves.tags}
    assert {one.facts.source for one in archive if one.facts.source} == {shelf.name for shelf in shelves.sources}
    for shelf in shelves.tags:
        assert shelves.slug_of_tag[shelf.name] == shelf.slug
    assert len({shelf.slug for shelf in shelves.tags}) == len(shelves.tags)


@given(archives())
def test_shelves_are_ordered_by_size_and_keep_the_order_of_time(archive: list[Article]) -> None:
    shelves = arrange(archive)
    sizes = [len(shelf.articles) for shelf in shelves.tags]
    assert sizes == sorted(sizes, reverse=True)
    for shelf in (*shelves.tags, *shelves.sources):
        assert list(shelf.articles) == [one for one in shelves.newest if one in shelf.articles]
