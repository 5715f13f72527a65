// Reporter of the test runner: its last line says in plain words how many tests passed.
export default class ClosingLine {
  onTestRunEnd(modules) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules)
      for (const test of module.children.allTests()) counts[test.result().state] += 1
    const broken = modules.filter(
      (m) => m.state() === 'failed' && [...m.children.allTests()].every((t) => t.result().state !== 'failed'),
    )
    const skipped = counts.skipped + counts.pending
    process.stdout.write(
      `\n${counts.passed} passed, ${counts.failed + broken.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
    )
  }
}
