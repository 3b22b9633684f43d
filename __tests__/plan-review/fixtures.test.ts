import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { assess } from "../../src/plan-review/assess";
import { formatHtml } from "../../src/plan-review/format/html";
import { reviewJson } from "../../src/plan-review/format/json";
import { COMMENT_LIMIT, formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatSarif } from "../../src/plan-review/format/sarif";
import { formatText } from "../../src/plan-review/format/text";
import type { Impact } from "../../src/plan-review/model/impact";
import { ruleIds } from "../../src/plan-review/rules/rules";
import { fixtureNames, findingsOf, readFixture, reviewFixture } from "./support";

const sarifSchema = z.object({
  runs: z.array(z.object({ results: z.array(z.object({ message: z.object({ text: z.string() }) })) })),
});

const cases: readonly [string, Impact, Impact, readonly string[]][] = [
  ["first-deploy-network", "routine", "routine", []],
  ["first-deploy-cluster", "routine", "routine", []],
  ["no-change", "none", "none", []],
  [
    "node-roll",
    "disruption",
    "disruption",
    [
      "NODES-ROLL rolls node group main of 3 nodes in 3 subnets",
      "NODE-AGENT-RESTART restarts the EBS CSI driver on every node (3 nodes in these plans)",
      "ADDON-CHANGED rolls the pods of the add-on coredns",
    ],
  ],
  [
    "node-template",
    "disruption",
    "disruption",
    ["NODES-ROLL may roll node group main of 3 nodes in 3 subnets"],
  ],
  [
    "node-types",
    "disruption",
    "disruption",
    [
      "NODES-SIZE-REFUSED sets the minimum of node group main to 6 nodes, and 3 run: AWS refuses it",
      "NODES-LOST may replace node group main of 3 nodes in 3 subnets",
    ],
  ],
  [
    "cluster-replaced",
    "irreversible",
    "irreversible",
    [
      "EKS-CLUSTER-LOST replaces the cluster prod-octarine",
      "EKS-ACCESS-LOST may be a replacement, one that takes access from role octarine-deploy of account 444444444444 until it is made again",
      "EKS-ACCESS-LOST may be a replacement, one that takes access from role octarine-deploy of account 444444444444 until it is made again",
      "IAM-LOST may replace the OIDC provider of the cluster",
    ],
  ],
  [
    "cluster-may-replace",
    "security",
    "irreversible",
    [
      "EKS-CLUSTER-LOST may replace the cluster prod-octarine",
      "EKS-ENDPOINT opens the Kubernetes API of prod-octarine to 203.0.113.0/24",
    ],
  ],
  [
    "cluster-replaced-by-range",
    "irreversible",
    "irreversible",
    [
      "EKS-CLUSTER-LOST replaces the cluster prod-octarine",
      "EKS-ENDPOINT opens the Kubernetes API of prod-octarine to 203.0.113.0/24",
    ],
  ],
  [
    "kubernetes-upgrade",
    "irreversible",
    "irreversible",
    ["EKS-VERSION upgrades Kubernetes from 1.33 to 1.35"],
  ],
  [
    "cni-values",
    "irreversible",
    "irreversible",
    ["CNI-SWITCHED switches how pods get their network: eni.awsEnablePrefixDelegation true to false"],
  ],
  [
    "chart-upgrade",
    "disruption",
    "disruption",
    [
      "CNI-RESTART restarts Cilium on every node",
      "DELETED deletes kubernetes_config_map_v1.cilium_cni-configuration",
    ],
  ],
  [
    "cluster-opened",
    "security",
    "security",
    [
      "EKS-ENDPOINT opens the Kubernetes API of prod-octarine to the whole internet (0.0.0.0/0)",
      "SG-OPENED opens tcp 443 to 0.0.0.0/0 (the whole internet) on sg-a149a781043950b25",
    ],
  ],
  [
    "security-group-opened",
    "security",
    "security",
    ["SG-OPENED opens tcp 443 to 10.0.0.0/8 on sg-977e214e7b29d1232"],
  ],
  [
    "iam-widened",
    "security",
    "security",
    [
      "DATA-UNPROTECTED leaves 7 days in place of 30 to restore the key VPC flow logs of reference-us-east-1 once it is deleted",
      "IAM-WIDENED widens the policy reference-us-east-1-flow-logs by logs:* and s3:GetObject",
    ],
  ],
  [
    "bucket-deleted",
    "irreversible",
    "irreversible",
    [
      "DATA-LOST deletes the volume volume-26a99ab3ee685056a",
      "DATA-LOST deletes the key backups",
      "DATA-LOST deletes the bucket acme-velero-backup",
      "DATA-EXPIRES keeps the logs of /acme/audit 30 days, no longer 365 days",
      "DATA-UNPROTECTED takes the public access block from bucket-7c8a302f2b666e66a",
      "DELETED deletes aws_s3_bucket_policy.backup",
    ],
  ],
  [
    "data-opened",
    "security",
    "irreversible",
    [
      "DATA-LOST may replace the queue events and the messages in it",
      "SG-OPENED opens tcp 443 to 0.0.0.0/0 (the whole internet) on legacy",
      "DATA-UNPROTECTED lets Terraform delete all objects with acme-velero-backup",
      "DATA-UNPROTECTED lets public policies onto bucket-7c8a302f2b666e66a",
      "DATA-UNPROTECTED lets the public into bucket-7c8a302f2b666e66a",
      "IAM-WIDENED widens the policy bucket-7c8a302f2b666e66a to anybody",
    ],
  ],
  [
    "moved-and-forgotten",
    "disruption",
    "disruption",
    ["FORGOTTEN lets aws_route.network_public-internet out of Terraform's hands"],
  ],
  [
    "drift",
    "security",
    "security",
    [
      "SG-CLOSED closes tcp 443 to 10.0.0.0/8 on sg-977e214e7b29d1232",
      "DRIFT aws_vpc_security_group_ingress_rule.endpoints_https-from-10-67-0-0-16 differs from what was applied",
      "DRIFT aws_vpc_security_group_ingress_rule.endpoints_https-from-10-99-0-0-16 is gone",
    ],
  ],
];

