"""A pack of two short lessons that holds every block, to be broken at will."""

from pathlib import Path

COURSE = """\
---
pack: small
slug: small-course
title: A small course
locale: en
summary: One sentence.
certificate_valid_months: 24
review:
  written_by: The project
  funded_by: Nobody
  conflicts: None
  clinically_reviewed_by: ""
  last_checked: 2026-11-22
  next_check: 2027-05-22
  update_policy: Twice a year.
---

Welcome to the **course**.
"""

SOURCES = """\
---
sources:
  - id: S1
    title: First source
  - id: S2
    title: Second source
    author: An author
    published: 2020
    url: https://example.org/2
    note: Read in full.
---
"""

GLOSSARY = """\
---
terms:
  - id: follicle
    term: Follicle
    meaning: The pocket that grows one hair.
---
"""

FIRST = """\
---
slug: first
title: First lesson
minutes: 8
audience: Everyone
aim: You know more.
main_message: One thing counts.
call_to_action: Ask a doctor.
in_short:
  - One.
  - Two.
  - Three.
---

```key-terms
terms: [follicle]
```

## What it is {#what-it-is}

A paragraph with *weight* that goes
on [S1, S2].

- A point with a [link](https://example.org/?a=1&b=2)
- Another **point**

```key-fact
text: |
  First paragraph [S1].

  1. Step
  2. Step
```

```warning
title: Careful
text: Take care.
```

## What is shown {#what-is-shown}

More prose [S2].

```table
caption: Options
columns: [Option, Downside]
rows:
  - [No treatment, No]
  - [Another, "Yes, some"]
```

```icon-array
title: Out of 100
groups:
  - label: With
    count: 26
  - label: Without
    count: 0
meaning: 26 against 0 [S1].
```

```check-yourself
question: order
```

```steps
steps:
  - title: Collect
    text: Take it.
  - title: Inject
    text: Put it.
```

```timeline
title: Weeks
events:
  - when: Day 1
    what: Sore.
  - when: Week 1
    what: Less so.
```

```illustration
drawing: follicle
description: A follicle.
```

```care-card
level: urgent
title: See a doctor
points:
  - fever
after: Do not wait.
```

```do-list
kind: do-not
points:
  - do not hurry
```

```checklist
title: Ask
points: [One, Two]
```

```citation
statement: The source says so.
source: S2
```

```unknowns
points: [One, Two]
```

```next-steps
title: Next
points:
  - Rest.
```

```faq
id: is-it-safe
question: Is it safe?
answer: That is not known [S1].
```

```question
id: single
kind: single-choice
stem: Which is right?
critical: yes
sources: [S1]
answered_in: "#what-it-is"
options:
  - id: right
    text: This one.
    right: yes
    feedback: It is right.
  - id: wrong
    text: That one.
    feedback: It is wrong.
```

```question
id: order
kind: ordering
stem: In what order?
sources: [S1, S2]
answered_in: faq:is-it-safe
options:
  - id: collect
    text: Collect
  - id: inject
    text: Inject
feedback: One comes first.
```
"""

SECOND = """\
---
slug: second
title: Second lesson
minutes: 5
audience: Everyone
aim: You know more.
main_message: Another thing counts.
call_to_action: Ask again.
in_short: [One., Two., Three.]
review:
  written_by: Somebody else
---

```key-terms
terms: [follicle]
```

## Only part {#only-part}

Short [S1].
"""

FILES = {
    "course.md": COURSE,
    "sources.md": SOURCES,
    "glossary.md": GLOSSARY,
    "1-first.md": FIRST,
    "2-second.md": SECOND,
}


def write(folder: Path, **changes: str | bytes | None) -> Path:
    """Write the pack to the folder; a change replaces a file, None leaves it out."""
    for name, text in (FILES | changes).items():
        if isinstance(text, bytes):
            (folder / name).write_bytes(text)
        elif text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder
