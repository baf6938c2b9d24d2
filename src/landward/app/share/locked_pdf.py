"""A PDF that opens with a passcode: AES-256, as PDF 2.0 has it (revision 6).

The archival kind forbids encryption, so a locked page is PDF/UA-1 only. A screen reader may always
read it aloud; printing and copying are left to whoever has the passcode.
"""

import datetime as dt
import io
import secrets
from typing import Literal

from landward.app.share.sealed_file import Passcode
from landward.report.context import ReportContext
from landward.report.report_pdf import report_pdf


def locked_report(
    page: ReportContext,
    passcode: Passcode,
    *,
    today: dt.date,
    paper: Literal["a4", "letter"] = "a4",
) -> bytes:
    """The page as a PDF that opens with the passcode."""
    return locked_pdf(report_pdf(page, today=today, paper=paper, archival=False), passcode)


def locked_pdf(pdf: bytes, passcode: Passcode) -> bytes:
    """The same pages, sealed. `pdf` is one that was not made for an archive."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(passcode.text, secrets.token_urlsafe(24), algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
