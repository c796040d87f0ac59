"""Documents of our own, as blocks whose words and order are known: what other programs make files of."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

TOWNS = "Marwick Astrey Corvanne Skaldvik Montreval Tarnholm Quillet Ellerdale Greenmoor Altenried Dunmere Pellworth".split()
PEOPLE = "Ida Brandt,Jonas Feld,Mira Okafor,Piet de Wit,Rosa Lindqvist,Tomás Arce,Elke Sørensen,Hugh Parnell".split(",")
THINGS = "quay,crane,ferry,lighthouse,cold store,fish market,tidal mill,customs house,rope works,boat shed".split(",")
DID = [
    "was closed for eleven weeks after the storm had torn off its roof",
    "will be rebuilt in stone rather than in timber, which the insurers had asked for since autumn",
    "cost far less than the council had feared when the first estimates came in",
    "has been handed over to the pilots, who use it mostly at night",
    "stands empty because nobody could agree on who pays for its heating",
    "drew more visitors than the museum, although no sign leads to it",
    "was measured twice, and the second survey contradicts the first",
    "is let to three families until the new houses on the hill are finished",
]
SAID = [
    "{who} told the meeting that nothing else could be done before spring.",
    "According to {who}, the figures of {town} are not comparable with those of the year before.",
    "“We would rather wait than build it twice,” said {who}, who has kept the harbour’s books since {year}.",
    "{who} disagreed and asked for a vote, which was put off until the next session.",
    "In a letter of {day} May {year} {who} had warned of exactly that.",
    "No reply from {town} had arrived when these lines were written.",
]


@dataclass(frozen=True)
class Block:
    """A part of a document: "heading" and "text" hold one text, "bullets" and "numbers" several, "table" rows."""

    kind: str
    parts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """What it says."""
        return " ".join([*self.parts, *(cell for row in self.rows for cell in row)])


@dataclass(frozen=True)
class Source:
    """A document."""

    name: str
    title: str
    day: date
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Block, ...]:
        """Its tables."""
        return tuple(block for block in self.blocks if block.kind == "table")


def sources() -> tuple[Source, ...]:
    """Six documents, always the same."""
    return tuple(_source(number) for number in range(6))


def _source(number: int) -> Source:
    chance = random.Random(100 + number)
    topic, town = THINGS[number], TOWNS[number]
    table, prices = _figures(chance), _prices(chance)
    day = date(2021, 3, 4 + number).replace(month=1 + number)
    blocks = [
        Block("text", (f"{day:%-d %B %Y}",)),
        _text(chance, 3),
        Block("heading", (f"Where the {topic} stands",)),
        _text(chance, 4),
        Block("text", (f"For the meeting in {chance.choice(TOWNS)} everybody should bring:",)),
        Block("bullets", tuple(f"the {thing} plans of {chance.choice(TOWNS)}" for thing in chance.sample(THINGS, 4))),
        _text(chance, 3),
        Block("heading", (f"Ships and tonnes of {town}",)),
        Block("text", ("The harbour office counted as follows.",)),
        table,
        _text(chance, 5),
        Block("heading", ("What was decided",)),
        Block("text", ("The council agreed on these steps:",)),
        Block("numbers", tuple(f"{who} writes to {chance.choice(TOWNS)} about the {chance.choice(THINGS)}" for who in chance.sample(PEOPLE, 3))),
        _text(chance, 4),
        Block("heading", ("Fees from next year",)),
        prices,
        _text(chance, 3),
    ]  # fmt: skip
    return Source(
        f"{number}-{topic.replace(' ', '-')}", f"The {topic} of {town} and its neighbours", day, tuple(blocks)
    )


def _text(chance: random.Random, sentences: int) -> Block:
    said = []
    for _ in range(sentences):
        who, town = chance.choice(PEOPLE), chance.choice(TOWNS)
        year, day = chance.randrange(1960, 2024), chance.randrange(1, 29)
        one = f"The {chance.choice(THINGS)} of {town} {chance.choice(DID)}."
        said.append(chance.choice([one, chance.choice(SAID).format(who=who, town=town, year=year, day=day)]))
    return Block("text", (" ".join(said),))


def _figures(chance: random.Random) -> Block:
    rows = [("Port", "Ships 2022", "Ships 2023", "Tonnes 2023")]
    for town in chance.sample(TOWNS, 6):
        rows.append(
            (
                town,
                str(chance.randrange(20, 400)),
                str(chance.randrange(20, 400)),
                f"{chance.randrange(1_000, 90_000):,}",
            )
        )
    return Block("table", rows=tuple(rows))


def _prices(chance: random.Random) -> Block:
    rows = [("Service", "Fee in euros", "Paid by")]
    for thing in chance.sample(THINGS, 5):
        rows.append((f"Use of the {thing}", f"{chance.randrange(3, 90)}.50", chance.choice(PEOPLE)))
    return Block("table", rows=tuple(rows))
