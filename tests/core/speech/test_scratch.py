"""What is heard of a long speech lies in a file, and is the same."""

import numpy as np
from voices import babble

from a2g_core.speech import heard, scratch
from a2g_core.speech.scratch import gathered, let_go


def test_a_long_array_is_what_a_short_one_is(monkeypatch, tmp_path):
    parts = [np.random.default_rng(k).standard_normal((100, 64)).astype(np.float32) for k in range(7)]
    short = gathered(iter(parts), 700, 64)
    monkeypatch.setattr(scratch, "MOST_IN_MEMORY", 699)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    long = gathered(iter(parts), 700, 64)
    assert isinstance(short, np.ndarray) and isinstance(long, np.ndarray) and not long.flags.writeable
    for rows in (short, long):
        np.testing.assert_array_equal(rows, np.concatenate(parts))
        let_go(rows)
        np.testing.assert_array_equal(rows[300:400], parts[3])
    assert not list(tmp_path.iterdir())  # nothing is left of it, however the process ends


def test_what_is_heard_does_not_depend_on_where_it_lies(monkeypatch):
    short = heard.hear(babble(5), 30)
    monkeypatch.setattr(scratch, "MOST_IN_MEMORY", 10)
    long = heard.hear(babble(5), 30)
    assert short.digest == long.digest and short.features.tobytes() == long.features.tobytes()
