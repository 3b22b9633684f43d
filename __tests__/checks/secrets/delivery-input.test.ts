import { ingressCheck } from "../../../src/checks/ingress/ingress";
import { secretStoreCheck } from "../../../src/checks/secrets/secret-store";
import { fleetWarnings } from "../../../src/fleet/warnings";
import { aTarget } from "../../support/fixtures";

const STORES = "stores: { app: { paths: [prod/], namespaces: [shop] } }";

test("stores without External Secrets are refused", () => {
  expect(secretStoreCheck(aTarget(`secrets: { delivery: csi, ${STORES} }`))).toMatchObject([
    {
      path: ["secrets", "stores"],
      message:
        "are for External Secrets, and delivery: csi reads with the pods' own identities; write delivery: both, or remove them",
    },
  ]);
  expect(secretStoreCheck(aTarget(`secrets: { delivery: both, ${STORES} }`))).toEqual([]);
});

test.each([
  [
    "certificates without a zone",
    "ingress: { certificates: { email: a@b.io } }",
    "prove a name by a record in its zone, and there is no zone; write ingress.dns.zones: { <domain>: <zone id> }",
  ],
  [
    "public load balancers without public subnets",
    "ingress: { loadBalancers: { publicNamespaces: [edge] } }\nimages: { mirror: m.corp }\nnetwork: { egress: { kind: none } }",
    "need public subnets, and egress: none leaves no way to the internet; remove them",
  ],
  [
    "a web ACL that nothing uses",
    'ingress: { loadBalancers: { wafAclArn: "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/1a2b3c" } }',
    "is for public load balancers, and no namespace may have one; write publicNamespaces too",
  ],
  [
    "NGINX on an overlay",
    'ingress: { nginx: { reason: "migration until Q3" } }\ncni: { kind: cilium-overlay, podCidr: 10.32.0.0/13 }',
    "needs pods that load balancers can reach, and an overlay has none; use another cni.kind",
  ],
])("%s are refused", (_name, yaml, message) => {
  expect(ingressCheck(aTarget(yaml)).map((finding) => finding.message)).toEqual([message]);
});

test("a retired ingress-nginx is said in every synthesis", () => {
  const target = aTarget('ingress: { nginx: { reason: "migration until Q3" } }');

  expect(fleetWarnings({ targets: [target] })).toContain(
    "ingress.nginx: retired, no fixes since March 2026; move its ingresses to traffic (routes) or to the class alb; kept because: migration until Q3 (dev/us-east-1; waiver: NGINX-RETIRED at ingress.nginx)",
  );
});
