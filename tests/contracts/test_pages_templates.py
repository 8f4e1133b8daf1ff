"""The pages keep the content policy, the house's words and the house's drawings."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from lucide import IconDoesNotExist, _load_icon

from tests.source import ROOT
from workflows.templatetags.ban_hanh import EFFECTS, ICONS, NOTE_ICONS, RIBBON_ICONS
from workflows.views import frame

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = sorted((ROOT / "templates").rglob("*.svg")) + sorted((ROOT / "static").rglob("*.svg"))
STATIC = sorted(p for p in (ROOT / "static").rglob("*") if p.suffix in {".css", ".js", ".svg"})
NAMESPACE = "http://www.w3.org/2000/svg"

# Verbs of the office (interface/README) and what is done to a page rather than to a paper.
VERBS = (
    "Nhập", "Để sau", "Viện dẫn", "Lên trên", "Xuống dưới", "Ghi theo", "Hoàn tác", "Sắp", "Sang",
    "Gộp", "Bỏ", "Thêm", "Nhận làm", "Ghi nhận", "Ghi biên bản", "Bàn giao",
    "Trình", "Trả lại", "Mở lượt lấy ý kiến", "Cho ý kiến", "Gửi ý kiến", "Kết luận", "Thẩm tra",
    "Ký", "Cấp số", "Phát hành", "Rút", "Lấy lại", "Thu hồi", "Lưu tạm", "Giao sửa lại",
    "Thống nhất", "Xác nhận", "Từ chối", "Chưa", "Giữ", "Kết thúc sớm", "Đăng tải", "Bắt đầu", "Kèm",
    "Báo cáo", "Soạn", "Bổ sung", "Lưu", "Gửi", "Đang gửi", "Góp ý", "Sửa", "Bỏ", "Thêm", "Tải",
    "Xem", "Mở", "So", "Hiện", "Lọc", "Tìm", "In", "Đóng", "Về", "Đăng nhập", "Đăng xuất", "Sang", "Đổi", "Chọn",
    "Kiểm", "Tạo", "Chép", "Tiếp tục", "Đọc", "Tất cả", "Cho đi trước", "Lấy ý kiến", "Không xác nhận",
    "Ghi kết quả", "Thay",
)  # fmt: skip
NEVER_SAID = re.compile(
    r"\b(bạn|Bạn|OK|Cancel|Submit|Hủy bỏ thao tác|Đã xảy ra lỗi|Chờ duyệt|Hoàn thành|công bố văn bản)\b"
)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class Marks(HTMLParser):
    """Every start tag of a template with its attributes, and the words of its buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self.buttons: list[str] = []
        self._button: list[str] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.starts.append((tag, given))
        if tag == "button" or (tag == "a" and "btn" in (given.get("class") or "").split()):
            self._button = [f"{given['aria-label']} " if given.get("aria-label") else ""]

    def handle_data(self, data):
        if self._button is not None:
            self._button.append(data)

    def handle_endtag(self, tag):
        if tag in {"button", "a"} and self._button is not None:
            self.buttons.append(" ".join("".join(self._button).split()))
            self._button = None


def marks(path: Path) -> Marks:
    return Marks(TAG.sub("", source(path)))


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_no_template_has_a_style_or_script_of_its_own(path):
    for tag, attributes in marks(path).starts:
        assert tag != "style", "a <style> element"
        assert "style" not in attributes, f"a style attribute on <{tag}>"
        assert not [name for name in attributes if name.startswith("on")], f"on… on <{tag}>"
        assert tag != "script" or "src" in attributes, "a <script> without src"
        assert "javascript:" not in str(attributes.values())
        assert not {"hx-on", "hx-vals", "hx-vars"} & set(attributes), "htmx that needs eval"


@pytest.mark.parametrize("path", [*TEMPLATES, *DRAWINGS, *STATIC], ids=place)
def test_nothing_is_asked_of_another_host(path):
    text = source(path).replace(NAMESPACE, "")

    assert not re.findall(r"""(?:https?:)?//[\w-]+\.\w[\w.-]*/?[^\s"']*""", _without_comments(text))


