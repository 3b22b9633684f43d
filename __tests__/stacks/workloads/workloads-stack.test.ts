import type { Manifest } from "../../../src/modules/manifest";
import {
  moduleInputs,
  modulesOf,
  releaseValues,
  resource,
  resourcesOf,
  synthYaml,
} from "../../support/synth";

const SERVICE = `namespace: shop, image: "{account}.dkr.ecr.{region}.amazonaws.com/web:1", resources: { cpus: 0.1, memoryMiB: 128 }`;
const PORTS = "ports: { http: { port: 80, targetPort: 8080, protocol: http } }";

const stack = (target: string) => synthYaml(target).workloads;

/** What the release of a service holds, by kind and name. */
function objects(target: string, service = "web"): Record<string, Manifest> {
  const { manifests } = releaseValues(stack(target), `workload-${service}_helm_release`);
  return Object.fromEntries(
    Object.values(manifests as Record<string, Manifest>).map((each) => [
      `${each.kind}/${each.metadata.name}`,
      each,
    ]),
  );
}

const web = (more = "", target = "namespaces: { shop: {} }") =>
  `${target}\nworkloads: { web: { ${SERVICE}, ${PORTS}${more === "" ? "" : `, ${more}`} } }`;

test("a service is a release of its own, out of its team's reach", () => {
  expect(resource(stack(web()), "helm_release", "workload-web_helm_release")).toMatchObject({
    name: "workload-web",
    namespace: "kube-system",
  });
  expect(Object.keys(objects(web())).sort()).toEqual([
    "Deployment/web",
    "PodDisruptionBudget/web",
    "Service/web",
    "ServiceAccount/web",
  ]);
});

test("without services the stack is empty; without the key there is no stack", () => {
  expect(resourcesOf(stack("namespaces: { shop: {} }\nworkloads: {}"), "helm_release")).toEqual({});
  expect(Object.keys(synthYaml())).not.toContain("workloads");
});

describe("images", () => {
  const image = (target: string) =>
    JSON.stringify(objects(target)["Deployment/web"]?.spec).match(/"image":"([^"]+)"/)?.[1];

  test("account and region are the target's", () => {
    expect(image(web())).toBe("111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1");
  });

  test("the mirror goes in front, once", () => {
    const mirror = (name: string) => web("", `images: { mirror: ${name} }\nnamespaces: { shop: {} }`);

    expect(image(mirror("registry.corp"))).toBe(
      "registry.corp/111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1",
    );
    expect(image(mirror("111122223333.dkr.ecr.us-east-1.amazonaws.com"))).toBe(
      "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1",
    );
  });
});

describe("AWS", () => {
  const statements =
    'identity: { statements: [{ name: Take, actions: ["sqs:ReceiveMessage"], resources: ["arn:aws:sqs:{region}:{account}:orders"] }] }';
  const secret =
    "secrets: { db: { kind: mounted, keys: { password: { name: dev/shop/db, property: password } } } }";

  test("a role has what is listed and what mounted secrets take, and nothing else", () => {
    const json = stack(
      web(`${statements}, ${secret}`, "secrets: { delivery: csi }\nnamespaces: { shop: {} }"),
    );
    const inputs = moduleInputs(json, "identity-web_identity");

    expect(inputs).toMatchObject({
      name: "dev-us-east-1-service-web",
      policy_statements: [
        {
          sid: "Take",
          actions: ["sqs:ReceiveMessage"],
          resources: ["arn:aws:sqs:us-east-1:111122223333:orders"],
        },
        {
          sid: "ReadSecrets",
          actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
          resources: ["arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/shop/db-??????"],
        },
      ],
      associations: { web: { namespace: "shop", service_account: "web" } },
    });
    expect(resource(json, "helm_release", "workload-web_helm_release").depends_on).toEqual([
      "time_sleep.identity-web_association-effective",
    ]);
  });

  test("a service that asks for no AWS rights has no role", () => {
    expect(modulesOf(stack(web()))).toEqual({});
  });
});

test("volumes have one class, encrypted with the cluster's key", () => {
  const json = stack(web("controller: stateful-set, storage: { data: { gib: 5, mountPath: /data } }"));

  expect(JSON.stringify(releaseValues(json, "workload-storage_helm_release"))).toContain("volumes_key_arn");
  expect(resource(json, "helm_release", "workload-web_helm_release").depends_on).toEqual([
    "helm_release.workload-storage_helm_release",
  ]);
});

