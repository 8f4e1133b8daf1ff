"""The addresses of the procedure's pages, in Vietnamese as a reader sees them."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from workflows.views import components, sign_in

urlpatterns = [
    path("vao/", sign_in.SignIn.as_view(), name="sign_in"),
    path("ra/", LogoutView.as_view(), name="sign_out"),
    path("thanh-phan/", components.Components.as_view(), name="components"),
]
