"""A sentence that says a statement in its own words, or denies it in them, and all that does neither."""

from __future__ import annotations

import pytest

from rag.language.restated import restated


@pytest.mark.parametrize(
    ("statement", "sentence", "said"),
    [
        ("The ferry was repaired.", "The ferry was finally repaired in May.", "yes"),
        ("The ferry was repaired.", "The ferry was not repaired.", "no"),
        ("The ferry was repaired.", "On Monday the ferry wasn’t repaired.", None),
        ("The choir sang.", "Neither the choir nor the band sang.", "no"),
        ("The choir sang.", "The choir didn't sing and didn't dance.", "no"),
        ("It was sold.", "It was sold.", None),
        ("The choir danced.", "The choir didn't dance and didn't sing.", "no"),
        ("The school was closed.", "The mill was not closed, nor was the school.", "no"),
        ("The mill was closed.", "The mill was not closed, nor was the school.", "no"),
        ("A contract was signed.", "No contract was signed.", "no"),
        ("The ferry was repaired.", "The ferry would have been repaired if money had come.", None),
        ("The ferry was repaired.", "He denied that the ferry was repaired.", None),
        ("The ferry was repaired.", "Had the ferry been repaired, nobody would have waited.", None),
        ("The ferry was safe.", "The ferry was anything but safe.", None),
        ("The ferry is ready.", "The ferry is far from ready.", None),
        ("The ferry will be repaired.", "The ferry was repaired.", None),
        ("All ferries were repaired.", "Some ferries were repaired.", None),
        ("The ferry was not repaired.", "The ferry was repaired.", None),
        ("A dog is running.", "A dog running up a hill was seen.", None),
        ("The ferry was repaired.", "The ferry was repaired before it could sink.", None),
        ("The governor came.", "The governor left.", None),
        ("The governor came.", "The governor did not come.", "no"),
        ("A new bridge was opened.", "The mayor opened a new bridge on Friday.", "yes"),
        ("The old ferry was bought.", "Nora Bell bought the rusty old ferry.", "yes"),
        ("The ferry was bought.", "Nora Bell has not bought the ferry.", None),
        ("The ferry was bought.", "Nora Bell nearly bought the ferry.", None),
        ("The ferry was bought.", "Nora Bell bought the ferry company.", None),
        ("The ferry was bought.", "Nora Bell bought a ticket for the ferry.", None),
        ("The ferry was bought.", "The ferry bought time.", None),
        ("The ferry was bought.", "Nobody bought the ferry.", None),
        ("The ferry was bought.", "If she bought the ferry, we would know.", None),
        ("Nora Bell is a captain.", "Ferry captain Nora Bell waved.", "yes"),
        ("Nora Bell was the ferry captain.", "On Friday ferry captain Nora Bell waved.", "yes"),
        ("Nora Bell is a captain.", "Former ferry captain Nora Bell waved.", None),
        ("Nora Bell is a captain.", "The ex-captain Nora Bell waved.", None),
        ("Nora Bell is a captain.", "The captain met Nora Bell.", None),
        ("The ferry is a wreck.", "The wreck the ferry.", None),
        ("", "Nothing.", None),
    ],
)
def test_only_the_plainest_forms_count(statement, sentence, said):
    assert restated(statement, sentence) == said
