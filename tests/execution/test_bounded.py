"""A cache that is bounded by entries and by bytes."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.execution.bounded import Bounded


def test_what_was_put_is_found_and_counted_as_a_hit() -> None:
    cache: Bounded[str, int] = Bounded(entries=2, bytes=100)
    assert cache.put("a", 1, 10)
    assert (cache.get("a"), cache.get("b")) == (1, None)
    assert (cache.hits, cache.misses, cache.bytes, len(cache)) == (1, 1, 10, 1)


def test_the_least_recently_used_goes_first() -> None:
    cache: Bounded[str, int] = Bounded(entries=2, bytes=100)
    cache.put("a", 1, 1)
    cache.put("b", 2, 1)
    cache.get("a")
    cache.put("c", 3, 1)
    assert ("a" in cache, "b" in cache, "c" in cache) == (True, False, True)


def test_looking_whether_something_is_held_is_no_use_of_it() -> None:
    cache: Bounded[str, int] = Bounded(entries=2, bytes=100)
    cache.put("a", 1, 1)
    cache.put("b", 2, 1)
    assert "a" in cache
    cache.put("c", 3, 1)
    assert "a" not in cache
    assert (cache.hits, cache.misses) == (0, 0)


def test_bytes_push_out_as_many_as_it_takes() -> None:
    cache: Bounded[str, int] = Bounded(entries=10, bytes=100)
    for name in "abcd":
        cache.put(name, 0, 25)
    cache.put("e", 0, 60)
    assert ("c" in cache, "d" in cache, "e" in cache, cache.bytes) == (False, True, True, 85)


def test_a_value_heavier_than_the_bound_pushes_nothing_out_and_replaces_its_former_self() -> None:
    cache: Bounded[str, int] = Bounded(entries=10, bytes=100)
    cache.put("a", 1, 10)
    cache.put("b", 2, 10)
    assert not cache.put("a", 3, 101)
    assert (cache.get("a"), cache.get("b"), cache.bytes) == (None, 2, 10)


def test_putting_again_replaces_value_and_weight() -> None:
    cache: Bounded[str, int] = Bounded(entries=10, bytes=100)
    cache.put("a", 1, 10)
    cache.put("a", 2, 30)
    assert (cache.get("a"), cache.bytes, len(cache)) == (2, 30, 1)


def test_a_cache_of_no_entries_holds_nothing() -> None:
    cache: Bounded[str, int] = Bounded(entries=0, bytes=100)
    assert not cache.put("a", 1, 1)
    assert (len(cache), cache.bytes) == (0, 0)


def test_clearing_forgets_everything_but_the_counters() -> None:
    cache: Bounded[str, int] = Bounded(entries=2, bytes=100)
    cache.put("a", 1, 10)
    cache.get("a")
    cache.clear()
    assert (len(cache), cache.bytes, cache.hits) == (0, 0, 1)


@given(
    st.lists(st.tuples(st.sampled_from(["put", "get", "pop"]), st.integers(0, 8), st.integers(0, 60))),
    st.integers(1, 5),
)
def test_it_holds_what_a_plain_list_in_order_of_use_holds(steps: list[tuple[str, int, int]], entries: int) -> None:
    cache: Bounded[int, str] = Bounded(entries, 100)
    model: list[tuple[int, int]] = []  # key and weight, least recently used first
    for what, key, weight in steps:
        held = next((pair for pair in model if pair[0] == key), None)
        if what == "get":
            assert (cache.get(key) is not None) == (held is not None)
            if held:
                model.remove(held)
                model.append(held)
        elif what == "pop":
            cache.pop(key)
            if held:
                model.remove(held)
        else:
            cache.put(key, "value", weight)
            if held:
                model.remove(held)
            model.append((key, weight))
            while len(model) > entries or sum(pair[1] for pair in model) > 100:
                model.pop(0)
        assert len(cache) == len(model)
        assert all(pair[0] in cache for pair in model)
        assert cache.bytes == sum(pair[1] for pair in model)
