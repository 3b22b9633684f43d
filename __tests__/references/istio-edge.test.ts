import { releaseValues } from "../support/synth";
import { manifestsIn, reference } from "./support";

const target = reference("istio-edge/us-east-1");
const { mesh, workloads, policies, cluster } = target.json;

/** The production manual for EKS, Cilium, Istio and Karpenter, by its own headings. */
describe("the manual for EKS with Cilium, Istio and Karpenter", () => {
  test("VPC and subnet layout: public subnets have the gateway's load balancer, and nodes and pods private ones", () => {
    const { service } = releaseValues(mesh, "istio_istio-ingressgateway-public_release") as {
      service: { annotations: Record<string, string> };
    };

    expect([...target.subnets.keys()].sort()).toEqual(["controlPlane", "nodes", "pods", "public"]);
    expect(service.annotations).toMatchObject({
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-subnets": expect.stringContaining(
        "public_subnet_ids",
      ) as string,
    });
  });

  test("Create the EKS cluster: version 1.33, a private endpoint, all logs, a service range of one's own", () => {
    expect(target.release.kubernetes.version).toBe("1.33");
    expect(target.config.cluster.endpoint.kind).toBe("private");
    expect(cluster).toContain("172.20.0.0/16");
    for (const log of ["api", "audit", "authenticator", "controllerManager", "scheduler"])
      expect(cluster).toContain(`"${log}"`);
  });

  test("Istio, single cluster: a gateway with a certificate, /api to one version of a service and the rest to another", () => {
    const gateways = manifestsIn(mesh, "traffic_gateways_helm_release");
    const routes = manifestsIn(workloads, "workload-web_helm_release")["traffic-virtualservice-web-web"];

    expect(gateways["Gateway/public-gw"]?.spec).toMatchObject({
      selector: { istio: "ingressgateway-public" },
      servers: [
        { port: { number: 80 }, tls: { httpsRedirect: true } },
        { port: { number: 443 }, tls: { mode: "SIMPLE", credentialName: "tls-example-com" } },
      ],
    });
    expect(routes?.spec).toMatchObject({
      hosts: ["example.com"],
      http: [
        {
          match: [{ uri: { exact: "/api" } }, { uri: { prefix: "/api/" } }],
          route: [
            { destination: { host: "api.web.svc.cluster.local", subset: "v1", port: { number: 8080 } } },
          ],
        },
        { route: [{ destination: { host: "web.web.svc.cluster.local", port: { number: 80 } } }] },
      ],
    });
  });

  test("Istio, single cluster: pods that fail are left out for a while", () => {
    const rule = manifestsIn(workloads, "workload-api_helm_release")["traffic-destinationrule-web-api"];

    expect(JSON.stringify(rule)).toContain(
      '"consecutive5xxErrors":3,"interval":"5s","baseEjectionTime":"30s"',
    );
  });

  test("Network policies: pods of a namespace are closed both ways", () => {
    expect(policies).toContain("default-deny");
  });

  test("Pod Security Standards: restricted is enforced", () => {
    expect(policies).toContain("pod-security.kubernetes.io/enforce");
    expect(target.namespaces.web?.podSecurity.level).toBe("restricted");
  });
});
