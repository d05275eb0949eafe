import os

import pytest

from bench.corpora.questions import Kind
from bench.measuring.aims import Aim, aims
from bench.measuring.builds import Build
from bench.measuring.cold import Cold
from bench.measuring.process import Memory, memory_of
from bench.measuring.results import Results
from bench.measuring.tables import show, summary
from bench.measuring.visible import Visible
from bench.measuring.warm import Agreement, Speed, medians_ms, percentile, speed
from bench.peers import Found
from bench.peers.listing import peer_class


def test_a_percentile_is_one_of_the_figures():
    figures = [float(n) for n in range(100, 0, -1)]
    assert percentile(figures, 50) == 51
    assert percentile(figures, 95) == 96
    assert percentile([7.0], 95) == 7


def test_a_question_counts_with_the_median_of_its_rounds():
    assert medians_ms([[0.001, 0.005], [0.003, 0.004], [0.009, 0.006]]) == [3.0, 5.0]


def test_an_engine_that_was_asked_less_is_compared_over_the_same_questions():
    figures = speed([4.0, 8.0], [1.0, 2.0, 100.0])
    assert (figures.mean_ms, figures.questions, figures.ratio) == (6.0, 2, 4.0)
    assert figures.ratio_p50 == 4.0


def test_counts_of_zero_say_the_same_as_none():
    assert Found(1, [2], [0, 3, 0]).counted() == Found(1, [2], {1: 3, 5: 0}).counted() == {1: 3}


def test_an_aim_is_reached_from_its_side():
    assert Aim("faster", 2.0, 2.0, at_least=True).is_met
    assert not Aim("faster", 1.99, 2.0, at_least=True).is_met
    assert Aim("smaller", 149.0, 150.0, at_least=False).is_met
    assert not Aim("smaller", 150.0, 150.0, at_least=False).is_met


@pytest.mark.parametrize(
    ("size", "kind", "limit"),
    [
        (10_000, Kind.ALL, 1.0),
        (100_000, Kind.ALL, 1.3),
        (100_000, Kind.PLACE, 2.0),
        (1_000_000, Kind.ALL_NEED_PLACE, 2.0),
    ],
)
def test_how_much_faster_than_tantivy_depends_on_size_and_kind(size, kind, limit):
    results = Results(size, warm={kind: {"ours": _speed(1), "tantivy-best": _speed(1.5)}})
    [aim] = aims(results)
    assert (aim.measured, aim.limit) == (1.5, limit)


def test_databases_are_aims_only_where_all_is_asked_at_once():
    warm = {kind: {"ours": _speed(1), "sqlite": _speed(30)} for kind in Kind}
    kinds = [aim.what for aim in aims(Results(100_000, warm=warm))]
    assert len(kinds) == 2 and all("need, radius" in what for what in kinds)


def test_a_size_without_aims_has_none():
    results = Results(5000, warm={Kind.ANY: {"ours": _speed(1), "tantivy-best": _speed(2)}})
    assert list(aims(results)) == []


def test_everything_measured_is_printed(capsys):
    kind = Kind.ANY_NEED_PLACE
    results = Results(
        100_000,
        left_out={"postgres": "no PostgreSQL server"},
        builds={"ours": Build(18, 0, 300, 90), "tantivy-best": Build(4, 0, 200, 30)},
        matches={kind: 12},
        warm={kind: {"ours": _speed(1), "tantivy-best": _speed(3.25)}},
        agreement={kind: {peer: Agreement(200, 1, 1, 0.97) for peer in ("ours", "tantivy-best")}},
        cold={kind: {"ours": Cold(9, 1, 5), "tantivy-best": Cold(8, 1, 2)}},
        memory={"ours": Memory(31, 60)},
        idle=Memory(30, 50),
        visible=Visible(0.3, 0.6, 0.1, 0.2),
    )
    show(results)
    printed = capsys.readouterr().out
    for wanted in ("no PostgreSQL server", "3.25", "97.0%", "MISSED", "met", "4.50", "0.600 s"):
        assert wanted in printed


def test_the_summary_has_the_least_and_the_most_of_each_engine(capsys):
    slow, slower = ({"ours": _speed(1), "sqlite": _speed(ratio)} for ratio in (20, 150))
    summary([Results(10_000, warm={Kind.ANY: slow, Kind.ALL: slower}), Results(20_000)])
    assert "| SQLite FTS5 + R*Tree | 20 to 150 | not run |" in capsys.readouterr().out


def test_an_engine_that_is_not_installed_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("bench.peers.tantivy_fields.find_spec", lambda _: None)
    monkeypatch.setattr("bench.peers.postgres.find_spec", lambda _: True)
    monkeypatch.setattr("bench.peers.postgres._programs", lambda: None)
    assert "tantivy" in peer_class("tantivy-best").missing()
    assert "PostgreSQL" in peer_class("postgres").missing()
    assert peer_class("sqlite").missing() is None


def test_the_memory_of_a_process_is_read_from_the_system():
    own = memory_of(os.getpid())
    assert 1 < own.private_mb <= own.resident_mb


def _speed(ratio: float) -> Speed:
    return Speed(ratio, ratio, ratio, 200, ratio, ratio)
