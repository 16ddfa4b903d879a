import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { Command } from 'commander'
import { list } from '../../../contract/index.ts'
import { type Recount, recountLists } from '../../hubs/index.ts'
import { ConfigError } from '../../platform/index.ts'
import type { ApiBody, ApiClient } from './api-client.ts'
import { showProgress } from './progress.ts'
import { type ApiOptions, addApiOptions, withApi } from './with-api.ts'
import { withContext } from './with-context.ts'

export function addListsCommand(program: Command): void {
  const lists = program.command('lists').description('lists of recipients')
  addApiOptions(lists.command('upload'))
    .description('upload a file of recipients to a hub and print the id of the list')
    .argument('<hub>', 'id of the hub')
    .argument('<file>', 'a CSV file')
    .action((hub: string, file: string, options: ApiOptions) =>
      withApi(options, (api) => uploadList(api, hub, file)),
    )
  lists
    .command('recount')
    .description('count every started list anew from its rows, and mend what differs')
    .action(() => withContext(async (ctx) => printRecount(await recountLists(ctx))))
}

function printRecount({ lists, repaired }: Recount): void {
  for (const { list_id, differences } of repaired) {
    for (const { bucket, reason, n } of differences) {
      console.log(`${list_id}  ${reason ? `${bucket} (${reason})` : bucket}  ${n > 0 ? '+' : ''}${n}`)
    }
  }
  console.error(`${lists} lists counted, ${repaired.length} repaired.`)
}

async function uploadList(api: ApiClient, hub: string, file: string): Promise<void> {
  const body = await openUpload(file)
  const made = await api.post(`/hubs/${encodeURIComponent(hub)}/lists`, list, body)
  let current = made
  while (current.state === 'importing') {
    await new Promise((resolve) => setTimeout(resolve, 500))
    current = await api.get(`/lists/${made.id}`, list)
  }
  console.error(
    `${current.name}: ${current.rows} rows, ${current.state}. Match and start it in the browser or by the API.`,
  )
  console.log(current.id)
}

/** The file as multipart, streamed: it may be larger than the memory. */
async function openUpload(file: string): Promise<ApiBody> {
  const info = await stat(file).catch(() => null)
  if (!info?.isFile()) throw new ConfigError(`${file} is not a file that can be read.`)
  const boundary = 'parley-upload-5f0c9a6d2b7e4813'
  const name = basename(file).replaceAll('"', '%22')
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const progress = showProgress(basename(file), info?.size ?? 0)
    yield head
    for await (const chunk of createReadStream(file)) {
      progress.add(chunk.length)
      yield chunk
    }
    yield tail
    progress.end()
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: head.length + info.size + tail.length,
    stream: Readable.from(chunks()),
  }
}
