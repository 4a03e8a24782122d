"""The permissions that each action on the record needs."""

from articles.models import User

DECIDE = ("articles.change_suggestion", "articles.add_quote")
UNDO = ("articles.change_suggestion", "articles.delete_quote")
ADD = ("articles.add_quote",)
REWORD = ("articles.change_quote",)
REMOVE = ("articles.delete_quote",)
APPROVE = ("articles.approve_source",)
DISMISS = ("articles.add_wavedoff",)
REINSTATE = ("articles.delete_wavedoff",)
PERMISSIONS = {
    "decide": DECIDE,
    "undo": UNDO,
    "add": ADD,
    "reword": REWORD,
    "remove": REMOVE,
    "approve": APPROVE,
    "dismiss": DISMISS,
    "reinstate": REINSTATE,
}


def allowed_actions(user: User) -> dict[str, bool]:
    """Tell for each action on the record whether ``user`` may do it."""
    return {action: user.has_perms(permissions) for action, permissions in PERMISSIONS.items()}
