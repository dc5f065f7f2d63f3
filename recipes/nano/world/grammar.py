"""A tiny template language and the English that templates can't do: articles, plurals, past tenses.

`fill("[Once|One day] {hero} saw a {thing}.", rng, slots)` picks one of each [a|b] (nested ones too) and puts the slots
in; `polish` then mends a/an and capital letters. What is said is none of this file's business.
"""

import random
import re
from collections.abc import Mapping
from functools import cache

Node = str | tuple  # a literal; ("slot", name); or ("pick", (nodes, nodes, …))

AN_WORDS = frozenset({"hour", "hourglass", "honest", "hour's"})
A_WORDS = frozenset(
    {
        "use",
        "unicorn",
        "unicycle",
        "ukulele",
        "uniform",
        "useful",
        "one",
        "european",
        "university",
        "used",
        "usual",
        "universe",
    }
)

IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "mouse": "mice",
    "goose": "geese", "sheep": "sheep", "fish": "fish", "goldfish": "goldfish", "dice": "dice", "deer": "deer", "leaf": "leaves", "knife": "knives",
    "wolf": "wolves", "loaf": "loaves", "shelf": "shelves", "scarf": "scarves", "half": "halves", "thief": "thieves",
    "calf": "calves", "wife": "wives", "potato": "potatoes", "tomato": "tomatoes", "mango": "mangoes", "ox": "oxen",
    "hero": "heroes", "person": "people", "echo": "echoes", "snowman": "snowmen", "fireman": "firemen",
    "louse": "lice", "dormouse": "dormice", "mosquito": "mosquitoes", "buffalo": "buffaloes", "volcano": "volcanoes",
    "domino": "dominoes", "tornado": "tornadoes",
    **{same: same for same in ("salmon", "trout", "tuna", "carp", "cod", "herring", "pike", "squid", "shrimp", "bison", "moose",
                               "reindeer", "jellyfish", "starfish", "clownfish", "pufferfish", "swordfish", "catfish",
                               "anglerfish", "cuttlefish")},
}  # fmt: skip

IRREGULAR_PASTS = {
    "go": "went", "see": "saw", "run": "ran", "eat": "ate", "drink": "drank", "sing": "sang", "swim": "swam",
    "come": "came", "give": "gave", "take": "took", "make": "made", "find": "found", "buy": "bought", "think": "thought",
    "bring": "brought", "teach": "taught", "catch": "caught", "sleep": "slept", "feel": "felt", "keep": "kept",
    "leave": "left", "lose": "lost", "sit": "sat", "stand": "stood", "write": "wrote", "ride": "rode", "drive": "drove",
    "break": "broke", "speak": "spoke", "tell": "told", "sell": "sold", "say": "said", "hear": "heard", "fall": "fell",
    "fly": "flew", "grow": "grew", "know": "knew", "throw": "threw", "draw": "drew", "build": "built", "send": "sent",
    "read": "read", "put": "put", "cut": "cut", "hit": "hit", "win": "won", "begin": "began", "wear": "wore",
    "get": "got", "forget": "forgot", "hide": "hid", "meet": "met", "have": "had", "do": "did", "be": "was",
    "wake": "woke", "dig": "dug", "hold": "held", "understand": "understood", "shut": "shut", "fight": "fought",
    "sweep": "swept", "shake": "shook", "ring": "rang", "choose": "chose", "lend": "lent", "spend": "spent",
}  # fmt: skip


@cache
def parse(template: str) -> tuple[Node, ...]:
    """The template as nested tuples, parsed once."""
    nodes, rest = _sequence(template, 0)
    if rest != len(template):
        raise ValueError(f"unbalanced ] in template: {template[:60]}")
    return nodes


