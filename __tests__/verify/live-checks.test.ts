import { parseCidr } from "../../src/ip-capacity/cidr";
import { freeBlocks } from "../../src/verify/free-blocks";
import { liveChecks } from "../../src/verify/live-checks";
import { runChecks } from "../../src/verify/run-checks";
import { proofOfTarget, reachOfTarget } from "../../src/synth/guard-targets";
import { present } from "../../src/text/errors";
import { aTarget } from "../support/fixtures";
import { live } from "../support/live-answers";
import { NOW } from "./cases/objects";
import { cases } from "./live-cases";

const judge = async (id: string, yaml: string, answers: Readonly<Record<string, unknown>>) => {
  const peer = aTarget("network: { vpcCidr: 10.1.0.0/16, zones: [us-west-2a, us-west-2b, us-west-2c] }", {
    region: "us-west-2",
  });
  const target = aTarget(yaml).with({ peers: [peer] });
  const check = present(
    liveChecks.find((each) => each.id === id),
    `check ${id}`,
  );
  expect([id, check.applies(target)]).toEqual([id, true]);
  const [checked] = await runChecks(
    [check],
    {
      target,
      now: NOW,
      proofs: () => proofOfTarget(target),
      reach: () => reachOfTarget(target),
      restore: "payments",
    },
    live(answers),
  );
  return present(checked, "an outcome").outcome;
};

describe.each(cases)("$id", ({ id, yaml = "", answers, faults }) => {
  test("is met", async () => {
    const outcome = await judge(id, yaml, answers);

    expect([outcome.is, ...outcome.says].length).toBeGreaterThan(1);
    expect(outcome.is).toBe("met");
  });

  test.each(faults)("is not met: $says", async ({ changed, says }) => {
    const outcome = await judge(id, yaml, { ...answers, ...changed });

    expect(outcome.is).toBe("not met");
    expect(outcome.says.join("\n")).toMatch(new RegExp(says.source, "m"));
  });

  test("is not known where nobody answers, and where the caller may not ask", async () => {
    const silent = await judge(id, yaml, {});
    const forbidden = await judge(
      id,
      yaml,
      Object.fromEntries(
        Object.keys(answers).map((key) => [key, new Error("Error from server (Forbidden): no")]),
      ),
    );

    expect([silent.is, forbidden.is]).toEqual(["not known", "not known"]);
  });
});

test("every check is tried both ways", () => {
  const tried = new Set(cases.map(({ id }) => id));

  expect(liveChecks.filter(({ id, traffic }) => !tried.has(id) && traffic !== true)).toEqual([]);
  expect(cases.filter(({ faults }) => faults.length === 0)).toEqual([]);
});

test("every check has an id of its own, in capitals", () => {
  const ids = liveChecks.map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[A-Z0-9]+(-[A-Z0-9]+)+$/.test(id))).toEqual([]);
});

describe("which checks apply follows from the configuration", () => {
  const idsOf = (yaml: string) =>
    liveChecks.filter((each) => each.applies(aTarget(yaml))).map(({ id }) => id);

  test("without a mesh, GitOps and backups nothing is asked of them", () => {
    const ids = idsOf("");

    for (const id of ["MESH-RUNNING", "MESH-MTLS", "GITOPS-SYNCED", "BACKUPS-RECENT", "VPC-CNI-CONFIG"])
      expect(ids).not.toContain(id);
    expect(ids).toContain("CILIUM-CONFIG");
  });

  test("without Cilium nothing is asked of it", () => {
    const ids = idsOf("cni: { kind: vpc-cni }");

    for (const id of ["CILIUM-CONFIG", "CILIUM-STATUS", "CILIUM-ADDRESSES"]) expect(ids).not.toContain(id);
    expect(ids).toContain("VPC-CNI-CONFIG");
  });
});

describe("whole /28 blocks of a subnet", () => {
  const subnet = parseCidr("10.0.0.0/24");

  test("are all but the first and the last of an empty one", () => {
    expect(freeBlocks(subnet, [])).toBe(14);
  });

  test("are lost to a single address, and to a prefix", () => {
    expect(freeBlocks(subnet, ["10.0.0.20", "10.0.0.21", "10.0.0.64/28"])).toBe(12);
  });

  test("may be none although most addresses are free", () => {
    const scattered = Array.from({ length: 16 }, (_, block) => `10.0.0.${block * 16 + 7}`);

    expect(freeBlocks(subnet, scattered)).toBe(0);
  });
});
