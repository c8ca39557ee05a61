"""What the explorer's routes send, byte for byte; no browser and no build are needed for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from gateway.http.explorer import CONTENT_SECURITY_POLICY, explorer_routes

SCRIPT = "/explorer/assets/index-Ab12.js"


def client(built: Path) -> TestClient:
    app = Starlette(routes=explorer_routes(built))
    app.router.redirect_slashes = False
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A build with a page, three assets and things that must stay unseen."""
    directory = tmp_path / "explorer"
    (directory / "assets" / "inner").mkdir(parents=True)
    (directory / "index.html").write_text("<!doctype html><title>x</title>")
    (directory / ".built-from").write_text("secret")
    (directory / "assets" / "index-Ab12.js").write_text("export {};\n")
    (directory / "assets" / "index-Ab12.css").write_text("html {}\n")
    (directory / "assets" / "codicon-Ab12.ttf").write_bytes(b"\0\1\0\0")
    (directory / "assets" / "notes.txt").write_text("secret")
    (directory / "assets" / "inner" / "deep.js").write_text("secret")
    (tmp_path / "outside.js").write_text("secret")
    return directory


@pytest.fixture
def explorer(built: Path) -> TestClient:
    return client(built)


def test_the_page_is_never_stored_and_carries_its_policy(explorer: TestClient) -> None:
    answer = explorer.get("/explorer")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_policy_allows_nothing_from_elsewhere_and_no_inline_script() -> None:
    policy = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "worker-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
    }


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("index-Ab12.js", "text/javascript; charset=utf-8"),
        ("index-Ab12.css", "text/css; charset=utf-8"),
        ("codicon-Ab12.ttf", "font/ttf"),
    ],
)
def test_an_asset_is_kept_for_good_and_carries_the_policy_for_workers(
    explorer: TestClient, built: Path, name: str, media_type: str
) -> None:
    answer = explorer.get(f"/explorer/assets/{name}")
    assert answer.content == (built / "assets" / name).read_bytes()
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_the_client_holds_is_not_sent_again(explorer: TestClient) -> None:
    tag = explorer.get(SCRIPT).headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = explorer.get(SCRIPT, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    for other in ('"other"', tag.strip('"'), ""):
        assert explorer.get(SCRIPT, headers={"If-None-Match": other}).status_code == 200


def test_the_tag_follows_the_content(explorer: TestClient, built: Path) -> None:
    before = explorer.get(SCRIPT).headers["etag"]
    (built / "assets" / "index-Ab12.js").write_text("export { x };\n")
    assert explorer.get(SCRIPT).headers["etag"] == before  # read once, at the start
    assert client(built).get(SCRIPT).headers["etag"] != before


@pytest.mark.parametrize(
    "path",
    [
        "/explorer/",
        "/explorer/index.html",
        "/explorer/assets",
        "/explorer/assets/",
        "/explorer/assets/nothing.js",
        "/explorer/assets/notes.txt",
        "/explorer/assets/.built-from",
        "/explorer/assets/INDEX-AB12.JS",
        "/explorer/assets/inner",
        "/explorer/assets/inner/deep.js",
        "/explorer/assets/%2e%2e",
        "/explorer/assets/..%2f.built-from",
        "/explorer/assets/..%2f..%2foutside.js",
        "/explorer/assets/%2e%2e%2f%2e%2e%2foutside.js",
        "/explorer/assets/..%5c..%5coutside.js",
        "/explorer/assets/%2fetc%2fpasswd",
        "/explorer/assets/index-Ab12.js%00",
        "/explorer/assets/index-Ab12.js/",
        "/explorer/assets/index-Ab12.js%0d%0aX-Injected:%201",
    ],
)
def test_nothing_but_the_known_files_can_be_reached(explorer: TestClient, path: str) -> None:
    answer = explorer.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert "x-injected" not in answer.headers


@pytest.mark.parametrize("path", ["/explorer", SCRIPT])
def test_it_is_read_only(explorer: TestClient, path: str) -> None:
    full, head = explorer.get(path), explorer.head(path)
    assert (head.status_code, dict(head.headers)) == (200, dict(full.headers))
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = explorer.request(method, path)
        assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_without_a_build_it_names_the_command_that_makes_one(tmp_path: Path) -> None:
    answer = client(tmp_path / "nothing").get("/explorer")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "make explorer" in answer.text
    assert str(tmp_path) not in answer.text
