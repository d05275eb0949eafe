"""Prints figures as tables."""

from collections.abc import Iterable, Sequence

from bench.measuring.aims import aims
from bench.measuring.results import Results
from bench.peers.listing import NAMES, peer_class


def show(results: Results) -> None:
    """Print all that is known of one size."""
    print(f"\n== {results.size:,} documents ==")
    for peer, reason in results.left_out.items():
        print(f"without {peer_class(peer).name}: {reason}")
    _show_warm(results)
    _show_cold(results)
    _show_rest(results)
    _show_aims(results)


def summary(measured: Sequence[Results]) -> None:
    """Print, for a document, how many times slower than ours each engine was: least and most."""
    print("\n| times slower, means of the five kinds |", end="")
    print("".join(f" {each.size:,} |" for each in measured))
    print("|---" * (len(measured) + 1) + "|")
    for peer in NAMES:
        spans = [_span(each, peer) for each in measured]
        print(f"| {peer_class(peer).name} | {' | '.join(spans)} |")


def _span(results: Results, peer: str) -> str:
    ratios = [figures[peer].ratio for figures in results.warm.values() if peer in figures]
    if not ratios:
        return "not run"
    if peer == "ours":
        means = [figures[peer].mean_ms for figures in results.warm.values()]
        return f"1 ({min(means):.2g} to {max(means):.2g} ms)"
    return f"{_short(min(ratios))} to {_short(max(ratios))}"


def _short(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 10 else f"{ratio:.0f}"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose first column is left, the others right."""
    listed = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *listed, strict=True)]
    print(f"\n{title}")
    for row in [head, *listed]:
        first, *others = (
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())


def _show_warm(results: Results) -> None:
    head = ("", "mean ms", "p50", "p95", "times ours", "at p50", "asked")
    checks = ("exact", "in order", "page", "of")
    for kind, figures in results.warm.items():
        agreed = results.agreement[kind]
        rows = [
            (
                peer_class(peer).name,
                f"{each.mean_ms:.3f}",
                f"{each.p50_ms:.3f}",
                f"{each.p95_ms:.3f}",
                f"{each.ratio:.2f}",
                f"{each.ratio_p50:.2f}",
                str(each.questions),
                f"{agreed[peer].equal:.1%}",
                f"{agreed[peer].in_order:.1%}" if peer == "ours" else "",
                f"{agreed[peer].overlap:.1%}",
                str(agreed[peer].checked),
            )
            for peer, each in figures.items()
        ]
        title = f"warm: {kind}; {results.matches[kind]:.0f} listings answer on average"
        table(title, (*head, *checks), rows)


def _show_cold(results: Results) -> None:
    for kind, figures in results.cold.items():
        rows = [
            (peer_class(peer).name, f"{c.first_ms:.2f}", f"{c.p50_ms:.3f}", f"{c.p95_ms:.3f}")
            for peer, c in figures.items()
        ]
        head = ("", "open and first ms", "p50 of the others", "p95")
        table(f"cold, each question once in a new process: {kind}", head, rows)


def _show_rest(results: Results) -> None:
    rows = []
    for peer, build in results.builds.items():
        memory = results.memory.get(peer)
        rows.append(
            (
                peer_class(peer).name,
                f"{build.seconds:.1f}",
                f"{build.reading_s:.1f}",
                f"{build.largest_mb:.0f}",
                f"{build.disk_mb:.1f}",
                f"{memory.private_mb:.0f}" if memory else "",
                f"{memory.resident_mb:.0f}" if memory else "",
            )
        )
    head = ("", "build s", "reading s", "build MB", "disk MB", "private MB", "resident MB")
    table("build, and memory of a second process", head, rows)
    if results.idle:
        idle = results.idle
        print(
            f"a process without index: {idle.private_mb:.0f} MB private of {idle.resident_mb:.0f}"
        )
    if results.visible:
        seen = results.visible
        print(
            f"change to visible: {seen.followed_p50_s:.3f} s, at most {seen.followed_max_s:.3f} s; "
            f"without the wait of the indexer {seen.at_once_p50_s:.3f} s, "
            f"at most {seen.at_once_max_s:.3f} s"
        )


def _show_aims(results: Results) -> None:
    rows = [
        (
            aim.what,
            f"{aim.measured:.2f}",
            f"{'at least' if aim.at_least else 'below'} {aim.limit:g}",
            "met" if aim.is_met else "MISSED",
        )
        for aim in aims(results)
    ]
    if rows:
        table("aims", ("", "measured", "aim", ""), rows)
