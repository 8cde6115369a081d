"""Fit the weights by which `ask` weighs the clauses of a report.

    python tests/eval/fit_ask.py ROWS.jsonl     writes rules/models/ask.json

ROWS are those of Evidence Inference 2.0 (MIT licence; DeYoung 2020) whose abstract holds the
answer: text, intervention, comparator, outcome, label, article, evidence_in_abstract. Which clause
holds it is not labelled: the probability of an answer is the sum over clauses, as in
claimcheck/app/ask.py, and its logarithm is climbed with an L2 penalty. Needs numpy and scipy; the
start is drawn with a fixed seed. `--folds 5` prints the macro-F1 of a cross-validation by article.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from claimcheck import paths
from claimcheck.reading.abbreviations import abbreviations
from claimcheck.reading.nlp import Reader
from claimcheck.reading.outcome_names import ResultWords
from claimcheck.reading.sections import sentences
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.report.evidence import evidence
from claimcheck.trials.report.question import question_of

LABELS = ("increased", "decreased", "no-difference")
GROUPS = ("relevance", "direction", "null")
SEED = 7
PENALTY = 1.0


def rows_of(path):
    """The rows whose abstract holds the answer, each with the cues of its clauses."""
    rulebook = load_rulebook(paths.rules_dir())
    reader, terms, words = Reader(rulebook), Terms(rulebook), ResultWords.of(rulebook)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["evidence_in_abstract"]:
            continue
        text = row["text"]
        also = reader.defined(abbreviations(text))
        told = sentences(text, reader=reader, rulebook=rulebook, also=also)
        asked = {name: row[name] for name in ("intervention", "comparator", "outcome")}
        question = question_of(text, told, **asked, terms=terms)
        found = evidence(text, told, question, words=words, terms=terms)
        if found:
            yield row["article"], LABELS.index(row["label"]), found


def matrices(rows, names):
    """Cues as three matrices, the row of each clause, and the labels."""
    cues = [[], [], []]
    index, labels = [], []
    for at, (_, label, found) in enumerate(rows):
        labels.append(label)
        for one in found:
            index.append(at)
            values = (one.relevance, one.direction | {"bias": 1.0}, one.null | {"bias": 1.0})
            for group, value in enumerate(values):
                cues[group].append([value.get(name, 0.0) for name in names[group]])
    return [np.array(group) for group in cues], np.array(index), np.array(labels)


def parts(weights, cues):
    ends = np.cumsum([group.shape[1] for group in cues])
    return weights[: ends[0]], weights[ends[0] : ends[1]], weights[ends[1] :]


def scores(weights, cues):
    relevance, signed, null = (c @ w for c, w in zip(cues, parts(weights, cues), strict=True))
    return np.stack([relevance + signed, relevance - signed, relevance + null], axis=1)


def loss(weights, cues, index, labels):
    """Negative log likelihood with its gradient."""
    z = scores(weights, cues)
    top = np.full(len(labels), -np.inf)
    np.maximum.at(top, index, z.max(axis=1))
    e = np.exp(z - top[index][:, None])
    every, right = np.zeros(len(labels)), np.zeros(len(labels))
    mine = e[np.arange(len(index)), labels[index]]
    np.add.at(every, index, e.sum(axis=1))
    np.add.at(right, index, mine)
    g = e / every[index][:, None]
    g[np.arange(len(index)), labels[index]] -= mine / right[index]
    gradient = np.concatenate(
        [cues[0].T @ g.sum(axis=1), cues[1].T @ (g[:, 0] - g[:, 1]), cues[2].T @ g[:, 2]]
    )
    value = (np.log(every) - np.log(right)).sum() + PENALTY * weights @ weights
    return value, gradient + 2 * PENALTY * weights


def fit(rows, names):
    cues, index, labels = matrices(rows, names)
    start = np.random.default_rng(SEED).normal(0, 0.05, sum(map(len, names)))
    found = minimize(
        loss,
        start,
        args=(cues, index, labels),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 400},
    )
    return found.x


def predict(weights, rows, names):
    cues, index, labels = matrices(rows, names)
    z = np.exp(scores(weights, cues))
    sums = np.zeros((len(labels), len(LABELS)))
    np.add.at(sums, index, z)
    return sums.argmax(axis=1), labels


def macro_f1(gold, found):
    per = []
    for label in range(len(LABELS)):
        hit = ((gold == label) & (found == label)).sum()
        per.append(2 * hit / max(1, (gold == label).sum() + (found == label).sum()))
    return float(np.mean(per))


def cross_validate(rows, names, folds):
    articles = sorted({row[0] for row in rows})
    np.random.default_rng(SEED).shuffle(articles)
    fold = {article: at % folds for at, article in enumerate(articles)}
    gold, found = [], []
    for k in range(folds):
        weights = fit([row for row in rows if fold[row[0]] != k], names)
        guess, labels = predict(weights, [row for row in rows if fold[row[0]] == k], names)
        gold.extend(labels)
        found.extend(guess)
    return macro_f1(np.array(gold), np.array(found))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    rows = list(rows_of(options.rows))
    first = rows[0][2][0]
    names = [
        sorted(first.relevance),
        [*sorted(first.direction), "bias"],
        [*sorted(first.null), "bias"],
    ]
    if options.folds:
        print(f"macro-F1, {options.folds} folds: {cross_validate(rows, names, options.folds):.4f}")
    weights = parts(fit(rows, names), matrices(rows[:1], names)[0])
    content = {
        "source": "Evidence Inference 2.0 (MIT licence), rows answered by the abstract",
        "rows": len(rows),
        "seed": SEED,
        "penalty": PENALTY,
        "weights": {
            group: {name: round(float(w), 4) for name, w in zip(own, values, strict=True)}
            for group, own, values in zip(GROUPS, names, weights, strict=True)
        },
    }
    path = paths.rules_dir() / "models" / "ask.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
