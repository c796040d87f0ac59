"""What a sentence says to be unsaid, in words of many kinds; and what only looks like it."""

from __future__ import annotations

import pytest

from rag.language.unsaid import unsaid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The harbour master declined to name the crew.", "declined"),
        ("She would not be drawn on the price of the lock.", "declined"),
        ("“I won’t discuss my salary,” Ferrand said.", "declined"),
        ("The mill made no comment.", "declined"),
        ("No decision was taken on the weir.", "undecided"),
        ("The choir has not yet made up its mind about Easter.", "undecided"),
        ("Item 7 on the hedge was deferred to the meeting in June.", "undecided"),
        ("It is not clear who opened the sluice.", "unknown"),
        ("Why the bell cracked remains unknown.", "unknown"),
        ("I did not see who untied the boat.", "unknown"),
        ("She couldn't make out how many geese there were.", "unknown"),
        ("It is too early to say whether the graft has taken.", "unknown"),
        ("Parking was not discussed.", "not discussed"),
        ("The letter does not mention the fee.", "not discussed"),
        ("They left without giving a reason.", "not discussed"),
        ("Nobody raised the matter of the eel traps.", "not discussed"),
        ("None of the wardens touched on the swans.", "not discussed"),
        ("Neither brother mentioned the will.", "not discussed"),
        ("We did not get round to the jetty.", "not discussed"),
        ("We never got to item 9, the new oars.", "not discussed"),
        ("The swans went unmentioned.", "not discussed"),
        ("The memo is silent on wages.", "not discussed"),
        ("There was no time to talk about the lamps.", "not discussed"),
        ("We ran out of time before the accounts.", "not discussed"),
        ("Oars – no discussion.", "not discussed"),
        ("The book does not record who paid.", "not discussed"),
        ("The baker denied that he had watered the milk.", "denied"),
        ("Ball games are not allowed on the upper lawn.", "not allowed"),
        ("Guests must not feed the geese.", "not allowed"),
        ("The surveyor has not replied yet.", "not yet"),
        ("He refused to sell the boat.", "refused"),
        ("- Leave to graze the common: refused.", "refused"),
        ("The vestry turned the loan down.", "refused"),
        ("The miller said no, twice.", "refused"),
        ("We do not lend the roller.", "refused"),
        ("The council will not mend the slipway.", "refused"),
        ("Whether the weir will be banned to canoes is for the reeve to say.", "undecided"),
        ("- Whether we keep the geese: the vicar to say.", "undecided"),
        ("The heirs are still weighing whether to part with the harp.", "undecided"),
        ("Decision on the sluice put off.", "undecided"),
        ("It has until Lammas to answer.", "undecided"),
        ("The tanner wouldn't rule it out.", "undecided"),
        ("Cause unknown, says the log.", "unknown"),
        ("A barn burnt at Orme. Motive unclear.", "unknown"),
        ("Nobody can say where the bell went.", "unknown"),
        ("There is no evidence that the graft helped.", "unknown"),
        ("Moorings: not discussed.", "not discussed"),
        ("The survey did not examine the drains.", "not discussed"),
        ("The carter knew nothing of the debt.", "denied"),
        ("She ruled out a second ferry.", "denied"),
        ("Tickets cannot be returned.", "not allowed"),
        ("Lanterns are excluded.", "not allowed"),
        ("Only a pilot may open the lock.", "not allowed"),
        ("Sample sent; result outstanding.", "not yet"),
        ("We'll hear in the spring.", "not yet"),
    ],
)
def test_the_kinds_of_what_is_unsaid(text, kind):
    found = unsaid(text)
    assert found is not None
    assert found.kind == kind
    assert text[found.cue.start : found.cue.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Parking was discussed for an hour.",
        "She is not known for her patience.",
        "Was parking not discussed?",
        "If no decision is taken by May, the offer lapses.",
        "She spends a third of the year in Skagen.",
        "The same cannot be said of his brother.",
        "The best is yet to come.",
        "## Not yet fixed",
        "The herring fleet has declined.",
        "Nobody was dismissed.",
        "The mare refused to budge.",
        "They turned down the lane at the mill.",
        "No one can deny that she was kind.",
        "He threw out the old nets.",
        "The smell put them off their supper.",
        "It cannot be explained by the tide alone.",
        "I shall not be at the fair.",
        "The gate is left open at night",
        "A jury is out whenever the bell is struck.",
        "They were prepared to pay for the glass.",
        "Should he be unwilling to serve, the vacancy goes to his sister.",
        "Three disputed claims to the mooring were heard.",
    ],
)
def test_what_only_looks_like_it(text):
    assert unsaid(text) is None
