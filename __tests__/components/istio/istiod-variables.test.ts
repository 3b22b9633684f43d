import { releaseValues, synthYaml } from "../../support/synth";

const ARN =
  "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012";
const istiod = (mesh: string) =>
  releaseValues(
    synthYaml(
      `mesh: { kind: istio, id: a, trustDomain: a.b${mesh} }\ningress: { dns: { zones: { example.com: Z0123456789ABC } }, certificates: { email: a@b.io } }\n`,
    ).mesh,
    "istio_istiod_release",
  );

// istio/istio, pilot/pkg/features and pilot/pkg/bootstrap at 1.27.9 and 1.29.6. What a version does not know it leaves unread: files of
// cacerts it watches by itself since 1.19 (istio/istio#44594).
const READ = ["PILOT_ENABLE_NODE_UNTAINT_CONTROLLERS"];

test.each([
  ["that signs itself", ""],
  ["below a CA of the mesh", `, certificateAuthority: { kind: aws-private-ca, arn: "${ARN}", days: 30 }`],
])("an istiod %s has only variables that its version reads", (_what, mesh) => {
  const variables = Object.keys(istiod(mesh).env ?? {});

  expect(variables.filter((name) => !READ.includes(name))).toEqual([]);
});
