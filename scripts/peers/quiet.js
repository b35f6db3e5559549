/** Runs a task of a library that prints what nobody needs to see. */
export async function quietly(task) {
  const { log, error } = console;
  console.log = console.error = () => {};
  try {
    return await task();
  } finally {
    Object.assign(console, { log, error });
  }
}
