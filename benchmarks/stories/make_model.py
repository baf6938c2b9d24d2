"""Train on all of PsyTAR train + dev, and write the files that ship.

The phrases that the features know are those of `lexicon.txt`, so that training again gives the same
file although wordings were added since; `train --new-lexicon` takes them anew from the tables.
"""

import hashlib
from pathlib import Path

import train
from corpus import data_folder, read_conll

from landward.catalog.read import TABLES
from landward.catalog.stories import read_clusters, read_lexicon
from landward.engines.narratives.features import RECIPE
from landward.engines.narratives.lexicon import make_marker

SETTINGS = {"l1": 0.0, "l2": 0.6, "iterations": 100}
DECODING = {"eagerness": 0.6, "share": 0.3, "withdrawal_from": 0.35}
MEMBERS = ("spans", "kinds")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_model(arguments: list[str]) -> None:
    folder, out = data_folder(), TABLES / "narratives"
    assert folder is not None
    files = [folder / "all_train.txt", folder / "all_dev.txt"]
    sentences = [one for file in files for one in read_conll(file)]
    if "--new-lexicon" in arguments:
        made = train.lexicon(folder.parent / "symp.obo")
        text = "".join(f"{a}\t{b}\n" for a, b in made)
        (out / "lexicon.txt").write_text(text, encoding="utf-8")
    phrases = read_lexicon((out / "lexicon.txt").read_text(encoding="utf-8"))
    clusters = read_clusters((out / "clusters.txt").read_text(encoding="utf-8"))
    before = sha256(out / "psytar.npz") if (out / "psytar.npz").exists() else ""
    weights = train.fit(
        sentences, clusters, make_marker(phrases), members=MEMBERS, **SETTINGS, **DECODING
    )
    digest = train.write_weights(weights, out / "psytar.npz")
    lines = {
        "name": "landward-stories-psytar",
        "recipe": RECIPE,
        "trained_on": "PsyTAR (sentences of patients' reviews of four antidepressants), train and "
        "dev of Basaldella's split",
        "licence": "data CC-BY-4.0, clusters Apache-2.0 (MiniLM), model Apache-2.0",
        "citation": "Zolnoori et al. 2019, Data in Brief, doi 10.1016/j.dib.2019.103838",
        "data_sha256": [sha256(file) for file in files],
        "weights_sha256": digest,
        "clusters_sha256": sha256(out / "clusters.txt"),
        "lexicon_sha256": sha256(out / "lexicon.txt"),
        "sentences": len(sentences),
        **SETTINGS,
        **DECODING,
        "figures": "benchmarks/stories/RESULTS.md",
    }
    text = "".join(f"{key} = {_toml(value)}\n" for key, value in lines.items())
    (out / "psytar.toml").write_text("# Written by benchmarks/stories; not by hand.\n" + text)
    print("the same file as before" if digest == before else "not the file that was there before")
    print(f"{len(weights.rows)} features, {(out / 'psytar.npz').stat().st_size / 1e6:.2f} MB")


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
