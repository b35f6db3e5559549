/** Prints a table: texts to the left in the first column, everything else to the right. */
export function print(columns, lines) {
  const texts = [columns, ...lines.map((line) => line.map(String))];
  const widths = columns.map((_, i) => Math.max(...texts.map((line) => line[i].length)));
  for (const line of texts) {
    console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "));
  }
  console.log();
}
