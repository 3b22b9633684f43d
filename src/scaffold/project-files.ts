import type { Choices } from "./choices";
import { text } from "./yaml-text";

/** The version of cdktf's command line that its library goes with. */
const CDKTF = "0.21.0";

/** What a new repository has beside `envs`, by path. */
export function projectFiles({ environment, regions }: Choices): Record<string, string> {
  const [region = ""] = regions;
  return {
    "cdktf.json": json({
      language: "typescript",
      app: "npx tsx main.ts",
      projectId: "octarine",
      sendCrashReports: "false",
      output: "cdktf.out",
    }),
    "main.ts": text(
      'import { runApp } from "octarine";',
      "",
      "// The app that cdktf runs (cdktf.json). `npx octarine synth` writes the same bytes. Stacks, guardrails and changes of your",
      "// own go into octarine.config.ts, which both read: node_modules/octarine/docs/extend.md.",
      "await runApp();",
    ),
    "tsconfig.json": json({
      compilerOptions: {
        target: "ES2022",
        module: "nodenext",
        strict: true,
        skipLibCheck: true,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: ["node"],
      },
      exclude: ["cdktf.out"],
    }),
    ".gitignore": text("node_modules", "cdktf.out*/", ".terraform/", "*.tfstate", "*.tfstate.*"),
    ".vscode/settings.json": json({
      "yaml.schemas": {
        "./node_modules/octarine/schema/target.schema.json": [
          "envs/*.yaml",
          "envs/*/*.yaml",
          "!envs/*/*.adopt.yaml",
        ],
        "./node_modules/octarine/schema/adopt.schema.json": "envs/*/*.adopt.yaml",
        "./node_modules/octarine/schema/workload.schema.json": "envs/*/workloads/*.yaml",
      },
    }),
    ".vscode/extensions.json": json({ recommendations: ["redhat.vscode-yaml"] }),
    "README.md": readme(`${environment}/${region}`, environment),
  };
}

/** What `package.json` has to say; what is in one already stays as it is. */
export function packageFields(version: string): Record<string, unknown> {
  return {
    private: true,
    type: "module",
    scripts: {
      synth: "npx octarine synth",
      test: "npx octarine config validate && npx octarine check",
    },
    dependencies: { cdktf: CDKTF, constructs: "10.7.2", octarine: version },
    devDependencies: { "@types/node": "20.19.43", tsx: "4.23.15", typescript: "5.9.3" },
  };
}

/** The fields of one beneath those of another, whose values win; maps of both are merged. */
export function mergedFields(
  given: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = { ...given };
  for (const [name, value] of Object.entries(fields)) {
    const known = given[name];
    if (known === undefined) merged[name] = value;
    else if (isRecord(known) && isRecord(value)) merged[name] = { ...value, ...known };
  }
  return merged;
}

/** What `npm init` writes for want of an answer. */
const NO_TEST = 'echo "Error: no test specified" && exit 1';

/**
 * A package.json without what `npm init` put there for want of an answer: a test that fails, and CommonJS, which neither main.ts nor
 * octarine.config.ts can be.
 *
 * @param hasCode whether there is code by the format of modules that it says
 */
export function withoutPlaceholders(
  given: Readonly<Record<string, unknown>>,
  hasCode: boolean,
): Record<string, unknown> {
  const { scripts } = given;
  if (!isRecord(scripts) || scripts.test !== NO_TEST) return given;
  const kept = Object.entries(given).filter(
    ([name, value]) => name !== "type" || value !== "commonjs" || hasCode,
  );
  const { test: _, ...others } = scripts;
  return { ...Object.fromEntries(kept), scripts: others };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readme(target: string, environment: string): string {
  return `# Platform

One YAML file per environment and region in \`envs\`; [Octarine](node_modules/octarine/README.md) makes Terraform of it.

\`\`\`console
$ npm install
$ npm test
$ npx octarine synth
$ npx octarine report --out report.html
\`\`\`

Commit \`package-lock.json\`: a CI installs by it. Its files come from \`npx octarine ci\` (node_modules/octarine/docs/ci.md).

With credentials that may assume the account's deploy role:

\`\`\`console
$ npx octarine bootstrap ${environment}
$ npx octarine plan ${target}
$ npx octarine deploy ${target}
\`\`\`

Add more by \`npx octarine add target ${environment}/REGION\` and the like (\`npx octarine add --help\`). What each key means an editor with a YAML
language server shows, and \`npx octarine config explain ${target}\` what each value comes from. To run cdktf itself:
\`npm install --save-dev cdktf-cli@${CDKTF}\`, then \`npx cdktf synth\`.
`;
}
