/* A move-out on the generic page: where it stands, the statement as it builds up, the joint inspection. */
import { FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Slots } from '@/shared/meta/overrides';
import { Banner } from './Banner';
import { Inspection } from './Inspection';
import { Statement } from './Statement';
import { useText } from './text';
import type { MoveOut } from './types';
import '@/shared/meta/list.css';
import '@/shared/meta/detail.css';
import './moveout.css';

function Label({ name }: { name: 'settlement' | 'inspection' }) {
  return useText()(name);
}

function Papers({ id }: { id: string }) {
  const t = useText();
  return (
    <>
      <Button icon={<FilePdfOutlined />} href={`/api/move_out/${id}/statement.pdf`} target="_blank">
        {t('print')}
      </Button>
      <Button icon={<FilePdfOutlined />} href={`/api/move_out/${id}/exit.pdf`} target="_blank">
        {t('printExit')}
      </Button>
    </>
  );
}

const slots: Slots = {
  detail: {
    banner: (row) => <Banner row={row as MoveOut} />,
    tabs: (row) => [
      {
        key: 'settlement',
        label: <Label name="settlement" />,
        children: <Statement row={row as MoveOut} />,
      },
      {
        key: 'inspection',
        label: <Label name="inspection" />,
        children: <Inspection row={row as MoveOut} />,
      },
    ],
    actions: (row) => <Papers id={row.id} />,
  },
};

export default slots;
