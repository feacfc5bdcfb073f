"""A pack of two short lessons that holds every block, to be broken at will."""

from pathlib import Path

COURSE = """\
---
pack: small
slug: small-course
title: A small course
locale: en
summary: One sentence.
answers:
  - question: Does it work?
    answer: Nobody knows yet
    text: The studies are small [S1].
    sign: rung-3
  - question: What else is there?
    answer: Other choices
    text: No treatment is one of them.
certificate_valid_months: 24
cpd_hours: 1.5
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
    kind: trial
---
"""

OPTIONS = """\
---
options:
  - id: waiting
    name: Waiting
    what_it_is: You wait.
    benefit: It costs nothing, and you can change your mind [S1].
    harm: It may take long, and some people worry [S1].
    living_with: Nothing to do.
  - id: the-drug
    name: The drug
    what_it_is: A tablet.
    benefit_in_short: 26 of 100 got better, 14 on a placebo [S2].
    harm_in_short: Some had an itch.
    benefit: 26 out of 100 got better, against 14 on a placebo [S2].
    benefit_chance: "26"
    benefit_without: "14"
    harm: From 1 to 3 more out of 100 people had an itch [S2].
    harm_chance: 1-3
    harm_is_more: yes
    evidence: 3
    evidence_sources: [S2]
statements:
  - id: no-tablets
    text: I do not want to take tablets.
    fits:
      - option: waiting
        reason: You take none.
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

### Option by option {#option-by-option}

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
evidence: rung-3
```

```options-table
caption: The options
extent: whole
```

```evidence-ladder
note: It is in the middle [S1].
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

```danger-signs
note: From [S1].
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

```questions-to-ask
title: Take these along
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

```to-ask
id: who-makes-it
text: Who makes it?
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
    "options.md": OPTIONS,
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
