/** The offset basis and the prime of FNV-1a by width (http://www.isthe.com/chongo/tech/comp/fnv/). */
const CONSTANTS = {
  32: [0x811c9dc5n, 0x01000193n],
  64: [0xcbf29ce484222325n, 0x100000001b3n],
} as const;

/** FNV-1a over UTF-16 code units: a short name for a long one, not a security boundary. */
export function fnv1a(text: string, bits: keyof typeof CONSTANTS): bigint {
  const [basis, prime] = CONSTANTS[bits];
  let hash: bigint = basis;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(bits, (hash ^ BigInt(text.charCodeAt(i))) * prime);
  return hash;
}
