/* What the three generic pages share: the entity of the address, its override and its slots. */
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { useParams } from 'react-router';
import { useT } from '@/shared/i18n';
import { useEntity } from '@/shared/session';
import { EmptyState, PageSkeleton } from '@/shared/ui';
import { type Override, overrides, type Slots } from './overrides';
import type { EntityMeta } from './types';

type Kind = 'List' | 'Detail' | 'Form';
const own = new Map<string, ComponentType>();

function ownPage(entity: string, kind: Kind): ComponentType | undefined {
  const load = (overrides[entity] as Override | undefined)?.[kind];
  if (!load) return undefined;
  const key = `${entity}/${kind}`;
  if (!own.has(key)) own.set(key, lazy(load));
  return own.get(key);
}

export function EntityPage(props: { kind: Kind; children: (meta: EntityMeta) => ReactNode }) {
  const t = useT();
  const { entity = '' } = useParams();
  const meta = useEntity(entity);
  if (!meta) {
    return (
      <div className="card">
        <EmptyState title={t('state.forbiddenTitle')} text={t('state.forbiddenText')} />
      </div>
    );
  }
  const Own = ownPage(entity, props.kind);
  if (Own) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Own />
      </Suspense>
    );
  }
  return props.children(meta);
}

const NO_SLOTS: Slots = {};

export function useSlots(entity: string): Slots {
  const load = overrides[entity]?.slots;
  const { data } = useQuery({
    queryKey: ['meta', 'slots', entity],
    queryFn: async () => (load ? (await load()).default : NO_SLOTS),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: load !== undefined,
  });
  return data ?? NO_SLOTS;
}
