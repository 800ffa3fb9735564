"""Load files for litigation programs: Concordance DAT and Opticon OPT, and a plain CSV of the exhibit list.

Field names and delimiters are those that review programs expect (bundle of one line per exhibit). What an edition
withholds has its numbers and code there, and nothing else.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.bundle.plan import WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.volumes import volumes_of

SEPARATOR, QUOTE, NEWLINE = "\x14", "\xfe", "\xae"
FIELDS = (
    "BEGBATES", "ENDBATES", "BEGATTACH", "ENDATTACH", "PAGECOUNT", "VOLUME", "EXHIBIT", "STATE", "SPONSOR",
    "CUSTODIAN", "SOURCE", "DOCDATE", "DOCTYPE", "TITLE", "FILENAME", "FILEEXT", "FILESIZE", "SHA256", "FROM", "TO",
    "CC", "BCC", "SUBJECT", "DATESENT", "TIMESENT", "MESSAGEID", "CONFIDENTIALITY", "REDACTED", "WITHHELD",
    "REASONCODE", "NATIVELINK", "TEXTLINK", "PDFLINK",
)  # fmt: skip
LIST_FIELDS = ("Mark", "Number", "Title", "Date", "Source", "State", "First", "Last", "Volume", "SHA-256")


@dataclass(frozen=True)
class Files:
    """Where the files of one exhibit lie in the bag, relative to its data folder; "" for what is not in it.

    `mail` holds FROM, TO, CC, BCC, SUBJECT, DATESENT, TIMESENT and MESSAGEID of an e-mail whose original is in the bag.
    """

    native: str = ""
    text: str = ""
    pdf: str = ""
    mail: Mapping[str, str] = field(default_factory=dict)


def concordance(plan: BundlePlan, files: Mapping[str, Files]) -> bytes:
    """Write the DAT: UTF-8 with byte order mark, CR LF, one line an exhibit in the plan's order."""
    families = _families(plan)
    first_volume = _first_volumes(plan)
    lines = [_dat_line(FIELDS)]
    for item in plan.exhibits:
        row = _row(item, plan, files.get(item.key, Files()))
        row["BEGATTACH"], row["ENDATTACH"] = (plan.bates(number) for number in families[item.parent or item.key])
        row["VOLUME"] = f"VOL{first_volume[item.key]:03d}"
        lines.append(_dat_line([row.get(name, "") for name in FIELDS]))
    return ("\ufeff" + "".join(lines)).encode("utf-8")


def opticon(plan: BundlePlan, files: Mapping[str, Files]) -> bytes:
    """Write the OPT: one line an exhibit, the last field counts the pages of its PDF."""
    first_volume = _first_volumes(plan)
    lines = []
    for item in plan.exhibits:
        key, volume = plan.bates(item.bates_first), f"VOL{first_volume[item.key]:03d}"
        lines.append(f"{key},{volume},{files[item.key].pdf},Y,,,{item.sheets}\r\n")
    return "".join(lines).encode("ascii", "replace")


def exhibit_list(plan: BundlePlan) -> bytes:
    """Write the exhibit list as CSV (RFC 4180, UTF-8), cells that a spreadsheet would run made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(LIST_FIELDS)
    first_volume = _first_volumes(plan)
    for item in plan.exhibits:
        digest = item.native.sha256 if item.native else ""
        numbers = (plan.bates(item.bates_first), plan.bates(item.bates_last), str(first_volume[item.key]))
        cells = (item.mark, item.key, item.title, item.date, item.source, item.state or item.withheld_code, *numbers)
        writer.writerow([_harmless(cell) for cell in (*cells, digest)])
    return out.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _dat_line(cells: "list[str] | tuple[str, ...]") -> str:
    return SEPARATOR.join(f"{QUOTE}{_plain(cell)}{QUOTE}" for cell in cells) + "\r\n"


def _plain(cell: str) -> str:
    """A field without the characters that end fields: line ends as ®, the quote as a question mark."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\n", NEWLINE)
    return text.replace(QUOTE, "?").replace(SEPARATOR, " ")


def _row(item: PlannedExhibit, plan: BundlePlan, files: Files) -> dict[str, str]:
    row = {
        "BEGBATES": plan.bates(item.bates_first),
        "ENDBATES": plan.bates(item.bates_last),
        "PAGECOUNT": str(item.numbers),
        "EXHIBIT": item.mark,
        "STATE": item.state,
        "PDFLINK": files.pdf,
    }
    if item.kind == WITHHELD:
        return row | {"WITHHELD": "Y", "REASONCODE": item.withheld_code}
    codes = [stretch.code for stretch in item.hidden] + [code for page in item.redacted for code in page.codes]
    row |= {
        "SPONSOR": item.sponsor,
        "SOURCE": item.source,
        "DOCDATE": item.date.replace("-", ""),
        "TITLE": item.title,
        "REDACTED": "Y" if item.redacted else "",
        "WITHHELD": "P" if item.hidden else "",
        "REASONCODE": ";".join(dict.fromkeys(codes)),
        "NATIVELINK": files.native,
        "TEXTLINK": files.text,
        **files.mail,
    }
    if item.native:
        row |= {
            "DOCTYPE": item.native.kind,
            "FILENAME": item.native.name,
            "FILEEXT": item.native.name.rpartition(".")[2].lower() if "." in item.native.name else "",
            "FILESIZE": str(item.native.bytes),
            "SHA256": item.native.sha256,
        }
    return row


def _families(plan: BundlePlan) -> dict[str, tuple[int, int]]:
    """First and last number of each exhibit with its attachments, by the e-mail's key."""
    out: dict[str, tuple[int, int]] = {}
    for item in plan.exhibits:
        key = item.parent or item.key
        first, last = out.get(key, (item.bates_first, item.bates_last))
        out[key] = (min(first, item.bates_first), max(last, item.bates_last))
    return out


def _first_volumes(plan: BundlePlan) -> dict[str, int]:
    out: dict[str, int] = {}
    for volume in volumes_of(plan):
        for key in volume.keys:
            out.setdefault(key, volume.number)
    return out
