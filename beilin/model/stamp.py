"""A date as it was printed, never more precise than that."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

TIME_STARTS = 10  # length of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment in ISO 8601 as precise as its source: `2023`, `2023-10`, `2023-10-27`, `2023-10-30T04:43+08:00`."""

    iso: str
    origin: str
    """Where it was read: `front matter`, `dateline`, `byline`, `url`, `first lines`, `stamp comment`."""

    def filed_under(self, timezone: str) -> str:
        """The day (or month, or year, if no more is known) that the moment falls on in `timezone` (an IANA name)."""
        if len(self.iso) <= TIME_STARTS:
            return self.iso
        moment = datetime.fromisoformat(self.iso)
        if moment.tzinfo is None:
            return self.iso[:TIME_STARTS]
        return moment.astimezone(ZoneInfo(timezone)).date().isoformat()
