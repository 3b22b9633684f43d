import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { CNI_MODES } from "../../support/cni-modes";
import { observabilityContract } from "../../../src/stacks/observability/observability-contract";
import { moduleInputs, parsed, releaseValues, resource, resourcesOf, synthYaml } from "../../support/synth";

const TOPIC = "arn:aws:sns:us-east-1:111122223333:oncall";
const stack = (parts: string, more = "") => synthYaml(`observability: { ${parts} }\n${more}`).observability;
const releases = (json: string) => Object.values(resourcesOf(json, "helm_release")).map(({ name }) => name);

test("the stack publishes its contract, also where it makes no role", () => {
  const outputs = parsed(stack("prometheus: {}")).output ?? {};

  expect(Object.keys(outputs)).toEqual(Object.keys(observabilityContract));
  expect(outputs.role_arns?.value).toBe("${tomap({})}");
});

test("a target without observability has no such stack", () => {
  expect(Object.keys(synthYaml())).not.toContain("observability");
});

test.each([
  [
    "prometheus: {}",
    [
      "kube-prometheus-stack",
      "monitoring-base",
      "monitoring-rules",
      "network-policies-monitoring",
      "prometheus-operator-crds",
    ],
  ],
  ["containerInsights: {}", []],
  ["logShipper: { kind: fluent-bit }", ["aws-for-fluent-bit"]],
  [
    "openTelemetry: { traces: { kind: xray } }",
    ["network-policies-opentelemetry", "opentelemetry-operator", "otlp-collector"],
  ],
])("%s installs what it takes and nothing else", (parts, names) => {
  expect(releases(stack(parts)).sort()).toEqual(names);
});

interface Policy {
  readonly spec: { readonly ingress: readonly { readonly ports: readonly { readonly port: number }[] }[] };
}

test.each([
  ["Prometheus", "prometheus: {}, ", [4317, 4318, 9443, 10250]],
  ["nothing else", "", [4317, 4318, 9443]],
])(
  "a collector in namespace monitoring beside %s is reached by OTLP and by its webhook",
  (_, beside, ports) => {
    const json = stack(`${beside}openTelemetry: { traces: { kind: xray }, namespace: monitoring }`);
    const release = "policies-monitoring_network-policies-monitoring_helm_release";
    const { manifests } = releaseValues(json, release) as { manifests: Record<string, Policy> };
    const open = manifests["allow-open-ports"]?.spec.ingress.flatMap((rule) =>
      rule.ports.map(({ port }) => port),
    );

    expect(open?.toSorted((one, other) => one - other)).toEqual(ports);
  },
);

test("CRDs come first, then what the stack claims, then rules", () => {
  const json = stack("prometheus: {}");

  expect(json).toHaveResourceWithProperties(Release, {
    name: "kube-prometheus-stack",
    depends_on: [
      "helm_release.prometheus_crds_release",
      "helm_release.prometheus_monitoring-base_helm_release",
    ],
  });
  expect(json).toHaveResourceWithProperties(Release, {
    name: "monitoring-rules",
    depends_on: ["helm_release.prometheus_stack_release"],
  });
});

test("volumes are encrypted with the volumes' key", () => {
  const { manifests } = releaseValues(stack("prometheus: {}"), "prometheus_monitoring-base_helm_release");

  expect(JSON.stringify(manifests)).toContain("volumes_key_arn");
  expect(manifests).toMatchObject({
    "storage-class": { parameters: { type: "gp3", encrypted: "true" } },
  });
});

test("Grafana's administrator is fetched by External Secrets", () => {
  const grafana = "grafana: { adminSecret: { store: app, name: prod/grafana } }";
  const json = stack(`prometheus: { ${grafana} }`);

  expect(releaseValues(json, "prometheus_monitoring-base_helm_release").manifests).toMatchObject({
    "grafana-admin": {
      kind: "ExternalSecret",
      spec: {
        data: [
          { secretKey: "admin-user", remoteRef: { key: "prod/grafana", property: "username" } },
          { secretKey: "admin-password", remoteRef: { key: "prod/grafana", property: "password" } },
        ],
      },
    },
  });
});

