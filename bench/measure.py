#!/usr/bin/env python3
"""Measures a running Lanting and prints a table: value, goal, OK or MISS. Called by bench/run.sh.

All figures of a table come from one run on one machine; only ratios travel to another one."""
import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PASSWORD = 'Lanting-Bench-2026'
PAGE_MS = 200
RUNS = 20
rows = []


def note(name, value, goal='', ok=None):
    verdict = '' if ok is None else 'OK' if ok else 'MISS'
    rows.append((name, value, goal, verdict))
    print(f'{name:<58} {value:>36}  {goal:<26} {verdict}', flush=True)


def head(text):
    rows.append((text, None, None, None))
    print(f'\n{text}', flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Server:
    """The program on loopback; ready_s is the time from exec to the first /readyz that says yes."""

    def __init__(self, program, db):
        self.port, self.db = free_port(), db
        env = dict(os.environ, LANTING_DB=db, LANTING_LISTEN=f'127.0.0.1:{self.port}')
        begin = time.perf_counter()
        self.process = subprocess.Popen([program, 'serve'], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                c = http.client.HTTPConnection('127.0.0.1', self.port, timeout=5)
                c.request('GET', '/readyz')
                if c.getresponse().status == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None:
                sys.exit('measure.py: the server ended at once')
            time.sleep(0.005)
        self.ready_s = time.perf_counter() - begin

    def rss_mb(self):
        with open(f'/proc/{self.process.pid}/status', encoding='utf8') as f:
            return int(re.search(r'VmRSS:\s+(\d+)', f.read()).group(1)) / 1024

    def cpu_ms(self):
        """Processor time so far, also of threads that ended: what requests cost, whoever else uses the machine meanwhile."""
        return time.clock_gettime((~self.process.pid << 3) | 2) * 1000  # clock_getcpuclockid(3)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Client:
    def __init__(self, server, login, password=PASSWORD):
        self.server, self.sid, self.csrf = server, None, None
        self.connect()
        status, body, headers = self.send('POST', '/api/session', json.dumps({'login': login, 'password': password}))
        if status != 200:
            sys.exit(f'measure.py: {login} cannot sign in: {body[:200]}')
        self.sid = re.search(r'sid=([^;]+)', headers.get('Set-Cookie', '')).group(1)
        self.csrf = json.loads(body)['csrf']

    def connect(self):
        self.c = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=120)
        self.c.connect()
        self.c.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, method, path, body=None, kind='application/json'):
        headers = {'Accept': 'application/json'}
        if self.sid:
            headers['Cookie'] = f'sid={self.sid}'
        if self.csrf and method != 'GET':
            headers['X-CSRF-Token'] = self.csrf
        if body is not None:
            headers['Content-Type'] = kind
        data = body.encode() if isinstance(body, str) else body
        try:
            self.c.request(method, path, data, headers)
            r = self.c.getresponse()
        except (http.client.HTTPException, OSError):
            self.connect()
            self.c.request(method, path, data, headers)
            r = self.c.getresponse()
        return r.status, r.read(), r.headers

    def get(self, path):
        status, body, _ = self.send('GET', path)
        if status != 200:
            raise ValueError(f'{status} {body[:160].decode(errors="replace")}')
        return json.loads(body)


