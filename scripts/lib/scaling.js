// The series scaling-2^N of scripts/bench.sh: seconds by row-steps, the exponent of their growth, and a picture.

const WIDTH = 720;
const HEIGHT = 420;
const PLOT = { left: 72, right: 700, top: 24, bottom: 356 };
const SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The points { log, seconds } among the results of a run, smallest first. */
export function series(results) {
  return results
    .filter((result) => result.case.startsWith("scaling-2^"))
    .map((result) => ({ log: Number(result.case.slice("scaling-2^".length)), ...result }))
    .sort((a, b) => a.log - b.log);
}

/** Line log2(seconds) = exponent * log + offset by least squares, of at least two points. */
export function fit(points) {
  const mean = (f) => points.reduce((sum, point) => sum + f(point), 0) / points.length;
  const y = ({ seconds }) => Math.log2(seconds);
  const [meanX, meanY] = [mean(({ log }) => log), mean(y)];
  const exponent = mean((p) => (p.log - meanX) * (y(p) - meanY)) / mean((p) => (p.log - meanX) ** 2);
  return { exponent, offset: meanY - exponent * meanX };
}

/** Of the whole series, and of its upper half, where what every proof costs weighs less. */
export function fits(points) {
  return { all: fit(points), upper: fit(points.slice(points.length >> 1)) };
}

/** An SVG: both axes logarithmic, the series, and the line through its upper half. */
export function plot(points) {
  const { all, upper } = fits(points);
  const [first, last] = [points[0].log, points.at(-1).log];
  const half = points[points.length >> 1].log;
  const seconds = points.map((point) => point.seconds);
  const low = SECONDS.filter((tick) => tick <= Math.min(...seconds)).at(-1) ?? SECONDS[0];
  const high = SECONDS.find((tick) => tick >= Math.max(...seconds)) ?? SECONDS.at(-1);
  const x = (log) => round(PLOT.left + ((log - first) / (last - first)) * (PLOT.right - PLOT.left));
  const y = (s) => round(PLOT.bottom - (Math.log2(s / low) / Math.log2(high / low)) * (PLOT.bottom - PLOT.top));

  const horizontal = SECONDS.filter((tick) => tick >= low && tick <= high).flatMap((tick) => [
    `<path class="grid" d="M${PLOT.left} ${y(tick)}H${PLOT.right}"/>`,
    `<text x="${PLOT.left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick} s</text>`,
  ]);
  const vertical = points.flatMap(({ log }) => [
    `<path class="grid" d="M${x(log)} ${PLOT.top}V${PLOT.bottom}"/>`,
    `<text x="${x(log)}" y="${PLOT.bottom + 20}" text-anchor="middle">2<tspan class="exponent" dy="-5">${log}</tspan></text>`,
  ]);
  const line = (log) => `${x(log)} ${y(2 ** (upper.exponent * log + upper.offset))}`;
  const drawn = [
    `<path class="fit" d="M${line(half)}L${line(last)}"/>`,
    `<path class="series" d="M${points.map((p) => `${x(p.log)} ${y(p.seconds)}`).join("L")}"/>`,
    ...points.map((p) => `<circle cx="${x(p.log)}" cy="${y(p.seconds)}" r="4"/>`),
  ];
  const exponents = `time grows as row-steps^${all.exponent.toFixed(2)}; upper half ^${upper.exponent.toFixed(2)} (dashed)`;
  const values = points.map((p) => `2^${p.log}: ${p.seconds.toFixed(2)} s`).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">Proving time by row-steps</title>
<desc id="desc">Both axes are logarithmic. Seconds of a TRAIN proof: ${values}; ${exponents}.</desc>
<style>
  svg { color: #1f2328; background: #ffffff; font: 13px system-ui, sans-serif; }
  text { fill: currentColor; }
  path { fill: none; }
  .exponent { font-size: 10px; }
  .grid { stroke: currentColor; stroke-opacity: 0.15; }
  .series { stroke: #0969da; stroke-width: 2; }
  .fit { stroke: currentColor; stroke-opacity: 0.7; stroke-dasharray: 6 4; }
  circle { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    svg { color: #e6edf3; background: #0d1117; }
    .series { stroke: #58a6ff; }
    circle { fill: #58a6ff; }
  }
</style>
${[...horizontal, ...vertical, ...drawn].join("\n")}
<text x="${PLOT.left + 12}" y="${PLOT.top + 20}">${exponents}</text>
<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">row-steps (rows × steps)</text>
<text transform="translate(18 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle">seconds of a proof</text>
</svg>
`;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
