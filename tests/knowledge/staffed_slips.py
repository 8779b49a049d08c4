"""What goes wrong in what is written for the desk and the network, and what is only doubtful there.

In the form of :mod:`tests.knowledge.file_slips`.
"""

from __future__ import annotations

from tests.knowledge.staffed import EMERGENCY, OWN, WORDS

STAFFED_SLIPS: list[tuple[str, str, str, str, str]] = [
    ("settings.yaml", "desk:\n", "desk:\n  warn_before: ^30\n", '"30" does not fit', "write a number under 1"),
    ("settings.yaml", "desk:\n", "desk:\n  silent_minutes: ^0\n", '"0" does not fit', "write a number over 0"),
    ("settings.yaml", "desk:\n", "desk:\n  offer_minutes: ^soon\n", '"soon" does not fit', "write a number"),
    ("settings.yaml", "desk:\n", "desk:\n  most_waiting: ^-1\n", '"-1" does not fit', "write a number over 0"),
    ("settings.yaml", "desk:\n", "desk:\n  follow_up_days: ^1.5\n", '"1.5" does not fit', "write a number"),
    (
        "settings.yaml",
        "desk:\n",
        "desk:\n  ^silent_minute: 10\n",
        'the key "silent_minute" is not known here',
        'did you mean "silent_minutes"?',
    ),
    (
        "settings.yaml",
        "desk:\n",
        "desk:\n  climb_to_lead_minutes: 60\n  ^climb_to_on_call_minutes: 60\n",
        '"climb_to_on_call_minutes" comes before the lead has had a chance',
        "write a number of 61 or more",
    ),
    (
        "settings.yaml",
        "until: 2026-07-03",
        "^until: 2026-06-30",
        '"until" is before "since"',
        "write the last closed day",
    ),
    (
        "settings.yaml",
        "until: 2026-07-03",
        "^until: 2027-07-03",
        '"until" is more than three months after "since"',
        "look at the years",
    ),
    (
        "settings.yaml",
        f"{{since: 2026-07-01, until: 2026-07-03, text: {WORDS}}}",
        "{since: 2026-07-01, until: 2026-07-03, text: ^{fi: Lomalla, sv: Ledig}}",
        '"en" is missing',
        'add "en: ..." with the same in English',
    ),
    (
        "settings.yaml",
        "phones: [{kind: phone",
        "phones: [{kind: ^web",
        '"web" is no telephone',
        "write phone, and a number to call",
    ),
    ("areas.yaml", f"phones: [{OWN}]", "phones: ^[]", "there are too few", "write at least 1"),
    (
        "units.yaml",
        "languages: [fi, sv]",
        "languages: [fi, ^se]",
        '"se" is not possible here',
        "write one of: en, fi, sv",
    ),
    (
        "units.yaml",
        "mon-fri: [8-16]",
        "mon-fri: [^16-8]",
        "the closing time must come after the opening time",
        "write a night as two days",
    ),
    (
        "units.yaml",
        "weekday: wed",
        "weekday: ^ke",
        '"ke" is not possible here',
        "write one of: fri, mon, sat, sun, thu, tue, wed",
    ),
    (
        "units.yaml",
        'time: "9:30"',
        "time: ^9.5",
        '"9.5" does not fit',
        'write a time of day like "13:30", in quotation marks',
    ),
    (
        "units.yaml",
        f"- {{id: seurakunta, name: {WORDS}, services: [mieli], organisation: {{id: srk,",
        f"- {{id: seurakunta, name: {WORDS}, services: [mieli], organisation: {{id: ^Srk,",
        '"Srk" is not an id',
        "write an id with small letters a-z, digits and hyphens, such as perhe-kahvila",
    ),
    (
        "units.yaml",
        "  areas: [saimaa]\n",
        "  areas: [^saimen]\n",
        'there is no area "saimen"',
        'did you mean "saimaa"?',
    ),
    (
        "units.yaml",
        'value: "015 000 0000"',
        'areas: [^enonkosky], value: "015 000 0000"',
        'there is no area "enonkosky"',
        'did you mean "enonkoski"?',
    ),
    (
        "units.yaml",
        f"organisation: {{id: alue, name: {WORDS}}}\n  team",
        "organisation: {id: alue, name: ^{fi: Toinen, sv: Annan, en: Other}}\n  team",
        'the organisation "alue" has another name than at "perheneuvo"',
        "write the same, or give it an id of its own",
    ),
    (
        "replies.yaml",
        'sv: "Passar {time}?"',
        'sv: ^"Passar {tiem}?"',
        'nobody fills "{tiem}"',
        'did you mean "time"?',
    ),
    (
        "replies.yaml",
        'en: "Does {time} suit?"',
        'en: ^"Does it suit?"',
        '"offer" has other {gaps} than in Finnish',
        "use {time}",
    ),
    (
        "replies.yaml",
        'en: "Does {time} suit?"',
        'en: ^"Does {time suit?"',
        'a {gap} in "offer" is broken',
        "write {time} with both braces",
    ),
    (
        "replies.yaml",
        '      card: true\n      text: {fi: "Katso',
        '      text: {fi: ^"Katso',
        "{service} stands for a service nobody picks",
        'add "card: true"',
    ),
    ("replies.yaml", "id: guide", "id: ^offer", 'the reply "offer" is here a second time', "give it an id of its own"),
    (
        "replies.yaml",
        '{fi: "Sopisiko {time}?", sv: "Passar {time}?", en: "Does {time} suit?"}',
        '^{fi: "Sopisiko {time}?", sv: "Passar {time}?"}',
        '"en" is missing',
        'add "en: ..." with the same in English',
    ),
    ("duties.yaml", f"  joint: {WORDS}\n", "", '"joint" is missing', 'add "joint: ..."'),
    ("duties.yaml", "services: [raha]", "services: [^rahat]", 'there is no service "rahat"', 'did you mean "raha"?'),
    (
        "duties.yaml",
        "checked: 2026-01-02\nlasta:",
        "checked: ^eilen\nlasta:",
        '"eilen" is not a date',
        "write year, month and day: 2026-01-31",
    ),
    ("duties.yaml", "lasta:\n", "^lastaa:\n", 'the key "lastaa" is not known here', 'did you mean "lasta"?'),
]

STAFFED_DOUBTS: list[tuple[str, str, str, str, str]] = [
    (
        "settings.yaml",
        f"phones: [{EMERGENCY}]",
        f"phones: ^[{EMERGENCY.replace('112', '116 117')}]",
        "112 is not among these",
        'add 112: it is always answered ("112")',
    ),
    (
        "replies.yaml",
        'fi: "Sopisiko {time}?"',
        'fi: ^"Sopisiko {time}? Soita 015 123 4567."',
        'there is a telephone number within the text ("015 123 4567")',
        "move it to contacts",
    ),
    (
        "duties.yaml",
        "checked: 2026-01-02\nlasta:",
        "checked: ^2026-03-02\nlasta:",
        "this day is still to come",
        "write the day it was last compared with its source",
    ),
    (
        "units.yaml",
        'value: "015 000 0000"',
        'value: ^"puhelin"',
        '"puhelin" is not a telephone number',
        "write only digits and spaces",
    ),
]
