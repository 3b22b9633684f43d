import { decideVpc } from "../../../src/reachability/vpc/decide";
import { nodesOf, podPlaces } from "../../../src/reachability/vpc/senders";
import { vpcWorld, type VpcWorld } from "../../../src/reachability/vpc/world";
import { ask, first, read, remove, sample, stacksOf, told, withFault, type Stack } from "./worlds";

describe("behind a firewall", () => {
  const name = "regulated-firewall/us-east-1";
  const workspace = "regulated-firewall-us-east-1";
  const network = `${workspace}-network`;
  const lists = (targets: readonly string[]) =>
    withFault([name], network, ({ resource }) => {
      const group = resource.aws_networkfirewall_rule_group?.firewall_domains;
      const rules = group?.rule_group as {
        rules_source: { rules_source_list: { targets: readonly string[] } };
      };
      rules.rules_source.rules_source_list.targets = targets;
    });
  const call = (world: VpcWorld, host: string, port = 443) =>
    ask(world, first(podPlaces(world, workspace)), { kind: "name", name: host }, port);

  test("quay.io passes with its registry's layers, by a name that holds all below it", () => {
    const world = lists([".quay.io", "api.partner.example"]);
    expect(call(world, "quay.io")).toBe("allowed");
    expect(call(world, "cdn01.quay.io")).toBe("allowed");
    expect(call(world, "api.partner.example")).toBe("allowed");
    expect(call(world, "sub.api.partner.example")).toMatch(/^denied at firewall/);
  });

  test("a list without quay's layers stops them", () => {
    const world = lists(["quay.io"]);
    expect(call(world, "quay.io")).toBe("allowed");
    expect(call(world, "cdn01.quay.io")).toBe(
      "denied at firewall: no rule of aws_networkfirewall_firewall_policy.firewall_policy lets cdn01.quay.io through, and it drops the rest",
    );
  });

  test("quay's bucket without a region in its name may be behind the S3 endpoint or not", () => {
    const world = lists([".quay.io"]);
    expect(call(world, "quayio-production-s3.s3.amazonaws.com")).toMatch(
      /^undecided at name resolution: .* otherwise no rule of aws_networkfirewall_firewall_policy\.firewall_policy/,
    );
    expect(call(world, "quayio-production-s3.s3.us-east-1.amazonaws.com")).toBe("allowed");
  });

  test("cert-manager's own look-ups of DNS-01 records don't get out, by UDP nor by TCP", () => {
    const world = lists([".quay.io"]);
    const from = first(podPlaces(world, workspace));
    const internet = { kind: "range", range: "0.0.0.0/0" } as const;
    expect(ask(world, from, internet, 53, "udp")).toBe(
      'denied at firewall: aws_networkfirewall_rule_group.firewall_base stops the flow: drop ip $HOME_NET any -> any any (msg:"Only TCP leaves"; ip_proto:!TCP; sid:1000002; rev:1;)',
    );
    expect(ask(world, from, internet, 53)).toMatch(/^undecided at firewall/);
  });

  test("answers that don't come through the firewall's endpoint of the same zone are lost", () => {
    const world = withFault([name], network, ({ resource }) =>
      remove(resource.aws_route, /back-to-us-east-1b-10-73-80/),
    );
    expect(ask(world, first(nodesOf(world, workspace)), { kind: "name", name: "quay.io" }, 443)).toMatch(
      /^denied at route back: .*leads to the VPC itself for 10\.73\.80\.0\/20, and not to the firewall endpoint/,
    );
  });
});

describe("behind a proxy", () => {
  const workspace = "regulated-proxy-us-east-1";
  test("cert-manager's look-ups have no way to the internet's name servers", () => {
    const world = withFault(["regulated-proxy/us-east-1"], `${workspace}-network`, () => undefined);
    const from = first(podPlaces(world, workspace));
    for (const protocol of ["tcp", "udp"] as const)
      expect(ask(world, from, { kind: "range", range: "0.0.0.0/0" }, 53, protocol)).toMatch(
        /^denied at route out: .* has no route to the internet$/,
      );
  });

  test("a service whose endpoint the proxy's exceptions forget is called through the proxy", () => {
    const world = withFault(["regulated-proxy/us-east-1"], `${workspace}-nodes`, ({ module }) => {
      const text = JSON.stringify(module).replaceAll("sts.us-east-1.amazonaws.com", "sts.example");
      Object.assign(module, JSON.parse(text));
    });
    for (const from of nodesOf(world, workspace))
      expect(ask(world, from, { kind: "name", name: "sts.us-east-1.amazonaws.com" }, 443)).toMatch(
        /^undecided at proxy: sts\.us-east-1\.amazonaws\.com is called through proxy\.corp\.example:3128/,
      );
  });
});

