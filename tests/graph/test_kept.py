"""The memory of findings: bounded, and only for what comes round again."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from graph.finder import Finder
from graph.jurisdiction.kept import SIGHTED, Kept
from graph.law import Law, from_data
from graph.model.reading import read_case


def test_a_full_memory_keeps_a_key_from_its_second_sighting_on() -> None:
    kept: Kept[str] = Kept(2)
    assert kept.offer("x", "there is room")
    assert kept.offer("y", "there is room")
    assert not kept.offer("a", "first")
    assert kept.get("a") is None
    assert kept.offer("a", "second")
    assert kept.get("a") == "second"


def test_what_is_asked_for_stays_while_others_pass() -> None:
    kept: Kept[int] = Kept(4)
    kept.keep("mine", 1)
    for n in range(100):
        assert kept.get("mine") == 1
        kept.keep(n, n)
    assert kept.get(0) is None


@given(keys=st.lists(st.integers(0, 40), max_size=300), most=st.integers(1, 6))
def test_it_is_bounded_and_never_wrong(keys: list[int], most: int) -> None:
    kept: Kept[int] = Kept(most)
    for key in keys:
        assert kept.get(key) in (None, -key)
        kept.offer(key, -key)
        assert len(kept.young) <= most
        assert len(kept.old) <= most
        assert len(kept.sighted) <= SIGHTED * most


def test_what_the_absence_of_observer_status_means_is_not_carried_to_another_filer(law: Law) -> None:
    """A filer of another kind is taken to have none; of an organisation with observer status it is unknown which.

    The forum is made up: its only question is the observer status, and not the kind of filer.
    """
    file = dict(law.forums["un-wgad-regular"])
    file["rules"] = [{"rule": "standing", "fact": {"filer.observer_status": ["achpr"]}, "authority": ["x"]}]
    asking = from_data({**law.data, "forums": {**law.forums, "un-wgad-regular": file}}, "made-up")
    act = {"from": "2020-05-05", "rights": ["liberty"], "where": "MLI", "respondents": ["MLI"]}
    for kinds in permutations(("victim", "ngo-with-observer-status")):
        finder, told = Finder(asking), {}
        for kind in kinds:
            raw = {"as_of": "2021-06-01", "acts": [act], "filer": {"kind": kind}}
            answer = finder.find(read_case(raw, law.vocabulary()), forums=["un-wgad-regular"])
            told[kind] = answer["forums"][0]["rules"][0]["outcome"]
        assert told == {"victim": "not-met", "ngo-with-observer-status": "unknown"}
