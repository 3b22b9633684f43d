import { acceleratorOf } from "../../src/facts/accelerators";
import { instanceTypeNames } from "../../src/facts/instance-types";

/** eksctl-io/eksctl pkg/utils/instance/instance_types.go of 2026-08-21, NvidiaGPUSupported and NeuronSupported. */
const NVIDIA = "g4dn g5 g5g g6 g6e g6f g7 g7e gr6 gr6f p3dn p4d p4de p5 p5e p5en p6-b200 p6-b300".split(" ");
const NEURON = "inf1 inf2 trn1 trn1n trn2".split(" ");
/** EC2 sells them with AMD GPUs, Qualcomm and Habana chips, FPGAs and transcoders. */
const OTHER = "g4ad dl1 dl2q f1 f2 vt1".split(" ");

test.each([
  ["nvidia", NVIDIA],
  ["neuron", NEURON],
  ["other", OTHER],
  [
    undefined,
    "m7i c7gn r8g hpc7a i4i im4gn is4gen inf m7i-flex t4g u7i-12tb x2gd z1d mac2 d3 h1 a1".split(" "),
  ],
] as const)("%s is what %j have", (kind, families) => {
  expect(families.map((family) => [family, acceleratorOf(`${family}.xlarge`)])).toEqual(
    families.map((family) => [family, kind]),
  );
});

test("a newer type of a family that is known by name has its accelerator", () => {
  expect(
    ["g8.xlarge", "p7.48xlarge", "p6e-gb200.36xlarge", "inf3.xlarge", "trn3.48xlarge"].map(acceleratorOf),
  ).toEqual(["nvidia", "nvidia", "nvidia", "neuron", "neuron"]);
});

test("every accelerator in the table is classified", () => {
  const found = instanceTypeNames().filter((name) => acceleratorOf(name) !== undefined);
  const families = new Set(found.map((name) => name.split(".")[0] ?? ""));

  // trn2u is trn2 in an UltraServer, which eksctl does not list yet.
  expect(
    [...families].filter((family) => ![...NVIDIA, ...NEURON, ...OTHER, "trn2u"].includes(family)),
  ).toEqual([]);
});
