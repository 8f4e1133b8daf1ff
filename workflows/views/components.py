"""The page that shows every part in every state: what a change of the interface is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.views.generic import TemplateView

from documents.effects import State
from documents.lifecycle import Stage
from offices.dates import ZONE


@dataclass(frozen=True, slots=True)
class Sample:
    """A deadline as `{% due %}` reads it."""

    due_at: datetime
    working_days_left: int
    overdue: bool


def _at(day: int, hour: int = 17, month: int = 1) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=ZONE)


DUES = (
    Sample(_at(12), -1, overdue=True),
    Sample(_at(15, 9), 0, overdue=True),
    Sample(_at(15), 0, overdue=False),
    Sample(_at(16), 1, overdue=False),
    Sample(_at(18), 3, overdue=False),
    Sample(_at(1, month=2), 13, overdue=False),
)
TASKS = (
    {
        "due": DUES[0],
        "url": "#viec",
        "title": "Kết quả thực hiện mục tiêu chất lượng năm 2023",
        "facts": ("1073/QĐ-CT", "Mục tiêu 1, 2 và 4"),
        "verb": "Báo cáo",
    },
    {
        "due": DUES[2],
        "url": "#viec",
        "title": "Quy trình kiểm soát thông tin dạng văn bản",
        "facts": ("Phòng Tư pháp soạn",),
        "stage": Stage.ENDORSED,
        "behalf": "Làm thay Chánh Văn phòng, theo 03/TB-UBND, đến 19/01",
        "verb": "Thẩm tra",
        "main": True,
    },
    {
        "due": DUES[4],
        "url": "#viec",
        "title": "Mục tiêu chất lượng năm 2024 của Phòng Kinh tế",
        "facts": ("Đã có 2/4 ý kiến",),
        "moved": "Vừa đổi 09:40",
        "verb": "Cho ý kiến",
    },
)
STEPS = (
    {"title": "Trình", "when": "27/12", "who": "Trưởng phòng Nội vụ", "state": "done"},
    {"title": "Ký", "when": "từ 12/01", "who": "Phó Chủ tịch kinh tế", "state": "now"},
    {"title": "Cấp số, phát hành", "when": "", "who": "Văn thư", "state": "later"},
)
OPINIONS = (
    {
        "kind": "against",
        "who": "Trưởng phòng Tài chính – Kế hoạch",
        "on": date(2024, 1, 4),
        "text": "99% hồ sơ đúng hạn vượt khả năng nhân lực hiện có; đề nghị giữ 98% đến hết quý II.",
    },
    {
        "kind": "reply",
        "who": "Giải trình của Trưởng Ban",
        "on": date(2024, 1, 9),
        "text": "Quý IV năm 2023 đã đạt 99,2%.",
    },
    {
        "kind": "remarks",
        "who": "Trưởng phòng Tư pháp",
        "on": date(2024, 1, 3),
        "text": "Mục tiêu 2: ghi rõ kỳ khảo sát là quý.",
    },
    {"kind": "agrees", "who": "Trưởng phòng Kinh tế", "on": date(2023, 12, 29), "text": ""},
    {"kind": "silent", "who": "Trưởng Bộ phận Tiếp nhận", "on": None, "text": ""},
)
RELATIONS = (
    {
        "verb": "Thay thế (toàn bộ)",
        "url": "#quan-he",
        "words": "1073/QĐ-CT ngày 04/7/2023",
        "state": State.IN_FORCE,
        "expired_period": True,
    },
    {"verb": "Bị thay thế bởi", "back": True, "words": ""},
)
ENTRIES = (
    {"at": _at(12, 16), "words": "Chánh Văn phòng xác nhận đủ điều kiện ký"},
    {"at": _at(9, 10), "words": "Trưởng Ban kết luận thống nhất, ghi nhận 1 ý kiến khác"},
)


class SampleForm(forms.Form):
    """A form whose fields show every state of a field."""

    subject = forms.CharField(label="Trích yếu", widget=forms.Textarea)
    due_on = forms.DateField(
        label="Hạn cho ý kiến", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = forms.ChoiceField(
        label="Loại văn bản", choices=[("decision", "Quyết định"), ("other", "Mục tiêu chất lượng")]
    )
    remark = forms.CharField(label="Góp ý chung", required=False, help_text="Đã lưu tạm 09:48")
    answer = forms.ChoiceField(
        label="Ý kiến",
        choices=[
            ("agree", "Đồng ý"),
            ("remarks", "Đồng ý, có góp ý"),
            ("disagree", "Không đồng ý"),
        ],
        widget=forms.RadioSelect,
    )
    compared = forms.BooleanField(label="Đã đối chiếu nơi nhận", required=False)

    hints: ClassVar = {
        "answer": {
            "remarks": "Trưởng Ban tiếp thu hoặc giải trình từng góp ý.",
            "disagree": "Phải nêu lý do. Lý do theo văn bản tới người ký.",
        }
    }
    looks: ClassVar = {"answer": {"agree": "plain", "disagree": "against"}}

    def clean_due_on(self) -> date:
        """Refuse a Saturday, as the real forms do."""
        day: date = self.cleaned_data["due_on"]
        if day.weekday() >= 5:
            raise forms.ValidationError("13/01/2024 là thứ Bảy. Chọn ngày làm việc.")
        return day


class Components(TemplateView):
    """Thành phần giao diện."""

    template_name = "components.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give every part something to show."""
        form = SampleForm(
            {
                "subject": "",
                "due_on": "2024-01-13",
                "kind": "decision",
                "remark": "Điều 2: ghi rõ “kể từ ngày ký”.",
                "answer": "remarks",
                "compared": "on",
            }
        )
        return super().get_context_data(
            stages=list(Stage),
            states=list(State),
            dues=DUES,
            tasks=TASKS,
            steps=STEPS,
            opinions=OPINIONS,
            relations=RELATIONS,
            entries=ENTRIES,
            form=form,
            **kwargs,
        )
