import AMIClient
import Base
import Services
import Switchboard

/// The current state of the PBX, as JSON.
struct LiveAPI: Sendable {
    let model: LiveModel
    let book: CallerBook

    static let filters: [APIOperation.Parameter] = [
        .query("pbx", "Only this PBX."), .query("queues", "Only these queues, separated by commas."),
    ]

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "live",
                path: "/live",
                role: .viewer,
                summary: "Everything: PBXs with their queues, callers and members.",
                parameters: Self.filters,
                schema: "Live"
            ) { .json(live(try input($0))) },
            APIOperation(
                id: "queues",
                path: "/queues",
                role: .viewer,
                summary: "Queues with callers, members and today's figures.",
                parameters: Self.filters,
                schema: "Queues"
            ) { exchange in
                let input = try input(exchange)
                return .json(list("queues", input.visibleStates.flatMap { queues($0, input) }))
            },
            APIOperation(
                id: "agents",
                path: "/agents",
                role: .viewer,
                summary: "All members, each of them once.",
                parameters: Self.filters,
                schema: "Agents"
            ) { exchange in
                .json(list("agents", Agent.all(try input(exchange).visibleStates).map { $0.json }))
            },
            APIOperation(
                id: "activeCalls",
                path: "/active-calls",
                role: .viewer,
                summary: "The calls in progress, longest first.",
                parameters: Self.filters,
                schema: "ActiveCalls"
            ) { exchange in
                let input = try input(exchange)
                return .json(list("calls", input.visibleStates.flatMap { calls($0, input) }))
            },
        ]
    }

    func input(_ exchange: Exchange) throws -> LivePage.Input {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Send a token.") }
        return LivePage.Input(states: model.current, identity: identity, query: exchange.request.query, book: book)
    }

    private func list(_ name: String, _ items: [JSON]) -> JSON {
        .object([
            ("schema_version", 1), ("time", .string(Moment.now.iso8601)), (name, .array(items)),
        ])
    }

    func live(_ input: LivePage.Input) -> JSON {
        list(
            "pbxs",
            input.visibleStates.map { state in
                [
                    "name": .string(state.name), "time": .string(state.at.iso8601),
                    "connected": .boolean(state.staleSince == nil),
                    "stale_s": state.staleSince.map { .integer(Piece.wholeSeconds(state.at - $0)) } ?? nil,
                    "problem": state.problem.map { .string($0) } ?? nil, "replay": .boolean(state.isReplay),
                    "today_since": .string(state.todaySince.iso8601),
                    "today_missing_s": .integer(Piece.missingSeconds(state)),
                    "today_missing_since": state.missingToday.first.map { .string($0.from.iso8601) } ?? nil,
                    "queues": .array(queues(state, input)), "calls": .integer(state.calls.count),
                ]
            }
        )
    }

    private func queues(_ state: PBXState, _ input: LivePage.Input) -> [JSON] {
        state.board.queues.map { queue in
            [
                "pbx": .string(state.name), "queue": .string(queue.name), "strategy": .string(queue.strategy),
                "longest_wait": .integer(Piece.wholeSeconds(queue.longestWait(at: state.at))),
                "free_members": .integer(queue.freeMembers),
                "callers": .array(
                    queue.callers.map { caller in
                        let cell = CallerCell(caller.number, caller.name, pbx: state.name, input)
                        return caller.json(at: state.at, cell)
                    }
                ),
                "members": .array(queue.members.map { $0.json(at: state.at) }),
                "today": state.day(of: queue.name).json,
            ]
        }
    }

    private func calls(_ state: PBXState, _ input: LivePage.Input) -> [JSON] {
        let role = input.identity.role
        return state.calls.map { call in
            let cell = CallerCell(call.callerNumber, call.callerName, pbx: state.name, input)
            let members: [(String, JSON)] = [
                ("pbx", .string(state.name)), ("call", .string(call.id)), ("stage", .string(call.stage.rawValue)),
                ("seconds", .integer(Piece.wholeSeconds(state.at - call.startedAt))),
                ("caller_number", .string(CallerText.shown(call.callerNumber, for: role))),
                ("caller_name", .string(CallerText.name(call.callerName, number: call.callerNumber, for: role))),
                ("dialled", .string(CallerText.shown(call.dialled, for: role))), ("queue", .string(call.queue)),
                ("agent", .string(call.agent)),
            ]
            return .object(members + cell.members)
        }
    }
}

extension QueueBoard.Caller {
    fileprivate func json(at now: Moment, _ cell: CallerCell) -> JSON {
        let members: [(String, JSON)] = [
            ("position", .integer(position)), ("number", .string(CallerText.shown(number, for: cell.role))),
            ("name", .string(CallerText.name(name, number: number, for: cell.role))), ("uniqueid", .string(uniqueid)),
            ("wait", .integer(Piece.wholeSeconds(now - since))),
        ]
        return .object(members + cell.members)
    }
}

extension QueueBoard.Member {
    fileprivate func json(at now: Moment) -> JSON {
        [
            "name": .string(name), "interface": .string(interface), "status": .string(status.word),
            "paused": .boolean(isPaused), "paused_reason": .string(pausedReason), "in_call": .boolean(isInCall),
            "penalty": .integer(penalty), "calls_taken": .integer(callsTaken),
            "state": .string(AgentState(self).rawValue), "state_s": .integer(Piece.wholeSeconds(now - since)),
        ]
    }
}

extension Agent {
    fileprivate var json: JSON {
        [
            "pbx": .string(pbx), "name": .string(name), "interface": .string(interface),
            "state": .string(state.rawValue), "state_s": .integer(Piece.wholeSeconds(age)),
            "paused_reason": .string(pausedReason), "queues": .array(queues.map { .string($0) }),
            "calls_taken": .integer(calls), "answered_today": .integer(today?.answered ?? 0),
            "missed_today": .integer(today?.missed ?? 0), "talk_today_s": .integer(today?.talk ?? 0),
        ]
    }
}

extension QueueDay {
    fileprivate var json: JSON {
        [
            "offered": .integer(offered), "answered": .integer(answered), "abandoned": .integer(abandoned),
            "abandoned_short": .integer(abandonedShort), "otherwise_lost": .integer(otherwiseLost),
            "in_progress": .integer(inProgress), "lost": .integer(lost), "answered_in_time": .integer(answeredInTime),
            "service_level_pct": serviceLevelPercent.map { .number(($0 * 10).rounded() / 10) } ?? nil,
            "wait_avg_s": averageWait.map { .number(($0.inSeconds * 10).rounded() / 10) } ?? nil,
            "talk_total_s": .integer(talk),
        ]
    }
}
