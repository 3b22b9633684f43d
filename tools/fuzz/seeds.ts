import fs from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

/** A layer that is right. With OWN it is a whole target. */
export const ENVIRONMENT = `release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 3 } }
`;
export const OWN = `network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
`;

/** Texts of configs that are right: the samples of this repository, each as one file. */
export function sampleTexts(): string[] {
  const read = (...names: string[]) => fs.readFileSync(path.join(ROOT, ...names), "utf8");
  const examples = fs
    .readdirSync(path.join(ROOT, "examples/envs"), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && fs.existsSync(path.join(ROOT, "examples/envs", entry.name, "us-east-1.yaml")),
    )
    .map(({ name }) => read("examples/envs", name, "us-east-1.yaml"));
  return [
    OWN,
    read("envs/prod/environment.yaml"),
    read("envs/prod/us-east-1.yaml"),
    read("envs/dev/us-east-1.yaml"),
    ...examples,
  ];
}
