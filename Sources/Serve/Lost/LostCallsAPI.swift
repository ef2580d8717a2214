import AMIClient
import Base
import FoundationEssentials
import Services

/// The list of lost calls for programs.
struct LostCallsAPI: Sendable {
    let actions: LostCallsActions

    private static let days = APIOperation.Parameter.query(
        "days",
        "How many whole days before today the list covers, 7 by default.",
        ["type": "integer"]
    )
    private static let id = APIOperation.Parameter.path("id", "The caller's id in the list.")

    var operations: [APIOperation] {
        [
            APIOperation(
                id: "lostCalls",
                path: "/lost-calls",
                role: .lead,
                summary: "Callers who did not get through, one row per caller, the most urgent first.",
                parameters: [
                    Self.days, .query("pbx", "Only this PBX."),
                    .query("queue", "Only callers who waited in this queue."),
                    .query("owner", "Only contacts of this owner."),
                    .choice("state", LostCaller.State.allCases.map(\.rawValue), "Only callers in this state."),
                ],
                schema: "LostCalls"
            ) { exchange in
                let list = try await actions.query.list(exchange.request.query, exchange.identity)
                actions.log.note(exchange, "lost calls", exchange.request.query)
                return .json(list.json)
            },
            operation(.claim, "Take care of a caller. An operator can take over somebody else's."),
            operation(.release, "Stop taking care of a caller."),
            operation(.done, "Mark a caller as done.", body: "LostCallDone"),
            APIOperation(
                id: "callLostCaller",
                path: "/lost-calls/{id}/call",
                role: LostCallsActions.Action.call.role,
                summary:
                    "Call a caller: a phone rings first, and is then connected. The dial guard and the audit log apply.",
                parameters: [Self.id, Self.days, IdempotencyKeys.parameter],
                method: .post,
                body: "LostCallCall",
                schema: "CallOutcome"
            ) { exchange in
                try await actions.orders.once(exchange) { channelID in
                    let body = try exchange.request.decoded(LostCallBody.self)
                    let input = LostCallsActions.Input(phone: body.phone, number: body.number, channelID: channelID)
                    let id = exchange.parameters["id"] ?? ""
                    guard let call = try await actions.perform(.call, id, input, exchange).call else {
                        throw Problem(.internalError, "failed", "The call has no outcome.")
                    }
                    return .json(call.json)
                }
            },
        ]
    }

    private func operation(_ action: LostCallsActions.Action, _ summary: String, body: String? = nil) -> APIOperation {
        APIOperation(
            id: "\(action.rawValue)LostCall",
            path: "/lost-calls/{id}/\(action.rawValue)",
            role: action.role,
            summary: summary,
            parameters: [Self.id, Self.days],
            method: .post,
            body: body,
            isBodyOptional: true,
            schema: "LostCaller"
        ) { exchange in
            let sent = exchange.request.body.isEmpty ? nil : try exchange.request.decoded(LostCallBody.self)
            let id = exchange.parameters["id"] ?? ""
            _ = try await actions.perform(action, id, LostCallsActions.Input(note: sent?.note), exchange)
            let list = try await actions.query.list(exchange.request.query.keeping(["days"]), exchange.identity)
            guard let caller = list.callers.first(where: { $0.id == id }) else {
                throw Problem(.notFound, "notFound", "No caller in the list has the id \(id). Load the list again.")
            }
            return .json(caller.json(in: list.zone))
        }
    }
}

/// The body of a request about a lost caller; members that an action does not need are ignored.
private struct LostCallBody: Decodable {
    var note: String?
    var phone: String?
    var number: String?
}
