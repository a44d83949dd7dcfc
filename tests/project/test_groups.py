"""Tests that share what was made once for them run in one process: pytest-xdist reads their group off their name."""

import os

import pytest


@pytest.fixture(scope="module")
def made_once():
    return object()


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process runs all tests")
def test_a_test_that_shares_is_in_a_group(made_once, request):
    assert request.node.nodeid.endswith("@test_groups")
