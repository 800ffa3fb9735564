"""Bundles of any plan hold together: order, kinds, withholding, stamps and volumes are drawn at random."""

import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.data import awkward, pdfs
from tests.proof import checks, engines
from tests.proof.binding import Binder, bind, receive
from tests.proof.expected import sheets
from tracker.bundle.plan import BundlePlan, Hidden, Limits, Stamping
from tracker.bundle.verify import Outcome, verify

MADE = {
    "letter": lambda path: pdfs.letter(path, 3),
    "scan": lambda path: pdfs.scan(path, 2, dpi=40),
    "linked": awkward.destinations,
    "turned": awkward.inherited,
    "open": awkward.unbalanced,
    "form": awkward.form,
    "layers": awkward.layers,
}
SECRET = "SEALEDTITLE"

# A failing plan is told as it was drawn: making it smaller would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

pages = st.tuples(st.sampled_from(sorted(MADE)), st.lists(st.sampled_from("svg"), min_size=6, max_size=6))
others = st.one_of(st.just(("slip", 1)), st.tuples(st.just("withheld"), st.integers(1, 12)))
limits = st.one_of(st.just(Limits()), st.builds(Limits, sheets=st.integers(1, 9)))
stampings = st.builds(
    Stamping,
    prefix=st.sampled_from(["BHP-2026-0417-", "X", "LONG-BOARD-NAME/2026/0000417/EXHIBIT-"]),
    digits=st.sampled_from([6, 8]),
    position=st.sampled_from(["bottom_right", "bottom_left", "bottom_center", "top_right", "top_left"]),
    size=st.sampled_from(["8.5", "7", "11"]),
    confidential=st.sampled_from(["", "CONFIDENTIAL"]),
)


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """One received file of each kind."""
    folder = tmp_path_factory.mktemp("received")
    return {name: receive(make(folder / f"{name}.pdf"), folder / f"{name}.copy") for name, make in MADE.items()}


def hidden_of(choices: list[str], count: int) -> tuple[Hidden, ...]:
    """Stretches of withheld ("v") and withdrawn ("g") pages; at least one page stays shown ("s")."""
    chosen = choices[:count]
    if "s" not in chosen:
        chosen[0] = "s"
    codes = {"v": "W-1", "g": "G-1"}
    out: list[Hidden] = []
    for number, choice in enumerate(chosen, start=1):
        if choice == "s":
            continue
        if out and out[-1].last == number - 1 and out[-1].code == codes[choice]:
            out[-1] = replace(out[-1], last=number)
        else:
            out.append(Hidden(number, number, codes[choice]))
    return tuple(out)


@st.composite
def plans(draw, received) -> tuple[Binder, BundlePlan]:
    """A binder of one to six exhibits and their plan, in an order that is not that of their numbers."""
    binder = Binder(start=draw(st.sampled_from([1, 7, 95, 999_990])))
    for kind, detail in draw(st.lists(st.one_of(pages, others), min_size=1, max_size=6)):
        if kind == "slip":
            binder.slip()
        elif kind == "withheld":
            binder.withhold(detail)
        else:
            found = received[kind]
            binder.add(found, looks_same=kind != "layers", hidden=hidden_of(list(detail), found.facts.page_count))
    order = draw(st.permutations(range(len(binder.items))))
    return binder, binder.plan(order, limits=draw(limits), stamping=draw(stampings))


@pytest.mark.qpdf
@settings(max_examples=15, phases=PHASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_bundle_of_any_plan_passes_every_check(received, data):
    binder, plan = data.draw(plans(received))
    with tempfile.TemporaryDirectory() as folder:
        volumes = bind(plan, binder.copies, Path(folder) / "one")

        assert checks.every_fault(plan, volumes, binder.sources) == [], told(plan)
        for volume in volumes:
            assert verify(volume).outcome is Outcome.INTACT
            assert SECRET not in "".join(engines.pdfium_texts(volume))
        assert most_sheets(volumes, plan) <= (plan.limits.sheets or len(sheets(plan))), told(plan)


def told(plan: BundlePlan) -> str:
    """A plan in a few lines."""
    lines = [f"{plan.stamping} {plan.limits}"]
    lines += [
        f"{item.key} {item.kind} {item.bates_first}-{item.bates_last} "
        + " ".join(f"{stretch.code}:{stretch.first}-{stretch.last}" for stretch in item.hidden)
        for item in plan.exhibits
    ]
    return "\n".join(lines)


def most_sheets(volumes: list[Path], plan: BundlePlan) -> int:
    """Numbered sheets of the fullest volume."""
    return max(sum(label.startswith(plan.prefix) for label in engines.labels(path)) for path in volumes)


@settings(max_examples=5, phases=PHASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_plan_gives_the_same_bytes_again(received, data):
    binder, plan = data.draw(plans(received))
    again = BundlePlan.from_json(plan.to_json())
    with tempfile.TemporaryDirectory() as folder:
        digests = [
            [sha256(path.read_bytes()).hexdigest() for path in bind(one, binder.copies, Path(folder) / name)]
            for name, one in (("one", plan), ("two", again))
        ]

    assert digests[0] == digests[1]
