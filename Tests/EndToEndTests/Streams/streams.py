"""Plays a PBX that sends many events, and the programs and browsers that watch it; prints what they saw.

usage: streams.py pbx PORT-FILE EVENTS-PER-MINUTE SECONDS GO-FILE STATE-FILE
       streams.py watch ADDRESS-PORT PID STREAMS GO-FILE STATE-FILE

The PBX waits for GO-FILE, sends events for SECONDS, and then writes the state of its queues to STATE-FILE. The watchers create
GO-FILE, wait for STATE-FILE, and compare.
"""

import asyncio
import json
import os
import random
import re
import socket
import sys
import time

QUEUES = [f"queue{n:02}" for n in range(20)]


class PBX:
    def __init__(self):
        self.waiting = {queue: {} for queue in QUEUES}
        self.talking = []
        self.days = {queue: {"offered": 0, "answered": 0, "abandoned": 0} for queue in QUEUES}
        self.readers = []
        self.last = 0

    def packet(self, *lines, id=None):
        return "\r\n".join([lines[0]] + ([f"ActionID: {id}"] if id else []) + list(lines[1:])) + "\r\n\r\n"

    def answer(self, action):
        id, name = action.get("ActionID"), action.get("Action")

        def listed(items):
            return self.packet("Response: Success", "EventList: start", "Message: follows", id=id) + "".join(items) \
                + self.packet(f"Event: {name}Complete", "EventList: Complete", f"ListItems: {len(items)}", id=id)

        if name == "Challenge":
            return self.packet("Response: Success", "Challenge: 123", id=id)
        if name == "Ping":
            return self.packet("Response: Success", "Ping: Pong", id=id)
        if name in ("Login", "Events", "Filter", "Logoff"):
            return self.packet("Response: Success", "Message: accepted", id=id)
        if name == "CoreSettings":
            return self.packet("Response: Success", "AsteriskVersion: 22.10.1", id=id)
        if name == "CoreShowChannels":
            return listed([])
        if name == "QueueStatus":
            items = []
            for queue in QUEUES:
                if action.get("Queue", queue) != queue:
                    continue
                items.append(self.packet("Event: QueueParams", f"Queue: {queue}", "Strategy: ringall", "ServiceLevel: 20", id=id))
                items.append(self.packet(
                    "Event: QueueMember", f"Queue: {queue}", f"Name: Agent {queue}", f"Location: PJSIP/{queue}",
                    "Membership: static", "Status: 1", "Paused: 0", "InCall: 0", id=id))
                for place, (caller, since) in enumerate(self.waiting[queue].items(), 1):
                    items.append(self.packet(
                        "Event: QueueEntry", f"Queue: {queue}", f"Position: {place}", f"Uniqueid: {caller}",
                        f"CallerIDNum: 030{place:06}", f"Wait: {int(time.time() - since)}", id=id))
            return listed(items)
        return self.packet("Response: Error", "Message: Invalid/unknown command", id=id)

    async def serve(self, reader, writer):
        writer.write(b"Asterisk Call Manager/11.0.0\r\n")
        action = {}
        try:
            while line := await reader.readline():
                line = line.decode().rstrip("\r\n")
                if line:
                    name, _, value = line.partition(": ")
                    action[name] = value
                    continue
                if action.get("Action") == "Login" and action.get("Events", "off") != "off":
                    self.readers.append(writer)
                writer.write(self.answer(action).encode())
                await writer.drain()
                action = {}
        except ConnectionError:
            pass
        finally:
            self.readers = [other for other in self.readers if other is not writer]

    def step(self):
        """One thing that happens, as the events that report it."""
        queue = random.choice(QUEUES)
        waiting, day = self.waiting[queue], self.days[queue]
        kind = random.random()
        if len(waiting) < 3 or kind < 0.34 and len(waiting) < 12:
            self.last += 1
            caller = f"1700000000.{self.last}"
            waiting[caller] = time.time()
            day["offered"] += 1
            # Without events of the dialplan, only the time between two events would tell a hang-up from a time-out.
            return [self.packet(
                "Event: Newexten", f"Channel: PJSIP/trunk-{self.last:08x}", f"Uniqueid: {caller}", f"Linkedid: {caller}",
                "Context: from-trunk", "Extension: 400", "Priority: 2", "Application: Queue", f"AppData: {queue}"), self.packet(
                "Event: QueueCallerJoin", f"Queue: {queue}", f"Uniqueid: {caller}", f"Linkedid: {caller}",
                f"Position: {len(waiting)}", f"Count: {len(waiting)}", f"CallerIDNum: 030{self.last:06}")]
        caller, since = next(iter(waiting.items()))
        del waiting[caller]
        wait = int(time.time() - since)
        left = self.packet("Event: QueueCallerLeave", f"Queue: {queue}", f"Uniqueid: {caller}", "Position: 1", f"Count: {len(waiting)}")
        if kind < 0.67:
            day["answered"] += 1
            agent = [f"Queue: {queue}", f"Uniqueid: {caller}", f"MemberName: Agent {queue}", f"Interface: PJSIP/{queue}", f"HoldTime: {wait}"]
            return [left, self.packet("Event: AgentConnect", *agent, "RingTime: 0", f"DestUniqueid: {caller}9"),
                    self.packet("Event: AgentComplete", *agent, "TalkTime: 0", "Reason: agent"),
                    self.packet("Event: Hangup", f"Uniqueid: {caller}", f"Linkedid: {caller}", "Cause: 16")]
        day["abandoned"] += 1
        return [self.packet("Event: QueueCallerAbandon", f"Queue: {queue}", f"Uniqueid: {caller}", "Position: 1",
                            "OriginalPosition: 1", f"HoldTime: {wait}"), left,
                self.packet("Event: Hangup", f"Uniqueid: {caller}", f"Linkedid: {caller}", "Cause: 16")]

    async def run(self, port_file, rate, seconds, go, state):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        with open(port_file + ".new", "w") as file:
            file.write(str(server.sockets[0].getsockname()[1]))
        os.rename(port_file + ".new", port_file)
        while not os.path.exists(go):
            await asyncio.sleep(0.1)
        sent, start = 0, time.monotonic()
        while (passed := time.monotonic() - start) < seconds:
            batch = []
            while sent + len(batch) < rate / 60 * passed:
                batch += self.step()
            sent += len(batch)
            # All are told before anybody waits: an answer in between would show what its reader has not been told of.
            for writer in self.readers:
                writer.write("".join(batch).encode())
            for writer in list(self.readers):
                try:
                    await writer.drain()
                except ConnectionError:
                    pass
            await asyncio.sleep(0.02)
        text = json.dumps({"sent": sent, "queues": {
            queue: self.days[queue] | {"callers": len(self.waiting[queue])} for queue in QUEUES}})
        with open(state + ".new", "w") as file:
            file.write(text)
        os.rename(state + ".new", state)
        await asyncio.sleep(3600)


