"""The fast way to canonical bytes gives the bytes of the exact one."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import canonical, canonical_record

_KEYS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.0123456789", min_size=1)
_LEAVES = (
    st.text(st.characters(exclude_categories=["Cs"])) | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()
)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_ANY = st.recursive(
    _LEAVES | _NUMBERS | st.none(),
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner), max_leaves=20)


@given(_VALUES)
def test_records_without_fractions_are_canonical_either_way(value: object):
    assert canonical_record(value) == canonical(value) == rfc8785.dumps(value)


@given(_ANY)
def test_whatever_can_be_written_is_written_exactly(value: object):
    try:
        wanted = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(value)
    else:
        assert canonical(value) == wanted


@pytest.mark.parametrize("value", ["\ud800", {"a": "\udfff"}, 2**53, [object()], float("nan")])
def test_what_cannot_be_written_is_refused_as_the_exact_way_refuses_it(value: object):
    with pytest.raises(Exception) as exact:  # noqa: PT011  # whatever it is
        rfc8785.dumps(value)
    with pytest.raises(type(exact.value)):
        canonical(value)