describe("network policies", () => {
  const two = (dependencies: string, target = "namespaces: { shop: {}, pay: {} }") =>
    `${target}\nworkloads: { web: { ${SERVICE}, ${PORTS}, dependencies: [${dependencies}] }, api: { ${SERVICE.replace("shop", "pay")}, ports: { grpc: { port: 50051, protocol: grpc }, http: { port: 8080, protocol: http } } } }`;

  test("a dependency opens both sides, for its ports only", () => {
    const target = two("{ workload: api, ports: [grpc] }");

    expect(objects(target)["NetworkPolicy/web-dependencies"]?.spec).toMatchObject({
      podSelector: { matchLabels: { app: "web" } },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "pay" } },
              podSelector: { matchLabels: { app: "api" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 50051 }],
        },
      ],
    });
    expect(objects(target, "api")["NetworkPolicy/api-callers"]?.spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
              podSelector: { matchLabels: { app: "web" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 50051 }],
        },
      ],
    });
  });

  test("a name takes Cilium, whose proxy sees the lookups", () => {
    const all = objects(two("{ fqdn: api.stripe.com, port: 443 }"));

    expect(JSON.stringify(all["CiliumNetworkPolicy/web-dependencies"]?.spec)).toMatch(
      /toFQDNs.*api\.stripe\.com.*dns.*matchPattern/,
    );
  });

  test("an open namespace needs none", () => {
    const open = "{ defaultDeny: { enabled: false, reason: for a short test } }";
    const target = two("{ workload: api }", `namespaces: { shop: ${open}, pay: ${open} }`);

    expect(Object.keys(objects(target)).filter((name) => name.includes("NetworkPolicy"))).toEqual([]);
  });

  test("a load balancer reaches the pods from the nodes' subnets", () => {
    const all = objects(web("service: { kind: nlb }", "ingress: {}\nnamespaces: { shop: {} }"));

    expect(JSON.stringify(all["NetworkPolicy/web-callers"]?.spec)).toMatch(/ipBlock.*"port":8080/);
  });
});

test("in a mesh that denies by default callers are named by their accounts", () => {
  const mesh =
    "ingress: {}\nmesh: { kind: istio, id: a, trustDomain: a.internal }\nnamespaces: { shop: { labels: { istio-injection: enabled } } }";
  const target = `${mesh}\nworkloads: { web: { ${SERVICE}, ${PORTS} }, front: { ${SERVICE}, ${PORTS}, dependencies: [{ workload: web }] } }`;

  expect(objects(target)["AuthorizationPolicy/web-callers"]?.spec).toEqual({
    selector: { matchLabels: { app: "web" } },
    action: "ALLOW",
    rules: [
      {
        from: [{ source: { principals: ["a.internal/ns/shop/sa/front"] } }],
        to: [{ operation: { ports: ["8080"] } }],
      },
    ],
  });
  expect(objects(target, "front")).not.toHaveProperty("AuthorizationPolicy/front-callers");
});

test("callers are admitted on the ports that they name", () => {
  const mesh =
    "ingress: {}\nmesh: { kind: istio, id: a, trustDomain: a.internal }\nnamespaces: { shop: { labels: { istio-injection: enabled } } }";
  const two =
    "ports: { http: { port: 80, targetPort: 8080, protocol: http }, grpc: { port: 50051, protocol: grpc } }";
  const calls = (port: string) => `${SERVICE}, ${PORTS}, dependencies: [{ workload: web, ports: [${port}] }]`;
  const target = `${mesh}\nworkloads: { web: { ${SERVICE}, ${two} }, front: { ${calls("http")} }, back: { ${calls("grpc")} } }`;
  const only = (name: string, port: string) => ({
    from: [{ source: { principals: [`a.internal/ns/shop/sa/${name}`] } }],
    to: [{ operation: { ports: [port] } }],
  });

  expect(objects(target)["AuthorizationPolicy/web-callers"]?.spec).toMatchObject({
    rules: [only("back", "50051"), only("front", "8080")],
  });
});

test("a version has pods behind another service, and no address of its own", () => {
  const target = `namespaces: { shop: {} }\nworkloads: { web: { ${SERVICE}, ${PORTS}, version: v1 }, next: { ${SERVICE}, ${PORTS}, app: web, version: v2 } }`;
  const next = objects(target, "next");

  expect(Object.keys(next).sort()).toEqual([
    "Deployment/next",
    "PodDisruptionBudget/next",
    "ServiceAccount/next",
  ]);
  expect(next["PodDisruptionBudget/next"]?.spec).toMatchObject({
    selector: { matchLabels: { app: "web", "octarine/workload": "next" } },
  });
});

// Policies of Kubernetes only ever allow: one that selects an isolated pod gives it back what isolation took.
test.each(["vpc-cni", "cilium-eni"])("an isolated pod of a service has none of its calls (%s)", (kind) => {
  const target = web(
    "callers: [{ cidr: 10.9.0.0/16 }], dependencies: [{ cidr: 10.9.0.0/16, port: 5432 }]",
    `cni: { kind: ${kind} }\nnamespaces: { shop: { isolate: { quarantine: { values: ["yes"], probes: true }, app: [web] } } }`,
  );
  const all = Object.values(objects(target)).filter(({ kind: each }) => /NetworkPolicy$/.test(each));

  expect(all.length).toBeGreaterThan(1);
  for (const { spec } of all) {
    const { podSelector, endpointSelector } = spec as Record<string, { matchExpressions: object[] }>;
    expect((podSelector ?? endpointSelector)?.matchExpressions).toEqual([
      { key: "app", operator: "NotIn", values: ["web"] },
      { key: "quarantine", operator: "NotIn", values: ["yes"] },
    ]);
  }
});
