import { ExpectedError } from "../text/errors";

/** The moments of a schedule: what each field takes, and whether days are narrowed by date, by weekday or by both. */
export interface CronSchedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly daysOfWeek: readonly number[];
  /** A field that starts with `*` or `?` in steps of one. With one of them a day must meet both, else one is enough. */
  readonly anyDayOfMonth: boolean;
  readonly anyDayOfWeek: boolean;
}

/** An expression that the parser refuses. The message says why and what to write. */
export class CronError extends ExpectedError {}

interface Bounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Bounds[] = [
  { name: "minutes", min: 0, max: 59 },
  { name: "hours", min: 0, max: 23 },
  { name: "days of the month", min: 1, max: 31 },
  { name: "months", min: 1, max: 12, names: MONTHS },
  { name: "days of the week", min: 0, max: 6, names: WEEKDAYS },
];

const DESCRIPTORS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** The longest expression that is looked at: six times as long as a list of every minute. */
const LONGEST = 1000;

/**
 * Reads cron as robfig/cron v3.0.1 does (parser.go, ParseStandard): five fields or a descriptor. It is the parser of
 * Karpenter's budgets (sigs.k8s.io/karpenter v1.14.1, pkg/apis/v1/nodepool.go) and of Velero's schedules
 * (vmware-tanzu/velero v1.18.1, pkg/controller/schedule_controller.go).
 *
 * @throws CronError
 */
export function parseCron(text: string): CronSchedule {
  if (text.length > LONGEST)
    throw new CronError(`has ${text.length} characters; write at most ${LONGEST}, in five fields`);
  const spec = text.trim();
  const fieldsOf = Object.hasOwn(DESCRIPTORS, spec) ? DESCRIPTORS[spec] : undefined;
  if (spec.startsWith("@") && fieldsOf === undefined) {
    throw new CronError(`must be five fields or one of ${Object.keys(DESCRIPTORS).join(", ")}`);
  }
  if (/^(CRON_)?TZ=/.test(spec)) throw new CronError("is always in UTC; leave the time zone out");
  const fields = (fieldsOf ?? spec).split(/\s+/);
  if (fields.length !== FIELDS.length) {
    const count = spec === "" ? 0 : fields.length;
    throw new CronError(
      `must have five fields (minute, hour, day of month, month, day of week) and has ${count}; write for example 0 9 * * mon-fri`,
    );
  }
  const [minutes = [], hours = [], daysOfMonth = [], months = [], daysOfWeek = []] = FIELDS.map(
    (bounds, index) => fieldValues(fields[index] ?? "", bounds),
  );
  const schedule: CronSchedule = {
    minutes,
    hours,
    daysOfMonth,
    months,
    daysOfWeek,
    anyDayOfMonth: isAny(fields[2] ?? ""),
    anyDayOfWeek: isAny(fields[4] ?? ""),
  };
  if (!hasMoment(schedule)) throw new CronError("never comes: no such day exists; write another date");
  return schedule;
}

function fieldValues(field: string, bounds: Bounds): readonly number[] {
  const values = field.split(",").flatMap((range) => (range === "" ? [] : rangeValues(range, bounds)));
  return [...new Set(values)].sort((a, b) => a - b);
}

function isAny(field: string): boolean {
  return field.split(",").some((range) => /^[*?](-[^/]*)?(\/\+?0*1)?$/.test(range));
}

function rangeValues(range: string, bounds: Bounds): readonly number[] {
  const { name, min, max } = bounds;
  const wrong = (reason: string) => new CronError(`has ${range} in its ${name}; ${reason}`);
  const [bare = "", stepText, ...furtherSteps] = range.split("/");
  const [low = "", high, ...furtherEnds] = bare.split("-");
  const isStar = low === "*" || low === "?";
  if (furtherSteps.length > 0 || (furtherEnds.length > 0 && !isStar)) {
    throw wrong(`write one range and one step, such as ${min}-${max}/2`);
  }
  const step = stepText === undefined ? 1 : whole(stepText);
  if (step === undefined || step === 0) throw wrong("write a step of at least 1, such as */2");
  const start = isStar ? min : numberOf(low, bounds);
  // One number with a step goes on to the end: 10/15 is 10, 25, 40, 55. A star takes no end.
  const end =
    isStar || (stepText !== undefined && high === undefined)
      ? max
      : high === undefined
        ? start
        : numberOf(high, bounds);
  if (start === undefined || end === undefined) {
    throw wrong(`write numbers from ${min} to ${max}${bounds.names ? ` or ${bounds.names.join(", ")}` : ""}`);
  }
  if (start < min || end > max) {
    throw wrong(`write numbers from ${min} to ${max}${name === "days of the week" ? ", Sunday is 0" : ""}`);
  }
  if (start > end) throw wrong(`a range must rise, so write its two ends as a list: ${parts(bounds, bare)}`);
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return values;
}

/** `fri-mon` as two ranges that rise. */
function parts({ min, max, names }: Bounds, range: string): string {
  const [low = "", high = ""] = range.split("-");
  const [first, last] =
    /^\d/.test(low) || names === undefined ? [`${min}`, `${max}`] : [names[0], names.at(-1)];
  return `${low}-${last},${first === high.toLowerCase() ? high : `${first}-${high}`}`;
}

function numberOf(text: string, { names, min }: Bounds): number | undefined {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  return index >= 0 ? index + (min === 1 ? 1 : 0) : whole(text);
}

function whole(text: string): number | undefined {
  return /^\+?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function hasMoment(schedule: CronSchedule): boolean {
  const { minutes, hours, daysOfMonth, months, daysOfWeek, anyDayOfMonth, anyDayOfWeek } = schedule;
  if (minutes.length === 0 || hours.length === 0 || months.length === 0) return false;
  const byDate = months.some((month) => daysOfMonth.some((day) => day <= (MOST_DAYS[month - 1] ?? 0)));
  const byWeekday = daysOfWeek.length > 0;
  return anyDayOfMonth || anyDayOfWeek ? byDate && byWeekday : byDate || byWeekday;
}

const MINUTES_OF_DAY = 24 * 60;
/** From a leap year's start to that of the next: every date comes with a few of its weekdays. */
const [FIRST_DAY, LAST_DAY] = [Date.UTC(2028, 0, 1), Date.UTC(2032, 11, 31)];
const DAY_MILLISECONDS = MINUTES_OF_DAY * 60_000;

/** The longest time between two moments of a schedule, in minutes. */
export function longestGapMinutes(schedule: CronSchedule): number {
  const times = schedule.hours.flatMap((hour) => schedule.minutes.map((minute) => hour * 60 + minute));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  let longest = times.reduce((gap, time, index) => Math.max(gap, time - (times[index - 1] ?? time)), 0);
  let before: number | undefined;
  for (let at = FIRST_DAY; at <= LAST_DAY; at += DAY_MILLISECONDS) {
    if (!isDay(schedule, new Date(at))) continue;
    const day = at / 60_000;
    if (before !== undefined) longest = Math.max(longest, day + first - (before + last));
    before = day;
  }
  return longest;
}

function isDay(schedule: CronSchedule, date: Date): boolean {
  if (!schedule.months.includes(date.getUTCMonth() + 1)) return false;
  const byDate = schedule.daysOfMonth.includes(date.getUTCDate());
  const byWeekday = schedule.daysOfWeek.includes(date.getUTCDay());
  return schedule.anyDayOfMonth || schedule.anyDayOfWeek ? byDate && byWeekday : byDate || byWeekday;
}
