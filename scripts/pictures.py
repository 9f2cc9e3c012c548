"""Take the pictures that the README shows: `make pictures`, after a change that shows."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from site_builder.build import build

ROOT = Path(__file__).parent.parent
PICTURES = (
    ("source.jpg", "sources/exodus.html#p-near-600000", 1200, 720),
    ("timeline.jpg", "timeline.html", 1200, 720),
    ("claims.jpg", "claims.html", 1200, 720),
    ("home-phone.jpg", "index.html", 400, 760),
)


def main() -> None:
    """Build the briefing aside and take each picture from disk."""
    browser_path = os.environ.get("BROWSER_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build(ROOT, site)
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for name, page_url, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"file://{site}/{page_url}")
            page.screenshot(path=ROOT / "docs" / "pictures" / name, type="jpeg", quality=52)
        browser.close()


if __name__ == "__main__":
    main()
