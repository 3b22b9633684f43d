import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Imports go one way: envs -> config -> stacks -> modules. docs/architecture.md has the same table; a test compares them. */
const layers = [
  { target: "./src/text", from: "./src", except: ["./text"] },
  { target: "./src/ip-capacity", from: "./src", except: ["./ip-capacity", "./text", "./facts"] },
  { target: "./src/facts", from: "./src", except: ["./facts", "./text"] },
  { target: "./src/cost", from: "./src", except: ["./cost", "./text", "./facts"] },
  { target: "./src/diagram", from: "./src", except: ["./diagram", "./text"] },
  { target: "./src/releases", from: "./src", except: ["./releases", "./text", "./facts"] },
  { target: "./src/plan-review", from: "./src", except: ["./plan-review", "./text"] },
  { target: "./src/network-acls", from: "./src", except: ["./network-acls", "./text"] },
  {
    target: "./src/config",
    from: "./src",
    except: ["./config", "./text", "./cost", "./ip-capacity", "./network-acls", "./facts", "./releases"],
  },
  { target: "./src/guardrails", from: "./src", except: ["./guardrails", "./text", "./facts"] },
  {
    target: "./src/readiness",
    from: "./src",
    except: ["./readiness", "./text", "./guardrails", "./config", "./ip-capacity"],
  },
  { target: "./src/modules", from: "./src", except: ["./modules", "./text", "./network-acls", "./facts"] },
  {
    target: "./src/stacks",
    from: "./src",
    except: [
      "./stacks",
      "./text",
      "./modules",
      "./ip-capacity",
      "./network-acls",
      "./facts",
      "./releases",
      "./config",
    ],
  },
  {
    target: "./src/synth",
    from: "./src",
    except: ["./synth", "./text", "./stacks", "./config", "./guardrails", "./readiness", "./facts"],
  },
  {
    target: "./src/report",
    from: "./src",
    except: [
      "./report",
      "./text",
      "./synth",
      "./stacks",
      "./config",
      "./guardrails",
      "./readiness",
      "./diagram",
      "./cost",
      "./ip-capacity",
      "./releases",
      "./facts",
    ],
  },
  { target: "./src/ci", from: "./src", except: ["./ci", "./text", "./stacks", "./config"] },
  { target: "./src", from: "./__tests__" },
];
/** Packages that a layer must do without, so that it stays a pure function of its input. */
const pure = (files, names) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          { group: names, message: "This layer is a pure function of its input (docs/architecture.md)." },
          {
            regex: "^@cdktf/provider-[a-z]+(/lib)?(/index)?$",
            message: "Import the submodule, not the index.",
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      ".gen/",
      "node_modules/",
      "cdktf.out*/",
      "coverage/",
      // A package with dependencies and checks of its own (npm run check).
      "examples/service/",
      "**/*.mjs",
      "**/*.js",
      "**/*.cjs",
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".js", ".json"] } } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: layers, basePath: import.meta.dirname }],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^@cdktf/provider-[a-z]+(/lib)?(/index)?$",
              message: "Import the submodule, not the index.",
            },
          ],
        },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "max-lines": ["error", { max: 300 }],
      "no-new": "off",
    },
  },
  pure(
    ["src/ip-capacity/**/*.ts", "src/cost/**/*.ts", "src/diagram/**/*.ts", "src/facts/**/*.ts"],
    ["cdktf", "zod", "yaml", "fs", "node:fs", "node:*"],
  ),
  pure(["src/config/**/*.ts", "src/releases/**/*.ts"], ["cdktf", "@cdktf/*", "constructs"]),
  pure(["src/plan-review/**/*.ts"], ["cdktf", "@cdktf/*", "zod", "fs", "node:fs"]),
  pure(
    ["src/guardrails/rules/**/*.ts", "src/guardrails/read/**/*.ts"],
    ["cdktf", "@cdktf/*", "constructs", "zod", "fs", "node:fs"],
  ),
  {
    files: ["src/modules/**/*.ts", "src/stacks/**/*.ts"],
    rules: { "no-restricted-globals": ["error", "process"] },
  },
  { files: ["src/modules/registry/**/*.ts"], rules: { "max-lines": "off" } },
);
