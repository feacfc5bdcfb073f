"""Who may open which address, as the permission walk expects it."""

from tests.roles import NAMES

PEOPLE = ("visitor", "learner", *NAMES)
SIGNED_IN = set(NAMES)
EDITORS = SIGNED_IN - {"Trainer"}
TRAINERS = {"Trainer", "Administrator"}
AUTHORS = {"Author", "Administrator"}
ADMINISTRATOR = {"Administrator"}
NOBODY = set()


def everybody(finds="ok"):
    return {who: {finds} for who in PEOPLE}


def staff(*, may=SIGNED_IN, finds="ok"):
    """Say what staff find: `may` get it, others are refused, visitors sign in.

    What only answers a post says so before it looks at who asks.
    """
    visitors = {"visitor": {"sign in"}, "learner": {"sign in"}}
    refused = {"refused", "not found", "by post"}
    return visitors | {
        who: {finds, "by post"} if who in may else refused for who in NAMES
    }


# The longest beginning of the name (or of the route, where there is none) counts.
RULES = {
    # Ours, by name.
    "healthz": everybody(),
    "security_contact": everybody("not found"),
    "readyz": everybody(),
    "readyz_part": everybody("not found"),
    "metrics": everybody("not found"),
    "not_saved": everybody(),
    "offline": everybody(),
    "sending_token": everybody(),
    "kept_course": everybody("not found"),
    "service_worker": everybody("not found"),
    "tablet": everybody(),
    "poster": everybody(),
    "tablet_here": everybody(),
    "progress": everybody(),
    "reading": everybody(),
    "resume": everybody(),
    "resume_with_words": everybody("not found"),
    "look_back": everybody(),
    "look_back_mail": everybody("by post"),
    "look_back_mail_stop": everybody("not found"),
    "resume_words": everybody(),
    "resume_words_revoke": everybody("by post"),
    # Everybody's own list only.
    "my_visit": everybody(),
    "my_visit_offline": everybody(),
    "my_visit_add": everybody("not found"),
    # Everybody's own only, and these people have none of this number.
    "result_of_attempt": everybody("not found"),
    "regrade_seen": everybody("by post"),
    "^media/": everybody(),
    "after_sign_in": everybody(),
    "my_learning": staff(),
    "my_learning_calendar_of_one": staff(finds="not found"),
    "my_learning_calendar_feed": everybody("not found"),
    "my_learning_attend": staff(finds="not found"),
    "my_learning_proof": staff(finds="not found"),
    "my_learning_calendar_link_revoke": everybody("by post"),
    "wagtail_serve": everybody(),
    # It belongs to a member of a team; that team's trainer is not among these people.
    "certificate": staff(may=NOBODY) | {"learner": {"not found"}},
    "certificate_check": everybody(),
    "certificate_find": everybody(),
    # Trainers see their own teams only: `tests/training` walks through these.
    **dict.fromkeys(
        (
            "certificates:",
            "evidence:person",
            "evidence:person_log",
            "evidence:team",
            "evidence:team_pack",
            "evidence:team_sheet",
        ),
        staff(may=ADMINISTRATOR),
    ),
    "certificates:index": staff(may=TRAINERS),
    # The form offers their own teams only.
    "evidence:sheet": staff(may=TRAINERS),
    "evidence:compare": staff(may=TRAINERS),
    # Documents are public unless their collection is private.
    "wagtaildocs_serve": everybody(),
    "wagtaildocs_authenticate_with_password": everybody("not found"),
    "wagtailcore_authenticate_with_password": everybody("not found"),
    # Wagtail's, by prefix: what everybody with access to the admin shares.
    "wagtailadmin_home": staff(),
    "admin/test404/": staff(),
    "wagtailadmin_error_test": staff(finds="broken"),
    "wagtailadmin_account": staff(),
    # Ours stands before it.
    "wagtailadmin_logout": everybody(),
    "wagtailadmin_dismissibles": staff(),
    "wagtailadmin_block_preview": staff(finds="not found"),
    "wagtailadmin_editing_sessions": staff(finds="by post"),
    "wagtailembeds": staff(),
    "admin/^": staff(finds="not found"),
    "wagtailadmin_choose_": staff(),
    "wagtailadmin_tag_autocomplete": staff(),
    "wagtailadmin_tag_model_autocomplete": staff(finds="not found"),
    "wagtailadmin_api": staff(),
    "wagtailadmin_api:pages:detail": staff(may=EDITORS, finds="ok")
    | {"Trainer": {"not found"}},
    "wagtailadmin_api:pages:action": staff(finds="by post"),
    "wagtailadmin_api:pages:find": staff(finds="not found"),
    "wagtailadmin_api:images:find": staff(finds="not found"),
    "wagtailadmin_api:documents:find": staff(finds="not found"),
    **dict.fromkeys(
        (
            "wagtailadmin_sprite",
            "wagtailadmin_javascript_catalog",
        ),
        everybody(),
    ),
    # One door: Wagtail's own lead to that of the account pages.
    **dict.fromkeys(
        (
            "admin/login/",
            "^admin/password_reset/",
            "wagtailadmin_password_reset",
            "wagtailcore_login",
        ),
        everybody("sign in"),
    ),
    "admin/logout/": everybody(),
    "account": staff(),
    "own_new_address": staff(),
    "answer_new_address": everybody("not found"),
    "proposed_addresses": staff(may=ADMINISTRATOR),
    "decide_proposed_address": staff(may=ADMINISTRATOR, finds="not found"),
    "reset_second_step": staff(may=ADMINISTRATOR),
    "person_data": staff(may=ADMINISTRATOR),
    "deletion_requests": staff(may=ADMINISTRATOR),
    "answer_deletion": staff(may=ADMINISTRATOR, finds="not found"),
    "background_work": staff(may=ADMINISTRATOR),
    "answer_failure": staff(finds="by post"),
    "job": staff(finds="not found"),
    "job_file": staff(finds="not found"),
    "signed_out": everybody(),
    # Who is signed in is sent on to the admin, which `outcome` cannot tell from a no.
    "wagtailadmin_login": {who: {"ok", "sign in", "refused"} for who in PEOPLE},
    # Pages. A reviewer reads and changes drafts and acts on what waits.
    "wagtailadmin_explore": staff(may=EDITORS),
    "wagtailadmin_pages": staff(may=EDITORS),
    "lessons": staff(may=EDITORS),
    "export_questions": staff(may=EDITORS),
    "import_questions": staff(may=EDITORS),
    "course_outline": staff(may=EDITORS),
    # The walk is on a site in one language, on which nobody translates.
    "wagtail_localize:": staff(may=NOBODY),
    "wagtail_localize:javascript_catalog": staff(),
    "keys_to_check": staff(may=EDITORS),
    "lessons:choose_parent": staff(),
    "content_health": staff(may=EDITORS),
    "clarity": staff(may=EDITORS),
    "articles:new": staff(may=AUTHORS),
    "articles:outlines": staff(may=AUTHORS),
    "articles:outline_new": staff(may=AUTHORS),
    "articles:outline_delete": staff(may=AUTHORS, finds="by post"),
    "articles:discard": staff(may=AUTHORS, finds="by post"),
    "articles": staff(may=AUTHORS, finds="not found"),
    "wagtail_bulk_action": staff(finds="not found"),
    "wagtailadmin_pages:add": staff(may=AUTHORS),
    "wagtailadmin_pages:preview_on_add": staff(may=AUTHORS),
    "wagtailadmin_pages:choose_parent": staff(),
    "wagtailadmin_pages:convert_alias": staff(finds="not found"),
    "wagtailadmin_pages:confirm_workflow_cancellation": staff(),
    "wagtailadmin_pages:move_confirm": staff(),
    "wagtailadmin_pages:revisions_index": staff(),
    **dict.fromkeys(
        (
            "wagtailadmin_pages:delete",
            "wagtailadmin_pages:move",
            "wagtailadmin_pages:set_page_position",
            "wagtailadmin_pages:set_privacy",
            "wagtailadmin_pages:revisions_unschedule",
        ),
        staff(may=ADMINISTRATOR),
    ),
    # The page waits for a review, which locks it for all but reviewers.
    "wagtailadmin_pages:unpublish": staff(may=NOBODY),
    "review_step": staff(may={"Reviewer"}),
    "review_step_words": staff(may={"Reviewer"}),
    "wagtailadmin_pages:workflow_action": staff(may={"Reviewer"}),
    "wagtailadmin_pages:workflow_preview": staff(may={"Reviewer"}),
    "wagtailadmin_pages:collect_workflow_action_data": staff(may={"Reviewer"}),
    "wagtailadmin_pages:lock": staff(finds="by post"),
    "wagtailadmin_pages:unlock": staff(finds="by post"),
    "wagtailadmin_reports": staff(may=EDITORS),
    "wagtailadmin_reports:locked_pages": staff(may=ADMINISTRATOR),
    "wagtailadmin_reports:site_history": staff(),
    # The trainers' reports.
    "report_": staff(may=TRAINERS),
    "reports:report_": staff(may=TRAINERS),
    "reports:report_mail_delete": staff(may=TRAINERS, finds="not found"),
    "reports:export": staff(may=TRAINERS, finds="not found"),
    "reports:person": staff(may=TRAINERS, finds="not found"),
    # Pictures and documents.
    "wagtailimages": staff(may=AUTHORS),
    # Wagtail 8 refuses those who may not change pictures before it says so.
    "wagtailimages:url_generator": staff(may=AUTHORS, finds="not found"),
    "wagtaildocs": staff(may=ADMINISTRATOR),
    # Choosers open for all staff and list what each may choose.
    **dict.fromkeys(
        (
            "wagtailimages_chooser:choose",
            "wagtailimages_chooser:chosen_multiple",
            "wagtaildocs_chooser:choose",
            "wagtaildocs_chooser:chosen_multiple",
        ),
        staff(),
    ),
    # Wagtail 7.4 shows the ways to place a picture to all staff, 8.0 to those who may.
    "wagtailimages_chooser:select_format": staff()
    | {"Reviewer": {"ok", "refused"}, "Trainer": {"ok", "refused"}},
    # Training.
    "mail:index": staff(may=TRAINERS),
    "mail:inspect": staff(may=TRAINERS, finds="not found"),
    # Running the site.
    "wagtailadmin_collections": staff(may=ADMINISTRATOR),
    "wagtailadmin_workflows": staff(may=ADMINISTRATOR),
    "wagtailadmin_workflows:enable": staff(finds="by post"),
    "wagtailadmin_workflows:enable_task": staff(finds="by post"),
    "wagtailadmin_workflows:remove": staff(finds="by post"),
    "wagtailadmin_workflows:task_cho": staff(),
    "wagtailsites": staff(may=ADMINISTRATOR),
    "wagtailusers": staff(may=ADMINISTRATOR),
    "wagtailsettings": staff(finds="not found"),
    "wagtailsnippets": staff(may=NOBODY),
}

