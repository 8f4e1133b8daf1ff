"""The ground of the tests themselves: copies of the template are real databases, and go away."""

from __future__ import annotations

import threading
import urllib.request
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction


def exists(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


@pytest.mark.races
def test_two_threads_commit_on_connections_of_their_own(committed_db):
    def found(name: str):
        def act():
            with transaction.atomic():
                Group.objects.create(name=name)
            return id(connection.connection)

        return act

    first, second = committed_db.at_once(found("a"), found("b"))
    assert first != second
    assert set(Group.objects.values_list("name", flat=True)) == {"a", "b"}


@pytest.mark.races
def test_one_of_two_writers_of_the_same_fact_is_told_so(committed_db):
    results = committed_db.at_once(*[lambda: Group.objects.create(name="same")] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Group", "IntegrityError"]


@pytest.mark.races
def test_a_copy_begins_as_migrated_and_goes_away(template_database, committed_db):
    template = template_database.name
    with template_database.copy() as other:
        assert other.name not in {template, committed_db.name}
        assert not Group.objects.exists()
        Group.objects.create(name="kept nowhere")
    assert not exists(other.name)
    assert exists(template)


@pytest.mark.races
def test_a_session_left_behind_by_a_thread_does_not_bar_the_next_copy(
    django_db_setup, template_database, django_db_blocker
):
    opened, released = threading.Event(), threading.Event()

    def idle():
        connection.ensure_connection()
        opened.set()
        released.wait(20)
        connection.close()

    thread = threading.Thread(target=idle)
    with django_db_blocker.unblock():
        thread.start()
        try:
            assert opened.wait(20)
            with template_database.copy():
                Group.objects.create(name="made all the same")
        finally:
            released.set()
            thread.join(20)


def test_copies_are_made_of_no_database_in_which_tests_roll_back(template_database):
    assert template_database.source != template_database.name


@pytest.mark.django_db
def test_ordinary_tests_return_to_the_database_of_the_worker(template_database):
    assert connection.settings_dict["NAME"] == template_database.name
    assert not Group.objects.exists()


def test_no_test_reaches_another_host():
    with pytest.raises(Exception, match=r"192\.0\.2\.1"):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)
