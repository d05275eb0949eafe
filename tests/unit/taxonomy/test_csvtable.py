"""Tables of the package: a fault names its file and line."""

import re

import pytest

from resourcedir.taxonomy.csvtable import parse_table, split_list

COLUMNS = ("code", "words")


def lines(text: str):
    return list(parse_table(text, "t.csv", COLUMNS, may_be_empty={"words"}))


def test_rows_keep_the_number_of_their_line():
    first, second = lines("code,words\na,x;y\nb,\n")
    assert (first.number, first.cells) == (2, {"code": "a", "words": "x;y"})
    assert second.number == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words,code\n", "t.csv, line 1: the columns must be code, words"),
        ("code,words\na,x\nb\n", "t.csv, line 3: 1 cells instead of 2"),
        ("code,words\na,x,y\n", "t.csv, line 2: 3 cells instead of 2"),
        ("code,words\n,x\n", "t.csv, line 2: code is empty"),
        ("code,words\na, x\n", "t.csv, line 2: words has spaces around it"),
    ],
)
def test_a_broken_row_is_named_by_its_line(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        lines(text)


def test_a_list_of_words_has_no_empty_part():
    (line,) = lines("code,words\na,x;;y\n")
    with pytest.raises(ValueError, match="line 2: words holds an empty"):
        split_list(line, "words")


def test_an_empty_cell_is_an_empty_list():
    (line,) = lines("code,words\na,\n")
    assert split_list(line, "words") == ()
