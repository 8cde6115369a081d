"""The vocabulary holds together: one name one concept, no loose end, nothing misread by YAML."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
import yaml

from claimcheck.model.document import Span
from claimcheck.model.trial import Better
from claimcheck.paths import rules_dir
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.types import OutcomeClass, Term, TermKind
from claimcheck.terms import Terms, words

RULEBOOK = load_rulebook(rules_dir())
TERMS = RULEBOOK.terms
VOCABULARY = Terms(RULEBOOK)
READER = Reader(RULEBOOK)
KNOWN = {(term.kind, term.id) for term in TERMS}
FILES = sorted((rules_dir() / "terms").glob("*.yaml"))


def _of(kind: TermKind) -> dict[str, Term]:
    return {term.id: term for term in TERMS if term.kind is kind}


def _called(term: Term) -> set[str]:
    return {*term.names, *term.exact}


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (TermKind.OUTCOME, 400),
        (TermKind.INSTRUMENT, 150),
        (TermKind.CONDITION, 250),
        (TermKind.INTERVENTION, 500),
        (TermKind.POPULATION, 40),
    ],
)
def test_the_vocabulary_is_wide(kind: TermKind, least: int) -> None:
    assert len(_of(kind)) >= least


def test_a_name_belongs_to_one_concept_of_a_kind() -> None:
    owners = defaultdict(set)
    for term in TERMS:
        for name in (term.id, *term.names):
            owners[term.kind, words(name)].add(term.id)
        for name in term.exact:
            owners[term.kind, name].add(term.id)
    shared = {str(name): sorted(ids) for (_, name), ids in owners.items() if len(ids) > 1}
    assert not shared


def test_a_concept_is_defined_once_in_a_kind() -> None:
    written = Counter(
        (term["kind"], term["id"])
        for file in FILES
        for term in yaml.safe_load(file.read_text(encoding="utf-8"))["terms"]
    )
    assert not [concept for concept, times in written.items() if times > 1]


def test_every_parent_is_a_concept_of_the_same_kind() -> None:
    loose = [(t.id, p) for t in TERMS for p in t.parents if (t.kind, p) not in KNOWN]
    assert not loose


def test_every_instrument_measures_a_known_outcome() -> None:
    instruments = _of(TermKind.INSTRUMENT).values()
    loose = [term.id for term in instruments if (TermKind.OUTCOME, term.concept) not in KNOWN]
    assert not loose


def test_no_concept_is_its_own_ancestor() -> None:
    for kind in TermKind:
        terms = _of(kind)
        for start in terms:
            above, todo = set(), list(terms[start].parents)
            while todo:
                parent = todo.pop()
                if parent not in above:
                    above.add(parent)
                    todo += terms[parent].parents
            assert start not in above


def test_a_near_miss_holds_a_name_and_is_none() -> None:
    wrong = []
    for term in TERMS:
        names = {words(name) for name in (term.id, *term.names)}
        for near_miss in term.near_misses:
            found = words(near_miss)
            parts = {
                found[start:end]
                for start in range(len(found))
                for end in range(start + 1, len(found) + 1)
            }
            holds = parts & names or any(name in near_miss.split() for name in term.exact)
            if not holds or found in names:
                wrong.append((term.id, near_miss))
    assert not wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_yaml_reads_words_as_words(file) -> None:
    """Any YAML reader, not only ours, sees text where text is meant: no `no`, `on`, `1e3`."""
    listed = ("names", "exact", "near_misses", "parents")
    for term in yaml.safe_load(file.read_text(encoding="utf-8"))["terms"]:
        assert isinstance(term["id"], str)
        for key in listed:
            assert all(isinstance(entry, str) and entry for entry in term.get(key, [])), term["id"]
        assert isinstance(term.get("stands_for_members", False), bool)


def test_names_are_lower_case_and_abbreviations_are_not() -> None:
    assert not [name for term in TERMS for name in term.names if name != name.lower()]
    # Words that stemming would mix up with others ("aging", "age") are matched as written too.
    plain = {name for term in TERMS for name in term.exact if name.isalpha() and name.islower()}
    assert all(name.endswith(("s", "ing", "ed")) for name in plain)


def test_nothing_is_listed_twice_in_a_term() -> None:
    for term in TERMS:
        assert len(set(term.names)) == len(term.names), term.id
        assert len(set(term.exact)) == len(term.exact), term.id
        assert len(set(term.near_misses)) == len(term.near_misses), term.id


def test_every_outcome_says_which_way_is_better() -> None:
    silent = [term.id for term in TERMS if term.kind is TermKind.OUTCOME and term.better is None]
    assert not silent


def test_what_works_in_cells_takes_no_side() -> None:
    for term in _of(TermKind.OUTCOME).values():
        if term.outcome_class is OutcomeClass.MECHANISM:
            assert term.better is Better.UNKNOWN, term.id


def test_instruments_leave_ranges_to_sources() -> None:
    assert all(term.better is not None for term in _of(TermKind.INSTRUMENT).values())


@pytest.mark.parametrize(
    ("concept", "better"),
    [
        ("survival", Better.HIGHER),
        ("mortality", Better.LOWER),
        ("weight loss", Better.HIGHER),
        ("weight gain", Better.LOWER),
        ("remission", Better.HIGHER),
        ("relapse", Better.LOWER),
        ("fatigue", Better.LOWER),
        ("bone density", Better.HIGHER),
        ("memory", Better.HIGHER),
        ("memory loss", Better.LOWER),
        ("good cholesterol", Better.HIGHER),
        ("cholesterol", Better.LOWER),
    ],
)
def test_which_way_is_better(concept: str, better: Better) -> None:
    assert _of(TermKind.OUTCOME)[concept].better is better


@pytest.mark.parametrize(
    ("abbreviation", "concept"),
    [
        ("FSS", "fatigue"),
        ("MFIS", "fatigue"),
        ("HAM-D", "depression"),
        ("MADRS", "depression"),
        ("ADAS-Cog", "cognition"),
        ("EDSS", "disability"),
        ("FSFI", "sexual function"),
        ("PSQI", "sleep"),
        ("KCCQ", "quality of life"),
        ("WOMAC", "arthritis"),
    ],
)
def test_an_abbreviation_leads_to_what_it_measures(abbreviation: str, concept: str) -> None:
    found = [t for t in _of(TermKind.INSTRUMENT).values() if abbreviation in t.exact]
    assert [term.concept for term in found] == [concept]


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("muscle fatigue", "fatigue"),
        ("chronic fatigue syndrome", "fatigue"),
        ("a pain specialist", "pain"),
        ("stroke volume", "stroke"),
        ("heat stroke", "stroke"),
        ("the American Cancer Society", "cancer"),
        ("the Alzheimer's Association", "alzheimer's disease"),
        ("cancer mortality", "cancer"),
        ("low birth weight", "body weight"),
        ("blood pressure medication", "blood pressure"),
        ("programmed cell death", "mortality"),
        ("a sleep laboratory", "sleep"),
        ("sleep apnea", "sleep"),
        ("a double-blind trial", "vision loss"),
        ("public health officials", "health"),
        ("hypotension", "blood pressure"),
        ("a survival guide", "survival"),
        ("disease control and prevention", "tumor shrinkage"),
        ("the weight of the evidence", "body weight"),
    ],
)
def test_a_phrase_does_not_name_an_outcome(phrase: str, concept: str) -> None:
    assert concept not in VOCABULARY.concepts(phrase, TermKind.OUTCOME)


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("tiredness", "fatigue"),
        ("depressive symptoms", "depression"),
        ("low back pain", "back pain"),
        ("living longer", "survival"),
        ("death from any cause", "mortality"),
        ("deaths from breast cancer", "breast cancer mortality"),
        ("myocardial infarctions", "heart attack"),
        ("high blood pressure", "blood pressure"),
        ("hot flashes", "hot flashes"),
        ("LDL cholesterol", "ldl cholesterol"),
        ("a hip fracture", "hip fracture"),
        ("urinary tract infections", "urinary tract infection"),
        ("progression-free survival", "progression-free survival"),
        ("quality of life", "quality of life"),
        ("thoughts of suicide", "suicidal thoughts"),
        ("the duration of colds", "cold duration"),
        ("crying time", "infant crying"),
        ("side effects", "side effects"),
        ("NMDA receptors", "nmda receptor"),
        ("beta-amyloid plaques", "amyloid plaque"),
    ],
)
def test_a_phrase_names_an_outcome(phrase: str, concept: str) -> None:
    assert concept in VOCABULARY.concepts(phrase, TermKind.OUTCOME)


@pytest.mark.parametrize("word", ["treatment", "drug", "therapy", "pill", "supplement", "placebo"])
def test_generic_words_are_no_interventions(word: str) -> None:
    assert not VOCABULARY.concepts(word, TermKind.INTERVENTION)


@pytest.mark.parametrize(
    ("family", "member", "stands"),
    [
        ("statins", "atorvastatin", True),
        ("fish oil", "dha", True),
        ("antidepressants", "fluoxetine", False),
        ("painkillers", "aspirin", False),
    ],
)
def test_only_a_narrow_class_stands_for_its_members(family: str, member: str, *, stands: bool):
    terms = _of(TermKind.INTERVENTION)
    assert family in VOCABULARY.ancestors(member)
    assert terms[family].stands_for_members is stands


def test_ketamine_is_no_member_of_the_antidepressants() -> None:
    assert "antidepressants" not in VOCABULARY.ancestors("ketamine")


def test_names_are_more_than_digits_and_single_letters() -> None:
    lone = [
        (term.id, name)
        for term in TERMS
        for name in (term.id, *term.names, *term.exact)
        if all(len(word) == 1 or word.isdigit() for word in words(name))
    ]
    assert not lone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bapineuzumab", "solanezumab"),
        ("lecanemab", "donanemab"),
        ("crenezumab", "gantenerumab"),
        ("verubecestat", "idalopirdine"),
        ("carbamazepine", "lamotrigine"),
        ("topiramate", "zonisamide"),
        ("vortioxetine", "vilazodone"),
        ("duloxetine", "milnacipran"),
        ("venlafaxine", "desvenlafaxine"),
        ("bupropion", "contrave"),
        ("amitriptyline", "imipramine"),
        ("mirtazapine", "trazodone"),
        ("ketamine", "esketamine"),
        ("haloperidol", "clozapine"),
        ("aripiprazole", "lurasidone"),
        ("lorazepam", "alprazolam"),
        ("zolpidem", "eszopiclone"),
        ("modafinil", "sodium oxybate"),
        ("atomoxetine", "guanfacine"),
        ("pramipexole", "rasagiline"),
        ("celecoxib", "rofecoxib"),
        ("diclofenac", "indomethacin"),
        ("oxycodone", "hydrocodone"),
        ("tramadol", "codeine"),
        ("acamprosate", "disulfiram"),
        ("varenicline", "cytisine"),
        ("lidocaine", "bupivacaine"),
        ("prednisone", "dexamethasone"),
        ("omalizumab", "mepolizumab"),
        ("roflumilast", "theophylline"),
        ("cetirizine", "loratadine"),
        ("amoxicillin", "ceftriaxone"),
        ("vancomycin", "metronidazole"),
        ("oseltamivir", "zanamivir"),
        ("hydroxychloroquine", "chloroquine"),
        ("dolutegravir", "efavirenz"),
        ("polio vaccine", "rotavirus vaccine"),
        ("pravastatin", "lovastatin"),
        ("evolocumab", "alirocumab"),
        ("torcetrapib", "anacetrapib"),
        ("lisinopril", "ramipril"),
        ("metoprolol", "propranolol"),
        ("ivabradine", "digoxin"),
        ("apixaban", "edoxaban"),
        ("ticagrelor", "prasugrel"),
        ("exenatide", "dulaglutide"),
        ("tirzepatide", "retatrutide"),
        ("pioglitazone", "rosiglitazone"),
        ("lorcaserin", "rimonabant"),
        ("teriparatide", "romosozumab"),
        ("alendronate", "zoledronic acid"),
        ("finasteride", "tamsulosin"),
        ("omeprazole", "esomeprazole"),
        ("adalimumab", "infliximab"),
        ("secukinumab", "ustekinumab"),
        ("tofacitinib", "baricitinib"),
        ("fingolimod", "dimethyl fumarate"),
        ("sumatriptan", "lasmiditan"),
        ("erenumab", "galcanezumab"),
        ("cisplatin", "oxaliplatin"),
        ("paclitaxel", "docetaxel"),
        ("trastuzumab", "pertuzumab"),
        ("atezolizumab", "durvalumab"),
        ("tamoxifen", "fulvestrant"),
        ("glucosamine", "chondroitin"),
        ("vitamin b12", "folic acid"),
        ("kava", "chamomile"),
        ("cinnamon", "fenugreek"),
        ("walnuts", "almonds"),
        ("vegan diet", "ketogenic diet"),
        ("reflexology", "cupping therapy"),
        ("knee replacement", "hip replacement"),
        ("knee arthroscopy", "acl reconstruction"),
        ("gastric bypass", "gastric band"),
        ("cochlear implant", "hearing aid"),
        ("mri scan", "ct scan"),
        ("stellate ganglion block", "sphenopalatine ganglion block"),
        ("hysterectomy", "endometrial ablation"),
    ],
)
def test_what_is_given_is_not_answered_by_something_else(one: str, other: str) -> None:
    terms = VOCABULARY
    first, second = (terms.concepts(name, TermKind.INTERVENTION) for name in (one, other))
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stroke", "heart attack"),
        ("cardiovascular disease", "heart attack"),
        ("breast cancer", "breast cancer mortality"),
        ("memory", "cognition"),
        ("attention", "processing speed"),
        ("colic", "infant crying"),
        ("weight gain", "weight regain"),
        ("tumor size", "complete response"),
        ("hepatitis b", "hepatitis c"),
        ("hip fracture", "vertebral fracture"),
        ("taste", "loss of taste"),
    ],
)
def test_two_outcomes_are_two_concepts(one: str, other: str) -> None:
    terms = VOCABULARY
    assert not terms.concepts(one, TermKind.OUTCOME) & terms.concepts(other, TermKind.OUTCOME)


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ("anti-amyloid antibodies", "bapineuzumab"),
        ("antiplatelets", "aspirin"),
        ("exercise", "walking"),
        ("joint replacement", "knee replacement"),
        ("infant crying", "colic"),
        ("cognition", "memory"),
        ("blood clots", "pulmonary embolism"),
    ],
)
def test_a_class_holds_its_members(wider: str, narrower: str) -> None:
    assert wider in VOCABULARY.ancestors(narrower)


@pytest.mark.parametrize(
    "phrase",
    [
        "concentrations of zinc in the water",
        "I think",
        "concentrations of chloride",
        "an apple a day",
        "strains of the bacterium",
        "she recalls",
        "patients' walks in the park",
        "UC Davis",
        "the observer-blind study",
        "a spirit of adventure",
        "hard of hearing",
        "mechanisms and potency",
        "an infected wound",
    ],
)
def test_an_everyday_phrase_names_no_outcome(phrase: str) -> None:
    reading = READER.read(phrase, Span(0, len(phrase)))
    assert not reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT)


@pytest.mark.parametrize(
    "phrase", ["the operation", "an academic exercise", "ice", "a mandatory test"]
)
def test_an_everyday_phrase_names_no_intervention(phrase: str) -> None:
    assert not VOCABULARY.concepts(phrase, TermKind.INTERVENTION)


@pytest.mark.parametrize(
    ("phrase", "concept", "better"),
    [
        ("plaque in the brain", "amyloid plaque", Better.LOWER),
        ("pre-term births", "preterm birth", Better.LOWER),
        ("lived on average", "survival", Better.HIGHER),
        ("sick days", "absence from work", Better.LOWER),
        ("sick-free days", "sick-free days", Better.HIGHER),
        ("regained the weight", "weight regain", Better.LOWER),
        ("keep the weight off", "weight loss maintenance", Better.HIGHER),
        ("energy expenditure", "energy expenditure", Better.UNKNOWN),
        ("quit smoking", "smoking cessation", Better.HIGHER),
        ("relapse to smoking", "smoking relapse", Better.LOWER),
        ("brain volume", "brain volume", Better.HIGHER),
        ("premature ejaculation", "premature ejaculation", Better.LOWER),
        ("malnutrition", "malnutrition", Better.LOWER),
    ],
)
def test_what_texts_call_it_is_read(phrase: str, concept: str, better: Better) -> None:
    reading = READER.read(phrase, Span(0, len(phrase)))
    assert concept in {hit.term.id for hit in reading.terms_of(TermKind.OUTCOME)}
    assert _of(TermKind.OUTCOME)[concept].better is better


@pytest.mark.parametrize(
    ("phrase", "concept"),
    [
        ("a blood transfusion", "blood transfusion therapy"),
        ("the stop-smoking pill", "smoking cessation drugs"),
        ("anxiety pills", "sedatives"),
        ("an acid blocker", "heartburn drugs"),
        ("a smear test", "pap smear"),
        ("skin-to-skin care", "kangaroo care"),
        ("tooth-whitening strips", "whitening strips"),
        ("co-sleeping", "bed sharing"),
        ("speech and language therapy", "speech therapy"),
        ("time on social media", "social media use"),
        ("a step counter", "pedometer"),
    ],
)
def test_a_lay_name_leads_to_the_treatment(phrase: str, concept: str) -> None:
    assert concept in VOCABULARY.concepts(phrase, TermKind.INTERVENTION)
