"""What an account says for itself around a post: calls to follow, share and scan, and lists of its older posts.

A line is only set aside for its place (first or last) and its form together: every word of it belongs to such a call.
The words are written as `fold` gives them: Simplified, lower case.
"""

import re
from collections.abc import Sequence

from beilin.markup.draft import DraftBlock
from beilin.markup.gutters import dividers
from beilin.markup.links import MOSTLY_LINKS, linked_share
from beilin.model.article import BlockKind, Removal
from beilin.text.characters import is_blank, one_line
from beilin.text.edges import HEAD_BLOCKS, TAIL_SHARE, Form, make_edge, pack_edges
from beilin.text.folding import fold

TAIL_BLOCKS = 4
"""Among the last blocks a call is one even where a short greeting or a motto follows it."""
LONGEST_LINE = 40
"""Characters; a longer line is a sentence, whatever words it uses."""
LONGEST_CALL = 200
"""Characters of a paragraph that may be the account's own notice; it takes repetition to be sure."""
SENTENCE_ENDS = "。！？：:.!?"

_VERBS = frozenset(
    (
        "点击 点一下 点个 点点 点 戳 长按 轻触 扫描 扫码 扫一扫 扫 识别 关注 订阅 转发 分享 收藏 点赞 设为 设置 设 "
        "置顶 加入 添加 加 搜索 星标"
    ).split()
)
_OBJECTS = frozenset(
    (
        "蓝色字体 蓝色文字 蓝字 红字 二维码 小程序码 公众号 公号 订阅号 视频号 在看 赞 一键三连 三连 星标 原文链接 "
        "阅读原文 原文 我们 本号 本公众号 名片 卡片 朋友圈 微信群 交流群 进群"
    ).split()
)
_FILLERS = frozenset(
    (
        "欢迎 请 可以 可 即可 就能 就 上方 上面 下方 下面 文末 底部 左下角 右下角 左上 右上 这里 此处 以下 如下 "
        "图片 图中 图 的 中 内 里 大家 各位 老铁们 老铁 朋友们 朋友 小伙伴们 小伙伴 您 你们 你 我 俺 咱 了解 更多 "
        "获取 获得 领取 精彩 内容 资讯 信息 干货 资料 福利 第一时间 第一 时间 最新 每天 每日 天天 推送 推文 文章 "
        "本文 此文 收到 接收 不再 不会 不 不错过 错过 迷路 下回 下次 更新 看完 看到 喜欢 觉得 有用 不错 好看 有帮助 "
        "有所帮助 帮助 的话 如果 若 要是 记得 别忘了 别忘 不要忘记 忘记 顺手 随手 动动 手指 小手 一下 一个 个 一起 "
        "快来 快 来 去 再 走 吧 呗 哦 噢 呢 啦 了 呀 哟 喔 嘛 和 与 及 以及 或者 或 并且 并 且 把 将 为 给 到 在 从 "
        "对 是 我们的 最好看 最大 支持 鼓励 感谢 谢谢 您的 你的 官方 微信号 微信 号码 号 群聊 群 小编 客服 小助手 助手 "
        "备注 后台 回复 关键词 让更多人 更多人 看见 知道 转给 身边 有需要 需要 的人 人 好友 分钟 秒 咨询 联系 合作 "
        "投稿 查看 阅读 小编微信 右上角 直接 跳转 直达 往期 历史 免费 公共 三个 连 一键 并设 设 置顶 这个 此 立即 "
        "马上 赶紧 赶快 方便 交流 讨论 学习"
    ).split()
)
_WORD = re.compile("|".join(sorted(_VERBS | _OBJECTS | _FILLERS, key=lambda word: (-len(word), word))))
_BEGINNING = re.compile(
    "(?:欢迎|请|老铁|快|大家|各位)*(?:点击|长按|扫描|识别|戳|关注)"
    "(?:本文|文末|文章|上方|下方|上面|下面|底部|左下角|图片|图中|中|的|我们|本|微信|即可)*"
    "(?:蓝字|蓝色字|红字|公众号|二维码|小程序码|名片|卡片|阅读原文)"
)
"""How such a call begins that then says what for."""
_GOES_ON = ("，", "、", ",")
"""How a line ends whose sentence the next line finishes."""
_DECORATION = re.compile(r"[\W_]+")
_SCAN = re.compile("扫|二维码|长按|识别|名片|qr")
_RULE = DraftBlock(BlockKind.RULE, "<hr>", "")
_END_MARK = re.compile(r"\W*(?:the)?\W*end\W*", re.I)
_CALL = re.compile(
    "公众号|关注|在看|点赞|分享|转发|扫码|二维码|星标|长按|蓝字|扫描|阅读原文|订阅|进群|加群|交流群|小编微信|置顶|投稿|"
    "友情宣传|友情转发|推荐给|转载请|侵权|版权所有|商务合作"
)
"""Words of such notices; prose has them too, so alone they decide nothing."""


def is_call(text: str, account: str) -> bool:
    """Whether a short line asks to follow, share, like or scan: it begins so, or all of its words belong to that."""
    if len(text) > LONGEST_LINE or text.endswith(_GOES_ON):
        return False
    words, name = _DECORATION.sub("", fold(text)), _DECORATION.sub("", fold(account))
    if _BEGINNING.match(words):
        return True
    names_account = bool(name) and name in words
    if names_account:
        words = words.replace(name, "")
    verbs = objects = position = 0
    while position < len(words):
        match = _WORD.match(words, position)
        if match is None:
            return False
        verbs += match[0] in _VERBS
        objects += match[0] in _OBJECTS
        position = match.end()
    return verbs > 1 or (verbs == 1 and bool(objects or names_account))


