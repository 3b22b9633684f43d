import { canaryOf, type GateOptions, passGates } from "../../../src/cli/upgrade/gates";
import type { Ask } from "../../../src/cli/upgrade/verify-step";
import { verifyUntilMet } from "../../../src/cli/upgrade/verify-step";
import type { Target } from "../../../src/model/target";
import { hopsOf } from "../../../src/upgrade/hops";
import { liveChecks } from "../../../src/verify/live-checks";
import { present } from "../../../src/text/errors";
import { aTarget } from "../../support/fixtures";
import { type Answers, list, live } from "../../support/live-answers";

const old = aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
/** The control plane is a minor up, and nodes wait. */
const raised = aTarget(
  `release: "2026.11"\ncluster: { supportPolicy: extended }\nversions: { kubernetes: { version: "1.34", reason: "on the way" }, nodes: { version: "1.33", reason: "on the way" } }`,
);
const canary = (yaml: string) => aTarget(yaml, { region: "eu-west-1" });
const answered =
  (answers: Answers): Ask =>
  () =>
    Promise.resolve({ live: live(answers), close: () => undefined });

async function refusal(target: Target, options: Partial<GateOptions>, others: readonly Target[] = []) {
  const hop = present(hopsOf(target, "2026.11")[0], "a hop");
  const all: GateOptions = {
    asks: undefined,
    canary: undefined,
    giveUpWayBack: false,
    accepted: new Map(),
    waitMinutes: 0,
    ...options,
  };
  return await passGates({ targets: [target, ...others] }, target, { hop, to: "2026.11" }, all).then(
    () => undefined,
    (error: unknown) => error as Error & { exitCode: number },
  );
}

const UPDATES = `aws eks list-updates --name ${raised.clusterName}`;
const UPDATE = `aws eks describe-update --name ${raised.clusterName} --update-id u`;
const updated = (daysAgo: number): Answers => ({
  [UPDATES]: { updateIds: ["u"] },
  [UPDATE]: {
    update: {
      type: "VersionUpdate",
      status: "Successful",
      createdAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
      params: [{ type: "Version", value: "1.34" }],
    },
  },
  "kubectl get *": list(),
});

describe("before nodes follow the control plane", () => {
  const asks = (answers: Answers) => ({ asks: { target: answered(answers), canary: answered({}) } });

  test("an upgrade stops while EKS takes the control plane back, says until when and how, and exits with 3", async () => {
    const error = await refusal(raised, asks(updated(2)));

    expect(error?.exitCode).toBe(3);
    expect(error?.message).toMatch(
      /^dev\/us-east-1 is at release 2026\.11, Kubernetes 1\.34, nodes and add-ons 1\.33, and stops there: until \d{4}-\d\d-\d\dT\S+Z EKS takes the control plane back to 1\.33\.$/m,
    );
    expect(error?.message).toContain("aws eks update-cluster-version");
  });

  test("it goes on by itself when the week is over", async () => {
    expect(await refusal(raised, asks(updated(8)))).toBeUndefined();
  });

  test("it goes on within the week where that is asked for", async () => {
    expect(await refusal(raised, { ...asks(updated(2)), giveUpWayBack: true })).toBeUndefined();
  });

  test("where EKS can't be asked, somebody has to decide", async () => {
    const error = await refusal(raised, asks({}));

    expect(error?.exitCode).toBe(3);
    expect(error?.message).toContain("--give-up-way-back lets nodes and add-ons follow to 1.34");
  });
});

