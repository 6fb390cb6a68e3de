/** The standard normal distribution function Φ(z), relative error about 1e-13 in the lower tail, 0 below −39. Series 26.2.11 and fraction 26.2.14 of Abramowitz & Stegun. */
export function normalCdf(z: number): number {
  if (z > 3) return 1 - normalCdf(-z);
  if (z < -39) return 0;
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z >= -3) {
    let [term, sum] = [z, z];
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  let fraction = -z;
  for (let k = 100; k >= 1; k--) fraction = -z + k / fraction;
  return density / fraction;
}
