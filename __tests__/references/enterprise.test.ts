import { formatCidr } from "../../src/ip-capacity/cidr";
import { manifestsIn, reference } from "./support";

const target = reference("enterprise/us-east-1");
const { ingress, mesh, workloads, nodes } = target.json;

/** The reference for networking in the enterprise, by its own headings. */
describe("the reference for Kubernetes networking in the enterprise", () => {
  test("10. VPC design: subnets as written, and the control plane's where those leave room", () => {
    const cidrs = (tier: "nodes" | "pods" | "controlPlane") =>
      [...(target.subnets.get(tier)?.values() ?? [])].map(formatCidr);

    expect(cidrs("nodes")).toEqual(["10.0.11.0/24", "10.0.12.0/24", "10.0.13.0/24"]);
    expect(cidrs("pods")).toEqual(["10.0.128.0/19", "10.0.160.0/19", "10.0.192.0/19"]);
    expect(cidrs("controlPlane")).toEqual(["10.0.4.0/28", "10.0.68.0/28", "10.0.0.0/28"]);
  });

  test("9. Service mesh: nine of ten requests go to the first version, all by strict mutual TLS", () => {
    const objects = manifestsIn(workloads, "workload-backend-svc_helm_release");
    const policies = manifestsIn(mesh, "istio_mesh-policies_helm_release");

    expect(policies.mtls?.spec).toEqual({ mtls: { mode: "STRICT" } });
    expect(JSON.stringify(objects["traffic-virtualservice-production-backend-svc"])).toMatch(
      /"subset":"v1".*"weight":90.*"subset":"v2".*"weight":10/,
    );
    expect(objects["traffic-destinationrule-production-backend-svc"]?.spec).toMatchObject({
      trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
    });
  });

  test("13. ALB Ingress: one that faces the internet, with a web ACL, a certificate and logs, beside the mesh", () => {
    const classes = manifestsIn(ingress, "ingress-classes_helm_release");
    const { ingress: alb } = manifestsIn(mesh, "istio_alb-istio-ingressgateway-edge_helm_release");

    expect(classes["alb-public-params"]?.spec).toMatchObject({
      scheme: "internet-facing",
      targetType: "ip",
      sslRedirectPort: "443",
      wafv2AclArn: expect.stringContaining("regional/webacl/NAME") as string,
    });
    expect(JSON.stringify(classes)).toContain("access_logs.s3.enabled");
    expect(alb?.spec).toMatchObject({
      ingressClassName: "alb-public",
      rules: [{ host: "api.example.com" }],
    });
  });

  test("9 and 13 at once: what the ALB leads to takes nothing but mutual TLS, from the gateway alone", () => {
    const objects = JSON.stringify(manifestsIn(workloads, "workload-api-svc_helm_release"));

    expect(objects).toContain("/ns/istio-ingress/sa/istio-ingressgateway-edge");
    expect(objects).not.toContain("PERMISSIVE");
  });

  test("6. DNS: three replicas, and a zone of one's own", () => {
    expect(nodes).toContain("internal.corp");
  });
});
