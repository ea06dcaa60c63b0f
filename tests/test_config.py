"""`site.toml`, the theme's folder and the ledger's file: every mistake is named, nothing is guessed."""

from pathlib import Path

import pytest

from beilin.model.site import Site
from beilin.store.config import load_site
from beilin.store.ledger_file import LEDGER_FILE, LedgerReadError, LedgerWriteError, read_lines, write_lines
from beilin.store.themes import read_theme
from beilin.store.toml_files import ConfigurationError

KINDS = ("wechat", "rfa")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def load(content: Path, text: str | bytes | None = None, base_url: str | None = None) -> Site:
    if text is not None:
        (content / "site.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_site(content, kinds=KINDS, languages=LANGUAGES, base_url=base_url)


def mistakes(content: Path, text: str | bytes, base_url: str | None = None) -> list[str]:
    with pytest.raises(ConfigurationError) as raised:
        load(content, text, base_url)
    return [mistake.replace(content.as_posix(), "content") for mistake in raised.value.mistakes]


def test_captures_alone_make_a_site(tmp_path: Path) -> None:
    assert load(tmp_path) == load(tmp_path, "") == Site()


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """\ufefftitle = " 石头  记 "\r
description = '''
两行
字'''
base_url = "https://archive.example/stones"
language = "en"
timezone = "Europe/Berlin"
licence = "仅供研究"
ignored_tags = []
expected_unpublished = ["drafts/**"]
publish_captures = false
[source_names]
"某号" = "某某号"
news.example.com = "新闻"
[hosts]
weixin.example = "wechat"
"WWW.Example.ORG." = "rfa"
"""
    assert load(tmp_path, text) == Site(
        title="石头 记",
        description="两行\n字",
        base_url="https://archive.example/stones/",
        language="en",
        timezone="Europe/Berlin",
        licence="仅供研究",
        ignored_tags=(),
        source_names={"某号": "某某号", "news.example.com": "新闻"},
        hosts={"weixin.example": "wechat", "www.example.org": "rfa"},
        expected_unpublished=("drafts/**",),
        publish_captures=False,
    )


def test_all_mistakes_are_named_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = """titel = "x"
description = 3

timezone = "Asia/Peking"
language = "fr"
licence = ["x"]
ignored_tags = "x"
publish_captures = 1
base_url = "archive.example"
[hosts]
good.example = "rfa"
"bad.example" = "wechet"
"""
    assert mistakes(tmp_path, text) == [
        "content/site.toml:1: setting-unknown: there is no setting 'titel'; did you mean title?",
        'content/site.toml:2: setting-type: expected text in quotation marks, such as "…", found 3',
        "content/site.toml:4: timezone-unknown: 'Asia/Peking' is no IANA time zone; "
        "write one such as Asia/Shanghai or UTC",
        "content/site.toml:5: language-unknown: the theme has no 'fr'; choose one of en, zh-Hans, zh-Hant",
        "content/site.toml:6: setting-type: expected text in quotation marks, such as \"…\", found ['x']",
        'content/site.toml:7: setting-type: expected a list of texts, such as ["…", "…"], found \'x\'',
        "content/site.toml:8: setting-type: expected true or false, found 1",
        "content/site.toml:9: base-url-unusable: 'archive.example' is not the http or https address of a site; "
        "write it as https://archive.example/ or https://archive.example/folder/",
        "content/site.toml:12: kind-unknown: bad.example stands for 'wechet', which is no kind; did you mean wechat?",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "https://",
        "//a.example/",
        "https://a.example/?x",
        "https://a.example/#x",
        "https://u:p@a.example/",
        "https://a.example:x/",
        "https://a example/",
        "https://[a/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_no_page_can_have_is_refused(tmp_path: Path, url: str) -> None:
    [mistake] = mistakes(tmp_path, f"base_url = {url!r}")
    assert mistake.startswith("content/site.toml:1: base-url-unusable: ")
    [mistake] = mistakes(tmp_path, "", base_url=url)
    assert mistake.startswith("--base-url: base-url-unusable: ")


def test_an_address_given_by_argument_wins(tmp_path: Path) -> None:
    assert load(tmp_path, 'base_url = "https://a.example"', base_url="http://127.0.0.1:8000").base_url == (
        "http://127.0.0.1:8000/"
    )
    assert load(tmp_path, 'base_url = "https://a.example"', base_url="").base_url == ""


@pytest.mark.parametrize("name", ["", "Asia", "../etc/passwd", "/etc/localtime", "localtime", "Mars/Base", "a\\u0000b"])
def test_a_time_zone_means_the_same_everywhere_or_is_refused(tmp_path: Path, name: str) -> None:
    assert "timezone-unknown" in mistakes(tmp_path, f'timezone = "{name}"')[0]


def test_what_is_no_toml_or_no_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, 'title = "x"\nlicence = never\n')[0].startswith(
        "content/site.toml:2: settings-syntax: Invalid value; "
    )
    assert mistakes(tmp_path, 'title = "a"\n[hosts')[0].startswith("content/site.toml:2: settings-syntax: ")
    assert mistakes(tmp_path, 'title = "a"\ntitle = "碑"\n'.encode("gb18030")) == [
        "content/site.toml:2: settings-encoding: not UTF-8; save the file as UTF-8"
    ]


@pytest.mark.parametrize("host", ["https://a.example", "a.example/x", "a.example:80", ""])
def test_hosts_are_hosts_not_addresses(tmp_path: Path, host: str) -> None:
    assert "host-unusable" in mistakes(tmp_path, f'[hosts]\n"{host}" = "rfa"')[0]


def a_theme(folder: Path) -> Path:
    for name, text in {
        "templates/page.html": "<p>\r\n{{ title }}",
        "assets/css/site.css": "p {}",
        "assets/.DS_Store": "x",
        "i18n/en.toml": 'search = "Search"\n[kinds]\nrfa = "RFA"',
        "i18n/zh-Hans.toml": 'search = "搜索"\nkinds.rfa = "自由亚洲电台"',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def test_a_theme_is_its_templates_assets_and_phrases(tmp_path: Path) -> None:
    theme = read_theme(a_theme(tmp_path))
    assert theme.templates == {"page.html": "<p>\n{{ title }}"}
    assert theme.assets == {"css/site.css": b"p {}"}
    assert theme.languages == {
        "en": {"search": "Search", "kinds.rfa": "RFA"},
        "zh-Hans": {"search": "搜索", "kinds.rfa": "自由亚洲电台"},
    }


def test_a_theme_s_mistakes_are_all_named(tmp_path: Path) -> None:
    folder = a_theme(tmp_path)
    (folder / "templates" / "bad.html").write_bytes(b"\xff")
    (folder / "i18n" / "en.toml").write_text('search = "Search"')
    (folder / "i18n" / "fr.toml").write_text("search = 3")
    with pytest.raises(ConfigurationError) as raised:
        read_theme(folder)
    assert [mistake.replace(folder.as_posix(), "theme") for mistake in raised.value.mistakes] == [
        "theme/templates/bad.html:1: theme-encoding: not UTF-8; save the file as UTF-8",
        "theme/i18n/fr.toml:1: theme-phrases: search is not text",
        "theme/i18n/en.toml:1: theme-phrases: lacks kinds.rfa, which another language has",
    ]


def test_no_theme_at_all_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no templates in templates/"):
        read_theme(tmp_path / "nowhere")


def test_the_ledger_gives_back_its_lines(tmp_path: Path) -> None:
    lines = ('{"id": "1", "title": "a\u2028b"}', '{"id": "2"}')
    assert read_lines(tmp_path) == ()
    assert write_lines(tmp_path, lines)
    assert read_lines(tmp_path) == lines
    assert [path.name for path in tmp_path.iterdir()] == [LEDGER_FILE]


def test_an_unchanged_ledger_is_not_touched(tmp_path: Path) -> None:
    assert not write_lines(tmp_path, ())
    assert not (tmp_path / LEDGER_FILE).exists()
    write_lines(tmp_path, ("{}",))
    before = (tmp_path / LEDGER_FILE).stat().st_ino
    assert not write_lines(tmp_path, ("{}",))
    assert (tmp_path / LEDGER_FILE).stat().st_ino == before


def test_a_ledger_with_other_line_ends_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / LEDGER_FILE).write_bytes(b"\xef\xbb\xbf{}\r\n\r\n[]")
    assert read_lines(tmp_path) == ("{}", "[]")


def test_a_ledger_that_cannot_be_read_or_written_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / LEDGER_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(LedgerReadError, match="ledger-unreadable"):
        read_lines(tmp_path)
    with pytest.raises(LedgerWriteError, match="ledger-not-written"):
        write_lines(tmp_path / "nowhere", ("{}",))
    (tmp_path / f".{LEDGER_FILE}.new").mkdir()
    with pytest.raises(LedgerWriteError, match="ledger-not-written"):
        write_lines(tmp_path, ("{}",))
    assert (tmp_path / LEDGER_FILE).read_bytes() == b"\xff\xfe"
