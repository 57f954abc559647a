/* The records that point here: found from the references in meta, so that no entity has to say so. */
import { Link } from 'react-router';
import { useList } from '@/shared/api/hooks';
import { useLabel, useT } from '@/shared/i18n';
import { useEntities } from '@/shared/session';
import { ErrorState, Skeleton } from '@/shared/ui';
import { Cell, cellText, kitOf } from './cells';
import { type EntityMeta, type FieldMeta, fieldOf } from './types';

const SHOWN = 8;
const COLUMNS = 6;

export default function DetailRelated(props: { meta: EntityMeta; id: string; title: string }) {
  const entities = useEntities();
  const found = [...entities.values()].flatMap((entity) =>
    entity.fields
      .filter((field) => field.ref === props.meta.name && field.filter)
      .slice(0, 1)
      .map((field) => ({ entity, field })),
  );
  return (
    <div className="related-all">
      {found.map(({ entity, field }) => (
        <RelatedList key={entity.name} entity={entity} field={field} id={props.id} />
      ))}
    </div>
  );
}

function RelatedList(props: { entity: EntityMeta; field: FieldMeta; id: string }) {
  const t = useT();
  const label = useLabel();
  const { entity, field, id } = props;
  const query = new URLSearchParams({ [field.name]: id, page: '1', size: String(SHOWN) });
  if (entity.list.sort) query.set('sort', entity.list.sort);
  const list = useList(entity.name, query);
  const total = list.data?.total ?? list.data?.items.length ?? 0;
  const columns = entity.list.columns
    .filter((name) => name !== field.name)
    .flatMap((name): FieldMeta | never[] => fieldOf(entity, name) ?? [])
    .slice(0, COLUMNS);
  return (
    <section className={list.data && total === 0 ? 'related none' : 'related'}>
      <header className="related-head">
        <h2>{label(entity.label)}</h2>
        {list.data && total === 0 && <span className="dim">{t('detail.relatedNone')}</span>}
        {total > 0 && (
          <Link to={`/e/${entity.name}?${field.name}=${id}`}>
            {t('detail.relatedAll', { n: total })}
          </Link>
        )}
      </header>
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={2} />}
      {total > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so it must be reachable by keyboard
        <section className="mini-scroll" aria-label={label(entity.label)} tabIndex={0}>
          <table className="mini">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} className={kitOf(column).align}>
                    {label(column.label)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.data?.items.map((row) => (
                <tr key={row.id}>
                  {columns.map((column, i) => (
                    <td key={column.name} className={kitOf(column).align}>
                      {i === 0 ? (
                        <Link to={`/e/${entity.name}/${row.id}`}>
                          {cellText(column, row[column.name], 'zh')}
                        </Link>
                      ) : (
                        <Cell field={column} value={row[column.name]} />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
