"""Addresses of the public portal. No code and no name ever stands in one."""

from django.urls import path, re_path

from tracker.web.portal import boards, filing, pages, receipt, tracking, verify

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
    path("verify/", verify.verify, name="verify"),
    # The address that a cover prints, in capitals so that its square code is small.
    re_path(r"^(?:VERIFY|verify)/(?P<code>[0-9A-Fa-f]{16})/?$", verify.verify, name="verify-printed"),
    path("track/", tracking.track, name="track"),
    path("track/documents/", tracking.add_documents, name="track-documents"),
    path("track/withdraw/", tracking.withdraw, name="track-withdraw"),
    path("track/letters/<uuid:notice_id>/", tracking.letter, name="letter"),
    path("track/sign-out/", tracking.sign_out, name="track-sign-out"),
]
