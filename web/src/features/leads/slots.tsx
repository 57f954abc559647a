/* In the generic list of leads: the way back to the board. */
import { AppstoreOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Slots } from '@/shared/meta/overrides';
import { useText } from './text';
import './leads.css';

function ViewSwitch() {
  const t = useText();
  return (
    <span className="view-switch">
      <Link to="/leads">
        <AppstoreOutlined /> {t('board')}
      </Link>
      <span aria-current="true">
        <UnorderedListOutlined /> {t('list')}
      </span>
    </span>
  );
}

const slots: Slots = { list: { extra: () => <ViewSwitch /> } };
export default slots;
