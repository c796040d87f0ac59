"""No as of its document's day, where a later document speaks of the same thing."""

from __future__ import annotations

LOG = "Harbour office\n\n2 March 2024\n\nThe lost buoy has not been found. The crew was paid.\n"
MAIL = "Harbour office\n\n9 May 2024\n\nThe lost buoy lay in the net of a trawler from Sund. It is green no more.\n"
OTHER = "Harbour office\n\n9 May 2024\n\nThe new crane was painted yellow, which nobody had asked for.\n"


def test_a_no_of_a_day_before_the_last_that_is_told_of_the_thing_bears_its_day(written):
    _, assistant = written(log=LOG, mail=MAIL)
    assert assistant.ask("Has the lost buoy been found?").text.startswith("No, as of 2 March 2024: ")


def test_a_no_that_nothing_later_speaks_of_stands_by_itself(written):
    _, assistant = written(log=LOG, other=OTHER)
    assert assistant.ask("Has the lost buoy been found?").text.startswith("No: ")
