import type { AccountConfig } from "../config/schema/account";

/** Host of the OIDC issuer whose tokens a CI job carries. */
export function ciHost(ci: NonNullable<AccountConfig["ci"]>): string {
  switch (ci.kind) {
    case "github":
      return "token.actions.githubusercontent.com";
    case "gitlab":
      return ci.host;
  }
}
