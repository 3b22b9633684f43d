import { gatewayApiKey } from "../../components/gateway-api/record";
import { readGatewayApi } from "../../model/vendored-bundle";
import type { TargetCheck } from "../finding";

/** Cilium's operator needs the definitions before it starts, and Istio before there are routes: synth needs their file. */
export const gatewayApiCheck: TargetCheck = ({ config, release }) => {
  const path = gatewayApiKey(config);
  if (path === undefined) return [];
  const { version, override } = release.gatewayApi;
  const bundle = readGatewayApi(version);
  if (!("problem" in bundle)) return [];
  const choice = override === undefined ? `--release ${release.name}` : `--bundle ${version}`;
  return [
    {
      path,
      message: `${bundle.problem}; run npx octarine vendor gateway-api ${choice} and commit the file`,
    },
  ];
};