describe("a canary", () => {
  test("that is not at the hop yet is waited for, with the command that brings it there", async () => {
    const other = canary(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
    const error = await refusal(old, { canary: other.name }, [other]);

    expect(error?.exitCode).toBe(3);
    expect(error?.message).toBe(
      "dev/eu-west-1 goes first, and is at release 2025.09, Kubernetes 1.33, before release 2026.11, Kubernetes 1.33: npx octarine upgrade dev/eu-west-1 --to 2026.11 --apply",
    );
  });

  test("that is at the hop lets it pass, but not where its cluster is not as its config says", async () => {
    const other = canary("");
    const described = (version: string): Answers => ({
      [`aws eks describe-cluster --name ${other.clusterName}`]: {
        cluster: { status: "ACTIVE", version, resourcesVpcConfig: {} },
      },
      "kubectl get *": new Error("Forbidden"),
    });
    const asks = (answers: Answers) => ({
      target: answered({ "kubectl get *": list() }),
      canary: answered(answers),
    });

    expect(
      await refusal(old, { canary: other.name, asks: asks(described("1.35")) }, [other]),
    ).toBeUndefined();
    const error = await refusal(old, { canary: other.name, asks: asks(described("1.33")) }, [other]);
    expect(error?.exitCode).toBe(1);
    expect(error?.message).toContain("it runs Kubernetes 1.33, the configuration says 1.35");
  });

  test("is required of production, or the reason why there is none", () => {
    const prod = aTarget("", { environment: "prod" });
    const fleet = { targets: [prod, old] };

    expect(() => canaryOf(fleet, prod, {})).toThrow("name one that goes first by --canary");
    expect(canaryOf(fleet, prod, { withoutCanary: "the only cluster" })).toBeUndefined();
    expect(canaryOf(fleet, prod, { canary: old.name })).toBe(old.name);
    expect(() => canaryOf(fleet, prod, { canary: prod.name })).toThrow("can't be its own canary");
    expect(canaryOf(fleet, old, {})).toBeUndefined();
    expect(() => canaryOf(fleet, old, { canaryFrom: "answers" })).toThrow(/--canary-from has no effect/);
    expect(() => canaryOf(fleet, old, { canaryProfile: "dev" })).toThrow(/--canary-profile has no effect/);
    expect(() =>
      canaryOf(fleet, prod, { canary: old.name, canaryFrom: "answers", canaryProfile: "dev" }),
    ).toThrow(/--canary-profile has no effect with --canary-from/);
  });
});

test("a component that skips a minor is refused before anything changes, with what to write", async () => {
  const mesh = "mesh: { kind: istio, id: acme, trustDomain: acme.internal }";
  const error = await refusal(
    aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }\n${mesh}`),
    {},
  );

  expect(error?.message).toContain("istio 1.27.9 -> 1.29.6: write versions.istio of the next minor");
});

test("what would break stops it; what is accepted, with a reason, does not", async () => {
  const policies: Answers = {
    "kubectl get ciliumnetworkpolicies -A": list({
      kind: "CiliumNetworkPolicy",
      metadata: { name: "a", namespace: "shop" },
      spec: { ingress: [{ fromRequires: [{}] }] },
    }),
    "kubectl get *": list(),
  };
  const asks = { target: answered(policies), canary: answered({}) };

  expect((await refusal(old, { asks }))?.message).toMatch(
    /nothing was changed.*--accept <ID>=<reason>:\n {2}OBJECTS-CHANGE: .*\n {4}CiliumNetworkPolicy shop\/a: /,
  );
  expect(
    await refusal(old, { asks, accepted: new Map([["OBJECTS-CHANGE", "gone by then"]]) }),
  ).toBeUndefined();
});

describe("what is asked after a deployment", () => {
  const ready = present(
    liveChecks.find(({ id }) => id === "NODES-PRIVATE"),
    "a check",
  );
  const active = present(
    liveChecks.find(({ id }) => id === "CLUSTER-ACTIVE"),
    "a check",
  );
  const nodes = (address: string) => ({
    "kubectl get nodes": list({
      kind: "Node",
      metadata: { name: "n" },
      status: { addresses: [{ type: address, address: "192.0.2.1" }] },
    }),
  });
  const asked = (answers: Answers, accepted = new Map<string, string>()) =>
    verifyUntilMet(old, "after the nodes", [ready, active], {
      ask: answered(answers),
      accepted,
      waitMinutes: 0,
    });

  test("is met, or fails with what was seen", async () => {
    await expect(asked(nodes("InternalIP"))).resolves.toBeUndefined();
    await expect(asked(nodes("ExternalIP"))).rejects.toThrow("n has a public address: 192.0.2.1");
  });

  test("may be accepted by its id", async () => {
    await expect(asked(nodes("ExternalIP"), new Map([["NODES-PRIVATE", "a lab"]]))).resolves.toBeUndefined();
  });

  test("is not met where the API server no longer answers, whatever the account says", async () => {
    const active = {
      [`aws eks describe-cluster --name ${old.clusterName}`]: {
        cluster: { status: "ACTIVE", version: "1.33", resourcesVpcConfig: {} },
      },
    };
    const lost = (why: string) => asked({ ...active, "kubectl get nodes": new Error(why) });

    await expect(lost("Unable to connect to the server: net/http: TLS handshake timeout")).rejects.toThrow(
      /1 check of 2 not met after the nodes:\n {2}NODES-PRIVATE: /,
    );
    await expect(lost("Error from server (Forbidden): nodes is forbidden")).resolves.toBeUndefined();
  });

  test("is no success where nobody answers at all", async () => {
    await expect(asked({})).rejects.toThrow("could not be asked after the nodes");
  });
});
