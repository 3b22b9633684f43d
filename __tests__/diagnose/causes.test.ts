import { layerJsonSchema } from "../../src/config/json-schema/editor-schema";
import { targetSchema } from "../../src/config/schema/target";
import { causes } from "../../src/diagnose/causes/causes";
import { depth, explains } from "../../src/diagnose/precedence";
import { readCorpus } from "../../tools/diagnose/corpus";
import { schemaKeys } from "../support/schema-keys";

const ids = causes.map(({ id }) => id);
/** Keys as users read them: which alternative of a union has them is none of their concern. */
const known = new Set(
  schemaKeys(layerJsonSchema(), targetSchema).map(({ path }) =>
    path.replace(/\|\d+/g, "").replace(/\[\]/g, ""),
  ),
);

test("a cause names keys that the configuration has", () => {
  const unknown = causes.flatMap(({ id, keys }) =>
    keys.filter((key) => !known.has(key)).map((key) => `${id}: ${key}`),
  );
  expect(unknown).toEqual([]);
});

test("a cause says how to confirm and to mend it, on one line each", () => {
  const bad = causes.filter(
    ({ confirm, mend, title }) =>
      !/^(kubectl|aws|hubble|istioctl) /.test(confirm) || /\n/.test(confirm + mend + title),
  );
  expect(bad).toEqual([]);
});

test("each cause has its place in the order of precedence, once", () => {
  expect([...depth].sort()).toEqual([...ids].sort());
});

test("what a cause explains lies above it: no two explain each other", () => {
  const wrong = Object.entries(explains).flatMap(([cause, effects]) =>
    effects
      .filter((effect) => depth.indexOf(effect) <= depth.findIndex((each) => each === cause))
      .map((effect) => `${cause} explains ${effect}`),
  );
  expect(wrong).toEqual([]);
});

test("every cause that can be named has cases in the corpus, and the other way round", () => {
  const told = new Set(readCorpus().flatMap(({ first }) => first ?? []));
  expect([...told].sort()).toEqual([...ids].sort());
});
