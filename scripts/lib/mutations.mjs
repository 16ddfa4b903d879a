const claims = 'src/server/messages/queries-intents.ts'

/**
 * Ways to break the design, each as edits of the source, and the tests that hold what it breaks. What is looked for must stand in the file exactly once, so
 * that a mutation can't quietly become harmless when the code moves on.
 */
export const mutations = [
  {
    name: 'intent after the send',
    breaks: 'the claim answers before it is committed, and commits 300 ms later',
    tests: ['src/server/messages/claim-intents', 'src/server/sending/worker'],
    edits: [
      {
        file: claims,
        find: 'const { rows } = await sql<ClaimedMessage>',
        replace: 'return committedLater(db, (tx) => sql<ClaimedMessage>',
      },
      {
        file: claims,
        find: 'select * from claimed order by priority, id`.execute(db)\n  return rows\n}',
        replace: `select * from claimed order by priority, id\`.execute(tx))
}

function committedLater<Row>(db: Db, claim: (tx: Db) => Promise<{ rows: Row[] }>): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    db.transaction()
      .execute(async (tx) => {
        resolve((await claim(tx)).rows)
        await new Promise((done) => setTimeout(done, 300))
      })
      .catch(reject)
  })
}`,
      },
    ],
  },
  {
    name: 'resend after 0.3 s',
    breaks: 'an unknown outcome goes back to the queue after 300 ms without evidence',
    tests: ['src/server/messages/record-outcomes', 'src/server/messages/unsettled'],
    edits: [
      {
        file: 'src/server/messages/settle-intents.ts',
        find: 'evidenceWaitMs = 600_000',
        replace: 'evidenceWaitMs = 300',
      },
      {
        file: claims,
        find: `    update messages m
    -- A one-time code that arrives late is worse than none.
    set state = case when m.category = 'AUTHENTICATION' then 'expired' else 'held' end, resolution = 'policy'`,
        replace: `    , again as (
      update messages m set state = 'queued', next_at = now(), resolution = 'policy'`,
      },
      {
        file: claims,
        find: `    from waited w where m.workspace_id = w.workspace_id and m.id = w.id
    returning 1`,
        replace: `    from waited w where m.workspace_id = w.workspace_id and m.id = w.id
      returning m.workspace_id, m.id, m.number_id, m.list_id, m.priority, m.next_at
    )
    insert into send_queue (workspace_id, message_id, number_id, list_id, priority, next_at)
    select workspace_id, id, number_id, list_id, priority, next_at from again
    returning 1`,
      },
      {
        file: claims,
        find: 'c.last_webhook_at > m.unknown_since',
        replace: 'now() > m.unknown_since',
      },
    ],
  },
  {
    name: 'facts without their key',
    breaks: 'a status told twice is written twice',
    tests: ['src/server/messages/apply-statuses'],
    edits: [
      {
        file: 'migrations/0005_messages.sql',
        find: ',\n  primary key (workspace_id, message_id, kind, recipient)\n);',
        replace: '\n);',
      },
    ],
  },
  {
    name: 'commits that may be lost',
    breaks: 'PostgreSQL answers before a commit is on disk (synchronous_commit off)',
    tests: ['src/server/platform/db'],
    edits: [
      {
        file: 'src/server/platform/db/embedded/embedded-postgres.ts',
        find: "synchronous_commit: 'on'",
        replace: "synchronous_commit: 'off'",
      },
    ],
  },
  {
    name: 'sending without a lease',
    breaks: 'a lane goes on with what it claimed, however long ago that was and whoever has its lease',
    tests: ['simulation/simulation'],
    edits: [
      {
        file: 'src/server/sending/lane-sender.ts',
        find: '!lane.isValid() || this.msStopped > 0 || !this.#isFresh(next)',
        replace: 'this.msStopped > 0',
      },
      {
        file: 'src/server/sending/lane-sender.ts',
        find: 'this.#nowMs() - sinceMs <= waitMaxMs',
        replace: 'this.#nowMs() - sinceMs <= 1e6 * waitMaxMs',
      },
      {
        file: 'src/server/sending/lane-sender.ts',
        find: 'this.#options.lane.isValid(quietBeforeEndMs)',
        replace: 'quietBeforeEndMs > 0',
      },
    ],
  },
  {
    name: 'pace of what leaves',
    breaks: 'requests count by when they left, however close together they arrive',
    tests: ['src/server/sending/flow', 'src/server/sending/arrivals', 'simulation/simulation'],
    edits: [
      {
        file: 'src/server/sending/flow.ts',
        find: 'this.#arrivals.countAt(nowMs) >= atOnceMax',
        replace: 'this.#arrivals.countAt(nowMs) > 9 * atOnceMax',
      },
    ],
  },
  {
    name: 'late statements undo what came since',
    breaks: 'the search for intents of a lost claim takes younger claims for lost',
    tests: ['simulation/simulation', 'src/server/sending/unwritten-intents'],
    edits: [
      {
        file: 'src/server/sending/unwritten-intents.ts',
        find: 'const before = await this.#ctx.store.now()',
        replace: 'const before = new Date(8.64e15)',
      },
    ],
  },
  {
    name: 'claim without a lease',
    breaks: 'whoever once had a lane may claim for ever',
    tests: ['src/server/messages/claim-intents', 'src/server/platform/lanes'],
    edits: [
      {
        file: 'src/server/platform/lanes/leases.ts',
        find: 'lease_until > clock_timestamp()\n    for share',
        replace: 'lease_until > clock_timestamp() or true\n    limit 1',
      },
    ],
  },
]
