/**
 * `compute`, which makes its answer for an object once and keeps it for as long as the object is there. For objects that nobody changes any more, and answers
 * that nobody changes.
 */
export function onceFor<Key extends object, Answer>(compute: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const found = known.get(key) ?? { answer: compute(key) };
    known.set(key, found);
    return found.answer;
  };
}
