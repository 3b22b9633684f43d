import { NETWORK, problemsIn } from "../../support/problems";

const said = (text: string) => problemsIn(NETWORK + text).map((line) => line.replace(/^\S+ {2}/, ""));
const CERTIFICATE = "certificate/12345678-1234-1234-1234-123456789012";
const KEY = "key/12345678-1234-1234-1234-123456789012";
const ACL = "regional/webacl/edge/12345678-1234-1234-1234-123456789012";
const balancers = (text: string) =>
  `ingress: { loadBalancers: { publicNamespaces: [shop], ${text} } }\nnamespaces: { shop: { quota: { loadBalancers: 1 } } }\n`;
const store = (key: string) =>
  `secrets: { stores: { app: { paths: [dev/app/], namespaces: [shop], keyArns: ["${key}"] } } }\nnamespaces: { shop: {} }\n`;

describe("refuses ARNs of another region or account where AWS takes none", () => {
  test.each([
    [
      "a certificate of another region",
      balancers(`certificateArns: ["arn:aws:acm:us-west-2:111122223333:${CERTIFICATE}"]`),
      "is in us-west-2, and load balancers take certificates of their own account and region only; write a certificate of us-east-1",
    ],
    [
      "a certificate of another account",
      balancers(`certificateArns: ["arn:aws:acm:us-east-1:999988887777:${CERTIFICATE}"]`),
      "is of account 999988887777, and load balancers take certificates of their own account and region only; write a certificate of 111122223333",
    ],
    [
      "a web ACL of another region",
      balancers(`wafAclArn: "arn:aws:wafv2:us-west-2:111122223333:${ACL}"`),
      "is in us-west-2, and load balancers take web ACLs of their own account and region only; write a web ACL of us-east-1",
    ],
    [
      "a key of secrets in another region",
      store(`arn:aws:kms:eu-west-1:111122223333:${KEY}`),
      "is in eu-west-1, and the services that keep secrets use keys of their own region only; write a key of us-east-1",
    ],
  ])("%s", (_what, text, problem) => {
    expect(said(text)).toEqual([expect.stringContaining(problem)]);
  });
});

test.each([
  [
    "a certificate of its own",
    balancers(`certificateArns: ["arn:aws:acm:us-east-1:111122223333:${CERTIFICATE}"]`),
  ],
  ["a key that another account shares", store(`arn:aws:kms:us-east-1:999988887777:${KEY}`)],
  [
    "the key of a backup that comes from another region",
    `backup: { restoreFrom: { bucket: acme-old-backup, prefix: old, region: us-west-2, keyArn: "arn:aws:kms:us-west-2:111122223333:${KEY}" } }\n`,
  ],
])("takes %s", (_what, text) => {
  expect(said(text)).toEqual([]);
});

test("environment variables of a service are not checked", () => {
  const environment = `{ CDN: "arn:aws:acm:us-west-2:999988887777:${CERTIFICATE}", GOV: "arn:aws-us-gov:s3:::reports" }`;

  expect(
    said(
      `namespaces: { shop: {} }\nworkloads: { web: { namespace: shop, image: 111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.0.0, ports: { http: { port: 80, targetPort: 8080 } }, environment: ${environment} } }\n`,
    ).filter((line) => line.includes("arn:")),
  ).toEqual([]);
});
