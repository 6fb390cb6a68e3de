"""Writes stats.json: numbers of scipy that the tests in __tests__/stats compare with.

Run: python3 __tests__/reference/make-stats.py   (scipy >= 1.10; standard library otherwise)
"""

import json
import math
import sys
from decimal import Decimal, getcontext
from pathlib import Path

import numpy as np
import scipy
from scipy import optimize, special, stats
from scipy.stats import mstats

getcontext().prec = 50


def ln_tail(t: float, df: float) -> float:
    """ln P(T > t) for t² > df by the power series of the incomplete beta function in 50 digits: independent of any library's tail code."""
    a, x = Decimal(df) / 2, Decimal(df) / (Decimal(df) + Decimal(t) ** 2)
    term, total, k = Decimal(1), 1 / a, 0
    while term > Decimal(10) ** -45:
        k += 1
        term *= x * (Decimal(k) - Decimal("0.5")) / k
        total += term / (a + k)
    ln_beta = math.lgamma(df / 2) + math.lgamma(0.5) - math.lgamma(df / 2 + 0.5)
    return float((x**a * total / 2).ln() - Decimal(ln_beta))


def tail(t: float, df: float) -> float:
    return math.exp(ln_tail(t, df))


def upper_point(p: float, df: float) -> float:
    """The t with P(T > t) = p; brentq on the logarithm of the series where it converges, of scipy's tail elsewhere."""
    ln_sf = lambda t: ln_tail(t, df) if t * t > df else math.log(stats.t.sf(t, df))
    return math.exp(optimize.brentq(lambda u: ln_sf(math.exp(u)) - math.log(p), -3, 40, xtol=1e-15, rtol=1e-15))


def incomplete_beta_value(x: float, a: float, b: float) -> float:
    """I_x(a, b): for whole a and b the binomial tail, exactly; scipy's elsewhere."""
    if a != int(a) or b != int(b):
        return float(special.betainc(a, b, x))
    n, at = int(a + b - 1), Decimal(x)
    return float(sum(Decimal(math.comb(n, j)) * at**j * (1 - at) ** (n - j) for j in range(int(a), n + 1)))


ln_gamma = [{"x": x, "value": math.lgamma(x)} for x in
            [1e-8, 0.1, 0.5, 0.75, 0.999, 1.25, 1.5, 1.75, 2.001, 2.5, 3.7, 7.5, 9.99, 10, 10.5, 33.3, 170.5, 3000.25, 1e6]]

incomplete_beta = [{"x": x, "a": a, "b": b, "value": incomplete_beta_value(x, a, b)}
                   for a, b in [(0.5, 0.5), (0.5, 4.5), (4.5, 0.5), (2, 3), (10.01, 990.99), (990.99, 10.01), (500.5, 500.5), (991, 10), (2970, 30)]
                   for x in [1e-9, 0.001, 0.01, 0.2, 0.5, 0.9, 0.985, 0.99, 0.995, 0.9999]]

t_tail = [{"t": t, "df": df, "value": tail(t, df) if t * t > df else float(stats.t.sf(t, df))}
          for df in [1, 2, 2.5, 3.7, 5, 9, 17.25, 47, 300, 1000] for t in [-3.2, -0.5, 1e-6, 0.3, 1, 2, 3, 6, 12, 40, 1000]
          if float(stats.t.sf(t, df)) > 1e-290]
t_tail = [row if row["t"] > 0 else {**row, "value": float(stats.t.sf(row["t"], row["df"]))} for row in t_tail]

t_point = [{"p": p, "df": df, "upper": upper_point(p, df)}
           for df in [1, 2, 2.5, 3.7, 9, 23.5, 300] for p in [0.2, 0.05, 0.025, 0.01, 0.001, 1e-6, 1e-12]]

normal = [{"z": z, "value": float(special.ndtr(z))} for z in [-30, -8, -5, -3.0001, -2.9999, -1, -0.01, 0, 0.5, 2.5, 3.5, 6]]

noncentral = [{"critical": c, "df": df, "shift": s, "value": float(stats.nct.sf(c, df, s))}
              for c, df, s in [(2.8214, 9, 4), (6.965, 2, 20), (2.5, 23, 0), (2.5, 23, -1), (3.747, 4, 2.5), (4.54, 3, 9), (1.9, 11, 3), (2.4, 120, 3.1)]]

