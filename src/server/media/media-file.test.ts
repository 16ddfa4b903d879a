import { describe, expect, it } from 'vitest'
import { mediaHeaders } from './media-file.ts'

const headersOf = (file: { mime_type?: string | null; file_name?: string | null }) =>
  mediaHeaders({ mime_type: null, file_name: null, ...file })

describe('T38 headers of a stranger’s file', () => {
  it.each([
    ['image/png', 'image/png', 'inline'],
    ['audio/ogg; codecs=opus', 'audio/ogg', 'inline'],
    ['IMAGE/JPEG', 'image/jpeg', 'inline'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['application/pdf', 'application/octet-stream', 'attachment'],
    ['image/png\r\nset-cookie: a=b', 'application/octet-stream', 'attachment'],
    [null, 'application/octet-stream', 'attachment'],
  ])('%s is served as %s, %s', (mime_type, type, disposition) => {
    expect(headersOf({ mime_type })).toMatchObject({
      'content-type': type,
      'content-disposition': disposition,
    })
  })

  it('keep a name, without what could end the header or leave the folder', () => {
    expect(headersOf({ file_name: '../a"b\r\nñ (1).pdf' })['content-disposition']).toBe(
      "attachment; filename*=UTF-8''.._a%22b__%C3%B1%20%281%29.pdf",
    )
  })
})
