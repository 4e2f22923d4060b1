"""The law of the date is whole: no gap, no overlap; May 2016 by days."""

import datetime
import itertools

import pytest

from zonesim.model import ZoneModel
from zonesim.policies import law
from zonesim.quarters import parse

ITEMS = sorted({(item, key) for _, _, item, key, _ in law._rows()})


@pytest.mark.parametrize("pair", ITEMS, ids=lambda p: "-".join(p))
def test_no_gap_and_no_overlap_between_2013_and_2029(pair):
    rows = sorted((start, end) for start, end, item, key, _ in law._rows() if (item, key) == pair)
    assert rows[0][0] == datetime.date(2013, 1, 1) and rows[-1][1] == datetime.date(2029, 12, 31)
    for (_, end), (start, _) in itertools.pairwise(rows):
        assert start == end + datetime.timedelta(days=1)


def test_rates_of_the_years():
    assert law.value("vat_rate", "goods", parse("2015Q1")) == 0.17
    assert law.value("vat_rate", "goods", parse("2020Q1")) == 0.13
    assert law.value("business_tax_rate", "services", parse("2016Q3")) == 0.0
    assert law.value("refund", "cap", parse("2024Q4")) == 0.0


def test_may_2016_acts_by_days():
    # April has 30 of the quarter's 91 days: VAT is shared 75:25 on them, 50:50 on the other 61
    assert law.central_shares(parse("2016Q2"))[0] == pytest.approx((30 * 0.75 + 61 * 0.5) / 91)
    assert law.value("business_tax_rate", "services", parse("2016Q2")) == pytest.approx(0.05 * 30 / 91)


def test_vat_for_business_tax_in_may_2016_acts_by_days(baseline):
    """61 of 91 days: construction pays 11 % on them and nothing before; of producer services the part under business tax pays 6 % on them, the rest on all."""
    model = ZoneModel(baseline, 1)
    industries, terms = model.world.industries, model.package.law_at(parse("2016Q2"))
    rates = {name: terms["vat_rate"][0, industries.ids.index(name)] for name in ("construction", "transport_logistics", "producer_services")}
    under = industries.business_tax_before_2016[industries.ids.index("producer_services")]
    assert 0 < under < 1
    assert rates["construction"] == rates["transport_logistics"] == pytest.approx(0.11 * 61 / 91)
    assert rates["producer_services"] == pytest.approx(0.06 * ((1 - under) * 30 + 61) / 91)
