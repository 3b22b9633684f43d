import { mergeLayers } from "../config/read/merge-layers";
import { parseYaml } from "../config/read/parse-yaml";
import { toPlain } from "../config/read/source-node";
import { targetSchema } from "../config/schema/target";
import { describeTarget, type Target } from "../model/target";
import { releases } from "../releases/releases";

/** A small target with all that a target must have; tests lay over it only what they are about. */
export const EXAMPLE_YAML = `
release: "2026.11"
account: { id: "111122223333" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
network:
  vpcCidr: 10.0.0.0/16
  zones: [us-east-1a, us-east-1b, us-east-1c]
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } }
`;

/**
 * A target for tests: a small one with YAML laid over it. It is read by the schema and not checked further; a repository's own
 * targets come from `loadFleet`.
 *
 * @throws ZodError for YAML that the schema doesn't take
 */
export function exampleTarget(
  yaml = "",
  { environment = "dev", region = "us-east-1" }: { environment?: string; region?: string } = {},
): Target {
  const layers = [parseYaml(EXAMPLE_YAML, "example.yaml"), parseYaml(yaml, "target.yaml")];
  const source = mergeLayers(layers.map(({ root }) => root)).root;
  const config = targetSchema.parse(toPlain(source));
  const release = releases[config.release];
  return describeTarget({ environment, region, config, release, source, file: "target.yaml" });
}
