"""The demo fills the database that the settings name, whichever kind that is."""

from pathlib import Path

import pytest

from gateway.jobs.demo.making import DemoError, make_demo
from gateway.settings import Settings
from models import Customer, Package
from models.database import close, connect


async def test_the_demo_is_made_once_in_the_database_of_the_settings(database_url: str, tmp_path: Path) -> None:
    settings = Settings(bcrypt_cost=4, database_url=database_url, key_file=tmp_path / "keys")
    file = tmp_path / "demo.json"
    made = await make_demo(settings, fresh=False, file=file)
    assert made.records > 3_000
    assert (await make_demo(settings, fresh=False, file=file)).records == 0
    await connect(database_url)
    try:
        assert (await Customer.all().count(), await Package.all().count() > 414) == (9, True)
    finally:
        await close()


async def test_a_demo_in_postgresql_is_never_emptied(database_url: str, database_kind: str, tmp_path: Path) -> None:
    settings = Settings(bcrypt_cost=4, database_url=database_url, key_file=tmp_path / "keys")
    file = tmp_path / "demo.json"
    await make_demo(settings, fresh=False, file=file)
    if database_kind == "postgres":
        with pytest.raises(DemoError, match="drop"):
            await make_demo(settings, fresh=True, file=file)
    else:
        assert (await make_demo(settings, fresh=True, file=file)).records > 3_000
