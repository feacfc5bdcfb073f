"""Danger signs and phone numbers, as a site shows them until somebody edits them. Pure."""

import re
from dataclasses import dataclass

# From the sources that lessons cite with them. No clinician has checked them yet.
DANGER_SIGNS = """\
sudden loss or blurring of sight, or new eye pain
a drooping face, a weak arm or leg, trouble speaking, confusion or a fit
chest pain, trouble breathing, coughing up blood or collapse
a swollen face, tongue or throat
bleeding that firm pressure does not stop
bad belly pain after fat was taken
after numbing: tingling lips, ringing ears, twitching or great sleepiness
skin on scalp or face that turns white, blue or blotchy, or hurts very badly, within hours
fever with confusion, fast breathing or blotchy skin, which can be sepsis
fever with a stiff neck or a very bad headache
thoughts of ending your life"""
SAME_DAY_SIGNS = """\
a fever or shivering
redness that spreads, pus, a bad smell or pain that gets worse
skin that blisters or turns black days later
one calf or thigh that is swollen, painful or hot
a growing lump, fluid under the skin or new numbness"""
PHONE_NUMBERS = """\
US, Canada emergency: 911
UK emergency: 999
EU emergency: 112
Australia emergency: 000
US, Canada crisis line: 988
UK, Ireland Samaritans: 116 123
Australia Lifeline: 13 11 14"""

_PHONE = re.compile(r"(?P<name>.+?):\s*(?P<number>\+?[\d ()-]*\d)\s*\Z")


@dataclass(frozen=True)
class PhoneNumber:
    """Whom somebody can call. `dialled` is the number without spaces."""

    name: str
    number: str

    @property
    def dialled(self) -> str:
        return re.sub(r"[^\d+]", "", self.number)


def split_lines(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_phone_numbers(text: str) -> list[PhoneNumber]:
    """Return the numbers in lines such as “US crisis line: 988”.

    Raises ValueError, with the line, for a line without a number.
    """
    found = []
    for line in split_lines(text):
        match = _PHONE.match(line)
        if not match:
            raise ValueError(line)
        found.append(PhoneNumber(match["name"], match["number"]))
    return found
