"""Measures reposts: `python -m benchmarks.reposts [--content DIR] [--limit N] [--plant N] [--jobs N]`.

Captures come from `--content`, else from the folder that BEILIN_CORPUS names, else texts are made up. Three tables go
to standard output: how many planted reposts are found, by how much was edited; what is found among the captures as
they are; and what finding costs as their number grows. Seconds are of the processor, in one process.
"""

import argparse
import hashlib
import math
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from beilin.library.reposts import Entry, Repost, find_reposts, groups_of
from beilin.model.site import Site
from beilin.sources.reading import read
from beilin.text.sketches import BINS, sketch

SUFFIXES = {".md", ".markdown", ".html", ".htm", ".txt"}
CHARACTERS = "石碑林拓片经文刻工书库城墙考古版本校勘字纸张印刷活抄目录编号残修补年代题记山水人家天地日月风雨门户"
MADE_UP = 2_000
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)
GROWTH = (5_000, 25_000, 50_000, 100_000, 200_000)

Article = tuple[Entry, list[str]]
"""An entry and its blocks' texts."""
Edit = Callable[[list[str], float, random.Random], list[str]]


def read_one(folder: Path, path: Path) -> Article | None:
    """The capture at `path`; None if it cannot be published."""
    data = path.read_bytes()
    reading = read(path.relative_to(folder).as_posix(), data, hashlib.sha256(data).hexdigest(), Site())
    facts = reading.facts
    if facts is None:
        return None
    stamp = facts.published or facts.captured
    texts = [block.text for block in reading.blocks]
    date, is_video = stamp.iso[:10] if stamp else None, facts.kind == "youtube"
    entry = Entry(facts.natural_id, facts.source, facts.title, date, facts.characters, sketch(texts), is_video)
    return entry, texts


