import { inGatewayApiProject } from "../support/gateway-api-project";
import { NETWORK, problemsIn } from "../support/problems";
import {
  type Block,
  moduleInputs,
  policyIn,
  releaseValues,
  resourcesOf,
  statement,
  synthYaml,
} from "../support/synth";

inGatewayApiProject();

const ROLE = "arn:aws:iam::555555555555:role/dns-writer";
const OTHER = "arn:aws:iam::666666666666:role/dns/writer";
const names = (json: string) =>
  Object.values(resourcesOf(json, "helm_release"))
    .map(({ name }) => String(name))
    .filter((name) => name.startsWith("external-dns"))
    .sort();
const ingress = (zones: string, more = "") =>
  synthYaml(`ingress: { dns: { zones: { ${zones} } }, certificates: { email: a@b.io } }\n${more}`);

// kubernetes-sigs/external-dns v0.21.0, registry/mapper/mapper.go: ToTXTName puts the prefix before the first label, and
// ToEndpointName tries each type in place of %{record_type}.
describe("records that say whose a record is", () => {
  const OWN = "example.com: Z0123456789ABC";
  const prefix = String(releaseValues(ingress(OWN).ingress, "external-dns_helm_release").txtPrefix).replace(
    "%%{",
    "%{",
  );
  const nameOf = (host: string, type: string) => `${prefix.replace("%{record_type}", type)}${host}`;

  test("lie in the zone, also that of the zone's own name", () => {
    expect(nameOf("example.com", "cname")).toBe("external-dns-cname.example.com");
    expect(nameOf("www.example.com", "a")).toBe("external-dns-a.www.example.com");
  });

  test("Terraform takes the prefix as it is written", () => {
    expect(JSON.stringify(resourcesOf(ingress(OWN).ingress, "helm_release"))).toContain(
      "external-dns-%%{record_type}.",
    );
  });
});

describe("names of gateways", () => {
  const DNS = "dns: { zones: { example.com: Z0123456789ABC } }";
  const MESH = "mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }";
  const gateways = (tls: string) =>
    `gateways: { main: { hosts: [www.example.com, "*.shop.example.com"], namespaces: [shop]${tls} } }`;
  const NONE = ', tls: { none: true, reason: "a test of records" }';
  const sources = (yaml: string) =>
    releaseValues(synthYaml(`ingress: { ${DNS} }\n${yaml}`).ingress, "external-dns_helm_release").sources;
  const annotations = (yaml: string) =>
    (
      releaseValues(synthYaml(yaml).mesh, "istio_istio-ingressgateway_release").service as {
        annotations: Record<string, string>;
      }
    ).annotations;

  test("of Istio's API are written at the Service of its gateway, which external-dns reads without Istio's kinds", () => {
    const yaml = `${MESH}\ntraffic: { api: istio, ${gateways(NONE)} }`;

    expect(annotations(`ingress: { ${DNS} }\n${yaml}`)).toMatchObject({
      "external-dns.alpha.kubernetes.io/hostname": "*.shop.example.com,www.example.com",
    });
    expect(sources(yaml)).toEqual(["service", "ingress"]);
  });

  test("are written nowhere where the target has no zones", () => {
    expect(
      annotations(`ingress: {}\n${MESH}\ntraffic: { api: istio, ${gateways(NONE)} }`),
    ).not.toHaveProperty(["external-dns.alpha.kubernetes.io/hostname"]);
  });

  test.each(["aws", "cilium"])(
    "of the Gateway API (%s) are read from its routes, whose kinds are there before",
    (implementation) => {
      const traffic = `traffic: { api: gateway-api, implementation: ${implementation} }`;

      expect(sources(traffic)).toEqual(["service", "ingress", "gateway-httproute", "gateway-grpcroute"]);
    },
  );
});

