/** A value of Python: tuples and lists are arrays; what no profile holds is null. */
export type PythonValue = number | string | null | readonly PythonValue[] | PythonDict;

/** A dict in its order; its keys are tuples. */
export interface PythonDict {
  readonly entries: readonly (readonly [PythonValue, PythonValue])[];
}

/** The bit that says of an object that others refer to it. */
const REFERENCED = 0x80;

/**
 * The value that Python's `marshal` has written, as far as `cProfile` uses it: numbers, texts, tuples, dicts, references. Throws an `Error` in a few words.
 *
 * Source: https://github.com/python/cpython/blob/3.13/Python/marshal.c (versions 2 to 4).
 */
export function unmarshal(bytes: Uint8Array): PythonValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const references: PythonValue[] = [];
  let at = 0;
  const byte = () => view.getUint8(at++);
  const long = () => {
    at += 4;
    return view.getInt32(at - 4, true);
  };
  const text = (length: number, encoding: string) => {
    at += length;
    if (length < 0 || at > bytes.length) throw new Error("it ends in the middle");
    return new TextDecoder(encoding).decode(bytes.subarray(at - length, at));
  };
  const many = (length: number) => {
    const items: PythonValue[] = [];
    for (let left = length; left > 0; left--) items.push(value() ?? null);
    return items;
  };
  /** Undefined: the end of a dict. */
  const value = (): PythonValue | undefined => {
    const code = byte();
    const type = String.fromCharCode(code & ~REFERENCED);
    // An object's place among the references comes before those of its parts.
    const place = (code & REFERENCED) === 0 || type === "0" ? null : references.push(null) - 1;
    const read = READ[type];
    if (read === undefined) throw new Error(`it holds what no profile of Python holds ("${type}")`);
    const found = read();
    if (place !== null && found !== undefined) references[place] = found;
    return found;
  };
  const READ: Readonly<Record<string, () => PythonValue | undefined>> = {
    "0": () => undefined,
    N: () => null,
    T: () => 1,
    F: () => 0,
    i: long,
    l: () => {
      const digits = long();
      let sum = 0;
      for (let index = 0; index < Math.abs(digits); index++) {
        at += 2;
        sum += view.getUint16(at - 2, true) * 2 ** (15 * index);
      }
      return Math.sign(digits) * sum;
    },
    g: () => {
      at += 8;
      return view.getFloat64(at - 8, true);
    },
    s: () => text(long(), "latin1"),
    u: () => text(long(), "utf-8"),
    t: () => text(long(), "utf-8"),
    a: () => text(long(), "latin1"),
    A: () => text(long(), "latin1"),
    z: () => text(byte(), "latin1"),
    Z: () => text(byte(), "latin1"),
    r: () => references[long()] ?? null,
    "(": () => many(long()),
    ")": () => many(byte()),
    "[": () => many(long()),
    "{": () => {
      const entries: (readonly [PythonValue, PythonValue])[] = [];
      for (let key = value(); key !== undefined; key = value()) entries.push([key, value() ?? null]);
      return { entries };
    },
  };
  return value() ?? null;
}
