import { MONITORING_NAMESPACE } from "../../components/kube-prometheus-stack/record";
import { hasNat } from "../../model/egress";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { storedSecretFindings } from "../secrets/stored-secrets";
import { closedPorts } from "../../components/namespaces";

export const observabilityCheck: TargetCheck = (target): Finding[] => {
  const { config, region } = target;
  const { observability, cni } = config;
  if (observability === undefined) return [];
  const { prometheus, alerts, containerInsights, logShipper } = observability;
  const findings: Finding[] = [];
  if (Object.values(observability).every((part) => part === undefined)) {
    findings.push({
      path: ["observability"],
      message: "is empty; write a part of it, for example prometheus: {}, or remove it",
    });
  }
  if (containerInsights?.logs && logShipper) {
    findings.push({
      path: ["observability", "logShipper"],
      message:
        "would ship every log a second time, and both are billed: Container Insights ships them; remove it, or write containerInsights.logs: false",
      related: [["observability", "containerInsights"]],
    });
  }
  if (containerInsights && cni.kind === "cilium-overlay") {
    findings.push({
      path: ["observability", "containerInsights"],
      message:
        "can't work with cilium-overlay: the control plane reaches no pod of the overlay, and every pod would wait for the add-on's webhook; write logShipper and prometheus",
      related: [["cni", "kind"]],
    });
  }
  if (alerts && prometheus === undefined && !hasNat(config.network.egress)) {
    findings.push({
      path: ["observability", "alerts"],
      message: "has no sender: without Prometheus and NAT gateways there is no alert; add prometheus: {}",
      related: [["network", "egress"]],
    });
  }
  const topicRegion = alerts?.to.split(":")[3];
  if (alerts && topicRegion !== region) {
    findings.push({
      path: ["observability", "alerts", "to"],
      message: `is in ${topicRegion}, and alarms publish only within ${region}; write a topic of ${region}`,
    });
  }
  if (prometheus?.grafana) {
    const path = ["observability", "prometheus", "grafana", "adminSecret"];
    findings.push(
      ...storedSecretFindings(config, path, prometheus.grafana.adminSecret, MONITORING_NAMESPACE),
    );
  }
  findings.push(...collectorNamespaceFindings(target));
  return findings;
};

/** That component closes it without the collector's ports, and both releases of policies would have one name. */
function collectorNamespaceFindings({ config, policyEnforcer }: Target): Finding[] {
  const namespace = config.observability?.openTelemetry?.namespace;
  if (namespace === undefined || namespace === MONITORING_NAMESPACE) return [];
  if (closedPorts(namespace) === undefined || policyEnforcer === undefined) return [];
  return [
    {
      path: ["observability", "openTelemetry", "namespace"],
      message:
        "belongs to another component of the platform, whose network policies close it to whoever sends to the collector; write a namespace of its own, for example opentelemetry",
    },
  ];
}
