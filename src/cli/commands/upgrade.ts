import type { Command } from "commander";
import { fitSettings } from "../../model/fit-settings";
import { selectTarget } from "../../fleet/select-targets";
import type { Target } from "../../model/target";
import { installs } from "../../model/used-components";
import { components } from "../../components/components";
import { isOneOf } from "../../releases/pins";
import { minorNames, type ReleaseName } from "../../releases/names";
import { minorOfRelease, planUpgrade, type UpgradeHop } from "../../releases/upgrade/plan";
import { checkedFleet } from "../checked-fleet";
import { releaseName } from "../release-name";
import { print, printJson } from "../terminal";
import { upgradeText } from "../upgrade-text";

export function upgrade(name: string, options: { to: string; json?: boolean }, command: Command): void {
  const to = releaseName(options.to);
  const target = selectTarget(checkedFleet(command), name);
  const hops = hopsOf(target, to);
  if (options.json) return printJson("upgrade", { target: target.name, from: target.release.name, to, hops });
  print(upgradeText(target, to, hops));
}

function hopsOf({ config }: Target, to: ReleaseName): UpgradeHop[] {
  const { kubernetes, nodes, ...overrides } = config.versions;
  const held = kubernetes?.version;
  const behind = nodes?.version;
  return planUpgrade({
    from: {
      release: config.release,
      kubernetes: held !== undefined && isOneOf(minorNames, held) ? held : minorOfRelease(config.release),
      ...(behind !== undefined && isOneOf(minorNames, behind) && { nodes: behind }),
    },
    to,
    overrides,
    settings: fitSettings(config),
    absent: components.filter((each) => !installs(each, config)),
  });
}
