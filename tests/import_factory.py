"""Small invented files of every kind that can be imported."""

from __future__ import annotations

import json

from tests import ctgov_factory as registry

PROSE = (
    "Background: Zelomab may ease knee pain. Methods: In this randomized double-blind trial, "
    "120 adults with osteoarthritis received zelomab or placebo for 12 weeks. The primary outcome "
    "was knee pain at week 12. Results: There was no significant difference in knee pain between "
    "the groups "
    "(mean difference -0.3; 95% CI -1.1 to 0.5; P = 0.46). Stiffness was lower with zelomab "
    "(-0.9; 95% CI -1.6 to -0.2; P = 0.01). Conclusions: Zelomab did not reduce knee pain."
)
TITLE = "Zelomab for knee osteoarthritis: a randomized trial"

RECORD = f"""\
id: zelomab-trial
title: {TITLE!r}
identifiers: {{pmid: "900000001"}}
interventions: [zelomab]
conditions: [osteoarthritis]
outcomes:
  - {{name: knee pain, role: primary, p: 0.46, finding: no-difference}}
"""

NBIB = f"""\
PMID- 900000001
OWN - NLM
DP  - 2020 Mar
TI  - {TITLE}
AB  - {PROSE}
PT  - Randomized Controlled Trial
LID - 10.9999/zelomab [doi]
"""

PUBMED = f"""\
<?xml version="1.0"?>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">900000001</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>
<ArticleTitle>{TITLE}</ArticleTitle><Abstract><AbstractText>{PROSE}</AbstractText></Abstract>
<PublicationTypeList><PublicationType>Randomized Controlled Trial</PublicationType>
</PublicationTypeList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>
"""

JATS = f"""\
<?xml version="1.0"?>
<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="pmid">900000001</article-id>
<title-group><article-title>{TITLE}</article-title></title-group>
<abstract><p>{PROSE}</p></abstract></article-meta></front></article>
"""

LIBRARY = f"""\
{TITLE}

Saved in:
Bibliographic Details
Published in:Knees Vol. 3; no. 1; p. 9
Main Authors: Orlova, Anna
Format: Journal Article
Online Access:Get more information
Abstract {PROSE}
AbstractList {PROSE}
"""


def study(nct="NCT09000001", *, p="0.46", title=TITLE, pmid="900000001"):
    """A registry's record of the same trial."""
    knee = registry.measure(
        "Knee pain",
        registry.analysis(p, statisticalMethod="ANCOVA"),
        groups=(("OG000", "Zelomab"), ("OG001", "Placebo")),
    )
    return registry.study(
        knee,
        nct=nct,
        drug="Zelomab",
        condition="Knee Osteoarthritis",
        identificationModule={"nctId": nct, "briefTitle": title},
        referencesModule={
            "references": [{"pmid": pmid, "type": "RESULT", "citation": "Orlova 2020"}]
        },
    )


def study_text(**values):
    return json.dumps(study(**values))
