import type { LanesCtx, Leases, Live, Secrets } from '../platform/index.ts'
import type { Channel } from '../providers/index.ts'
import type { LaneStore } from './lane-store.ts'

/** The surroundings of lanes: nothing here reaches further than lanes do, so a simulation can stand in for all of it. */
export interface LaneCtx extends LanesCtx {
  leases: Leases
  store: LaneStore
  channel: Pick<Channel, 'send'>
  secrets: Pick<Secrets, 'mac'>
  live: Pick<Live, 'changed'>
}
