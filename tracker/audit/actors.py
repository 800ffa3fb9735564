"""Who acts: plain values, never a request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """The sorts of actor a ledger entry can name."""

    STAFF = "staff"
    FILER = "filer"
    RESPONDENT = "respondent"
    SYSTEM = "system"


class Origin(StrEnum):
    """Where an entry comes from. Told time and clock time may differ only outside `live`."""

    LIVE = "live"
    DEMO = "demo"
    IMPORT = "import"


@dataclass(frozen=True)
class Actor:
    """Somebody who acts. `ref` is a user id, a complaint id, a participant id or a job's name."""

    kind: ActorKind
    ref: str
    origin: Origin = Origin.LIVE

    @classmethod
    def staff(cls, user_id: UUID, origin: Origin = Origin.LIVE) -> "Actor":
        """A person with a sign-in."""
        return cls(ActorKind.STAFF, str(user_id), origin)

    @classmethod
    def filer(cls, complaint_id: UUID, origin: Origin = Origin.LIVE) -> "Actor":
        """The holder of a complaint's tracking code (before filing: of the draft)."""
        return cls(ActorKind.FILER, str(complaint_id), origin)

    @classmethod
    def respondent(cls, participant_id: UUID, origin: Origin = Origin.LIVE) -> "Actor":
        """A respondent, or counsel acting for one."""
        return cls(ActorKind.RESPONDENT, str(participant_id), origin)

    @classmethod
    def system(cls, job: str, origin: Origin = Origin.LIVE) -> "Actor":
        """A job or command of the installation itself."""
        return cls(ActorKind.SYSTEM, job, origin)

    @property
    def code(self) -> str:
        """The form kept in the ledger, such as `staff:0190…`."""
        return f"{self.kind}:{self.ref}"

    @property
    def user_id(self) -> UUID | None:
        """The id of the person who signed in, or None."""
        return UUID(self.ref) if self.kind is ActorKind.STAFF else None
