/**
 * JINGUO_INSTANT=2019-12-31T15:59:30Z lets a run begin at that instant: every clock of the program goes on from there (not the
 * database's). Without it, nothing happens.
 */
const begun = process.env['JINGUO_INSTANT']
if (begun !== undefined) {
  const Real = Date
  const shift = Real.parse(begun) - Real.now()
  globalThis.Date = new Proxy(Real, {
    construct: (target, given: unknown[]) =>
      given.length === 0 ? new target(target.now() + shift) : Reflect.construct(target, given),
    apply: (target) => new target(target.now() + shift).toString(),
    get: (target, name) =>
      name === 'now' ? () => target.now() + shift : (Reflect.get(target, name) as unknown),
  })
}
