import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { isPlatformNamespace } from "../../../src/components/namespaces";
import type { Manifest } from "../../../src/modules/manifest";
import {
  type Block,
  moduleInputs,
  releaseValues,
  resource,
  resourcesOf,
  synthTarget,
  synthYaml,
} from "../../support/synth";

const VPC_CNI = "cni: { kind: vpc-cni }\n";
const policies = (yaml: string) => synthYaml(yaml).policies;

function manifests(yaml: string, namespace = "shop"): Record<string, Manifest> {
  const release = `namespace-${namespace}_policies-${namespace}_helm_release`;
  return releaseValues(policies(yaml), release).manifests as Record<string, Manifest>;
}

function admission(yaml: string): Record<string, Manifest> {
  return releaseValues(policies(yaml), "admission-policies_helm_release").manifests as Record<
    string,
    Manifest
  >;
}

describe("a namespace", () => {
  const yaml = "namespaces: { shop: { team: shop, labels: { tier: web } } }";

  test("is a resource of its own, labelled for the cluster's version", () => {
    expect(resource(policies(yaml), "kubernetes_namespace_v1").metadata).toEqual({
      name: "shop",
      labels: expect.objectContaining({
        tier: "web",
        "octarine/team": "shop",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.35",
      }) as unknown,
    });
  });

  test("comes before its policies, which are out of its teams' reach", () => {
    expect(
      resource(policies(yaml), "helm_release", "namespace-shop_policies-shop_helm_release"),
    ).toMatchObject({
      namespace: "kube-system",
      depends_on: ["kubernetes_namespace_v1.namespace-shop_namespace"],
    });
  });

  test("default is there already and is only labelled", () => {
    const json = policies("namespaces: { default: { isolate: { app: [default] } } }");

    expect(resourcesOf(json, "kubernetes_namespace_v1")).toEqual({});
    expect(resource(json, "kubernetes_labels")).toMatchObject({
      kind: "Namespace",
      metadata: { name: "default" },
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });

  test("its own level and openness win over those of all", () => {
    const json =
      "policies: { podSecurity: { level: baseline, reason: while teams move } }\n" +
      "namespaces: { shop: { podSecurity: restricted, defaultDeny: { enabled: false, reason: for a short test } } }";

    expect(resource(policies(json), "kubernetes_namespace_v1").metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
    expect(Object.keys(resourcesOf(policies(json), "helm_release"))).toEqual([
      "admission-policies_helm_release",
    ]);
  });

  test("that only a security group policy names is closed and restricted, too", () => {
    const sgp = "{ namespace: pay, podSelector: { a: b }, securityGroupIds: [sg-0a1b2c3d] }";
    const json = policies(`cni: { kind: vpc-cni, securityGroupsForPods: { policies: { db: ${sgp} } } }`);

    expect(resource(json, "kubernetes_namespace_v1").metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
    expect(Object.keys(resourcesOf(json, "helm_release"))).toEqual([
      "admission-policies_helm_release",
      "namespace-pay_policies-pay_helm_release",
      "pod-security-groups_security-group-policies_helm_release",
    ]);
    expect(
      resource(json, "helm_release", "pod-security-groups_security-group-policies_helm_release").depends_on,
    ).toEqual(["helm_release.namespace-pay_policies-pay_helm_release"]);
  });
});

describe("addresses in policies", () => {
  const ranges = (manifest: Manifest | undefined): string[] =>
    [...JSON.stringify(manifest).matchAll(/"cidr":"([^"]+)"/g)].map(([, range = ""]) => range);

  test("the API server: the first service address and the control plane's subnets", () => {
    const all = manifests(
      `${VPC_CNI}network: { subnets: { controlPlane: { prefix: 28 } } }\nnamespaces: { shop: { apiServer: true } }`,
    );

    const [service, ...subnets] = ranges(all["allow-api-server"]);
    expect(service).toBe("172.20.0.1/32");
    expect(subnets).toHaveLength(3);
    expect(subnets.every((each) => each.startsWith("10.0.") && each.endsWith("/28"))).toBe(true);
  });

  test("in an IPv6 cluster what only AWS knows", () => {
    const all = manifests(
      `${VPC_CNI}network: { ipv6: { mode: ipv6 } }\nnamespaces: { shop: { apiServer: true } }`,
    );

    const text = JSON.stringify(all["allow-api-server"]);
    expect(text).toContain("cidrhost(data.terraform_remote_state.cluster.outputs.service_cidr, 1)}/128");
    expect(text).toContain("element(data.terraform_remote_state.network.outputs.vpc_ipv6_cidr_blocks, 0)");
    expect(ranges(all["allow-aws-identity"])).toEqual(["fd00:ec2::23/128"]);
  });

  test("IRSA: the addresses that STS's endpoint has, and no other of its subnets", () => {
    const yaml = `${VPC_CNI}network: { endpoints: { stsAddresses: { us-east-1a: 10.0.16.200, us-east-1b: 10.0.80.200, us-east-1c: 10.0.144.200 } } }\nnamespaces: { shop: { identity: irsa } }`;

    expect(ranges(manifests(yaml)["allow-aws-identity"])).toEqual([
      "10.0.16.200/32",
      "10.0.80.200/32",
      "10.0.144.200/32",
    ]);
    expect(JSON.stringify(moduleInputs(synthYaml(yaml).network, "endpoints_endpoints"))).toContain(
      '"subnet_configurations":[{"ipv4":"10.0.16.200","subnet_id":"${aws_subnet.network_nodes-us-east-1a.id}"},',
    );
  });

  test("load balancers: the subnets that they stand in", () => {
    const from = (kind: string) =>
      ranges(
        manifests(
          `${VPC_CNI}network: { subnets: { public: { prefix: 24 }, nodes: { prefix: 22 } } }\nnamespaces: { shop: { allow: [{ from: { loadBalancer: ${kind}, port: 8080 } }] } }`,
        )[`from-${kind}-tcp-8080`],
      ).map((range) => range.split("/")[1]);

    expect(from("public")).toEqual(["24", "24", "24"]);
    expect(from("internal")).toEqual(["22", "22", "22"]);
  });

  test("with an overlay load balancers call nodes, and pods see the world", () => {
    const all = manifests(
      "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\nnamespaces: { shop: { allow: [{ from: { loadBalancer: public, port: 8080 } }] } }",
    );

    expect(all["from-public-tcp-8080-cilium"]).toHaveProperty("spec.ingress", [
      { fromEntities: ["world"], toPorts: [{ ports: [{ port: "8080", protocol: "TCP" }] }] },
    ]);
  });

  test("the whole internet is without the node's own services", () => {
    const all = manifests(
      "namespaces: { shop: { allow: [{ to: { cidr: 0.0.0.0/0, port: 443 }, reason: a crawler calls everybody }] } }",
    );

    expect(all["to-0.0.0.0-0-tcp-443"]).toMatchObject({
      spec: { egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }] }] },
    });
  });
});

