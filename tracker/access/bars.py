"""What shuts a case, or some acts on it, to one person: recusal, and another part in the same matter.

A matter is the case and every docket that is or was linked with it as being about the same facts: neither the end of a
place nor the end of a link lifts a bar.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value

from tracker.access import holding, separation
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Capacity

RECUSED = "recused"
Cases = Iterable[UUID] | QuerySet[Any]


def recused_from(user_id: UUID) -> "QuerySet[ConflictDeclaration]":
    """The declarations by which a person is recused.

    Who is recused sees nothing of the case and holds no permission on it, whatever the role.
    """
    return recusals().filter(user_id=user_id)


def recusals() -> "QuerySet[ConflictDeclaration]":
    """Every declaration by which somebody is recused: on each case a person's latest answer counts."""
    same = ConflictDeclaration.objects.filter(case_id=OuterRef("case_id"), user_id=OuterRef("user_id"))
    latest = same.order_by("-declared_at", "-id").values("pk")[:1]
    return ConflictDeclaration.objects.filter(has_conflict=True, pk=Subquery(latest))


def places(people: Collection[UUID]) -> "QuerySet[Assignment]":
    """Every place that some people have or had."""
    return Assignment.objects.filter(user_id__in=people)


def in_matter(cases: Cases, field: str = "case", *, kinds: Collection[str] = separation.SAME_MATTER) -> Q:
    """Rows whose `field` is a docket of the matter of one of these cases; `kinds` are the links that count.

    Two links away too: companions know each other through the case that they all came from.
    """
    near = _linked([cases], kinds)
    return _within(field, [cases, *near, *_linked(near, kinds)])


def clashes(deputy: UUID, role: str, case_id: UUID) -> bool:
    """Whether a role cannot be lent to a deputy on a case, for a part that the deputy has or had in its matter."""
    return holding.clashing(deputy, role).filter(in_matter([case_id])).exists()


def without(user_id: UUID | None, part: Capacity | None) -> Q:
    """All cases but those in whose matter a person has or had a place that does not go with a part.

    Nobody's places, and no part, are in nobody's way.
    """
    if part is None or user_id is None:
        return Q()
    other = places([user_id]).filter(capacity__in=separation.apart(part))
    return ~in_matter(other.values("case_id"), "pk")


def _linked(groups: Iterable[Cases], kinds: Collection[str]) -> list[QuerySet[Any]]:
    """The dockets with a link to one of these cases, either way."""
    # Links belong to a room above, so that their model is asked for by its name.
    links = apps.get_model("tracker", "CaseLink")._default_manager.filter(kind__in=kinds)
    groups = list(groups)
    return [
        links.filter(_within("case", groups)).values("other"),
        links.filter(_within("other", groups)).values("case"),
    ]


def _within(field: str, groups: Iterable[Cases]) -> Q:
    found = Q(pk__in=[])
    for group in groups:
        found |= Q(**{f"{field}__in": group})
    return found


def of(user_id: UUID, people: Collection[UUID], case_id: UUID) -> list[tuple[UUID, str]]:
    """What shuts a case or acts on it, each with whose it is: RECUSED of the person, and the places in its matter
    that `people` have or had. One query.
    """
    marked = recused_from(user_id).filter(case_id=case_id).annotate(what=Value(RECUSED, CharField()))
    found = marked.values_list("user_id", "what")
    if people:
        found = found.union(places(people).filter(in_matter([case_id])).values_list("user_id", "capacity"))
    return list(found)
