"""The user-study kit (sec. 5.2.2, and the protocol of the GENEA leaderboard): a page for participants, its analysis.

`make_study` renders matched videos of several systems into one self-contained web page and writes the key that says
which video is whose; `analyse_study` turns the answer files that participants send back into numbers with intervals.
"""

from .analyse import StudyResult, analyse_study
from .make import Study, make_study

__all__ = ["Study", "StudyResult", "analyse_study", "make_study"]
