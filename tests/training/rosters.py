"""A roster with every kind of broken row, each row named for what is wrong with it."""

import datetime as dt

TODAY = dt.date(2026, 11, 25)
HEADER = "E-mail,First name,Last name,Role,Team joined date,Staff number,Job title"

# Kind → the row as a trainer's spreadsheet would hold it.
BROKEN = {
    "no_email": ",Ann,Roe,member,",
    "no_at_sign": "Ann Roe,Ann,Roe,member,",
    "two_emails": "a@x.org; b@x.org,Ann,Roe,member,",
    "space_in_email": "ann roe@x.org,Ann,Roe,member,",
    "name_in_email": "Ann Roe <ann@x.org>,Ann,Roe,member,",
    "foreign_letters": "\u0430nn@x.org,Ann,Roe,member,",
    "email_too_long": f"{'a' * 250}@x.org,Ann,Roe,member,",
    "bad_email": "ann@x,Ann,Roe,member,",
    "same_email": "GOOD@x.org,Ann,Roe,member,",
    "header_again": HEADER,
    "blank_word": "ann18@x.org,n/a,Roe,member,",
    "spreadsheet_error": "#REF!,Ann,Roe,member,",
    "formula": "ann1@x.org,=A2,Roe,member,",
    "wrong_encoding": "ann2@x.org,JosÃ©,Roe,member,",
    "invisible": "ann3@x.org,An\x0bn,Roe,member,",
    "line_break": '"ann4@x\n.org",Ann,Roe,member,',
    "name_too_long": f"ann5@x.org,{'A' * 151},Roe,member,",
    "email_in_name": "ann6@x.org,ann@x.org,Roe,member,",
    "number_for_name": "ann7@x.org,12345,Roe,member,",
    "link_in_name": "ann8@x.org,www.x.org,Roe,member,",
    "number_too_long": f"ann19@x.org,Ann,Roe,member,,{'7' * 65}",
    "detail_too_long": f"ann22@x.org,Ann,Roe,member,,,{'N' * 121}",
    "rounded_number": "ann20@x.org,Ann,Roe,member,,1.2E+11",
    "same_number": "ann21@x.org,Ann,Roe,member,,0040",
    "unknown_role": "ann9@x.org,Ann,Roe,boss,",
    "two_roles": "ann10@x.org,Ann,Roe,member/trainer,",
    "not_a_date": "ann11@x.org,Ann,Roe,member,soon",
    "no_such_day": "ann12@x.org,Ann,Roe,member,31.02.2026",
    "unclear_date": "ann13@x.org,Ann,Roe,member,03/04/2026",
    "short_year": "ann14@x.org,Ann,Roe,member,31.03.26",
    "future_date": "ann15@x.org,Ann,Roe,member,2026-11-26",
    "old_date": "ann16@x.org,Ann,Roe,member,1900-01-01",
    "too_many_cells": "ann17@x.org,Ann,Roe,member,,,,left over",
    "closed_account": "closed@x.org,Ann,Roe,member,",
    "own_role": "tess@x.org,Tess,Trainer,observer,",
    "number_of_another": "rita@x.org,Rita,Rae,member,,51",
    "address_in_use": "vera.new@x.org,Vera,Vane,member,,52",
}

# Cells that need not be filled: the person is taken, the cell is left empty if agreed.
OF_CELLS = {
    "blank_word",
    "formula",
    "wrong_encoding",
    "invisible",
    "name_too_long",
    "email_in_name",
    "number_for_name",
    "link_in_name",
    "number_too_long",
    "detail_too_long",
    "rounded_number",
    "unknown_role",
    "two_roles",
    "not_a_date",
    "no_such_day",
    "short_year",
    "future_date",
    "old_date",
}

GOOD = "good@x.org,Gwen,Good,member,2026-01-15,40"


def broken_roster() -> bytes:
    """Return the file: one good row, then one of each kind, from row 3 on."""
    return "\n".join([HEADER, GOOD, *BROKEN.values()]).encode()
