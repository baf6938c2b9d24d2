"""A PDF with a password: opens with it, not without, stays readable aloud."""

import io

import pikepdf
import pytest
from tests.report.looking import flat
from tests.report.test_page import TODAY, context

from landward.app.share.locked_pdf import locked_pdf
from landward.app.share.sealed_file import new_passcode
from landward.report.report_pdf import report_pdf


def test_it_opens_with_its_passcode_alone_and_is_the_same_page() -> None:
    passcode = new_passcode()
    plain = report_pdf(context(), today=TODAY, archival=False)
    locked = locked_pdf(plain, passcode)
    assert b"diazepam" not in locked
    for wrong in ("", passcode.text.replace("-", ""), passcode.text + "x"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=wrong)
    with pikepdf.open(io.BytesIO(locked), password=passcode.text) as opened:
        assert opened.encryption.R == 6 and opened.encryption.bits == 256
        assert opened.allow.accessibility
        out = io.BytesIO()
        opened.save(out)
    assert flat(out.getvalue()) == flat(plain)


def test_an_archival_page_claims_both_and_a_locked_one_only_the_accessible_one() -> None:
    for archival in (True, False):
        with pikepdf.open(io.BytesIO(report_pdf(context(), today=TODAY, archival=archival))) as pdf:
            said = bytes(pdf.Root.Metadata.read_bytes())
            assert b"pdfuaid" in said and (b"pdfaid" in said) is archival
