"""A refusal is a page: what happened, what was kept, what to do now."""

from __future__ import annotations

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from offices.exceptions import BadInput, Conflict, NotPermitted
from workflows.views.refusals import typed

REASON = "Thiếu bảng so sánh kết quả năm 2023"
NOTHING = "Lần gửi này chưa ghi gì."


def raising(error: Exception):
    def view(request):
        raise error

    return login_not_required(view)


def caused(**known: object) -> OperationalError:
    """The error as Django wraps it: the driver's own, with its code, is the cause."""
    error = OperationalError("the wait for a lock ended")
    error.__cause__ = Exception()
    vars(error.__cause__).update(known)
    return error


urlpatterns = [
    path("cam/", raising(NotPermitted("Người soạn không ký.", advice="Người được ký: Chủ tịch."))),
    path(
        "truoc/",
        raising(
            Conflict(
                "Thư ký mở lượt lúc 09:42, trước khi bấm “Trả lại”.",
                facts={"comparison": "/van-ban/1/so-sanh/"},
            )
        ),
    ),
    path("sai/", raising(BadInput("Dòng 3 không đọc được."))),
    path("khoa/", raising(caused(sqlite_errorcode=5))),
    path("khoa-pg/", raising(caused(sqlstate="55P03"))),
    path("bi-ngat/", raising(caused(sqlstate="57P01"))),
    path("hong/", raising(OperationalError("no such table: papers"))),
    path("tu-choi/", raising(PermissionDenied())),
    path("ngo/", raising(SuspiciousOperation())),
    path("", include("workflows.urls")),
]
handler400 = "workflows.views.refusals.bad_request"
handler403 = "workflows.views.refusals.permission_denied"
handler404 = "workflows.views.refusals.not_found"
handler500 = "workflows.views.refusals.server_error"

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/cam/", 403, "Người soạn không ký."),
        ("/cam/", 403, "Người được ký: Chủ tịch."),
        ("/truoc/", 409, "Thư ký mở lượt lúc 09:42, trước khi bấm “Trả lại”."),
        ("/sai/", 400, "Dòng 3 không đọc được."),
        ("/khoa/", 409, "Máy chủ bận quá 5 giây."),
        ("/khoa-pg/", 409, "Máy chủ bận quá 5 giây."),
        ("/tu-choi/", 403, "Tài khoản này không được mở trang này."),
        ("/ngo/", 400, "Không đọc được dữ liệu gửi lên."),
        ("/khong-co-trang-nay/", 404, "Không có trang này"),
    ],
)
def test_every_refusal_says_what_happened_under_its_status(client, address, status, said):
    answer = client.post(address)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert f"({status})" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/van-ban/BH-2023-0001/nhat-ky/kiem/", "/van-ban/BH-2023-0001/"),
        ("/soan/BH-2023-0001/luu/", "/van-ban/BH-2023-0001/"),
        ("/so/3/bo-so/", "/so/3/"),
        ("/nhat-ky/kiem/", "/"),
        ("/dong-ho/", "/"),
        ("/ra/", "/"),
    ],
)
def test_opening_the_address_of_a_form_says_so_and_leads_to_its_page(
    client, django_user_model, address, back
):
    client.force_login(django_user_model.objects.create(username="ai-do", display_name="Ai Đó"))
    answer = client.get(address)
    page = answer.content.decode()

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "chỉ nhận biểu mẫu gửi lên" in page
    assert f'<a class="btn" href="{back}">' in page
    assert NOTHING not in page
    again = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert again.startswith('<section class="note"'), "htmx gets the note alone"


def test_a_refused_act_says_that_nothing_was_written_and_a_refused_page_does_not(client):
    assert NOTHING in client.post("/cam/").content.decode()
    assert NOTHING not in client.get("/cam/").content.decode()


def test_what_was_typed_comes_back_and_no_secret_with_it(client):
    page = client.post(
        "/truoc/", {"reason": REASON, "password": "mot mat khau", "task": "17", "pin_code": "1 2 3"}
    ).content.decode()

    assert f"readonly>{REASON}</textarea>" in page
    assert "mot mat khau" not in page
    assert "1 2 3" not in page
    assert ">17<" not in page


def test_what_was_typed_comes_back_as_letters(client):
    page = client.post("/truoc/", {"reason": "</textarea> <script>x</script>"}).content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_conflict_offers_the_comparison_and_the_page_as_it_is_now(client):
    page = client.post("/truoc/", HTTP_REFERER="http://testserver/van-ban/1/").content.decode()

    assert 'href="/van-ban/1/so-sanh/">Xem thay đổi</a>' in page
    assert 'href="http://testserver/van-ban/1/">Mở bản mới</a>' in page


def test_nobody_is_sent_to_where_another_site_says(client):
    page = client.post("/cam/", HTTP_REFERER="https://elsewhere.example/x").content.decode()

    assert "elsewhere.example" not in page


def test_a_page_that_stays_gets_the_note_alone(client):
    answer = client.post("/truoc/", {"reason": REASON}, headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.content.decode().lstrip().startswith('<section class="note warn">')
    assert "<html" not in answer.content.decode()


def test_a_broken_database_is_no_polite_refusal():
    answer = Client(raise_request_exception=False).post("/hong/")

    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi (500)" in answer.content.decode()
    assert "no such table" not in answer.content.decode()
    with pytest.raises(OperationalError, match="no such table"):
        Client().post("/hong/")


def test_the_page_of_a_failure_asks_nothing_of_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client(raise_request_exception=False).get("/hong/")

    assert answer.status_code == 500


def test_a_form_from_another_site_is_refused_with_a_sentence():
    answer = Client(enforce_csrf_checks=True).post("/cam/", {"reason": REASON})

    assert answer.status_code == 403
    assert "Biểu mẫu đến từ một trang đã cũ hoặc từ nơi khác." in answer.content.decode()
    assert REASON in answer.content.decode()


def test_a_form_too_large_to_read_is_refused_without_reading_it(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = Client(enforce_csrf_checks=True).post("/cam/", {"reason": "x " * 200})

    assert answer.status_code == 400
    assert "Không đọc được dữ liệu gửi lên." in answer.content.decode()


def test_an_unknown_host_is_refused_without_a_failure_of_ours():
    answer = Client().get("/cam/", HTTP_HOST="elsewhere.example")

    assert answer.status_code == 400


def test_a_database_that_shuts_down_is_no_lock():
    answer = Client(raise_request_exception=False).post("/bi-ngat/")

    assert answer.status_code == 500


def test_choices_and_ids_are_no_typed_text(rf):
    request = rf.post("/", {"choice": "agree", "task": "12", "remarks": ["Một góp ý", "hai"]})

    assert typed(request) == ["Một góp ý"]
