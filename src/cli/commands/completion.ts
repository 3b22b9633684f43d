import type { Command } from "commander";
import { allStacks } from "../../model/stacks/own-stacks";
import { completionScript, type Shell } from "../completion/scripts";
import { wordsOf } from "../completion/words";
import { print } from "../terminal";

export function completion(shell: Shell, _options: unknown, command: Command): void {
  const root = command.parent ?? command;
  print(completionScript(shell, wordsOf(root, allStacks())).trimEnd());
}
