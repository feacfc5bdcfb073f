"""What a statement changes is told from its text; what is unknown changes all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page_cache.rules import UNKNOWN_TABLE, choose_coding, find_changed_table


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "course_source" ("id") VALUES (%s)', "course_source"),
        ('INSERT OR IGNORE INTO "course_source" ("id") VALUES (1)', "course_source"),
        ('UPDATE "mail_message" SET "state" = %s', "mail_message"),
        ('DELETE FROM "mail_message" WHERE 1', "mail_message"),
        ("update mail_message set state = 1", "mail_message"),
        ("\n  delete from mail_message", "mail_message"),
        ('UPDATE "public"."mail_message" SET x = 1', UNKNOWN_TABLE),
        ("DELETE FROM ONLY mail_message", "ONLY"),
        ("TRUNCATE mail_message", UNKNOWN_TABLE),
        ('ALTER TABLE "mail_message" ADD COLUMN x', UNKNOWN_TABLE),
        ("WITH gone AS (DELETE FROM x RETURNING 1) SELECT 1", UNKNOWN_TABLE),
        ("COPY mail_message FROM STDIN", UNKNOWN_TABLE),
        ("", UNKNOWN_TABLE),
        ("SELECTED", UNKNOWN_TABLE),
    ],
)
def test_the_table_that_a_statement_changes(sql, table):
    assert find_changed_table(sql) == table


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "x" FROM "y" FOR UPDATE',
        "(SELECT 1) UNION (SELECT 2)",
        "SAVEPOINT s1",
        "RELEASE SAVEPOINT s1",
        "ROLLBACK TO SAVEPOINT s1",
        "BEGIN IMMEDIATE",
        "COMMIT",
        "PRAGMA foreign_keys",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "EXPLAIN SELECT 1",
        "show server_version",
    ],
)
def test_what_only_reads_changes_no_table(sql):
    assert find_changed_table(sql) is None


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("br, gzip", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=0", ""),
        ("gzip; q=0.000, br", "br"),
        ("gzip;q=0.001", "gzip"),
        ("identity", ""),
        ("xgzip", ""),
    ],
)
def test_a_coding_is_chosen_that_the_browser_takes(header, coding):
    assert choose_coding(header, ("br", "gzip")) == coding


@given(st.text())
def test_no_header_is_too_odd(header):
    assert choose_coding(header, ("br", "gzip")) in ("", "br", "gzip")


@given(st.text())
def test_no_statement_is_too_odd(sql):
    assert find_changed_table(sql) is None or isinstance(find_changed_table(sql), str)
