"""The demo's complaints, told in `fixtures/demo.json`: where, about what, how far, and how it ended.

Every name is invented.
"""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from tracker.web.seeding import demofile


@dataclass(frozen=True)
class Story:
    """One complaint. `until` is the status it reaches, or `closed:CODE`; `rest` the days since its last step.

    `ground` may name two, parted by a plus sign; `files` are the kinds of evidence that came with it; with
    `pile` the investigation adds some sixty exhibits of every kind, and with `board_hears` the board hears the case
    itself. `path` names the way of a story that leaves the main road (`roads.PATHS`), `sanction` what its order imposes
    where its end does not say so, and `other` the key of an earlier story that it is linked with.
    """

    board: str
    until: str
    ground: str
    respondent: str
    complainant: str
    rest: int
    files: str = "letter"
    danger: bool = False
    pile: bool = False
    board_hears: bool = False
    path: str = ""
    sanction: str = ""
    other: str = ""

    @property
    def key(self) -> str:
        """What tells this story from the others."""
        return f"{self.board} {self.respondent}"

    @property
    def grounds(self) -> list[str]:
        """The grounds by key."""
        return self.ground.split("+")


def draft_of(key: str) -> UUID:
    """The id that makes a story, by its key, the same however often the demo is made."""
    return uuid5(NAMESPACE_URL, f"recourse-demo {key}")


STORIES: tuple[Story, ...] = tuple(Story(**row) for row in demofile.read()["stories"])

# What clients write, by ground; anything else uses the last.
NARRATIVES = {
    "abandonment": (
        "After eight months of weekly sessions the replies stopped. I wrote four times. Nobody told me "
        "that my sessions had ended or where else I could go."
    ),
    "sexual_misconduct": (
        "In the third month the comments about my looks began. In May I was asked to meet at a hotel. I "
        "said no, and the next session was canceled without a word."
    ),
    "records": (
        "I asked in writing for my notes three times. The office first said they were lost and then asked "
        "for four hundred dollars."
    ),
    "billing_fraud": (
        "My insurer shows eleven sessions in March. I was there twice. The office says it is a mistake "
        "but will not correct it."
    ),
    "dual_relationship": (
        "We were asked to dinner with the family and then to help with their move. When I wanted to keep "
        "some distance I was told that I was resisting the work."
    ),
    "refusal_to_terminate": (
        "I said that I wanted to stop. I was told I would fall apart within a month, and that my file "
        "would say that I left against advice. I was charged for the sessions I did not attend."
    ),
    "exploitation_business": (
        "During sessions I was shown wellness oils and a membership. I bought starter kits for nine "
        "hundred dollars because I was afraid to say no."
    ),
    "confidentiality_breach": (
        "My sister heard from a neighbor what I had said in a session. The neighbor works at the same practice."
    ),
    "harmful_service": (
        "I was told to stop my medication and to fast before sessions. I ended up in the emergency room."
    ),
    "informed_consent": ("Nobody told me that the sessions were recorded for a class. I found out from a student."),
    "discrimination": (
        "When I mentioned my wife the tone changed. I was told that this is something we should work on."
    ),
    "unqualified_practice": (
        "The card says doctor. The license look-up shows an associate whose registration had ended."
    ),
    "impairment": (
        "Twice there was a smell of alcohol and the speech was slurred. The second time I drove home in tears."
    ),
    "illegal_activity": ("I was asked to sign for sessions that never took place, so that the money could be shared."),
    "supervision": ("The trainee I saw had no supervisor for months. The office admitted it when I asked."),
    "criminal_conviction": (
        "The newspaper reports a conviction for fraud last spring. The license still shows as clear."
    ),
    "license_fraud": ("The degree on the wall is from a school that says it has no such graduate."),
    "advertising": ("The sign promises a cure in three sessions and shows letters that this person has not earned."),
    "mandatory_reporting_failure": (
        "My child told about being hurt at home. No report was made, and we learned of it from the school."
    ),
    "ce_noncompliance": ("The renewal lists courses that the provider says were never taken."),
    "other": ("I do not know which rule this breaks, but I felt unsafe and was told to keep it to myself."),
}
SENTENCES = (
    "Thank you for your message. As discussed, I do not recommend that you stop at this time.",
    "Please remember that missed sessions are charged in full.",
    "The plan we agreed on continues until further notice.",
    "Your balance is due by the end of the month.",
    "I am concerned about what will happen if you leave now.",
)