def _sequence(text: str, at: int) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    literal = ""
    while at < len(text) and text[at] not in "|]":
        if text[at] not in "[{":
            literal += text[at]
            at += 1
            continue
        if literal:
            nodes.append(literal)
            literal = ""
        if text[at] == "{":
            end = text.index("}", at)
            nodes.append(("slot", text[at + 1 : end]))
            at = end + 1
        else:
            choices = []
            while text[at] != "]":
                branch, at = _sequence(text, at + 1)
                choices.append(branch)
                if at >= len(text):
                    raise ValueError(f"unbalanced [ in template: {text[:60]}")
            nodes.append(("pick", tuple(choices)))
            at += 1
    if literal:
        nodes.append(literal)
    return tuple(nodes), at


def _render(nodes: tuple[Node, ...], rng: random.Random, slots: Mapping[str, str], out: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            out.append(node)
        elif node[0] == "slot":
            out.append(slots[node[1]])
        else:
            _render(node[1][int(rng.random() * len(node[1]))], rng, slots, out)


def read(template: str, rng: random.Random, slots: Mapping[str, str] | None = None) -> str:
    """One reading of the template, as it stands: one of each [a|b], and the slots put in."""
    out: list[str] = []
    _render(parse(template), rng, slots or {}, out)
    return "".join(out)


def fill(template: str, rng: random.Random, slots: Mapping[str, str] | None = None) -> str:
    """One reading of the template, polished."""
    return polish(read(template, rng, slots))


_ARTICLE = re.compile(r"\b([Aa])n? ([a-z][a-z']*)")
# after !" and ?" the sentence often goes on ("Wow!" she said), so there the template must say {He} itself
_SENTENCE = re.compile(r"((?:^|[.!?] |\.\" |\n)\"?)([a-z])")
_ON = re.compile(
    r"\b([Ii])n (the|an?) (farm|island|beach|hill|mountain|bridge|playground|street|road|railway|head|neck|waist|"
    r"wrist|finger|pole|wall|ice|stage|table|desk|shelf|sofa|floor|balcony|roof|plate|horse|shoulder|nose|face|coast|"
    r"building site|race track|tennis court|leg|arm|hand|foot|chin|coat|door|shirt|jacket|bicycle|body)\b"
)
_SPACES = re.compile(r" {2,}")


def _mend_article(match: re.Match) -> str:
    word = match[2]
    vowel = (word[0] in "aeiou" and word not in A_WORDS) or word in AN_WORDS
    return f"{match[1]}{'n' if vowel else ''} {word}"


def polish(text: str) -> str:
    """Mends a/an, double spaces and the capital at the start of each sentence and quotation."""
    text = _SPACES.sub(" ", text.strip())
    text = _ON.sub(lambda match: f"{'O' if match[1] == 'I' else 'o'}n {match[2]} {match[3]}", text)
    text = _ARTICLE.sub(_mend_article, text)
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)


def article(noun: str) -> str:
    """The noun with a or an before it."""
    return polish(f"x a {noun}")[2:]


def plural(noun: str) -> str:
    """More than one of it; the last word of a phrase changes."""
    if " of " in noun:
        first, _, rest = noun.partition(" of ")
        return f"{plural(first)} of {rest}"
    head, _, last = noun.rpartition(" ")
    if head:
        return f"{head} {plural(last)}"
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def past(verb: str) -> str:
    """The past tense of a verb or verb phrase ("pick up" gives "picked up")."""
    first, space, rest = verb.partition(" ")
    return _past_word(first) + space + rest


def _past_word(verb: str) -> str:
    if verb in IRREGULAR_PASTS:
        return IRREGULAR_PASTS[verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def ing(verb: str) -> str:
    """The -ing form of a verb or verb phrase."""
    first, space, rest = verb.partition(" ")
    if first.endswith("e") and not first.endswith("ee") and len(first) > 2:
        first = first[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", first):
        first += first[-1]
    return f"{first}ing{space}{rest}"


def third(verb: str) -> str:
    """What he or she does: the third person of a verb or verb phrase."""
    first, space, rest = verb.partition(" ")
    special = {"have": "has", "do": "does", "go": "goes", "be": "is"}
    return special.get(first, plural(first) if first not in IRREGULAR_PLURALS else first + "s") + space + rest


def join(words: list[str], last: str = "and") -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
