import { expect, test } from "vitest";
import { onceFor } from "../../src/model/once.ts";

test("an answer is made once for each object, also where it is undefined", () => {
  const asked: object[] = [];
  const sizeOf = onceFor((list: readonly number[]) => {
    asked.push(list);
    return list.length === 0 ? undefined : list.length;
  });
  const [one, other, empty] = [[1], [1], []];
  expect([one, one, other, empty, empty].map(sizeOf)).toEqual([1, 1, 1, undefined, undefined]);
  expect(asked).toEqual([one, other, empty]);
});
