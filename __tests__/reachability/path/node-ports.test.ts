import { items } from "../../../src/values/value";
import { aTarget } from "../../support/fixtures";
import { ended, reachOf, unmet, without } from "../support";

describe("pods of an overlay, which a load balancer calls by ports of nodes", () => {
  const overlay = aTarget(`network: { vpcCidr: 10.65.0.0/20 }
cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }
ingress: { dns: { zones: { example.com: Z0123456789ABCDEFGHIJ } } }
namespaces: { edge: { allow: [{ from: { loadBalancer: internal, port: 8443 } }] } }
secrets: { stores: { platform: { paths: [dev/platform/], namespaces: [argocd] } } }
gitops:
  repo: { url: "https://git.example.com/acme/fleet.git" }
  projects: { payments: { namespaces: [shop], groups: [payments] } }
  argocd: { host: argocd.example.com, sso: { issuer: "https://login.example.com", secret: { store: platform, name: dev/platform/sso } } }
`);
  const calls = (change?: Parameters<typeof reachOf>[1]) =>
    reachOf(overlay, change).judged.filter(({ need }) => need.from.kind === "load-balancer");

  test("are called at no address of their own", () => {
    expect(ended(calls())).toEqual(
      [
        "load balancer: internal load balancers to argocd/argocd-server, TCP 8080",
        "declared call: internal load balancers to edge/*, TCP 8443",
      ].map(
        (each) =>
          `${each} undecided at service: its targets are nodes, and what a node's port leads to is not decided`,
      ),
    );
    for (const { hops, end } of calls()) {
      expect(hops.filter(({ verdict }) => verdict !== "allowed")).toEqual([end]);
      expect(hops.map(({ says }) => says).join()).toContain("tcp 30000 from 10.65.");
    }
  });

  test("are not reached past a policy of theirs", () => {
    expect(unmet(calls(without("CiliumNetworkPolicy argocd/allow-users")))).toEqual([
      expect.stringMatching(
        /^load balancer: .* argocd\/argocd-server, TCP 8080 denied at policy of the receiver/,
      ),
    ]);
  });

  /** Which port a Service gets Kubernetes says when it makes it. */
  test.each([
    ["the last of them", 32000, 32767],
    ["some in the middle", 31000, 31009],
    ["a single one", 30500, 30500],
  ])("are not reached past an ACL that closes %s", (_, from, to) => {
    const closing = {
      action: "deny",
      protocol: "6",
      rule_no: 50,
      cidr_block: "10.65.0.0/20",
      from_port: from,
      to_port: to,
    };
    const closed = calls((all) =>
      all.map((each) =>
        each.type === "aws_network_acl" && each.address.endsWith("_nodes")
          ? {
              ...each,
              attributes: { ...each.attributes, ingress: [closing, ...items(each.attributes.ingress)] },
            }
          : each,
      ),
    );

    expect(closed.map(({ verdict }) => verdict)).toEqual(["denied", "denied"]);
    for (const { end } of closed) {
      expect(end?.at).toMatch(/^network ACL (in|back)$/);
      expect(end?.says).toMatch(/stops tcp/);
    }
  });
});
