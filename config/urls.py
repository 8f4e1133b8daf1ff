"""Where addresses lead. Every address is named; each app lists its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("workflows.urls"))]

handler400 = "workflows.views.refusals.bad_request"
handler403 = "workflows.views.refusals.permission_denied"
handler404 = "workflows.views.refusals.not_found"
handler500 = "workflows.views.refusals.server_error"
