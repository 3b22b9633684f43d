import { InvalidArgumentError } from "commander";

/** The value of `--timeout`. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("write a number of seconds above 0");
  return value;
}
