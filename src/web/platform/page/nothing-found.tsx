import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { EmptyState } from './empty-state.tsx'

interface NothingFoundProps {
  title: string
  text: string
  /** The words on the button that takes the filters away. */
  clear: string
  onClear: () => void
}

/** Where a list would be, when the filters leave nothing of it. */
export function NothingFound({ title, text, clear, onClear }: NothingFoundProps) {
  return (
    <EmptyState
      boxed
      icon={IconSearch}
      title={title}
      text={text}
      action={
        <Button variant="default" onClick={onClear}>
          {clear}
        </Button>
      }
    />
  )
}
