import type { Manifest } from "../../src/modules/manifest";
import { admissionPolicies } from "../../src/modules/policies/admission/admission-policies";
import { namespaceLabels } from "../../src/modules/policies/namespace-labels";
import { namespaceManifests } from "../../src/modules/policies/namespace-manifests";
import {
  bare,
  container,
  gateway,
  ingress,
  INTERNAL,
  loadBalancerSettings,
  pod,
  podSpec,
  REGISTRY,
  SCHEME,
  service,
  workload,
} from "../support/admission-objects";
import { defaultAccount, describeOnCluster, START_TIMEOUT_MS } from "../support/offline-cluster";

const policies = admissionPolicies({
  actions: {
    imageRegistries: "deny",
    imageTags: "deny",
    resourceRequests: "deny",
    readinessProbes: "deny",
    publicLoadBalancers: "deny",
    loadBalancerAnnotations: "deny",
    secretStores: "none",
    foreignRights: "none",
  },
  registries: [REGISTRY, "ghcr.io/acme", "registry.corp:5000"],
  publicNamespaces: ["edge"],
  annotations: ["alb.ingress.kubernetes.io/conditions.*", INTERNAL],
  exemptNamespaces: ["kube-system"],
});

const refused: [string, Manifest, RegExp][] = [
  [
    "an image of another registry",
    pod(podSpec({ image: "docker.io/nginx:1.29" })),
    /registries that are not allowed: docker\.io\/nginx:1\.29; allowed: 1111.*, ghcr\.io\/acme/,
  ],
  ["an image without a registry", pod(podSpec({ image: "nginx:1.29" })), /not allowed: nginx:1\.29/],
  [
    "a registry that only begins like an allowed one",
    pod(podSpec({ image: `${REGISTRY}.evil.com/x:1` })),
    /not allowed/,
  ],
  ["another path of an allowed registry", pod(podSpec({ image: "ghcr.io/acme2/api:1" })), /not allowed/],
  [
    "an init container of another registry",
    pod(
      podSpec(
        {},
        {
          initContainers: [{ ...container, name: "init", readinessProbe: undefined, image: "quay.io/x/y:1" }],
        },
      ),
    ),
    /not allowed: quay\.io\/x\/y:1/,
  ],
  [
    "the tag latest",
    pod(podSpec({ image: `${REGISTRY}/api:latest` })),
    /without a fixed version: .*latest; write a digest/,
  ],
  ["no tag", pod(podSpec({ image: `${REGISTRY}/api` })), /without a fixed version/],
  [
    "no tag behind a registry with a port",
    pod(podSpec({ image: "registry.corp:5000/api" })),
    /without a fixed version/,
  ],
  [
    "a container that asks for nothing",
    pod(bare("resources")),
    /do not ask for CPU and memory: api; set resources/,
  ],
  [
    "a container that asks for CPU only",
    pod(podSpec({ resources: { requests: { cpu: "1" } } })),
    /do not ask for CPU and memory: api/,
  ],
  ...["Deployment", "StatefulSet", "DaemonSet"].flatMap((kind): [string, Manifest, RegExp][] => [
    [
      `a ${kind} whose pods have no readiness probe`,
      workload(kind, bare("readinessProbe")),
      /without a readiness probe: api/,
    ],
    [
      `a ${kind} with an image of another registry`,
      workload(kind, podSpec({ image: "quay.io/x:1" })),
      /not allowed: quay/,
    ],
    [`a ${kind} that asks for nothing`, workload(kind, bare("resources")), /do not ask/],
  ]),
  [
    "a rollout with the tag latest",
    workload("Rollout", podSpec({ image: `${REGISTRY}/api:latest` }), "argoproj.io/v1alpha1"),
    /fixed version/,
  ],
  [
    "a job with the tag latest",
    workload("Job", podSpec({ image: `${REGISTRY}/api:latest` }), "batch/v1"),
    /fixed version/,
  ],
  [
    "a cron job of another registry",
    workload("CronJob", podSpec({ image: "quay.io/x:1" }), "batch/v1"),
    /not allowed: quay/,
  ],
  [
    "a network load balancer to the internet",
    service({ annotations: { [SCHEME]: "internet-facing" } }),
    /faces the internet is not allowed in namespace shop \(allowed in: edge\)/,
  ],
  [
    "a load balancer without a class",
    service({ spec: { type: "LoadBalancer" } }),
    /without spec\.loadBalancerClass/,
  ],
  [
    "a load balancer that the old annotation opens",
    service({ annotations: { [INTERNAL]: "false" } }),
    /aws-load-balancer-internal must be true/,
  ],
  [
    "an ALB to the internet",
    ingress({ "alb.ingress.kubernetes.io/scheme": "internet-facing" }),
    /Ingress api: a load balancer that faces the internet/,
  ],
  [
    "a gateway whose service faces the internet",
    gateway({ [SCHEME]: "internet-facing" }),
    /Gateway api: a load balancer that faces/,
  ],
  [
    "gateways of the controller that face the internet",
    loadBalancerSettings({ scheme: "internet-facing" }),
    /LoadBalancerConfiguration api: a load balancer that faces/,
  ],
  [
    "gateways of the controller with security groups of one's own choice",
    loadBalancerSettings({ scheme: "internal", securityGroups: ["sg-1"] }),
    /load balancer settings that are not allowed: securityGroups/,
  ],
  [
    "an ALB shared with others",
    ingress({ "alb.ingress.kubernetes.io/group.name": "edge" }),
    /annotations that are not allowed: alb\.ingress\.kubernetes\.io\/group\.name/,
  ],
  [
    "security groups of one's own choice",
    service({ annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" } }),
    /not allowed: .*security-groups/,
  ],
  [
    "the same in a namespace that may face the internet",
    service({
      namespace: "edge",
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" },
    }),
    /not allowed: .*security-groups/,
  ],
];

const taken: [string, Manifest][] = [
  ["a pod that keeps all rules", pod(podSpec())],
  ["a digest", pod(podSpec({ image: `ghcr.io/acme/api@sha256:${"0".repeat(64)}` }))],
  [
    "limits in place of requests",
    workload("Deployment", podSpec({ resources: { limits: { cpu: "1", memory: "1Gi" } } })),
  ],
  ["a pod without a probe, as jobs have them", pod(bare("readinessProbe"))],
  ["a deployment", workload("Deployment", podSpec())],
  ["a rollout", workload("Rollout", podSpec(), "argoproj.io/v1alpha1")],
  ["a job", workload("Job", bare("readinessProbe"), "batch/v1")],
  ["a cron job", workload("CronJob", bare("readinessProbe"), "batch/v1")],
  ["the platform's own namespace", pod(podSpec({ image: "quay.io/cilium/cilium:latest" }), "kube-system")],
  ["an internal network load balancer", service({ annotations: { [SCHEME]: "internal" } })],
  ["a load balancer without annotations", service()],
  [
    "a load balancer that Cilium announces",
    service({ spec: { type: "LoadBalancer", loadBalancerClass: "io.cilium/bgp-control-plane" } }),
  ],
  ["a service without a load balancer", service({ spec: { type: "ClusterIP" } })],
  [
    "a public one where they are allowed",
    service({ namespace: "edge", annotations: { [SCHEME]: "internet-facing" } }),
  ],
  [
    "a public ALB where they are allowed",
    ingress({ "alb.ingress.kubernetes.io/scheme": "internet-facing" }, "edge"),
  ],
  [
    "an internal ALB",
    ingress({
      "alb.ingress.kubernetes.io/scheme": "internal",
      "alb.ingress.kubernetes.io/healthcheck-path": "/",
    }),
  ],
  ["an annotation by its beginning", ingress({ "alb.ingress.kubernetes.io/conditions.api": "[]" })],
  ["annotations of others", ingress({ "example.com/note": "x" })],
  ["settings of a gateway's own load balancer", loadBalancerSettings({ scheme: "internal" })],
  ["an internal gateway", gateway({ [SCHEME]: "internal" })],
];

describeOnCluster("a real API server", (cluster) => {
  beforeAll(async () => {
    const labels = namespaceLabels({ podSecurity: "restricted", kubernetesVersion: "1.33", team: "shop" });
    await cluster().makeNamespaces(["shop", "edge", "small"], labels);
    await cluster().must(defaultAccount("kube-system"));
    await cluster().must(old());
    for (const manifest of Object.values(policies)) await cluster().must(manifest);
    for (const [, manifest] of refused) await cluster().refusal(manifest);
  }, START_TIMEOUT_MS);

  /** A pod that was there before the policies, and would be refused by them. */
  function old(labels: Readonly<Record<string, string>> = {}): Manifest {
    const manifest = pod(podSpec({ image: "quay.io/old/image:latest" }));
    return { ...manifest, metadata: { ...manifest.metadata, name: "old", labels } };
  }

  test.each(refused)("refuses %s", async (_name, manifest, message) => {
    const { status, message: said } = await cluster().apply(manifest, { dryRun: true });

    expect(said).toMatch(message);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  test.each(taken)("takes %s", async (_name, manifest) => {
    expect(await cluster().apply(manifest, { dryRun: true })).toMatchObject({ message: "", status: 201 });
  });

  test("an object from before a rule may change in everything but what the rule is about", async () => {
    expect(await cluster().apply(old({ note: "x" }), { dryRun: true })).toMatchObject({ status: 200 });

    const changed = { ...old(), spec: podSpec({ image: "quay.io/old/image:other" }) };
    expect((await cluster().apply(changed, { dryRun: true })).message).toContain("not allowed: quay.io/old");
  });

  test("a policy's expressions fit the types of what it looks at", async () => {
    for (const manifest of Object.values(policies)) {
      const { status } = (await cluster().get(manifest)) as { status?: { typeChecking?: unknown } };
      expect(status?.typeChecking ?? {}).toEqual({});
    }
  });

  test("Pod Security of the namespace refuses what is not restricted", async () => {
    const { message } = await cluster().apply(pod(podSpec({ securityContext: { privileged: true } })), {
      dryRun: true,
    });

    expect(message).toContain('violates PodSecurity "restricted:v1.33"');
  });

  test("quota and limit range hold", async () => {
    const rules = { quota: { cpus: 0.2, memoryGiB: 1 }, limits: { max: { memoryMiB: 512 } } };
    const manifests = namespaceManifests("small", { ...rules, isolated: {}, enforcer: "kubernetes" });
    for (const manifest of Object.values(manifests)) await cluster().must(manifest);
    const asking = (cpu: string, memory: string) =>
      pod(podSpec({ resources: { requests: { cpu, memory }, limits: { memory } } }), "small");

    expect(await cluster().refusal(asking("1", "128Mi"))).toContain("exceeded quota: quota");
    expect(await cluster().refusal(asking("100m", "600Mi"))).toContain(
      "maximum memory usage per Container is 512Mi",
    );
  });
});
