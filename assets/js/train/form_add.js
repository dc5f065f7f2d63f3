// Variants that come from another place into the comparison of the form, beside those that are there.

// the variants with more of them, each with a name of its own
export function withMore(variants, more) {
  const names = new Set(variants.map((one) => one.name));
  const found = more.map((one) => {
    let {name} = one;
    for (let i = 2; names.has(name); i += 1) name = `${one.name} ${i}`;
    names.add(name);
    return {...one, name};
  });
  return [...variants, ...found];
}
