import { remembered } from "../../src/ip-capacity/remembered";

test("the same arguments are computed once, others by themselves", () => {
  const compute = jest.fn((types: readonly string[], options?: { readonly cap: number }) => ({
    pods: types.length * (options?.cap ?? 1),
  }));
  const pods = remembered(compute);

  expect(pods(["a", "b"], { cap: 2 })).toBe(pods(["a", "b"], { cap: 2 }));
  expect(pods(["a", "b"])).toEqual({ pods: 2 });
  expect(pods(["a,b"])).toEqual({ pods: 1 });
  expect(compute).toHaveBeenCalledTimes(3);
});

test("no more is kept than asked for, and a refusal is not kept", () => {
  const compute = jest.fn((name: string) => {
    if (name === "bad") throw new RangeError(name);
    return name.length;
  });
  const length = remembered(compute, 2);

  ["a", "b", "c", "a"].forEach((name) => length(name));
  expect(compute).toHaveBeenCalledTimes(4);
  expect(() => length("bad")).toThrow(RangeError);
  expect(() => length("bad")).toThrow(RangeError);
});
