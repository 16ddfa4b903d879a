import { useLayoutEffect, useRef } from 'react'

interface ThreadScroll {
  /** Changes when older messages were put on top. */
  firstKey: string | undefined
  /** Changes when something new stands at the end. */
  lastKey: string | undefined
  /** Called near the top: time to read older messages. */
  onTop: () => void
}

const nearPx = 160

/** Opens at the end, stays there while new messages come, and keeps its place when older ones are put on top. */
export function useThreadScroll({ firstKey, lastKey, onTop }: ThreadScroll) {
  const ref = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const heightBefore = useRef(0)
  const shownFirst = useRef<string | undefined>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys say when the content changed
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    const hasOlder = shownFirst.current !== undefined && shownFirst.current !== firstKey
    if (isAtEnd.current) box.scrollTop = box.scrollHeight
    else if (hasOlder) box.scrollTop += box.scrollHeight - heightBefore.current
    heightBefore.current = box.scrollHeight
    shownFirst.current = firstKey
  }, [firstKey, lastKey])

  // Pictures and opened details make the thread grow without a new message.
  useLayoutEffect(() => {
    const box = ref.current
    const content = box?.firstElementChild
    if (!box || !content) return
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight
      heightBefore.current = box.scrollHeight
    })
    observer.observe(content)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  const onScroll = () => {
    const box = ref.current
    if (!box) return
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx / 2
    if (box.scrollTop < nearPx) onTop()
  }
  return { ref, onScroll }
}
