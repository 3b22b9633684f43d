import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import "cdktf/lib/testing/adapters/jest";
import { east, manifests, type Options, PRIVATE_CA } from "../support/cluster-mesh";
import { aTarget } from "../support/fixtures";
import { type Block, moduleInputs, parsed, releaseValues, resourcesOf, synthTarget } from "../support/synth";

const OVERLAY = "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/12 }";
const pair = east();
const cilium = (json: string) => releaseValues(json, "cilium_cilium_release") as Record<string, Block>;

// cilium/charts, cilium-1.19.6, values.yaml: cluster.id, clustermesh.apiserver. Two replicas, since peers read through it.
describe("Cilium's chart", () => {
  test("has the cluster's number, replicas and a disruption budget", () => {
    const { cluster, clustermesh } = cilium(pair.cni);

    expect(cluster).toEqual({ name: "dev-us-east-1", id: 1 });
    expect(clustermesh).toMatchObject({
      useAPIServer: true,
      policyDefaultLocalCluster: true,
      apiserver: {
        replicas: 2,
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        service: { type: "ClusterIP" },
      },
    });
  });

  // Pitfall 11: the chart comes before cert-manager, so what it would make itself it must not.
  test("makes no certificates and knows no peers, which both come later", () => {
    expect(cilium(pair.cni).clustermesh).toMatchObject({
      config: { enabled: false },
      apiserver: { tls: { auto: { enabled: false }, enableSecrets: false, authMode: "cluster" } },
    });
    expect(pair.cni).not.toContain("us-west-2");
  });

  // cilium/cilium install/kubernetes/cilium/templates/clustermesh-apiserver/users-configmap.yaml, 1.18.11 and 1.19.6.
  test.each([
    ["2025.09", "the chart makes the peers' users, and our release does not", true],
    ["2026.11", "our release makes the peers' users, and the chart does not", false],
  ])("with release %s %s", (release, _title, byChart) => {
    const stacks = east(["us-east-1", "us-west-2"], { more: `release: "${release}"\n` });

    expect(cilium(stacks.cni).clustermesh?.config).toEqual(
      byChart ? { enabled: false, clusters: [{ name: "dev-us-west-2" }] } : { enabled: false },
    );
    expect("users" in manifests(stacks.mesh)).toBe(!byChart);
  });

  test("knows nothing of a mesh without one", () => {
    const { clustermesh, cluster } = cilium(synthTarget(aTarget()).cni);

    expect(clustermesh).not.toHaveProperty("useAPIServer");
    expect(cluster).toEqual({ name: "dev-us-east-1" });
  });

  test("exports services where asked to", () => {
    expect(cilium(east(["us-east-1"], { more: "  mcsApi: true" }).cni).clustermesh).toMatchObject({
      mcsapi: { enabled: true },
    });
    expect(cilium(pair.cni).clustermesh).not.toHaveProperty("mcsapi");
  });

  test("takes all its images from the mirror", () => {
    const { cni } = east(["us-east-1"], { more: "images: { mirror: mirror.corp }" });

    expect(cilium(cni).clustermesh).toMatchObject({
      apiserver: { image: { repository: "mirror.corp/quay.io/cilium/clustermesh-apiserver" } },
    });
  });
});

describe("the load balancer that peers call", () => {
  test("is internal and lets only peers' VPCs in", () => {
    expect(pair.mesh).toHaveResourceWithProperties(Lb, {
      internal: true,
      load_balancer_type: "network",
      enable_cross_zone_load_balancing: true,
    });
    expect(
      resourcesOf(pair.mesh, "aws_vpc_security_group_ingress_rule")["cilium_state_from-10-1-0-0-16"],
    ).toMatchObject({ cidr_ipv4: "10.1.0.0/16", ip_protocol: "tcp", from_port: 2379, to_port: 2379 });
  });

  test("leads to pods, and keeps each peer with one replica", () => {
    expect(pair.mesh).toHaveResourceWithProperties(LbTargetGroup, {
      port: 2379,
      target_type: "ip",
      preserve_client_ip: "false",
      stickiness: { enabled: true, type: "source_ip" },
    });
    expect(manifests(pair.mesh).targets).toMatchObject({
      kind: "TargetGroupBinding",
      spec: { targetType: "ip", serviceRef: { name: "clustermesh-apiserver", port: 2379 } },
    });
  });

  test("leads to nodes where pods have addresses that the VPC does not know", () => {
    const { mesh, cni } = east(["us-east-1", "us-west-2"], { cni: OVERLAY });

    expect(mesh).toHaveResourceWithProperties(LbTargetGroup, { port: 32379, target_type: "instance" });
    expect(cilium(cni).clustermesh).toMatchObject({
      apiserver: { service: { type: "NodePort", nodePort: 32379 } },
    });
    expect(resourcesOf(mesh, "aws_vpc_security_group_ingress_rule")["cilium_state_into-nodes"]).toMatchObject(
      { from_port: 32379, to_port: 32379 },
    );
  });
});

