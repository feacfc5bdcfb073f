import datetime as dt, pytest, time_machine
from django.core import mail
from django.core.management import call_command
from tests.factories import a_course
from tests.training.teams import a_team,a_member,an_assignment, a_trainer
from training.models import Notice
pytestmark = pytest.mark.django_db
def test_x(capsys):
    with time_machine.travel(dt.datetime(2026,3,2,9,tzinfo=dt.UTC),tick=False) as clock:
        team=a_team(manager_email="m@example.org", manager_name="Mona")
        a_member(team, first_name="Anna <b>", last_name="Blue")
        a_trainer(team)
        an_assignment(a_course(), team, escalate_after_days=7)
        for day in range(0,70):
            clock.move_to(dt.datetime(2026,3,2,9,tzinfo=dt.UTC)+dt.timedelta(days=day))
            call_command("send_due_reminders", verbosity=0)
            call_command("send_due_reminders", verbosity=0)
    for m in mail.outbox:
        print(m.to, m.subject)
    for m in {m.subject:m for m in mail.outbox}.values():
        print("=====",m.extra_headers); print(m.body)
    print(mail.outbox[0].alternatives[0][0])
    print(list(Notice.objects.values_list("kind","state","error")))
    assert 0