describe("alerts", () => {
  const alerts = `alerts: { to: "${TOPIC}" }`;

  test("Alertmanager may publish to the topic and do nothing else", () => {
    expect(
      moduleInputs(stack(`prometheus: {}, ${alerts}`), "prometheus_alertmanager_identity"),
    ).toMatchObject({
      policy_statements: [{ actions: ["sns:Publish"], resources: [TOPIC] }],
    });
  });

  test.each([
    ["nat-per-zone", 6],
    ["nat-single", 2],
    ["transit-gateway, transitGatewayId: tgw-0123456789abcdef0", 0],
  ])("CloudWatch watches the ports of every NAT gateway (%s)", (egress, count) => {
    const json = stack(alerts + ", prometheus: {}", `network: { egress: { kind: ${egress} } }`);
    const alarms = Object.values(resourcesOf(json, "aws_cloudwatch_metric_alarm"));

    expect(alarms).toHaveLength(count);
    expect(alarms.filter(({ alarm_actions }) => JSON.stringify(alarm_actions) !== `["${TOPIC}"]`)).toEqual(
      [],
    );
  });

  test("the gateway of a retiring zone is watched as long as it is there", () => {
    const zones = "zones: [us-east-1a, us-east-1b], retiringZones: [us-east-1c]";
    const planes = "controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c]";
    const json = stack(alerts, `network: { egress: { kind: nat-per-zone }, ${zones}, ${planes} }`);

    expect(Object.keys(resourcesOf(json, "aws_cloudwatch_metric_alarm"))).toContain(
      "nat-alarms_PacketsDropCount-us-east-1c",
    );
  });

  test("an alarm names its zone's gateway", () => {
    const json = stack(alerts);

    expect(
      resource(json, "aws_cloudwatch_metric_alarm", "nat-alarms_ErrorPortAllocation-us-east-1b"),
    ).toMatchObject({
      metric_name: "ErrorPortAllocation",
      dimensions: {
        NatGatewayId: '${data.terraform_remote_state.network.outputs.nat_gateway_ids["us-east-1b"]}',
      },
    });
  });
});

describe("Container Insights", () => {
  test("is the EKS add-on with a role by Pod Identity, after its log groups", () => {
    const json = stack("containerInsights: {}");

    expect(json).toHaveResourceWithProperties(EksAddon, {
      addon_name: "amazon-cloudwatch-observability",
      pod_identity_association: [
        {
          service_account: "cloudwatch-agent",
          role_arn: "${module.container-insights_identity_identity.iam_role_arn}",
        },
      ],
    });
    expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/aws/containerinsights/dev-us-east-1/application",
      retention_in_days: 30,
      kms_key_id: "${aws_kms_key.container-insights_logs_key_key.arn}",
    });
  });

  test("leaves logs to another shipper when asked", () => {
    const json = stack(
      "containerInsights: { logs: false }, logShipper: { kind: fluent-bit, retentionDays: 90 }",
    );
    const { configuration_values } = resource(json, "aws_eks_addon");

    expect(JSON.parse(String(configuration_values))).toMatchObject({ containerLogs: { enabled: false } });
    expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/aws/containerinsights/dev-us-east-1/application",
      retention_in_days: 90,
    });
  });
});

describe("what the other stacks do for it", () => {
  test("Cilium has metrics and dashboards, and no monitor before the kinds are there", () => {
    const { cni } = synthYaml("observability: { prometheus: {} }");
    const values = releaseValues(cni, "cilium_cilium_release");

    expect(values).toMatchObject({
      prometheus: { enabled: true },
      dashboards: { enabled: true },
      hubble: { metrics: { dashboards: { enabled: true } } },
    });
    expect(JSON.stringify(values)).not.toContain("serviceMonitor");
  });

  test("the control plane may call the webhooks", () => {
    const { cluster } = synthYaml("observability: { openTelemetry: { traces: { kind: xray } } }");

    expect(cluster).toContain("Control plane to opentelemetry-operator");
  });

  test("with an overlay nodes may be scraped, and webhooks have ports of their own", () => {
    const { cluster } = synthYaml(`observability: { prometheus: {} }\n${CNI_MODES["cilium-overlay"]}`);

    expect(cluster).toContain("Metrics of node-exporter");
    expect(cluster).toContain("Metrics of hubble");
    expect(cluster).toContain("Control plane to prometheus-operator");
    expect(synthYaml(CNI_MODES["cilium-overlay"]).cluster).not.toContain("Metrics of hubble");
  });
});
