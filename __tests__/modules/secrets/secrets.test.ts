import { parse } from "yaml";
import {
  awsProviderValues,
  csiDriverValues,
} from "../../../src/components/secrets-store-csi-driver/csi-values";
import { externalSecret } from "../../../src/modules/secrets/external-secret";
import { externalSecretsValues } from "../../../src/components/external-secrets/external-secrets-values";
import { secretProviderClass } from "../../../src/modules/secrets/secret-provider-class";
import {
  clusterSecretStore,
  type StoreSpec,
  storeStatements,
} from "../../../src/components/external-secrets/secret-store";

const account = { partition: "aws", region: "eu-west-1", accountId: "111122223333" };
const store: StoreSpec = {
  kind: "secrets-manager",
  paths: ["prod/payments/", "prod/shared/"],
  namespaces: ["payments"],
  keyArns: [],
};

// Least privilege by path: a store reads the secrets under its own paths and no others.
describe("the policy of a store", () => {
  test("reads the names below its paths and nothing else", () => {
    expect(storeStatements(store, account)).toEqual([
      expect.objectContaining({
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: [
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/payments/*",
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/shared/*",
        ],
      }),
    ]);
  });

  // external-secrets/external-secrets v2.9.0, providers/v1/aws/parameterstore/parameterstore.go: values by GetParameter,
  // `metadataPolicy: Fetch` by ListTagsForResource, `find` by GetParametersByPath, asked of the path itself.
  test("of Parameter Store is for parameters, their tags and what is found below a path", () => {
    const [read, find] = storeStatements({ ...store, kind: "parameter-store", paths: ["prod/"] }, account);

    expect(read).toMatchObject({
      Action: ["ssm:GetParameter", "ssm:ListTagsForResource"],
      Resource: ["arn:aws:ssm:eu-west-1:111122223333:parameter/prod/*"],
    });
    expect(find).toMatchObject({
      Action: ["ssm:GetParametersByPath"],
      Resource: [
        "arn:aws:ssm:eu-west-1:111122223333:parameter/prod",
        "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/*",
      ],
    });
  });

  test("writes nothing and lists no other name", () => {
    const actions = (["secrets-manager", "parameter-store"] as const).flatMap((kind) =>
      storeStatements({ ...store, kind }, account).flatMap(({ Action }) => Action),
    );

    expect(
      actions.filter((each) => /:(Put|Create|Delete|Update|ListSecrets|BatchGet|DescribeP)/.test(each)),
    ).toEqual([]);
  });

  test("decrypts by a key of its own only through the service", () => {
    const keyArns = ["arn:aws:kms:eu-west-1:111122223333:key/one"];
    const [, decrypt] = storeStatements({ ...store, keyArns }, account);

    expect(decrypt).toMatchObject({
      Action: "kms:Decrypt",
      Resource: keyArns,
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
    });
  });
});

test("a store is for the namespaces named, by its own role", () => {
  expect(clusterSecretStore("app", store, "eu-west-1", "arn:role")).toMatchObject({
    apiVersion: "external-secrets.io/v1",
    spec: {
      provider: { aws: { service: "SecretsManager", region: "eu-west-1", role: "arn:role" } },
      conditions: [{ namespaces: ["payments"] }],
    },
  });
});

// Systems Manager User Guide, constraints for parameter names: a hierarchy begins with a slash.
test("a store of parameters puts the slash in front of names, one of secrets does not", () => {
  const aws = (kind: StoreSpec["kind"]) =>
    clusterSecretStore("app", { ...store, kind }, "eu-west-1", "arn:role") as unknown as {
      spec: { provider: { aws: Record<string, string> } };
    };

  expect(aws("parameter-store").spec.provider.aws).toMatchObject({ service: "ParameterStore", prefix: "/" });
  expect(aws("secrets-manager").spec.provider.aws).not.toHaveProperty("prefix");
});

test("an external secret names the store and each key", () => {
  const keys = {
    password: { name: "prod/payments/db", property: "password" },
    ca: { name: "prod/payments/ca" },
  };

  expect(externalSecret({ name: "db", namespace: "payments", store: "app", keys })).toMatchObject({
    apiVersion: "external-secrets.io/v1",
    metadata: { name: "db", namespace: "payments" },
    spec: {
      refreshInterval: "60m0s",
      secretStoreRef: { kind: "ClusterSecretStore", name: "app" },
      data: [
        { secretKey: "password", remoteRef: { key: "prod/payments/db", property: "password" } },
        { secretKey: "ca", remoteRef: { key: "prod/payments/ca" } },
      ],
    },
  });
});

test("mounted parameters of a hierarchy are named from its root, others as they are", () => {
  const { spec } = secretProviderClass({
    name: "db",
    namespace: "payments",
    kind: "parameter-store",
    region: "eu-west-1",
    files: { password: { name: "prod/payments/db" }, banner: { name: "banner" } },
  }) as unknown as { spec: { parameters: Record<string, string> } };

  expect(parse(spec.parameters.objects ?? "")).toEqual([
    { objectName: "/prod/payments/db", objectType: "ssmparameter", objectAlias: "password" },
    { objectName: "banner", objectType: "ssmparameter", objectAlias: "banner" },
  ]);
});

describe("mounted secrets", () => {
  const { spec } = secretProviderClass({
    name: "db",
    namespace: "payments",
    kind: "secrets-manager",
    region: "eu-west-1",
    files: { password: { name: "prod/payments/db", property: "password" }, ca: { name: "prod/payments/ca" } },
  }) as unknown as { spec: { parameters: Record<string, string> } };

  test("have parameters that are all text, Pod Identity among them", () => {
    expect(Object.values(spec.parameters).map((value) => typeof value)).toEqual([
      "string",
      "string",
      "string",
    ]);
    expect(spec.parameters).toMatchObject({ region: "eu-west-1", usePodIdentity: "true" });
  });

  test("have the file names that were asked for", () => {
    expect(parse(spec.parameters.objects ?? "")).toEqual([
      {
        objectName: "prod/payments/db",
        objectType: "secretsmanager",
        objectAlias: "password.json",
        jmesPath: [{ path: "password", objectAlias: "password" }],
      },
      { objectName: "prod/payments/ca", objectType: "secretsmanager", objectAlias: "ca" },
    ]);
  });
});

describe("chart values, by the traps of their charts", () => {
  test("the driver has the token requests without which AWS refuses every mount", () => {
    expect(csiDriverValues({ rotationMinutes: 60 })).toMatchObject({
      tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
      enableSecretRotation: true,
      rotationPollInterval: "60m",
      syncSecret: { enabled: true },
    });
  });

  test("the provider does not install the driver a second time", () => {
    expect(awsProviderValues({})).toMatchObject({ "secrets-store-csi-driver": { install: false } });
  });

  test("the webhook keeps off the kubelet's port on the host network", () => {
    expect(externalSecretsValues({ hostNetwork: true }).webhook).toMatchObject({
      hostNetwork: true,
      port: 10270,
    });
    expect(externalSecretsValues({ hostNetwork: false }).webhook).toMatchObject({ port: 10250 });
  });

  test("images come from the mirror, under the names of their origin", () => {
    const all = [
      externalSecretsValues({ hostNetwork: false, imageMirror: "mirror.corp" }),
      csiDriverValues({ rotationMinutes: 60, imageMirror: "mirror.corp" }),
      awsProviderValues({ imageMirror: "mirror.corp" }),
    ];
    const images = JSON.stringify(all).match(/"repository":"[^"]+"/g) ?? [];

    expect(images).toHaveLength(6);
    expect(images.filter((image) => !image.includes('"mirror.corp/'))).toEqual([]);
  });
});
