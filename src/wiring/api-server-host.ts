import { Fn } from "cdktf";

/** The API server's host name, without scheme. */
export function apiServerHost(endpoint: string): string {
  return Fn.trimprefix(endpoint, "https://");
}
