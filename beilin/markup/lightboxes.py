"""Links that only enlarge the picture inside them: the full picture is what they lead to."""

from selectolax.lexbor import LexborNode

from beilin.text.addresses import clean_link


def is_lightbox(node: LexborNode, address: str) -> bool:
    """Whether a link only enlarges the picture inside it."""
    path = address.split("?", maxsplit=1)[0].lower()
    return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")) and node.css_first("img") is not None


def full_picture(node: LexborNode, base: str | None) -> str | None:
    """The address of the full picture, where a lightbox link around `node` has it."""
    parent = node.parent
    if parent is None or parent.tag != "a":
        return None
    address = clean_link(parent.attributes.get("href") or "", base)
    return address if address and is_lightbox(parent, address) else None