# The trainers' room: the walking trainer looks after no team, so finds none.
RULES |= {
    "assignments:": staff(may=ADMINISTRATOR),
    "assignments:index": staff(may=TRAINERS),
    "assignments:add": staff(may=TRAINERS),
    "obligations:": staff(may=ADMINISTRATOR),
    "people:index": staff(may=TRAINERS),
    "people:certificates": staff(may=ADMINISTRATOR),
    "people:columns": staff(may=TRAINERS, finds="by post"),
    "people:session": staff(may=TRAINERS),
    "people:undo": staff(may=TRAINERS),
    "people:act": staff(may=ADMINISTRATOR),
    "people:correct": staff(may=ADMINISTRATOR),
    "people:try_mail_again": staff(may=TRAINERS, finds="by post"),
    "people:propose_address": staff(may=ADMINISTRATOR),
    "people:withdraw_address": staff(may=ADMINISTRATOR),
    "elsewhere:": staff(may=ADMINISTRATOR),
    # Trainers see sessions of their own teams only.
    "classroom:": staff(may=ADMINISTRATOR),
    "classroom:index": staff(may=TRAINERS),
    "classroom:add": staff(may=TRAINERS),
    "teams:index": staff(may=TRAINERS),
    "teams:add": staff(may=TRAINERS),
    "teams:several_": staff(may=ADMINISTRATOR),
    **dict.fromkeys(
        (
            "teams:inspect",
            "teams:edit",
            "teams:archive",
            "teams:bring_back",
            "teams:add_people",
            "teams:roster",
            "teams:join_link",
            "teams:close_join_link",
            "teams:change_role",
            "teams:remove_person",
            "teams:invite_again",
        ),
        staff(may=ADMINISTRATOR),
    ),
    "join": everybody(),
    # A code and a link that open nothing.
    "join_team": everybody("not found"),
    "accept_invitation": everybody("not found"),
    # Single sign-on is off.
    "openid_connect_": everybody("not found"),
}

