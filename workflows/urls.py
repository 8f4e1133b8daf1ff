"""The addresses of the procedure's pages, in Vietnamese as a reader sees them."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from workflows.views import clock, components, desk, drafting, home, paper, sign_in
from workflows.views.tasks import detours as task_detours
from workflows.views.tasks import pages as tasks

urlpatterns = [
    path("", home.home, name="home"),
    path("ban-lam-viec/", desk.desk, name="desk"),
    path("dong-ho/", clock.advance_clock, name="advance_clock"),
    path("vao/", sign_in.SignIn.as_view(), name="sign_in"),
    path("ra/", LogoutView.as_view(), name="sign_out"),
    path("thanh-phan/", components.Components.as_view(), name="components"),
    # papers, as they are read
    path("van-ban/<slug:reference>/", paper.document, name="document"),
    path("van-ban/<slug:reference>/ban/<int:ordinal>/", paper.revision, name="revision"),
    path("van-ban/<slug:reference>/tep/<int:key>/", paper.attachment, name="attachment"),
    # drafting
    path("soan/", drafting.new_draft, name="new_draft"),
    path("soan/<slug:reference>/", drafting.draft, name="draft"),
    path("soan/<slug:reference>/xem-truoc/", drafting.preview, name="preview"),
    path("soan/<slug:reference>/luu/", drafting.keep_text, name="keep_text"),
    path("soan/<slug:reference>/tep/", drafting.attach, name="attach"),
    path(
        "soan/<slug:reference>/tep/<int:attachment_id>/bo/", drafting.detach, name="detach"
    ),
    path("soan/<slug:reference>/gui/", drafting.submit_draft, name="submit_draft"),
    # the steps of the procedure
    path("viec/<int:task_id>/", tasks.task, name="task"),
    path("viec/<int:task_id>/<slug:act>/", tasks.task_act, name="task_act"),
    path("ho-so/<int:case_id>/rut/", task_detours.withdraw, name="withdraw"),
    path("ho-so/<int:case_id>/dong-luot/", task_detours.close_round, name="close_round"),
]
