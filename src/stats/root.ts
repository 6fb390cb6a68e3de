/**
 * The zero of `f` between two points where it has different signs, to the last digits of a double.
 * Chandrupatla's method (Advances in Engineering Software 28, 1997): inverse quadratic steps where they are safe, halving elsewhere.
 * Without a change of sign, the end with the smaller |f|.
 */
export function root(f: (x: number) => number, lower: number, upper: number): number {
  let [a, b] = [lower, upper];
  let [fa, fb] = [f(a), f(b)];
  if (fa * fb > 0 || fa === 0 || fb === 0) return Math.abs(fa) <= Math.abs(fb) ? a : b;
  let [c, fc] = [a, fa];
  let share = 0.5;
  for (let step = 0; step < 200; step++) {
    const x = a + share * (b - a);
    const fx = f(x);
    if (Math.sign(fx) === Math.sign(fa)) [c, fc] = [a, fa];
    else [c, fc, b, fb] = [b, fb, a, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (fx === 0 || tolerance > 0.5) return best;
    share = Math.min(1 - tolerance, Math.max(tolerance, nextShare(a, fa, b, fb, c, fc)));
  }
  return a;
}

/** The share of the way from a to b at which to look next; one half where interpolation is unsafe or not finite. */
function nextShare(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const share = (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
  return Number.isFinite(share) ? share : 0.5;
}
