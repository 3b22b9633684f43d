import fs from "node:fs";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What each room of src may import beside itself and src/text; docs/architecture.md has it as a table and a picture (npm run docs). */
const rooms = JSON.parse(fs.readFileSync(new URL("tools/architecture/rooms.json", import.meta.url), "utf8"));

/** Files of a part of a room, as globs: the records within the folders of components. */
const filesOf = ({ of, files }) => files.map((each) => `src/${of}/${each}`);
/** Files that a room has for itself: all of its folder but those of its parts. */
const targetOf = (name) => {
  if (rooms[name].of !== undefined) return filesOf(rooms[name]).map((each) => `./${each}`);
  const parts = Object.values(rooms).filter(({ of }) => of === name);
  const taken = parts.flatMap(({ files }) => files.filter((each) => each.startsWith("*/")));
  const names = taken.map((each) => each.slice(2).replace(/\.ts$/, ""));
  return names.length === 0 ? [`./src/${name}`] : [`./src/${name}/*/!(${names.join("|")}).ts`];
};
const folderOf = (name) => rooms[name]?.of ?? name;

const layers = [
  ...Object.entries(rooms)
    .filter(([, { imports }]) => imports !== "all")
    .flatMap(([name, { imports, types = [] }]) => {
      const mine = [name, "text", ...imports, ...types];
      const target = targetOf(name);
      const folders = {
        target,
        from: "./src",
        except: [...new Set(mine.map(folderOf))].map((each) => `./${each}`),
      };
      // Of a room whose parts it may import it may import those alone.
      const parts = mine.filter((each) => rooms[each]?.of !== undefined && !mine.includes(rooms[each].of));
      return [
        folders,
        ...[...new Set(parts.map(folderOf))].map((folder) => ({
          target,
          from: `./src/${folder}/**`,
          except: parts.flatMap((each) => filesOf(rooms[each])).map((each) => `**/${each}`),
        })),
      ];
    }),
  { target: "./src", from: "./__tests__" },
];

/** What a room may import of others by its types alone: it needs none of it when it runs. */
const typesOnly = Object.values(rooms)
  .filter(({ types }) => types !== undefined)
  .map((room) => ({
    files: filesOf(room),
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: room.types.map((each) => `**/${each}/**`),
              allowTypeImports: true,
              message: "Only its types: records are read before there is a configuration.",
            },
          ],
        },
      ],
    },
  }));

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
      "dist/",
      // A package of its own: it only has the settings of VitePress.
      "website/",
      // A package with dependencies and checks of its own (npm run check).
      "examples/service/",
      // A user's repository, checked as one (__tests__/package).
      "examples/extend/",
      // As the template of cdktf has it, which is what it is for.
      "bench/naive/",
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
  pure(
    [
      "src/config/**/*.ts",
      "src/releases/**/*.ts",
      "src/model/**/*.ts",
      "src/checks/**/*.ts",
      "src/fleet/**/*.ts",
    ],
    ["cdktf", "@cdktf/*", "constructs"],
  ),
  pure(filesOf(rooms.settings), ["cdktf", "@cdktf/*", "constructs", "yaml", "fs", "node:*"]),
  pure(filesOf(rooms.records), ["cdktf", "@cdktf/*", "constructs", "zod", "yaml", "fs", "node:*"]),
  ...typesOnly,
  pure(["src/plan-review/**/*.ts"], ["cdktf", "@cdktf/*", "zod", "fs", "node:fs"]),
  pure(
    ["src/guardrails/rules/**/*.ts", "src/guardrails/read/**/*.ts"],
    ["cdktf", "@cdktf/*", "constructs", "zod", "fs", "node:fs"],
  ),
  {
    files: ["src/modules/**/*.ts", "src/components/**/*.ts", "src/stacks/**/*.ts"],
    rules: { "no-restricted-globals": ["error", "process"] },
  },
  {
    // Data are read once (src/model); whoever fills in "" or 0 for what is absent handles it anew, and where it must be there
    // hides that it is not (`present` of src/text/errors.ts).
    files: ["model", "checks", "modules", "components", "stacks"].map((room) => `src/${room}/**/*.ts`),
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: 'LogicalExpression[operator=/[?]{2}|[|]{2}/][right.raw=/^(""|0)$/]',
          message: "Say what is meant: `present` where it is always there, a union where it is a choice.",
        },
      ],
    },
  },
  { files: ["src/modules/registry/**/*.ts"], rules: { "max-lines": "off" } },
);
