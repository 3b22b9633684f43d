import { InvalidArgumentError } from "commander";

/** A TCP port that a program may listen on. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw new InvalidArgumentError("It must be a port from 1 to 65535.");
  return port;
}
