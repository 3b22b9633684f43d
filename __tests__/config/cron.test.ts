import { CronError, longestGapMinutes, parseCron } from "../../src/config/cron";

/**
 * What github.com/robfig/cron/v3 v3.0.1 made of each, run: cron.ParseStandard("TZ=UTC " + expression), then Next. It is
 * what sigs.k8s.io/karpenter v1.14.1 calls for a budget (pkg/apis/v1/nodepool.go, IsActive); 40,000 random expressions
 * were held against it likewise.
 */
const ACCEPTED = [
  "0 9 * * mon-fri",
  "0 9 * * MON,Wed",
  "30 10 * * 0,6",
  "*/15 * ? * ?",
  "10/15 0-23/2 1,15 jan-dec *",
  "@daily",
  "@annually",
  "0 0 29 2 *",
  "0 0 31 2 mon",
  "0 0 1 1 ,",
  "08 +3 * * *",
  "0 0 * * *-9",
];
const REFUSED: readonly [string, string][] = [
  ["30 10 * * 1-7", "has 1-7 in its days of the week; write numbers from 0 to 6, Sunday is 0"],
  ["0 0 * * 7", "has 7 in its days of the week; write numbers from 0 to 6, Sunday is 0"],
  ["0 24 * * *", "has 24 in its hours; write numbers from 0 to 23"],
  ["60 * * * *", "has 60 in its minutes; write numbers from 0 to 59"],
  ["0 0 0 * *", "has 0 in its days of the month; write numbers from 1 to 31"],
  ["0 0 * 13 *", "has 13 in its months; write numbers from 1 to 12"],
  [
    "0 0 * * fri-mon",
    "has fri-mon in its days of the week; a range must rise, so write its two ends as a list: fri-sat,sun-mon",
  ],
  [
    "0 0 * * mon-sun",
    "has mon-sun in its days of the week; a range must rise, so write its two ends as a list: mon-sat,sun",
  ],
  ["0 22-6 * * *", "has 22-6 in its hours; a range must rise, so write its two ends as a list: 22-23,0-6"],
  ["*/0 * * * *", "has */0 in its minutes; write a step of at least 1, such as */2"],
  ["1-2-3 * * * *", "has 1-2-3 in its minutes; write one range and one step, such as 0-59/2"],
  ["0 0 L * *", "has L in its days of the month; write numbers from 1 to 31"],
  [
    "0 0 * * monday",
    "has monday in its days of the week; write numbers from 0 to 6 or sun, mon, tue, wed, thu, fri, sat",
  ],
  [
    "0 0 * *",
    "must have five fields (minute, hour, day of month, month, day of week) and has 4; write for example 0 9 * * mon-fri",
  ],
  [
    "0 0 0 * * *",
    "must have five fields (minute, hour, day of month, month, day of week) and has 6; write for example 0 9 * * mon-fri",
  ],
  [
    "@Daily",
    "must be five fields or one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly",
  ],
  // Accepted, and then Next finds no time, which Karpenter takes for a budget that always holds.
  ["0 0 31 2 *", "never comes: no such day exists; write another date"],
  ["0 0 30 2 ?", "never comes: no such day exists; write another date"],
  ["0 , * * *", "never comes: no such day exists; write another date"],
];

test.each(ACCEPTED)("takes %s, as Karpenter and Velero do", (expression) => {
  expect(() => parseCron(expression)).not.toThrow();
});

test.each(REFUSED)("refuses %s, as they do", (expression, message) => {
  expect(() => parseCron(expression)).toThrow(new CronError(message));
});

test.each([
  ["@hourly", 60],
  ["0 9 * * *", 24 * 60],
  ["0 9 * * mon-fri", 3 * 24 * 60],
  ["0 8,20 * * *", 12 * 60],
  ["0 0 1 * *", 31 * 24 * 60],
])("knows the longest wait of %s", (expression, minutes) => {
  expect(longestGapMinutes(parseCron(expression))).toBe(minutes);
});
