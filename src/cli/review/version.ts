import { version } from "../../../package.json";

/** Version of this program, for reports. */
export function octarineVersion(): string {
  return version;
}
