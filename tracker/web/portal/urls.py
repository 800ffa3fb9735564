"""Addresses of the public portal. No code and no name ever stands in one."""

from django.urls import path

from tracker.web.portal import boards, filing, pages, receipt, tracking

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("before-you-file/", pages.before, name="before"),
    path("grounds/", pages.grounds, name="grounds"),
    path("your-information/", pages.information, name="information"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("boards/", boards.boards, name="boards"),
    path("boards/<slug:slug>/", boards.board, name="board"),
    path("file/", filing.entry, name="file"),
    path("file/resume/", filing.resume, name="resume"),
    path("file/later/", filing.later, name="later"),
    path("file/receipt/", receipt.page, name="receipt"),
    path("file/receipt/done/", receipt.done, name="receipt-done"),
    path("file/receipt/receipt.pdf", receipt.pdf, name="receipt-pdf"),
    path("file/<slug:key>/", filing.step, name="step"),
    path("track/", tracking.track, name="track"),
    path("track/documents/", tracking.add_documents, name="track-documents"),
    path("track/letters/<uuid:notice_id>/", tracking.letter, name="letter"),
    path("track/sign-out/", tracking.sign_out, name="track-sign-out"),
]
