"""Layers: what is hidden when a document is opened stays hidden, however the document says so."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tracker.files.pdflayers import freeze, is_hidden, keep_used


def document(count=3):
    """A document with so many layers."""
    pdf = pikepdf.new()
    layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"layer {number}"))) for number in range(count)]
    pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary())
    return pdf, layers


def hidden_after(pdf, layers):
    answered = freeze(pdf)
    found = [item.objgen for item in pdf.Root.OCProperties.D.OFF]
    assert answered == set(found)
    return [number for number, layer in enumerate(layers) if layer.objgen in found]


@pytest.mark.parametrize(
    ("base", "on", "off", "hidden"),
    [
        (None, [], [], []),
        (None, [], [1], [1]),
        (Name.ON, [0], [0, 2], [0, 2]),
        (Name.OFF, [0], [], [1, 2]),
        (Name.OFF, [0, 1], [1], [1, 2]),
        (Name.Unchanged, [], [2], [2]),
    ],
)
def test_the_state_on_opening_is_kept(base, on, off, hidden):
    pdf, layers = document()
    default = pdf.Root.OCProperties.D
    if base is not None:
        default.BaseState = base
    default.ON = Array([layers[number] for number in on])
    default.OFF = Array([layers[number] for number in off])

    assert hidden_after(pdf, layers) == hidden


def test_rules_for_viewing_decide_and_are_gone_afterwards():
    pdf, layers = document()
    for layer, state in zip(layers, (Name.OFF, Name.ON, Name.OFF), strict=True):
        layer.Usage = Dictionary(View=Dictionary(ViewState=state), Print=Dictionary(PrintState=Name.ON))
    default = pdf.Root.OCProperties.D
    default.OFF = Array([layers[1]])
    default.AS = Array(
        [
            Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array(layers[:2])),
            Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array(layers)),
        ]
    )

    assert hidden_after(pdf, layers) == [0]
    assert all("/Usage" not in layer for layer in layers)


def test_nothing_is_left_that_switches_a_layer_on():
    pdf, layers = document()
    pdf.Root.OCProperties.D = Dictionary(
        OFF=Array([layers[0]]), Order=Array(layers), RBGroups=Array([Array(layers)]), Name=String("usual")
    )
    pdf.Root.OCProperties.Configs = Array([Dictionary(ON=Array(layers))])
    freeze(pdf)

    assert set(pdf.Root.OCProperties.keys()) == {"/OCGs", "/D"}
    assert set(pdf.Root.OCProperties.D.keys()) == {"/OFF"}


def test_layers_that_are_not_listed_count_too():
    pdf, layers = document(1)
    unlisted = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("unlisted")))
    pdf.Root.OCProperties.D = Dictionary(BaseState=Name.OFF)

    assert hidden_after(pdf, [*layers, unlisted]) == [0, 1]


def test_layers_for_design_only_always_show():
    pdf, layers = document(2)
    layers[0].Intent = Name.Design
    layers[1].Intent = Array([Name.Design, Name.View])
    pdf.Root.OCProperties.D = Dictionary(OFF=Array(layers))

    assert hidden_after(pdf, layers) == [1]


@pytest.mark.parametrize("broken", [String("none"), Array([]), 7])
def test_layers_that_are_none_are_left_out(broken):
    pdf = pikepdf.new()
    pdf.Root.OCProperties = broken

    assert freeze(pdf) == frozenset()
    assert "/OCProperties" not in pdf.Root


def test_broken_lists_of_layers_do_no_harm():
    pdf, _layers = document(1)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([7, String("x"), Dictionary()]), D=Dictionary(OFF=7, AS=Array([1])))

    assert freeze(pdf) == frozenset()


@pytest.mark.parametrize(
    ("layers", "policy", "answer"),
    [
        ([0], None, True),
        ([1], None, False),
        ([0, 1], None, False),
        ([0, 1], Name.AllOn, True),
        ([0, 1], Name.AnyOff, False),
        ([1], Name.AnyOff, True),
        ([0], Name.AllOff, False),
        ([1], Name.AllOff, True),
        ([], Name.AllOn, False),
    ],
)
def test_rules_over_several_layers_are_answered(layers, policy, answer):
    pdf, known = document(2)
    rule = Dictionary(Type=Name.OCMD, OCGs=Array([known[number] for number in layers]))
    if policy is not None:
        rule.P = policy

    assert is_hidden(Dictionary(OC=rule), frozenset({known[0].objgen})) is answer


def test_a_layer_by_itself_and_none_are_answered():
    _pdf, known = document(2)
    hidden = frozenset({known[0].objgen})

    assert is_hidden(Dictionary(OC=known[0]), hidden)
    assert is_hidden(Dictionary(OC=Dictionary(Type=Name.OCMD, OCGs=known[0])), hidden)
    assert not is_hidden(Dictionary(OC=known[1]), hidden)
    assert not is_hidden(Dictionary(), hidden)
    assert not is_hidden(Dictionary(OC=known[0]), frozenset())


def test_only_layers_that_lie_on_the_pages_are_kept():
    pdf, layers = document(5)
    freeze(pdf)
    pdf.Root.OCProperties.D.OFF = Array([layers[1], layers[4]])
    rule = Dictionary(Type=Name.OCMD, OCGs=Array([layers[1]]))
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, OC=layers[2]))
    drawing = pdf.make_stream(b"", Resources=Dictionary(Properties=Dictionary(A=layers[0])))
    pdf.add_blank_page()
    pdf.add_blank_page()
    shown, other = (page.obj for page in pdf.pages)
    shown.Resources = Dictionary(XObject=Dictionary(F=drawing), Properties=Dictionary(B=rule))
    shown.Annots = Array([note])
    other.Resources = Dictionary(Properties=Dictionary(A=layers[3], B=layers[4]))
    pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array([shown]), 1

    keep_used(pdf, [shown])

    assert [item.objgen for item in pdf.Root.OCProperties.OCGs] == [layers[number].objgen for number in (0, 1, 2)]
    assert [item.objgen for item in pdf.Root.OCProperties.D.OFF] == [layers[1].objgen]


def test_pages_without_layers_keep_none():
    pdf, _layers = document()
    freeze(pdf)
    pdf.add_blank_page()

    keep_used(pdf, [pdf.pages[0].obj])

    assert "/OCProperties" not in pdf.Root
