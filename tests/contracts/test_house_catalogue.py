"""Every sentence the code raises is said in Vietnamese, with the same facts in it."""

from __future__ import annotations

import ast
import gettext
import io
import runpy

import pytest

from tests.source import ROOT, Module, modules

GETTEXT = {
    "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip
script = runpy.run_path(str(ROOT / "locale" / "compile.py"))
Message, CatalogueError = script["Message"], script["CatalogueError"]


def translating_names(module: Module) -> dict[str, str]:
    """What gettext's functions are called in this module."""
    return {
        alias.asname or alias.name: alias.name
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in GETTEXT
    }


def sentences(module: Module):
    """(place, context, sentence) of every sentence handed to gettext as a constant."""
    names = translating_names(module)
    for call in module.calls():
        if not isinstance(call.func, ast.Name) or call.func.id not in names:
            continue
        name = names[call.func.id]
        said = call.args[GETTEXT[name]]
        if isinstance(said, ast.Constant):
            context = call.args[0].value if GETTEXT[name] else ""
            yield module.at(call), context, said.value
        elif isinstance(said, ast.JoinedStr | ast.BinOp):
            yield module.at(call), "", None


def catalogue() -> dict[tuple[str, str], object]:
    return {(one.context, one.singular): one for one in script["catalogue"]().values()}


def test_every_sentence_has_its_translation():
    known = catalogue()
    found = [one for module in modules() for one in sentences(module)]
    assert found
    missing = [
        f"{place}: {said!r}" for place, context, said in found if (context, said) not in known
    ]
    assert missing == [], "add it to locale/vi/fragments/ (a built sentence cannot be translated)"


def test_no_translation_has_outlived_its_sentence():
    constants = {
        node.value
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    dead = [one.place for one in script["catalogue"]().values() if one.singular not in constants]
    assert dead == []


def test_the_compiled_catalogue_is_what_gettext_reads():
    messages = script["catalogue"]()
    compiled = gettext.GNUTranslations(io.BytesIO(script["to_mo"](messages)))
    assert messages
    for one in messages.values():
        if one.plural:
            said = compiled.ngettext(one.singular, one.plural, 2)
        elif one.context:
            said = compiled.pgettext(one.context, one.singular)
        else:
            said = compiled.gettext(one.singular)
        assert said == one.translation


def test_the_written_catalogue_reads_back_the_same(tmp_path):
    messages = script["catalogue"]()
    written = tmp_path / "all.po"
    body = script["to_po"](messages).split("\n\n", 1)[1]
    written.write_text(body, encoding="utf-8")
    again = {one.key: one.translation for one in script["read_fragment"](written)}
    assert again == {key: one.translation for key, one in messages.items()}


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ('msgid "a %(name)s"\nmsgstr "một"', "one.po:1: placeholders differ"),
        ('msgid "a %(name)s"\nmsgstr "một %(nam)s"', "one.po:1: placeholders differ"),
        ('\n\nmsgid "a"\nmsgstr ""', "one.po:3: a sentence or its translation is missing"),
        ('#, fuzzy\nmsgid "a"\nmsgstr "b"', "one.po:1: a fuzzy translation"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"', "one.po:3: msgstr stands twice"),
        ('msgid "a"\nnonsense', "one.po:2: not understood"),
        ('msgid "a\nmsgstr "b"', "one.po:1: "),
    ],
)
def test_a_fragment_that_is_wrong_is_named_with_its_line(tmp_path, fragment, said):
    path = tmp_path / "one.po"
    path.write_text(fragment, encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        script["merge"]([path])
    assert str(refused.value).startswith(said)


def test_one_sentence_has_one_translation(tmp_path):
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    first.write_text('msgid "signed"\nmsgstr "đã ký"', encoding="utf-8")
    second.write_text('msgid "signed"\nmsgstr "ký rồi"', encoding="utf-8")
    with pytest.raises(
        CatalogueError, match=r"b\.po:1: 'signed' is translated otherwise at a\.po:1"
    ):
        script["merge"]([first, second])
    second.write_text('msgctxt "b"\nmsgid "signed"\nmsgstr "ký rồi"', encoding="utf-8")
    assert len(script["merge"]([first, second])) == 2


def test_lines_in_quotes_belong_together(tmp_path):
    path = tmp_path / "one.po"
    path.write_text('msgid ""\n"two "\n"lines"\nmsgstr "hai "\n"dòng \\"này\\""', encoding="utf-8")
    (one,) = script["read_fragment"](path)
    assert (one.singular, one.translation) == ("two lines", 'hai dòng "này"')
