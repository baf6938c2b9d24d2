"""Finding a drug by any of its names; a slip is understood, a doubt is asked about."""

import pytest

from landward.catalog import load_catalog
from landward.catalog.names import resolve, slips
from landward.model.base import BadInput


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Xanax", "alprazolam"),
        ("Valium", "diazepam"),
        ("clonazapam", "clonazepam"),
        ("  LORAZEPAM ", "lorazepam"),
        ("zanax", "alprazolam"),
        ("klonapin", "clonazepam"),
        ("temazapan", "temazepam"),
        ("chlordiazepoxid", "chlordiazepoxide"),
        ("potassium clorazepate", "clorazepate"),
        ("Loreev-XR", "lorazepam"),
        # brands that once led to another drug, or to none
        ("Tavor", "lorazepam"),
        ("Temesta", "lorazepam"),
        ("Témesta", "lorazepam"),
        ("Seresta", "oxazepam"),
        ("Adumbran", "oxazepam"),
        ("Sobril", "oxazepam"),
        ("Stilnox", "zolpidem"),
        ("Stilnoct", "zolpidem"),
        ("Antenex", "diazepam"),
        ("Paxam", "clonazepam"),
        ("Loramet", "lormetazepam"),
        ("Onfi", "clobazam"),
        ("Sympazan", "clobazam"),
        ("Lectopam", "bromazepam"),
        ("Lysanxia", "prazepam"),
        ("Normison", "temazepam"),
        ("Kalma", "alprazolam"),
        ("Tranxilium", "clorazepate"),
        ("Tranxilium N", "nordazepam"),
        ("デパス", "etizolam"),
        # a strength or a form beside the name
        ("Xanax XR 0.5 mg", "alprazolam"),
        ("zolpidem 10mg tablet", "zolpidem"),
        ("Ambien CR", "zolpidem"),
    ],
)
def test_a_name_brand_or_slip_finds_its_drug(asked, meant):
    assert load_catalog().find_drug(asked).id == meant


@pytest.mark.parametrize(
    "asked",
    # each of these is one slip away from two drugs
    ["clorazepam", "norazepam", "orazepam", "loxazepam", "estizolam", "lordazepam"],
)
def test_a_slip_between_two_drugs_is_asked_about(asked):
    with pytest.raises(BadInput, match=r"could be “.*” or “.*”"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize("asked", ["tylenol", "", "x", "aspirin", "melatonin"])
def test_a_drug_that_is_not_there_is_not_made_up(asked):
    with pytest.raises(BadInput, match="no drug called"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize(
    ("asked", "drug"),
    [
        ("phenazepam", "phenazepam"),
        ("Fenazepam", "phenazepam"),
        ("brotizolam", "brotizolam"),
        ("Lendormin", "brotizolam"),
        ("clotiazepam", "clotiazepam"),
        ("delorazepam", "delorazepam"),
        ("Myolastan", "tetrazepam"),
        ("Victan", "ethyl_loflazepate"),
        ("diclazepam", "diclazepam"),
        ("bromazolam", "bromazolam"),
        ("flualprazolam", "flualprazolam"),
    ],
)
def test_a_drug_known_by_name_only_says_there_are_no_figures(asked, drug):
    reading = load_catalog().read_name(asked)
    assert (reading.kind, reading.drug) == ("no_figures", drug)
    with pytest.raises(BadInput, match="no figures"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize("asked", ["Librax", "librax", "Limbitrol", "Nirvaxal", "Clindex"])
def test_a_combination_is_never_read_as_the_drug_alone(asked):
    reading = load_catalog().read_name(asked)
    assert (reading.kind, reading.drug) == ("combination", "chlordiazepoxide")
    with pytest.raises(BadInput, match="is a combination: chlordiazepoxide with"):
        load_catalog().find_drug(asked)


@pytest.mark.parametrize(
    # all are names that exist; Paxal, Sobril, Amoban and Clonex are ours and one letter away
    "asked",
    ["Paxil", "Sabril", "Moban", "Clobex", "phenazepam", "nimetazepam", "remimazolam"],
)
def test_no_look_alike_is_offered_for_a_name_that_exists(asked):
    with pytest.raises(BadInput) as told:
        load_catalog().find_drug(asked)
    assert "could be" not in str(told.value)


@pytest.mark.parametrize("asked", ["cloazepam", "entizolam", "dcazepam"])
def test_one_slip_from_a_drug_and_two_from_another_is_asked_about(asked):
    assert load_catalog().read_name(asked).kind == "unclear"


def test_a_misspelling_between_a_drug_with_figures_and_one_without_is_asked_about():
    known, also = {"lorazepam": "lorazepam"}, {"delorazepam": "delorazepam"}
    with pytest.raises(BadInput, match="could be"):
        resolve("elorazepam", known, also=also)
    assert resolve("lorazpam", known, also=also) == "lorazepam"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("xanax", "xanax", 0),
        ("zanax", "xanax", 1),  # changed
        ("valum", "valium", 1),  # left out
        ("vallium", "valium", 1),  # added
        ("avitan", "ativan", 2),  # swapped letters that are not neighbours: two slips
        ("ativna", "ativan", 1),  # swapped neighbours
        ("", "abc", 3),
    ],
)
def test_slips_are_counted(one, other, apart):
    assert slips(one, other, 5) == apart
    assert slips(other, one, 5) == apart


def test_counting_stops_early():
    assert slips("diazepam", "zolpidem", 2) == 3


def test_two_slips_in_a_short_name_are_too_many():
    with pytest.raises(BadInput):
        resolve("abcxy", {"abcde": "one"})


@pytest.mark.parametrize("word", ["zopliclone", "zoipclona"])
def test_a_name_that_ends_another_drugs_name_is_asked_about(word):
    # eszopiclone without its first letters, with one slip more, looks like zopiclone misspelt
    reading = load_catalog().read_name(word)
    assert reading.drug == "" and set(reading.near) == {"zopiclone", "eszopiclone"}


@pytest.mark.parametrize(
    ("written", "drug"),
    [("Apo-Lorazepam", "lorazepam"), ("pms-Clonazepam", "clonazepam"),
     ("Tavor Expidet", "lorazepam"), ("Lorazepam-neuraxpharm", "lorazepam"),
     ("Teva alprazolam 0.5 mg", "alprazolam")],
)  # fmt: skip
def test_a_maker_or_a_form_beside_the_name_is_read_away(written, drug):
    assert load_catalog().read_name(written).drug == drug


@pytest.mark.parametrize(
    "written", ["Aldazine", "Normoson", "Sedufen", "Almazinn", "Clonafit Beta"]
)
def test_a_brand_of_one_source_is_never_understood_misspelt(written):
    # Almazine (lorazepam) stands in one source; Aldazine, one letter away, is an antipsychotic
    assert load_catalog().read_name(written).kind != "drug"


@pytest.mark.parametrize("written", ["Relium", "relium 5 mg"])
def test_a_brand_that_is_another_drug_in_another_country_is_asked_about(written):
    # diazepam in Latvia, chlordiazepoxide in Canada in 1981
    reading = load_catalog().read_name(written)
    assert (reading.kind, reading.near) == ("unclear", ("chlordiazepoxide", "diazepam"))
    assert load_catalog().drug_called(written) is None
    with pytest.raises(BadInput, match="write the name in full"):
        load_catalog().find_drug(written)
