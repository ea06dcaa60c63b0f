"""What captures are and how each outlet's pages are read: declarations, wrappers, facts."""

RULES = 1
"""Version of the rules by which captures are read. It grows with a release that changes published texts, so that the
ledger can tell a reader of an older citation why the text is not quite the one that was cited."""
