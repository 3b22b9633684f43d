import fs from "node:fs";
import { contents } from "../../support/output-bundle";
import { edit } from "../../support/project-of-all-inputs";
import { inSynthesizedProject } from "../../support/synthesized-project";
import { aFolder } from "../../support/fixtures";

const environment = (account: string) => `
account: { id: "${account}" }
state: { region: us-east-1 }
runner: { reach: in-vpc }
cni: { kind: cilium-eni }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 6 } }
`;

const region = (vpcCidr: string, ...peers: readonly string[]) =>
  `network:
  vpcCidr: ${vpcCidr}
  zones: [us-east-1a, us-east-1b, us-east-1c]
  connections: { peers: [${peers.join(", ")}] }
`;

/** One target in each of three environments: the second is a peer of both others, which share nothing else with it. */
function project(): string {
  return aFolder({
    "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2026.11"\n',
    "envs/a/environment.yaml": environment("111122223333"),
    "envs/b/environment.yaml": environment("444455556666"),
    "envs/c/environment.yaml": environment("777788889999"),
    "envs/a/us-east-1.yaml": region("10.1.0.0/16", "b/us-east-1"),
    "envs/b/us-east-1.yaml": region("10.2.0.0/16", "a/us-east-1", "c/us-east-1"),
    "envs/c/us-east-1.yaml": region("10.3.0.0/16", "b/us-east-1"),
  });
}

const { run } = inSynthesizedProject(project);

test.each<[string, string, readonly string[]]>([
  ["a peer's peer", "c", ["a/us-east-1", "b/us-east-1", "c/us-east-1"]],
  ["a peer", "b", ["a/us-east-1", "b/us-east-1", "c/us-east-1"]],
])(
  "where %s of another environment has another network, a target is made again",
  async (_whose, environmentName, expected) => {
    const file = `envs/${environmentName}/us-east-1.yaml`;
    edit(file, /vpcCidr: (10\.\d)\./.exec(fs.readFileSync(file, "utf8"))?.[1] ?? "", "10.9");
    const made: string[] = [];

    await run({ note: (text) => made.push(...(/^(\S+) is made:/.exec(text)?.slice(1) ?? [])) });
    await run({ out: "fresh", force: true });

    expect(made.sort()).toEqual(expected);
    expect(contents("out")).toEqual(contents("fresh"));
  },
);
