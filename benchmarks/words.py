"""Papers that were never written: Vietnamese of an office, put together by chance from a seed.

Sentences are built from parts of the house's own making. Words fall off in frequency as in real
papers: some stand in every paper, most in few, and every paper has some of its own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

ACTS = (
    "Phê duyệt", "Ban hành", "Kiện toàn", "Thành lập", "Công bố", "Điều chỉnh", "Giao", "Cho phép",
    "Quy định", "Tổ chức", "Bổ sung", "Tạm dừng", "Thu hồi", "Khen thưởng",
)  # fmt: skip
THINGS = (
    "mục tiêu chất lượng", "chính sách chất lượng", "kế hoạch đánh giá nội bộ", "quy trình tiếp nhận",
    "dự toán ngân sách", "phương án phòng cháy", "danh mục thủ tục hành chính", "tổ công tác",
    "quy chế làm việc", "chương trình công tác", "kế hoạch cải cách hành chính", "bảng phân công",
    "phương án sắp xếp biên chế", "kế hoạch bồi dưỡng công chức", "quy hoạch chi tiết",
    "kế hoạch tuyển dụng viên chức", "đề án chuyển đổi số", "hệ thống camera giám sát",
    "kế hoạch kiểm tra đê điều", "phương án bồi thường giải phóng mặt bằng",
)  # fmt: skip
PLACES = (
    "quận An Mẫu", "phường Sông Bồ", "phường Chợ Cũ", "xã Đồng Giữa", "xã Bãi Ngang", "phường Lò Rèn",
    "xã Gò Đậu", "phường Cầu Đất", "thị trấn Bến Gỗ", "xã Núi Thành Đông",
)  # fmt: skip
TOPICS = (
    "giao thông", "y tế", "giáo dục", "văn hóa", "môi trường", "đất đai", "xây dựng", "tài chính",
    "thương mại", "nông nghiệp", "thanh tra", "tư pháp", "hộ tịch", "lưu trữ", "công nghệ thông tin",
    "dân tộc", "tôn giáo", "trẻ em", "người cao tuổi", "thể thao",
)  # fmt: skip
_SYLLABLES = (
    "an ăn ân ba bà bá bả bạ ban bàn bán bản bạn bao báo bảo bạo bầu bậc bến biên biển biết bình "
    "bộ bồi bổ bước ca các cách cải cán cảnh cáo cao cấp cầu chăm chất chế chi chí chỉ chính chợ "
    "chủ chung chức chứng có công cơ cộng cung cư cửa cứu dân danh dạy di dịch diện dinh do doanh "
    "dục dung dự dưỡng đa đại đánh đào đạo đạt đất đề điểm điều định độ đoàn đội đồng đơn đúng đường "
    "gia giá giải giám giao giáo giới giữ góp hạ hài hàng hành hạn hiện hiệp hiệu hình hòa hoạt hoàn "
    "học hồ hộ hội hợp huấn huy huyện hướng ích kê kế kết khách khai khảo khám khen khiếu khoa khu "
    "kiểm kiến kinh kỳ kỹ lãnh lâm lập lệ liên liệu linh loại lợi luật lực lương lượng lưu lý mạng "
    "mặt mẫu miễn mới mục năm năng nạn ngân ngành nghề nghị nghiệp ngoại nguồn nguyên nhân nhận nhiệm "
    "nội nông nước ô ổn phạm phán pháp phân phát phê phí phép phòng phối phổ phúc phục phương quan "
    "quản quân quốc quy quyền quyết ra rà rộng rừng sách sai sáng sản sinh soát số sơ sử sức tác tài "
    "tạo tập tâm tế thải thanh thành thăm thẩm thẻ thể thi thị thiên thiết thống thời thông thu thủ "
    "thuế thuộc thực thư thưởng tiêm tiên tiến tiếp tiêu tin tình tính tĩnh toàn tổ tổng tra trách "
    "trạm trang trí triển trình trợ trong trung trường tự tuyên tuyển tư ứng uy ủy vấn văn vận vật "
    "vệ viên việc viễn vùng vốn xã xác xây xét xuất xử ý yêu"
)
SYLLABLES = _SYLLABLES.split()


# As decisions of one sort repeat each other, each of these texts serves many papers.
TEXTS = 4000


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as the seed makes it; `replaces` counts the papers made before, from 0."""

    subject: str
    text: str
    kind: str
    type_name: str
    dated_on: date | None
    number: int | None
    symbol: str
    signatory: str
    replaces: int | None
    external: bool
    public: bool
    begun_on: date


class Chance:
    """Chance that is the same in every run with the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        # Rarer words, each rarer than the one before: names of streets, people, projects.
        self._rare = [
            f"{first} {second}"
            for first in self._random.sample(SYLLABLES, 120)
            for second in self._random.sample(SYLLABLES, 60)
        ]
        self._weights = [1 / rank for rank in range(1, len(self._rare) + 1)]
        self._texts: list[str] = []

    def subject(self, year: int) -> str:
        """A subject as offices write them."""
        pick = self._random.choice
        return (
            f"{pick(ACTS)} {pick(THINGS)} {pick(('năm', 'giai đoạn'))} {year} về {pick(TOPICS)} "
            f"của {pick(PLACES)}"
        )

    def text(self, *, words: int) -> str:
        """The text of a decision of about so many words; one in some thousands is the same."""
        if len(self._texts) < TEXTS:
            self._texts.append(self._new_text(words))
            return self._texts[-1]
        return self._random.choice(self._texts)

    def _new_text(self, words: int) -> str:
        lines = ["QUYẾT ĐỊNH", "ỦY BAN NHÂN DÂN QUẬN AN MẪU"]
        law = f"{self._random.randint(1, 150)}/{self._random.randint(2012, 2023)}/NĐ-CP"
        lines += [f"Căn cứ Nghị định số {law} của Chính phủ;", "QUYẾT ĐỊNH:"]
        count = 0
        while count < words:
            lines.append(f"Điều {len(lines) - 3}. {self._sentence()}")
            count += len(lines[-1].split())
        lines.append("Nơi nhận: Như Điều 3; Lưu: VT.")
        return "\n".join(lines)

    def _sentence(self) -> str:
        pick = self._random.choice
        said = [pick(ACTS), pick(THINGS), pick(TOPICS)]
        said += self._random.choices(self._rare, self._weights, k=6)
        said += [" ".join(self._random.choices(SYLLABLES, k=4)) for _ in range(2)]
        said += [
            pick(PLACES),
            f"trước ngày {self._random.randint(1, 28)}/{self._random.randint(1, 12)}",
        ]
        return " ".join(said) + "."

    def day(self, first: date, last: date) -> date:
        """A day of that time."""
        return first + timedelta(days=self._random.randrange((last - first).days))

    def one_in(self, number: int) -> bool:
        """True once in so many times."""
        return self._random.randrange(number) == 0

    def pick(self, values: list[object] | tuple[object, ...]) -> object:
        """One of them."""
        return self._random.choice(values)
