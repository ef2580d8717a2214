import Base
import Services
import Switchboard

/// The calls that ring at an agent's phones, as a stream for the agent's own screen.
struct PopsAPI: Sendable {
    let model: LiveModel
    let book: CallerBook
    let link: RecordLink?
    let stream: LiveStream
    let log: AccessLog

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "pops",
                path: "/pops",
                role: .viewer,
                summary: """
                    Server-sent events for a screen pop: `pops`, the calls that ring at one's own phones now, at once and after every \
                    change, at most twice a second; `beat` after 15 seconds without a change. Each is whole: a call that is missing has \
                    been answered or is over. One's own are those of the member or the extension with the name of the user or token; \
                    leads may ask for another.
                    """,
                parameters: [
                    .query("agent", "The member's name or the extension, for leads."), .query("pbx", "Only this PBX."),
                ],
                schema: "Pops",
                isStream: true
            ) { exchange in
                let (agent, identity) = try agent(exchange)
                let pbx = exchange.request.query["pbx"]
                log.noteOften(exchange, "pops", exchange.request.query.text)
                return try stream.response(exchange) {
                    let pops = Self.pops(model.openPops, of: agent).filter { call in
                        let queue = call.notice.call.queue
                        return (pbx == nil || call.pbx == pbx) && (queue.isEmpty || identity.sees(queue: queue))
                    }
                    let now = Moment.now.iso8601
                    let body: JSON = [
                        "schema_version": 1, "time": .string(now),
                        "pops": .array(pops.map { json($0, identity.role) }),
                    ]
                    return "event: pops\ndata: \(body.line)"
                }
            }
        ]
    }

    /// Whose calls are shown.
    private func agent(_ exchange: Exchange) throws -> (name: String, identity: Identity) {
        guard let identity = exchange.identity else { throw Problem(.unauthorized, "notPermitted", "Send a token.") }
        let wanted = exchange.request.query["agent"] ?? identity.name
        guard !wanted.isEmpty else {
            throw Problem(.badRequest, "usage", "Nobody is logged in. Name an agent with ?agent=NAME.")
        }
        guard wanted.lowercased() == identity.name.lowercased() || identity.role >= .lead else {
            throw Problem(.forbidden, "notPermitted", "Only leads may see the calls of other agents.")
        }
        return (wanted, identity)
    }

    /// The calls that ring at the phones of a member or an extension.
    static func pops(_ all: [LiveCall], of agent: String) -> [LiveCall] {
        let agent = agent.lowercased()
        return all.filter { call in
            let whose = call.notice.agent
            return whose?.name?.lowercased() == agent || whose?.extension?.lowercased() == agent
        }
    }

    private func json(_ call: LiveCall, _ role: Role) -> JSON {
        let (notice, facts) = (call.notice, call.notice.call)
        let known = book.facts(facts.callerNumber, pbx: call.pbx)
        let url = role < .lead ? nil : link?.url(number: facts.callerNumber, contact: known?.contact)
        let cell = CallerCell(facts.callerNumber, facts.callerName, role: role, facts: known)
        let members: [(String, JSON)] = [
            ("pop", .string("\(call.pbx)/\(notice.pop ?? "")")), ("pbx", .string(call.pbx)),
            ("linkedid", .string(facts.linkedid)), ("at", .string(notice.at.iso8601)),
            ("agent", notice.agent?.name.map(JSON.string) ?? nil),
            ("extension", notice.agent?.extension.map(JSON.string) ?? nil), ("queue", .string(facts.queue)),
            ("caller_number", .string(CallerText.shown(facts.callerNumber, for: role))),
            ("caller_name", .string(CallerText.name(facts.callerName, number: facts.callerNumber, for: role))),
            ("url", url.map(JSON.string) ?? nil),
        ]
        return .object(members + cell.members)
    }
}
