"""newsroom/logs.py: every line can be read by a machine, is one line, and leads to its request."""

import json
import logging
import re
import sys

import pytest
from django.http import HttpResponse

from newsroom.logs import REQUEST_ID, JsonLines, PlainLines, request_log

ID = re.compile(r"[0-9a-f]{16}")


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    """Make a record as ``logger.warning`` would."""
    return logging.getLogger("newsroom.test").makeRecord(
        "newsroom.test", logging.WARNING, "file.py", 1, message, args, None, extra=extra
    )


@pytest.fixture
def answered(rf, caplog):
    """Answer a request through the middleware; gives the answer and the access record."""

    def answered(request, view=lambda request: HttpResponse("ok")):
        with caplog.at_level(logging.INFO, logger="newsroom.access"):
            response = request_log(view)(request)
        return response, caplog.records[-1]

    return answered


def test_each_answer_carries_an_id_that_the_visitor_cannot_choose(rf, answered):
    first, _ = answered(rf.get("/", headers={"X-Request-ID": "mine"}))
    second, _ = answered(rf.get("/", headers={"X-Request-ID": "mine"}))
    assert ID.fullmatch(first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_the_access_line_says_who_asked_what_and_how_it_ended(rf, answered):
    request = rf.post("/admin/login/?next=/secret/")
    request._cached_user = type("User", (), {"pk": 7})()
    response, log_record = answered(request, lambda request: HttpResponse(status=403))
    line = json.loads(JsonLines().format(log_record))
    assert line.pop("milliseconds") >= 0
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "newsroom.access",
        "message": "POST /admin/login/ 403",
        "request_id": response["X-Request-ID"],
        "method": "POST",
        "path": "/admin/login/",
        "status": 403,
        "user": 7,
    }


def test_what_a_view_logs_carries_the_id_of_its_request(rf, answered):
    lines = []

    def view(request):
        lines.append(json.loads(JsonLines().format(record("Imported"))))
        return HttpResponse()

    response, _ = answered(rf.get("/"), view)
    assert lines[0]["request_id"] == response["X-Request-ID"]


def test_the_id_ends_with_its_request_even_when_that_fails(rf):
    def view(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        request_log(view)(rf.get("/"))
    assert REQUEST_ID.get() == ""
    assert "request_id" not in json.loads(JsonLines().format(record("Later")))


HOSTILE = "/a\nlevel=CRITICAL\r\x1b[31m\u2028\u202e\x00\udcff"


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()])
def test_a_hostile_path_stays_on_its_line(rf, lines):
    request = rf.get("/")
    request.path = HOSTILE
    text = lines.format(record("Not Found: %s", HOSTILE, request=request))
    assert len(text.splitlines()) == 1
    assert text.isprintable()
    assert text.encode()


def test_json_keeps_the_hostile_path_as_it_was(rf):
    line = json.loads(JsonLines().format(record("Not Found: %s", HOSTILE)))
    assert line["message"] == f"Not Found: {HOSTILE}"


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()])
def test_a_traceback_is_kept(lines):
    try:
        raise ValueError("no such desk")
    except ValueError:
        log_record = record("It failed")
        log_record.exc_info = sys.exc_info()
    assert "ValueError: no such desk" in lines.format(log_record)


def test_the_log_asks_no_database_for_the_user(client, caplog, django_assert_num_queries, db):
    with caplog.at_level(logging.INFO, logger="newsroom.access"), django_assert_num_queries(0):
        client.get("/healthz")
    assert "user" not in json.loads(JsonLines().format(caplog.records[-1]))
