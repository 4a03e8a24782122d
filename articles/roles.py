"""Who may do what in the newsroom: four roles, kept as groups. Their permissions are named here and nowhere else."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, Permission

REPORTER_PERMISSIONS = """
    view_article add_article change_article  view_author add_author change_author
    view_authorlink add_authorlink change_authorlink delete_authorlink
    view_person add_person change_person  view_organization add_organization change_organization
    view_othername add_othername change_othername delete_othername
    view_membership add_membership change_membership delete_membership
    view_identifier add_identifier change_identifier delete_identifier  view_tagcode
    view_image add_image change_image  view_tag view_formertagname
    view_suggestion view_quote view_mention view_statementlink
    view_rightofreply add_rightofreply change_rightofreply  view_wavedoff view_correctiondraft  view_proposal
""".split()
EDITOR_PERMISSIONS = """
    publish_article  add_tag change_tag add_formertagname change_formertagname delete_formertagname
    change_suggestion add_quote change_quote delete_quote  approve_source  view_audit
    add_statementlink delete_statementlink  add_wavedoff delete_wavedoff  delete_rightofreply
    add_correctiondraft delete_correctiondraft  merge_person merge_organization  view_merge
    view_correction view_edition view_importrun  view_waitingchange change_waitingchange
    view_subscription add_subscription change_subscription
""".split()
CHIEF_PERMISSIONS = """
    withdraw_article bring_back_article hide_edition  delete_article delete_author delete_person delete_organization
    delete_image delete_tag  view_user
    delete_subscription trust_subscription  undo_importrun
""".split()
OPERATOR_PERMISSIONS = """
    view_importrun undo_importrun view_waitingchange view_article view_user add_user change_user
    view_group add_group change_group delete_group
    view_subscription add_subscription change_subscription delete_subscription trust_subscription
""".split()

ROLES: Mapping[str, list[str]] = {
    "reporter": REPORTER_PERMISSIONS,
    "editor": [*REPORTER_PERMISSIONS, *EDITOR_PERMISSIONS],
    "chief": [*REPORTER_PERMISSIONS, *EDITOR_PERMISSIONS, *CHIEF_PERMISSIONS],
    "operator": OPERATOR_PERMISSIONS,
}


def make_roles() -> list[Group]:
    """Make the four groups, or set them right; other groups stay as they are. Run after ``migrate``."""
    return [_make_role(name, codenames) for name, codenames in ROLES.items()]


def _make_role(name: str, codenames: list[str]) -> Group:
    group, _ = Group.objects.get_or_create(name=name)
    permissions = Permission.objects.filter(
        content_type__app_label__in=("articles", "auth"), codename__in=codenames
    )
    group.permissions.set(permissions)
    return group
