"""Everything that can be found in the library: which line stands for it, and its words."""

from collections.abc import Iterable, Iterator

from landward.catalog.search import Entry
from landward.catalog.shelves import Shelves
from landward.model.articles import Article
from landward.model.drugs import Product
from landward.model.facts import Source
from landward.model.said import phrase


def all_entries(catalog: Shelves) -> Iterator[Entry]:
    """Pages first, then medicines and their names, and what is cited last."""
    yield from article_entries(catalog.library.articles.values())
    yield from _steps_now(catalog)
    yield from _drugs(catalog)
    yield from _names(catalog)
    yield from _symptoms(catalog)
    yield from _interactions(catalog)
    for claim in catalog.claims:
        if claim.usable:
            line = f"{claim.verdict.replace('_', ' ')}: {claim.claim}"
            text = f"{claim.claim} {claim.finding}"
            yield Entry(kind="claim", id=claim.id, line=line, text=text)
            yield Entry(kind="claim", id=claim.id, line=line, text=claim.id)
    for rule in catalog.guideline_rules():
        yield Entry(kind="rule", id=rule.id, line=rule.plain, text=rule.plain)
    for question in catalog.supervision_questions:
        text = f"{question.question} {question.why}"
        yield Entry(kind="question", id=question.id, line=question.question, text=text)
    for instrument in catalog.instruments.values():
        line = instrument.title
        yield Entry(kind="instrument", id=instrument.key, line=line, text=line)
    yield from _sources(catalog.sources.values())


def article_entries(articles: Iterable[Article]) -> Iterator[Entry]:
    """A page is found by its question, by each of its further words, and by what it says; a
    sensitive one only by what it is about, never by a word in passing.
    """
    for article in articles:
        opening = " ".join((article.question, *article.found_by, article.answer))
        texts = [article.key.replace("-", " "), article.question, *article.found_by]
        for text in texts if article.sensitive else (*texts, opening, article.text):
            yield Entry(
                kind="article",
                id=article.key,
                line=article.question,
                text=text,
                first=article.help_first,
            )


def _steps_now(catalog: Shelves) -> Iterator[Entry]:
    """Warning signs, and what to do when something went differently: found by their own words."""
    phrases: dict[str, list[str]] = {}
    for row in catalog.symptom_phrases:
        phrases.setdefault(row.symptom, []).append(row.phrase)
    for flag in catalog.red_flags:
        if flag.usable:
            line = f"{flag.statement}: {_to_do(flag.action)}"
            sign, at_once = flag.id.removeprefix("flag."), flag.level == "emergency"
            said = (*phrases.get(sign, ()), *phrases.get(f"{sign}s", ()))
            for text in (flag.statement, sign.replace("_", " "), *flag.found_by, *said):
                yield Entry(kind="now", id=flag.id, line=line, text=text, first=at_once)
    for step in catalog.incident_steps:
        if step.usable and step.step == 1:
            for text in (step.incident.replace("_", " "), *step.found_by):
                yield Entry(kind="now", id=step.id, line=_to_do(step.plain), text=text)


def _to_do(words: str) -> str:
    return words.format(emergency="your emergency number")


def _drugs(catalog: Shelves) -> Iterator[Entry]:
    for drug in catalog.drugs.values():
        line = f"{drug.name} ({drug.drug_class})"
        names = (drug.name, *catalog.names(drug.id))
        for name in names:
            told = line if name == drug.name else f"{name} is {line}"
            yield Entry(kind="drug", id=drug.id, line=told, text=name)
        sold = catalog.products(drug.id)
        split = f"{drug.name}: {_splitting(sold)}"
        for name in names:
            text = phrase(
                "{name} half split halve cut break quarter tablet tablets pill", name=name
            )
            yield Entry(kind="drug", id=drug.id, line=split, text=text)


def _splitting(products: Iterable[Product]) -> str:
    """Which tablets may be split, as far as somebody read it."""
    pieces = [row for row in products if row.may_be_split != "not_applicable"]
    told = []
    for answer, words in (("yes", phrase("may be split")), ("no", phrase("stays whole"))):
        found: dict[tuple[str, str], list[str]] = {}
        for row in sorted(pieces, key=lambda row: (row.strength, row.country, row.id)):
            if row.may_be_split == answer:
                form = (
                    phrase("slow-release {form}", form=row.form)
                    if row.extended_release == "yes"
                    else row.form
                )
                found.setdefault((form, row.country), []).append(f"{row.strength.normalize():f}")
        told += [
            f"{form} {', '.join(dict.fromkeys(strengths))} mg{f' ({place})' if place else ''} "
            f"{words}"
            for (form, place), strengths in found.items()
        ]
    if not told:
        return phrase("whether it may be split was not read here; ask your pharmacist")
    left = any(row.may_be_split == "unknown" for row in pieces)
    return "; ".join([*told, *([phrase("the rest was not read here, ask your pharmacist")] * left)])


def _names(catalog: Shelves) -> Iterator[Entry]:
    """Names that exist and lead to no drug with figures; each has a leaf that says what it is."""
    for row in catalog.drug_names:
        if row.usable and row.kind == "combination":
            line = phrase(
                "{name}: {drug} with {beside}", name=row.name, drug=row.drug, beside=row.beside
            )
            yield Entry(kind="name", id=row.name, line=line, text=f"{row.name} {row.beside}")
        elif row.usable and row.drug in catalog.other_drugs:
            other = catalog.other_drugs[row.drug]
            line = phrase(
                "{name} is {name_2}: a known name, no figures here",
                name=row.name,
                name_2=other.name,
            )
            yield Entry(kind="name", id=other.name, line=line, text=row.name)
    for other in catalog.other_drugs.values():
        line = phrase(
            "{name} ({drug_class}): a known name, no figures here",
            name=other.name,
            drug_class=other.drug_class,
        )
        if other.usable:
            yield Entry(kind="name", id=other.name, line=line, text=other.name)


def _symptoms(catalog: Shelves) -> Iterator[Entry]:
    phrases: dict[str, list[str]] = {}
    for row in catalog.symptom_phrases:
        phrases.setdefault(row.symptom, []).append(row.phrase)
    for symptom in catalog.symptoms.values():
        main = catalog.symptoms.get(symptom.same_as, symptom)
        line = (
            symptom.label
            if main is symptom
            else phrase("{label} (see {label_2})", label=symptom.label, label_2=main.label)
        )
        yield Entry(kind="symptom", id=main.id, line=line, text=symptom.label)
        for saying in phrases.get(symptom.id, ()):
            line = f"{symptom.label}: “{saying}”"
            yield Entry(kind="symptom", id=symptom.id, line=line, text=saying)


def _interactions(catalog: Shelves) -> Iterator[Entry]:
    words: dict[str, list[str]] = {}
    for other in catalog.interaction_words:
        if other.usable:
            words.setdefault(other.partner, []).append(other.word)
    for row in catalog.interactions:
        if row.usable:
            whom = row.drug or phrase("any of these medicines")
            line = phrase(
                "{partner} with {whom}: {plain}", partner=row.partner, whom=whom, plain=row.plain
            )
            for word in (row.partner, *words.get(row.partner, ())):
                text = f"{word} {row.drug}"
                yield Entry(kind="interaction", id=row.id, line=line, text=text)
            yield Entry(kind="interaction", id=row.id, line=line, text=f"{whom} {row.plain}")


def _sources(sources: Iterable[Source]) -> Iterator[Entry]:
    for source in sources:
        text = f"{source.key} {source.title} {source.author}"
        yield Entry(kind="source", id=source.key, line=str(source), text=text)
