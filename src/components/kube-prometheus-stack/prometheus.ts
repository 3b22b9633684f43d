import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { PodIdentity } from "../../modules/pod-identity";
import { externalSecret } from "../../modules/secrets/external-secret";
import { encryptedStorageClass } from "../../modules/storage-class";
import { alertRules, type AlertSettings } from "../../modules/observability/alert-rules";
import type { Monitored } from "../component";
import { componentMonitors } from "../../modules/observability/component-monitors";
import { ALERTMANAGER_ACCOUNT, type PrometheusSettings, prometheusValues } from "./prometheus-values";
import { istioMonitors } from "../istio/istio-monitors";

const STORAGE_CLASS = "monitoring-gp3";
const ADMIN_SECRET = "grafana-admin";

export interface PrometheusProps extends Omit<PrometheusSettings, "storageClass" | "grafana"> {
  readonly charts: { readonly crds: ChartRef; readonly stack: ChartRef };
  readonly namespace: string;
  readonly volumesKeyArn: string;
  readonly grafana?: {
    /** Where External Secrets reads `username` and `password`. */
    readonly adminSecret: { readonly store: string; readonly name: string };
    readonly storageGiB: number;
  };
  readonly alerts: AlertSettings;
  /** How Istio leads the traffic of pods; left out: no Istio. */
  readonly istio?: "sidecar" | "ambient";
  /** What was installed before, by the name of its monitor. */
  readonly monitored: Readonly<Record<string, Monitored>>;
}

/** Prometheus, Alertmanager, Grafana, what they read and what they tell. */
export class Prometheus extends Construct {
  /** What needs the kinds of the Prometheus operator depends on it. */
  readonly crds: Release;
  /** What sends to Prometheus depends on it. */
  readonly release: Release;

  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const { charts, namespace, volumesKeyArn, grafana, topicArn } = props;
    this.crds = new HelmRelease(this, "crds", {
      name: "prometheus-operator-crds",
      chart: charts.crds,
      namespace,
      values: {},
    }).release;
    const before = new ManifestRelease(this, "monitoring-base", {
      namespace,
      manifests: {
        "storage-class": encryptedStorageClass(STORAGE_CLASS, volumesKeyArn),
        ...(grafana && {
          "grafana-admin": externalSecret({
            name: ADMIN_SECRET,
            namespace,
            store: grafana.adminSecret.store,
            keys: {
              "admin-user": { name: grafana.adminSecret.name, property: "username" },
              "admin-password": { name: grafana.adminSecret.name, property: "password" },
            },
          }),
        }),
      },
      dependsOn: [this.crds],
    });
    const identity: ITerraformDependable[] =
      topicArn === undefined ? [] : [this.alertmanagerIdentity(props, topicArn)];
    this.release = new HelmRelease(this, "stack", {
      name: "kube-prometheus-stack",
      chart: charts.stack,
      namespace,
      values: prometheusValues({
        ...props,
        storageClass: STORAGE_CLASS,
        grafana: grafana && { adminSecret: ADMIN_SECRET, storageGiB: grafana.storageGiB },
      }),
      dependsOn: [this.crds, before.release, ...identity],
    }).release;
    new ManifestRelease(this, "monitoring-rules", {
      namespace,
      manifests: {
        ...componentMonitors(props.monitored),
        ...(props.istio && istioMonitors(props.istio)),
        ...alertRules(props.alerts),
      },
      dependsOn: [this.release],
    });
  }

  private alertmanagerIdentity(
    { clusterName, namespace }: PrometheusProps,
    topicArn: string,
  ): ITerraformDependable {
    return new PodIdentity(this, "alertmanager", {
      clusterName,
      purpose: "alertmanager",
      serviceAccount: { namespace, name: ALERTMANAGER_ACCOUNT },
      policies: {
        attachCustomPolicy: true,
        policyStatements: [{ sid: "Publish", actions: ["sns:Publish"], resources: [topicArn] }],
      },
    }).effective;
  }
}