describe("endpoints", () => {
  const network = "prod-us-east-1-network";
  const sts = { kind: "name", name: "sts.us-east-1.amazonaws.com" } as const;

  test("a group without the pods' subnets closes them", () => {
    const world = withFault(["prod/us-east-1"], network, ({ resource }) => {
      const rule = resource.aws_vpc_security_group_ingress_rule?.["endpoints_https-from-10-0-0-0-16"];
      if (rule !== undefined) rule.cidr_ipv4 = "10.0.16.0/20";
    });
    expect(ask(world, first(podPlaces(world, "prod-us-east-1")), sts, 443)).toMatch(
      /^denied at security group of the receiver: no rule of aws_security_group\.endpoints_security-group lets through tcp 443 from 10\.0\.32\.0\/19/,
    );
  });

  test("a table without the S3 endpoint leads to S3 through the NAT gateway, and nowhere without one", () => {
    const left = ({ module }: Stack) => {
      const endpoints = module.endpoints_endpoints?.endpoints as Record<
        string,
        { route_table_ids?: string[] }
      >;
      const s3 = endpoints.s3;
      if (s3 !== undefined)
        s3.route_table_ids = s3.route_table_ids?.filter(
          (each) => !each.includes("eu-west-1b") && !each.includes("us-east-1b"),
        );
    };
    const nat = withFault(["prod/us-east-1"], network, left);
    const s3 = (region: string) => ({ kind: "name", name: `s3.${region}.amazonaws.com` }) as const;
    const hops = decideVpc(nat, first(podPlaces(nat, "prod-us-east-1")), s3("us-east-1"), 443);
    expect(told(hops)).toBe("allowed");
    expect(hops.map(({ at }) => at)).toContain("nat");

    const none = withFault(["prod/eu-west-1"], "prod-eu-west-1-network", left);
    expect(ask(none, first(podPlaces(none, "prod-eu-west-1")), s3("eu-west-1"), 443)).toBe(
      "denied at route out: aws_route_table.network_routes-private-eu-west-1b has no route to the internet",
    );
  });

  test("private DNS needs DNS hostnames of the VPC", () => {
    const world = withFault(["prod/us-east-1"], network, ({ module }) => {
      const vpc = module.network_vpc;
      if (vpc !== undefined) vpc.enable_dns_hostnames = false;
    });
    expect(ask(world, first(podPlaces(world, "prod-us-east-1")), sts, 443)).toMatch(
      /^denied at name resolution/,
    );
  });
});

test("a resolver's group that lets out no query to the name servers on premises is where a name ends", () => {
  const name = "network-operations/us-east-1";
  const workspace = "network-operations-us-east-1";
  const host = { kind: "name", name: "ldap.corp.acme.internal" } as const;
  const whole = vpcWorld(read(stacksOf(sample(name))));
  expect(ask(whole, first(nodesOf(whole, workspace)), host, 636)).toMatch(
    /^undecided at name resolution: 10\.200\.0\.2, 10\.200\.1\.2 answer/,
  );
  const world = withFault([name], `${workspace}-network`, ({ resource }) =>
    remove(resource.aws_vpc_security_group_egress_rule, /udp-10-200-0-2$/),
  );
  expect(ask(world, first(nodesOf(world, workspace)), host, 636)).toMatch(
    /^denied at name resolution: .* sends queries for ldap\.corp\.acme\.internal to 10\.200\.0\.2, 10\.200\.1\.2, and no rule of aws_security_group\.resolver-outbound_security-group/,
  );
});

test("a private zone answers for what is below it, with records that others write", () => {
  const world = vpcWorld(read(stacksOf(sample("network-operations/us-east-1"))));
  const from = first(nodesOf(world, "network-operations-us-east-1"));
  expect(ask(world, from, { kind: "name", name: "orders.prod.acme.internal" }, 443)).toMatch(
    /^undecided at name resolution: aws_route53_zone\.private-zones_prod_acme_internal answers/,
  );
});

test("what a value is that nobody knows is undecided, with its name", () => {
  const world = withFault(["prod/us-east-1"], "prod-us-east-1-network", ({ resource }) => {
    const rule = resource.aws_vpc_security_group_ingress_rule?.["endpoints_https-from-10-0-0-0-16"];
    if (rule !== undefined) rule.cidr_ipv4 = "${data.aws_vpc.other.cidr_block}";
  });
  expect(
    ask(
      world,
      first(nodesOf(world, "prod-us-east-1")),
      { kind: "name", name: "sts.us-east-1.amazonaws.com" },
      443,
    ),
  ).toMatch(/^undecided at security group of the receiver/);
});

/** ICANN, resolution 2024.07.29.06; RFC 6762, appendix G. */
test.each(["git.acme.internal", "ldap.corp", "printer.local"])(
  "%s leads nowhere by public name servers: who else answers is not in the stacks",
  (name) => {
    const world = vpcWorld(read(stacksOf(sample("prod/us-east-1"))));
    expect(ask(world, first(podPlaces(world, "prod-us-east-1")), { kind: "name", name }, 443)).toBe(
      `undecided at name resolution: no public server answers for ${name}, and no private zone and no rule for it is in the stacks`,
    );
  },
);
