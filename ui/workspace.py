"""The desk of one user: their stores in one place. Made anew for each request, kept nowhere."""

from dataclasses import dataclass
from pathlib import Path

from ui.store.checks import CheckStore
from ui.store.conversations import ConversationStore
from ui.store.drafts import DraftStore
from ui.store.files import FileStore
from ui.store.folder import user_folder
from ui.store.profile import ProfileStore


@dataclass(frozen=True, slots=True)
class Desk:
    """Attributes: user as the session names them; office is the folder that all users share."""

    user: str
    office: Path
    drafts: DraftStore
    conversations: ConversationStore
    checks: CheckStore
    files: FileStore
    profile: ProfileStore


def desk_of(user: str, office: Path) -> Desk:
    """The desk of a user under the page's folder of the data directory."""
    folder = user_folder(office, user)
    return Desk(
        user,
        office,
        DraftStore(folder),
        ConversationStore(folder),
        CheckStore(folder),
        FileStore(folder),
        ProfileStore(folder, office),
    )
