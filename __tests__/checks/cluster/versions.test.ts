import fs from "node:fs";
import { readFleet } from "../../../src/fleet/load-fleet";
import { formatProblem } from "../../../src/config/read/problem";
import { minorNames } from "../../../src/releases/names";
import { fleetWarnings } from "../../../src/fleet/warnings";
import { aFolder, aTarget, BASE_YAML } from "../../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsOf } from "../../support/problems";

function problemsWith(text: string): string[] {
  const dir = aFolder({ "dev/environment.yaml": BASE_YAML, "dev/us-east-1.yaml": text });
  try {
    const { problems } = readFleet(dir);
    return problems.map((problem) => formatProblem(problem).replace(/\S*octarine-test-\w+\//g, "envs/"));
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

const AT = "envs/dev/us-east-1.yaml";

test.each<[string, string, string]>([
  [
    "a version that the matrix refuses",
    `versions: { karpenter: { version: "1.8.2", reason: waits for ticket PLAT-7 } }`,
    `${AT}:1:13  versions.karpenter: 1.8.2  does not fit: Kubernetes 1.35 needs Karpenter 1.9 or later, not 1.8.2 (aws/karpenter-provider-aws website/content/en/preview/upgrading/compatibility.md at v1.14.1, 2026-08-20); write a version that fits, or remove it (release 2026.11 has 1.14.1)`,
  ],
  [
    "no reason",
    `versions: { karpenter: { version: "1.14.2" } }`,
    `${AT}:1:13  versions.karpenter.reason  is missing (Why this version and not the release's, for reviewers); write for example reason: "a fix in karpenter that we wait for: ticket PLAT-12"`,
  ],
  [
    "a range",
    `versions: { keda: { version: "2.20", reason: waits for ticket PLAT-7 } }`,
    `${AT}:1:30  versions.keda.version: 2.20  is not an exact version; write for example 1.2.3`,
  ],
  [
    "a Kubernetes without pins",
    `versions: { kubernetes: { version: "1.30", reason: waits for ticket PLAT-7 } }`,
    `${AT}:1:36  versions.kubernetes.version: 1.30  must be one of ${minorNames.join(", ")}; did you mean ${minorNames[0]}?`,
  ],
  [
    "an unknown component",
    `versions: { karpentr: { version: "1.14.2", reason: waits for ticket PLAT-7 } }`,
    `${AT}:1:13  versions.karpentr  is not a known key; did you mean karpenter?`,
  ],
  [
    "a VPC CNI that mixes up pods in its policies",
    `cni: { kind: vpc-cni }\nversions: { vpc-cni: { version: "v1.22.3-eksbuild.1", reason: waits for ticket PLAT-7 } }`,
    `${AT}:2:13  versions.vpc-cni: v1.22.3-eksbuild.1  does not fit: the network policy agent of this VPC CNI can apply a policy to the wrong pod (AWS Security Bulletin 2026-113, CVE-2026-86831, 2026-09-16); use vpc-cni v1.22.4 or later, or cni.networkPolicy: false with another engine`,
  ],
])("refuses %s", (_, text, problem) => {
  expect(problemsWith(`${text}\n`)).toContain(problem);
});

test.each([
  ["1.35", "1.35", "has no effect: the control plane has the same version; remove it"],
  [
    "1.34",
    "1.35",
    "is newer than the control plane's 1.34, which Kubernetes does not support; write 1.34 or older",
  ],
])("on Kubernetes %s, nodes of %s: %s", (kubernetes, nodes, message) => {
  const plane =
    kubernetes === "1.35" ? "" : `  kubernetes: { version: "${kubernetes}", reason: hop 1 to 2026.11 }\n`;
  const text = `versions:\n${plane}  nodes: { version: "${nodes}", reason: hop 1 to 2026.11 }\n`;
  expect(problemsWith(text)).toEqual([expect.stringContaining(`versions.nodes: ${nodes}  ${message}`)]);
});

test("nodes stay behind the control plane for as long as it may have to go back", () => {
  expect(problemsWith(`versions: { nodes: { version: "1.34", reason: hop 1 to 2026.11 } }\n`)).toEqual([]);
});

test("one image can't be held for pools of a class with different accelerators", () => {
  const text = (type: string) => `versions: { nodes: { version: "1.34", reason: hop 1 to 2026.11 } }
karpenter:
  classes: { general: { ami: al2023 } }
  pools:
    general: { class: general, instanceTypes: [m7i.large], limits: { cpus: 64 } }
    gpu: { class: general, instanceTypes: [${type}], limits: { cpus: 64 }, taints: ["gpu=true:NoSchedule"] }
`;
  expect(problemsWith(text("g6.xlarge")).join("\n")).toContain(
    "karpenter.classes.general  has pools whose instance types have different accelerators (none, nvidia), so no single image can be pinned by versions.nodes; give each kind a class of its own",
  );
  expect(problemsWith(text("c7i.xlarge")).join("\n")).not.toContain("accelerators");
});

test("takes a version that fits, and a Kubernetes minor between two releases", () => {
  expect(
    problemsWith(`versions:
  cilium: { version: "1.19.8", reason: waits for ticket PLAT-7 }
  kubernetes: { version: "1.34", reason: step to release 2026.11 }
`),
  ).toEqual([]);
});

test("what the target does not install has nothing to fit", () => {
  const held = (cni: string) =>
    problemsWith(
      `release: "2025.09"\nversions: { kubernetes: { version: "1.34", reason: hop to 2026.11 } }\ncni: { kind: ${cni} }\n`,
    );

  expect(held("vpc-cni")).toEqual([]);
  expect(held("cilium-eni")).toEqual([
    expect.stringContaining("Cilium 1.18.12 needs Kubernetes 1.30 to 1.33"),
  ]);
});

describe("a version of what is not there", () => {
  const pin = (component: string, version: string) =>
    `versions: { ${component}: { version: "${version}", reason: "a fix that we wait for" } }\n`;

  test.each([
    "kyverno",
    "prometheus-adapter",
    "opentelemetry-collector",
    "fluent-bit",
    "istio-csr",
    "snapshot-controller",
  ])("%s, which nothing installs, is refused", (component) => {
    expect(problemsWith(pin(component, "1.2.3"))).toEqual([
      expect.stringContaining(
        `${component}; Octarine does not install ${component}, so nothing would change: remove it`.slice(
          component.length,
        ),
      ),
    ]);
  });

  test("is refused where the target does not install it", () => {
    expect(problemsWith(pin("keda", "2.20.1"))).toEqual([
      expect.stringMatching(
        /versions\.keda: 2\.20\.1 {2}has no effect: the target does not install keda; remove it$/,
      ),
    ]);
    expect(problemsWith(`keda: {}\n${pin("keda", "2.20.1")}`)).toEqual([]);
  });

  test("may stand in a layer of several targets of which one installs it", () => {
    const files = (keda: string) => ({
      "dev/environment.yaml": `${ENVIRONMENT}${pin("keda", "2.20.1")}`,
      "dev/us-east-1.yaml": `${NETWORK}${keda}`,
      "dev/us-west-2.yaml": NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.0.0", "10.1.0.0"),
    });

    expect(problemsOf(files("keda: {}\n"))).toEqual([]);
    expect(problemsOf(files(""))).toEqual([expect.stringContaining("versions.keda: 2.20.1  has no effect")]);
  });
});

describe("warnings", () => {
  const warningsOf = (...yamls: string[]) =>
    fleetWarnings({ targets: yamls.map((yaml, i) => aTarget(yaml, { environment: `env${i}` })) });

  test("name the unverified pins of what the target installs, once for all targets", () => {
    const aboutReleases = warningsOf("", "", "").filter((line) => line.startsWith("release 2026.11 has"));

    expect(aboutReleases).toEqual([
      "release 2026.11 has unverified pins (npx octarine release show 2026.11 says why): eks-pod-identity-agent v1.3.10-eksbuild.3, aws-ebs-csi-driver v1.66.0-eksbuild.1 (3 targets; waiver: PIN-UNVERIFIED at versions)",
    ]);
  });

  test("name a replaced version and its reason", () => {
    expect(
      warningsOf(`versions: { cilium: { version: "1.19.7", reason: mends cilium/cilium#1 } }`),
    ).toContain(
      "versions.cilium: 1.19.7 in place of release 2026.11: mends cilium/cilium#1 (env0/us-east-1; waiver: PIN-REPLACED at versions.cilium)",
    );
  });

  test("give the price of extended support", () => {
    expect(warningsOf(`release: "2025.09"\ncluster: { supportPolicy: extended }`)).toContain(
      "Kubernetes 1.33 is in extended support from 2026-07-29 to 2027-07-29: 0.60 USD per cluster hour in place of 0.10, 365 USD more a month for each cluster (env0/us-east-1; waiver: KUBERNETES-EXTENDED-SUPPORT at cluster.supportPolicy)",
    );
  });
});
