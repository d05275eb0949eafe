"""The one place that reads the time. Tests replace ``now``; the domain takes it as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)
