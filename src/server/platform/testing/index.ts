export { type HeldClock, heldClock } from './held-clock.ts'
export { type SeededWorkspace, seedWorkspace } from './seed-workspace.ts'
export { type TestContextOptions, testCtx } from './test-context.ts'
export { type TestDatabase, testDatabase } from './test-database.ts'
