// The least a test needs: `test` says what holds, `equal` compares two values in depth. Run by test_modules.py.

const tests = [];

export const test = (name, body) => tests.push({name, body});

export function equal(actual, expected) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(plain(value)));
  if (is !== should) throw new Error(`${is} is not ${should}`);
}

// to so many digits
export function near(actual, expected, digits = 9) {
  if (Math.abs(actual - expected) > 10 ** -digits) throw new Error(`${actual} is not near ${expected}`);
}

// {name: what went wrong, or null}
export async function run() {
  const results = {};
  for (const {name, body} of tests) {
    try {
      await body(); // one after the other: they share the page's words
      results[name] = null;
    } catch (error) {
      results[name] = String(error.stack || error);
    }
  }
  return results;
}

// what JSON would lose: undefined, numbers that are none, sets and maps; names in one order
function plain(value) {
  if (value === undefined) return "undefined";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Set) return ["Set", ...[...value].map(plain)];
  if (value instanceof Map) return ["Map", ...[...value].map(plain)];
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, plain(value[name])]),
  );
}
