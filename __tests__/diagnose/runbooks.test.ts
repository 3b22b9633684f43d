import fs from "node:fs";
import path from "node:path";
import { layerJsonSchema } from "../../src/config/json-schema/editor-schema";
import { targetSchema } from "../../src/config/schema/target";
import { runbookFile, runbookOfAlert, runbooks } from "../../src/facts/runbooks";
import { liveChecks } from "../../src/verify/live-checks";
import { whereToLook } from "../../src/diagnose/where";
import { type AddressSource, alertRules } from "../../src/modules/observability/alert-rules";
import type { AlertedMesh } from "../../src/modules/observability/mesh-alerts";
import { SHOULD_BE_ZERO } from "../../src/modules/observability/nat-alarms";
import { diagnosePage, readDiagnosePage } from "../../tools/diagnose/diagnose-page";
import { readRunbook, runbookPage, runbookPages } from "../../tools/diagnose/runbook-page";
import { schemaKeys } from "../support/schema-keys";

const folder = path.join(__dirname, "../../docs/runbooks");
const files = fs.readdirSync(folder).map((file) => file.replace(/\.md$/, ""));

interface MadeAlert {
  readonly alert: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every alert that a target may have. */
const alerts = (["cilium-eni", "cilium-overlay", "vpc-cni"] as AddressSource[])
  .flatMap((addresses) =>
    (["istio", "istio-ambient", "cilium"] as AlertedMesh[]).map((mesh) =>
      alertRules({ addresses, cilium: true, subnetAddressesLeft: 100, mesh }),
    ),
  )
  .flatMap((rules) => Object.values(rules))
  .flatMap(({ spec }) => (spec as unknown as { groups: { rules: MadeAlert[] }[] }).groups)
  .flatMap((group) => group.rules);

test("each cause and each page that alerts lead to is there, and no other", () => {
  expect([...files].sort()).toEqual(runbookPages);
});

test("each alert has a page, which its annotation names", () => {
  const wrong = alerts.filter(
    ({ alert, annotations }) =>
      annotations.runbook === undefined || annotations.runbook !== runbookOfAlert(alert),
  );
  expect(wrong).toEqual([]);
});

test("a page names alerts that are made, and live checks once", () => {
  const made = new Set([...alerts.map(({ alert }) => alert), ...Object.keys(SHOULD_BE_ZERO)]);
  const named = runbooks.flatMap((each) => each.alerts ?? []);
  expect([...named].sort()).toEqual([...made].sort());
  const checks = runbooks.flatMap((each) => each.checks ?? []);
  expect(new Set(checks).size).toBe(checks.length);
  const known = liveChecks.map(({ id }) => id);
  expect(checks.filter((id) => !known.includes(id))).toEqual([]);
});

test.each(files)("the page of %s says what its records say, in all its sections", (page) => {
  const text = readRunbook(page);
  expect(runbookPage(page, text)).toBe(text);
  const heads = text.split("\n").filter((line) => line.startsWith("## "));
  expect(heads).toEqual(["## What it means", "## What users see", "## Confirm and mend", "## Prevent"]);
  expect(text).toContain("What to look for: ");
});

test("keys that a page names are keys of the configuration", () => {
  const known = schemaKeys(layerJsonSchema(), targetSchema).map(({ path: key }) =>
    key.replace(/\|\d+/g, "").replace(/\[\]/g, ""),
  );
  const wrong = files.flatMap((page) => {
    const line = /^Keys: (.*)\.$/m.exec(readRunbook(page))?.[1] ?? "";
    return [...line.matchAll(/`([^`]+)`/g)]
      .map(([, key = ""]) => key)
      .filter((key) => !known.includes(key))
      .map((key) => `${page}: ${key}`);
  });
  expect(wrong).toEqual([]);
});

test("where to look leads to pages that are there", () => {
  const rows = (["cilium-eni", "vpc-cni"] as const).flatMap((addresses) =>
    whereToLook({
      clusterName: "c",
      region: "r",
      cilium: addresses !== "vpc-cni",
      addresses,
      flowLogs: { kind: "s3", bucket: "b" },
      nat: true,
      firewallLogs: ["/g"],
      loadBalancers: true,
    }),
  );
  expect(rows.flatMap(({ causes }) => causes).filter((each) => !files.includes(each))).toEqual([]);
  expect(runbookFile("cilium-maps")).toBe("docs/runbooks/cilium-maps.md");
});

test("docs/diagnose.md has the causes, precedence, sources and confusion table of now", () => {
  const page = readDiagnosePage();
  expect(squeezed(diagnosePage(page))).toBe(squeezed(page));
});

/** Prettier pads tables. */
function squeezed(text: string): string {
  return text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
}