rng = np.random.default_rng(20260101)
samples = {name: [float(f"{v:.12g}") for v in values] for name, values in {
    "lognormal": np.exp(0.5 * rng.standard_normal(137)),
    "ties": np.round(np.exp(0.5 * rng.standard_normal(80)), 1),
    "small": rng.gamma(2, size=11),
}.items()}
quantiles = [{"samples": name, "level": q, "type7": float(np.quantile(x, q)), "harrellDavis": float(mstats.hdquantiles(x, [q])[0])}
             for name, x in samples.items() for q in [0.25, 0.5, 0.9, 0.95, 0.99, 0.999]]

arms = {name: [float(f"{v:.12g}") for v in values] for name, values in {
    "six": rng.normal(0.02, 0.03, 6), "twelve": rng.normal(0.05, 0.04, 12), "other": rng.normal(0, 0.08, 7), "three": rng.normal(0.1, 0.01, 3),
    "spiky": rng.normal(0, 0.01, 24) + 0.3 * (rng.random(24) < 0.1),
}.items()}


def paired(x):
    t = stats.ttest_1samp(x, 0.0, alternative="greater")
    return {"t": float(t.statistic), "p": float(t.pvalue)}


def yuen(x):
    """One-sample trimmed t from scipy's pieces: trimmed_mean, winsorize."""
    x = np.asarray(x)
    g = int(0.2 * len(x))
    mean = stats.trim_mean(x, 0.2)
    winsorised = np.std(np.asarray(mstats.winsorize(x, limits=(g / len(x), g / len(x)))), ddof=1)
    se = winsorised / ((1 - 2 * g / len(x)) * math.sqrt(len(x)))
    df = len(x) - 2 * g - 1
    return {"mean": float(mean), "se": float(se), "df": df, "p": float(stats.t.sf(mean / se, df))}


def welch(a, b):
    result = stats.ttest_ind(b, a, equal_var=False, alternative="greater")
    va, vb = np.var(a, ddof=1) / len(a), np.var(b, ddof=1) / len(b)
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    return {"t": float(result.statistic), "p": float(result.pvalue), "df": float(df)}


M32 = 0xFFFFFFFF


def xoshiro128starstar(seed: int, count: int) -> list[int]:
    """A transcription of xoshiro128starstar.c, seeded by splitmix32."""
    state, words = (seed & M32) ^ ((seed >> 32) * 0x9E3779B1 & M32), []
    for _ in range(4):
        state = (state + 0x9E3779B9) & M32
        z = state
        z = ((z ^ (z >> 16)) * 0x85EBCA6B) & M32
        z = ((z ^ (z >> 13)) * 0xC2B2AE35) & M32
        words.append(z ^ (z >> 16))
    rotl = lambda x, k: ((x << k) | (x >> (32 - k))) & M32
    s, result = words, []
    for _ in range(count):
        result.append(rotl(s[1] * 5 & M32, 7) * 9 & M32)
        t = s[1] << 9 & M32
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)
    return result


document = {
    "xoshiro128": [{"seed": seed, "words": xoshiro128starstar(seed, 6)} for seed in [0, 1, 12345, 2**32 - 1, 2**40 + 3]],
    "madeBy": f"scipy {scipy.__version__}, numpy {np.__version__}, python {sys.version_info.major}.{sys.version_info.minor}",
    "lnGamma": ln_gamma, "incompleteBeta": incomplete_beta, "tTail": t_tail, "tPoint": t_point, "normal": normal, "noncentral": noncentral,
    "samples": samples, "quantiles": quantiles, "arms": arms,
    "paired": {name: paired(arms[name]) for name in ["six", "other", "three"]},
    "yuen": {name: yuen(arms[name]) for name in ["twelve", "spiky"]},
    "welch": [{"baseline": a, "candidate": b, **welch(arms[a], arms[b])} for a, b in [("six", "twelve"), ("other", "six"), ("spiky", "other")]],
    "benjaminiHochberg": {"p": [0.01, 0.04, 0.03, 0.005, 0.9, 0.02, 0.02], "adjusted": None},
}
p = np.array(document["benjaminiHochberg"]["p"])
ranked = [(min(p[j] * len(p) / np.sum(p <= p[j]) for j in range(len(p)) if p[j] >= p[i])) for i in range(len(p))]
document["benjaminiHochberg"]["adjusted"] = [float(min(1, v)) for v in ranked]

Path(__file__).with_name("stats.json").write_text(json.dumps(document, indent=1) + "\n")
