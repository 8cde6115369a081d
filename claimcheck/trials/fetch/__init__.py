"""Studies fetched from ClinicalTrials.gov and PubMed: what is sent, and what must come back."""
