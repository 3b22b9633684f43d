import { NETWORK, problemsIn } from "../../support/problems";

/** Lines from the fourth on: the network takes three. */
const VPC_CNI = "cni: { kind: vpc-cni }\n";
const problems = (yaml: string, before = "") => problemsIn(NETWORK + before + yaml);
const at = (line: number, rest: string) => [`envs/dev/us-east-1.yaml:${line}:${rest}`];

describe("IRSA with the VPC CNI", () => {
  test("refuses IRSA without an endpoint of STS, and takes it with one", () => {
    const irsa = "namespaces: { shop: { identity: irsa } }\n";
    const endpoints = (more: string) => `  endpoints: { set: gateway-only${more} }\n${VPC_CNI}`;

    expect(problems(irsa, endpoints(""))).toEqual(
      at(
        6,
        "33  namespaces.shop.identity: irsa  needs STS, which has no fixed addresses without its VPC endpoint; write network.endpoints.additional: [sts], or pod-identity",
      ),
    );
    const addresses =
      ", stsAddresses: { us-east-1a: 10.0.16.200, us-east-1b: 10.0.80.200, us-east-1c: 10.0.144.200 }";
    expect(problems(irsa, endpoints(`, additional: [sts]${addresses}`))).toEqual([]);
    expect(problems(irsa, `  endpoints: { set: standard${addresses} }\n${VPC_CNI}`)).toEqual([]);
  });

  // A policy of Kubernetes has addresses only: the subnets of the endpoint would be 443 of every node and pod in them.
  describe("the addresses of STS's endpoint", () => {
    const irsa = "namespaces: { shop: { identity: irsa } }\n";
    const said = (addresses: string, before = VPC_CNI) =>
      problems(irsa, `  endpoints: { stsAddresses: { ${addresses} } }\n${before}`);
    const B = "us-east-1b: 10.0.80.200, us-east-1c: 10.0.144.200";

    test("are asked for with a proposal", () => {
      expect(problems(irsa, VPC_CNI)).toEqual(
        at(
          5,
          "33  namespaces.shop.identity: irsa  needs the addresses of STS's endpoint, or pods could reach port 443 of every node and pod; write network.endpoints.stsAddresses: { us-east-1a: 10.0.31.254, us-east-1b: 10.0.95.254, us-east-1c: 10.0.159.254 }, with those of an endpoint that exists already, or pod-identity",
        ),
      );
      expect(said("us-east-1a: 10.0.31.254, us-east-1b: 10.0.95.254, us-east-1c: 10.0.159.254")).toEqual([]);
    });

    test.each([
      [
        "of each zone",
        "us-east-1a: 10.0.16.200, us-east-1b: 10.0.80.200",
        "lacks us-east-1c; add an address of each zone's node subnet",
      ],
      [
        "of no other zone",
        `us-east-1a: 10.0.16.200, ${B}, us-east-1d: 10.0.208.9`,
        "has no subnet here; network.zones are us-east-1a, us-east-1b, us-east-1c",
      ],
      [
        "in the zone's own subnet",
        `us-east-1a: 10.0.80.201, ${B}`,
        "must be in the node subnet of the zone, 10.0.16.0/20; write an address in it",
      ],
      [
        "none of AWS's own at its begin",
        `us-east-1a: 10.0.16.3, ${B}`,
        "is an address that AWS reserves: the first four of 10.0.16.0/20 and its last; write another",
      ],
      [
        "nor at its end",
        `us-east-1a: 10.0.31.255, ${B}`,
        "is an address that AWS reserves: the first four of 10.0.16.0/20 and its last; write another",
      ],
    ])("are %s", (_what, addresses, message) => {
      expect(said(addresses)).toEqual([expect.stringContaining(message)]);
    });

    test("have no effect without the endpoint, and open namespaces don't need them", () => {
      const open = "policies: { defaultDeny: { enabled: false, reason: for a short test } }\n";

      expect(
        problems("", `  endpoints: { set: gateway-only, stsAddresses: { us-east-1a: 10.0.16.200, ${B} } }\n`),
      ).toEqual([expect.stringContaining("has no effect without STS's endpoint; remove it")]);
      expect(problems(irsa, VPC_CNI + open)).toEqual([]);
    });
  });
});
