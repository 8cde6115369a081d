"""Python looks for rubbish seldom while a draft is checked, and then as often as before."""

from __future__ import annotations

import gc

import pytest

from claimcheck.collecting import collecting_seldom


@pytest.fixture(autouse=True)
def _as_before():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_what_held_before_holds_again_when_all_are_done():
    gc.set_threshold(700, 11, 12)
    one, two = collecting_seldom(), collecting_seldom()
    one.__enter__()
    two.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold()[0] > 700
    two.__exit__(None, None, None)
    assert gc.get_threshold() == (700, 11, 12)


@pytest.mark.parametrize("often", [0, 10**8])
def test_who_looks_less_often_is_left_alone(often):
    gc.set_threshold(often, 10, 10)
    with collecting_seldom():
        assert gc.get_threshold() == (often, 10, 10)
    assert gc.get_threshold() == (often, 10, 10)
