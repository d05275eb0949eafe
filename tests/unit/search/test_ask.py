from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from resourcedir.search.ask import MOST_KEPT, USUAL_MILES, Ask, Order
from resourcedir.taxonomy.terms import taxonomy

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(
    lambda text: " ".join(text.split())
)
codes = st.frozensets(st.sampled_from(["en", "es", "medicaid", "men"]), max_size=3)
said = st.frozensets(st.sampled_from(["in spanish", "near 37402", "cruces"]), max_size=3)
asks = st.builds(
    Ask,
    words=words,
    need=st.sampled_from(["", *(term.code for term in taxonomy())]),
    near=words,
    within=st.sampled_from([5.0, 25.0, 12.5, 1234.567, None]),
    open_now=st.booleans(),
    tonight=st.booleans(),
    weekend=st.booleans(),
    openings=st.booleans(),
    language=codes,
    cost=codes,
    payer=codes,
    population=codes,
    offense=codes,
    aside=said,
    as_typed=said,
    sort=st.sampled_from(Order),
    page=st.integers(1, 400),
)


def read(query):
    return Ask.read(MultiDict(parse_qsl(query, keep_blank_values=True)))


@given(asks)
def test_the_url_holds_the_whole_search(ask):
    again = read(ask.query())

    assert again.query() == ask.query()
    assert again == (ask if ask.near else read(ask.query()))


@given(st.text(max_size=200))
def test_any_query_string_is_read(text):
    read(text)


@given(st.dictionaries(st.sampled_from(["q", "near", "within", "page", "need", "sort"]), st.text()))
def test_any_values_are_read(values):
    ask = Ask.read(MultiDict(values))

    assert ask.within is None or ask.within > 0
    assert ask.page >= 1
    assert ask.need == "" or ask.need in taxonomy()


def test_what_makes_no_sense_counts_as_not_asked():
    ask = read("need=no-such-term&within=-3&page=0&sort=worst&near=37402")

    assert ask == Ask(near="37402", within=USUAL_MILES)


def test_any_distance_is_said_in_words():
    ask = read("near=37402&within=any")

    assert ask.within is None
    assert read(ask.query()) == ask


def test_a_page_of_thousands_of_digits_is_the_first():
    assert read("page=" + "9" * 5000) == Ask()


def test_what_is_taken_away_and_left_as_typed_stands_in_the_address():
    ask = Ask(words="detox in spanish", aside=frozenset({"in spanish"}), as_typed=frozenset({"x"}))

    assert ask.query() == "q=detox+in+spanish&aside=in+spanish&typed=x"


def test_no_more_is_kept_of_an_address_than_a_text_can_have():
    ask = Ask.read(MultiDict([("aside", str(number)) for number in range(1000)]))

    assert len(ask.aside) == MOST_KEPT
