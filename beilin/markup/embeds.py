"""Videos, sounds, mini-programs, posts and votes: a card that says what was there, never the thing itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, unquote, urlsplit

from selectolax.lexbor import LexborNode

from beilin.markup.runs import OUTSIDE_LINK
from beilin.text.addresses import clean_link, host_of
from beilin.text.characters import shortened

KINDS = {
    "video": {"zh-Hans": "视频", "zh-Hant": "影片", "en": "Video"},
    "audio": {"zh-Hans": "音频", "zh-Hant": "音訊", "en": "Audio"},
    "post": {"zh-Hans": "帖子", "zh-Hant": "貼文", "en": "Post"},
    "program": {"zh-Hans": "小程序", "zh-Hant": "小程式", "en": "Mini-program"},
    "vote": {"zh-Hans": "投票", "zh-Hant": "投票", "en": "Vote"},
    "product": {"zh-Hans": "商品", "zh-Hant": "商品", "en": "Product"},
    "embed": {"zh-Hans": "嵌入内容", "zh-Hant": "嵌入內容", "en": "Embedded content"},
}
_WIDGETS = {
    "mp-common-videosnap": "video",
    "mpvideosnap": "video",
    "mp-common-clmusic": "audio",
    "mp-common-mpaudio": "audio",
    "mp-common-qqmusic": "audio",
    "qqmusic": "audio",
    "mpvoice": "audio",
    "mp-common-miniprogram": "program",
    "mp-miniprogram": "program",
    "mp-common-product": "product",
    "mp-common-vote": "vote",
    "mpvideo": "video",
    "fb-video": "video",
    "fb-post": "post",
}
_TITLES = (
    "data-title",
    "data-desc",
    "name",
    "data-name",
    "music_name",
    "data-miniprogram-title",
    "title",
    "data-songname",
    "aria-label",
)
_CREATORS = ("data-nickname", "singer", "data-singer", "data-miniprogram-nickname", "author", "data-author")
_SAYS_NOTHING = re.compile(
    r"\s*(?:youtube (?:video player|iframe)|video player|iframe|embed(?:ded)? \w+)?\s*", re.IGNORECASE
)
"""Titles that the embedding program writes into every frame."""
_ENCODED = re.compile("%[0-9A-Fa-f]{2}")
_VIDEO_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|v\.qq\.com|mp\.weixin\.qq\.com|youku\.com|bilibili\.com|dailymotion\.com|kaltura\.com)$"
)
_AUDIO_HOSTS = re.compile(r"(?:^|\.)(?:soundcloud\.com|spotify\.com|ximalaya\.com|podcasts\.apple\.com)$")
_POST_HOSTS = re.compile(r"(?:^|\.)(?:twitter\.com|x\.com|facebook\.com|instagram\.com|weibo\.com|t\.me)$")
_TRACKERS = re.compile(
    r"(?:^|\.)(?:googletagmanager\.com|doubleclick\.net|googlesyndication\.com|taboola\.com|outbrain\.com|addthis\.com|google\.com)$"
)


@dataclass(frozen=True, slots=True)
class Card:
    """What an embed was."""

    kind: str
    """A key of `KINDS`."""
    title: str
    creator: str
    address: str | None

    def text(self, lang: str) -> str:
        """The card in words."""
        label = KINDS[self.kind].get(lang, KINDS[self.kind]["zh-Hans"])
        return " ".join(part for part in (label, self.title, self.creator) if part)


def read_embed(node: LexborNode, base: str | None) -> Card | None:
    """What `node` embedded; None if it was an advertisement, a tracker or nothing that can be told."""
    tag = node.tag or ""
    attributes = node.attributes
    address = next(
        (
            link
            for name in ("data-src", "src", "data-href", "data", "data-url", "poster")
            if (value := attributes.get(name)) and (link := clean_link(value, base))
        ),
        None,
    )
    if address is None and (source := node.css_first("source[src]")) is not None:
        address = clean_link(source.attributes.get("src") or "", base)
    host = host_of(address)
    if _TRACKERS.search(host) and "/maps" not in (address or ""):
        return None
    kind = _WIDGETS.get(tag) or (tag if tag in ("video", "audio") else _kind_of(host, address))
    title = shortened(_first(attributes, _TITLES), 120)
    creator = shortened(_first(attributes, _CREATORS), 60)
    if tag.startswith("mp-") and tag not in _WIDGETS:
        return None
    if not (address or title or creator or tag in _WIDGETS):
        return None
    return Card(kind, title, creator, _watchable(address))


def _first(attributes: Mapping[str, str | None], names: tuple[str, ...]) -> str:
    """The first of the attributes that says something; WeChat writes some of them percent-encoded."""
    value = next(
        (value for name in names if (value := attributes.get(name)) and not _SAYS_NOTHING.fullmatch(value)), ""
    )
    return unquote(value) if _ENCODED.search(value) else value


def _kind_of(host: str, address: str | None) -> str:
    for pattern, kind in ((_VIDEO_HOSTS, "video"), (_AUDIO_HOSTS, "audio"), (_POST_HOSTS, "post")):
        if pattern.search(host):
            return kind
    return "video" if re.search(r"\.(?:mp4|m3u8|webm|mov)(?:\?|$)", address or "") else "embed"


def _watchable(address: str | None) -> str | None:
    """The page where a person can watch, instead of the player's own address."""
    if address is None:
        return None
    parts = urlsplit(address)
    host = parts.hostname or ""
    if re.search(r"(?:^|\.)youtube(?:-nocookie)?\.com$", host) and (
        match := re.match(r"/embed/([\w-]{11})", parts.path)
    ):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if host == "v.qq.com" and (vid := parse_qs(parts.query).get("vid")):
        return f"https://v.qq.com/x/page/{vid[0]}.html" if re.fullmatch(r"\w{6,20}", vid[0]) else address
    return address


def write_card(card: Card, lang: str) -> str:
    """The card's markup."""
    label = KINDS[card.kind].get(lang, KINDS[card.kind]["zh-Hans"])
    parts = [f'<strong class="embed-kind">{label}</strong>']
    title = " · ".join(part for part in (card.title, card.creator) if part)
    if title:
        parts.append(f'<span class="embed-title">{escape(title, quote=False)}</span>')
    if card.address:
        parts.append(f'<a href="{escape(card.address)}" {OUTSIDE_LINK}>{escape(card.address, quote=False)}</a>')
    return f'<div class="embed">{" ".join(parts)}</div>'
