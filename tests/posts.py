"""WeChat posts as the capture tool writes them, for tests that need several of one account."""

import hashlib

from beilin.model.article import Reading
from beilin.model.site import Site
from beilin.sources.reading import read

ACCOUNT = "拓片手册"
PARAGRAPH = "<p>碑石立在城南的旧学宫里，几经迁移，每一次都有人把石上的字重新抄录一遍，抄本与石面互相订正。</p>"


def post(number: int, body: str, account: str = ACCOUNT, title: str = "") -> bytes:
    """The capture of post `number` with `body`, published under an address of its own."""
    name = title or f"第{number}回抄碑"
    return (
        f'---\ntitle: "{name}"\ndate: 2023-04-{number % 28 + 1:02}T02:00:00Z\n'
        f'tags: [\n  "fetched",\n  "{account}"\n]\n---\n'
        f"{name} by {account}\n------\n<div>{body}</div>\n<hr>\n"
        f'<a href="https://mp.weixin.qq.com/s/made_up_post_{number:04}",target="_blank">原文链接</a>'
    ).encode()


def reading_of(number: int, body: str, account: str = ACCOUNT) -> Reading:
    """What reading that post gives."""
    data = post(number, body, account)
    return read(f"wechat/{number}.md", data, hashlib.sha256(data).hexdigest(), Site())


def texts(reading: Reading) -> list[str]:
    """The words of each block."""
    return [block.text for block in reading.blocks]