# Trainers find their room, the way in and their account; of Wagtail's own pages, which
# show drafts and what others do, they find none.
TRAINERS_FIND = (
    "mail:",
    "job",
    "job_file",
    "people:",
    "elsewhere:",
    "classroom:",
    "teams:",
    "assignments:",
    "obligations:",
    "certificates:",
    "evidence:",
    "report_",
    "reports:",
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_log",
    "wagtailadmin_password_reset",
    "admin/login",
    "admin/logout",
    "^admin/password_reset",
)

# The account library's, by prefix; they wait for a site that has them. What it asks of
# whom is its own to test: here they must answer, and not break.
ACCOUNTS = ("account_", "mfa_", "usersessions_", "socialaccount_")
ANSWERS = {"ok", "sign in", "not found", "by post", "refused"}


def rule_for(address):
    name = address.name or address.route
    if name.startswith(ACCOUNTS):
        return dict.fromkeys(PEOPLE, ANSWERS)
    fitting = [start for start in RULES if name.startswith(start)]
    assert fitting, f"No rule says who may open {name} ({address.route})."
    rule = RULES[max(fitting, key=len)]
    if address.route.startswith("admin/") and not name.startswith(TRAINERS_FIND):
        return rule | {"Trainer": {"refused"}}
    return rule


def outcome(response):
    """Return in a word what came of a request."""
    status, target = response.status_code, response.headers.get("Location", "")
    if status == 403 or (status == 302 and target == "/admin/"):
        return "refused"
    if status == 302 and "/login/" in target:
        return "sign in"
    words = {404: "not found", 400: "not found", 405: "by post", 422: "ok", 409: "ok"}
    return words.get(status, "ok" if status < 400 else "broken")
