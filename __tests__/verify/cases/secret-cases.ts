import { type Answers, conditions, list, object } from "../../support/live-answers";
import { certificates } from "./certificates";
import { type LiveCase, SYSTEM, hooks, GET_HOOKS } from "./objects";

const SECRETS: Answers = Object.fromEntries(
  ["hubble-server-certs", "hubble-relay-client-certs"].map((name) => [
    `kubectl get secret ${name} -n ${SYSTEM} --ignore-not-found -o 'jsonpath={.data.tls\\.crt}'`,
    "",
  ]),
);

export const secretCases: readonly LiveCase[] = [
  {
    id: "SECRETS-SYNCED",
    yaml: "secrets: { stores: { app: { kind: parameter-store, paths: [dev/], namespaces: [payments] } } }",
    answers: {
      "kubectl get secretstores.external-secrets.io -A": list(
        object("app", conditions(["Ready", "True"]), "payments"),
      ),
      "kubectl get clustersecretstores.external-secrets.io": list(),
      "kubectl get externalsecrets.external-secrets.io -A": list(
        object("db", conditions(["Ready", "True"]), "payments"),
      ),
      "kubectl get pushsecrets.external-secrets.io -A": list(
        object("token", conditions(["Ready", "True"]), "istio-system"),
      ),
    },
    faults: [
      {
        changed: {
          "kubectl get pushsecrets.external-secrets.io -A": list(
            object("token", conditions(["Ready", "False", "set secret failed"]), "istio-system"),
          ),
        },
        says: /pushsecrets\/istio-system\/token: Because: set secret failed/,
      },
      {
        changed: {
          "kubectl get externalsecrets.external-secrets.io -A": list(
            object("db", conditions(["Ready", "False", "could not get secret"]), "payments"),
          ),
        },
        says: /externalsecrets\/payments\/db: Because: could not get secret/,
      },
    ],
  },
  {
    id: "CERTIFICATES-READY",
    yaml: "ingress: { dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io } }",
    answers: {
      "kubectl get certificates.cert-manager.io -A": list(
        object(
          "edge",
          {
            status: {
              ...(conditions(["Ready", "True"]) as { status: object }).status,
              notAfter: "2027-01-20T00:00:00Z",
              renewalTime: "2026-12-20T00:00:00Z",
            },
          },
          "ingress",
        ),
      ),
    },
    faults: [
      {
        changed: {
          "kubectl get certificates.cert-manager.io -A": list(
            object("edge", conditions(["Ready", "False", "the order failed"]), "ingress"),
          ),
        },
        says: /ingress\/edge: Because: the order failed/,
      },
      {
        changed: {
          "kubectl get certificates.cert-manager.io -A": list(
            object(
              "edge",
              {
                status: {
                  ...(conditions(["Ready", "True"]) as { status: object }).status,
                  notAfter: "2026-12-05T00:00:00Z",
                  renewalTime: "2026-11-05T00:00:00Z",
                },
              },
              "ingress",
            ),
          ),
        },
        says: /should have been renewed at 2026-11-05/,
      },
    ],
  },
  {
    id: "CERTIFICATES-AGE",
    answers: { [GET_HOOKS]: hooks(certificates.in200Days), ...SECRETS },
    faults: [
      {
        changed: { [GET_HOOKS]: hooks(certificates.in5Days) },
        says: /webhook validate.example.com ends in 5 days, on 2026-12-04/,
      },
      {
        changed: { [GET_HOOKS]: hooks(certificates.threeDaysAgo) },
        says: /webhook validate.example.com expired on 2026-11-26/,
      },
    ],
  },
];
