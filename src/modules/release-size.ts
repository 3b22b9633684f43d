import { gzipSync } from "node:zlib";
import { type ChartValues, encodeChartValues } from "./chart-values";
import { ExpectedError } from "../text/errors";

/** A release that Helm could not keep. Our own releases are checked here, once. */
export class ReleaseTooLargeError extends ExpectedError {}

/** Kubernetes, "Secrets": the data of one is at most 1 MiB. Helm keeps a release in one. */
const SECRET_BYTES = 1024 * 1024;

/** What is refused: a quarter is left for the chart itself, and for text that is only known at apply. */
export const RELEASE_LIMIT = (SECRET_BYTES * 3) / 4;

/**
 * About how many bytes Helm stores for a release whose chart prints its values: the values and what they render to,
 * compressed with gzip, as base64 (helm/helm pkg/storage/driver/util.go).
 */
export function storedBytes(values: ChartValues): number {
  const text = encodeChartValues(values);
  return Math.ceil((gzipSync(`${text}\n${text}`, { level: 9 }).length * 4) / 3);
}

/** @throws ReleaseTooLargeError */
export function refuseTooLarge(release: string, values: ChartValues): void {
  const bytes = storedBytes(values);
  if (bytes <= RELEASE_LIMIT) return;
  throw new ReleaseTooLargeError(
    `release ${release} would take ${Math.ceil(bytes / 1024)} KiB of its Secret, more than ${RELEASE_LIMIT / 1024} KiB; split its objects over releases`,
  );
}
