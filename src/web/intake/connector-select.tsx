import { useTranslation } from 'react-i18next'
import { useConnectors } from '../connectors/connectors.ts'
import { FilterSelect } from '../platform/page/filter-select.tsx'

interface ConnectorSelectProps {
  value: string | undefined
  onChange: (id: string | undefined) => void
}

export function ConnectorSelect({ value, onChange }: ConnectorSelectProps) {
  const { t } = useTranslation('intake')
  const { data: connectors = [] } = useConnectors()
  return (
    <FilterSelect
      label={t('column.connector')}
      all={t('allConnectors')}
      options={connectors.map(({ id, name }) => ({ value: id, label: name }))}
      value={connectors.find(({ id }) => id === value)?.id}
      onChange={onChange}
      width={200}
    />
  )
}
