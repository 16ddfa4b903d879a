import { sql } from 'kysely'
import type { ListId } from '../../src/contract/index.ts'
import { applyStatus, type StatusKind, writeOpaqueTag } from '../../src/server/messages/index.ts'
import { seedNumber } from '../../src/server/messages/testing/index.ts'
import { type Ctx, databaseLeases, type Lane } from '../../src/server/platform/index.ts'
import { testCtx } from '../../src/server/platform/testing/index.ts'
import { databaseStore } from '../../src/server/sending/lane-store.ts'
import type { LaneNumber } from '../../src/server/sending/run-number-lane.ts'
import { StoreModel } from '../model/store-model.ts'
import { type HeldDatabase, heldDatabase } from './held-database.ts'
import { mirror } from './mirror.ts'

type Seed = Awaited<ReturnType<typeof seedNumber>>

/** The statements on PostgreSQL and their model, with the same rows and the same time. */
export interface Pair {
  database: HeldDatabase
  model: StoreModel
  store: ReturnType<typeof databaseStore>
  leases: ReturnType<typeof databaseLeases>
  nowMs(): number
  advance(ms: number): Promise<void>
  /** Runs a change on both; `text` is for PostgreSQL. */
  change(text: string, values: readonly unknown[], onModel: () => void): Promise<void>
  tellStatus(told: Told): Promise<[database: string, model: string]>
  addDirect(isReply: boolean): Promise<void>
  laneOf(owner: string, epoch: number): Lane
  seed: Seed
  /** The number of the seed, as lanes name it. */
  number: LaneNumber
  listIds: readonly ListId[]
}

export interface Told {
  external_id: string
  kind: StatusKind
  recipient: string
  tag: { message_id: string; attempt: number } | null
}

const startsAtMs = Date.UTC(2026, 0, 5, 10)

export async function openPair(): Promise<Pair> {
  const database = await heldDatabase()
  const ctx = await testCtx({ database })
  let nowMs = startsAtMs
  await database.moveTo(nowMs)
  const seed = await seedNumber(ctx)
  const lists = [
    await seed.addList({ recipients: 12, category: 'UTILITY' }),
    await seed.addList({ recipients: 6, category: 'MARKETING' }),
    await seed.addList({ recipients: 4, category: 'AUTHENTICATION' }),
  ]
  await sql`insert into sending_policies (workspace_id, utility_unknown, changed_at)
    values (${seed.workspaceId}, 'resend', '2026-01-01')`.execute(ctx.db.worker)
  const model = new StoreModel(() => nowMs, 86_400_000)
  await mirror(database, model, seed)
  return {
    database,
    model,
    store: databaseStore(ctx),
    leases: databaseLeases(ctx.db.worker),
    nowMs: () => nowMs,
    advance: async (ms) => {
      nowMs += ms
      await database.moveTo(nowMs)
    },
    change: async (text, values, onModel) => {
      await database.rows(text, values)
      onModel()
    },
    tellStatus: async (told) => [
      await tellDatabase(ctx, seed, told, nowMs),
      model.applyStatus({ ...told, number_id: seed.numberId }),
    ],
    addDirect: async (isReply) => {
      const contact = await seed.addContact()
      if (isReply) await seed.openWindow(contact)
      await seed.addMessage({
        contact_id: contact,
        priority: isReply ? 0 : 1,
        type: isReply ? 'text' : 'template',
      })
      await mirror(database, model, seed)
    },
    laneOf: (owner, epoch) => ({
      kind: 'sending',
      key: seed.numberId,
      owner,
      epoch,
      isValid: () => true,
      signal: new AbortController().signal,
    }),
    seed,
    number: { workspaceId: seed.workspaceId, numberId: seed.numberId },
    listIds: lists.map((list) => list.listId),
  }
}

async function tellDatabase(ctx: Ctx, seed: Seed, told: Told, nowMs: number): Promise<string> {
  const { workspaceId, numberId } = seed
  const opaque = told.tag === null ? null : writeOpaqueTag(ctx.secrets, numberId, told.tag)
  const fact = {
    kind: 'status' as const,
    waba_id: null,
    phone_number_id: null,
    external_id: told.external_id,
    whatsapp_id: null,
    status: told.kind,
    recipient: told.recipient,
    recipient_user_id: null,
    at: new Date(nowMs),
    opaque,
    error: null,
    pricing: null,
    conversation: null,
  }
  return applyStatus(ctx, workspaceId, numberId, fact, null)
}
