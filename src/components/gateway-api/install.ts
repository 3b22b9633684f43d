import { readGatewayApi } from "../../model/vendored-bundle";
import { Fault } from "../../text/errors";
import type { Installing } from "../installing";
import { GatewayApiDefinitions } from "./gateway-api-definitions";

export function installGatewayApi({ scope, target, need }: Installing): GatewayApiDefinitions {
  need("helm", "time");
  const bundle = readGatewayApi(target.release.gatewayApi.version);
  // The checks have refused it before (src/checks/cni/gateway-api.ts).
  if ("problem" in bundle) throw new Fault(bundle.problem);
  return new GatewayApiDefinitions(scope, "gateway-api", { objects: bundle.objects });
}
