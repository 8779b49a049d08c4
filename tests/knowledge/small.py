"""A small, faultless knowledge folder for these tests, as texts by file name."""

from __future__ import annotations

from pathlib import Path


def service(name: str, answers: str = "about: [money]") -> str:
    """A service file with nothing wrong in it; its worries are its own."""
    lines = {
        language: "\n".join(f'    - "{name} {language} {number}"' for number in range(count))
        for language, count in (("fi", 12), ("sv", 6), ("en", 6))
    }
    return f"""id: {name}
level: basic
name: {{fi: Palvelu {name}, sv: Tjänsten {name}, en: Service {name}}}
summary: {{fi: Apua perheelle, sv: Hjälp för familjen, en: Help for the family}}
description:
  fi: Juttelemme yhdessä.
  sv: Vi pratar tillsammans.
  en: We talk together.
how_to_start: {{fi: Soita, sv: Ring, en: Call}}
what_happens: {{fi: Sovimme ajan, sv: Vi kommer överens om en tid, en: We agree on a time}}
cost: {{fi: Maksuton, sv: Avgiftsfri, en: Free}}
contacts:
  - kind: phone
    value: 015 000 0000
    label: {{fi: Puhelin, sv: Telefon, en: Telephone}}
    hours: {{week: {{mon-fri: [8-16]}}}}
    checked: 2026-01-02
    example: true
answers:
  {answers}
worries:
  fi:
{lines["fi"]}
  sv:
{lines["sv"]}
  en:
{lines["en"]}
assured: 2026-01-02
"""


FILES: dict[str, str] = {
    "settings.yaml": """timezone: Europe/Helsinki
country: FI
desk:
  hours:
    week:
      mon-fri: [8-16]
""",
    "areas.yaml": """- {id: saimaa, name: {fi: Saimaa, sv: Saimen, en: Saimaa}, choice: false}
- {id: enonkoski, name: {fi: Enonkoski, sv: Enonkoski, en: Enonkoski}, within: saimaa, municipality: "046"}
""",
    "questions.yaml": """- id: about
  text: {fi: "Mistä?", sv: "Om vad?", en: "About what?"}
  first: true
  answers:
    - {id: money, text: {fi: Raha, sv: Pengar, en: Money}}
    - {id: mood, text: {fi: Mieliala, sv: Mående, en: Mood}}
""",
    "danger.yaml": """- id: violence
  title: {fi: Soita, sv: Ring, en: Call}
  text: {fi: Apua saa heti, sv: Hjälp finns nu, en: Help is there now}
  services: [raha]
  phones:
    - {kind: phone, value: "112", label: {fi: Hätä, sv: Nöd, en: Emergency}, checked: 2026-01-02}
  strong: {fi: [hän lyö]}
""",
    "services/raha.yaml": service("raha"),
    "services/mieli.yaml": service("mieli", "about: [mood]"),
    "phrases/fi.yaml": 'hello: "Hei {name}"\nno: "Ei"\n',
    "phrases/sv.yaml": 'hello: "Hej {name}"\nno: "Nej"\n',
    "phrases/en.yaml": 'hello: "Hello {name}"\nno: "No"\n',
}


Place = tuple[str, int, int]


def write(folder: Path, **changed: tuple[str, str]) -> Path:
    """The files in ``folder``; ``services__raha=("old", "new")`` changes services/raha.yaml, once."""
    for file, text in FILES.items():
        old, new = changed.get(file.removesuffix(".yaml").replace("/", "__"), ("", ""))
        assert old in text, f"{old!r} is not in {file}"
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> Place:
    """The files with one slip in them; a ``^`` in ``new`` marks where it is to be told, and is not written."""
    assert new.count("^") == 1
    before, _, after = FILES[file].replace(old, new, 1).partition("^")
    write(folder)
    (folder / file).write_text(before + after, encoding="utf-8")
    return file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
