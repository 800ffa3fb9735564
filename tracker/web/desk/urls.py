"""Addresses of the desk. A case is found by its docket, an exhibit by its E-number."""

from django.urls import path

from tracker.web.desk import bundles, cases, complaints, evidence, home, machine, papers, queue, steps

app_name = "desk"
CASE = "cases/<str:docket>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("filed-and-closed.csv", home.months_csv, name="months-csv"),
    path("queue/", queue.queue, name="queue"),
    path("workflow/", machine.workflow, name="workflow"),
    path("complaints/new/", complaints.enter, name="enter-complaint"),
    path(CASE, cases.case, name="case"),
    path(CASE + "steps/<slug:key>/", steps.step, name="step"),
    path(CASE + "exhibits/receive/", evidence.receive, name="receive-exhibit"),
    path(CASE + "exhibits/<str:key>/", evidence.exhibit, name="exhibit"),
    path(CASE + "exhibits/<str:key>/file/", evidence.download, name="exhibit-file"),
    path(CASE + "exhibits/<str:key>/<slug:act>/", evidence.act, name="exhibit-act"),
    path(CASE + "documents/<uuid:pk>/", papers.document, name="document"),
    path(CASE + "documents/<uuid:pk>/file/", papers.document_file, name="document-file"),
    path(CASE + "letters/<uuid:pk>/", papers.letter, name="letter"),
    path(CASE + "letters/<uuid:pk>/file/", papers.letter_file, name="letter-file"),
    path(CASE + "bundle/", bundles.bundle, name="bundle"),
    path(CASE + "bundle/<uuid:pk>/file/", bundles.download, name="bundle-file"),
]
