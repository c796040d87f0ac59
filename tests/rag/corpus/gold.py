"""A gold set of whole-corpus questions over the news corpus, generated anew each time.

Gold comes from another method than the one under test: every file's raw text is scanned by regular
expressions whose alternatives were written down and checked by hand, one list per topic. No index, no
tokeniser, no dictionary and no sentence splitter is involved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

# Topic as a person would write it | all of its forms | what looks like one and is something else.
# Capitals matter in the first two blocks, not in the third.
NAMES = """
Barack Obama | Barack Obama;Obama
Obama | Obama
David Cameron | David Cameron;Cameron
Ed Miliband | Ed Miliband;Miliband
John Lennon | John Lennon;Lennon
Mark Zuckerberg | Mark Zuckerberg;Zuckerberg
Nick Clegg | Nick Clegg
Gordon Brown | Gordon Brown
David Bowie | David Bowie;Bowie
Donald Trump | Donald Trump;Trump | Trump International Hotel
Nelson Mandela | Nelson Mandela;Mandela
Vladimir Putin | Vladimir Putin;Putin
Margaret Thatcher | Margaret Thatcher;Thatcher | Thatcher Foundation
Scarlett Johansson | Scarlett Johansson;Johansson
Steve Jobs | Steve Jobs
Freddie Mercury | Freddie Mercury
Elton John | Elton John
Robin Dunbar | Robin Dunbar
Jacob Zuma | Jacob Zuma;Zuma
Prince Charles | Prince Charles
Prince Harry | Prince Harry
New York | New York
South Africa | South Africa
South Korea | South Korea
North Korea | North Korea
New Zealand | New Zealand
North America | North America
South America | South America
Latin America | Latin America
Middle East | Middle East
San Francisco | San Francisco
White House | White House
World Cup | World Cup
Downing Street | Downing Street
Wall Street | Wall Street
Buckingham Palace | Buckingham Palace
Hong Kong | Hong Kong
World Bank | World Bank
Red Cross | Red Cross
Silicon Valley | Silicon Valley
Soviet Union | Soviet Union
Saudi Arabia | Saudi Arabia
El Salvador | El Salvador
Star Wars | Star Wars
Oxford University | Oxford University
Cambridge University | Cambridge University
Stanford University | Stanford University
Edinburgh University | Edinburgh University
Supreme Court | Supreme Court
Manchester United | Manchester United
Google | Google
Facebook | Facebook
Twitter | Twitter
Apple | Apple
Amazon | Amazon
Microsoft | Microsoft
Starbucks | Starbucks
Brazil | Brazil
Bolivia | Bolivia
Cuba | Cuba
China | China
India | India
Japan | Japan
Russia | Russia
Germany | Germany
France | France
Spain | Spain
Greece | Greece
Syria | Syria
Kenya | Kenya
Nigeria | Nigeria
Canada | Canada
London | London
Paris | Paris
Edinburgh | Edinburgh
Washington | Washington
California | California
Scotland | Scotland
Wales | Wales
Norway | Norway
Mexico | Mexico
Mars | Mars
"""
ACRONYMS = """
US | US;United States
UK | UK;United Kingdom
EU | EU;European Union
UN | UN;United Nations
United Nations | UN;United Nations
European Union | EU;European Union
WHO | WHO;World Health Organization
World Health Organization | WHO;World Health Organization
IMF | IMF;International Monetary Fund
International Monetary Fund | IMF;International Monetary Fund
NSA | NSA;National Security Agency
National Security Agency | NSA;National Security Agency
GDP | GDP;gross domestic product
IPCC | IPCC;Intergovernmental Panel on Climate Change
ICANN | ICANN;Internet Corporation for Assigned Names and Numbers
ECB | ECB;European Central Bank
European Central Bank | ECB;European Central Bank
BJP | BJP;Bharatiya Janata Party
Bharatiya Janata Party | BJP;Bharatiya Janata Party
ANC | ANC;African National Congress
HMRC | HMRC;HM Revenue & Customs
GPS | GPS;global positioning system
RSPB | RSPB;Royal Society for the Protection of Birds
IUCN | IUCN;International Union for Conservation of Nature
MIT | MIT;Massachusetts Institute of Technology
IEA | IEA;International Energy Agency
IHME | IHME;Institute of Health Metrics and Evaluation
FAO | FAO;Food and Agriculture Organization
Food and Agriculture Organization | FAO;Food and Agriculture Organization
European Commission | EC;European Commission
BBC | BBC
CEO | CEO;CEOs
MP | MP;MPs
MPs | MP;MPs
HIV | HIV
DNA | DNA
TV | TV;TVs
FBI | FBI
IBM | IBM
NASA | NASA;Nasa
UNESCO | UNESCO;Unesco
FIFA | FIFA;Fifa
DVD | DVD;DVDs
WWF | WWF
NATO | NATO;Nato
"""
WORDS = """
sanctions | sanction;sanctions;sanctioned;sanctioning
children | child;children
women | woman;women
climate change | climate change;climate changes
drones | drone;drones
emissions | emission;emissions
antibiotics | antibiotic;antibiotics
cigarettes | cigarette;cigarettes
vaccine | vaccine;vaccines
police | police;policed;policing
government | government;governments
taxes | tax;taxes;taxed;taxing
bonus | bonus;bonuses
company | company;companies
country | country;countries
city | city;cities
university | university;universities
scientist | scientist;scientists
glaciers | glacier;glaciers
insects | insect;insects
smartphone | smartphone;smartphones
robot | robot;robots
poverty | poverty
unemployment | unemployment
alcohol | alcohol
drugs | drug;drugs;drugged;drugging
cocaine | cocaine
oil | oil;oils;oiled
gas | gas;gases;gassed
coal | coal
water | water;waters;watered;watering
food | food;foods
obesity | obesity
cancer | cancer;cancers
diabetes | diabetes
depression | depression;depressions
sleep | sleep;sleeps;sleeping;slept
exercise | exercise;exercises;exercised;exercising
football | football;footballs
prison | prison;prisons
murder | murder;murders;murdered;murdering
protest | protest;protests;protested;protesting
election | election;elections
referendum | referendum;referendums;referenda
president | president;presidents
queen | queen;queens
lottery | lottery;lotteries
museum | museum;museums
restaurant | restaurant;restaurants
tourist | tourist;tourists
migrant | migrant;migrants
refugee | refugee;refugees
immigration | immigration
war | war;wars
army | army;armies
weapon | weapon;weapons
privacy | privacy
email | email;emails;emailed;emailing;e-mail;e-mails
website | website;websites;web-site
internet | internet
music | music
film | film;films;filmed;filming
album | album;albums
photograph | photograph;photographs;photographed;photographing
language | language;languages
school | school;schools;schooled;schooling
teacher | teacher;teachers
student | student;students
parents | parent;parents;parented;parenting
baby | baby;babies
wife | wife;wives
horse | horse;horses
dog | dog;dogs
shark | shark;sharks
bird | bird;birds
fish | fish;fishes;fished;fishing
tree | tree;trees
forest | forest;forests
ocean | ocean;oceans
island | island;islands
storm | storm;storms;stormed;storming
earthquake | earthquake;earthquakes
volcano | volcano;volcanoes;volcanos
asteroid | asteroid;asteroids
telescope | telescope;telescopes
gene | gene;genes
brain | brain;brains
memory | memory;memories
happiness | happiness
religion | religion;religions
organisation | organisation;organisations;organization;organizations
behaviour | behaviour;behaviours;behavior;behaviors
colour | colour;colours;coloured;colouring;color;colors;colored
programme | programme;programmes;programmed;program;programs;programming
theatre | theatre;theatres;theater;theaters
high court | high court;high courts
prime minister | prime minister;prime ministers
human rights | human right;human rights
social media | social media
nuclear weapons | nuclear weapon;nuclear weapons
mental health | mental health
xylophone | xylophone;xylophones
blockchain | blockchain;blockchains
zeppelin | zeppelin;zeppelins
parliament building | parliament building;parliament buildings
"""


@dataclass(frozen=True)
class Topic:
    """A topic, by article how often it stands there."""

    written: str
    counts: Mapping[str, int]

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(self.counts)


@dataclass(frozen=True)
class Item:
    """A question with the articles that a right answer names, and the occurrences if they are asked for."""

    kind: str
    question: str
    articles: frozenset[str]
    count: int


def topics(texts: Mapping[str, str]) -> list[Topic]:
    """All topics with their gold."""
    blocks = ((NAMES, 0), (ACRONYMS, 0), (WORDS, re.IGNORECASE))
    return [scanned(line, texts, flags) for block, flags in blocks for line in block.strip().splitlines()]


def scanned(line: str, texts: Mapping[str, str], flags: int) -> Topic:
    written, forms, *others = (part.strip() for part in line.split("|"))
    alternatives = "|".join(
        re.escape(f).replace(r"\ ", r"[ \n-]+").replace("'", "['’]")
        for f in sorted(map(str.strip, forms.split(";")), key=len, reverse=True)
    )
    pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", flags)
    counts = {source: len(pattern.findall(text)) - sum(text.count(o) for o in others) for source, text in texts.items()}
    return Topic(written, {source: count for source, count in counts.items() if count})


def items(texts: Mapping[str, str]) -> Iterator[Item]:
    """Questions of every kind over every topic."""
    every = frozenset(texts)
    found = topics(texts)
    for n, t in enumerate(found):
        yield Item("mention", f"How many articles mention {t.written}?", t.articles, len(t.articles))
        if n % 2 == 0:
            without = every - t.articles
            yield Item("don't mention", f"Which articles don't mention {t.written}?", without, len(without))
        if n % 3 == 0:
            yield Item("how often", f"How often is {t.written} mentioned?", t.articles, sum(t.counts.values()))
    common = sorted((t for t in found if len(t.articles) >= 5), key=lambda t: (len(t.written) * 7919) % 101)
    for a, b in pairwise(common):
        if a.articles & b.articles and a.articles - b.articles:
            both = a.articles & b.articles
            but_not = a.articles - b.articles
            yield Item("both", f"Which articles mention both {a.written} and {b.written}?", both, len(both))
            yield Item("but not", f"How many articles mention {a.written} but not {b.written}?", but_not, len(but_not))
