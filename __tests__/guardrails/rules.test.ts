import { allRules } from "../../src/guardrails/rules/all-rules";
import { admissionCases } from "./cases/admission-cases";
import { awsCases } from "./cases/aws-cases";
import { clusterCases } from "./cases/cluster-cases";
import { iamCases } from "./cases/iam-cases";
import { nameCases } from "./cases/name-cases";
import { nodeCases } from "./cases/node-cases";
import { permissionCases } from "./cases/permission-cases";
import { reachabilityCases } from "./cases/reachability-cases";
import { stateCases } from "./cases/state-cases";
import { findingsOf, type RuleCase } from "./support";

const cases: readonly RuleCase[] = [
  ...awsCases,
  ...iamCases,
  ...nodeCases,
  ...clusterCases,
  ...stateCases,
  ...nameCases,
  ...permissionCases,
  ...reachabilityCases,
  ...admissionCases,
];
/** Rules that only say what can't be decided: they have no violation. */
const NEVER_BROKEN = [
  "REACH-UNDECIDED",
  "PERMISSION-UNDECIDED",
  "HELM-UNREAD",
  "ADMISSION-UNDECIDED",
  "STATE-MODULE-READ",
];

test.each(cases.filter(([, violating]) => violating.length > 0))(
  "%s finds what breaks it",
  (id, violating) => {
    const outcomes = findingsOf(id, violating).map(({ outcome }) => outcome);

    expect(outcomes).toContain("violation");
    expect(outcomes).not.toContain("crash");
  },
);

test.each(cases)("%s finds nothing in a correct stack", (id, _violating, clean) => {
  expect(findingsOf(id, clean).map(({ address, outcome, detail }) => ({ address, outcome, detail }))).toEqual(
    [],
  );
});

test("every rule has a violating and a clean case", () => {
  const withViolation = new Set(cases.filter(([, violating]) => violating.length > 0).map(([id]) => id));
  const covered = new Set(cases.map(([id]) => id));

  expect(allRules.filter(({ id }) => !covered.has(id)).map(({ id }) => id)).toEqual([]);
  expect(allRules.filter(({ id }) => !withViolation.has(id)).map(({ id }) => id)).toEqual(NEVER_BROKEN);
});

test("there are at least sixty rules, each with its own id and all of its texts", () => {
  expect(allRules.length).toBeGreaterThanOrEqual(60);
  expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length);
  for (const { id, what, why, remedy, reference } of allRules) {
    expect(id).toMatch(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/);
    for (const text of [what, why, remedy]) expect(text).toMatch(/^\S.+\.$/);
    expect(reference).toMatch(/^https:\/\//);
  }
});
