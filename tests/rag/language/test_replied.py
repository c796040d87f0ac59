"""A reply decides a question that the text asks itself, and no other."""

from __future__ import annotations

import pytest

from rag.language.replied import replied, replies_to_another, same_question, turns


@pytest.mark.parametrize(
    ("question", "asked", "reply", "said"),
    [
        ("Has the weir been repaired?", "Q: Has the weir been repaired?", "A: No. Only the gate.", "no"),
        (
            "Can I bring a bicycle on the ferry?",
            "**Can I bring my bicycle on the ferry?**",
            "Yes, at no charge.",
            "yes",
        ),
        ("Did the frost harm the vines?", "HOST: Did the frost harm your vines?", "AMSEL: No, it didn't.", "no"),
        (
            "May I leave the boat at the pier then – winter, mooring?",
            "Can I leave my boat at the pier until winters are over?",
            "No. It would freeze.",
            "no",
        ),
        ("Has the weir been repaired?", "CLLR VOSS: Has the weir been repaired?", "MR PIM: Not yet. We wait.", "no"),
        ("Has the frost harmed the vines?", "Has the frost harmed your vines?", "It hasn’t, thank God.", "no"),
        ("Will the ferry sail at night?", "Will the ferry sail at night?", "It will.", "yes"),
        ("Did the miller sue the council?", "Did the miller sue the council?", "Of course not.", "no"),
        ("Are there showers at the camp?", "4. Are there any showers at the camp?", "Yes!", "yes"),
        ("Was the boat towed away?", "Q. Was the boat towed?", "A. It was not.", "no"),
        ("Has the lock ever been oiled?", "Q. Has the lock been oiled?", "A. No.", "no"),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "No idea.", "open"),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "No comment.", "open"),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "Nobody knows.", "open"),
        ("Did the frost harm the vines?", "Q. Did the frost harm the vines?", "A. I really don't remember.", "open"),
        ("Did the frost harm the vines?", "Q: Did the frost harm the vines?", "A: That I can't tell you.", "open"),
    ],
)
def test_the_same_question_is_answered_by_its_reply(question, asked, reply, said):
    assert replied(question, asked, reply) == said


@pytest.mark.parametrize(
    ("question", "asked", "reply"),
    [
        ("Was the weir repaired?", "Will the weir be repaired?", "No."),  # another time
        ("Did the miller sue the council?", "Did the council sue the miller?", "No."),  # the other way round
        ("Did the frost harm the vines?", "Did the frost harm the vines or the roots?", "No."),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "It has been a hard winter."),
        ("Will the ferry sail at night?", "Will the ferry sail at night?", "It might."),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "Not only the vines."),
        ("Did the frost harm the vines?", "Didn't the frost harm the vines?", "No."),
        ("Did the frost harm the vines?", "How did the frost harm the vines?", "No."),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "Yes, but only the young ones."),
        ("Did the frost harm the vines?", "Did the frost harm the vines?", "Yes and no."),
        ("Is it so?", "Is it so?", "No."),
        ("Was the weir repaired?", "Will the weir be repaired?", "I don't remember."),
    ],
)
def test_nothing_else_is(question, asked, reply):
    assert replied(question, asked, reply) is None


def test_a_no_is_not_taken_for_the_reply_to_what_it_was_not_asked():
    asked = "HOST: Did the frost harm your vines?"
    assert replies_to_another("Did the frost harm the pump?", asked, "AMSEL: No. The vines are well.")
    assert not replies_to_another("Did the frost harm the vines?", asked, "AMSEL: No. The vines are well.")
    assert not replies_to_another("Did the frost harm the pump?", asked, "AMSEL: The pump broke.")
    keys = "Q. Did he hand over any keys to you?"
    assert not replies_to_another("Were keys handed over to the warden?", keys, "A. No. The box was empty.")
    assert replies_to_another("Were plans handed over to the warden?", keys, "A. No. The box was empty.")


def test_words_of_the_title_may_be_missing():
    assert replied("May children swim at Holm?", "Can children swim?", "No.", "The baths at Holm") == "no"
    assert (
        replied("Does Holm plan a slide?", "Q: Do you plan a slide?", "A: No! It is dear.", "The baths at Holm") == "no"
    )
    assert replied("Does Torby plan a slide?", "Q: Do you plan a slide?", "A: No!", "The baths at Holm") is None
    assert replied("May children swim at Torby?", "Can children swim?", "No.", "The baths at Holm") is None
    assert same_question("How do I get a locker at Holm?", "**How do I get a locker?**", "The baths at Holm")
    assert not same_question("How do I get a towel at Holm?", "How do I get a locker?", "The baths at Holm")
    assert not same_question("Where do I get a locker?", "How do I get a locker?", "The baths at Holm")


def test_yes_turns_a_no_to_nearly_the_same():
    asked = "Can I stop the pump while it rains?"
    assert turns("May I stop the pump then?", asked, "No. Let it run.", "yes")
    assert not turns("May I stop the pump then?", asked, "No. Let it run.", "no")
    assert not turns("May I feed the swans?", asked, "No. Let it run.", "yes")


def test_a_label_is_no_word_of_a_question():
    assert same_question("Who oiled the lock?", "Q. Who oiled the lock?", "")
    assert not same_question("Who oiled the lock?", "Q. Who oiled the lock in June?", "")
