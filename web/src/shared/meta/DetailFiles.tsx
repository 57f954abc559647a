import { CloudUploadOutlined, DownloadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { api } from '@/shared/api/client';
import { formatBytes, formatInstant } from '@/shared/format';
import { useT } from '@/shared/i18n';
import { EmptyState, ErrorState, errorText, Skeleton } from '@/shared/ui';
import { personName } from './cells';

interface FileItem {
  id: string;
  name: string;
  category?: string | null;
  size: number;
  content_type: string;
  version: number;
  at: string;
  by: unknown;
  thumbnail?: boolean | string | null;
}

const MAX_BYTES = 50 * 1024 * 1024;

export default function DetailFiles(props: { entity: string; id: string; mayAdd: boolean }) {
  const t = useT();
  const { message } = App.useApp();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState('');
  const key = ['files', props.entity, props.id];
  const list = useQuery({
    queryKey: key,
    queryFn: () => api.get<{ items: FileItem[] }>(`/api/${props.entity}/${props.id}/files`),
  });

  const send = async (files: Iterable<File>) => {
    for (const file of files) {
      if (file.size > MAX_BYTES) {
        message.error(t('file.tooLarge', { name: file.name }));
        continue;
      }
      setSending(file.name);
      try {
        await api.upload(
          '/api/file',
          { entity: props.entity, record_id: props.id, name: file.name },
          file,
        );
        message.success(t('file.done', { name: file.name }));
      } catch (error) {
        message.error(`${file.name}: ${errorText(error, t('state.network'))}`);
      }
      setSending('');
      client.invalidateQueries({ queryKey: key });
    }
    if (input.current) input.current.value = '';
  };
  const download = (file: FileItem) =>
    api
      .download(`/api/file/${file.id}`, undefined, file.name)
      .catch((error) => message.error(errorText(error, t('state.network'))));

  return (
    <>
      {props.mayAdd && (
        <label
          className={`drop no-print${over ? ' over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            send(event.dataTransfer.files);
          }}
        >
          <CloudUploadOutlined />
          <span>{sending ? t('file.uploading', { name: sending }) : t('file.drop')}</span>
          <small>{t('file.dropHint')}</small>
          <input
            ref={input}
            className="sr"
            type="file"
            multiple
            disabled={sending !== ''}
            onChange={(event) => send(event.target.files ?? [])}
          />
        </label>
      )}
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {!list.data && !list.error && <Skeleton rows={3} />}
      {list.data?.items.length === 0 && <EmptyState small title={t('file.empty')} />}
      <ul className="files">
        {list.data?.items.map((file) => (
          <li key={file.id}>
            <Thumb file={file} />
            <span className="grow">
              <span className="cut" style={{ display: 'block' }}>
                {file.name}
              </span>
              <small className="dim">
                {[
                  file.category,
                  formatBytes(file.size),
                  file.version > 1 ? t('file.version', { n: file.version }) : '',
                  personName(file.by),
                  formatInstant(file.at),
                ]
                  .filter(Boolean)
                  .join('  ')}
              </small>
            </span>
            <button
              type="button"
              className="icon-btn no-print"
              aria-label={t('file.download', { name: file.name })}
              title={t('file.download', { name: file.name })}
              onClick={() => download(file)}
            >
              <DownloadOutlined />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Thumb({ file }: { file: FileItem }) {
  const [broken, setBroken] = useState(false);
  const extension = file.name.split('.').pop()?.slice(0, 4).toUpperCase() ?? '';
  return (
    <span className="file-thumb" aria-hidden="true">
      {file.thumbnail && !broken ? (
        <img
          src={`/api/file/${file.id}/thumbnail`}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
        />
      ) : (
        extension
      )}
    </span>
  );
}
