"""A built site, read anew by a parser that had no part in making it, and held against what it promises."""

from beilin.checks.site import check_site

__all__ = ["check_site"]
