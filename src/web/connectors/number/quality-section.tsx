import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NumberDetail } from '../../../contract/index.ts'
import { TimeText } from '../../platform/format/time-text.tsx'
import { Section } from '../../platform/page/section.tsx'
import { StateBadge } from '../../platform/state/state-badge.tsx'

/** How people take what the number sends, and what follows from it. */
export function QualitySection({ number }: { number: NumberDetail }) {
  const { t } = useTranslation('connectors')
  const { quality_rating: quality, last_outbound_at: lastOut, last_inbound_at: lastIn } = number
  return (
    <Section
      title={t('numberPage.quality.title')}
      actions={<StateBadge state={quality} />}
      text={t(`numberPage.quality.${quality}`)}
    >
      <Group gap="4px 28px">
        <Text size="sm" c="dimmed">
          {t('numberPage.quality.lastOut')}:{' '}
          {lastOut ? <TimeText at={lastOut} look="relative" /> : t('never')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('numberPage.quality.lastIn')}: {lastIn ? <TimeText at={lastIn} look="relative" /> : t('never')}
        </Text>
      </Group>
    </Section>
  )
}
