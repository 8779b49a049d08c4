"""A parent's words made comparable: small letters, no accents, no emoji, spoken Finnish as written Finnish.

Everything in this room works on what :func:`normal` gives. It knows no service and no language of the writer.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4096
STOP = "."

_FOLDED = str.maketrans(
    {"ø": "o", "æ": "a", "œ": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "_": " "}
    | dict.fromkeys("'’‘`´ʼ′ʹ", "")
    | dict.fromkeys(";!?…\u3002\u061f\u061b", STOP)
)
_NORDIC = str.maketrans("äöåé–’”", "aoae-'\"")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_REPEATED = re.compile(r"(\w)\1{2,}")
_LETTER_AFTER_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_PIECE = re.compile(r"[^\W\d_]+|\d+(?:·\d+)?|\.")
_POINT = "·"

# Spoken Finnish as it is written in books. A word that also means something common in Swedish or English stays out
# ("mut", "sun"), for the writer's language is not known here.
_SPOKEN = {
    said: written
    for written, saids in {
        "mina": "ma maa mie",
        "minun": "mun miun",
        "minua": "mua miuta muo minnuu minuu",
        "minulla": "mulla mulle mul miulla miulle",
        "minusta": "musta multa muhun mussa",
        "sina": "sa sie",
        "olen": "oon oonko oonki",
        "olet": "oot ootko",
        "ole": "oo ookaan",
        "olla": "ollaa ollaan",
        "meidan": "meijan meian mejan",
        "meilla": "meil meill",
        "tama": "taa",
        "taman": "tan",
        "tuota": "tota",
        "tuo": "toi",
        "nuo": "noi",
        "nama": "naa",
        "silla": "sil sill",
        "silloin": "sillon",
        "onko": "onks onkos",
        "olisi": "ois olis",
        "olisiko": "oisko oiskohan olisko olisikohan",
        "voisiko": "voisko",
        "pitaisi": "pitas pitais",
        "pitaisiko": "pitasko pitaisko",
        "kanssa": "kans kaa",
        "sitten": "sit sitte",
        "viela": "viel",
        "enaa": "enaan ennaa",
        "mista": "mist",
        "mitaan": "mitaa",
        "kukaan": "kukaa",
        "itseni": "itteni ittesa",
        "itsensa": "ittensa ittenseen ihtensa",
        "itseaan": "ittea itteensa itteaan ittiaan",
        "itseani": "ihteani itteani",
    }.items()
    for said in saids.split()
}
_PARTICIPLE = re.compile(r"^(\w{2,}(?:nu|ny|llu|lly|ssu|ssy|rru|rry))$")


def _folded(text: str) -> str:
    """Small letters without accents. Run until nothing changes, for some letters unfold in steps."""
    plainly = text.lower().translate(_NORDIC)
    if plainly.isascii():  # nearly every line: the long way costs ten times as much
        return plainly.translate(_FOLDED)
    for _ in range(4):
        before = text
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_FOLDED)
        if text == before:
            break
    return text


def _written(word: str) -> str:
    if word in _SPOKEN:
        return _SPOKEN[word]
    return word + "t" if len(word) > 4 and _PARTICIPLE.match(word) else word


def plain(text: str) -> str:
    """Folded words and ``.`` between sentences, single spaces, as they were said: no word is replaced by another."""
    folded = _folded(text[:LONGEST])
    folded = _REPEATED.sub(r"\1\1", _DECIMAL.sub(_POINT, folded))
    pieces: list[str] = []
    for piece in _PIECE.findall(_LETTER_AFTER_DIGIT.sub(" ", folded)):
        if piece != STOP or (pieces and pieces[-1] != STOP):
            pieces.append(piece.replace(_POINT, ","))
    if pieces and pieces[-1] == STOP:
        pieces.pop()
    return " ".join(pieces)


def normal(text: str) -> str:
    """The comparable form of a text: :func:`plain`, with spoken Finnish written out. Doing it twice changes nothing."""
    return written(plain(text))


def written(plain_text: str) -> str:
    """A plain text with spoken Finnish written out."""
    return " ".join(_written(word) for word in plain_text.split(" "))


def sentences(normalised: str) -> tuple[tuple[str, ...], ...]:
    """The words of each sentence of a normalised text; empty sentences are left out."""
    parts = (tuple(part.split()) for part in normalised.split(f" {STOP} "))
    return tuple(part for part in parts if part)
