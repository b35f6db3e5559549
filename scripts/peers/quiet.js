/** Runs a task of a library that prints what nobody needs to see. */
export async function quietly(task) {
  const { log, debug, error } = console;
  console.log = console.debug = console.error = () => {};
  try {
    return await task();
  } finally {
    Object.assign(console, { log, debug, error });
  }
}
