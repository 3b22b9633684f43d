import { stringify } from "yaml";
import type { Resource } from "../../../src/guardrails/resource";
import { secretProviderClass } from "../../../src/modules/secrets/secret-provider-class";
import { mountedSecretCalls } from "../../../src/permissions/needs/mounted-secrets";

const place = { partition: "aws", account: "111122223333", region: "eu-west-1", target: "dev/eu-west-1" };

function object(manifest: object): Resource {
  const { kind, ...attributes } = JSON.parse(JSON.stringify(manifest)) as { kind: string };
  return {
    type: `k8s:${kind}`,
    address: kind,
    stack: "dev-eu-west-1-workloads",
    source: "input",
    attributes,
  };
}

function deployment(serviceAccountName: string, ...classes: readonly string[]): Resource {
  const volumes = classes.map((secretProviderClass) => ({
    csi: { volumeAttributes: { secretProviderClass } },
  }));
  return object({
    kind: "Deployment",
    metadata: { name: serviceAccountName, namespace: "shop" },
    spec: { template: { spec: { serviceAccountName, volumes } } },
  });
}

const classes = (["secrets-manager", "parameter-store"] as const).map((kind) =>
  object(
    secretProviderClass({
      name: kind,
      namespace: "shop",
      kind,
      region: "eu-central-1",
      files: { password: { name: "shop/db", property: "password" } },
    }),
  ),
);

function calls(name: string, ...pods: readonly Resource[]) {
  const found = mountedSecretCalls({ resources: [...classes, ...pods], place }, { namespace: "shop", name });
  return found.map(({ action, resources }) => `${action} ${resources.join()}`);
}

// aws/secrets-store-csi-driver-provider-aws 3.1.1 provider/secrets_manager_provider.go, provider/parameter_store_provider.go.
test("a pod reads what it mounts by its own identity, in the region of the class", () => {
  const secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-??????";

  expect(calls("orders", deployment("orders", "secrets-manager", "parameter-store"))).toEqual([
    `secretsmanager:GetSecretValue ${secret}`,
    `secretsmanager:DescribeSecret ${secret}`,
    "ssm:GetParameters arn:aws:ssm:eu-central-1:111122223333:parameter/shop/db",
  ]);
});

test("what the pods of another service account mount is not its own, and neither is what nobody mounts", () => {
  expect(calls("orders", deployment("cart", "secrets-manager"), deployment("orders"))).toEqual([]);
});

test("jobs that a schedule makes mount as well", () => {
  const { attributes } = deployment("nightly", "parameter-store");
  const job = object({ kind: "CronJob", metadata: { namespace: "shop" }, spec: { jobTemplate: attributes } });

  expect(calls("nightly", job)).toHaveLength(1);
});

test("objects that are written out are read as the provider reads them", () => {
  const own = object({
    kind: "SecretProviderClass",
    metadata: { name: "own", namespace: "shop" },
    spec: { parameters: { objects: stringify([{ objectName: "a", objectType: "ssmparameter" }]) } },
  });

  expect(calls("x", own, deployment("x", "own"))).toEqual([
    "ssm:GetParameters arn:aws:ssm:eu-west-1:111122223333:parameter/a",
  ]);
});