describe("what peers may send to nodes and pods", () => {
  const rules = (options: Options) =>
    Object.entries(
      resourcesOf(east(["us-east-1", "us-west-2"], options).mesh, "aws_vpc_security_group_ingress_rule"),
    )
      .filter(([name]) => name.startsWith("cilium_peers_"))
      .map(([name, { ip_protocol, from_port, to_port, cidr_ipv4 }]) => {
        expect(cidr_ipv4).toBe("10.1.0.0/16");
        return `${name.replace("cilium_peers_10-1-0-0-16-", "")} ${String(ip_protocol)} ${String(from_port)}-${String(to_port)}`;
      })
      .sort();
  const HEALTH = ["health tcp 4240-4240", "ping icmp 8-0"];

  test.each<[string, string, string[]]>([
    [
      "addresses of the VPC: any port but SSH's and RDP's",
      "",
      [
        "ping icmp 8-0",
        ...["tcp-above-rdp tcp 3390-65535", "tcp-below-rdp tcp 23-3388"],
        ...["udp-above-rdp udp 3390-65535", "udp-below-rdp udp 23-3388"],
      ],
    ],
    [
      "WireGuard: its port",
      "cni: { kind: cilium-eni, encryption: wireguard }",
      [...HEALTH, "wireguard udp 51871-51871"],
    ],
    ["Geneve: its port", OVERLAY, [...HEALTH, "tunnel udp 6081-6081"]],
    [
      "VXLAN in WireGuard: both ports",
      "cni: { kind: cilium-overlay, podCidr: 100.64.0.0/12, tunnel: vxlan, encryption: wireguard }",
      [...HEALTH, "tunnel udp 8472-8472", "wireguard udp 51871-51871"],
    ],
  ])("%s", (_name, cni, expected) => {
    expect(rules({ cni })).toEqual(expected);
  });

  test("peers need no Kubernetes API", () => {
    expect(JSON.stringify(moduleInputs(pair.cluster, "cluster_eks"))).not.toContain("mesh");
  });
});

describe("certificates", () => {
  const usages = (mesh: string) =>
    Object.fromEntries(
      Object.entries(manifests(mesh)).flatMap(([name, { spec }]) =>
        spec !== undefined && "usages" in spec ? [[name, spec.usages]] : [],
      ),
    );

  test("are of a CA that all share, whose key comes from Secrets Manager to the cluster", () => {
    expect(manifests(pair.mesh)).toMatchObject({
      ca: {
        kind: "ExternalSecret",
        metadata: { namespace: "kube-system" },
        spec: {
          secretStoreRef: { name: "mesh" },
          data: [
            { secretKey: "tls.crt", remoteRef: { key: "mesh/ca", property: "ca-cert.pem" } },
            { secretKey: "tls.key", remoteRef: { key: "mesh/ca", property: "ca-key.pem" } },
          ],
        },
      },
      issuer: { kind: "Issuer", spec: { ca: { secretName: "cluster-mesh-ca" } } },
    });
    expect(Object.keys(parsed(pair.mesh).resource ?? {}).filter((type) => type.startsWith("tls_"))).toEqual(
      [],
    );
  });

  test("have the names that the chart mounts and the users that etcd knows", () => {
    const found = Object.values(manifests(pair.mesh))
      .map(({ spec }) => spec)
      .filter((spec) => spec !== undefined && "commonName" in spec)
      .map(({ secretName, commonName, usages }) => [secretName, commonName, (usages as string[]).at(-1)])
      .sort();

    expect(found).toEqual([
      ["clustermesh-apiserver-admin-cert", "admin-dev-us-east-1", "client auth"],
      ["clustermesh-apiserver-local-cert", "local-dev-us-east-1", "client auth"],
      ["clustermesh-apiserver-remote-cert", "remote-dev-us-east-1", "client auth"],
      ["clustermesh-apiserver-server-cert", "clustermesh-apiserver.cilium.io", "server auth"],
    ]);
  });

  test("that of the server names the load balancer's host", () => {
    expect(manifests(pair.mesh).server?.spec).toMatchObject({
      dnsNames: [
        "clustermesh-apiserver.cilium.io",
        "clustermesh-apiserver.kube-system.svc",
        expect.stringContaining("aws_lb.cilium_state_balancer.dns_name"),
      ],
    });
  });

  test("AWS Private CA signs those of clients and servers, and no CA", () => {
    const { mesh } = east(["us-east-1", "us-west-2"], {
      ca: `{ kind: aws-private-ca, arn: "${PRIVATE_CA}", days: 30 }`,
    });

    expect(JSON.stringify(moduleInputs(mesh, "cilium_aws-privateca-issuer_identity_identity"))).toContain(
      '"values":["arn:aws:acm-pca:::template/EndEntityClientAuthCertificate/V1","arn:aws:acm-pca:::template/EndEntityServerAuthCertificate/V1"]',
    );
    expect(manifests(mesh)).toMatchObject({
      issuer: { kind: "AWSPCAClusterIssuer" },
      admin: { spec: { duration: "720h0m0s", issuerRef: { kind: "AWSPCAClusterIssuer" } } },
    });
    // More than one usage makes the issuer take another template (cert-manager/aws-privateca-issuer README, "Usage").
    expect(usages(mesh)).toEqual({
      admin: ["client auth"],
      local: ["client auth"],
      remote: ["client auth"],
      server: ["server auth"],
    });
  });
});
