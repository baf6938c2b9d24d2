"""What leaves the diary by choice: report, letter, FHIR, papers."""
