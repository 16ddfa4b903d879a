const claims = 'src/server/messages/queries-intents.ts'

/**
 * Ways to break the design, each as edits of the source. What is looked for must stand in the file exactly once, so
 * that a mutation can't quietly become harmless when the code moves on.
 */
export const mutations = [
  {
    name: 'intent after the send',
    breaks: 'the claim answers before it is committed, and commits 300 ms later',
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
    edits: [
      {
        file: 'src/server/messages/settle-intents.ts',
        find: 'evidenceWaitMs = 600_000',
        replace: 'evidenceWaitMs = 300',
      },
      {
        file: claims,
        find: "set state = case when m.category = 'AUTHENTICATION' then 'expired' else 'held' end, resolution = 'policy'",
        replace: "set state = 'queued', next_at = now(), resolution = 'policy'",
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
    edits: [
      {
        file: 'migrations/0005_messages.sql',
        find: 'primary key (workspace_id, message_id, kind, recipient),\n  foreign key (workspace_id, message_id) references messages',
        replace: 'foreign key (workspace_id, message_id) references messages',
      },
    ],
  },
  {
    name: 'commits that may be lost',
    breaks: 'PostgreSQL answers before a commit is on disk (synchronous_commit off)',
    edits: [
      {
        file: 'src/server/platform/db/embedded/embedded-postgres.ts',
        find: "synchronous_commit: 'on'",
        replace: "synchronous_commit: 'off'",
      },
    ],
  },
  {
    name: 'claim without a lease',
    breaks: 'whoever once had a lane may claim for ever',
    edits: [
      {
        file: 'src/server/platform/lanes/leases.ts',
        find: 'lease_until > clock_timestamp()\n    for share',
        replace: 'lease_until > clock_timestamp() or true\n    limit 1',
      },
    ],
  },
]
