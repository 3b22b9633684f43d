import { resourcesOf } from "../components/chart";
import { factsOfChart } from "../components/components";
import { type ChartValues, mergeValues } from "./chart-values";

/** Values of a chart by which each of its containers asks for CPU and memory; none of a chart that is not the platform's. */
export function requestValues(chart: string): ChartValues {
  return (factsOfChart(chart)?.requests ?? []).reduce<ChartValues>(
    (values, { path, ...requests }) => mergeValues(values, nested(path, resourcesOf(requests))),
    {},
  );
}

function nested([first, ...rest]: readonly string[], value: ChartValues): ChartValues {
  return first === undefined ? value : { [first]: nested(rest, value) };
}
