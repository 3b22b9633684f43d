import { removedApis } from "../../../src/facts/removed-apis";
import { minorNames } from "../../../src/releases/names";
import { hopsOf } from "../../../src/upgrade/hops";
import { afterHop, preflightChecks } from "../../../src/upgrade/preflight/checks";
import { runChecks } from "../../../src/verify/run-checks";
import { present } from "../../../src/text/errors";
import { aTarget } from "../../support/fixtures";
import { type Answers, list, live, object } from "../../support/live-answers";

const target = aTarget(`release: "2025.09"\ncluster: { supportPolicy: extended }`);
const hops = hopsOf(target, "2026.11");

/** Outcomes by id, of the hop of that number. */
async function judged(number: number, answers: Answers, of = target) {
  const hop = present(hopsOf(of, "2026.11")[number - 1], "a hop");
  const subject = { target: of, now: 0, proofs: () => [], reach: () => ({}) as never };
  const checked = await runChecks(preflightChecks(of, hop), subject, live(answers));
  return Object.fromEntries(checked.map(({ check, outcome }) => [check.id, outcome]));
}

test("each hop is asked about by what it does", () => {
  const ids = hops.map((hop) => preflightChecks(target, hop).map(({ id }) => id));

  expect(ids).toEqual([
    ["OBJECTS-CHANGE"],
    ["EKS-INSIGHTS", "DEPRECATED-APIS", "REMOVED-APIS"],
    ["DRAIN-BUDGETS", "DRAIN-BARE-PODS"],
    ["EKS-INSIGHTS", "DEPRECATED-APIS", "REMOVED-APIS"],
    ["DRAIN-BUDGETS", "DRAIN-BARE-PODS"],
  ]);
});

test("policies that mean something else in the next Cilium are named, with what to do", async () => {
  const policy = (name: string, spec: object) => object(name, { spec }, "shop", "CiliumNetworkPolicy");
  const { "OBJECTS-CHANGE": found } = await judged(1, {
    "kubectl get ciliumnetworkpolicies -A": list(
      policy("dns", { egress: [{ toFQDNs: [{ matchPattern: "**.example.com" }] }] }),
      policy("one-label", { egress: [{ toFQDNs: [{ matchPattern: "*.example.com" }] }] }),
      policy("requires", { ingress: [{ fromRequires: [{}] }] }),
      policy("mutual", { ingress: [{ authentication: { mode: "required" } }] }),
    ),
    "kubectl get ciliumclusterwidenetworkpolicies -A": list(),
    "kubectl get ciliumbgppeeringpolicies -A": new Error(
      `error: the server doesn't have a resource type "ciliumbgppeeringpolicies"`,
    ),
  });

  expect(found?.is).toBe("not met");
  expect(found?.says).toEqual([
    expect.stringMatching(/^CiliumNetworkPolicy shop\/dns: in DNS patterns \*\*\. matches several labels/),
    expect.stringMatching(
      /^CiliumNetworkPolicy shop\/requires: policies with fromRequires or toRequires are refused/,
    ),
    expect.stringMatching(
      /^CiliumNetworkPolicy shop\/mutual: mutual authentication is off unless it is asked for/,
    ),
  ]);
});

test("policies that stay as they are hold nothing up", async () => {
  const { "OBJECTS-CHANGE": found } = await judged(1, {
    "kubectl get ciliumnetworkpolicies -A": list(object("a", { spec: { ingress: [{}] } }, "shop")),
    "kubectl get ciliumclusterwidenetworkpolicies -A": list(),
    "kubectl get ciliumbgppeeringpolicies -A": list(),
  });

  expect(found?.is).toBe("met");
});

const METRICS = (
  removed: string,
) => `# HELP apiserver_requested_deprecated_apis [STABLE] Gauge of deprecated APIs
# TYPE apiserver_requested_deprecated_apis gauge
apiserver_requested_deprecated_apis{group="",removed_release="",resource="endpoints",subresource="",version="v1"} 1
apiserver_requested_deprecated_apis{group="admissionregistration.k8s.io",removed_release="${removed}",resource="validatingadmissionpolicies",subresource="",version="v1beta1"} 1
apiserver_request_total{code="200"} 9
`;
const insight = (status: string, kubernetesVersion: string) => ({
  name: "Deprecated APIs removed",
  kubernetesVersion,
  insightStatus: { status, reason: "usage of deprecated APIs was detected" },
});
const LIST_INSIGHTS = `aws eks list-insights --cluster-name ${target.clusterName}`;
const VAP =
  "kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings -A --show-managed-fields";

test("a call of an API that the next minor does not serve stops it; one that goes later is told of", async () => {
  const of = async (removed: string) =>
    (await judged(2, { "kubectl get --raw /metrics": METRICS(removed) }))["DEPRECATED-APIS"];

  expect(await of("1.34")).toEqual({
    is: "not met",
    says: [
      "somebody calls validatingadmissionpolicies of admissionregistration.k8s.io/v1beta1, which is gone in 1.34; the audit log of the cluster says who",
    ],
  });
  expect(await of("1.37")).toMatchObject({ is: "met" });
  expect((await of("1.37"))?.says[0]).toContain("which is gone in 1.37");
});

test("an insight of EKS that is an error for the hop's minor stops it, one for another minor does not", async () => {
  const of = async (...insights: readonly object[]) =>
    (await judged(2, { [LIST_INSIGHTS]: { insights } }))["EKS-INSIGHTS"];

  expect(await of(insight("ERROR", "1.34"))).toMatchObject({ is: "not met" });
  expect(await of(insight("ERROR", "1.35"), insight("WARNING", "1.34"))).toMatchObject({ is: "met" });
  expect(await of(insight("UNKNOWN", "1.34"))).toMatchObject({ is: "not known" });
});

