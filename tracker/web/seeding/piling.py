"""Playing the demo's large case: its exhibits come in, are restricted, marked, offered and ruled on."""

from typing import Any

from tracker.evidence.actions import marking, processing, receiving, restricting
from tracker.evidence.models import Exhibit
from tracker.web.seeding import evidence, pile
from tracker.web.seeding.hearing import HearingPlayer
from tracker.web.seeding.people import SEEDER
from tracker.web.seeding.pile import PILE, Item
from tracker.web.seeding.stories import SENTENCES

REASON = "Looked at by counsel when it was received."
CLASS_CODES = {"psychotherapy_notes": "W-3", "part2": "W-4"}
NEVER_OFFERED = ("", "marked", "withdrawn")


class PilePlayer(HearingPlayer):
    """A story whose investigation gathers the whole pile."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.items: dict[int, Item] = {}

    def respond(self) -> None:
        """The response, and all the evidence that was asked for."""
        super().respond()
        self.clock.phase("begin")
        day = f"{self.clock.at:%b} {self.clock.at.day}, {self.clock.at.year}"
        practice = f"{self.story.respondent.split()[1]} Counseling"
        words = evidence.Words("Client", self.story.respondent, practice, day, SENTENCES)
        for place, item in enumerate(PILE):
            if item.party != "presiding_officer":
                self.receive(item, pile.make(item, self.folder / f"item-{place + 1}", words, place + 1))

    def prepare(self) -> None:
        """The marks of the parties, and the hearing officer's own papers."""
        super().prepare()
        day = f"{self.clock.at:%b} {self.clock.at.day}, {self.clock.at.year}"
        words = evidence.Words("Parties", "Presiding officer", "Office of Hearings", day, SENTENCES[:1])
        for place, item in enumerate(PILE):
            if item.party == "presiding_officer":
                path = pile.make(item, self.folder / f"order-{place + 1}", words, place + 1)
                exhibit = self.receive(item, path, who="presiding")
                self.on(marking.mark_hearing_exhibit, exhibit, "presiding")

    def receive(self, item: Item, path: Any, who: str = "intake") -> Exhibit:
        """One exhibit into evidence, with its restriction."""
        exhibit = receiving.receive_exhibit(
            self.case.pk,
            actor=self.office.actor(who),
            at=self.clock.minutes(1),
            path=path,
            original_name=path.name,
            title=item.title,
            source=item.source,
            dated_on=self.local(self.clock.at),
        )
        self.items[exhibit.number] = item
        processing.process_exhibit(exhibit.pk, actor=SEEDER, at=self.clock.minutes(1))
        for attachment in exhibit.attachments.order_by("part"):
            processing.process_exhibit(attachment.pk, actor=SEEDER, at=self.clock.minutes(1))
        self.restrict(exhibit, item.restrict)
        return exhibit

    def restrict(self, exhibit: Exhibit, restrict: str) -> None:
        """Withhold it, put it into a class, or keep some of its pages out."""
        if restrict.startswith("pages:"):
            _word, pages, code = restrict.split(":")
            first, last = (int(page) for page in pages.split("-"))
            self.on(
                restricting.restrict_pages,
                exhibit,
                "counsel",
                first_page=first,
                last_page=last,
                code=code,
                reason=REASON,
            )
        elif restrict.startswith("W-"):
            self.on(restricting.withhold, exhibit, "counsel", code=restrict, reason=REASON)
        elif restrict:
            self.on(restricting.classify, exhibit, "counsel", confidentiality=restrict, reason=REASON)
            # No order and no consent is at hand, so bundles do without it.
            self.on(restricting.withhold, exhibit, "counsel", code=CLASS_CODES[restrict], reason=REASON)

    def introduce(self, exhibit: Exhibit) -> None:
        """Marks by the parties' schemes, offers, withdrawals."""
        item = self.items.get(exhibit.number)
        if item is None:
            super().introduce(exhibit)
            return
        if not item.fate:
            return
        self.on(marking.mark_exhibit, exhibit, "counsel", party=item.party, sponsor="T. Nakamura")
        if item.fate == "withdrawn":
            self.on(marking.withdraw_mark, exhibit, "counsel", reason="Not needed for the hearing.")
        if item.fate not in NEVER_OFFERED:
            objection = "Hearsay." if item.fate == "objection" else ""
            self.on(marking.offer_exhibit, exhibit, "counsel", objection=objection)

    def rule(self, exhibit: Exhibit) -> None:
        """Rulings as the table has them; some exhibits still wait for theirs."""
        item = self.items.get(exhibit.number)
        if item is None:
            super().rule(exhibit)
        elif item.fate == "excluded":
            self.on(marking.rule_on_exhibit, exhibit, "presiding", ruling="excluded", reasons="Not authenticated.")
        elif item.fate == "objection":
            self.on(marking.rule_on_exhibit, exhibit, "presiding", ruling="admitted_over_objection")
        elif item.fate == "admitted":
            self.on(marking.rule_on_exhibit, exhibit, "presiding", ruling="admitted")
