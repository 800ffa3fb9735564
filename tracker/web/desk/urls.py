"""Addresses of the desk. A case is found by its docket, an exhibit by its E-number."""

from django.urls import path

from tracker.web.desk import (
    bulk,
    bundles,
    cases,
    complaints,
    delegation,
    evidence,
    home,
    machine,
    papers,
    queue,
    redaction,
    steps,
)

app_name = "desk"
CASE = "cases/<str:docket>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("filed-and-closed.csv", home.months_csv, name="months-csv"),
    path("queue/", queue.queue, name="queue"),
    path("queue/several/", bulk.bulk, name="bulk"),
    path("deputies/<slug:board>/", delegation.deputies, name="deputies"),
    path("deputies/<slug:board>/<uuid:pk>/end/", delegation.end, name="end-deputy"),
    path("workflow/", machine.workflow, name="workflow"),
    path("complaints/new/", complaints.enter, name="enter-complaint"),
    path(CASE, cases.case, name="case"),
    path(CASE + "steps/<slug:key>/", steps.step, name="step"),
    path(CASE + "exhibits/receive/", evidence.receive, name="receive-exhibit"),
    path(CASE + "exhibits/<str:key>/", evidence.exhibit, name="exhibit"),
    path(CASE + "exhibits/<str:key>/file/", evidence.download, name="exhibit-file"),
    path(CASE + "exhibits/<str:key>/redact/", redaction.redact, name="redact"),
    path(CASE + "exhibits/<str:key>/redact/check/", redaction.check, name="redact-check"),
    path(CASE + "exhibits/<str:key>/redact/page/<int:page>/", redaction.page_image, name="redact-page"),
    path(CASE + "exhibits/<str:key>/redacted/", redaction.redacted, name="redacted"),
    path(CASE + "exhibits/<str:key>/redacted/page/<int:page>/", redaction.redacted_image, name="redacted-page"),
    path(CASE + "exhibits/<str:key>/redacted/file/", redaction.redacted_file, name="redacted-file"),
    path(CASE + "exhibits/<str:key>/<slug:act>/", evidence.act, name="exhibit-act"),
    path(CASE + "documents/<uuid:pk>/", papers.document, name="document"),
    path(CASE + "documents/<uuid:pk>/file/", papers.document_file, name="document-file"),
    path(CASE + "letters/<uuid:pk>/", papers.letter, name="letter"),
    path(CASE + "letters/<uuid:pk>/file/", papers.letter_file, name="letter-file"),
    path(CASE + "bundle/", bundles.bundle, name="bundle"),
    path(CASE + "bundle/<uuid:pk>/file/", bundles.download, name="bundle-file"),
    path(CASE + "bundle/<uuid:pk>/file/<int:volume>/", bundles.download, name="bundle-volume"),
    path(CASE + "bundle/<uuid:pk>/digests/", bundles.digests, name="bundle-digests"),
    path(CASE + "bundle/<uuid:pk>/cancel/", bundles.steer, {"act": "cancel"}, name="bundle-cancel"),
    path(CASE + "bundle/<uuid:pk>/retry/", bundles.steer, {"act": "retry"}, name="bundle-retry"),
]
