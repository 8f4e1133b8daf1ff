"""Somebody comes to the desk: what waits, due when, on whose behalf; and what waits elsewhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Kind
from documents.services import drafting, revisions
from documents.services.drafting import DraftPlan
from offices import services
from offices.models import Appointment, Delegation, Department, User
from offices.roles import Capability
from tests.cast import Person
from tests.reading import Page
from workflows.services import submitting

if TYPE_CHECKING:
    from tests.builders import Example

DESK = "/ban-lam-viec/"
MOST_QUERIES = 16

# Who comes, the button of the first line, the paper, how long is left, which part of the desk.
MORNING = [
    ("tp-noivu", "Giao sửa lại", "Kế hoạch đánh giá nội bộ", "hom-nay"),
    ("tp-kinhte", "Trình", "khảo sát sự hài lòng", "tuan"),
    ("tp-tuphap", "Cho ý kiến", "Phòng Kinh tế", "tuan"),
    ("thuky-iso", "Mở lượt lấy ý kiến", "Bộ phận Tiếp nhận", "tuan"),
    ("pct-vanxa", "Kết luận", "đánh giá nội bộ", "tuan"),
    ("cvp", "Thẩm tra", "kiểm soát thông tin", "hom-nay"),
    ("pct-kinhte", "Ký", "Chính sách chất lượng", "tuan"),
    ("chutich", "Ký", "Văn phòng", "hom-nay"),
    ("vanthu", "Cấp số", "Kiện toàn Ban Chỉ đạo ISO", "hom-nay"),
    ("luutru", "Bổ sung", "455/QĐ-CT", "khong-han"),
]


def desk_of(username: str, query: str = "") -> str:
    """The page of somebody's desk."""
    answer = Person(username).signs_in().client.get(f"{DESK}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def groups_of(page: str) -> dict[str, list[str]]:
    """The lines of the work by the name of their group; each as its words."""
    found = re.findall(
        r'<h3 class="group" id="([\w-]+)">.*?</h3>\s*<ul class="tasks">(.*?)</ul>', page, re.DOTALL
    )
    return {name: re.findall(r'<li class="task.*?</li>', rows, re.DOTALL) for name, rows in found}


@pytest.mark.parametrize(("username", "verb", "paper", "group"), MORNING)
def test_on_the_first_morning_every_post_finds_its_work(example, username, verb, paper, group):
    first = groups_of(desk_of(username))[group][0]
    assert re.search(rf'<a class="btn main"[^>]*>{verb}</a>', first), first
    assert paper.lower() in first.lower()


def test_a_line_leads_to_the_page_where_the_act_is_done(example):
    clerk = Person("vanthu").signs_in()
    page = clerk.opens(clerk.task_of("kiện toàn Ban Chỉ đạo ISO"))
    assert page.form("/cap-so/")


def test_a_line_says_how_long_is_left_in_working_days(example):
    page = desk_of("tp-tuphap")
    (line,) = groups_of(page)["tuan"]
    assert "Còn 3 ngày" in line
    assert 'data-left="3"' in line
    assert 'datetime="2024-01-18T17:00"' in line
    assert "Đã có 2/4 ý kiến" in Page(line).words


def test_a_line_says_what_whoever_acts_must_know(example):
    assert "Bị trả lại: " in said_of("tp-noivu")
    assert "1 ý kiến không đồng ý" in said_of("pct-kinhte")
    assert "Được trình lên: " in said_of("chutich")
    assert "ký 12/01/2024 15:45" in said_of("vanthu")


def test_the_chairman_may_sign_what_a_deputy_is_in_charge_of_but_is_not_counted_for_it(example):
    page = desk_of("chutich")
    (second,) = groups_of(page)["cung-ky"]
    assert "Phó Chủ tịch kinh tế phụ trách; Chủ tịch cũng ký được" in Page(second).words
    assert "<title>(1) Bàn làm việc" in page


def test_what_somebody_does_for_another_is_said_with_the_paper_it_rests_on(example):
    assert "Làm thay" not in desk_of("cvp")
    lend(example, "tp-noivu", "cvp", Capability.RECEIVE_RETURN)
    lines = [line for rows in groups_of(desk_of("cvp")).values() for line in rows]
    (lent,) = [line for line in lines if "Làm thay" in line]
    assert "Làm thay Trưởng phòng Nội vụ, theo 03/TB-UBND, đến 21/01/2024" in Page(lent).words
    only = groups_of(desk_of("cvp", "?han=thay"))
    assert [line for rows in only.values() for line in rows if "Kế hoạch" in line]
    assert sum(len(rows) for rows in only.values()) == 1


def test_what_nobody_does_for_another_is_on_no_desk(example):
    lend(example, "chutich", "cvp", Capability.SIGN, fields=("noi_chinh",))
    assert "Làm thay" not in desk_of("cvp")


def lend(
    example: Example, giver: str, taker: str, capability: Capability, fields: tuple[str, ...] = ()
) -> None:
    """Let another do this for a week."""
    by = User.objects.get(username=giver)
    services.delegate(
        from_appointment=Appointment.objects.filter(user=by).order_by("pk")[0],
        to_user=User.objects.get(username=taker),
        kind=Delegation.Kind.BY_ORDER if fields else Delegation.Kind.SUBSTITUTION,
        capability=capability,
        fields_of_work=fields,
        begins_on=example.today,
        ends_on=example.today + timedelta(days=7),
        legal_basis="03/TB-UBND",
        by=by,
        at=example.now,
    )


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("", 3),
        ("?han=hom-nay", 2),
        ("?han=tuan", 1),
        ("?han=qua-han", 0),
        ("?viec=Thẩm tra", 1),
        ("?viec=Cho ý kiến", 1),
        ("?viec=Báo cáo kết quả", 1),
        ("?viec=Bán", 3),
        ("?tim=kiem soat", 1),
        ("?tim=KIỂM SOÁT&han=tuan", 0),
        ("?tim=không có văn bản nào như thế", 0),
        ("?don_vi=999999", 3),
    ],
)
def test_the_desk_is_filtered_by_time_by_work_and_by_words(example, query, lines):
    page = desk_of("cvp", query)
    assert sum(len(rows) for rows in groups_of(page).values()) == lines
    assert ("Không có việc nào khớp với điều kiện lọc" in page) == (lines == 0)