describe("a zone of another account", () => {
  const zones = `example.com: Z0123456789ABC, sub.example.com: { id: Z0000000000ABC, role: "${ROLE}" }`;
  const json = ingress(zones).ingress;
  const [own = "", other = ""] = names(json);

  test("is written by an instance of external-dns that assumes its role, and may do nothing else", () => {
    expect([own, other]).toEqual(["external-dns", expect.stringMatching(/^external-dns-[0-9a-f]{8}$/)]);
    expect(releaseValues(json, `${other}_helm_release`)).toMatchObject({
      serviceAccount: { name: other },
      domainFilters: ["sub.example.com"],
      extraArgs: ["--zone-id-filter=Z0000000000ABC", `--aws-assume-role=${ROLE}`],
    });
    const inputs = moduleInputs(json, `${other}_identity_identity`);
    expect(inputs).toMatchObject({
      associations: { [other]: { namespace: "external-dns", service_account: other } },
      policy_statements: [{ actions: ["sts:AssumeRole", "sts:TagSession"], resources: [ROLE] }],
    });
    expect(inputs).not.toHaveProperty("attach_external_dns_policy");
  });

  test("is left alone by the instance of the zone above it", () => {
    expect(releaseValues(json, "external-dns_helm_release")).toMatchObject({
      domainFilters: ["example.com"],
      excludeDomains: ["sub.example.com"],
    });
    expect(moduleInputs(json, "external-dns_identity_identity")).toMatchObject({
      external_dns_hosted_zone_arns: ["arn:aws:route53:::hostedzone/Z0123456789ABC"],
    });
  });

  test("proves names by its role", () => {
    const { manifests } = releaseValues(json, "certificate-issuers_helm_release") as {
      manifests: Record<string, { spec: { acme: { solvers: object[] } } }>;
    };

    expect(manifests.letsencrypt?.spec.acme.solvers).toEqual([
      {
        selector: { dnsZones: ["example.com"] },
        dns01: { route53: { region: "us-east-1", hostedZoneID: "Z0123456789ABC" } },
      },
      {
        selector: { dnsZones: ["sub.example.com"] },
        dns01: { route53: { region: "us-east-1", hostedZoneID: "Z0000000000ABC", role: ROLE } },
      },
    ]);
    expect(moduleInputs(json, "cert-manager_identity_identity")).toMatchObject({
      cert_manager_hosted_zone_arns: ["arn:aws:route53:::hostedzone/Z0123456789ABC"],
      policy_statements: [{ actions: ["sts:AssumeRole", "sts:TagSession"], resources: [ROLE] }],
    });
  });

  test("with an external id: external-dns sends it, and each role has an instance of its own", () => {
    const two = ingress(
      `a.example: { id: Z0000000000ABC, role: "${ROLE}", externalId: acme-7, certificates: false }, b.example: { id: Z0000000000DEF, role: "${OTHER}" }, c.example: { id: Z0000000000GHI, role: "${OTHER}" }`,
    ).ingress;
    const args = names(two).map(
      (name) => (releaseValues(two, `${name}_helm_release`) as { extraArgs: string[] }).extraArgs,
    );

    expect(args).toHaveLength(2);
    expect(args).toContainEqual([
      "--zone-id-filter=Z0000000000ABC",
      `--aws-assume-role=${ROLE}`,
      "--aws-assume-role-external-id=acme-7",
    ]);
    expect(args).toContainEqual([
      "--zone-id-filter=Z0000000000DEF",
      "--zone-id-filter=Z0000000000GHI",
      `--aws-assume-role=${OTHER}`,
    ]);
  });

  test("is reached past the endpoint policy of STS, which lets no other role of that account be assumed", () => {
    const { network } = ingress(
      zones,
      "network: { egress: { kind: firewall, domains: [.quay.io, .amazonaws.com, acme-v02.api.letsencrypt.org] } }",
    );

    const { endpoints } = moduleInputs(network, "endpoints_endpoints") as {
      endpoints: Record<string, Block>;
    };

    expect(statement(policyIn(endpoints.sts ?? {}), "NamedElsewhere")).toMatchObject({
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: [ROLE],
      Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
    });
  });
});

describe("DNS-01's own check", () => {
  const nameservers = (more = "", certificates = "") =>
    releaseValues(
      synthYaml(
        `ingress: { dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io${certificates} } }\n${more}`,
      ).ingress,
      "cert-manager_helm_release",
    ).dns01RecursiveNameservers;

  test("asks public resolvers where nothing stops it", () => {
    expect(nameservers()).toBe("1.1.1.1:53,8.8.8.8:53");
  });

  test.each([
    ["a firewall", "{ kind: firewall, domains: [.quay.io] }"],
    ["a central way out", "{ kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }"],
    ["a proxy", '{ kind: proxy, httpsProxy: "http://proxy.corp.example:3128" }'],
  ])("asks the VPC's resolver behind %s, which drops DNS to others", (_what, egress) => {
    expect(nameservers(`network: { egress: ${egress} }`)).toBe("10.0.0.2:53");
  });

  test("asks whom the config names", () => {
    expect(nameservers("", ", nameservers: [10.200.0.2]")).toBe("10.200.0.2:53");
  });
});

