import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import type { InstalledRecord } from "../../components/component";
import { installed } from "../../components/components";
import { selectTarget } from "../../fleet/select-targets";
import { overlaps, parseCidr } from "../../ip-capacity/cidr";
import type { Fleet, Target } from "../../model/target";
import type { Choices } from "../../scaffold/choices";
import { hasSetting, likeTarget, withSetting, workloadFile } from "../../scaffold/edit-target";
import { environmentFile, regionFile } from "../../scaffold/target-files";
import { unknownName } from "../../text/nearest";
import { checkedFleet } from "../checked-fleet";
import { refuseEnvironmentName } from "../environment-name";
import { envsDir } from "../fleet-options";
import { UsageError } from "../report-error";
import { writeValid } from "../write-valid";

export function addTarget(name: string, given: { like?: string; vpcCidr?: string }, command: Command): void {
  const [environment = "", region = "", ...more] = name.split("/");
  if (environment === "" || region === "" || more.length > 0)
    throw new UsageError(`${name} is not a target; write for example prod/eu-west-1`);
  const fleet = checkedFleet(command);
  const first = fleet.targets.find((each) => each.environment === environment);
  if (given.like === undefined && first === undefined)
    throw new UsageError(
      `${environment} has no target to be like; add the environment, or name one by --like`,
    );
  const like = selectTarget(fleet, given.like ?? first?.name ?? "");
  const text = fs.readFileSync(like.file, "utf8");
  writeValid(command, {
    [`${environment}/${region}.yaml`]: likeTarget(text, {
      from: like.region,
      region,
      vpcCidr: given.vpcCidr ?? freeRange(fleet),
    }),
  });
}

type EnvironmentOptions = Pick<Choices, "account" | "cni" | "egress" | "size"> & { readonly region: string };

export function addEnvironment(environment: string, given: EnvironmentOptions, command: Command): void {
  refuseEnvironmentName(environment, "");
  const { region, ...choices } = given;
  const all = { ...choices, environment, regions: [region] };
  writeValid(command, {
    [`${environment}/environment.yaml`]: environmentFile(all),
    [`${environment}/${region}.yaml`]: regionFile(all, region, freeRange(checkedFleet(command))),
  });
}

export function addWorkload(
  environment: string,
  name: string,
  given: { image: string; namespace: string; port: number },
  command: Command,
): void {
  writeValid(command, {
    [`${environment}/workloads/${name}.yaml`]: workloadFile(given.namespace, given.image, given.port),
  });
}

export function addComponent(
  name: string,
  component: string,
  given: { with: string },
  command: Command,
): void {
  const target = selectTarget(checkedFleet(command), name);
  const { settings, isUsed } = componentOf(component, target);
  const text = fs.readFileSync(target.file, "utf8");
  if (hasSetting(text, settings)) throw new UsageError(`${target.file} has ${settings.join(".")} already`);
  if (given.with === "{}" && isUsed(target.config))
    throw new UsageError(
      `${target.name} installs ${component} already; --with writes settings into ${settings.join(".")}`,
    );
  writeValid(command, { [inEnvs(command, target)]: withSetting(text, settings, given.with) }, [target.file]);
}

type Optional = Required<Pick<InstalledRecord, "name" | "isUsed" | "settings">>;

/** A component of which a configuration says something, by its name or its key. */
function componentOf(component: string, { config }: Target): Optional {
  const all: readonly InstalledRecord[] = installed;
  const optional = all.flatMap(({ name, isUsed, settings }) =>
    settings === undefined ? [] : [{ name, isUsed, settings }],
  );
  const found = optional.find(({ name, settings }) => name === component || settings.join(".") === component);
  if (found !== undefined) return found;
  const missing = optional.filter(({ isUsed }) => !isUsed(config)).map(({ name }) => name);
  throw new UsageError(unknownName(component, "a component that a target can switch on", missing));
}

function inEnvs(command: Command, { file }: Target): string {
  return path.relative(envsDir(command), file);
}

/** The first /16 that overlaps no range of a target. */
function freeRange({ targets }: Fleet): string {
  const taken = targets.flatMap(({ vpcCidrs }) => vpcCidrs);
  for (let second = 0; second < 256; second++) {
    const text = `10.${second}.0.0/16`;
    if (taken.every((each) => !overlaps(each, parseCidr(text)))) return text;
  }
  throw new UsageError("10.0.0.0/8 is full; name a range by --vpc-cidr");
}
