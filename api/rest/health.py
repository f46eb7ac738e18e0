"""`GET /api/health`: whether the server answers, with which law and which engine."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from graph.version import VERSION

router = APIRouter()


@router.get("/api/health", summary="Whether the server answers")
def health(request: Request) -> JSONResponse:
    """The version, the hash of the law in force and the engine of the graph."""
    told: dict[str, Any] = {
        "ok": True,
        "version": VERSION,
        "law": request.app.state.laws.on(None).law.hash,
        "engine": request.app.state.store.engine,
    }
    return JSONResponse(told)
