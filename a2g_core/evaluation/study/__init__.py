"""The user-study kit (sec. 5.2.2, and the protocol of the GENEA leaderboard): a page for participants, its analysis.

`make_study` renders matched videos of several systems into one self-contained web page, and writes the key that says
which video belongs to which system; `analyse_study` turns the participants' answer files into numbers with intervals.
"""

from .analyse import analyse_study
from .make import Study, make_study
from .results import StudyResult

__all__ = ["Study", "StudyResult", "analyse_study", "make_study"]
