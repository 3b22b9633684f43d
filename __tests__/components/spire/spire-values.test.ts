import { type SpireSettings, spireValues } from "../../../src/components/spire/spire-values";

const settings: SpireSettings = {
  clusterName: "dev-us-east-1",
  trustDomain: "dev.acme.internal",
  caSubject: { country: "DE", organization: "Acme Platform" },
  storageGiB: 1,
  storageClass: "spire-gp3",
  webhook: true,
};

test("everything that strict mode refuses at its default is set", () => {
  expect(spireValues(settings)).toMatchObject({
    global: {
      spire: {
        clusterName: "dev-us-east-1",
        trustDomain: "dev.acme.internal",
        caSubject: { country: "DE", organization: "Acme Platform", commonName: "dev.acme.internal" },
        recommendations: { enabled: true },
      },
    },
    "spire-server": { caSubject: { organization: "Acme Platform" } },
  });
});

test("the chart makes the namespaces that its pods are in", () => {
  expect(spireValues(settings)).toMatchObject({
    global: { spire: { namespaces: { system: { create: true }, server: { create: true } } } },
  });
});

test("the server keeps its data on an encrypted volume", () => {
  expect(spireValues(settings)["spire-server"]).toMatchObject({
    persistence: { type: "pvc", size: "1Gi", storageClass: "spire-gp3" },
  });
});

test("a webhook that the control plane can't reach is off, since it would refuse everything", () => {
  expect(spireValues({ ...settings, webhook: false })["spire-server"]).toMatchObject({
    controllerManager: { validatingWebhookConfiguration: { enabled: false } },
  });
});

test("images come from the mirror, under the names of their origin", () => {
  const text = JSON.stringify(spireValues({ ...settings, imageMirror: "mirror.corp" }));
  const registries = text.match(/"registry":"[^"]+"/g) ?? [];

  expect(registries).toHaveLength(10);
  expect(registries.filter((registry) => !registry.includes('"mirror.corp/'))).toEqual([]);
  expect(JSON.stringify(spireValues(settings))).not.toContain("registry");
});
