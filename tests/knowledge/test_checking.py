"""Doubtful content is told by ``check``, with place and mend, and still loaded by ``load``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.loading import check, load
from tests.knowledge.small import spoil, write

TODAY = date(2026, 2, 3)

# As in file_slips: ^ marks the place to tell.
DOUBTFUL: list[tuple[str, str, str, str, str]] = [
    (
        "services/raha.yaml",
        "fi: Juttelemme yhdessä.",
        "fi: ^Soita 015 123 4567.",
        'there is a telephone number within the text ("015 123 4567")',
        "move it to contacts",
    ),
    (
        "services/raha.yaml",
        "fi: Juttelemme yhdessä.",
        "fi: ^Katso www.perhe.fi",
        'there is a web address within the text ("www.perhe.fi")',
        "move it to contacts",
    ),
    (
        "services/raha.yaml",
        "en: Help for the family",
        "en: ^service RAHA!",
        "the summary only repeats the name",
        "say what the family gets",
    ),
    (
        "services/raha.yaml",
        "fi: Apua perheelle",
        "fi: ^" + "Apua perheelle " * 11,
        "the summary has 164 characters",
        "shorten it to 150",
    ),
    (
        "services/raha.yaml",
        "checked: 2026-01-02",
        "checked: ^2026-03-02",
        "this day is still to come",
        "write the day somebody last tried it",
    ),
    (
        "services/raha.yaml",
        '- "raha fi 11"',
        '- ^"mieli fi 1."',
        'the line "mieli fi 1." is also in services/mieli.yaml',
        "keep it where it fits best, or say more in both",
    ),
    (
        "services/raha.yaml",
        '- "raha fi 1"',
        '- ^"RAHA  fi 0"',
        'the line "RAHA  fi 0" is here twice (also in services/raha.yaml)',
        "delete one of them",
    ),
    (
        "services/raha.yaml",
        '- "raha sv 0"\n    - "raha sv 1"',
        '^- "raha sv 1"',
        "there are 5 worries in sv, fewer than 6",
        "add 1 here or in worries/raha.yaml",
    ),
    (
        "services/raha.yaml",
        "fi: Juttelemme yhdessä.",
        "fi: ^Kirjoita perhe@esimerkki.invalid",
        'there is an e-mail address within the text ("perhe@esimerkki.invalid")',
        "move it to contacts",
    ),
    (
        "services/raha.yaml",
        "fi: Juttelemme yhdessä.",
        "fi: ^Alkoi vuonna 2024.",
        'there is a year within the text ("2024")',
        "say it so that it does not grow old",
    ),
    (
        "services/raha.yaml",
        "  - kind: phone\n    value: 015 000 0000",
        "  - kind: phone\n    value: ^puhelin",
        '"puhelin" is not a telephone number',
        "write only digits and spaces",
    ),
    (
        "services/raha.yaml",
        "  - kind: phone\n    value: 015 000 0000",
        "  - kind: web\n    value: ^perhe.example",
        '"perhe.example" is not a web address',
        'begin it with "https://"',
    ),
    (
        "services/raha.yaml",
        "assured: 2026-01-02",
        "assured: ^2026-05-01",
        "this day is still to come",
        "write the day the text was last assured",
    ),
    (
        "services/raha.yaml",
        "assured:",
        "not_for:\n  - {service: ^raha, worries: {fi: [ihan muuta]}}\nassured:",
        "a service cannot stand aside for itself",
        "name another service",
    ),
    (
        "services/raha.yaml",
        "assured:",
        'not_for:\n  - {service: mieli, worries: {fi: [^"raha fi 3"]}}\nassured:',
        'the line "raha fi 3" is also among its own worries',
        "delete one of them",
    ),
    (
        "danger.yaml",
        "services: [raha]",
        "services: ^[]",
        '"violence" names no service',
        "name the service that helps",
    ),
    (
        "danger.yaml",
        "- {kind: phone",
        "^- {kind: web",
        '"violence" has no telephone',
        "add the number to call now, such as 112",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "wrong", "instead"), DOUBTFUL, ids=lambda text: text[:30])
def test_doubtful_content_is_told_and_still_loaded(
    tmp_path: Path, file: str, old: str, new: str, wrong: str, instead: str
) -> None:
    """The fault is told at its place; the front door opens all the same."""
    place = spoil(tmp_path, file, old, new)
    faults = [fault for fault in check(tmp_path, TODAY) if wrong == fault.wrong]
    assert [(fault.file, fault.line, fault.column, fault.instead) for fault in faults] == [(*place, instead)]
    assert load(tmp_path, TODAY).services.keys() == {"raha", "mieli"}


def test_a_service_without_contacts_is_told(tmp_path: Path) -> None:
    """A parent must be able to reach what is shown to her."""
    path = write(tmp_path) / "services" / "raha.yaml"
    head, _, rest = path.read_text().partition("contacts:\n")
    path.write_text(head + "answers:\n" + rest.partition("answers:\n")[2])
    assert [fault.wrong for fault in check(tmp_path, TODAY)] == ['"raha" has no contacts']


def test_the_emergency_number_may_stand_in_a_text(tmp_path: Path) -> None:
    """112 does not change and belongs in the sentence that needs it."""
    write(tmp_path, services__raha=("fi: Juttelemme yhdessä.", 'fi: "Hätä? Soita 112."'))
    assert check(tmp_path, TODAY) == ()


def test_the_same_words_may_stand_in_two_languages(tmp_path: Path) -> None:
    """ "stress" is Swedish and English; only a repeat within a language teaches two things."""
    write(tmp_path, services__raha=("raha sv 1", "mieli en 1"))
    assert check(tmp_path, TODAY) == ()


def test_worries_for_no_service_refuse_the_base(tmp_path: Path) -> None:
    """A misnamed file of worries would teach nothing and nobody would know."""
    (write(tmp_path) / "worries").mkdir()
    (tmp_path / "worries" / "rahat.yaml").write_text("fi: [jotain muuta]\n")
    faults = check(tmp_path, TODAY)
    assert [(fault.wrong, fault.instead) for fault in faults] == [
        ('there is no service "rahat" for these worries', 'rename the file; did you mean "raha"?')
    ]
