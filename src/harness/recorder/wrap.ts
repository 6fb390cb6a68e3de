/** Something whose functions are wrapped. */
export type Holder = Record<PropertyKey, unknown>;

type Before = (given: readonly unknown[], self: unknown) => void;

/**
 * Has `before` called with the arguments of each call of a function, which does the same as ever. Whoever holds a class by its prototype, or asks for its
 * static members, notices nothing. A function that is not there is left out: versions of Node differ.
 */
export function wrap(holder: unknown, name: string, before: Before): void {
  const home = holder as Holder | undefined | null;
  const original = home?.[name];
  if (home === undefined || home === null || typeof original !== "function") return;
  const wrapped = function (this: unknown, ...given: unknown[]): unknown {
    before(given, this);
    return new.target === undefined
      ? Reflect.apply(original, this, given)
      : Reflect.construct(original, given, new.target === wrapped ? original : new.target);
  };
  Object.setPrototypeOf(wrapped, original);
  wrapped.prototype = original.prototype;
  for (const key of Reflect.ownKeys(original)) {
    if (Object.hasOwn(wrapped, key) && key !== "name" && key !== "length") continue;
    const { value } = Object.getOwnPropertyDescriptor(original, key) ?? {};
    if (value !== undefined) Object.defineProperty(wrapped, key, { value, configurable: true, writable: true });
  }
  try {
    home[name] = wrapped;
  } catch {
    Object.defineProperty(home, name, { value: wrapped, configurable: true, writable: true });
  }
}

/** A binding of Node's: what its public functions call at the time of the call. Throws where this Node gives none to anybody. */
export function binding(name: string): Holder {
  return (process as unknown as { binding(name: string): Holder }).binding(name);
}
