"""Opens every page in Chromium and prints what is wrong with it, a line each; pictures go to a folder.

usage: pages.py ADDRESS FOLDER CHROMIUM
"""

import pathlib
import sys

import axe_playwright_python
from playwright.sync_api import TimeoutError, sync_playwright

address, folder, chromium = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
axe = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
pages = {
    "wall": "/wall", "queues": "/queues", "agents": "/agents", "calls": "/calls", "lost": "/lost-calls",
    "past": "/history", "reports": "/reports?report=queues&from=2026-11-22&to=2026-11-23",
    "agents-report": "/reports?report=agents&from=2026-11-22&to=2026-11-23",
    "lost-report": "/reports?report=lost-calls&from=2026-11-22&to=2026-11-23",
    "rows": "/reports/rows?report=queues&figure=service_level_pct&from=2026-11-22&to=2026-11-23",
    "health": "/health", "orders": "/audit", "login": "/login", "missing": "/nothing-here",
    "queue-orders": "/orders/queue?queue=support", "member-orders": "/orders/member?interface=Local/101@agents/n",
}
sizes = {390: 844, 1280: 900, 1920: 1080}
# The heading of the page of agents.
translated = {"de-DE": "Agenten", "ru-RU": "Операторы"}
problems = 0


def tell(*words):
    global problems
    problems += 1
    print(*words, flush=True)


def watched(context):
    page = context.new_page()
    page.on("console", lambda m: m.type == "error" and "404" not in m.text and tell(where, "console:", m.text))
    page.on("pageerror", lambda e: tell(where, "error:", e))
    return page


def opened(context, page, url):
    """A busy machine's Chromium hangs now and then before it asks for anything; another tab does not."""
    for attempt in range(4):
        try:
            page.goto(url, wait_until="domcontentloaded", timeout=15000)
            page.wait_for_timeout(700)
            return page
        except TimeoutError:
            page.close()
            page = watched(context)
    tell(where, "cannot be opened")
    sys.exit(1)


with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
    for scheme in ("light", "dark"):
        for width, height in sizes.items():
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = watched(context)
            for name, path in pages.items():
                where = f"{name} {width} {scheme}"
                page = opened(context, page, address + path)
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    tell(where, "is wider than the window")
                page.screenshot(path=str(folder / f"{name}-{width}-{scheme}.png"), full_page=width == 390)
                # What Chromium evaluates for a debugger is not subject to the page's Content-Security-Policy.
                page.evaluate(axe + "; undefined")
                found = page.evaluate(
                    "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
                    ".then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 160)))"
                )
                for violation in found:
                    tell(where, "axe:", violation)
            context.close()
    # Other languages have longer words. The browser asks for them, as no language is configured.
    for locale, word in translated.items():
        for width in (390, 1280):
            context = browser.new_context(viewport={"width": width, "height": sizes[width]}, locale=locale)
            page = watched(context)
            for name in ("wall", "queues", "agents", "lost", "queue-orders"):
                where = f"{name} {width} {locale}"
                page = opened(context, page, address + pages[name])
                if page.evaluate("document.documentElement.lang") != locale[:2]:
                    tell(where, "is in another language")
                if word not in page.inner_text("nav"):
                    tell(where, "is not translated")
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    tell(where, "is wider than the window")
                page.screenshot(path=str(folder / f"{name}-{width}-{locale}.png"), full_page=True)
            context.close()
    browser.close()
print("pages", len(pages) * len(sizes) * 2 + len(translated) * 2 * 5, "problems", problems)