describe("a config is refused", () => {
  const base = (zone: string, more = "", certificates = "{ email: a@b.io }") =>
    `${NETWORK}ingress: { dns: { zones: { example.com: ${zone} } }, certificates: ${certificates} }\n${more}`;
  const ID = "id: Z0123456789ABC";

  test("with an external id that cert-manager would have to send", () => {
    expect(problemsIn(base(`{ ${ID}, role: "${ROLE}", externalId: acme-7 }`)).join()).toContain(
      "is never sent by cert-manager",
    );
    expect(
      problemsIn(
        base(
          `{ ${ID}, role: "${ROLE}", externalId: acme-7, certificates: false }, b.example: Z0123456789DEF`,
        ),
      ),
    ).toEqual([]);
  });

  test("with zones and no way to the API that writes them", () => {
    const network =
      "network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b, us-east-1c], egress: { kind: none }, endpoints: { set: isolated } }\n";
    const yaml = base("Z0123456789ABC", "images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }\n");

    expect(problemsIn(yaml.replace(NETWORK, network)).join()).toContain(
      "is written by Route 53's API, which nothing leads to with egress none",
    );
  });

  test("with an external id and no role", () => {
    expect(problemsIn(base(`{ ${ID}, externalId: acme-7 }`)).join()).toContain(
      "externalId: acme-7  has no effect without role; add role, or remove it",
    );
  });

  test("with certificates and no zone that they may be proved in", () => {
    expect(problemsIn(base(`{ ${ID}, certificates: false }`)).join()).toContain("have no zone to prove");
  });

  test("with a private zone that hides the record from the only resolver that is asked", () => {
    const network = (dns: string) =>
      `network: { vpcCidr: 10.0.0.0/16, zones: [us-east-1a, us-east-1b, us-east-1c], egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }, dns: { privateZones: [${dns}] } }\n`;
    const yaml = (dns: string, certificates?: string) =>
      base(ID.replace("id: ", ""), "", certificates).replace(NETWORK, network(dns));

    expect(problemsIn(yaml("example.com")).join()).toContain(
      "is hidden in the VPC by example.com of network.dns, so that cert-manager would never see its own record",
    );
    expect(problemsIn(yaml("other.example"))).toEqual([]);
    expect(problemsIn(yaml("example.com", "{ email: a@b.io, nameservers: [10.0.0.53] }"))).toEqual([]);
  });
});

describe("certificates that would never be made", () => {
  const gateway = (zones: string, hosts: string, tls = "{ secret: tls, certManager: true }") =>
    problemsIn(`${NETWORK}ingress: { dns: { zones: { ${zones} } }, certificates: { email: a@b.io } }
mesh: { kind: istio, id: acme, trustDomain: acme.internal, ingressGateway: {} }
namespaces: { shop: { labels: { istio-injection: enabled } } }
traffic: { api: istio, gateways: { main: { hosts: [${hosts}], namespaces: [shop], tls: ${tls} } } }`);
  const ZONE = "example.com: Z0123456789ABC";
  const BELOW = `${ZONE}, sub.example.com: { id: Z0000000000ABC, certificates: false }`;

  // cert-manager v1.21.1, pkg/controller/acmeorders/util.go: "no configured challenge solvers can be used for this challenge".
  test("are refused for names that no solver proves, a zone below among them", () => {
    expect(gateway(ZONE, "example.com, '*.example.com'")).toEqual([]);
    expect(gateway(ZONE, "www.example.org", "{ secret: tls }")).toEqual([]);
    expect(gateway(ZONE, "www.example.com, www.example.org")).toEqual([
      expect.stringContaining(
        "traffic.gateways.main.hosts[1]: www.example.org  is not in any of ingress.dns.zones, so cert-manager can't prove it",
      ),
    ]);
    expect(gateway(BELOW, "www.example.com, www.sub.example.com")).toEqual([
      expect.stringContaining(
        "hosts[1]: www.sub.example.com  is in zone sub.example.com, which has certificates: false",
      ),
    ]);
  });

  // src/modules/network/firewall-rules.ts lets only TCP leave; none and proxy have no route to the internet.
  test.each([
    ["{ kind: firewall, domains: [.amazonaws.com, acme-v02.api.letsencrypt.org] }", "firewall"],
    ['{ kind: proxy, httpsProxy: "http://proxy.corp.example:3128" }', "proxy"],
  ])("are refused with name servers that egress does not let out to: %s", (egress, kind) => {
    const servers = (list: string, way = egress) =>
      problemsIn(`${NETWORK}  egress: ${way}
  connections: { onPremises: { cidrs: [10.200.0.0/14], via: tgw-0123456789abcdef0 } }
ingress: { dns: { zones: { ${ZONE} } }, certificates: { email: a@b.io, nameservers: [${list}] } }`).filter(
        (line) => line.includes("nameservers"),
      );

    expect(servers("10.0.0.2, 10.200.0.2, 169.254.169.253")).toEqual([]);
    expect(servers("10.200.0.2, 9.9.9.9")).toEqual([
      expect.stringContaining(
        `ingress.certificates.nameservers[1]: 9.9.9.9  is outside the VPC and what is connected to it, and egress ${kind} lets no DNS out`,
      ),
    ]);
    expect(servers("9.9.9.9", "{ kind: nat-per-zone }")).toEqual([]);
  });
});
