import { readerTokenName, tokenSecrets } from "../../../src/modules/mesh/reader-token";

const names = (generation: number, keepPrevious: boolean) =>
  Object.values(tokenSecrets({ generation, keepPrevious })).map(({ metadata }) => metadata.name);

// kubernetes/kubernetes pkg/serviceaccount/legacy.go: the claims hold the Secret's name, and no time.
test("each generation of the token has a name of its own: under an old one the old token comes back", () => {
  expect([1, 2, 3].map(readerTokenName)).toEqual([
    "istio-reader-token",
    "istio-reader-token-2",
    "istio-reader-token-3",
  ]);
});

test("the one before is there only as long as it is kept", () => {
  expect(names(2, false)).toEqual(["istio-reader-token-2"]);
  expect(names(2, true)).toEqual(["istio-reader-token-2", "istio-reader-token"]);
  expect(names(1, true)).toEqual(["istio-reader-token"]);
});
