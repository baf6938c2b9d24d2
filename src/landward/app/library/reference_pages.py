"""The generated docs: the reference in `docs/reference/data/` and the library's pages in
`docs/library/`, as file names and texts.
"""

from landward.app.library.articles import (
    index_of_questions,
    read_page,
    sureness,
    table_statuses,
)
from landward.app.library.facts import show_drug
from landward.catalog import Catalog, load_catalog, recompute
from landward.catalog.coverage import coverage
from landward.model.drugs import DoseSpan
from landward.report import fact_pages, library_pages


def reference_pages(catalog: Catalog | None = None) -> dict[str, str]:
    """Every page of the generated reference: its path below the folder, and its text."""
    facts = catalog or load_catalog()
    drugs = [show_drug(drug, facts) for drug in sorted(facts.drugs)]
    spans: list[DoseSpan] = [page.span for page in drugs if page.span is not None]
    checked = [(row, recompute(row)) for row in facts.paper_values]
    numbers = [(row, found.recomputed) for row, found in checked if found is not None]
    tables = {
        "drugs": len(facts.drugs),
        "kinetic_claims": len(facts.kinetic_claims),
        "dose_equivalents": len(facts.equivalence_rows),
        "products": len(facts.product_rows),
        "symptoms": len(facts.symptoms),
        "symptom_phrases": len(facts.symptom_phrases),
        "codes": len(facts.code_rows),
        "claims": len(facts.claims),
        "guideline_rules": len(facts.guideline_rules()),
        "interactions": len(facts.interactions),
        "crisis_lines": len(facts.crisis_lines),
        "sources": len(facts.sources),
    }
    pages = {
        "README.md": fact_pages.index_text(drugs, tables),
        "claims.md": fact_pages.claims_text(facts.claims),
        "coverage.md": fact_pages.coverage_text(coverage(facts)),
        "equivalences.md": fact_pages.equivalences_text(spans),
        "guidelines.md": fact_pages.guidelines_text(facts.guidelines),
        "interactions.md": fact_pages.interactions_text(facts.interactions),
        "paper-values.md": fact_pages.paper_values_text(numbers),
        "safety.md": fact_pages.safety_text(facts.red_flags, facts.supervision_questions),
        "sure.md": library_pages.sure_text(
            sureness(facts),
            {
                row.table: (row.rows, row.double_checked, row.draft, row.withdrawn)
                for row in table_statuses(facts)
            },
        ),
        "sources.md": fact_pages.sources_text(
            tuple(facts.sources.values()), tuple(facts.rows_by_id.values())
        ),
    }
    return pages | {f"drugs/{p.drug.id}.md": fact_pages.drug_page_text(p) for p in drugs}


def question_pages(catalog: Catalog | None = None) -> dict[str, str]:
    """Every page of `docs/library/`: the index and one file a question."""
    facts = catalog or load_catalog()
    topics = [
        (topic.heading, [(one.key, one.question) for one in topic.questions])
        for topic in index_of_questions(facts)
    ]
    pages = {
        f"{key}.md": library_pages.article_text(read_page(key, facts))
        for key in facts.library.articles
    }
    return {"README.md": library_pages.index_text(topics), **pages}
