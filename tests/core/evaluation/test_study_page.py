"""A scripted participant takes each kind of study in a real browser, and the saved answers are analysed."""

from __future__ import annotations

import json
import shutil
import time

import numpy as np
import pytest
from waiting import LIMIT_S

from a2g_core.evaluation.study import analyse_study, make_study
from a2g_core.evaluation.study.clips import write_wav
from a2g_core.evaluation.video import write_video

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1280,900",
)  # fmt: skip
pytestmark = pytest.mark.slow

SYSTEMS = ("good", "middling", "poor")

# The page does not tell what it shows; the participant of this test watches which of its elements are read.
_SPY = """
window.shown = [];
const find = Document.prototype.getElementById;
Document.prototype.getElementById = function (id) {
  if (id.startsWith("video-")) window.shown.push(id.slice(6));
  return find.call(this, id);
};
"""


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads, tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium: pip install selenium")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("needs a browser: apt-get install --no-install-recommends chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _SPY})
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    """Videos of a grey that says whose they are, and speech."""
    root = tmp_path_factory.mktemp("material")
    (root / "speech").mkdir()
    for clip in ("a-1", "a-2"):
        noise = 0.1 * np.random.default_rng(0).standard_normal(16000)
        write_wav(root / "speech" / f"{clip}.wav", noise.astype(np.float32), 16000)
        for k, system in enumerate(SYSTEMS):
            write_video(root / system / f"{clip}.mp4", [np.full((160, 160, 3), 60 + 60 * k, np.uint8)] * 10, 10)
    return {system: root / system for system in SYSTEMS}, root / "speech"


def study_of(material, out, mode, pages, systems=SYSTEMS):
    folders, speech = material
    return make_study(
        {s: folders[s] for s in systems}, speech, out, mode=mode, seconds=1, size=(160, 160), fps=10,
        pairs_per_participant=pages, attention_checks=1,
    )  # fmt: skip


def choose(videos, expected):
    """The planted taste: good before middling before poor, right before wrong, and what a check asks for."""
    if len(videos) > 2:
        return [expected if v["instruction"] else 5 - 2 * SYSTEMS.index(v["system"]) for v in videos]
    if expected:
        return expected
    if videos[0]["system"] == videos[1]["system"]:
        return "left" if videos[0]["audio"] == "right" else "right"
    return "left" if SYSTEMS.index(videos[0]["system"]) < SYSTEMS.index(videos[1]["system"]) else "right"


class Taker:
    """A participant at the page."""

    def __init__(self, browser, study):
        self.browser, self.key = browser, json.loads(study.key.read_text())
        browser.get(study.page.as_uri())

    def one(self, selector):
        return self.browser.find_element("css selector", selector)

    def all(self, selector):
        return self.browser.find_elements("css selector", selector)

    def begin(self, name=""):
        self.one("#participant").send_keys(name)
        self.one("#go").click()

    def shown(self):
        """Ids of the videos on the page, as they stand."""
        return self.browser.execute_script("return shown.slice(-document.querySelectorAll('video').length)")

    def wait(self, condition, what):
        end = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < end, f"waited in vain until {what}"
            time.sleep(0.02)

    def hurry(self):
        self.browser.execute_script("document.querySelectorAll('video').forEach(v => v.playbackRate = 16)")

    def play(self, k):
        self.all(".controls button")[k].click()
        self.wait(lambda: len(self.all(".card.watched")) > k, f"video {k} is watched")

    def known(self):
        """(videos with what the key says about them, the answer expected or None)."""
        order = self.shown()
        trial = next(t for t in self.key["trials"].values() if sorted(t["videos"]) == sorted(order))
        return [self.key["videos"][v] for v in order], trial["expected"]

    def answer(self, choice):
        if isinstance(choice, str):
            return self.one(f"#choices input[value={choice}]").click()
        names = [(f"{q}-{k}", r) for k, r in enumerate(choice) for q in ("realism", "diversity", "matching")]
        buttons = ", ".join(f"input[name={name}][value='{rating}']" for name, rating in names)
        # All in one go: a click of the driver takes a tenth of a second.
        return self.browser.execute_script("document.querySelectorAll(arguments[0]).forEach(b => b.click())", buttons)

    def next_is_closed(self):
        return not self.one("#next").is_enabled()

    def take_page(self):
        """Watch, answer, go on; and see that the order of these cannot be evaded."""
        self.hurry()
        assert self.next_is_closed()
        videos = self.all("video")
        for k in range(len(videos) - 1):
            self.play(k)
        self.answer(choose(*self.known()))
        assert self.next_is_closed() and "to its end" in self.one("#hint").text
        self.play(len(videos) - 1)
        self.wait(lambda: not self.next_is_closed(), "Next opens")
        self.one("#next").click()

    def save(self, downloads):
        assert "Thank you" in self.one("#end h1").text
        self.one("#save").click()
        self.wait(lambda: list(downloads.glob("*.json")), "the answers are saved")
        (path,) = downloads.glob("*.json")
        assert self.browser.get_log("browser") == []
        return path.rename(downloads.parent / path.name)


