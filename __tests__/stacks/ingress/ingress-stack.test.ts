import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import {
  moduleInputs,
  policyIn,
  releaseValues,
  resource,
  resourcesOf,
  statement,
  synthYaml,
} from "../../support/synth";

const ARN = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const WAF = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/1a2b3c";
const DNS = "dns: { zones: { example.com: Z0123456789ABC } }";
const ingress = (yaml: string, more = "") => synthYaml(`ingress: { ${yaml} }\n${more}`).ingress;
const names = (json: string) =>
  Object.values(resourcesOf(json, "helm_release"))
    .map(({ name }) => name)
    .sort();

interface ClassManifest {
  readonly kind: string;
  readonly spec: Record<string, unknown>;
}
function classes(json: string): Record<string, ClassManifest> {
  return releaseValues(json, "ingress-classes_helm_release").manifests as Record<string, ClassManifest>;
}

test.each([
  ["nothing else", "", ["aws-load-balancer-controller", "ingress-classes"]],
  [
    "names",
    DNS,
    ["aws-load-balancer-controller", "external-dns", "ingress-classes", "network-policies-external-dns"],
  ],
  [
    "certificates",
    `${DNS}, certificates: { email: a@b.io }`,
    [
      "aws-load-balancer-controller",
      "cert-manager",
      "certificate-issuers",
      "external-dns",
      "ingress-classes",
      "network-policies-cert-manager",
      "network-policies-external-dns",
    ],
  ],
  [
    "ingress-nginx",
    'nginx: { reason: "migration until Q3" }',
    ["aws-load-balancer-controller", "ingress-classes", "ingress-nginx"],
  ],
])("ingress with %s installs what it takes", (_name, yaml, expected) => {
  expect(names(ingress(yaml))).toEqual(expected);
});

// Traps of the AWS Load Balancer Controller: docs/chart-traps.md, with sources.
describe("the load balancer controller", () => {
  const values = () => releaseValues(ingress(""), "aws-load-balancer-controller_helm_release");

  test("is given region and VPC, which instance metadata would not tell it", () => {
    expect(values()).toMatchObject({ clusterName: "dev-us-east-1", region: "us-east-1" });
    expect(ingress("")).toContain("terraform_remote_state.network.outputs.vpc_id");
  });

  test("does not stand in the way of every new service", () => {
    expect(values()).toMatchObject({ enableServiceMutatorWebhook: false });
  });

  test("of Shield, WAF Classic and WAF it calls only the last", () => {
    expect(values()).toMatchObject({ enableShield: false, enableWaf: false, enableWafv2: true });
  });

  test("leaves the Gateway API to those that fit its bundle", () => {
    expect(values()).toMatchObject({
      controllerConfig: { featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false } },
    });
  });

  test("sends traffic to pods, and to nodes where pods have addresses of an overlay", () => {
    const overlay = ingress("", "cni: { kind: cilium-overlay, podCidr: 10.32.0.0/13 }");

    expect(values()).toMatchObject({ defaultTargetType: "ip", hostNetwork: false });
    expect(releaseValues(overlay, "aws-load-balancer-controller_helm_release")).toMatchObject({
      defaultTargetType: "instance",
      hostNetwork: true,
    });
  });
});

