import { moduleInputs, synthYaml } from "../../support/synth";
import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../../support/problems";

const group = (text: string) => `${NETWORK}nodes: { gpu: { ${text}, size: { min: 0, max: 2 } } }\n`;
const found = (text: string) =>
  problemsIn(group(text))
    .map((line) => line.replace(/^\S+ {2}/, ""))
    .filter((line) => line.includes("mixes"));
const warned = (text: string) =>
  warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": text })
    .filter((line) => /device plugin|driver/.test(line))
    .map((line) => line.replace(/[,:] (pods get \S+ only from [^,]+|has accelerators).*/, ": $1"));

test.each([
  ["instanceTypes: [g5.xlarge, g6.xlarge]", "AL2023_x86_64_NVIDIA"],
  ["instanceTypes: [p5.48xlarge]", "AL2023_x86_64_NVIDIA"],
  ["instanceTypes: [g5g.xlarge]", "AL2023_ARM_64_NVIDIA"],
  ["instanceTypes: [g5g.xlarge], ami: bottlerocket", "BOTTLEROCKET_ARM_64_NVIDIA"],
  ["instanceTypes: [inf2.xlarge]", "AL2023_x86_64_NEURON"],
  ["instanceTypes: [trn1.2xlarge], ami: bottlerocket", "BOTTLEROCKET_x86_64"],
  ["instanceTypes: [m7i.large]", "AL2023_x86_64_STANDARD"],
])("a group of %s has the image with its drivers, %s, at the release's version", (text, amiType) => {
  const { nodes } = synthYaml(`nodes: { gpu: { ${text}, size: { min: 1, max: 2 } } }`);

  expect(moduleInputs(nodes, "gpu_group")).toMatchObject({
    ami_type: amiType,
    ami_release_version: amiType.startsWith("AL2023") ? "1.35.6-20260714" : "1.65.0-0be31b34",
  });
});

test.each([
  [
    "instanceTypes: [g5.xlarge, m7i.xlarge]",
    "nodes.gpu.instanceTypes: [g5.xlarge, m7i.xlarge]  mixes types of the standard image and types with NVIDIA GPUs, and a group has one AMI; make two groups",
  ],
  [
    "instanceTypes: [g5.xlarge, inf2.xlarge, m7i.xlarge]",
    "nodes.gpu.instanceTypes: [g5.xlarge, inf2.xlarge, m7i.xlarge]  mixes types of the standard image, types with NVIDIA GPUs and types with Neuron devices, and a group has one AMI; make a group for each",
  ],
])("a group of %s is refused: no image has the drivers of all", (text, problem) => {
  expect(found(text)).toEqual([problem]);
});

test("types whose accelerator no image has drivers for share the standard one with all others", () => {
  expect(found("instanceTypes: [vt1.3xlarge, m7i.xlarge]")).toEqual([]);
});

// bottlerocket-os/bottlerocket variants/aws-k8s-1.35-nvidia/Cargo.toml has nvidia-k8s-device-plugin; AL2023's image has none.
test.each([
  [
    group("instanceTypes: [g6.xlarge]"),
    ["nodes.gpu: pods get nvidia.com/gpu only from NVIDIA's device plugin"],
  ],
  [group("instanceTypes: [g6.xlarge], ami: bottlerocket"), []],
  [
    group("instanceTypes: [inf2.xlarge]"),
    ["nodes.gpu: pods get aws.amazon.com/neuron only from AWS's Neuron device plugin"],
  ],
  [
    group("instanceTypes: [inf2.xlarge], ami: bottlerocket"),
    ["nodes.gpu: pods get aws.amazon.com/neuron only from AWS's Neuron device plugin"],
  ],
  [group("instanceTypes: [f2.6xlarge]"), ["nodes.gpu: has accelerators"]],
  [
    `${NETWORK}karpenter: { pools: { ml: { class: general, categories: [g], limits: { cpus: 400 } } } }\n`,
    ["karpenter.pools.ml: pods get nvidia.com/gpu only from NVIDIA's device plugin"],
  ],
  [NETWORK, []],
])("what a team has to bring for its accelerators is said: %#", (text, expected) => {
  expect(warned(text)).toEqual(expected);
});