// A database by address, and a bucket by name.
test("listed flows have names of their own, for the pods that they are for", () => {
  const all = manifests(
    "namespaces: { shop: { allow: [{ pods: { app: backend }, to: { cidr: 10.20.0.0/24, port: 3306 } }, { to: { fqdn: '*.s3.amazonaws.com', port: 443 } }] } }",
  );

  expect(all["to-10.20.0.0-24-tcp-3306-of-app-backend"]).toMatchObject({
    kind: "NetworkPolicy",
    spec: { podSelector: { matchLabels: { app: "backend" } } },
  });
  expect(all["to-any.s3.amazonaws.com-tcp-443-cilium"]).toMatchObject({
    spec: { egress: [{ toFQDNs: [{ matchPattern: "*.s3.amazonaws.com" }] }] },
  });
});

describe("admission", () => {
  const registries = (yaml: string) =>
    JSON.stringify(admission(yaml)["image-registries"]).match(/; allowed: ([^']*)/)?.[1];

  test("images come from the account's registry, or the mirror, or what is listed", () => {
    expect(registries("policies: {}")).toBe("111122223333.dkr.ecr.us-east-1.amazonaws.com");
    expect(registries("images: { mirror: registry.corp/all }\npolicies: {}")).toBe("registry.corp/all");
    expect(registries("policies: { allowedRegistries: [ghcr.io/acme, quay.io] }")).toBe(
      "ghcr.io/acme, quay.io",
    );
  });

  test("skips the platform's namespaces, and what is exempt", () => {
    const binding = admission("policies: { exemptNamespaces: { old: moves with ticket 12 } }");

    expect(JSON.stringify(binding["image-tags-binding"])).toMatch(/"kube-system".*"old"/);
  });

  test("skips the collector's namespace, whatever its name", () => {
    const binding = admission(
      "policies: {}\nobservability: { openTelemetry: { traces: { kind: xray }, namespace: tracing } }",
    );

    expect(JSON.stringify(binding["image-registries-binding"])).toContain('"tracing"');
    expect(JSON.stringify(admission("policies: {}"))).not.toContain('"tracing"');
  });

  // Istio 1.29 adds its proxy, cert-manager 1.21 its solver, Velero 1.18 its helper, each from where its own images come.
  test("admits the images that the target's own components add to pods, and no other of their registries", () => {
    const rule = (yaml: string) => JSON.stringify(admission(yaml)["image-registries"]);
    const all =
      "policies: { allowedRegistries: [registry.corp] }\nmesh: { kind: istio, id: acme, trustDomain: acme.internal }\n" +
      "ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }, certificates: { email: a@example.com } }\n";

    for (const image of ["docker.io/istio/proxyv2", "quay.io/jetstack/cert-manager-acmesolver"]) {
      expect(rule(all)).toContain(`\\"${image}:\\"`);
      expect(rule("policies: {}")).not.toContain(image);
      expect(rule(`${all}images: { mirror: mirror.corp }`)).toContain(`\\"mirror.corp/${image}:\\"`);
    }
    expect(rule(all)).not.toContain('"docker.io/istio/\\"');
  });

  test("is there with namespaces alone, and rule by rule", () => {
    expect(Object.keys(admission("namespaces: { shop: {} }"))).toHaveLength(16);
    expect(
      Object.keys(
        admission("policies: { admission: { imageTags: { action: none, reason: for a short test } } }"),
      ),
    ).toHaveLength(14);
  });
});

/** Namespaces that a chart is told to use besides its own, as Cilium's for SPIRE; our own manifests are of teams, too. */
function namespacesIn({ repository, values }: Block): string[] {
  if (repository === undefined) return [];
  const texts = (values as string[] | undefined) ?? [];
  return texts.flatMap((text) =>
    [...text.matchAll(/"namespace":"([a-z0-9-]+)"/g)].map(([, name = ""]) => name),
  );
}

test("nothing of the platform lives in a namespace that the rules look at", () => {
  const root = path.join(__dirname, "..", "..", "..");
  const targets = ["envs", path.join("examples", "envs")].flatMap(
    (dir) => loadFleet(path.join(root, dir)).targets,
  );
  const used = targets.flatMap((target) =>
    Object.values(synthTarget(target)).flatMap((json) =>
      Object.values(resourcesOf(json, "helm_release")).flatMap((release) => [
        String(release.namespace),
        ...namespacesIn(release),
      ]),
    ),
  );

  expect(used).toEqual(expect.arrayContaining(["istio-system", "cilium-spire"]));
  expect([...new Set(used)].filter((namespace) => !isPlatformNamespace(namespace))).toEqual([]);
}, 120_000);
