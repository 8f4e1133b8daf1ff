"""Whoever runs the house: files nobody names are swept, files somebody names are whole."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from documents import files
from documents.models import Attachment, Rendition
from documents.selectors.files import keepers
from documents.services import storing
from documents.verification import FileFlaw, verify_files
from offices import clock
from tests import acting
from workflows import clock as ticking
from workflows.models import Lease, StuckTimer

LONG_AGO = timedelta(days=3)
DATA = "Bản thể hiện của một lần phát hành không thành.".encode()


def place(sha256: str) -> Path:
    return files._place(sha256)


def aged(path: Path, age: timedelta = LONG_AGO) -> Path:
    """Let a file be so old."""
    then = (clock.real_now() - age).timestamp()
    os.utime(path, (then, then))
    return path


def orphan(data: bytes = DATA) -> str:
    """A file whose act was refused, three days ago."""
    sha256 = files.store(data)
    aged(place(sha256))
    return sha256


@pytest.fixture
def house(example, settings, tmp_path):
    """The example with a copy of its files, all of them grown old."""
    shutil.copytree(settings.FILES_DIR, tmp_path / "files")
    settings.FILES_DIR = tmp_path / "files"
    for folder in files.FOLDERS:
        for one in files.kept_in(folder):
            aged(place(one.name))
    # What tests of other acts have left in the example's folder.
    swept()
    return example


def swept() -> int:
    return storing.sweep_files(now=clock.real_now())


def flaws() -> list[tuple[str, FileFlaw]]:
    return [(one.row, one.flaw) for one in verify_files().faults]


def told() -> tuple[int, str]:
    """What the command answers, and with which status it leaves."""
    out = StringIO()
    try:
        call_command("verify_files", stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


# Sweeping


def test_a_file_nobody_names_goes_after_a_day_and_the_named_stay(house):
    named = [one.sha256 for one in Rendition.objects.all()]
    lost = orphan()
    assert swept() == 1
    assert not place(lost).exists()
    assert all(place(one).exists() for one in named)
    assert swept() == 0


def test_a_young_file_is_left_to_the_act_that_may_still_name_it(house):
    sha256 = files.store(DATA)
    aged(place(sha256), timedelta(hours=23))
    assert swept() == 0
    assert place(sha256).exists()


def test_a_file_of_a_draft_and_one_taken_off_it_stay(house):
    acting.detach(house)()
    file = Attachment.objects.latest("pk")
    assert file.removed_at is not None
    aged(place(file.sha256))
    assert swept() == 0
    assert files.load(file.sha256)


def test_storing_the_same_bytes_again_makes_an_orphan_young(house):
    sha256 = orphan()
    assert files.store(DATA) == sha256
    assert swept() == 0
    assert files.load(sha256) == DATA


def test_a_file_stored_again_while_it_is_swept_comes_back(house, monkeypatch):
    """Between the look at the rows and the removal, somebody stores the same bytes."""
    sha256 = orphan()
    discard = files.discard

    def meanwhile(name, **given):
        files.store(DATA)
        return discard(name, **given)

    monkeypatch.setattr(files, "discard", meanwhile)
    assert swept() == 0
    assert files.load(sha256) == DATA


def test_what_a_broken_off_write_left_is_swept_and_a_broken_off_sweep_is_mended(house):
    rendition = Rendition.objects.first()
    kept = place(rendition.sha256)
    leftover = kept.parent / "tmpab12cd"
    leftover.write_bytes(b"half")
    aged(leftover)
    kept.rename(kept.with_name(kept.name + files.ASIDE))
    assert flaws() == [(f"documents.rendition/{rendition.pk}", FileFlaw.MISSING)]
    assert swept() == 1
    assert not leftover.exists()
    assert kept.exists()
    assert flaws() == []


def test_the_tick_sweeps_once_a_day(house):
    now = clock.real_now()
    Lease.objects.all().delete()
    orphan()
    assert ticking.tick(at=house.now, real_at=now).swept_files == 1
    orphan()
    assert ticking.tick(at=house.now, real_at=now + timedelta(hours=23)).swept_files == 0
    assert ticking.tick(at=house.now, real_at=now + timedelta(hours=25)).swept_files == 1


def test_a_store_that_cannot_be_read_does_not_stop_the_tick(house, monkeypatch, caplog):
    def broken(**given):
        raise PermissionError("the store is not mounted")

    monkeypatch.setattr(ticking.storing, "sweep_files", broken)
    Lease.objects.all().delete()
    late = house.case("economy objectives").rounds.get().due_at + timedelta(minutes=1)
    done = ticking.tick(at=late, real_at=clock.real_now())
    assert (done.expired_rounds, done.swept_files) == (1, 0)
    assert "The clock could not do sweep" in caplog.text
    assert "the store is not mounted" in StuckTimer.objects.get(sort="sweep").error


def test_no_more_than_so_many_go_at_once(house, monkeypatch):
    monkeypatch.setattr(storing, "MOST_AT_ONCE", 2)
    for number in range(3):
        orphan(f"Tệp mồ côi {number}".encode())
    assert [swept(), swept(), swept()] == [2, 1, 0]


# Verifying


def test_the_files_of_the_example_are_whole(house):
    status, words = told()
    assert status == 0
    rows = sum(model._default_manager.count() for model in keepers())
    assert f"Đã kiểm {rows} dòng dữ liệu" in words
    assert "Mọi tệp có dòng dữ liệu nêu tên đều còn nguyên." in words


def test_orphans_are_counted_and_are_no_fault(house):
    before = verify_files()
    orphan()
    after = verify_files()
    assert after.is_sound
    assert (after.orphan_count, after.file_count) == (
        before.orphan_count + 1,
        before.file_count + 1,
    )


@pytest.mark.parametrize(
    ("harm", "flaw"),
    [
        (lambda path: path.unlink(), FileFlaw.MISSING),
        (lambda path: path.write_bytes(b"x" * path.stat().st_size), FileFlaw.DAMAGED),
        (lambda path: path.write_bytes(b""), FileFlaw.DAMAGED),
    ],
    ids=["gone", "other bytes", "emptied"],
)
def test_a_file_that_is_not_what_its_row_says_is_named(house, harm, flaw):
    rendition = Rendition.objects.first()
    harm(place(rendition.sha256))
    assert flaws() == [(f"documents.rendition/{rendition.pk}", flaw)]
    status, words = told()
    assert status == 1
    assert rendition.sha256 in words
    assert f"documents.rendition/{rendition.pk}" in words


def test_a_row_that_says_another_size_is_named(house):
    rendition = Rendition.objects.first()
    Rendition.objects.filter(pk=rendition.pk).update(size=rendition.size + 1)
    assert flaws() == [(f"documents.rendition/{rendition.pk}", FileFlaw.OTHER_SIZE)]


def test_every_model_that_keeps_files_is_known_to_both():
    assert {model.__name__ for model in keepers()} >= {"Attachment", "Rendition"}
    for model in keepers():
        names = {field.name for field in model._meta.concrete_fields}
        assert "size" in names, model
