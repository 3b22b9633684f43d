import { pullDomains } from "../../src/model/image-registries";
import { ENVIRONMENT, NETWORK, problemsIn, problemsOf } from "../support/problems";

const said = (text: string) => problemsIn(text).map((line) => line.replace(/^\S+\s+/, ""));
const FIREWALL = (domains: string, more = "") => `account: { organizationId: o-a1b2c3d4e5 }
${NETWORK}  subnets: { pods: { prefix: 19 } }
  egress: { kind: firewall, domains: [${domains}] }
${more}`;
const ISOLATED = (mirror: string, more = "") => `${NETWORK}  egress: { kind: none }
  endpoints: { set: isolated }
${more}images: { mirror: ${mirror} }
`;

test.each([
  ["111122223333.dkr.ecr.us-east-1.amazonaws.com", []],
  [
    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/mirror",
    [
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
      "api.ecr.eu-west-1.amazonaws.com",
      "prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com",
    ],
  ],
  ["registry.k8s.io", ["registry.k8s.io", ".pkg.dev"]],
  ["registry.acme.example:5000/a", ["registry.acme.example"]],
])("pulls from %s in us-east-1 call %j", (registry, domains) => {
  expect(pullDomains(registry, "us-east-1")).toEqual(domains);
});

// kubernetes/registry.k8s.io@093d55a, cmd/archeio/main.go and internal/app/buckets.go.
test.each([
  ["eu-west-2", []],
  ["ap-east-2", ["prod-registry-k8s-io-ap-east-1.s3.dualstack.ap-east-1.amazonaws.com"]],
  ["me-south-1", ["prod-registry-k8s-io-me-central-1.s3.dualstack.me-central-1.amazonaws.com"]],
  ["us-gov-west-1", ["d1be1w964nk82h.cloudfront.net"]],
])("layers of Kubernetes' registry come to %s from %j besides the region's own S3", (region, layers) => {
  expect(pullDomains("registry.k8s.io", region)).toEqual(["registry.k8s.io", ".pkg.dev", ...layers]);
});

describe("a firewall", () => {
  test("that admits what the platform pulls is valid", () => {
    expect(said(FIREWALL(".quay.io"))).toEqual([]);
  });

  test("is reported for every component whose registry it stops, at once", () => {
    expect(said(FIREWALL(".quay.io", "metricsServer: {}\nkeda: {}\n"))).toEqual([
      "network.egress.domains: [.quay.io]  stops the platform: images of metrics-server come from registry.k8s.io; images of keda come from ghcr.io; add registry.k8s.io, .pkg.dev, ghcr.io, pkg-containers.githubusercontent.com, or write images.mirror",
    ]);
  });

  test("is reported for the mirror that it stops", () => {
    expect(said(FIREWALL(".quay.io", "images: { mirror: mirror.acme.example/all }\n"))).toEqual([
      "network.egress.domains: [.quay.io]  stops the platform: images come from mirror.acme.example/all; add mirror.acme.example",
    ]);
    expect(
      said(FIREWALL(".quay.io", "images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }\n")),
    ).toEqual([]);
  });
});

// bottlerocket-core-kit v3.1.1, sources/api/schnauzer/src/helpers/mod.rs: ECR_FALLBACK_REGION.
test("a firewall in a region that Bottlerocket does not know has to let its nodes pull from us-east-1", () => {
  const file = FIREWALL(".quay.io", "nodes: { main: { ami: bottlerocket } }\n").replace(
    /us-east-1([abc])/g,
    "ap-east-2$1",
  );

  expect(
    problemsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/ap-east-2.yaml": file }).join("\n"),
  ).toContain(
    "images of Bottlerocket's host containers come from 328549459982.dkr.ecr.us-east-1.amazonaws.com; add 328549459982.dkr.ecr.us-east-1.amazonaws.com, api.ecr.us-east-1.amazonaws.com, prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com",
  );
  expect(said(FIREWALL(".quay.io", "nodes: { main: { ami: bottlerocket } }\n"))).toEqual([]);
});

describe("a target without egress", () => {
  test("pulls from ECR of its region", () => {
    expect(said(ISOLATED("111122223333.dkr.ecr.us-east-1.amazonaws.com"))).toEqual([]);
  });

  test("can't pull from ECR of another region", () => {
    expect(said(ISOLATED("111122223333.dkr.ecr.eu-west-1.amazonaws.com"))).toEqual([
      "images.mirror: 111122223333.dkr.ecr.eu-west-1.amazonaws.com  is in eu-west-1, and without egress nodes reach ECR of us-east-1 only; write 111122223333.dkr.ecr.us-east-1.amazonaws.com, and let ECR replicate to it",
    ]);
  });

  test("can't pull from a registry that no network leads to", () => {
    expect(said(ISOLATED("mirror.acme.example"))).toEqual([
      "images.mirror: mirror.acme.example  can't be reached without egress; write a registry in ECR of us-east-1, or connect its network by network.connections",
    ]);
    const connected =
      "  connections: { onPremises: { cidrs: [10.200.0.0/14], via: tgw-0a1b2c3d4e5f60718 } }\n";
    expect(said(ISOLATED("mirror.acme.example", connected))).toEqual([]);
  });
});

test("a mirror with a slash at its end is refused", () => {
  expect(problemsIn(`${NETWORK}images: { mirror: mirror.example/ }\n`, ENVIRONMENT).join()).toContain(
    "write host/path, without https:// and without a slash at the end",
  );
});
