import type { Command } from "commander";

/** What may follow a command, by its full name: `octarine config`. */
export interface CommandWords {
  readonly command: string;
  readonly words: readonly string[];
  /** Whether names of targets may follow, which are read when somebody asks. */
  readonly targets: boolean;
}

/** Of a program and all its commands. */
export function wordsOf(command: Command, stacks: readonly string[], before = ""): CommandWords[] {
  const name = `${before}${command.name()}`;
  const takes = new Set(command.registeredArguments.map((each) => each.name()));
  const options = command.options.flatMap((option) => [
    option.long ?? option.short ?? "",
    ...(option.argChoices ?? []),
  ]);
  const words = [
    ...command.commands.map((each) => each.name()),
    ...command.registeredArguments.flatMap((each) => each.argChoices ?? []),
    ...options,
    "--help",
    ...(takes.has("stack") ? stacks : []),
  ];
  return [
    { command: name, words: [...new Set(words)], targets: takes.has("target") || takes.has("environment") },
    ...command.commands.flatMap((each) => wordsOf(each, stacks, `${name} `)),
  ];
}
