import { scopes, workspaceId } from '../../../contract/index.ts'
import type { Actor } from '../../platform/index.ts'

/** Whoever can run commands beside the hub may do everything there; the audit log tells that it was a command. */
export function operatorOf(id: string): Actor {
  return {
    kind: 'system',
    id: 'cli',
    workspaceId: workspaceId.parse(id),
    role: 'owner',
    scopes: [...scopes],
    name: 'Command line',
  }
}
