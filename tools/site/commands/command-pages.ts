import type { Argument, Command, Option } from "commander";
import { program } from "../../../src/cli/program";
import { mentionsOf } from "../mentions";
import { yamlOf } from "../keys/type-text";
import { prose, sentence } from "../prose";
import type { SitePage } from "../site-page";
import { type Example, exampleBlocks, examplesOf } from "./command-examples";
import { allCodes, ownCodes } from "./exit-codes";

/** A page for every command, and one that lists them: from what the program itself takes. */
export function commandPages(docs: readonly SitePage[]): SitePage[] {
  const root = program();
  const commands = leaves(root);
  const facts: Facts = { docs, names: commands.map(nameOf), examples: docs.flatMap(examplesOf) };
  return [
    indexPage(root, commands, docs),
    ...commands.map((command) => ({
      path: `reference/commands/${fileOf(command)}`,
      text: `${commandText(command, facts).join("\n\n")}\n`,
    })),
  ];
}

interface Facts {
  readonly docs: readonly SitePage[];
  readonly names: readonly string[];
  readonly examples: readonly Example[];
}

/** Commands that do something by themselves; the others are there for what is below them. */
export function leaves(command: Command): Command[] {
  const isLeaf = command.commands.length === 0 || command.registeredArguments.length > 0;
  return [...(isLeaf ? [command] : []), ...command.commands.flatMap(leaves)];
}

/** Without the program's own: `config validate`. */
export function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

const fileOf = (command: Command): string => `${nameOf(command).replace(/ /g, "-")}.md`;

function indexPage(root: Command, commands: readonly Command[], docs: readonly SitePage[]): SitePage {
  const list = commands.map(
    (command) =>
      `- [\`${nameOf(command)}\`](./${fileOf(command)}): ${prose(sentence(command.description()), docs)}`,
  );
  const text = [
    "# Every command",
    "What `npx octarine` takes. `--help` behind any of them shows the same in a terminal.",
    list.join("\n"),
    "## Options of every command",
    "They stand before the command's name: `npx octarine --envs examples/envs list`.",
    root.options.map((each) => optionLine(each, docs)).join("\n"),
    "## Exit codes",
    codeLines(allCodes),
    "Some commands have a reason of their own for a code; their pages say so.",
  ];
  return { path: "reference/commands/index.md", text: `${text.join("\n\n")}\n` };
}

function commandText(command: Command, { docs, names, examples }: Facts): string[] {
  const name = nameOf(command);
  const { registeredArguments: taken, options } = command;
  const needed = options.filter(({ mandatory }) => mandatory).map(({ flags }) => flags);
  const pages = mentionsOf(docs, new RegExp(`octarine ${name}\\b`, "g"));
  const codes = ownCodes[name];
  return [
    `# \`${name}\``,
    prose(sentence(command.description()), docs),
    `Usage: \`npx octarine\` \`${[name, ...taken.map(argumentText), ...needed].join(" ")}\``,
    ...(pages.length === 0 ? [] : [`Read on: ${pages.join(", ")}.`]),
    ...part(
      "Arguments",
      taken.map((each) => `- \`${argumentText(each)}\`: ${sentence(prose(each.description, docs))}`),
    ),
    ...part(
      "Options",
      options.filter(({ hidden }) => !hidden).map((each) => optionLine(each, docs)),
    ),
    ...part("Examples", exampleBlocks(name, names, examples), "\n\n"),
    "## Exit codes",
    ...(codes === undefined ? [] : [codeLines(codes)]),
    codes === undefined
      ? "Those of [every command](./index.md#exit-codes)."
      : "Beside them those of [every command](./index.md#exit-codes).",
  ];
}

const part = (title: string, parts: readonly string[], between = "\n"): string[] =>
  parts.length === 0 ? [] : [`## ${title}`, parts.join(between)];

function argumentText(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionLine(option: Option, docs: readonly SitePage[]): string {
  const { flags, description: says, argChoices = [], mandatory } = option;
  const byDefault: unknown = option.defaultValue;
  const hasDefault = byDefault !== undefined && byDefault !== false && !says.includes("default");
  const facts = [
    ...(mandatory ? ["Required."] : []),
    ...(argChoices.length === 0 ? [] : [`One of ${argChoices.map((each) => `\`${each}\``).join(", ")}.`]),
    ...(hasDefault ? [`Default: \`${yamlOf(byDefault)}\`.`] : []),
  ];
  return `- \`${flags}\`: ${[sentence(prose(says, docs)), ...facts].join(" ")}`;
}

function codeLines(codes: Readonly<Record<string, string>>): string {
  return Object.entries(codes)
    .map(([code, means]) => `- ${code}: ${means}`)
    .join("\n");
}