def read_folder(folder: Path, limit: int | None, jobs: int) -> list[Article]:
    """The captures below `folder`, one an identifier; at most `limit`, taken evenly."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if limit is not None and limit < len(paths):
        paths = [paths[index * len(paths) // limit] for index in range(limit)]
    with ProcessPoolExecutor(jobs) as executor:
        found = executor.map(partial(read_one, folder), paths, chunksize=50)
        return list({article[0].id: article for article in found if article is not None}.values())


def make_up() -> list[Article]:
    """Articles of made-up words, by few sources, each with some standing text."""
    chance = random.Random(0)  # noqa: S311 - the same articles every time
    words = ["".join(chance.choices(CHARACTERS, k=chance.choice((1, 2, 2, 2, 3)))) for _ in range(5_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def sentences(number: int) -> list[str]:
        return ["".join(chance.choices(words, weights, k=chance.randint(6, 16))) + "。" for _ in range(number)]

    standing = [sentences(10) for _ in range(20)]
    articles = []
    for index in range(MADE_UP):
        texts = sentences(chance.randint(8, 80)) + standing[index % 20]
        date = f"{2015 + index % 10}-{1 + index % 12:02}"
        characters = sum(map(len, texts))
        articles.append(
            (Entry(f"{index:05}", f"{index % 20}", "".join(sentences(1)), date, characters, sketch(texts)), texts)
        )
    return articles


def scattered(texts: list[str], share: float, chance: random.Random) -> list[str]:
    """`texts` with a share of their characters replaced, here and there."""
    return [
        "".join(chance.choice(CHARACTERS) if chance.random() < share else letter for letter in text) for text in texts
    ]


def passages(texts: list[str], share: float, chance: random.Random) -> list[str]:
    """`texts` with a share of their characters replaced, in runs of forty."""
    text = "\n".join(texts)
    runs = [text[start : start + 40] for start in range(0, len(text), 40)]
    for place in chance.sample(range(len(runs)), round(share * len(runs))):
        runs[place] = "".join(chance.choices(CHARACTERS, k=len(runs[place])))
    return ["".join(runs)]


def cut(texts: list[str], share: float, chance: random.Random) -> list[str]:
    """`texts` without a share of their characters, at the start or the end."""
    text = "\n".join(texts)
    kept = round(len(text) * (1 - share))
    return [text[:kept] if chance.random() < 0.5 else text[len(text) - kept :]]


def plant(originals: Sequence[Article], edit: Edit, share: float, *, same_title: bool) -> Iterator[Entry]:
    """A repost of each of `originals` by another source, under the same title or another."""
    chance = random.Random(share)  # noqa: S311
    for entry, texts in originals:
        edited = edit(texts, share, chance)
        yield replace(
            entry,
            id=f"planted {entry.id}",
            source="planted",
            title=entry.title if same_title else f"{entry.title} {chance.random()}",
            characters=sum(len("".join(text.split())) for text in edited),
            sketch=sketch(edited),
        )


def pairs_of(reposts: dict[str, tuple[Repost, ...]]) -> set[frozenset[str]]:
    """The pairs that were found."""
    return {frozenset((one, other.id)) for one, others in reposts.items() for other in others}


def planted_table(articles: Sequence[Article], number: int) -> Iterator[str]:
    """Recall and precision of planted reposts: rows of a table."""
    long = [article for article in articles if article[0].characters >= 250 and not article[0].is_video]
    chosen = random.Random(0).sample(long, min(number, len(long)))  # noqa: S311
    entries = [entry for entry, _ in articles]
    natural = pairs_of(find_reposts(entries))
    # what resembles an original rightly resembles its repost too
    friends = {entry.id: {one for pair in natural if entry.id in pair for one in pair} for entry, _ in chosen}
    yield f"| {len(chosen)} planted among {len(articles)} | edited | recall | precision |\n|---|---|---|---|"
    edits: tuple[tuple[str, Edit, bool], ...] = (
        ("passages replaced", passages, True),
        ("passages replaced, retitled", passages, False),
        ("characters replaced", scattered, True),
        ("characters replaced, retitled", scattered, False),
        ("start or end cut off", cut, True),
        ("start or end cut off, retitled", cut, False),
    )
    for name, edit, same_title in edits:
        for share in SHARES:
            planted = list(plant(chosen, edit, share, same_title=same_title))
            found = pairs_of(find_reposts([*entries, *planted])) - natural
            wanted = {frozenset((entry.id, f"planted {entry.id}")) for entry, _ in chosen}
            right = found & wanted
            wrong = [pair for pair in found - wanted if not _is_of_friends(pair, friends)]
            precision = len(right) / (len(right) + len(wrong)) if right or wrong else 1
            yield f"| {name} | {share:.0%} | {len(right) / len(wanted):.1%} | {precision:.1%} |"


def _is_of_friends(pair: Iterable[str], friends: dict[str, set[str]]) -> bool:
    one, other = (identifier.removeprefix("planted ") for identifier in pair)
    return other in friends.get(one, ()) or one in friends.get(other, ())


def made_up_entries(number: int) -> list[Entry]:
    """Sketches out of nothing: a third with standing text of their source, three in a hundred reposts of another."""
    chance = random.Random(1)  # noqa: S311
    standing = [chance.randbytes(2 * BINS) for _ in range(100)]
    entries: list[Entry] = []
    for index in range(number):
        source = chance.randrange(100)
        values = bytearray(chance.randbytes(2 * BINS))
        if chance.random() < 0.03 and entries:
            values[:100] = chance.choice(entries).sketch[:100]
        elif chance.random() < 0.33:
            values[40:] = standing[source][40:]
        entries.append(Entry(f"{index:06}", str(source), str(index), "2020", 1_000, bytes(values)))
    return entries


def growth_table(entries: Sequence[Entry]) -> Iterator[str]:
    """Seconds that finding takes, and how they grow: rows of a table."""
    yield "| articles | pairs | groups | seconds | grows as n to the |\n|---|---|---|---|---|"
    parts = [entries[:: len(entries) // size] for size in (5_000, 10_000) if size < len(entries) / 2]
    for name, several in (
        ("captures", [*parts, entries]),
        ("made up", [made_up_entries(size) for size in GROWTH]),
    ):
        before: tuple[int, float] | None = None
        for some in several:
            start = time.process_time()
            found = find_reposts(some)
            seconds = time.process_time() - start
            power = f"{math.log(seconds / before[1]) / math.log(len(some) / before[0]):.2f}" if before else "-"
            before = len(some), seconds
            counted = f"{len(pairs_of(found)):,} | {sum(1 for _ in groups_of(found)):,}"
            yield f"| {len(some):,} {name} | {counted} | {seconds:.2f} | {power} |"


def sketching(articles: Sequence[Article]) -> str:
    """What a sketch costs."""
    some = articles[:: max(len(articles) // 3_000, 1)]
    start = time.process_time()
    for _, texts in some:
        sketch(texts)
    seconds = time.process_time() - start
    characters = sum(len(text) for _, texts in some for text in texts)
    each, length = seconds / len(some) * 1e3, seconds / characters * 2e6
    return f"A sketch: {each:.2f} ms an article, {length:.2f} ms for 2,000 characters."


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--content", type=Path, default=os.environ.get("BEILIN_CORPUS"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--plant", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    articles = read_folder(Path(options.content), options.limit, options.jobs) if options.content else make_up()
    print(sketching(articles), flush=True)
    for table in (planted_table(articles, options.plant), growth_table([entry for entry, _ in articles])):
        print(flush=True)
        for row in table:
            print(row, flush=True)


if __name__ == "__main__":
    main()
