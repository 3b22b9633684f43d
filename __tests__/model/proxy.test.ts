import { formatCidr } from "../../src/ip-capacity/cidr";
import { type NoProxyProps, noProxy } from "../../src/model/proxy";
import { aTarget } from "../support/fixtures";

const props: NoProxyProps = {
  region: "eu-west-1",
  vpcCidrs: ["10.0.0.0/16"],
  serviceCidr: "172.20.0.0/16",
  connectedCidrs: [],
  endpointServices: [],
  additional: [],
};

// What must not go through the proxy follows from the target's own networks, so nobody writes it by hand.
describe("NO_PROXY", () => {
  test.each([
    "localhost",
    "127.0.0.1",
    "169.254.169.254",
    "169.254.170.23",
    "10.0.0.0/16",
    "172.20.0.0/16",
    ".svc",
    ".cluster.local",
    ".eu-west-1.eks.amazonaws.com",
    "s3.eu-west-1.amazonaws.com",
    ".eu-west-1.compute.internal",
  ])("always holds %s", (entry) => {
    expect(noProxy(props)).toContain(entry);
  });

  test("holds every range of the VPC, the pods' own and the connected networks", () => {
    const entries = noProxy({
      ...props,
      vpcCidrs: ["10.0.0.0/16", "100.64.0.0/16"],
      podCidr: "100.96.0.0/11",
      connectedCidrs: ["10.200.0.0/14"],
    });

    expect(entries).toEqual(
      expect.arrayContaining(["10.0.0.0/16", "100.64.0.0/16", "100.96.0.0/11", "10.200.0.0/14"]),
    );
  });

  test.each([
    ["sts", "sts.eu-west-1.amazonaws.com"],
    ["ecr.api", "api.ecr.eu-west-1.amazonaws.com"],
    ["ecr.dkr", "dkr.ecr.eu-west-1.amazonaws.com"],
    ["eks-auth", "eks-auth.eu-west-1.api.aws"],
  ])("spares what the endpoint %s answers to", (service, name) => {
    expect(noProxy(props)).not.toContain(name);
    expect(noProxy({ ...props, endpointServices: [service] })).toContain(name);
  });

  test("does not spare AWS services without an endpoint, which only the proxy reaches", () => {
    expect(noProxy(props).filter((entry) => "iam.amazonaws.com".endsWith(entry))).toEqual([]);
  });

  test("knows that nodes of us-east-1 are named otherwise", () => {
    expect(noProxy({ ...props, region: "us-east-1" })).toContain(".ec2.internal");
  });

  test("ends with what is added, and holds nothing twice", () => {
    const entries = noProxy({ ...props, additional: [".corp.example", "localhost"] });

    expect(entries.at(-1)).toBe(".corp.example");
    expect(new Set(entries).size).toBe(entries.length);
  });

  test("holds the one name of services that are the same in all regions, where they have an endpoint", () => {
    const endpointServices = ["iam", "route53", "pricing.api"];
    expect(noProxy({ ...props, region: "eu-central-1", endpointServices })).toEqual(
      expect.arrayContaining([
        "iam.amazonaws.com",
        "route53.amazonaws.com",
        "api.pricing.eu-central-1.amazonaws.com",
      ]),
    );
  });

  // Go, curl and Python share no wildcard and no port.
  test("holds no form that only some programs understand", () => {
    expect(noProxy({ ...props, endpointServices: ["sts"] }).filter((entry) => /[*\s,:]/.test(entry))).toEqual(
      [],
    );
  });
});

describe("the proxy of a target", () => {
  test("is there with egress kind proxy alone", () => {
    expect(aTarget("").proxy).toBeUndefined();
  });

  test("takes HTTP as well where only one is written, and spares the target's own networks", () => {
    const { proxy, vpcCidrs } = aTarget(
      "network: { egress: { kind: proxy, httpsProxy: 'http://proxy.corp.example:3128', noProxy: [.corp.example] } }",
    );

    expect(proxy).toMatchObject({
      httpProxy: "http://proxy.corp.example:3128",
      httpsProxy: "http://proxy.corp.example:3128",
    });
    expect(proxy?.noProxy).toEqual(expect.arrayContaining([...vpcCidrs.map(formatCidr), ".corp.example"]));
  });
});
