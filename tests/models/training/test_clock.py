"""A training that has to be over by a time."""

from __future__ import annotations

import time

from models.training.clock import Clock


def test_without_a_time_the_steps_count():
    clock = Clock(None)
    assert clock.share(0.25) == 0.25 and not clock.over


def test_with_one_the_further_of_both_counts():
    clock = Clock(time.time() + 60)
    clock.spent = 60.0  # before it was stopped
    assert 0.49 < clock.share(0.1) < 0.6 and clock.share(0.9) == 0.9 and not clock.over
    assert Clock(time.time() - 1).over and Clock(time.time() - 1).share(0.0) == 1.0