def test_the_desk_is_filtered_by_the_department_that_drafts(example):
    key = Department.objects.get(name="Phòng Kinh tế").pk
    page = desk_of("cvp", f"?don_vi={key}")
    assert list(groups_of(page)) == ["tuan"]
    assert f'<option value="{key}" selected>Phòng Kinh tế</option>' in page


def test_a_chip_keeps_what_else_was_asked(example):
    page = desk_of("cvp", "?tim=kinh")
    assert 'href="?tim=kinh&amp;han=tuan"' in page


def test_what_somebody_sent_on_is_shown_with_who_has_it_since_when(example):
    page = said_of("cvp")
    assert "Chờ Phó Chủ tịch kinh tế ký, từ 12/01/2024 16:20" in page
    assert "Chờ Chủ tịch ký (được trình lên)" in page
    assert "Chờ Văn thư cấp số, từ 12/01/2024 15:45" in page
    assert "Chờ 2 ủy viên Ban Chỉ đạo ISO cho ý kiến" in said_of("cv-kinhte")


def said_of(username: str) -> str:
    """The words of a desk."""
    return Person(username).signs_in().opens(DESK).words


def test_what_will_change_in_force_is_told_to_who_may_know_why(example):
    told = said_of("cv-noivu")
    coming = told.partition("Hiệu lực sắp đổi")[2]
    assert "Sẽ bị thay thế" in coming
    assert "1073/QĐ-CT ngày 04/7/2023" in coming
    assert "Hết kỳ mục tiêu" in coming
    # Whoever may not read the draft learns that the period is over, not what comes.
    stranger = said_of("cv-tuphap")
    assert "1073/QĐ-CT" in stranger
    assert "Sẽ bị thay thế" not in stranger
    assert "Chính sách" not in stranger.partition("Hiệu lực sắp đổi")[2]


