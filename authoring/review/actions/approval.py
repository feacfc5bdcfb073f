"""Publish at the end of a workflow. Wagtail imports this while its models load."""

from course.events import UnableToGoLive


def publish_approved(workflow_state, user=None):
    """Publish what the last step of a workflow approved.

    Whoever may take that step does not need permission to publish. What may not go live
    yet stays a draft: a translation whose workflow has no step to sign it off, and a
    signed lesson of a course that is not live in this language.
    """
    revision = workflow_state.content_object.get_latest_revision()
    try:
        revision.publish(user=user, skip_permission_checks=True)
    except UnableToGoLive:
        return
