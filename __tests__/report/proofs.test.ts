import { loadFleet } from "../../src/fleet/load-fleet";
import { permissionsSection } from "../../src/report/permissions-section";
import { reachabilitySection } from "../../src/report/reachability-section";
import { reportPage } from "../../src/report/report";
import type { ReportContext } from "../../src/report/sections";
import { type TargetFacts, targetFacts } from "../../src/report/target-facts";
import type { ProofFacts } from "../../src/synth/proof-facts";
import { html } from "../../src/text/html";
import { aTarget } from "../support/fixtures";
import { itemsOf, rowsOf, sectionOf, textOf, unfolded } from "../support/page-text";
import { runCommand } from "../support/run-command";

const NAME = "prod/us-east-1";
const fleet = loadFleet("envs");
const targets = fleet.targets.filter(({ name }) => name === NAME);
const page = reportPage(targets, { fleet });
const json = async (...args: string[]) =>
  JSON.parse((await runCommand("--envs", "envs", ...args, "--json")).output) as Record<string, unknown>;

describe("the sample's page says the same as the commands", () => {
  test("what each identity needs, and what of it is allowed, denied, undecided, unused", async () => {
    const { identities } = (await json("permissions", NAME)) as {
      identities: { name: string; kind: string; counts: Record<string, number> }[];
    };
    const rows = rowsOf(sectionOf(page, "permissions"), /^Calls of AWS/);

    expect(identities.length).toBeGreaterThan(20);
    expect(rows).toEqual(
      identities.map(({ name, kind, counts }) => [
        `${name} ${kind}`,
        ...["needed", "allowed", "denied", "undecided", "unused"].map((each) => String(counts[each])),
      ]),
    );
  });

  test("how the needs of each kind fare", async () => {
    const { counts } = (await json("reachability", NAME)) as { counts: Record<string, unknown>[] };
    const rows = rowsOf(sectionOf(page, "reachability"), /^Flows that/);

    expect(rows).toEqual(
      counts.map(({ kind, needed, allowed, denied, undecided }) =>
        [kind, needed, allowed, denied, undecided].map(String),
      ),
    );
  });

  test("who may reach the internet, and who may be reached from it", async () => {
    const { ways, closed } = (await json("reachability", NAME, "--to", "internet")) as {
      ways: { from: string }[];
      closed: number;
    };
    const text = textOf(sectionOf(page, "reachability"));

    expect(ways.map(({ from }) => from)).toContain("kube-system/karpenter");
    expect(text).toContain(`May reach the internet: ${ways.length} ways open, ${closed} closed`);
    expect(text).toMatch(/Allowed to internet, TCP 443\. kube-system: cilium, .*karpenter, .*any pod keda: /);
    expect(
      ways.filter(({ from }) => !text.includes(from.replace(/^[^/]+\//, "").replace("*", "any pod"))),
    ).toEqual([]);
    expect(text).toMatch(/May be reached from the internet: 0 ways open, \d+ closed\./);
  });

  test("nothing stands in the way that is not told before folds open: undecided calls and flows, each with its line", () => {
    const open = (id: string) => itemsOf(unfolded(sectionOf(page, id)));

    expect(open("permissions")).toContainEqual(
      expect.stringMatching(/^undecided external-secrets: sts:AssumeRole, sts:TagSession .*\.yaml:\d+/),
    );
    expect(open("reachability")).toContainEqual(
      expect.stringMatching(
        /^undecided payments\/orders to .*, TCP 3306 .*At transit gateway: .*orders\.yaml:\d+/,
      ),
    );
  });
});

const target = aTarget();
const facts = targetFacts(target, {
  fleet: { targets: [target] },
  asOf: undefined,
  judgedOn: () => "2026-11-28",
});

/** A context of a target of which this is proved. */
function proved(proofs: Partial<ProofFacts>): ReportContext {
  const changed: TargetFacts = {
    ...facts,
    judged: { ...facts.judged, proofs: { ...facts.judged.proofs, ...proofs } },
  };
  return {
    target,
    fleet,
    asOf: undefined,
    facts: () => changed,
    idPrefix: target.workspace,
    heading: (text) => html`<h3>${text}</h3>`,
  };
}

const markup = (section: typeof permissionsSection, proofs: Partial<ProofFacts>): string =>
  section.render(proved(proofs))?.markup ?? "";

describe("what is denied", () => {
  const call = {
    kind: "denied",
    why: "make volumes",
    source: "",
    stoppedBy: "the endpoint's policy allows none of it",
    remedy: "allow it there",
    place: "envs/a.yaml:7",
  } as const;
  const calls = markup(permissionsSection, {
    identities: [
      {
        name: "ebs",
        kind: "controller",
        role: "r",
        counts: { needed: 3, allowed: 1, denied: 2, undecided: 0, unused: 0 },
        calls: [
          { ...call, action: "ec2:CreateVolume", resource: "arn:aws:ec2:*:*:volume/*" },
          { ...call, action: "ec2:CreateTags", resource: "arn:aws:ec2:*:*:volume/*" },
        ],
        unused: [],
      },
    ],
    exposures: [],
  });

  test("calls that one policy stops are one item, with what stops them, the remedy and the line", () => {
    expect(itemsOf(unfolded(calls))).toEqual([
      "denied ebs: ec2:CreateVolume, ec2:CreateTags The endpoint's policy allows none of it. Allow it there. envs/a.yaml:7 arn:aws:ec2:*:*:volume/*",
    ]);
    expect(calls).toContain('class="badge bad"');
    expect(textOf(calls)).toContain("1 identity, 3 calls: 2 denied, 0 undecided.");
  });

  test("a flow says the hop where it ends, and what is done without it", () => {
    const flows = markup(reachabilitySection, {
      needs: {
        counts: [{ kind: "webhook", needed: 1, allowed: 0, denied: 1, undecided: 0 }],
        flows: [
          {
            kind: "webhook",
            from: "api-server",
            to: "a/b",
            port: 9443,
            protocol: "TCP",
            verdict: "denied",
            without: "nothing is injected",
            why: "",
            source: "record",
            hops: [
              { at: "route out", verdict: "allowed", says: "local", by: [] },
              { at: "policy of the receiver", verdict: "denied", says: "nothing lets it in", by: [] },
            ],
          },
        ],
      },
    });

    expect(itemsOf(unfolded(flows))).toEqual([
      "denied api-server to a/b, TCP 9443 webhook At policy of the receiver: nothing lets it in; without it: nothing is injected.",
    ]);
    expect(textOf(flows)).toContain("Picture of api-server to a/b, TCP 9443");
    expect(flows).toMatch(/>policy of the receiver: denied<\/text>/);
  });

  test("a target of which nothing is known has neither section", () => {
    expect(markup(permissionsSection, { identities: [] })).toBe("");
    expect(markup(reachabilitySection, { needs: { counts: [], flows: [] } })).toBe("");
  });
});
