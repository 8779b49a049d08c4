"""Vectors of what parents wrote lately: asked once, soon forgotten, never in the way."""

from __future__ import annotations

from bot.encoder import recent
from bot.encoder.recent import Recent
from tests.encoder.test_cache import Scribe, made


async def test_a_text_is_asked_for_once() -> None:
    """In the turns that follow its vector is known."""
    scribe = Scribe()
    ears = Recent(scribe)
    assert ears.unheard(["huoli", "toinen"]) == ("huoli", "toinen")
    await ears.hear(["huoli", "toinen"])
    assert ears.unheard(["huoli", "toinen"]) == ()
    assert (ears.meant(["huoli", "kolmas"])["huoli"] == made(["huoli"])[0]).all()
    assert "kolmas" not in ears.meant(["huoli", "kolmas"])
    assert scribe.asked == ["huoli", "toinen"]


async def test_what_was_asked_in_vain_is_not_asked_again_at_once() -> None:
    """Or a turn would be begun again without end."""
    scribe = Scribe(refuses=1)
    ears = Recent(scribe)
    await ears.hear(["huoli"])
    scribe.state = "slow"
    assert ears.unheard(["huoli", "uusi"]) == ("uusi",)
    assert ears.meant(["huoli"]) == {}


async def test_an_encoder_that_cannot_answer_is_not_asked() -> None:
    """The turn goes on by words alone."""
    for state in ("off", "missing", "starting", "resting"):
        assert Recent(Scribe(state=state)).unheard(["huoli"]) == ()


async def test_only_the_newest_are_kept() -> None:
    """The oldest text is forgotten first."""
    ears = Recent(Scribe())
    texts = [f"huoli {number}" for number in range(recent.MOST + 1)]
    await ears.hear(texts)
    assert ears.unheard(texts) == (texts[0],)
