import type { Manifest } from "../../src/modules/manifest";
import { find, MESH, namespaces, objects, service, text } from "../support/declared-calls";
import { releaseValues, synthYaml } from "../support/synth";

describe("a load balancer that calls pods of a mesh of mutual TLS", () => {
  const WHY = "reason: clients end TLS in the pods";
  const plain = (all: readonly Manifest[]) => find(all, "PeerAuthentication", "edge").map(({ spec }) => spec);

  test("reaches those pods on that port: by address, and in plain text", () => {
    const all = objects(
      MESH + namespaces(`{ pods: { app: web }, from: { loadBalancer: internal, port: 8443 }, ${WHY} }`, ""),
    );

    expect(plain(all)).toEqual([
      {
        selector: { matchLabels: { app: "web" } },
        mtls: { mode: "STRICT" },
        portLevelMtls: { "8443": { mode: "PERMISSIVE" } },
      },
    ]);
    const [rule] = find(all, "AuthorizationPolicy", "edge").filter(({ spec }) =>
      JSON.stringify(spec).includes("8443"),
    );
    expect(rule).toMatchObject({
      spec: {
        selector: { matchLabels: { app: "web" } },
        rules: [
          {
            from: [
              {
                source: { ipBlocks: expect.arrayContaining([expect.stringMatching(/^10\.0\./)]) as string[] },
              },
            ],
          },
        ],
      },
    });
  });

  test("likewise those of a service", () => {
    const all = objects(
      MESH +
        namespaces("", "") +
        "workloads:\n" +
        service("web", "edge", `, callers: [{ loadBalancer: internal, ports: [http], ${WHY} }]`),
    );

    expect(plain(all)).toMatchObject([{ portLevelMtls: { "8080": { mode: "PERMISSIVE" } } }]);
  });
});

describe("gateways of a mesh reach what leads to services, port by port", () => {
  const callersOf = (yaml: string, name: string) =>
    text(
      find(objects(MESH + yaml), "NetworkPolicy", "payments").filter(
        ({ metadata }) => metadata.name === name,
      ),
    );

  test("no policy names them without ports", () => {
    const all = objects(MESH + namespaces("", "") + "workloads:\n" + service("api", "payments"));

    for (const { spec } of find(all, "NetworkPolicy", "payments"))
      for (const rule of (spec as { ingress?: { from?: object[]; ports?: object[] }[] }).ingress ?? [])
        if (JSON.stringify(rule.from).includes("namespaceSelector"))
          expect(rule.ports?.length).toBeGreaterThan(0);
    expect(text(find(all, "NetworkPolicy", "payments"))).not.toContain("istio-ingress");
  });

  test("a service may name the gateway as its caller", () => {
    const yaml =
      namespaces("", "") +
      "workloads:\n" +
      service("api", "payments", ", callers: [{ namespace: istio-ingress, ports: [http] }]");

    expect(callersOf(yaml, "api-callers")).toMatch(/istio-ingress.*"port":8080/);
    expect(text(find(objects(MESH + yaml), "AuthorizationPolicy", "payments"))).toContain(
      '"namespaces":["istio-ingress"]',
    );
  });
});

test("callers in peers come by the east-west gateway, on the ports that callers here may call", () => {
  const mesh = MESH.replace("ingressGateway: {}", "peers: [dev/us-west-2]");
  const rule = "{ namespace: edge, port: 8080 }";
  const json = synthYaml(
    mesh + namespaces("{ to: { namespace: payments, port: 8080 } }", `{ from: ${rule} }`),
  ).policies;
  const { manifests } = releaseValues(json, "namespace-payments_policies-payments_helm_release");

  expect((manifests as Record<string, Manifest>)["from-edge-tcp-8080"]?.spec).toMatchObject({
    ingress: [
      {
        from: [
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } } },
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "istio-system" } },
            podSelector: { matchLabels: { istio: "eastwestgateway" } },
          },
        ],
        ports: [{ port: 8080 }],
      },
    ],
  });
});
