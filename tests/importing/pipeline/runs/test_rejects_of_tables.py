"""Refused rows of a table whose columns the operator named are mended like any others."""

from typing import Any

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article

pytestmark = pytest.mark.django_db


def test_a_table_with_columns_of_its_own_is_mended_like_any_other(tmp_path):
    table, rejects = tmp_path / "t.csv", tmp_path / "t.rejects"
    table.write_text("Nr,Titel,Inhalt\n1,Hafen,Der Hafen ist zu.\n2,Leer,\n", encoding="utf-8")
    columns = (("id", "Nr"), ("headline", "Titel"), ("text", "Inhalt"))
    options: dict[str, Any] = {"source": "t", "columns": columns, "suggest": False}
    report = run_import([str(table)], ImportOptions(**options, format="csv", rejects=rejects))
    assert (report.created, report.refused) == (1, 1)
    rejects.write_bytes(
        rejects.read_bytes().replace(b"2,Leer,", b"2,Leer,Jetzt steht ein Satz da.")
    )
    report = run_import([str(rejects)], ImportOptions(**options))
    assert (report.created, report.refused) == (1, 0)
    assert Article.objects.get(headline="Leer").imported_items.get().ref == "2"
