import { numberId, type WorkspaceId } from '../../../contract/index.ts'
import type { Db } from '../../platform/index.ts'
import { setListGate } from '../../sending/index.ts'
import { type Gate, gateOf, type ListRow } from './list.ts'
import { updateWait } from './queries.ts'
import { listIdOf } from './record-list-event.ts'

/** Opens the gate of a running list as far as its hours allow, and notes what it waits for otherwise. */
export async function openGate(
  db: Db,
  workspaceId: WorkspaceId,
  { list, now }: { list: ListRow; now: Date },
): Promise<Gate> {
  const gate = gateOf(list, now)
  await writeGate(db, workspaceId, { list, sendsUntil: gate.open ? gate.sendsUntil : null })
  await updateWait(db, workspaceId, list.id, gate.open ? null : { reason: gate.reason, until: gate.until })
  return gate
}

export function shutGate(db: Db, workspaceId: WorkspaceId, list: ListRow): Promise<void> {
  return writeGate(db, workspaceId, { list, sendsUntil: null })
}

async function writeGate(
  db: Db,
  workspaceId: WorkspaceId,
  { list, sendsUntil }: { list: ListRow; sendsUntil: Date | null },
): Promise<void> {
  await setListGate(db, workspaceId, {
    list_id: listIdOf(list),
    number_id: numberId.parse(list.number_id),
    weight: list.weight,
    sends_until: sendsUntil,
  })
}
