"""Command lines with values that make no sense."""

from __future__ import annotations

from random import Random

from .mutations import NUMBERS

_TEXTS = (
    "", " ", "x", "-", "--", "@", "=", "a=b", "a=", "=b", ".", "..", "/", "/dev/null", "/dev/zero", "/proc/self/mem",
    "x" * 5000, "ü", "\udcff", "a\nb", "a\x00b", "{0}", "%s", "speech.wav", "clip.npz", "model.safetensors",
    "none.wav", "a.NPZ", "a.bvh", "a.fbx", ".npz",
)  # fmt: skip
_FILES = ("speech.wav", "speech.wav", "model.safetensors", "clip.npz", "none", ".", "/dev/null", "\udcff.wav", "a\x00b")
_GENERATE = {
    "-o": ("a.npz", "b.bvh", "clip.npz", "x/a.npz", ".", "speech.wav", "a.fbx", "\udcff.npz", "x" * 300 + ".npz"),
    "--seed": ("0", "-1", str(2**63), str(2**64), str(-(2**64)), "1" * 5000), "--takes": ("1", "2", "0", "-1", "1e9"),
    "--fps": ("30", "24", "0", "nan", "1e9", "-30", "0.001", "1000", "0.3"),
    "--device": ("numpy", "cpu", "cuda", "mps", "abacus"), "--model": _FILES, "--style": ("Near", "x", "", "\udcff"),
    "--pin": ("clip.npz@0.1", "clip.npz@-1", "clip.npz@nan", "clip.npz@1e308", "clip.npz@9", "clip.npz", "@1", "none@1",
              "speech.wav@1", ".@1", "clip.npz@0", "/dev/zero@0", "a\x00b@0"),
    "--pin-strength": ("1", "0", "nan", "-1", "2"), "--pin-fade": ("0.3", "0", "9999", "nan", "-1", "59"),
    "--plan": (*_FILES, "/dev/zero", "plan.json"), "--write-plan": ("plan.json", "take.npz", "speech.wav", ".", "x/y"),
    "--energy": ("1.5", "nan", "99", "-1"), "--calm": ("0.5", "1e9"), "--posture": ("0.5", "inf"), "--json": (),
    "--force": (), "--debug": (),
}  # fmt: skip
_COMMANDS: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {
    ("inspect",): {"--json": ()},
    ("export",): {"--corpus": (".", "none"), "-o": ("a.safetensors",), "--set": ("steps=1", "x", "=", "fps=nan")},
    ("train",): {"--corpus": ("none", "speech.wav"), "--out": ("run",), "--set": ("steps=0", "steps=nan", "x=1"),
                 "--config": ("product", "x", "paper"), "--seed": ("0", "-1", "1e9"), "--resume": ()},
    ("corpus", "import"): {"--format": ("amass", "trinity", "zeggs-nc", "speech2gesture", "x"), "--out": ("c",)},
    ("corpus", "build"): {"--smartbody": ("none", "speech.wav", "."), "--speech": (".", "none"), "--out": ("c",),
                          "--hours": ("nan", "0.01", "inf", "-1")},
    ("corpus", "flatten"): {"--out": ("f",), "--clips": ("0", "1", "x")},
    ("evaluate",): {"--corpus": (".", "none"), "--out": ("e",), "--model": ("a=b", "x", "a=model.safetensors"),
                    "--table": ("1", "3"), "--samples": ("0", "1"), "--gate": ("none", "speech.wav", ".")},
    ("judges",): {"--corpus": (".", "none"), "--out": ("j",), "--seed": ("-1", "0")},
    ("study", "make"): {"--system": ("a=.", "a=none", "x", "a=.=b"), "--speech": (".", "none"), "--out": ("s",),
                        "--mode": ("realism", "x"), "--seconds": ("nan", "1"), "--size": ("1", "64")},
    ("study", "analyse"): {"--key": ("speech.wav", "none", "."), "--out": ("s",), "--misses-allowed": ("-1", "0")},
    ("worker",): {"--folder": ("none", "speech.wav", "\udcff")},
}  # fmt: skip
_FEW = ("0", "1", "2")


def drawn(rng: Random) -> list[str]:
    """The arguments of one command, mostly of `generate`."""
    if rng.random() < 0.65:
        words = ["generate", *_speech(rng), "--device", "numpy"]
        words += ["--model", "model.safetensors", "-o", "take.npz"]
        options = _GENERATE
    else:
        name = rng.choice(list(_COMMANDS))
        options = _COMMANDS[name]
        words = [*name, *([rng.choice(_FILES)] if rng.random() < 0.6 else [])]
        for option, values in options.items():
            if rng.random() < 0.7:
                words += [option, *([rng.choice(values)] if values else [])]
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        option = rng.choice(list(options))
        pool = (
            rng.choice((options[option], options[option], NUMBERS, _TEXTS))
            if "worker" not in words
            else options[option]
        )
        words += [option, *([rng.choice(pool)] if pool else [])]
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words) + 1), rng.choice((*_TEXTS, "--sorcery", "-h", "--version")))
    return _bounded(words)


def _speech(rng: Random) -> list[str]:
    return ["speech.wav"] if rng.random() < 0.75 else [rng.choice(_FILES)] if rng.random() < 0.9 else []


def _bounded(words: list[str]) -> list[str]:
    """Without what is right, and takes hours."""
    for k, word in enumerate(words[:-1]):
        if word == "--takes" and words[k + 1] not in _FEW and words[k + 1].lstrip("+-").isdigit():
            words[k + 1] = "10001"
    return words
