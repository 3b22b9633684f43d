import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const folder = __dirname;

const prelude = `
import { TerraformStack, Token } from "cdktf";
import { EksModule, type EksInputs } from "../../../src/modules/registry/eks";
import { EksManagedNodeGroupModule } from "../../../src/modules/registry/eks-managed-node-group";
import { EksPodIdentityModule } from "../../../src/modules/registry/eks-pod-identity";
import { VpcModule } from "../../../src/modules/registry/vpc";
declare const stack: TerraformStack;
`;

const accepted: Readonly<Record<string, string>> = {
  "an add-on": `new EksModule(stack, "eks", { name: "a", addons: { coredns: { addon_version: "v1", timeouts: { create: "5m" } } } });`,
  "an input that cdktf types itself": `new EksModule(stack, "eks", { subnetIds: ["a"], enableIrsa: true, tags: { a: "b" } });`,
  "dependsOn, providers and forEach": `new EksModule(stack, "eks", { dependsOn: [new EksModule(stack, "b", {})], providers: [], forEach: undefined });`,
  "a token for a boolean, a list, an object and a whole map": `
    const token = Token.asAny("x");
    new EksModule(stack, "eks", { addons: { a: { preserve: token, timeouts: token, pod_identity_association: token } }, accessEntries: token });`,
  "string and list tokens": `new EksModule(stack, "eks", { encryptionConfig: { provider_key_arn: Token.asString("x"), resources: Token.asList("x") } });`,
  "a frozen list inside an object": `
    const groups = ["a", "b"] as const;
    new EksModule(stack, "eks", { accessEntries: { ci: { principal_arn: "x", kubernetes_groups: groups } } });`,
  "a list of objects as an input": `new EksPodIdentityModule(stack, "p", { policyStatements: [{ actions: ["a"], resources: ["*"] }] });`,
};

const refused: Readonly<Record<string, readonly [snippet: string, message: string]>> = {
  "a misspelt attribute of an add-on": [
    `new EksModule(stack, "eks", { addons: { coredns: { addon_verison: "v1" } } });`,
    "'addon_verison' does not exist in type 'EksAddon'",
  ],
  "cdktf's spelling instead of Terraform's": [
    `new EksModule(stack, "eks", { addons: { coredns: { addonVersion: "v1" } } });`,
    "'addonVersion' does not exist in type 'EksAddon'",
  ],
  "a wrong attribute two objects down": [
    `new EksModule(stack, "eks", { addons: { coredns: { timeouts: { remove: "5m" } } } });`,
    "'remove' does not exist in type",
  ],
  "a wrong attribute in an access entry's policy": [
    `new EksModule(stack, "eks", { accessEntries: { ci: { principal_arn: "x", policy_associations: { a: { policy_arn: "p", access_scope: { kind: "cluster" } } } } } });`,
    "'kind' does not exist in type",
  ],
  "a missing attribute": [
    `new EksModule(stack, "eks", { accessEntries: { ci: { type: "STANDARD" } } });`,
    "Property 'principal_arn' is missing in type",
  ],
  "text for a number": [
    `new EksModule(stack, "eks", { eksManagedNodeGroups: { main: { min_size: "3" } } });`,
    "Type 'string' is not assignable to type 'number'",
  ],
  "text for a boolean": [
    `new EksModule(stack, "eks", { addons: { coredns: { preserve: "yes" } } });`,
    "Type 'string' is not assignable to type 'boolean | IResolvable",
  ],
  "an input that the module does not have": [
    `new EksModule(stack, "eks", { clusterName: "a" });`,
    "'clusterName' does not exist in type 'EksInputs'",
  ],
  "a wrong attribute in inputs built apart": [
    `const inputs: EksInputs = { upgradePolicy: { supportType: "STANDARD" } }; new EksModule(stack, "eks", inputs);`,
    "'supportType' does not exist in type",
  ],
  "a wrong attribute of a node group's disk": [
    `new EksManagedNodeGroupModule(stack, "n", { blockDeviceMappings: { root: { ebs: { volumeSize: 50 } } } });`,
    "'volumeSize' does not exist in type",
  ],
  "a wrong attribute in a list": [
    `new EksPodIdentityModule(stack, "p", { policyStatements: [{ action: ["a"] }] });`,
    "'action' does not exist in type 'EksPodIdentityPolicyStatement'",
  ],
  "an object where a list belongs": [
    `new VpcModule(stack, "v", { flowLogCloudwatchIamRoleConditions: { test: "a", variable: "b", values: [] } });`,
    "VpcFlowLogCloudwatchIamRoleCondition[]",
  ],
};

const sources = new Map<string, string>([
  ...Object.entries(accepted).map(([name, snippet]) => [fileOf(name), prelude + snippet] as const),
  ...Object.entries(refused).map(([name, [snippet]]) => [fileOf(name), prelude + snippet] as const),
]);
let program: ts.Program;

beforeAll(() => {
  program = programOf(sources);
}, 120_000);

test.each(Object.keys(accepted))("accepts %s", (name) => {
  expect(errorsIn(name)).toEqual([]);
});

test.each(Object.entries(refused))("does not compile %s", (name, [, message]) => {
  const errors = errorsIn(name);

  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(message);
});

function fileOf(name: string): string {
  return join(folder, `${name.replace(/\W+/g, "-")}.snippet.ts`);
}

function errorsIn(name: string): string[] {
  const file = program.getSourceFile(fileOf(name));
  if (file === undefined) throw new Error(`no snippet "${name}"`);
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** Compiles sources that exist in memory only, with the project's own compiler options. */
function programOf(inMemory: ReadonlyMap<string, string>): ts.Program {
  const configPath = join(folder, "../../../tsconfig.json");
  const config = ts.parseJsonConfigFileContent(
    { ...readConfig(configPath), include: [], files: [] },
    ts.sys,
    join(folder, "../../.."),
  );
  const options = {
    ...config.options,
    incremental: false,
    tsBuildInfoFile: undefined,
    noUnusedLocals: false,
  };
  const host = ts.createCompilerHost(options);
  const fileExists = (path: string): boolean => inMemory.has(path) || existsSync(path);
  const readFile = (path: string): string | undefined => inMemory.get(path) ?? ts.sys.readFile(path);
  return ts.createProgram([...inMemory.keys()], options, {
    ...host,
    fileExists,
    readFile,
    getSourceFile: (path, languageVersion) => {
      const text = readFile(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion);
    },
  });
}

function readConfig(path: string): object {
  const config: unknown = ts.parseConfigFileTextToJson(path, readFileSync(path, "utf8")).config;
  if (typeof config !== "object" || config === null) throw new Error(`${path} holds no object`);
  return config;
}
