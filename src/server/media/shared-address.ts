import { type MediaId, mediaId, type WorkspaceId } from '../../contract/index.ts'
import { type Ctx, isEqual } from '../platform/index.ts'

const validMs = 24 * 3_600_000

/** Where a provider that takes no uploads fetches a file of ours; good for a day, and for this file only. */
export function sharedAddress(
  { config, secrets, clock }: Pick<Ctx, 'config' | 'secrets' | 'clock'>,
  workspaceId: WorkspaceId,
  id: MediaId,
): string {
  const until = clock.now().getTime() + validMs
  const mac = secrets.mac(markOf(workspaceId, id, until))
  return `${config.publicUrl}/shared/media/${id}?workspace=${workspaceId}&until=${until}&mac=${encodeURIComponent(mac)}`
}

export function maySee(
  { secrets, clock }: Pick<Ctx, 'secrets' | 'clock'>,
  shared: { workspace: WorkspaceId; id: string; until: number; mac: string },
): boolean {
  const id = mediaId.parse(shared.id)
  const isRight = isEqual(secrets.mac(markOf(shared.workspace, id, shared.until)), shared.mac)
  return isRight && shared.until > clock.now().getTime()
}

/** Named, so that a tag made for something else opens no file. */
function markOf(workspaceId: WorkspaceId, id: MediaId, until: number): string {
  return `shared-media:${workspaceId}:${id}:${until}`
}
