import { isUnknown, text, type Value } from "../../values/value";
import { isIn, parseAddress, parsePrefix } from "../policy/addresses";
import type { Decider } from "../hop";

/** The proxy that a node's user data names, and what is reached without it. */
export interface NodeProxy {
  readonly decider: Decider;
  readonly host: string;
  readonly port: number;
  readonly except: readonly string[];
}

/** As systemd drop-ins and Bottlerocket's settings write it. */
const PROXY = /(?:HTTPS_PROXY=|"?https-proxy"?\s*=\s*")(?:https?:\/\/)?(?:[^@\s"/]*@)?([^\s":/]+):(\d+)/;
const NO_PROXY = /NO_PROXY=([^\s"\\]*)/;
const BOTTLEROCKET_NO_PROXY = /"?no-proxy"?\s*=\s*\[([^\]]*)\]/;

export function proxyOf(userData: Value, decider: Decider): { readonly proxy?: NodeProxy } {
  const script = isUnknown(userData) ? userData.text : text(userData);
  const [, host, port] = PROXY.exec(script) ?? [];
  if (host === undefined) return {};
  const list =
    NO_PROXY.exec(script)?.[1] ?? BOTTLEROCKET_NO_PROXY.exec(script)?.[1]?.replaceAll(/["\s]/g, "") ?? "";
  return {
    proxy: { decider, host, port: Number(port), except: list.split(",").filter((each) => each !== "") },
  };
}

/** By Go's rules, which nodes' containerd and kubelet go by: a name holds all below it (golang.org/x/net/http/httpproxy, Config.NoProxy). */
export function isExcepted(name: string, { except }: NodeProxy): boolean {
  const address = parseAddress(name);
  return except.some((each) => {
    if (address !== undefined) {
      const prefix = parsePrefix(each);
      return prefix !== undefined && isIn(address, prefix);
    }
    const bare = each.replace(/^\*?\./, "");
    return name.endsWith(`.${bare}`) || (name === bare && !each.startsWith("."));
  });
}
