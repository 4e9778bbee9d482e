"""What replaces ``np.unique`` gives what it gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from undazzle.coordination.ordering import distinct, numbered

WHOLE = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3), max_size=40)


@given(WHOLE)
def test_distinct_numbers_are_those_of_numpy(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    assert distinct(given_values).tolist() == np.unique(given_values).tolist()
    assert given_values.tolist() == values  # nothing is sorted in place


@given(WHOLE)
def test_places_among_distinct_numbers_are_those_of_numpy(values: list[int]) -> None:
    found, place = numbered(np.array(values, dtype=np.int64))
    expected, inverse = np.unique(np.array(values, dtype=np.int64), return_inverse=True)
    assert found.tolist() == expected.tolist()
    assert place.tolist() == inverse.tolist()


@pytest.mark.parametrize("dtype", [np.int32, np.uint16, np.uint64])
def test_the_kind_of_number_stays(dtype: type[np.generic]) -> None:
    values = np.array([3, 1, 3], dtype=dtype)
    assert distinct(values).dtype == numbered(values)[0].dtype == values.dtype
