"""Successive reports, corrections, and pairs that agree in other words: the gold is known because the texts are made.

Each item is two documents on one made-up matter in a place of its own, among the documents of all the others. Of
successive ones the later gives another value; of agreeing ones the same in other words. Each holds further numbers,
days and names that answer nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

_TRAPPED = 0.5  # share of the items in which a value stands that answers nothing
HEADS = "Al Bar Cor Dun El Far Gos Har Ing Kel Lam Mor Nor Os Pen Quar Rad Sel Thor Ul Ver Wol Yar Zen".split()
MIDDLES = "ber der fin gan kel len mar ner pel rin sal ten ver win".split()
TAILS = "by combe den dale ford ham hythe ley mere more ness stead thorpe wick worth".split()
FIRST = "Agnes Bruno Celia Dermot Elsa Felix Greta Hugo Ida Jonas Karin Leon Mabel Nils Olive Piers Rosa Silas".split()
LAST = "Ashdown Birkett Crane Dunmore Egerton Falk Gorringe Hallam Inskip Jessop Kemble Larkin Mowbray Naylor".split()
LAST += "Ormond Pascoe Quayle Rudge Sowerby Tranter Underhill Vickery Wadlow Yeoman".split()


@dataclass(frozen=True)
class Matter:
    """A question with the ways in which two documents may answer it; `{v}` is the value, `{p}` the place."""

    question: str
    agree: str  # "Do the reports agree on …?"
    make: Callable[[random.Random], tuple[str, str]]  # two values that differ, as written
    reworded: Callable[[str, random.Random], str]
    title: tuple[str, str]
    first: tuple[str, ...]
    later: tuple[str, ...]
    corrected: tuple[str, ...]
    around: tuple[str, ...]
    trap: str  # of the same kind, and no answer


@dataclass(frozen=True)
class Item:
    """Two documents by name, the questions to them, and what they say."""

    kind: str  # "update", "correction", "agree"
    question: str
    agree: str
    files: tuple[tuple[str, str], tuple[str, str]]  # (name, text), the older first
    old: str
    new: str


def _count(low: int, high: int) -> Callable[[random.Random], tuple[str, str]]:
    def make(rng: random.Random) -> tuple[str, str]:
        old = rng.randint(low, high)
        new = old
        while abs(new - old) * 4 < old:
            new = rng.randint(low, 2 * high)
        return f"{old:,}", f"{new:,}"

    return make


def _millions(rng: random.Random) -> tuple[str, str]:
    old = rng.randint(11, 89)
    new = old + rng.choice((-1, 1)) * rng.randint(3, 9)
    return tuple(f"£{Decimal(n) / 10} million" for n in (old, new))  # type: ignore[return-value]


def _years(rng: random.Random) -> tuple[str, str]:
    old = rng.randint(1780, 1960)
    return str(old), str(old + rng.choice((-20, -10, -3, 4, 10, 30)))


def _days(rng: random.Random) -> tuple[str, str]:
    old = date(2025, 3, 1) + timedelta(days=rng.randint(0, 100))
    new = old + timedelta(days=rng.randint(7, 60))
    return tuple(f"{d.day} {d:%B}" for d in (old, new))  # type: ignore[return-value]


def _people(rng: random.Random) -> tuple[str, str]:
    (a, b), (x, y) = rng.sample(FIRST, 2), rng.sample(LAST, 2)
    return f"{a} {x}", f"{b} {y}"


def _venues(rng: random.Random) -> tuple[str, str]:
    kinds = ("Corn Exchange", "Drill Hall", "Wool Market", "Old Brewery", "Tithe Barn", "Guild Chapel", "Lido Field")
    a, b = rng.sample(kinds, 2)
    return f"the {a}", f"the {b}"


def _in_words(n: int) -> str:
    small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen"
    ).split()
    tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20:
        return small[n]
    if n < 100:
        return tens[n // 10] + (f"-{small[n % 10]}" if n % 10 else "")
    if n < 1_000:
        return f"{small[n // 100]} hundred" + (f" and {_in_words(n % 100)}" if n % 100 else "")
    return f"{_in_words(n // 1_000)} thousand" + (f" {_in_words(n % 1_000)}" if n % 1_000 else "")


def _count_again(value: str, rng: random.Random) -> str:
    n = int(value.replace(",", ""))
    near = round(n, -2) if n >= 1_000 else round(n, -1) if n >= 100 else n
    ways = [value, _in_words(n) if n < 100 else value.replace(",", ""), f"about {near:,}" if near != n else value]
    ways += [f"some {near:,}"] if n >= 1_000 else []
    return rng.choice(ways)


def _millions_again(value: str, rng: random.Random) -> str:
    n = int(Decimal(value[1:].split()[0]) * 10**6)
    return rng.choice((value, f"£{n:,}", value.replace(" million", "m"), f"about {value}"))


def _year_again(value: str, rng: random.Random) -> str:
    return value


def _day_again(value: str, rng: random.Random) -> str:
    day = date(2025, {f"{date(2025, m, 1):%B}": m for m in range(1, 13)}[value.split()[1]], int(value.split()[0]))
    return rng.choice((value, f"{day:%A} {value}", f"{value} 2025", f"{day:%B} {day.day}"))


def _person_again(value: str, rng: random.Random) -> str:
    return rng.choice((value, f"Dr {value}", f"Councillor {value}"))


def _same(value: str, rng: random.Random) -> str:
    return value


MATTERS = (
    Matter(
        "How many homes lost power in {p}?",
        "Do the reports agree on how many homes lost power in {p}?",
        _count(90, 4_000),
        _count_again,
        ("Storm brings down lines at {p}", "Lights back on in {p}"),
        ("{v} homes in {p} lost power when the wind brought down a line, the network said.",
         "The storm left {v} homes in {p} without power."),
        ("The network now says that {v} homes in {p} lost power, more than it first gave.",
         "In all {v} homes lost power in {p}, an engineer of the network said.",
         "It has become clear that {v} homes in {p} lost power that night."),
        ("Our earlier report on the storm said that {o} homes in {p} lost power. It was {v}.",
         "Correction: {v} homes in {p} lost power, not {o} as reported."),
        ("Twelve poles and a chapel roof were blown over.", "Engineers came from as far as 80 miles away.",
         "A storm in 1987 cut off 300 farms for a week.", "The substation was built for 55 streets."),
        "A gale in 2013 had left 260 homes in {p} dark for an hour, and this time 35 homes next to the mast were flooded as well.",
    ),
    Matter(
        "How many people were hurt in the {p} coach crash?",
        "Do the documents agree on how many people were hurt in the {p} coach crash?",
        _count(3, 40),
        _count_again,
        ("Coach overturns near {p}", "Driver of {p} coach questioned"),
        ("{v} people were hurt when a coach overturned near {p}, the ambulance service said.",
         "The {p} coach crash left {v} people hurt."),
        ("{v} people are now known to have been hurt in the {p} coach crash, the hospital said.",
         "A total of {v} people were hurt in the {p} coach crash, according to the hospital.",
         "The number of people hurt in the {p} coach crash has been put at {v}."),
        ("Our first report on the {p} coach crash said {o} people were hurt. The right number is {v}.",
         "Correction: {v} people, not {o}, were hurt in the {p} coach crash."),
        ("The coach had 52 seats and was nine years old.", "The road was shut for six hours.",
         "Two fire engines came from the next town.", "Nobody died."),
        "In a coach crash of 2011 on the same bend 61 people were hurt, and 9 people were hurt in all of last year.",
    ),
    Matter(
        "How many trees will be felled in {p} Wood?",
        "Do the documents give the same number of trees to be felled in {p} Wood?",
        _count(40, 900),
        _count_again,
        ("Felling planned in {p} Wood", "Foresters revise plan for {p} Wood"),
        ("{v} trees will be felled in {p} Wood this winter, the forestry office announced.",
         "The forestry office plans to fell {v} trees in {p} Wood."),
        ("The forestry office now expects to fell {v} trees in {p} Wood.",
         "Under the new plan {v} trees will be felled in {p} Wood.",
         "{v} trees in {p} Wood will be felled, the head forester told the parish."),
        ("Our notice of last week said that {o} trees would be felled in {p} Wood. It should have said {v} trees.",
         "Correction: {v} trees will be felled in {p} Wood, not {o}."),
        ("A path of two miles will be shut.", "Four contractors have made offers.",
         "The beetle was first seen there in 2019.", "Timber fetches £70 a tonne."),
        "In {p} Wood 2,300 trees were planted in 2004, and 15 trees fell over in the gale.",
    ),
    Matter(
        "How much will the {p} footbridge cost?",
        "Do the documents agree on how much the {p} footbridge will cost?",
        _millions,
        _millions_again,
        ("Plans for {p} footbridge on show", "Bids in for {p} footbridge"),
        ("The {p} footbridge will cost {v}, the county surveyor said.", "The county puts the cost of the {p} footbridge at {v}."),
        ("The {p} footbridge will now cost {v}, the surveyor told the county council.",
         "After three bids the cost of the {p} footbridge is {v}.",
         "The county now puts the cost of the {p} footbridge at {v}."),
        ("An article of ours said the {p} footbridge would cost {o}. It will cost {v}.",
         "Correction: the {p} footbridge will cost {v}, not {o} as we reported."),
        ("It will be 84 metres long and three wide.", "The county has spent £90,000 on drawings.",
         "A ferry crossed there until 1931.", "Work takes fourteen months."),
        "The county spent £21.5 million on footbridges last year.",
    ),
    Matter(
        "When will {p} Library reopen?",
        "Do the documents agree on when {p} Library will reopen?",
        _days,
        _day_again,
        ("{p} Library shut for repairs", "News from {p} Library"),
        ("{p} Library will reopen on {v}, the borough said.", "The borough says {p} Library is to reopen on {v}."),
        ("{p} Library will now reopen on {v}, the librarian wrote.",
         "The builders need longer, and {p} Library will reopen on {v}.", "{p} Library is to reopen on {v} instead."),
        ("Our notice said that {p} Library would reopen on {o}. It reopens on {v}.",
         "{p} Library will not reopen on {o}. The painters are ill. The new date is {v}.",
         "Correction: {p} Library will reopen on {v}, not on {o}."),
        ("The roof is 120 years old.", "Books can be returned through the hatch.",
         "Eleven rooms are being painted.", "The children's hour is held in the Methodist hall."),
        "{p} Library was shut on 3 January, and the builders came on 17 February.",
    ),
    Matter(
        "When was {p} Mill built?",
        "Do the documents agree on when {p} Mill was built?",
        _years,
        _year_again,
        ("Walk to {p} Mill", "A new study of {p} Mill"),
        ("{p} Mill was built in {v} by two brothers.", "The guide says that {p} Mill was built in {v}."),
        ("{p} Mill was built in {v}, a survey of its beams has shown.",
         "According to the deeds, {p} Mill was built in {v}.", "The trust now says that {p} Mill was built in {v}."),
        ("Our leaflet and an article of ours said that {p} Mill was built in {o}. It was built in {v}.",
         "Correction: {p} Mill was built in {v} and not in {o}."),
        ("The wheel is five metres across.", "Forty visitors come on a good Sunday.",
         "Flour was last ground there in 1974.", "The pond is home to two swans."),
        "The barn beside {p} Mill was built in 1790, and a sluice in 1812.",
    ),
    Matter(
        "Who is the head teacher of {p} School?",
        "Do the documents agree on who the head teacher of {p} School is?",
        _people,
        _person_again,
        ("Sports day at {p} School", "A letter from {p} School"),
        ("The head teacher of {p} School, {v}, handed out the cups.", "{v}, the head teacher of {p} School, thanked the cooks."),
        ("The new head teacher of {p} School is {v}.", "{v} is now the head teacher of {p} School.",
         "The head teacher of {p} School, {v}, wrote to all parents."),
        ("An article of ours named the head teacher of {p} School as {o}. The head teacher is {v}.",
         "Correction: the head teacher of {p} School is {v}, not {o}."),
        ("The school has 210 pupils.", "Rain held off until four.",
         "The gym floor was laid in 2008.", "Lunch costs £2.60."),
        "The head teacher of the next school, Walter Ingram, was the starter.",
    ),
    Matter(
        "Where will the {p} flower show be held?",
        "Do the documents agree on where the {p} flower show will be held?",
        _venues,
        _same,
        ("{p} flower show: entries open", "{p} flower show: last details"),
        ("The {p} flower show will be held in {v}, the committee has decided.", "This year's {p} flower show will be held at {v}."),
        ("The {p} flower show will now be held in {v}.", "Because of the floor, the {p} flower show will be held at {v}.",
         "The {p} flower show will be held in {v}, the secretary wrote."),
        ("Our earlier notice said the {p} flower show would be held in {o}. It will be held in {v}.",
         "Correction: the {p} flower show will be held in {v}, not in {o}."),
        ("There are nineteen classes.", "Entries cost 50p each.", "Dogs stay outside.", "The band plays from two."),
        "The dog show will be held in the Cattle Yard.",
    ),
    Matter(
        "How many jobs will go at {p} Glassworks?",
        "Do the reports agree on how many jobs will go at {p} Glassworks?",
        _count(20, 600),
        _count_again,
        ("Cuts at {p} Glassworks", "Talks over {p} Glassworks end"),
        ("{v} jobs will go at {p} Glassworks, its owner said.", "The owner of {p} Glassworks is to cut {v} jobs."),
        ("After the talks {v} jobs will go at {p} Glassworks.", "The union said that {v} jobs will go at {p} Glassworks.",
         "The owner now says {v} jobs will go at {p} Glassworks."),
        ("Our report of the cuts at {p} Glassworks gave {o} jobs that will go. The number is {v} jobs.",
         "Correction: {v} jobs will go at {p} Glassworks, and not {o} as stated."),
        ("The works opened in 1902.", "Gas has become 30 per cent dearer.",
         "A second furnace burns for eleven months of the year.", "The canteen feeds 400."),
        "In 2009 there were 1,450 jobs at {p} Glassworks, and 12 jobs went last year.",
    ),
    Matter(
        "How much money did the {p} fair raise?",
        "Do the documents agree on how much money the {p} fair raised?",
        lambda rng: tuple(f"£{v}" for v in _count(300, 9_000)(rng)),  # type: ignore[return-value, arg-type]
        lambda value, rng: rng.choice((value, value.replace(",", ""), f"{value[1:]} pounds")),
        ("Sunshine for {p} fair", "Accounts of {p} fair"),
        ("The {p} fair raised {v} for the lifeboat.", "The organisers said the {p} fair raised {v}."),
        ("The {p} fair raised {v}, the treasurer's final count shows.", "All counted, the {p} fair raised {v}.",
         "The treasurer now says that the {p} fair raised {v}."),
        ("Our report said the {p} fair raised {o}. It raised {v}.", "Correction: the {p} fair raised {v}, not {o}."),
        ("The raffle had 90 prizes.", "Tea was sold at 80p a cup.", "Rain fell for ten minutes.", "Last year's fair was rained off."),
        "The sponsored swim raised £15,300, and the fair of the next village raised £610.",
    ),
)  # fmt: skip


def items(successive: int, agreeing: int, seed: int = 7) -> Iterator[Item]:
    """So many successive pairs, one in three of them a correction, then so many that agree."""
    rng = random.Random(seed)
    places = [f"{h}{m}{t}" for h in HEADS for m in MIDDLES for t in TAILS]
    rng.shuffle(places)
    for n in range(successive + agreeing):
        matter = MATTERS[n % len(MATTERS)]
        kind = "agree" if n >= successive else "correction" if n % 3 == 2 else "update"
        yield _item(matter, kind, places[n], n, rng)


def _item(matter: Matter, kind: str, place: str, n: int, rng: random.Random) -> Item:
    old, new = matter.make(rng)
    if kind == "agree":
        new = matter.reworded(old, rng)
    written = date(2024, 1, 10) + timedelta(days=rng.randint(0, 250))
    later = written + timedelta(days=rng.randint(1, 90))
    said = rng.choice(matter.first).format(p=place, v=_headed(old))
    then = rng.choice(matter.corrected if kind == "correction" else matter.later)
    told = then.format(p=place, v=_headed(new) if then.startswith("{v}") else new, o=old)
    around = rng.sample(matter.around, len(matter.around))
    if rng.random() < _TRAPPED:
        around[rng.randrange(len(around))] = matter.trap.format(p=place)
    titles = [t.format(p=place) for t in matter.title]
    if kind == "correction":
        titles[1] = rng.choice(("Corrections", f"A correction on {place}"))
    return Item(
        kind,
        matter.question.format(p=place),
        matter.agree.format(p=place),
        (
            (f"{n:03}-{place.lower()}-a", _document(titles[0], place, written, said, around[:2], rng)),
            (f"{n:03}-{place.lower()}-b", _document(titles[1], place, later, told, around[2:], rng)),
        ),
        old,
        new,
    )


def _headed(value: str) -> str:
    return value[:1].upper() + value[1:] if value[:4] != "the " else value


def _document(title: str, place: str, day: date, said: str, around: list[str], rng: random.Random) -> str:
    long = f"{day.day} {day:%B} {day.year}"
    before, after = around[0], around[1]
    form = rng.randrange(3)
    if form == 0:
        return f"{title}\n\n{place.upper()}, {long} — {said} {before}\n\n{after}\n"
    if form == 1:
        return f"{title}\n\n{long}\n\n{before} {said}\n\n{after}\n"
    return f"---\ntitle: {title}\ndate: {day.isoformat()}\n---\n\n{said}\n\n{before} {after}\n"


def write(made: list[Item], folder: Path) -> None:
    """Write their documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for item in made:
        for name, text in item.files:
            (folder / f"{name}.md").write_text(text, "utf-8")
