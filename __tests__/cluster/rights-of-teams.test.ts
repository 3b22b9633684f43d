import { ACME_SOLVER_IMAGE, istioProxy, VELERO_IMAGE } from "../../src/facts/injected-containers";
import type { Manifest } from "../../src/modules/manifest";
import { admissionPolicies } from "../../src/modules/policies/admission/admission-policies";
import { namespaceLabels } from "../../src/modules/policies/namespace-labels";
import { namespaceManifests } from "../../src/modules/policies/namespace-manifests";
import { pod, podSpec, REGISTRY } from "../support/admission-objects";
import {
  borrowed,
  clusterStore,
  own,
  securityGroupPolicy,
  targetGroupBinding,
} from "../support/foreign-rights-objects";
import { injected, withSidecar } from "../support/injected-pods";
import { describeOnCluster, START_TIMEOUT_MS } from "../support/offline-cluster";

const policies = admissionPolicies({
  actions: {},
  registries: [REGISTRY],
  images: [istioProxy.image, ACME_SOLVER_IMAGE, VELERO_IMAGE],
  publicNamespaces: [],
  annotations: [],
  exemptNamespaces: ["kube-system"],
});

const refused: [string, Manifest, RegExp][] = [
  [
    "an image that only begins like one of the platform's",
    pod(podSpec({ image: "docker.io/istio/proxyv2-evil:1" })),
    /not allowed: docker\.io\/istio\/proxyv2-evil:1/,
  ],
  [
    "a sidecar of another image than the platform's",
    withSidecar({ over: { image: "docker.io/evil/proxyv2:1.29.6" } }),
    /not allowed: docker\.io\/evil\/proxyv2:1\.29\.6/,
  ],
  ...borrowed.map(([name, manifest, message]): [string, Manifest, RegExp] => [name, manifest, message]),
];

/** Who may do everything in the cluster, and does it for teams. */
const ARGO_CD = "system:serviceaccount:argocd:argocd-application-controller";
const CONTROLLERS_MAY_ALL = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "controllers-may-do-everything" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "system:serviceaccounts" }],
};

describeOnCluster("in a restricted namespace of a real API server", (cluster) => {
  beforeAll(async () => {
    const labels = namespaceLabels({ podSecurity: "restricted", kubernetesVersion: "1.33", team: "shop" });
    await cluster().makeNamespaces(["shop", "meshed"], labels);
    await cluster().must(CONTROLLERS_MAY_ALL);
    for (const manifest of Object.values(policies)) await cluster().must(manifest);
    for (const [, manifest] of refused) await cluster().refusal(manifest);
  }, START_TIMEOUT_MS);

  test.each(refused)("refuses %s", async (_name, manifest, message) => {
    expect((await cluster().apply(manifest, { dryRun: true })).message).toMatch(message);
  });

  test.each([...injected, ...own])("takes %s", async (_name, manifest) => {
    expect(await cluster().apply(manifest, { dryRun: true })).toMatchObject({ message: "", status: 201 });
  });

  test.each([
    ["a store for the whole cluster", clusterStore, /is made by the platform/],
    ["security groups for a team's pods", securityGroupPolicy, /teams have no SecurityGroupPolicy/],
  ])("%s: the platform's administrators make it, and Argo CD does not", async (_name, manifest, message) => {
    expect(await cluster().apply(manifest, { dryRun: true })).toMatchObject({ message: "", status: 201 });

    expect((await cluster().apply(manifest, { dryRun: true, as: ARGO_CD })).message).toMatch(message);
  });

  test("the load balancer controller binds its own target groups", async () => {
    if (targetGroupBinding === undefined) throw new Error("no binding to try");
    const as = "system:serviceaccount:kube-system:aws-load-balancer-controller";

    expect(await cluster().apply(targetGroupBinding, { dryRun: true, as })).toMatchObject({ status: 201 });
  });

  test("quota and limit range have room for sidecars as the config's checks count them", async () => {
    const { limits, requests } = istioProxy;
    const rules = { quota: { cpus: 0.1 + requests.cpus, memoryGiB: 1 }, limits: { max: limits } };
    const manifests = namespaceManifests("meshed", { ...rules, isolated: {}, enforcer: "kubernetes" });
    for (const manifest of Object.values(manifests)) await cluster().must(manifest);
    expect(await cluster().apply(withSidecar({ namespace: "meshed" }), { dryRun: true })).toMatchObject({
      message: "",
      status: 201,
    });

    const more = { resources: { requests: { cpu: "200m", memory: "128Mi" } } };
    expect(await cluster().refusal(withSidecar({ namespace: "meshed", over: more }))).toContain(
      "exceeded quota",
    );
  });

  test("a policy's expressions fit the types of what it looks at", async () => {
    for (const manifest of Object.values(policies)) {
      const { status } = (await cluster().get(manifest)) as { status?: { typeChecking?: unknown } };
      expect(status?.typeChecking ?? {}).toEqual({});
    }
  });
});
