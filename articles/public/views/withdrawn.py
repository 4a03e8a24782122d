"""A story that was withdrawn, whichever page of it is asked for: when and why, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.editions import Edition


def withdrawn_response(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Say when and why the story of ``edition``, a withdrawal, was taken away: 410, which nobody stores."""
    response = render(request, "410.html", {"edition": edition}, status=410)
    response.headers["Cache-Control"] = "public, max-age=0"
    return response