test.each(cases)("%s: %s, possibly %s", (name, impact, couldBe, findings) => {
  const review = reviewFixture(name);
  expect({ impact: review.impact, couldBe: review.couldBe }).toEqual({ impact, couldBe });
  expect(findingsOf(review)).toEqual(findings);
});

test("a subnet whose range changes is moved, planned as a replacement or not", () => {
  expect(findingsOf(reviewFixture("subnet-replaced"))[0]).toBe(
    "NET-MOVED replaces and moves the subnet reference-us-east-1-pods-us-east-1a from 10.67.32.0/19 to 10.67.32.0/20",
  );
  expect(findingsOf(reviewFixture("subnet-moved"))).toContain(
    "NET-MOVED moves the subnet reference-us-east-1-pods-us-east-1a from 10.67.32.0/19 to 10.67.32.0/20",
  );
});

test("destroying a target names the cluster, its keys, its logs and its node group", () => {
  const found = findingsOf(reviewFixture("destroy-cluster", "destroy-nodes"));
  expect(found).toContain("EKS-CLUSTER-LOST deletes the cluster prod-octarine");
  expect(found).toContain("DATA-LOST deletes the log group /aws/eks/prod-octarine/cluster");
  expect(found.filter((each) => each.startsWith("DATA-LOST deletes the key"))).toHaveLength(3);
  expect(found.some((each) => each.startsWith("NODES-LOST deletes node group"))).toBe(true);
});

test("plans of several stacks are read together: the CNI's restart counts the nodes of another stack", () => {
  const review = assess([readFixture("chart-upgrade", "prod-cni"), readFixture("no-change", "prod-nodes")]);
  expect(findingsOf(review)).toContain("CNI-RESTART restarts Cilium on every node (3 nodes in these plans)");
});

