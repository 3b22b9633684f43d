import { NETWORK, problemsIn } from "../../support/problems";

test("looks thousands of aliases of one anchor up in one go", () => {
  const list = Array(9_000).fill("*x").join(", ");

  // Each by a search of the whole document, this would take minutes.
  for (const problem of problemsIn(`${NETWORK}tags: { a: &x b, c: [${list}] }\n`))
    expect(problem).toContain("tags.c");
});

test("reports the missing item of a list at its own place, and not at the next one", () => {
  expect(
    problemsIn(`${NETWORK}account: { id: "111122223333", deployers: [Ops, *gone, "not a role!"] }\n`),
  ).toEqual([expect.stringContaining("account.deployers[1]  refers to &gone")]);
});
