"""Refused rows of a table whose columns the operator named are mended like any others."""

import pytest

from articles.importing.pipeline import Options, run_import
from articles.models import Article

pytestmark = pytest.mark.django_db


def test_a_table_with_columns_of_its_own_is_mended_like_any_other(tmp_path):
    table, left = tmp_path / "t.csv", tmp_path / "t.rejects"
    table.write_text("Nr,Titel,Inhalt\n1,Hafen,Der Hafen ist zu.\n2,Leer,\n", encoding="utf-8")
    columns = (("id", "Nr"), ("headline", "Titel"), ("text", "Inhalt"))
    asked = {"source": "t", "columns": columns, "suggest": False}
    report = run_import([str(table)], Options(**asked, format="csv", rejects=left))
    assert (report.created, report.refused) == (1, 1)
    left.write_bytes(left.read_bytes().replace(b"2,Leer,", b"2,Leer,Jetzt steht ein Satz da."))
    report = run_import([str(left)], Options(**asked))
    assert (report.created, report.refused) == (1, 0)
    assert Article.objects.get(headline="Leer").imported_items.get().ref == "2"
