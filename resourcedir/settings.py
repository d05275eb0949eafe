"""Everything that differs between machines. Read once, at start, from ``RESOURCEDIR_*`` alone."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from typing import Final, Self
from zoneinfo import available_timezones

from resourcedir.errors import BadInput
from resourcedir.texts import N_

PREFIX: Final = "RESOURCEDIR_"
DEMO_MARK: Final = "EXAMPLE-DATA"  # a file of this name marks a folder whose data is invented
USUAL_ZONE: Final = "America/New_York"
USUAL_CUT_OFF: Final = time(15)
DEMO_KEYS: Final = "demo.keys"


def _about(text: str, *, default: str = "") -> str:
    return field(default=default, metadata={"about": text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each field is the variable ``RESOURCEDIR_<NAME>``; the README lists them from here."""

    data_dir: Path = field(metadata={"about": "folder of the database, the index and the keys"})
    key_file: Path | None = field(
        default=None,
        metadata={
            "about": "file of the keys that seal personal text, one a line, the newest first"
        },
    )
    keys: str = field(
        default="",
        repr=False,
        metadata={"about": "those keys themselves, with blanks between, in place of a file"},
    )
    database_url: str = field(
        repr=False, metadata={"about": "SQLAlchemy address; default: SQLite in the data folder"}
    )
    https: bool = field(
        default=True, metadata={"about": "0 only for a trial on one machine without https"}
    )
    home_state: str = _about(
        "state that a city without a state is looked up in first, and whose crisis lines pages show"
    )
    time_zone: str = _about(
        "IANA name of the zone that dates and times are shown in, and hours without a zone are",
        default=USUAL_ZONE,
    )
    holidays: frozenset[str] = field(
        default=frozenset(),
        metadata={
            "about": "local holidays beside the federal ones: 2026-12-24, or 12-24 for every year"
        },
    )
    cut_off: time = field(
        default=USUAL_CUT_OFF,
        metadata={
            "about": "a referral sent later in the day counts as received on the next working day"
        },
    )
    languages: tuple[str, ...] = ("en", "es")
    geocoder: str = _about("a geopy geocoder for provider addresses; default: offline")
    geocoder_options: Mapping[str, str] = field(
        default_factory=dict, metadata={"about": "its options, as a JSON object"}
    )
    zone_geocoder: str = _about(
        "a geocoder on this machine or in its private network for the places that clients keep"
        " away from; default: none"
    )
    zone_geocoder_options: Mapping[str, str] = field(
        default_factory=dict, metadata={"about": "its options, as a JSON object"}
    )
    trusted_proxies: int = field(
        default=0, metadata={"about": "how many proxies in front set X-Forwarded-For"}
    )

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def is_demo(self) -> bool:
        return (self.data_dir / DEMO_MARK).exists()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Build settings from the variables that start with ``RESOURCEDIR_``.

        :raises BadInput: naming the variable and the mend. There is no fallback secret: an app
            that starts with a known key is worse than one that does not.
        """
        given = {k.removeprefix(PREFIX): v for k, v in environ.items() if k.startswith(PREFIX)}
        known = {name.upper() for name in VARIABLES}
        if unknown := sorted(set(given) - known):
            raise BadInput(
                N_("%(name)s is not a setting. The settings are: %(known)s."),
                name=PREFIX + unknown[0],
                known=", ".join(sorted(PREFIX + name for name in known)),
            )
        data_dir = Path(_required(given, "DATA_DIR", "a folder that the app may write")).resolve()
        return cls(
            data_dir=data_dir,
            key_file=None if given.get("KEYS") else _key_file(given, data_dir),
            keys=given.get("KEYS", "").strip(),
            database_url=given.get("DATABASE_URL") or f"sqlite:///{data_dir / 'resourcedir.db'}",
            https=_flag(given, "HTTPS", default=not (data_dir / DEMO_MARK).exists()),
            time_zone=_zone(given),
            holidays=frozenset(_holidays(given)),
            cut_off=_clock(given, "CUT_OFF", USUAL_CUT_OFF),
            home_state=given.get("HOME_STATE", "").strip().upper(),
            geocoder=given.get("GEOCODER", "").strip(),
            geocoder_options=_options(given, "GEOCODER_OPTIONS"),
            zone_geocoder=given.get("ZONE_GEOCODER", "").strip(),
            zone_geocoder_options=_options(given, "ZONE_GEOCODER_OPTIONS"),
            trusted_proxies=_count(given, "TRUSTED_PROXIES"),
        )


VARIABLES: Final = {
    each.name: str(each.metadata["about"]) for each in fields(Settings) if each.metadata
}


def _required(given: Mapping[str, str], name: str, what: str) -> str:
    if not (value := given.get(name, "").strip()):
        raise BadInput(N_("%(name)s is not set: give it %(what)s."), name=PREFIX + name, what=what)
    return value


def _key_file(given: Mapping[str, str], data_dir: Path) -> Path:
    if (data_dir / DEMO_MARK).exists() and "KEY_FILE" not in given:
        return data_dir / DEMO_KEYS
    return Path(
        _required(
            given,
            "KEY_FILE",
            "a file outside the data folder with 64 hexadecimal digits, as made by"
            " python3 -c 'import secrets; print(secrets.token_hex(32))'",
        )
    ).resolve()


def _flag(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = given.get(name, "1" if default else "0").strip()
    if value not in {"0", "1"}:
        raise BadInput(
            N_("%(name)s is %(value)s: give it 0 or 1."), name=PREFIX + name, value=value
        )
    return value == "1"


def _zone(given: Mapping[str, str]) -> str:
    name = given.get("TIME_ZONE", "").strip() or USUAL_ZONE
    if name not in available_timezones():
        raise BadInput(
            N_("%(name)s is %(value)s: give it an IANA name such as %(usual)s."),
            name=PREFIX + "TIME_ZONE",
            value=name,
            usual=USUAL_ZONE,
        )
    return name


def _holidays(given: Mapping[str, str]) -> Iterator[str]:
    """Yield the days as ISO writes them, those of every year without the year."""
    for item in given.get("HOLIDAYS", "").replace(",", " ").split():
        if not _is_day(item):
            raise BadInput(
                N_(
                    "%(name)s: %(value)s is no day. Write days as 2026-12-24, or 12-24 for every"
                    " year, with blanks or commas between."
                ),
                name=PREFIX + "HOLIDAYS",
                value=item,
            )
        yield item


def _is_day(text: str) -> bool:
    whole = text if text.count("-") == 2 else f"2000-{text}"  # a year that had a 29 February
    try:
        return date.fromisoformat(whole).isoformat() == whole  # it reads 20261224 as well
    except ValueError:
        return False


def _clock(given: Mapping[str, str], name: str, usual: time) -> time:
    if not (value := given.get(name, "").strip()):
        return usual
    if not (shape := re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value, re.ASCII)):
        raise BadInput(
            N_("%(name)s is %(value)s: give it a time of day such as %(usual)s."),
            name=PREFIX + name,
            value=value,
            usual=f"{usual:%H:%M}",
        )
    return time(int(shape[1]), int(shape[2]))


def _count(given: Mapping[str, str], name: str) -> int:
    value = given.get(name, "0").strip()
    if not value.isdecimal():
        raise BadInput(
            N_("%(name)s is %(value)s: give it a whole number."), name=PREFIX + name, value=value
        )
    return int(value)


def _options(given: Mapping[str, str], name: str) -> Mapping[str, str]:
    try:
        options = json.loads(given.get(name) or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict) or not all(isinstance(v, str) for v in options.values()):
        raise BadInput(
            N_('%(name)s is not a JSON object of strings, such as {"user_agent": "county"}.'),
            name=PREFIX + name,
        )
    return options
