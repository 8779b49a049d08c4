"""The small folder with everything for the people behind the desk, as texts by file name."""

from __future__ import annotations

from pathlib import Path

from tests.knowledge.small import FILES, Place, write

WORDS = "{fi: Sana, sv: Ord, en: Word}"
EMERGENCY = f'{{kind: phone, value: "112", label: {WORDS}, checked: 2026-01-02}}'
OWN = EMERGENCY.replace("Sana", "Oma")

STAFFED: dict[str, str] = {
    "settings.yaml": FILES["settings.yaml"]
    + f"""  closed_signs:
    - {{since: 2026-07-01, until: 2026-07-03, text: {WORDS}}}
  on_call:
    text: {WORDS}
    phones: [{EMERGENCY}]
""",
    "areas.yaml": FILES["areas.yaml"].replace(
        "choice: false}",
        f"choice: false, on_call: {{text: {WORDS}, phones: [{OWN}]}}}}",
    )
    + "- {id: muualla, name: {fi: Muualla, sv: Annanstans, en: Elsewhere}}\n",
    "units.yaml": f"""- id: perheneuvo
  name: {WORDS}
  services: [raha]
  languages: [fi, sv]
  hours: {{week: {{mon-fri: [8-16]}}}}
  phone: {{kind: phone, value: "015 000 0000", label: {WORDS}, checked: 2026-01-02, example: true}}
  organisation: {{id: alue, name: {WORDS}}}
  network: {WORDS}
- id: vatu
  name: {WORDS}
  areas: [saimaa]
  services: [raha, mieli]
  organisation: {{id: alue, name: {WORDS}}}
  team: {{weekday: wed, time: "9:30", place: {WORDS}}}
- {{id: seurakunta, name: {WORDS}, services: [mieli], organisation: {{id: srk, name: {WORDS}}}}}
- {{id: vanha, name: {WORDS}, areas: [muualla], services: [raha]}}
""",
    "replies.yaml": f"""- id: times
  title: {WORDS}
  replies:
    - id: offer
      title: {WORDS}
      text: {{fi: "Sopisiko {{time}}?", sv: "Passar {{time}}?", en: "Does {{time}} suit?"}}
    - id: guide
      title: {WORDS}
      card: true
      text: {{fi: "Katso {{service}}.", sv: "Se {{service}}.", en: "See {{service}}."}}
""",
    "duties.yaml": f"""report:
  title: {WORDS}
  text: {WORDS}
  steps:
    - text: {WORDS}
  ask: {WORDS}
  joint: {WORDS}
  phones: [{EMERGENCY}]
  services: [raha]
  source: {WORDS}
  checked: 2026-01-02
lasta:
  title: {WORDS}
  text: {WORDS}
  steps:
    - {{text: {WORDS}, source: {WORDS}}}
  never: [{WORDS}]
  source: {WORDS}
  checked: 2026-01-02
""",
}


def staffed(folder: Path, file: str = "settings.yaml", old: str = "", new: str = "") -> Place:
    """The folder, with one slip in ``file``; a ``^`` in ``new`` marks where it is to be told."""
    write(folder)
    for name, text in STAFFED.items():
        assert name != file or old in text, f"{old!r} is not in {name}"
        changed = text.replace(old, new, 1) if name == file and old else text
        (folder / name).write_text(changed.replace("^", "", 1), encoding="utf-8")
    before = STAFFED[file].replace(old, new, 1).partition("^")[0]
    return file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
