import fs from "node:fs";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import "cdktf/lib/testing/adapters/jest";
import { gatewayApiFile } from "../../src/model/vendored-bundle";
import { inGatewayApiProject } from "../support/gateway-api-project";
import { NETWORK, problemsIn } from "../support/problems";
import { type Block, releaseValues, resource, resourcesOf, synthYaml } from "../support/synth";

const ON = "gatewayApi: { enabled: true }";
const here = process.cwd();
const project = inGatewayApiProject();

beforeAll(() => fs.copyFileSync(gatewayApiFile("v1.4.1"), gatewayApiFile("v1.3.0")));

const modes: [string, string][] = [
  ["cilium-eni", `cni: { kind: cilium-eni, ${ON} }`],
  ["cilium-overlay", `cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, ${ON} }`],
];

describe.each(modes)("%s", (_kind, yaml) => {
  const cni = () => synthYaml(yaml).cni;

  test("each definition is a release of its own, which waits for nothing and stays when it is removed", () => {
    const release = (name: string) =>
      resource(cni(), "helm_release", `gateway-api_gateway-api-${name}_helm_release`);

    for (const plural of ["gateways", "httproutes"]) {
      expect(release(plural)).toMatchObject({ name: `gateway-api-${plural}`, wait: false, atomic: false });
      expect(releaseValues(cni(), `gateway-api_gateway-api-${plural}_helm_release`)).toMatchObject({
        manifests: {
          [`CustomResourceDefinition/${plural}.gateway.networking.k8s.io`]: {
            metadata: { annotations: { "helm.sh/resource-policy": "keep" } },
          },
        },
      });
    }
    expect(Object.keys(resourcesOf(cni(), "helm_release"))).toHaveLength(3);
  });

  // Cilium, Gateway API, Prerequisites: the definitions must exist before the operator starts.
  test("the definitions are served before Cilium comes", () => {
    const cilium = resource(cni(), "helm_release", "cilium_cilium_release") as Block & {
      depends_on: string[];
    };

    expect(cilium.depends_on).toContain("time_sleep.gateway-api_established");
    expect(resource(cni(), "time_sleep", "gateway-api_established")).toMatchObject({
      depends_on: [
        "helm_release.gateway-api_gateway-api-gateways_helm_release",
        "helm_release.gateway-api_gateway-api-httproutes_helm_release",
      ],
    });
    expect(cni()).toHaveProvider(TimeProvider);
  });

  // Cilium, Gateway API, Prerequisites: l7Proxy and the replacement of kube-proxy. `create` is a text in its values.yaml.
  test("Cilium takes gateways", () => {
    expect(releaseValues(cni(), "cilium_cilium_release")).toMatchObject({
      gatewayAPI: { enabled: true, gatewayClass: { create: "true" } },
      l7Proxy: true,
      kubeProxyReplacement: "true",
    });
  });
});

test("a file that was vendored with the publisher's empty status serves as well", () => {
  const file = gatewayApiFile("v1.4.1");
  const text = fs.readFileSync(file, "utf8");
  const { objects, ...facts } = JSON.parse(text) as { objects: object[] };
  const status = { acceptedNames: { kind: "", plural: "" }, conditions: null, storedVersions: null };
  try {
    fs.writeFileSync(
      file,
      JSON.stringify({ ...facts, objects: objects.map((each) => ({ ...each, status })) }),
    );
    const values = releaseValues(
      synthYaml(modes[0]?.[1]).cni,
      "gateway-api_gateway-api-gateways_helm_release",
    );

    expect(JSON.stringify(values)).not.toContain("storedVersions");
  } finally {
    fs.writeFileSync(file, text);
  }
});

test("without it there are neither definitions nor gateways", () => {
  const { cni } = synthYaml();

  expect(Object.keys(resourcesOf(cni, "helm_release"))).toEqual(["cilium_cilium_release"]);
  expect(releaseValues(cni, "cilium_cilium_release")).not.toHaveProperty("gatewayAPI");
});

describe("a config", () => {
  const yaml = (more = "") => `${NETWORK}cni: { ${ON} }\n${more}`;

  test("with the file is accepted", () => {
    expect(problemsIn(yaml())).toEqual([]);
  });

  test("of another version than the file holds is refused", () => {
    expect(problemsIn(yaml('release: "2025.09"\ncluster: { supportPolicy: extended }\n'))).toEqual([
      "envs/dev/us-east-1.yaml:4:31  cni.gatewayApi.enabled: true  needs vendor/gateway-api-v1.3.0.json, which holds version v1.4.1; run npx octarine vendor gateway-api --release 2025.09 and commit the file",
    ]);
  });

  test("whose file is broken is refused", () => {
    const file = gatewayApiFile("v1.4.1");
    const text = fs.readFileSync(file);
    try {
      fs.writeFileSync(file, "{");
      expect(problemsIn(yaml())).toEqual([
        "envs/dev/us-east-1.yaml:4:31  cni.gatewayApi.enabled: true  needs vendor/gateway-api-v1.4.1.json, which is not a vendored bundle; run npx octarine vendor gateway-api --release 2026.11 and commit the file",
      ]);
    } finally {
      fs.writeFileSync(file, text);
    }
  });

  test("without the file is refused, with the command that makes it", () => {
    process.chdir(here);
    try {
      expect(problemsIn(yaml())).toEqual([
        "envs/dev/us-east-1.yaml:4:31  cni.gatewayApi.enabled: true  needs vendor/gateway-api-v1.4.1.json, which does not exist; run npx octarine vendor gateway-api --release 2026.11 and commit the file",
      ]);
    } finally {
      process.chdir(project);
    }
  });

  test("with a mode in which Cilium leaves kube-proxy alone has no such key", () => {
    expect(problemsIn(`${NETWORK}cni: { kind: cilium-chaining, ${ON} }\n`).join()).toContain(
      "cni.gatewayApi  is not a known key",
    );
  });
});
