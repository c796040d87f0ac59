"""A pool of a few examples, of every kind that the reader learns."""

from __future__ import annotations

from models.training.encode import encode, tokenizer
from models.training.examples import UNSUPPORTED, Example
from models.training.pool import Pool
from models.training.understanding import Utterance
from models.weights import packaged_embedder

PASSAGE = "The bridge of Tarnow cost 12 million euros. It was built in 1912 by Ada Lund. Ships pass below it."
OTHER = "A mill stood at the river until the flood. Nobody knows who built it. Its wheel is kept in Tarnow."
SAID = "Who built the bridge of Tarnow? Ada Lund built it in 1912."
TOKENS = tokenizer(packaged_embedder())


def question(
    text: str, answer: str | None, passage: str = PASSAGE, label: str = "span", group: str = "squad:Bridges"
) -> Example:
    spans = ((passage.index(answer), passage.index(answer) + len(answer)),) if answer else ()
    return Example("question", text, passage, label if answer else "absent", spans, "squad", group)


EXAMPLES = [
    question("How much did the bridge cost?", "12 million euros"),
    question("Who built the bridge in 1912?", "Ada Lund"),
    question("Do ships pass below it?", "Ships pass below it.", label="yes"),
    question("Who opened the bridge?", None),
    question("Where is the wheel of the mill?", "in Tarnow", OTHER, group="squad:Mills"),
    Example("claim", "The bridge was built by Ada Lund.", PASSAGE, "supports", (), "nli", "nli:1"),
    Example("claim", "The bridge is made of steel.", PASSAGE, UNSUPPORTED, (), "statements", "news:bridge.txt"),
]
WANTS = "What did the mayor say about the bridge but not the mill?"
UTTERANCES = [
    Utterance(WANTS, "", "intents", "intents:1", "lookup", False, ((13, 18, "speaker"), (33, 39, "topic"), (52, 56, "without"))),
    Utterance("hello", "", "intents", "intents:2", "greeting", False, ()),
    Utterance("And when?", SAID, "chats", "chats:1", depends=True, follow="ellipsis", carried=((14, 30), (32, 40))),
    Utterance("What is a mill?", SAID, "chats", "chats:2", depends=False, follow="topic-change", carried=()),
]  # fmt: skip


def pool(held: frozenset[str] = frozenset(("squad:Mills", "intents:2", "chats:2"))) -> Pool:
    """All of it, some held back."""
    return encode(EXAMPLES, UTTERANCES, held, TOKENS)
