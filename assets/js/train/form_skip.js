// Whether rows that can't be read are left out of a form's data.

const named = (data) => (typeof data === "string" ? {name: data} : data);

const choices = (data) => (Array.isArray(data) ? data : [data]).map(named);

function told(choice, skip) {
  const {skip_bad: _, ...rest} = choice;
  if (skip) return {...rest, skip_bad: true};
  return Object.keys(rest).length === 1 ? rest.name : rest;
}

const changed = (data, skip) => {
  const all = choices(data).map((choice) => told(choice, skip));
  return Array.isArray(data) ? all : all[0];
};

export const skipsBad = (data) => choices(data || []).some((choice) => choice.skip_bad);

// in all data that the form names: its own, its variants' and their stages'
export function skipBad(fields, skip) {
  const stages = fields.variants.flatMap((variant) => [variant, ...(variant.stages || [])]);
  for (const part of [fields, ...stages]) if (part.data) part.data = changed(part.data, skip);
}
