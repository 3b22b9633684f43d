import path from "node:path";
import fc from "fast-check";
import { byBytes, byTheSchema } from "../../../tools/fuzz/config-inputs";
import { ENVIRONMENT, OWN, sampleTexts } from "../../../tools/fuzz/seeds";
import { misbehaviour } from "../../../tools/fuzz/well-behaved";
import { aFolder } from "../../support/fixtures";

/** More of the same: npm run fuzz. */
const RUNS = 250;

/** The same inputs each time: a test that fails on some days is no test. */
const SEED = 12;

const dir = path.join(aFolder({}), "envs");

test.each([
  ["by the schema", byTheSchema(ENVIRONMENT, OWN)],
  ["of changed bytes", byBytes(sampleTexts(), ENVIRONMENT)],
])(
  "any input %s is answered in two seconds, without a crash, each refusal with file, line and column",
  (_how, inputs) => {
    fc.assert(
      fc.property(inputs, (files) => {
        expect(misbehaviour(dir, files)).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
  300_000,
);