test("objects that somebody writes in a version that is gone are named, with who writes them", async () => {
  const answers = (managed: string, annotation = "") => ({
    [VAP]: list(
      object(
        "limits",
        {
          metadata: {
            annotations: { "kubectl.kubernetes.io/last-applied-configuration": annotation },
            managedFields: [{ manager: "argocd-controller", apiVersion: managed }],
          },
        },
        undefined,
        "ValidatingAdmissionPolicy",
      ),
    ),
  });
  const of = async (...given: Parameters<typeof answers>) =>
    (await judged(2, answers(...given)))["REMOVED-APIS"];

  expect(await of("admissionregistration.k8s.io/v1beta1")).toEqual({
    is: "not met",
    says: [
      "ValidatingAdmissionPolicy limits is written as admissionregistration.k8s.io/v1beta1 by argocd-controller",
    ],
  });
  expect(await of("admissionregistration.k8s.io/v1")).toMatchObject({ is: "met" });
  expect(
    await of("admissionregistration.k8s.io/v1", `{"apiVersion":"admissionregistration.k8s.io/v1beta1"}`),
  ).toMatchObject({ is: "not met" });
});

test("of every minor it is known what it no longer serves", () => {
  expect(Object.keys(removedApis)).toEqual([...minorNames]);
});

const budget = (disruptionsAllowed: number, expectedPods = 2) =>
  object(
    "web",
    { status: { disruptionsAllowed, expectedPods, currentHealthy: 2, desiredHealthy: 2 } },
    "shop",
  );
const pod = (metadata: object, phase = "Running") =>
  object("task", { metadata, status: { phase } }, "shop", "Pod");

test("a budget that lets no pod go holds up the drain of a node; one without pods does not", async () => {
  const of = async (each: object) =>
    (await judged(3, { "kubectl get poddisruptionbudgets -A": list(each) }))["DRAIN-BUDGETS"];

  expect(await of(budget(0))).toEqual({
    is: "not met",
    says: ["budget shop/web lets no pod go: 2 of 2 are healthy, it wants 2"],
  });
  expect(await of(budget(1))).toMatchObject({ is: "met" });
  expect(await of(budget(0, 0))).toMatchObject({ is: "met" });
});

test("a pod without controller would be gone; static, finished and controlled ones are not meant", async () => {
  const of = async (each: object) =>
    (await judged(3, { "kubectl get pods -A": list(each) }))["DRAIN-BARE-PODS"];

  expect(await of(pod({}))).toMatchObject({ is: "not met" });
  expect(await of(pod({}, "Succeeded"))).toMatchObject({ is: "met" });
  expect(await of(pod({ annotations: { "kubernetes.io/config.mirror": "x" } }))).toMatchObject({ is: "met" });
  expect(await of(pod({ ownerReferences: [{ kind: "Job", name: "task", controller: true }] }))).toMatchObject(
    { is: "met" },
  );
});

test("what nobody answers is not known, and no check of a hop is met by silence", async () => {
  for (const number of [1, 2, 3]) {
    const outcomes = Object.values(await judged(number, {}));
    expect(outcomes.map(({ is }) => is)).toEqual(outcomes.map(() => "not known"));
  }
});

describe("sidecars of Istio", () => {
  const mesh = aTarget(
    `release: "2025.09"\ncluster: { supportPolicy: extended }\nmesh: { kind: istio, id: acme, trustDomain: acme.internal }\nversions: { istio: { version: "1.28.6", reason: "the step between" } }`,
  );
  // The override is taken out: from 1.28 to 1.29.
  const hop = {
    ...present(hopsOf(mesh, "2026.11")[0], "a hop"),
    steps: [
      { phase: "charts", component: "istio", from: "1.28.6", to: "1.29.6", restarts: "", notes: [] },
    ] as const,
  };
  const sidecar = (version: string) =>
    object(
      "web-1",
      {
        spec: {
          initContainers: [{ name: "istio-proxy", image: `example.com/proxyv2:${version}-distroless` }],
        },
      },
      "shop",
      "Pod",
    );
  const judge = async (checks: ReturnType<typeof preflightChecks>, id: string, version: string) => {
    const subject = { target: mesh, now: 0, proofs: () => [], reach: () => ({}) as never };
    const [checked] = await runChecks(
      checks.filter((each) => each.id === id),
      subject,
      live({ "kubectl get pods -A": list(sidecar(version)) }),
    );
    return present(checked, id).outcome;
  };

  test.each([
    ["1.27.9", "not met"],
    ["1.28.6", "met"],
    ["1.29.6", "met"],
    ["1.30.0", "not met"],
  ])("of %s beside an istiod that goes to 1.29: %s", async (version, is) => {
    expect(await judge(preflightChecks(mesh, hop), "MESH-PROXIES", version)).toMatchObject({ is });
  });

  test("that are of before are told of when istiod has gone up", async () => {
    expect((await judge(afterHop(mesh, hop), "MESH-PROXIES-OLD", "1.28.6")).says.join()).toContain(
      "shop/web-1 (1.28.6)",
    );
    expect(await judge(afterHop(mesh, hop), "MESH-PROXIES-OLD", "1.29.6")).toMatchObject({ is: "met" });
  });

  test("are not asked for where the mesh has none", () => {
    expect(afterHop(target, present(hops[0], "a hop"))).toEqual([]);
  });
});
