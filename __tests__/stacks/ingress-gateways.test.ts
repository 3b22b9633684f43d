import { inGatewayApiProject } from "../support/gateway-api-project";
import { releaseValues, resourcesOf, synthYaml } from "../support/synth";

inGatewayApiProject();

const ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-";
const shop = (name: string, gateway: string) => `  ${name}:
    namespace: shop
    image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.0.0
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.25, memoryMiB: 256 }
    traffic: { gateway: ${gateway}, hosts: [${name}.example.com] }
`;
const gateway = (name: string, by = "") =>
  `{ hosts: [${name}.example.com], namespaces: [shop], tls: { secret: ${name} }${by} }`;
const target = (api = "api: istio") => `
ingress:
  dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } }
  loadBalancers:
    publicNamespaces: [istio-ingress]
    wafAclArn: arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/0a1b2c3d-0000-0000-0000-000000000000
mesh:
  kind: istio
  id: acme
  trustDomain: acme.internal
  ingressGateway: {}
  ingressGateways:
    public: { scheme: public, callers: [203.0.113.0/24, 198.51.100.0/24], clientAddress: proxy-protocol }
    edge: { scheme: public, loadBalancer: alb, callers: [203.0.113.0/24] }
traffic:
  ${api}
  gateways:
    inside: ${gateway("a")}
    open: ${gateway("b", ", ingressGateway: public")}
    guarded: ${gateway("c", ", ingressGateway: edge")}
namespaces: { shop: { labels: { istio-injection: enabled } } }
workloads:
${shop("a", "inside")}${shop("b", "open")}${shop("c", "guarded")}`;

type Objects = Record<string, { kind: string; metadata: object; spec: Record<string, unknown> }>;
const objects = (json: string, address: string) => releaseValues(json, address).manifests as Objects;
const istio = synthYaml(target());
const values = (name: string) => releaseValues(istio.mesh, `istio_${name}_release`);
const annotationsOf = (name: string) => (values(name).service as { annotations: object }).annotations;

