"""Marks of the person who captured a page, taken out of what is published."""

import re

REDACTED = "[redacted]"

SHARER_PARAMETERS = (
    "sharer_shareid sharer_sharetime sharer_shareinfo sharer_shareinfo_first exportkey pass_ticket openid wx_header "
    "session_us appmsg_token wxtoken ascene subscene wxwork_userid"
).split()
"""Parameters that WeChat alone writes, about whoever opened or shared the page."""

READER_PARAMETERS = "uin key sessionid clicktime enterid devicetype click_id".split()
"""Parameters that say as much in an address of WeChat, and may mean anything elsewhere."""

_START, _EQUALS, _VALUE = (
    r"(?:[?&;]|%26|%3F|\\u0026|\\x26)(?:amp;)?",
    "(?:=|%3D)",
    r"(?!\[redacted\])[^&\s\"'<>#;\\)\]]+",
)
_ANYWHERE = re.compile(rf"(?P<name>{_START}(?:{'|'.join(SHARER_PARAMETERS)}){_EQUALS}){_VALUE}", re.IGNORECASE)
_IN_WECHAT = re.compile(rf"(?P<name>{_START}(?:{'|'.join(READER_PARAMETERS)}){_EQUALS}){_VALUE}", re.IGNORECASE)
_WECHAT_ADDRESS = re.compile(r"(?://|%2F%2F)[\w.-]*weixin\.qq\.com[^\s\"'<>]*", re.IGNORECASE)


def redact(text: str) -> str:
    """`text` with the values of personal address parameters replaced by `[redacted]`, each parameter's name kept."""
    lowered = text.lower()
    if "weixin.qq.com" in lowered:
        text = _WECHAT_ADDRESS.sub(lambda address: _IN_WECHAT.sub(_redacted, address[0]), text)
    if any(name in lowered for name in SHARER_PARAMETERS):
        text = _ANYWHERE.sub(_redacted, text)
    return text


def _redacted(parameter: re.Match[str]) -> str:
    return parameter["name"] + REDACTED
