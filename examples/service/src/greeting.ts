import { setTimeout as sleep } from "node:timers/promises";

/** A request that its client must change; the message is for the client. */
export class InvalidRequest extends Error {}

const MAX_NAME_LENGTH = 100;

export interface Greeter {
  /** Greets by a name of 1 to 100 characters; throws InvalidRequest for another, and AbortError on `signal`. */
  readonly greet: (name: string, signal: AbortSignal) => Promise<string>;
}

export function createGreeter(delayMs: number): Greeter {
  return {
    async greet(name, signal) {
      const trimmed = name.trim();
      if (trimmed.length === 0 || trimmed.length > MAX_NAME_LENGTH) {
        throw new InvalidRequest(`name has ${trimmed.length} characters; give 1 to ${MAX_NAME_LENGTH}`);
      }
      if (delayMs > 0) await sleep(delayMs, undefined, { signal });
      return `Hello ${trimmed}`;
    },
  };
}
