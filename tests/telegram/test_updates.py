"""Updates as Telegram writes them, beside the values they become (samples/)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbox import Read
from handlers.telegram.updates import Malformed, digest, lane, press_of, reader, translate
from tests.telegram.samples import private, staff
from tests.telegram.server import contract

STAFF_CHAT = "-1001"
TOMORROW = ("a kind of tomorrow", "an unknown kind of update")


def sample(name: str) -> dict[str, dict[str, Any]]:
    """One file of samples."""
    found: dict[str, dict[str, Any]] = json.loads(
        (Path(__file__).parent / "samples" / f"{name}.json").read_text("utf-8")
    )
    return found


PRIVATE, STAFF, MALFORMED = sample("private"), sample("staff"), sample("malformed")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["message", "callback_query", "chat", "from", "id", "text", "data", "type"]), inner
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("name", PRIVATE)
def test_what_a_parent_does_becomes_its_value(name: str) -> None:
    """A private chat speaks for one parent, whoever the staff are."""
    assert translate(PRIVATE[name], STAFF_CHAT) == private.BECOMES[name]
    assert translate(PRIVATE[name], None) == private.BECOMES[name]


@pytest.mark.parametrize("name", STAFF)
def test_what_happens_in_the_staff_s_group_becomes_its_value(name: str) -> None:
    """Only there, and only what is meant for us."""
    assert translate(STAFF[name], STAFF_CHAT) == staff.BECOMES[name]


@pytest.mark.parametrize("name", STAFF)
def test_without_a_staff_group_no_group_is_heard(name: str) -> None:
    """Being in some group with the bot is no right."""
    assert translate(STAFF[name], None) is None


@pytest.mark.parametrize("name", [*PRIVATE, *STAFF])
def test_the_samples_are_updates(name: str) -> None:
    """Another client's models read them too; what is new on purpose is unknown to both."""
    faults = contract.in_update({**PRIVATE, **STAFF}[name])
    assert all("unknown" in fault for fault in faults) and bool(faults) == (name in TOMORROW)


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_not_built_as_an_update_is_told_as_such(name: str) -> None:
    """One error, whatever is wrong with it; a lane and a digest it has all the same."""
    with pytest.raises(Malformed):
        translate(MALFORMED[name], STAFF_CHAT)
    assert lane(MALFORMED[name])
    assert len(digest(MALFORMED[name])) == 64


@given(ANYTHING)
def test_nothing_but_malformed_is_ever_raised(raw: object) -> None:
    """Whatever JSON there is: a lane, a digest, and a value or one error."""
    assert lane(raw)
    assert len(digest(raw)) == 64
    if isinstance(raw, dict):
        press_of(raw)
        try:
            translate(raw, STAFF_CHAT)
        except Malformed:
            return


def test_a_chat_is_a_lane() -> None:
    """Messages and presses of one chat are in line behind each other; what has no chat has a line of its own."""
    assert lane(PRIVATE["text"]) == lane(PRIVATE["press"]) == lane(PRIVATE["blocked us"]) == "7001"
    assert lane(STAFF["queue"]) == lane(STAFF["press claim"]) == STAFF_CHAT
    assert lane(PRIVATE["press without a message"]) == lane(STAFF["an unknown kind of update"]) == "-"


def test_the_same_update_has_the_same_digest_in_any_order() -> None:
    """And another one has not."""
    turned = json.loads(json.dumps(PRIVATE["text"], sort_keys=True))
    assert digest(turned) == digest(PRIVATE["text"])
    assert digest(turned) != digest({**turned, "update_id": 1002})


def test_only_a_press_waits_for_a_sign() -> None:
    """The id is there even when we cannot read what was pressed."""
    assert press_of(PRIVATE["press"]) == "991"
    assert press_of(PRIVATE["press without a message"]) == "993"
    assert press_of(PRIVATE["text"]) is None
    assert press_of(MALFORMED["a press that is text"]) is None


def test_the_inbox_gets_a_press_with_its_sign() -> None:
    """What was done and what waits travel together."""
    read = reader(STAFF_CHAT)
    assert read(PRIVATE["press"]) == Read(private.BECOMES["press"], "991")
    assert read(PRIVATE["text"]) == Read(private.BECOMES["text"])
