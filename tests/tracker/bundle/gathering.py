"""People, page texts, redacted copies and attachments for the tests of gathering."""

import io
import json
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from tests.data import pdfs
from tests.tracker.bundle.conftest import AT
from tracker.bundle import gather
from tracker.bundle.models import BatesRange, BundleExport
from tracker.cases.models import Identity, Participant
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit, Redaction, Rendition
from tracker.files import kinds, storage
from tracker.files.models import StoredFile


def draft(case, edition="board", chosen=None, withheld=None):
    """What would be frozen now."""
    return gather.draft(case, chosen, withheld or {}, edition=edition, at=AT)


def words_of(drafted):
    """Everything a draft says, as one text."""
    return json.dumps(asdict(drafted), ensure_ascii=False, default=str)


def person(case, role, name, **identity):
    """Somebody who takes part in the case."""
    row = Participant.objects.create(board=case.board, case=case, role=role, label=role.title(), since=AT)
    return Identity.objects.create(board=case.board, participant=row, name=name, **identity)


def stored(case, content, kind="txt"):
    """Bytes in the vault."""
    kept = storage.store(io.BytesIO(content), key_prefix=storage.case_prefix(case.board_id, case.pk))
    known = kinds.KINDS.get(kind) or kinds.KINDS["text"]
    return StoredFile.objects.record(kept, board_id=case.board_id, case_id=case.pk, kind=known, at=AT)


def give_text(exhibit, *pages, source=None):
    """The text of an exhibit's pages, as its receipt keeps it; of another copy where `source` is given."""
    if source is None:
        exhibit.renditions.filter(kind=Rendition.Kind.TEXT).delete()
    return Rendition.objects.create(
        board_id=exhibit.board_id,
        exhibit=exhibit,
        kind=Rendition.Kind.TEXT,
        stored_file=stored(exhibit.case, "\f".join(pages).encode()),
        source_digest=(source or exhibit.rendition).stored_file.digest,
        tools="test",
        facts="{}",
        made_at=AT,
    )


def give_redacted_copy(exhibit, *areas, words="nothing"):
    """A copy that stands for a proved redacted one; `areas` are (page, code), `words` stand on each of its pages."""
    whole = Exhibit.objects.prefetch_related("renditions").get(pk=exhibit.pk).rendition
    copy = Rendition.objects.create(
        board_id=exhibit.board_id,
        exhibit=exhibit,
        kind=Rendition.Kind.REDACTED,
        stored_file=stored(exhibit.case, _letter(exhibit.page_count, words), "pdf"),
        source_digest=whole.stored_file.digest,
        tools="test",
        facts=whole.facts,
        made_at=AT,
    )
    box = {"x": "10", "y": "10", "width": "50", "height": "12"}
    Redaction.objects.create(
        board_id=exhibit.board_id,
        exhibit=exhibit,
        source=whole,
        derived=copy,
        areas=json.dumps([{"page": page, "code": code, **box} for page, code in areas]),
        status="proved",
        drafted_by="staff:x",
        drafted_at=AT,
        ended_at=AT,
    )
    return copy


def give_copy_with(exhibit, change):
    """A newer copy of an exhibit's pages, changed as an open document."""
    whole = Exhibit.objects.prefetch_related("renditions").get(pk=exhibit.pk).rendition
    with storage.open_verified(whole.stored_file) as opened, pikepdf.open(io.BytesIO(opened.read())) as pdf:
        change(pdf)
        made = io.BytesIO()
        pdf.save(made)
    return Rendition.objects.create(
        board_id=exhibit.board_id,
        exhibit=exhibit,
        kind=whole.kind,
        stored_file=stored(exhibit.case, made.getvalue(), "pdf"),
        source_digest=whole.source_digest,
        tools="test",
        facts=whole.facts,
        made_at=whole.made_at + timedelta(minutes=1),
    )


def add_note(pdf, index, **values):
    """Put a note on a page of an open document, counted from 0."""
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], **values)
    pdf.pages[index].obj.Annots.append(pdf.make_indirect(note))


def add_layer(pdf, name):
    """Give an open document a layer of this name."""
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary())


def _letter(pages, words):
    with TemporaryDirectory() as folder:
        return pdfs.letter(Path(folder) / "a.pdf", pages, words=words).read_bytes()


def attach(parent, child):
    """Make an exhibit an attachment of an e-mail."""
    part = parent.attachments.count() + 1
    Exhibit.objects.filter(pk=child.pk).update(number=parent.number, part=part, parent=parent)
    child.refresh_from_db()
    return child


def on_record(exhibit, actor, **values):
    """Mark and offer an exhibit."""
    evidence_actions.mark_exhibit(exhibit.pk, actor=actor, at=AT, sponsor=values.pop("sponsor", ""))
    return evidence_actions.offer_exhibit(exhibit.pk, actor=actor, at=AT, **values)


def restrict(exhibit, actor, **values):
    """Restrict its first page, or others."""
    row = {"first_page": 1, "last_page": 1, "code": "W-1", "reason": "Attorney notes"} | values
    return evidence_actions.restrict_pages(exhibit.pk, actor=actor, at=AT, **row)


def freeze(case, **ranges):
    """Ranges as a freeze left them, with the plan that reserved them."""
    export = BundleExport.objects.create(
        board=case.board, case=case, freeze=1, edition="board", exhibit_count=1, withheld_count=0,
        manifest_sha256="ab" * 32, requested_by="staff:x", requested_at=AT,
        plan='{"stamping":{"prefix":"OLD-","digits":7,"position":"bottom_right","size":"8.5","confidential":""}}',
    )  # fmt: skip
    for key, (first, last) in ranges.items():
        exhibit = case.exhibits.get(number=int(key[1:]), part=0)
        BatesRange.objects.create(
            board=case.board, case=case, exhibit=exhibit, first=first, last=last, reserved_by=export, reserved_at=AT
        )
    return export
