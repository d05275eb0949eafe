"""What an import did, or would do, in numbers and words. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from resourcedir.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """``rows`` is added, changed, unchanged and refused together: each row is accounted for.

    ``withdrawn`` are names of listings that the source no longer has, ``kept_withdrawn`` of those
    that it has and that a person withdrew here. ``unlocated`` are rows that have no point,
    ``unplaced`` rows that an address service could not place, ``unread`` cells that were left out,
    ``unmapped`` codes that no table of ours has; all of these are imported but for what is said
    here.
    """

    rows: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: tuple[str, ...] = ()
    kept_withdrawn: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    unlocated: tuple[Fault, ...] = ()
    unplaced: tuple[Fault, ...] = ()
    unread: tuple[Fault, ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def refused(self) -> int:
        """Rows that were not imported: all of them where anything is wrong."""
        return self.rows - self.added - self.changed - self.unchanged

    def lines(self) -> Iterator[str]:
        """Yield the report, one sentence a line."""
        yield (
            f"{self.rows} rows: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.refused} refused."
        )
        if self.withdrawn:
            yield (
                f"{len(self.withdrawn)} listings are no longer in the file, which was imported "
                "whole: they are withdrawn, not deleted."
            )
            yield from (f"  withdrawn: {name}" for name in self.withdrawn)
        if self.kept_withdrawn:
            yield (
                f"{len(self.kept_withdrawn)} listings in the file were withdrawn here by a person "
                "and stay so until somebody offers them again on their pages."
            )
            yield from (f"  stays withdrawn: {name}" for name in self.kept_withdrawn)
        yield from _listed(self.unlocated, "rows have no point on the map", "not located")
        yield from _listed(self.unplaced, "rows are placed by ZIP code alone", "not looked up")
        yield from _listed(self.unread, "cells could not be read and were left out", "not read")
        if self.unmapped:
            yield (
                f"{len(self.unmapped)} codes have no entry in our table; they are attributes under "
                f"the names of the reference sheet: {', '.join(self.unmapped)}."
            )


@dataclass(frozen=True, slots=True)
class Imported:
    """The report, and the numbers of the listings that changed (none after a dry run)."""

    report: ImportReport
    numbers: tuple[int, ...] = ()


def _listed(faults: tuple[Fault, ...], what: str, each: str) -> Iterator[str]:
    if faults:
        yield f"{len(faults)} {what}:"
        yield from (f"  {each}: {fault}" for fault in faults)
