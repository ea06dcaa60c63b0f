"""Marks of the person who captured a page, taken out of what is published."""

import re

REDACTED = "[redacted]"

PERSONAL_PARAMETERS = (
    "sharer_shareid sharer_sharetime sharer_shareinfo sharer_shareinfo_first exportkey pass_ticket uin "
    "key openid wx_header sessionid session_us clicktime enterid appmsg_token wxtoken devicetype ascene "
    "subscene wxwork_userid click_id"
).split()
"""Parameters of WeChat addresses that are about whoever opened or shared the page."""

_PARAMETER = re.compile(
    rf"(?P<name>(?:[?&;]|%26|%3F|\\u0026|\\x26)(?:amp;)?(?:{'|'.join(PERSONAL_PARAMETERS)})(?:=|%3D))(?P<value>(?!\[redacted\])[^&\s\"'<>#;\\)\]]+)",
    re.IGNORECASE,
)
_WECHAT = re.compile(r"weixin\.qq\.com|weixin|wechat|sharer_|pass_ticket|exportkey", re.IGNORECASE)


def redact(text: str) -> str:
    """`text` with the values of personal address parameters replaced by `[redacted]`, each parameter's name kept."""
    if not _WECHAT.search(text):
        return text
    return _PARAMETER.sub(rf"\g<name>{REDACTED}", text)