describe("several ingress gateways", () => {
  test("the first one stays what it was", () => {
    expect(values("istio-ingressgateway")).toMatchObject({ labels: { istio: "ingressgateway" } });
    expect(annotationsOf("istio-ingressgateway")).toMatchObject({
      [`${ANNOTATION}scheme`]: "internal",
      "external-dns.alpha.kubernetes.io/hostname": "a.example.com",
    });
    expect(annotationsOf("istio-ingressgateway")).not.toHaveProperty(`${ANNOTATION}subnets`);
  });

  test("a public one has a load balancer in the public subnets, for its callers and its own names, on no port but 80 and 443", () => {
    const { service } = values("istio-ingressgateway-public") as {
      service: { ports: { port: number }[]; loadBalancerSourceRanges: string[] };
    };

    expect(service.ports.map(({ port }) => port)).toEqual([80, 443]);
    expect(service.loadBalancerSourceRanges).toEqual(["198.51.100.0/24", "203.0.113.0/24"]);
    expect(annotationsOf("istio-ingressgateway-public")).toMatchObject({
      [`${ANNOTATION}scheme`]: "internet-facing",
      [`${ANNOTATION}nlb-target-type`]: "ip",
      [`${ANNOTATION}subnets`]: expect.stringMatching(/public_subnet_ids\["us-east-1a"\]/) as string,
      "external-dns.alpha.kubernetes.io/hostname": "b.example.com",
    });
  });

  // kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/service/model_build_target_group.go: `*` is its one value.
  test("callers' addresses come in a header, which the port of readiness doesn't read", () => {
    expect(annotationsOf("istio-ingressgateway-public")).toMatchObject({
      [`${ANNOTATION}proxy-protocol`]: "*",
      [`${ANNOTATION}healthcheck-protocol`]: "TCP",
      [`${ANNOTATION}healthcheck-port`]: "15021",
    });
    expect(values("istio-ingressgateway-public").podAnnotations).toEqual({
      "proxy.istio.io/config": '{"terminationDrainDuration":"30s","gatewayTopology":{"proxyProtocol":{}}}',
    });
  });

  test("a pod serves on until its load balancer has been told, and takes requests once it has them", () => {
    const end = (name: string) => values(name).lifecycle;

    expect(end("istio-ingressgateway-public")).toEqual({ preStop: { sleep: { seconds: 135 } } });
    expect(end("istio-ingressgateway-edge")).toEqual({ preStop: { sleep: { seconds: 45 } } });
    expect(objects(istio.mesh, "istio_istio-namespaces_helm_release").ingress?.metadata).toMatchObject({
      labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    });
  });

  test("an ALB with the class's web ACL is in front of one, asks for its readiness and speaks TLS to it", () => {
    const { ingress } = objects(istio.mesh, "istio_alb-istio-ingressgateway-edge_helm_release");

    expect(ingress?.spec).toEqual({
      ingressClassName: "alb-public",
      rules: [
        {
          host: "c.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "istio-ingressgateway-edge", port: { number: 443 } } },
              },
            ],
          },
        },
      ],
    });
    expect(ingress?.metadata).toMatchObject({
      namespace: "istio-ingress",
      annotations: {
        "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
        "alb.ingress.kubernetes.io/healthcheck-port": "15021",
        "alb.ingress.kubernetes.io/healthcheck-path": "/healthz/ready",
        "alb.ingress.kubernetes.io/inbound-cidrs": "203.0.113.0/24",
      },
    });
    expect(values("istio-ingressgateway-edge")).toMatchObject({ service: { type: "ClusterIP" } });
    const classes = objects(istio.ingress, "ingress-classes_helm_release");
    expect(classes["alb-public-params"]?.spec).toMatchObject({
      namespaceSelector: { matchExpressions: [{ values: ["istio-ingress"] }] },
    });
  });

  test("each gateway is served by its own, and behind an ALB it takes connections that name no server", () => {
    const gateways = objects(istio.mesh, "traffic_gateways_helm_release");
    const serverOf = (name: string) => {
      const { selector, servers } = gateways[`Gateway/${name}`]?.spec as {
        selector: object;
        servers: { hosts: string[] }[];
      };
      return [selector, servers.at(-1)?.hosts];
    };

    expect(serverOf("inside")).toEqual([{ istio: "ingressgateway" }, ["shop/a.example.com"]]);
    expect(serverOf("open")).toEqual([{ istio: "ingressgateway-public" }, ["shop/b.example.com"]]);
    expect(serverOf("guarded")).toEqual([{ istio: "ingressgateway-edge" }, ["shop/*"]]);
  });

  test("the mesh and network policies let in the one that leads to a service, and no other", () => {
    const policies = (name: string) =>
      JSON.stringify(objects(istio.workloads, `workload-${name}_helm_release`));

    expect(policies("b")).toContain("acme.internal/ns/istio-ingress/sa/istio-ingressgateway-public");
    expect(policies("b")).toContain('"istio":"ingressgateway-public"');
    expect(policies("b")).not.toContain("ingressgateway-edge");
    expect(policies("b")).not.toContain('"istio":"ingressgateway"');
    expect(policies("a")).toContain('sa/istio-ingressgateway"');
  });

  test("each may be called by whoever reaches it, in spite of default deny", () => {
    const rules = objects(istio.mesh, "istio_mesh-policies_helm_release");

    expect(
      ["ingress-gateway", "ingress-gateway-edge", "ingress-gateway-public"].map(
        (name) => rules[name]?.spec.selector,
      ),
    ).toEqual(
      ["ingressgateway", "ingressgateway-edge", "ingressgateway-public"].map((role) => ({
        matchLabels: { istio: role },
      })),
    );
  });

  test("the Gateway API's gateways are carried out by them, too", () => {
    const { mesh } = synthYaml(
      target("api: gateway-api\n  implementation: istio").replace(/ {2}dns: .*\n/, ""),
    );
    const gateways = objects(mesh, "traffic_gateways_helm_release");

    expect(gateways["Gateway/open"]?.spec.addresses).toEqual([
      { type: "Hostname", value: "istio-ingressgateway-public.istio-ingress.svc.cluster.local" },
    ]);
    expect(
      (gateways["Gateway/guarded"]?.spec.listeners as { name: string; hostname?: string }[]).map(
        ({ name, hostname }) => [name, hostname],
      ),
    ).toEqual([
      ["http", undefined],
      ["https-1", undefined],
    ]);
  });

  test("without any there is neither a release nor a namespace for them", () => {
    const { mesh } = synthYaml("mesh: { kind: istio, id: acme, trustDomain: acme.internal }\n");

    expect(JSON.stringify(resourcesOf(mesh, "helm_release"))).not.toContain("istio-ingress");
  });
});