describe("ingress classes", () => {
  test("there is an internal one, the default, and none that faces the internet", () => {
    expect(Object.keys(classes(ingress("")))).toEqual(["alb-params", "alb"]);
    expect(classes(ingress(""))["alb-params"]?.spec).toMatchObject({ scheme: "internal", targetType: "ip" });
  });

  test("the public one is for the namespaces named, behind the web ACL", () => {
    const json = ingress(`loadBalancers: { publicNamespaces: [edge], wafAclArn: "${WAF}" }`);

    expect(classes(json)["alb-public-params"]?.spec).toMatchObject({
      scheme: "internet-facing",
      // No ingress can name another one, or none, by the annotation wafv2-acl-name.
      wafv2AclArn: WAF,
      wafv2AclName: "edge",
      namespaceSelector: {
        matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["edge"] }],
      },
    });
    expect(classes(json)["alb-params"]?.spec).not.toHaveProperty("wafv2AclArn");
  });

  // kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/ingress/model_build_load_balancer.go: what it finds by tags it takes
  // for new load balancers only.
  test("an ALB that is there follows the zones, and leaves one that is on its way out", () => {
    const subnets = (key: string, network: string) =>
      JSON.stringify(
        classes(ingress("loadBalancers: { publicNamespaces: [edge] }", network))[key]?.spec.subnets,
      ).match(/us-east-1[a-z]/g);

    for (const key of ["alb-params", "alb-public-params"]) {
      expect(subnets(key, "")).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
      expect(
        subnets(
          key,
          "network: { zones: [us-east-1a, us-east-1b], retiringZones: [us-east-1c], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c] }",
        ),
      ).toEqual(["us-east-1a", "us-east-1b"]);
    }
  });

  test("with certificates HTTP goes to HTTPS, with forward secrecy", () => {
    expect(
      classes(ingress(`loadBalancers: { certificateArns: ["${ARN}"] }`))["alb-params"]?.spec,
    ).toMatchObject({
      certificateArn: [ARN],
      sslRedirectPort: "443",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    });
  });

  test("access logs go to a bucket of one's own, below a prefix, and none is made", () => {
    const json = ingress("loadBalancers: { accessLogs: { bucket: acme-logs, prefix: albs } }");

    expect(classes(json)["alb-params"]?.spec.loadBalancerAttributes).toEqual(
      expect.arrayContaining([
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "access_logs.s3.bucket", value: "acme-logs" },
        { key: "access_logs.s3.prefix", value: "albs" },
      ]),
    );
    expect(resourcesOf(json, "aws_s3_bucket")).toEqual({});
  });

  test("access logs go to a bucket that only load balancers of this account and region may write", () => {
    const json = ingress("loadBalancers: { accessLogs: {} }");

    expect(classes(json)["alb-params"]?.spec.loadBalancerAttributes).toContainEqual({
      key: "access_logs.s3.bucket",
      value: "dev-us-east-1-lb-logs-111122223333",
    });
    expect(statement(policyIn(resource(json, "aws_s3_bucket_policy")), "AccessLogs")).toMatchObject({
      Resource: "arn:aws:s3:::dev-us-east-1-lb-logs-111122223333/AWSLogs/111122223333/*",
      Condition: {
        ArnLike: {
          "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/*",
        },
      },
    });
    // With a KMS key load balancers write nothing (ELB User Guide, "Enable access logs").
    expect(resource(json, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });
});

test("external-dns may write the zones named and marks its records as this cluster's", () => {
  const json = ingress(DNS);

  expect(moduleInputs(json, "external-dns_identity_identity")).toMatchObject({
    attach_external_dns_policy: true,
    external_dns_hosted_zone_arns: ["arn:aws:route53:::hostedzone/Z0123456789ABC"],
  });
  expect(releaseValues(json, "external-dns_helm_release")).toMatchObject({
    provider: { name: "aws" },
    domainFilters: ["example.com"],
    extraArgs: ["--zone-id-filter=Z0123456789ABC"],
    policy: "upsert-only",
    txtOwnerId: "dev-us-east-1",
  });
});

describe("cert-manager", () => {
  const json = () => ingress(`${DNS}, certificates: { email: a@b.io }`);

  test("proves names by records in the zones named", () => {
    expect(releaseValues(json(), "certificate-issuers_helm_release").manifests).toMatchObject({
      letsencrypt: {
        kind: "ClusterIssuer",
        spec: {
          acme: {
            server: "https://acme-v02.api.letsencrypt.org/directory",
            solvers: [
              {
                selector: { dnsZones: ["example.com"] },
                dns01: { route53: { region: "us-east-1", hostedZoneID: "Z0123456789ABC" } },
              },
            ],
          },
        },
      },
    });
  });

  test("has issuers after its own release, which has their kind", () => {
    expect(json()).toHaveResourceWithProperties(Release, {
      name: "certificate-issuers",
      depends_on: ["helm_release.cert-manager_helm_release"],
    });
  });

  test("keeps off the kubelet's port on the host network", () => {
    const overlay = ingress(
      `${DNS}, certificates: { email: a@b.io }`,
      "cni: { kind: cilium-overlay, podCidr: 10.32.0.0/13 }",
    );

    expect(releaseValues(overlay, "cert-manager_helm_release").webhook).toMatchObject({
      hostNetwork: true,
      securePort: 10260,
    });
  });
});

// Chart ingress-nginx 4.15.1, templates/admission-webhooks/job-patch: hooks before the install, with tolerations of their own only.
test("the Jobs that make nginx's webhook certificate run on nodes that wait for istiod", () => {
  const values = releaseValues(ingress('nginx: { reason: "migration until Q3" }'), "ingress-nginx_release");

  expect(values).toHaveProperty(
    "controller.admissionWebhooks.patch.tolerations",
    expect.arrayContaining([{ key: "cni.istio.io/not-ready", operator: "Exists" }]),
  );
});

test("images come from the mirror, under the names of their origin", () => {
  const json = ingress(
    `${DNS}, certificates: { email: a@b.io }, nginx: { reason: "migration until Q3" }`,
    "images: { mirror: mirror.corp }",
  );
  const images = ["aws-load-balancer-controller", "external-dns", "cert-manager"].map((name) =>
    JSON.stringify(releaseValues(json, `${name}_helm_release`)),
  );

  expect(images.map((values) => values.includes("mirror.corp/"))).toEqual([true, true, true]);
  expect(releaseValues(json, "ingress-nginx_release")).toMatchObject({
    global: { image: { registry: "mirror.corp/registry.k8s.io" } },
  });
});