class Watcher:
    def __init__(self, port, path):
        self.port, self.path, self.event, self.count, self.isOver = port, path, None, 0, False

    async def open(self, *headers):
        # A page of some hundred callers is a long line.
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=8 << 20)
        fields = "".join(f"{header}\r\n" for header in headers)
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode())
        return reader, writer

    async def follow(self):
        reader, writer = await self.open()
        kind = ""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                kind = line[7:].strip()
            elif line.startswith(b"data: ") and kind != b"beat":
                self.event, self.count = line[6:], self.count + 1
        self.isOver = True


async def get(port, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    text = (await reader.read()).decode()
    writer.close()
    return text.partition("\r\n\r\n")[2]


async def cut(port, state, cuts):
    """Reads a stream again and again, up to some byte."""
    chance = random.Random(1)
    while not os.path.exists(state):
        watcher = Watcher(port, "/api/v1/events")
        reader, writer = await watcher.open("Last-Event-ID: 7")
        wanted = chance.randrange(1, 60_000)
        try:
            await asyncio.wait_for(reader.readexactly(wanted), chance.random())
        except (asyncio.TimeoutError, asyncio.IncompleteReadError):
            pass
        writer.transport.abort()
        cuts.append(wanted)
        await asyncio.sleep(0.05)


def queues(live):
    found = {}
    for queue in live["pbxs"][0]["queues"]:
        today = queue["today"]
        found[queue["queue"]] = {name: today[name] for name in ("offered", "answered", "abandoned")} | {"callers": len(queue["callers"])}
    return found


def still(html):
    """A page without the durations that run."""
    return re.sub(r'<span class="age".*?</span>|<p class="foot">.*?</p>', "", html, flags=re.S)


def main_part(page):
    return page[page.index(">", page.index("<main")) + 2:page.index("\n</main>")]


def metric(text, name):
    return float(re.search(rf"^{name}(?:{{.*}})? (.*)$", text, re.M)[1])


async def watch(port, pid, count, go, state):
    paths = ["/events/wall", "/events/queues", "/api/v1/events", "/events/agents", "/events/calls"]
    watchers = [Watcher(port, paths[n % len(paths)]) for n in range(count)]
    tasks = [asyncio.create_task(watcher.follow()) for watcher in watchers]
    deaf = socket.create_connection(("127.0.0.1", port))
    deaf.sendall(b"GET /events/queues HTTP/1.1\r\nHost: localhost\r\n\r\n")
    cuts = []
    tasks.append(asyncio.create_task(cut(port, state, cuts)))
    await asyncio.sleep(1)
    open(go, "w").close()
    start, slowest, dropped_after = time.monotonic(), 0, None
    while (passed := time.monotonic() - start) < 200 and (not os.path.exists(state) or dropped_after is None and passed < 70):
        before = time.monotonic()
        text = await get(port, "/metrics")
        slowest = max(slowest, time.monotonic() - before)
        if dropped_after is None and metric(text, "crm_voip_event_streams_dropped_total") > 0:
            dropped_after = time.monotonic() - start
        await asyncio.sleep(0.5)
    truth = json.load(open(state))
    # On a busy machine the server has yet to read what the PBX has written, and the streams what the server has.
    for _ in range(60):
        await asyncio.sleep(1)
        text = await get(port, "/api/v1/live")
        live = queues(json.loads(text))
        events = [queues(json.loads(watcher.event)) for watcher in watchers if watcher.path == "/api/v1/events"]
        if all(shown == truth["queues"] for shown in [live] + events):
            break
    await asyncio.sleep(2)
    print("server right", live == truth["queues"])
    for queue in truth["queues"]:
        if live.get(queue) != truth["queues"][queue]:
            print(queue, "is", truth["queues"][queue], "and is shown as", live.get(queue), file=sys.stderr)
            shown = next(shown for shown in json.loads(text)["pbxs"][0]["queues"] if shown["queue"] == queue)
            print(shown["today"], file=sys.stderr)
    pages = {path: still(main_part(await get(port, path.removeprefix("/events")))) for path in paths if path.startswith("/events/")}
    right = 0
    for watcher in watchers:
        event = json.loads(watcher.event)
        right += not watcher.isOver and (
            queues(event) == truth["queues"] if watcher.path == "/api/v1/events" else still(event["html"]) == pages[watcher.path])
    print("streams right", right)
    reader, _ = await Watcher(port, "/api/v1/events").open("Last-Event-ID: 7")
    event = b""
    while not event.startswith(b"data: "):
        event = await reader.readline()
    print("right after cuts", queues(json.loads(event[6:])) == truth["queues"], "enough cuts", len(cuts) >= 50)
    text = await get(port, "/metrics")
    print("dropped", int(metric(text, "crm_voip_event_streams_dropped_total")), "in time", (dropped_after or 99) < 60)
    print("events lost", int(metric(text, "crm_voip_pbx_events_dropped_total")))
    memory = int(re.search(r"VmHWM:\s*(\d+) kB", open(f"/proc/{pid}/status").read())[1]) // 1024
    print("small enough", memory < 150)
    print(f"sent {truth['sent']}, memory {memory} MB, dropped after {dropped_after} s, {len(cuts)} cuts, slowest scrape {slowest:.3f} s,",
          f"updates {min(w.count for w in watchers)} to {max(w.count for w in watchers)}", file=sys.stderr)


if sys.argv[1] == "pbx":
    port_file, rate, seconds, go, state = sys.argv[2:]
    asyncio.run(PBX().run(port_file, int(rate), int(seconds), go, state))
else:
    port, pid, count, go, state = sys.argv[2:]
    asyncio.run(watch(int(port), int(pid), int(count), go, state))
