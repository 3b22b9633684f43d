import { withoutSecrets } from "../../src/live/without-secrets";

const KEY = Buffer.from("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n").toString(
  "base64",
);
const CERTIFICATE = Buffer.from("-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n").toString(
  "base64",
);

describe("what is written into a folder of evidence", () => {
  test.each([
    ["data of a Secret", { kind: "Secret", data: { whatever: "aHVudGVyMg==" } }, "aHVudGVyMg=="],
    [
      "data of a Secret in a list",
      { kind: "List", items: [{ kind: "Secret", stringData: { a: "hunter2" } }] },
      "hunter2",
    ],
    [
      "a Secret as it was applied last",
      {
        kind: "Secret",
        metadata: {
          annotations: {
            "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({
              kind: "Secret",
              data: { a: "aHVudGVyMg==" },
            }),
          },
        },
      },
      "aHVudGVyMg==",
    ],
    ["an environment variable", { env: [{ name: "DB_PASSWORD", value: "hunter2" }] }, "hunter2"],
    ["an argument", { args: ["--password=hunter2"] }, "hunter2"],
    ["the argument after its name", { args: ["--password", "hunter2"] }, "hunter2"],
    ["a password in a URL", { value: "postgres://app:hunter2@db/app" }, "hunter2"],
    ["a secret of Secrets Manager", { SecretString: "hunter2" }, "hunter2"],
    ["a private key in a ConfigMap", { kind: "ConfigMap", data: { "tls.pem": KEY } }, KEY],
    ["a token of a kubeconfig", { users: [{ user: { token: "hunter2" } }] }, "hunter2"],
  ])("does not hold %s", (_what, object, secret) => {
    expect(withoutSecrets(JSON.stringify(object))).not.toContain(secret);
  });

  test("does not hold data of a Secret in YAML, in several documents", () => {
    const yaml =
      "apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n---\napiVersion: v1\nkind: Secret\ndata: {a: aHVudGVyMg==}\n";

    expect(withoutSecrets(yaml)).not.toContain("aHVudGVyMg==");
    expect(withoutSecrets(yaml)).toContain("kind: ConfigMap");
  });

  test("does not hold a bearer token or an assignment in a log", () => {
    const log = "GET / Authorization: Bearer abcdefghijkl\nDB_PASSWORD=hunter2 started\n";

    expect(withoutSecrets(log)).not.toMatch(/abcdefghijkl|hunter2/);
    expect(withoutSecrets(log)).toContain("started");
  });

  test.each([
    ["certificates", { caBundle: CERTIFICATE }],
    ["names of secrets", { secretName: "orders-db", secretKeyRef: { name: "orders-db", key: "password" } }],
    ["switches", { automountServiceAccountToken: true }],
    ["the tokens of instance metadata", { MetadataOptions: { HttpTokens: "required" } }],
    ["conditions and messages", { conditions: [{ type: "Ready", status: "False", message: "a: b" }] }],
  ])("holds %s", (_what, object) => {
    expect(JSON.parse(withoutSecrets(JSON.stringify(object)))).toEqual(object);
  });
});
