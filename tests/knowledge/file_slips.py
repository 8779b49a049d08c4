"""What goes wrong in the files beside the services.

The file, what stands in it, what somebody made of it (^ marks the place to tell), what is told, and its mend.
"""

from __future__ import annotations

FILE_SLIPS: list[tuple[str, str, str, str, str]] = [
    (
        "settings.yaml",
        "desk:\n",
        "desk:\n  answer_minutes: ^-5\n",
        '"-5" does not fit',
        "write a number over 0",
    ),
    (
        "settings.yaml",
        "country: FI\n",
        "country: FI\ndeciding: {show_one: ^60}\n",
        '"60" does not fit',
        "write a number under 1",
    ),
    (
        "settings.yaml",
        "country: FI\n",
        "country: FI\noutcomes:\n  - [done, {fi: Valmis, sv: Klar, ^eng: Done, en: Done}]\n",
        'the key "eng" is not known here',
        'did you mean "en"?',
    ),
    (
        "settings.yaml",
        "Europe/Helsinki",
        "^Helsinki",
        '"Helsinki" does not fit',
        "write a time zone such as Europe/Helsinki",
    ),
    (
        "areas.yaml",
        "- {id: saimaa",
        "- {id: ^Saimaa",
        '"Saimaa" is not an id',
        "write an id with small letters a-z, digits and hyphens, such as perhe-kahvila",
    ),
    (
        "areas.yaml",
        "- {id: saimaa",
        "- {id: ^" + "s" * 41,
        f'"{"s" * 41}" is too long',
        "write at most 40 letters",
    ),
    (
        "questions.yaml",
        "    - {id: money, text: {fi: Raha, sv: Pengar, en: Money}}\n    - {id: mood,",
        "    ^- {id: mood,",
        "there are too few",
        "write at least 2",
    ),
    (
        "questions.yaml",
        "id: mood",
        "id: ^money",
        'the answer "money" is here a second time',
        "give it an id of its own",
    ),
    (
        "phrases/fi.yaml",
        'no: "Ei"',
        "no: ^no",
        'the phrase "no" is not text',
        'put the text in quotation marks: no: "..."',
    ),
    (
        "phrases/sv.yaml",
        '"Hej {name}"',
        '^"Hej {name"',
        'a {place} in "hello" is broken',
        "write {name} with both braces",
    ),
    (
        "areas.yaml",
        'municipality: "046"',
        "municipality: ^046",
        "046 is read as a number, not as text",
        'put it in quotation marks: "046"',
    ),
    (
        "areas.yaml",
        "within: saimaa",
        "within: ^saimma",
        'there is no area "saimma"',
        'did you mean "saimaa"?',
    ),
    (
        "areas.yaml",
        "within: saimaa",
        "within: ^enonkoski",
        '"enonkoski" lies within itself (enonkoski)',
        'take away one "within" of these areas',
    ),
    (
        "areas.yaml",
        "id: enonkoski",
        "id: ^saimaa",
        'the id "saimaa" is here a second time',
        "give it an id of its own",
    ),
    (
        "questions.yaml",
        "id: mood",
        "id: ^unknown",
        '"unknown" is every question\'s own "I don\'t know"',
        "delete the answer, or give it another id",
    ),
    (
        "danger.yaml",
        "services: [raha]",
        "services: [^rahat]",
        'there is no service "rahat"',
        'did you mean "raha"?',
    ),
    (
        "phrases/sv.yaml",
        'hello: "Hej {name}"',
        'hello: ^"Hej {namn}"',
        '"hello" has other {places} than in Finnish',
        "use {name}",
    ),
    (
        "phrases/en.yaml",
        'hello: "Hello {name}"\nno: "No"\n',
        '^hello: "Hello {name}"\n',
        'the phrase "no" is missing',
        'add "no: ..." as in phrases/fi.yaml',
    ),
    (
        "settings.yaml",
        "country: FI",
        "country: ^QQ",
        '"QQ" is not a known country',
        "write the two letters of a country, such as FI",
    ),
    (
        "settings.yaml",
        "Europe/Helsinki",
        "^Europe/Helsingfors",
        'there is no time zone "Europe/Helsingfors"',
        "write one such as Europe/Helsinki",
    ),
]
