"""Indicators of finance."""

from __future__ import annotations

from zonesim.columns import Floats
from zonesim.indicators.measures import Measures
from zonesim.indicators.register import indicator
from zonesim.units import YI


@indicator("10^8 CNY/yr", "投资融资", "Finance raised", "企业贷款、上市募资、基金与国资参股，以及管委会和平台公司用于建设的贷款、专项债与社会资本")
def financing_raised(m: Measures) -> Floats:
    """Loans, listings and public equity of enterprises; loans, special bonds and private partners' money that built zones."""
    return (m.borrowed + m.listing_raised + m.equity_placed + m.factory_purchases + m.public_financing) / YI


@indicator("10k CNY/yr", "共建分享税收", "Shared tax of enclaves", "落在本地的共建项目实际分享给提供方的税收")
def enclave_tax_shared(m: Measures) -> Floats:
    """Tax of shared projects that landed there, as far as it was paid to their providers."""
    return m.enclave_tax


@indicator("count", "上市企业数", "Listed enterprises", "期末在模拟期内上市的企业数")
def listed_firm_count(m: Measures) -> Floats:
    """Enterprises at the end of the period that listed during the run."""
    return m.listed_count
