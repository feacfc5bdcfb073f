"""Danger signs and phone numbers, as a site shows them until somebody edits them. Pure."""

import re
from collections.abc import Mapping
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
# Ours, line by line. Neither a clinician nor a native speaker has checked them yet.
_SPANISH_SIGNS = """\
pérdida repentina de la vista, vista borrosa de repente o un dolor de ojos nuevo
la cara caída, un brazo o una pierna débil, problemas para hablar, confusión o una convulsión
dolor en el pecho, problemas para respirar, tos con sangre o un desmayo
hinchazón de la cara, la lengua o la garganta
un sangrado que no se detiene al presionar con firmeza
un dolor fuerte de vientre después de que le sacaran grasa
después de la anestesia: hormigueo en los labios, zumbido en los oídos, sacudidas o mucho sueño
piel de la cabeza o de la cara que, en pocas horas, se pone blanca, azul o con manchas, o duele mucho
fiebre con confusión, respiración rápida o manchas en la piel, que puede ser sepsis
fiebre con el cuello rígido o un dolor de cabeza muy fuerte
pensamientos de quitarse la vida"""
_SPANISH_SAME_DAY_SIGNS = """\
fiebre o escalofríos
enrojecimiento que se extiende, pus, mal olor o un dolor que empeora
piel con ampollas, o que se pone negra días después
una pantorrilla o un muslo con hinchazón, dolor o calor
un bulto que crece, líquido bajo la piel o una zona que se duerme y antes no"""
_SPANISH_PHONE_NUMBERS = """\
EE. UU. y Canadá, emergencias: 911
Reino Unido, emergencias: 999
Unión Europea, emergencias: 112
Australia, emergencias: 000
EE. UU. y Canadá, línea de crisis: 988
Reino Unido e Irlanda, Samaritans: 116 123
Australia, Lifeline: 13 11 14"""

_PHONE = re.compile(r"(?P<name>.+?):\s*(?P<number>\+?[\d ()-]*\d)\s*\Z")


@dataclass(frozen=True)
class PhoneNumber:
    """Whom somebody can call. `dialled` is the number without spaces."""

    name: str
    number: str

    @property
    def dialled(self) -> str:
        return re.sub(r"[^\d+]", "", self.number)


@dataclass(frozen=True)
class SignTexts:
    """What a site says about danger in one language, one sign or number per line."""

    signs: str
    same_day_signs: str
    phone_numbers: str


SHIPPED = {
    "en": SignTexts(DANGER_SIGNS, SAME_DAY_SIGNS, PHONE_NUMBERS),
    "es": SignTexts(_SPANISH_SIGNS, _SPANISH_SAME_DAY_SIGNS, _SPANISH_PHONE_NUMBERS),
}


def choose_signs(
    language: str, first: str, written: Mapping[str, SignTexts]
) -> tuple[str, SignTexts]:
    """Return in which language the signs are read, and the signs.

    Those that the site wrote in the language; or else ours, as long as those of its
    first language are ours, too: what the site changed must not be missing in
    another language. Otherwise they are in the first language.
    """
    original = written.get(first, SHIPPED["en"])
    if language in written:
        return language, written[language]
    if language in SHIPPED and original == SHIPPED["en"]:
        return language, SHIPPED[language]
    return first, original


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
