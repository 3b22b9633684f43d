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
  return storedBytesOf(encodeChartValues(values));
}

function storedBytesOf(text: string): number {
  return Math.ceil((gzipSync(`${text}\n${text}`, { level: 9 }).length * 4) / 3);
}

/**
 * What that is at most, however badly the text compresses: most releases are far below the limit, and are not compressed to see that.
 * Deflate adds no more than a 4096th and a few bytes (madler/zlib deflate.c, deflateBound), gzip 18 bytes.
 */
export function mostStoredBytes(text: string): number {
  const bytes = 2 * Buffer.byteLength(text) + 1;
  return Math.ceil(((bytes + Math.ceil(bytes / 2048) + 64) * 4) / 3);
}

/** @throws ReleaseTooLargeError */
export function refuseTooLarge(release: string, values: ChartValues): void {
  const text = encodeChartValues(values);
  if (mostStoredBytes(text) <= RELEASE_LIMIT) return;
  const bytes = storedBytesOf(text);
  if (bytes <= RELEASE_LIMIT) return;
  throw new ReleaseTooLargeError(
    `release ${release} would take ${Math.ceil(bytes / 1024)} KiB of its Secret, more than ${RELEASE_LIMIT / 1024} KiB; split its objects over releases`,
  );
}
