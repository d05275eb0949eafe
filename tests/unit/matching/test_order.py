"""What the order of a match rests on, one merit after another."""

import numpy as np
import pytest

from resourcedir.directory.asking import Matter
from resourcedir.matching.scoring import (
    BESIDES,
    Told,
    certainty,
    closeness,
    free_places,
    made_for,
    understood,
)
from resourcedir.matching.verdicts import Finding, Limit, Verdict, Why, open_points

DAY = 24 * 60.0
CASE_BY_CASE = Finding(Verdict.CALL, Matter.OFFENSE, Why.CASE_BY_CASE, "arson")
NO_PAPER = Finding(Verdict.CALL, Matter.DOCUMENT, Why.LACKING, "state-id")
IN_WORDS = Finding(Verdict.CALL, Matter.POPULATION, Why.IN_WORDS)


def sure(*findings):
    return certainty(np.array([open_points(findings)]))[0]


def test_a_paper_to_bring_is_less_of_a_question_than_arson():
    assert sure() == 1
    assert sure() > sure(NO_PAPER) > sure(CASE_BY_CASE) > sure(CASE_BY_CASE, NO_PAPER)
    assert sure(NO_PAPER, NO_PAPER) == sure(CASE_BY_CASE)


def test_more_questions_than_four_are_not_less_certain_than_four():
    assert sure(*[CASE_BY_CASE] * 4) == sure(*[CASE_BY_CASE] * 9) == 0


@pytest.mark.parametrize(
    "finding",
    [
        Finding(Verdict.CALL, Matter.GENDER, Why.CASE_BY_CASE, "nonbinary"),
        Finding(Verdict.NOT_KNOWN, Matter.MEDICATION, Why.FACT_MISSING),
        Finding(Verdict.CALL, Matter.POPULATION, Why.FACT_MISSING),
        Finding(Verdict.CALL, Limit.ACCESS, Why.UNSAID, "wheelchair"),
        Finding(Verdict.CALL, Matter.CHILDREN, Why.FACT_MISSING),
        Finding(Verdict.YES, Matter.OFFENSE, Why.FITS, "arson"),
        Finding(Verdict.NO, Matter.OFFENSE, Why.REFUSED, "arson"),
    ],
    ids=lambda finding: f"{finding.about.value} {finding.why.value}",
)
def test_who_the_client_is_and_what_is_settled_are_not_counted(finding):
    assert sure(finding) == 1


def test_what_a_place_says_in_words_of_its_own_is_a_question_to_everybody():
    assert sure(IN_WORDS) == sure(CASE_BY_CASE)


def test_a_house_with_a_job_club_is_no_less_of_a_house_and_a_class_that_gives_passes_is_no_bus():
    of_kind, in_all = np.array([1.0, 1, 1, 2, 0]), np.array([1.0, 2, 3, 3, 0])
    assert made_for(of_kind, in_all).tolist() == [1, 1, BESIDES, 1, 1]


PLACES = (("es",), ("es", "en"), ("en",), ("fr",), ())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (("es",), [1, 1, 0, 0, 0]),
        (("es", "fr"), [1, 1, 0, 0.7, 0]),
        (("es", "en"), [1, 1, 0.7, 0, 0.7]),
        (("en",), [0, 1, 1, 0, 1]),
        (("en", "es"), [0.7, 1, 1, 0, 1]),
    ],
)
def test_who_is_understood_there_goes_first_and_a_place_that_names_no_language_speaks_english(
    wanted, expected
):
    def naming(codes):
        return np.array([bool({*codes} & {*named}) for named in PLACES])

    silent = np.array([not named for named in PLACES])
    assert understood(wanted, naming, silent).tolist() == expected


def test_a_count_that_is_believed_is_nearly_as_good_as_a_new_one_and_full_is_worse_than_untold():
    now = 1_000 * DAY
    new, fading, gone, untold, full = free_places(
        Told(
            np.zeros(5),
            np.array([now + 3 * DAY, now + 1, now - 1, 0, 0]),
            np.array([now, now - 3 * DAY, now - 4 * DAY, 0, now - DAY]),
        ),
        now,
    )
    assert new == 1
    assert new > fading > 0.8
    assert fading > gone == untold > full == 0


def test_ten_miles_are_half_as_close_as_next_door():
    assert closeness(np.array([0.0, 16.09344])).tolist() == [1, 0.5]
