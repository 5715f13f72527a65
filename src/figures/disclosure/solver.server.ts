import loadHighs from 'highs'
import type { Range, Solver, System } from './system.ts'

/**
 * The linear programs of the bounds audit, by HiGHS (docs/decisions/014). One model per system; from one objective to the
 * next the solver keeps its basis.
 * @throws Error when a system has no solution: published tables contradict one another
 */
export async function openSolver(): Promise<Solver> {
  const highs = await loadHighs()
  const { optimal, unbounded } = highs.constants.modelStatus
  const { minimize, maximize } = highs.constants.objectiveSense
  const model = highs.createModel()
  const load = ({ upper, rows }: System) => {
    model.clear()
    model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' })
    for (const max of upper) model.addVar(0, max)
    for (const { unknowns, coefficients, equals } of rows)
      model.addRow(equals, equals, { indices: unknowns, values: coefficients })
    const met = upper.map((): Range => ({ min: Infinity, max: -Infinity }))
    /** Value at the optimum, or null where there is none. */
    const solve = (unknown: number, sense: typeof minimize): number | null => {
      model.changeObjectiveSense(sense)
      model.run()
      // A kept basis may lead the simplex astray: then once more from nothing.
      if (model.getModelStatus() !== optimal && model.getModelStatus() !== unbounded) {
        model.clearSolver()
        model.run()
      }
      const status = model.getModelStatus()
      if (status === unbounded) return null
      if (status !== optimal)
        throw new Error(`the published tables have no common solution (status ${status}, unknown ${unknown})`)
      const { colValue } = model.getSolution()
      for (const [i, range] of met.entries()) {
        const value = colValue[i]!
        if (value < range.min) range.min = value
        if (value > range.max) range.max = value
      }
      return colValue[unknown]!
    }
    return (unknown: number, enough: number): Range => {
      const known = met[unknown]!
      if (known.max - known.min >= enough) return known
      model.changeColCost(unknown, 1)
      const max = solve(unknown, maximize)
      // Counts have a floor: without a ceiling the other end need not be asked.
      const min = max === null ? 0 : solve(unknown, minimize)
      model.changeColCost(unknown, 0)
      return { min: min ?? 0, max: max ?? Infinity }
    }
  }
  return { load }
}
