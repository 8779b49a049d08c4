"""Journeys of parents, as dialogues: she says, she hears."""

from __future__ import annotations

from tests.builders import A_NIGHT, CHRISTMAS_EVE
from tests.journeys.town import Town


async def test_a_tired_mother_of_a_four_year_old_gets_family_guidance(town: Town) -> None:
    """Her own words lead to a service that fits, its card says how to begin, and a person stays one tap away."""
    mother = town.parent()
    await mother.says("meidän 4v ei nuku ja oon ihan poikki, joka ilta huutoa")
    mother.can_reach_a_person()
    for _ in range(4):
        if any("perheohjaus" in label.lower() for label in mother.buttons) or "Näin pääset alkuun" in mother.text:
            break
        await mother.taps("Neuvoja pienen" if "Neuvoja pienen lapsen kanssa" in mother.buttons else "En tiedä")
    else:
        raise AssertionError(f"no service after four questions:\n{mother.text}")
    if "Näin pääset alkuun" not in mother.text:
        await mother.taps("Neuvolan perheohjaus")
    mother.hears("Neuvolan perheohjaus", "Näin pääset alkuun", "Hinta")
    mother.can_reach_a_person()


async def test_a_father_in_askola_finds_vatu_and_nobody_elsewhere_is_offered_it(town: Town) -> None:
    """VATU is Askola's own: there it is found by name, elsewhere it is never shown."""
    father = town.parent()
    await father.says("Asumme Askolassa. Mites sen vatu-tiimin kanssa, voiko isäkin tuoda asian sinne?")
    if "Näin pääset alkuun" not in father.text:
        await father.taps("Varhaisen tuen tiimi")
    father.hears("Varhaisen tuen tiimi", "Näin pääset alkuun")

    elsewhere = town.parent()
    await elsewhere.says("Mites sen vatu-tiimin kanssa, voiko isäkin tuoda asian sinne?")
    elsewhere.hears("Millä paikkakunnalla")
    await elsewhere.taps("Mikkeli")
    assert "Varhaisen tuen tiimi" not in elsewhere.text
    assert not [label for label in elsewhere.buttons if label.startswith("Varhaisen tuen tiimi")]
    elsewhere.can_reach_a_person()


async def test_a_swedish_speaking_parent_of_a_child_who_wont_go_to_school_is_served_in_swedish(town: Town) -> None:
    """Everything she sees is in Swedish, and the agreed steps on absence are one tap from the card."""
    parent = town.parent("sv")
    await parent.says("Vår dotter i sjuan vägrar gå till skolan, hon har varit borta i tre veckor")
    for _ in range(4):
        if any("skolfrånvaro" in label.lower() for label in parent.buttons) or "Så kommer du i gång" in parent.text:
            break
        school = "Kompisar, mobbning, frånvaro"
        await parent.taps(school if school in parent.buttons else "Jag vet inte")
    if "Så kommer du i gång" not in parent.text:
        await parent.taps("Ingripande i skolfrånvaro")
    parent.hears("Ingripande i skolfrånvaro", "Så kommer du i gång", "Pris")
    await parent.taps("Guide:")
    parent.hears("1.", "Vad får berättas")
    parent.can_reach_a_person()


async def test_a_woman_who_is_being_hit_sees_where_to_turn_first_and_a_person_is_called(town: Town) -> None:
    """Danger first: the first thing shown is where to turn now; a case waits at the top of the queue; the talk goes
    on.
    """
    town.at(A_NIGHT)
    other = town.parent()
    await other.asks_for_a_person()
    woman = town.parent()
    await woman.says("Mies löi mua taas eilen ja pelkään tulla kotiin lasten kanssa")
    first = next(seen for seen in woman.heard if "Tulit oikeaan paikkaan" not in seen.text)  # a page begins with that
    digits = "".join(letter for letter in first.text if letter.isdigit())
    assert "112" in digits
    assert "80005005" in digits, "Nollalinja, however it is written"
    woman.hears("Asiasi numero on", "kiinni", "8", "Saanko kertoa")
    woman.can_reach_a_person()
    queue = await town.cases()
    assert [bool(case.danger) for case in queue] == [True, False]
    assert queue[0].said == ()
    await woman.taps("Kyllä")
    assert (await town.case(queue[0].number)).said == ("Mies löi mua taas eilen ja pelkään tulla kotiin lasten kanssa",)
    await woman.taps("Jutellaan tässä")
    woman.hears("Työntekijä vastaa")


async def test_a_parent_who_only_sends_stickers_is_answered_kindly_and_offered_a_person(telephone_town: Town) -> None:
    """After two tries that led nowhere a person is offered, and however many follow, it never loops into a dead end."""
    parent = telephone_town.parent()
    await parent.sends("sticker")
    parent.hears("tarra")
    parent.can_reach_a_person()
    for _ in range(3):
        await parent.sends("sticker")
        parent.hears("ihminen jatkaa kanssasi")
        parent.can_reach_a_person()
    await parent.taps("Haluan puhua ihmiselle")
    parent.hears("Asiasi numero on 1")