def test_a_paper_issued_for_a_later_day_is_announced_with_that_day(example):
    clerk = Person("vanthu").signs_in()
    clerk.numbers("kiện toàn Ban Chỉ đạo ISO")
    clerk.issues("kiện toàn Ban Chỉ đạo ISO")
    told = said_of("cvp")
    assert "Sẽ có hiệu lực" in told
    assert "Từ thứ Hai 22/01/2024." in told


def test_a_specialist_sees_the_drafts_nobody_was_asked_about(example):
    assert "Chưa có dự thảo nào" in said_of("cv-tuphap")
    draft(example, "cv-tuphap", "Quy trình tiếp công dân", save=False)
    told = said_of("cv-tuphap")
    assert "Quy trình tiếp công dân Lưu tạm 15/01/2024" in told, told
    assert "Quy trình tiếp công dân" not in said_of("cv-kinhte")


def draft(example: Example, username: str, subject: str, *, save: bool = True) -> Any:
    """Begin a draft of somebody's department."""
    by = User.objects.get(username=username)
    document = drafting.start_draft(
        department=Appointment.objects.get(user=by).post.department,
        plan=DraftPlan(kind=Kind.PROCEDURE, subject=subject, field_of_work="kinh_te"),
        text=f"{subject.upper()}\n\n1. Mục đích\n\nQuy định việc tiếp công dân.\n",
        by=by,
        at=example.now,
    )
    if save:
        revisions.save_version(document=document, by=by, at=example.now)
    return document


def test_new_drafts_begin_on_the_desk_of_who_drafts_and_nowhere_else(example):
    assert "Soạn văn bản mới" in said_of("cv-tuphap")
    assert "Soạn văn bản mới" not in said_of("cvp")


def test_a_desk_listens_to_its_office_and_keeps_the_place_of_the_news_free(example):
    page = desk_of("cvp")
    office = Appointment.objects.filter(user__username="cvp")[0].post.office_id
    assert f'data-topic="desk.{office}"' in page
    assert 'data-live data-state="quiet"' in page
    assert 'href="?' in page


def test_sixty_cases_cost_no_more_reads_than_two(example):
    before = {name: queries_of(name) for name in ("tp-tuphap", "cv-tuphap", "chutich", "cvp")}
    for number in range(60):
        submitted(example, f"Quy trình thứ {number}")
    page = desk_of("tp-tuphap")
    assert sum(len(rows) for rows in groups_of(page).values()) == 61
    assert "<title>(61) Bàn làm việc" in page
    assert len(re.findall('class="btn main"', page)) == 1
    for name, asked in before.items():
        assert queries_of(name) <= max(asked, MOST_QUERIES), name


def submitted(example: Example, subject: str) -> None:
    """A paper that its head of department has not proposed yet."""
    document = draft(example, "cv-tuphap", subject)
    submitting.submit(
        document=document,
        digest=document.revisions.get().content_digest,
        key=uuid4(),
        by=User.objects.get(username="cv-tuphap"),
        at=example.now,
    )


def queries_of(username: str) -> int:
    """How often a desk asks the database, session and account included."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(DESK).status_code == 200
    return len(asked)


def test_every_desk_is_read_in_sixteen_queries(example):
    asked = {user.username: queries_of(user.username) for user in User.objects.all()}
    assert max(asked.values()) <= MOST_QUERIES, asked


def test_the_bare_address_leads_to_the_desk(example):
    answer = Person("cvp").signs_in().client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, DESK)


def test_a_visitor_of_the_desk_is_asked_to_sign_in(example, client):
    answer = client.get(DESK)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/vao/?next={DESK}")


def test_the_desk_changes_nothing_and_takes_nothing(example):
    assert Person("cvp").signs_in().client.post(DESK).status_code == 405
