from wagtail import hooks

from accounts.actions import trust_address


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def follow_address(request, user):
    """The address that an administrator wrote is the one that signs the user in."""
    trust_address(user=user)
