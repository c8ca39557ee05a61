"""A served gateway makes a report that was asked for, by itself, and hands it out as asked."""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from tests.running_demo import PATIENCE, PERSON, Demo, serving

RAISE = (
    "mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) { session { token } errors { code } } }"
)
REQUEST = "mutation { dataReportRequest { dataReport { id } errors { code } } }"
ASK = "query ($id: ID!) { dataReport(id: $id) { state progress sha256 sizeBytes downloadPath } }"


def raised(demo: Demo) -> str:
    """The token of a session whose password was given again."""
    given = {"password": demo.passwords[PERSON]}
    return str(demo.ask(RAISE, demo.token(PERSON), input=given)["reauthenticate"]["session"]["token"])


def ready(demo: Demo, token: str, id: str) -> dict[str, Any]:
    """The report when it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        report: dict[str, Any] = demo.ask(ASK, token, id=id)["dataReport"]
        if report["state"] not in ("QUEUED", "RUNNING"):
            return report
        time.sleep(0.2)
    raise AssertionError("the report was not made")


def test_a_report_is_made_beside_the_requests_and_can_be_fetched(demo_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_folder, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path) as demo:
        token = raised(demo)
        id = demo.ask(REQUEST, token)["dataReportRequest"]["dataReport"]["id"]
        report = ready(demo, token, id)
        assert (report["state"], report["progress"]) == ("READY", 100)
        asked = urllib.request.Request(demo.url + report["downloadPath"], headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as response:
            content = response.read()
    assert (len(content), sha256(content).hexdigest()) == (report["sizeBytes"], report["sha256"])
    with zipfile.ZipFile(BytesIO(content)) as archive:
        told = json.loads(archive.read("data-report.json"))
        assert archive.read("data-report.pdf").startswith(b"%PDF-")
    assert told["report"]["id"] == id
    assert told["sections"]["customer"][0]["number"] == PERSON
    assert [one["state"] for one in told["sections"]["dataReports"]] == ["READY", "RUNNING"]
    assert "data_report.request" in {entry["action"] for entry in told["sections"]["activity"]}
