import { isSpanContextValid, trace } from "@opentelemetry/api";
import { destination, type Logger, pino, stdTimeFunctions } from "pino";

export type Log = Logger;

/** One JSON object per line on stdout; lines written within a span carry its ids. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
      },
    },
    // Written at once, so that no line is lost when the process ends.
    destination({ fd: 1, sync: true }),
  );
}