def without_calls(blocks: Sequence[DraftBlock], account: str) -> tuple[list[DraftBlock], list[Removal]]:
    """`blocks` without the calls at their two ends, and what was set aside; all of them where nothing else is left."""
    calls = {*_calls_at_start(blocks, account), *_calls_at_end(blocks, account)}
    gone = calls | dividers(blocks)
    rest: list[DraftBlock] = []
    for index, block in enumerate(blocks):
        if index not in gone:
            rest.append(block)
        elif index not in calls and rest and _is_wordless(rest[-1]):
            rest.append(_RULE)  # a line below a picture would be taken for its caption
    if not gone or not any(_is_ordinary(block) for block in rest):
        return list(blocks), []
    rules = {index: "account.call" if index in calls else "account.divider" for index in sorted(gone)}
    return rest, [Removal(rule, one_line(said(blocks[index]))) for index, rule in rules.items()]


def said(block: DraftBlock) -> str:
    """The block's words, or what stands in their place."""
    return block.text or picture_address(block.html) or block.kind.value


def picture_address(html: str) -> str:
    """The address on a picture's placeholder; empty if there is none."""
    match = re.search(r'<span class="picture-address">([^<]*)</span>', html)
    return match[1] if match else ""


def _is_ordinary(block: DraftBlock) -> bool:
    return not is_blank(block.text) or block.kind in (BlockKind.FIGURE, BlockKind.EMBED)


def _calls_at_start(blocks: Sequence[DraftBlock], account: str) -> list[int]:
    with_words = [index for index, block in enumerate(blocks) if not is_blank(block.text)]
    return [index for index in with_words[:HEAD_BLOCKS] if _may_call(blocks[index], account)]


def _calls_at_end(blocks: Sequence[DraftBlock], account: str) -> list[int]:
    """Walks from the end to the first ordinary block; a picture goes with the call to scan it."""
    gone: list[int] = []
    in_walk = True
    for index in range(len(blocks) - 1, HEAD_BLOCKS - 1, -1):
        block = blocks[index]
        if block.kind in (BlockKind.RULE, BlockKind.OLDER):
            continue
        if in_walk and _END_MARK.fullmatch(block.text):
            gone += [index, *(at for at in range(index + 1, len(blocks)) if _is_wordless(blocks[at]))]
        elif _may_call(block, account) or _is_to_scan(blocks, index, account) or _is_own(blocks, index, gone, account):
            gone.append(index)
        elif index < len(blocks) - TAIL_BLOCKS or len(block.text) > LONGEST_LINE:
            break
        else:
            in_walk = in_walk and _is_wordless(block)
    return gone


def _may_call(block: DraftBlock, account: str) -> bool:
    kinds = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.FIGURE)
    return block.kind in kinds and not is_blank(block.text) and is_call(block.text, account)


def _is_to_scan(blocks: Sequence[DraftBlock], index: int, account: str) -> bool:
    """Whether a block is a picture without words and the line above or below it a call to scan it."""
    if not _is_wordless(blocks[index]):
        return False
    beside = (blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks))
    return _presents_itself(blocks[index - 1], account) or any(
        _SCAN.search(fold(block.text)) and _may_call(block, account) for block in beside
    )


def _is_wordless(block: DraftBlock) -> bool:
    return block.kind is BlockKind.FIGURE and is_blank(block.text)


def _is_own(blocks: Sequence[DraftBlock], index: int, gone: Sequence[int], account: str) -> bool:
    """Whether a block says what the account is, or only its name above such a block that is `gone`."""
    name = _DECORATION.sub("", fold(account))
    is_name = bool(name) and _DECORATION.sub("", fold(blocks[index].text)) == name
    return _presents_itself(blocks[index], account) or (is_name and index + 1 in gone)


def _presents_itself(block: DraftBlock, account: str) -> bool:
    """Whether a block begins with the account's name and the word for such accounts: `某某公众号，主要分享……`."""
    name, words = (_DECORATION.sub("", fold(text)) for text in (account, block.text))
    is_text = block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) and len(block.text) <= LONGEST_CALL
    return is_text and bool(name) and words.startswith((f"{name}公众号", f"公众号{name}", f"关注{name}"))


def edges_of(blocks: Sequence[DraftBlock], account: str) -> bytes:
    """The blocks that repetition could show to be the account's own, for `Facts.edges`."""
    edges = []
    for index, block in enumerate(blocks):
        place = "head" if index < HEAD_BLOCKS else "tail" if index >= len(blocks) * TAIL_SHARE else ""
        form = _form(block, account, place)
        if form is not None:
            edges.append(make_edge(index + 1, form, said(block)))
    return pack_edges(len(blocks), edges)


_TEXTUAL = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.FIGURE))


def _form(block: DraftBlock, account: str, place: str) -> Form | None:
    """What the block looks like; most blocks are ordinary and look like nothing."""
    text, kind = block.text, block.kind
    if kind in (BlockKind.FIGURE, BlockKind.EMBED) and is_blank(text):
        return Form.PICTURE
    if kind in _TEXTUAL and is_call(text, account):
        return Form.CALL
    if kind in _TEXTUAL and place and len(text) <= LONGEST_CALL and _CALL.search(fold(text)):
        return Form.HINT if len(text) <= LONGEST_LINE else Form.NOTICE
    return _closing_form(block) if place == "tail" else None


def _closing_form(block: DraftBlock) -> Form | None:
    text, kind = block.text, block.kind
    if kind in (BlockKind.RULE, BlockKind.OLDER):
        return Form.GAP
    if kind is BlockKind.LIST and linked_share(block.html) > MOSTLY_LINKS:
        return Form.LINKS
    is_line = kind is not BlockKind.FIGURE and len(text) <= LONGEST_LINE and text[-1:] not in SENTENCE_ENDS
    return Form.LINE if kind in _TEXTUAL and is_line else None
