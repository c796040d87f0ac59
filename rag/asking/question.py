"""A question as the pipeline sees it. A pure value; `rag.asking.understand` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.asking.collection import WholeQuestion


class Form(StrEnum):
    """What kind of reply a question calls for."""

    POLAR = "polar"  # yes, no, or left open
    OPEN_DENIAL = "open denial"  # what was *not* said, done, agreed, known
    OPEN = "open"  # everything else: who, what, when, …


class Asks(StrEnum):
    """The type of thing that would answer an open question."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    NAME = "name"  # of anything
    TIME = "time"
    QUANTITY = "quantity"
    MONEY = "money"
    REASON = "reason"
    DEFINITION = "definition"
    ANYTHING = "anything"


class Request(StrEnum):
    """What is wanted of the articles."""

    LOOK_UP = "look up"
    SUMMARY = "summary"
    WHOLE = "over all articles"  # "How many articles mention it?"
    GREETING = "greeting"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    ABILITIES = "abilities"  # "What can you do?"


@dataclass(frozen=True)
class Question:
    """What is asked, taken apart.

    `words` are its content words in lower case and `stems` their Porter stems; `named` are those that
    belong to names and `names` their stems; `speaker` holds the
    stems of whose words are asked for; `discussed` are the words of what was or wasn't spoken
    about, if that is asked; `topics` are the words and phrases to look for when
    nothing answers, as the person wrote them.
    """

    text: str  # as asked
    standalone: str  # understandable without what was said before
    form: Form
    asks: Asks
    negated: bool  # "Wasn't it …?", "Who did not …?"
    words: tuple[str, ...]
    stems: frozenset[str]
    names: frozenset[str]
    named: tuple[str, ...]
    topics: tuple[str, ...]
    request: Request = Request.LOOK_UP
    plural: bool = False  # several things are asked for: "Which countries …?"
    speaker: frozenset[str] = frozenset()
    discussed: tuple[str, ...] = ()
    whole: WholeQuestion | None = None  # asked of all articles together
    about: str | None = None  # what a summary is wanted of; None for all there is
    asking: str = ""  # of several sentences what asks, with what it leans on; "" for all of it

    @property
    def asked(self) -> str:
        """What tells a Yes from a No: the sentence that asks, without what else was said beside it."""
        return self.asking or self.standalone
