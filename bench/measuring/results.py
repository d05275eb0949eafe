"""All figures of one size of directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bench.corpora.questions import Kind
from bench.measuring.builds import Build
from bench.measuring.cold import Cold
from bench.measuring.process import Memory
from bench.measuring.visible import Visible
from bench.measuring.warm import Agreement, Speed


@dataclass(slots=True)
class Results:
    """Mappings have the short name of each engine that was measured, ours first.

    ``left_out`` says why others were not. ``memory`` is that of a second process of each, after
    all questions; ``idle`` that of a process that only holds the program and the questions.
    """

    size: int
    left_out: dict[str, str] = field(default_factory=dict)
    builds: dict[str, Build] = field(default_factory=dict)
    matches: dict[Kind, float] = field(default_factory=dict)
    warm: dict[Kind, Mapping[str, Speed]] = field(default_factory=dict)
    agreement: dict[Kind, Mapping[str, Agreement]] = field(default_factory=dict)
    cold: dict[Kind, Mapping[str, Cold]] = field(default_factory=dict)
    memory: dict[str, Memory] = field(default_factory=dict)
    idle: Memory | None = None
    visible: Visible | None = None
