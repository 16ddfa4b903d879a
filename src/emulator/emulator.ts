import type { Callbacks } from './callbacks/callbacks.ts'
import type { Timetable } from './callbacks/timetable.ts'
import type { Journal } from './journal/journal.ts'
import type { LiveFeed } from './live-feed.ts'
import type { World } from './world/world.ts'

/** What every part of the emulator is given: the state, and the three ways things come out of it. */
export interface Emulator {
  readonly world: World
  readonly callbacks: Callbacks
  readonly timetable: Timetable
  readonly live: LiveFeed
  /** Absent: nothing outlives the process. */
  readonly journal: Journal | undefined
  /** Where the emulator listens, known once it does. */
  readonly url: () => string
}
