"""Studies as the registry's API v2 gives them, made small, for tests to bend."""

from __future__ import annotations

import io
import json

from claimcheck.model.imported import Source

GROUPS = (("OG000", "Drug X"), ("OG001", "Placebo"))


def arm(label, kind, *names):
    return {"label": label, "type": kind, "interventionNames": list(names)}


def values(*pairs, **more):
    """A class of measurements: (group, value, spread) each."""
    listed = [
        {"groupId": group, "value": value, **({"spread": spread} if spread else {})}
        for group, value, spread in pairs
    ]
    return {"categories": [{"measurements": listed}], **more}


def analysis(p=None, estimate=None, ci=None, *, groups=("OG000", "OG001"), level="95", **more):
    low, high = ci or (None, None)
    found = {
        "groupIds": list(groups),
        "nonInferiorityType": "SUPERIORITY",
        "pValue": p,
        "paramValue": estimate,
        "ciPctValue": level if ci else None,
        "ciNumSides": "TWO_SIDED" if ci else None,
        "ciLowerLimit": low,
        "ciUpperLimit": high,
        "paramType": "Mean Difference (Final Values)" if estimate else None,
        **more,
    }
    return {key: value for key, value in found.items() if value is not None}


def measure(title="Change in pain at week 12", *analyses, groups=GROUPS, n=50, **more):
    return {
        "type": "PRIMARY",
        "title": title,
        "timeFrame": "12 weeks",
        "reportingStatus": "POSTED",
        "paramType": "MEAN",
        "dispersionType": "Standard Deviation",
        "unitOfMeasure": "score on a scale",
        "groups": [{"id": id_, "title": name} for id_, name in groups],
        "denoms": [
            {
                "units": "Participants",
                "counts": [{"groupId": id_, "value": str(n)} for id_, _ in groups],
            }
        ],
        "analyses": list(analyses),
        **more,
    }


def study(*measures, nct="NCT01234567", drug="Drug X", condition="Pain", **modules):
    """A randomised trial of a drug against placebo; `modules` replace those of the protocol."""
    protocol = {
        "identificationModule": {"nctId": nct, "briefTitle": f"{drug} for {condition.lower()}"},
        "statusModule": {
            "overallStatus": "COMPLETED",
            "resultsFirstPostDateStruct": {"date": "2019-05-01"},
        },
        "conditionsModule": {"conditions": [condition]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2", "PHASE3"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "maskingInfo": {"masking": "QUADRUPLE"},
            },
            "enrollmentInfo": {"count": 100, "type": "ACTUAL"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                arm(drug, "EXPERIMENTAL", f"Drug: {drug}"),
                arm("Placebo", "PLACEBO_COMPARATOR", "Drug: Placebo"),
            ],
            "interventions": [
                {"type": "DRUG", "name": drug, "armGroupLabels": [drug]},
                {"type": "DRUG", "name": "Placebo", "armGroupLabels": ["Placebo"]},
            ],
        },
        "eligibilityModule": {"sex": "ALL", "minimumAge": "18 Years", "stdAges": ["ADULT"]},
        **modules,
    }
    found = {"protocolSection": protocol, "hasResults": bool(measures)}
    if measures:
        found["resultsSection"] = {"outcomeMeasuresModule": {"outcomeMeasures": list(measures)}}
    return found


def source(data, name="studies.json"):
    """A stream of bytes that holds this text, these bytes, or this value as JSON."""
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    raw = text.encode() if isinstance(text, str) else text
    return Source(name, lambda: io.BytesIO(raw))