def timed(client, path, runs=RUNS):
    """(processor time of the server, first, median, largest) in milliseconds for each request, and bytes."""
    times, size = [], 0
    budget = time.perf_counter() + 3
    cpu = client.server.cpu_ms()
    for _ in range(runs):
        begin = time.perf_counter()
        status, body, _ = client.send('GET', path)
        times.append((time.perf_counter() - begin) * 1000)
        size = len(body)
        if status != 200:
            raise ValueError(f'{status} {body[:160].decode(errors="replace")}')
        if time.perf_counter() > budget and len(times) > 3:
            break
    cpu = (client.server.cpu_ms() - cpu) / len(times)
    ordered = sorted(times)
    return cpu, times[0], ordered[len(ordered) // 2], ordered[-1], size


def judged(client, cpu, median):
    """What counts against a goal. With PostgreSQL the work is done by other processes, so there it is the clock."""
    return median if client.server.db.startswith('postgres') else cpu


def q(text):
    return urllib.parse.quote(text)


def pages(known):
    lead, lease, unit, floor, owner = (known[k] for k in ('lead', 'lease', 'unit', 'floor', 'owner'))
    merchant = known['merchant']
    return [
        ('leads, page 1', 'lm', '/api/lead'),
        ('leads, page 2000', 'lm', '/api/lead?page=2000'),
        ('leads after a cursor', 'lm', f'/api/lead?limit=50&after={lead}'),
        ('leads of one owner', 'lm', f'/api/lead?owner_id={owner}'),
        ('leads of one owner, open ones', 'lm', f'/api/lead?owner_id={owner}&stage=new,contacted,visited'),
        ('leads in one stage', 'lm', '/api/lead?stage=negotiating'),
        ('leads in the largest stage', 'lm', '/api/lead?stage=lost'),
        ('leads by name', 'lm', '/api/lead?sort=name'),
        ('leads by last contact, page 1000', 'lm', '/api/lead?sort=-last_contact_at&page=1000'),
        ('leads with text 云上咖啡', 'lm', f'/api/lead?q={q("云上咖啡")}'),
        ('leads with text 咖', 'lm', f'/api/lead?q={q("咖")}'),
        ('my leads (specialist)', 'ls1', '/api/lead'),
        ('my leads, page 100 (specialist)', 'ls1', '/api/lead?page=100'),
        ('my leads with text 咖 (specialist)', 'ls1', f'/api/lead?q={q("咖")}'),
        ('my team\'s leads (supervisor)', 'lsup', '/api/lead'),
        ('leads counted by stage', 'lm', '/api/lead/counts?field=stage'),
        ('leads counted by stage (specialist)', 'ls1', '/api/lead/counts?field=stage'),
        ('lead picker', 'lm', '/api/lead/options'),
        ('lead picker with text 茶', 'lm', f'/api/lead/options?q={q("茶")}'),
        ('merchants, page 1', 'lm', '/api/merchant'),
        ('merchants with text 商贸', 'lm', f'/api/merchant?q={q("商贸")}'),
        ('merchant picker', 'lm', '/api/merchant/options'),
        ('merchant picker with text 云', 'lm', f'/api/merchant/options?q={q("云")}'),
        ('contacts after a cursor, 50 rows', 'lm', '/api/contact?limit=50'),
        ('my contacts (specialist)', 'ls1', '/api/contact'),
        ('inquiries, page 1', 'lm', '/api/inquiry'),
        ('inquiries, page 3000', 'lm', '/api/inquiry?page=3000'),
        ('inquiries of a phone', 'lm', '/api/inquiry?q=13900040503'),
        ('follow-ups, page 1', 'lm', '/api/follow_up'),
        ('follow-ups of one lead', 'lm', f'/api/follow_up?lead_id={lead}'),
        ('units', 'lm', '/api/unit'),
        ('unit picker', 'lm', '/api/unit/options?q=10'),
        ('leases', 'lm', '/api/lease'),
        ('leases ending soon', 'lm', '/api/lease?state=effective,expiring&sort=to_on'),
        ('leases of my zone (operations)', 'os1', '/api/lease'),
        ('leases counted by state', 'lm', '/api/lease/counts?field=state'),
        ('lease units of my zone (operations)', 'os1', '/api/lease_unit'),
        ('lead board, everybody', 'lm', '/api/lead/board'),
        ('lead board, mine', 'ls1', '/api/lead/board?owner_id=me'),
        ('lead board, one column', 'lm', '/api/lead/board?stage=new'),
        ('worklist', 'ls1', '/api/lead/worklist'),
        ('common pool', 'ls1', '/api/lead/pool'),
        ('to-do list', 'ls1', '/api/todo'),
        ('to-do list (manager)', 'lm', '/api/todo'),
        ('home (manager)', 'lm', '/api/home'),
        ('home (general manager)', 'gm', '/api/home'),
        ('home (specialist)', 'ls1', '/api/home'),
        ('notifications', 'ls1', '/api/notification'),
        ('search box, 云上咖啡', 'lm', f'/api/search?q={q("云上咖啡")}'),
        ('search box, 咖', 'lm', f'/api/search?q={q("咖")}'),
        ('search box, 咖 (specialist)', 'ls1', f'/api/search?q={q("咖")}'),
        ('search box, ysk (initials)', 'lm', '/api/search?q=yskf'),
        ('search box, end of a phone', 'lm', '/api/search?q=0503'),
        ('known caller', 'lm', '/api/inquiry/known?phone=13900040503'),
        ('floor plan', 'lm', f'/api/floor/{floor}/plan'),
        ('floor plan (operations)', 'os1', f'/api/floor/{floor}/plan'),
        ('units that fit a lead', 'lm', f'/api/lead/{lead}/match'),
        ('one lead', 'lm', f'/api/lead/{lead}'),
        ('one merchant', 'lm', f'/api/merchant/{merchant}'),
        ('one lease', 'lm', f'/api/lease/{lease}'),
        ('one unit', 'lm', f'/api/unit/{unit}'),
        ('history of a lead', 'lm', f'/api/lead/{lead}/history'),
        ('timeline of a lead', 'lm', f'/api/lead/{lead}/timeline'),
        ('timeline of a merchant', 'lm', f'/api/merchant/{merchant}/timeline'),
        ('calendar of a month', 'ls1', '/api/calendar'),
    ]


REPORTS = [
    ('rent roll, 4,000 units', 'lm', '/api/report/rent_roll'),
    ('expiry profile', 'lm', '/api/report/expiry'),
    ('channel funnel', 'lm', '/api/report/channel'),
    ('daily report', 'lm', '/api/report/daily'),
    ('daily report of a month', 'lm', '/api/report/daily?from={month}-01&to={month}-28'),
]


def find_known(client):
    known = {}
    for name in ('lead', 'lease', 'unit', 'floor', 'merchant'):
        items = client.get(f'/api/{name}?limit=50')['items']
        known[name] = items[-1]['id']
    known['owner'] = next(i['owner_id']['id'] for i in client.get('/api/lead?limit=50')['items'] if i['owner_id'])
    return known


def measure_pages(server, only=None):
    clients = {who: Client(server, who) for who in ('lm', 'ls1', 'lsup', 'os1', 'gm', 'om', 'finance', 'admin')}
    known = find_known(clients['lm'])
    head(f'Pages of the server at full size: processor time of one request; by the clock: median / largest of {RUNS} requests, first one in brackets')
    month = time.strftime('%Y-%m')
    for title, limit in (('', PAGE_MS), ('report: ', None)):
        for name, who, path in (pages(known) if limit else REPORTS):
            if only and not re.search(only, name):
                continue
            try:
                cpu, first, median, high, size = timed(clients[who], path.replace('{month}', month))
            except ValueError as e:
                note(title + name, 'refused', str(e), False)
                continue
            value = f'{cpu:.1f} ms; {median:.1f} / {high:.1f} ({first:.0f})'
            note(title + name, value, f'< {limit} ms, {size // 1024} KB' if limit else f'{size // 1024} KB',
                 judged(clients[who], cpu, median) < limit if limit else None)
    return clients


# -- every list in every order and under every filter ------------------------------

def sample(row, field):
    """What a person would pick to find rows like this one; None if the row has nothing there."""
    value = row.get(field['name'])
    if value is None or field['name'] in row.get('masked', ()):
        return None
    if field['type'] == 'ref':
        return value['id']
    if field['type'] == 'bool':
        return 'true' if value else 'false'
    return str(value)


def list_queries(entity, rows):
    """(name, query) of the default order, of each order and filter alone, and of each pair of them."""
    orders = [''] + [way + f['name'] for f in entity['fields'] if f['sort'] for way in ('', '-')]
    filters = [('', '')]
    for f in (f for f in entity['fields'] if f['filter'] or f['type'] == 'ref'):
        found = [v for v in (sample(row, f) for row in rows) if v is not None]
        values = [o['value'] for o in f.get('options', ())] or [max(set(found), key=found.count)] if found or f.get('options') else []
        filters += [(f'{f["name"]}={v}', f'{f["name"]}={q(v)}') for v in values]
        if f['type'] in ('day', 'instant') and found:
            filters.append((f'{f["name"]} up to {found[0]}', f'{f["name"]}.lte={q(found[0])}'))
        if len(values) > 2:
            filters.append((f'{f["name"]} one of {len(values)}', f'{f["name"]}={q(",".join(values))}'))
    for order in orders:
        for name, query in filters:
            if order and '=' in name and f'{name.split("=")[0]}' == order.lstrip('-'):
                continue
            parts = [p for p in (query, f'sort={order}' if order else '') if p]
            yield ' by '.join(p for p in (name or 'all', order) if p), '&'.join(parts)


def walk_lists(server, clients, only=None):
    head(f'Every list: default order, each order, each filter, each pair of them; and its pickers, segments and last page (slower than {PAGE_MS} ms is named)')
    seen, slow, asked = {}, 0, 0
    for who in ('lm', 'gm', 'om', 'finance', 'admin'):
        for entity in clients[who].get('/api/meta')['entities']:
            seen.setdefault(entity['name'], (who, entity))
    for name, (who, entity) in seen.items():
        if only and not re.search(only, name):
            continue
        client = clients[who]
        first = client.get(f'/api/{name}?size=200')
        if first.get('total', 0) < 1000:
            continue
        last = (first['total'] - 1) // 50 + 1
        paths = [(text, f'/api/{name}?{query}') for text, query in list_queries(entity, first['items'])]
        paths += [('last page', f'/api/{name}?page={last}'), ('picker', f'/api/{name}/options'), ('picker, 咖', f'/api/{name}/options?q={q("咖")}'),
                  ('text, 一个字', f'/api/{name}?q={q("商")}')]
        if entity['list']['segment']:
            paths.append(('segments', f'/api/{name}/counts?field={entity["list"]["segment"]}'))
        worst = (0, '')
        for text, path in paths:
            try:
                for runs in (1, 3): # what seems slow is asked again
                    cpu, _, median, _, _ = timed(client, path, runs)
                    best = judged(client, cpu, median)
                    if best <= PAGE_MS:
                        break
            except ValueError as e:
                note(f'{name}: {text}', 'refused', str(e), False)
                continue
            asked += 1
            worst = max(worst, (best, text))
            if best > PAGE_MS:
                slow += 1
                note(f'{name}: {text}', f'{best:.0f} ms', f'< {PAGE_MS} ms', False)
        note(f'{name}, {first["total"]} rows, {len(paths)} ways', f'{worst[0]:.0f} ms', f'slowest: {worst[1]}')
    note('ways to ask for lists', f'{asked}, slow: {slow}', 'none slow', slow == 0)


# -- against the bare query and against nginx -------------------------------------

def wrk(url, connections, cookie, seconds=4):
    """(mean latency in us, requests per second)"""
    command = ['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '-H', f'Cookie: sid={cookie}', '-H', 'Accept: application/json', url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    mean = re.search(r'Latency\s+([\d.]+)(us|ms|s)', out)
    factor = {'us': 1, 'ms': 1000, 's': 1000000}[mean.group(2)]
    if 'Non-2xx' in out:
        sys.exit(f'measure.py: {url} was refused under load')
    return float(mean.group(1)) * factor, float(re.search(r'Requests/sec:\s+([\d.]+)', out).group(1))


class Nginx:
    def __init__(self, body):
        self.dir, self.port = tempfile.mkdtemp(prefix='lanting-nginx-'), free_port()
        os.chmod(self.dir, 0o755)
        with open(f'{self.dir}/page.json', 'wb') as f:
            f.write(body)
        with open(f'{self.dir}/nginx.conf', 'w', encoding='utf8') as f:
            f.write(f'worker_processes 2; pid {self.dir}/pid; error_log {self.dir}/error.log; daemon off;'
                    'events { worker_connections 256; } http { access_log off; keepalive_requests 100000000; '
                    'types { application/json json; } '
                    f'server {{ listen 127.0.0.1:{self.port}; root {self.dir}; }} }}')
        binary = shutil.which('nginx') or '/usr/sbin/nginx'
        self.process = subprocess.Popen([binary, '-p', self.dir, '-c', f'{self.dir}/nginx.conf'], stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.dir)


def bare(binary, db, entity, count):
    out = subprocess.run([binary, db, entity, str(count)], capture_output=True, text=True, check=True).stdout
    return float(out.split()[0]), out.strip()


def measure_list(server, client, args):
    head('A list of 50 rows over HTTP, against its own SQL in a bare loop and against nginx serving the same bytes')
    if not shutil.which('wrk'):
        note('skipped: wrk is not installed', '')
        return
    for entity in ('contact', 'lead'):
        path = f'/api/{entity}?limit=50'
        _, body, _ = client.send('GET', path)
        columns = len(json.loads(body)['items'][0])
        query_us, words = bare(args.bare, args.db, entity, 3000)
        timed(client, path, 200)
        cpu, _, median, _, _ = timed(client, path, 2000)
        one_us = judged(client, cpu, median) * 1000
        query_us = min(query_us, bare(args.bare, args.db, entity, 3000)[0])
        note(f'{entity}: bare query ({words.split(" us ")[1]})', f'{query_us:.0f} us')
        note(f'{entity}: over HTTP ({columns} members, {len(body) // 1024} KB)', f'{one_us:.0f} us')
        ratio = one_us / query_us
        note(f'{entity}: HTTP / bare query', f'{ratio:.2f}', '<= 1.5', ratio <= 1.5)
        if not (shutil.which('nginx') or os.path.exists('/usr/sbin/nginx')):
            note('skipped: nginx is not installed', '')
            continue
        nginx = Nginx(body)
        for connections in (1, 16):
            _, ours = wrk(f'http://127.0.0.1:{server.port}{path}', connections, client.sid)
            _, theirs = wrk(f'http://127.0.0.1:{nginx.port}/page.json', connections, 'none')
            note(f'{entity}: requests/s, {connections} connections, Lanting : nginx', f'{ours:.0f} : {theirs:.0f}', f'ratio {ours / theirs:.2f}')
        nginx.stop()


# -- the rest ---------------------------------------------------------------------

def measure_memory(server, client):
    head('Memory')
    stop = time.monotonic() + 5
    highest = [0.0]

    def use():
        c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)
        while time.monotonic() < stop:
            for path in ('/api/lead', '/api/unit', '/api/contact?limit=50'):
                try:
                    c.request('GET', path, headers={'Cookie': f'sid={client.sid}'})
                    c.getresponse().read()
                except (http.client.HTTPException, OSError):
                    c = http.client.HTTPConnection('127.0.0.1', server.port, timeout=60)

    threads = [threading.Thread(target=use) for _ in range(64)]
    for t in threads:
        t.start()
    while any(t.is_alive() for t in threads):
        highest[0] = max(highest[0], server.rss_mb())
        time.sleep(0.1)
    note('resident under 64 connections asking for lists', f'{highest[0]:.1f} MB', '< 60 MB', highest[0] < 60)


def measure_import(args, work):
    head('Import of 5,000 merchants from a spreadsheet, through the API, into a copy of the database')
    if args.db.startswith('postgres'):
        note('skipped on PostgreSQL: it would stay in the database', '')
        return
    copy = f'{work}/import.db'
    subprocess.run(['cp', '--reflink=auto', args.db, copy], check=True)
    lines = ['商户名称,简称,性质,法定代表人,注册地址,经营范围']
    lines += [f'新城{i:05d}号商贸有限公司,新城{i},企业,赵{i % 97},江城市人民路{i}号,服装零售' for i in range(5000)]
    server = Server(args.program, copy)
    try:
        client = Client(server, 'lm')
        begin = time.perf_counter()
        status, body, _ = client.send('POST', f'/api/import?kind=merchant&name={q("商户.csv")}', '\n'.join(lines), 'application/octet-stream')
        middle = time.perf_counter()
        if status not in (200, 201):
            note('reading and judging', 'refused', body[:120].decode(errors='replace'), False)
            return
        answer = json.loads(body)
        status, body, _ = client.send('POST', f'/api/import/{answer["id"]}/commit', '{}')
        end = time.perf_counter()
        note('reading and judging 5,000 rows', f'{middle - begin:.2f} s', str(answer['totals']))
        if status not in (200, 201):
            note('commit', 'refused', body[:120].decode(errors='replace'), False)
            return
        note('committing them with numbers, history and search keys', f'{end - middle:.2f} s', f'{5000 / (end - middle):.0f} rows/s')
    finally:
        server.stop()
        for name in os.listdir(work):
            if name.startswith('import.db'):
                os.remove(f'{work}/{name}')


def measure_demo(args, work):
    head('The demo centre')
    demo = f'{work}/demo.db'
    if not os.path.exists(demo):
        begin = time.perf_counter()
        done = subprocess.run([args.program, 'demo'], env=dict(os.environ, LANTING_DB=demo), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            note('skipped: lanting demo', 'failed', done.stderr.strip()[-100:])
            return
        note('making it', f'{time.perf_counter() - begin:.1f} s')
    server = Server(args.program, demo)
    try:
        note('start to ready', f'{server.ready_s:.2f} s', '< 2 s', server.ready_s < 2)
        c = http.client.HTTPConnection('127.0.0.1', server.port)
        c.request('GET', '/api/session')
        logins = json.loads(c.getresponse().read()).get('demo_logins') or []
        password = os.environ.get('LANTING_DEMO_PASSWORD', args.demo_password)
        for login in logins:
            if login['login'] in ('lm', 'gm') or login == logins[-1]:
                client = Client(server, login['login'], password)
                break
        else:
            note('skipped: no demo logins', '')
            return
        for text in ('咖', '茶铺', 'cp', '138'):
            cpu, _, median, high, _ = timed(client, f'/api/search?q={q(text)}')
            note(f'search box, {text}', f'{cpu:.1f} ms; {median:.1f} / {high:.1f}', '< 50 ms', judged(client, cpu, median) < 50)
    finally:
        server.stop()


HOW = '''# Results

Written by `bench/run.sh --write`. All figures are of one run on one machine that others used at the same time: compare ratios, not milliseconds.
What a page costs is the processor time of the server for one request, which neighbours swell less than the clock (twofold when they are many);
behind it the time by the clock.
With PostgreSQL the work is done by its own processes, so there the clock counts. The goals: work of the server at most half of the query's own
time in a list; every page below 200 ms with 200,000 leads and 20,000 leases; search below 50 ms in the demo; second start below 2 s; memory
below 60 MB.
'''


def write_results(path, pg):
    with open(path, 'w', encoding='utf8') as f:
        f.write(HOW)
        f.write(f'\n{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the end, {"PostgreSQL" if pg else "SQLite"}, {time.strftime("%Y-%m-%d")}.\n')
        for name, value, goal, verdict in rows:
            if value is None:
                f.write(f'\n## {name}\n| what | value | goal | |\n|---|---|---|---|\n')
            else:
                f.write(f'| {name} | {value} | {goal} | {verdict} |\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--bare', required=True)
    parser.add_argument('--db', required=True)
    parser.add_argument('--work', required=True)
    parser.add_argument('--only', help='regular expression: pages only, and of them these')
    parser.add_argument('--demo-password', default='lanting-demo')
    parser.add_argument('--write', help='file for the results')
    args = parser.parse_args()
    args.program = os.path.abspath(args.program)

    print(f'{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before the run')
    if not args.only:
        head('Start')
        for turn in ('first', 'second'):
            server = Server(args.program, args.db)
            note(f'{turn} start to ready', f'{server.ready_s:.2f} s', '< 2 s', server.ready_s < 2)
            if turn == 'first':
                server.stop()
        note('resident after the start', f'{server.rss_mb():.1f} MB', '< 60 MB', server.rss_mb() < 60)
    else:
        server = Server(args.program, args.db)
    try:
        clients = measure_pages(server, args.only)
        walk_lists(server, clients, args.only)
        if not args.only:
            measure_list(server, clients['gm'], args)  # who sees the whole centre, like the bare query
            measure_memory(server, clients['lm'])
    finally:
        server.stop()
    if not args.only:
        measure_import(args, args.work)
        measure_demo(args, args.work)
    missed = [r for r in rows if r[3] == 'MISS']
    print(f'\n{len(missed)} of {len([r for r in rows if r[3]])} goals missed; load {os.getloadavg()[0]:.1f} after the run')
    if args.write:
        write_results(args.write, args.db.startswith('postgres'))


main()