def test_pairs_of_realism_with_a_pause_and_by_keyboard(browser, material, downloads, tmp_path):
    study = study_of(material, tmp_path / "study", "realism", 3)
    taker = Taker(browser, study)
    taker.begin("p.1")
    taker.take_page()
    second = taker.shown()
    # The page is closed and opened again: it goes on at the second page, with the same pair.
    taker = Taker(browser, study)
    taker.one("#resume").click()
    assert taker.shown() == second and taker.one("#count").text == "2 of 4"
    by_keyboard(taker)
    taker.take_page()
    taker.take_page()
    path = taker.save(downloads)
    saved = json.loads(path.read_text())
    assert path.name == f"answers-{study.study[:6]}-p.1.json" and saved["participant"] == "p.1"
    assert saved["study"] == study.study and all(a["plays"] == [1, 1] and a["seconds"] > 0 for a in saved["answers"])
    trials = [taker.key["trials"][a["trial"]] for a in saved["answers"]]
    assert len({t["stratum"] for t in trials}) == 4  # each pair of systems once, and the check
    swapped = [a["order"] != t["videos"] for a, t in zip(saved["answers"], trials)]
    assert sum(swapped) == 2  # half of the pairs have changed sides
    result = analyse_study([path], study.key, tmp_path / "out")
    assert [s.system for s in result.scores] == list(SYSTEMS) and not result.dropped


def by_keyboard(taker):
    """A page without the mouse."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    taker.hurry()
    for k in "12":
        ActionChains(taker.browser).send_keys(k).perform()
        taker.wait(lambda n=int(k): len(taker.all(".card.watched")) == n, f"video {k} is watched")
    steps = ["left", "equal", "right"].index(choose(*taker.known()))
    # From the heading past both buttons to the answers.
    ActionChains(taker.browser).send_keys(Keys.TAB * 3, Keys.SPACE, *[Keys.ARROW_RIGHT] * steps, Keys.ENTER).perform()
    assert taker.one("#count").text == "3 of 4"


def test_alignment_with_sound(browser, material, downloads, tmp_path):
    study = study_of(material, tmp_path / "study", "alignment", 1, SYSTEMS[:1])
    taker = Taker(browser, study)
    taker.begin()
    assert not browser.execute_script("return document.querySelector('video').muted")
    taker.take_page()
    taker.take_page()
    result = analyse_study([taker.save(downloads)], study.key, tmp_path / "out")
    assert [(s.system, s.value, s.answers) for s in result.scores] == [("good", 100.0, 1)]
    assert result.participants[0].startswith("anonymous-")


def test_ratings_in_five_steps(browser, material, downloads, tmp_path):
    study = study_of(material, tmp_path / "study", "rating", 1)
    taker = Taker(browser, study)
    taker.begin("rater")
    taker.take_page()
    taker.take_page()
    result = analyse_study([taker.save(downloads)], study.key, tmp_path / "out")
    assert {(s.question, s.system, s.value) for s in result.scores} == {
        (q, s, 5.0 - 2 * k) for q in ("realism", "diversity", "matching") for k, s in enumerate(SYSTEMS)
    }


def test_skipping_to_the_end_does_not_count_as_watching(browser, material, tmp_path):
    taker = Taker(browser, study_of(material, tmp_path / "study", "realism", 1))
    taker.begin("p.2")
    # A video that is not there yet cannot be skipped through: it would play from its start.
    ready = "const v = document.querySelector('video'); return v.readyState >= 2 && v.seekable.length > 0"
    taker.wait(lambda: browser.execute_script(ready), "it can be skipped through")
    browser.execute_script("document.querySelector('video').currentTime = 0.8")
    skipped = "const v = document.querySelector('video'); return !v.seeking && v.currentTime >= 0.79"
    taker.wait(lambda: browser.execute_script(skipped), "it has been skipped through")
    browser.execute_script("document.querySelector('video').play()")
    taker.wait(lambda: browser.execute_script("return document.querySelector('video').ended"), "it has ended")
    time.sleep(0.1)
    assert taker.all(".card.watched") == []
