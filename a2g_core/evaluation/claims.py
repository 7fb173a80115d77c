"""What the paper concludes from its tables (sec. 5.4, 5.5), checked against the numbers measured here.

A claim that does not hold is reported, not hidden. Other data, a smaller budget or a corrected formula may be why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .tables import TABLES

Numbers = Mapping[str, Mapping[str, float]]
"""Numbers by row and measure; those of the best run end in ' best'."""


@dataclass(frozen=True)
class Claim:
    """text: the claim, and where the paper makes it. needs: its rows. holds(numbers): whether it holds here."""

    text: str
    needs: tuple[str, ...]
    measures: tuple[str, ...]
    holds: Callable[[Numbers], bool] = field(repr=False)


def _less(measure: str, one: str, *others: str) -> Callable[[Numbers], bool]:
    return lambda n: all(n[one][measure] < n[other][measure] for other in others)


def _more(measure: str, one: str, *others: str) -> Callable[[Numbers], bool]:
    return lambda n: all(n[one][measure] > n[other][measure] for other in others)


_S2G, _GAN, _STYLE = TABLES[1][:3]
_BASE, _SPLIT, _MAPPING, _BICYCLE, _OURS = TABLES[2]
_L1, _PCK, _DIVERSITY, _MULTI = "l1_sum_cm", "pck_02m", "diversity_cm", "multimodality_cm"

CLAIMS: dict[int, tuple[Claim, ...]] = {
    1: (
        Claim("Ours is more realistic than StyleGestures (L1)", (_OURS, _STYLE), (_L1,), _less(_L1, _OURS, _STYLE)),
        Claim("Ours is more realistic than StyleGestures (PCK)", (_OURS, _STYLE), (_PCK,), _more(_PCK, _OURS, _STYLE)),
        Claim(
            "Speech2Gesture with its GAN is the least realistic (Table 1, L1)",
            (_OURS, _S2G, _GAN, _STYLE), (_L1,),
            _more(_L1, _GAN, _OURS, _S2G, _STYLE),
        ),
        Claim(
            "Ours outperforms all on realism (sec. 5.4; the paper's own Table 1 disagrees: 7.84 against 7.71)",
            (_OURS, _S2G, _GAN, _STYLE), (_L1,), _less(_L1, _OURS, _S2G, _GAN, _STYLE),
        ),
        Claim(
            "Speech2Gesture without GAN is as realistic as ours (L1 within 10 %)",
            (_OURS, _S2G), (_L1,), lambda n: abs(n[_S2G][_L1] / n[_OURS][_L1] - 1) < 0.1,
        ),
        Claim(
            "Ours is the most diverse (Table 1)", (_OURS, _S2G, _GAN, _STYLE), (_DIVERSITY,),
            _more(_DIVERSITY, _OURS, _S2G, _GAN, _STYLE),
        ),
        Claim(
            "StyleGestures is the least diverse (Table 1)", (_OURS, _S2G, _GAN, _STYLE), (_DIVERSITY,),
            _less(_DIVERSITY, _STYLE, _OURS, _S2G, _GAN),
        ),
        Claim(
            "StyleGestures has the higher multimodality (Table 1: 7.55 against 4.11)", (_OURS, _STYLE), (_MULTI,),
            _more(_MULTI, _STYLE, _OURS),
        ),
        Claim(
            "Speech2Gesture makes one motion per speech", (_S2G, _GAN), (_MULTI,),
            lambda n: n[_S2G][_MULTI] == n[_GAN][_MULTI] == 0,
        ),
    ),
    2: (
        Claim(
            "The baseline's average equals its best: a VAE alone gives no variety (sec. 5.5)", (_BASE,),
            (_L1, f"{_L1} best"), lambda n: abs(n[_BASE][_L1] - n[_BASE][f"{_L1} best"]) < 0.01,
        ),
        Claim("Split codes alone harm realism (L1)", (_BASE, _SPLIT), (_L1,), _more(_L1, _SPLIT, _BASE)),
        Claim("Split codes alone harm realism (PCK)", (_BASE, _SPLIT), (_PCK,), _less(_PCK, _SPLIT, _BASE)),
        Claim("Split codes alone harm diversity", (_BASE, _SPLIT), (_DIVERSITY,), _less(_DIVERSITY, _SPLIT, _BASE)),
        Claim("The mapping net restores realism (L1)", (_SPLIT, _MAPPING), (_L1,), _less(_L1, _MAPPING, _SPLIT)),
        Claim("The mapping net costs multimodality", (_SPLIT, _MAPPING), (_MULTI,), _less(_MULTI, _MAPPING, _SPLIT)),
        Claim("The mapping net brings L1 below the baseline's", (_BASE, _MAPPING), (_L1,), _less(_L1, _MAPPING, _BASE)),
        Claim(
            "The bicycle constraint raises multimodality", (_MAPPING, _BICYCLE), (_MULTI,),
            _more(_MULTI, _BICYCLE, _MAPPING),
        ),
        Claim(
            "The bicycle constraint raises diversity", (_MAPPING, _BICYCLE), (_DIVERSITY,),
            _more(_DIVERSITY, _BICYCLE, _MAPPING),
        ),
        Claim(
            "The diversity loss raises multimodality", (_BICYCLE, _OURS), (_MULTI,), _more(_MULTI, _OURS, _BICYCLE)
        ),
        Claim(
            "The diversity loss raises diversity", (_BICYCLE, _OURS), (_DIVERSITY,), _more(_DIVERSITY, _OURS, _BICYCLE)
        ),
        Claim(
            "The diversity loss hardly changes realism (L1 within 5 %)", (_BICYCLE, _OURS), (_L1,),
            lambda n: abs(n[_OURS][_L1] / n[_BICYCLE][_L1] - 1) < 0.05,
        ),
        Claim(
            "The final model beats the baseline in every measure of Table 2", (_BASE, _OURS),
            (_L1, _PCK, _DIVERSITY, _MULTI),
            lambda n: _less(_L1, _OURS, _BASE)(n)
            and all(_more(m, _OURS, _BASE)(n) for m in (_PCK, _DIVERSITY, _MULTI)),
        ),
    ),
}  # fmt: skip