test("shows a resource that only moves", () => {
  const text = formatText(reviewFixture("moved-and-forgotten"));
  expect(text).toContain("moved from aws_eip.network_nat_address-us-east-1a");
});

test("the secret of a secret's version shows in no form", () => {
  const review = reviewFixture("data-opened");
  for (const form of [
    formatText(review, { all: true }),
    formatMarkdown(review),
    formatHtml(review),
    JSON.stringify(reviewJson(review), null, 2),
  ]) {
    expect(form).not.toMatch(/hunter2|correct horse/);
  }
  expect(JSON.stringify(reviewJson(review), null, 2)).toContain('"before": "(secret)"');
});

test("SARIF says what, why and the doubt, a sentence each", () => {
  const { runs } = sarifSchema.parse(JSON.parse(formatSarif(reviewFixture("node-template"), "0.0.0")));

  expect(runs[0]?.results.map(({ message }) => message.text)).toEqual([
    "may roll node group main of 3 nodes in 3 subnets. Every node is drained and replaced:" +
      " each pod on it moves once, as its disruption budget allows. In doubt: it rolls if it follows the newest version of this launch template.",
  ]);
});

describe("the table in docs/plan-review.md", () => {
  const text = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "plan-review.md"), "utf8");
  const rows = [...text.matchAll(/^\| ([\w ]+?) +\| ((?:`[\w-]+` ?)+) +\| (\w+) +\|$/gm)]
    .map(([, change = "", names = "", impact = ""]) => ({
      change,
      names: names.match(/[\w-]+/g) ?? [],
      impact,
    }))
    .filter(({ names }) => names.some((name) => fixtureNames().includes(name)));

  test("stands beside every rule and the number of plans", () => {
    expect(ruleIds.filter((id) => !new RegExp(`^\\|.*\\b${id}\\b.*\\|$`, "m").test(text))).toEqual([]);
    expect(text).toContain(`${fixtureNames().length} plans made with the real Terraform`);
  });

  // Twelve changes that an EKS platform sees in its first years.
  test("has a plan of every change that is asked for", () => {
    expect(rows.map(({ change }) => change)).toEqual([
      "first deploy",
      "no change",
      "node group roll",
      "cluster replacement",
      "CNI values",
      "security group opened",
      "IAM widened",
      "bucket deleted",
      "subnet CIDR changed",
      "drift",
      "chart upgrade",
      "destroy",
    ]);
  });

  test.each(rows.map(({ change, ...row }) => [change, row] as const))(
    "%s comes to what it says",
    (_change, row) => {
      for (const name of row.names) expect([name, reviewFixture(name).impact]).toEqual([name, row.impact]);
    },
  );
});

describe.each(fixtureNames())("%s in every form", (name) => {
  const review = reviewFixture(name);

  test("fits 100 columns of a terminal", () => {
    const long = formatText(review, { all: true })
      .split("\n")
      .filter((line) => [...line].length > 100);
    expect(long).toEqual([]);
  });

  test("fits a comment and states what it can't see", () => {
    const comment = formatMarkdown(review);
    expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(comment).toContain("What this review can't see");
  });

  test("is JSON and SARIF with one result a finding", () => {
    const json: unknown = JSON.parse(JSON.stringify(reviewJson(review), null, 2));
    expect(json).toMatchObject({ version: 1, impact: review.impact, couldBe: review.couldBe });
    const sarif = formatSarif(review, "0.0.0");
    expect(sarif.match(/"ruleIndex": \d/g) ?? []).toHaveLength(findingsOf(review).length);
    expect(sarif).not.toContain('"ruleIndex": -1');
    const messages = sarifSchema
      .parse(JSON.parse(sarif))
      .runs.flatMap(({ results }) => results.map(({ message }) => message.text));
    expect(messages.filter((message) => !/[^.]\.$/.test(message) || message.includes(".. "))).toEqual([]);
  });

  test("is a page that loads nothing", () => {
    expect(formatHtml(review)).not.toMatch(/<(script|img|link|iframe|a|base)\b|\b(src|href)=|url\(/);
  });
});
