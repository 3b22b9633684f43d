import { capacityReport } from "../../src/ip-capacity/capacity-report";
import { problemsOf } from "../support/problems";
import { moduleInputs, resourcesOf } from "../support/synth";
import { readFileSync } from "node:fs";
import path from "node:path";
import { manifestsIn, reference } from "./support";

const target = reference("vpc-networking/us-east-1");
const { network, cluster, nodes, policies, workloads } = target.json;
const file = path.join(__dirname, "../../examples/references/vpc-networking/us-east-1.yaml");

/** The deep dive into EKS VPC networking, by its own headings. */
describe("the deep dive into VPC networking", () => {
  test("Practical lab: 780 addresses in each zone steadily, 156 for a surge and 234 for a burst, as it reckons", () => {
    const [zone] = capacityReport(target.capacity).zones;
    const nodeSubnet = zone?.subnets.find(({ subnet }) => subnet === "nodes");

    expect(nodeSubnet?.parts).toMatchObject({ steady: 780, surge: 156, burst: 234 });
    expect(capacityReport(target.capacity).fits).toBe(true);
  });

  test("Practical lab: a /22 in each zone is not large enough, and a deploy never begins", () => {
    const small = readFileSync(file, "utf8").replace("nodes: { prefix: 20 }", "nodes: { prefix: 22 }");

    expect(problemsOf({ "lab/us-east-1.yaml": small }).join("\n")).toMatch(/IP-CAPACITY|addresses/);
  });

  test("Subnet tagging: subnets of load balancers are tagged, public and internal", () => {
    expect(network).toContain("kubernetes.io/role/elb");
    expect(network).toContain("kubernetes.io/role/internal-elb");
  });

  test("Egress design: a NAT gateway in each zone, and endpoints with policies for AWS's services", () => {
    expect(Object.keys(resourcesOf(network, "aws_nat_gateway"))).toHaveLength(3);
    const all = Object.values(
      moduleInputs(network, "endpoints_endpoints").endpoints as Record<string, { policy?: string }>,
    );
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ policy }) => policy === undefined)).toEqual([]);
  });

  test("Security groups: one service alone has a group that the database knows", () => {
    expect(cluster + target.json.cni + nodes).toContain("sg-0a1b2c3d4e5f60718");
  });

  test("Kubernetes NetworkPolicy: enforced by the VPC CNI, namespaces closed both ways, and only the API reaches the database's proxy", () => {
    expect(target.json.cni + nodes).toMatch(/enableNetworkPolicy/);
    expect(policies).toContain("default-deny");
    const proxy = JSON.stringify(manifestsIn(workloads, "workload-payment-db-proxy_helm_release"));
    expect(proxy).toContain("payment-api");
    expect(proxy).toContain("5432");
  });

  test("Load balancers: public ones are for one namespace", () => {
    expect(target.config.ingress?.loadBalancers.publicNamespaces).toEqual(["edge"]);
  });
});
