import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { Any, condition, conditionsOf } from "../../live/objects";
import { kubectl } from "../../live/question";
import { counted } from "../../text/counted";
import { always, type LiveCheck } from "../live-check";
import { Notes } from "../notes";
import { webhooksOf } from "./cluster-checks";

const secretsSynced: LiveCheck = {
  id: "SECRETS-SYNCED",
  group: "secrets",
  proves:
    "every store answers, every ExternalSecret holds what AWS has, and every PushSecret is written there",
  asks: ["kubectl get secretstores,clustersecretstores,externalsecrets,pushsecrets -A"],
  offline: "SEC-SECRET-KEY, permissions (external-secrets)",
  applies: ({ components }) => components.has("external-secrets"),
  judge: (_, told) => {
    const notes = new Notes(told);
    const kinds = ["secretstores", "clustersecretstores", "externalsecrets", "pushsecrets"];
    const group = "external-secrets.io";
    const found = kinds.flatMap((kind) =>
      (notes.objects(Any, `${kind}.${group}`, ...(kind.startsWith("cluster") ? [] : ["-A"])) ?? []).map(
        (object) => ({
          ...object,
          kind,
        }),
      ),
    );
    for (const object of found) {
      const ready = condition(conditionsOf(object), "Ready");
      const { namespace, name } = object.metadata;
      if (ready?.status !== "True")
        notes.fault(
          `${object.kind}/${namespace && `${namespace}/`}${name}: ${ready === undefined ? "nobody has looked at it" : `${ready.reason}: ${ready.message}`}`,
        );
    }
    if (found.length > 0) notes.seen(`${counted(found.length, "object")} are Ready`);
    return notes.outcome("there are no stores and no ExternalSecrets");
  },
};

const DAY_MS = 86_400_000;
/** Whoever renews certificates has done it long before: cert-manager by default at two thirds of their life. */
const LEAST_DAYS = 14;

const certificates: LiveCheck = {
  id: "CERTIFICATES-READY",
  group: "secrets",
  proves: "every Certificate of cert-manager is Ready and is renewed in time",
  asks: ["kubectl get certificates.cert-manager.io -A"],
  offline: "K8S-INGRESS-TLS, K8S-GATEWAY-TLS",
  applies: ({ components }) => components.has("cert-manager"),
  judge: ({ now }, told) => {
    const notes = new Notes(told);
    const found = notes.objects(Any, "certificates.cert-manager.io", "-A");
    for (const object of found ?? []) {
      const name = `${object.metadata.namespace}/${object.metadata.name}`;
      const ready = condition(conditionsOf(object), "Ready");
      if (ready?.status !== "True")
        notes.fault(
          `${name}: ${ready === undefined ? "nobody has looked at it" : `${ready.reason}: ${ready.message}`}`,
        );
      const { notAfter, renewalTime } = z
        .object({ notAfter: z.string().optional(), renewalTime: z.string().optional() })
        .parse(object.status);
      if (notAfter !== undefined && Date.parse(notAfter) <= now)
        notes.fault(`${name} expired at ${notAfter}`);
      else if (renewalTime !== undefined && Date.parse(renewalTime) + DAY_MS < now)
        notes.fault(
          `${name} should have been renewed at ${renewalTime}, and ends at ${notAfter ?? "an unknown time"}`,
        );
    }
    if (found !== undefined) notes.seen(`${counted(found.length, "Certificate")} are Ready`);
    return notes.outcome();
  },
};

/** Certificates by whom, in Secrets of their own; only the public part is asked for. */
const OF_CILIUM = ["hubble-server-certs", "hubble-relay-client-certs"];

const certificatesAge: LiveCheck = {
  id: "CERTIFICATES-AGE",
  group: "secrets",
  proves: "certificates of webhooks, of Hubble and of Istio's authority don't end within 14 days",
  asks: [
    "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations",
    "kubectl get secret NAME -o jsonpath={.data.tls\\.crt}",
  ],
  offline: "none: they are made in the cluster",
  applies: always,
  judge: ({ target, now }, told) => {
    const notes = new Notes(told);
    const aged = (name: string, base64: string) => {
      const pem = Buffer.from(base64, "base64").toString("latin1");
      for (const each of pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []) {
        const end = endOf(each);
        const days = Math.floor((end - now) / DAY_MS);
        if (Number.isNaN(end)) notes.open(`${name}: the certificate can't be read`);
        else if (end <= now) notes.fault(`${name} expired on ${dayOf(end)}`);
        else if (days < LEAST_DAYS) notes.fault(`${name} ends in ${counted(days, "day")}, on ${dayOf(end)}`);
        else notes.seen(`${name}: until ${dayOf(end)}`);
      }
    };
    for (const { name, clientConfig } of webhooksOf(notes) ?? [])
      aged(`webhook ${name}`, clientConfig.caBundle ?? "");
    const secrets = [
      ...(target.components.has("cilium")
        ? OF_CILIUM.map((name) => ["kube-system", name, "tls\\.crt"] as const)
        : []),
      ...(target.mesh.istio === undefined ? [] : [["istio-system", "cacerts", "ca-cert\\.pem"] as const]),
    ];
    for (const [namespace, name, key] of secrets) {
      const question = kubectl(
        "get",
        "secret",
        name,
        "-n",
        namespace,
        "--ignore-not-found",
        "-o",
        `jsonpath={.data.${key}}`,
      );
      aged(`${namespace}/${name}`, notes.text(question) ?? "");
    }
    return notes.outcome("no webhook has a certificate");
  },
};

function endOf(pem: string): number {
  try {
    return Date.parse(new X509Certificate(pem).validTo);
  } catch {
    return Number.NaN;
  }
}

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const secretChecks = [secretsSynced, certificates, certificatesAge];
