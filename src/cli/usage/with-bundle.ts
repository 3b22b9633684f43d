import { Command } from "commander";

/** An action that takes everything from the bundle of `--offline`, where one is named; it is looked at before anything else is done. */
export function withBundle<Given extends unknown[]>(
  act: (...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const command = given.find((each) => each instanceof Command);
    const offline = command?.opts<{ offline?: string }>().offline;
    if (offline !== undefined) await (await import("../offline/use-bundle")).useBundle(offline);
    await act(...given);
  };
}