async def test_small_talk_is_not_sent_to_a_service(town: Town) -> None:
    """What is no worry gets a kind word and a way on, never a service."""
    parent = town.parent()
    await parent.says("kiitos samoin ja hyvää viikonloppua :)")
    assert not [label for label in parent.buttons if label.startswith("Ei mikään näistä")]
    parent.can_reach_a_person()


async def test_nobody_is_on_at_christmas_and_she_hears_the_truth(town: Town) -> None:
    """On a day the desk is closed she hears when it opens and where to call in an emergency."""
    town.at(CHRISTMAS_EVE)
    parent = town.parent()
    await parent.asks_for_a_person()
    parent.hears("kiinni", "Avaamme", "112")
    assert "tavoite" not in parent.text.lower()


async def test_old_buttons_answer_and_none_of_these_leads_on(town: Town) -> None:
    """A button from last month works; "none of these" brings something else, and in the end a person."""
    parent = town.parent()
    await parent.taps_old("s:suun-terveydenhuolto")
    parent.hears("Suun terveydenhuolto")
    for _ in range(8):
        parent.can_reach_a_person()
        if "Ei mikään näistä" not in parent.buttons and "En tiedä" not in parent.buttons:
            break
        await parent.taps("Ei mikään näistä" if "Ei mikään näistä" in parent.buttons else "En tiedä")
        assert "Suun terveydenhuolto" not in parent.buttons
    else:
        raise AssertionError("it went on for ever")
    await parent.taps_old("s:a-service-long-gone")
    parent.can_reach_a_person()
    await parent.taps_old("what is this")
    parent.can_reach_a_person()


async def test_back_returns_to_the_screen_before(town: Town) -> None:
    """Back and over work on every screen they stand on."""
    parent = town.parent()
    await parent.taps_old("again")
    await parent.taps("Raha, työ, asuminen")
    parent.hears("Mistä on kyse")
    await parent.taps("Takaisin")
    assert "Raha, työ, asuminen" in parent.buttons
    await parent.taps("Raha, työ, asuminen")
    await parent.taps("Asunto tai vuokra")
    await parent.taps("Takaisin")
    parent.hears("Mistä on kyse")
    await parent.taps("Alusta")
    parent.hears("Aloitetaan alusta")


async def test_the_language_follows_her_and_can_be_chosen_at_any_time(town: Town) -> None:
    """Swedish words get Swedish; a chosen language stays, whatever she writes."""
    parent = town.parent()
    await parent.says("min bebis sover inte alls om nätterna och jag är så trött i vardagen")
    assert "Jag vill prata med en människa" in parent.buttons
    await parent.taps_old("l:en")
    assert "I want to talk to a person" in parent.buttons
    await parent.says("min bebis sover inte alls om nätterna och jag är så trött i vardagen")
    assert "I want to talk to a person" in parent.buttons
    assert "Jag vill prata med en människa" not in parent.buttons


async def test_four_thousand_characters_an_edit_and_emoji_are_all_answered(telephone_town: Town) -> None:
    """Whatever she sends, there is an answer with a way to a person, and nothing is lost."""
    parent = telephone_town.parent()
    await parent.says("lapsi ei nuku ja olen väsynyt. " * 130)
    assert parent.heard
    parent.can_reach_a_person()
    await parent.mends("lapsi ei puhu vielä, hän on 3v")
    parent.hears("korjasit")
    parent.can_reach_a_person()
    for signs in ("😭😭😭", "...", "?"):
        await parent.says(signs)
        assert parent.heard
        parent.can_reach_a_person()
    for kind in ("photo", "voice", "video", "document", "location"):
        await parent.sends(kind)
        assert parent.heard
        parent.can_reach_a_person()


async def test_ten_thousand_characters_are_answered(plain_town: Town) -> None:
    """A text longer than any channel allows is read from its beginning, and answered."""
    parent = plain_town.parent()
    await parent.says("lapsi ei nuku ja olen väsynyt. " * 330)
    parent.hears("Kiitos, että kerroit näin paljon")
    parent.can_reach_a_person()


async def test_a_place_nobody_knows_is_asked_again(plain_town: Town) -> None:
    """A name that is no place of ours is not taken for a worry; she may choose or skip."""
    parent = plain_town.parent()
    await parent.taps_old("s:vatu")
    parent.hears("Millä paikkakunnalla")
    await parent.says("Rovaniemi-Pohjoinen")
    parent.hears("En löytänyt sitä paikkaa", "Millä paikkakunnalla")
    await parent.says("askola")
    parent.hears("Varhaisen tuen tiimi")


async def test_the_first_message_says_who_answers_and_on_what_terms(telephone_town: Town) -> None:
    """The welcome tells that it is a program, that a person is near, and what the channel does not protect."""
    parent = telephone_town.parent()
    await parent.starts()
    parent.hears("Kerro omin sanoin", "ohjelma, en ihminen")
    parent.can_reach_a_person()
    straight = telephone_town.parent()
    await straight.says("meidän vauva ei nuku yhtään ja itkee koko ajan")
    straight.hears("ohjelma, en ihminen")