def _without_comments(text: str) -> str:
    return re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_template_can_be_loaded(path):
    get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_icon_that_a_template_names_has_its_drawing(path):
    named = re.findall(r'{% icon "(\w+)"', source(path))
    named += re.findall(r'\b(?:icon|meaning)="(\w+)"', source(path))

    assert set(named) <= set(ICONS)


@pytest.mark.parametrize("meaning", sorted(ICONS))
def test_every_meaning_has_a_drawing_in_the_kept_package(meaning):
    try:
        _load_icon(ICONS[meaning])
    except IconDoesNotExist:
        pytest.fail(f"{meaning}: lucide has no {ICONS[meaning]!r}")


def test_notes_ribbons_and_places_use_known_drawings():
    used = {*NOTE_ICONS.values(), *RIBBON_ICONS.values()}
    used |= {value.icon for value in vars(frame).values() if isinstance(value, frame.Place)}

    assert used <= set(ICONS)


def test_every_legal_state_has_a_glyph_of_ours():
    for mark in EFFECTS.values():
        assert (ROOT / "templates" / "parts" / "glyphs" / f"{mark.glyph}.svg").is_file()


@pytest.mark.parametrize("path", DRAWINGS, ids=place)
def test_a_drawing_of_ours_stands_beside_words(path):
    if "templates" in path.parts:
        assert 'aria-hidden="true"' in source(path)


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_a_button_begins_with_a_verb_of_the_office(path):
    words = [text for text in marks(path).buttons if text.strip(" :")]
    words += re.findall(r'{% act_button "([^"]+)"', source(path))

    assert [text for text in words if not text.startswith(VERBS)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_nobody_is_addressed_and_nothing_is_said_like_a_machine(path):
    assert NEVER_SAID.findall(TAG.sub("", source(path))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_a_button_says_what_it_is(path):
    for tag, attributes in marks(path).starts:
        if tag == "button":
            assert "type" in attributes
            assert "disabled" not in attributes, "barred buttons stay reachable: aria-disabled"


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_form_that_acts_carries_its_token(path):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', source(path), re.DOTALL):
        assert "{% csrf_token %}" in form or "parts/decision_fields.html" in form, form[:80]


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_every_address_that_a_template_names_exists(path):
    missing = []
    for name, rest in re.findall(r'{% url [\'"]([\w:]+)[\'"](.*?)%}', source(path)):
        if not rest.strip() or rest.split()[0] == "as":
            try:
                reverse(name)
            except NoReverseMatch:
                missing.append(name)
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=place)
def test_no_coordinate_of_a_drawing_is_written_with_a_decimal_comma(path):
    """Vietnamese numbers have a comma, which ends a coordinate in SVG."""
    if re.search(r'<(?:svg|path|rect|g|text)\b[^>]*="[^"]*{{', source(path)):
        assert "{% localize off %}" in source(path)


def test_every_place_of_the_navigation_has_its_page():
    places = [value for value in vars(frame).values() if isinstance(value, frame.Place)]

    assert len(places) == 11
    for one in places:
        reverse(one.name)


def test_colours_live_in_the_tokens_alone():
    rules = _without_comments(source(ROOT / "static" / "ban_hanh" / "app.css"))
    # Transparent, and the ring on paper, which keeps its colour in both themes.
    allowed = {"#0000", "#062f36"}

    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[\s;,)}!])", rules)) <= allowed
    assert not re.findall(r"\b(?:rgba?|hsla?|oklch|lab)\(", rules)


def test_every_token_that_a_rule_uses_is_defined():
    tokens = source(ROOT / "static" / "ban_hanh" / "tokens.css")
    rules = source(ROOT / "static" / "ban_hanh" / "app.css")
    used = set(re.findall(r"var\((--[\w-]+)", tokens + rules))
    defined = set(re.findall(r"(--[\w-]+)\s*:", tokens + rules))

    assert used <= defined
